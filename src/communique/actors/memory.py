"""What a resolver remembers of a report: its people, where they are referred to, and who was brought together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from communique.actors.authority import Authority, Span
from communique.actors.grounds import fallback_side
from communique.actors.mentions import Named
from communique.actors.offices import Office
from communique.actors.organs import Spoken
from communique.actors.people import Entity
from communique.actors.settling import participant
from communique.actors.words import lists
from communique.language import Reading
from communique.records import Participant

__all__ = ["LEADERS", "MINISTERS", "Memory", "Point"]


@dataclass(slots=True, frozen=True)
class Point:
    """A reference to a person at a word of the text."""

    word: int
    sentence: int
    entity: Entity
    subject: bool
    last: int = -1
    inside: bool = False
    """Does the name only tell whose envoy or spokesman somebody else is?"""


LEADERS: Final = frozenset(
    {"head_of_state", "head_of_government", "monarch", "queen", "crown_prince", "chancellor", "leader", "io_head"}
)
"""Kinds of office, and role types, that make a leader."""
MINISTERS: Final = frozenset(
    {
        "foreign_minister", "defence_minister", "minister", "secretary_of_state", "foreign_secretary", "chancellor",
        "deputy_foreign_minister", "deputy_minister", "finance_minister", "interior_minister", "economy_minister",
    }
)  # fmt: skip
"""Kinds of office, and role types, that make a minister."""
_VAGUE: Final = frozenset(
    {"official", "officials", "diplomat", "diplomats", "expert", "colleague", "host", "guest", "chair", "head", "chief"}
)
_SENT: Final = frozenset({"envoy", "representative", "negotiator", "mediator", "adviser", "advisor", "coordinator"})
_DIPLOMATS: Final = frozenset({"ambassador", "high_commissioner", "special_envoy", "deputy_foreign_minister"})
_BODIES: Final = frozenset({"UN", "EU", "AU", "NATO", "OSCE", "ASEAN", "IAEA", "ECOWAS", "OPCW", "Arab League"})
_STAFF: Final = frozenset({"presidential_staff", "spokesperson"})
_WANTED: Final = {
    "leaders": LEADERS, "presidents": LEADERS, "premiers": LEADERS, "heads": LEADERS, "state": LEADERS,
    "ministers": MINISTERS, "secretaries": MINISTERS,
}  # fmt: skip


class Memory:
    """The people of one report and the points at which it refers to them."""

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
        self.plurals: list[tuple[int, tuple[Participant, ...], str]] = []
        self.others: list[tuple[int, Participant]] = []
        """People whom only an office names: "his Mozambican counterpart"."""
        self._vague: dict[str, tuple[Participant, ...]] = {}
        self.of = of
        self.spoken = [
            Spoken(first, named.words[first].sentence, body, reading.text[hit.start : hit.end])
            for hit, first, _ in named.hits
            if hit.bodies and hit.form == "name" and not (body := authority.bodies[hit.bodies[0]]).is_state
        ]
        self.parents = [
            s._replace(body=parent)
            for s in self.spoken
            if (parent := authority.state(s.body.side)) is not None and parent is not s.body and not parent.is_state
        ]
        seen: set[int] = set()
        for run in sorted(named.runs, key=lambda r: r.first):
            entity = of.get(run.first)
            if entity is None:
                continue
            sentence = named.words[run.first].sentence
            start, end = named.words[run.first].start, named.words[run.last].end
            first = sentence not in seen and not run.inside and not reading.quoted(start, end)
            self.points.append(Point(run.start_word, sentence, entity, first, run.end_word, run.inside))
            if first:
                seen.add(sentence)
        for sentence in sorted(seen):
            self._parsed_subject(sentence)

    def _parsed_subject(self, sentence: int) -> None:
        """Let the parse say which person is the subject of a sentence, where it names one."""
        if sentence >= len(self.reading.sentences) or self.reading.sentences[sentence].doc is None:
            return
        read, words = self.reading.sentences[sentence], self.named.words
        numbers = [n for n, p in enumerate(self.points) if p.sentence == sentence and not p.inside]
        if len(numbers) < 2:
            return
        for number in numbers:
            point = self.points[number]
            span = read.tokens_in(words[point.word].start, words[max(point.last, point.word)].end)
            if span is None or span.root.dep_ not in {"nsubj", "nsubjpass"} or span.root.head.dep_ != "ROOT":
                continue
            for other in numbers:
                self.points[other] = replace(self.points[other], subject=other == number)
            return

    def person(self, entity: Entity) -> Participant:
        """The entity's participant."""
        found = self._people.get(id(entity))
        if found is None:
            side = self._beside(entity) or fallback_side(entity)
            found = self._people[id(entity)] = participant(entity, self.authority, side)
        return found

    def _beside(self, entity: Entity) -> str | None:
        """The side of an aide or press secretary of whom the report says none: the owner's, or the others' there."""
        owners = (self.of.get(o.owner) for o in entity.offices if not entity.text_side)
        for owner in owners:
            if owner is not None and owner is not entity:
                return participant(owner, self.authority).represents
        if (
            entity.text_side
            or entity.choice.person
            or not any(o.kind.id in _STAFF and o.portfolio != "ministry" for o in entity.offices)
        ):
            return None
        first = min(entity.runs, key=lambda r: r.first)
        sentence = self.named.words[first.first].sentence
        here = {
            side
            for p in self.points
            if p.sentence == sentence and p.entity is not entity
            for side in [participant(p.entity, self.authority).represents]
            if side
        }
        return here.pop() if len(here) == 1 else None

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

    def _text(self, first: int, last: int) -> str:
        return self.reading.text[self.named.words[first].start : self.named.words[last].end]

    def _types_before(self, word: int) -> tuple[str, ...]:
        """Role types of the person last referred to before a word."""
        for point in reversed([p for p in self.points if p.word < word]):
            if point.entity.choice.role is not None:
                return (point.entity.choice.role.type,)
            for office in point.entity.offices:
                return office.kind.types
        return ()

    def _core(self, office: Office) -> list[str]:
        return [w.low for w in self.named.words[office.core[0] : office.core[1] + 1]]

    def kinds(self, entity: Entity) -> set[str]:
        """Kinds of office that the text gives, and the types of the role in force."""
        role = entity.choice.role
        return {o.kind.id for o in entity.offices if o.standing == "now"} | ({role.type} if role else set())

    def _fits(self, office: Office, entity: Entity, low: str, counterpart: bool) -> float:
        kinds = {
            o.kind.id for o in entity.offices if "now" in {o.standing, office.standing} or o.standing == office.standing
        }
        role = entity.choice.role
        types = {role.type} if role else set()
        if counterpart:
            alike = set(self._types_before(office.first)) & self.kinds(entity)
            return (1.0 if alike else 0.6) if office.side is not None else 0.0
        if low in {"chief", "head", "boss"} and office.side in _BODIES and office.kind.id == "leader":
            return 0.9 if "io_head" in kinds | types else 0.0  # "the UN chief"
        if office.side == "EU" and office.kind.id == "foreign_minister" and "io_head" in kinds:
            return 0.9  # "the EU's top diplomat"
        if low == "diplomat" and office.definite and office.side is None and kinds & _DIPLOMATS:
            return 0.9
        short = office.side is not None and office.core[0] == office.core[1] and low in _SENT
        if short and any(self._core(o)[-1] == low for o in entity.offices):
            return 0.9  # "the UN envoy" of a UN special envoy
        if office.kind.id == "leader" and (low in _VAGUE or low in {"negotiator", "politician"}):
            return (
                0.35
                if office.side is not None and office.definite and (kinds or types) and low in {"diplomat", "official"}
                else 0.0
            )
        if office.kind.only and self.person(entity).represents not in office.kind.only:
            return 0.0
        mine = self._core(office)
        whole = [self._core(o) for o in entity.offices if o.kind.id == office.kind.id]
        if "for" in mine and whole and all("for" in w and w != mine for w in whole):
            return 0.0  # the High Commissioner for Refugees is not the one for Human Rights
        if office.kind.id in kinds:
            return 1.0
        if len(mine) > 1 and any(self._core(o)[: len(mine)] == mine for o in entity.offices):
            return 0.9  # "the Deputy Secretary" of a Deputy Secretary of State
        if low in {"leader", "ruler"} and office.core[0] < office.core[1] and not office.kind.only:
            return 0.0
        if low in {"leader", "ruler"} and not office.kind.only:
            return 1.0 if kinds & LEADERS or types & {"head_of_state", "head_of_government"} else 0.0
        if low in {"minister"} and not office.portfolio:
            called = any("minister" in k for k in kinds)
            plain = bool(kinds & MINISTERS or types & {"foreign_minister", "defence_minister", "minister"})
            return 0.9 if called else 0.7 if plain else 0.0
        if low == "secretary" and office.core[0] == office.core[1]:
            return 0.9 if kinds & {"secretary_of_state", "foreign_secretary"} else 0.0
        if office.kind.id == "minister" and office.portfolio:
            return 1.0 if any(o.portfolio == office.portfolio for o in entity.offices) else 0.0
        if types & set(office.kind.types[:1]):
            return 0.95
        return 0.0

    def _land(self, who: Participant) -> Participant:
        """The state or organisation for which a participant acts."""
        body = self.authority.body(who.represents or "")
        return self.body(body.id) if body is not None else who

    def body(self, ident: str) -> Participant:
        """A body of the authority file as a participant."""
        body = self.authority.bodies[ident]
        return Participant(name=body.name, type=body.type, represents=body.side, actor=ident)

    def _pair(self, word: int, people: bool, noun: str = "", count: int = 2) -> tuple[tuple[Participant, ...], str]:
        """The two (or `count`) people or sides last brought together before a word.

        `noun` ("leaders", "ministers") says what they must be, where people of that kind are named.
        """
        sentence = self.named.words[word].sentence
        wanted = _WANTED.get(noun)
        points = [p for p in self.points if p.word < word]
        if wanted is not None:
            fitting = [p for p in points if self.kinds(p.entity) & wanted]
            points = fitting if len(self._distinct([p.entity for p in fitting])) > 1 else points
        if noun == "they" and (both := self._plural_before(word, sentence, 1)):
            return both, "those spoken of just before"
        reach = 2 if noun == "they" else 7
        for back in range(reach):
            here = [p for p in points if p.sentence == sentence - back]
            found = self._distinct([p.entity for p in here])
            found += [
                who
                for at, who in self.others
                if len(found) == 1
                and at < word
                and self.named.words[at].sentence == sentence - back
                and who.represents != found[0].represents
            ]
            if count > 2 and len(found) != count:
                many = next((m for at, m, _ in reversed(self.plurals) if at < word and len(m) == count), ())
                if many:
                    return many, "those spoken of before"
                continue
            if count > 2:
                return tuple(found), "the people brought together just before"
            if (
                noun in {"men", "two", "pair"}
                and len({id(p.entity) for p in here}) > 1
                and (both := self._coordinated(here))
            ):
                return both, "the people whom the text joins"
            if len(found) > 2 and (joined := self._coordinated(here)):
                return joined, "the people whom the text joins"
            if len(found) == 2 or (len(found) > 2 and noun == ""):
                return tuple(found[:3]), "the people brought together just before"
            if len(found) > 2:
                return self._principal(points), "the people named most before"
            if back and noun != "they" and len(both := self._plural_in(word, sentence - back, noun)) == 2:
                return both, "those spoken of just before"
            if not people and back <= 3 and (lands := self._joined(sentence - back, word)):
                return lands, "the sides brought together just before"
        if noun == "they" and (both := self._plural_before(word, sentence, 4)):
            return both, "those spoken of before"
        if noun == "they":
            return self._subject_body(sentence - 1)
        if count > 2:
            return (), "not so many were named before"
        recent = self._distinct([p.entity for p in reversed(points)])
        if not people:
            for back in range(4):
                if lands := self._lands(sentence - back, word):
                    return lands, "the sides named just before"
        if len(recent) >= 2:
            return tuple(reversed(recent[:2])), "the people last named before"
        return (), "no two sides were named before"

    def _plural_before(self, word: int, sentence: int, reach: int) -> tuple[Participant, ...]:
        """The several people whom a noun or pronoun meant last, not more than `reach` sentences before."""
        for at, people, _ in reversed(self.plurals):
            if at < word and sentence - self.named.words[at].sentence <= reach:
                return people
        return ()

    def _plural_in(self, word: int, sentence: int, noun: str) -> tuple[Participant, ...]:
        """The leaders or ministers, as the noun says, whom a noun before the word meant last in a sentence."""
        wanted = _WANTED.get(noun)
        for at, people, said in reversed(self.plurals):
            here = at < word and self.named.words[at].sentence == sentence
            if here and said in _WANTED and (wanted is None or _WANTED[said] is wanted):
                return people
        return ()

    def _coordinated(self, points: Sequence[Point]) -> tuple[Participant, ...]:
        """Two people of different sides joined by "and": the last such pair."""
        for a, b in reversed(list(itertools.pairwise(points))):
            between = [w.low for w in self.named.words[a.last + 1 : b.word]] if a.last >= 0 else ["?"]
            if between not in (["and"], [",", "and"]) or a.entity is b.entity:
                continue
            two = (self.person(a.entity), self.person(b.entity))
            if two[0].represents != two[1].represents:
                return two
        return ()

    def _subject_body(self, sentence: int) -> tuple[tuple[Participant, ...], str]:
        """The body that opens a sentence: "The Russian Foreign Ministry circulated a draft. They want ..."."""
        for side in self.named.sides:
            word = self.named.words[side.first]
            if word.sentence == sentence and side.form == "name":
                opening = [w for w in self.named.words[: side.first] if w.sentence == sentence]
                return (
                    ((self.body(side.body),), "the body that the sentence before is about")
                    if len(opening) < 5
                    else ((), "")
                )
        return (), "no two people were brought together just before"

    def _joined(self, sentence: int, word: int) -> tuple[Participant, ...]:
        """Two states that a sentence joins before a word: "Iran and Iraq", "US-Russia talks", "between X and Y"."""
        words = self.named.words
        here = [s for s in self.named.sides if words[s.first].sentence == sentence and s.last < word and s.side]
        for a, b in reversed(list(itertools.pairwise(here))):
            between = {w.low for w in words[a.last + 1 : b.first]}
            states = all(self.authority.bodies[s.body].is_state for s in (a, b))
            if states and a.body != b.body and between and between <= {"and", "the", "-", "–", "&", "with"}:
                return (self.body(a.body), self.body(b.body))
        return ()

    def _principal(self, points: Sequence[Point]) -> tuple[Participant, ...]:
        """The two people of different sides to whom the report refers most."""
        count: dict[int, int] = {}  # a subject counts twice
        for point in points:
            count[id(point.entity)] = count.get(id(point.entity), 0) + (2 if point.subject else 1)
        ranked = sorted(points, key=lambda p: -count[id(p.entity)])
        two = self._distinct([p.entity for p in ranked])[:2]
        order = self._distinct([p.entity for p in points])
        return tuple(sorted(two, key=order.index))

    def _lands(self, sentence: int, word: int) -> tuple[Participant, ...]:
        """The two states that a sentence names before a word; nothing where it names fewer or more."""
        bodies = dict.fromkeys(
            s.body
            for s in self.named.sides
            if self.named.words[s.first].sentence == sentence and s.first < word and s.side and s.form != "capital"
        )
        states = [b for b in bodies if self.authority.bodies[b].is_state]
        return tuple(self.body(b) for b in states) if len(states) == 2 else ()

    def _distinct(self, entities: Sequence[Entity]) -> list[Participant]:
        found: dict[str, Participant] = {}
        for entity in entities:
            who = self.person(entity)
            if who.represents and who.represents not in found:
                found[who.represents] = who
        return list(found.values())
