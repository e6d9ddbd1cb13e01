"""Models and what is done with them in words, for every view that names them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ldm_desktop.session import wording
from ldm_desktop.session.model_news import SAMPLE_STEPS, ModelFacts, Plan, Progress
from ldm_desktop.session.model_tasks import TaskState, TaskView, Verb

translate = QCoreApplication.translate
DEVICES = {"cpu": "CPU", "cuda": "GPU", "mps": "Apple GPU"}
DTYPES = {"float32": "fp32", "bfloat16": "bf16", "float16": "fp16"}


def size(number: int) -> str:
    """Write a number of bytes as file managers do: `1.3 GB`."""
    return QLocale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def moment(iso: str) -> str:
    """Write a recorded date and time as one reads it here; nothing if it cannot be read."""
    try:
        seconds = datetime.fromisoformat(iso).timestamp()
    except (ValueError, OverflowError, OSError):
        return ""
    local = QDateTime.fromSecsSinceEpoch(round(seconds))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def pixels(facts: ModelFacts) -> str:
    """Write the size of the pictures."""
    return "{} × {}".format(*facts.size) if facts.size else ""


def speed(facts: ModelFacts) -> str:
    """Say what a picture takes on this machine, and on what it was measured."""
    if not facts.speed:
        return ""
    time = _time(facts.speed.seconds)
    text = translate("Models", "{time} a picture of {steps} steps")
    device, dtype = facts.speed.device, facts.speed.dtype
    where = " ".join(filter(None, [DEVICES.get(device, device), DTYPES.get(dtype, dtype)]))
    return " · ".join(filter(None, [text.format(time=time, steps=SAMPLE_STEPS), where]))


def summary(facts: ModelFacts) -> str:
    """Say in a sentence what a model makes, and how fast it is here."""
    if not facts.size:
        return ""
    if facts.speed:
        text = translate("Models", "Makes pictures of {size} pixels, in {time} each.")
        return text.format(size=pixels(facts), time=_time(facts.speed.seconds))
    return translate("Models", "Makes pictures of {size} pixels.").format(size=pixels(facts))


def _time(seconds: float) -> str:
    if seconds < 10:
        return translate("Models", "{seconds} s").format(seconds=wording.number(seconds))
    return wording.duration(seconds)


def origin(facts: ModelFacts) -> str:
    """Say where a model comes from."""
    if facts.shipped:
        return translate("Models", "Comes with LDM Desktop")
    if facts.source and facts.commit:
        text = translate("Models", "{source}, version {commit}")
        return text.format(source=facts.source, commit=facts.commit[:10])
    return facts.source or translate("Models", "A folder of this computer")


def state(facts: ModelFacts) -> str:
    """Say whether the files of a model are as they came."""
    return {
        "recorded": translate("Models", "Complete; Verify compares every byte"),
        "unrecorded": translate(
            "Models",
            "Nothing was recorded when it came here, so that changes since then cannot be seen",
        ),
        "changed": translate("Models", "Its files have changed since it came in"),
    }.get(facts.state, "")


def detail(facts: ModelFacts | None, task: TaskView | None) -> str:
    """Say in a few words what there is to know first: what goes on, what is wrong, or how large."""
    if task and (text := _going_on(task)):
        return text
    if facts is None:
        return ""
    if facts.error:
        return translate("Models", "Cannot be used")
    changed = translate("Models", "Changed") if facts.state == "changed" else ""
    parts = [changed, pixels(facts), size(facts.bytes) if facts.bytes else ""]
    return " · ".join(filter(None, parts))


def _going_on(task: TaskView) -> str:
    if task.state is TaskState.STOPPING:
        return translate("Models", "Stopping…")
    if task.running:
        return " · ".join(filter(None, [stage(task), percent(task.progress)]))
    if not task.order.verb.brings:
        return ""
    if task.state is TaskState.FAILED:
        return translate("Models", "Could not be brought in")
    if task.state is TaskState.CANCELLED:
        return translate("Models", "Stopped")
    return ""


def stage(task: TaskView) -> str:
    """Say what a task is at."""
    if task.order.verb is Verb.REMOVE:
        return translate("Models", "Removing")
    named = {
        "downloading": translate("Models", "Downloading"),
        "checking": translate("Models", "Checking"),
        "converting": translate("Models", "Making it ready"),
        "sampling": translate("Models", "Making sample pictures"),
    }
    if task.progress:
        return named.get(task.progress.stage, translate("Models", "Working"))
    if task.order.verb is Verb.VERIFY:
        return translate("Models", "Checking")
    return translate("Models", "Starting")


def percent(progress: Progress | None) -> str:
    """Write how far a stage is; nothing while nobody knows."""
    if not progress or progress.total <= 0:
        return ""
    return translate("Models", "{percent} %").format(percent=int(100 * progress.share))


def amount(progress: Progress) -> str:
    """Write how much of a stage is done and how long it will still take."""
    if progress.total <= 0:
        return ""
    if progress.stage == "sampling":
        return wording.left(progress.seconds_left)
    text = translate("Models", "{done} of {total}")
    done = text.format(done=size(progress.done), total=size(progress.total))
    return " · ".join(filter(None, [done, wording.left(progress.seconds_left)]))


def status(task: TaskView) -> str:
    """Say in a line what goes on with a model, for the foot of the window."""
    text = translate("Models", "{stage} {name}")
    first = text.format(stage=stage(task), name=task.name)
    left = wording.left(task.progress.seconds_left) if task.progress else ""
    return " · ".join(filter(None, [first, percent(task.progress), left]))


def room(plan: Plan) -> str:
    """Say why a download does not fit on the disk; nothing if it does."""
    need = max(plan.needs, plan.to_go)
    if plan.free >= need:
        return ""
    text = translate(
        "Models",
        "There is not enough room: {need} are needed, {free} are free. Make room, or choose "
        "another folder of models in the settings.",
    )
    return text.format(need=size(need), free=size(plan.free))
