"""Nouns for several people or a whole side: "the two ministers", "both sides", "the U.S. and Russian delegations"."""

from __future__ import annotations

from typing import Final

from communique.actors.grounds import dateline
from communique.actors.grouping import Group
from communique.actors.memory import LEADERS, Memory
from communique.actors.offices import Office
from communique.actors.organs import BodyNoun, taken_up
from communique.records import Participant

__all__ = ["Groups"]

_PAIRED: Final = frozenset(
    {"leaders", "counterparts", "officials", "diplomats", "heads", "chiefs", "negotiators", "colleagues"}
)
_NUMBERS: Final = {"three": 3, "four": 4, "five": 5, "trio": 3}


class Groups(Memory):
    """Resolves plural offices and group nouns."""

    def _several(self, office: Office) -> tuple[tuple[Participant, ...], str]:
        """Whom a plural office means: people of the report, else the sides or officials that it names."""
        words = self.named.words
        noun = words[office.core[1]].low
        sides = list(dict.fromkeys((s.side, s.body) for s in office.sides if s.side))
        vague = office.kind.id in {"leader", "spokesperson", "legislature", "presidential_staff"} and noun != "leaders"
        if len(sides) > 1:
            named = [self._holder(office, side, body, vague) for side, body in sides if side]
            return tuple(named), "the holders of that office of the sides named, or the sides where nobody is named"
        if sides and self._count_given(office.first, office.core[1]):
            own = [e for e in self.entities if self.person(e).represents == sides[0][0] and self.kinds(e) & LEADERS]
            if noun == "leaders" and len(own) == 2:
                return tuple(self.person(e) for e in own), "the two leaders of that side"
        if sides:
            side, body = sides[0]
            adjective = self._adjective(side or "", self.authority.bodies[body].is_state)
            name = f"{adjective} {self._text(*office.core).lower()}"
            found = (Participant(name=name, type="delegation", represents=side),)
            self._vague[noun] = found
            return found, f"{noun} of that side"
        if office.definite and noun in self._vague and not self._count_given(office.first, office.core[1]):
            return self._vague[noun], "those spoken of before"
        opens = office.first == 0 or words[office.first - 1].sentence != words[office.first].sentence
        if not (office.definite or opens) or (office.kind.id == "leader" and noun not in _PAIRED):
            return (), "no side is named"
        return self._pair(office.first, people=True, noun=noun, count=self._count(office.first, office.core[1]))

    def _count_given(self, first: int, last: int) -> bool:
        """Does the phrase count: "both ministers", "the two officials"?"""
        return any(w.low in _NUMBERS or w.low in {"two", "both"} for w in self.named.words[first : last + 1])

    def _count(self, first: int, last: int) -> int:
        """How many a noun phrase says there are; two without more."""
        return next((_NUMBERS[w.low] for w in self.named.words[first : last + 1] if w.low in _NUMBERS), 2)

    def _holder(self, office: Office, side: str | None, body: str, vague: bool) -> Participant:
        """The person of the report who holds that office for a side, else the side itself or its officials."""
        if vague:
            noun = self.named.words[office.core[1]].low
            adjective = self._adjective(side or "", self.authority.bodies[body].is_state)
            return Participant(name=f"{adjective} {noun}", type="delegation", represents=side)
        noun = self.named.words[office.core[1]].low
        low = noun.removesuffix("s")
        match = next(
            (e for e in self.entities if self.person(e).represents == side and self._fits(office, e, low, False) > 0.3),
            None,
        )
        return self.person(match) if match is not None else self.body(body)

    def _adjective(self, side: str, state: bool) -> str:
        """How officials of a side are called: "US", "Russian", "EU"."""
        return side if side in {"US", "UN", "EU"} or not state else self.authority.demonym(side)

    def group(self, group: Group) -> tuple[tuple[Participant, ...], str]:
        """Whom a group noun means: (participants, reason)."""
        sides = list(dict.fromkeys((s.side, s.body) for s in group.sides if s.side))
        if group.kind == "countries" and len(sides) == 1 and group.plural and group.sides[0].form == "demonym":
            return (), "countries of a region, not one state"
        if sides:
            told = tuple(self._of_side(group, side, body) for side, body in sides)
            if len(told) == 1 and group.kind in {"delegation", "government"}:
                self._vague[group.noun] = told
            return told, "the sides that the text names"
        if group.his:
            return self._his(group)
        taken = group.definite and not group.both and group.noun in self._vague
        if taken and group.kind in {"delegation", "government"}:
            return self._vague[group.noun], "the one spoken of before"
        if group.noun == "government" and group.definite and not group.plural:
            named = [s for s in self.spoken if s.body.kind == "government" and s.word < group.first]
            return (self.body(named[-1].body.id),) if named else (), "the government named last before"
        if group.kind == "countries" and not group.both:
            return (), "no countries in particular"
        if not group.definite or not group.plural:
            return (), "no side is named"
        if group.kind == "countries":
            pair, because = self._pair(group.first, people=False)
            lands = tuple(dict.fromkeys(self._land(p) for p in pair))
            states = tuple(p for p in lands if p.actor and self.authority.bodies[p.actor].is_state)
            return states if len(states) > 1 else lands, because
        if group.kind in {"people", "side"} or group.both:
            people = group.kind in {"people", "government"} or group.noun in {"officials", "diplomats"}
            count = self._count(group.first, group.head)
            return self._pair(group.first, people=people, noun=group.noun, count=count)
        if group.noun in {"officials", "diplomats", "delegations", "negotiators"} and group.first < group.head:
            return self._pair(group.first, people=group.noun in {"officials", "diplomats"})
        return (), "no side is named"

    def _his(self, group: Group) -> tuple[tuple[Participant, ...], str]:
        """The delegation or government of the person who is spoken of in the sentence."""
        before = [p for p in self.points if p.word < group.first and not p.inside]
        sentence = self.named.words[group.first].sentence
        mine = self.named.words[group.first].low in {"his", "her"}
        if not before or before[-1].sentence < sentence or not mine or group.kind not in {"delegation", "government"}:
            return (), "whose is not settled"
        body = self.authority.body(self.person(before[-1].entity).represents or "")
        if body is None or not body.side:
            return (), "whose is not settled"
        return (self._of_side(group, body.side, body.id),), "that of the person spoken of"

    def body_noun(self, noun: BodyNoun) -> tuple[tuple[Participant, ...], str]:
        """The body that a class noun takes up: "the ministry", "the bloc"."""
        if noun.low == "ministry" and (land := self._grounded(noun)) is not None:
            return (self.body(land),), "the ministry of the state on whose ground the sentence is"
        ids, because = taken_up(noun, self.named.words, self.spoken)
        if not ids:
            ids, because = taken_up(noun, self.named.words, self.parents)
        if not ids and noun.low == "embassy":
            ids, because = self._embassy(noun), "the embassy named before"
        if not ids and noun.low == "ministry" and (side := dateline(self.named)):
            ids = (f"{side}.mfa",) if self._core_words(noun) & {"foreign", "affairs"} else ()
            because = "the ministry of the state from which the report is"
        if len(ids) != 1:
            return (), because if not ids else "several such bodies were named just before"
        return (self.body(ids[0]),), because

    def _grounded(self, noun: BodyNoun) -> str | None:
        """The ministry meant by "the ambassador in Baghdad was summoned to the foreign ministry"."""
        words = self.named.words
        if not noun.first or words[noun.first - 1].low not in {"to", "at"}:
            return None
        for hit, first, _ in reversed(self.named.hits):
            here = first < noun.first and words[first].sentence == words[noun.first].sentence
            if here and first and hit.city is not None and words[first - 1].low == "in":
                ident = f"{hit.city.country}.mfa"
                return ident if self.authority.body(ident) is not None else None
        return None

    def _embassy(self, noun: BodyNoun) -> tuple[str, ...]:
        """The state whose embassy was named last before."""
        words, ends = self.named.words, {s.last: s for s in self.named.sides}
        for at in range(noun.first - 1, 0, -1):
            owner = ends.get(at - 1) or (ends.get(at - 2) if words[at - 1].low in {"'s", "’s"} else None)
            if words[at].low == "embassy" and owner is not None:
                return (owner.body,)
        return ()

    def _core_words(self, noun: BodyNoun) -> set[str]:
        return {w.low for w in self.named.words[noun.first : noun.last]}

    def _of_side(self, group: Group, side: str, body: str) -> Participant:
        state = self.authority.body(body)
        if group.kind == "government":
            government = self.authority.body(f"{side}.gov")
            return Participant(
                name=government.name if government else f"Government of {side}",
                type="government",
                represents=side,
                actor=f"{side}.gov",
            )
        if group.kind in {"side", "countries"}:
            return self.body(body)
        state_like = state is not None and state.is_state
        bodily = {"delegation", "delegations", "delegates", "negotiators", "team"}
        noun = "delegation" if group.noun in bodily or group.noun.startswith("negotiating") else group.noun
        adjective = self._adjective(side, state_like)
        if side == "US" and noun == "delegation":
            adjective = "United States"
        return Participant(name=f"{adjective} {noun}", type="delegation", represents=side)
