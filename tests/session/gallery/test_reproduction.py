"""A picture is made again, and compared with the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeWorker, job_of, saved_of
from gallery_rows import id_of
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from samples import ENVIRONMENT, picture_of

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.gallery import files
from ldm_desktop.gallery.records import Annotation, Details, Entry, Flag, Label, Made, Origin, State
from ldm_desktop.session.gallery.reproduction import Reproducer, psnr_of
from ldm_desktop.session.gallery.values import Reproduction, Verdict
from ldm_desktop.worker.work import JobState, Request


class Bench:
    """A reproducer, its worker, and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.picture = picture_of()
        self.file = files.save(self.picture, folder)
        self.worker = FakeWorker()
        self.models = "models/landscapes"
        self.reproducer = Reproducer(self.worker, self.folder_of, PreviewPolicy)  # type: ignore[arg-type]
        self.notices: list[str] = []
        self.found: list[Reproduction] = []
        self.reproducer.notice.connect(self.notices.append)
        self.reproducer.reproduced.connect(self.found.append)

    def folder_of(self, recipe: Recipe) -> str:
        return self.models

    def details(self, **changes: object) -> Details:
        record = self.picture.record
        made = Made(Origin.OWN, record.created, record.recipe, ENVIRONMENT, (id_of(9),))
        entry = Entry(
            1, record.id, Path(self.file.name), State.PRESENT, record.created, 16, 8,
            record.pixels_sha256, 3, "landscapes", 0, Flag.NONE, Label.NONE, False, True,
        )  # fmt: skip
        return Details(entry, replace(made, **changes), Annotation(), ())  # type: ignore[arg-type]

    @property
    def request(self) -> Request:
        request = self.worker.called("submit")[0][0]
        assert isinstance(request, Request)
        return request

    def save(self, frame: Frame) -> None:
        """Tell of a picture that was made."""
        saved = saved_of(self.request.id, self.request.recipe, Path("again.png"))
        environment = replace(ENVIRONMENT, torch="2.14.0")
        record = replace(saved.record, environment=environment)
        self.worker.saved.emit(replace(saved, frame=frame, record=record))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def brighter(picture: Picture, by: int) -> Frame:
    frame = picture.frame
    return replace(frame, pixels=bytes((value + by) % 256 for value in frame.pixels))


def test_equal_pixels_are_identical(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(), bench.file)
    assert bench.request.recipe == bench.picture.record.recipe
    assert bench.request.parents == (id_of(9),)
    bench.save(bench.picture.frame)
    qtbot.waitUntil(lambda: bool(bench.found))
    assert bench.found[0].verdict is Verdict.IDENTICAL
    assert bench.found[0].file == Path("again.png")
    bench.reproducer.close()


def test_other_pixels_are_measured_and_explained(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(), bench.file)
    pixels = bytearray(bench.picture.frame.pixels)
    pixels[0] ^= 1
    bench.save(replace(bench.picture.frame, pixels=bytes(pixels)))
    qtbot.waitUntil(lambda: bool(bench.found))
    found = bench.found[0]
    assert found.verdict is Verdict.VISUALLY_EQUAL
    assert found.psnr == pytest.approx(73.97, abs=0.1)
    assert found.reasons == ("torch 2.14.0 / 2.13.0+cpu",)
    bench.reproducer.close()


def test_another_picture_is_different(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(), bench.file)
    bench.save(brighter(bench.picture, 60))
    qtbot.waitUntil(lambda: bool(bench.found))
    assert bench.found[0].verdict is Verdict.DIFFERENT
    bench.reproducer.close()


def test_what_was_not_made_again_is_said(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(), bench.file)
    bench.worker.job_changed.emit(job_of(bench.request, JobState.FAILED, sentence="No memory."))
    assert [(each.verdict, each.sentence) for each in bench.found] == [
        (Verdict.FAILED, "No memory.")
    ]


def test_a_first_picture_that_has_gone_is_said(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(), bench.file)
    bench.file.unlink()
    bench.save(brighter(bench.picture, 60))
    qtbot.waitUntil(lambda: bool(bench.found))
    assert bench.found[0].verdict is Verdict.FAILED
    assert bench.file.name in bench.found[0].sentence
    bench.reproducer.close()


def test_without_recipe_or_model_nothing_is_begun(qtbot: QtBot, bench: Bench) -> None:
    bench.reproducer.reproduce(bench.details(recipe=None), bench.file)
    bench.models = ""
    bench.reproducer.reproduce(bench.details(), bench.file)
    assert bench.worker.calls == []
    assert len(bench.notices) == 2
    assert "landscapes" in bench.notices[1]


def test_exact_is_a_child_of_the_first(qtbot: QtBot, bench: Bench) -> None:
    fast = replace(bench.picture.record.recipe, precision=Precision.FAST)
    spy = QSignalSpy(bench.reproducer.reproduced)
    bench.reproducer.render_exact(bench.details(recipe=fast))
    assert bench.request.recipe.precision is Precision.EXACT
    assert bench.request.parents == (bench.picture.record.id,)
    bench.save(bench.picture.frame)
    assert spy.count() == 0
    bench.reproducer.render_exact(bench.details())
    assert len(bench.worker.called("submit")) == 1
    assert "exact" in bench.notices[0]


def test_psnr_is_that_of_the_definition() -> None:
    black, grey = Frame(2, 1, bytes(6)), Frame(2, 1, bytes([16] * 6))
    assert psnr_of(black, grey) == pytest.approx(24.05, abs=0.01)
    assert psnr_of(black, black) == float("inf")
    assert psnr_of(black, Frame(1, 2, bytes(6))) is None
