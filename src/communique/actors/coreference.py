"""Nominals, groups and pronouns of a report led back to the actors they mean.

Made for this genre: most anaphors of diplomatic reports are role nouns ("the minister", "his Chinese counterpart",
"both sides"), which off-the-shelf resolvers do not resolve; sides and offices settle them better than distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communique.actors.authority import Authority, Person, Role, Span
from communique.actors.mentions import Group, Named
from communique.actors.offices import Office
from communique.actors.people import Entity
from communique.actors.settling import fallback_side, participant
from communique.actors.words import lists
from communique.language import Reading
from communique.records import Participant

__all__ = ["Resolver"]


@dataclass(slots=True, frozen=True)
class Point:
    """A reference to a person at a word of the text."""

    word: int
    sentence: int
    entity: Entity
    subject: bool


_LEADERS: Final = frozenset(
    {"head_of_state", "head_of_government", "monarch", "queen", "crown_prince", "chancellor", "leader"}
)
_MINISTERS: Final = frozenset(
    {
        "foreign_minister",
        "defence_minister",
        "minister",
        "secretary_of_state",
        "foreign_secretary",
        "deputy_foreign_minister",
        "deputy_minister",
        "chancellor",
    }
)
_SINGLE: Final = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "secretary_of_state",
        "foreign_secretary",
        "defence_minister",
        "chancellor",
        "monarch",
        "io_head",
        "vice_president",
    }
)
_PAIRED: Final = frozenset({"leaders", "counterparts", "officials", "diplomats", "heads", "chiefs", "negotiators", "colleagues"})
_VAGUE: Final = frozenset("official officials diplomat diplomats expert colleague host guest chair head chief".split())  # noqa: SIM905


class Resolver:
    """Leads references of one report back to its people and sides, in the order of the text."""

    def __init__(
        self,
        reading: Reading,
        named: Named,
        authority: Authority,
        entities: Sequence[Entity],
        of: dict[int, Entity],
        days: Span | None,
    ) -> None:
        self.reading, self.named, self.authority, self.days = reading, named, authority, days
        self.entities = list(entities)
        self.points: list[Point] = []
        self._people: dict[int, Participant] = {}
        seen: set[int] = set()
        for run in sorted(named.runs, key=lambda r: r.first):
            entity = of.get(run.first)
            if entity is None:
                continue
            sentence = named.words[run.first].sentence
            self.points.append(Point(run.start_word, sentence, entity, sentence not in seen))
            seen.add(sentence)

    def person(self, entity: Entity) -> Participant:
        """The entity's participant."""
        found = self._people.get(id(entity))
        if found is None:
            found = self._people[id(entity)] = participant(entity, self.authority, fallback_side(entity))
        return found

    def gender(self, entity: Entity) -> str:
        """ "m", "f" or "" of an entity: by titles, else by given name."""
        if entity.gender:
            return entity.gender
        names = set(entity.words)
        if entity.choice.person is not None:
            names |= {w.lower() for w in entity.choice.person.name.split()}
        known = lists()
        female, male = bool(names & known.female), bool(names & known.male)
        return "f" if female and not male else "m" if male and not female else ""

    def point(self, word: int, entity: Entity) -> None:
        """Remember that the word refers to the entity."""
        sentence = self.named.words[word].sentence
        subject = not any(p.sentence == sentence and p.word < word for p in self.points)
        self.points.append(Point(word, sentence, entity, subject))
        self.points.sort(key=lambda p: p.word)

    # -- offices without a name ----------------------------------------------------------------------------------

    def office(self, office: Office) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """Who holds the office that a nominal names: (participants, reason, entity of the report)."""
        if office.plural:
            return (*self._several(office), None)
        low = self.named.words[office.core[1]].low
        counterpart = low in {"counterpart", "colleague"}
        bare = not (office.sides or office.his or office.definite)
        if bare and not self.named.words[office.core[0]].capital:
            return (), "a noun without article or side names nobody", None
        if counterpart and office.side is None and not office.his:
            return (), "no side tells whose counterpart", None
        entity = self._entity_with(office, counterpart)
        if entity is not None:
            return (self.person(entity),), "the person of the report with that office", entity
        kind = office.kind
        side = office.side or (kind.side if not office.indefinite else None)
        types = kind.types
        if counterpart:
            types = self._types_before(office.first)
        if (
            side
            and not office.indefinite
            and office.standing == "now"
            and (kind.id in _SINGLE or counterpart)
        ):
            holder = self._in_office(types[:1], side)
            if holder is not None:
                person, role = holder
                body = self.authority.body(role.of or role.body)
                who = Participant(
                    name=person.name,
                    type="person",
                    represents=body.side if body else side,
                    actor=person.id,
                    office=role.office,
                )
                return (who,), f"held the office of {role.office} of {role.of} on the day", None
        if side:
            text = self._text(office.first, office.last)
            return (
                (Participant(name=_bare(text), type="person", represents=side, office=kind.id.replace("_", " ")),),
                "nobody is named; the office gives the side",
                None,
            )
        return (), "nobody of the report is known to hold this office", None

    def _in_office(self, types: tuple[str, ...], side: str) -> tuple[Person, Role] | None:
        """The one who certainly held an office of a side on the day; the plainest title where several are of a type."""
        if self.days is None:
            return None
        held = [h for h in self.authority.holders(types, side, self.days) if h[2] == "confirmed"]
        plainest = min((len(h[1].office) for h in held), default=0)
        ids = {h[0].id: h for h in held if len(h[1].office) == plainest}
        if len(ids) != 1:
            return None
        person, role, _ = next(iter(ids.values()))
        return person, role

    def _text(self, first: int, last: int) -> str:
        return self.reading.text[self.named.words[first].start : self.named.words[last].end]

    def _types_before(self, word: int) -> tuple[str, ...]:
        before = [p.entity for p in self.points if p.word < word]
        for entity in reversed(before):
            if entity.choice.role is not None:
                return (entity.choice.role.type,)
            for office in entity.offices:
                return office.kind.types
        return ()

    def _entity_with(self, office: Office, counterpart: bool) -> Entity | None:
        low = self.named.words[office.core[1]].low
        ranked = []
        before = [p for p in self.points if p.word < office.first]
        owner = before[-1].entity if before else None
        for entity in self.entities:
            side = self.person(entity).represents
            if office.side is not None and side != office.side:
                continue
            fits = self._fits(office, entity, low, counterpart)
            if fits <= 0:
                continue
            if office.his and counterpart and entity is owner:
                continue
            if office.standing != "now" and not any(o.standing == office.standing for o in entity.offices):
                continue
            last = max((p.word for p in self.points if p.entity is entity and p.word < office.first), default=-1)
            later = min((p.word for p in self.points if p.entity is entity and p.word > office.first), default=10**6)
            if last < 0 and office.side is None and not office.kind.side:
                fits -= 0.5
            ranked.append((fits, last if last >= 0 else -later, -entity.order, entity))
        if not ranked or (office.indefinite and office.kind.id == "leader"):
            return None
        best = max(ranked, key=lambda r: r[:3])
        return best[3] if best[0] > 0.3 else None

    def _fits(self, office: Office, entity: Entity, low: str, counterpart: bool) -> float:
        kinds = {o.kind.id for o in entity.offices if o.standing == "now"}
        role = entity.choice.role
        types = {role.type} if role else set()
        if counterpart:
            return 1.0 if office.side is not None else 0.0
        if office.kind.id == "leader" and (low in _VAGUE or low in {"negotiator", "politician"}):
            return (
                0.35
                if office.side is not None
                and not office.indefinite
                and (kinds or types)
                and low in {"diplomat", "official"}
                else 0.0
            )
        if office.kind.id in kinds:
            return 1.0
        if low in {"leader", "ruler"} and office.core[0] < office.core[1]:
            return 0.0
        if low in {"leader", "ruler"}:
            return 1.0 if kinds & _LEADERS or types & {"head_of_state", "head_of_government"} else 0.0
        if low in {"minister"} and not office.portfolio:
            return 0.9 if kinds & _MINISTERS or types & {"foreign_minister", "defence_minister", "minister"} else 0.0
        if low == "secretary" and office.core[0] == office.core[1]:
            return 0.9 if kinds & {"secretary_of_state", "foreign_secretary"} else 0.0
        if office.kind.id == "minister" and office.portfolio:
            return 1.0 if any(o.portfolio == office.portfolio for o in entity.offices) else 0.0
        if types & set(office.kind.types[:1]):
            return 0.95
        return 0.0

    # -- groups ----------------------------------------------------------------------------------------------------

    def _several(self, office: Office) -> tuple[tuple[Participant, ...], str]:
        """Whom a plural office means: people of the report, else the sides or officials that it names."""
        words = self.named.words
        noun = words[office.core[1]].low
        sides = list(dict.fromkeys((s.side, s.body) for s in office.sides if s.side))
        vague = office.kind.id in {"leader", "spokesperson", "legislature", "presidential_staff"} and noun != "leaders"
        if len(sides) > 1:
            named = [self._holder(office, side, body, vague) for side, body in sides if side]
            return tuple(named), "the holders of that office of the sides named, or the sides where nobody is named"
        if sides:
            side, body = sides[0]
            adjective = self._adjective(side or "", self.authority.bodies[body].is_state)
            name = f"{adjective} {self._text(*office.core).lower()}"
            return (Participant(name=name, type="delegation", represents=side),), f"{noun} of that side"
        opens = office.first == 0 or words[office.first - 1].sentence != words[office.first].sentence
        if not (office.definite or opens) or (office.kind.id == "leader" and noun not in _PAIRED):
            return (), "no side is named"
        return self._pair(office.first, people=True)

    def _holder(self, office: Office, side: str | None, body: str, vague: bool) -> Participant:
        """The person of the report who holds that office for a side, else the side itself or its officials."""
        if vague:
            noun = self.named.words[office.core[1]].low
            adjective = self._adjective(side or "", self.authority.bodies[body].is_state)
            return Participant(name=f"{adjective} {noun}", type="delegation", represents=side)
        match = next(
            (e for e in self.entities if self.person(e).represents == side and self._fits(office, e, "", False) > 0.3),
            None,
        )
        return self.person(match) if match is not None else self.body(body)

    def _adjective(self, side: str, state: bool) -> str:
        """How officials of a side are called: "US", "Russian", "EU"."""
        return side if side in {"US", "UN", "EU"} or not state else self.authority.demonym(side)

    def group(self, group: Group) -> tuple[tuple[Participant, ...], str]:
        """Whom a group noun means: (participants, reason)."""
        sides = list(dict.fromkeys((s.side, s.body) for s in group.sides if s.side))
        if sides:
            return tuple(self._of_side(group, side, body) for side, body in sides), "the sides that the text names"
        if group.his:
            return (), "whose is not settled"
        if group.kind == "countries" and not group.both:
            return (), "no countries in particular"
        if not group.definite or not group.plural:
            return (), "no side is named"
        if group.kind == "countries":
            pair, because = self._pair(group.first, people=False)
            return tuple(self._land(p) for p in pair), because
        if group.kind in {"people", "side"} or group.both:
            people = group.kind in {"people", "government"} or group.noun in {"officials", "diplomats"}
            return self._pair(group.first, people=people)
        if group.noun in {"officials", "diplomats", "delegations", "negotiators"} and group.first < group.head:
            return self._pair(group.first, people=group.noun in {"officials", "diplomats"})
        return (), "no side is named"

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

    def _land(self, who: Participant) -> Participant:
        """The state or organisation for which a participant acts."""
        body = self.authority.body(who.represents or "")
        return self.body(body.id) if body is not None else who

    def body(self, ident: str) -> Participant:
        """A body of the authority file as a participant."""
        body = self.authority.bodies[ident]
        return Participant(name=body.name, type=body.type, represents=body.side, actor=ident)

    def _pair(self, word: int, people: bool) -> tuple[tuple[Participant, ...], str]:
        """The two (or more) people or sides last brought together before a word."""
        sentence = self.named.words[word].sentence
        for back in range(7):
            here = [p for p in self.points if p.sentence == sentence - back and p.word < word]
            found = self._distinct([p.entity for p in here])
            if len(found) >= 2:
                return tuple(
                    found[:3] if len({f.represents for f in found}) > 2 else found[:2]
                ), "the people brought together just before"
            if not people and back <= 3:
                states = [
                    s
                    for s in self.named.sides
                    if self.named.words[s.first].sentence == sentence - back
                    and s.first < word
                    and s.side
                    and s.form != "capital"
                ]
                bodies = list(dict.fromkeys(s.body for s in states if self.authority.bodies[s.body].is_state))
                if len(bodies) == 2:
                    return tuple(self.body(b) for b in bodies), "the sides brought together just before"
        recent = self._distinct([p.entity for p in reversed(self.points) if p.word < word])
        if len(recent) >= 2:
            return tuple(reversed(recent[:2])), "the people last named before"
        return (), "no two sides were named before"

    def _distinct(self, entities: Sequence[Entity]) -> list[Participant]:
        found: dict[str, Participant] = {}
        for entity in entities:
            who = self.person(entity)
            if who.represents and who.represents not in found:
                found[who.represents] = who
        return list(found.values())

    # -- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, word: int, low: str) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """Whom he, she or they means."""
        if low == "they":
            return (*self._pair(word, people=True), None)
        gender = {"he": "m", "she": "f"}.get(low)
        if gender is None:
            return (), "", None
        sentence = self.named.words[word].sentence
        for back in range(4):
            here = [p for p in self.points if p.sentence == sentence - back and p.word < word]
            fitting = [p for p in here if self.gender(p.entity) in {"", gender}]
            if not fitting:
                continue
            sure = [p for p in fitting if self.gender(p.entity) == gender] or fitting
            subject = next((p for p in sure if p.subject and not self._quoted(p.word)), None) or next(
                (p for p in sure if not self._quoted(p.word)), sure[0]
            )
            return (self.person(subject.entity),), "the last person named as subject who fits", subject.entity
        return (), "nobody named shortly before fits", None

    def _quoted(self, word: int) -> bool:
        w = self.named.words[word]
        return self.reading.quoted(w.start, w.end)


def _bare(text: str) -> str:
    for article in ("The ", "the ", "A ", "a ", "An ", "an "):
        if text.startswith(article):
            return text[len(article) :]
    return text
