"""Where reports of one encounter cannot both be right, field by field, like compared with like.

Actual is compared with actual and plan with plan; a coarser value does not contradict a finer one; a report that leaves
something out contradicts nobody. A range beside one of its days, "a one-day meeting" beside hours, and a person of a
third side beside the two that another report names are listed as matters of precision. One report is not held against
itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, Literal

from rapidfuzz import fuzz

from communique.linking.figures import clocks, conflicts, figures
from communique.linking.lexicon import hours_apart, lexicon
from communique.linking.likeness import places_alike
from communique.linking.merge import independent
from communique.linking.names import same_person
from communique.linking.outcome import outcome, questions
from communique.linking.told import Face, Told, as_person, face, fold
from communique.records import Disagreement, Participant, Passage, Statement

__all__ = ["disagreements", "minutes"]

Field = Literal["date", "place", "participants", "duration", "number", "outcome", "status"]

_DURATION = re.compile(
    r"^P(?:(?P<w>\d+(?:\.\d+)?)W)?(?:(?P<d>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<m>\d+(?:\.\d+)?)M)?(?:\d+(?:\.\d+)?S)?)?$"
)
_DAY: Final = 24 * 60
_NIGHT: Final = 5
"""Hours between two capitals from which a call in the afternoon of one can be on the next day of the other."""
_CLOCK_SLACK: Final = 2
"""Minutes by which two reports of an hour may part."""
_ROUGH_SHARE: Final = 0.2
"""How far two durations may part if one of them is told with "about", "nearly", "more than"."""


def minutes(value: str | None) -> tuple[float, float] | None:
    """Length of an ISO 8601 duration and the size of its finest unit, in minutes; None if it is none (or in months)."""
    match = _DURATION.match(value or "")
    if not match or not any(match.groupdict().values()):
        return None
    total, grain = 0.0, float(7 * _DAY)
    for unit, size in (("w", 7 * _DAY), ("d", _DAY), ("h", 60), ("m", 1)):
        if match[unit]:
            amount = float(match[unit])
            total += amount * size
            # Half past is told as readily as the hour: "7.5 hours", "seven hours and thirty minutes".
            grain = min(grain, size if amount == int(amount) else size / 2)
    if match["m"]:
        grain = next((g for g in (30, 15, 10, 5) if float(match["m"]) % g == 0), 1)
    return total, float(grain)


def disagreements(
    gid: str, members: Iterable[Told], said: Mapping[str, Sequence[Statement]] | None = None
) -> tuple[Disagreement, ...]:
    """What the mentions of the encounter `gid` disagree on, by field; at most one entry a field and class of values.

    `said` are the statements of each report (by report id) where they are at hand: the figures in them and the offices
    of their speakers are compared too.
    """
    faces = sorted((face(told) for told in members), key=lambda one: one.key)
    found: list[Disagreement] = []
    happened = [one for one in faces if one.happened]
    planned = [one for one in faces if one.status in ("proposed", "scheduled")]
    for group, what in ((happened, "took place"), (planned, "was planned")):
        found += _dates(gid, group, what)
        found += _places(gid, group, what)
    found += _durations(gid, happened) or _clocks(gid, happened)
    found += _participants(gid, happened) or _participants(gid, faces) or _offices(gid, faces, said or {})
    found += _numbers(gid, faces, said or {})
    found += _outcomes(gid, happened, said or {})
    found += _statuses(gid, faces)
    return tuple(found)


def _differ(
    faces: Sequence[Face], value: Callable[[Face], Hashable], apart: Callable[[Face, Face], str | None]
) -> tuple[list[Face], list[str]]:
    """The mentions that part from one of another report, and why; those of one `value` are compared once for all."""
    groups: dict[Hashable, list[Face]] = defaultdict(list)
    for one in faces:
        groups[value(one)].append(one)
    who: dict[str, Face] = {}
    why: list[str] = []
    for ours, theirs in combinations(groups.values(), 2):
        reports = {one.report for one in ours} | {one.report for one in theirs}
        reason = apart(ours[0], theirs[0]) if len(reports) > 1 else None
        if reason is not None:
            who.update((one.key, one) for one in (*ours, *theirs))
            if reason not in why:
                why.append(reason)
    return [who[key] for key in sorted(who)], why


def _entry(
    gid: str, field: Field, faces: Sequence[Face], say: Callable[[Face], str], why: Sequence[str]
) -> Disagreement:
    values = tuple(
        (say(one), one.report, one.told.encounter.id, one.told.encounter.evidence)
        for one in sorted(faces, key=lambda one: (say(one), one.key))
    )
    camps: dict[str, list[Told]] = defaultdict(list)
    for one in faces:
        camps[say(one)].append(one.told)
    count = "; ".join(f"{value}: {_origins(independent(camps[value]))}" for value in sorted(camps))
    return Disagreement(gid=gid, field=field, values=values, because=f"{' '.join(why)} ({count}).")


def _origins(n: int) -> str:
    return "1 origin" if n == 1 else f"{n} independent origins"


def _dates(gid: str, faces: Sequence[Face], what: str) -> list[Disagreement]:
    dated = [one for one in faces if one.days is not None and (one.days.exact or one.days.ranged)]
    # A talk under way may still be told with the day on which it is to end: that end is a plan.
    precise = [one for one in dated if not (one.status == "ongoing" and one.days is not None and one.days.ranged)]

    def apart(a: Face, b: Face) -> str | None:
        assert a.days is not None
        assert b.days is not None
        if a.days == b.days:
            return None
        gap = a.days.gap(b.days)
        if gap:
            if gap == 1 and (a.kind == "call" or a.remote or b.remote) and hours_apart(a.sides | b.sides) >= _NIGHT:
                return None  # late evening there, morning here: both can be right
            return f"The day on which it {what} differs."
        if a.days.exact or b.days.exact:
            return "One gives a range and the other one of its days, which is a matter of precision."
        return f"The days over which it {what} differ."

    who, why = _differ(precise, lambda one: (one.days, one.kind, one.remote, one.sides), apart)
    return [_entry(gid, "date", who, lambda one: one.told.encounter.date or "", why)] if who else []


def _places(gid: str, faces: Sequence[Face], what: str) -> list[Disagreement]:
    placed = [one for one in faces if one.place and one.kind != "visit"]

    def apart(a: Face, b: Face) -> str | None:
        assert a.place is not None
        assert b.place is not None
        if places_alike(a.place, b.place) or fuzz.ratio(a.place, b.place) >= 80:
            return None
        return f"The place where it {what} differs."

    who, why = _differ(placed, lambda one: one.place, apart)
    return [_entry(gid, "place", who, lambda one: one.told.encounter.place or "", why)] if who else []


def _rough(one: Face) -> bool:
    return any(lexicon().roughly.search(passage.text) for passage in one.told.encounter.evidence)


def _durations(gid: str, faces: Sequence[Face]) -> list[Disagreement]:
    lasted = [one for one in faces if minutes(one.told.encounter.duration)]

    def apart(a: Face, b: Face) -> str | None:
        ours, theirs = minutes(a.told.encounter.duration), minutes(b.told.encounter.duration)
        assert ours is not None
        assert theirs is not None
        (long, coarse), (short, fine) = sorted((ours, theirs), reverse=True)
        if coarse >= _DAY > fine:
            # Days of talks beside the hours of one sitting are a whole beside a part; one day beside hours is not.
            one_day = long <= _DAY
            return "One counts the day, the other the hours, which is a matter of precision." if one_day else None
        slack = max(coarse, fine) / 2
        if _rough(a) or _rough(b):
            slack = max(slack, _ROUGH_SHARE * long, coarse, fine)
        return "How long it lasted differs by more than the figures' precision." if long - short > slack else None

    who, why = _differ(lasted, lambda one: (one.told.encounter.duration, _rough(one)), apart)
    return [_entry(gid, "duration", who, lambda one: one.told.encounter.duration or "", why)] if who else []


def _participants(gid: str, faces: Sequence[Face]) -> list[Disagreement]:
    def lone_body(one: Face) -> bool:
        parties = one.told.encounter.participants
        return len(one.sides) == 1 and all(p.type in ("organisation", "forum") for p in parties)

    def apart(a: Face, b: Face) -> str | None:
        shared = a.sides & b.sides
        for alone, other in ((a, b), (b, a)):
            if lone_body(alone) and len(other.sides) == 2 and alone.sides < other.sides:
                return "One has the body sit by itself, the other has it meet another side."
        for two, three in ((a, b), (b, a)):
            third = _third(two, three)
            if third:
                return f"One has it between two sides, the other has {third} take part: a matter of how much is told."
        for side in sorted(shared):
            ours = [p for p in a.persons if side in p.sides]
            theirs = [p for p in b.persons if side in p.sides]
            if len(ours) == 1 and len(theirs) == 1 and not same_person(ours[0], theirs[0]):
                offices = ours[0].office, theirs[0].office
                alike = _same_office(*offices)
                if alike or a.kind in ("meeting", "call") or b.kind in ("meeting", "call"):
                    return f"They name different persons for {side}."
        return None

    def say(one: Face) -> str:
        return ", ".join(sorted(p.name for p in one.told.encounter.participants))

    who, why = _differ(faces, lambda one: (say(one), one.sides, one.persons, one.kind, lone_body(one)), apart)
    return [_entry(gid, "participants", who, say, why)] if who else []


def _third(two: Face, three: Face) -> str | None:
    """Who took part by the one and not by the other, where both name persons for the two sides that they share."""
    extra = three.sides - two.sides
    if two.kind not in ("meeting", "call", "talks") or len(two.sides) != 2 or len(three.sides) != 3 or len(extra) != 1:
        return None
    if not all(any(side in p.sides for p in one.persons) for one in (two, three) for side in two.sides):
        return None
    return next((" ".join(p.words).title() for p in three.persons if extra & p.sides), None)


def _same_office(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and fuzz.token_set_ratio(a, b) >= 90


def _clocks(gid: str, faces: Sequence[Face]) -> list[Disagreement]:
    """The hours at which it began or ended, where reports tell them."""
    hours = {one.key: clocks(one.told.encounter.evidence) for one in faces}
    told = [one for one in faces if hours[one.key]]

    def apart(a: Face, b: Face) -> str | None:
        ours, theirs = hours[a.key], hours[b.key]
        edges = [edge for edge in ("start", "end") if edge in ours and edge in theirs]
        # Hours that all differ alike are told in two time zones; where only one edge is known, whole hours are.
        gaps = {ours[edge][0] - theirs[edge][0] for edge in edges}
        if not gaps or all(abs(gap) <= _CLOCK_SLACK for gap in gaps) or (len(gaps) == 1 and min(gaps) % 60 == 0):
            return None
        return "The hours at which it began or ended differ."

    def say(one: Face) -> str:
        return ", ".join(
            f"{edge} {at // 60:02}:{at % 60:02}" for edge, (at, _) in sorted(hours[one.key].items(), reverse=True)
        )

    who, why = _differ(told, say, apart)
    return [_entry(gid, "duration", who, say, why)] if who else []


def _offices(gid: str, faces: Sequence[Face], said: Mapping[str, Sequence[Statement]]) -> list[Disagreement]:
    """Two names for an office that one person holds for a side, among those who took part and those who spoke."""
    holders: dict[tuple[str, str], list[tuple[Participant, Face, tuple[Passage, ...]]]] = defaultdict(list)
    for one in faces:
        met = one.told.encounter
        named = [(person, met.evidence) for person in met.participants]
        named += [(speaker, spoken.evidence) for spoken in said.get(one.report, ()) for speaker in spoken.speakers]
        for person, evidence in named:
            office = fold(person.office or person.role)
            if person.type == "person" and person.represents in one.sides and office in lexicon().sole_offices:
                holders[person.represents or "", office].append((person, one, evidence))
    for (side, office), told in sorted(holders.items()):
        by_name: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for n, (person, _, _) in enumerate(told):
            by_name[person.actor, as_person(person).words].append(n)
        parting: set[int] = set()
        for ours, theirs in combinations(by_name.values(), 2):
            reports = {told[n][1].report for n in (*ours, *theirs)}
            if len(reports) > 1 and not same_person(as_person(told[ours[0]][0]), as_person(told[theirs[0]][0])):
                parting.update((*ours, *theirs))
        values = {(told[n][0].name, told[n][1].report, told[n][1].told.encounter.id, told[n][2]) for n in parting}
        if values:
            because = f"They name different persons as {office} of {side}."
            return [Disagreement(gid, "participants", tuple(sorted(values)), because)]
    return []


def _numbers(gid: str, faces: Sequence[Face], said: Mapping[str, Sequence[Statement]]) -> list[Disagreement]:
    """Figures about the same thing, in what reports tell of the encounter and of what was said."""
    by_report: dict[str, list[Face]] = defaultdict(list)
    for one in faces:
        by_report[one.report].append(one)
    if len(by_report) < 2:
        return []
    counted = {}
    for report, group in by_report.items():
        passages = {p for one in group for p in one.told.encounter.evidence}
        passages.update(p for spoken in said.get(report, ()) for p in spoken.evidence)
        counted[report] = figures(sorted(passages))
    pairs = conflicts(counted)
    if not pairs:
        return []
    values = {(figure.passage.text, report, by_report[report][0].told.encounter.id, (figure.passage,))
              for pair in pairs for report, figure in pair[:2]}  # fmt: skip
    words = sorted({word for _, _, shared in pairs for word in shared})
    because = f"Their figures about the same ({', '.join(words)}) differ."
    return [Disagreement(gid, "number", tuple(sorted(values, key=lambda v: (v[1], v[3][0].start))), because)]


def _outcomes(gid: str, faces: Sequence[Face], said: Mapping[str, Sequence[Statement]]) -> list[Disagreement]:
    """Yes against no on what came of it, by report: a report that says both, or neither, takes no part."""
    by_report: dict[str, list[Face]] = defaultdict(list)
    for one in faces:
        by_report[one.report].append(one)
    found = []
    for question in questions().questions if len(by_report) > 1 else ():
        values = []
        for report, group in sorted(by_report.items()):
            told = {p for one in group for p in one.told.encounter.evidence}
            here = {one.told.encounter.id for one in group}
            told |= {p for spoken in said.get(report, ()) if spoken.at in here for p in spoken.evidence}
            answer = outcome(sorted(told), question)
            if answer is not None:
                values.append(("yes" if answer[0] else "no", report, group[0].told.encounter.id, (answer[1],)))
        if len({value[0] for value in values}) > 1:
            found.append(Disagreement(gid, "outcome", tuple(sorted(values)), f"They part on {question.question}."))
    return found[:1]


def _statuses(gid: str, faces: Sequence[Face]) -> list[Disagreement]:
    def apart(a: Face, b: Face) -> str | None:
        if "disputed" in (a.status, b.status) and a.status != b.status and (a.happened or b.happened):
            return "One tells that it took place, the other that this is disputed."
        for held, off in ((a, b), (b, a)):
            if held.status == "held" and off.status in ("cancelled", "refused", "postponed"):
                days = held.days or held.published
                day = days.last if days is not None else None
                # Told before its day, "cancelled" is a plan that changed once more.
                if off.published is not None and day is not None and off.published.first > day:
                    return f"One tells that it took place, a later report that it was {off.status}."
        return None

    who, why = _differ(faces, lambda one: (one.status, one.days, one.published), apart)
    return [_entry(gid, "status", who, lambda one: one.status, why)] if who else []
