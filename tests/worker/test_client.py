"""The engine as a child process: what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from models import make_tiny_model
from studio import ALWAYS, Studio

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Failed, Finished, Hello, Stepped
from ldm_desktop.core.job import Command, Load, PreviewPolicy, Seen
from ldm_desktop.engine.trajectory import load
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
    begun = time.monotonic()
    link.close()
    assert time.monotonic() - begun < 5
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
