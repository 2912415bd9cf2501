"""What every later step of this room works on: an attribution as spans of the text, before anybody asks who it was."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

__all__ = ["Attribution", "Span", "joined", "trimmed", "without_dateline"]

Span: TypeAlias = tuple[int, int]
"""Start and end in the report's text."""


class Attribution(NamedTuple):
    """Spans of one attribution: what was said (in pieces), the reporting word, and who is named as saying it.

    `sentence` is the index of the sentence that holds the cue; `lemma` the cue's lemma where the lexicon knows it.
    """

    sentence: int
    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    lemma: str | None = None
    confidence: float = 0.5


_EDGE = " \t\n\r\xa0,;:-–—"


def trimmed(text: str, span: Span, edge: str = _EDGE) -> Span | None:
    """The span without white space and separating punctuation at its ends; None if nothing is left."""
    start, end = span
    while start < end and text[start] in edge:
        start += 1
    while start < end and text[end - 1] in edge:
        end -= 1
    return (start, end) if start < end else None


_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][\w.'’-]*){0,5}(?:,? [A-Z][a-z]+\.? \d{1,2})?\s*(?:\([^)\n]{2,30}\))?\.?\s*"
    r"(?:/[A-Z ]+/\.?|[–—-]{1,2})\s+"
)


def without_dateline(text: str, span: Span) -> Span:
    """The span without a dateline at its start ("GENEVA (AP) - ").

    >>> text = "OSLO (AP) – Talks ended"
    >>> text[slice(*without_dateline(text, (0, 23)))]
    'Talks ended'
    """
    match = _DATELINE.match(text, *span)
    return (match.end(), span[1]) if match and match.end() < span[1] else span


def joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those united that overlap or have nothing but white space between them."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
