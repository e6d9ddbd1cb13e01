"""How arguments are read by all commands; what is wrong is one sentence."""

from __future__ import annotations

import argparse
from typing import NoReturn

from ldm_desktop.core.errors import BadArgumentError


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        raise BadArgumentError(f"{message}; see `{self.prog} --help`.")


def positive(text: str) -> int:
    """Read a number of threads, or of pictures at a time."""
    if not (text.isdecimal() and 1 <= int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 1024")
    return int(text)
