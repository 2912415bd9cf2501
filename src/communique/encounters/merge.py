"""Which clauses of one report speak of the same encounter.

Candidates are taken in the order of the text, those of the title last, since the body knows better. Each joins the
cluster that it agrees with best, or opens one. Two agree when neither kind, sides, people, day, place, forum, number
nor status sets them apart; a definite noun without sides of its own ("the meeting lasted two hours") joins the nearest
encounter of its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from communique import dates
from communique.encounters.candidates import Candidate, Member
from communique.records import EncounterKind, EncounterStatus

__all__ = ["Cluster", "clusters", "group_of", "stands"]

_GROUP: Final[dict[str, str]] = {"call": "call", "message": "message", "visit": "visit"}
_PAST: Final = frozenset({"held", "ongoing", "disputed"})
_TO_COME: Final = frozenset({"proposed", "scheduled"})
_OFF: Final = frozenset({"postponed", "cancelled", "refused"})


@dataclass(slots=True, eq=False)
class Cluster:
    """Candidates that speak of one encounter."""

    candidates: list[Candidate] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        """All who take part, each once."""
        found: list[Member] = []
        exact = [c for c in self.candidates if not c.generic and c.members]
        for candidate in exact or self.candidates:
            for member in candidate.members:
                if all(not _same(m, member) for m in found):
                    found.append(member)
        return found

    @property
    def sides(self) -> frozenset[str]:
        """All sides that met."""
        exact = [c for c in self.candidates if not c.generic]
        return frozenset().union(*(c.sides for c in exact or self.candidates))

    @property
    def people(self) -> dict[str, set[str]]:
        """Names of persons by side."""
        found: dict[str, set[str]] = {}
        exact = [c for c in self.candidates if not c.generic]
        for candidate in exact or self.candidates:
            for side, names in candidate.people.items():
                found.setdefault(side, set()).update(names)
        return found

    @property
    def statuses(self) -> set[EncounterStatus]:
        """The statuses that its clauses give."""
        return {c.verdict.status for c in self.candidates if c.verdict.status}

    def first(self, name: str) -> object:
        """The first value of a field that is known, clauses of the body before the title."""
        ordered = sorted(self.candidates, key=lambda c: c.in_title)
        return next((v for v in (getattr(c, name) for c in ordered) if v), None)


def clusters(candidates: Sequence[Candidate]) -> tuple[list[Cluster], list[Candidate]]:
    """The clusters in the order of the text, and the candidates that joined none and cannot stand alone."""
    found: list[Cluster] = []
    left: list[Candidate] = []
    ordered = sorted(candidates, key=lambda c: (c.in_title, not stands(c), c.start))
    for candidate in ordered:
        best = _best(candidate, found)
        if best is not None:
            best.candidates.append(candidate)
        elif stands(candidate):
            found.append(Cluster([candidate]))
        else:
            left.append(candidate)
    for candidate in list(left):  # what came before the clause that can stand alone
        best = _best(candidate, found)
        if best is not None:
            best.candidates.append(candidate)
            left.remove(candidate)
    found.sort(key=lambda c: min(x.start for x in c.candidates))
    return found, left


def stands(candidate: Candidate) -> bool:
    """Can the candidate be an encounter by itself?"""
    if candidate.supporting:
        return False
    if candidate.kind == "visit":
        return bool(candidate.members) and candidate.host is not None and bool(candidate.sides - {candidate.host})
    if candidate.forum:
        return True
    if candidate.generic and (not candidate.firm or (candidate.time is None and not _elsewhere(candidate))):
        return False
    sides = candidate.sides
    if len(sides) >= 2:
        return True
    if candidate.kind in {"session", "summit", "meeting"} and _assembled(candidate):
        return True
    strangers = [m for m in candidate.members if not m.participant.represents and _official(m)]
    return bool(sides) and bool(strangers)


def _assembled(candidate: Candidate) -> bool:
    """ "EU foreign ministers met in Brussels": the members of an organisation are several sides."""
    return any(
        m.participant.type == "delegation" and m.participant.represents and not _is_state(m.participant.represents)
        and any(w in m.participant.name.lower() for w in ("ministers", "leaders", "ambassadors", "members", "envoys"))
        for m in candidate.members
    )  # fmt: skip


def _is_state(side: str) -> bool:
    return len(side) == 2 and side not in {"EU", "UN", "AU"}


def _official(member: Member) -> bool:
    """Somebody of an unknown side who acts for one all the same: a group of officials, a person with an office."""
    return member.participant.type in {"delegation", "group"} or bool(member.participant.office)


def _elsewhere(candidate: Candidate) -> bool:
    """ "They had held several rounds of talks in X": an indefinite noun with a place of its own."""
    words = {c.lower_ for c in candidate.trigger.head.children}
    definite = bool(words & {"the", "this", "these", "their"})
    return candidate.trigger.is_noun and not definite and candidate.spot is not None and candidate.spot.name is not None


def _best(candidate: Candidate, found: Sequence[Cluster]) -> Cluster | None:
    scored = [(score, i, c) for i, c in enumerate(found) if (score := _agreement(candidate, c)) > 0]
    if not scored:
        return None
    if candidate.generic or not candidate.sides:  # "the two ministers", "the meeting": the nearest one
        agreeing = [
            row for row in scored if not candidate.verdict.status or candidate.verdict.status in row[2].statuses
        ]
        return min(agreeing or scored, key=lambda row: (_unlike(candidate, row[2]), _distance(candidate, row[2])))[2]
    return max(scored, key=lambda row: (row[0], -abs(_distance(candidate, row[2])), -row[1]))[2]


def _unlike(candidate: Candidate, cluster: Cluster) -> bool:
    """Does the noun fit the encounter badly: "the meeting" a gathering of a forum, "the summit" a meeting of two?"""
    named = candidate.trigger.entry.kind
    gathering = all(c.forum and not c.people for c in cluster.candidates)
    return gathering if named in {"meeting", "talks"} else named == "summit" and not gathering and "summit" not in {
        c.kind for c in cluster.candidates
    }  # fmt: skip


def _distance(candidate: Candidate, cluster: Cluster) -> int:
    return min(abs(candidate.start - c.start) for c in cluster.candidates)


def _agreement(candidate: Candidate, cluster: Cluster) -> float:
    """How well a candidate agrees with a cluster; 0 or less where something sets them apart."""
    if not _kinds_agree(candidate, cluster):
        return 0
    around = candidate.around or all(c.around for c in cluster.candidates)
    if around and candidate.forum and not _same_forum(candidate, cluster):
        return 0  # the gathering is not the meeting on its margins
    if _parted_by_forum(candidate, cluster) or _signed_apart(candidate, cluster):
        return 0
    if candidate.bare and not any(c.kind in {"talks", "summit", "session"} for c in cluster.candidates):
        return 0  # "to revive peace talks" beside a meeting of two
    if candidate.members and not candidate.around and all(c.around and not c.members for c in cluster.candidates):
        return 0  # "the two also met on the sidelines of a conference"
    gathering = all(c.around and c.forum for c in cluster.candidates) and not _same_forum(candidate, cluster)
    if gathering and (candidate.sides or candidate.trigger.entry.kind not in {"summit", "session"}):
        return 0
    sides = _sides_agree(candidate, cluster)
    if sides <= 0:
        return 0
    time = _days_agree(candidate, cluster)
    if time < 0 or not _details_agree(candidate, cluster):
        return 0
    status = _statuses_agree(candidate, cluster, same_day=time > 0)
    if status < 0:
        return 0
    return sides + time + status


def _parted_by_forum(candidate: Candidate, cluster: Cluster) -> bool:
    """Is one a session of a body, the other a contact with persons of other sides: "met envoys; will attend the X"?"""
    forums = {c.forum for c in cluster.candidates if c.forum}
    if candidate.pointing or bool(candidate.forum) == bool(forums) or any(c.pointing for c in cluster.candidates):
        return False
    return candidate.sides != cluster.sides and not (candidate.in_title or all(c.in_title for c in cluster.candidates))


def _signed_apart(candidate: Candidate, cluster: Cluster) -> bool:
    """Is one the signing of an agreement on a day that the other does not share: "the pact signed by the leaders"?"""
    signs = {c.trigger.entry.name == "sign" for c in cluster.candidates}
    if candidate.in_title or (candidate.trigger.entry.name == "sign") in signs:
        return False
    if any(c.scene is candidate.scene for c in cluster.candidates):
        return False  # "signed a pact on Monday after talks"
    days = {c.time.value for c in (candidate, *cluster.candidates) if c.time is not None}
    return bool(days) and not (candidate.time is not None and _days_agree(candidate, cluster) >= 1)


def group_of(kind: EncounterKind) -> str:
    """Gatherings of every kind can be one encounter; calls, messages and visits stay apart."""
    return _GROUP.get(kind, "gathering")


def _kinds_agree(candidate: Candidate, cluster: Cluster) -> bool:
    firm = {group_of(c.kind) for c in cluster.candidates if c.firm}
    own = group_of(candidate.kind)
    if not candidate.firm:
        return not firm or (bool(firm & {"call", "gathering"}) and own in {"call", "gathering"})
    if not firm:
        return own in {"call", "gathering"}
    return own in firm


def _sides_agree(candidate: Candidate, cluster: Cluster) -> float:
    own, others = candidate.sides, cluster.sides
    if candidate.kind == "visit":
        hosts = {c.host for c in cluster.candidates if c.host}
        if candidate.host and hosts and candidate.host not in hosts:
            return 0
    if not own or candidate.generic:
        if candidate.pointing and _looks_back(candidate, cluster):
            return 0.5
        if not own and _of_the_title(candidate, cluster):
            return 0.4
        return 0.5 if _same_forum(candidate, cluster) else 0
    if not others:
        return 0.5 if _same_forum(candidate, cluster) else 0
    if _attends(candidate, cluster):
        return 0.6
    alike = len(own & others) / len(own | others)
    if not (own <= others or others <= own or alike >= 0.5):
        return 0
    smaller = alike < 0.5 or (alike == 0.5 and abs(len(others) - len(own)) >= 2)
    if smaller and stands(candidate) and not candidate.pointing and not candidate.in_title:
        return 0  # "will hold a bilateral meeting with Y" beside a meeting of five
    if not stands(candidate) and not candidate.pointing and len(own) < 2 and candidate.kind != "visit":
        if candidate.alone:
            return 0  # "negotiations with the bank" are not those with the minister
        shared = any(names & cluster.people.get(side, set()) for side, names in candidate.people.items())
        if not (shared and _close_by(candidate, cluster)):
            return 0
    people = _people_agree(candidate, cluster)
    if people < 0:
        if not _companions(candidate, cluster):
            return 0
        people = 0.0
    return 1.0 * len(own & others) / len(own | others) + people


def _of_the_title(candidate: Candidate, cluster: Cluster) -> bool:
    """ "said that it would be good to hold a meeting", under a title that says whose: the lead tells it again."""
    kinds = {c.trigger.entry.kind for c in cluster.candidates}
    noun = candidate.lead and candidate.firm and candidate.trigger.is_noun and not candidate.forum
    return noun and any(c.in_title for c in cluster.candidates) and candidate.trigger.entry.kind in kinds


def _attends(candidate: Candidate, cluster: Cluster) -> bool:
    """Does the candidate tell who else was at the gathering just told, which is not one of two sides alone?"""
    pair = len(cluster.sides) == 2 and not any(c.forum for c in cluster.candidates)
    return candidate.attending and not pair and _close_by(candidate, cluster) and _looks_back(candidate, cluster)


def _close_by(candidate: Candidate, cluster: Cluster) -> bool:
    index = candidate.scene.sentence.index
    return any(abs(index - c.scene.sentence.index) <= 2 for c in cluster.candidates)


def _looks_back(candidate: Candidate, cluster: Cluster) -> bool:
    """A definite noun speaks of what has been named; in a title or the lead, of what follows."""
    if candidate.lead and candidate.trigger.is_noun and candidate.kind in {"talks", "summit"}:
        return True
    return candidate.in_title or any(c.start < candidate.start for c in cluster.candidates if not c.in_title)


def _companions(candidate: Candidate, cluster: Cluster) -> bool:
    """ "Attending the meeting were X and Y", "the ambassador handed over the letter": more people of one encounter."""
    met = {"side", "host", "visitor"} if candidate.kind != "message" else {"side"}
    explicit = any(m.arm and m.role in met for m in candidate.members)
    return candidate.pointing and not explicit and candidate.sides <= cluster.sides and _looks_back(candidate, cluster)


def _same_forum(candidate: Candidate, cluster: Cluster) -> bool:
    forums = {c.forum for c in cluster.candidates if c.forum}
    return bool(candidate.forum) and candidate.forum in forums


def _people_agree(candidate: Candidate, cluster: Cluster) -> float:
    """Above 0 for shared persons, below where one side sent two different ones."""
    own, others = candidate.people, cluster.people
    shared = 0.0
    for side, names in own.items():
        if side in others:
            if names & others[side]:
                shared += 1
            elif candidate.also and stands(candidate):
                return -1  # "will also meet the prime minister"
            elif not _delegation(cluster, side) and not _delegation_in(candidate.members, side):
                return -1
    if shared:
        return shared
    if own and others and (set(own) != set(others)):
        return 0.0
    if bool(own) != bool(others):  # "US-Russia talks" against "Blinken met Lavrov": the same only if all else says so
        return -0.0 if _near(candidate, cluster) else -1.0
    return 0.0


def _near(candidate: Candidate, cluster: Cluster) -> bool:
    day = {c.time.value for c in cluster.candidates if c.time and c.time.value}
    if candidate.time and candidate.time.value and day:
        return candidate.time.value in day
    return (
        candidate.pointing
        or candidate.in_title
        or any(
            abs(candidate.scene.sentence.index - c.scene.sentence.index) <= 2 or c.pointing for c in cluster.candidates
        )
    )


def _delegation(cluster: Cluster, side: str) -> bool:
    return _delegation_in(cluster.members, side)


def _delegation_in(members: Sequence[Member], side: str) -> bool:
    return any(m.participant.represents == side and m.participant.type == "delegation" for m in members)


def _days_agree(candidate: Candidate, cluster: Cluster) -> float:
    """1 for a shared day, 0 where one has none, below 0 for different days."""
    own = _span(candidate)
    if own is None:
        return 0.0
    best = 0.0
    for other in cluster.candidates:
        span = _span(other)
        if span is None:
            continue
        if span[1] < own[0] or own[1] < span[0]:
            if candidate.kind == "visit" and _gap(own, span) <= 3:
                continue  # the day of arrival and a day of the visit
            return -1.0
        best = 1.0 if span == own else max(best, 0.5)
    return best


def _gap(a: tuple[str, str], b: tuple[str, str]) -> int:
    first, second = sorted((a, b))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days


def _span(candidate: Candidate) -> tuple[str, str] | None:
    value = candidate.time.value if candidate.time else None
    return dates.days(value) if value else None


def _details_agree(candidate: Candidate, cluster: Cluster) -> bool:
    if candidate.generic and _elsewhere(candidate) and not any(c.spot == candidate.spot for c in cluster.candidates):
        return False
    leg = candidate.kind == "visit" and candidate.trigger.entry.yields  # on to the next town of a visit
    for other in cluster.candidates:
        if candidate.spot and other.spot and candidate.spot.known and other.spot.known:
            if not leg and candidate.spot.name and other.spot.name and candidate.spot.name != other.spot.name:
                return False
            if candidate.spot.country and other.spot.country and candidate.spot.country != other.spot.country:
                return False
        if candidate.forum and other.forum and candidate.forum != other.forum:
            return False
        if candidate.part_of and not other.part_of and other.time and not candidate.time and not candidate.pointing:
            return False
        if candidate.trigger.plural and candidate.trigger.entry.name == "meeting" and _officials(candidate, other):
            return False
        if {candidate.format, other.format} == {"bilateral", "trilateral"}:
            return False
        if candidate.number and other.number and candidate.number != other.number:
            return False
        if {candidate.era, other.era} == {"previous", "next"}:
            return False
        if (candidate.era == "previous") != (other.era == "previous") and not _same_day(candidate, other):
            return False
        same_era = any(c.era == candidate.era for c in cluster.candidates)
        if not same_era and candidate.era == "next" and other.era == "" and other.verdict.status in _PAST:
            return False
    return True


def _officials(candidate: Candidate, other: Candidate) -> bool:
    """ "meetings with Y's politicians" are others than the one with Y's president."""
    for member in candidate.members:
        side = member.participant.represents
        if member.participant.type == "delegation" and side in other.people:
            return True
    return False


def _same_day(a: Candidate, b: Candidate) -> bool:
    return _span(a) is not None and _span(a) == _span(b)


def _statuses_agree(candidate: Candidate, cluster: Cluster, *, same_day: bool) -> float:
    own, others = candidate.verdict.status, cluster.statuses
    if own is None or not others or not candidate.verdict.firm:
        return 0.1
    if not candidate.firm and _span(candidate) is None:
        return 0.1  # "will discuss", "spoke with": a weak word without a day of its own opens no second encounter
    if own in others:
        return 0.3
    if "proposed" in {own} | others and "cancelled" in {own} | others and stands(candidate) and not candidate.in_title:
        return -1.0  # "cancelled the visit and promised to come later"
    if own == "proposed" and others <= {"scheduled"} and _other_days(candidate, cluster):
        return -1.0  # somebody's earlier "talks are possible early next year"
    if _same_forum(candidate, cluster) and not (_span(candidate) and any(_span(c) for c in cluster.candidates)):
        return 0.1
    if candidate.in_title or same_day:
        return 0.1
    if own in _PAST and others & _PAST:
        return 0.2
    if (own in _PAST and others <= _TO_COME) or (own in _TO_COME and others <= _PAST):
        return -1.0 if candidate.bare or not (candidate.pointing and not stands(candidate)) else 0.0
    if {own} | others <= _TO_COME:
        both_dated = _span(candidate) is not None and any(_span(c) is not None for c in cluster.candidates)
        return -1.0 if both_dated else 0.1
    if own in _OFF and others & _PAST and not others & _TO_COME:
        return -1.0
    return 0.0


def _other_days(candidate: Candidate, cluster: Cluster) -> bool:
    own = _span(candidate)
    return own is not None and stands(candidate) and all(_span(c) not in {None, own} for c in cluster.candidates[:1])


def _same(a: Member, b: Member) -> bool:
    p, q = a.participant, b.participant
    return p == q or (
        p.type == q.type
        and p.represents == q.represents
        and (p.name == q.name or (p.actor is not None and p.actor == q.actor))
    )
