"""Pictures of the gallery in words: facts, and what is the matter with a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Details, Entry, Origin, State
from ldm_desktop.session import facts
from ldm_desktop.session.facts import Fact
from ldm_desktop.session.shown import Shown
from ldm_desktop.worker.work import PictureState

translate = QCoreApplication.translate


def trouble(state: State) -> str:
    """Say what is the matter with a picture's file, and what can be done."""
    return {
        State.PRESENT: "",
        State.MISSING: translate(
            "Gallery",
            "The file is not where it was. Put it back, or make the picture again; "
            "what you said of it is kept.",
        ),
        State.CHANGED: translate(
            "Gallery",
            "Another program has changed the pixels: it is no longer the picture of its recipe.",
        ),
        State.DAMAGED: translate(
            "Gallery",
            "The file is damaged and cannot be shown. Bring it back from a backup, or make it "
            "again.",
        ),
        State.TRASHED: translate("Gallery", "It is in the trash. Put it back to keep it."),
    }[state]


def unseen(entry: Entry) -> bool:
    """Say whether there is nothing to see of a picture."""
    return entry.state in (State.MISSING, State.DAMAGED)


def origin(value: Origin) -> str:
    """Name the program that made a picture."""
    return {
        Origin.OWN: "LDM Desktop",
        Origin.A1111: "A1111",
        Origin.INVOKEAI: "InvokeAI",
        Origin.COMFYUI: "ComfyUI",
        Origin.OTHER: translate("Gallery", "another program"),
    }[value]


def table(details: Details) -> tuple[Fact, ...]:
    """Give the facts of a picture, always the same ones in the same order."""
    recipe, made, entry = details.made.recipe, details.made, details.entry
    texts = {
        "model": made.model,
        "sampler": made.sampler,
        "steps": "" if made.steps is None else str(made.steps),
        "size": size(entry),
        "by": "" if made.origin is Origin.OWN else origin(made.origin),
    }
    if recipe:
        texts |= {fact.id: fact.text for fact in facts.facts(_shown(details, recipe))}
    texts |= {"made": day(made.created), "file": str(entry.file), "trashed": details.trashed}
    texts["albums"] = ", ".join(details.annotation.albums)
    return _lines(texts)


def several(entries: Sequence[Entry], shared: Common | None = None) -> tuple[Fact, ...]:
    """Give the facts that can be said of many pictures at once."""
    days = sorted(entry.created for entry in entries)
    first, last = (day(each, alone=True) for each in (days[0], days[-1]))
    texts = {
        "model": common([entry.model for entry in entries]),
        "size": common([size(entry) for entry in entries]),
        "made": first if first == last else f"{first} – {last}",
        "albums": _albums(shared) if shared else "",
    }
    return _lines(texts)


def _albums(shared: Common) -> str:
    """Write the albums of many pictures, and of how many where it is not all."""
    some = translate("Gallery", "{album} ({count} of {of})")
    parts = (
        some.format(album=album, count=count, of=shared.pictures)
        for album, count in shared.albums_somewhere
    )
    return ", ".join((*shared.albums_everywhere, *parts))


def environment(details: Details) -> str:
    """Write where a picture was made, line by line; nothing if nobody knows."""
    recipe = details.made.recipe
    return facts.environment(_record(details, recipe)) if recipe else ""


def size(entry: Entry) -> str:
    """Write how many pixels a picture has."""
    return f"{entry.width} × {entry.height}"


def day(created: str, *, alone: bool = False) -> str:
    """Write when a picture was made, in the person's way; `alone`: without the time."""
    moment = QDateTime.fromSecsSinceEpoch(round(datetime.fromisoformat(created).timestamp()))
    if alone:
        return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def iso_day(created: str) -> str:
    """Write the day a picture was made here, as names of files have it."""
    return datetime.fromisoformat(created).astimezone().date().isoformat()


def common(values: Sequence[str]) -> str:
    """Say what some pictures share, or that they differ."""
    different = set(values)
    return different.pop() if len(different) == 1 else translate("Gallery", "mixed")


def _lines(texts: dict[str, str]) -> tuple[Fact, ...]:
    names = {
        "model": translate("Facts", "Model"),
        "by": translate("Gallery", "Made by"),
        "noise": translate("Facts", "Noise"),
        "branch": translate("Facts", "Branch"),
        "sampler": translate("Facts", "Sampler"),
        "steps": translate("Facts", "Steps"),
        "eta": translate("Facts", "Eta"),
        "size": translate("Facts", "Size"),
        "precision": translate("Facts", "Precision"),
        "time": translate("Facts", "Time"),
        "made": translate("Facts", "Made"),
        "albums": translate("Gallery", "Albums"),
        "file": translate("Facts", "File"),
        "trashed": translate("Gallery", "In the trash"),
    }
    return tuple(Fact(each, name, texts.get(each, "")) for each, name in names.items())


def _shown(details: Details, recipe: Recipe) -> Shown:
    record = _record(details, recipe)
    return Shown(details.entry.id, recipe, PictureState.SAVED, record=record)


def _record(details: Details, recipe: Recipe) -> PictureRecord | None:
    made, entry = details.made, details.entry
    if made.environment is None or made.seconds is None:
        return None
    return PictureRecord(
        entry.id, recipe, made.environment, entry.pixels, made.created, made.seconds, made.parents
    )
