"""What this room hands on: references with the actors they mean, places and fora."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from communique.actors.authority import Place
from communique.records import ActorType, Participant

__all__ = ["Cast", "ForumName", "Reference", "ReferenceKind"]

ReferenceKind: TypeAlias = Literal["name", "nominal", "pronoun", "body", "demonym", "place"]


class Reference(msgspec.Struct, frozen=True):
    """A place in the text that refers to an actor.

    `start` and `end` hold the full nominal ("Ukrainian Foreign Minister Dmytro Kuleba"), `head` the part that
    names or, in a nominal, its noun. `participants` is empty where nobody could be settled, and holds several for
    "the two ministers". `because` says what the decision rests on; `candidates` are names still possible.
    """

    start: int
    end: int
    head: tuple[int, int]
    kind: ReferenceKind
    type: ActorType | None = None
    participants: tuple[Participant, ...] = ()
    because: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the participants, without repetition."""
        return tuple(dict.fromkeys(p.represents for p in self.participants if p.represents))


class ForumName(msgspec.Struct, frozen=True):
    """A forum, format or organ named in the text, with its usual name and id."""

    name: str
    start: int
    end: int
    actor: str


class Cast:
    """Everybody and everything that a report refers to, settled for its day."""

    def __init__(self, references: Iterable[Reference], places: Iterable[Place], forums: Iterable[ForumName]) -> None:
        self.references: tuple[Reference, ...] = tuple(sorted(references, key=lambda r: (r.start, -r.end)))
        self.places: tuple[Place, ...] = tuple(sorted(places, key=lambda p: p.start))
        self.forums: tuple[ForumName, ...] = tuple(sorted(forums, key=lambda f: f.start))
        self._starts = [r.start for r in self.references]

    def within(self, start: int, end: int) -> list[Reference]:
        """The outermost references that lie inside the span, in order."""
        found: list[Reference] = []
        reach = -1
        for reference in self.references[bisect_left(self._starts, start) : bisect_right(self._starts, end)]:
            if reference.end <= end and reference.start >= reach:
                found.append(reference)
                reach = reference.end
        return found

    def at(self, start: int, end: int) -> Reference | None:
        """The best reference for a span: the one whose head lies in it, else the narrowest one around it."""
        overlapping = [r for r in self.references if r.start < end and start < r.end]
        if not overlapping:
            return None
        headed = [r for r in overlapping if r.head[0] < end and start < r.head[1]]
        return min(headed or overlapping, key=lambda r: (abs(r.start - start) + abs(r.end - end), r.start))

    def resolve(self, start: int, end: int) -> tuple[Participant, ...]:
        """The participants of the references inside a span, or of the one around it, without repetition."""
        inside = self.within(start, end)
        if not inside:
            around = self.at(start, end)
            inside = [around] if around else []
        return tuple(dict.fromkeys(p for r in inside for p in r.participants))

    def places_in(self, start: int, end: int) -> list[Place]:
        """The cities and sites named in a span, in order."""
        return [p for p in self.places if start <= p.start and p.end <= end]

    def forums_in(self, start: int, end: int) -> list[ForumName]:
        """The fora named in a span, in order."""
        return [f for f in self.forums if start <= f.start and f.end <= end]
