"""The ways to the pages of exploring, from whatever picture one is looking at, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ldm_desktop.core import codec
from ldm_desktop.session import export
from ldm_desktop.session.explore.family import nobody
from ldm_desktop.session.explore.kin import Way
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.session import Session
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.explore_page import ExplorePage
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.paged_actions import EXPLORING, Page
from ldm_desktop.ui.pages import Pages
from ldm_desktop.ui.picture_commands import reveal

Take = Callable[[tuple[Subject, ...]], object]
OF_SUBJECTS = ("copy-seed", "copy-recipe", "use-settings", "star-seed", "morph-add")
translate = QCoreApplication.translate


class ExploreCommands(QObject):
    """Binds the actions that lead to pages, and those that mean the picture looked at there.

    `build` makes a page; `find` shows in the gallery what a query finds.
    """

    def __init__(
        self,
        session: Session,
        actions: Actions,
        pages: Pages,
        build: Callable[[Page, QWidget], QWidget],
        find: Callable[[str], object],
    ) -> None:
        super().__init__(pages)
        self._session = session
        self._desk = session.explore
        self._actions = actions
        self._pages = pages
        self.find = find
        self._views: dict[Page, ExplorePage] = {}
        self._make = build
        for page in EXPLORING:
            pages.offer(page, partial(self._build, page))
        for page in Page:
            self._bind(page)
        session.stage.shown_changed.connect(lambda _: self._follow_stage())
        session.gallery.current_changed.connect(lambda _: self._follow_gallery())
        self._follow_stage()
        self._follow_gallery()

    def view(self, page: Page) -> ExplorePage | None:
        """Give a page, if it is built."""
        return self._views.get(page)

    def explore(self, page: Page, subjects: tuple[Subject, ...] = ()) -> None:
        """Go to a page with pictures."""
        self._pages.show(page)
        self._views[page].take(subjects)
        # With other pictures another part of the page may be the one to begin with.
        self._pages.focus()

    def _build(self, page: Page, parent: QWidget) -> QWidget:
        view = self._make(page, parent)
        known: ExplorePage = view  # type: ignore[assignment]  # widgets that keep the protocol
        self._views[page] = known
        self._actions.bind(page, self._verbs(page) | known.slots())
        known.possible_changed.connect(partial(self._follow, page))
        self._follow(page)
        return view

    # What is looked at.

    def _with_subjects(self, take: Take) -> None:
        """Hand over what is looked at now; of the gallery, when it is read."""
        page = self._pages.page
        if page is Page.GALLERY:
            self._desk.read(self._desk.in_gallery(), take)
        else:
            take(self._views[page].subjects() if page in self._views else self._desk.on_stage())

    def _with_first(self, do: Callable[[Subject], object]) -> None:
        self._with_subjects(lambda subjects: do(subjects[0]) if subjects else None)

    def _bind(self, page: Page) -> None:
        ways = {name: partial(self._go, there) for there, name in WAYS.items()}
        ways |= {
            "studio": partial(self._pages.show, Page.STUDIO),
            "star-seed": partial(self._with_subjects, self._desk.star),
            "morph-add": partial(self._with_subjects, self._add_to_morph),
        }
        if page is not Page.FAMILY:
            ways |= {f"family-{way.value}": partial(self._walk, way) for way in Way}
        self._actions.bind(page, ways)

    def _go(self, there: Page) -> None:
        if there is not self._pages.page:
            self._with_subjects(partial(self.explore, there))

    def _add_to_morph(self, subjects: tuple[Subject, ...]) -> None:
        if subjects:
            self._desk.morphs.add(subjects)
            text = translate("Explore", "Pictures on the path of the morph: {count}")
            self._desk.notice.emit(text.format(count=len(self._desk.morphs.waypoints)))

    # From relative to relative.

    def _walk(self, way: Way) -> None:
        """Go to a relative of what is looked at, and stay on the page."""
        self._with_first(partial(self._walk_from, way))

    def _walk_from(self, way: Way, subject: Subject) -> None:
        if start := subject.picture or next(iter(subject.parents), None):
            self._desk.family.relative(way, start, partial(self._show_here, self._pages.page))
        else:
            self._desk.notice.emit(nobody(way))

    def _show_here(self, page: Page, subject: Subject) -> None:
        if page is Page.STUDIO and subject.file:
            self._session.stage.show_file(subject.file)
        elif page is Page.GALLERY:
            self.find(f"id:{subject.picture}")
        elif page in self._views:
            self._views[page].take((subject,))

    # What is done with it on the pages of exploring.

    def _verbs(self, page: Page) -> dict[str, Callable[[], object]]:
        if page not in EXPLORING:
            return {}
        return {
            "copy-seed": partial(self._with_first, _copy_seed),
            "copy-recipe": partial(self._with_first, _copy_recipe),
            "copy-picture": partial(self._with_first, _copy_picture),
            "reveal": partial(self._with_first, _reveal),
            "gallery-show": partial(self._with_first, self._show),
            "use-settings": partial(self._with_first, self._use_settings),
        }

    def _show(self, subject: Subject) -> None:
        self.find(f"id:{subject.picture}")

    def _use_settings(self, subject: Subject) -> None:
        self._desk.use_settings(subject)
        self._pages.show(Page.STUDIO)

    def _follow(self, page: Page) -> None:
        view = self._views[page]
        subjects = view.subjects()
        first = subjects[0] if subjects else None
        possible = dict.fromkeys(OF_SUBJECTS, first is not None)
        possible["copy-picture"] = first is not None and not first.image.isNull()
        possible["reveal"] = first is not None and first.file is not None
        possible["gallery-show"] = first is not None and first.picture is not None
        self._actions.allow(page, possible | view.possible())

    def _follow_stage(self) -> None:
        there = self._session.stage.shown is not None
        self._actions.allow(Page.STUDIO, {"star-seed": there, "morph-add": there})

    def _follow_gallery(self) -> None:
        there = bool(self._desk.in_gallery())
        self._actions.allow(Page.GALLERY, {"star-seed": there, "morph-add": there})


def _copy_seed(subject: Subject) -> None:
    QGuiApplication.clipboard().setText(str(subject.seed))


def _copy_recipe(subject: Subject) -> None:
    QGuiApplication.clipboard().setText(codec.canonical(subject.recipe))


def _copy_picture(subject: Subject) -> None:
    QGuiApplication.clipboard().setMimeData(export.picture_data(subject.image, subject.file))


def _reveal(subject: Subject) -> None:
    if subject.file:
        reveal(subject.file)
