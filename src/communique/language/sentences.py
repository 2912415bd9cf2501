"""Paragraphs and sentences of raw text, by rules of punctuation, before anything is tokenised.

A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or an ellipsis, and closing
quotation marks and brackets stay with the sentence that they close. A line break always ends a sentence when the
line is a paragraph; lines broken inside a sentence (a lower-case letter follows) are one sentence.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.cleaning.lines import Line, joins, lines, wrap_width

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
    """.split()
)
"""Words that a full stop may follow without ending the sentence (lower case, without the last stop)."""

_OFTEN_LAST: Final[frozenset[str]] = frozenset(
    "u.s u.n u.k e.u u.a.e d.c u.s.s.r d.p.r.k p.r.c r.o.k p.m a.m etc inc ltd co corp jr sr no".split()
)
"""Abbreviations that often end a sentence: what follows decides."""

_STARTERS: Final[frozenset[str]] = frozenset(
    """
    the a an he she it they we i you his her its their our this that these those but and however meanwhile in on at
    after before when while as if according also there both earlier later asked speaking for to with during under
    since although though despite what who why how not no last next among about by from
    """.split()
)
"""Words that, capitalised, open a sentence far more often than they stand inside a name."""

_STOP: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[.!?…]+[\"”»]+(?=[A-Z\"“])|[。！？]")
_OPENING: Final = re.compile(r"[\s\"'“‘«(\[–—-]*(\w[\w'’-]*)?")
_WORD_BEFORE: Final = re.compile(r"([\w.&'’-]*)$")


_DATELINE: Final = re.compile(
    r"""(?:
      # BRUSSELS - ; GENEVA, Jan 10 (Reuters) - ; OHRID, North Macedonia (AP) —
      [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’./-]+(?:\ [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]*){0,3}
        (?:[,;][^-–—:()\n“"]{0,40})?(?:\s*[(/][^)/\n]{2,40}[)/])?\s*[-–—]{1,2}
      # ABU DHABI, (WAM - 2nd May, 2021)   JAKARTA (JP):
    | [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’./-]+(?:\ [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]*){0,3},?\ \([^)\n]{2,70}\)\s*[:,.]?
      # Moscow, 5 March 2014 –   Nairobi, Kenya, March 4 (AP) -
    | [A-ZÀ-ÖØ-Þ]\w+(?:\ [A-ZÀ-ÖØ-Þ]\w+){0,2}
        ,[^-–—:()\n“"]{0,40}\d[^-–—:()\n“"]{0,12}(?:\([^)\n]{2,40}\))?\s*[-–—]{1,2}
      # Geneva (dpa) -
    | [A-ZÀ-ÖØ-Þ]\w+(?:\ [A-ZÀ-ÖØ-Þ]\w+){0,2}
        \ \((?:[A-Z]{2,}|Reuters|Xinhua|dpa|Bloomberg|Interfax)[^)\n]{0,30}\)\s*[-–—]{1,2}
    )\s+(?=["'“‘«]?[A-ZÀ-ÖØ-Þ0-9])""",
    re.VERBOSE,
)
"""The dateline that opens a report: it is no part of the sentence behind it, and misleads the parse of it."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: blocks of text between line breaks, joined where a line breaks inside a sentence.

    >>> paragraphs("One line.\\nAnother\\nthat goes on.")
    [(0, 9), (10, 31)]
    """
    found = lines(text)
    width = wrap_width(found)
    spans: list[tuple[int, int]] = []
    before: Line | None = None
    for line in found:
        if before is not None and joins(before, line, width):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        before = line
    return spans


def split(text: str) -> list[SentenceSpan]:
    """Sentences of the text in order; together they hold every character that is not white space.

    >>> [tuple(s) for s in split("Mr. Lavrov met U.S. officials. They talked.")]
    [(0, 30, 0), (31, 43, 0)]
    """
    found: list[SentenceSpan] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        at = start
        head = _DATELINE.match(text, start, end)
        if head and head.end() < end and text[end - 1] in '.!?…"”»)':  # a headline has no dateline, and no stop
            found.append(SentenceSpan(start, start + len(head.group().rstrip()), number))
            at = head.end()
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
