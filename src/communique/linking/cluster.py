"""Which mentions are the same encounter: pairs by shared keys, then clusters that never join what contradicts itself.

Two mentions are *bound* if nothing forbids that they are one and their score reaches the threshold, or if one is part
of the other. Clusters form only along bounds, so the components of bound mentions can be clustered one by one, and a
new report changes only the components that it is bound to: linking them again gives what linking everything would.
Within a component the best pair is joined first, ties by name, so the order of ingest does not matter.

A vague mention ("talks in January", or without a date) can be bound to many encounters of its sides. It keeps its best
bound only, and so never chains the encounters of years into one component. Mentions that are told alike in every
respect that is compared are compared as one: a thousand reports of one summit are a few dozen kinds of telling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from communique.linking.keys import keys_of
from communique.linking.likeness import (
    THRESHOLD,
    Reason,
    contradiction,
    is_part,
    is_vague,
    score,
    told_as_two,
    unlike,
    weigh,
)
from communique.linking.told import Face, Told, face

__all__ = ["Bound", "Cluster", "bound_to", "cluster", "components"]

_COHESION: Final = 0.5
"""Mean score that the pairs across two clusters must reach for them to be joined: one good pair does not carry two
clusters that otherwise have little in common."""


class Telling(NamedTuple):
    """Mentions that are told alike, in the order of their names; the first stands for all when they are compared."""

    face: Face
    members: tuple[Face, ...]
    reports: frozenset[str]
    origins: frozenset[str]


class Bound(NamedTuple):
    """Two tellings (indices) that may be the same (`score`), or of which one is part of the other (`part`)."""

    a: int
    b: int
    score: float
    part: bool


class Cluster(NamedTuple):
    """Mentions that are one encounter, in the order of their names, and the reasons of the pairs that joined them."""

    members: tuple[Face, ...]
    joins: tuple[tuple[str, str, float, tuple[Reason, ...]], ...]


def _sorted_faces(mentions: Iterable[Told]) -> list[Face]:
    faces = {told.key: told for told in mentions}
    return [face(faces[key]) for key in sorted(faces)]


def _profile(one: Face) -> Hashable:
    """All of a mention that is compared. Of what is past and dated, when it was told and its topics are not."""
    people = frozenset((p.actor, p.words, p.sides) for p in one.persons)
    compared = (one.kind, one.status, one.remote, one.sides, people, one.days, one.stated, one.place, one.country,
                one.forum, one.number)  # fmt: skip
    return compared if one.happened and not is_vague(one) else (*compared, one.published, one.topics)


def _tellings(faces: Sequence[Face]) -> list[Telling]:
    """The mentions by how they are told. What one report tells twice stays two, as does what is too bare to join."""
    groups: dict[Hashable, list[Face]] = defaultdict(list)
    times: dict[Hashable, int] = defaultdict(int)
    for one in faces:
        profile: Hashable = one.key
        if score(one, one) >= THRESHOLD:
            alike = _profile(one)
            times[alike, one.report] += 1
            profile = (alike, times[alike, one.report])
        groups[profile].append(one)
    return [_telling(group) for group in groups.values()]


def _telling(group: Sequence[Face]) -> Telling:
    reports = frozenset(one.report for one in group)
    return Telling(group[0], tuple(group), reports, frozenset(one.told.origin for one in group))


def _score(a: Telling, b: Telling) -> float:
    return score(a.face, b.face, bool(a.origins & b.origins) and a.reports != b.reports)


def _pairs(faces: Sequence[Face], fresh: frozenset[int] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of indices that share a key, each once; with `fresh`, only pairs with at least one of these."""
    index: dict[str, list[int]] = defaultdict(list)
    keys = [keys_of(one) for one in faces]
    for i, own in enumerate(keys):
        for key in own:
            index[key].append(i)
    for i, own in enumerate(keys) if fresh is None else ((i, keys[i]) for i in sorted(fresh)):
        near: set[int] = set()
        for key in own:
            near.update(index[key])
        for j in sorted(near):
            if fresh is None and j > i:
                yield i, j
            elif fresh is not None and j != i and (j not in fresh or j > i):
                yield min(i, j), max(i, j)


def _weigh(a: Face, b: Face) -> tuple[float, tuple[Reason, ...]]:
    return weigh(a, b, a.told.origin == b.told.origin and a.report != b.report)


def _forbidden(a: Telling, b: Telling) -> bool:
    """Whether no mention of one can be the same as any of the other."""
    if unlike(a.face, b.face):
        return True
    only_report = len(a.reports) == 1 and a.reports == b.reports
    return only_report and contradiction(a.face, b.face) is not None


def _bound(tellings: Sequence[Telling], i: int, j: int) -> Bound | None:
    a, b = tellings[i], tellings[j]
    if not _forbidden(a, b):
        value = _score(a, b)
        return Bound(i, j, value, False) if value >= THRESHOLD else None
    if is_part(a.face, b.face) or is_part(b.face, a.face):
        return Bound(i, j, 0.0, True)
    return None


def _told_as_part(tellings: Sequence[Telling]) -> Iterator[Bound]:
    """Bounds between what a report tells as a part and the whole that it names."""
    home = {one.key: n for n, telling in enumerate(tellings) for one in telling.members}
    for key, n in home.items():
        report, _, _ = key.rpartition(":")
        telling = tellings[n]
        whole = next(one for one in telling.members if one.key == key).told.encounter.part_of
        there = home.get(f"{report}:{whole}") if whole else None
        if there is not None and there != n:
            yield Bound(min(n, there), max(n, there), 0.0, True)


def _bounds(tellings: Sequence[Telling]) -> list[Bound]:
    found = sorted(set(_told_as_part(tellings)))
    vague = [is_vague(one.face) for one in tellings]
    best: dict[int, tuple[bool, float, int]] = {}
    for i, j in _pairs([one.face for one in tellings]):
        bound = _bound(tellings, i, j)
        if bound is None:
            continue
        found.append(bound)
        if not bound.part:
            for one, other in ((i, j), (j, i)):
                if vague[one]:
                    # A dated mention before a vague one, so that two vague ones do not make an island of their own.
                    rank = (vague[other], -bound.score, other)
                    best[one] = min(best.get(one, rank), rank)

    def kept(one: int, other: int) -> bool:
        """Whether the bound is the one that `one` keeps, or the only one of a vague `other`."""
        if one not in best or best[one][2] == other:
            return True
        return vague[other] and best[other][0] and best[other][2] == one

    return [b for b in found if b.part or (kept(b.a, b.b) and kept(b.b, b.a))]


def bound_to(new: Iterable[Told], others: Iterable[Told]) -> tuple[str, ...]:
    """The keys (`Told.key`) of those of `others` to which one of the `new` mentions is bound, sorted.

    `others` are the mentions of the record that share a blocking key with a new one. Whoever keeps the record takes
    the components of these, adds the new mentions, and gives their union to `link`. Where mentions were taken away,
    what is left of their components counts as new: a vague mention may now turn to another neighbour.
    """
    new = list(new)
    fresh_keys = {told.key for told in new}
    singles = [_telling([one]) for one in _sorted_faces([*others, *new])]
    fresh = frozenset(i for i, one in enumerate(singles) if one.face.key in fresh_keys)
    found = set()
    for i, j in _pairs([one.face for one in singles], fresh):
        if (i in fresh) != (j in fresh) and _bound(singles, i, j) is not None:
            found.add(singles[j if i in fresh else i].face.key)
    return tuple(sorted(found))


class _Sets:
    """Disjoint sets of the numbers below `size`; the root of a set is its smallest number."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        i, j = self.find(i), self.find(j)
        self.parent[max(i, j)] = min(i, j)


def _components(tellings: Sequence[Telling], bounds: Sequence[Bound]) -> list[list[int]]:
    sets = _Sets(len(tellings))
    for bound in bounds:
        sets.join(bound.a, bound.b)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(tellings)):
        groups[sets.find(i)].append(i)
    return list(groups.values())


def components(mentions: Iterable[Told]) -> tuple[tuple[Told, ...], ...]:
    """The mentions in components that are linked independently of each other, each sorted, in order of the first."""
    tellings = _tellings(_sorted_faces(mentions))
    found = []
    for group in _components(tellings, _bounds(tellings)):
        members = sorted((one for i in group for one in tellings[i].members), key=lambda one: one.key)
        found.append(tuple(one.told for one in members))
    return tuple(sorted(found, key=lambda group: group[0].key))


def cluster(mentions: Iterable[Told]) -> tuple[Cluster, ...]:
    """The mentions grouped into encounters, in the order of each cluster's first mention."""
    tellings = _tellings(_sorted_faces(mentions))
    bounds = _bounds(tellings)
    by_component: dict[int, list[Bound]] = defaultdict(list)
    groups = _components(tellings, bounds)
    home = {i: n for n, group in enumerate(groups) for i in group}
    for bound in bounds:
        if not bound.part:
            by_component[home[bound.a]].append(bound)
    found: list[Cluster] = []
    for n, group in enumerate(groups):
        found += _Agglomeration(tellings, group, by_component[n]).clusters()
    return tuple(sorted(found, key=lambda c: c.members[0].key))


class _Agglomeration:
    """One component: joined along its bounds, the best first, wherever nothing across the two clusters forbids it."""

    def __init__(self, tellings: Sequence[Telling], group: Sequence[int], bounds: Sequence[Bound]) -> None:
        self.tellings = tellings
        self.members: dict[int, list[int]] = {i: [i] for i in group}
        self.where = {i: i for i in group}
        self.joins: dict[int, list[tuple[int, int]]] = {i: [] for i in group}
        self.scores: dict[tuple[int, int], float | None] = {}
        self.known = {(bound.a, bound.b): bound.score for bound in bounds}
        for bound in sorted(bounds, key=lambda b: (-b.score, b.a, b.b)):
            self._join(bound.a, bound.b)

    def _score(self, i: int, j: int) -> float | None:
        """The score of a pair, None if they cannot be in one cluster."""
        pair = (i, j) if i < j else (j, i)
        if pair not in self.scores:
            a, b = self.tellings[pair[0]], self.tellings[pair[1]]
            apart = unlike(a.face, b.face) or (told_as_two(a.face, b.face) if a.reports & b.reports else None)
            self.scores[pair] = None if apart else self.known.get(pair) or _score(a, b)
        return self.scores[pair]

    def _joinable(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        total = 0.0
        for i in ours:
            for j in theirs:
                value = self._score(i, j)
                if value is None:
                    return False
                total += value
        return total >= _COHESION * len(ours) * len(theirs)

    def _join(self, i: int, j: int) -> None:
        one, other = self.where[i], self.where[j]
        if one == other or not self._joinable(self.members[one], self.members[other]):
            return
        keep, drop = min(one, other), max(one, other)
        for k in self.members[drop]:
            self.where[k] = keep
        self.members[keep] += self.members.pop(drop)
        self.joins[keep] += [*self.joins.pop(drop), (i, j)]

    def clusters(self) -> list[Cluster]:
        """What was joined, with the reasons of each join."""
        found = []
        for root in sorted(self.members):
            tellings = [self.tellings[i] for i in sorted(self.members[root])]
            alike = [(one.face, same) for one in tellings for same in one.members[1:]]
            joined = [(self.tellings[i].face, self.tellings[j].face) for i, j in self.joins[root]]
            joins = tuple((a.key, b.key, *_weigh(a, b)) for a, b in [*joined, *alike])
            members = sorted((one for telling in tellings for one in telling.members), key=lambda one: one.key)
            found.append(Cluster(tuple(members), joins))
        return found
