"""Fields that one encounter of a report lends to another: visit and meeting, gathering and meeting on its margins.

A visitor who meets the hosts does so on the visit; a meeting on the margins of a gathering is where and when the
gathering is. The dateline's city is where the host's own meeting was, if nothing else is said. Every loan is a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from communique import dates
from communique.records import Dating, Encounter

if TYPE_CHECKING:
    from communique.actors import Cast
    from communique.language.reading import Reading

__all__ = ["dateline", "fill"]

_FACE_TO_FACE: Final = frozenset({"meeting", "talks", "summit"})
_DATELINE: Final = re.compile(r"[A-Z][A-Z .,'’/()-]{2,60}")


def fill(reading: Reading, cast: Cast, published: Dating, records: Sequence[Encounter]) -> list[Encounter]:
    """The records with what they lend each other."""
    filled = list(records)
    for i, record in enumerate(filled):
        for other in filled:
            if other is not record:
                filled[i] = record = _lend(record, other)
    city = dateline(reading, cast)
    if city is not None:
        filled = [_at_dateline(r, city, reading, published) for r in filled]
    return filled


def _lend(record: Encounter, other: Encounter) -> Encounter:
    """What `other` lends to `record`."""
    if record.kind in _FACE_TO_FACE and record.part_of and other.forum == record.part_of and _same_time(record, other):
        return _take(record, other, "it is where the gathering is", day=True)
    if (
        {record.kind, other.kind} & {"visit"}
        and {record.kind, other.kind} & _FACE_TO_FACE
        and _same_time(record, other)
    ):
        visit, meeting = (record, other) if record.kind == "visit" else (other, record)
        visitors = {p.name for p in visit.participants}
        there = {p.name for p in meeting.participants}
        hosts = {p.represents for p in meeting.participants if p.name not in visitors}
        if visitors & there and visit.country in hosts and meeting.country in {None, visit.country}:
            day = record.kind == "visit" or (record.status == other.status and _one_day(other.date))
            return _take(record, other, "visit and meeting are one journey", day=day)
    return record


def _same_time(a: Encounter, b: Encounter) -> bool:
    to_come = {"proposed", "scheduled"}
    if (a.status in to_come) != (b.status in to_come):
        return False
    x, y = dates.days(a.date) if a.date else None, dates.days(b.date) if b.date else None
    return x is None or y is None or not (x[1] < y[0] or y[1] < x[0])


def _one_day(value: str | None) -> bool:
    span = dates.days(value) if value else None
    return span is not None and span[0] == span[1]


def _take(record: Encounter, other: Encounter, why: str, *, day: bool) -> Encounter:
    given: dict[str, Any] = {}
    if record.place is None and other.place and record.country in {None, other.country}:
        given |= {"place": other.place, "country": other.country}
    elif record.country is None and other.country:
        given |= {"country": other.country}
    if day and record.date is None and other.date:
        given |= {"date": other.date, "date_basis": "inferred", "date_because": why}
    if not given:
        return record
    return msgspec.structs.replace(record, **given, because=(*record.because, f"{', '.join(given)}: {why}"))


def dateline(reading: Reading, cast: Cast) -> tuple[str, str | None] | None:
    """The city that opens the article in capitals, before a dash, bracket or date."""
    for sentence in reading.sentences[:6]:
        match = _DATELINE.match(sentence.text)
        if match is None or sentence.is_title:
            continue
        places = cast.places_in(sentence.start, sentence.start + match.end() + 1)
        if (
            places
            and places[0].start - sentence.start <= 2
            and sentence.text[: places[0].end - sentence.start].isupper()
        ):
            return places[0].name, places[0].country
    return None


def _at_dateline(record: Encounter, city: tuple[str, str | None], reading: Reading, published: Dating) -> Encounter:
    """A fresh meeting of the dateline's country with others, told at the top without a place, was there."""
    name, country = city
    early = reading.sentences[min(5, len(reading.sentences) - 1)].end
    if record.kind not in _FACE_TO_FACE or record.status not in {"held", "ongoing"} or record.place:
        return record
    if country not in record.sides or record.country not in {None, country} or record.evidence[0].start > early:
        return record
    day, own = (
        dates.days(published.value) if published.value else None,
        dates.days(record.date) if record.date else None,
    )
    if day and own and own[1] < day[0] and _gap(own[1], day[0]) > 2:
        return record
    return msgspec.structs.replace(
        record,
        place=name,
        country=country,
        because=(*record.because, "place: the report's dateline, and one side is at home"),
    )


def _gap(first: str, second: str) -> int:
    from datetime import date

    return (date.fromisoformat(second) - date.fromisoformat(first)).days
