"""What survives: a pause, a restart, an engine that is killed, a window that is killed."""

from __future__ import annotations

import os
import signal

import pytest
from desktop import ENDING_SECONDS, Desktop, is_running, wait_until_gone
from window import LONG, Start, Window, ask, command_line

from ldm_desktop.core.frame import Frame
from ldm_desktop.gallery import files

SEED = 21
STEPS = 200
JOBS = 8
SOME = 20
"""Steps after which a picture has come a good way, and has a good way to go."""


@pytest.fixture(scope="module")
def uninterrupted(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Frame:
    """Give the pixels of a run that nothing has disturbed, made without a window."""
    out = tmp_path_factory.mktemp("uninterrupted")
    settings = ("--seeds", str(SEED), "--steps", str(STEPS), "--precision", "exact")
    command_line(display, "generate", *settings, "--sampler", "ddim", "--out", str(out))
    (file,) = out.rglob("*.png")
    return files.read(file).frame


def begin(window: Window) -> None:
    """Begin the picture that the command line makes."""
    window.press("preset-reference")
    assert window.find("steps").value == STEPS
    window.generate(seed=SEED)


def pause(window: Window) -> int:
    """Let the job at the top of the queue stand still, and give its step."""
    window.part("queue").select(0)
    window.press("job-pause")
    window.wait(lambda: f"Seed {SEED}, Paused" in window.jobs, "a paused job")
    # The step that was being made when the button was pressed is the last.
    window.wait(lambda: "paused at" in window.shown, "its last step")
    return window.step


def steps_until_saved(window: Window) -> list[int]:
    """Give the steps at which the picture was seen until it was finished."""
    seen: list[int] = []

    def finished() -> bool:
        seen.append(window.step)
        return bool(window.library)

    window.wait(finished, "the picture", LONG)
    return [step for step in seen if step >= 0]


def test_a_paused_picture_goes_on_after_a_restart_as_if_nothing_had_been(
    start: Start, uninterrupted: Frame
) -> None:
    window = start()
    begin(window)
    window.until_step(SOME)
    paused = pause(window)
    assert window.close() == 0
    window = start()
    window.until_ready()
    assert window.jobs == [f"Seed {SEED}, Paused"]
    assert window.library == []
    # A person has paused it, so there is nothing to ask about.
    assert window.notices == ""
    window.part("queue").select(0)
    window.press("job-pause")
    steps = steps_until_saved(window)
    assert SOME <= paused <= min(steps)
    assert window.picture(SEED).frame == uninterrupted


def test_an_engine_that_is_killed_costs_nothing_but_time(
    start: Start, uninterrupted: Frame
) -> None:
    window = start()
    begin(window)
    window.until_step(SOME)
    # A pause makes a checkpoint, for which one would else wait ten seconds.
    kept = pause(window)
    window.press("job-pause")
    window.until_step(kept + 5)
    first = window.engine_pid
    os.kill(first, signal.SIGKILL)
    said = "The engine has ended unexpectedly"
    window.wait(lambda: said in window.notices, "a sentence")
    window.wait(lambda: "Restarting" in window.engine, "another engine")
    assert "It starts again, and the queue goes on." in window.notices
    assert window.notices.count(said) == 1
    window.until_step(kept)
    steps = steps_until_saved(window)
    assert SOME <= kept <= min(steps)
    assert window.picture(SEED).frame == uninterrupted
    assert window.engine_pid != first


def test_a_picture_that_kills_the_engine_twice_is_set_aside_and_the_next_is_made(
    start: Start,
) -> None:
    window = start()
    begin(window)
    window.until_step(1)
    window.press("add-to-queue")
    for _ in range(2):
        window.wait(lambda: "Busy" in window.engine, "a picture at work")
        assert window.jobs[0].startswith(f"Seed {SEED}, Running")
        os.kill(window.engine_pid, signal.SIGKILL)
        window.wait(lambda: "Busy" not in window.engine, "its end")
    window.wait(lambda: window.shown == f"Seed {SEED}, Set aside", "a job set aside")
    window.wait(lambda: "Running" in window.jobs[0], "the next one")
    assert f"Seed {SEED}" not in window.jobs[0]


def test_a_window_that_is_killed_comes_back_with_its_queue_and_makes_nothing_twice(
    start: Start,
) -> None:
    window = start()
    window.press("preset-draft")
    window.press("after-run-next")
    # The engine is not there yet.
    for _ in range(JOBS):
        window.press("add-to-queue")
    window.wait(lambda: len(window.library) >= 2, "two pictures", LONG)
    processes = [window.process.pid, *window.children()]
    window.kill()
    assert wait_until_gone(processes, ENDING_SECONDS) == []
    made = window.seeds
    assert len(made) < JOBS
    window = start()
    window.until_ready()
    window.wait(lambda: "LDM Desktop ended unexpectedly." in window.notices, "a notice")
    assert "waiting from last time" in window.notices
    assert "paused" in window.find("queue-count").name
    assert window.seeds == made
    window.press("notice-button")
    window.wait(lambda: len(window.library) >= JOBS, "the rest", LONG)
    window.until_ready()
    assert window.seeds == list(range(JOBS))
    assert all("Finished" in job for job in window.jobs)


@pytest.mark.parametrize("way", ["quit", "close"])
def test_a_window_that_is_closed_in_mid_run_is_gone_within_three_seconds(
    start: Start, way: str
) -> None:
    window = start()
    window.press("preset-reference")
    window.generate(seed=5)
    window.until_step(3)
    processes = [window.process.pid, *window.children()]
    assert len(processes) == 2
    if way == "quit":
        window.key("ctrl+q")
    else:
        ask(window.desktop, "close", window.x_window())
    assert wait_until_gone(processes, ENDING_SECONDS) == []
    assert window.process.wait() == 0
    assert not is_running(window.process.pid)
