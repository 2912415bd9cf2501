"""Pieces of evidence about the report's own day: each is a vector of log-likelihoods over days, with its sentence.

The shapes are coarse on purpose and the same for all reports. Gaps between a date told and the day of the report follow
what news with known dates shows: most dates told as past are of the same or the day before, few are older than a month;
dates to come thin out within weeks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, LAST, Floats, gaps, table
from communique.dates.edtf import bounds
from communique.dates.meaning import Meaning
from communique.dates.tense import Tense

__all__ = [
    "Evidence",
    "ToldDate",
    "ToldYear",
    "bound",
    "dates_told",
    "deadline",
    "doubtful",
    "given",
    "month_told",
    "ordinary",
    "printed",
    "relative",
    "relative_year",
    "rights",
    "stated_day",
    "this_week",
    "weekday_of_month",
    "weekday_pair",
    "weekday_told",
    "years_told",
]

HARD: Final = -9.0
"""Log-likelihood of days that a fact rules out; finite, for a fact may be misread and two others may outvote it."""
_WRONG_SIDE: Final = -3.0
"""A date without a year lies on the other side of the report's day than its tense says: tense is misread at times."""


class Evidence(NamedTuple):
    """Log-likelihoods over the days of the calendar, and the sentence that explains them. `kind` groups them."""

    kind: str
    scores: Floats
    because: str
    value: str | None = None
    since: int | None = None
    """Where it says no more than that the report is not older: the day (ordinal)."""


class ToldDate(NamedTuple):
    """A date with a day that the report tells of: meaning, tense, words, and whether it stands near the beginning."""

    meaning: Meaning
    how: Tense | None
    text: str
    early: bool
    lead: bool = False
    """Does it stand in the title or in the first two sentences?"""


Steps = tuple[tuple[int, float], ...]
_PAST: Final[Steps] = (
    (0, 0.27), (1, 0.23), (2, 0.075), (3, 0.05), (7, 0.027), (14, 0.011), (31, 0.005), (92, 0.0015), (183, 0.0005),
    (366, 0.0002),
)  # fmt: skip
"""Likelihood of a day by its distance from a date told as past: up to so many days, so much each."""
_EVENING: Final[Steps] = ((0, 0.10), (1, 0.44), *_PAST[2:])
"""Who writes "on the evening of January 10" writes mostly on the day after."""
_BACKGROUND: Final[Steps] = (
    (0, 0.06), (1, 0.11), (2, 0.06), (3, 0.045), (7, 0.028), (14, 0.017), (31, 0.009), (92, 0.0025), (183, 0.0007),
    (366, 0.0002),
)  # fmt: skip
"""A date told far down a report is background: seldom of the same day, mostly of the weeks before."""
_COMING: Final[Steps] = (
    (0, 0.07), (1, 0.11), (2, 0.08), (3, 0.06), (7, 0.043), (14, 0.024), (31, 0.010), (92, 0.002), (183, 0.0006),
    (366, 0.0001),
)  # fmt: skip
_NOW: Final[Steps] = ((0, 0.7), (1, 0.09), (2, 0.03), (3, 0.01), (7, 0.003), (366, 1e-5))
_REACH: Final = 40000


@cache
def _curve(steps: Steps, beyond: float) -> Floats:
    """Log-likelihood by gap in days, 0 to _REACH."""
    gap = np.arange(_REACH + 1)
    limits, heights = np.array([s[0] for s in steps]), np.array([*(s[1] for s in steps), beyond])
    return np.asarray(np.log(heights[np.searchsorted(limits, gap, side="left")]), dtype=np.float64)


_TOLD: Final[dict[Tense | None, str]] = {
    "past": "told as past",
    "future": "told as still to come",
    "present": "told as going on",
    None: "named",
}


def given(value: str, trust: float, kind: str, because: str) -> Evidence | None:
    """A day, month or year that comes with the report or that the report states as its own."""
    span = bounds(value)
    if span is None or span[1] < FIRST or span[0] > LAST:
        return None
    a, b = span[0].toordinal() - FIRST.toordinal(), span[1].toordinal() - FIRST.toordinal()
    size = len(table().ordinal)
    scores = np.full(size, (1 - trust) / size)
    scores[max(a - 1, 0) : b + 2] = 0.02 * trust
    scores[max(a, 0) : b + 1] = trust / (b - a + 1)
    return Evidence(kind, np.log(scores), because, value)


def doubtful(one: str, other: str, share: float, trust: float, because: str) -> Evidence | None:
    """A day in figures that can be read in two ways ("03/04/2021"): the first with that share."""
    a, b = given(one, trust, "doubtful", because), given(other, trust, "doubtful", because)
    if a is None or b is None:
        return a or b
    return Evidence("doubtful", np.logaddexp(a.scores + np.log(share), b.scores + np.log1p(-share)), because)


_STAMPS: Final[dict[str, tuple[float, float, int]]] = {
    "published": (0.9, 0.02, 3),
    "updated": (0.35, 0.55, 400),
    "plain": (0.5, 0.42, 7000),
    "bare": (0.12, 0.8, 7000),
}
"""What a day that a page prints says of the day of publication: how likely it is that very day, how likely it is a
later one, and by how many days at most. A day without a label but with its weekday was the day on which the page was
fetched in 3 of 5 pages, up to seven years later."""


def printed(value: str, kind: str, because: str) -> Evidence | None:
    """A day that the page prints around the article: "published", "updated", "bare", or that of a picture."""
    span = bounds(value)
    if span is None or span[1] < FIRST or span[0] > LAST:
        return None
    if kind == "caption":  # half of them are of the week before, the others from an archive
        since = np.clip(table().ordinal - span[0].toordinal(), -_REACH, _REACH)
        recent = _curve(_PAST, 1e-4)[np.maximum(since, 0)]
        return Evidence("printed", np.where(since >= 0, recent, np.log(1e-5)), because)
    at = span[0].toordinal() - FIRST.toordinal()
    same, later, reach = _STAMPS[kind]
    size = len(table().ordinal)
    scores = np.full(size, (1 - same - later) / size)
    low = max(at - reach, 0)
    before = 1.0 / (1.0 + np.arange(at - low, 0, -1) / 3.0)
    if len(before):
        scores[low:at] += later * before / before.sum()
    scores[max(at - 1, 0) : at + 2] += 0.1 * same
    scores[at] += same
    known = kind == "published"
    return Evidence("page" if known else "printed", np.log(scores), because, value if known else None)


def stated_day(month: int, day: int, trust: float, because: str) -> Evidence:
    """A dateline without a year: that day, or the day after, of any year."""
    back, ahead = gaps(month, day)
    scores = np.where(
        back == 0, trust, np.where(back == 1, 0.05 * trust, np.where(ahead == 1, 0.01, (1 - trust) / 365))
    )
    return Evidence("dateline", np.log(scores), because, f"XXXX-{month:02d}-{day:02d}")


def dates_told(told: Sequence[ToldDate]) -> list[Evidence]:
    """The dates that the report tells of.

    Each one says on which side of it the report lies. How near is asked of the nearest only, of those near the
    beginning and, with less weight, of the rest: the dates of one report are not independent.
    """
    out: list[Evidence] = []
    groups: dict[tuple[bool, str], list[Floats]] = {}
    sides = np.zeros(len(table().ordinal))
    for one in told:
        found = _gaps(one.meaning)
        if found is None:
            continue
        back, ahead = found
        side, near, group = _shape(one, back, ahead)
        sides += side
        kind = "date" if one.meaning.year is None else "year"
        out.append(Evidence(kind, np.zeros(1), f"{one.text!r} is {_TOLD[one.how]}"))
        known = one.meaning.year is not None
        groups.setdefault((one.early or known, group + " known" if known else group), []).append(near)
    out.append(Evidence("nearness", np.maximum(sides, -8.0), ""))
    for (early, _), vectors in sorted(groups.items(), key=lambda item: item[0]):
        nearest = vectors[0] if len(vectors) == 1 else np.maximum.reduce(vectors)
        out.append(Evidence("nearness", nearest * (0.95 if early else 0.35), ""))
    return out


def _gaps(m: Meaning) -> tuple[np.ndarray, np.ndarray] | None:
    """Days since and until the date; without its year the last and the next such date; -1 on the other side."""
    if m.month is None or m.day is None:
        return None
    if m.year is None:
        return gaps(m.month, m.day)
    try:
        day = dt.date(m.year, m.month, m.day).toordinal()
    except ValueError:
        return None
    delta = np.clip(table().ordinal - day, -_REACH, _REACH)
    return delta, -delta


def _shape(one: ToldDate, back: np.ndarray, ahead: np.ndarray) -> tuple[Floats, Floats, str]:
    """On which side, how near, and the group whose nearest date counts."""
    known = one.meaning.year is not None
    # A date with its year is mostly an old one, so it says less about the day: of 38 told as past in dated reports 35
    # were older than a year; of 13 without a tense (captions) 7 were of the same days.
    # The present tense with a full date is a caption's too.
    old = 2e-4 if one.lead else 6e-4 if one.early else 3e-3
    tail = (old if one.how in {"past", "future"} else 1e-4) if known else 1e-6
    past = _curve(_EVENING if one.meaning.tod in {"EV", "NI"} else _PAST if one.early else _BACKGROUND, tail)
    coming = _curve(_COMING, tail / 5)
    zero = np.zeros(len(back))
    if known:
        wrong_past, wrong_coming = np.where(back < 0, -4.5, zero), np.where(ahead < 0, -2.5, zero)
    else:
        wrong_past, wrong_coming = np.where(back > 250, _WRONG_SIDE, zero), np.where(ahead > 250, _WRONG_SIDE, zero)
    b, a = np.maximum(back, 0), np.maximum(ahead, 0)
    if one.how == "past":
        return wrong_past, _misread(past[b], coming[a], back if known else None), "past"
    if one.how == "future":
        return wrong_coming, _misread(coming[a], past[b], ahead if known else None), "coming"
    if one.how == "present" and not known:  # a full date in the present tense is a caption's
        now = _curve(_NOW, 1e-5)
        return zero, np.maximum(now[b], now[a]), "now"
    if known:
        return (
            wrong_past * 0.4,
            past[b] if not np.any(back < 0) else np.where(back >= 0, past[b], coming[a] - 1.0),
            "past",
        )
    return zero, np.maximum(past[b], coming[a] - 0.5), "any"


_MISREAD: Final = float(np.log(0.08))
"""One tense in twelve is misread: a date told as past may yet be coming."""


def _misread(told: Floats, other: Floats, gap: np.ndarray | None) -> Floats:
    """The likelihood of the tense told, with some of the other side's; `gap` is negative there for a full date."""
    if gap is None:
        return np.maximum(told, other + _MISREAD)
    return np.where(gap >= 0, told, other + _MISREAD)


def weekday_pair(m: Meaning, text: str) -> Evidence | None:
    """Friday, January 21: in years where that date falls on that weekday, counted for the date nearest to each day."""
    if m.month is None or m.day is None or not m.weekday or m.year is not None:
        return None
    back, ahead = gaps(m.month, m.day)
    days = table().ordinal
    nearest = np.where(back <= ahead, days - back, days + ahead)
    fits = (nearest - 1) % 7 == m.weekday - 1
    years = sorted({int(y) for y in table().year[fits & (nearest == days)] if 1990 <= y <= 2035})
    some = ", ".join(str(y) for y in years)
    # Who names both writes of the days around: further away the weekday is left out.
    far = np.minimum(back, ahead)
    apart = np.where(far <= 12, 0.0, np.where(far <= 31, -0.7, np.where(far <= 75, -1.5, -2.5)))
    return Evidence("weekday", np.where(fits, apart, -7.0), f"{text!r}: that date falls on that weekday in {some}")


def weekday_of_month(m: Meaning, text: str) -> Evidence | None:
    """Tuesday the 6th: a Tuesday that was the 6th of a month lies within ten days of the report."""
    if m.month or not m.day or not m.weekday:
        return None
    t = table()
    days = t.ordinal.astype("datetime64[D]") - np.timedelta64(dt.date(1970, 1, 1).toordinal(), "D")
    of_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    fits = ((of_month == m.day) & (t.weekday == m.weekday - 1)).astype(np.int64)
    near = np.convolve(fits, np.ones(21, dtype=np.int64), mode="same") > 0
    close = np.convolve(fits, np.ones(5, dtype=np.int64), mode="same") > 0
    after = fits + np.concatenate(([0], fits[:-1])) > 0  # that day or the next
    scores = np.where(after, 0.0, np.where(close, -0.8, np.where(near, -1.8, -6.0)))
    return Evidence("weekday", scores, f"{text!r}: that day of a month falls on that weekday about twice a year")


def month_told(m: Meaning, how: Tense | None, weight: float, text: str, sure: bool = False) -> Evidence | None:
    """A month, with or without its year; `sure` where more than the verb's tense says that it is to come."""
    if m.month is None or m.day is not None:
        return None
    months = table().month
    if m.year is not None:
        delta = months - (m.year * 12 + m.month - 1)
        after, before = np.maximum(delta, 0), np.maximum(-delta, 0)
        past = np.where(delta >= 0, 0.1 / (1.0 + 0.2 * after) ** 1.2, 0.0008)
        coming = np.where(delta <= 0, 0.1 / (1.0 + 0.2 * before) ** np.where(before > 12, 1.6, 1.2), 0.0008)
    else:
        since = (months - (m.month - 1)) % 12
        past = np.array([0.06, 0.24, 0.14, 0.13, 0.08, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02])[since]
        coming = np.array([0.12, 0.17, 0.13, 0.12, 0.09, 0.08, 0.07, 0.06, 0.05, 0.05, 0.04, 0.02])[(-since) % 12]
    mix = 0.05 if sure else {"past": 0.9, "future": 0.3, "present": 0.6, None: 0.65}[how]
    return Evidence(
        "month" if m.year is None else "year",
        weight * np.log(mix * past + (1 - mix) * coming),
        f"{text!r} is {_TOLD[how]}",
    )


class ToldYear(NamedTuple):
    """A year (or the years of a decade) that the report names, with the tense and the words."""

    first: int
    last: int
    how: Tense | None
    text: str
    side: bool = True  # False: a month or day of that year says it more exactly


def years_told(told: Sequence[ToldYear]) -> list[Evidence]:
    """The years that the report names.

    Each says on which side of it the report lies. In 840 dated reports 8 of 100 years told as past lie ahead, and of
    those told as coming nearly half lie behind, so neither rules anything out alone. How near is asked of the latest
    past one: it was the report's own year in 19 of 100, the year before in 10, with a long tail.
    """
    out: list[Evidence] = []
    years = np.arange(FIRST.year, LAST.year + 1)
    place = table().year - FIRST.year
    sides = np.zeros(len(years))  # misread tenses come in groups: together they weigh no more than two of them
    latest: int | None = None
    for one in told:
        if one.last < FIRST.year - 60 or one.first > LAST.year:
            continue
        if one.how == "future":
            side = np.where(years > one.last, -0.8, np.where(years < one.first - 12, -1.0, 0.0))
        else:
            side = np.where(years < one.first, -2.6 if one.how == "past" else -1.5, 0.0)
            if latest is None or one.last > latest:
                latest = one.last
        if one.side:
            sides += side
            out.append(Evidence("year", np.zeros(1), f"{one.text!r} is {_TOLD[one.how]}"))
    out.append(Evidence("nearness", np.maximum(sides, -4.5)[place], ""))
    if latest is not None:
        gap = years - latest
        near = np.where(gap == 0, 0.2, np.where(gap < 0, 0.02, 0.1 / (1 + 0.2 * np.maximum(gap - 1, 0)) ** 1.3))
        out.append(Evidence("nearness", np.log(near)[place], ""))
    return out


def this_week(m: Meaning) -> Evidence | None:
    """ "this Wednesday, February 27": written in the days around it."""
    found = _gaps(m)
    if found is None or m.day is None:
        return None
    back, ahead = (np.where(gap < 0, _REACH, gap) for gap in found)
    near = np.minimum(back, ahead)
    scores = np.where(near <= 2, 0.0, np.where(near <= 6, -0.7, -4.0))
    return Evidence("nearness", scores, "")


def weekday_told(weekday: int, how: Tense | None, weight: float, text: str, filed: bool = False) -> Evidence:
    """A bare weekday: told as past, it is mostly of the same day or the day before; as coming, of the days after.

    A report with a dateline (`filed`) is of the day on which it was filed, so it names that day more often.
    """
    past = np.array([0.62, 0.18, 0.07, 0.05, 0.03, 0.03, 0.02] if filed else [0.35, 0.40, 0.10, 0.05, 0.04, 0.03, 0.03])
    coming = np.array([0.17, 0.09, 0.11, 0.12, 0.14, 0.16, 0.21])
    scores = past if how in {"past", None} else coming if how == "future" else np.full(7, 1 / 7)
    by_day = np.roll(weight * np.log(scores * 7), weekday - 1)
    return Evidence("day of the week", by_day[table().weekday], f"{text!r} is {_TOLD[how]}")


@cache
def ordinary() -> Evidence:
    """Before anything is known, reports are of the decades from which texts are kept in numbers, 1985 to 2027.

    What is known of offices and gatherings ends in 2026: of later years little could be recognised.
    """
    years = table().year
    scores = np.where(years < 1985, -0.06 * (1985 - years), np.where(years > 2027, -0.3 * (years - 2027), 0.0))
    return Evidence("prior", np.maximum(scores, -2.0), "")


def bound(
    spans: Sequence[tuple[str | None, str | None]], weight: float, between: float, because: str, kind: str = "bound"
) -> Evidence | None:
    """Intervals (EDTF, None is open) of which the report lies in one: offices held, a linked encounter.

    Days before the first and after the last interval get `weight`, those between two of them `between`.
    """
    size = len(table().ordinal)
    inside = np.zeros(size, dtype=bool)
    for start, end in spans:
        a, b = bounds(start), bounds(end)
        low = max((a[0] - FIRST).days, 0) if a else 0
        high = (b[1] - FIRST).days + 1 if b else size
        inside[low : max(high, 0)] = True
    where = np.flatnonzero(inside)
    if not len(where) or len(where) == size:
        return None
    scores = np.where(inside, 0.0, weight)
    scores[where[0] : where[-1] + 1] = np.where(inside[where[0] : where[-1] + 1], 0.0, between)
    return Evidence(kind, scores, because)


def rights(year: int, because: str) -> Evidence:
    """A notice of copyright: of the year of publication, or of the year in which the page was fetched or made anew."""
    gap = year - table().year
    scores = np.where(gap == 0, 0.0, np.where(gap < 0, -3.0, np.maximum(-0.9 - 0.12 * gap, -2.5)))
    return Evidence("rights", scores, because)


def relative(months: Iterable[tuple[int | None, int]], step: int, text: str) -> Evidence | None:
    """ "next month", where the report names dates of that month too: (year or None, month) of each such date."""
    now = table().month
    fits = np.zeros(len(now), dtype=bool)
    for year, month in months:
        fits |= (now + step) % 12 == month - 1 if year is None else now + step == year * 12 + month - 1
    if not fits.any():
        return None
    return Evidence("relation", np.where(fits, 0.0, -2.0), f"{text!r} can be the month of a date that it names")


def deadline(m: Meaning, days_before: int, text: str) -> Evidence | None:
    """ "one week, until Sept. 21": the report is of about that long before."""
    found = _gaps(m)
    if found is None:
        return None
    off = np.abs(found[1] - days_before)
    return Evidence("relation", np.maximum(-0.9 * off, -2.5), f"{text!r} counts from the report's day to that date")


def relative_year(dates: Iterable[tuple[int | None, int, int]], step: int, text: str) -> Evidence | None:
    """ "next year", where the report names a date to come: the next such date lies in the next year."""
    t = table()
    fits = np.zeros(len(t.year), dtype=bool)
    for year, month, day in dates:
        if year is not None:
            fits |= t.year + step == year
        elif step == 1:
            _, ahead = gaps(month, day)
            fits |= (t.yday + ahead >= 365 + t.leap) & (ahead <= 200)
    if not fits.any():
        return None
    return Evidence("relation", np.where(fits, 0.0, -2.0), f"{text!r} can be the year of a date that it names")
