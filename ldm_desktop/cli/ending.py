"""How a command ends: an exit code, and one sentence on standard error if it went wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import ldm_desktop
from ldm_desktop.cli import output
from ldm_desktop.core.errors import BadArgumentError, KnownError


def guarded(run: Callable[[], int]) -> int:
    """Run a command; only a bug leaves more than a sentence, and that in a file."""
    output.ensure_streams()
    try:
        return run()
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


def _say(sentence: str, code: int) -> int:
    print(f"ldm-desktop: {sentence}", file=sys.stderr)
    return code


def _report() -> Path:
    """Write the traceback where a person can find it."""
    import tempfile

    with tempfile.NamedTemporaryFile(
        "w", prefix="ldm-desktop-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"LDM Desktop {ldm_desktop.__version__}, Python {sys.version}\n")
        file.write(traceback.format_exc())
    return Path(file.name)
