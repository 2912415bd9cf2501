"""Days of EDTF values as plain numbers, for comparing what many reports say.

Only what linking needs: levels 0 and 1 of EDTF (day, month, year, season, interval, `~ ? %`, `XX`). Days are proleptic
Gregorian ordinals (`datetime.date.toordinal`), both ends inclusive.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Period", "day_number", "iso", "period"]

_PART = re.compile(r"^(?P<y>\d{4})(?:-(?P<m>\d{2}|XX))?(?:-(?P<d>\d{2}|XX))?(?P<q>[~?%]?)$")
# Level 1 seasons: 21 spring to 24 winter, northern months; 33-36 are the quarters of level 2, common in plans.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_APPROXIMATE_SLACK = 3
"""Days that `~` may be off to either side, for day precision ("around 10 January")."""


class Period(NamedTuple):
    """First and last day of an EDTF value, whether it is one day, an explicit range, and marked as approximate."""

    first: int
    last: int
    exact: bool
    ranged: bool
    approximate: bool

    @property
    def length(self) -> int:
        """Number of days, 1 for a single day."""
        return self.last - self.first + 1

    def gap(self, other: Period) -> int:
        """Days between the two: 0 if they overlap, 1 for neighbouring days."""
        return max(self.first - other.last, other.first - self.last, 0)


@lru_cache(maxsize=65536)
def period(value: str | None) -> Period | None:
    """The days of an EDTF value; None for None, for an open end on both sides and for what is not a date."""
    if not value:
        return None
    first, slash, last = value.strip().partition("/")
    start = _part(first)
    if not slash:
        return start
    end = _part(last)
    if start is None or end is None:
        return start or end
    if end.last < start.first:
        return None
    whole_days = start.exact and end.exact
    single = whole_days and start.first == end.last
    return Period(start.first, end.last, single, whole_days and not single, start.approximate or end.approximate)


def _part(text: str) -> Period | None:
    match = _PART.match(text.strip())
    if not match:
        return None
    year, month, day = int(match["y"]), match["m"], match["d"]
    vague = bool(match["q"])
    if year == 0:
        return None
    if month is None or month == "XX":
        return Period(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), False, False, vague)
    if int(month) in _SEASONS:
        begin, finish = _SEASONS[int(month)]
        end_year = year + (finish < begin)
        last = calendar.monthrange(end_year, finish)[1]
        return Period(date(year, begin, 1).toordinal(), date(end_year, finish, last).toordinal(), False, False, vague)
    if not 1 <= int(month) <= 12:
        return None
    if day is None or day == "XX":
        last = calendar.monthrange(year, int(month))[1]
        return Period(
            date(year, int(month), 1).toordinal(), date(year, int(month), last).toordinal(), False, False, vague
        )
    try:
        number = date(year, int(month), int(day)).toordinal()
    except ValueError:
        return None
    if vague:
        return Period(max(number - _APPROXIMATE_SLACK, 1), number + _APPROXIMATE_SLACK, False, False, True)
    return Period(number, number, True, False, False)


def day_number(value: str | None) -> int | None:
    """The first day of an EDTF value as a number, None where it has none."""
    days = period(value)
    return days.first if days else None


def iso(number: int) -> str:
    """The day with that number as YYYY-MM-DD."""
    return date.fromordinal(number).isoformat()
