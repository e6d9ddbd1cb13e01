"""Files read several at a time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ldm_desktop.gallery.care import reading
from ldm_desktop.gallery.care.scan import never

ENDS_WHILE_A_DISK_HANGS = """
import threading, time
from ldm_desktop.gallery.care import reading
begun = threading.Event()
def hang(item):
    begun.set()
    time.sleep(60)
look = lambda: list(reading.in_threads(hang, [1], lambda: False))
threading.Thread(target=look, daemon=True).start()
begun.wait()
"""


def test_results_come_in_order_and_errors_where_they_belong() -> None:
    assert list(reading.in_threads(str, range(100), never)) == [str(each) for each in range(100)]
    results = reading.in_threads(lambda each: 6 // each, [3, 2, 0], never)
    assert [next(results), next(results)] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_one_that_is_cancelled_ends_early() -> None:
    done: list[int] = []
    list(reading.in_threads(done.append, range(10_000), lambda: len(done) > 9))
    assert 9 < len(done) < 200


def test_a_disk_that_hangs_does_not_keep_the_application_from_ending() -> None:
    subprocess.run([sys.executable, "-c", ENDS_WHILE_A_DISK_HANGS], check=True, timeout=30)
