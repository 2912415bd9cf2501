"""The report's own day: from what came with it, what it states, and otherwise by weighing all evidence over days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.cleaning import stamps
from communique.dates import evidence as ev
from communique.dates.address import copied, from_address
from communique.dates.evidence import Evidence, ToldDate, ToldYear
from communique.dates.gathered import Heard
from communique.dates.known import famous, known_evidence
from communique.dates.lines import Line, date_lines
from communique.dates.meaning import Found, Meaning, full
from communique.dates.tense import Tense, planned, tense
from communique.dates.verdict import posterior, sentences_of, verdict
from communique.records import Dating, TimeExpression

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
_DATING: Final = frozenset(
    {"metadata", "address", "dateline", "doubtful", "year", "bound", "known", "printed", "era", "feast"}
)
"""Kinds of evidence of which one at least must be there: the others say nothing of the year."""
_GIVEN: Final = {"metadata": "the date that came with the file says {}", "address": "the page's address says {}"}
_PRINTED: Final = {
    "published": "the page says of its publication",
    "updated": "the page says of its last change",
    "plain": "the page prints, with no word about it,",
    "bare": "the page prints at its head, as if of today,",
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
    pieces = _outside(reading) + _stated(lines) + _told(reading, found, lines) + _of_the_page(reading)
    pieces += [e for b in bounds if (e := ev.bound(b.spans or ((b.start, b.end),), b.weight, b.between, b.because))]
    pieces += known_evidence(reading, found, _heard(reading, found))
    if not any(p.kind in _DATING or p.value for p in pieces):
        return _no_year(pieces)
    if not any(p.value for p in pieces) and _history(found):
        sentences = sentences_of(pieces)
        return Dating(None, None, "the text tells of many years, and nothing says when it was published", sentences)
    return verdict(pieces, posterior([*pieces, ev.ordinary()]))


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
    return Heard(tuple(weekdays), tuple(dates), lambda at: tense(reading, at, at + 1))


def _no_year(pieces: list[Evidence]) -> Dating:
    sentences = sentences_of(pieces)
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


_JUCHE: Final = re.compile(r"\bJuche[ -](1[0-4]\d|[5-9]\d)\b", re.IGNORECASE)
"""The years of North Korea's agency, counted from 1912; the calendar was taken up in 1997, so from 86 on."""
_RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)[^\n\d]{0,40}?(?:(?:19|20)\d\d ?[-–] ?)?((?:19[89]|20[0-4])\d)\b", re.IGNORECASE
)


def _of_the_page(reading: Reading) -> list[Evidence]:
    """Years that stand around the text: of another calendar, or in a notice of copyright."""
    out: list[Evidence | None] = []
    text = reading.text
    if "uche" in text and (found := _JUCHE.search(text)):
        year = 1911 + int(found[1])
        because = f"{found[0]!r} is the year {year} of the calendar of North Korea"
        span = ((f"{year}-01-01", f"{year + 1}-01-10"),)
        out.append(ev.bound(span, -5.0, -5.0, because, kind="era"))
    notices = [text[-600:], *(f.text for f in reading.report.furniture if len(f.text) < 600)]
    years = [int(m[1]) for notice in notices for m in _RIGHTS.finditer(notice)]
    if years:
        year = max(years)
        because = f"a notice of copyright names {year}: the page is hardly older, and its text not younger"
        out.append(ev.rights(year, because))
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
            near = early and (m.year, m.month, m.day) not in famous()
            told.append(ToldDate(m, how, e.text, near, near and _early(reading, e.start, 2)))
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


def _early(reading: Reading, offset: int, most: int = 4) -> bool:
    """Does the expression stand in the title or in the first sentences of the body?"""
    sentence = reading.sentence_at(offset)
    return sentence is not None and sentence.index <= most


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
