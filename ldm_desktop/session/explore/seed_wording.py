"""What is remembered of seeds, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ldm_desktop.core.noise import Generator
from ldm_desktop.gallery.seeds.records import SeedKey, SeedRow, Trial, Verdict

translate = QCoreApplication.translate


def seed(key: SeedKey) -> str:
    """Name a seed by its number."""
    if key.generator is Generator.WIDE:
        return translate("Seeds", "Wide seed {seed}").format(seed=key.seed)
    return translate("Seeds", "Seed {seed}").format(seed=key.seed)


def title(row: SeedRow) -> str:
    """Name a seed as a person would: by its name and its number."""
    return " · ".join(filter(None, [row.note.name, seed(row.key)]))


def counts(row: SeedRow) -> str:
    """Say how often a seed was tried, and what was said."""
    parts = [translate("Seeds", "tried: {count}").format(count=row.trials) if row.trials else ""]
    if row.kept:
        parts.append(translate("Seeds", "kept: {count}").format(count=row.kept))
    if row.culled:
        parts.append(translate("Seeds", "culled: {count}").format(count=row.culled))
    if row.pictures:
        parts.append(translate("Seeds", "pictures: {count}").format(count=row.pictures))
    return " · ".join(filter(None, parts)) or translate("Seeds", "not tried yet")


def spoken(row: SeedRow) -> str:
    """Say all that a row shows, for who cannot see it."""
    star = translate("Seeds", "starred") if row.note.star else ""
    note = translate("Seeds", "with a note") if row.note.note else ""
    parts = [title(row), star, note, ", ".join(row.models), counts(row), day(row.when)]
    return ", ".join(filter(None, parts))


def day(when: str) -> str:
    """Say on which day something was, shortly."""
    then = datetime.fromisoformat(when).astimezone().date()
    date = QDate(then.year, then.month, then.day)
    if date == QDate.currentDate():
        return translate("Seeds", "today")
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def verdict(verdict: Verdict) -> str:
    """Name a verdict; nothing for none."""
    return {
        Verdict.KEPT: translate("Seeds", "kept"),
        Verdict.CULLED: translate("Seeds", "culled"),
        Verdict.OPEN: "",
    }[verdict]


def trial_facts(trial: Trial) -> str:
    """Say by what a seed was tried, besides the model."""
    recipe = trial.recipe
    steps = translate("Seeds", "{steps} steps").format(steps=recipe.steps)
    return f"{recipe.sampler.name} · {steps}"


def trial_progress(trial: Trial) -> str:
    """Say how far a trial came."""
    if trial.picture:
        return translate("Seeds", "picture")
    if trial.done >= trial.total:
        return translate("Seeds", "formed")
    share = round(100 * trial.done / trial.total)
    return translate("Seeds", "at {share} %").format(share=share)


def trial(trial: Trial, sheet: str) -> str:
    """Say all that is known of a trial."""
    parts = [trial.recipe.model.name, trial_facts(trial), verdict(trial.verdict)]
    return ", ".join(filter(None, [*parts, trial_progress(trial), sheet, day(trial.when)]))
