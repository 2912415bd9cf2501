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
    at_word, ends = {s.first: s for s in sides}, {s.last: s for s in sides}
    for run in runs:
        if run.side or any(o.side for o in run.offices):
            continue
        if (team := _led_by(words, run, at_word, ends)) is not None:
            run.side, run.side_because = team.side, "the text says whose delegation the person leads"
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


def _led_by(words: Sequence[Word], run: Run, begins: dict[int, Side], ends: dict[int, Side]) -> Side | None:
    """The side of "the Fijian delegation, headed by X", "a delegation from Fiji led by X"."""
    at = run.start_word - 1
    if at < 3 or words[at].low not in {"by", "under"} or words[at - 1].low not in _LED | {"leadership"}:
        return None
    for step in range(at - 2, max(at - 12, 0), -1):
        if words[step].sentence != words[at].sentence or words[step].low not in _TEAM:
            continue
        owner = step - 2 if words[step - 1].low in {"'s", "’s"} else step - 1
        owner -= words[owner].alpha and words[owner].text.islower() and owner not in ends  # "official", "ministerial"
        behind = step + 2 + (words[step + 2].low == "the") if words[step + 1].low in {"from", "of"} else -1
        return ends.get(owner) or begins.get(behind)
    return None


_HALF: Final = re.compile(
    r"\b[Tt]he (North|South)(?=['’]s\b|[,.;:]|\s+(?:and|or|to|with|on|for|but|has|had|is|was|will|would|also|said|says"
    r"|told|sent|wants|in|[a-z]+ed)\b)"
)


def _halves(text: str, hits: Sequence[Hit], authority: Authority) -> list[Hit]:
    """ "The North" and "the South" in a report on Korea."""
    lands = {h.bodies[0]: h for h in hits if h.bodies and h.bodies[0] in {"KP", "KR"}}
    if "KP" not in lands or any(h.bodies[:1] == ("SS",) for h in hits):
        return []
    return [
        Hit(m.start(1), m.end(1), "name", ("KP" if m.group(1) == "North" else "KR",), None, False)
        for m in _HALF.finditer(text)
        if not any(h.start < m.end(1) and m.start(1) < h.end for h in hits)
    ]


def paired(text: str, hits: list[Hit], authority: Authority) -> list[Hit]:
    """The hits with the first of two states that share a noun: "North and South Korea" names North Korea too."""
    found = [*hits, *_halves(text, hits, authority)]
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
