"""The program as it is started: window or command, one window a folder, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from samples import picture_of

from ldm_desktop import __main__ as program
from ldm_desktop.gallery import files

PATIENCE = 60.0


class Window:
    """The application in a process of its own, on a screen that is not there."""

    def __init__(
        self, data: Path, *arguments: str, trace: Path | None = None, code: str = ""
    ) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.trace = trace
        if trace:
            environment["LDM_DESKTOP_TRACE"] = str(trace)
        begin = ["-c", code] if code else ["-m", "ldm_desktop"]
        command = [sys.executable, *begin, "window", "--data-dir", str(data)]
        self.process = subprocess.Popen(
            [*command, *arguments], env=environment, stderr=subprocess.PIPE, text=True
        )

    def wait_until_usable(self) -> None:
        """Wait until the window has all its views and everything behind it is started."""
        assert self.trace
        wait(lambda: self.trace and self.trace.exists() and "usable" in self.trace.read_text())

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end, and give the exit code and what it said."""
        self.process.send_signal(number)
        return self.result()

    def result(self) -> tuple[int, str]:
        """Give the exit code and what it said."""
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def wait(what: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Start the application; what still runs after the test is killed."""
    started: list[Window] = []

    def start(*arguments: str) -> Window:
        trace = tmp_path / f"trace-{len(started)}"
        started.append(Window(tmp_path / "data", *arguments, trace=trace))
        return started[-1]

    yield start
    for window in started:
        if window.process.poll() is None:
            window.process.kill()
        window.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_window_that_is_asked_to_end_ends_well(
    start: Callable[..., Window], number: signal.Signals
) -> None:
    window = start()
    window.wait_until_usable()
    assert window.end(number) == (0, "")


def test_a_window_ends_though_a_folder_never_answers(tmp_path: Path) -> None:
    # The library is listed by such a thread; the disk of a server may keep it for ever.
    code = (
        "import sys, time; from ldm_desktop import __main__;"
        "from ldm_desktop.session.background import Background;"
        "Background._work = lambda *words: time.sleep(1000);"
        "sys.exit(__main__.start(sys.argv[1:]))"
    )
    window = Window(tmp_path / "data", trace=tmp_path / "trace", code=code)
    try:
        window.wait_until_usable()
        assert window.end() == (1, "")
    finally:
        window.process.kill()
    assert "in close" in (tmp_path / "data" / "logs" / "crash.log").read_text()


def test_everything_is_kept_under_the_folder_named(
    start: Callable[..., Window], tmp_path: Path
) -> None:
    window = start()
    window.wait_until_usable()
    window.end()
    assert {"logs", "library", "queue.db"} <= {path.name for path in (tmp_path / "data").iterdir()}


def test_a_second_start_ends_at_once_and_leaves_the_first_alone(
    start: Callable[..., Window],
) -> None:
    first = start()
    first.wait_until_usable()
    second = start()
    assert second.result() == (0, "")
    assert first.process.poll() is None
    assert first.end()[0] == 0


def test_a_second_start_hands_over_its_files(start: Callable[..., Window], tmp_path: Path) -> None:
    first = start()
    first.wait_until_usable()
    recipe_file = files.save(picture_of(seed=4711), tmp_path)
    start(str(recipe_file)).result()
    choices = tmp_path / "data" / "choices.json"
    wait(lambda: choices.exists() and "4711" in choices.read_text())
    assert first.end()[0] == 0


def test_a_killed_window_leaves_room_for_the_next(start: Callable[..., Window]) -> None:
    first = start()
    first.wait_until_usable()
    first.process.kill()
    first.process.wait()
    second = start()
    second.wait_until_usable()
    assert second.end()[0] == 0


def test_the_engine_can_run_in_the_same_process(start: Callable[..., Window]) -> None:
    window = start("--engine", "in-process")
    window.wait_until_usable()
    assert window.end()[0] == 0


def test_the_trace_has_heartbeats(start: Callable[..., Window]) -> None:
    window = start()
    window.wait_until_usable()
    window.end()
    assert window.trace
    lines = window.trace.read_text().splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["first-paint", "usable"]
    assert all(float(line.removeprefix("beat ")) >= 0 for line in lines[2:])


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    code = (
        "import sys; from PySide6.QtWidgets import QMessageBox; from ldm_desktop import __main__;"
        "QMessageBox.critical = lambda *words: None;"
        "sys.exit(__main__.start(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "window", "--data-dir", str(tmp_path / "file" / "data")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert done.stderr.count("\n") == 1


Opened = list[list[str]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Note what a window would be opened with."""
    opened: Opened = []

    def note(arguments: Sequence[str]) -> int:
        opened.append(list(arguments))
        return 0

    monkeypatch.setattr(program, "_open", note)
    return opened


def test_without_a_command_the_window_opens(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "has_display", lambda: True)
    assert program.start([]) == 0
    assert opened == [[]]


def test_without_a_display_the_commands_are_shown(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "has_display", lambda: False)
    assert program.start([]) == 1
    said = capsys.readouterr()
    assert "no display" in said.err
    assert "generate" in said.out
    assert opened == []


def test_files_alone_open_the_window_with_them(opened: Opened, tmp_path: Path) -> None:
    picture, recipe = tmp_path / "a.PNG", tmp_path / "b.json"
    for file in (picture, recipe):
        file.touch()
    program.start([str(picture), str(recipe)])
    assert opened == [["--", str(picture), str(recipe)]]


def test_a_command_is_a_command_even_if_a_file_has_its_name(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("models").touch()
    assert program.start(["models"]) == 2
    assert opened == []


def test_window_takes_files_and_options(opened: Opened) -> None:
    program.start(["window", "a.png", "--engine", "in-process"])
    assert opened == [["a.png", "--engine", "in-process"]]


@pytest.mark.parametrize("arguments", [["--engine", "none"], ["--threads", "0"], ["--colour"]])
def test_wrong_arguments_of_the_window_are_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.start(["window", *arguments]) == 2
    said = capsys.readouterr().err
    assert arguments[0] in said
    assert said.count("\n") == 1


def test_a_window_without_a_display_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert program.start(["window"]) == 1
    assert "no display" in capsys.readouterr().err


def test_help_lists_the_window_among_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.start(["--help"])
    assert "window" in capsys.readouterr().out


def test_choices_of_a_window_are_json(start: Callable[..., Window], tmp_path: Path) -> None:
    window = start()
    window.wait_until_usable()
    window.end()
    for file in (tmp_path / "data").glob("*.json"):
        assert json.loads(file.read_text())["version"] == 1
