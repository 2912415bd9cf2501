"""From what the words say to the days they mean, given the report's own day and the dates told before.

Expressions are taken in the order of the text; each is settled (settle.py, yearless.py) from the anchor in force at
its place (anchors.py) and the tense of its clause. Never the clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from communique.dates.anchors import Anchor, Settled, asides_of, in_force, narrate, said_on, years_of
from communique.dates.edtf import bounds
from communique.dates.meaning import Found, Meaning
from communique.dates.scan import scan
from communique.dates.settle import settle
from communique.dates.tense import tense, was_planned
from communique.dates.timex import timex
from communique.records import Dating, TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["resolve", "settle_values"]

_DAY: Final = dt.timedelta(1)


def resolve(reading: Reading, expressions: Sequence[TimeExpression], published: Dating) -> tuple[TimeExpression, ...]:
    """The expressions with their EDTF and TIMEX3 values, basis and reason.

    `published` is the report's own day (`Dating.value` None: unknown). An expression that cannot be worked out keeps
    the value that its words give and says why.
    """
    ahead = [_ahead(reading, e) for e in expressions]
    out: list[TimeExpression] = []
    for e, s, t in settle_values(reading, ahead, published):
        found = msgspec.structs.replace(
            plain(e), value=s.value, basis=s.basis, because=s.because, timex=t, candidates=s.candidates
        )
        run = _run(reading.text, out[-1], found) if out else None
        if run:
            out[-1] = run
        else:
            out.append(found)
    return tuple(out)


_NEXT: Final = re.compile(r"(?:the |that )?(?:next|following|same|day|previous|last|to|yester)", re.I)
_AND: Final = re.compile(r"[^\S\n]*(?:,|and|&|/|, and)[^\S\n]*(?:on[^\S\n])?(?:the[^\S\n])?")


def _run(text: str, a: TimeExpression, b: TimeExpression) -> TimeExpression | None:
    """ "on 14 and 15 June": two days on end told as one time are an interval; "10 and 12 January" stay two."""
    if a.type != "date" or b.type != "date" or not 0 < b.start - a.end <= 12 or a.basis != b.basis:
        return None
    if _NEXT.match(b.text):
        return None  # "on June 3, the next day": counted from the first, not told with it
    if not _AND.fullmatch(text, a.end, b.start) or not a.value or not b.value:
        return None
    open_year = a.value.startswith("XXXX-") and b.value.startswith("XXXX-")
    first, last = (bounds(v.replace("XXXX", "2023") if open_year else v) for v in (a.value, b.value))
    if not first or not last or last[0] != last[1] or first[1] + _DAY != last[0] or (first[1] - first[0]).days > 5:
        return None
    if open_year and len(a.value) < 10:
        return None
    value = f"{a.value.partition('/')[0]}/{b.value}"
    return msgspec.structs.replace(a, end=b.end, text=text[a.start : b.end], value=value, timex=None)


_IN: Final = re.compile(r"\b[Ii]n[^\S\n]+$")


def _ahead(reading: Reading, e: TimeExpression) -> TimeExpression:
    """ "will be held in two weeks" names a time to come: a duration in corpora, a date in the record."""
    if not isinstance(e, Found) or e.meaning.kind != "duration" or e.meaning.n is None:
        return e
    if e.meaning.unit not in {"day", "week", "fortnight", "month"} or e.text[:4].lower() == "the ":
        return e
    if not _IN.search(reading.text, max(0, e.start - 5), e.start):
        return e
    if tense(reading, e.start, e.end, timetable=True) not in {"future", "present"}:
        return e
    meaning = Meaning(kind="offset", n=e.meaning.n, unit=e.meaning.unit, near=e.meaning.near, ref="FUTURE_REF")
    return msgspec.structs.replace(e, type="date", value=None, basis=None, meaning=meaning)


def plain(e: TimeExpression) -> TimeExpression:
    """The record without the meaning that this room keeps beside it."""
    return TimeExpression(
        e.start, e.end, e.text, e.type, e.value, e.timex, e.basis, e.because, e.candidates, e.approximate
    )


def settle_values(
    reading: Reading, expressions: Sequence[TimeExpression], published: Dating
) -> list[tuple[Found, Settled, str | None]]:
    """Each expression with its value and TIMEX3."""
    own = bounds(published.value)
    asides = asides_of(expressions) if own is None else frozenset()
    anchor = Anchor(day=own[1] if own and (own[1] - own[0]).days <= 3 else None, years=years_of(expressions))
    out: list[tuple[Found, Settled, str | None]] = []
    for at, expression in enumerate(expressions):
        found = expression if isinstance(expression, Found) else _again(expression)
        how = tense(reading, found.start, found.end, timetable=True) if _needs_tense(found.meaning) else None
        here = said_on(reading, found, anchor, out, _said_behind(reading, found, expressions[at + 1 : at + 4], anchor))
        if how == "future" and _told_as_past(found, out, anchor.day) and was_planned(reading, found.start):
            how = "past"  # "began arriving Friday ... were scheduled to meet on Friday"
        given = in_force(reading, found, out)
        if given and (how != "future" or "weeks" in given[0]):
            found = msgspec.structs.replace(found, meaning=found.meaning.with_(**given[0]))
            settled = settle(found.meaning, here, own, how, found.text)
            if settled.value:
                settled = Settled(settled.value, "resolved", f"its sentence gives the year or week: {given[1]!r}")
        else:
            settled = settle(found.meaning, here, own, how, found.text)
        if here is not anchor and settled.basis:
            settled = msgspec.structs.replace(settled, because=f"said on {here.day}, the day of the quotation")
        if settled.basis == "resolved" and published.basis == "inferred":
            settled = msgspec.structs.replace(settled, basis="inferred")
        out.append((found, settled, timex(found.meaning, settled.value, anchor.day)))
        if found.start not in asides:
            narrate(anchor, found, settled)
    return out


def _said_behind(reading: Reading, found: Found, after: Sequence[TimeExpression], anchor: Anchor) -> dt.date | None:
    """ "“We leave tomorrow,” she said on Tuesday": the weekday that its sentence tells behind a quotation."""
    if found.meaning.unit != "day" or found.meaning.kind != "offset" or not reading.quoted(found.start, found.end):
        return None
    sentence = reading.sentence_at(found.start)
    for other in after:
        if sentence is None or not isinstance(other, Found) or other.end > sentence.end:
            return None
        m = other.meaning
        if m.kind == "calendar" and m.weekday and not m.month and not reading.quoted(other.start, other.end):
            between = reading.text[found.end : other.start]
            day = bounds(settle(m, anchor, None, "past", other.text).value) if _SAID.search(between) else None
            return day[0] if day else None
    return None


_SAID: Final = re.compile(r"[”\"’'][^”\"]*\b(?:said|told|says|added|stated|wrote|announced|noted|tweeted|remarked)\b")


def _told_as_past(found: Found, before: Sequence[tuple[Found, Settled, str | None]], day: dt.date | None) -> bool:
    """Was the same bare weekday told before, as one that lies behind?"""
    m = found.meaning
    if m.kind != "calendar" or not m.weekday or m.day or m.mod or m.weeks is not None or day is None:
        return False
    same = [s.value for f, s, _ in before[-60:] if f.meaning.weekday == m.weekday and f.meaning.day is None and s.value]
    return any(v[:10] <= day.isoformat() for v in same)


def _again(e: TimeExpression) -> Found:
    """An expression that came back without its meaning is read again from its own words."""
    for found in scan(e.text):
        if found.end - found.start >= 0.6 * len(e.text):
            return msgspec.structs.replace(found, start=e.start, end=e.end, text=e.text)
    return Found(e.start, e.end, e.text, e.type, e.value, meaning=Meaning(kind="ref"))


def _needs_tense(m: Meaning) -> bool:
    return (m.kind in {"calendar", "range"} and (m.year is None)) or (m.kind == "offset" and m.unit == "weekend")
