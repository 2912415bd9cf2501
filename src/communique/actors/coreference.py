"""Nominals and pronouns of a report led back to the actors they mean.

Made for this genre: most anaphors of diplomatic reports are role nouns ("the minister", "his Chinese counterpart",
"both sides"), which off-the-shelf resolvers do not resolve; sides and offices settle them better than distance.
"""

from __future__ import annotations

from typing import Final

from communique.actors.authority import Person, Role
from communique.actors.groups import Groups
from communique.actors.memory import Point
from communique.actors.offices import Office, Side
from communique.actors.people import Entity
from communique.actors.spelling import usual
from communique.records import Participant

__all__ = ["Resolver"]

_SINGLE: Final = frozenset(
    {
        "head_of_state", "head_of_government", "foreign_minister", "secretary_of_state", "foreign_secretary",
        "defence_minister", "chancellor", "monarch", "io_head", "vice_president",
    }
)  # fmt: skip
"""Kinds of office that one person of a side holds at a time."""


_TAIL: Final = 8
"""Words from a closing "he said" to the end of its sentence at the most."""
_PARTNERS: Final = frozenset({"host", "guest", "visitor", "interlocutor"})
_CITIZEN: Final = 4
"""Sentences within which "the Finn" takes up a person."""
_SAYS: Final = frozenset(
    {
        "said", "says", "added", "adds", "noted", "stressed", "urged", "urges", "called", "calls", "condemned",
        "rejected", "denied", "accused", "warned", "warns", "expressed", "welcomed", "reiterated", "demanded",
        "told", "tells", "explained", "explains", "pointed", "remarked", "recalled", "underlined", "emphasized",
        "emphasised", "concluded", "replied", "commented", "observed", "acknowledged", "admitted", "declared",
        "claimed", "argued",
        "assured", "affirmed", "highlighted", "underscored", "appealed", "suggested", "cautioned", "thanked", "recalls",
        "insisted", "announced", "confirmed", "stated", "vowed", "pledged", "criticised", "criticized", "protested",
    }
)  # fmt: skip
"""What "it" does where it means a body rather than nothing in particular."""
_NAMED: Final = 60
"""People of one sentence among whom a pronoun's is looked for: none has more, but an attack may have thousands."""


class Resolver(Groups):
    """Leads references of one report back to its people and sides, in the order of the text."""

    def office(self, office: Office) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """Who holds the office that a nominal names: (participants, reason, entity of the report)."""
        self._own(office)
        if office.plural:
            return (*self._several(office), None)
        low = self.named.words[office.core[1]].low
        counterpart = low in {"counterpart", "colleague", "number", "homologue"}
        bare = not (office.sides or office.his or office.definite)
        if bare and not self.named.words[office.core[0]].capital:
            return (), "a noun without article or side names nobody", None
        if office.his and office.side is None and (counterpart or low in _PARTNERS):
            return self._partner(office)
        if office.his and not counterpart and office.side is None:
            self._of_subject(office)
        if counterpart and office.side is None and not office.his:
            return (), "no side tells whose counterpart", None
        spoken = self._vague.get(low)
        if office.definite and spoken and office.side in {None, spoken[0].represents}:
            return spoken, "the one spoken of before", None
        entity = self._entity_with(office, counterpart)
        if entity is not None:
            return (self.person(entity),), "the person of the report with that office", entity
        kind = office.kind
        side = office.side or (kind.side if not office.indefinite else None)
        types = kind.types
        if counterpart:
            types = self._types_before(office.first)
        if side and not office.indefinite and office.standing == "now" and (kind.id in _SINGLE or counterpart):
            holder = self._in_office(types[:1], side)
            if holder is not None:
                person, role = holder
                body = self.authority.body(role.of or role.body)
                who = Participant(
                    name=usual(person.name, person.family, person.aliases),
                    type="person",
                    represents=body.side if body else side,
                    actor=person.id,
                    office=role.office,
                )
                return (who,), f"held the office of {role.office} of {role.of} on the day", None
        if side and office.standing == "coming" and (follower := self._next_in_office(types[:1], side)) is not None:
            name = usual(follower.name, follower.family, follower.aliases)
            who = Participant(name=name, type="person", represents=side, actor=follower.id)
            return (who,), "took up the office of that side next", None
        if side:
            text = self._text(office.first, office.last)
            who = Participant(name=_bare(text), type="person", represents=side, office=kind.id.replace("_", " "))
            self._vague[low] = (who,)
            return (who,), "nobody is named; the office gives the side", None
        return (), "nobody of the report is known to hold this office", None

    def _of_subject(self, office: Office) -> None:
        """Give "his foreign minister" the side of the person spoken of."""
        before = [p for p in self.points if p.word < office.first and not p.inside]
        sentence = self.named.words[office.first].sentence
        if not before or before[-1].sentence < sentence - 1 or self.named.words[office.first].low not in {"his", "her"}:
            return
        side = self.person(before[-1].entity).represents
        if side is not None and self.authority.body(side) is not None and office.kind.id != "leader":
            office.sides.append(Side(office.last, office.last, side, side, "name"))

    def _partner(self, office: Office) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """The other one of the two people brought together last, for "his host"."""
        before = [p for p in self.points if p.word < office.first and not p.inside]
        sentence = self.named.words[office.first].sentence
        own = before[-1].entity if before else None
        for back in range(4):
            here = list(dict.fromkeys(p.entity for p in before if p.sentence == sentence - back))
            others = [e for e in here if e is not own]
            if own in here and len(others) == 1 and self.person(others[0]).represents:
                return (self.person(others[0]),), "the other one of the two brought together before", others[0]
        return (), "no two people were brought together before", None

    def _own(self, office: Office) -> None:
        """Give an office the side of the person for whom it is held: "the special envoy of President X"."""
        entity = self.of.get(office.owner)
        if entity is None or office.sides:
            return
        side = self.person(entity).represents
        if side is not None and self.authority.body(side) is not None:
            office.sides.append(Side(office.last, office.last, side, side, "name"))

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

    def _next_in_office(self, types: tuple[str, ...], side: str) -> Person | None:
        """The only one who took up an office of a side within five months after the day."""
        if self.days is None or types[0] not in {"head_of_state", "head_of_government"}:
            return None
        year, month = int(self.days[1][:4]), int(self.days[1][5:7]) + 5
        until = f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"
        late = [
            person
            for person, role, _ in self.authority.holders(types, side, (self.days[1], f"{until}-28"))
            if self.days[1] < role.start and role.start[:7] <= until
        ]
        return late[0] if len({p.id for p in late}) == 1 else None

    def _entity_with(self, office: Office, counterpart: bool) -> Entity | None:
        low = self.named.words[office.core[1]].low
        ranked = []
        before = [p for p in self.points if p.word < office.first and not p.inside]
        owner = before[-1].entity if before else None
        for entity in self.entities:
            side = self.person(entity).represents
            wanted = office.side or office.kind.side
            own = any(o.kind.id == office.kind.id for o in entity.offices)
            if wanted is not None and side != wanted and not (own and office.side is None):
                continue
            fits = self._fits(office, entity, low, counterpart)
            if fits <= 0:
                continue
            if office.his and entity is owner:
                continue
            if office.standing != "now" and not any(o.standing == office.standing for o in entity.offices):
                continue
            last = max((p.word for p in before if p.entity is entity), default=-1)
            later = min((p.word for p in self.points if p.entity is entity and p.word > office.first), default=10**6)
            if last < 0 and office.side is None and not office.kind.side:
                fits -= 0.5
            if (
                office.definite
                and office.side is None
                and side is not None
                and side == self._speaking_side(office.first)
            ):
                fits += 0.2  # a minister who speaks of "the President" means his own
            ranked.append((fits, last if last >= 0 else -later, -entity.order, entity))
        if not ranked and office.definite and office.side is not None and office.standing == "now":
            return self._only_one(office)
        if not ranked or (office.indefinite and office.kind.id == "leader"):
            return None
        best = max(ranked, key=lambda r: r[:3])
        return best[3] if best[0] > 0.3 else None

    def _speaking_side(self, word: int) -> str | None:
        """The side of the person who speaks in the sentence of a word, before it."""
        sentence = self.named.words[word].sentence
        here = (p for p in self.points if p.sentence == sentence and p.word < word and self._speaks(p))
        return next((self.person(p.entity).represents for p in here), None)

    def _only_one(self, office: Office) -> Entity | None:
        """The one person of a side, named before without office: "Chile's X met Y. The Chilean minister"."""
        plain = [
            e
            for e in self.entities
            if not e.offices and e.choice.role is None and self.person(e).represents == office.side
        ]
        named = len(plain) == 1 and min(r.first for r in plain[0].runs) < office.first
        return plain[0] if named and office.kind.id != "leader" else None

    # -- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, word: int, low: str) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """Whom he, she or they means."""
        if low in {"they", "them"}:
            return (*self._pair(word, people=True, noun="they"), None)
        if low == "it":
            return (*self._body_before(word), None)
        if low in {"former", "latter"}:
            return self._one_of_two(word, low == "latter")
        gender = {"he": "m", "she": "f", "him": "m", "her": "f"}.get(low)
        if gender is None:
            return (), "", None
        sentence = self.named.words[word].sentence
        says = self.says(word)
        for back in range(1 if says and self._closing(word) and len(self.points) > 1 else 0, 4):
            here = [p for p in self.points if p.sentence == sentence - back and p.word < word][-_NAMED:]
            fitting = [p for p in here if self.gender(p.entity) in {"", gender}]
            if low in {"him", "her"} and not self._according(word):
                # the subject of a clause does not act on itself: "Trudeau raised it with him"
                said = [p for p in self.points if p.sentence == sentence and p.word < word]
                beside = bool(said) and word - max(said[-1].word, said[-1].last) <= 2  # "and Y thanked him"
                subject_here = (said[-1] if beside else said[0]).entity if said else None
                fitting = [p for p in fitting if p.entity is not subject_here]
            if not fitting:
                continue
            open_ones = [p for p in fitting if not p.inside] or fitting
            told = [p for p in open_ones if not self._quoted(p.word)] or open_ones
            subject = next((p for p in told if p.subject), None)
            if says and back:
                subject = next((p for p in told if self._speaks(p)), subject)
            sure = [p for p in told if self.gender(p.entity) == gender]
            if subject is None or (sure and subject not in sure and gender == "f"):
                subject = (sure or told)[0]
            return (self.person(subject.entity),), "the last person named as subject who fits", subject.entity
        return (), "nobody named shortly before fits", None

    def says(self, word: int) -> bool:
        """Does a verb of saying follow a word, "also" or "has" between them allowed?"""
        words = self.named.words
        step = word + 1
        while step < len(words) and step < word + 3 and words[step].low in {"also", "has", "had", "then", "later"}:
            step += 1
        return step < len(words) and words[step].sentence == words[word].sentence and words[step].low in _SAYS

    def _speaks(self, point: Point) -> bool:
        """Is the person the one who says something in the sentence: "X says", "said X"?"""
        words = self.named.words
        before = words[point.word - 1] if point.word else None
        last = max(point.word, point.last)
        last += last + 1 < len(words) and words[last + 1].text == ","
        return self.says(last) or (before is not None and before.sentence == point.sentence and before.low in _SAYS)

    def _closing(self, word: int) -> bool:
        """Does "he said" stand behind what was said, at the end of its sentence?"""
        words = self.named.words
        if not word or words[word - 1].text not in {",", '"', "”", "’", "'", "″"} or word + 1 >= len(words):
            return False
        end = next((i for i in range(word, len(words)) if words[i].sentence != words[word].sentence), len(words))
        return end - word <= _TAIL and words[word - 1].sentence == words[word].sentence

    def _one_of_two(self, word: int, latter: bool) -> tuple[tuple[Participant, ...], str, Entity | None]:
        """The first or second of the two people, or states, that this sentence or the one before names."""
        sentence = self.named.words[word].sentence
        for back in range(2):
            here = [p.entity for p in self.points if p.sentence == sentence - back and p.word < word and not p.inside]
            people = list(dict.fromkeys(here))
            if len(people) == 2:
                return (self.person(people[latter]),), "one of the two people named just before", people[latter]
            lands = self._lands(sentence - back, word)
            if not people and len(lands) == 2:
                return (lands[latter],), "one of the two states named just before", None
        return (), "no two people or states were named just before", None

    def national(self, first: int, body: str) -> Entity | None:
        """The person whom the name of a citizen means: "the Finn", where one of that side was named before."""
        side = self.authority.bodies[body].side
        sentence = self.named.words[first].sentence
        before = [p for p in self.points if p.word < first and sentence - p.sentence <= _CITIZEN and not p.inside]
        return next((p.entity for p in reversed(before) if self.person(p.entity).represents == side), None)

    def _body_before(self, word: int) -> tuple[tuple[Participant, ...], str]:
        """The body meant by an "it" that says something: the subject of the sentence before, if alone there."""
        words = self.named.words
        if word + 1 >= len(words) or words[word + 1].low not in _SAYS:
            return (), ""
        sentence = words[word].sentence - 1
        here = {s.body: s for s in self.named.sides if words[s.first].sentence == sentence and s.form != "demonym"}
        subjects = [s for s in here.values() if self._opens(s.first, s.last)]
        if any(
            p.sentence == sentence and p.word < min((s.first for s in subjects), default=10**6) for p in self.points
        ):
            return (), ""
        organs = {i for i, s in here.items() if not self.authority.bodies[i].is_state}
        if len(subjects) != 1 or (organs and organs != {subjects[0].body}):
            return (), ""
        return (self.body(subjects[0].body),), "the body that the sentence before is about"

    def _opens(self, first: int, last: int) -> bool:
        """Does a body stand as the subject of its sentence: by the parse, else at its beginning?"""
        words = self.named.words
        sentence = self.reading.sentences[words[first].sentence]
        span = sentence.tokens_in(words[first].start, words[last].end) if sentence.doc is not None else None
        if span is not None:
            return span.root.dep_ in {"nsubj", "nsubjpass"} and span.root.head.dep_ == "ROOT"
        opening = [w for w in words[:first] if w.sentence == words[first].sentence]
        return [w.low for w in opening] in ([], ["the"])

    def _according(self, word: int) -> bool:
        """Does "according to" stand before the word? Then it may mean the subject itself."""
        return word > 1 and self.named.words[word - 2].low == "according"

    def _quoted(self, word: int) -> bool:
        w = self.named.words[word]
        return self.reading.quoted(w.start, w.end)


def _bare(text: str) -> str:
    for article in ("The ", "the ", "A ", "a ", "An ", "an "):
        if text.startswith(article):
            return text[len(article) :]
    return text
