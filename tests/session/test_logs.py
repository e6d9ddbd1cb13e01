"""Logs rotate, crashes leave traces, and what nobody caught reaches the person from any thread."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from pytestqt.qtbot import QtBot

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session import logs
from ldm_desktop.session.trouble import Trouble

CRASH = """
import sys, faulthandler
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ldm_desktop.session import logs
app = QCoreApplication([])
with logs.kept(Path(sys.argv[1])):
    faulthandler._sigsegv()
"""


@pytest.fixture
def kept(qapp: object, tmp_path: Path) -> Iterator[Path]:
    """Log into a folder of the test."""
    with logs.kept(tmp_path / "logs") as file:
        yield file


@pytest.fixture
def trouble(qapp: object, tmp_path: Path) -> Iterator[Trouble]:
    """Listen to trouble; pytest-qt, which listens too, comes back afterwards."""
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    trouble = Trouble(tmp_path / "ldm-desktop.log")
    trouble.install()
    yield trouble
    trouble.uninstall()
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def test_what_is_logged_is_in_the_file(kept: Path) -> None:
    logging.getLogger("test").info("A picture was saved.")
    assert "INFO MainThread test: A picture was saved." in kept.read_text()


def test_what_qt_says_is_in_the_file(kept: Path) -> None:
    qWarning("A widget is unhappy.")
    assert "WARNING MainThread qt.default: A widget is unhappy." in kept.read_text()


def test_the_log_rotates(kept: Path) -> None:
    for _ in range(700):
        logging.getLogger("test").info("x" * 9_000)
    sizes = [file.stat().st_size for file in kept.parent.glob("ldm-desktop.log*")]
    assert len(sizes) == 1 + logs.OLDER
    assert max(sizes) <= logs.LARGEST


def test_a_crash_leaves_its_traces(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True)
    assert done.returncode < 0
    assert "Segmentation fault" in (tmp_path / logs.CRASH).read_text()


def test_a_large_engine_log_is_set_aside_at_the_start(tmp_path: Path, qapp: object) -> None:
    engine = tmp_path / logs.ENGINE
    engine.write_bytes(b"x" * (logs.LARGEST_ENGINE_LOG + 1))
    with logs.kept(tmp_path):
        assert not engine.exists()
    assert engine.with_name("engine.log.1").stat().st_size > logs.LARGEST_ENGINE_LOG


def test_a_small_engine_log_is_gone_on_with(tmp_path: Path, qapp: object) -> None:
    engine = tmp_path / logs.ENGINE
    engine.write_text("hello")
    with logs.kept(tmp_path):
        assert engine.read_text() == "hello"


def test_a_folder_that_takes_no_log_is_explained(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="cannot be written"), logs.kept(tmp_path / "logs"):
        pass


def test_afterwards_nothing_is_logged_there(tmp_path: Path, qapp: object) -> None:
    with logs.kept(tmp_path) as file:
        pass
    qWarning("Too late.")
    logging.getLogger("test").warning("Too late.")
    assert "Too late" not in file.read_text()


def test_the_tail_is_the_last_lines(tmp_path: Path) -> None:
    file = tmp_path / "log"
    assert logs.tail(file) == "(No such file or directory)"
    file.write_text("".join(f"line {n}\n" for n in range(10_000)))
    assert logs.tail(file, 2) == "line 9998\nline 9999"


def test_a_bug_in_a_slot_becomes_a_report(
    qtbot: QtBot, trouble: Trouble, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "ldm-desktop.log").write_text(f"The library is {tmp_path}/Pictures.\n")

    def slot() -> None:
        raise ZeroDivisionError("by zero")

    with qtbot.waitSignal(trouble.bug) as told, qtbot.captureExceptions():
        sys.excepthook = trouble._on_exception
        QTimer.singleShot(0, slot)
    assert told.args is not None
    sentence, report = told.args
    assert "ZeroDivisionError: by zero" in sentence
    assert "in slot" in report
    assert "PySide6 6." in report
    assert "The library is ~/Pictures." in report
    assert str(tmp_path) not in report


class Receiver(QObject):
    """Notes in which thread it is told."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.threads: list[threading.Thread] = []
        trouble.bug.connect(lambda *_: self.threads.append(threading.current_thread()))


def test_a_bug_in_a_thread_is_told_in_the_gui_thread(qtbot: QtBot, trouble: Trouble) -> None:
    def fail() -> None:
        raise LookupError("gone")

    receiver = Receiver(trouble)
    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(trouble.bug):
        thread.start()
        thread.join()
    assert receiver.threads == [threading.main_thread()]


def test_a_bug_in_a_destructor_is_told(qtbot: QtBot, trouble: Trouble) -> None:
    class Careless:
        def __del__(self) -> None:
            raise LookupError("gone")

    with qtbot.waitSignal(trouble.bug) as told:
        Careless()
    assert told.args is not None
    assert "LookupError" in told.args[0]


def test_a_known_error_is_a_sentence_and_no_bug(qtbot: QtBot, trouble: Trouble) -> None:
    with (
        qtbot.assertNotEmitted(trouble.bug),
        qtbot.waitSignal(trouble.notice) as told,
    ):
        trouble.meet(KnownError("The disk is full: free some space."))
    assert told.args == ["The disk is full: free some space."]


def test_a_bug_that_comes_again_and_again_is_told_once(qtbot: QtBot, trouble: Trouble) -> None:
    told: list[str] = []
    trouble.bug.connect(lambda sentence, _: told.append(sentence))
    for _ in range(5):
        trouble.meet(LookupError("gone"))
    trouble.meet(KeyError("other"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert len(told) == 2
    assert "gone" in told[0]
    assert "other" in told[1]


def test_ctrl_c_is_no_bug(qtbot: QtBot, trouble: Trouble) -> None:
    with qtbot.assertNotEmitted(trouble.bug, wait=50):
        trouble.meet(KeyboardInterrupt())
