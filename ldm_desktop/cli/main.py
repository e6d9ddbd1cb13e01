"""The commands and their arguments; what went wrong is one sentence on standard error."""

from __future__ import annotations

import argparse
import faulthandler
from collections.abc import Sequence
from pathlib import Path

import ldm_desktop
from ldm_desktop.cli import generate, inspect, reference, reproduce, window
from ldm_desktop.cli.ending import guarded
from ldm_desktop.cli.models import add_models
from ldm_desktop.cli.parser import Parser, positive
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.recipe import Precision
from ldm_desktop.core.samplers import Convention, SamplerName

EXIT_CODES = """exit codes:
  0    done
  1    it could not be done; the sentence on standard error says why and what to do
  2    the arguments are wrong; nothing was started
  3    `reproduce` or `selftest` gave another picture
  70   a bug in LDM Desktop; a report was written
  130  ended by Ctrl-C (143 by SIGTERM); `generate --resume` goes on where it was
"""


def main(arguments: Sequence[str]) -> int:
    """Run a command and give its exit code."""

    def run() -> int:
        options = _parser(list(arguments)).parse_args(arguments)
        code: int = options.run(options)
        return code

    return guarded(run)


def _parser(arguments: list[str]) -> Parser:
    parser = Parser(
        prog="ldm-desktop",
        description="Explore the seeds of latent diffusion models, offline.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=ldm_desktop.__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    # For `--help` only: whoever asks for a window is served before all this is imported.
    window.add_arguments(commands.add_parser(window.NAME, help=window.HELP))
    _add_generate(commands.add_parser("generate", help="make pictures from seeds"))
    show = commands.add_parser("show", help="say how a picture was made")
    show.add_argument("file", metavar="FILE.png", type=Path)
    show.add_argument("--json", action="store_true", help="the whole record as JSON")
    show.set_defaults(run=inspect.show)
    again = commands.add_parser("reproduce", help="make a picture again and compare")
    again.add_argument("file", metavar="FILE.png", type=Path)
    again.add_argument("--model", help="name or folder; otherwise found by its fingerprint")
    _add_engine(again)
    again.set_defaults(run=reproduce.run)
    gallery = commands.add_parser("gallery", help="find, rate, tag, import and export pictures")
    if arguments[:1] == ["gallery"]:
        # With half of Pillow and SQLite, which the engine's start should not wait for.
        from ldm_desktop.cli.gallery import add_gallery

        add_gallery(gallery)
    remembered = commands.add_parser("seeds", help="find, star, name and note seeds")
    if arguments[:1] == ["seeds"]:
        from ldm_desktop.cli.seeds import add_seeds

        add_seeds(remembered)
    travel = commands.add_parser("morph", help="travel through seeds, as an animation")
    if arguments[:1] == ["morph"]:
        from ldm_desktop.cli.morph_arguments import add_morph

        add_morph(travel)
        _add_engine(travel)
    add_models(commands.add_parser("models", help="the models at hand"))
    test = commands.add_parser("selftest", help="see whether this machine makes the same pictures")
    test.add_argument("--model", help="test this one against what is published of it")
    test.add_argument("--data-dir", type=Path, metavar="DIR", help="where that model is")
    test.add_argument("--json", action="store_true", help="the result as JSON")
    _add_engine(test)
    test.set_defaults(run=reference.selftest)
    _add_engine_command(commands.add_parser("engine", help="the engine as a command, for programs"))
    return parser


def _add_generate(parser: Parser) -> None:
    parser.add_argument("--model", help="name or folder (default: the starter, landscapes)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--seed", "--seeds", dest="seeds", metavar="3 | 0:16 | 3,7,11",
                      help="one seed, a range without its end, or a list (default: 0)")  # fmt: skip
    what.add_argument("--recipe", type=Path, metavar="FILE", help="a recipe as JSON, or in a PNG")
    # None where a recipe decides; `generate.IN_A_RECIPE` has the defaults.
    parser.add_argument("--steps", type=int, help="(default: 200)")
    _add_choice(parser, "--sampler", SamplerName)
    _add_choice(parser, "--convention", Convention)
    parser.add_argument("--eta", type=float, help="0 … 1, only ddim (default: 0)")
    parser.add_argument("--precision", choices=[*(str(p) for p in Precision), "auto"],
                        help="(default: exact)")  # fmt: skip
    parser.add_argument("--batch", type=positive, default=1, help="pictures at a time (default: 1)")
    parser.add_argument("--width", type=int, help="pixels (default: as trained)")
    parser.add_argument("--height", type=int, help="pixels (default: as trained)")
    _add_choice(parser, "--preview", PreviewKind)
    parser.add_argument("--out", type=Path, metavar="FILE.png|DIR", help="(default: the library)")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything under DIR")
    parser.add_argument("--json", action="store_true", help="one JSON object a finished picture")
    parser.add_argument("--resume", action="store_true",
                        help="skip what is finished there, go on with what is not")  # fmt: skip
    parser.add_argument("--shard", metavar="I/N", help="every N-th seed, beginning with the I-th")
    _add_engine(parser)
    parser.set_defaults(run=generate.run, preview="off")


def _add_choice(
    parser: Parser, name: str, choices: type[SamplerName | Convention | PreviewKind]
) -> None:
    words = [str(choice) for choice in choices]
    parser.add_argument(name, choices=words, help=f"(default: {words[0]})")


def _add_engine(parser: Parser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps")
    parser.add_argument("--threads", type=positive, help="CPU threads (default: torch's own)")
    parser.add_argument("--engine", choices=["in-process", "process"], default="in-process",
                        help="run the engine here or as a child (default: in-process)")  # fmt: skip


def _add_engine_command(parser: Parser) -> None:
    parser.add_argument("--stdio", action="store_true", required=True,
                        help="speak the protocol on standard input and output")  # fmt: skip
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=positive)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--keyframes", type=_whole, metavar="BYTES", default=2 << 30,
                        help="how many to keep in the cache (default: 2 GiB; 0: none)")  # fmt: skip
    parser.add_argument("--nice", action="store_true", help="give way to other programs")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    # A crash in somebody's C leaves at least its traces on standard error.
    faulthandler.enable()
    # Torch takes seconds to import; only who computes waits for it.
    from ldm_desktop.engine.host import serve

    serve(
        options.device,
        options.threads,
        options.cache,
        keyframes=options.keyframes,
        nice=options.nice,
    )
    return 0


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise argparse.ArgumentTypeError(f"{text} is no number of bytes")
    return int(text)
