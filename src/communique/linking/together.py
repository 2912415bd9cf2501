"""The day of an encounter where one report leaves it open and others of the same encounter give it.

A mention keeps what its report says. Where that is no day, or only a month, a year, or a day of a year that is not
named, and the mention is surely the encounter that other reports date, it is given their day as `inferred`, with the
passage that says it. A day that a report gives is never touched: two days of one encounter are a disagreement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from communique.linking.likeness import is_vague, score
from communique.linking.merge import independent
from communique.linking.told import Face, Told, face
from communique.linking.when import Period, iso
from communique.records import Encounter, Passage

__all__ = ["InferredDate", "dated_together", "with_date"]

_SURE: Final = 3.0
"""Score (see linking/likeness.py) from which a mention without a day takes that of the mention it is compared with."""
_MOST: Final = 12
"""Mentions with a day, each told in its own way, with which one without a day is compared."""
_DATED: Final = ("held", "ongoing", "scheduled")
"""Statuses that have a day. A wish has none, nor has what was called off: they are not given the day of what came."""
_UNYEARED: Final = re.compile(r"^XXXX-(\d\d)-(\d\d)$")


class InferredDate(msgspec.Struct, frozen=True):
    """The day that a mention is given by others of its encounter: why, and the first passage of one that tells it."""

    report_id: str
    mention: str
    date: str
    because: str
    told_by: str
    told_as: str
    passage: Passage

    @property
    def key(self) -> str:
        """The mention that is given the day: `REPORT:ENCOUNTER`."""
        return f"{self.report_id}:{self.mention}"


def with_date(met: Encounter, inferred: InferredDate | None) -> Encounter:
    """The encounter with the day that it was given, if it was given one."""
    if inferred is None:
        return met
    return msgspec.structs.replace(met, date=inferred.date, date_basis="inferred", date_because=inferred.because)


def _open(one: Face) -> bool:
    """Whether the mention leaves its day open: it gives none, or about when, or a month, a year or a part of one."""
    if one.told.encounter.date is None or _UNYEARED.match(one.told.encounter.date):
        return True
    return one.days is not None and is_vague(one)


def _fits(days: Period, one: Face) -> bool:
    """Whether the days can be those that the mention leaves open."""
    unyeared = _UNYEARED.match(one.told.encounter.date or "")
    if unyeared:
        return any(iso(day)[5:] == f"{unyeared[1]}-{unyeared[2]}" for day in range(days.first, days.last + 1))
    if one.days is not None and not (one.days.first <= days.first and days.last <= one.days.last):
        return False
    if one.published is None:
        return True
    if one.status == "held":
        return days.first <= one.published.last
    return not one.happened or days.gap(one.published) <= 1


def _agreed(dated: Sequence[Face]) -> list[Face]:
    """Those of the dated mentions that give the day on which all agree, none where they do not.

    One day within a range told by others is their day only if more origins give it: ranges are whole, days are parts.
    """
    periods = {one.days for one in dated if one.days is not None}
    if max(days.first for days in periods) > min(days.last for days in periods):
        return []
    by_date: dict[str, list[Told]] = defaultdict(list)
    for one in dated:
        by_date[one.told.encounter.date or ""].append(one.told)
    told = {date: independent(members) for date, members in by_date.items()}
    ranked = sorted(told, key=lambda date: (-told[date], "/" not in date, date))
    if len(ranked) > 1 and told[ranked[0]] == told[ranked[1]] and "/" in ranked[0] and "/" in ranked[1]:
        return []
    return [one for one in dated if one.told.encounter.date == ranked[0]]


def _groups(members: Sequence[Face]) -> dict[bool, list[Face]]:
    """The mentions whose day can be given: to those that tell the encounter as past (True), and to those that plan it.

    To an outcome that of other outcomes where any tells one, else that of the plan if nobody says that it was moved; to
    a plan that of other plans first. Days that are stated, or rest on a known day of their report, go before others.
    """
    dated = [one for one in members if one.days is not None and not is_vague(one)]
    moved = any(one.status in ("postponed", "cancelled", "refused") for one in members)
    found: dict[bool, list[Face]] = {True: [], False: []}
    for sure in (False, True):  # what comes later goes before
        known = [one for one in dated if _known(one) is sure]
        held = [one for one in known if one.happened]
        plans = [one for one in known if one.status == "scheduled" and not moved]
        found[True] = held or plans or found[True]
        found[False] = plans or held or found[False]
    return {happened: _agreed(group) if group else [] for happened, group in found.items()}


def _known(one: Face) -> bool:
    """Whether the day is stated, or rests on a day of its report that was not itself inferred."""
    told = one.told
    return told.encounter.date_basis == "stated" or told.published_basis in ("metadata", "stated", "resolved")


def _samples(donors: Sequence[Face]) -> list[Face]:
    """A few of the donors that tell it each in its own way: a thousand reports of a summit tell it in a few dozen."""
    found: dict[object, Face] = {}
    for one in donors:
        way = (one.kind, one.status, one.sides, one.persons, one.place, one.country, one.forum, one.number)
        found.setdefault(way, one)
        if len(found) == _MOST:
            break
    return list(found.values())


def dated_together(members: Sequence[Told]) -> tuple[InferredDate, ...]:
    """The days that mentions of one encounter are given by each other, in the order of the mentions' names."""
    faces = [face(told) for told in sorted(members, key=lambda told: told.key)]
    targets = [one for one in faces if one.status in _DATED and _open(one)]
    if not targets:
        return ()
    donors = _groups(faces)
    samples = {happened: _samples(group) for happened, group in donors.items()}
    reports = {happened: len({one.report for one in group}) for happened, group in donors.items()}
    found = []
    for one in targets:
        others = [(score(one, other), other) for other in samples[one.happened] if other.report != one.report]
        value, donor = min(others, key=lambda pair: (-pair[0], pair[1].key), default=(0.0, one))
        if value >= _SURE and donor.days is not None and _fits(donor.days, one):
            found.append(_inferred(one, donor, reports[one.happened]))
    return tuple(found)


def _inferred(one: Face, donor: Face, reports: int) -> InferredDate:
    met = donor.told.encounter
    own = one.told.encounter.date
    says = f"the report says {own}" if own else "the report gives no day"
    how = "took place" if donor.happened else "was planned"
    others = f" and {reports - 1} more" if reports > 1 else ""
    words = " ".join(met.evidence[0].text.split())
    words = words if len(words) <= 120 else words[:117] + "..."
    because = f"{says}; by {donor.report}{others} the same {donor.kind} {how} on {met.date} ({words!r})"
    assert met.date is not None
    return InferredDate(one.report, one.told.encounter.id, met.date, because, donor.report, met.id, met.evidence[0])
