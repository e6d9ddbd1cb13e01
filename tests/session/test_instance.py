"""One window a data folder; a second start hands its files over."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.instance import LONGEST_MESSAGE, Instance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ldm_desktop.session.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
assert not instance.claim()
instance.hand_over([Path(name) for name in sys.argv[2:]])
"""
KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ldm_desktop.session.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
assert instance.claim()
instance.listen()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[Instance]:
    """Give the first instance of a data folder, with its door open."""
    instance = Instance(tmp_path)
    assert instance.claim()
    instance.listen()
    yield instance
    instance.close()


def second(folder: Path, *files: str) -> subprocess.Popen[bytes]:
    """Start another process on the same folder."""
    return subprocess.Popen([sys.executable, "-c", SECOND, str(folder), *files], cwd=folder)


def test_a_second_start_hands_over_its_files_and_ends_well(
    qtbot: QtBot, first: Instance, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.files_handed, timeout=30_000) as handed:
        process = second(tmp_path, "a.png", "/b ü.json")
    assert handed.args == [(tmp_path / "a.png", Path("/b ü.json"))]
    assert process.wait(30) == 0


def test_a_second_start_without_files_only_raises_the_window(
    qtbot: QtBot, first: Instance, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.files_handed, timeout=30_000) as handed:
        process = second(tmp_path)
    assert handed.args == [()]
    assert process.wait(30) == 0


def test_the_lock_of_one_that_was_killed_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)])
    assert killed.returncode == -9
    instance = Instance(tmp_path)
    assert instance.claim()
    instance.listen()
    with qtbot.waitSignal(instance.files_handed, timeout=30_000):
        process = second(tmp_path)
    assert process.wait(30) == 0
    instance.close()


def test_each_data_folder_has_an_instance_of_its_own(
    qtbot: QtBot, first: Instance, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Instance(tmp_path / "other")
    assert other.claim()
    other.close()


def test_a_first_one_that_has_ended_makes_room(first: Instance, tmp_path: Path) -> None:
    first.close()
    again = Instance(tmp_path)
    assert again.claim()
    again.close()


def test_a_first_one_that_does_not_answer_is_explained(qtbot: QtBot, tmp_path: Path) -> None:
    holder = Instance(tmp_path)
    assert holder.claim()
    other = Instance(tmp_path)
    assert not other.claim()
    with pytest.raises(KnownError, match="does not answer"):
        other.hand_over([], patience_ms=200)
    holder.close()


def test_a_folder_that_takes_no_lock_is_explained(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        Instance(tmp_path / "nowhere").claim()


@pytest.mark.parametrize("message", [b"{}\n", b"nonsense\n", b"[1]\n", b"\xff\n"])
def test_nonsense_at_the_door_is_shown_out(qtbot: QtBot, first: Instance, message: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(first._name)
    with qtbot.waitSignal(socket.disconnected), qtbot.assertNotEmitted(first.files_handed):
        socket.write(message)


def test_a_message_without_end_is_shown_out(qtbot: QtBot, first: Instance) -> None:
    socket = QLocalSocket()
    socket.connectToServer(first._name)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"x" * (2 * LONGEST_MESSAGE))


@pytest.mark.skipif(sys.platform == "win32", reason="rights are of another kind there")
def test_nobody_else_may_knock(first: Instance) -> None:
    assert first._server
    mode = os.stat(first._server.fullServerName()).st_mode  # noqa: PTH116 - a socket
    assert stat.S_IMODE(mode) & (stat.S_IRWXG | stat.S_IRWXO) == 0
