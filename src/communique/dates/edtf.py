"""EDTF values (ISO 8601-2, levels 0 and 1): which days they cover, whether they are valid, what TIMEX3 calls them.

Own bounds: the `edtf` package raises on bounds of `2022-01-1X` and invents ten years for unknown ends, so it checks
our syntax in the tests but never our days.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

__all__ = ["bounds", "days", "inside", "interval", "last_of_month", "meet", "overlap", "precision", "valid"]

_SIMPLE: Final = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<time>T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?)?(?P<qualifier>[~?%])?"
)
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
"""EDTF season codes as northern meteorological seasons; month 14 is February of the year after."""


def last_of_month(year: int, month: int) -> int:
    """The number of days of a month.

    >>> last_of_month(2024, 2)
    29
    """
    after = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else dt.date.max
    return 31 if after == dt.date.max else (after - dt.timedelta(1)).day


@lru_cache(maxsize=4096)
def bounds(value: str | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of an EDTF value; None where it has none (no year, open end, not EDTF).

    >>> bounds("2022-01")
    (datetime.date(2022, 1, 1), datetime.date(2022, 1, 31))
    """
    if not value:
        return None
    if "/" in value:
        first, _, last = value.partition("/")
        a, b = bounds(first), bounds(last)
        return (a[0], b[1]) if a and b and a[0] <= b[1] else None
    match = _SIMPLE.fullmatch(value)
    if match is None or match["year"] == "XXXX":
        return None
    try:
        return _days(match["year"], match["month"], match["day"])
    except ValueError:
        return None


def _days(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date] | None:
    if "X" in year:
        if month:
            return None
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return dt.date(max(low, 1), 1, 1), dt.date(high, 12, 31)
    y = int(year)
    if month is None or month == "XX":
        return (dt.date(y, 1, 1), dt.date(y, 12, 31)) if day in (None, "XX") else None
    m = int(month)
    if m in _SEASONS and day is None:
        a, b = _SEASONS[m]
        end_year, end_month = (y + 1, b - 12) if b > 12 else (y, b)
        return dt.date(y, a, 1), dt.date(end_year, end_month, last_of_month(end_year, end_month))
    if day is None or day == "XX":
        return dt.date(y, m, 1), dt.date(y, m, last_of_month(y, m))
    one = dt.date(y, m, int(day))
    return one, one


def days(value: str | None) -> tuple[str, str] | None:
    """First and last day, ISO, of an EDTF value; None where it has none.

    >>> days("2022-01-10/2022-01-13")
    ('2022-01-10', '2022-01-13')
    """
    found = bounds(value)
    return (found[0].isoformat(), found[1].isoformat()) if found else None


def valid(value: str) -> bool:
    """Is this an EDTF value that the record may hold? `XXXX-01-10`, a day of an unknown year, is one.

    >>> [valid(v) for v in ("2022-02-30", "XXXX-01-10", "2022~", "199X")]
    [False, True, True, True]
    """
    first, slash, last = value.partition("/")
    if slash:
        if ".." in (first, last):
            return valid(last if first == ".." else first)
        return bool(bounds(value)) and "/" not in last
    if bounds(value):
        return True
    match = _SIMPLE.fullmatch(value)
    if match is None or match["year"] != "XXXX" or not (match["month"] or "").isdigit():
        return False
    month, day = int(match["month"]), match["day"]
    return 1 <= month <= 12 and (day is None or day == "XX" or 1 <= int(day) <= last_of_month(2024, month))


def interval(first: dt.date, last: dt.date) -> str:
    """The shortest EDTF value that covers exactly these days.

    >>> interval(dt.date(2022, 1, 1), dt.date(2022, 1, 31))
    '2022-01'
    """
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == last_of_month(last.year, last.month):
        if first.month == 1 and last.month == 12:
            return f"{first.year:04d}" if first.year == last.year else f"{first.year:04d}/{last.year:04d}"
        a, b = f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
        return a if a == b else f"{a}/{b}"
    return f"{first.isoformat()}/{last.isoformat()}"


def precision(value: str | None) -> int | None:
    """The number of days that a value covers; None where it has no bounds."""
    found = bounds(value)
    return (found[1] - found[0]).days + 1 if found else None


def inside(inner: str | None, outer: str | None) -> bool:
    """Do all days of `inner` lie within `outer`? False where either has no bounds."""
    a, b = bounds(inner), bounds(outer)
    return bool(a and b and b[0] <= a[0] and a[1] <= b[1])


def overlap(one: str | None, other: str | None) -> bool:
    """Do two values share a day? False where either has no bounds."""
    a, b = bounds(one), bounds(other)
    return bool(a and b and a[0] <= b[1] and b[0] <= a[1])


def meet(one: str | None, other: str | None) -> str | None:
    """The days that two values share, as EDTF; None without any."""
    a, b = bounds(one), bounds(other)
    if not a or not b or a[0] > b[1] or b[0] > a[1]:
        return None
    return interval(max(a[0], b[0]), min(a[1], b[1]))
