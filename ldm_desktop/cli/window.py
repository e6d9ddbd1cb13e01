"""The arguments of `ldm-desktop window`; who is asked for a window reads nothing else before it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ldm_desktop.cli.parser import Parser, positive
from ldm_desktop.core.errors import BadArgumentError

NAME = "window"
HELP = "open the window (also without any command)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE",
                        help="pictures or recipes whose settings to restore")  # fmt: skip
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything under DIR")
    parser.add_argument("--engine", choices=["process", "in-process"], default="process",
                        help="run the engine as a child or here (default: process)")  # fmt: skip
    parser.add_argument("--device", help="for this time; otherwise as in the settings")
    parser.add_argument("--threads", type=positive, help="for this time; otherwise as set")
    parser.set_defaults(run=elsewhere)


def elsewhere(_options: argparse.Namespace) -> int:
    """Refuse: a window is opened before the other commands are read, or not at all."""
    raise BadArgumentError("Only the program itself opens a window: run `ldm-desktop window`.")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments after `window`."""
    parser = Parser(prog="ldm-desktop window", description=HELP)
    add_arguments(parser)
    return parser.parse_args(arguments)
