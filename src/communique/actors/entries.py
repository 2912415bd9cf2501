"""What the authority file holds: people with their roles, bodies, cities, and spellings found in a text."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from communique.records import ActorType

__all__ = ["STATES", "Body", "City", "Held", "Hit", "Person", "Place", "Role", "Span"]

Held: TypeAlias = Literal["confirmed", "probable", "no"]
Span: TypeAlias = tuple[str, str]
STATES: Final = frozenset({"state", "territory", "former"})
"""Kinds of body that are countries or act like one."""


class Role(NamedTuple):
    """An office and when it was held; dates are ISO with the precision known, "" is unknown.

    `asof` is until when a source vouches for an office without known end, `end_by` when it had stopped listing it,
    `seen` the days on which it is attested without a known start.
    """

    office: str
    type: str
    body: str
    of: str
    to: str
    start: str
    end: str
    asof: str
    end_by: str
    seen: tuple[str, ...]
    source: str

    def held(self, days: Span | None) -> Held:
        """Was the office held on some day of `days` (ISO first and last)? None asks for no day in particular.

        `probable`: no end is known, and the day lies after the last one that a source vouches for.
        """
        if days is None:
            return "probable"
        first, last = days
        if self.start and self.start > last:
            return "no"
        if self.end:
            return "confirmed" if first[: len(self.end)] <= self.end else "no"
        if not self.start:
            near = any(abs(int(s[:4]) - int(first[:4])) <= 2 for s in (*self.seen, self.asof) if s)
            return "probable" if near else "no"
        until = self.asof or self.end_by
        if not until or first[: len(until)] <= until:
            return "confirmed"
        if self.end_by and first[: len(self.end_by)] > self.end_by:
            return "no"
        return "probable"


class Person(NamedTuple):
    """A person of the authority file."""

    id: str
    name: str
    aliases: tuple[str, ...]
    family: str
    country: str
    born: str
    died: str
    roles: tuple[Role, ...]


class Body(NamedTuple):
    """A state, government, ministry, organisation, forum, format or movement, and the side it acts for."""

    id: str
    kind: str
    name: str
    side: str | None
    type: ActorType
    seat: str = ""
    members: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    source: str = ""
    """The keys of the sources that it rests on, with spaces between them (see authority.manifest.json)."""

    @property
    def is_state(self) -> bool:
        """Is it a country (or a territory that acts like one)?"""
        return self.kind in STATES


class Place(NamedTuple):
    """A city or site named in a text: its usual English name, ISO country, and where the text names it."""

    name: str
    country: str | None
    start: int
    end: int


class City(NamedTuple):
    """A place of the authority file."""

    id: str
    name: str
    country: str
    population: int
    capital: bool


class Hit(NamedTuple):
    """A spelling found in a text. `form` says what it is: "name", "demonym", "capital", "place", or "ignored".

    An ignored one holds the name of a body but means something else ("Voice of America").
    """

    start: int
    end: int
    form: str
    bodies: tuple[str, ...]
    city: City | None
    weak: bool
    namesakes: tuple[City, ...] = ()
    """Every city of that spelling, `city` first: capitals, then by population."""
