"""Headings of groups in words, and the names of what listings are sorted and grouped by."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from ldm_desktop.core.samplers import FACTS, SamplerName
from ldm_desktop.gallery.finding.query import Group, Grouping, SortField

translate = QCoreApplication.translate


def title(group: Group, grouping: Grouping) -> str:
    """Say what the pictures of a group have in common."""
    value = group.value
    if value is None:
        return _without(grouping)
    if grouping is Grouping.SEED:
        return translate("Groups", "Seed {seed}").format(seed=value)
    if grouping is Grouping.DAY:
        return _day(str(value))
    if isinstance(value, tuple):
        model, sampler, steps = value
        words = translate("Groups", "{steps} steps").format(steps=steps) if steps else ""
        return " · ".join(filter(None, [model, _sampler(sampler), words])) or _without(grouping)
    if grouping is Grouping.DUPLICATES:
        return translate("Groups", "The same picture")
    return translate("Groups", "Pictures that look alike")


def groupings() -> dict[Grouping, str]:
    """Name the ways to group."""
    return {
        Grouping.NONE: translate("Groups", "No groups"),
        Grouping.DAY: translate("Groups", "By day"),
        Grouping.SEED: translate("Groups", "By seed"),
        Grouping.LIKENESS: translate("Groups", "By recipe"),
        Grouping.DUPLICATES: translate("Groups", "Duplicates"),
        Grouping.NEAR: translate("Groups", "Look-alikes"),
    }


def fields() -> dict[SortField, str]:
    """Name what can be sorted by."""
    return {
        SortField.CREATED: translate("Groups", "Date made"),
        SortField.ADDED: translate("Groups", "Date added"),
        SortField.NAME: translate("Groups", "Name"),
        SortField.SEED: translate("Groups", "Seed"),
        SortField.RATING: translate("Groups", "Stars"),
        SortField.FLAG: translate("Groups", "Flag"),
        SortField.LABEL: translate("Groups", "Label"),
        SortField.MODEL: translate("Groups", "Model"),
        SortField.SAMPLER: translate("Groups", "Sampler"),
        SortField.STEPS: translate("Groups", "Steps"),
        SortField.ETA: translate("Groups", "Eta"),
        SortField.PRECISION: translate("Groups", "Precision"),
        SortField.NOISE: translate("Groups", "Noise"),
        SortField.PIXELS: translate("Groups", "Pixels"),
        SortField.WIDTH: translate("Groups", "Width"),
        SortField.HEIGHT: translate("Groups", "Height"),
        SortField.SIZE: translate("Groups", "File size"),
        SortField.SECONDS: translate("Groups", "Time taken"),
        SortField.ORIGIN: translate("Groups", "Origin"),
        SortField.STATE: translate("Groups", "State of file"),
    }


def _sampler(name: str) -> str:
    """Name a sampler as everywhere; other programs' have the names they were given there."""
    known = {each.value: FACTS[each].title for each in SamplerName}
    return known.get(name, name)


def _without(grouping: Grouping) -> str:
    return {
        Grouping.DAY: translate("Groups", "No date"),
        Grouping.SEED: translate("Groups", "No seed"),
        Grouping.LIKENESS: translate("Groups", "No recipe"),
        Grouping.DUPLICATES: translate("Groups", "The only one of its kind"),
    }.get(grouping, translate("Groups", "Like no other"))


def _day(text: str) -> str:
    day = QDate.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(day, QLocale.FormatType.LongFormat) if day.isValid() else text
