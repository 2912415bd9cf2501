"""What a linked encounter says: its fields settled from its mentions, its life, its part in another."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from communique.linking.cluster import Cluster, cluster
from communique.linking.likeness import is_part
from communique.linking.names import same_person
from communique.linking.told import Face, Person, Told, fold
from communique.linking.when import Period
from communique.records import (
    ENCOUNTER_KINDS,
    DateBasis,
    Encounter,
    EncounterKind,
    EncounterStatus,
    LinkedEncounter,
    Participant,
)

__all__ = ["gid_of", "independent", "link"]

_BASIS_RANK: Final = {"stated": 0, "metadata": 1, "resolved": 2, "inferred": 3, None: 4}
_STATUS_RANK: Final = {
    "proposed": 0,
    "scheduled": 1,
    "postponed": 2,
    "cancelled": 3,
    "refused": 3,
    "ongoing": 4,
    "held": 5,
    "disputed": 6,
}
_TELLING_KINDS: Final = ("call", "visit", "message", "summit", "session", "talks", "meeting")
_LONE_DISCOUNT: Final = 0.9


def gid_of(keys: Iterable[str]) -> str:
    """The id of an encounter: a short hash of its smallest mention, the same on every machine and in every order."""
    return "E" + hashlib.blake2b(min(keys).encode(), digest_size=8).hexdigest()


def independent(members: Iterable[Told]) -> int:
    """The number of independent origins: copies share one, and so do reports that pass on one agency's words."""
    return len({f"agency {told.relay}" if told.relay else told.origin for told in members})


def _order(one: Face) -> tuple[int, int, str]:
    """By publication, unknown last; on one day plan before outcome."""
    return (one.published.first if one.published is not None else 10**7, _STATUS_RANK[one.status], one.key)


def _status(members: Sequence[Face]) -> EncounterStatus:
    """The latest status; but what has taken place is not undone by a later report that still calls it planned."""
    told = sorted(members, key=_order)
    if any(one.status == "disputed" for one in told):
        return "disputed"
    if any(one.status == "held" for one in told):
        return "held"
    if any(one.status == "ongoing" for one in told):
        return "ongoing"
    firm = [one for one in told if one.status != "proposed"]
    return (firm or told)[-1].told.encounter.status


def _votes(members: Iterable[Face], value: Callable[[Face], str | None]) -> Counter[str]:
    """How many independent origins give each value."""
    origins: dict[str, set[str]] = defaultdict(set)
    for one in members:
        said = value(one)
        if said:
            origins[said].add(one.told.origin)
    return Counter({said: len(who) for said, who in origins.items()})


def _best(members: Iterable[Face], value: Callable[[Face], str | None]) -> str | None:
    votes = _votes(members, value)
    return min(votes, key=lambda said: (-votes[said], -len(said), said)) if votes else None


def _tellers(members: Sequence[Face]) -> list[Face]:
    """Those whose fields count: the reports of the outcome where there are any, else of the latest plan."""
    happened = [one for one in members if one.happened or one.status == "disputed"]
    if happened:
        return happened
    plans = [one for one in members if one.status != "proposed"] or list(members)
    moved = [one for one in plans if one.status == "postponed"]
    if moved and any(one.days for one in moved):
        latest = max(_order(one) for one in moved)
        return [one for one in plans if _order(one) >= latest]
    return plans


def _grain(days: Period) -> int:
    if days.exact:
        return 0
    return 1 if days.ranged and days.length <= 31 else 2 if days.length <= 31 else 3


def _date(members: Sequence[Face]) -> Face | None:
    """The mention whose date is taken: finest grain first, then best attested, then on the best basis."""
    for group in (_tellers(members), members):
        dated = [one for one in group if one.days is not None]
        votes = _votes(dated, lambda one: one.told.encounter.date)
        ranked = sorted(dated, key=lambda one: _date_rank(one, votes))
        if ranked:
            return ranked[0]
    return None


def _planned_day(members: Sequence[Face], days: Period, kind: EncounterKind) -> str | None:
    """The day planned within a range that reports of the outcome give for an encounter of one sitting.

    "On 10-13 January three rounds were held" gives one range to three encounters; the plans tell them apart. Talks,
    visits and summits do last for days.
    """
    if not days.ranged or kind not in ("meeting", "session", "call"):
        return None
    plans = [one for one in members if one.status == "scheduled" and one.days is not None and one.days.exact]
    within = [one for one in plans if one.days is not None and days.first <= one.days.first <= days.last]
    return _best(within, lambda one: one.told.encounter.date)


def _date_rank(one: Face, votes: Counter[str]) -> tuple[int, int, int, int, str, str]:
    met = one.told.encounter
    assert one.days is not None
    assert met.date is not None
    coarse = _grain(one.days)
    return (max(coarse - 1, 0), -votes[met.date], coarse, _BASIS_RANK[met.date_basis], met.date, one.key)


def _participants(members: Sequence[Face]) -> tuple[Participant, ...]:
    """The persons of all tellers, each once; for a side without persons its delegation, else its government or body.

    Delegations stay beside the persons of their side (who led them is one thing, that they met another); a bare
    "Russia" beside a named Russian says nothing more and is left out.
    """
    chosen = _tellers(members)
    named = {side for one in chosen for person in one.persons for side in person.sides}
    extra = [one for one in members if one not in chosen and any(not person.sides & named for person in one.persons)]
    people: list[tuple[Person, list[Participant]]] = []
    bodies: dict[tuple[str, str], list[Participant]] = defaultdict(list)
    for source in (chosen, extra):
        for one in source:
            ready = iter(one.persons)
            for participant in one.told.encounter.participants:
                if participant.type != "person":
                    if source is chosen:
                        bodies[participant.represents or fold(participant.name), participant.type].append(participant)
                    continue
                person = next(ready)
                if source is extra and person.sides & named:
                    continue
                known = next((group for who, group in people if same_person(who, person)), None)
                if known is None:
                    people.append((person, [participant]))
                else:
                    known.append(participant)
    kept = [_fullest(group) for _, group in people]
    covered = {side for who, _ in people for side in who.sides}
    delegated = {side for side, kind in bodies if kind == "delegation"}
    for (side, kind), group in bodies.items():
        if kind == "delegation" or (side not in covered and side not in delegated):
            kept.append(_fullest(group))
    return tuple(sorted(kept, key=lambda p: (p.represents or "~", p.type != "person", p.name)))


def _fullest(group: Sequence[Participant]) -> Participant:
    """The most frequent of several tellings of one participant, the one with an id and the longest name on ties."""
    count = Counter(p.name for p in group)
    return min(group, key=lambda p: (p.actor is None, -count[p.name], -len(p.name), p.name, p.office is None, str(p)))


def _kind(members: Sequence[Face]) -> EncounterKind:
    votes = _votes(members, lambda one: one.kind)
    return min(ENCOUNTER_KINDS, key=lambda kind: (-votes[kind], _TELLING_KINDS.index(kind)))


def _life(members: Sequence[Face]) -> tuple[tuple[str, str | None, str | None, str, str], ...]:
    return tuple(
        (one.status, one.told.encounter.date, one.told.published, one.report, one.told.encounter.id)
        for one in sorted(members, key=_order)
    )


def _because(found: Cluster) -> tuple[str, ...]:
    if not found.joins:
        return ("Only one mention.",)
    return tuple(
        f"{a} and {b} are the same ({score:.1f}): " + " ".join(reason.sentence for reason in reasons if reason.weight)
        for a, b, score, reasons in found.joins
    )


def _confidence(members: Sequence[Face], joins: Sequence[tuple[str, str, float, tuple[object, ...]]]) -> float:
    """That it is real: each independent origin halves the doubt that the best one leaves, a weak join adds some."""
    doubts: dict[str, float] = {}
    for one in members:
        doubt = 1 - one.told.encounter.confidence
        doubts[one.told.origin] = min(doubt, doubts.get(one.told.origin, 1.0))
    ranked = sorted(doubts.values())
    left = ranked[0] * 0.5 ** (len(ranked) - 1)
    weak = min((score for _, _, score, _ in joins), default=10.0)
    return round(min(max(1 - left, 0.0), 0.99) * (_LONE_DISCOUNT if weak < 3.0 else 1.0), 3)


def _linked(found: Cluster) -> LinkedEncounter:
    members = found.members
    dated = _date(members)
    tellers = _tellers(members)
    told = tuple(one.told for one in members)
    met = dated.told.encounter if dated else None

    def settled(get: Callable[[Encounter], str | None]) -> str | None:
        first = _best(tellers, lambda one: get(one.told.encounter))
        return first if first is not None else _best(members, lambda one: get(one.told.encounter))

    kind = _kind(members)
    planned = _planned_day(members, dated.days, kind) if dated and dated.days else None
    basis: DateBasis | None = "inferred" if planned else met.date_basis if met else None
    because = _because(found)
    if planned and met:
        because += (f"Its day is that of the plan, {planned}, which lies within {met.date}, told of the outcome.",)
    place = settled(lambda e: e.place)
    with_place = [one for one in members if one.told.encounter.place == place] if place else list(members)
    return LinkedEncounter(
        gid=gid_of(one.key for one in members),
        kind=kind,
        status=_status(members),
        mentions=tuple((one.report, one.told.encounter.id) for one in members),
        participants=_participants(members),
        date=planned or (met.date if met else None),
        date_basis=basis,
        place=place,
        country=_best(with_place, lambda one: one.country) or settled(lambda e: e.country),
        forum=settled(lambda e: e.forum),
        duration=_best(members, lambda one: one.told.encounter.duration),
        topics=tuple(sorted({topic for one in members for topic in one.told.encounter.topics})),
        reports=len({one.report for one in members}),
        origins=independent(told),
        life=_life(members),
        because=because,
        confidence=_confidence(members, found.joins),
    )


def _parts(clusters: Sequence[Cluster]) -> dict[str, str]:
    """gid of a part → gid of the encounter it is part of, by the most mentions that say so."""
    home = {one.key: n for n, found in enumerate(clusters) for one in found.members}
    gids = [gid_of(one.key for one in found.members) for found in clusters]
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for n, found in enumerate(clusters):
        for one in found.members:
            whole = one.told.encounter.part_of
            there = home.get(f"{one.report}:{whole}") if whole else None
            if there is not None and there != n:
                votes[n][there] += 10
    for n, m in _near(clusters):
        agreeing = sum(is_part(part, whole) for part in clusters[n].members for whole in clusters[m].members)
        if agreeing:
            votes[n][m] += agreeing
    return {gids[n]: gids[min(found, key=lambda m: (-found[m], gids[m]))] for n, found in votes.items()}


def _near(clusters: Sequence[Cluster]) -> Iterable[tuple[int, int]]:
    """Ordered pairs of clusters, the first perhaps part of the second: they share a day and a country or forum."""
    wholes: dict[tuple[str, int], set[int]] = defaultdict(set)
    for m, found in enumerate(clusters):
        for one in found.members:
            if one.kind in ("visit", "summit", "session") and one.days is not None and one.days.length <= 15:
                for name in filter(None, (one.country if one.kind == "visit" else None, " ".join(one.forum))):
                    for day in range(one.days.first, one.days.last + 1):
                        wholes[name, day].add(m)
    for n, found in enumerate(clusters):
        near: set[int] = set()
        for one in found.members:
            if one.days is not None and one.days.length <= 15:
                for name in filter(None, (one.country, " ".join(one.forum))):
                    for day in range(one.days.first, one.days.last + 1):
                        near |= wholes.get((name, day), set())
        for m in sorted(near - {n}):
            yield n, m


def link(mentions: Iterable[Told]) -> tuple[LinkedEncounter, ...]:
    """The encounters that the mentions tell, each once, sorted by id; the same whatever the order of the mentions."""
    clusters = cluster(mentions)
    parts = _parts(clusters)
    linked = []
    for found in clusters:
        one = _linked(found)
        whole = parts.get(one.gid)
        if whole is not None:
            one = msgspec.structs.replace(one, part_of=whole)
        linked.append(one)
    return tuple(sorted(linked, key=lambda one: one.gid))
