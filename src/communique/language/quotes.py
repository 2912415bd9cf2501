"""Where quotation marks open and close, without tags or tokens.

Straight, curly, low and angled marks, doubled single marks, nested marks, and a quotation that runs over several
paragraphs, each of which opens anew. A mark that is never closed runs to the end of its paragraph.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.language.sentences import paragraphs

__all__ = ["Quotation", "quotations"]


class Quotation(NamedTuple):
    """A quotation: `start` is the opening mark, `end` is behind the closing one; the words lie inside.

    `inner` is the span of the words without marks, `closed` says whether a closing mark was found.
    """

    start: int
    end: int
    inner: tuple[int, int]
    closed: bool


_PAIRS: Final = {"“": "”", "„": "“”", "«": "»", "‟": "”"}
_DOUBLE: Final = re.compile(r"``|''|[“”„‟«»\"]")
_SINGLE: Final = re.compile(r"(?<![\w'’])[‘'](?=\w)(?P<in>[^\n‘“”\"]{3,}?[\w.,!?…])[’'](?![\w'’])")


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every outermost quotation of the text, in order.

    >>> [text[q.start:q.end] for text in ['He said "yes" and “no”.'] for q in quotations(text)]
    ['"yes"', '“no”']
    """
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        found.extend(_in_paragraph(text, start, end))
    return tuple(sorted(found))


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    width, closers = 1, ""
    for match in _DOUBLE.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in "”»" and mark not in _PAIRS:
                continue  # a stray closing mark opens nothing
            opened, width = match.start(), len(mark)
            closers = _PAIRS.get(mark, "''" if mark in {"``", "''"} else '"')
        elif mark in closers or (mark == "“" and closers == "”" and _looks_closing(text, match.start(), end)):
            found.append(Quotation(opened, match.end(), (opened + width, match.start()), True))
            opened = None
    if opened is not None and end - opened > width:
        found.append(Quotation(opened, end, (opened + width, end), False))
    taken = [(q.start, q.end) for q in found]
    for match in _SINGLE.finditer(text, start, end):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append(Quotation(match.start(), match.end(), match.span("in"), True))
    return found


def _looks_closing(text: str, at: int, end: int) -> bool:
    """An opening mark typed where a closing one belongs: a space or stop follows, a word stands before."""
    return (at + 1 >= end or not text[at + 1].isalnum()) and not text[at - 1].isspace()
