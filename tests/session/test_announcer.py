"""The title says how far things are, and a batch that ends unseen is told of."""

from __future__ import annotations

from fakes import FakeWorker, frames_of, job_of, morph_of, request_of
from pytestqt.qtbot import QtBot

from ldm_desktop.core.noise import Seed
from ldm_desktop.core.paths import NAME
from ldm_desktop.session.announcer import Announcer
from ldm_desktop.worker.work import JobState, QueueView


class Scene:
    """A worker and what announces its news, with a person who may look."""

    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.looking = False
        # The fake has the worker's signals, though not their types.
        self.announcer = Announcer(self.worker, lambda: self.looking)  # type: ignore[arg-type]
        self.titles: list[str] = []
        self.news: list[tuple[str, str]] = []
        self.announcer.title_changed.connect(self.titles.append)
        self.announcer.unseen.connect(lambda title, text: self.news.append((title, text)))

    def queue(self, share: float, paused: bool = False) -> None:
        """Tell of the queue."""
        view = QueueView(paused=paused, waiting_pictures=1, share=share)
        self.worker.queue_changed.emit(view)


def test_the_title_shows_the_share_while_there_is_work(qtbot: QtBot) -> None:
    scene = Scene()
    batch = request_of(count=5)
    scene.worker.job_changed.emit(job_of(batch))
    scene.queue(0.429)
    assert scene.announcer.title == f"42\N{NO-BREAK SPACE}% – {NAME}"
    scene.queue(0.43, paused=True)
    assert scene.announcer.title == f"43\N{NO-BREAK SPACE}%, paused – {NAME}"
    scene.worker.job_changed.emit(job_of(batch, JobState.FINISHED))
    assert scene.announcer.title == NAME


def test_the_same_title_is_not_told_twice(qtbot: QtBot) -> None:
    scene = Scene()
    scene.worker.job_changed.emit(job_of(request_of(count=5)))
    scene.queue(0.421)
    scene.queue(0.422)
    assert len([title for title in scene.titles if title.startswith("42")]) == 1


def test_a_batch_that_ends_unseen_is_told_of(qtbot: QtBot) -> None:
    scene = Scene()
    batch = request_of(count=5)
    scene.worker.job_changed.emit(job_of(batch))
    scene.worker.job_changed.emit(job_of(batch, JobState.FINISHED, saved=5))
    ((_, text),) = scene.news
    assert "5" in text


def test_trouble_is_told_with_its_sentence(qtbot: QtBot) -> None:
    scene = Scene()
    batch = request_of(count=5)
    scene.worker.job_changed.emit(job_of(batch))
    ended = job_of(batch, JobState.SET_ASIDE, saved=2, sentence="It killed the engine twice.")
    scene.worker.job_changed.emit(ended)
    ((_, text),) = scene.news
    assert "It killed the engine twice." in text


def test_many_single_pictures_are_told_of_once_when_the_last_has_ended(qtbot: QtBot) -> None:
    scene = Scene()
    requests = [request_of(seed) for seed in range(3)]
    for request in requests:
        scene.worker.job_changed.emit(job_of(request, JobState.WAITING))
    for request in requests:
        assert scene.news == []
        scene.worker.job_changed.emit(job_of(request, JobState.FINISHED, saved=1))
    ((_, text),) = scene.news
    assert "3" in text
    again = request_of()
    scene.worker.job_changed.emit(job_of(again))
    scene.worker.job_changed.emit(job_of(again, JobState.FINISHED, saved=1))
    assert len(scene.news) == 1


def test_one_of_many_single_pictures_that_fails_is_told_of(qtbot: QtBot) -> None:
    scene = Scene()
    good, bad = request_of(), request_of()
    for request in (good, bad):
        scene.worker.job_changed.emit(job_of(request))
    failed = job_of(bad, JobState.FAILED, failed=1, sentence="It cannot be.")
    scene.worker.job_changed.emit(failed)
    scene.worker.job_changed.emit(job_of(good, JobState.FINISHED, saved=1))
    ((_, text),) = scene.news
    assert text == "Pictures saved: 1. Failed: 1. It cannot be."


def test_single_pictures_before_somebody_looked_are_no_news(qtbot: QtBot) -> None:
    scene = Scene()
    requests = [request_of(seed) for seed in range(4)]
    for request in requests:
        scene.worker.job_changed.emit(job_of(request, JobState.WAITING))
    for request in requests:
        scene.looking = request is requests[2]
        scene.worker.job_changed.emit(job_of(request, JobState.FINISHED, saved=1))
    assert scene.news == []


def test_who_removes_the_last_of_what_waits_hears_nothing_of_the_others(qtbot: QtBot) -> None:
    scene = Scene()
    first, second, last = (request_of(seed) for seed in range(3))
    for request in (first, second, last):
        scene.worker.job_changed.emit(job_of(request, JobState.WAITING))
    for request in (first, second):
        scene.worker.job_changed.emit(job_of(request, JobState.FINISHED, saved=1))
    scene.looking = True
    scene.worker.job_removed.emit(last.id)
    assert scene.news == []


def test_the_title_has_no_share_where_nothing_is_counted(qtbot: QtBot) -> None:
    scene = Scene()
    endless, batch = request_of(count=None), request_of(count=5)
    scene.worker.job_changed.emit(job_of(endless))
    scene.queue(0.0)
    assert scene.announcer.title == NAME
    scene.queue(0.0, paused=True)
    assert scene.announcer.title == f"Paused – {NAME}"
    scene.worker.job_changed.emit(job_of(batch))
    scene.queue(0.2)
    assert scene.announcer.title == f"20\N{NO-BREAK SPACE}% – {NAME}"


def test_what_somebody_sees_or_does_is_no_news(qtbot: QtBot) -> None:
    scene = Scene()
    one, cancelled, seen, restored = (request_of(count=n) for n in (1, 5, 5, 5))
    for request in (one, cancelled, seen):
        scene.worker.job_changed.emit(job_of(request))
    scene.worker.job_changed.emit(job_of(one, JobState.FINISHED))
    scene.worker.job_changed.emit(job_of(cancelled, JobState.CANCELLED))
    # A job that had ended before the program started.
    scene.worker.job_changed.emit(job_of(restored, JobState.FINISHED))
    scene.looking = True
    scene.worker.job_changed.emit(job_of(seen, JobState.FINISHED))
    assert scene.news == []


def test_frames_are_no_pictures_to_be_told_of(qtbot: QtBot) -> None:
    scene = Scene()
    frames = frames_of(morph_of(Seed(1), Seed(2)))
    scene.worker.job_changed.emit(job_of(frames))
    scene.queue(0.5)
    assert scene.announcer.title == f"50\N{NO-BREAK SPACE}% – {NAME}"
    scene.worker.job_changed.emit(job_of(frames, JobState.FINISHED, saved=frames.count))
    assert scene.news == []
