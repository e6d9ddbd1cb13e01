"""Batches pause on battery, and the machine stays awake for them, as the settings say."""

from __future__ import annotations

import logging
import os
import select
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeWorker, job_of, request_of
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.settings import Settings
from ldm_desktop.session import power
from ldm_desktop.session.inhibitor import DBusBrake, Inhibitor
from ldm_desktop.session.laptop import Laptop
from ldm_desktop.session.power import Power
from ldm_desktop.worker.work import JobState, QueueView

MEMBER = HeaderFields.member


def supply(folder: Path, name: str, **entries: str) -> None:
    """Write what the kernel says of one power supply."""
    (folder / name).mkdir(exist_ok=True)
    for entry, text in entries.items():
        (folder / name / entry).write_text(f"{text}\n")


def test_a_machine_without_a_battery_runs_on_the_mains(tmp_path: Path) -> None:
    assert not power.linux(tmp_path)
    assert not power.linux(tmp_path / "nowhere")


def test_a_laptop_runs_on_its_battery_once_it_is_unplugged(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online="1")
    supply(tmp_path, "BAT0", type="Battery", status="Charging", scope="System")
    assert not power.linux(tmp_path)
    supply(tmp_path, "AC", online="0")
    supply(tmp_path, "BAT0", status="Discharging")
    assert power.linux(tmp_path)


def test_a_battery_held_at_its_limit_is_not_running_on_battery(tmp_path: Path) -> None:
    supply(tmp_path, "ucsi0", type="USB", online="1")
    supply(tmp_path, "BAT0", type="Battery", status="Discharging")
    assert not power.linux(tmp_path)


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path: Path) -> None:
    supply(tmp_path, "hid0", type="Battery", status="Discharging", scope="Device")
    assert not power.linux(tmp_path)


def test_a_change_of_the_supply_is_told_once(qtbot: QtBot) -> None:
    answers = iter([True, True, False])
    watched = Power(lambda: next(answers))
    told: list[bool] = []
    watched.changed.connect(told.append)
    with qtbot.waitSignal(watched.changed):
        watched.look()
    with qtbot.waitSignal(watched._read):
        watched.look()
    with qtbot.waitSignal(watched.changed):
        watched.look()
    assert told == [True, False]
    assert not watched.on_battery


def test_a_battery_that_cannot_be_asked_is_only_noted(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> bool:
        raise OSError("no such thing")

    watched = Power(fail)
    caplog.set_level(logging.INFO)
    watched.look()
    qtbot.waitUntil(lambda: "no such thing" in caplog.text)
    assert not watched.on_battery


class FakeBrake:
    """Notes when it is held."""

    def __init__(self) -> None:
        self.held = False

    def hold(self, reason: str) -> None:
        """Note it."""
        assert reason
        self.held = True

    def release(self) -> None:
        """Note it."""
        self.held = False


class FakePower(QObject):
    """A battery that a test plugs in and out."""

    changed = Signal(bool)
    on_battery = False

    def plug(self, on_battery: bool) -> None:
        """Change the supply."""
        self.on_battery = on_battery
        self.changed.emit(on_battery)


class Scene:
    """A worker, a battery and a brake, with what joins them."""

    def __init__(self, **settings: Any) -> None:
        self.worker, self.power, self.brake = FakeWorker(), FakePower(), FakeBrake()
        self.settings = Settings(**settings)
        self.laptop = Laptop(
            self.worker,  # type: ignore[arg-type]  # the fake has no types
            self.power,  # type: ignore[arg-type]
            Inhibitor(self.brake),
            self.settings,
        )

    def queue(self, paused: bool = False, reason: str = "") -> None:
        """Tell of the queue."""
        view = QueueView(paused=paused, waiting_pictures=3, share=0.5, reason=reason)
        self.worker.queue_changed.emit(view)


def test_the_machine_stays_awake_while_a_batch_runs_and_not_longer(qtbot: QtBot) -> None:
    scene = Scene()
    batch = request_of(count=5)
    scene.worker.job_changed.emit(job_of(batch))
    assert scene.brake.held
    scene.queue(paused=True)
    assert not scene.brake.held
    scene.queue()
    assert scene.brake.held
    scene.worker.job_changed.emit(job_of(batch, JobState.FINISHED))
    assert not scene.brake.held


def test_a_batch_that_is_removed_lets_the_machine_sleep(qtbot: QtBot) -> None:
    scene = Scene()
    batch = request_of(count=5)
    scene.worker.job_changed.emit(job_of(batch))
    scene.worker.job_removed.emit(batch.id)
    assert not scene.brake.held


def test_one_picture_that_somebody_watches_keeps_nothing_awake(qtbot: QtBot) -> None:
    scene = Scene()
    scene.worker.job_changed.emit(job_of(request_of(priority=INTERACTIVE_PRIORITY)))
    assert not scene.brake.held


def test_who_wishes_no_sleep_inhibited_gets_none_at_once(qtbot: QtBot) -> None:
    scene = Scene(keep_awake=False)
    scene.worker.job_changed.emit(job_of(request_of(count=5)))
    assert not scene.brake.held
    scene.laptop.apply(Settings(keep_awake=True), scene.settings)
    assert scene.brake.held


def test_batches_pause_on_battery_and_go_on_at_the_mains(qtbot: QtBot) -> None:
    scene = Scene(pause_on_battery=True)
    scene.queue()
    scene.power.plug(on_battery=True)
    ((reason,),) = scene.worker.called("pause_queue")
    assert reason
    scene.queue(paused=True, reason=reason)
    scene.power.plug(on_battery=False)
    assert scene.worker.called("resume_queue") == [()]


def test_mains_that_come_back_during_trouble_with_saving_are_heeded_when_it_ends(
    qtbot: QtBot,
) -> None:
    scene = Scene(pause_on_battery=True)
    scene.queue()
    scene.power.plug(on_battery=True)
    ((reason,),) = scene.worker.called("pause_queue")
    scene.queue(paused=True, reason="The disk is full.")
    scene.power.plug(on_battery=False)
    assert scene.worker.called("resume_queue") == []
    scene.queue(paused=True, reason=reason)
    assert scene.worker.called("resume_queue") == [()]


def test_a_battery_pauses_also_what_stands_still_for_another_reason(qtbot: QtBot) -> None:
    scene = Scene(pause_on_battery=True)
    scene.queue(paused=True, reason="The disk is full.")
    scene.power.plug(on_battery=True)
    assert len(scene.worker.called("pause_queue")) == 1
    scene.queue()
    assert len(scene.worker.called("pause_queue")) == 1


def test_a_queue_that_the_person_paused_stays_paused_at_the_mains(qtbot: QtBot) -> None:
    scene = Scene(pause_on_battery=True)
    scene.queue(paused=True)
    scene.power.plug(on_battery=True)
    scene.power.plug(on_battery=False)
    assert scene.worker.calls == []


def test_without_the_setting_a_battery_pauses_nothing(qtbot: QtBot) -> None:
    scene = Scene()
    scene.power.plug(on_battery=True)
    assert scene.worker.calls == []
    scene.laptop.apply(Settings(pause_on_battery=True), scene.settings)
    assert len(scene.worker.called("pause_queue")) == 1


class Service(threading.Thread):
    """A desktop's or systemd's D-Bus service that is asked not to sleep."""

    def __init__(self, bus: str, name: str, refuses: bool = False) -> None:
        super().__init__()
        self._bus, self._refuses = bus, refuses
        self._connection = open_dbus_connection(bus, enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self.asked: list[tuple[Any, ...]] = []
        # systemd's way: awake for as long as the other end of this pipe is open.
        self._pipe = os.pipe()

    def __enter__(self) -> Service:
        """Serve."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the thread."""
        with open_dbus_connection(self._bus) as other:
            address = DBusAddress("/", self._connection.unique_name, "test.Service")
            other.send_and_get_reply(new_method_call(address, "Quit"))
        self.join()
        self._connection.close()
        os.close(self._pipe[0])

    def run(self) -> None:
        """Answer until `Quit`."""
        while (message := self._connection.receive()).header.fields.get(MEMBER) != "Quit":
            if message.header.message_type is MessageType.method_call:
                self.asked.append((message.header.fields[HeaderFields.sender], *message.body))
                self._connection.send(self._answer(message))
                # Sent, it is the caller's.
                if len(message.body) == 4:
                    os.close(self._pipe[1])
        self._connection.send(new_method_return(message))

    def _answer(self, message: Message) -> Message:
        if self._refuses:
            return new_error(message, "org.freedesktop.DBus.Error.AccessDenied")
        if len(message.body) == 4:
            return new_method_return(message, "h", (self._pipe[1],))
        return new_method_return(message, "u", (7,))

    def is_released(self) -> bool:
        """Say whether nobody holds the other end of the pipe."""
        return bool(select.select([self._pipe[0]], [], [], 0)[0])


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    """Give a private bus that is both the session's and the system's.

    One for all tests, as libdbus looks for a bus only once.
    """
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon")
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with (
        subprocess.Popen(command, text=True, **quiet) as process,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        assert process.stdout
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        process.terminate()


def connected(bus: str, name: str) -> bool:
    """Say whether somebody is still on the bus."""
    with open_dbus_connection(bus) as connection:
        reply = connection.send_and_get_reply(message_bus.NameHasOwner(name))
    return bool(reply.body[0])


def test_desktop_and_systemd_are_asked_by_name_and_let_go(qtbot: QtBot, bus: str) -> None:
    with (
        Service(bus, "org.freedesktop.PowerManagement") as desktop,
        Service(bus, "org.freedesktop.login1") as system,
    ):
        inhibitor = Inhibitor(DBusBrake())
        inhibitor.keep_awake(True)
        qtbot.waitUntil(lambda: bool(desktop.asked and system.asked))
        assert desktop.asked[0][1] == "LDM Desktop"
        assert (system.asked[0][1], system.asked[0][4]) == ("idle", "block")
        qtbot.wait(50)
        assert connected(bus, desktop.asked[0][0])
        assert not system.is_released()
        inhibitor.keep_awake(False)
        qtbot.waitUntil(lambda: not connected(bus, desktop.asked[0][0]))
        qtbot.waitUntil(system.is_released)


def test_a_desktop_that_knows_no_power_management_is_asked_as_a_screen_saver(
    qtbot: QtBot, bus: str
) -> None:
    with (
        Service(bus, "org.freedesktop.PowerManagement", refuses=True),
        Service(bus, "org.freedesktop.ScreenSaver") as saver,
    ):
        inhibitor = Inhibitor(DBusBrake())
        inhibitor.keep_awake(True)
        qtbot.waitUntil(lambda: bool(saver.asked))
        inhibitor.keep_awake(False)


def test_a_system_that_knows_none_of_them_is_only_noted(
    qtbot: QtBot, bus: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    inhibitor = Inhibitor(DBusBrake())
    inhibitor.keep_awake(True)
    qtbot.waitUntil(lambda: caplog.text.count("Nobody takes the wish") == 2)
    inhibitor.keep_awake(False)


def test_a_command_that_is_missing_is_only_noted(caplog: pytest.LogCaptureFixture) -> None:
    class Missing(FakeBrake):
        def hold(self, reason: str) -> None:
            raise FileNotFoundError("caffeinate")

    inhibitor = Inhibitor(Missing())
    inhibitor.keep_awake(True)
    assert "caffeinate" in caplog.text
    inhibitor.keep_awake(False)
