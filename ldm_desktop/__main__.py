"""`ldm-desktop` and `python -m ldm_desktop`."""

from __future__ import annotations

import sys

from ldm_desktop.cli import main as cli


def main() -> int:
    """Run the command line and give its exit code."""
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
