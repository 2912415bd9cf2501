"""Which person a name means: spelling, office on the day, side and neighbours decide together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from communique.actors.authority import Authority, Held, Person, Role, Span
from communique.actors.folding import name_words
from communique.actors.names import Run, nicknamed
from communique.actors.offices import Office
from communique.actors.spelling import close, follows, likeness, name_score, near_length, numeral, variants, whole

__all__ = ["Choice", "Entity", "best_role", "choose", "likeness"]

PROMINENCE: Final[dict[str, float]] = {
    "head_of_state": 1.0,
    "head_of_government": 1.0,
    "foreign_minister": 0.95,
    "io_head": 0.9,
    "head_of_foreign_policy": 0.9,
    "vice_president": 0.8,
    "defence_minister": 0.75,
    "national_security": 0.7,
    "deputy_foreign_minister": 0.65,
    "special_envoy": 0.65,
    "spokesperson": 0.6,
    "permanent_representative": 0.6,
    "deputy_head_of_government": 0.6,
    "eu_commissioner": 0.6,
    "io_deputy": 0.6,
    "ambassador": 0.45,
    "chief_of_staff": 0.5,
    "intelligence_chief": 0.55,
    "finance_minister": 0.5,
    "interior_minister": 0.5,
    "military_chief": 0.5,
    "legislature": 0.4,
    "economy_minister": 0.4,
}
"""How likely a report of diplomacy means the holder of such an office, other things equal."""

_SEATS: Final = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "vice_president"}
)
"""Offices that one person holds at a time."""

_HELD: Final[dict[Held, float]] = {"confirmed": 1.0, "probable": 0.8, "no": 0.0}


class Choice(NamedTuple):
    """The person chosen, the role in force, and why; or nobody and the candidates."""

    person: Person | None
    role: Role | None
    because: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Entity:
    """A person of the report: every run that names them, the offices and sides that the text gives."""

    runs: list[Run]
    words: tuple[str, ...]
    offices: list[Office] = field(default_factory=list)
    side: str | None = None
    side_because: str = ""
    gender: str = ""
    choice: Choice = field(default_factory=lambda: Choice(None, None, ""))
    order: int = 0
    spoken_for: str | None = None
    """The side of the office named before, which this one goes with ("ministry spokesman")."""
    near: str | None = None
    """The side on whose ground the text is where it first names the person."""

    def add(self, run: Run) -> None:
        """Take in another run that names the same person."""
        self.runs.append(run)
        self.offices.extend(o for o in run.offices if o not in self.offices)
        self.gender = self.gender or run.gender or next((o.kind.gender for o in run.offices if o.kind.gender), "")
        if self.side is None and run.side:
            self.side, self.side_because = run.side, run.side_because

    @property
    def text_side(self) -> str | None:
        """The side that the text gives, by office or otherwise."""
        plural = next((o for o in self.offices if o.plural and len({s.side for s in o.sides}) > 1), None)
        if plural is not None and self.side:
            return self.side
        given = [o for o in self.offices if o.side and o is not plural]
        # "ECOWAS mediator X, a former Nigerian president" acts for ECOWAS
        return next((o.side for o in sorted(given, key=lambda o: o.standing == "former")), None) or self.side


def _side_of(authority: Authority, role: Role) -> str | None:
    body = authority.body(role.of or role.body)
    return body.side if body else (role.of or None)


def _office_score(
    authority: Authority, person: Person, office: Office, side: str | None, days: Span | None
) -> tuple[float, Role | None]:
    """How well one office in the text fits the person's roles, and the role that fits."""
    best, fitting = -1.5, None
    side = side or office.side
    near = _around(days) if days is not None and office.standing == "now" else None
    accredited = office.kind.id in {"ambassador", "special_envoy"}
    for role in person.roles:
        own = _side_of(authority, role)
        title = role.office.lower()
        if office.kind.titled and ("crown" in title or not any(t in title for t in office.kind.titled)):
            continue
        same_side = side is None or own == side or role.body == next((s.body for s in office.sides), "")
        if side is None and office.kind.side:
            same_side = own == office.kind.side
        held = role.held(days)
        in_force = _HELD[held] or (_NEARLY if near is not None and role.held(near) != "no" else 0.0)
        typed = role.type in office.kind.types and (in_force > 0 or office.kind.id != "leader")
        wanted = office.standing == "now"
        if typed and same_side:
            score = 1.5 + (1.5 * in_force if wanted else 1.0) - 0.05 * office.kind.types.index(role.type)
            if accredited and office.accredited and role.to and role.to != office.accredited:
                score -= 1.0
        elif typed and in_force:
            score = 0.6 if side is not None else 1.0
        elif same_side and side is not None:
            score = 0.6 + 0.3 * in_force + 0.1 * PROMINENCE.get(role.type, 0.3) * (in_force > 0)
        else:
            continue
        score += 0.1 * (side is not None and own == side) + 0.05 * (own == person.country) + 0.001 * (role.start > "")
        if score > best:
            best, fitting = score, role if typed or in_force else None
    return best, fitting


_NEARLY: Final = 0.65
"""What an office counts that was left, or is taken up, within a month: funerals, elections, other lists' days."""
_MONTH: Final = 31


@lru_cache(maxsize=512)
def _around(days: Span) -> Span:
    """The days with a month before and after."""
    try:
        first, last = (date.fromisoformat(d[:8] + f"{min(int(d[8:10]), 28):02}") for d in days)
    except ValueError:
        return days
    return (first - timedelta(_MONTH)).isoformat(), (last + timedelta(_MONTH)).isoformat()


def best_role(authority: Authority, person: Person, days: Span | None, side: str | None = None) -> Role | None:
    """The role in force on the day that most likely made the report: by side, then prominence; None if none is."""
    ranked = [
        (
            side is not None and _side_of(authority, r) == side,
            _HELD[h] - 0.3 * (r.of != person.country and r.type == "head_of_state"),
            PROMINENCE.get(r.type, 0.3),
            r.start,
            i,
        )
        for i, r in enumerate(person.roles)
        if (h := r.held(days)) != "no"
    ]
    return person.roles[max(ranked)[4]] if ranked else None


def choose(entity: Entity, authority: Authority, days: Span | None, present: frozenset[str]) -> Choice:
    """The person of the authority file whom an entity of the report means, or nobody with the candidates.

    `present` are the sides that the report names: a namesake of another side is less likely. A spelling that is not
    the file's own needs an agreeing office or side.
    """
    side = entity.text_side
    royal = any(o.kind.id in _ROYAL for o in entity.offices)
    ranked: list[tuple[float, float, int, Role | None]] = []
    spelt = (*variants(entity.words), *(short for r in entity.runs if (short := nicknamed(r))))
    for number, name in _fitting(spelt, bool(entity.offices and (side or entity.near)), royal, authority):
        score, role = _judge(entity, authority, authority.person(number), name, side, days, present)
        if score > 0:
            ranked.append((score, name, number, role))
    ranked.sort(key=lambda r: (-r[0], -r[1], authority.person(r[2]).id))
    if not ranked and (holder := _misspelt(entity, authority, days)):
        return holder
    if not ranked:
        return Choice(None, None, "the authority file has nobody of this name with such an office or side")
    score, name, number, role = ranked[0]
    person = authority.person(number)
    if len(ranked) > 1 and ranked[1][0] > score - 0.25 and ranked[1][1] > name - 0.02:
        rival = authority.person(ranked[1][2])
        names = tuple(f"{authority.person(r[2]).name} ({authority.person(r[2]).id})" for r in ranked[:5])
        if not _same(person, role, rival, ranked[1][3]):
            return Choice(None, None, "several people of this name fit equally well", names)
    held = role.held(days) if role else "no"
    word = {"confirmed": "held on the day", "probable": "probably held on the day", "no": "not known for the day"}[held]
    office = f"{role.office} of {role.of}, {word}" if role else "no office in force"
    own = _side_of(authority, role) if role else person.country
    differs = f"; the text calls the person {side}'s" if side is not None and own is not None and own != side else ""
    return Choice(person, role, f"the name fits {person.name}: {office}{differs}")


_ROYAL: Final = frozenset({"monarch", "queen", "crown_prince", "custodian"})
_SINGLE: Final = frozenset(
    {
        "head_of_state", "head_of_government", "foreign_minister", "secretary_of_state", "chancellor", "vice_president",
        "defence_minister",
    }
)  # fmt: skip


def _misspelt(entity: Entity, authority: Authority, days: Span | None) -> Choice | None:
    """The one holder of a single office of a side on the day, if the name is nearly theirs ("Brinken")."""
    for office in entity.offices:
        side = entity.text_side or office.kind.side
        if office.kind.id not in _SINGLE or office.standing != "now" or side is None or days is None or office.plural:
            continue
        held = {h[0].id: h for h in authority.holders(office.kind.types[:1], side, days) if h[2] == "confirmed"}
        for person, role, _ in held.values():
            form = name_words(person.name)
            near = close(entity.words[-1], form[-1])
            if (
                len(entity.words[-1]) >= 5
                and near >= 0.8
                and (len(entity.words) == 1 or entity.words[0][0] == form[0][0])
            ):
                reason = f"nearly the name of {person.name}, who was {role.office} of {side} on the day"
                return Choice(person, role, reason)
    return None


@lru_cache(maxsize=4096)
def _fitting(
    spelt: tuple[tuple[str, ...], ...], sure: bool, royal: bool, authority: Authority
) -> tuple[tuple[int, float], ...]:
    """The people whose names fit one of the spellings of a name (the first is the name itself), and how well."""
    found = []
    for number in _within_reach(spelt, authority, sure):
        person, forms = authority.person(number), authority.forms(number)
        name = name_score(spelt[0], person, forms, royal)
        if name < 0.95 and len(spelt) > 1:
            lengths = {(word[0], len(word)) for form in forms for word in form}
            likely = (v for n, v in enumerate(spelt) if n and near_length(v, spelt[0], lengths))
            joined = max((name_score(words, person, forms) for words in likely), default=0.0)
            name = joined if joined >= max(0.94, name) else name
        if name >= _ALIKE:
            found.append((number, name))
    return tuple(found)


_ALIKE: Final = 0.78
"""What a name must score at the least to be another spelling of somebody's."""


def _within_reach(spelt: Sequence[tuple[str, ...]], authority: Authority, sure: bool) -> list[int]:
    """Numbers of the people whose names share enough words with one of the spellings, in file order.

    Where an office and a side are given (`sure`), one word of the name is enough: given names vary most.
    """
    found: set[int] = set()
    if sure and len(spelt[0]) in {2, 3}:
        found.update(authority.sharing(spelt[0][-1:], 1))
    for words in spelt:
        distinct = len(set(words))
        least = distinct if distinct < 3 else max(2, distinct - 1 if distinct < 5 else distinct - 2)
        found.update(authority.sharing(words, least))
    return sorted(found)


def _same(a: Person, first: Role | None, b: Person, second: Role | None) -> bool:
    """Two records that are very likely one person: words of one name, or one seat held at one time."""
    if a.country == b.country and set(name_words(a.name)) <= set(name_words(b.name)):
        return True
    if first is None or second is None or (first.type, first.of) != (second.type, second.of):
        return False
    if first.type not in _SEATS or not first.start or not second.start:
        return False
    return first.start <= (second.end or "9999") and second.start <= (first.end or "9999")


_LONG: Final = 3
"""Words of a name that hardly two people share."""
_IN_FORCE: Final = 2.4
"""What an office of the text scores at the least that a role of the same kind and side in force bears out."""
_LOOSE: Final = frozenset({"leader", "special_envoy", "presidential_staff", "legislature", "crown_prince"})
"""Offices that reports give to people without much care."""


def _another(entity: Entity, person: Person, dated: bool) -> bool:
    """Is somebody called by an office of the day, which the person did not hold, more likely another of like name?

    So if the name is neither the person's whole name nor one of its usual spellings: "Foreign Minister Lars Hansen"
    is no Lars Joakim Hanssen who was a state secretary.
    """
    forms = [name_words(f) for f in (person.name, *person.aliases)]
    if not entity.offices or sorted(entity.words) in map(sorted, forms):
        return False
    if not any(follows(entity.words, form) for form in forms):
        return True  # "Bashir Ahmad" is not Omar Hassan Ahmad al-Bashir
    return dated and any(o.standing == "now" and not o.plural and o.kind.id not in _LOOSE for o in entity.offices)


def _judge(
    entity: Entity,
    authority: Authority,
    person: Person,
    name: float,
    side: str | None,
    days: Span | None,
    present: frozenset[str],
) -> tuple[float, Role | None]:
    """How well a person fits an entity, 0 for not at all, and the role that fits."""
    fitted = [_office_score(authority, person, o, side, days) for o in entity.offices]
    office, role = max(fitted, key=lambda f: f[0]) if fitted else (0.0, None)
    role = role or best_role(authority, person, days, side)
    sides = {_side_of(authority, r) for r in person.roles} | {person.country}
    lived = not (person.died and days and person.died < _around(days)[0]) and not (
        person.born and days and person.born[:4] > str(int(days[1][:4]) - 20)
    )
    if not lived:
        return 0.0, None
    agreed = side is not None and side in sides
    exact = name >= 0.999
    known = present & {s for s in sides if s}
    number = numeral(r.text for r in entity.runs)
    if number and (own := numeral((person.name, *person.aliases))) and own != number:
        return 0.0, None
    if len(entity.words) == 1 and not exact and all(o.kind.id == "leader" for o in entity.offices):
        return 0.0, None
    if len(entity.words) == 1:
        # A surname alone needs a fitting office, or an eminent one in force of a side that the report names.
        if entity.offices:
            former = any(o.standing != "now" for o in entity.offices)
            fits = office >= (1.4 if former or days is None else 2.4) and (side is not None or known or office >= 2.5)
            return (office + name + 0.4 * bool(known) + 0.5 * (entity.near in sides) if fits else 0.0), role
        eminent = PROMINENCE.get(role.type, 0.0) if role and role.held(days) == "confirmed" else 0.0
        word = entity.words[0]
        alone = eminent >= 0.95 and len(word) >= 4 and authority.bearers(word) <= (3 if len(word) > 4 else 1)
        if exact and ((eminent >= 0.6 and known) or alone) and (side is None or agreed):
            return eminent + 0.6 * bool(known) + 0.5 * agreed, role
        return 0.0, None
    if name < 0.95 and side is None and entity.near not in sides and entity.near is not None:
        return 0.0, None  # another spelling needs a side that agrees, if only that of the ground the text is on
    score = 2 * name + office
    if side is not None:
        score += 0.6 if agreed else -1.6
    score += 0.3 * bool(known) + 0.3 * (side is None and entity.near in sides)
    if role is not None:
        score += 0.5 * PROMINENCE.get(role.type, 0.3) * _HELD[role.held(days)]
    if not exact and office < 1.4 and not (agreed and name >= 0.88) and not (name >= 0.9 and known):
        return 0.0, None
    sure = max((f[0] for f, o in zip(fitted, entity.offices, strict=True) if o.kind.id not in _LOOSE), default=0.0)
    if sure < _IN_FORCE and _another(entity, person, days is not None):
        return 0.0, None
    if not entity.offices and side is None:
        # A bare name: all of it must fit, and its bearer hold an office that day or be a well-known one.
        eminent = max((PROMINENCE.get(r.type, 0.0) for r in person.roles), default=0.0)
        in_office = role is not None and days is not None and role.held(days) != "no"
        if not (in_office or (exact and eminent >= 0.6 and known)) or not whole(entity.words, person):
            return 0.0, None
    if entity.offices and office < 0 and not agreed and side is not None:
        # The text gives another office of another side: a namesake, unless it is the whole of a long name of somebody
        # who held nothing that day ("the UN envoy Ismail Ould Cheikh Ahmed", later a minister)
        return (0.5, None) if exact and len(entity.words) >= _LONG and role is None else (0.0, None)
    return score, role
