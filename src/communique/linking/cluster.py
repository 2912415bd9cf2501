"""Which mentions are the same encounter: pairs by shared keys, then clusters that never join what contradicts itself.

Two mentions are *bound* if nothing forbids that they are one and their score reaches the threshold, or if one is part
of the other. Clusters form only along bounds, so the components of bound mentions can be clustered one by one, and a
new report changes only the components that it is bound to: linking them again gives what linking everything would.
Within a component the best pair is joined first, ties by name, so the order of ingest does not matter.

A vague mention ("talks in January", or without a date) can be bound to many encounters of its sides. It keeps its best
bound only, and so never chains the encounters of years into one component.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from communique.linking.keys import keys_of
from communique.linking.likeness import THRESHOLD, Reason, contradiction, is_part, weigh
from communique.linking.told import Face, Told, face

__all__ = ["Bound", "Cluster", "bound_to", "cluster", "components"]

_COHESION: Final = 0.5
"""Mean score that the pairs across two clusters must reach for them to be joined: one good pair does not carry two
clusters that otherwise have little in common."""
_RANGE_DAYS: Final = 31
"""Longest range of days that still tells when; longer ones are as vague as a month."""


class Bound(NamedTuple):
    """Two mentions (indices into the sorted faces) that may be the same (`score`), or of which one is part (`part`)."""

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


def _bound(faces: Sequence[Face], i: int, j: int) -> Bound | None:
    a, b = faces[i], faces[j]
    if contradiction(a, b) is None:
        score, _ = weigh(a, b)
        return Bound(i, j, score, False) if score >= THRESHOLD else None
    if is_part(a, b) or is_part(b, a) or _told_as_part(a, b):
        return Bound(i, j, 0.0, True)
    return None


def _told_as_part(a: Face, b: Face) -> bool:
    return a.report == b.report and (
        a.told.encounter.part_of == b.told.encounter.id or b.told.encounter.part_of == a.told.encounter.id
    )


def _bounds(faces: Sequence[Face]) -> list[Bound]:
    found = []
    best: dict[int, tuple[bool, float, int]] = {}
    for i, j in _pairs(faces):
        bound = _bound(faces, i, j)
        if bound is None:
            continue
        found.append(bound)
        if not bound.part:
            for one, other in ((i, j), (j, i)):
                if _vague(faces[one]):
                    # A dated mention before a vague one, so that two vague ones do not make an island of their own.
                    rank = (_vague(faces[other]), -bound.score, other)
                    best[one] = min(best.get(one, rank), rank)
    return [b for b in found if b.part or (_kept(b.a, b.b, faces, best) and _kept(b.b, b.a, faces, best))]


def _kept(one: int, other: int, faces: Sequence[Face], best: dict[int, tuple[bool, float, int]]) -> bool:
    """Whether the bound is the one that `one` keeps, or the only one of a vague `other`."""
    if one not in best or best[one][2] == other:
        return True
    return _vague(faces[other]) and best[other][0] and best[other][2] == one


def _vague(one: Face) -> bool:
    return one.days is None or not (one.days.exact or (one.days.ranged and one.days.length <= _RANGE_DAYS))


def bound_to(new: Iterable[Told], others: Iterable[Told]) -> tuple[str, ...]:
    """The keys (`Told.key`) of those of `others` to which one of the `new` mentions is bound, sorted.

    `others` are the mentions of the record that share a blocking key with a new one. Whoever keeps the record takes
    the components of these, adds the new mentions, and gives their union to `link`.
    """
    fresh_keys = {told.key for told in new}
    faces = _sorted_faces([*others, *new])
    fresh = frozenset(i for i, one in enumerate(faces) if one.key in fresh_keys)
    found = set()
    for i, j in _pairs(faces, fresh):
        if (i in fresh) != (j in fresh) and _bound(faces, i, j) is not None:
            found.add(faces[j if i in fresh else i].key)
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


def _components(faces: Sequence[Face], bounds: Sequence[Bound]) -> list[list[int]]:
    sets = _Sets(len(faces))
    for bound in bounds:
        sets.join(bound.a, bound.b)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(faces)):
        groups[sets.find(i)].append(i)
    return list(groups.values())


def components(mentions: Iterable[Told]) -> tuple[tuple[Told, ...], ...]:
    """The mentions in components that are linked independently of each other, each sorted, in order of the first."""
    faces = _sorted_faces(mentions)
    return tuple(tuple(faces[i].told for i in group) for group in _components(faces, _bounds(faces)))


def cluster(mentions: Iterable[Told]) -> tuple[Cluster, ...]:
    """The mentions grouped into encounters, in the order of each cluster's first mention."""
    faces = _sorted_faces(mentions)
    bounds = _bounds(faces)
    by_component: dict[int, list[Bound]] = defaultdict(list)
    groups = _components(faces, bounds)
    home = {i: n for n, group in enumerate(groups) for i in group}
    for bound in bounds:
        if not bound.part:
            by_component[home[bound.a]].append(bound)
    found: list[Cluster] = []
    for n, group in enumerate(groups):
        found += _agglomerate(faces, group, by_component[n])
    return tuple(sorted(found, key=lambda c: c.members[0].key))


def _agglomerate(faces: Sequence[Face], group: Sequence[int], bounds: Sequence[Bound]) -> list[Cluster]:
    """Join along the bounds of one component, the best first, wherever nothing across the two clusters forbids it."""
    members: dict[int, list[int]] = {i: [i] for i in group}
    where = {i: i for i in group}
    joins: dict[int, list[tuple[int, int]]] = {i: [] for i in group}
    scores: dict[tuple[int, int], float | None] = {(b.a, b.b): b.score for b in bounds}

    def score(i: int, j: int) -> float | None:
        """The score of a pair, None if it contradicts itself."""
        pair = (i, j) if i < j else (j, i)
        if pair not in scores:
            a, b = faces[pair[0]], faces[pair[1]]
            scores[pair] = weigh(a, b)[0] if contradiction(a, b) is None else None
        return scores[pair]

    def joinable(ours: Sequence[int], theirs: Sequence[int]) -> bool:
        total = 0.0
        for i in ours:
            for j in theirs:
                value = score(i, j)
                if value is None:
                    return False
                total += value
        return total >= _COHESION * len(ours) * len(theirs)

    for bound in sorted(bounds, key=lambda b: (-b.score, b.a, b.b)):
        one, other = where[bound.a], where[bound.b]
        if one == other or not joinable(members[one], members[other]):
            continue
        keep, drop = min(one, other), max(one, other)
        for i in members[drop]:
            where[i] = keep
        members[keep] += members.pop(drop)
        joins[keep] += [*joins.pop(drop), (bound.a, bound.b)]
    return [
        Cluster(
            tuple(faces[i] for i in sorted(members[root])),
            tuple((faces[i].key, faces[j].key, *weigh(faces[i], faces[j])) for i, j in joins[root]),
        )
        for root in sorted(members)
    ]
