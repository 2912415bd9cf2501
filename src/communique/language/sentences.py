"""Paragraphs and sentences of raw text, by rules of punctuation, before anything is tokenised.

A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or an ellipsis, and closing
quotation marks and brackets stay with the sentence that they close. A line break always ends a sentence when the
line is a paragraph; lines broken inside a sentence (a lower-case letter follows) are one sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = ["SentenceSpan", "paragraphs", "split"]


class SentenceSpan(NamedTuple):
    """Where a sentence stands, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


ABBREVIATIONS: Final[frozenset[str]] = frozenset(
    """
    mr mrs ms dr prof sen rep gov gen col lt cmdr capt sgt maj adm amb hon rev fr st mt ft jr sr messrs mme mlle
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    u.s u.n u.k e.u u.a.e d.c u.s.s.r d.p.r.k p.r.c r.o.k s n.y l.a e.g i.e etc vs no nos art arts al approx ca cf ed
    eds vol pp p.m a.m ave blvd inc ltd co corp bros dept est min max km sq fig min.-gen brig vice-adm h.e h.r.h h.m
    """.split()  # noqa: SIM905 - a wall of words is easier to keep than a list of strings
)
"""Words that a full stop may follow without ending the sentence (lower case, without the last stop)."""

_OFTEN_LAST: Final[frozenset[str]] = frozenset(
    "u.s u.n u.k e.u u.a.e d.c u.s.s.r d.p.r.k p.r.c r.o.k p.m a.m etc inc ltd co corp jr sr no".split()  # noqa: SIM905
)
"""Abbreviations that often end a sentence: what follows decides."""

_STARTERS: Final[frozenset[str]] = frozenset(
    """
    the a an he she it they we i you his her its their our this that these those but and however meanwhile in on at
    after before when while as if according also there both earlier later asked speaking for to with during under
    since although though despite what who why how not no last next among about by from
    """.split()  # noqa: SIM905
)
"""Words that, capitalised, open a sentence far more often than they stand inside a name."""

_STOP: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[.!?…]+[\"”»]+(?=[A-Z\"“])|[。！？]")
_OPENING: Final = re.compile(r"[\s\"'“‘«(\[–—-]*(\w[\w'’-]*)?")
_WORD_BEFORE: Final = re.compile(r"([\w.&'’-]*)$")
_LINE: Final = re.compile(r"[^\n]+")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: blocks of text between line breaks, joined where a line breaks inside a sentence.

    >>> paragraphs("One line.\\nAnother\\nthat goes on.")
    [(0, 9), (10, 31)]
    """
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - (len(line) - len(line.rstrip()))
        if start < end:
            lines.append((start, end))
    wrapped = _hard_wrapped(text, lines)
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        if spans and (_continues(text, spans[-1], start) or (wrapped and text.count("\n", spans[-1][1], start) == 1)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Are the lines broken at a column, with blank lines between paragraphs, as in old wire copy and plain-text mail?

    Then most lines with a line directly below them are of one length and end inside a sentence.
    """
    inner = [(start, end) for (start, end), (below, _) in pairwise(lines) if text.count("\n", end, below) == 1]
    if len(inner) < _WRAPPED_LINES or len(inner) > len(lines) - 2:
        return False
    lengths = sorted(end - start for start, end in inner)
    middle = lengths[len(lengths) // 2]
    even = sum(0.75 * middle <= length <= 1.35 * middle for length in lengths)
    broken = sum(text[end - 1] not in '.!?:”"' for _, end in inner)
    return 40 <= middle <= 100 and even >= 0.8 * len(inner) and broken >= 0.6 * len(inner)


_WRAPPED_LINES: Final = 5
"""So many lines it takes to tell a wrapped text from a list of headlines."""


def _continues(text: str, before: tuple[int, int], start: int) -> bool:
    """Does the line at `start` go on with the sentence of the paragraph `before`?"""
    gap = text[before[1] : start]
    last, first = text[before[1] - 1], text[start]
    return gap.count("\n") == 1 and first.islower() and (last.isalnum() or last in ",;-–—’'\"”")


def split(text: str) -> list[SentenceSpan]:
    """Sentences of the text in order; together they hold every character that is not white space.

    >>> [tuple(s) for s in split("Mr. Lavrov met U.S. officials. They talked.")]
    [(0, 30, 0), (31, 43, 0)]
    """
    found: list[SentenceSpan] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        at = start
        for match in _STOP.finditer(text, start, end):
            if match.end() >= end or not _ends(text, at, match, end):
                continue
            found.append(SentenceSpan(at, match.end(), number))
            at = match.end()
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            found.append(SentenceSpan(at, end, number))
    return found


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Does the stop that `match` found end the sentence that began at `start`?"""
    mark = match.group()
    opening = _OPENING.match(text, match.end(), end)
    following = (opening.group(1) or "") if opening else ""
    first = following[:1]
    if first.islower() and not (mark[0] in "!?" and mark[-1] not in "\"'”’»"):
        # "…" he said, "why?" he asked, and broken abbreviations go on in lower case
        return False
    if mark[0] != "." or mark.startswith(".."):
        return not first.islower()
    before = _WORD_BEFORE.search(text, start, match.start())
    word = (before.group(1) if before else "").lower().lstrip("'’")
    if mark == "." or mark[1:] in {"'", "’"}:
        if word in _OFTEN_LAST or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
            return following.lower() in _STARTERS and first.isupper()
        if word in ABBREVIATIONS:
            return False
        if len(word) == 1 and word.isalpha():
            # an initial: "J. Smith"; but "plan B. The" ends
            return following.lower() in _STARTERS and first.isupper()
        if word.isdigit() and len(word) <= 2 and match.start() - len(word) == start:
            return False  # "3. The delegations" is a numbered line
    return True
