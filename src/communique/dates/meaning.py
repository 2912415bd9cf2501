"""What an expression of time says by itself, before anything is worked out from other dates."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from communique.dates.edtf import interval, last_of_month, valid
from communique.records import TimeExpression

__all__ = ["Found", "Meaning", "duration_iso", "partial"]

Kind = Literal["calendar", "offset", "ref", "duration", "set", "range", "clock"]


class Meaning(msgspec.Struct, frozen=True, omit_defaults=True):
    """The fields that the words give; None where they do not.

    `calendar`: year, month, day, weekday (1 Monday), season (EDTF code), quarter, half, decade or century (leading
    digits), `mod` last/next/this/that, `weeks`/`months`/`years` from the week, month, year in force.
    `offset`: `n` `unit`s from the day named by `anchor`. `duration`, `set`: `n` `unit`s (n None: an unknown number)
    and `more`, a second amount. `range`: from `first` to `last`. `part` early/mid/late; `tod` a TIMEX3 part of day.
    """

    kind: Kind = "calendar"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    quarter: int | None = None
    half: int | None = None
    decade: str | None = None
    century: str | None = None
    bc: bool = False
    mod: str | None = None
    weeks: int | None = None
    months: int | None = None
    years: str | None = None
    unit: str | None = None
    n: float | None = None
    more: tuple[float, str] | None = None
    anchor: str = "publication"
    part: str | None = None
    nth: int | None = None
    nthunit: str | None = None
    tod: str | None = None
    clock: str | None = None
    near: str | None = None
    ref: str | None = None
    swapped: bool = False
    first: Meaning | None = None
    last: Meaning | None = None

    def with_(self, **changes: object) -> Meaning:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    @property
    def grain(self) -> str:
        """What it may be attached to or joined with: clock, weekday, day, month, season, year, decade, duration ..."""
        if self.kind != "calendar":
            return self.kind
        if self.day is not None:
            return "day"
        if self.weekday is not None:
            return "weekday"
        for name in ("month", "season", "quarter", "half", "decade", "century"):
            if getattr(self, name) is not None:
                return name
        return "year" if self.year is not None else "none"


class Found(TimeExpression, frozen=True):
    """A time expression with its meaning and the rule that found it; `ends` are the spans of both ends of a range."""

    meaning: Meaning = Meaning()
    rule: str = ""
    ends: tuple[tuple[int, int], ...] = ()


_ISO: Final = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_PLAIN: Final = {
    "decade": (10, "year"), "century": (100, "year"), "quarter": (3, "month"), "fortnight": (2, "week"),
    "night": (1, "day"),
}  # fmt: skip
_SMALLER: Final = {
    "year": (12, "month"), "month": (30, "day"), "week": (7, "day"), "day": (24, "hour"), "hour": (60, "minute"),
    "minute": (60, "second"),
}  # fmt: skip


def number(n: float) -> str:
    """A number without a needless fraction."""
    return str(int(n)) if n == int(n) else f"{n:g}"


def duration_iso(meaning: Meaning) -> str | None:
    """ISO 8601 of a duration; a fraction becomes the next smaller unit; None where the amount is unknown.

    >>> duration_iso(Meaning(kind="duration", n=7.5, unit="hour"))
    'PT7H30M'
    """
    n, unit = meaning.n, meaning.unit
    if n is None or unit is None or n < 0 or n > 1e9:
        return None
    factor, unit = _PLAIN.get(unit, (1, unit))
    n *= factor
    if unit not in _ISO:
        return None
    parts: list[tuple[float, str]] = [(n, unit)]
    if n != int(n) and unit in _SMALLER:
        ratio, smaller = _SMALLER[unit]
        rest = round((n - int(n)) * ratio)
        parts = [(float(int(n)), unit), (float(rest), smaller)]
    if meaning.more:
        parts.append(meaning.more)
    big = "".join(number(k) + _ISO[u] for k, u in parts if k and u in ("year", "month", "week", "day"))
    small = "".join(number(k) + _ISO[u] for k, u in parts if k and u in ("hour", "minute", "second"))
    if "W" in big and (small or len(big.split("W")[1])):
        return None  # ISO 8601 has no weeks beside other units
    return f"P{big}" + (f"T{small}" if small else "") if big or small else None


def partial(m: Meaning) -> str | None:
    """The EDTF value that the words alone give: `2022-01-10`, `XXXX-01-10`, `2009-01/2009-03`; None if relative."""
    if m.kind == "duration":
        return duration_iso(m)
    if m.kind == "range" and m.first and m.last:
        a, b = partial(m.first), partial(m.last)
        if not a or not b or a.startswith("XXXX") != b.startswith("XXXX") or "/" in a + b:
            return None
        return f"{a}/{b}" if a.startswith("XXXX") or valid(f"{a}/{b}") else None
    if m.kind != "calendar" or m.bc or m.mod or m.weeks is not None or m.months is not None or m.years:
        return None
    if m.year is None:
        if m.decade:
            return _decade_part(m)
        if m.century:
            return f"{m.century}XX"
        if m.month is None or m.nthunit == "weekday":
            return None
        return f"XXXX-{m.month:02d}" + (f"-{m.day:02d}" if m.day else "")
    return full(m)


def full(m: Meaning) -> str | None:
    """The EDTF value of a calendar meaning whose year is known."""
    import datetime as dt

    y = m.year
    if y is None or not 1 <= y <= 9998:
        return None
    if m.quarter:
        first, last = 3 * m.quarter - 2, 3 * m.quarter
    elif m.half:
        first, last = 6 * m.half - 5, 6 * m.half
    elif m.season:
        return f"{y:04d}-{m.season}"
    elif m.month and m.day and m.nthunit == "weekof" and m.day <= last_of_month(y, m.month):
        day = dt.date(y, m.month, m.day)
        return interval(day, day + dt.timedelta(6))
    elif m.month and m.day:
        return f"{y:04d}-{m.month:02d}-{m.day:02d}" if m.day <= last_of_month(y, m.month) else None
    elif m.month:
        return _month_part(y, m.month, m)
    else:
        return _year_part(y, m)
    return interval(dt.date(y, first, 1), dt.date(y, last, last_of_month(y, last)))


def _nth_weekday(y: int, month: int, m: Meaning) -> str | None:
    """The second Tuesday, the last Friday of a month."""
    import datetime as dt

    first = dt.date(y, month, 1)
    days = [first + dt.timedelta(k) for k in range(last_of_month(y, month))]
    fit = [d for d in days if d.isoweekday() == m.weekday]
    nth = (m.nth or 1) - 1 if (m.nth or 1) > 0 else (m.nth or -1)
    return fit[nth].isoformat() if -len(fit) <= nth < len(fit) else None


def _month_part(y: int, month: int, m: Meaning) -> str | None:
    import datetime as dt

    if m.nthunit == "weekday":
        return _nth_weekday(y, month, m)
    end = last_of_month(y, month)
    first, last = {"early": (1, 10), "mid": (10, 20), "late": (21, end)}.get(m.part or "", (1, end))
    if m.nth and m.nthunit:
        size = {"week": 7, "weeks": 7, "two weeks": 14, "half": 15, "day": 1, "days": 5, "ten days": 10}.get(
            m.nthunit, end
        )
        if m.nth > 0:
            first, last = 1 + size * (m.nth - 1), min(end, size * m.nth)
        else:
            first, last = end - size + 1, end
        if not 1 <= first <= last <= end:
            first, last = 1, end
    return interval(dt.date(y, month, first), dt.date(y, month, last))


def _decade_part(m: Meaning) -> str:
    """198X; its early, middle and late years as an interval."""
    tail = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(m.part or "")
    return f"{m.decade}{tail[0]}/{m.decade}{tail[1]}" if tail else f"{m.decade}X"


def _year_part(y: int, m: Meaning) -> str:
    if m.nthunit == "months" and m.nth and m.n:
        low, high = (1, int(m.n)) if m.nth > 0 else (13 - int(m.n), 12)
        return f"{y:04d}-{low:02d}/{y:04d}-{high:02d}" if low < high else f"{y:04d}-{low:02d}"
    if m.nthunit == "day" and m.nth in {1, -1}:
        return f"{y:04d}-01-01" if m.nth == 1 else f"{y:04d}-12-31"
    if m.nth and m.nthunit in ("half", "quarter"):
        size = 6 if m.nthunit == "half" else 3
        last = size * m.nth if m.nth > 0 else 12
        return f"{y:04d}-{last - size + 1:02d}/{y:04d}-{last:02d}" if last <= 12 else f"{y:04d}"
    if m.part == "early":
        return f"{y:04d}-01/{y:04d}-03"
    if m.part == "mid":
        return f"{y:04d}-05/{y:04d}-08"
    if m.part == "late":
        return f"{y:04d}-10/{y:04d}-12"
    return f"{y:04d}" + ("~" if m.near == "about" else "")
