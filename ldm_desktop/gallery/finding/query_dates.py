"""Days as a query names them: 2026, 2026-11, 2026-11-23, today, last-week."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_BEGUN = re.compile(r"[0-9]{1,3}|[0-9]{4}-0?|[0-9]{4}-[0-9]{1,2}-0?")


def today() -> date:
    """Give the day it is here."""
    return datetime.now().astimezone().date()


def _week(day: date) -> Span:
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _month(day: date) -> Span:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year(day: date) -> Span:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


WORDS: dict[str, Callable[[date], Span]] = {
    "today": lambda day: (day, day),
    "yesterday": lambda day: (day - _DAY, day - _DAY),
    "this-week": _week,
    "last-week": lambda day: _week(day - 7 * _DAY),
    "this-month": _month,
    "last-month": lambda day: _month(day.replace(day=1) - _DAY),
    "this-year": _year,
    "last-year": lambda day: _year(day.replace(month=1, day=1) - _DAY),
}


def read(text: str, day: date) -> Span | None:
    """Give the first and the last day that a text names, seen from `day`; None for no date."""
    if word := WORDS.get(text.lower()):
        return word(day)
    written = _WRITTEN.fullmatch(text)
    if not written:
        return None
    year, month, of_month = (int(part) if part else None for part in written.groups())
    assert year is not None
    try:
        first = date(year, month or 1, of_month or 1)
        return (first, first) if of_month else _month(first) if month else _year(first)
    except ValueError:
        return None


def begun(text: str) -> bool:
    """Whether a date may be on the way."""
    starts = any(word.startswith(text.lower()) for word in WORDS)
    return starts or bool(_BEGUN.fullmatch(text))
