"""Blocking keys: two mentions are compared only if they share one.

A key is who (a pair of sides, a person, a forum) with a bucket of time. Buckets are `WIDTH` days wide; a mention goes
into each bucket that its days touch with a day to spare on both sides, so that a slip of one day still meets, a month
meets each of its days, and an undated mention meets what lies near the day of its report. Keys are plain strings, to
be kept in an index.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

from communique.linking.lexicon import lexicon
from communique.linking.names import skeleton
from communique.linking.told import HAPPENED, Face, Told, face

__all__ = ["WIDTH", "blocking_keys", "keys_of"]

WIDTH: Final = 16
"""Width of a time bucket in days: most encounters fall into one, a month into three."""
_SLIP: Final = 1
_PLAN_SLIP: Final = 7
_MOVED: Final = 90
_MOST_BUCKETS: Final = 26
"""Longest stretch that is spread over buckets, a little over a year; what is vaguer only meets what is as vague."""
_MOST_SIDES: Final = 5


def _buckets(one: Face) -> list[str]:
    window = one.window
    if window is None:
        return ["undated"]
    before = after = _SLIP
    if one.told.encounter.status not in HAPPENED and one.days is not None:
        after = _MOVED if one.status == "postponed" or one.number is not None else _PLAN_SLIP
    first, last = (window.first - before) // WIDTH, (window.last + after) // WIDTH
    if last - first >= _MOST_BUCKETS:
        return ["vague"]
    return [format(n, "x") for n in range(first, last + 1)]


def _who(one: Face) -> list[str]:
    found: list[str] = []
    sides = sorted(one.sides)
    if len(sides) <= _MOST_SIDES:
        found += [f"s:{a}+{b}" for a, b in combinations(sides, 2)]
    else:
        found += [f"m:{side}" for side in sides]
    # A body that sits on its own must meet "Russia and the OSCE"; countries do not need this, they come in pairs.
    found += [f"o:{side}" for side in sides if len(side) != 2 or len(sides) == 1]
    for person in one.persons:
        found.append(f"p:{skeleton(person.words[-1])}" if person.words else "p:")
        if person.actor:
            found.append(f"a:{person.actor}")
    if one.forum:
        telling = [word for word in one.forum if word not in lexicon().forum_common]
        found += [f"f:{word}" for word in telling or [" ".join(sorted(one.forum))]]
    return found


def keys_of(one: Face) -> tuple[str, ...]:
    """The blocking keys of a mention made ready, sorted and without repetition; at least one."""
    who = _who(one) or [f"k:{one.kind}"]
    return tuple(sorted({f"{name}@{bucket}" for name in who for bucket in _buckets(one)}))


def blocking_keys(told: Told) -> tuple[str, ...]:
    """The keys under which a mention is found: sides, people and forum, each with the time buckets it touches."""
    return keys_of(face(told))
