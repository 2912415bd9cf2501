"""The report's own day: from what came with it, what it states, and otherwise by weighing all evidence over days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from communique.cleaning import stamps
from communique.dates import evidence as ev
from communique.dates.address import copied, from_address
from communique.dates.calendar import FIRST, Floats, table
from communique.dates.edtf import bounds as bounds_of
from communique.dates.edtf import interval
from communique.dates.evidence import Evidence, ToldDate, ToldYear
from communique.dates.gathered import Heard
from communique.dates.known import known_evidence
from communique.dates.lines import Line, date_lines
from communique.dates.meaning import Found, Meaning, full
from communique.dates.tense import Tense, planned, tense
from communique.records import DateBasis, Dating, TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["DayBound", "publish"]


class DayBound(NamedTuple):
    """The report lies within [start, end] (EDTF days, None: open), and the sentence that says why.

    `spans` are the parts of that interval where it consists of several; a day outside of it has the log-likelihood
    `weight`, one between two parts `between`.
    """

    start: str | None
    end: str | None
    because: str
    spans: tuple[tuple[str | None, str | None], ...] = ()
    weight: float = ev.HARD
    between: float = ev.HARD


MOST: Final = 400
"""Expressions looked at for the report's own day; more stand only in books."""
METADATA: Final = 0.92
ADDRESS: Final = 0.975
"""How far the two are trusted. Page data often say when a page was made or last touched, so what the report states of
itself (dates/lines.py) counts a little more; an address is mostly made with the report."""
ENOUGH: Final = 0.4
"""The share of all likelihood that must lie within four days of the best day for that day to be given. Tried on 304
US reports of 2015-16 without their dates: 0.3 gave 2 days wrong and 2 right, 0.4 1 and 2, 0.5 0 and 2; on 44 reports of
diplomacy 0.4 gave one more right than 0.5 and none wrong."""
SETTLED: Final = 0.8
"""The likelihood from which on an inferred day is given as such; below it is marked approximate. On reports that
were read for the first time the best day was within three days of the day of publication in 7 of 7 cases, and that very
day in 1."""
_DATING: Final = frozenset({"metadata", "address", "dateline", "doubtful", "year", "bound", "known", "printed", "era"})
"""Kinds of evidence of which one at least must be there: the others say nothing of the year."""
_GIVEN: Final = {"metadata": "the date that came with the file says {}", "address": "the page's address says {}"}
_PRINTED: Final = {
    "published": "the page says of its publication",
    "updated": "the page says of its last change",
    "bare": "the page prints, with no word about it,",
    "caption": "a caption says",
}


def publish(reading: Reading, expressions: Sequence[TimeExpression], bounds: Sequence[DayBound] = ()) -> Dating:
    """The report's own day as EDTF, what it rests on, and a sentence for each piece of evidence.

    `bounds` come from the offices that people hold. What came with the report (`metadata_published`, the address) and
    what it states (dateline, date line) weigh most; evidence of the text against them can outvote them. Without any of
    these the day is inferred where the evidence leaves few days, else the month or year, else `value` is None and
    `because` names what stays possible.
    """
    found = [e for e in expressions if isinstance(e, Found)][:MOST]
    lines = date_lines(reading, found)
    pieces = _outside(reading) + _stated(lines) + _told(reading, found, lines)
    pieces += [e for b in bounds if (e := ev.bound(b.spans or ((b.start, b.end),), b.weight, b.between, b.because))]
    pieces += known_evidence(reading, found, _heard(reading, found))
    if not any(p.kind in _DATING or p.value for p in pieces):
        return _no_year(pieces)
    if not any(p.value for p in pieces) and _history(found):
        sentences = _sentences(pieces)
        return Dating(None, None, "the text tells of many years, and nothing says when it was published", sentences)
    posterior = _posterior([*pieces, ev.ordinary()])
    return _verdict(pieces, posterior)


def _heard(reading: Reading, found: Sequence[Found]) -> Heard:
    """Bare weekdays told as gone by, and dates without a year."""
    weekdays: list[tuple[int, int]] = []
    dates: list[tuple[int, int, int]] = []
    for e, m in _flat(found):
        if m.kind != "calendar" or m.mod or m.year:
            continue
        if m.month and m.day:
            dates.append((e.start, m.month, m.day))
        elif m.weekday and not (m.month or m.day or m.weeks) and tense(reading, e.start, e.end) in {"past", None}:
            weekdays.append((e.start, m.weekday))
    return Heard(tuple(weekdays), tuple(dates))


def _sentences(pieces: Sequence[Evidence]) -> tuple[str, ...]:
    """The sentence of each piece; of those that only say "not older than" the two that say most."""
    latest = sorted({p.since for p in pieces if p.since is not None})[-2:]
    return tuple(dict.fromkeys(p.because for p in pieces if p.because and (p.since is None or p.since in latest)))


def _no_year(pieces: list[Evidence]) -> Dating:
    sentences = _sentences(pieces)
    if any(p.kind in {"date", "weekday"} for p in pieces):
        return Dating(None, None, "no year is named, and nothing else in the report leaves a single one", sentences)
    return Dating(constraints=sentences)


def _history(found: Sequence[Found]) -> bool:
    """A text that tells of many years, such as an encyclopedia's: its dates say little about its own day."""
    years = [m.year for _, m in _flat(found) if m.kind == "calendar" and m.year and not m.bc]
    return len(years) >= 10 and len(set(years)) >= 5


# --- evidence ----------------------------------------------------------------------------------------------------


def _outside(reading: Reading) -> list[Evidence]:
    """The date that came with the file, and the page's address."""
    out: list[Evidence | None] = []
    metadata = reading.report.metadata_published
    if metadata and (m := re.match(r"\s*(\d{4}(?:-\d\d){0,2})", metadata)):
        out.append(ev.given(m[1], METADATA, "metadata", _GIVEN["metadata"].format(m[1])))
    address = from_address(reading.report.url)
    if address:
        out.append(ev.given(address, ADDRESS, "address", _GIVEN["address"].format(address)))
    if day := copied(reading.report.url):
        because = f"an archive took its copy of the page on {day}"
        out.append(ev.bound(((None, day),), -6.0, -6.0, because))
    seen = {metadata}
    for stamp in stamps(reading.report):
        if stamp.day not in seen:
            words = " ".join(stamp.text.split())[:80]
            seen.add(stamp.day)
            out.append(ev.printed(stamp.day, stamp.kind, f"{_PRINTED[stamp.kind]} {words!r}"))
    return [e for e in out if e is not None]


_AMERICAN: Final = re.compile(r"\b[AP]\.?M\b")
"""The clock of twelve hours in capitals goes with the month first: "03-05-2021, 02:40 PM"."""


def _stated(lines: Sequence[Line]) -> list[Evidence]:
    out: list[Evidence | None] = []
    seen: set[str] = set()
    for line in lines:
        m = line.found.meaning
        key = f"{m.year}-{m.month}-{m.day}"
        if key in seen or m.month is None or m.day is None:
            continue
        seen.add(key)
        word = {
            "dateline": "the dateline",
            "labelled": "a labelled date line",
            "line": "a date line",
            "updated": "a line of updates",
            "closing": "the closing line",
        }
        because = f"{word[line.kind]} says {line.found.text!r}"
        value = full(m) if m.year is not None else None
        other = full(m.with_(month=m.day, day=m.month)) if value and m.swapped else None
        if value and other:
            out.append(
                ev.doubtful(value, other, 0.25 if _AMERICAN.search(line.found.text) else 0.5, line.trust, because)
            )
        elif value:
            kind = "closing" if line.kind in {"closing", "updated"} else "dateline"
            out.append(ev.given(value, line.trust, kind, because))
        elif m.year is None:
            out.append(ev.stated_day(m.month, m.day, line.trust, because))
        if m.weekday:
            out.append(ev.weekday_pair(m, line.found.text))
    return [e for e in out if e is not None]


def _flat(found: Sequence[Found]) -> list[tuple[Found, Meaning]]:
    out: list[tuple[Found, Meaning]] = []
    for e in found:
        m = e.meaning
        if m.kind == "range" and m.first and m.last:
            first = m.first.with_(year=m.last.year) if m.first.year is None and m.first.month else m.first
            out += [(e, first), (e, m.last)]
        else:
            out.append((e, m))
    return out


def _told(reading: Reading, found: Sequence[Found], lines: Sequence[Line]) -> list[Evidence]:
    """Dates, months, years and weekdays that the report tells of, and words that relate them to its own day."""
    out: list[Evidence | None] = []
    skip = {id(line.found) for line in lines}
    filed = any(line.kind == "dateline" for line in lines)
    seen: set[tuple[object, ...]] = set()
    told: list[ToldDate] = []
    years: list[ToldYear] = []
    body = [
        (e, m)
        for e, m in _flat(found)
        if id(e) not in skip and m.kind in {"calendar", "offset", "duration"} and not m.bc
    ]
    body = _with_months(body)
    weekdays = 0
    for e, m in body:
        if m.kind != "calendar" or m.mod or m.weeks is not None or m.months is not None or m.years:
            continue
        how = tense(reading, e.start, e.end)
        early = _early(reading, e.start)
        key = (m.year, m.month, m.day, m.weekday if not m.month else None, m.decade, how if not m.day else None)
        if key in seen:
            continue
        seen.add(key)
        if m.year and m.month:
            years.append(ToldYear(m.year, m.year, how, e.text, side=False))
        if m.month and m.day:
            told.append(ToldDate(m, how, e.text, early))
            out.append(ev.weekday_pair(m, e.text))
            if e.text[:5].lower() == "this ":
                out.append(ev.this_week(m))
        elif m.month and not m.season:
            sure = planned(reading, e.start, e.end)
            out.append(ev.month_told(m, how, 0.8 if early or sure else 0.4, e.text, sure))
        elif m.year and (m.part or m.season or m.quarter or m.half):
            sure = planned(reading, e.start, e.end)
            out.append(ev.month_told(m.with_(month=_middle(m)), how, 0.8 if sure else 0.5, e.text, sure))
        elif m.year or m.decade:
            first = m.year or int(f"{m.decade}0")
            years.append(ToldYear(first, m.year or first + 9, how, e.text))
        elif m.weekday and m.day:
            out.append(ev.weekday_of_month(m, e.text))
        elif m.weekday:
            weekdays += 1
            if weekdays <= 4:
                out.append(
                    ev.weekday_told(m.weekday, how, (0.9 if early else 0.4) / (1 + 0.3 * weekdays), e.text, filed)
                )
    out += ev.dates_told(told) + ev.years_told(years)
    out += _relations(reading, body)
    return [e for e in out if e is not None]


def _middle(m: Meaning) -> int:
    """The month in the middle of a part of a year."""
    if m.quarter or m.half:
        return 3 * m.quarter - 1 if m.quarter else 6 * (m.half or 1) - 3
    if m.season:
        return {21: 4, 22: 7, 23: 10, 24: 1}[m.season]
    return {"early": 2, "mid": 7, "late": 11}.get(m.part or "", 7)


def _with_months(body: list[tuple[Found, Meaning]]) -> list[tuple[Found, Meaning]]:
    """ "the 13th" takes the month of the date before it."""
    out: list[tuple[Found, Meaning]] = []
    month: int | None = None
    for e, m in body:
        if m.kind == "calendar" and m.month:
            month = m.month
        elif m.kind == "calendar" and m.day and month and m.months is None:
            m = m.with_(month=month)
        out.append((e, m))
    return out


def _early(reading: Reading, offset: int) -> bool:
    """Does the expression stand in the title or in the first sentences of the body?"""
    sentence = reading.sentence_at(offset)
    return sentence is not None and sentence.index <= 4


_UNTIL: Final = re.compile(r"[^\w\n]{1,3}(?:until|till|by|to)[^\S\n](?:the[^\S\n])?")
_IN_DAYS: Final = {"day": 1, "week": 7, "month": 30}


def _relations(reading: Reading, body: Sequence[tuple[Found, Meaning]]) -> list[Evidence | None]:
    out: list[Evidence | None] = []
    coming: list[tuple[int | None, int, int | None]] = []
    gone: list[tuple[int | None, int, int | None]] = []
    for e, m in body:
        if m.kind == "calendar" and m.month and not m.mod:
            how: Tense | None = tense(reading, e.start, e.end)
            (coming if how == "future" else gone).append((m.year, m.month, m.day))
    for (a, one), (b, other) in pairwise(body):
        counted = one.kind == "duration" and one.n and one.unit in _IN_DAYS
        if counted and other.kind == "calendar" and other.day and _UNTIL.fullmatch(reading.text, a.end, b.start):
            assert one.n is not None
            assert one.unit is not None
            days = round(one.n * _IN_DAYS[one.unit])
            out.append(ev.deadline(other, days, f"{a.text} until {b.text}"))
    seen: set[tuple[str | None, float | None]] = set()
    for e, m in body:
        if m.kind != "offset" or m.anchor != "publication" or m.ref or (m.unit, m.n) in seen:
            continue
        if reading.quoted(e.start, e.end):
            continue
        seen.add((m.unit, m.n))
        if m.unit == "month" and m.n in {-1, 1}:
            near = coming if m.n > 0 else gone
            out.append(ev.relative([(y, k) for y, k, _ in near], int(m.n), e.text))
        elif m.unit == "year" and m.n == 1:
            out.append(ev.relative_year([(y, k, d or 1) for y, k, d in coming], 1, e.text))
    return out


# --- verdict -----------------------------------------------------------------------------------------------------


def _posterior(pieces: Sequence[Evidence]) -> Floats:
    total = np.zeros(len(table().ordinal))
    for p in pieces:
        total += p.scores
    total -= total.max()
    weights = np.exp(total)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _date(index: int) -> dt.date:
    return FIRST + dt.timedelta(int(index))


def _verdict(pieces: Sequence[Evidence], p: Floats) -> Dating:
    sentences = _sentences(pieces)
    best = int(p.argmax())
    day = _date(best)
    around = float(p[max(0, best - 4) : best + 5].sum())
    for e in pieces:
        if e.kind in {"metadata", "address", "dateline", "page"} and e.value and p[best] >= 0.3:
            basis = _agrees(e, day)
            if basis and (basis != "inferred" or p[best] >= 0.6):  # a dateline's year must be settled too
                outvoted = _outvoted(pieces, day)
                return Dating(day.isoformat(), basis, e.because + outvoted, sentences)
    season = float(p[max(0, best - 180) : best + 181].sum())  # not the calendar year: New Year may lie between
    if around >= ENOUGH and season >= 0.6:
        if other := _other(p, best, around):
            both = " and ".join(sorted((day.isoformat(), other.isoformat())))
            return Dating(None, None, f"both {both} stay possible (most likely {day.isoformat()})", sentences)
        low, high = _span(p, best)
        if low == high or p[best] >= SETTLED:
            return Dating(day.isoformat(), "inferred", f"the evidence leaves {day.isoformat()}", sentences)
        because = f"the evidence leaves {interval(low, high)}, most likely {day.isoformat()}"
        return Dating(f"{day.isoformat()}~", "inferred", because, sentences)
    return _coarser(pieces, p, sentences)


def _other(p: Floats, best: int, around: float) -> dt.date | None:
    """A second day, more than a month away, that is nearly as likely as the best one."""
    rest = p.copy()
    rest[max(0, best - 30) : best + 31] = 0.0
    other = int(rest.argmax())
    near = float(rest[max(0, other - 4) : other + 5].sum())
    return _date(other) if near >= 0.6 * around and near + around >= 0.75 else None


def _agrees(e: Evidence, day: dt.date) -> DateBasis | None:
    """The basis, if this piece of evidence names that very day."""
    if e.value == day.isoformat():
        return "stated" if e.kind == "dateline" else "metadata"
    if e.value and e.value.startswith("XXXX") and e.value[5:] == day.isoformat()[5:]:
        return "inferred"
    return None


def _outvoted(pieces: Sequence[Evidence], day: dt.date) -> str:
    """What came with the report but speaks of another time."""
    for e in pieces:
        b = bounds_of(e.value) if e.kind in {"metadata", "address"} else None
        if b and not b[0] - dt.timedelta(2) <= day <= b[1] + dt.timedelta(2):
            return f"; {e.because}, which the text contradicts"
    return ""


def _span(p: Floats, best: int, mass: float = 0.9) -> tuple[dt.date, dt.date]:
    """The shortest run of days around the best one that holds most of what lies near it."""
    low = high = best
    window = float(p[max(0, best - 15) : best + 16].sum())
    held = float(p[best])
    while held < mass * window and high - low < 30:
        left = float(p[low - 1]) if low > 0 else 0.0
        right = float(p[high + 1]) if high + 1 < len(p) else 0.0
        if left > right:
            low, held = low - 1, held + left
        else:
            high, held = high + 1, held + right
    return _date(low), _date(high)


_SHARE: Final = 0.8
_LONGEST: Final = 130
"""The share of all likelihood that an interval must hold to be given, and the days that it may last."""


def _stretch(p: Floats) -> str | None:
    """The shortest run of days that holds most of all likelihood, as days or, if it is long, as months; else None."""
    below = np.concatenate(([0.0], np.cumsum(p)))
    ends = np.searchsorted(below, below[:-1] + _SHARE)
    lengths = np.where(ends < len(below), ends - np.arange(len(p)), len(p))
    low = int(lengths.argmin())
    if lengths[low] > _LONGEST:
        return None
    first, last = _date(low), _date(int(ends[low]) - 1)
    if lengths[low] <= 31:
        return interval(first, last)
    return f"{first.isoformat()[:7]}/{last.isoformat()[:7]}"


def _coarser(pieces: Sequence[Evidence], p: Floats, sentences: tuple[str, ...]) -> Dating:
    t = table()
    by_month = np.bincount(t.month - FIRST.year * 12, weights=p)
    years = t.year
    by_year = np.bincount(years - FIRST.year, weights=p)
    for e in pieces:
        if e.kind in {"metadata", "address"} and e.value and len(e.value) < 10:
            b = bounds_of(e.value)
            if b and float(p[(b[0] - FIRST).days : (b[1] - FIRST).days + 1].sum()) >= 0.6:
                return Dating(e.value, "metadata", e.because, sentences)
    top = int(by_month.argmax())
    if by_month[top] >= 0.6:
        value = f"{FIRST.year + top // 12:04d}-{top % 12 + 1:02d}"
        return Dating(value, "inferred", f"the evidence leaves {value}, no single day", sentences)
    if run := _stretch(p):
        return Dating(run, "inferred", f"the evidence leaves {run}, no single day", sentences)
    order = np.argsort(-by_year, kind="stable")
    first, second = int(order[0]) + FIRST.year, int(order[1]) + FIRST.year
    if by_year[order[0]] >= 0.75:
        return Dating(f"{first:04d}", "inferred", f"the evidence leaves the year {first}, no single month", sentences)
    if by_year[order[0]] + by_year[order[1]] >= 0.6:
        low, high = sorted((first, second))
        best = _date(int(p.argmax())).isoformat()
        return Dating(None, None, f"both {low} and {high} stay possible (most likely {best})", sentences)
    return Dating(None, None, "the evidence leaves several years open", sentences)
