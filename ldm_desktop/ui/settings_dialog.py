"""What a person sets once; every change takes effect and is kept at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core.paths import Folders
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.settings import (
    LANGUAGES,
    MOST_AT_A_TIME,
    MOST_PREVIEW_SHARE,
    MOST_THREADS,
    Settings,
    Theme,
)
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.ui import theme
from ldm_desktop.ui.setting_fields import FolderField, NumberField
from ldm_desktop.ui.widgets import Combo, Note, Option, named, rule, stacked

SETTLES = 500
"""Milliseconds of rest after which changed figures are taken, as some restart the engine."""
FIELD = 220
GIGABYTE = 1 << 30
MOST_GIGABYTES = 1024


class SettingsDialog(QDialog):
    """Fields for all settings; whoever changes one elsewhere is followed."""

    def __init__(self, store: SettingsStore, usual: Folders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings-dialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 620)
        self._store = store
        self._changes: dict[str, Any] = {}
        self._settling = QTimer(self, interval=SETTLES, singleShot=True)
        self._settling.timeout.connect(self._flush)
        self._make_fields(usual)
        self._problem = Note("settings-problem", "error", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(10)
        column.addWidget(self._scrolled(self._body()), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 20, 0)
        foot.addWidget(self._problem)
        foot.addLayout(self._buttons())
        column.addLayout(foot)
        store.changed.connect(self._show)
        store.trouble.connect(self._problem.say)
        self._show()

    def done(self, result: int) -> None:
        """Take what was changed last, and go."""
        self._flush()
        super().done(result)

    def reset(self) -> None:
        """Set everything as it was at the first start, but the folders: pictures live there."""
        self._settling.stop()
        self._changes.clear()
        usual = vars(Settings())
        self._change(**{name: usual[name] for name in usual if name not in ("library", "models")})

    def _make_fields(self, usual: Folders) -> None:
        self._library = FolderField(
            "settings-library", self.tr("Folder of pictures"), str(usual.library), self
        )
        self._models = FolderField(
            "settings-models", self.tr("Folder of models"), str(usual.models), self
        )
        self._library.chosen.connect(lambda folder: self._change(library=folder))
        self._models.chosen.connect(lambda folder: self._change(models=folder))
        self._device = self._combo("device", self.tr("Device"), self._devices())
        self._preview = self._combo("preview", self.tr("Previews"), self._previews())
        self._theme = self._combo("theme", self.tr("Theme"), self._themes())
        self._language = self._combo("language", self.tr("Language"), self._languages())
        self._threads = self._number("threads", self.tr("Threads"), 0, MOST_THREADS)
        self._threads.setSpecialValueText(self.tr("Automatic"))
        most = round(100 * MOST_PREVIEW_SHARE)
        self._share = self._number("preview_share", self.tr("Time for previews"), 0, most, " %")
        self._batch = self._number("at_a_time", self.tr("Pictures at a time"), 1, MOST_AT_A_TIME)
        self._cache = self._number(
            "keyframe_bytes", self.tr("Disk for keyframes"), 0, MOST_GIGABYTES, " GB"
        )
        self._cache.setSpecialValueText(self.tr("None"))
        self._battery = self._check("pause_on_battery", self.tr("Pause batches on battery"))
        self._awake = self._check(
            "keep_awake", self.tr("Keep the computer awake while a batch runs")
        )

    def _body(self) -> QWidget:
        body = QWidget()
        theme.mark(body, "panel")
        column = stacked(body, 8)
        column.setContentsMargins(24, 20, 20, 12)
        for number, (title, rows) in enumerate(self._sections()):
            if number:
                column.addSpacing(6)
                column.addWidget(rule(body))
                column.addSpacing(6)
            heading = QLabel(title, body)
            theme.mark(heading, "heading")
            column.addWidget(heading)
            column.addLayout(_form(rows, body))
        column.addStretch(1)
        return body

    def _sections(self) -> list[tuple[str, list[tuple[str, QWidget, str]]]]:
        tr = self.tr
        return [
            (
                tr("Folders"),
                [
                    (tr("Pictures"), self._library, ""),
                    (
                        tr("Models"),
                        self._models,
                        tr("A folder for each model, as diffusers has it."),
                    ),
                ],
            ),
            (
                tr("Engine"),
                [
                    (tr("Device"), self._device, tr("Another one restarts the engine.")),
                    (tr("Threads"), self._threads, tr("Exact pictures depend on their number.")),
                    (tr("Pictures at a time"), self._batch, tr("Of a batch, advancing together.")),
                    (tr("Keyframes"), self._cache, tr("For going back along a picture's steps.")),
                ],
            ),
            (
                tr("Previews"),
                [
                    (tr("While it forms"), self._preview, ""),
                    (tr("They may take"), self._share, tr("Of the time that a picture takes.")),
                ],
            ),
            (tr("Power"), [("", self._battery, ""), ("", self._awake, "")]),
            (
                tr("Window"),
                [
                    (tr("Theme"), self._theme, ""),
                    (tr("Language"), self._language, tr("From the next start.")),
                ],
            ),
        ]

    def _scrolled(self, body: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("settings-scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _buttons(self) -> QHBoxLayout:
        reset = QPushButton(self.tr("Reset"), self)
        reset.setToolTip(self.tr("Everything as at the first start, but the folders"))
        reset.setObjectName("settings-reset")
        reset.setAutoDefault(False)
        reset.clicked.connect(self.reset)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("settings-close")
        # Return takes what was typed; it should not close what is being filled in.
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(reset)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _show(self) -> None:
        settings = self._store.settings
        self._problem.say("")
        self._library.show_value(settings.library)
        self._models.show_value(settings.models)
        self._device.choose(settings.device)
        self._preview.choose(settings.preview)
        self._theme.choose(settings.theme)
        self._language.choose(settings.language)
        self._threads.show_value(settings.threads)
        self._share.show_value(round(100 * settings.preview_share))
        self._share.setEnabled(settings.preview is not PreviewKind.OFF)
        self._batch.show_value(settings.at_a_time)
        self._cache.show_value(round(settings.keyframe_bytes / GIGABYTE))
        self._battery.setChecked(settings.pause_on_battery)
        self._awake.setChecked(settings.keep_awake)

    def _change(self, **fields: Any) -> None:
        self._store.change(**fields)
        # What was refused stands as it was.
        trouble = self._problem.text()
        self._show()
        self._problem.say(trouble)

    def _soon(self, name: str, value: int) -> None:
        scaled = {"preview_share": value / 100, "keyframe_bytes": value * GIGABYTE}
        self._changes[name] = scaled.get(name, value)
        self._settling.start()

    def _flush(self) -> None:
        self._settling.stop()
        changes, self._changes = self._changes, {}
        if changes:
            self._change(**changes)

    def _combo(self, name: str, spoken: str, options: list[Option]) -> Combo:
        combo = Combo(self)
        named(combo, f"settings-{name}", spoken)
        combo.offer(options)
        combo.chosen.connect(lambda value: self._change(**{name: value}))
        return combo

    def _number(
        self, name: str, spoken: str, least: int, most: int, suffix: str = ""
    ) -> NumberField:
        field = NumberField(f"settings-{name.replace('_', '-')}", spoken, self)
        field.setRange(least, most)
        field.setSuffix(suffix)
        field.valueChanged.connect(lambda value: self._soon(name, value))
        return field

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        named(box, f"settings-{name.replace('_', '-')}", text)
        box.clicked.connect(lambda on: self._change(**{name: on}))
        return box

    def _devices(self) -> list[Option]:
        return [
            Option("auto", self.tr("Automatic")),
            Option("cpu", self.tr("CPU")),
            Option("cuda", self.tr("NVIDIA or AMD GPU (CUDA)")),
            Option("mps", self.tr("Apple GPU (MPS)")),
        ]

    def _previews(self) -> list[Option]:
        return [
            Option(PreviewKind.OFF, self.tr("No previews")),
            Option(PreviewKind.LINEAR, self.tr("Quick previews, soft")),
            Option(PreviewKind.FULL, self.tr("Sharp previews, slower")),
        ]

    def _themes(self) -> list[Option]:
        return [
            Option(Theme.DARK, self.tr("Dark")),
            Option(Theme.LIGHT, self.tr("Light")),
            Option(Theme.SYSTEM, self.tr("As the system")),
        ]

    def _languages(self) -> list[Option]:
        named_so = {code: QLocale(code).nativeLanguageName() for code in LANGUAGES if code}
        system = Option("", self.tr("As the system"))
        return [system, *(Option(code, name) for code, name in named_so.items())]


def _form(rows: list[tuple[str, QWidget, str]], parent: QWidget) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for label, field, hint in rows:
        whole = QWidget(parent)
        column = stacked(whole, 2)
        if not isinstance(field, FolderField | QCheckBox):
            field.setFixedWidth(FIELD)
        column.addWidget(field)
        if hint:
            note = Note(f"{field.objectName()}-hint", "muted", parent)
            note.say(hint)
            field.setAccessibleDescription(hint)
            column.addWidget(note)
        text = QLabel(label, parent)
        text.setMinimumWidth(120)
        # As high as a field, so that it stands beside it and not beside the hint.
        text.setFixedHeight(28)
        text.setBuddy(field)
        form.addRow(text, whole)
    return form
