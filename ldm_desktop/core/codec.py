"""Frozen dataclasses to and from JSON values; what is unknown or of another type is refused.

Two rules let a format grow without a new version: a field that equals its default is left
out, and a field that is left out has its default. So a default, once published, never changes.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import reprlib
import types
import typing
from enum import Enum
from typing import Any, TypeVar, Union
from uuid import UUID

from ldm_desktop.core.errors import KnownError

T = TypeVar("T")
TEXT = {"json": "text"}
"""Field metadata for whole numbers that JSON readers elsewhere would round above 2**53."""
LARGEST = 2**53
DEEPEST = 200


class CodecError(KnownError):
    """The JSON value does not say what its format requires."""


def canonical(value: object) -> str:
    """Give the one JSON text of a value: sorted keys, no white space, finite numbers."""
    text = json.dumps(
        to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    # Half a character (of a file name that is not UTF-8) has no UTF-8, but it has a JSON escape.
    return text.encode("utf-8", "backslashreplace").decode()


def parse(text: str | bytes, what: str) -> Any:
    """Read JSON, saying in one sentence why `what` is not readable."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"{what} is not valid JSON ({error}); it may be damaged.") from error


def to_json(value: object, blobs: list[bytes] | None = None) -> Any:
    """Turn a value into what `json` writes; bytes go to `blobs` and leave their index behind."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields_to_json(value, blobs)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [to_json(item, blobs) for item in value]
    if isinstance(value, bytes) and blobs is not None:
        blobs.append(value)
        return len(blobs) - 1
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _fields_to_json(value: Any, blobs: list[bytes] | None) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": value.kind} if hasattr(value, "kind") else {}
    form: Any = type(value)
    hints = _hints(form)
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if hints[field.name] is float:
            # 12 and 12.0, 0.0 and -0.0 are equal, so they are written alike.
            item = float(item) + 0.0
        if field.default is not dataclasses.MISSING and item == field.default:
            continue
        is_text = field.metadata == TEXT
        data[field.name] = str(item) if is_text else to_json(item, blobs)
    return data


def depth(value: object) -> int:
    """Count the levels that a value's JSON is nested by."""
    if isinstance(value, tuple):
        return 1 + max(map(depth, value), default=0)
    if dataclasses.is_dataclass(value):
        return 1 + max((depth(item) for item in vars(value).values()), default=0)
    return 0


def from_json(form: type[T], data: Any, blobs: list[bytes] | None = None) -> T:
    """Build a `form` from JSON, refusing what is missing, unknown or of another type."""
    return typing.cast("T", _read(form, data, form.__name__, blobs, 0))


def _read(form: Any, data: Any, where: str, blobs: list[bytes] | None, depth: int) -> Any:
    if depth > DEEPEST:
        raise CodecError(f"{where} is nested too deeply.")
    if typing.get_origin(form) in (Union, types.UnionType):
        return _read_union(typing.get_args(form), data, where, blobs, depth)
    if dataclasses.is_dataclass(form):
        return _read_fields(form, data, where, blobs, depth)
    if typing.get_origin(form) is tuple:
        return _read_tuple(typing.get_args(form), data, where, blobs, depth)
    return _read_plain(form, data, where, blobs)


def _read_union(
    forms: tuple[Any, ...], data: Any, where: str, blobs: list[bytes] | None, depth: int
) -> Any:
    if type(None) in forms and data is None:
        return None
    choices = [form for form in forms if form is not type(None)]
    if len(choices) == 1:
        return _read(choices[0], data, where, blobs, depth)
    kind = data.get("kind") if isinstance(data, dict) else None
    for form in choices:
        if form.kind == kind:
            return _read_fields(form, data, where, blobs, depth)
    known = ", ".join(form.kind for form in choices)
    raise CodecError(f"{where} is of the unknown kind {reprlib.repr(kind)} (known: {known}).")


def _read_fields(form: Any, data: Any, where: str, blobs: list[bytes] | None, depth: int) -> Any:
    if not isinstance(data, dict):
        raise CodecError(f"{where} should be an object, not {_describe(data)}.")
    fields = {field.name: field for field in dataclasses.fields(form)}
    unknown = set(data) - set(fields) - ({"kind"} if hasattr(form, "kind") else set())
    if unknown:
        raise CodecError(f"{where} has the unknown entry {reprlib.repr(min(unknown))}.")
    hints = _hints(form)
    values = {}
    for name, field in fields.items():
        if name in data:
            here = f"{where}.{name}"
            if field.metadata == TEXT:
                values[name] = _from_text(data[name], here)
            else:
                values[name] = _read(hints[name], data[name], here, blobs, depth + 1)
        elif field.default is dataclasses.MISSING:
            raise CodecError(f"{where} lacks its entry {name!r}.")
    try:
        return form(**values)
    except ValueError as error:
        raise CodecError(f"{where} is impossible: {error}.") from error


def _read_tuple(
    forms: tuple[Any, ...], data: Any, where: str, blobs: list[bytes] | None, depth: int
) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise CodecError(f"{where} should be a list, not {_describe(data)}.")
    if len(forms) == 2 and forms[1] is Ellipsis:
        forms = (forms[0],) * len(data)
    if len(forms) != len(data):
        raise CodecError(f"{where} should have {len(forms)} entries, not {len(data)}.")
    pairs = enumerate(zip(forms, data, strict=True))
    return tuple(_read(form, item, f"{where}[{i}]", blobs, depth + 1) for i, (form, item) in pairs)


def _read_plain(form: Any, data: Any, where: str, blobs: list[bytes] | None) -> Any:
    if form is float and type(data) is int:
        data = float(data) if abs(data) < 2**1023 else math.inf
    if form is bytes and blobs is not None and type(data) is int and 0 <= data < len(blobs):
        return blobs[data]
    if form in (UUID,) or issubclass(form, Enum):
        try:
            return form(data)
        except (ValueError, AttributeError, TypeError) as error:
            raise CodecError(f"{where} has the unknown value {_describe(data)}.") from error
    if type(data) is int and abs(data) > LARGEST:
        raise CodecError(f"{where} is too large a whole number.")
    if type(data) is not form or (form is float and not math.isfinite(data)):
        raise CodecError(f"{where} should be {form.__name__}, not {_describe(data)}.")
    return data


def _from_text(data: Any, where: str) -> int:
    if isinstance(data, str) and data.isascii() and data.isdigit() and len(data) <= 20:
        return int(data)
    raise CodecError(f"{where} should be a whole number written as text, not {_describe(data)}.")


def _describe(data: Any) -> str:
    # Of hostile data, which may be long and nested, a few characters.
    return f"{type(data).__name__} {reprlib.repr(data)}"


@functools.cache
def _hints(form: type) -> dict[str, Any]:
    return typing.get_type_hints(form)
