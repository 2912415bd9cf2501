"""Nouns for several people or a body of a side, as the first pass finds them: "the U.S. and Russian delegations"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.actors.offices import Side, in_list
from communique.actors.words import Word, lists

__all__ = ["Group", "find_groups"]


@dataclass(slots=True)
class Group:
    """A noun for several people or a body of some side: "the U.S. and Russian delegations", "both sides"."""

    kind: str
    noun: str
    first: int
    last: int
    head: int
    plural: bool
    sides: list[Side] = field(default_factory=list)
    both: bool = False
    his: bool = False
    definite: bool = False


def find_groups(words: Sequence[Word], sides: Sequence[Side], core: set[int]) -> list[Group]:
    """Every group noun of a text with the sides around it, in order; `core` are the words of offices."""
    known, plural = lists().groups, lists().plural
    ends = {s.last: s for s in sides}
    opens = {s.first: s for s in sides}
    inside = {i for s in sides for i in range(s.first, s.last + 1)}
    found = []
    for at, word in enumerate(words):
        kind = "countries" if word.low == "koreas" else known.get(word.low)
        if kind is None or at in inside:
            continue
        if at in core and kind != "delegation":
            continue
        if word.low in {"two", "pair", "trio", "duo"}:
            following = words[at + 1].low if at + 1 < len(words) else ""
            if (
                not at
                or words[at - 1].low not in {"the"}
                or known.get(following)
                or (
                    following.isalpha()
                    and len(following) > 3
                    and word.low == "two"
                    and not following.endswith("ed")
                    and following not in {"also", "will", "have", "were", "agreed", "spoke", "said", "discussed", "met"}
                )
            ):
                continue
        group = Group(kind, word.low, at, at, at, word.low in plural or word.low in {"two", "pair", "trio", "duo"})
        _group_left(words, group, ends)
        _group_right(words, group, opens)
        if word.low == "koreas":
            group.sides = [Side(at, at, land, land, "name") for land in ("KR", "KP")]
        found.append(group)
    return found


def _group_left(words: Sequence[Word], group: Group, ends: dict[int, Side]) -> None:
    at = group.head - 1
    sentence = words[group.head].sentence
    steps = 0
    while at >= 0 and words[at].sentence == sentence and steps < 14:
        low = words[at].low
        if at in ends:
            side = ends[at]
            group.sides.insert(0, side)
            group.first = side.first
            at = side.first - 1
            steps += 1
            continue
        if low in {"'s", "’s"} and at - 1 in ends:
            at -= 1
            continue
        listed = low != "," or in_list(words, ends.get(at - 1), group.sides)
        if (low in {"and", ",", "&"} and listed and group.sides and at - 1 in ends) or (
            low in {"-", "–"} and not words[at].spaced and at - 1 in ends and group.sides
        ):
            at -= 1
            continue
        if low in {"the", "both", "two", "three", "four", "a", "an", "his", "her", "their", "its", "other", "all"}:
            group.both = group.both or low in {"both", "two"}
            group.his = group.his or low in {"his", "her", "their", "its"}
            group.definite = group.definite or low in {"the", "both", "two", "three"}
            group.first = at
            if low in {"the", "a", "an", "his", "her", "their", "its", "both"}:
                break
        elif (
            low in lists().modifiers
            or low in lists().portfolios
            or low in {"foreign", "defence", "government", "ministry", "department", "unnamed", "negotiating"}
        ) and low not in {"and", "the"}:
            group.first = at
        else:
            break
        at -= 1
        steps += 1


def _group_right(words: Sequence[Word], group: Group, opens: dict[int, Side]) -> None:
    at = group.last + 1
    sentence = words[group.head].sentence
    if at + 1 >= len(words) or words[at].low not in {"of", "from"} or words[at].sentence != sentence:
        return
    i = at + 1
    while i < len(words) and words[i].sentence == sentence:
        if words[i].low in {"the", "both"} and i not in opens:
            i += 1
            continue
        side = opens.get(i)
        if side is None:
            break
        group.sides.append(side)
        group.last = side.last
        i = side.last + 1
        while i < len(words) and words[i].low in {",", "and", "&"}:
            i += 1
