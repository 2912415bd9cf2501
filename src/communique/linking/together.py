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
    if any(a.days is None or b.days is None or a.days.gap(b.days) for a in dated for b in dated):
        return []
    by_date: dict[str, list[Told]] = defaultdict(list)
    for one in dated:
        by_date[one.told.encounter.date or ""].append(one.told)
    ranked = sorted(by_date, key=lambda date: (-independent(by_date[date]), "/" not in date, date))
    if len(ranked) > 1 and independent(by_date[ranked[0]]) == independent(by_date[ranked[1]]):
        first, second = ({one.days for one in dated if one.told.encounter.date == date} for date in ranked[:2])
        if "/" in ranked[0] and "/" in ranked[1] and first != second:
            return []
    return [one for one in dated if one.told.encounter.date == ranked[0]]


def _donors(target: Face, members: Sequence[Face]) -> list[Face]:
    """The mentions whose day the target can be given: of the outcome where any tells it with a day, else of the plan.

    A plan that nobody says was moved is the day of an outcome that names none; a plan takes the day of other plans.
    """
    dated = [one for one in members if one.days is not None and not is_vague(one) and one.report != target.report]
    moved = any(one.status in ("postponed", "cancelled", "refused") for one in members)
    for sure in (True, False):
        known = [one for one in dated if _known(one) is sure]
        held = [one for one in known if one.happened]
        plans = [one for one in known if one.status == "scheduled" and not moved]
        for group in (held, plans) if target.happened else (plans, held):
            if group:
                return _agreed(group)
    return []


def _known(one: Face) -> bool:
    """Whether the day is stated, or rests on a day of its report that was not itself inferred."""
    told = one.told
    return told.encounter.date_basis == "stated" or told.published_basis in ("metadata", "stated", "resolved")


def dated_together(members: Sequence[Told]) -> tuple[InferredDate, ...]:
    """The days that mentions of one encounter are given by each other, in the order of the mentions' names."""
    faces = [face(told) for told in sorted(members, key=lambda told: told.key)]
    found = []
    for one in faces:
        if one.status not in _DATED or not _open(one):
            continue
        donors = _donors(one, faces)
        ranked = sorted(donors, key=lambda other: (-score(one, other), other.key))
        if not ranked or score(one, ranked[0]) < _SURE or ranked[0].days is None or not _fits(ranked[0].days, one):
            continue
        found.append(_inferred(one, ranked[0], len({other.report for other in donors})))
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
