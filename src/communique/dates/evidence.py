"""Pieces of evidence about the report's own day: each is a vector of log-likelihoods over days, with its sentence.

Shapes are coarse on purpose and shared by all reports. Gaps between a date told and the day of the report follow what
news with known dates shows: most dates told as past are of the same or the day before, few are older than a month;
dates to come thin out within weeks.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, LAST, Floats, gaps, table
from communique.dates.edtf import bounds
from communique.dates.meaning import Meaning
from communique.dates.tense import Tense

__all__ = ["Evidence", "date_told", "given", "month_told", "office", "relative", "weekday_pair", "weekday_told", "year_told"]

HARD: Final = -9.0
"""Log-likelihood of days that a fact rules out; finite, for a fact may be misread and two others may outvote it."""


class Evidence(NamedTuple):
    """Log-likelihoods over the days of the calendar, and the sentence that explains them. `kind` groups them."""

    kind: str
    scores: Floats
    because: str
    value: str | None = None


_PAST: Final = ((0, 0.30), (1, 0.24), (2, 0.07), (3, 0.045), (7, 0.03), (14, 0.010), (31, 0.004), (92, 0.0012), (183, 0.0005), (366, 0.0002))  # fmt: skip
_COMING: Final = ((0, 0.10), (1, 0.14), (2, 0.09), (3, 0.06), (7, 0.04), (14, 0.018), (31, 0.008), (92, 0.0018), (183, 0.0005), (366, 0.0001))  # fmt: skip
_WRONG_SIDE: Final = 0.00004
"""A day on the wrong side of a date (told as past, but it comes after): tense is misread in some cases."""


def _curve(gap: np.ndarray, steps: tuple[tuple[int, float], ...], beyond: float) -> Floats:
    limits = np.array([s[0] for s in steps])
    heights = np.array([*(s[1] for s in steps), beyond])
    return heights[np.searchsorted(limits, gap, side="left")]


def given(value: str, trust: float, kind: str, because: str) -> Evidence | None:
    """A day, month or year that comes with the report or that the report states as its own."""
    span = bounds(value)
    if span is None or span[1] < FIRST or span[0] > LAST:
        return None
    days = table().ordinal
    a, b = span[0].toordinal(), span[1].toordinal()
    inside = (days >= a) & (days <= b)
    near = (days >= a - 1) & (days <= b + 1) & ~inside
    rest = (1 - trust) / len(days)
    scores = np.where(inside, trust / (b - a + 1), np.where(near, 0.04 * trust / 2, rest))
    return Evidence(kind, np.log(scores), because, value)


def stated_day(month: int, day: int, trust: float, because: str) -> Evidence:
    """A dateline without a year: that day, or the day after, of any year."""
    back, ahead = gaps(month, day)
    scores = np.where(back == 0, trust, np.where(back == 1, 0.05 * trust, np.where(ahead == 1, 0.01, (1 - trust) / 365)))
    return Evidence("dateline", np.log(scores), because, f"XXXX-{month:02d}-{day:02d}")


def date_told(m: Meaning, how: Tense | None, weight: float, text: str) -> Evidence | None:
    """A date with a day that the report tells of, with or without its year."""
    if m.month is None or m.day is None:
        return None
    if m.year is None:
        back, ahead = gaps(m.month, m.day)
        ahead = np.where(ahead == 0, 0, ahead)
    else:
        try:
            day = dt.date(m.year, m.month, m.day).toordinal()
        except ValueError:
            return None
        delta = table().ordinal - day
        back = np.where(delta >= 0, delta, 10**6)
        ahead = np.where(delta <= 0, -delta, 10**6)
    beyond = 1e-5 if m.year is not None else 1e-6
    past = np.where(back < 10**6, _curve(back, _PAST, beyond), _WRONG_SIDE / 50)
    coming = np.where(ahead < 10**6, _curve(ahead, _COMING, beyond / 10), _WRONG_SIDE / 50)
    if how == "past":
        scores = past * 0.97 + coming * 0.03
    elif how == "future":
        scores = coming * 0.94 + past * 0.06
    elif how == "present":
        scores = np.where((back <= 1) | (ahead <= 1), 0.25, 0.1 * past + 0.1 * coming)
    else:
        scores = 0.6 * past + 0.4 * coming
    told = {"past": "told as past", "future": "told as still to come", "present": "told as going on", None: "named"}[how]
    return Evidence("date", weight * np.log(scores + 1e-9), f"{text!r} is {told}")


def weekday_pair(m: Meaning, text: str) -> Evidence | None:
    """Friday, January 21: in years where that date falls on that weekday, counted for the date nearest to each day."""
    if m.month is None or m.day is None or not m.weekday or m.year is not None:
        return None
    back, ahead = gaps(m.month, m.day)
    days = table().ordinal
    nearest = np.where(back <= ahead, days - back, days + ahead)
    fits = (nearest - 1) % 7 == m.weekday - 1
    years = sorted({int(y) for y in table().year[fits & (nearest == days)] if 1990 <= y <= 2040})
    some = ", ".join(str(y) for y in years)
    return Evidence("weekday", np.where(fits, 0.0, -7.0), f"{text!r} falls on that weekday in {some}")


def month_told(m: Meaning, how: Tense | None, weight: float, text: str) -> Evidence | None:
    """A month, with or without its year."""
    if m.month is None or m.day is not None:
        return None
    months = table().month
    if m.year is not None:
        delta = months - (m.year * 12 + m.month - 1)
        past = np.where(delta >= 0, 0.25 / (1.0 + delta) ** 0.9, _WRONG_SIDE)
        coming = np.where(delta <= 0, 0.25 / (1.0 - np.minimum(delta, 0)) ** 0.9, _WRONG_SIDE)
    else:
        since = (months - (m.month - 1)) % 12
        until = (-since) % 12
        past = np.array([0.17, 0.26, 0.14, 0.09, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.008])[since]
        coming = np.array([0.2, 0.24, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0.008, 0.006, 0.005])[until]
    mix = {"past": 0.93, "future": 0.1, "present": 0.6, None: 0.65}[how]
    told = {"past": "told as past", "future": "told as still to come", "present": "told as going on", None: "named"}[how]
    return Evidence("month", weight * np.log(mix * past + (1 - mix) * coming), f"{text!r} is {told}")


def year_told(first: int, last: int, how: Tense | None, weight: float, text: str) -> Evidence | None:
    """A year (or the span of a decade): told as past, the report is of that year or later, more likely soon after."""
    if last < FIRST.year or first > LAST.year:
        return None
    years = table().year
    after, before = years - last, first - years
    past = np.where(years >= first, 0.3 / (1.0 + np.maximum(after, 0)) ** 1.1, _WRONG_SIDE)
    coming = np.where(years <= last, 0.3 / (1.0 + np.maximum(before, 0)) ** 1.3, _WRONG_SIDE)
    mix = {"past": 0.97, "future": 0.06, "present": 0.6, None: 0.85}[how]
    told = {"past": "told as past", "future": "told as still to come", "present": "told as going on", None: "named"}[how]
    return Evidence("year", weight * np.log(mix * past + (1 - mix) * coming), f"{text!r} is {told}")


def weekday_told(weekday: int, how: Tense | None, weight: float, text: str) -> Evidence:
    """A bare weekday: told as past, it is mostly of the same day or the day before; as coming, of the days after."""
    since = (table().weekday - (weekday - 1)) % 7
    past = np.array([0.42, 0.33, 0.09, 0.05, 0.04, 0.04, 0.03])[since]
    coming = np.array([0.10, 0.07, 0.09, 0.12, 0.15, 0.2, 0.27])[since]
    scores = past if how in {"past", None} else coming if how == "future" else np.full(7, 1 / 7)[since]
    told = {"past": "told as past", "future": "told as still to come", "present": "told as going on", None: "named"}[how]
    return Evidence("day of the week", weight * np.log(scores * 7), f"{text!r} is {told}")


def office(start: str | None, end: str | None, because: str) -> Evidence | None:
    """Bounds from outside this room (an office held): days outside are all but ruled out."""
    days = table().ordinal
    a = bounds(start)
    b = bounds(end)
    if a is None and b is None:
        return None
    inside = np.ones(len(days), dtype=bool)
    if a:
        inside &= days >= a[0].toordinal()
    if b:
        inside &= days <= b[1].toordinal()
    return Evidence("bound", np.where(inside, 0.0, HARD), because)


def relative(months: list[tuple[int | None, int]], step: int, text: str) -> Evidence | None:
    """ "next month", where the report names dates of that month too: (year or None, month) of each such date."""
    if not months:
        return None
    now = table().month
    fits = np.zeros(len(now), dtype=bool)
    for year, month in months:
        if year is None:
            fits |= (now + step) % 12 == month - 1
        else:
            fits |= now + step == year * 12 + month - 1
    return Evidence("relation", np.where(fits, 0.0, -1.6), f"{text!r} can be the month of a date that it names")


def relative_year(dates: list[tuple[int | None, int, int]], step: int, text: str) -> Evidence | None:
    """ "early next year", where the report names a date to come: the nearest such date lies in the next year."""
    if not dates:
        return None
    t = table()
    fits = np.zeros(len(t.year), dtype=bool)
    stamp = t.ordinal
    starts = {int(y): dt.date(int(y), 1, 1).toordinal() for y in range(FIRST.year, LAST.year + 2)}
    next_year = np.array([starts[int(y) + 1] for y in (FIRST.year, LAST.year)])
    del next_year
    new_year = np.array([starts[min(y + 1, LAST.year + 1)] for y in range(FIRST.year, LAST.year + 1)])[t.year - FIRST.year]
    for year, month, day in dates:
        if year is not None:
            fits |= t.year + step == year
            continue
        _, ahead = gaps(month, day)
        fits |= (stamp + ahead >= new_year) & (ahead <= 183) if step > 0 else np.zeros(len(fits), dtype=bool)
    return Evidence("relation", np.where(fits, 0.0, -1.6), f"{text!r} can be the year of a date that it names")
