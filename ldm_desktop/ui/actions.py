"""Everything a person can ask the window for, in one table: menus, buttons, palette and sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ldm_desktop.ui import icons
from ldm_desktop.ui.paged_actions import PagedActions


class Group(StrEnum):
    """Under which heading an action stands in menus, palette and sheet."""

    RUN = "run"
    SEED = "seed"
    PICTURE = "picture"
    VIEW = "view"
    QUEUE = "queue"
    GALLERY = "gallery"
    APP = "app"


@dataclass(frozen=True)
class ActionSpec:
    """One action: `text` names it, `tip` says in a sentence what it does; its icon has its id."""

    id: str
    text: str
    shortcut: str
    tip: str = ""
    checkable: bool = False


CHECKABLE = frozenset(
    [
        *("lock-seed", "grid", "compare-wipe", "compare-flicker", "full-screen", "pause-queue"),
        *("panel-controls", "panel-queue", "panel-filmstrip", "gallery"),
    ]
)
MENU_ROLES = {
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
}


def _spec(name: str, text: str, shortcut: str, tip: str = "") -> ActionSpec:
    return ActionSpec(name, text, shortcut, tip, name in CHECKABLE)


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
            _spec(
                "generate",
                tr("Generate"),
                "Ctrl+Return",
                tr("Make it now, ahead of whatever is waiting."),
            ),
            _spec(
                "add-to-queue",
                tr("Add to queue"),
                "Ctrl+Shift+Return",
                tr("Make it after everything that is waiting."),
            ),
            _spec(
                "stop-here",
                tr("Stop here"),
                "Ctrl+.",
                tr("Keep the picture as it looks now, and go no further."),
            ),
            _spec(
                "cancel",
                tr("Cancel the run"),
                "Ctrl+Shift+X",
                tr("Give up the run that is on screen; finished pictures stay."),
            ),
            _spec(
                "pause-queue",
                tr("Pause the queue"),
                "Ctrl+Shift+P",
                tr("Rest after this step; nothing is lost."),
            ),
            _spec(
                "replace-engine",
                tr("Replace the engine"),
                "Ctrl+Alt+R",
                tr("End an engine that does not answer and start another."),
            ),
        )

    def _seed(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec("roll-seed", tr("Roll a seed"), "Ctrl+R", tr("Choose a seed at random.")),
            _spec("lock-seed", tr("Lock the seed"), "Ctrl+L", tr("Keep the seed after each run.")),
            _spec("seed-up", tr("Next seed"), "Ctrl+Up"),
            _spec("seed-down", tr("Previous seed"), "Ctrl+Down"),
            _spec(
                "seed-history", tr("Seed history…"), "Ctrl+H", tr("Go back to a seed used before.")
            ),
            _spec("undo", tr("Undo"), "Ctrl+Z"),
            _spec("redo", tr("Redo"), "Ctrl+Shift+Z"),
            _spec("preset-draft", tr("Draft"), "Ctrl+1", tr("Few steps: quick, to look around.")),
            _spec(
                "preset-balanced", tr("Balanced"), "Ctrl+2", tr("Good pictures in reasonable time.")
            ),
            _spec(
                "preset-reference",
                tr("Reference"),
                "Ctrl+3",
                tr("As the model card has it: slow, and to compare with."),
            ),
        )

    def _picture(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec("copy-picture", tr("Copy picture"), "Ctrl+C"),
            _spec("copy-seed", tr("Copy seed"), "Ctrl+Shift+C"),
            _spec(
                "copy-recipe",
                tr("Copy recipe"),
                "Ctrl+Alt+C",
                tr("Copy all settings as text that can be pasted here again."),
            ),
            _spec(
                "paste",
                tr("Paste settings"),
                "Ctrl+V",
                tr("Take the settings of a copied picture, recipe or seed."),
            ),
            _spec(
                "open", tr("Open…"), "Ctrl+O", tr("Take the settings of a picture or recipe file.")
            ),
            _spec(
                "save-as",
                tr("Save as…"),
                "Ctrl+S",
                tr("Save a copy; the library has the picture already."),
            ),
            _spec("reveal", tr("Show in folder"), "Ctrl+Alt+O"),
            _spec(
                "use-settings",
                tr("Use settings"),
                "Ctrl+U",
                tr("Set the controls to how this picture was made."),
            ),
            _spec(
                "render-exact",
                tr("Render exactly"),
                "Ctrl+E",
                tr("Make it again in the precision that repeats to the last bit."),
            ),
            _spec(
                "fork",
                tr("Fork from this step"),
                "Ctrl+F",
                tr("Go on from this step with other noise."),
            ),
            _spec("step-back", tr("Step back"), "Alt+Left"),
            _spec("step-forward", tr("Step forward"), "Alt+Right"),
            _spec("previous-picture", tr("Previous picture"), "Ctrl+Left"),
            _spec("next-picture", tr("Next picture"), "Ctrl+Right"),
            _spec(
                "follow",
                tr("Follow the newest"),
                "Ctrl+Shift+F",
                tr("Show whatever is being made."),
            ),
        )

    def _view(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec("zoom-in", tr("Zoom in"), "Ctrl++"),
            _spec("zoom-out", tr("Zoom out"), "Ctrl+-"),
            _spec("zoom-fit", tr("Fit to the window"), "Ctrl+0"),
            _spec("zoom-actual", tr("Actual pixels"), "Ctrl+Alt+0"),
            _spec(
                "compare-mark",
                tr("Mark for comparing"),
                "Ctrl+M",
                tr("Take this picture as the one to compare with."),
            ),
            _spec("compare-wipe", tr("Compare by wiping"), "F6"),
            _spec("compare-flicker", tr("Compare by flicker"), "F7"),
            _spec("grid", tr("Batch grid"), "Ctrl+G", tr("Show all pictures of this run.")),
            _spec("panel-controls", tr("Controls"), "Ctrl+Alt+1"),
            _spec("panel-queue", tr("Queue and details"), "Ctrl+Alt+2"),
            _spec("panel-filmstrip", tr("Filmstrip"), "Ctrl+Alt+3"),
            _spec("full-screen", tr("Full screen"), "F11"),
        )

    def _queue(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec(
                "job-pause",
                tr("Pause the job"),
                "Ctrl+Alt+P",
                tr("Rest after this step, or go on."),
            ),
            _spec("job-cancel", tr("Cancel the job"), "Ctrl+Alt+X", tr("Finished pictures stay.")),
            _spec(
                "job-retry", tr("Try again"), "Ctrl+Alt+T", tr("Make what failed or was cancelled.")
            ),
            _spec("job-duplicate", tr("Duplicate the job"), "Ctrl+D"),
            _spec(
                "job-remove",
                tr("Remove the job"),
                "Ctrl+Backspace",
                tr("Take it off the list; its pictures stay."),
            ),
            _spec("job-up", tr("Move up"), "Ctrl+Shift+Up"),
            _spec("job-down", tr("Move down"), "Ctrl+Shift+Down"),
            _spec(
                "clear-ended",
                tr("Clear ended jobs"),
                "Ctrl+Alt+Backspace",
                tr("Take them off the list; their pictures stay."),
            ),
        )

    def _gallery(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec(
                "gallery",
                tr("Open the gallery"),
                "Ctrl+Shift+G",
                tr("Go between making pictures and looking through all of them."),
            ),
            _spec(
                "gallery-show",
                tr("Show in the gallery"),
                "Ctrl+J",
                tr("Find the picture on screen among all the others."),
            ),
            _spec("gallery-find", tr("Search the gallery"), "F3"),
            _spec("gallery-grid", tr("Look at the grid"), "F8"),
            _spec("gallery-loupe", tr("Look at one picture"), "F9"),
            _spec(
                "gallery-survey",
                tr("Compare the chosen pictures"),
                "F4",
                tr("Put two to nine pictures side by side."),
            ),
            _spec(
                "gallery-parents",
                tr("Show the family"),
                "Ctrl+Shift+L",
                tr("See from which pictures this one came, and what came of it."),
            ),
            _spec(
                "gallery-reproduce",
                tr("Reproduce and compare"),
                "Ctrl+Shift+R",
                tr("Make it again by its recipe and see whether it is the same."),
            ),
            _spec("gallery-export", tr("Export…"), "Ctrl+Shift+E"),
            _spec(
                "gallery-import",
                tr("Import…"),
                "Ctrl+Shift+I",
                tr("Bring pictures from elsewhere into the library; theirs stay where they are."),
            ),
            _spec(
                "gallery-verify",
                tr("Check the library…"),
                "Ctrl+Alt+V",
                tr("Find files that are missing, changed, damaged or not ours."),
            ),
            _spec(
                "gallery-rebuild",
                tr("Rebuild the gallery…"),
                "Ctrl+Alt+B",
                tr("Read every picture and every note again from the files."),
            ),
            _spec(
                "gallery-trash",
                tr("Move to the trash"),
                "Ctrl+Del",
                tr("The system keeps it there; undo brings it back."),
            ),
        )

    def _app(self) -> tuple[ActionSpec, ...]:
        tr = self.tr
        return (
            _spec(
                "palette", tr("Command palette…"), "Ctrl+K", tr("Find and run anything by typing.")
            ),
            _spec("shortcuts", tr("Keyboard shortcuts…"), "F1"),
            _spec(
                "models",
                tr("Models…"),
                "Ctrl+Shift+M",
                tr("See the models, get more of them, check or remove them."),
            ),
            _spec("settings", tr("Settings…"), "Ctrl+,"),
            _spec("about", tr("About LDM Desktop…"), "F12"),
            _spec("quit", tr("Quit"), "Ctrl+Q"),
        )


def _tool_tip(action: QAction, text: str) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    first = f"{text.rstrip('…')} ({keys})"
    return "\n".join(filter(None, [first, action.statusTip()]))
