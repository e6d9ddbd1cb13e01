"""The engine as a child process: what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from models import make_tiny_model
from studio import ALWAYS, Studio

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Failed, Finished, Hello, Pong, Stepped
from ldm_desktop.core.job import Command, Load, Ping, Seen
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.engine.checkpoint import load
from ldm_desktop.worker.client import EngineProcess, engine_command

LONG = 900
PARENT = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from studio import Studio
from ldm_desktop.core.events import Stepped
from ldm_desktop.worker.client import EngineProcess, engine_command
link = EngineProcess(engine_command("cpu", None, Path(sys.argv[3])))
studio = Studio(link, Path(sys.argv[2]))
studio.submit([studio.recipe(0, steps=900)], [Path(sys.argv[4])])
studio.wait(lambda event: isinstance(event, Stepped))
print(link.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a model whose steps take milliseconds."""
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def link(tmp_path: Path) -> Iterator[EngineProcess]:
    """Start an engine, and see that nothing is left of it."""
    link = EngineProcess(engine_command("cpu", None, tmp_path / "cache"))
    yield link
    link.close()
    assert not alive(link.pid)


def alive(pid: int) -> bool:
    """Say whether a process runs (one that has ended and nobody has asked for does not)."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_for(event: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + seconds
    while not event():
        assert time.monotonic() < end
        time.sleep(0.02)


def begin(link: EngineProcess, model: Path, checkpoint: Path, policy: PreviewPolicy) -> Studio:
    """Start a long picture."""
    studio = Studio(link, model)
    studio.submit([studio.recipe(0, steps=LONG)], [checkpoint], preview=policy)
    studio.wait(lambda event: isinstance(event, Stepped))
    return studio


def test_an_engine_greets_makes_pictures_and_ends_while_it_is_sampling(
    link: EngineProcess, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hello = link.receive()
    assert isinstance(hello, Hello)
    assert hello.protocol == protocols.VERSION
    studio = Studio(link, model)
    pictures = studio.submit([studio.recipe(s, steps=20) for s in (1, 2)], preview=ALWAYS, batch=2)
    results = [studio.result(picture) for picture in pictures]
    assert all(isinstance(result, Finished) for result in results)
    assert len([event for event in studio.of(Stepped) if event.preview]) > 2

    # Whoever does not look at a preview is sent no second one.
    kept_back: list[Command] = []
    send = link.send

    def all_but_seen(command: Command) -> None:
        kept_back.append(command) if isinstance(command, Seen) else send(command)

    with monkeypatch.context() as patch:
        patch.setattr(link, "send", all_but_seen)
        studio.events.clear()
        studio.result(studio.submit([studio.recipe(3, steps=20)], preview=ALWAYS)[0])
    assert len(kept_back) == 1
    assert len([event for event in studio.of(Stepped) if event.preview]) == 1

    checkpoint = tmp_path / "checkpoint"
    studio.submit([studio.recipe(0, steps=LONG)], [checkpoint])
    studio.events.clear()
    studio.wait(lambda event: isinstance(event, Stepped))
    link.close(60)
    assert not alive(link.pid)
    assert 0 < load(checkpoint).frame.done < LONG


def test_a_killed_engine_is_news_and_no_riddle(
    link: EngineProcess, model: Path, tmp_path: Path
) -> None:
    studio = begin(link, model, tmp_path / "checkpoint", ALWAYS)
    os.kill(link.pid, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(KnownError, match="was killed"):
            studio.wait(lambda event: False)
    link.send(Load(str(model)))
    studio.link.close()


def test_broken_bytes_are_answered_and_end_the_engine(link: EngineProcess) -> None:
    assert isinstance(link.receive(), Hello)
    stdin = link._process.stdin
    assert stdin
    stdin.write(b"nonsense that is no message")
    stdin.flush()
    answer = link.receive()
    assert isinstance(answer, Failed)
    assert "damaged" in answer.sentence
    wait_for(lambda: not alive(link.pid))
    with pytest.raises(KnownError, match="exit code 0"):
        link.receive()


def test_what_libraries_print_does_not_reach_the_stream(model: Path, tmp_path: Path) -> None:
    noisy = (
        "import os, sys\n"
        "from ldm_desktop.core import protocols\n"
        "write = protocols.write\n"
        "def noisy(stream, message):\n"
        "    print('noise', flush=True)\n"
        "    os.write(1, b'noise of C')\n"
        "    write(stream, message)\n"
        "protocols.write = noisy\n"
        "from ldm_desktop.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = engine_command("cpu", None, tmp_path / "cache")
    assert command[1:3] == ["-m", "ldm_desktop"]
    link = EngineProcess([sys.executable, "-c", noisy, *command[3:]])
    try:
        studio = Studio(link, model)
        assert isinstance(studio.result(studio.submit([studio.recipe(1, steps=3)])[0]), Finished)
    finally:
        link.close()


def test_something_that_is_no_engine_is_ended(tmp_path: Path) -> None:
    link = EngineProcess([sys.executable, "-c", "print('hello', flush=True); input(); input()"])
    with pytest.raises(KnownError, match="the stream is damaged"):
        link.receive()
    wait_for(lambda: not alive(link.pid))
    link.close()


def test_an_engine_of_another_release_is_refused(tmp_path: Path) -> None:
    code = (
        "import sys, dataclasses; sys.path.insert(0, sys.argv[1])\n"
        "from samples import ENVIRONMENT\n"
        "from ldm_desktop.core import protocols\n"
        "from ldm_desktop.core.events import Hello\n"
        "from ldm_desktop.core.recipe import Precision\n"
        "hello = Hello(protocols.VERSION + 1, ENVIRONMENT, 'cpu', Precision.FAST)\n"
        "protocols.write(sys.stdout.buffer, hello)\n"
        "sys.stdin.read()\n"
    )
    link = EngineProcess([sys.executable, "-c", code, str(Path(__file__).parents[1])])
    with pytest.raises(KnownError, match="install both from one release"):
        link.receive()
    link.close()
    assert not alive(link.pid)


def test_the_engine_of_a_front_end_that_was_killed_keeps_its_work_and_ends(
    model: Path, tmp_path: Path
) -> None:
    checkpoint = tmp_path / "checkpoint"
    tests = str(Path(__file__).parents[1])
    words = [sys.executable, "-c", PARENT, tests, str(model), str(tmp_path / "cache"), checkpoint]
    parent = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stdout
    assert parent.stderr
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    wait_for(lambda: not alive(child))
    assert 0 < load(checkpoint).frame.done < LONG
    assert parent.stderr.read() == ""
    parent.stdout.close()
    parent.stderr.close()


def events_of(command: list[str], **options: Any) -> tuple[EngineProcess, list[Event | KnownError]]:
    """Start an engine whose events are given to a list."""
    events: list[Event | KnownError] = []
    return EngineProcess(command, events.append, **options), events


def ended(events: list[Event | KnownError]) -> KnownError:
    """Wait for the last thing that is heard of an engine, and give it."""
    wait_for(lambda: events and isinstance(events[-1], KnownError), 30.0)
    last = events[-1]
    assert isinstance(last, KnownError)
    return last


def test_a_crash_is_named_and_leaves_its_traces_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "engine.log"
    command = engine_command("cpu", None, tmp_path / "cache")
    for runs in (1, 2):
        link, events = events_of(command, stderr=log)
        wait_for(lambda events=events: events, 30.0)
        assert isinstance(events[0], Hello)
        os.kill(link.pid, signal.SIGSEGV)
        assert "signal 11 (segmentation fault)" in str(ended(events))
        assert [type(event) for event in events] == [Hello, KnownError]
        link.close()
        assert log.read_text().count("Fatal Python error: Segmentation fault") == runs
    assert "engine/host.py" in log.read_text()


def test_a_log_that_cannot_be_written_keeps_no_engine_from_starting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    link, events = events_of([sys.executable, "-c", "pass"], stderr=tmp_path / "file" / "log")
    assert "exit code 0" in str(ended(events))
    link.close()


def test_an_engine_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"cannot be started \(No such file"):
        EngineProcess([str(tmp_path / "none")])


@pytest.mark.parametrize("how", ["kill", "close"])
def test_a_hung_engine_keeps_nobody_waiting(tmp_path: Path, how: str) -> None:
    link, events = events_of(engine_command("cpu", None, tmp_path / "cache"))
    wait_for(lambda: events, 30.0)
    os.kill(link.pid, signal.SIGSTOP)
    # Many times what a pipe takes.
    for _ in range(200):
        link.send(Load("x" * 10_000))
    link.kill() if how == "kill" else link.close(0.1)
    assert "was killed" in str(ended(events))
    link.send(Load("x"))
    link.close()
    assert not alive(link.pid)
    assert not link._writer.is_alive()
    assert not link._reader.is_alive()


def test_the_engine_gives_way_to_others_and_answers_pings(tmp_path: Path) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    for nice in (False, True):
        link, events = events_of(engine_command("cpu", None, tmp_path / "cache", nice=nice))
        link.send(Ping(7))
        wait_for(lambda events=events: Pong(7) in events, 30.0)
        lowered = os.getpriority(os.PRIO_PROCESS, link.pid)
        link.close()
        assert lowered == min(19, ours + 10 * nice)


@pytest.mark.parametrize(("room", "kept"), [(None, 1), (1 << 20, 1), (0, 0)])
def test_the_engine_keeps_the_keyframes_it_is_told_to(
    model: Path, tmp_path: Path, room: int | None, kept: int
) -> None:
    link = EngineProcess(engine_command("cpu", None, tmp_path / "cache", keyframes=room))
    studio = Studio(link, model)
    studio.render(studio.recipe(1, steps=3))
    link.close()
    assert len(list((tmp_path / "cache").glob("keyframes/*"))) == kept
