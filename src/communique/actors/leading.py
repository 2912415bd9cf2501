"""Sides told around a name or a direction: "X led the Chadian delegation", "North and South Korea"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.actors.authority import Authority, Hit
from communique.actors.names import Run
from communique.actors.offices import Side
from communique.actors.words import Word

__all__ = ["leads", "paired"]

_LED: Final = frozenset({"led", "leads", "leading", "headed", "heads", "heading"})
_BETWEEN: Final = frozenset({",", "who", "is", "was", "has", "had", "been", "will"})
_TEAM: Final = frozenset({"delegation", "side", "team", "delegates", "negotiators", "mission", "party"})
_REACH: Final = 6


def leads(words: Sequence[Word], runs: Sequence[Run], sides: Sequence[Side]) -> None:
    """Give people without a stated side the side of the delegation that the text says they lead."""
    at_word = {s.first: s for s in sides}
    for run in runs:
        if run.side or any(o.side for o in run.offices):
            continue
        at = max(run.last, run.end_word) + 1
        sentence = words[run.first].sentence
        while at < len(words) and words[at].sentence == sentence and words[at].low in _BETWEEN:
            at += 1
        if at >= len(words) or words[at].low not in _LED:
            continue
        for step in range(at + 1, min(at + _REACH, len(words))):
            side = at_word.get(step)
            if side is None or words[step].sentence != sentence:
                continue
            behind = words[side.last + 1].low if side.last + 1 < len(words) else ""
            if behind in _TEAM:
                run.side, run.side_because = side.side, "the text says whose delegation the person leads"
            break


_PAIR: Final = re.compile(r"\b(North|South|East|West)(?= and (?:North|South|East|West) [A-Z])")


def paired(text: str, hits: list[Hit], authority: Authority) -> list[Hit]:
    """The hits with the first of two states that share a noun: "North and South Korea" names North Korea too."""
    found = list(hits)
    for match in _PAIR.finditer(text):
        other = next((h for h in hits if h.start == match.end() + len(" and ")), None)
        if other is None or other.form not in {"name", "demonym"}:
            continue
        noun = text[other.start : other.end].partition(" ")[2]
        first = next(iter(authority.scan(f"{match.group()} {noun}")), None)
        whole = first is not None and first.end == len(match.group()) + 1 + len(noun)
        if first is not None and whole and first.bodies and not any(h.start == match.start() for h in hits):
            found.append(first._replace(start=match.start(), end=match.end()))
    return sorted(found, key=lambda h: h.start)
