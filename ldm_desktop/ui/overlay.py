"""What stands on a picture while it forms: its seed, how far it has come and how it goes on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter

from ldm_desktop.session import wording
from ldm_desktop.session.shown import Shown
from ldm_desktop.ui import painting
from ldm_desktop.worker.work import PictureState

translate = QCoreApplication.translate
INSET = 10


def live_parts(shown: Shown) -> list[str]:
    """Say what a picture is at, in parts."""
    seed = translate("Overlay", "seed {seed}").format(seed=shown.seed)
    parts = [seed, stage_of(shown)]
    if not shown.paused:
        if shown.steps_per_second and not shown.decoding:
            parts.append(wording.pace(shown.steps_per_second))
        parts.append(wording.left(shown.eta))
    return [part for part in parts if part]


def stage_of(shown: Shown) -> str:
    """Say which step it is at, or what else happens to it."""
    if shown.set_aside:
        return translate("Wording", "Set aside")
    if shown.state is PictureState.WAITING:
        return translate("Overlay", "waiting")
    if shown.decoding:
        return translate("Overlay", "decoding")
    text = translate("Overlay", "step {done} / {total}")
    if shown.paused:
        text = translate("Overlay", "paused at step {done} / {total}")
    return text.format(done=shown.done, total=shown.total)


def spoken(shown: Shown | None) -> str:
    """Describe what is on screen for a screen reader."""
    if shown is None:
        return translate("Overlay", "There is no picture yet.")
    title = wording.picture_title(shown.recipe)
    if shown.live:
        return f"{title}, {stage_of(shown)}"
    words = {
        PictureState.SAVED: translate("Overlay", "finished"),
        PictureState.FAILED: translate("Overlay", "failed"),
        PictureState.CANCELLED: translate("Overlay", "cancelled"),
    }
    return f"{title}, {words[shown.state]}" + (f": {shown.sentence}" if shown.sentence else "")


def paint(painter: QPainter, shown: Shown, visible: QRectF, *, hovered: bool, note: str) -> None:
    """Paint what is to be said onto the visible part of the picture; a `note` goes first."""
    room = visible.adjusted(INSET, INSET, -INSET, -INSET)
    corner = Qt.Corner.BottomLeftCorner
    if shown.live:
        painting.paint_progress(painter, visible, shown.share)
        painting.paint_pill(painter, live_parts(shown), room.adjusted(0, 0, 0, -3), corner)
    elif note:
        painting.paint_pill(painter, [note], room, corner)
    elif shown.state is PictureState.CANCELLED:
        parts = [
            wording.picture_title(shown.recipe),
            translate("Overlay", "cancelled at step {done} / {total}").format(
                done=shown.done, total=shown.total
            ),
        ]
        painting.paint_pill(painter, parts, room, corner)
    elif hovered and shown.state is PictureState.SAVED:
        painting.paint_pill(painter, [wording.picture_title(shown.recipe)], room, corner)
