"""The arguments of `ldm-desktop morph`."""

from __future__ import annotations

from pathlib import Path

from ldm_desktop.cli import morph
from ldm_desktop.cli.morph_path import USUAL_FPS, USUAL_SECONDS, USUAL_STEPS
from ldm_desktop.cli.parser import Parser, positive
from ldm_desktop.core.morph import Easing
from ldm_desktop.core.recipe import Precision


def add_morph(parser: Parser) -> None:
    """Let a path, or the pictures on it, and what becomes of it be named."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH.morph.json",
                        help="a path that was saved, or an exported animation")  # fmt: skip
    parser.add_argument("--seeds", nargs="+", metavar="SEED", help="travel from seed to seed")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE|DIR",
                        help=".webp, .gif or .mp4; a folder gets numbered PNG files")  # fmt: skip
    parser.add_argument("--replace", action="store_true", help="replace a file of that name")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything under DIR")
    _add_travel(parser)
    _add_pictures(parser)
    parser.set_defaults(run=morph.run)


def _add_travel(parser: Parser) -> None:
    parser.add_argument("--seconds", type=float, help=f"on the way (default: {USUAL_SECONDS:g})")
    parser.add_argument("--fps", type=positive, help=f"frames a second (default: {USUAL_FPS})")
    parser.add_argument("--hold", type=float, help="seconds of rest at each picture (default: 0)")
    parser.add_argument("--closed", action="store_true", help="go back to the first at the end")
    parser.add_argument("--easing", choices=[str(easing) for easing in Easing])
    parser.add_argument("--quality", type=int, default=85,
                        help="1 … 100, for WebP and MP4 (default: 85)")  # fmt: skip
    parser.add_argument("--lossless", action="store_true", help="WebP without any loss")


def _add_pictures(parser: Parser) -> None:
    parser.add_argument("--model", help="name or folder (default: the path's, or the starter)")
    parser.add_argument("--steps", type=int, help=f"(default: the path's, or {USUAL_STEPS})")
    parser.add_argument("--width", type=int, help="pixels, with --seeds (default: as trained)")
    parser.add_argument("--height", type=int, help="pixels, with --seeds (default: as trained)")
    parser.add_argument("--precision", choices=[*(str(p) for p in Precision), "auto"],
                        help="(default: the path's, or auto)")  # fmt: skip
    parser.add_argument("--batch", type=positive, default=1, help="frames at a time (default: 1)")
