"""Tests of the worker leave nothing behind: no thread that runs, no process."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QThread


def children() -> set[int]:
    """Give the processes that this one has started and that have not ended."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(name.split()[0]))
    return found


def running_threads() -> list[QThread]:
    """Give the Qt threads that run."""
    threads = [each for each in gc.get_objects() if type(each).__mro__.count(QThread)]
    return [each for each in threads if shiboken6.isValid(each) and each.isRunning()]


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = children()
    yield
    assert running_threads() == []
    assert children() - before == set()
