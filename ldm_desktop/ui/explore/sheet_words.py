"""What is said of contact sheets and their tiles in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.samplers import FACTS
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.sheet_tiles import SheetCounts
from ldm_desktop.session.wording import duration

translate = QCoreApplication.translate


def number(value: int) -> str:
    """Write a number with its thousands apart."""
    return QLocale().toString(value)


def settings(recipe: Recipe, steps: int = 0) -> str:
    """Say by which settings a sheet is made."""
    parts = [
        recipe.model.name or recipe.model.fingerprint[:8],
        FACTS[recipe.sampler.name].title,
        translate("Sheet", "{count} steps").format(count=steps or recipe.steps),
        f"{recipe.size[0]} × {recipe.size[1]}",
    ]
    return " · ".join(parts)


def seeds(plan: SheetPlan) -> str:
    """Say which seeds are on a sheet."""
    count = number(plan.count)
    if plan.picked:
        return translate("Sheet", "{count} seeds you chose").format(count=count)
    if plan.at_random:
        return translate("Sheet", "{count} seeds at random").format(count=count)
    text = translate("Sheet", "{count} seeds from {first}")
    return text.format(count=count, first=plan.first)


def filters() -> dict[Filter, str]:
    """Name the tiles that can be listed."""
    return {
        Filter.ALL: translate("Sheet", "All"),
        Filter.OPEN: translate("Sheet", "Undecided"),
        Filter.KEPT: translate("Sheet", "Kept"),
        Filter.CULLED: translate("Sheet", "Culled"),
        Filter.FINISHED: translate("Sheet", "Finished"),
    }


def counted(counts: SheetCounts) -> dict[Filter, int]:
    """Give how many tiles there are of each kind."""
    return {
        Filter.ALL: counts.total,
        Filter.OPEN: counts.open,
        Filter.KEPT: counts.kept,
        Filter.CULLED: counts.culled,
        Filter.FINISHED: counts.finished,
    }


def progress(counts: SheetCounts, left: float | None) -> str:
    """Say how far a sheet is, and what its verdicts have saved."""
    text = translate("Sheet", "{formed} of {total} formed")
    parts = [text.format(formed=number(counts.formed), total=number(counts.total))]
    if left is not None:
        parts.append(translate("Sheet", "≈ {time} left").format(time=duration(left)))
    if counts.evaluations_saved:
        saved = translate("Sheet", "UNet evaluations saved: {count}")
        parts.append(saved.format(count=number(counts.evaluations_saved)))
    return " · ".join(parts)


def nothing(chosen: Filter) -> str:
    """Say why a filter lists nothing."""
    return {
        Filter.ALL: "",
        Filter.OPEN: translate("Sheet", "Every tile has its verdict."),
        Filter.KEPT: translate("Sheet", "Nothing is kept yet: press P on a tile you like."),
        Filter.CULLED: translate("Sheet", "Nothing is culled yet: press X on a tile to cull it."),
        Filter.FINISHED: translate("Sheet", "No picture of this sheet is finished yet."),
    }[chosen]
