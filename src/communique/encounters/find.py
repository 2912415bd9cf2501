"""Every encounter that a report tells of.

Each parsed sentence is searched for words of contact; their arguments, status and details make candidates; candidates
that speak of one encounter are joined; what is left without two sides is an abstention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from communique import dates
from communique.encounters import adoption, confidence, disputes, filling, lexicon, merge
from communique.encounters.candidates import Candidate, Member, build
from communique.encounters.details import Spot
from communique.encounters.merge import Cluster
from communique.encounters.scene import Scene, scene
from communique.encounters.status import Verdict
from communique.encounters.triggers import find_triggers
from communique.encounters.unnamed import introduce
from communique.records import (
    Abstention,
    DateBasis,
    Dating,
    Encounter,
    EncounterKind,
    EncounterStatus,
    Participant,
    Passage,
    TimeExpression,
)

if TYPE_CHECKING:
    from communique.actors import Cast
    from communique.language.reading import Reading, Sentence

__all__ = ["find"]

_LEADERS: Final = (
    "president", "prime minister", "head of", "chancellor", "king", "emir", "premier", "sultan", "leader",
    "queen", "pope", "general secretary", "chairman", "crown prince", "taoiseach", "monarch",
)  # fmt: skip
_STATUS_ORDER: Final[tuple[EncounterStatus, ...]] = (
    "disputed", "cancelled", "postponed", "refused", "held", "ongoing", "scheduled", "proposed",
)  # fmt: skip


def find(
    reading: Reading, cast_: Cast, times: Sequence[TimeExpression], published: Dating
) -> tuple[tuple[Encounter, ...], tuple[Abstention, ...]]:
    """The encounters of a report, in the order of the text, and the sentences that looked like one and gave none.

    Pure: the same reading, cast, times and day give the same answer.
    """
    known = lexicon.load()
    candidates: list[Candidate] = []
    last: Scene | None = None
    scenes: list[Scene] = []
    home = filling.dateline(reading, cast_)
    opening = next((s.index for s in reading.sentences if not s.is_title), None)
    for sentence in reading.sentences:
        if sentence.doc is None or not len(sentence.doc):
            continue
        near = last if last is not None and sentence.index - last.sentence.index <= 2 else None
        here = scene(sentence, cast_, known.words, near)
        here.here = home
        here.lead = opening is not None and sentence.index - opening <= 1 and not sentence.is_title
        last = here
        scenes.append(here)
    introduce(scenes)
    for here in scenes:
        triggers = find_triggers(here, known)
        here.heads = frozenset(t.head.i for t in triggers if not t.entry.presence)
        for trigger in triggers:
            candidates += build(reading, here, trigger, times)
    told = [c for c in candidates if not c.verdict.nothing]
    adoption.settle(told, scenes)
    found, left = merge.clusters(told)
    domain = confidence.domain_of(reading, known.words)
    records: list[Encounter] = []
    overtaken: set[tuple[Passage, ...]] = set()
    came: set[tuple[Passage, ...]] = set()
    for cluster in found:
        record = _record(reading, cluster, published, domain)
        if record.confidence >= confidence.ACCEPT:
            records.append(record)
            if record.status == "scheduled" and any(c.overtaken for c in cluster.candidates):
                overtaken.add(record.evidence)
            if _arrived(cluster.candidates):
                came.add(record.evidence)
        else:
            left += cluster.candidates
    records = _under_way(_overtaken(records, overtaken), came, published)
    records = disputes.disputed(reading, cast_, records)
    records = filling.fill(reading, cast_, published, records)
    records.sort(key=lambda r: (r.evidence[0].start, r.evidence[0].end))
    numbered = tuple(_renamed(r, f"e{n}") for n, r in enumerate(records, 1))
    nothing = [c for c in candidates if c.verdict.nothing]
    return numbered, _abstentions(reading, [*left, *nothing], numbered)


def _overtaken(records: list[Encounter], plans: set[tuple[Passage, ...]]) -> list[Encounter]:
    """ "The talks had been planned for Friday" beside a cancelled visit of the same people: they went with it."""
    import msgspec

    off = [r for r in records if r.status in {"cancelled", "postponed"}]
    result: list[Encounter] = []
    for record in records:
        people = {p.name for p in record.participants}
        fate = next((r for r in off if people & {p.name for p in r.participants}), None)
        if record.evidence in plans and fate is not None:
            why = f"{fate.status}: it had been planned, and the {fate.kind} of the same people was {fate.status}"
            record = msgspec.structs.replace(record, status=fate.status, because=(*record.because, why))
        result.append(record)
    return result


def _renamed(record: Encounter, name: str) -> Encounter:
    import msgspec

    return msgspec.structs.replace(record, id=name)


# ---------------------------------------------------------------- one record


def _record(reading: Reading, cluster: Cluster, published: Dating, domain: str | None) -> Encounter:
    members = _settle_members(cluster)
    kind = _kind(cluster, members)
    time, value, basis, why = _date(cluster)
    if kind == "meeting" and value and "/" in value and not any(p.type == "person" for p in members):
        span = dates.days(value)
        kind = "talks" if span and _width(span) >= 2 and len(members) > 1 else kind
    counted = _counted(cluster, value, published)
    if counted is not None:
        value, basis, why = counted
    turned = _turned(cluster, time, published)
    if turned is not None:
        value, why = turned
    status, because_status = _status(cluster, value, published)
    if status == "scheduled" and _lies_behind(value, published):
        again = _date(cluster, planned=True)
        time, value, basis, why = again if again[1] != value else (time, value, basis, why)
    spot = _spot(cluster, kind)
    sure, reasons = confidence.score(cluster, domain)
    forum = cast("str | None", cluster.first("forum"))
    duration = cast("TimeExpression | None", cluster.first("duration"))
    sentences = {c.scene.sentence.index: c.scene.sentence for c in cluster.candidates}
    evidence = tuple(reading.passage(s.start, s.end) for _, s in sorted(sentences.items()))
    topics = list(dict.fromkeys(t for c in cluster.candidates for t in c.topics))[:5]
    return Encounter(
        id="e0",
        kind=kind,
        status=status,
        participants=tuple(members),
        evidence=evidence,
        date=value,
        date_basis=basis,
        date_because=why,
        duration=duration.value if duration else None,
        place=spot.name,
        country=spot.country,
        forum=forum,
        level=cast("str | None", cluster.first("level")),
        format=cast("str | None", cluster.first("format")),
        number=cast("int | None", cluster.first("number")),
        part_of=cast("str | None", cluster.first("part_of")),
        topics=tuple(topics),
        confidence=sure,
        because=(*reasons, because_status),
    )


def _settle_members(cluster: Cluster) -> list[Participant]:
    """The fullest participants: a bare state steps back where its people are named, a role is written down."""
    members = cluster.members
    people = {m.participant.represents for m in members if m.participant.type in {"person", "delegation"}}
    sides = {m.participant.represents for m in members if m.participant.represents}
    result: list[Participant] = []
    for member in members:
        one = member.participant
        if one.type in {"government", "organisation"} and one.represents in people and not cluster.first("forum"):
            continue
        if one.type == "government" and any(p.type == "government" and p.represents == one.represents for p in result):
            continue
        if one.type == "delegation" and (_named_of(members, one) or (not one.represents and len(sides) > 1)):
            continue
        result.append(_with_role(one, member))
    return list(dict.fromkeys(result))


def _named_of(members: Sequence[Member], one: Participant) -> bool:
    """Officials without a name ("Iranian officials") step back where the side's people are named; delegations stay."""
    if "delegation" in one.name.lower() or not one.represents:
        return False
    return any(m.participant.type == "person" and m.participant.represents == one.represents for m in members)


def _with_role(one: Participant, member: Member) -> Participant:
    import msgspec

    if member.role == "side" or one.role:
        return one
    return msgspec.structs.replace(one, role=member.role)


def _kind(cluster: Cluster, members: Sequence[Participant]) -> EncounterKind:
    """The kind by the surest word; talks of two principals are a meeting, a summit needs leaders."""
    ordered = sorted(
        cluster.candidates,
        key=lambda c: (not c.firm, not merge.stands(c), c.in_title, -c.trigger.entry.strength, c.start),
    )
    kinds = [c.kind for c in ordered]
    kind = kinds[0]
    if any(c.kind == "call" and c.firm for c in cluster.candidates):
        return "call"
    if kind in {"talks", "meeting", "session"} and "summit" in kinds:
        kind = "summit"
    negotiated = any(
        c.trigger.head.lower_.startswith("negotiat")
        or (c.number or c.led)
        or (c.duration and "D" in (c.duration.value or "").split("T")[0])
        or (c.trigger.entry.kind == "talks" and c.firm and _TEAMS.search(c.scene.sentence.text))
        for c in cluster.candidates
    )
    if kind == "talks" and len(members) == 2 and all(p.type == "person" for p in members) and not negotiated:
        return "meeting"
    if kind == "meeting" and any(p.type == "delegation" and "delegation" in p.name.lower() for p in members):
        kinds_firm = {c.kind for c in cluster.candidates}
        return (
            "talks" if len(members) > 1 and kinds_firm <= {"meeting", "talks"} and _only_delegations(members) else kind
        )
    if kind == "summit" and members and all(p.type == "person" for p in members):
        offices = [(p.office or p.role or "").lower() for p in members]
        leaders = sum(any(word in office for word in _LEADERS) for office in offices)
        if any(offices) and leaders < min(2, sum(bool(o) for o in offices)):
            return "meeting"
    return kind


_TEAMS: Final = re.compile(r"\b(?:experts|teams? of|working groups?|high-stakes)\b", re.I)
"""Words of those who negotiate beside two principals."""


def _only_delegations(members: Sequence[Participant]) -> bool:
    return sum(p.type == "delegation" for p in members) >= 2


def _lies_behind(value: str | None, published: Dating) -> bool:
    """Does a date lie wholly before the report's day?"""
    own, day = (dates.days(v) if v else None for v in (value, published.value))
    return bool(own and day and own[1] < day[0])


def _date(cluster: Cluster, planned: bool = False) -> tuple[TimeExpression | None, str | None, DateBasis | None, str]:
    """The most precise date that a clause of the cluster gives, body before title, nearer to the trigger first.

    `planned` counts only clauses that tell of a plan: the day of what was held is not that of the plan.
    """
    best: tuple[tuple[int, int, int], TimeExpression] | None = None
    for order, candidate in enumerate(sorted(cluster.candidates, key=lambda c: (c.in_title, c.start))):
        time = candidate.time
        if time is None or not time.value:
            continue
        if planned and candidate.verdict.status not in {"scheduled", "proposed"}:
            continue
        span = dates.days(time.value)
        width = _width(span) if span else 100_000
        rank = (width, int(not merge.stands(candidate)), order)
        if best is None or rank < best[0]:
            best = (rank, time)
    if best is None:
        return None, None, None, "no clause of it says when"
    time = best[1]
    return time, time.value, time.basis, time.because or f"“{time.text}” stands with it"


def _counted(cluster: Cluster, value: str | None, published: Dating) -> tuple[str, DateBasis, str] | None:
    """From "the third day of talks": two days before the day of the clause, or of the report, up to that day."""
    from datetime import date, timedelta

    nth = next((c.day for c in cluster.candidates if c.day), None)
    known = value or published.value
    span = dates.days(known) if known else None
    if nth is None or nth < 2 or span is None or span[0] != span[1]:
        return None
    last = date.fromisoformat(span[1])
    first = last - timedelta(days=nth - 1)
    return f"{first.isoformat()}/{last.isoformat()}", "resolved", f"it was day {nth} of it on {last.isoformat()}"


_WEEKDAY: Final = re.compile(r"(?:on |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?", re.I)


def _turned(cluster: Cluster, time: TimeExpression | None, published: Dating) -> tuple[str, str] | None:
    """A bare weekday on the wrong side of the report's day: what was held by its words was on the last such day.

    "hoped for progress after talks with X on Tuesday"; what is planned in the present is on the next one.
    """
    from datetime import date, timedelta

    day = dates.days(published.value) if published.value else None
    own = dates.days(time.value) if time is not None and time.value else None
    if time is None or day is None or own is None or own[0] != own[1] or not _WEEKDAY.fullmatch(time.text):
        return None
    verdicts = [c.verdict for c in cluster.candidates if c.time is not None and c.time.value == time.value]
    firm = {v.status for v in verdicts if v.firm}
    step = 0
    if firm == {"held"} and 0 < _width((day[1], own[0])) <= 7:
        step = -7
    elif firm == {"scheduled"} and 0 < _width((own[1], day[0])) < 7:
        past = re.compile(r"\b(?:was|were|had|been)\b")
        step = 0 if any(past.search(v.because) for v in verdicts) else 7
    if not step:
        return None
    moved = (date.fromisoformat(own[0]) + timedelta(step)).isoformat()
    return moved, f"the {time.text} {'before' if step < 0 else 'after'} the report's day, for so its words tell it"


def _width(span: tuple[str, str]) -> int:
    from datetime import date

    return (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days


def _status(cluster: Cluster, value: str | None, published: Dating) -> tuple[EncounterStatus, str]:
    """The status of all clauses together, checked against the report's own day."""
    ordered = sorted(cluster.candidates, key=lambda c: (c.in_title, not merge.stands(c), c.start))
    body = [c for c in ordered if not c.in_title] or ordered
    given = [c.verdict for c in body if c.verdict.status and c.verdict.firm and _counts(c)]
    if len(given) > 1:  # "will meet after all, a week after he had called it off"
        given = [c.verdict for c in body if c.verdict in given and not c.overtaken] or given
    if not given:
        given = [c.verdict for c in body if c.verdict.status and c.verdict.firm]
    if not given:
        given = [c.verdict for c in ordered if c.verdict.status]
    given = _not_against(body, given)
    going = {v.status for v in given} <= {"held", "ongoing"}
    chosen = (
        given[0] if going and given else min(given, key=lambda v: _STATUS_ORDER.index(v.status or "held"), default=None)
    )
    status: EncounterStatus = (chosen.status if chosen else None) or "held"
    because = f"{status}: {chosen.because}" if chosen else f"{status}: nothing says otherwise"
    day, own = dates.days(published.value) if published.value else None, dates.days(value) if value else None
    if own and day:
        if status in {"held", "ongoing"} and own[0] > day[1]:
            return "scheduled", "scheduled: its day lies after the report's"
        if status == "ongoing" and own[1] < day[0]:
            return "held", "held: its day lies before the report's"
        if status == "scheduled" and chosen is not None and not chosen.firm and own[1] < day[0]:
            return "held", "held: it was ahead of what is told, and its day lies before the report's"
        if (chosen is None or (status == "proposed" and not chosen.firm)) and own[0] > day[1]:
            return "scheduled", "scheduled: its day lies after the report's"
    return status, because


def _not_against(body: Sequence[Candidate], given: list[Verdict]) -> list[Verdict]:
    """What only points back ("the boycott of the talks") does not undo what a clause of its own says was held."""
    own = {c.verdict.status for c in body if merge.stands(c) and c.verdict.firm and c.verdict.status}
    if not own or not own <= {"held", "ongoing"}:
        return given
    return [v for v in given if v.status not in {"refused", "cancelled", "postponed"}] or given


def _arrived(told: Sequence[Candidate]) -> bool:
    """Does the report tell no more of a visit than that the visitor came?"""
    own = [c for c in told if not c.supporting]
    came = [c for c in own if c.kind == "visit" and c.trigger.entry.name == "arrive"]
    rest = [c for c in own if c not in came]
    return bool(came) and all(c.trigger.is_noun or (c.trigger.entry.yields and c.time is None) for c in rest)


def _under_way(records: list[Encounter], came: set[tuple[Passage, ...]], published: Dating) -> list[Encounter]:
    """A visitor who arrived on the report's day or the day before is still there, unless the meeting is over too."""
    import msgspec

    day = dates.days(published.value) if published.value else None
    result: list[Encounter] = []
    for record in records:
        own = dates.days(record.date) if record.date else None
        fresh = own is not None and day is not None and own[0] == own[1] and 0 <= _width((own[1], day[1])) <= 1
        visitors = {p.name for p in record.participants}
        over = any(
            r.kind in {"meeting", "talks", "summit"}
            and r.status == "held"
            and visitors & {p.name for p in r.participants}
            and record.country in r.sides
            and not all("airport" in p.text for p in r.evidence)
            for r in records
        )
        if record.evidence in came and record.status == "held" and fresh and not over:
            why = "ongoing: the visitor had just arrived"
            record = msgspec.structs.replace(record, status="ongoing", because=(*record.because, why))
        result.append(record)
    return result


def _counts(candidate: Candidate) -> bool:
    """Does the clause itself tell the encounter? What only points back ("during the talks") seldom knows better."""
    if merge.stands(candidate) or candidate.verdict.status in {"disputed", "refused", "cancelled", "postponed"}:
        return True
    return bool(candidate.time or candidate.spot or candidate.duration)


def _spot(cluster: Cluster, kind: EncounterKind) -> Spot:
    """The most exact place that a clause gives."""
    ordered = sorted(cluster.candidates, key=lambda c: (c.in_title, c.start))
    spots = [c.spot for c in ordered if c.spot]
    if kind in {"call", "message"}:
        return Spot(None, None)
    if kind == "visit":
        legs = [c.spot for c in ordered if c.spot and not (c.trigger.entry.yields and c is not ordered[0])]
        spots = legs or spots
    named = next((s for s in spots if s.name), None)
    if named is not None and named.name is not None:
        seat = lexicon.load().words.seats.get(named.name.lower())
        named = Spot(*seat) if seat else named
    return named or next((s for s in spots if s.country), Spot(None, None))


# ---------------------------------------------------------------- what gave none


def _abstentions(reading: Reading, left: Sequence[Candidate], records: Sequence[Encounter]) -> tuple[Abstention, ...]:
    covered = {(p.start, p.end) for r in records for p in r.evidence}
    found: dict[int, Abstention] = {}
    for candidate in left:
        sentence: Sentence = candidate.scene.sentence
        sides = {s for n in candidate.scene.named for s in n.sides}
        if (
            candidate.trigger.entry.presence
            or (sentence.start, sentence.end) in covered
            or len(sides) < 2
            or sentence.index in found
        ):
            continue
        word = reading.text[slice(*candidate.scene.span(candidate.trigger.first, candidate.trigger.last))]
        why = candidate.verdict.because if candidate.verdict.nothing else "the sides of it are not clear"
        found[sentence.index] = Abstention(reading.passage(sentence.start, sentence.end), f"“{word}”: {why}")
    return tuple(found[i] for i in sorted(found))
