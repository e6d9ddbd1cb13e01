"""What is worth knowing of a picture, in words: its recipe, its making, its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.core.recipe import Precision, Recipe, Stop
from ldm_desktop.core.samplers import FACTS, Convention
from ldm_desktop.session import wording
from ldm_desktop.session.shown import Shown

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Fact:
    """A line of the details; without text there is none."""

    id: str
    name: str
    text: str


def facts(shown: Shown) -> tuple[Fact, ...]:
    """Give the facts of a picture, always the same ones in the same order."""
    recipe, record = shown.recipe, shown.record
    return (
        Fact("noise", translate("Facts", "Noise"), _noise(recipe)),
        Fact("branch", translate("Facts", "Branch"), _branch(recipe)),
        Fact("model", translate("Facts", "Model"), _model(recipe)),
        Fact("sampler", translate("Facts", "Sampler"), _sampler(recipe)),
        Fact("steps", translate("Facts", "Steps"), _steps(shown)),
        Fact("eta", translate("Facts", "Eta"), wording.plain(recipe.eta) if recipe.eta else ""),
        Fact("size", translate("Facts", "Size"), "{} × {}".format(*recipe.size)),
        Fact("precision", translate("Facts", "Precision"), precision(recipe.precision)),
        Fact("parents", translate("Facts", "Parents"), _parents(record)),
        Fact("time", translate("Facts", "Time"), _seconds(record)),
        Fact("made", translate("Facts", "Made"), _made(record)),
        Fact("file", translate("Facts", "File"), shown.file.name if shown.file else ""),
    )


def environment(record: PictureRecord | None) -> str:
    """Write where a picture was made, line by line."""
    if not record:
        return ""
    where = record.environment
    return "\n".join(
        [
            f"LDM Desktop {where.app}",
            f"torch {where.torch}, diffusers {where.diffusers}",
            f"{where.device}, {where.cpu}, {where.dtype}",
            translate("Facts", "Threads: {count}").format(count=where.threads),
            where.platform,
            translate("Facts", "Pixels: {hash}").format(hash=record.pixels_sha256[:16]),
            translate("Facts", "Recipe: {hash}").format(hash=record.recipe.id[:16]),
        ]
    )


def precision(value: Precision) -> str:
    """Name a precision."""
    return {
        Precision.EXACT: translate("Facts", "Exact"),
        Precision.BALANCED: translate("Facts", "Balanced"),
        Precision.FAST: translate("Facts", "Fast"),
    }[value]


def _noise(recipe: Recipe) -> str:
    return "" if isinstance(recipe.noise, Seed) else wording.picture_title(recipe.root)


def _branch(recipe: Recipe) -> str:
    branch = recipe.branch
    if not branch:
        return ""
    if isinstance(branch.change, Stop):
        text = translate("Facts", "Stopped at step {step} of {total}")
        return text.format(step=branch.step, total=branch.parent.evaluations)
    text = translate("Facts", "New noise from step {step}, turned by {degrees}°")
    return text.format(step=branch.step, degrees=wording.plain(branch.change.degrees))


def _model(recipe: Recipe) -> str:
    return recipe.model.name or recipe.model.fingerprint[:8]


def _sampler(recipe: Recipe) -> str:
    title = FACTS[recipe.sampler.name].title
    if recipe.sampler.convention is Convention.COMPVIS:
        return f"{title} (CompVis)"
    return title


def _steps(shown: Shown) -> str:
    if not shown.live:
        return str(shown.recipe.steps)
    text = translate("Facts", "{steps} ({done} of {total} done)")
    return text.format(steps=shown.recipe.steps, done=shown.done, total=shown.total)


def _parents(record: PictureRecord | None) -> str:
    return ", ".join(str(parent)[:8] for parent in record.parents) if record else ""


def _seconds(record: PictureRecord | None) -> str:
    if not record:
        return ""
    if record.seconds < 10:
        return translate("Facts", "{seconds} s").format(seconds=wording.number(record.seconds))
    return wording.duration(record.seconds)


def _made(record: PictureRecord | None) -> str:
    if not record:
        return ""
    moment = datetime.fromisoformat(record.created).timestamp()
    local = QDateTime.fromSecsSinceEpoch(round(moment))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
