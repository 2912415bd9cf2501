"""A mention as linking sees it: an encounter, the report that tells it, and what is known of that report.

`Face` is the same thing made ready for comparison: folded names, days as numbers. It is computed once for each
mention, since a mention meets many others.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import msgspec

from communique.linking.lexicon import lexicon
from communique.linking.when import Period, period
from communique.records import DateBasis, Encounter, Participant

__all__ = ["HAPPENED", "PLANNED", "Face", "Person", "Told", "as_person", "face", "fold"]

HAPPENED: Final = frozenset({"held", "ongoing"})
"""Statuses by which the encounter has taken place, or is taking place."""
PLANNED: Final = frozenset({"proposed", "scheduled", "postponed", "cancelled", "refused"})
"""Statuses that speak of a plan: a day told with them is the planned one."""

# How far from its report an undated mention may lie, in days. Of what reports tell without a date as having happened,
# nearly all is news of that week; plans without a date look at most a season ahead.
_PAST, _FUTURE = 45, 120


# gc=False: these hold no cycles, and with a hundred thousand of them the collector would take half of linking's time.
class Told(msgspec.Struct, frozen=True, gc=False):
    """One encounter as one report tells it.

    `published` is the report's day (EDTF) or None, `origin` the id of its origin (the report's own id where no copy is
    known), `relay` the agency whose words the report says it passes on.
    """

    report_id: str
    published: str | None
    published_basis: DateBasis | None
    origin: str
    encounter: Encounter
    relay: str | None = None

    @property
    def key(self) -> str:
        """The mention's name in the record: `REPORT:ENCOUNTER`."""
        return f"{self.report_id}:{self.encounter.id}"


class Person(msgspec.Struct, frozen=True, gc=False):
    """A participant who is a person: id in the authority file, folded words of the name, sides."""

    actor: str | None
    words: tuple[str, ...]
    sides: frozenset[str]
    office: str | None


class Face(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What a mention shows when it is compared: see `face`."""

    told: Told
    key: str
    report: str
    kind: str
    status: str
    happened: bool
    remote: bool
    sides: frozenset[str]
    persons: tuple[Person, ...]
    bodies: frozenset[str]
    days: Period | None
    window: Period | None
    stated: bool
    published: Period | None
    place: str | None
    country: str | None
    forum: tuple[str, ...]
    number: int | None
    topics: frozenset[str]


@lru_cache(maxsize=65536)
def fold(text: str | None) -> str:
    """Lower case, without accents and punctuation, words with one space between."""
    plain = unicodedata.normalize("NFKD", text or "")
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", kept.replace("’", "").replace("'", "")))


def _sides(participant: Participant) -> frozenset[str]:
    return frozenset(s.strip() for s in (participant.represents or "").split(";") if s.strip())


def as_person(participant: Participant) -> Person:
    """The participant made ready for comparison."""
    office = fold(participant.office or participant.role) or None
    return Person(participant.actor, tuple(fold(participant.name).split()), _sides(participant), office)


def _window(told: Told, days: Period | None, published: Period | None) -> Period | None:
    """The days on which an undated mention can lie, by when its report was published; None where unknown."""
    if days is not None or published is None:
        return days
    if told.encounter.status == "ongoing":
        return Period(published.first - 3, published.last + 1, False, False, True)
    if told.encounter.status in HAPPENED:
        return Period(published.first - _PAST, published.last, False, False, True)
    if told.encounter.status in ("proposed", "scheduled"):
        return Period(published.first, published.last + _FUTURE, False, False, True)
    return Period(published.first - _PAST, published.last + _FUTURE, False, False, True)


def face(told: Told) -> Face:
    """What `told` shows when it is compared with another mention."""
    met, words = told.encounter, lexicon()
    days, published = period(met.date), period(told.published)
    people = [p for p in met.participants if p.type == "person"]
    sides = frozenset(s for p in met.participants for s in _sides(p))
    if met.kind == "visit" and met.country:
        sides |= {met.country}
    named = frozenset(s for p in people for s in _sides(p))
    return Face(
        told=told,
        key=told.key,
        report=told.report_id,
        kind=met.kind,
        status=met.status,
        happened=met.status in HAPPENED,
        remote=fold(met.format) in words.remote,
        sides=sides,
        persons=tuple(as_person(p) for p in people),
        bodies=sides - named,
        days=days,
        window=_window(told, days, published),
        stated=met.date_basis == "stated",
        published=published,
        place=fold(met.place) or None,
        country=met.country,
        forum=tuple(w for w in fold(met.forum).split() if w not in words.forum_filler)
        or tuple(fold(met.forum).split()),
        number=met.number,
        topics=frozenset(w for t in met.topics for w in fold(t).split() if w not in words.topic_filler),
    )
