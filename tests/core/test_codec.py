"""JSON is read strictly: what is missing, unknown or of another type is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import pytest
import strategies
from hypothesis import given
from samples import picture_of

from ldm_desktop.core import codec
from ldm_desktop.core.codec import CodecError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.picture import Picture, PictureRecord


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Left:
    kind: ClassVar[str] = "left"
    n: int = 0


@dataclass(frozen=True)
class Right:
    kind: ClassVar[str] = "right"
    text: str = ""


@dataclass(frozen=True)
class Whole:
    colour: Colour
    way: Left | Right
    share: float
    id: UUID
    big: int = field(default=0, metadata=codec.TEXT)
    pair: tuple[int, str] = (0, "")
    many: tuple[bool, ...] = ()
    perhaps: str | None = None


GOOD = {
    "colour": "red",
    "way": {"kind": "left", "n": 3},
    "share": 0.5,
    "id": "00000000-0000-4000-8000-000000000001",
}


def read(**entries: Any) -> Whole:
    return codec.from_json(Whole, GOOD | entries)


def test_entries_left_out_have_their_default_and_defaults_are_left_out() -> None:
    assert read() == Whole(Colour.RED, Left(3), 0.5, UUID(GOOD["id"]))
    assert codec.to_json(read()) == GOOD
    full = read(big=str(2**63), pair=[1, "a"], many=[True], perhaps="x")
    assert codec.from_json(Whole, json.loads(codec.canonical(full))) == full


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"colour": "blue"}, "colour"),
        ({"colour": ["red"]}, "colour"),
        ({"way": {"kind": "up"}}, "known: left, right"),
        ({"way": {}}, "unknown kind None"),
        ({"way": 3}, "unknown kind"),
        ({"way": {"kind": "left", "text": "a"}}, "text"),
        ({"way": {"kind": "left", "n": True}}, "int"),
        ({"way": {"kind": "left", "n": 3.0}}, "int"),
        ({"share": "0.5"}, "float"),
        ({"share": True}, "float"),
        ({"share": float("inf")}, "float"),
        ({"share": 10**400}, "float"),
        ({"share": -(10**400)}, "float"),
        ({"id": "1"}, "id"),
        ({"id": 7}, "id"),
        ({"id": None}, "id"),
        ({"big": 7}, "text"),
        ({"big": "-7"}, "text"),
        ({"big": "٣"}, "text"),
        ({"big": "9" * 21}, "text"),
        ({"pair": [1]}, "2 entries"),
        ({"pair": "ab"}, "list"),
        ({"many": [1]}, "bool"),
        ({"perhaps": 3}, "perhaps"),
        ({"extra": 3}, "extra"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(entries: dict[str, Any], words: str) -> None:
    with pytest.raises(CodecError, match=words):
        read(**entries)


@pytest.mark.parametrize("data", [None, [], "x", 3, True])
def test_an_object_is_expected(data: object) -> None:
    with pytest.raises(CodecError, match="object"):
        codec.from_json(Whole, data)


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(CodecError, match="'colour'"):
        codec.from_json(Whole, {})


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[" * 100_000, "1" * 5000, "nul"])
def test_text_that_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(CodecError, match="damaged"):
        codec.parse(text, "The record")


def test_a_value_refused_by_its_own_class_is_refused_in_a_sentence() -> None:
    with pytest.raises(CodecError, match="pixels"):
        codec.from_json(Frame, {"width": 9, "height": 9, "pixels": 0}, [b"abc"])


@pytest.mark.parametrize("index", [-1, 1, "0", 0.0, True, None])
def test_bytes_are_found_by_the_index_of_their_blob_only(index: object) -> None:
    with pytest.raises(CodecError, match="pixels"):
        codec.from_json(Frame, {"width": 1, "height": 1, "pixels": index}, [b"abc"])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_json_has_not_are_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        codec.canonical(value)


@pytest.mark.parametrize("value", [{"a": 1}, [1], {1}, object(), b"x"])
def test_values_without_a_form_are_never_written(value: object) -> None:
    with pytest.raises(TypeError):
        codec.canonical(value)


def test_half_a_character_is_written_as_its_escape() -> None:
    assert codec.canonical("a\udc80") == '"a\\udc80"'
    assert json.loads(codec.canonical("a\udc80")) == "a\udc80"


def test_depth_counts_the_levels_of_json() -> None:
    assert codec.depth(3) == 0
    assert codec.depth((1, (2,))) == 2
    assert codec.depth(read()) == 2


@given(strategies.pictures())
def test_records_survive_the_round_trip(picture: Picture) -> None:
    text = codec.canonical(picture.record)
    assert codec.from_json(PictureRecord, codec.parse(text, "record")) == picture.record


@pytest.mark.parametrize("created", ["", "yesterday", "2026-13-01"])
def test_a_record_without_a_date_is_refused(created: str) -> None:
    with pytest.raises(CodecError, match="PictureRecord"):
        codec.from_json(PictureRecord, _record() | {"created": created})


def _record() -> dict[str, Any]:
    data: dict[str, Any] = codec.to_json(picture_of().record)
    return data
