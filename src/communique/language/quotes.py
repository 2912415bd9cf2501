"""Where quotation marks open and close, without tags or tokens.

Straight, curly, low, angled and doubled single marks, single marks where they cannot be apostrophes, marks inside
marks, and a quotation that runs over several paragraphs, each of which opens anew. A mark that is never closed runs to
the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from communique.language.sentences import paragraphs

__all__ = ["Quotation", "chains", "quotations"]


class Quotation(NamedTuple):
    """A quotation: `start` is the opening mark, `end` is behind the closing one; the words lie inside.

    `inner` is the span of the words without marks, `closed` says whether a closing mark was found.
    """

    start: int
    end: int
    inner: tuple[int, int]
    closed: bool


_CLOSERS: Final = {
    "“": "”", "‟": "”", "„": "“”", "«": "»", "»": "«»", "‹": "›", "``": "''", "''": "''", '"': '"', "”": "”",
}  # fmt: skip
"""What may close each opening mark; a mark that may close but not open is no key."""

_MARK: Final = re.compile(r"``|''|[“”„‟«»‹›\"]")
_SINGLE: Final = re.compile(
    r"(?<![\w'’‚])(?:[‘'](?=[\w“\"])(?P<in>[^\n‘“”\"]{3,}?[\w.,!?…])[’'](?![\w'’])|‚(?P<low>[^\n‚‘]{2,}?)[‘’](?!\w))"
)
_OPENS_WORD: Final = re.compile(r"[\w$€£(\[…¿¡‘'-]")


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every outermost quotation of the text, in order.

    >>> [text[q.start:q.end] for text in ['He said "yes" and “no”.'] for q in quotations(text)]
    ['"yes"', '“no”']
    """
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        found.extend(_in_paragraph(text, start, end))
    return tuple(sorted(found))


def chains(text: str, found: Sequence[Quotation]) -> list[list[Quotation]]:
    """The quotations in runs: one that is not closed goes on in the paragraph below where that opens anew.

    >>> text = "“One.\\n“Two,” she said. “Three.”"
    >>> [[text[q.start:q.end] for q in chain] for chain in chains(text, quotations(text))]
    [['“One.', '“Two,”'], ['“Three.”']]
    """
    runs: list[list[Quotation]] = []
    for q in found:
        last = runs[-1][-1] if runs else None
        if last is not None and not last.closed and not text[last.end : q.start].strip():
            runs[-1].append(q)
        else:
            runs.append([q])
    return runs


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = list(_MARK.finditer(text, start, end))
    found = list(_double(text, start, end, marks))
    taken = [(q.start, q.end) for q in found]
    for match in _SINGLE.finditer(text, start, end):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            inner = match.span("in") if match.group("in") is not None else match.span("low")
            found.append(Quotation(match.start(), match.end(), inner, True))
    return found


def _double(text: str, start: int, end: int, marks: Sequence[re.Match[str]]) -> Iterator[Quotation]:
    at = 0
    while at < len(marks):
        opening = marks[at]
        if not _may_open(text, start, end, opening):
            at += 1
            continue
        closing = _closing(text, start, end, marks, at)
        if closing is None:
            if end > opening.end():
                yield Quotation(opening.start(), end, (opening.end(), end), False)
            return
        match = marks[closing]
        yield Quotation(opening.start(), match.end(), (opening.end(), match.start()), True)
        at = closing + 1


def _may_open(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Can the mark open a quotation where it stands? A word or number has to follow, and none to stand before."""
    mark = match.group()
    follows = match.end() < end and not text[match.end()].isspace() and bool(_OPENS_WORD.match(text, match.end()))
    fresh = match.start() == start or not (text[match.start() - 1].isalnum() or text[match.start() - 1] in ".,!?%")
    if mark in {"“", "„", "«", "``", "‟", "‹"}:
        return match.end() < end
    if mark == "›":
        return False
    if mark in {"”", "»"}:  # a closing mark typed for an opening one: only where it cannot be anything else
        return follows and fresh
    return (
        fresh
        if follows
        else match.start() == start or (fresh and match.end() < end and not text[match.end()].isspace())
    )


def _closing(text: str, start: int, end: int, marks: Sequence[re.Match[str]], at: int) -> int | None:
    """Index of the mark that closes the one at `at`: the balanced one, else the first that may close it."""
    opening = marks[at].group()
    closers = _CLOSERS[opening]
    depth, first = 1, None
    for i in range(at + 1, len(marks)):
        mark = marks[i].group()
        if mark == opening and mark not in closers:
            if _turned(text, end, marks[i]):  # an opening mark typed where a closing one belongs
                return i if first is None else first
            depth += 1
        elif mark in closers or (mark == '"' and opening == "“" and _turned(text, end, marks[i])):
            depth -= 1
            first = i if first is None else first
            if depth == 0:
                return i
    return first


def _turned(text: str, end: int, match: re.Match[str]) -> bool:
    """Does the mark stand as a closing one does: behind a word or stop, before a space or stop?"""
    after = match.end() >= end or not text[match.end()].isalnum()
    return after and not text[match.start() - 1].isspace()
