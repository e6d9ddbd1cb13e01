"""The dialog that asks as what a morph is exported, and says what that takes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core import morph as paths
from ldm_desktop.core.morph import Morph
from ldm_desktop.core.noise import first_seed
from ldm_desktop.gallery.animation.options import AnimationFormat, AnimationOptions, has_video
from ldm_desktop.session import wording
from ldm_desktop.session.cost import CostKind
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.export_dialog import usual_folder
from ldm_desktop.ui.model_parts import SIDE, button_of, title_of
from ldm_desktop.ui.widgets import Field, Note, Segments, WheelGuard, beside, named, rule

WIDTH = 560
QUALITY = 85


class MorphExportDialog(QDialog):
    """Starts an export; how far it is stands on the page afterwards."""

    def __init__(
        self, morphs: Morphs, path: Morph, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("morph-export-dialog")
        self.setWindowTitle(self.tr("Export the morph"))
        self._morphs = morphs
        self._path = path
        self._format = AnimationFormat.WEBP
        self._build(folder or usual_folder())
        self._refresh()

    @property
    def options(self) -> AnimationOptions:
        """What is wished for."""
        return AnimationOptions(
            Path(self._target.text().strip()),
            self._format,
            self._quality.value(),
            self._format is AnimationFormat.WEBP and self._lossless.isChecked(),
            self._replace.isVisibleTo(self) and self._replace.isChecked(),
        )

    # What it is made of.

    def _build(self, folder: Path) -> None:
        title = title_of("morph-export-title", self)
        title.setText(self.tr("Export the morph"))
        self._facts = Note("morph-export-facts", "muted", self)
        inner = QVBoxLayout()
        inner.setContentsMargins(SIDE, SIDE - 4, SIDE, theme.GRID + 4)
        inner.setSpacing(theme.GRID + 4)
        inner.addWidget(title)
        inner.addWidget(self._formats())
        inner.addWidget(self._qualities())
        inner.addWidget(self._targets(folder))
        inner.addWidget(self._facts)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(rule(self))
        whole.addLayout(self._foot())
        self.setMinimumWidth(WIDTH)

    def _formats(self) -> Field:
        formats = Segments("morph-export-format", self.tr("Format"), self)
        tip = "" if has_video() else self.tr("MP4 needs PyAV: pip install 'ldm-desktop[video]'")
        for value, text in (
            (AnimationFormat.WEBP, self.tr("WebP")),
            (AnimationFormat.GIF, self.tr("GIF")),
            (AnimationFormat.MP4, self.tr("MP4")),
            (AnimationFormat.PNG, self.tr("PNG frames")),
        ):
            is_mp4 = value is AnimationFormat.MP4
            button = formats.add(value, text, tip if is_mp4 else "", f"morph-export-{value}")
            button.setEnabled(not is_mp4 or has_video())
        formats.choose(self._format)
        formats.chosen.connect(self._choose)
        self._format_part = Field(self.tr("F&ormat"), formats, formats, self)
        return self._format_part

    def _qualities(self) -> Field:
        self._quality = QSpinBox(self)
        named(self._quality, "morph-export-quality", self.tr("Quality"))
        self._quality.setRange(1, 100)
        self._quality.setValue(QUALITY)
        self._quality.setSuffix(" %")
        self._quality.setFixedWidth(96)
        WheelGuard(self._quality)
        self._lossless = QCheckBox(self.tr("Lossless"), self)
        named(self._lossless, "morph-export-lossless", self.tr("Lossless"))
        self._lossless.toggled.connect(self._refresh)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._quality)
        row.addWidget(self._lossless)
        row.addStretch(1)
        self._quality_part = Field(self.tr("&Quality"), row, self._quality, self)
        return self._quality_part

    def _targets(self, folder: Path) -> Field:
        self._target = QLineEdit(str(free_name(folder, self._path, self._format)), self)
        named(self._target, "morph-export-target", self.tr("File"))
        self._target.textChanged.connect(self._retarget)
        choose = button_of("morph-export-choose", self.tr("Choose…"), self)
        choose.clicked.connect(self._choose_target)
        self._replace = QCheckBox(self.tr("Replace it"), self)
        named(self._replace, "morph-export-replace", self.tr("Replace the file that is there"))
        self._replace.hide()
        self._replace.toggled.connect(self._refresh)
        column = QVBoxLayout()
        column.addLayout(beside(self._target, choose, stretch=(1,)))
        column.addWidget(self._replace)
        self._target_part = Field(self.tr("F&ile"), column, self._target, self)
        return self._target_part

    def _foot(self) -> QHBoxLayout:
        close = button_of("morph-export-close", self.tr("Cancel"), self)
        theme.mark(close, "tall")
        close.clicked.connect(self.reject)
        self._export = button_of("morph-export-start", self.tr("Export"), self)
        theme.mark(self._export, "primary")
        self._export.setDefault(True)
        self._export.clicked.connect(self._start)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
        row.setSpacing(theme.GRID)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._export)
        return row

    # What is chosen.

    def _choose(self, value: object) -> None:
        self._format = AnimationFormat(str(value))
        target = Path(self._target.text().strip())
        known = [each.ending for each in AnimationFormat if each.ending]
        stem = target.stem if target.suffix.lower() in known else target.name
        self._target.setText(str(target.with_name(stem + self._format.ending)))
        self._refresh()

    def _choose_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self._target.text())
        dialog.setObjectName("morph-export-file-dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # We ask ourselves, and where the name can be seen.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(self._target.text())
        dialog.fileSelected.connect(self._target.setText)
        dialog.open()

    def _retarget(self) -> None:
        self._replace.setChecked(False)
        self._replace.hide()
        self._refresh()

    def _refresh(self) -> None:
        form = self._format
        self._format_part.set_hint(
            {
                AnimationFormat.WEBP: self.tr("One file that browsers play; small, true colours."),
                AnimationFormat.GIF: self.tr("Plays everywhere; 256 colours, and larger files."),
                AnimationFormat.MP4: self.tr("A film for players and editors, without sound."),
                AnimationFormat.PNG: self.tr(
                    "Numbered pictures in a folder, each with its recipe."
                ),
            }[form]
        )
        self._quality_part.setVisible(form.has_quality)
        self._lossless.setVisible(form is AnimationFormat.WEBP)
        self._quality.setEnabled(not self.options.lossless)
        self._facts.say(self._costs())
        taken = self._replace.isVisibleTo(self) and not self._replace.isChecked()
        problem = "" if self.options.target.is_absolute() else self.tr("Choose a file.")
        if taken:
            problem = self.tr("There is a file of this name.")
        self._target_part.set_problem(problem)
        self._export.setEnabled(not problem)

    def _costs(self) -> str:
        """Say how many pictures are made, how long that takes, and how long it plays."""
        count = len(paths.moments(self._path))
        seconds = wording.number(paths.duration(self._path))
        parts = [
            self.tr("{count} pictures").format(count=count),
            self.tr("plays {seconds} s").format(seconds=seconds),
        ]
        cost = self._morphs.cost()
        if cost.total is None:
            parts.append(self.tr("how long it takes is not measured yet on this machine"))
        else:
            measured = cost.kind is CostKind.MEASURED
            text = self.tr("takes ≈ {time}") if measured else self.tr("takes about {time}")
            parts.append(text.format(time=wording.duration(cost.total)))
        return " · ".join(parts)

    def _start(self) -> None:
        target = self.options.target
        # Looked at once, when it matters: the disk may be slow.
        if not self.options.replace and is_taken(target):
            if self._format is AnimationFormat.PNG:
                self._target_part.set_problem(self.tr("This folder is not empty."))
            else:
                self._replace.show()
                self._refresh()
            return
        self._morphs.exports.start(self._path, self.options)
        self.accept()


def is_taken(target: Path) -> bool:
    """Whether something stands at a place already that is more than an empty folder."""
    if target.is_dir():
        return any(target.iterdir())
    return os.path.lexists(target)


def free_name(folder: Path, path: Morph, form: AnimationFormat) -> Path:
    """Propose a name by the seeds at both ends."""
    ends = [first_seed(path.waypoints[end].noise).seed for end in (0, -1)]
    stem = f"morph {ends[0]} to {ends[1]}"
    names = itertools.chain([stem], (f"{stem} ({number})" for number in itertools.count(2)))
    candidates = (folder / (name + form.ending) for name in names)
    return next(candidate for candidate in candidates if not os.path.lexists(candidate))
