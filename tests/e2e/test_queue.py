"""Fifty jobs in the queue: reordered, paused, all made, cleared away."""

from __future__ import annotations

from window import LONG, Window

JOBS = 50
FIRST = 1000


def test_fifty_jobs_are_made_in_the_order_one_likes(studio: Window) -> None:
    studio.find("steps").set_value(2)
    studio.press("after-run-next")
    studio.find("seed").write(str(FIRST))
    studio.press("pause-queue")
    studio.wait(lambda: "paused" in studio.find("queue-count").name, "a queue that stands still")
    studio.key(*["ctrl+shift+Return"] * JOBS)
    names = [f"Seed {FIRST + number}, Waiting" for number in range(JOBS)]
    studio.wait(lambda: studio.jobs == names, "fifty jobs")
    assert studio.library == []

    studio.part("queue").select(2)
    for place in (1, 0):
        studio.press("job-up")
        studio.wait(lambda place=place: studio.jobs[place] == names[2], "another order")
    assert studio.jobs == [names[2], *names[:2], *names[3:]]

    studio.press("pause-queue")
    studio.wait(lambda: len(studio.library) >= 5, "five pictures", LONG)
    studio.press("pause-queue")
    studio.until_ready()
    some = studio.seeds
    assert len(some) < JOBS
    # The one that was moved up is among the first, and nothing has been left out.
    assert some == list(range(FIRST, FIRST + len(some)))
    studio.press("pause-queue")

    studio.wait(lambda: len(studio.library) >= JOBS, "fifty pictures", LONG)
    studio.until_ready()
    assert studio.seeds == list(range(FIRST, FIRST + JOBS))
    first = min(studio.library, key=lambda file: file.stat().st_mtime_ns)
    assert f"seed {FIRST + 2} " in first.name
    assert all("Finished" in job for job in studio.jobs)
    studio.press("clear-ended")
    studio.wait(lambda: studio.jobs == [], "an empty queue")
    assert len(studio.library) == JOBS


def test_a_job_of_several_pictures_is_cancelled_and_tried_again(studio: Window) -> None:
    before = len(studio.library)
    studio.find("count").set_value(3)
    studio.generate(seed=7, steps=60)
    studio.wait(lambda: any("Running" in job for job in studio.jobs), "a picture at work")
    studio.part("queue").select(0)
    studio.press("job-cancel")
    studio.wait(lambda: "Cancelled" in studio.jobs[0], "the end of the job")
    studio.until_ready()
    assert len(studio.library) < before + 3
    studio.press("job-retry")
    studio.wait(lambda: "Finished" in studio.jobs[0], "the rest", LONG)
    assert studio.seeds == [7, 8, 9, *range(FIRST, FIRST + JOBS)]
