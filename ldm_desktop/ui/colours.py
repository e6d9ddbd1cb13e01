"""Two sets of colours by their use; nothing is imported, as the first paint waits for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """Colours by their use, as `#rrggbb`; greys are neutral, so that pictures are judged fairly.

    `line` only divides; `border` outlines what can be used. `scrim` (`#aarrggbb`) goes between
    a picture and text on it.
    """

    name: str
    canvas: str
    window: str
    panel: str
    raised: str
    hover: str
    pressed: str
    field: str
    line: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    selection: str
    selection_text: str
    focus: str
    danger: str
    warning: str
    success: str
    tooltip: str
    tooltip_text: str
    scrim: str = "#d0161616"
    scrim_text: str = "#f2f2f2"


DARK = Colours(
    name="dark",
    canvas="#1a1a1a",
    window="#1f1f1f",
    panel="#262626",
    raised="#363636",
    hover="#404040",
    pressed="#2e2e2e",
    field="#1c1c1c",
    line="#333333",
    border="#747474",
    text="#e4e4e4",
    muted="#b2b2b2",
    disabled="#787878",
    accent="#8cc3a3",
    accent_hover="#9fd1b4",
    accent_pressed="#78b08f",
    accent_text="#101d16",
    selection="#2c4739",
    selection_text="#f0f0f0",
    focus="#a9dbbd",
    danger="#f4978d",
    warning="#e3b45f",
    success="#8cc3a3",
    tooltip="#3a3a3a",
    tooltip_text="#ececec",
)
LIGHT = Colours(
    name="light",
    canvas="#cacaca",
    window="#e6e6e6",
    panel="#f2f2f2",
    raised="#ffffff",
    hover="#f8f8f8",
    pressed="#dcdcdc",
    field="#ffffff",
    line="#d6d6d6",
    border="#808080",
    text="#1c1c1c",
    muted="#4f4f4f",
    disabled="#8e8e8e",
    accent="#2a6b4b",
    accent_hover="#225b3f",
    accent_pressed="#1b4a33",
    accent_text="#ffffff",
    selection="#cfe6d9",
    selection_text="#12241a",
    focus="#1f7a50",
    danger="#a3271d",
    warning="#704800",
    success="#225f40",
    tooltip="#2c2c2c",
    tooltip_text="#f2f2f2",
)
