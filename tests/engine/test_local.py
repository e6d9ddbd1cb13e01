"""An engine in a thread of this process: it is used as one in a process of its own."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from studio import Studio

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Finished, Hello, Pong, Stepped
from ldm_desktop.core.job import Command, Ping
from ldm_desktop.engine.checkpoint import load
from ldm_desktop.engine.engine import Engine, LostDeviceError
from ldm_desktop.engine.local import EngineThread
from ldm_desktop.engine.maker import Maker

LONG = 900


class Link:
    """A `core.protocols.EngineLink` to a thread; it notes who delivers."""

    def __init__(self, cache: Path, device: str = "cpu", **options: Any) -> None:
        self.events: queue.SimpleQueue[Event | KnownError] = queue.SimpleQueue()
        self.threads: set[str] = set()
        self.engine = EngineThread(device, None, cache, self._note, **options)

    def _note(self, event: Event | KnownError) -> None:
        self.threads.add(threading.current_thread().name)
        self.events.put(event)

    def send(self, command: Command) -> None:
        """Pass a command on."""
        self.engine.send(command)

    def receive(self) -> Event:
        """Give the next event."""
        event = self.events.get(timeout=60)
        if isinstance(event, KnownError):
            raise event
        return event

    def close(self) -> None:
        """End the engine."""
        self.engine.close()

    def end(self) -> KnownError:
        """Give what is said last."""
        try:
            while True:
                self.receive()
        except KnownError as error:
            return error


Open = Callable[..., Link]


@pytest.fixture
def open_link(tmp_path: Path) -> Iterator[Open]:
    """Give a function that starts an engine; none is left running."""
    links: list[Link] = []

    def open_link(**options: Any) -> Link:
        links.append(Link(tmp_path / "cache", **options))
        return links[-1]

    yield open_link
    for link in links:
        link.close()
        assert not link.engine._thread.is_alive()


def test_it_makes_pictures_keeps_keyframes_and_ends(
    open_link: Open, model: Path, tmp_path: Path
) -> None:
    link = open_link(keyframes=1 << 30)
    assert link.engine.pid is None
    assert isinstance(link.receive(), Hello)
    studio = Studio(link, model)
    assert isinstance(studio.result(studio.submit([studio.recipe(3)])[0]), Finished)
    checkpoint = tmp_path / "checkpoint"
    studio.submit([studio.recipe(3, steps=LONG)], [checkpoint])
    studio.events.clear()
    studio.wait(lambda event: isinstance(event, Stepped))
    link.close()
    assert str(link.end()) == "The engine has ended."
    assert link.threads == {"engine"}
    assert 0 < load(checkpoint).frame.done < LONG
    assert list((tmp_path / "cache" / "keyframes").iterdir())


def test_whoever_only_imports_it_does_not_wait_for_torch() -> None:
    code = "import sys, ldm_desktop.engine.local as _; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_device_that_is_not_there_is_the_last_thing_heard(open_link: Open) -> None:
    link = open_link(device="abacus")
    assert "'abacus' is not here" in str(link.end())


def test_a_lost_device_is_the_last_thing_heard(
    open_link: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: Engine) -> bool:
        raise LostDeviceError("The device has stopped answering.")

    monkeypatch.setattr(Engine, "work", lost)
    link = open_link()
    link.send(Ping(1))
    assert str(link.end()) == "The device has stopped answering."


def test_a_bug_reaches_the_hook_and_is_the_last_thing_heard(
    open_link: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", caught.append)
    monkeypatch.setattr(Engine, "handle", lambda *_: 1 / 0)
    link = open_link()
    link.send(Ping(1))
    assert "bug" in str(link.end())
    link.close()
    assert [each.exc_type for each in caught] == [ZeroDivisionError]


@pytest.mark.parametrize("how", ["kill", "close"])
def test_a_hung_engine_is_given_up_and_nothing_more_is_heard_of_it(
    open_link: Open, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    hung, release = threading.Event(), threading.Event()
    step = Maker.step

    def hang(*arguments: Any) -> Any:
        hung.set()
        release.wait(60)
        return step(*arguments)

    link = open_link()
    studio = Studio(link, model)
    monkeypatch.setattr(Maker, "step", hang)
    studio.submit([studio.recipe(3)], [tmp_path / "checkpoint"])
    assert hung.wait(60)
    link.engine.kill() if how == "kill" else link.engine.close(0.05)
    assert "given up" in str(link.end())
    release.set()
    link.close()
    assert link.events.empty()
    # Another engine may be writing there by now.
    assert not (tmp_path / "checkpoint").exists()


def test_what_is_asked_for_before_it_is_ready_is_answered(open_link: Open) -> None:
    link = open_link()
    link.send(Ping(5))
    assert isinstance(link.receive(), Hello)
    assert link.receive() == Pong(5)
