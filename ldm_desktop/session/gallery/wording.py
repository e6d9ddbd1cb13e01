"""What the gallery says in words: titles of pictures, names of edits."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ldm_desktop.gallery.records import Entry, Flag, Label, State

translate = QCoreApplication.translate


def title(entry: Entry) -> str:
    """Name a picture as a person would: by its seed, or by its file."""
    if entry.seed is None:
        return entry.file.stem
    return translate("Gallery", "Seed {seed}").format(seed=entry.seed)


def spoken(entry: Entry) -> str:
    """Say all that a tile shows, for who cannot see it."""
    parts = [title(entry), entry.model, state(entry.state)]
    if entry.rating:
        parts.append(translate("Gallery", "Stars: {count}").format(count=entry.rating))
    parts += [flag(entry.flag), label(entry.label)]
    if entry.has_note:
        parts.append(translate("Gallery", "with a note"))
    return ", ".join(part for part in parts if part)


def flag(flag: Flag) -> str:
    """Name a verdict; nothing for none."""
    return {
        Flag.PICKED: translate("Gallery", "picked"),
        Flag.REJECTED: translate("Gallery", "rejected"),
        Flag.NONE: "",
    }[flag]


def label(label: Label) -> str:
    """Name a colour; nothing for none."""
    return {
        Label.NONE: "",
        Label.RED: translate("Gallery", "red"),
        Label.YELLOW: translate("Gallery", "yellow"),
        Label.GREEN: translate("Gallery", "green"),
        Label.BLUE: translate("Gallery", "blue"),
        Label.PURPLE: translate("Gallery", "purple"),
    }[label]


def state(state: State) -> str:
    """Say what is wrong with a picture's file; nothing if nothing is."""
    return {
        State.PRESENT: "",
        State.MISSING: translate("Gallery", "file missing"),
        State.CHANGED: translate("Gallery", "file changed"),
        State.DAMAGED: translate("Gallery", "file damaged"),
        State.TRASHED: translate("Gallery", "in the trash"),
    }[state]


def edit(one: str, many: str, count: int) -> str:
    """Name an edit of one or many pictures, for the names of undo and redo."""
    return one if count == 1 else many.format(count=count)
