"""Everything a person can ask the window for, in one table: menus, buttons, palette and sheet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ldm_desktop.ui import explore_actions, icons
from ldm_desktop.ui.action_spec import ActionSpec, Group, define
from ldm_desktop.ui.paged_actions import PagedActions

MENU_ROLES = {
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
}


class Actions(PagedActions):
    """All actions by their ids, `actions["generate"]`; the window says what they do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.specs: dict[Group, tuple[ActionSpec, ...]] = {
            Group.RUN: self._run(),
            Group.SEED: self._seed(),
            Group.PICTURE: self._picture(),
            Group.VIEW: self._view(),
            Group.QUEUE: self._queue(),
            Group.GALLERY: self._gallery(),
            Group.EXPLORE: explore_actions.specs(),
            Group.APP: self._app(),
        }
        self._actions |= {spec.id: self._action(spec) for spec in self}
        for group, specs in self.specs.items():
            for spec in specs:
                self._actions[spec.id].setProperty("group", group.value)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[ActionSpec]:
        return (spec for specs in self.specs.values() for spec in specs)

    def __len__(self) -> int:
        return len(self._actions)

    def all(self) -> tuple[QAction, ...]:
        """Give the actions in the order of the table."""
        return tuple(self._actions.values())

    def group(self, group: Group) -> tuple[QAction, ...]:
        """Give the actions under a heading."""
        return tuple(self._actions[spec.id] for spec in self.specs[group])

    def rename(self, name: str, text: str, icon: str) -> None:
        """Let an action that goes two ways say which way it goes now."""
        action = self._actions[name]
        action.setText(text)
        action.setIcon(icons.icon(icon))
        action.setToolTip(_tool_tip(action, text))

    def title(self, group: Group) -> str:
        """Give a heading in the person's language."""
        return {
            Group.RUN: self.tr("Run"),
            Group.SEED: self.tr("Seed"),
            Group.PICTURE: self.tr("Picture"),
            Group.VIEW: self.tr("View"),
            Group.QUEUE: self.tr("Queue"),
            Group.GALLERY: self.tr("Gallery"),
            Group.EXPLORE: self.tr("Explore"),
            Group.APP: self.tr("Application"),
        }[group]

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        action.setIcon(icons.icon(spec.id))
        action.setCheckable(spec.checkable)
        action.setShortcut(QKeySequence(spec.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(MENU_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        action.setStatusTip(spec.tip)
        action.setToolTip(_tool_tip(action, spec.text))
        return action

    def _run(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define(
                "generate",
                tr("Generate"),
                "Ctrl+Return",
                tr("Make it now, ahead of whatever is waiting."),
            ),
            define(
                "add-to-queue",
                tr("Add to queue"),
                "Ctrl+Shift+Return",
                tr("Make it after everything that is waiting."),
            ),
            define(
                "stop-here",
                tr("Stop here"),
                "Ctrl+.",
                tr("Keep the picture as it looks now, and go no further."),
            ),
            define(
                "cancel",
                tr("Cancel the run"),
                "Ctrl+Shift+X",
                tr("Give up the run that is on screen; finished pictures stay."),
            ),
            define(
                "pause-queue",
                tr("Pause the queue"),
                "Ctrl+Shift+P",
                tr("Rest after this step; nothing is lost."),
            ),
            define(
                "replace-engine",
                tr("Replace the engine"),
                "Ctrl+Alt+R",
                tr("End an engine that does not answer and start another."),
            ),
        )

    def _seed(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define("roll-seed", tr("Roll a seed"), "Ctrl+R", tr("Choose a seed at random.")),
            define("lock-seed", tr("Lock the seed"), "Ctrl+L", tr("Keep the seed after each run.")),
            define("seed-up", tr("Next seed"), "Ctrl+Up"),
            define("seed-down", tr("Previous seed"), "Ctrl+Down"),
            define(
                "seed-history", tr("Seed history…"), "Ctrl+H", tr("Go back to a seed used before.")
            ),
            define("undo", tr("Undo"), "Ctrl+Z"),
            define("redo", tr("Redo"), "Ctrl+Shift+Z"),
            define("preset-draft", tr("Draft"), "Ctrl+1", tr("Few steps: quick, to look around.")),
            define(
                "preset-balanced", tr("Balanced"), "Ctrl+2", tr("Good pictures in reasonable time.")
            ),
            define(
                "preset-reference",
                tr("Reference"),
                "Ctrl+3",
                tr("As the model card has it: slow, and to compare with."),
            ),
        )

    def _picture(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define("copy-picture", tr("Copy picture"), "Ctrl+C"),
            define("copy-seed", tr("Copy seed"), "Ctrl+Shift+C"),
            define(
                "copy-recipe",
                tr("Copy recipe"),
                "Ctrl+Alt+C",
                tr("Copy all settings as text that can be pasted here again."),
            ),
            define(
                "paste",
                tr("Paste settings"),
                "Ctrl+V",
                tr("Take the settings of a copied picture, recipe or seed."),
            ),
            define(
                "open", tr("Open…"), "Ctrl+O", tr("Take the settings of a picture or recipe file.")
            ),
            define(
                "save-as",
                tr("Save as…"),
                "Ctrl+S",
                tr("Save a copy; the library has the picture already."),
            ),
            define("reveal", tr("Show in folder"), "Ctrl+Alt+O"),
            define(
                "use-settings",
                tr("Use settings"),
                "Ctrl+U",
                tr("Set the controls to how this picture was made."),
            ),
            define(
                "render-exact",
                tr("Render exactly"),
                "Ctrl+E",
                tr("Make it again in the precision that repeats to the last bit."),
            ),
            define(
                "fork",
                tr("Fork from this step"),
                "Ctrl+F",
                tr("Go on from this step with other noise."),
            ),
            define("step-back", tr("Step back"), "Alt+Left"),
            define("step-forward", tr("Step forward"), "Alt+Right"),
            define("previous-picture", tr("Previous picture"), "Ctrl+Left"),
            define("next-picture", tr("Next picture"), "Ctrl+Right"),
            define(
                "follow",
                tr("Follow the newest"),
                "Ctrl+Shift+F",
                tr("Show whatever is being made."),
            ),
        )

    def _view(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define("zoom-in", tr("Zoom in"), "Ctrl++"),
            define("zoom-out", tr("Zoom out"), "Ctrl+-"),
            define("zoom-fit", tr("Fit to the window"), "Ctrl+0"),
            define("zoom-actual", tr("Actual pixels"), "Ctrl+Alt+0"),
            define(
                "compare-mark",
                tr("Mark for comparing"),
                "Ctrl+M",
                tr("Take this picture as the one to compare with."),
            ),
            define("compare-wipe", tr("Compare by wiping"), "F6"),
            define("compare-flicker", tr("Compare by flicker"), "F7"),
            define("grid", tr("Batch grid"), "Ctrl+G", tr("Show all pictures of this run.")),
            define("panel-controls", tr("Controls"), "Ctrl+Alt+1"),
            define("panel-queue", tr("Queue and details"), "Ctrl+Alt+2"),
            define("panel-filmstrip", tr("Filmstrip"), "Ctrl+Alt+3"),
            define("full-screen", tr("Full screen"), "F11"),
        )

    def _queue(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define(
                "job-pause",
                tr("Pause the job"),
                "Ctrl+Alt+P",
                tr("Rest after this step, or go on."),
            ),
            define("job-cancel", tr("Cancel the job"), "Ctrl+Alt+X", tr("Finished pictures stay.")),
            define(
                "job-retry", tr("Try again"), "Ctrl+Alt+T", tr("Make what failed or was cancelled.")
            ),
            define("job-duplicate", tr("Duplicate the job"), "Ctrl+D"),
            define(
                "job-remove",
                tr("Remove the job"),
                "Ctrl+Backspace",
                tr("Take it off the list; its pictures stay."),
            ),
            define("job-up", tr("Move up"), "Ctrl+Shift+Up"),
            define("job-down", tr("Move down"), "Ctrl+Shift+Down"),
            define(
                "clear-ended",
                tr("Clear ended jobs"),
                "Ctrl+Alt+Backspace",
                tr("Take them off the list; their pictures stay."),
            ),
        )

    def _gallery(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define(
                "gallery",
                tr("Open the gallery"),
                "Ctrl+Shift+G",
                tr("Go between making pictures and looking through all of them."),
            ),
            define(
                "gallery-show",
                tr("Show in the gallery"),
                "Ctrl+J",
                tr("Find the picture on screen among all the others."),
            ),
            define("gallery-find", tr("Search the gallery"), "F3"),
            define("gallery-grid", tr("Look at the grid"), "F8"),
            define("gallery-loupe", tr("Look at one picture"), "F9"),
            define(
                "gallery-survey",
                tr("Compare the chosen pictures"),
                "F4",
                tr("Put two to nine pictures side by side."),
            ),
            define(
                "gallery-reproduce",
                tr("Reproduce and compare"),
                "Ctrl+Shift+R",
                tr("Make it again by its recipe and see whether it is the same."),
            ),
            define("gallery-export", tr("Export…"), "Ctrl+Shift+E"),
            define(
                "gallery-import",
                tr("Import…"),
                "Ctrl+Shift+I",
                tr("Bring pictures from elsewhere into the library; theirs stay where they are."),
            ),
            define(
                "gallery-verify",
                tr("Check the library…"),
                "Ctrl+Alt+V",
                tr("Find files that are missing, changed, damaged or not ours."),
            ),
            define(
                "gallery-rebuild",
                tr("Rebuild the gallery…"),
                "Ctrl+Alt+B",
                tr("Read every picture and every note again from the files."),
            ),
            define(
                "gallery-trash",
                tr("Move to the trash"),
                "Ctrl+Del",
                tr("The system keeps it there; undo brings it back."),
            ),
        )

    def _app(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            define(
                "palette", tr("Command palette…"), "Ctrl+K", tr("Find and run anything by typing.")
            ),
            define("shortcuts", tr("Keyboard shortcuts…"), "F1"),
            define(
                "models",
                tr("Models…"),
                "Ctrl+Shift+M",
                tr("See the models, get more of them, check or remove them."),
            ),
            define("settings", tr("Settings…"), "Ctrl+,"),
            define("about", tr("About LDM Desktop…"), "F12"),
            define("quit", tr("Quit"), "Ctrl+Q"),
        )


def _tool_tip(action: QAction, text: str) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    first = f"{text.rstrip('…')} ({keys})"
    return "\n".join(filter(None, [first, action.statusTip()]))
