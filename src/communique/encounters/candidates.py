"""One clause's word of an encounter, before it is known which other clauses speak of the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from communique.encounters import details, fora, senses, syntax, timing, traits
from communique.encounters.arguments import Arguments, Party, Role, arguments
from communique.encounters.details import Spot
from communique.encounters.parties import forum_sides, government_of
from communique.encounters.status import Verdict, verdict
from communique.records import EncounterKind, Participant, TimeExpression

if TYPE_CHECKING:
    from communique.encounters.lexicon import Entry
    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger
    from communique.language.reading import Reading

__all__ = ["Candidate", "Member", "build"]

_NOT_COUNTRIES: Final = frozenset({"EU", "UN"})
"""Sides nobody can travel to: "travelled to a UN conference" names no country."""
_DEFINITE: Final = frozenset({"the", "this", "these", "those", "that", "both", "such"})
_POSSESSIVE: Final = frozenset({"their", "his", "her", "its", "our", "your"})


@dataclass(frozen=True, slots=True)
class Member:
    """A participant and the role it has in the contact."""

    participant: Participant
    role: Role
    arm: int


@dataclass(slots=True, eq=False)
class Candidate:
    """What one trigger tells. `era` sets "the last meeting" and "the next one" apart; `pointing` is a definite or
    possessive noun that may speak of an encounter named elsewhere."""

    scene: Scene
    trigger: Trigger
    kind: EncounterKind
    firm: bool
    members: list[Member]
    verdict: Verdict
    spot: Spot | None = None
    forum: str | None = None
    time: TimeExpression | None = None
    duration: TimeExpression | None = None
    topics: list[str] = field(default_factory=list)
    number: int | None = None
    day: int | None = None
    """3 where the clause tells of "the third day of talks"."""
    level: str | None = None
    format: str | None = None
    era: str = ""
    pointing: bool = False
    led: bool = False
    """Are its leaders of delegation named elsewhere? Then delegations talked, not two principals alone."""
    bare: bool = False
    """Has its noun no article at all ("Peace talks resumed in X")?"""
    unresolved: tuple[str, ...] = ()
    part_of: str | None = None
    host: str | None = None
    about: bool = False
    between_them: bool = False
    around: bool = False
    """Is it a gathering around another contact ("on the sidelines of the summit")?"""
    overtaken: bool = False
    """Is it told as what had been planned ("had been due to meet")?"""
    attending: bool = False
    """Does it tell who else was there ("X and Y also took part in the meeting")?"""
    supporting: bool = False
    """Does it only bear out an encounter told elsewhere ("X told Y that ...")?"""
    also: bool = False
    """Does an "also" set it beside another contact?"""
    alone: bool = False
    """Is somebody met whom nobody could settle ("negotiations with the bank")?"""
    lead: bool = False
    """Does one of the first two sentences of the body tell it?"""
    generic: bool = False
    """Are its parties only named as "the two sides", "the officials": those of an encounter named elsewhere?"""

    @property
    def start(self) -> int:
        """Where the trigger stands in the report's text."""
        return self.scene.span(self.trigger.first, self.trigger.last)[0]

    @property
    def sides(self) -> frozenset[str]:
        """The sides that met; who mediated is not one."""
        return frozenset(
            m.participant.represents for m in self.members if m.participant.represents and m.role != "mediator"
        )

    @property
    def in_title(self) -> bool:
        """Does the title tell it?"""
        return self.scene.sentence.is_title

    @property
    def people(self) -> dict[str, set[str]]:
        """Names of persons by the side they are of ("" for none)."""
        found: dict[str, set[str]] = {}
        for member in self.members:
            if member.participant.type == "person":
                found.setdefault(member.participant.represents or "", set()).add(member.participant.name)
        return found


def build(reading: Reading, scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> list[Candidate]:
    """The candidates of one trigger: several where the clause tells of several, none where it is none."""
    if senses.other_sense(scene, trigger):
        return []
    found = arguments(scene, trigger)
    if senses.object_rules_out(scene, trigger, found):
        return []
    if senses.in_a_title(trigger):
        return []
    named = details.forums(scene, trigger) or fora.hidden(scene, trigger)
    if named:  # who speaks of a session need not sit in it
        found.parties = [p for p in found.parties if p.via != "speaker"]
    base = _base(reading, scene, trigger, found, times)
    dated = base.duration is not None or (
        base.time is not None and len((base.time.value or "").strip("-")) > len("2022")
    )
    if (trigger.entry.needs_place and base.spot is None and not dated) or (
        trigger.entry.frame == "joint" and not found.parties
    ):
        return []
    if senses.game(scene, trigger, found):
        return []
    if trigger.entry.kind == "visit":
        return _visits(scene, base, found)
    if found.host and (state := government_of(found.host)) is not None:
        base.members.insert(0, Member(state, "host", 0))
    body = fora.addressed(scene, trigger) if trigger.entry.name in _ADDRESSES else []
    if body and (trigger.entry.name != "draft" or trigger.head.lower_ in {"report", "reports"}):
        base.kind, base.firm, base.supporting = "session", True, False
        base.members = [Member(m.participant, "side", 0) for m in base.members if m.role != "recipient"]
        return [_with_forum(base, *body[0])]
    if trigger.entry.frame == "host" and base.verdict.status == "proposed":
        awaited = _awaited(scene, base)
        if awaited is not None:
            return [awaited]
    if found.apart:
        return _apart(reading, base, found, times)
    if not trigger.is_noun and len(base.sides) > 1 and trigger.entry.frame != "sit":
        named = []  # "UN envoys met the president" is no sitting of the UN
    if found.event and not named:
        named = _attended_forum(scene, trigger)
        base.forum = found.event
    if named and base.verdict.status == "proposed" and _only_frame(trigger):
        return []  # "are likely to meet during the G20 summit": the summit is not in question here
    if named and trigger.is_noun and trigger.entry.kind in {"meeting", "talks"} and _inside(scene, base, named):
        base.part_of = named[0][0]
        return [base]
    if trigger.entry.needs == "forum" and not named:
        return []
    if trigger.entry.frame == "attend" and not (named or found.event):
        return []
    if len(named) > 1:
        return [_with_forum(replace(base, members=list(base.members)), name, start, end) for name, start, end in named]
    if named:
        return [_with_forum(base, *named[0])]
    return _by_days(reading, base, times)


def _attended_forum(scene: Scene, trigger: Trigger) -> list[tuple[str, int, int]]:
    """ "will attend the next G7 summit": the forum inside the name of what is attended, by its usual name."""
    for noun in trigger.head.subtree:
        if noun.i > trigger.last and noun.dep_ == "dobj" and noun.head.i == trigger.head.i:
            start, end = scene.span(min(t.i for t in noun.subtree), noun.i)
            return [(f.name, f.start, f.end) for f in scene.cast.forums_in(start, end)]
    return []


def _only_frame(trigger: Trigger) -> bool:
    """Is the noun the frame of something else: "during the summit"?"""
    return trigger.is_noun and trigger.head.dep_ == "pobj" and trigger.head.head.lower_ == "during"


_SERIES: Final = frozenset({"rounds", "meetings", "summits", "sessions"})


def _by_days(reading: Reading, base: Candidate, times: Sequence[TimeExpression]) -> list[Candidate]:
    """One candidate for each date of a row: "rounds of talks in December and March" were two."""
    row = [base.time] if base.time is not None else []
    nouns = {base.trigger.head.lower_, syntax.climb(base.trigger.head, base.scene.words).lower_}
    if not row or not base.trigger.is_noun or not nouns & _SERIES:
        return [base]
    for time in times:
        gap = reading.text[row[-1].end : time.start] if time.start >= row[-1].end else ""
        if time.value and time.type == "date" and gap.strip() in {"and", ",", "and in", "and on"}:
            row.append(time)
    return [replace(base, time=time, members=list(base.members)) for time in row]


_ADDRESSES: Final = frozenset({"draft", "brief"})


def _awaited(scene: Scene, base: Candidate) -> Candidate | None:
    """ "looks forward to welcoming X to Y": a visit that is wished for."""
    visitors = [Member(m.participant, "visitor", 0) for m in base.members if m.role == "visitor"]
    hosts = {m.participant.represents for m in base.members if m.role == "host"}
    for child in base.trigger.head.subtree:
        if (
            child.i < base.trigger.last
            or child.dep_ not in {"prep", "dative"}
            or child.lower_ not in {"to", "in", "at"}
            or not visitors
        ):
            continue
        for target in child.children:
            place = details.destination(scene, *scene.span(min(t.i for t in target.subtree), target.i))
            if place is not None and place.country in hosts:
                return replace(base, kind="visit", members=visitors, spot=place, host=place.country)
    return None


def _inside(scene: Scene, base: Candidate, named: list[tuple[str, int, int]]) -> bool:
    """ "a meeting of the X and Y ministers within the Council": the forum is around two sides who meet."""
    tokens = scene.sentence.tokens_in(*named[0][1:])
    if tokens is None or tokens.start <= base.trigger.last:
        return False
    between = list(scene.tokens[base.trigger.last + 1 : tokens.start])
    first = next((t for t in reversed(between) if t.tag_ == "IN"), None)
    own = {
        m.participant.represents
        for m in base.members
        if m.participant.type in {"person", "government", "delegation"} and m.participant.represents
    }
    return first is not None and first.lower_ in {"within", "during", "at", "in", "under"} and len(own) >= 2


def _base(
    reading: Reading, scene: Scene, trigger: Trigger, found: Arguments, times: Sequence[TimeExpression]
) -> Candidate:
    entry = trigger.entry
    parties = [p.named for p in found.parties]
    noun = syntax.climb(trigger.head, scene.words) if trigger.is_noun else trigger.head
    words = {c.lower_ for t in {trigger.head, noun} for c in t.children if c.i < trigger.head.i}
    bare = trigger.plural and noun.i == trigger.head.i and (not words or (entry.firm and traits.bare(trigger, parties)))
    pointing = trigger.is_noun and bool(words & (_DEFINITE | _POSSESSIVE) or bare)
    kind, firm = _kind_here(scene, trigger, found)
    candidate = Candidate(
        scene=scene,
        trigger=trigger,
        kind=kind,
        firm=firm,
        members=_members(entry, found.parties),
        verdict=verdict(scene, trigger),
        spot=details.spot(scene, trigger, parties),
        time=timing.when(scene, trigger, times),
        duration=timing.how_long(scene, trigger, times),
        topics=details.topics_of(scene, trigger),
        number=details.number_of(scene, trigger),
        day=details.nth_day(scene, trigger) if trigger.is_noun else None,
        level=details.level_of(scene, trigger),
        format=details.format_of(scene, trigger),
        era="previous" if words & traits.PREVIOUS else "next" if words & traits.NEXT else "",
        pointing=pointing,
        unresolved=tuple(n.text for n in parties if not n.participants),
        about=found.about,
        supporting=(entry.needs_about and not found.about) or entry.presence,
        part_of=traits.part_of(scene, trigger),
        around=trigger.is_noun and syntax.background(noun),
        between_them=traits.between_them(trigger),
        overtaken=traits.overtaken(scene, trigger, noun),
        generic=traits.generic(parties) and not traits.named_here(scene, parties),
    )
    candidate.pointing = candidate.pointing or candidate.generic
    candidate.lead = scene.lead
    if scene.sentence.is_title and trigger.is_noun and not candidate.members:
        candidate.pointing = True  # a headline leaves articles out: "Moscow summit set for May"
    governor = syntax.governor(noun) if trigger.is_noun else trigger.head
    candidate.also = governor is not None and any(c.lower_ == "also" for c in governor.children)
    candidate.alone = not any(p.arm for p in found.parties) and any(c.lower_ == "with" for c in trigger.head.children)
    candidate.bare = bool(bare and words)
    weak = not candidate.firm and entry.frame == "with" and candidate.time is not None
    if weak and candidate.time is not None and len((candidate.time.value or "").strip("~?")) <= len("2022"):
        candidate.supporting = True  # "began discussing ties in 1990" is no encounter
    candidate.attending = candidate.pointing and trigger.is_noun and traits.attended(scene, noun)
    candidate.supporting = candidate.supporting or traits.vague(candidate, noun)
    if not trigger.is_noun and trigger.head.dep_ == "relcl" and trigger.head.head.lower_ == "time":
        candidate.era = "previous"  # "the last time they met was in May"
        if any(c.lower_ == "first" for c in trigger.head.head.children):
            candidate.era, candidate.supporting = "", True  # "this is the first time that X visits Y"
    if entry.format:
        candidate.format = entry.format
    return candidate


def _kind_here(scene: Scene, trigger: Trigger, found: Arguments) -> tuple[EncounterKind, bool]:
    """The kind by the trigger, or by the telephone in its clause."""
    entry = trigger.entry
    if entry.frame == "sit" and sum(p.type == "person" for q in found.parties for p in q.named.participants) > 1:
        return "meeting", True  # "President X and President Y convened"
    if entry.kind in {"meeting", "talks", "call"} and any(senses.by_phone(t, trigger) for t in scene.tokens):
        return "call", True
    return entry.kind, entry.firm


_HANDED: Final[dict[str, Role]] = {"sender": "visitor", "recipient": "host", "bearer": "visitor"}
"""Who hands over credentials is received."""


def _members(entry: Entry, parties: Sequence[Party]) -> list[Member]:
    found: list[Member] = []
    states = all(p.type in {"government", "organisation"} for q in parties if q.arm for p in q.named.participants)
    for party in parties:
        for participant in party.named.participants:
            if party.via == "speaker" and states and participant.type in {"person", "government"}:
                participant = government_of(participant.represents) or participant
            role = _HANDED.get(party.role, party.role) if entry.kind == "meeting" else party.role
            member = Member(participant, role, party.arm)
            if all(m.participant != participant for m in found):
                found.append(member)
    return found


def _with_forum(candidate: Candidate, name: str, start: int, end: int) -> Candidate:
    """The candidate as one of a forum, whose sides take part."""
    candidate.forum = name
    candidate.members = [m for m in candidate.members if m.participant.type != "forum"]
    have = {m.participant.represents for m in candidate.members}
    for participant in forum_sides(candidate.scene.cast, start, end):
        if participant.represents not in have or not participant.represents:
            candidate.members.append(Member(participant, "side", 0))
    if any(word in name.lower() for word in ("dialogue", "talks", "format", "process", "negotiations")):
        candidate.kind, candidate.firm = "talks", True
    elif not candidate.firm and candidate.kind == "talks":
        candidate.kind, candidate.firm = "session", True
    elif candidate.trigger.entry.name == "meeting":
        candidate.kind = "session"
    return candidate


def _visits(scene: Scene, base: Candidate, found: Arguments) -> list[Candidate]:
    """One candidate for each stop."""
    stops: list[Spot] = []
    for start, end in found.destinations:
        place = details.destination(scene, start, end)
        if place is not None and place not in stops:
            stops.append(place)
    if not stops and base.trigger.is_noun and base.spot and base.spot.country:
        stops = [base.spot]  # "is in Paris on a visit"
    if not stops and found.here and scene.here:
        stops = [Spot(*scene.here)]
    stops = [stop for stop in stops if stop.country not in _NOT_COUNTRIES]
    if base.trigger.entry.presence:
        if not stops:
            return []
        base.supporting = base.time is None  # "is in X" only bears out a visit, "will be in X on Monday" tells one
    if not stops and found.host:
        base.host = found.host
        base.spot = Spot(None, found.host)
        return [base]
    if not stops:
        if base.trigger.is_noun:
            base.pointing = True
        return [base]
    base.members = [m for m in base.members if m.role != "side"]
    at_home = bool(base.sides) and (
        base.sides <= {stop.country for stop in stops}
        or (found.others and bool(base.sides & {s.country for s in stops}))
    )
    if found.others and at_home:
        base.members = [Member(p, "visitor", 0) for n in found.others for p in n.participants]
    return [replace(base, spot=stop, host=stop.country, members=list(base.members)) for stop in stops]


def _apart(reading: Reading, base: Candidate, found: Arguments, times: Sequence[TimeExpression]) -> list[Candidate]:
    """One candidate for each of those who were met one by one, with the date and place next to them."""
    scene = base.scene
    others = [p for p in found.parties if p.arm]
    own = [p for p in found.parties if not p.arm]
    if base.kind == "message":  # letters from several: one each
        common = [m for m in base.members if m.role != "sender"]
        senders = [m for m in base.members if m.role == "sender"]
        return [replace(base, members=[sender, *common]) for sender in senders]
    arms: dict[object, list[Party]] = {}
    several = len({p.arm for p in others}) > 1
    for party in others:
        arms.setdefault(party.arm if several else party.named.start, []).append(party)
    result: list[Candidate] = []
    ends = [min(p.named.start for p in rest) for rest in list(arms.values())[1:]] + [scene.sentence.end]
    for parties, end in zip(arms.values(), ends, strict=True):
        start = min(p.named.start for p in parties)
        one = replace(base, members=_members(base.trigger.entry, [*own, *parties]))
        one.unresolved = tuple(p.named.text for p in parties if not p.named.participants)
        if several:
            inside = [t for t in times if start <= t.start and t.end <= end and t.type in {"date", "time"} and t.value]
            one.time = inside[0] if inside else None
            places = scene.cast.places_in(start, end)
            if places:
                one.spot = Spot(places[0].name, places[0].country)
        result.append(one)
    return result
