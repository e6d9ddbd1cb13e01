"""What the actions do while the gallery fills the window, beyond what its page does itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from ldm_desktop.core import codec
from ldm_desktop.core.recipe import Precision
from ldm_desktop.gallery.records import Details, Entry, Made, State
from ldm_desktop.session import export
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import OpenedImage, Reproduction, Verdict
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery.gallery_view import GalleryView, Looking
from ldm_desktop.ui.notices import Level, Notice, Notices
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.picture_commands import reveal

LEVELS = {Verdict.DIFFERENT: Level.WARNING, Verdict.FAILED: Level.ERROR}

ALONE = ("gallery-loupe", "gallery-survey")
WITH_FILE = ("reveal", "copy-picture")
WITH_SEED = ("copy-seed", "use-settings")
WITH_RECIPE = ("copy-recipe", "render-exact", "gallery-reproduce")


class GalleryCommands(QObject):
    """Binds actions to the desk, by way of dialogs where there is something to ask or report."""

    left = Signal()
    """The person goes to the studio, as the settings have been put there."""
    wanted = Signal()
    """There is something to see in the gallery, whatever is shown now."""

    def __init__(
        self, desk: GalleryDesk, view: GalleryView, actions: Actions, notices: Notices
    ) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._actions, self._notices = actions, notices
        self._made: tuple[UUID, Made] | None = None
        self._copying: UUID | None = None
        self._comparing: tuple[UUID, UUID] | None = None
        self._dialogs: dict[str, QDialog] = {}
        actions.bind(Page.GALLERY, view.slots() | self._verbs())
        desk.current_changed.connect(self._follow)
        desk.selection_changed.connect(self._follow)
        desk.details_changed.connect(self._take_details)
        desk.image_opened.connect(self._take_image)
        desk.reproduced.connect(self._take_reproduction)
        desk.listing_changed.connect(self._show_compared)
        desk.undo_stack.indexChanged.connect(self._follow)
        self._follow()

    def find(self, picture: UUID) -> None:
        """Show one picture among nothing else."""
        self._desk.set_query(f"id:{picture}")

    def _verbs(self) -> dict[str, Callable[[], object]]:
        desk = self._desk
        return {
            "reveal": self._reveal,
            "save-as": self._export,
            "copy-picture": self._copy_picture,
            "copy-seed": self._copy_seed,
            "copy-recipe": self._copy_recipe,
            "use-settings": self._use_settings,
            "render-exact": lambda: self._with_current(desk.render_exact),
            "gallery-reproduce": lambda: self._with_current(desk.reproduce),
            "gallery-export": self._export,
            "gallery-import": self._import,
            "gallery-verify": self._verify,
            "gallery-rebuild": self._rebuild,
        }

    def _follow(self) -> None:
        """Offer what can be done with what is chosen now."""
        desk, entry = self._desk, self._desk.current
        undoing = {"undo": desk.undo_stack.canUndo(), "redo": desk.undo_stack.canRedo()}
        some = bool(desk.targets)
        possible = possible_with(entry, self._made_of(entry)) | undoing
        possible |= {"save-as": some, "gallery-export": some}
        possible["gallery-trash"] = some and not (entry and entry.state is State.TRASHED)
        self._actions.allow(Page.GALLERY, possible)

    def _made_of(self, entry: Entry | None) -> Made | None:
        return self._made[1] if self._made and entry and self._made[0] == entry.id else None

    def _take_details(self, details: Details) -> None:
        self._made = details.entry.id, details.made
        self._follow()

    def _with_current(self, do: Callable[[UUID], object]) -> None:
        if entry := self._desk.current:
            do(entry.id)

    # What is done with the current picture.

    def _reveal(self) -> None:
        if entry := self._desk.current:
            reveal(self._desk.library / entry.file)

    def _copy_seed(self) -> None:
        entry = self._desk.current
        if entry and entry.seed is not None:
            QGuiApplication.clipboard().setText(str(entry.seed))

    def _copy_recipe(self) -> None:
        made = self._made_of(self._desk.current)
        if made and made.recipe:
            QGuiApplication.clipboard().setText(codec.canonical(made.recipe))

    def _copy_picture(self) -> None:
        if entry := self._desk.current:
            self._copying = entry.id
            self._desk.open_image(entry.id)

    def _take_image(self, opened: OpenedImage) -> None:
        entry = self._desk.current
        if self._copying != opened.picture or not entry or entry.id != opened.picture:
            return
        self._copying = None
        if opened.sentence:
            self._notices.say(Notice(opened.sentence, Level.WARNING))
            return
        data = export.picture_data(opened.image, self._desk.library / entry.file)
        QGuiApplication.clipboard().setMimeData(data)

    def _use_settings(self) -> None:
        self._with_current(self._desk.use_settings)
        self.left.emit()

    # Made again, and compared.

    def _take_reproduction(self, again: Reproduction) -> None:
        sentence = " ".join([again.sentence, *again.reasons])
        level = LEVELS.get(again.verdict, Level.INFO)
        if again.again is None:
            self._notices.say(Notice(sentence, level))
            return
        compare = partial(self._compare, (again.picture, again.again))
        self._notices.say(Notice(sentence, level, self.tr("Compare"), compare, "reproduced"))

    def _compare(self, pair: tuple[UUID, UUID]) -> None:
        self.wanted.emit()
        self._comparing = pair
        self._desk.set_query(" OR ".join(f"id:{picture}" for picture in pair))

    def _show_compared(self) -> None:
        """Put the two side by side once they are listed."""
        model = self._desk.model
        if self._comparing and model.rowCount() == len(self._comparing):
            self._comparing = None
            numbers = tuple(model.numbers(range(model.rowCount())))
            self._view.survey.show_pictures(numbers, numbers[0])
            self._view.look(Looking.SURVEY)

    # What takes long.

    def _export(self) -> None:
        from ldm_desktop.ui.gallery.export_dialog import ExportDialog

        self._open("export", ExportDialog(self._desk, self._desk.targets, parent=self._view))

    def _import(self) -> None:
        """Ask for files; whole folders can be dropped on the grid."""
        names = self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.avif)")
        dialog = QFileDialog(self._view, self.tr("Import pictures"), "", names)
        dialog.setObjectName("file-dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Import"))
        dialog.filesSelected.connect(self._bring_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _bring_in(self, names: Sequence[str]) -> None:
        self.import_files([Path(name) for name in names])

    def import_files(self, files: Sequence[Path]) -> None:
        """Copy pictures into the library, and report."""
        from ldm_desktop.ui.gallery.gallery_dialogs import ImportReport

        report = ImportReport(self._desk, self._view)
        self._open("import", report)
        report.begin()
        self._desk.import_files(files)

    def _verify(self) -> None:
        from ldm_desktop.ui.gallery.gallery_dialogs import VerifyReport

        report = VerifyReport(self._desk, self._view)
        self._open("verify", report)
        report.start()

    def _rebuild(self) -> None:
        from ldm_desktop.ui.gallery.gallery_dialogs import RebuildDialog

        self._open("rebuild", RebuildDialog(self._desk, self._view))

    def _open(self, name: str, dialog: QDialog) -> None:
        """Show a dialog, in the place of an older one of its kind; they delete themselves."""
        if older := self._dialogs.pop(name, None):
            older.close()
        self._dialogs[name] = dialog
        dialog.finished.connect(partial(self._drop, name, dialog))
        dialog.show()

    def _drop(self, name: str, dialog: QDialog, _result: int) -> None:
        if self._dialogs.get(name) is dialog:
            del self._dialogs[name]


def possible_with(entry: Entry | None, made: Made | None) -> dict[str, bool]:
    """Say what can be done with a picture, of which perhaps it is known how it was made."""
    if entry is None:
        return dict.fromkeys((*ALONE, *WITH_FILE, *WITH_SEED, *WITH_RECIPE), False)
    there = entry.state not in (State.TRASHED, State.MISSING)
    seeded = entry.has_recipe or entry.seed is not None
    possible = dict.fromkeys(ALONE, True)
    possible |= dict.fromkeys(WITH_FILE, there)
    possible |= dict.fromkeys(WITH_SEED, seeded)
    possible |= dict.fromkeys(WITH_RECIPE, entry.has_recipe and there)
    if made is None or made.recipe is None:
        return possible | {"copy-recipe": False}
    return possible | {"render-exact": there and made.recipe.precision is not Precision.EXACT}
