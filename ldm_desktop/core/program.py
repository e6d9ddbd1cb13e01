"""How this program starts itself again as a child: the engine, and the `models` commands."""

from __future__ import annotations

import sys


def program() -> list[str]:
    """Give the command line of this program itself, also when it is frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "ldm_desktop"]
