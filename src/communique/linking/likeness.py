"""How alike two mentions are: a score with its reasons, and what makes it impossible that they are the same.

The weights are logits in spirit: each piece of evidence adds or takes away, `THRESHOLD` is where two mentions are
joined. They were set by hand on the rules of the record (what may differ between two reports of one encounter, and
what may not) and then checked on made-up and real reports; `evaluation/` holds the figures.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from communique.linking.lexicon import hours_apart
from communique.linking.names import same_person
from communique.linking.told import Face, Person, fold
from communique.linking.when import iso

__all__ = [
    "THRESHOLD",
    "Reason",
    "contradiction",
    "forums_alike",
    "is_part",
    "is_vague",
    "places_alike",
    "told_as_two",
    "unlike",
    "weigh",
]

THRESHOLD: Final = 2.5
"""Score from which two mentions may be joined."""

_APART: Final = frozenset({"call", "message", "visit"})
"""Kinds that are never another kind: a call is no meeting, and a visit knows the meeting during it as its part."""
_PERSONAL: Final = frozenset({"meeting", "call", "visit"})
"""Kinds at which the persons named are the encounter; at talks and sessions reports name now one, now another."""
_SLIP_DAYS: Final = 7
"""A plan may be told for a day this far from the one on which it took place without anybody saying "postponed"."""
_MOVE_DAYS: Final = 90
"""The same where a report does say that it was postponed. What was cancelled and meets later is another encounter."""
_RANGE_DAYS: Final = 31
"""Longest range of days that still tells when; longer ones are as vague as a month."""
_UNKNOWN: Final = 30
"""Days that two mentions are taken to be apart if it is not known when one of them was told."""
_NUMBERED_DAYS: Final = 60
"""The same for a numbered round: the third round is the third round, whenever it is held."""


class Reason(NamedTuple):
    """One piece of evidence: its weight and the sentence that says it."""

    weight: float
    sentence: str


def forums_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two forum names, as folded words, are one: one holds the other, or half of their words are shared."""
    first, second = set(a), set(b)
    shared = len(first & second)
    return shared > 0 and (shared == min(len(first), len(second)) or shared / len(first | second) >= 0.5)


def places_alike(a: str, b: str) -> bool:
    """Whether two folded place names are one: equal, or one holds the other's words ("New York", "New York City")."""
    first, second = set(a.split()), set(b.split())
    return first <= second or second <= first


def _day_contradiction(a: Face, b: Face) -> str | None:
    """Why their days rule out that they are one, None if they do not."""
    if a.days is None or b.days is None:
        return None
    gap = a.days.gap(b.days)
    if gap == 0:
        return None
    apart = f"they are {gap} day{'s' * (gap > 1)} apart"
    if a.happened and b.happened:
        if gap > 1:
            return f"both took place and {apart}"
        if a.stated and b.stated and not ((a.kind == "call" or a.remote) and hours_apart(a.sides | b.sides) >= 5):
            return "both took place on stated days that differ"
        return None
    if a.happened != b.happened:
        held, plan = (a, b) if a.happened else (b, a)
        assert held.days is not None
        assert plan.days is not None
        if plan.days.first > held.days.last and plan.published is not None and plan.published.first > held.days.first:
            return "the plan was told after the other had taken place, for a later day"
    if gap > _may_move(a, b):
        return f"the planned days differ too much: {apart}"
    return None


def _may_move(a: Face, b: Face) -> int:
    """How many days the planned day may lie from the other."""
    if "postponed" in (a.status, b.status):
        return _MOVE_DAYS
    if a.number is not None and a.number == b.number:
        return _NUMBERED_DAYS
    return _SLIP_DAYS


def told_as_two(a: Face, b: Face) -> str | None:
    """One report tells two encounters apart on purpose, unless it tells a plan twice or a plan and its outcome."""
    if a.happened == b.happened:
        if not a.happened and "proposed" in (a.status, b.status):
            return None
        return "one report tells them as two"
    if a.days is not None and b.days is not None and a.days.gap(b.days) <= 1:
        return None
    return "one report tells one as past and the other as planned"


def _disjoint_people(a: Face, b: Face) -> list[str]:
    """The sides for which both name persons and no person of one is a person of the other."""
    if not a.persons or not b.persons or a.persons == b.persons:
        return []
    found = []
    for side in sorted(a.sides & b.sides):
        ours = [p for p in a.persons if side in p.sides]
        theirs = [p for p in b.persons if side in p.sides]
        if ours and theirs and not any(same_person(p, q) for p in ours for q in theirs):
            found.append(side)
    return found


def _matched(a: Face, b: Face) -> list[Person]:
    if a.persons == b.persons:
        return list(a.persons)
    return [p for p in a.persons if any(same_person(p, q) for q in b.persons)]


def _bilateral(one: Face) -> bool:
    return one.kind in ("meeting", "call") and len(one.sides) <= 2 and len(one.persons) >= 2


def contradiction(a: Face, b: Face) -> str | None:
    """Why the two cannot be the same encounter, as a sentence; None if nothing forbids it."""
    return unlike(a, b) or (told_as_two(a, b) if a.report == b.report else None)


def unlike(a: Face, b: Face) -> str | None:
    """The same, leaving aside whether it is one report that tells both."""
    if a.kind != b.kind and (a.kind in _APART or b.kind in _APART):
        calls = {a.kind, b.kind} == {"call", "meeting"} and (a.remote or b.remote)
        if not calls:
            return f"one is a {a.kind} and the other a {b.kind}"
    if a.number is not None and b.number is not None and a.number != b.number:
        return f"one is number {a.number} and the other number {b.number}"
    shared = a.sides & b.sides
    if a.sides and b.sides and len(shared) < min(2, len(a.sides), len(b.sides)) and len(_matched(a, b)) < 2:
        return "their sides differ"
    return _day_contradiction(a, b) or _people_contradiction(a, b) or _forum_contradiction(a, b)


def _people_contradiction(a: Face, b: Face) -> str | None:
    if a.kind in _PERSONAL and b.kind in _PERSONAL and a.persons and b.persons:
        sides = _disjoint_people(a, b)
        if sides:
            return f"different persons for {', '.join(sides)}"
    return None


def _forum_contradiction(a: Face, b: Face) -> str | None:
    standing = ("session", "summit")
    if a.forum and b.forum and a.kind in standing and b.kind in standing and not forums_alike(a.forum, b.forum):
        return "they are of different forums"
    for one, other in ((a, b), (b, a)):
        if _bilateral(one) and other.kind in standing and len(other.sides) > 3:
            return "one is between two sides, the other a gathering of many"
    if a.kind == b.kind == "visit" and a.country and b.country and a.country != b.country:
        return "the visits are to different countries"
    return None


def _weigh_sides(a: Face, b: Face) -> list[Reason]:
    shared, extra = a.sides & b.sides, a.sides ^ b.sides
    if not shared:
        return []
    names = ", ".join(sorted(shared))
    if len(shared) == 1:
        return [Reason(0.5 if not extra else 0.3, f"Both have {names}.")]
    if not extra:
        return [Reason(1.5, f"Both are between {names}.")]
    subset = a.sides <= b.sides or b.sides <= a.sides
    weight = 1.2 - 0.4 * (len(extra) - 1) if subset else 0.6 - 0.6 * (len(extra) - 1)
    return [Reason(max(weight, -1.5), f"Both have {names}; {', '.join(sorted(extra))} only in one.")]


def _weigh_people(a: Face, b: Face) -> list[Reason]:
    found = []
    matched = _matched(a, b)
    if matched:
        names = ", ".join(sorted(" ".join(p.words).title() for p in matched))
        found.append(Reason(min(1.5 * len(matched), 3.5), f"Both name {names}."))
    for side in _disjoint_people(a, b):
        found.append(Reason(-2.0, f"They name different persons for {side}."))
    return found


def _weigh_days(a: Face, b: Face) -> list[Reason]:
    if a.days is not None and b.days is not None:
        gap = a.days.gap(b.days)
        if gap == 0:
            if a.days.exact and b.days.exact:
                return [Reason(2.5, f"Both are on {iso(a.days.first)}.")]
            longest = max(a.days.length, b.days.length)
            if longest <= 10:
                return [Reason(1.2, "The days of one lie within those of the other.")]
            if longest <= 31:
                return [Reason(0.8, "One gives the day, the other the month around it.")]
            return [Reason(-0.3 if longest <= 100 else -0.8, "Their dates fit, one of them only roughly.")]
        if gap == 1:
            return [Reason(-0.5, "Their days are one apart, as by a slip or a time zone.")]
        return [Reason(-1.5 - 0.1 * min(gap, _SLIP_DAYS), f"The planned day moved by {gap} days.")]
    if a.window is None or b.window is None:
        return [Reason(-0.4, "For one of them no day is known.")]
    if a.window.gap(b.window) > 1:
        return [Reason(-3.0, "When they were told, they cannot well have been the same.")]
    near = _distance(a, b)
    if near <= 3:
        return [Reason(0.7, "One has no date, and was told within three days of the other.")]
    if near <= 10:
        return [Reason(0.2, "One has no date, and was told within ten days of the other.")]
    if a.days is None and b.days is None and a.happened and b.happened:
        # What a report tells as past without a date is nearly always its news: two such reports tell two encounters.
        return [Reason(-3.0, "Neither has a date, and they were told more than ten days apart.")]
    return [Reason(-0.6 if near <= 45 else -1.2, "One has no date, and was told weeks from the other.")]


def _distance(a: Face, b: Face) -> int:
    """Days between the two, taking the day of publication for a day that is not told; weeks where neither is known."""
    ours = a.days or a.published
    theirs = b.days or b.published
    if ours is None or theirs is None or max(ours.length, theirs.length) > _RANGE_DAYS:
        return _UNKNOWN
    gap = ours.gap(theirs)
    return gap if max(ours.length, theirs.length) <= 7 else max(gap, 4)


def _sits_in(one: Face, forum: Face) -> bool:
    """Whether a body among the sides of one is the forum of the other ("Russia and the OSCE", the OSCE's council)."""
    words = set(forum.forum)
    return any(words >= set(fold(side).split()) for side in one.sides if len(side) != 2) if words else False


def _weigh_setting(a: Face, b: Face) -> list[Reason]:
    found = []
    if a.kind == b.kind:
        found.append(Reason(0.5, f"Both are told as a {a.kind}." if a.kind != "talks" else "Both are told as talks."))
    if a.place and b.place:
        if places_alike(a.place, b.place):
            found.append(Reason(1.0, f"Both are in {a.place.title()}."))
        elif a.country and a.country == b.country:
            found.append(Reason(-0.8 if a.kind == "visit" else -1.5, "They are in different places of one country."))
        else:
            found.append(Reason(-2.5, f"One is in {a.place.title()}, the other in {b.place.title()}."))
    elif a.country and b.country:
        same = a.country == b.country
        found.append(Reason(0.3 if same else -2.5, f"{'Both are' if same else 'They are not both'} in {a.country}."))
    if a.forum and b.forum:
        same = forums_alike(a.forum, b.forum)
        found.append(Reason(1.5 if same else -2.5, "Their forums are one." if same else "Their forums differ."))
    elif _sits_in(a, b) or _sits_in(b, a):
        found.append(Reason(0.8, "The forum of one is a side of the other."))
    elif a.kind != b.kind and {a.kind, b.kind} & {"session", "summit"} and (a.forum or b.forum):
        found.append(Reason(-0.8, "One is a gathering of a forum, the other does not say so."))
    if a.number is not None and a.number == b.number:
        found.append(Reason(3.0, f"Both are number {a.number}."))
    if a.topics and b.topics and (is_vague(a) or is_vague(b)):
        share = len(a.topics & b.topics) / min(len(a.topics), len(b.topics))
        if share >= 0.3:
            found.append(Reason(0.5, "They are about the same."))
    return found


def is_vague(one: Face) -> bool:
    """Whether the mention does not tell its day, nor a range of days of a month at most."""
    return one.days is None or not (one.days.exact or (one.days.ranged and one.days.length <= _RANGE_DAYS))


def score(a: Face, b: Face, one_origin: bool = False) -> float:
    """The score of two mentions: the sum of what `weigh` lists. Symmetric; does not look for contradictions."""
    return round(sum(reason.weight for reason in _reasons(a, b, one_origin)), 3)


def weigh(a: Face, b: Face, one_origin: bool = False) -> tuple[float, tuple[Reason, ...]]:
    """The score of two mentions and its reasons, the heaviest first; `one_origin`: their reports are near copies."""
    reasons = sorted(_reasons(a, b, one_origin), key=lambda r: (-abs(r.weight), r.sentence))
    return score(a, b, one_origin), tuple(reasons)


def _reasons(a: Face, b: Face, one_origin: bool) -> list[Reason]:
    if b.key < a.key:
        a, b = b, a
    reasons = [*_weigh_sides(a, b), *_weigh_people(a, b), *_weigh_days(a, b), *_weigh_setting(a, b)]
    if one_origin:
        reasons.append(Reason(1.5, "Their reports are of one origin."))
    return reasons


def is_part(part: Face, whole: Face) -> bool:
    """Whether `part` happened in the course of `whole`: a meeting during a visit, a bilateral at a gathering."""
    if part.kind in ("visit", "call", "message", "summit") or part.happened != whole.happened:
        return False
    if part.days is None or whole.days is None or part.days.gap(whole.days) > 0:
        return False
    if max(part.days.length, whole.days.length) > 15:
        return False
    if whole.kind == "visit":
        here = part.country is not None and part.country == whole.country
        guest = any(same_person(p, q) for p in part.persons for q in whole.persons)
        return here and guest and whole.country in part.sides
    if whole.kind in ("summit", "session") and whole.forum and part.forum and part.kind in ("meeting", "talks"):
        return len(part.sides) <= 3 and len(part.persons) >= 2 and forums_alike(part.forum, whole.forum)
    return False
