"""Offices inside other offices: "the special envoy of the Chinese president", "President Moon's special envoy".

The holder of the outer office is somebody else than the holder of the inner one; the inner one gives the side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from communique.actors.names import Run
from communique.actors.offices import Office, Side
from communique.actors.words import Word, lists

__all__ = ["nest", "owned"]

_STAFF: Final = frozenset(
    {"special_envoy", "spokesperson", "presidential_staff", "ambassador", "deputy_minister", "national_security"}
)
"""Kinds of office that are held for the holder of another office."""
_LINKS: Final = frozenset({"of", "to", "for"})
_INSIDE: Final = _LINKS | {"on", "in", "the", "and"}
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_REACH: Final = 6
"""Words that may stand between the two offices: "personal assistant on new media to the president"."""


def nest(words: Sequence[Word], offices: list[Office]) -> list[Office]:
    """The offices with inner ones that name nobody taken into the outer ones, which get their sides."""
    kept: list[Office] = []
    for office in offices:
        before = kept[-1] if kept else None
        if before is not None and _of(words, before, office) and not _named(words, office.last + 1):
            before.sides = before.sides or office.sides or _united_nations(before, office)
            before.last = office.last
            continue
        if before is not None and _possessed(words, before, office):
            office.sides = office.sides or before.sides
            office.first, office.definite = before.first, True
            kept.pop()
        kept.append(office)
    return kept


def _united_nations(outer: Office, inner: Office) -> list[Side]:
    """Without more, "the Special Representative of the Secretary-General" is the United Nations'."""
    sent = outer.kind.id == "special_envoy" and inner.kind.id == "io_head"
    return [Side(inner.first, inner.last, "UN", "UN", "name")] if sent else []


def _of(words: Sequence[Word], outer: Office, inner: Office) -> bool:
    """Does the inner office follow the outer one behind "of" or "to"?"""
    if outer.kind.id not in _STAFF or words[outer.last].sentence != words[inner.first].sentence:
        return False
    between = words[outer.last + 1 : inner.first]
    if not between or len(between) > _REACH or between[0].low not in _INSIDE:
        return False
    last = next((w for w in reversed(between) if w.low != "the"), between[0])
    plain = all(w.low in _INSIDE or (w.capital and w.alpha) for w in between)
    sent = last.low == "to" and outer.kind.id in {"ambassador", "special_envoy"}
    return plain and last.low in _LINKS and not sent


def _possessed(words: Sequence[Word], inner: Office, outer: Office) -> bool:
    """Does the outer office follow the inner one behind "'s", no name between?"""
    between = [w.low for w in words[inner.last + 1 : outer.first]]
    near = words[inner.first].sentence == words[outer.first].sentence and outer.kind.id in _STAFF
    return near and len(between) == 1 and between[0] in _POSSESSIVE and not inner.plural


def _named(words: Sequence[Word], at: int) -> bool:
    """Does a name begin at the word?"""
    if at >= len(words) or words[at].sentence != words[at - 1].sentence:
        return False
    word, known = words[at], lists()
    return word.capital and word.alpha and word.low not in known.openers and word.low not in known.never


def owned(words: Sequence[Word], offices: Sequence[Office], runs: Sequence[Run]) -> None:
    """Mark names that stand inside the title of somebody else, and whose title it is."""
    starts = {r.start_word: r for r in runs}
    ends = {r.end_word: r for r in runs}
    for office in offices:
        if office.kind.id not in _STAFF:
            continue
        at = office.last + 1
        if at + 1 < len(words) and words[at].low in _LINKS:
            at += 1 + (words[at + 1].low == "the" and at + 1 not in starts)
            run = starts.get(at)
        else:
            run = (
                ends.get(office.first - 2) if office.first > 1 and words[office.first - 1].low in _POSSESSIVE else None
            )
        sent = (
            words[office.last + 1].low == "to" and office.kind.id in {"ambassador", "special_envoy"} if run else False
        )
        if run is not None and not sent and words[run.first].sentence == words[office.first].sentence:
            run.inside = True
            office.owner = run.first
            for other in runs:
                if office in other.offices and run.end_word < other.first:
                    other.start_word = min(other.start_word, run.start_word)  # "President X's aide Y"
