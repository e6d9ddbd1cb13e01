"""Settings that come back: dropped, opened and pasted, or from the picture on screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session import wording
from ldm_desktop.session.background import Background
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.recall import PICTURES, Recalled, recall, recalled
from ldm_desktop.session.stage import Stage


class Restoring(QObject):
    """Reads away from the GUI thread, then sets the controls; `restored` says what came back.

    `missing` says, with a sentence, where the model of what came back can be had.
    """

    restored = Signal(str)
    missing = Signal(str, object)
    notice = Signal(str)

    def __init__(
        self, controls: Controls, shelf: ModelShelf, stage: Stage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._shelf = shelf
        self._stage = stage
        self._background = Background(1, self)

    def restore(self, source: str | Sequence[Path]) -> None:
        """Take the settings out of files or a text."""
        self._background.run(partial(recall, source, self._shelf), self._take)

    def restore_data(self, data: QMimeData) -> None:
        """Take the settings out of what was dropped or pasted."""
        if files := [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]:
            self.restore(files)
        elif data.hasText() and data.text().strip():
            self.restore(data.text())
        elif data.hasImage():
            self.notice.emit(
                self.tr("Pixels alone do not tell how they were made: copy the file or the recipe.")
            )
        else:
            self.notice.emit(self.tr("There is nothing to paste: copy a picture, recipe or seed."))

    def use_settings(self) -> None:
        """Set the controls to how the picture on screen was made."""
        if shown := self._stage.shown:
            job = self._stage.job
            if job and job.request.recipe.model == shown.recipe.model:
                self.restore_recipe(shown.recipe, job.request.model_folder)
            else:
                self._take(recalled(shown.recipe, self._shelf))

    def restore_recipe(self, recipe: Recipe, folder: str | None) -> None:
        """Set the controls to a recipe, and to the folder of its model if it is here."""
        self._controls.restore(recipe, folder)
        text = self.tr("Settings restored: {title}.")
        self.restored.emit(text.format(title=wording.picture_title(recipe)))

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._background.close()

    def _take(self, found: Recalled | KnownError) -> None:
        if isinstance(found, KnownError):
            self.notice.emit(str(found))
            return
        if found.wanted:
            self.missing.emit(found.sentence, found.wanted)
        elif found.sentence:
            self.notice.emit(found.sentence)
        if found.recipe:
            self.restore_recipe(found.recipe, found.model_folder)
        elif found.seed:
            self._take_seed(found.seed)
        if found.file and found.file.suffix.lower() in PICTURES:
            self._stage.show_file(found.file)

    def _take_seed(self, text: str) -> None:
        try:
            notice = self._controls.set_seed_text(text)
        except KnownError as error:
            notice = str(error)
        if notice:
            self.notice.emit(notice)
