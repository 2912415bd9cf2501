"""Fields that one encounter of a report lends to another: visit and meeting, gathering and meeting on its margins.

A visitor who meets the hosts does so on the visit; a meeting on the margins of a gathering is where and when the
gathering is. The dateline's city is where the host's own meeting was, if nothing else is said. Who receives is at home.
A letter handed over by those who met goes with the meeting. Every loan is a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from communique import dates
from communique.actors.folding import fold
from communique.encounters.stretches import length_of, stretch
from communique.records import Dating, Encounter

if TYPE_CHECKING:
    from communique.actors import Cast
    from communique.language.reading import Reading

__all__ = ["dateline", "fill"]

_FACE_TO_FACE: Final = frozenset({"meeting", "talks", "summit"})
_ARRIVED: Final = re.compile(r"\b(?:arriv(?:ed|es|ing)|landed|flew|travell?ed) (?:in|to|at)\b", re.I)
_FOR_TALKS: Final = re.compile(
    r"[^.;]{0,40}\bfor [^.;,]{0,40}\b(?:talks|meetings?|negotiations|summit|discussions)\b", re.I
)
_BODY: Final = re.compile(
    r"\b(?:meeting|session|rounds?|talks|edition|summit) (?:of [^,.;]{3,70} within|of|within|during|in) (?:the )?"
    r"(?P<name>(?:[A-Z][\w.’'-]* |(?:of|for|on|and|the) (?=(?:[\w’'-]+ ){0,3}[A-Z])){1,7}"
    r"(?:Council|Commission|Committee|Mechanism|Dialogue|Consultations?|Forum|Platform|Format|Assembly|Conference))\b"
    r"(?! (?:President|Chair|Secretary|member|Vice|Head|Speaker))"
)
"""A body or format by its name: capitals, ended by a word for such bodies."""
_HERE: Final = re.compile(
    r"\b(?:met|meets?|meeting|talks|summit|session|arriv\w+|held|gathered|negotiations|visit)\b[^.;]{0,60}"
    r"\b(?:here|in the capital)\b",
    re.I,
)
"""Words that point at the dateline's city."""
_POSTED: Final = re.compile(r"ambassador|envoy|consul|chargé|permanent representative|high commissioner|mission", re.I)
_ABROAD: Final = re.compile(r"\b(?:sidelines?|margins?)\b", re.I)
"""Hosts who are not at home."""
_NEAR: Final = 400
"""Characters between two passages told next to each other: two or three sentences."""
_DATELINE: Final = re.compile(r"[A-Z][A-Z .,'’/()-]{2,60}")


def fill(reading: Reading, cast: Cast, published: Dating, records: Sequence[Encounter]) -> list[Encounter]:
    """The records with what they lend each other."""
    filled = [_with_forum(stretch(length_of(reading, r, records)), records) for r in records]
    for i, record in enumerate(filled):
        for other in filled:
            if other is not record:
                filled[i] = record = _lend(record, other)
    city = _opening(reading, cast)
    if city is not None:
        filled = [_at_dateline(r, city, reading, published) for r in filled]
        for i, record in enumerate(filled):
            for other in filled:
                if other is not record and record.kind == "visit":
                    filled[i] = record = _lend(record, other)
    filled = [_city_of_visit(_at_home(_on_arrival(_beside(r, reading, cast), reading, cast)), cast) for r in filled]
    for i, record in enumerate(filled):
        for other in filled:
            if other is not record:
                filled[i] = record = _on_journey(record, other)
    filled = _without_further_towns(_without_arrivals(filled))
    for i, record in enumerate(filled):
        for other in filled:
            if other is not record:
                filled[i] = record = _handed_over(record, other)
    return filled


def _lend(record: Encounter, other: Encounter) -> Encounter:
    """What `other` lends to `record`."""
    if record.kind in _FACE_TO_FACE and record.part_of and other.forum == record.part_of and _same_time(record, other):
        return _take(record, other, "it is where the gathering is", day=True)
    if _ahead_of(record, other):
        return _take(record, other, "it is held ahead of the gathering, in the same country", day=False)
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
            alike = record.status == other.status or {record.status, other.status} == {"held", "ongoing"}
            day = record.kind == "visit" or (alike and _one_day(other.date))
            return _take(record, other, "visit and meeting are one journey", day=day)
    return record


def _on_journey(record: Encounter, visit: Encounter) -> Encounter:
    """ "X travelled to C; he would meet Y": what is to come on a journey that has begun is where the journey goes."""
    begun = visit.kind == "visit" and visit.status in {"held", "ongoing"} and visit.place is not None
    ahead = record.kind in _FACE_TO_FACE and record.status in {"scheduled", "proposed", "held", "ongoing"}
    if not (begun and ahead) or record.place or record.forum or record.country not in {None, visit.country}:
        return record
    visitors = {p.name for p in visit.participants}
    hosts = {p.represents for p in record.participants if p.name not in visitors}
    near = min(abs(p.start - q.end) for p in record.evidence for q in visit.evidence) <= _NEAR
    x, y = dates.days(record.date) if record.date else None, dates.days(visit.date) if visit.date else None
    apart = x is not None and y is not None and (x[1] < y[0] or _gap(y[1], x[0]) > 3)
    if not near or apart or visit.country not in hosts or not visitors & {p.name for p in record.participants}:
        return record
    return _take(record, visit, "it is on that journey", day=False)


def _without_arrivals(records: list[Encounter]) -> list[Encounter]:
    """Arriving at the place of talks that are not with the hosts is no visit of its own."""
    kept: list[Encounter] = []
    for record in records:
        gathered = [
            r
            for r in records
            if record.kind == "visit"
            and r.kind in {"meeting", "talks", "summit", "session"}
            and r.status not in {"refused", "cancelled", "disputed"}
            and record.country is not None
            and r.country == record.country
            and record.country not in r.sides
            and {p.name for p in record.participants} <= {p.name for p in r.participants}
            and _same_time(record, r)
        ]
        if not gathered or not all(_ARRIVED.search(p.text) for p in record.evidence):
            kept.append(record)
    return kept


_ALSO_THERE: Final = re.compile(r"\b(?:also|then) (?:visit|travel to|go to|fly to|tour|call at)\b", re.I)


def _without_further_towns(records: list[Encounter]) -> list[Encounter]:
    """ "arrived in C on a visit. He will also visit M": another town of the same country is the same visit."""
    kept: list[Encounter] = []
    for record in records:
        same = [
            r
            for r in records
            if r is not record
            and record.kind == r.kind == "visit"
            and r.country == record.country is not None
            and {p.name for p in r.participants} == {p.name for p in record.participants}
            and r.status in {"held", "ongoing", "scheduled"}
        ]
        if not same or record.date is not None or not _ALSO_THERE.search(record.evidence[-1].text):
            kept.append(record)
    return kept


def _ahead_of(record: Encounter, other: Encounter) -> bool:
    """Is it told in one sentence with a gathering of the same country, whose city is named?"""
    if record.kind not in _FACE_TO_FACE or record.forum or record.place or not (other.forum and other.place):
        return False
    told = {(p.start, p.end) for p in record.evidence} & {(p.start, p.end) for p in other.evidence}
    return bool(told) and record.country is not None and record.country == other.country


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
    found = _opening(reading, cast)
    return found[1:] if found is not None else None


def _opening(reading: Reading, cast: Cast) -> tuple[int, str, str | None] | None:
    """The index of the dateline's sentence, its city and country."""
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
            return sentence.index, places[0].name, places[0].country
    return None


def _at_dateline(
    record: Encounter, city: tuple[int, str, str | None], reading: Reading, published: Dating
) -> Encounter:
    """A fresh meeting of the dateline's country with others, told at the top without a place, was there."""
    opening, name, country = city
    early = reading.sentences[min(opening + 8, len(reading.sentences) - 1)].end
    if record.kind not in _FACE_TO_FACE | {"visit"} or record.status not in {"held", "ongoing"} or record.place:
        return record
    if record.kind == "visit" and record.country != country:
        return record
    if record.country in {None, country} and _told_there(record, name, reading):
        why = "place: the report's dateline, and its words say “here”, “the capital” or name the city above"
        return msgspec.structs.replace(record, place=name, country=country, because=(*record.because, why))
    if _abroad(record, name, country, opening, reading, published):
        why = "place: the report's dateline, a town where no news agency sits, and its first words tell it"
        return msgspec.structs.replace(record, place=name, country=country, because=(*record.because, why))
    if (
        country not in record.sides | ({record.country} if record.kind == "visit" else set())
        or record.country not in {None, country}
        or record.evidence[0].start > early
    ):
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


def _abroad(
    record: Encounter, city: str, country: str | None, opening: int, reading: Reading, published: Dating
) -> bool:
    """ "GENEVA - The ministers of X and Y met on Monday": told from a third country, of what was just seen."""
    from communique.encounters import lexicon

    hubs = lexicon.load().words.lists["press_hubs"]
    first = reading.sentences[min(opening + 1, len(reading.sentences) - 1)]
    day = dates.days(published.value) if published.value else None
    own = dates.days(record.date) if record.date else None
    return (
        record.kind in _FACE_TO_FACE
        and country is not None
        and country not in record.sides
        and record.country is None
        and not record.forum
        and len(record.sides) >= 2
        and city.lower() not in hubs
        and record.evidence[0].start <= first.end
        and day is not None
        and own is not None
        and 0 <= _gap(own[1], day[0]) <= 2
    )


def _with_forum(record: Encounter, records: Sequence[Encounter]) -> Encounter:
    """The body or format that a sentence of this record alone names behind its noun: "a meeting of the X Council"."""
    if record.forum or record.part_of or record.kind not in _FACE_TO_FACE | {"session"}:
        return record
    others = {
        (p.start, p.end) for r in records if r.id != record.id or r.evidence != record.evidence for p in r.evidence
    }
    alone = [p.text for p in record.evidence if (p.start, p.end) not in others]
    named = dict.fromkeys(m["name"] for text in alone for m in _BODY.finditer(text))
    if len(named) != 1:
        return record
    name = next(iter(named))
    return msgspec.structs.replace(record, forum=name, because=(*record.because, f"forum: “{name}” in its words"))


_BESIDE: Final = re.compile(
    r"^(?:it|they|the (?:\w+ )?(?:meeting|talks|two|ministers|leaders|presidents))\b[^.;]{0,60}"
    r"\bon the (?:sidelines?|margins?) of\b",
    re.I,
)


def _beside(record: Encounter, reading: Reading, cast: Cast) -> Encounter:
    """ "X met Y. It took place on the sidelines of the Z summit": the gathering around it, told right behind."""
    if record.kind not in _FACE_TO_FACE or record.part_of or record.forum:
        return record
    for passage in record.evidence:
        told = reading.sentence_at(passage.start)
        for sentence in reading.sentences[told.index : told.index + 2] if told is not None else ():
            match = _BESIDE.search(sentence.text)
            forums = cast.forums_in(sentence.start + match.end(), sentence.end) if match is not None else []
            if forums:
                why = f"part of: “{sentence.text[match.start() : match.end()] if match else ''} …” stands behind it"
                return msgspec.structs.replace(record, part_of=forums[0].name, because=(*record.because, why))
    return record


def _on_arrival(record: Encounter, reading: Reading, cast: Cast) -> Encounter:
    """ "X arrived in C for talks. X then met Y": the meeting is in C."""
    if record.kind not in _FACE_TO_FACE or record.place or record.country or record.status in {"cancelled", "refused"}:
        return record
    first = reading.sentence_at(record.evidence[0].start)
    if first is None:
        return record
    names = {p.name.split()[-1] for p in record.participants if p.type == "person"}
    for sentence in reading.sentences[max(0, first.index - 2) : first.index + 1]:
        for match in _ARRIVED.finditer(sentence.text):
            cities = cast.places_in(sentence.start + match.end(), sentence.end)
            near = bool(cities) and cities[0].start - sentence.start - match.end() <= 1
            if not near or not any(name in sentence.text[: match.start()] for name in names):
                continue
            if _FOR_TALKS.match(sentence.text, cities[0].end - sentence.start):
                why = f"place: “{match[0].strip()} {cities[0].name}” for it"
                return msgspec.structs.replace(
                    record, place=cities[0].name, country=cities[0].country, because=(*record.because, why)
                )
    return record


def _at_home(record: Encounter) -> Encounter:
    """Who receives somebody is at home, if nothing else is said; so a meeting without a place has a country."""
    hosts = {p.represents for p in record.participants if p.role == "host" and p.represents}
    if record.kind not in _FACE_TO_FACE or record.place or record.country or record.forum or record.part_of:
        return record
    if len(hosts) != 1 or len(next(iter(hosts))) != 2 or hosts == {"EU"} or hosts >= record.sides:
        return record
    posted = any(_POSTED.search(p.office or "") for p in record.participants if p.role == "host")
    if posted or any(_ABROAD.search(p.text) for p in record.evidence):
        return record
    country = next(iter(hosts))
    return msgspec.structs.replace(record, country=country, because=(*record.because, "country: the host's own"))


def _city_of_visit(record: Encounter, cast: Cast) -> Encounter:
    """The one city of the country visited that the sentences of the visit name behind "in", "at" or "to"."""
    if record.kind != "visit" or record.place or not record.country:
        return record
    found: dict[str, None] = {}
    for passage in record.evidence:
        for place in cast.places_in(passage.start, passage.end):
            before = passage.text[: place.start - passage.start].rstrip().rpartition(" ")[2].lower()
            if place.country == record.country and before in {"in", "at", "to"}:
                found[place.name] = None
    if len(found) != 1:
        return record
    name = next(iter(found))
    return msgspec.structs.replace(record, place=name, because=(*record.because, "place: the one city told of"))


def _handed_over(record: Encounter, other: Encounter) -> Encounter:
    """A letter handed over by somebody who met or visited its recipients' side that day, told next to it."""
    if record.kind != "message" or record.date or record.status != "held" or other.status not in {"held", "ongoing"}:
        return record
    if other.kind not in _FACE_TO_FACE | {"visit"} or not _one_day(other.date):
        return record
    bearers = {p.name for p in record.participants if p.type == "person" and p.role == "bearer"}
    there = {p.name for p in other.participants}
    sides = other.sides | ({other.country} if other.country else set())
    near = min(abs(p.start - q.end) for p in record.evidence for q in other.evidence)
    if not (bearers & there) or not record.sides <= sides or near > _NEAR:
        return record
    return _take(record, other, "it was handed over there", day=True)


def _told_there(record: Encounter, city: str, reading: Reading) -> bool:
    """Do the record's words say "here" or "the capital", or does the title name the city, told again right below?"""
    if any(_HERE.search(p.text) for p in record.evidence):
        return True
    title = " ".join(s.text for s in reading.sentences if s.is_title)
    body = next((s for s in reading.sentences if not s.is_title), None)
    first = reading.sentence_at(record.evidence[0].start)
    near = body is not None and first is not None and first.index - body.index <= 3
    return near and len(record.sides) >= 2 and re.search(rf"\b{re.escape(fold(city))}\b", fold(title)) is not None


def _gap(first: str, second: str) -> int:
    from datetime import date

    return (date.fromisoformat(second) - date.fromisoformat(first)).days
