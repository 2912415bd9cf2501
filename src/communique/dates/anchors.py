"""Whose date: what later expressions count from. The report's day, a date told before, a quotation's own day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from communique.dates.edtf import bounds, precision
from communique.dates.meaning import Found, Meaning
from communique.records import DateBasis, TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["Anchor", "Settled", "asides_of", "in_force", "narrate", "said_on", "years_of"]


class Anchor(msgspec.Struct):
    """What later expressions may count from."""

    day: dt.date | None = None
    narrated: str | None = None
    narrated_text: str = ""
    narrated_day: str | None = None
    narrated_day_text: str = ""
    years: tuple[int, ...] = ()
    """The years that the text names, for dates whose year nothing settles."""


class Settled(msgspec.Struct, frozen=True):
    """A value with what it rests on."""

    value: str | None
    basis: DateBasis | None
    because: str
    candidates: tuple[str, ...] = ()


def narrate(anchor: Anchor, found: Found, settled: Settled) -> None:
    """Remember a date as the one told last."""
    if settled.value and settled.value.startswith("XXXX-") and "/" not in settled.value:
        if anchor.narrated is None or anchor.narrated.startswith("XXXX"):
            anchor.narrated, anchor.narrated_text = settled.value, found.text
        return
    if found.type in {"date", "time"} and settled.value and (size := precision(settled.value)) and size <= 366:
        if anchor.narrated and size > 31 and anchor.day is None and (old := bounds(anchor.narrated)):
            new = bounds(settled.value)
            if new and new[0] <= old[0] <= new[1]:
                return  # "1943" after "6 June 1943" names the same time more coarsely
        anchor.narrated, anchor.narrated_text = settled.value, found.text
        if size == 1:
            anchor.narrated_day, anchor.narrated_day_text = settled.value, found.text


FAR: Final = 15
"""Years. A year further than this from the one before is one named in passing unless the next ones stay with it."""


def asides_of(expressions: Sequence[TimeExpression]) -> frozenset[int]:
    """Where a text that tells a story names another time in passing: a year unlike those before and behind it.

    Later dates without a year do not count from it.
    """
    years = [(e.start, m.year) for e in expressions if isinstance(e, Found) for m in [_last(e.meaning)] if m.year]
    out: set[int] = set()
    before: int | None = None
    for i, (start, year) in enumerate(years):
        after = years[i + 1][1] if i + 1 < len(years) else None
        if before is not None and abs(year - before) > 1:
            rest = [y for _, y in years[i + 1 : i + 4]]
            if abs(year - before) > FAR and sum(abs(y - year) <= 2 for y in rest) < 2:
                out.add(start)
                continue
            if after is not None and abs(after - before) <= 1 and abs(year - after) > 1:
                out.add(start)
                continue
            if (
                len(rest) >= 2
                and sum(abs(y - before) <= 2 for y in rest) >= 2
                and sum(abs(y - year) <= 1 for y in rest) == 0
            ):
                out.add(start)
                continue
        before = year
    return frozenset(out)


def years_of(expressions: Sequence[TimeExpression]) -> tuple[int, ...]:
    """The years from 1945 to 2045 that the expressions name, in order."""
    found = {y for e in expressions if isinstance(e, Found) for m in (e.meaning, _last(e.meaning)) if (y := m.year)}
    return tuple(sorted(y for y in found if 1945 <= y <= 2045))


def _last(m: Meaning) -> Meaning:
    return m.last if m.kind == "range" and m.last else m


def said_on(
    reading: Reading,
    found: Found,
    anchor: Anchor,
    before: Sequence[tuple[Found, Settled, str | None]],
    behind: dt.date | None = None,
) -> Anchor:
    """The anchor for "today" in a quotation: the day on which the words were said.

    That is a day told in the same sentence outside the quotation (`behind` where it stands behind it), else the day
    that the report's first sentences tell of (the first that tells a time and four more), if it lies within three days
    before the report's own day.
    """
    m = found.meaning
    if anchor.day is None or m.kind != "offset" or m.unit != "day" or m.anchor != "publication" or m.ref:
        return anchor
    if not reading.quoted(found.start, found.end):
        return anchor
    sentence = reading.sentence_at(found.start)
    opening = reading.sentence_at(before[0][0].start) if before else None
    last = opening.index + 4 if opening is not None else 0
    told = behind if behind is not None and 0 <= (anchor.day - behind).days <= 3 else None
    for other, settled, _ in reversed(before if told is None else ()):
        day = bounds(settled.value)
        if (
            other.type not in {"date", "time"}
            or day is None
            or day[0] != day[1]
            or reading.quoted(other.start, other.end)
        ):
            continue
        if not 0 <= (anchor.day - day[0]).days <= 3 or other.meaning.kind != "calendar" or other.meaning.month:
            continue
        place = reading.sentence_at(other.start)
        if place is sentence:
            told = day[0]
            break
        if place is not None and place.index <= last:
            told = day[0]
    return anchor if told is None or told == anchor.day else msgspec.structs.replace(anchor, day=told)


_LINKS: Final = re.compile(
    r"[^\S\n]?[,;:(–—-]?[^\S\n]?(?:(?:and|or|then|first|again|once|twice|both|in|on|by|during|early|late|mid|"
    r"from|to|the|later|finally)[^\S\n-]+)*"
)
_OTHER_CLAUSE: Final = re.compile(r"\b(?:that|who|which|whose|said|says|told|but|while|will|would)\b|[;:“”\"]")
_OPENS: Final = re.compile(r"\W*(?:(?:Back|Early|Late|Later|Earlier)[^\S\n])?[Ii]n[^\S\n](?:the[^\S\n]year[^\S\n])?")
_YEAR: Final = re.compile(r"\d{4}")


def in_force(
    reading: Reading, found: Found, before: Sequence[tuple[Found, Settled, str | None]]
) -> tuple[dict[str, int], str] | None:
    """The year or week that its own sentence gives a date without one (fields of its meaning), and the words for it.

    "In 2018 they met, first in April and then on 27 May", "next week, on Tuesday": a year or week at the head of the
    sentence, or with nothing but small words between it and the date. "The 2015 deal was praised on 3 May" is neither.
    """
    m = found.meaning
    if m.kind != "calendar" or m.year or m.mod or m.years or m.weeks is not None or not before:
        return None
    other, settled, _ = before[-1]
    sentence = reading.sentence_at(found.start)
    if settled.value is None or sentence is None or other.start < sentence.start:
        return None
    between = reading.text[other.end : found.start]
    linked = bool(_LINKS.fullmatch(between))
    lead = reading.text[sentence.start : other.start]
    first = not lead.strip() if other.meaning.kind == "offset" else len(lead) < 24 and bool(_OPENS.fullmatch(lead))
    opens = first and not _OTHER_CLAUSE.search(between)
    if m.weekday and not m.day and not m.month:
        o = other.meaning
        if linked and o.weeks is not None and settled.because.startswith(_GIVEN):
            return {"weeks": o.weeks}, settled.because[len(_GIVEN) :].strip("'\"")
        week = o.kind == "offset" and o.unit == "week" and o.anchor == "publication" and not o.ref and o.n in {-1, 0, 1}
        return ({"weeks": int(o.n or 0)}, other.text) if week and (linked or opens) else None
    span = bounds(settled.value)
    if span is None or span[0].year != span[1].year or not m.month or m.weekday:
        return None
    if _YEAR.fullmatch(settled.value) is None or other.meaning.part:
        told = linked and settled.because.startswith(_GIVEN) and other.meaning.kind == "calendar"
        return ({"year": span[0].year}, settled.because[len(_GIVEN) :].strip("'\"")) if told else None
    adverb = other.meaning.kind == "offset" or re.search(r"\b[Ii]n[^\S\n]$", lead) is not None
    return ({"year": span[0].year}, other.text) if opens or (linked and adverb) else None


_GIVEN: Final = "its sentence gives the year or week: "
