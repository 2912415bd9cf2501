"""The nominals that name speakers: where they begin and end, what their head is, whom of several they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from communique.language import Reading
from communique.records import Participant
from communique.statements.attribution import Span
from communique.statements.lexicon import lexicon

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = [
    "apart",
    "bare_plural",
    "by_outlet",
    "core",
    "head",
    "inside",
    "one_for_each_side",
    "owned",
    "person",
    "previous",
    "sides",
    "spoken_for",
    "spokes",
]

_DETERMINERS: Final = frozenset("the both two three these those all foreign prime heads of state".split())
_ASIDE: Final = re.compile(
    r",?\s+(?:who|whose|whom|which)\b|,\s+(?:accompanied|flanked|joined|speaking|visiting|citing|quoting|referring|after|"
    r"following|during|ahead of|amid|while|when|in an? (?:interview|speech|statement|letter))\b"
)
"""Where a speaker's nominal goes on with an aside, in which others are named."""
_GLUED: Final = re.compile(r"[^“”\"\n]{1,40}[”\"]\s+(?=\w{2})")
_BROADCASTER: Final = re.compile(r"\b((news|press) agency|news service|state (tv|television|radio|media))$")
_OWNED: Final = re.compile(
    r"[^,;:\n]{2,80}?['’]s? (?=(?:[\w-]+ ){0,3}(?:spokes\w+|aide|advis[eo]r|envoy|deputy|secretary|representative|"
    r"chief of staff)\b(?:,? [A-Z“]|$))"
)
"""Whose spokesman or aide it is."""


def core(text: str, span: Span) -> Span:
    """The nominal without a relative clause or another aside that follows its head, and without the end of a
    quotation before it."""
    glued = _GLUED.match(text, *span)
    span = (glued.end(), span[1]) if glued else span
    found = _ASIDE.search(text, *span)
    return (span[0], found.start()) if found and found.start() > span[0] + 2 else span


def apart(text: str, named: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Without the bodies that a person heads or speaks for, where nothing is coordinated: "the head of the delegation,
    Jan Novak"."""
    persons = tuple(p for p in named if person(p))
    if not persons or len(persons) == len(named) or not _HEADING.match(text) or _JOINED.search(text):
        return named
    return persons


_HEADING: Final = re.compile(
    r"(the |an? )?([\w-]+ ){0,3}(head|leader|chief|chair\w*|member|president|secretary|minister|director|"
    r"representative|spokes\w+|ambassador|envoy|commander)\b[^,]*\b(of|for|to|at|in)\b",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\b(and|as well as|together with|along with)\b|;")


def owned(text: str, span: Span, cast: Cast) -> int:
    """Where a nominal begins without whoever owns the spokesman or aide: "the chancellor's spokesman, Jan Novak"."""
    found = _OWNED.match(text, *span)
    if found is None or not any(p.type == "person" for p in cast.resolve(found.end(), span[1])):
        return span[0]
    return found.end()


def spoken_for(text: str, span: Span, cast: Cast) -> tuple[Participant, ...]:
    """Whom a nominal's spokesman or aide speaks for, where it names them behind "for", "of" or "to": "a spokesman for
    President Novak, Jan Berg". Empty where others are coordinated with him."""
    found = _FOR.match(text, *span)
    if found is None or _JOINED.search(text, *span):
        return ()
    end = text.find(",", found.end(), span[1])
    return cast.resolve(found.end(), end if end > 0 else span[1])


_FOR: Final = re.compile(
    r"(?:(?:the|an?|another) )?(?:[\w-]+ ){0,3}"
    r"(?:spokes(?:man|woman|person)|aide|advis[eo]r|chief of staff) (?:for|of|to) ",
    re.IGNORECASE,
)


def by_outlet(words: list[str], head: str) -> bool:
    """Is it an agency or broadcaster: "KCNA", "Sputnik Kazakhstan", "the official KUNA news agency", "state TV"?"""
    agencies = lexicon().agencies
    if head in agencies or (words and words[0] in agencies and len(words) <= _FEW):
        return True
    return bool(_BROADCASTER.search(" ".join(words)))


_FEW: Final = 2


def sides(people: tuple[Participant, ...]) -> set[str]:
    """The sides that they speak for."""
    return {p.represents for p in people if p.represents}


def person(p: Participant) -> bool:
    """Is it a person, not a body?"""
    return p.type == "person"


def spokes(word: str, before: str) -> bool:
    """Is the word a spokesman, and was one called so before, under whichever ending?"""
    return word.startswith("spokes") and "spokes" in before


def head(words: list[str]) -> str:
    """The head noun of a nominal, roughly: the last word before "of", "by", "from" or the like, without articles."""
    for i, word in enumerate(words):
        if i and word in {
            "of",
            "by",
            "from",
            "to",
            "in",
            "on",
            "at",
            "for",
            "with",
            "that",
            "which",
            "who",
            "posted",
            "issued",
            "published",
            "signed",
            "released",
            "adopted",
            "circulated",
        }:
            return words[i - 1]
    return words[-1] if words else ""


def bare_plural(words: list[str]) -> bool:
    """Is it "both parties", "the two ministers", "they", and not "officials", "two UN diplomats"?"""
    if len(words) == 1:
        return words[0] in {"they", "both"}
    return all(w in _DETERMINERS for w in words[:-1])


def one_for_each_side(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """The persons where both sides have one, else the bodies."""
    persons = tuple(p for p in people if p.type == "person" and p.represents)
    if len({p.represents for p in persons}) == 2:
        first: dict[str, Participant] = {}
        for p in persons:
            first.setdefault(p.represents or "", p)
        return tuple(first.values())
    return tuple(p for p in people if p.represents)


def previous(reading: Reading, index: int) -> Span:
    """The span of the sentence before, or of the first itself."""
    before = reading.sentences[index - 1] if index else reading.sentences[index]
    return (before.start, before.end)


def inside(inner: Span, outer: Span) -> bool:
    """Does one span lie in another?"""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
