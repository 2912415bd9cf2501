"""So many units from a day: "two weeks ago", "next month", "over the weekend"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from communique.dates.edtf import interval
from communique.dates.meaning import Meaning, full
from communique.dates.tense import Tense

__all__ = ["shift_month", "shifted"]

_DAY: Final = dt.timedelta(1)


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month that lie `by` months away.

    >>> shift_month(2022, 1, -1)
    (2021, 12)
    """
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def shifted(base: dt.date, m: Meaning, how: Tense | None = None) -> str | None:
    """The EDTF value `n` units from a day, as exact as the unit."""
    n = m.n or 0
    try:
        if m.unit in {"day", "night"}:
            return (base + round(n) * _DAY).isoformat()
        if m.unit == "weekend":
            return _weekend(base, round(n), "future" if m.ref == "FUTURE_REF" else how)
        if m.unit in {"week", "fortnight"}:
            return _week(base, n * (2 if m.unit == "fortnight" else 1), m)
        if m.unit in {"month", "quarter"}:
            return _month(base, n, m)
        if m.unit in {"year", "decade", "century"}:
            return _year(base, n, m)
        if m.unit in {"hour", "minute", "second"}:
            hours = n / {"hour": 1, "minute": 60, "second": 3600}[m.unit]
            return (base + round(hours / 24) * _DAY).isoformat() if abs(hours) >= 24 else base.isoformat()
    except (OverflowError, ValueError):
        return None
    return None


def _weekend(base: dt.date, n: int, how: Tense | None) -> str:
    saturday = base + (5 - base.weekday()) * _DAY  # of this week
    if n == 0 and base.weekday() < 5 and how != "future":
        saturday -= 7 * _DAY  # "over the weekend", told from Monday to Friday, lies behind
    saturday += 7 * n * _DAY
    return interval(saturday, saturday + _DAY)


def _week(base: dt.date, n: float, m: Meaning) -> str:
    if m.ref and abs(n) <= 1:
        return (base + round(7 * n) * _DAY).isoformat()  # "a week ago", "a week later": that day
    monday = base - base.weekday() * _DAY + round(7 * n) * _DAY
    if m.part == "early":
        return interval(monday, monday + 2 * _DAY)
    if m.part == "late":
        return interval(monday + 3 * _DAY, monday + 6 * _DAY)
    return interval(monday, monday + 6 * _DAY)


def _month(base: dt.date, n: float, m: Meaning) -> str | None:
    if m.unit == "quarter":
        quarter = (base.month - 1) // 3 + round(n)
        return full(Meaning(year=base.year + quarter // 4, quarter=quarter % 4 + 1))
    year, month = shift_month(base.year, base.month, round(n))
    return full(Meaning(year=year, month=month, part=m.part, nth=m.nth, nthunit=m.nthunit))


def _year(base: dt.date, n: float, m: Meaning) -> str | None:
    if m.unit == "decade" and not m.ref:
        decade = base.year // 10 + round(n)
        return f"{decade:03d}X" if 0 < decade < 1000 else None
    if m.unit == "century" and not m.ref:
        century = base.year // 100 + round(n)
        return f"{century:02d}XX" if 0 < century < 100 else None
    years = n * {"year": 1, "decade": 10, "century": 100}[m.unit or "year"]
    if years != int(years):
        year, month = shift_month(base.year, base.month, round(years * 12))
        return full(Meaning(year=year, month=month))
    return full(Meaning(year=base.year + round(years), part=m.part, nth=m.nth, nthunit=m.nthunit))
