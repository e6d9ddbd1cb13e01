"""Arguments in, exit code out; what went wrong is one sentence on standard error."""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import ldm_desktop
from ldm_desktop.cli import generate, inspect, output, reproduce
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.job import PreviewKind
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


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        raise BadArgumentError(f"{message}; see `{self.prog} --help`.")


def main(arguments: Sequence[str]) -> int:
    """Run a command; only a bug leaves more than a sentence, and that in a file."""
    output.ensure_streams()
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
    except BadArgumentError as error:
        return _say(str(error), 2)
    except KnownError as error:
        return _say(str(error), 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough.
        output.discard()
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where bugs end
        return _say(f"This is a bug in LDM Desktop ({error}); please send {_report()}.", 70)
    return code


def _say(sentence: str, code: int) -> int:
    print(f"ldm-desktop: {sentence}", file=sys.stderr)
    return code


def _report() -> Path:
    """Write the traceback where a person can find it."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="ldm-desktop-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"LDM Desktop {ldm_desktop.__version__}, Python {sys.version}\n")
        file.write(traceback.format_exc())
    return Path(file.name)


def _parser() -> Parser:
    parser = Parser(
        prog="ldm-desktop",
        description="Explore the seeds of latent diffusion models, offline.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=ldm_desktop.__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
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
    _add_models(commands.add_parser("models", help="the models at hand"))
    test = commands.add_parser("selftest", help="see whether this machine makes the same pictures")
    test.add_argument("--json", action="store_true", help="the result as JSON")
    _add_engine(test)
    test.set_defaults(run=reproduce.selftest)
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
    parser.add_argument(
        "--batch", type=_positive, default=1, help="pictures at a time (default: 1)"
    )
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
    parser.add_argument("--threads", type=_positive, help="CPU threads (default: torch's own)")
    parser.add_argument("--engine", choices=["in-process", "process"], default="in-process",
                        help="run the engine here or as a child (default: in-process)")  # fmt: skip


def _add_models(parser: Parser) -> None:
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="names, sizes, licences")
    listing.add_argument("--json", action="store_true")
    listing.add_argument("--data-dir", type=Path, metavar="DIR")
    listing.set_defaults(run=inspect.models)


def _add_engine_command(parser: Parser) -> None:
    parser.add_argument("--stdio", action="store_true", required=True,
                        help="speak the protocol on standard input and output")  # fmt: skip
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=_positive)
    parser.add_argument("--cache", type=Path, required=True)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    # Torch takes seconds to import; only who computes waits for it.
    from ldm_desktop.engine.host import serve

    serve(options.device, options.threads, options.cache)
    return 0


def _positive(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 1024")
    return int(text)
