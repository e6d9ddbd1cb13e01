"""A session without an engine, and what it may be told: for tests of the window and its parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from fakes import CARD, FakeWorker, frame_of, job_of, picture_view_of
from samples import ENVIRONMENT, recipe_of

from ldm_desktop.core.events import Stepped
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.paths import folders
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.recipe import Precision
from ldm_desktop.gallery import files
from ldm_desktop.session.session import Session
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.worker.work import PictureView, Request


def make_session(folder: Path) -> Session:
    """Give a session that keeps everything in a folder; its worker is a fake one."""
    place = folders(folder)
    place.data.mkdir(parents=True, exist_ok=True)
    return Session(FakeWorker(), SettingsStore(place.data / "settings.json"), place)


def worker_of(session: Session) -> FakeWorker:
    """Give the fake worker of a session."""
    assert isinstance(session.worker, FakeWorker)
    return session.worker


def open_model(session: Session) -> ModelCard:
    """Let the chosen model be ready."""
    card = replace(CARD, folder=session.controls.choices.model)
    worker_of(session).model_ready.emit(card)
    return card


def submitted(session: Session) -> list[Request]:
    """Give what the worker was asked to make."""
    return [request for (request,) in worker_of(session).called("submit")]


def show_live(session: Session, request: Request, done: int = 5) -> PictureView:
    """Let a picture form on the stage."""
    worker, view = worker_of(session), picture_view_of(request, done=done)
    worker.job_changed.emit(job_of(request))
    worker.picture_changed.emit(view)
    worker.previewed.emit(Stepped(request.id, view.id, done, view.total, frame_of()))
    # It comes on by itself, unless another one is forming already.
    session.stage.show_picture(view.id)
    return view


def saved_file(folder: Path, seed: int = 7, precision: Precision = Precision.BALANCED) -> Path:
    """Save a picture in a folder."""
    recipe = replace(recipe_of(seed, size=(128, 128)), precision=precision)
    frame = frame_of(seed)
    made = "2026-11-23T06:30:00+00:00"
    record = PictureRecord(uuid4(), recipe, ENVIRONMENT, frame.sha256, made, 1.5)
    folder.mkdir(parents=True, exist_ok=True)
    return files.save(Picture(record, frame), folder)
