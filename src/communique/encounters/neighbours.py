"""Two days told side by side, "on May 14 and 15", which are one stretch of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from communique import dates
from communique.records import TimeExpression

if TYPE_CHECKING:
    from communique.encounters.scene import Scene

__all__ = ["with_next_day"]

_AND_DAY: Final = re.compile(r"\s*(?:and|&)\s*(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?=\s*(?:[.,;)\n]|$|in |at |to |, ))")
_DAY_AND: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s*(?:and|&)\s*(?:the\s+)?$")


def with_next_day(scene: Scene, found: TimeExpression, times: Sequence[TimeExpression]) -> TimeExpression:
    """ "on May 14 and 15", "on Monday and Tuesday": two days that follow each other are an interval."""
    day = dates.days(found.value) if found.value else None
    if day is None or day[0] != day[1]:
        return found
    text, at = scene.sentence.text, scene.sentence.start
    first = date.fromisoformat(day[0])
    after, before = _AND_DAY.match(text, found.end - at), _DAY_AND.search(text, 0, found.start - at)
    other: date | None = None
    if after and re.search(r"[A-Za-z]\.?\s*\d{1,2}(?:st|nd|rd|th)?$", found.text):
        other = _in_month(first, int(after[1]))
    elif before and re.match(r"\d", found.text):
        other = _in_month(first, int(before[1]))
    for time in times:
        low, high = (found, time) if time.start >= found.end else (time, found)
        gap = text[low.end - at : high.start - at]
        span = dates.days(time.value) if time.value and time is not found else None
        if span and span[0] == span[1] and re.fullmatch(r"\s*(?:and|&)\s*(?:on\s+)?", gap):
            other = date.fromisoformat(span[0])
    if other is None or abs((other - first).days) != 1:
        return found
    ends = sorted((first.isoformat(), other.isoformat()))
    return msgspec.structs.replace(found, value="/".join(ends))


def _in_month(day: date, number: int) -> date | None:
    try:
        return day.replace(day=number)
    except ValueError:
        return None
