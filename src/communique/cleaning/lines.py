"""The lines of a text, and which of them belong to one paragraph."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = ["Line", "joins", "lines", "wrap_width"]

_LINE: Final = re.compile(r"[^\n]+")
_SPACE: Final = re.compile(r"\s+")
_EDGES: Final = " \t\f\v\xa0\u200b\u200e\u200f\u2028\u2029\ufeff\u3000"
_UNFINISHED: Final = frozenset(
    "a an the of in on at to for with from by and or that which who as into between after before during its his her "
    "their under over against about".split()
)
"""No sentence, headline or caption ends with one of these in lower case."""


class Line(NamedTuple):
    """A line that is not blank: its span in the original without white space around it, its words with single
    spaces, and the number of its block (blocks have blank lines between them).
    """

    start: int
    end: int
    text: str
    block: int


def lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank.

    >>> [(line.text, line.block) for line in lines("One\\n two \\n\\nthree")]
    [('One', 0), ('two', 0), ('three', 1)]
    """
    found: list[Line] = []
    block, last = 0, None
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip(_EDGES)
        if not bare:
            continue
        start = match.start() + raw.index(bare[0])
        if last is not None and text.count("\n", last, start) > 1:
            block += 1
        last = start + len(bare)
        found.append(Line(start, last, _SPACE.sub(" ", bare), block))
    return found


def wrap_width(found: list[Line]) -> int | None:
    """The width at which a text is hard-wrapped (as in e-mail and old archives); None if its lines are paragraphs.

    Hard-wrapped text has no line over about 100 characters, and most lines that another one follows in their block
    are nearly as long as the longest.
    """
    width = max((len(line.text) for line in found), default=0)
    followed = [a for a, b in pairwise(found) if a.block == b.block]
    if not 40 <= width <= 100 or len(followed) < 4:
        return None
    full = sum(len(line.text) >= 0.75 * width for line in followed)
    return width if full >= 0.7 * len(followed) else None


def joins(before: Line, after: Line, width: int | None) -> bool:
    """Does the line `after` go on with the paragraph of `before`?

    Either the sentence plainly goes on (in lower case, or behind a preposition or article), or the text is
    hard-wrapped and the first word of `after` would not have fitted.
    """
    if before.block != after.block:
        return False
    last, first = before.text[-1], after.text[0]
    if first.islower() and (last.isalnum() or last in ",;-–—’'\"”"):
        return True
    if len(before.text) > 40 and before.text.rpartition(" ")[2] in _UNFINISHED:
        return True
    return width is not None and len(before.text) + 1 + len(after.text.split(" ", 1)[0]) > 0.92 * width
