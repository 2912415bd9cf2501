"""TIMEX3 values, for scoring against annotated corpora and for users of their tools."""

from __future__ import annotations

import datetime as dt
from typing import Final

from communique.dates.edtf import bounds
from communique.dates.meaning import Meaning, number

__all__ = ["timex"]

_UNITS: Final = {
    "year": "Y", "month": "M", "week": "W", "day": "D", "decade": "DE", "century": "CE", "quarter": "Q",
    "hour": "H", "minute": "M", "second": "S", "night": "D", "weekend": "WE", "fortnight": "W",
}  # fmt: skip
_SEASONS: Final = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}


def timex(m: Meaning, value: str | None, own: dt.date | None) -> str | None:
    """The TIMEX3 value of a meaning that was settled to an EDTF value; `own` is the report's day."""
    if m.kind in {"duration", "set"}:
        return _duration(m)
    if m.kind == "ref":
        return m.ref
    if m.kind == "clock":
        day = value if value and len(value) == 10 else "XXXX-XX-XX"
        return f"{day}T{m.clock}"
    if m.kind == "range":
        return None
    if m.bc:
        return _bc(m)
    base = _calendar(m, value) or _unsettled(m)
    if base is None:
        return None
    if m.clock and len(base) == 10:
        return f"{base}T{m.clock}"
    if m.tod and len(base) >= 8:
        return f"{base}T{m.tod}"
    return base


def _duration(m: Meaning) -> str | None:
    if m.unit is None:
        return None
    n = 2 * m.n if m.n is not None and m.unit == "fortnight" else m.n
    amount = "X" if n is None else number(n)
    letter = _UNITS[m.unit]
    if m.unit in {"hour", "minute", "second"}:
        more = f"{number(m.more[0])}M" if m.more else ""
        return f"PT{amount}{letter}{more}"
    if m.unit in {"decade", "century"} and n is not None:
        return f"P{number(n * (10 if m.unit == 'decade' else 100))}Y"
    if m.unit in {"decade", "century"}:
        return "PXY" if m.unit == "decade" else "PXCE"
    return f"P{amount}{letter}"


def _bc(m: Meaning) -> str:
    if m.decade:
        return f"BC{m.decade}"
    return f"BC{m.year:04d}" + (f"-{m.month:02d}" if m.month else "") + (f"-{m.day:02d}" if m.day else "")


def _calendar(m: Meaning, value: str | None) -> str | None:
    found = bounds(value)
    if value is None or found is None:
        return None
    first, last = found
    if m.decade or (m.kind == "offset" and m.unit == "decade" and not m.ref):
        return value[:3]
    if m.century or (m.kind == "offset" and m.unit == "century" and not m.ref):
        return value[:2]
    year = f"{first.year:04d}"
    if m.season:
        return f"{year}-{_SEASONS[m.season]}"
    if m.quarter or m.unit == "quarter" or m.nthunit == "quarter":
        return f"{year}-Q{(first.month - 1) // 3 + 1}"
    if m.half or (m.nthunit == "half" and (last - first).days > 100):
        return f"{year}-H{(first.month - 1) // 6 + 1}"
    if first == last:
        return first.isoformat()
    if m.unit == "weekend" or m.nthunit == "weekend":
        iso = last.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}-WE"
    if (m.kind == "offset" and m.unit in {"week", "fortnight"}) or m.nthunit in {"week", "weekof"}:
        iso = first.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}"
    if m.month or m.unit == "month":
        return f"{year}-{first.month:02d}"
    return year


def _unsettled(m: Meaning) -> str | None:
    if m.kind == "offset":
        if m.n is None and m.ref:
            return m.ref
        return {"day": "XXXX-XX-XX", "night": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}.get(
            m.unit or ""
        )
    if m.weekday and not m.day:
        return f"XXXX-WXX-{m.weekday}"
    if m.season:
        return f"XXXX-{_SEASONS[m.season]}"
    if m.quarter:
        return f"XXXX-Q{m.quarter}"
    if m.month and m.swapped:
        return f"{m.year:04d}"
    if m.month:
        return f"XXXX-{m.month:02d}" + (f"-{m.day:02d}" if m.day else "")
    return f"XXXX-XX-{m.day:02d}" if m.day else None
