"""How rows of strips are named, and what is said of where they are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ldm_desktop.session.explore.strip_trials import Trial
from ldm_desktop.session.explore.strip_way import Look, Way, WayState

translate = QCoreApplication.translate


def title(way: Way) -> str:
    """Name a row: by its seed, or by how its noise was turned."""
    if way.parent and way.change:
        text = translate("Trajectories", "Fork · {degrees}°")
        return text.format(degrees=round(way.change[1].degrees))
    return translate("Trajectories", "Seed {seed}").format(seed=way.subject.seed)


def trial_title(number: int) -> str:
    """Name a draft of a fork."""
    return translate("Trajectories", "Draft {number}").format(number=number)


def spoken(way: Way, number: int) -> str:
    """Name a row for whoever hears it."""
    if not way.parent or not way.change:
        text = translate("Trajectories", "Row {number}: seed {seed}")
        return text.format(number=number, seed=way.subject.seed)
    text = translate("Trajectories", "Row {number}: fork of seed {seed} at step {step} by {turn}°")
    step, change = way.change
    return text.format(number=number, seed=way.subject.seed, step=step, turn=round(change.degrees))


def step_of(step: int, total: int) -> str:
    """Say a step."""
    return translate("Trajectories", "Step {step} of {total}").format(step=step, total=total)


def state(way: Way, step: int) -> str:
    """Say where a row is, or why it is nowhere."""
    if way.state is WayState.FAILED:
        return way.sentence
    if way.state is WayState.FORMING:
        text = translate("Trajectories", "Forming {done} of {total}")
        return text.format(done=way.done, total=way.total)
    return step_of(step, way.total)


def label(way: Way, step: int) -> str:
    """Say it in few words, where there is no room for a sentence."""
    if way.state is WayState.FAILED:
        return translate("Trajectories", "Not complete")
    return state(way, step)


def seen(way: Way, step: int, look: Look) -> str:
    """Say what a large picture is of."""
    if way.state is WayState.FORMING and step == way.end and not look.exact:
        return state(way, step)
    words = step_of(step, way.total)
    if look.image.isNull() or look.exact:
        return words
    if look.step == step:
        return translate("Trajectories", "{step}, rough").format(step=words)
    text = translate("Trajectories", "{step}, rough from {near}")
    return text.format(step=words, near=look.step)


def tried(trial: Trial) -> str:
    """Say how far a draft of a fork has come."""
    if trial.sentence or trial.sharp:
        return trial.sentence
    return f"{trial.done} / {trial.recipe.evaluations}"
