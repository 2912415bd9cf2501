"""Attributions by layout alone: a name behind a dash under a quotation, and the turns of a transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.language import Reading
from communique.language.quotes import chains
from communique.statements.attribution import Attribution, trimmed

__all__ = ["by_frames"]

_DASH: Final = re.compile(
    r"[ \t]*\n?[ \t]*(?P<dash>[―—–]|--?)[ \t]*(?P<name>[A-Z][^\n.;:―—–]{2,80}?)"
    r"(?=[ \t]*(?:\n|$|\.(?:\s|$)))"
)
_TURN: Final = re.compile(
    r"^[ \t\"“]*(?P<name>[A-Z][A-Z.'’ -]{2,}[A-Z]|"
    r"(?:Mr|Mrs|Ms|Dr|Secretary|Minister|President|Ambassador)\.? [A-Z][\w'’-]+)"
    r"(?P<colon>:)[ \t]+(?P<words>[^\n]{3,})",
    re.MULTILINE,
)


def by_frames(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions that only the layout shows, for words that `found` does not claim already."""
    taken = [piece for a in found for piece in a.content]
    return [a for a in [*_dashes(reading), *_turns(reading)] if not _touches(a, taken)]


def _touches(said: Attribution, taken: Sequence[tuple[int, int]]) -> bool:
    return any(s < e2 and s2 < e for s, e in said.content for s2, e2 in taken)


def _dashes(reading: Reading) -> list[Attribution]:
    made = []
    for run in chains(reading.text, reading.quotations):
        last = run[-1]
        match = _DASH.match(reading.text, last.end)
        sentence = reading.sentence_at(last.end - 1)
        if match is None or sentence is None or not last.closed or len(match.group("name").split()) > 10:
            continue
        made.append(
            Attribution(
                sentence.index,
                tuple((q.start, q.end) for q in run),
                match.span("dash"),
                match.span("name"),
                None,
                0.8,
            )
        )
    return made


def _turns(reading: Reading) -> list[Attribution]:
    """Turns of a transcript: only where at least two paragraphs open with a name in capitals and a colon."""
    turns = list(_TURN.finditer(reading.text))
    if len(turns) < 2:
        return []
    made = []
    for match in turns:
        sentence = reading.sentence_at(match.start("name"))
        words = trimmed(reading.text, match.span("words"))
        if sentence is not None and words is not None:
            made.append(Attribution(sentence.index, (words,), match.span("colon"), match.span("name"), None, 0.7))
    return made
