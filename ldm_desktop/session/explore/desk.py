"""Everything that exploring is made of, put together; each part is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import first_seed
from ldm_desktop.gallery.records import Entry, State
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.explore.subject import Subject, subject_of
from ldm_desktop.session.orders import preview_of
from ldm_desktop.session.shown import read
from ldm_desktop.worker.work import QueueView

if TYPE_CHECKING:
    from ldm_desktop.session.explore.family import Family
    from ldm_desktop.session.explore.morphs import Morphs
    from ldm_desktop.session.explore.sheet import Sheet
    from ldm_desktop.session.explore.strips import Strips
    from ldm_desktop.session.explore.variations import Variations
    from ldm_desktop.session.session import Session

MOST_SUBJECTS = 64
"""So many pictures are taken along at most."""


class Part(Protocol):
    """What has something to say, and something to put away."""

    notice: SignalInstance

    def close(self) -> None:
        """Take back and write what there is."""


class Drafting(Part, Protocol):
    """What has drafts, which stand still with the queue."""

    def take_queue(self, queue: QueueView) -> None:
        """Hear whether the queue stands still."""


P = TypeVar("P", bound=Part)
D = TypeVar("D", bound=Drafting)


class ExploreDesk(QObject):
    """The parts, by name; `notice` is whatever any of them has to say."""

    notice = Signal(str)
    closing = Signal()
    """What is half written is to be handed in now."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._background = Background(1, self)
        self._open: list[Part] = []
        self.seeds = SeedDesk(session.usual_folders.data, self)
        self.seeds.notice.connect(self.notice)
        session.worker.saved.connect(self.seeds.saw)

    @cached_property
    def sheet(self) -> Sheet:
        """The contact sheet that is open."""
        from ldm_desktop.session.explore.sheet import Sheet

        session = self._session
        sheet = self._drafting(Sheet(session.worker, session.orders, self.seeds, self))
        sheet.settings = lambda: session.settings.settings
        sheet.jobs = lambda: session.queue.jobs
        return sheet

    @cached_property
    def variations(self) -> Variations:
        """A picture among its neighbours."""
        from ldm_desktop.session.explore.variations import Variations

        settings = self._session.settings
        variations = Variations(self._session.worker, self._session.orders, self)
        variations.set_preview(preview_of(settings.settings))
        settings.changed.connect(lambda new, _: variations.set_preview(preview_of(new)))
        return self._drafting(variations)

    @cached_property
    def strips(self) -> Strips:
        """The ways of some pictures."""
        from ldm_desktop.session.explore.strips import Strips

        return self._drafting(Strips(self._session.worker, self._session.orders, self))

    @cached_property
    def morphs(self) -> Morphs:
        """The path from picture to picture."""
        from ldm_desktop.session.explore.morphs import Morphs

        session = self._session
        data = session.usual_folders.data
        morphs = Morphs(session.worker, session.orders, session.shelf, data, self)
        morphs.set_paces(session.controls.paces)
        return self._drafting(morphs)

    @cached_property
    def family(self) -> Family:
        """A picture among its relatives."""
        from ldm_desktop.session.explore.family import Family

        return self._made(Family(self._session.librarian, self._session.gallery, self))

    def _drafting(self, part: D) -> D:
        part.take_queue(self._session.queue.queue)
        return self._made(part)

    def _made(self, part: P) -> P:
        part.notice.connect(self.notice)
        self._open.append(part)
        return part

    def start(self) -> None:
        """Take up what was being exported when the application ended."""
        # Without any, the morph is made when somebody goes there.
        if any((self._session.usual_folders.data / "morphs").glob("*/export.json")):
            stopped = len(self.morphs.exports.resumable)
            text = self.tr("Exports of morphs that can be gone on with (Alt+4): {count}")
            if stopped:
                self.notice.emit(text.format(count=stopped))

    def on_stage(self) -> tuple[Subject, ...]:
        """Give the picture of the studio."""
        shown = self._session.stage.shown
        return (subject_of(shown),) if shown else ()

    def in_gallery(self) -> tuple[Path, ...]:
        """Give the files of the pictures chosen in the gallery whose recipes are known."""
        gallery = self._session.gallery
        entries = (gallery.model.entry_of(number) for number in gallery.targets[:MOST_SUBJECTS])
        usable = (entry for entry in entries if entry and entry.has_recipe and is_there(entry))
        return tuple(gallery.library / entry.file for entry in usable)

    def read(self, files: Sequence[Path], then: Callable[[tuple[Subject, ...]], object]) -> None:
        """Read saved pictures, then hand them over; those that cannot be read are told of."""
        work = partial(_read, tuple(files))
        self._background.run(work, partial(self._take, then))

    def _take(
        self,
        then: Callable[[tuple[Subject, ...]], object],
        found: tuple[tuple[Subject, ...], str] | KnownError,
    ) -> None:
        assert not isinstance(found, KnownError)
        subjects, sentence = found
        if sentence:
            self.notice.emit(sentence)
        then(subjects)

    def use_settings(self, subject: Subject) -> None:
        """Set the studio's controls to how a picture was made."""
        recipe = subject.recipe
        self._session.controls.restore(recipe, self._session.orders.folder_of(recipe) or None)

    def star(self, subjects: Sequence[Subject]) -> None:
        """Remember the seeds of pictures."""
        self.seeds.star([first_seed(subject.recipe.noise) for subject in subjects])

    def close(self) -> None:
        """Take back what is forming, and write what is to be remembered."""
        self.closing.emit()
        for part in self._open:
            part.close()
        self._background.close()
        self.seeds.close()


def is_there(entry: Entry) -> bool:
    """Whether a picture's file can be expected where its row says."""
    return entry.state not in (State.TRASHED, State.MISSING)


def _read(files: Sequence[Path]) -> tuple[tuple[Subject, ...], str]:
    subjects, sentence = [], ""
    for file in files:
        try:
            subjects.append(subject_of(read(file)))
        except KnownError as error:
            sentence = str(error)
    return tuple(subjects), sentence
