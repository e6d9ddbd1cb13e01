"""A brush paints soft, erases what it painted, and a mask goes to an image and back unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage

from ldm_desktop.core.noise import Mask
from ldm_desktop.ui.explore import mask_brush
from ldm_desktop.ui.explore.mask_brush import Brush

LEFT, MIDDLE, RIGHT = QPointF(0.1, 0.5), QPointF(0.5, 0.5), QPointF(0.9, 0.5)


def grey(image: QImage, x: float, y: float) -> int:
    """Give how much is painted at a point."""
    return QColor(image.pixel(int(x * image.width()), int(y * image.height()))).red()


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_mask_goes_to_an_image_and_back_whatever_its_width(
    width: int, height: int, data: st.DataObject
) -> None:
    values = data.draw(st.binary(min_size=width * height, max_size=width * height))
    mask = Mask.of(width, height, values)
    assert mask_brush.mask_of(mask_brush.image_of(mask, width, height)) == mask


def test_a_mask_of_another_size_is_fitted() -> None:
    image = mask_brush.image_of(Mask.of(2, 1, b"\x00\xff"), 32, 16)
    assert image.size() == QSize(32, 16)
    assert grey(image, 0.05, 0.5) < 40
    assert grey(image, 0.95, 0.5) > 215


def test_a_stroke_paints_all_the_way_and_not_beside_it() -> None:
    image = mask_brush.blank(64, 64)
    mask_brush.stroke(image, Brush(0.1), LEFT, RIGHT)
    assert all(grey(image, x / 10, 0.5) > 240 for x in range(1, 9))
    assert grey(image, 0.5, 0.2) == grey(image, 0.5, 0.8) == 0


def test_a_soft_brush_fades_out_and_a_hard_one_ends() -> None:
    soft, hard = mask_brush.blank(64, 64), mask_brush.blank(64, 64)
    mask_brush.stroke(soft, Brush(0.3, soft=True), MIDDLE, MIDDLE)
    mask_brush.stroke(hard, Brush(0.3, soft=False), MIDDLE, MIDDLE)
    between = [0.5 + 0.3 * share for share in (0.1, 0.4, 0.6, 0.9)]
    faded = [grey(soft, x, 0.5) for x in between]
    assert faded == sorted(faded, reverse=True)
    assert 60 < grey(soft, 0.68, 0.5) < 200
    assert grey(hard, 0.68, 0.5) > 240


def test_strokes_that_cross_do_not_harden_a_soft_edge() -> None:
    once, often = mask_brush.blank(64, 64), mask_brush.blank(64, 64)
    mask_brush.stroke(once, Brush(), LEFT, RIGHT)
    for _ in range(10):
        mask_brush.stroke(often, Brush(), LEFT, RIGHT)
    assert mask_brush.mask_of(once) == mask_brush.mask_of(often)


def test_an_eraser_takes_away_what_was_painted() -> None:
    image = mask_brush.blank(64, 64)
    mask_brush.stroke(image, Brush(0.2, soft=False), LEFT, RIGHT)
    mask_brush.stroke(image, Brush(0.2, soft=False, erases=True), MIDDLE, RIGHT)
    assert grey(image, 0.2, 0.5) == 255
    assert grey(image, 0.7, 0.5) == 0


def test_a_brush_on_a_wide_picture_is_round_there() -> None:
    image = mask_brush.blank(64, 32)
    mask_brush.stroke(image, Brush(0.125, soft=False), MIDDLE, MIDDLE)
    wide = sum(grey(image, x / 64, 0.5) > 127 for x in range(64))
    high = sum(grey(image, 0.5, y / 32) > 127 for y in range(32))
    assert wide == high


@pytest.mark.parametrize(("factor", "radius"), [(1.25, 0.125), (100, 0.4), (0.001, 0.02)])
def test_a_brush_has_a_smallest_and_a_largest_size(factor: float, radius: float) -> None:
    brush = Brush(0.1, soft=False, erases=True).resized(factor)
    assert brush == Brush(radius, soft=False, erases=True)


def test_what_stays_is_the_paint_or_all_but_it_and_nothing_without_paint() -> None:
    image = mask_brush.blank(8, 8)
    assert mask_brush.stays(image, inverted=True) == image
    mask_brush.stroke(image, Brush(0.2, soft=False), LEFT, LEFT)
    assert mask_brush.stays(image, inverted=False) == image
    rest = mask_brush.stays(image, inverted=True)
    assert grey(rest, 0.1, 0.5) == 0
    assert grey(rest, 0.9, 0.5) == 255


def test_only_what_stays_is_covered_and_striped() -> None:
    image = mask_brush.blank(16, 16)
    mask_brush.stroke(image, Brush(0.2, soft=False), QPointF(0.2, 0.5), QPointF(0.2, 0.5))
    over = mask_brush.overlay(image, QColor("#f4978d"), QSize(160, 160))
    assert over.pixelColor(150, 80).alpha() == 0
    inside = {over.pixelColor(32 + x, 80).name() for x in range(8)}
    assert over.pixelColor(32, 80).alpha() > 100
    assert len(inside) > 1
