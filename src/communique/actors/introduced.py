"""Bodies that a report introduces itself: a name with its acronym in brackets, and the acronym from then on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from communique.actors.authority import Authority, Hit

__all__ = ["Introduced", "introduced"]


class Introduced(NamedTuple):
    """A place in the text that names an introduced body: its full name, its side where the text gives one."""

    start: int
    end: int
    name: str
    acronym: str
    body: str | None
    side: str | None


_BRACKET: Final = re.compile(r"\((?:the )?([A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,6})\)")
_SMALL: Final = frozenset({"of", "and", "for", "the", "on", "in", "to", "de", "la", "&"})
_WORD: Final = re.compile(r"[\w’'&-]+")


def introduced(text: str, hits: Sequence[Hit], authority: Authority) -> list[Introduced]:
    """Every place that names a body which the report introduces with an acronym, the acronym's own places included.

    The letters of the acronym must be the initials of the capitalised words before the bracket, in order. A body of
    the authority file keeps its id.
    """
    found: list[Introduced] = []
    for match in _BRACKET.finditer(text):
        acronym = match.group(1)
        start = _start(text, match.start(), acronym)
        if start is None:
            continue
        name = text[start : match.start()].rstrip()
        inside = [h for h in hits if start <= h.start and h.end <= match.start() and h.bodies]
        whole = next((h for h in inside if h.start <= start + 4 and h.end >= start + len(name)), None)
        body = whole.bodies[0] if whole else None
        side = authority.bodies[body].side if body else _side(text, start, inside, hits, authority)
        spans = [(start, start + len(name))]
        pattern = re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])")
        spans += [m.span() for m in pattern.finditer(text, match.end())]
        found.extend(Introduced(a, b, name, acronym, body, side) for a, b in spans)
    return found


def _start(text: str, bracket: int, acronym: str) -> int | None:
    """Where the name begins whose initials the acronym holds; None if they do not fit."""
    letters = [c for c in acronym if c.isupper()]
    words = list(_WORD.finditer(text, max(0, bracket - 120), bracket))
    at = len(letters) - 1
    for word in reversed(words):
        token = word.group()
        if "\n" in text[word.end() : bracket]:
            return None
        if token[0].upper() == letters[at] and token[0].isupper():
            at -= 1
            if at < 0:
                return word.start()
        elif token.lower() not in _SMALL and not token[0].isupper():
            return None
    return None


def _side(text: str, start: int, inside: Sequence[Hit], hits: Sequence[Hit], authority: Authority) -> str | None:
    """The side of an introduced body: a state in its name, or one that stands before it."""
    before = [h for h in hits if h.bodies and h.end <= start and text[h.end : start].strip(" ’'s") == ""]
    for hit in (*inside, *before[-1:]):
        side = authority.bodies[hit.bodies[0]].side
        if side is not None:
            return side
    return None
