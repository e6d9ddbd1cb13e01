"""Jobs, pictures and times in words, for every view that names them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ldm_desktop.core.noise import Noise, Seed, Slerp, Walk, count_seeds, first_seed
from ldm_desktop.core.recipe import Recipe, Stop
from ldm_desktop.worker.work import JobState, JobView, Purpose, Request, SeedOrder

translate = QCoreApplication.translate


def picture_title(recipe: Recipe) -> str:
    """Name a picture by its seed, and by what makes it more than that."""
    seed = str(first_seed(recipe.noise).seed)
    if not isinstance(recipe.noise, Seed):
        return noise_title(recipe.noise)
    if not recipe.branch:
        return translate("Wording", "Seed {seed}").format(seed=seed)
    if isinstance(recipe.branch.change, Stop):
        text = translate("Wording", "Seed {seed}, stopped at step {step}")
    else:
        text = translate("Wording", "Seed {seed}, forked at step {step}")
    return text.format(seed=seed, step=recipe.branch.step)


def noise_title(noise: Noise) -> str:
    """Name noise that is more than a seed by what it is made of."""
    if isinstance(noise, Walk):
        text = translate("Wording", "Variation of seed {seed}")
    elif isinstance(noise, Slerp):
        text = translate("Wording", "Morph near seed {seed}")
    else:
        text = translate("Wording", "Mix of {count} seeds around {seed}")
    return text.format(count=count_seeds(noise), seed=first_seed(noise).seed)


def job_title(request: Request) -> str:
    """Name a job by its seeds and how many pictures it makes."""
    if request.count == 1:
        return picture_title(request.recipe)
    if request.purpose is Purpose.FRAME:
        return translate("Wording", "A morph of {count} frames").format(count=request.count)
    if request.picked:
        return translate("Wording", "{count} picked seeds").format(count=request.count)
    seed = first_seed(request.recipe.noise).seed
    if request.seeds is SeedOrder.RANDOM:
        if request.count is None:
            return translate("Wording", "Random seeds for ever")
        text = translate("Wording", "{count} pictures of random seeds")
        return text.format(count=request.count)
    if request.count is None:
        return translate("Wording", "For ever from seed {seed}").format(seed=seed)
    text = translate("Wording", "{count} pictures from seed {seed}")
    return text.format(count=request.count, seed=seed)


def job_state(view: JobView) -> str:
    """Say what a job is at, and how many of its pictures are done."""
    words = {
        JobState.WAITING: translate("Wording", "Waiting"),
        JobState.RUNNING: translate("Wording", "Running"),
        JobState.PAUSED: translate("Wording", "Paused"),
        JobState.FINISHED: translate("Wording", "Finished"),
        JobState.CANCELLED: translate("Wording", "Cancelled"),
        JobState.FAILED: translate("Wording", "Failed"),
        JobState.SET_ASIDE: translate("Wording", "Set aside"),
    }
    parts = [words[view.state], _counted(view)]
    if view.failed and view.state is not JobState.FAILED:
        parts.append(translate("Wording", "{count} failed").format(count=view.failed))
    return " · ".join(filter(None, parts))


def _counted(view: JobView) -> str:
    if view.total == 1 or (view.state is JobState.WAITING and not view.saved):
        return ""
    if view.total is None:
        return translate("Wording", "{count} done").format(count=view.saved)
    text = translate("Wording", "{count} of {total}")
    return text.format(count=view.saved, total=view.total)


def number(value: float, digits: int = 1) -> str:
    """Write a number with the decimal sign of the language that is spoken."""
    return QLocale().toString(value, "f", digits)


def plain(value: float) -> str:
    """Write a number with as many digits as it has, as a person has chosen it."""
    return QLocale().toString(value, "g", 4)


def pace(steps_per_second: float) -> str:
    """Write a speed so that the number is larger than one."""
    if steps_per_second >= 1:
        return translate("Wording", "{rate} steps/s").format(rate=number(steps_per_second))
    return translate("Wording", "{seconds} s/step").format(seconds=number(1 / steps_per_second))


def duration(seconds: float) -> str:
    """Write a time as a person would say it: `8 s`, `3 min`, `1 h 20 min`."""
    whole = max(1, round(seconds))
    if whole < 100:
        return translate("Wording", "{seconds} s").format(seconds=whole)
    minutes = round(whole / 60)
    if minutes < 100:
        return translate("Wording", "{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return translate("Wording", "{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return translate("Wording", "{days} days").format(days=round(hours / 24))


def left(seconds: float | None) -> str:
    """Say how long something will still take; nothing if nobody knows."""
    if seconds is None:
        return ""
    return translate("Wording", "{time} left").format(time=duration(seconds))
