"""Where the `models` commands find and put models: the system's folders, or others if named."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from ldm_desktop.core import paths
from ldm_desktop.core.paths import Folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let the folders be named; the window names those of its settings."""
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything under DIR")
    parser.add_argument("--models", type=Path, metavar="DIR",
                        help="the folder of models, if it is another")  # fmt: skip


def folders_of(options: argparse.Namespace) -> Folders:
    """Give the folders that the options name."""
    folders = paths.folders(options.data_dir)
    models: Path | None = options.models
    return dataclasses.replace(folders, models=models.absolute()) if models else folders
