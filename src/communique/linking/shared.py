"""The day of a report by the encounters that it shares with reports already dated.

"A plan for January 10 and a report that it was held pin each other": a report that tells an encounter without saying
when it was published itself is compared with the mentions of that encounter whose day is known, by everything but the
day. Where one encounter alone fits, the report lies after its day (it tells the encounter as past) or before it (it
tells a plan). What comes out are bounds with reasons, for `dates.publish` to weigh with all else that the report says.

Only what a report says of itself takes part, never what was inferred for it here: the bounds of a report depend on
which other reports there are and not on the order in which they came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import msgspec

from communique.linking.lexicon import lexicon
from communique.linking.likeness import forums_alike, places_alike, unlike
from communique.linking.names import same_person, skeleton
from communique.linking.told import HAPPENED, Face, Told, face, fold
from communique.linking.when import iso, period
from communique.records import DateBasis, Encounter, Findings

__all__ = ["Bound", "anchor_keys", "anchors", "bounds", "hold", "seeks", "settle", "shared_keys"]

_LONGEST: Final = 15
"""Longest encounter that dates a report that tells it."""
_NEWS: Final = 6
"""Days after its last day within which an encounter is still news: nine in ten reports that open with one are."""
_PREVIEW: Final = 45
"""Days before its first day from which on reports look forward to an encounter; earlier ones are rare."""
_OPENING: Final = 700
"""Characters of the text within which the encounter that a report is about is told first."""
_COPY: Final = (1, 4)
"""Days before and after the day of a report in which its copies are published."""

_ENOUGH: Final = 2.5
_RIVAL: Final = 1.8
_LEAD: Final = 1.0
_TELLING: Final = 1.0
"""A likeness from which two mentions are one encounter, one from which another encounter is a rival, by how much the
best must lead its rivals, and how much of it must be more than who met whom."""
_HUB: Final = 0.5
_WEEKDAY_TELLS: Final = 0.5
"""How much it tells if the one weekday that is named is that of the day."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = re.compile(r"^\d{4}-\d\d-\d\d$")
_UNYEARED: Final = re.compile(r"^XXXX-(\d\d)-(\d\d)$")


class Bound(NamedTuple):
    """The report lies within [start, end] (ISO days, None: open), and the sentence that says why.

    `mention` is the encounter of the report that says so, `day` the EDTF day that others give it; None for near copies.
    """

    start: str | None
    end: str | None
    because: str
    mention: str | None = None
    day: str | None = None


class _Match(NamedTuple):
    """An anchor that tells the encounter of a mention, and how sure that is."""

    likeness: float
    anchor: Face
    exactly: bool


def seeks(published: str | None, basis: DateBasis | None) -> bool:
    """Whether a report with this day of its own is to be dated by the encounters that it shares with others.

    So is one of which only the month is known, and one whose day was inferred: an encounter that is shared says more
    than offices, weekdays and what is usual.
    """
    own = period(published)
    return own is None or not own.exact or basis == "inferred"


def anchors(told: Told) -> bool:
    """Whether the mention can date reports that tell it too: its day is stated, or its report's day is known."""
    days = period(told.encounter.date)
    if days is None or told.encounter.date_basis is None:
        return False
    if told.encounter.date_basis != "stated" and seeks(told.published, told.published_basis):
        return False
    if days.approximate or days.length > _LONGEST or not (days.exact or days.ranged):
        return False
    return told.encounter.status in HAPPENED or told.encounter.status in ("scheduled", "postponed")


def anchor_keys(told: Told) -> tuple[str, ...]:
    """The keys under which an anchor is found by what it can date (`shared_keys`), sorted."""
    one = face(told)
    days = [iso(day)[5:] for day in range(one.days.first, one.days.last + 1)] if one.days else []
    return _keys(one, days)


def shared_keys(told: Told) -> tuple[str, ...]:
    """The keys under which a mention of a report without a day looks for anchors, sorted."""
    told = _unsettled(told)
    unyeared = _UNYEARED.match(told.encounter.date or "")
    return _keys(face(told), [f"{unyeared[1]}-{unyeared[2]}"] if unyeared else [])


def _unsettled(told: Told) -> Told:
    """The mention of a report without a certain day as it stands before its dates are worked out from that day.

    A full date stays. Of another, the day of the year stays where the report names it; a weekday is compared as such.
    """
    met = told.encounter
    if met.date is None or met.date_basis == "stated" or _UNYEARED.match(met.date):
        return told
    date = None
    if _DAY.match(met.date):
        month, day = _MONTHS[int(met.date[5:7]) - 1], int(met.date[8:])
        named = re.compile(rf"\b{month}[a-z]*\.? {day}\b|\b{day}(?:st|nd|rd|th)?(?: of)? {month}", re.IGNORECASE)
        if any(named.search(p.text) for p in met.evidence):
            date = f"XXXX{met.date[4:]}"
    return msgspec.structs.replace(told, encounter=msgspec.structs.replace(met, date=date, date_basis=None))


def _keys(one: Face, days: Sequence[str]) -> tuple[str, ...]:
    """Who with where or what: two sides or two persons, with place, forum, number, day of the year, or each other."""
    sides = sorted(one.sides)[:6]
    who = [f"{a}+{b}" for a, b in combinations(sides, 2)]
    names = sorted({skeleton(person.words[-1]) for person in one.persons if person.words})[:6]
    pairs = [f"{a}+{b}" for a, b in combinations(names, 2)]
    telling = [word for word in one.forum if word not in lexicon().forum_common]
    what = [f"f:{word}" for word in telling] + ([f"n:{one.number}"] if one.number is not None else [])
    what += [f"p:{one.place}"] if one.place else []
    what += [f"d:{day}" for day in days]
    found = {f"{name}@{thing}" for name in who for thing in what}
    found |= {f"{pair}@" for pair in pairs}
    if one.kind == "visit" and one.country:
        found |= {f"{name}>{one.country}" for name in names}
    if not who:
        found |= {f"{name}@{thing}" for name in (*names, *sides) for thing in what}
    return tuple(sorted(found))


def _likeness(one: Face, anchor: Face) -> _Match | None:
    """How sure it is that the two are one encounter by all but the day; None if something speaks against it."""
    if anchor.days is None or unlike(one, anchor) is not None:
        return None
    shared, extra = one.sides & anchor.sides, one.sides ^ anchor.sides
    # That a body chaired or hosted is left out as often as told.
    extra = frozenset(side for side in extra if len(side) == 2)
    value = 0.0 if len(shared) < 2 else 1.0 if not extra else 0.6 if len(extra) == 1 else 0.3
    people = sum(any(same_person(p, q) for q in anchor.persons) for p in one.persons)
    value += min(people, 2) * 1.0
    if len(shared) < 2 and people < 2:
        return None
    if one.persons and anchor.persons and not people:
        value -= 1.0
    value += 0.3 if one.kind == anchor.kind else 0.0
    telling, day = _telling(one, anchor), _by_day(one, anchor)
    if telling is None or day is None:
        return None
    if people < 2 and one.place in lexicon().hubs:
        telling -= _HUB  # delegations of the same sides come there again and again
    # The same two who meet, or one who visits the same country, on the same weekday: so much is rarely chance.
    both = people >= 2 or (people == 1 and one.kind == "visit" and one.country is not None)
    if telling < (_WEEKDAY_TELLS if both and day > 0 else _TELLING):
        return None
    return _Match(round(value + telling, 3), anchor, day > 0)


def _telling(one: Face, anchor: Face) -> float | None:
    """What the two share beside who met whom, which the same people do again and again; None if it speaks against."""
    value = 0.0
    for setting in (_by_place(one, anchor), _by_forum(one, anchor), _by_day(one, anchor)):
        if setting is None:
            return None
        value += setting
    if one.number is not None and one.number == anchor.number:
        value += 1.5
    if one.topics and anchor.topics and one.topics & anchor.topics:
        value += 0.7
    return value


def _by_place(one: Face, anchor: Face) -> float | None:
    """A shared place that is nobody's home tells most; two different places are two encounters."""
    if one.place and anchor.place:
        if not places_alike(one.place, anchor.place):
            return None
        home = anchor.country is None or anchor.country in one.sides
        return 0.8 if home else 1.3
    if one.country and anchor.country and one.country != anchor.country:
        return None
    return 0.0


def _by_forum(one: Face, anchor: Face) -> float | None:
    if one.forum and anchor.forum:
        return 0.8 if forums_alike(one.forum, anchor.forum) else None
    return 0.0


def _weekdays(one: Face) -> set[int]:
    said = {w.lower() for p in one.told.encounter.evidence for w in _WEEKDAY.findall(p.text)}
    return {n for n, name in enumerate(_WEEKDAYS) if name in said}


def _by_day(one: Face, anchor: Face) -> float | None:
    """The day and month that a mention gives without the year must fit; the weekday should."""
    assert anchor.days is not None
    unyeared = _UNYEARED.match(one.told.encounter.date or "")
    days = range(anchor.days.first, anchor.days.last + 1)
    if unyeared:
        fits = any(iso(day)[5:] == f"{unyeared[1]}-{unyeared[2]}" for day in days)
        return 2.0 if fits else None
    said = _weekdays(one)
    if not said or len(said) > 2 or not anchor.days.exact:
        return 0.0
    weekday = (anchor.days.first - 1) % 7
    if weekday in said:
        return _WEEKDAY_TELLS if len(said) == 1 else 0.3
    # A weekday may be that of what was said about it, on the day before or after.
    return 0.0 if any((weekday - other) % 7 in (1, 6) for other in said) else -0.8


def _matches(one: Face, candidates: Iterable[Face]) -> list[_Match]:
    """The anchors that tell the encounter of this mention, the surest first; none where several encounters could be."""
    found = [match for a in candidates if (match := _likeness(one, a)) is not None and match.likeness >= _RIVAL]
    found.sort(key=lambda match: (-match.likeness, match.anchor.key))
    if not found or found[0].likeness < _ENOUGH:
        return []
    best = found[0].anchor
    assert best.days is not None
    kept = []
    for match in found:
        assert match.anchor.days is not None
        if match.anchor.days.gap(best.days) <= 1:
            kept.append(match)
        elif match.likeness > found[0].likeness - _LEAD and not _moved(best, match.anchor):
            return []
    return kept


def _moved(best: Face, other: Face) -> bool:
    """Whether the other is a plan that slipped to the day of the best, or the plan from which the best slipped."""
    assert best.days is not None
    assert other.days is not None
    return best.happened != other.happened and best.days.gap(other.days) <= _NEWS


def _opens(one: Face, position: int) -> bool:
    """Whether the encounter is the report's news: told first or second, near the beginning, not looking back."""
    first = min(one.told.encounter.evidence)
    back = not lexicon().looking_back.isdisjoint(fold(first.text).split())
    return position < 2 and first.start < _OPENING and not back


def _bound(one: Face, position: int, match: _Match) -> Bound | None:
    """What the day of the anchor says of the day of the report."""
    anchor = match.anchor
    assert anchor.days is not None
    first, last = iso(anchor.days.first), iso(anchor.days.last)
    when = first if first == last else f"{first} to {last}"
    words = " ".join(anchor.told.encounter.evidence[0].text.split())
    words = words if len(words) <= 120 else words[:117] + "..."
    tells = f"which {anchor.report} has on {when} ({words!r})"
    local, day = one.told.encounter.id, anchor.told.encounter.date
    # Who names the weekday alone writes within the week.
    this_week = match.exactly and not _UNYEARED.match(one.told.encounter.date or "")
    if one.status == "ongoing":
        return Bound(first, last, f"the {one.kind} is told as under way, {tells}", local, day)
    if one.happened:
        end = iso(anchor.days.last + _NEWS) if this_week or _opens(one, position) else None
        return Bound(first, end, f"the {one.kind} is told as past, {tells}", local, day)
    if one.status in ("scheduled", "proposed"):
        start = iso(anchor.days.first - (_NEWS if this_week else _PREVIEW))
        return Bound(start, first, f"the {one.kind} is told as still to come, {tells}", local, day)
    return None


def bounds(
    mentions: Sequence[Told], candidates: Iterable[Told], copies: Iterable[tuple[str, str | None]] = ()
) -> tuple[Bound, ...]:
    """The bounds on the day of a report that `seeks` one, by its own `mentions` in their order in the report.

    `candidates` are anchors (see `anchors`) that share a key with them, in any order; `copies` are (report id, day) of
    the reports with a day of their own of which it is a near copy. Nothing where the bounds contradict each other.
    """
    faces = sorted((face(told) for told in candidates), key=lambda one: one.key)
    found: list[Bound] = []
    for name, published in sorted(copies):
        own = period(published)
        if own is not None and own.exact:
            because = f"it is a near copy of {name}, which is of {published}"
            found.append(Bound(iso(own.first - _COPY[0]), iso(own.last + _COPY[1]), because))
    for position, told in enumerate(mentions):
        one = face(_unsettled(told))
        others = [a for a in faces if a.report != told.report_id]
        matches = _matches(one, others)
        # What took place says more than what was planned for a day.
        matches.sort(key=lambda m: (not m.anchor.happened, -m.likeness, m.anchor.key))
        bound = _bound(one, position, matches[0]) if matches else None
        if bound is not None:
            found.append(bound)
    return tuple(found) if _common(found) is not None else ()


def _common(found: Sequence[Bound]) -> tuple[str, str] | None:
    low = max((b.start for b in found if b.start), default="0000")
    high = min((b.end for b in found if b.end), default="9999")
    return (low, high) if low <= high else None


def hold(found: Sequence[Bound], published: str | None, encounters: Iterable[Encounter] = ()) -> bool:
    """Whether a day that was worked out with these bounds lies within them, and the encounters on the days of others.

    `encounters` are those of the report as they were worked out with that day.
    """
    # "2031-05-14~" is a most likely day: whether that day lies within the bounds is what counts.
    common, days = _common(found), period(published.rstrip("~?%") if published else None)
    if common is None or days is None:
        return False
    if not (common[0] <= iso(days.first) and iso(days.last) <= common[1]):
        return False
    met = {one.id: period(one.date) for one in encounters}
    for bound in found:
        ours, theirs = met.get(bound.mention or ""), period(bound.day)
        if ours is not None and theirs is not None and ours.gap(theirs) > 1:
            return False
    return True


def _closer(found: Sequence[Bound], encounters: Iterable[Encounter]) -> tuple[Bound, ...]:
    """The bounds, narrowed where an encounter came out just a week from the day that others give.

    Then a weekday was counted from the wrong side of that day.
    """
    met = [days for one in encounters if (days := period(one.date)) is not None and days.exact]
    closer = []
    for bound in found:
        day = period(bound.day)
        if day is not None and any(day.first - days.first == 7 for days in met):
            bound = bound._replace(start=max(bound.start or "", iso(day.first)))
        elif day is not None and any(days.first - day.first == 7 for days in met):
            bound = bound._replace(end=min(bound.end or "9999", iso(day.first)))
        closer.append(bound)
    return tuple(closer)


def settle(analyse: Callable[[tuple[Bound, ...]], Findings | None], found: tuple[Bound, ...]) -> Findings | None:
    """The findings of a report with these bounds on its day, None where they do not keep to them.

    `analyse` gives the findings with bounds, None where it fails.
    """
    findings = analyse(found)
    closer = _closer(found, findings.encounters) if findings is not None else found
    if closer != found:
        findings = analyse(closer)
    if findings is None or not hold(closer, findings.report.published.value, findings.encounters):
        return None
    return findings
