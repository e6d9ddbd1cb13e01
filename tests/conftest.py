"""What all tests share: `samples` and `strategies` can be imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
# Small models gain nothing from more threads, and lose much on a machine that is busy otherwise.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Widgets are tested without a screen; `tests/e2e` opens real windows on a display of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
