"""What opens over the window; each dialog is imported and built only when it is asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ldm_desktop.session.session import Session
from ldm_desktop.session.wanted import Wanted
from ldm_desktop.ui.actions import Actions


class Dialogs(QObject):
    """Opens each dialog once; asked for again, the open one comes to the front."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._open: dict[str, QDialog] = {}
        actions["palette"].triggered.connect(self.open_palette)
        actions["shortcuts"].triggered.connect(self.open_shortcuts)
        actions["models"].triggered.connect(self.open_models)
        actions["settings"].triggered.connect(self.open_settings)
        actions["about"].triggered.connect(self.open_about)
        session.arrivals.asked.connect(self.get_model)

    def open_palette(self) -> None:
        """Open the command palette."""
        from ldm_desktop.ui import palette_commands as offers
        from ldm_desktop.ui.command_palette import CommandPalette

        controls, shelf = self._session.controls, self._session.shelf
        sources = (
            partial(offers.action_commands, self._actions),
            partial(offers.seed_commands, controls),
            partial(offers.model_commands, controls, shelf),
            partial(offers.sampler_commands, controls),
        )
        CommandPalette(sources, self._window).open()

    def open_shortcuts(self) -> None:
        """Open the table of shortcuts."""
        from ldm_desktop.ui.shortcut_sheet import ShortcutSheet

        if not self._raise("shortcuts"):
            self._show("shortcuts", ShortcutSheet(self._actions, self._window))

    def open_settings(self) -> None:
        """Open the settings."""
        from ldm_desktop.ui.settings_dialog import SettingsDialog

        if not self._raise("settings"):
            usual = self._session.usual_folders
            dialog = SettingsDialog(self._session.settings, usual, self._window)
            self._show("settings", dialog)

    def open_models(self) -> None:
        """Open the models."""
        from ldm_desktop.ui.models_dialog import ModelsDialog

        if not self._raise("models"):
            self._show("models", ModelsDialog(self._session, self._window))

    def get_model(self, wanted: Wanted) -> None:
        """Open the models where a wanted one can be had."""
        from ldm_desktop.ui.models_dialog import ModelsDialog

        self.open_models()
        dialog = self._open["models"]
        assert isinstance(dialog, ModelsDialog)
        dialog.get(wanted)

    def open_about(self) -> None:
        """Say what this is."""
        from ldm_desktop.ui.about_dialog import AboutDialog

        if not self._raise("about"):
            self._show("about", AboutDialog(self._window))

    def show_bug(self, sentence: str, report: str) -> None:
        """Say that there was a bug; while one is said, others join it."""
        from ldm_desktop.ui.bug_dialog import BugDialog

        dialog = self._open.get("bug")
        if not isinstance(dialog, BugDialog):
            dialog = BugDialog(self._window)
            self._show("bug", dialog)
        dialog.add(sentence, report)

    def _show(self, name: str, dialog: QDialog) -> None:
        self._open[name] = dialog
        dialog.finished.connect(lambda: self._open.pop(name, None))
        dialog.show()

    def _raise(self, name: str) -> bool:
        if dialog := self._open.get(name):
            dialog.raise_()
            dialog.activateWindow()
        return name in self._open
