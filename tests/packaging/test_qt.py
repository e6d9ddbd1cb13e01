"""The Qt that is pinned is one that a window can live with."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_calls_without_a_result_do_not_use_up_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100
