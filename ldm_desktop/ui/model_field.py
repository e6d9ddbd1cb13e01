"""Which model, with its licence and the size it was trained on; and how carefully, by presets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.presets import Preset
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import (
    Combo,
    Field,
    IconButton,
    Option,
    Segments,
    beside,
    named,
    stacked,
)


class ModelFields(QWidget):
    """The models on the shelf, and the presets that suit any of them."""

    def __init__(
        self,
        controls: Controls,
        shelf: ModelShelf,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._shelf = shelf
        self._combo = Combo(self)
        named(self._combo, "model", self.tr("Model"))
        self._combo.setPlaceholderText(self.tr("No model yet"))
        # Somebody may have put a model into the folder since.
        self._combo.opening.connect(lambda: shelf.look())
        self._combo.chosen.connect(lambda folder: controls.change(model=folder))
        # In the order in which Tab comes past.
        more = IconButton.of(actions["models"], self)
        self._presets = Segments("presets", self.tr("Preset"), self)
        for preset in Preset:
            action = actions[f"preset-{preset}"]
            self._presets.add(preset, action.text(), action.toolTip(), f"preset-{preset}")
        self._presets.chosen.connect(controls.apply_preset)
        row = beside(self._combo, more, stretch=(1,))
        model = Field(self.tr("&Model"), row, self._combo, self)
        self.fields = {"model": model}
        column = stacked(self, theme.GRID)
        column.addWidget(model)
        column.addWidget(self._presets)

    def refresh(self) -> None:
        """Show the model chosen, what there is to know of it, and the preset that is chosen."""
        folder = self._controls.choices.model
        options = [Option(entry.folder, entry.name, entry.folder) for entry in self._shelf.entries]
        if folder and folder not in [option.value for option in options]:
            options.append(Option(folder, Path(folder).name, folder))
        self._combo.offer(options)
        self._combo.choose(folder)
        self.fields["model"].set_hint(self._about())
        self._presets.choose(self._controls.preset)

    def _about(self) -> str:
        card = self._controls.card
        if card is None:
            return self.tr("Opening…") if self._controls.waiting else ""
        return " · ".join(filter(None, (card.licence, f"{card.size[0]} × {card.size[1]}")))
