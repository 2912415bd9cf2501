"""How well the words of a name fit the spellings of a person of the authority file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.fuzz import ratio

from communique.actors.authority import Person
from communique.actors.folding import fold, key, name_words, skeleton

__all__ = ["close", "follows", "likeness", "name_score", "near_length", "numeral", "usual", "variants", "whole"]

_INNER: Final = 0.86
"""What a name scores that is a known one with another given name before it; it needs an office in force."""


@lru_cache(maxsize=65536)
def close(a: str, b: str) -> float:
    """How alike two words are: 1 if equal, else the share of letters that stand in both in order."""
    return 1.0 if a == b else ratio(a, b) / 100


def likeness(words: Sequence[str], form: Sequence[str]) -> float:
    """How well the words of a name fit one spelling of a person's name: 0 if a word fits nowhere, 1 if all are equal.

    Words may stand in any order; words of the fuller spelling may be missing.
    """
    left = list(form)
    total = 0.0
    for word in words:
        if not left:
            return 0.0
        best = max(left, key=lambda f: close(word, f))
        near = close(word, best)
        if near < 0.66 or (len(word) <= 2 and near < 1):
            return 0.0
        if near < 0.85 and max(len(word), len(best)) <= 4 and skeleton(word) != skeleton(best):
            return 0.0  # of short words only other spellings of one sound: "Song" and "Sung", not "Song" and "Yong"
        if near < 1 and len(word) <= 3 and word[0] != best[0]:
            return 0.0
        left.remove(best)
        total += near
    return total / len(words)


def name_score(words: Sequence[str], person: Person, forms: Iterable[Sequence[str]], royal: bool = False) -> float:
    """How well a name fits the best of a person's spellings, 0 if it fits none; `royal` lets the first word stand."""
    if len(words) > 1:
        best = 0.0
        for form in forms:
            score = (
                likeness(words, form)
                if len(words) <= len(form)
                else likeness(form, words) - 0.05 * (len(words) - len(form))
            )
            if len(form) == 1 and form[0] == words[-1] and fold(person.name)[:1].lower() == words[0][0]:
                best = max(best, 0.8)  # "Somanahalli Krishna" is "S. M. Krishna"
            if len(form) < 2 or (len(words) > len(form) and max(close(words[0], f) for f in form) < 0.66):
                # a fuller name with another given name is another person, but for the office ("Martin Brian Mulroney")
                score = _INNER if 2 <= len(form) < len(words) and words[-len(form) :] == form else 0.0
            best = max(best, score + 0.02 * (sorted(words) == sorted(form)))
        return best
    best = 0.0
    for form in forms:
        if len(form) == 1 or royal:
            best = max(best, close(words[0], form[0]))  # kings and crown princes go by the first name
            continue
        # A single name is a family name: the last word, or the first where the family name stands first.
        best = max(
            best,
            close(words[0], form[-1]),
            close(words[0], form[0]) - (0.0 if person.family and person.name.startswith(person.family) else 0.12),
        )
    return best if best >= 0.84 else 0.0


def variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words of a name, and the same with two neighbours joined: "Jin-ping" and "Jinping", "Amir-Abdollahian"."""
    joined = (
        [(*words[:i], words[i] + words[i + 1], *words[i + 2 :]) for i in range(len(words) - 1)]
        if len(words) > 2
        else []
    )
    return [words, *joined]


def near_length(variant: tuple[str, ...], words: tuple[str, ...], lengths: set[tuple[str, int]]) -> bool:
    """Can the word that a variant has and the name has not be one of somebody's, by first letter and length?"""
    new = [w for w in variant if w not in words]
    return not new or any((new[0][0], len(new[0]) + step) in lengths for step in (0, -1, 1, -2, 2))


_REGNAL: Final = re.compile(r"\b[IVX]+$")


def numeral(names: Iterable[str]) -> str | None:
    """The number of a monarch: "II" of "Abdullah II"."""
    return next((m.group() for name in names if (m := _REGNAL.search(name))), None)


def whole(words: Sequence[str], person: Person) -> bool:
    """Is a bare name a whole spelling of the person's name, its beginning, or its first and last word of three?

    "Luis Rubio" is not Luis Miguel Castilla Rubio.
    """
    for form in (name_words(f) for f in (person.name, *person.aliases)):
        for part in (form, form[: len(words)], (form[0], form[-1]) if len(form) == 3 else form):
            if len(part) == len(words) and likeness(words, part) >= 0.86:
                return True
    return any("".join(words) == "".join(name_words(f)) for f in (person.name, *person.aliases))


@lru_cache(maxsize=8192)
def usual(name: str, family: str, aliases: tuple[str, ...]) -> str:
    """The name as reports give it: the authority's, without last names that a spelling of the file leaves out.

    "Rafael Correa" of Rafael Correa Delgado, if that is one of the spellings and holds the family name.
    """
    words = name.split()
    keys = [key(w) for w in words]
    own = {key(w) for w in family.split()}
    short = len(words) if not {"bin", "al", "ibn"} & set(keys) else 0  # whole chains of fathers are usual
    for alias in aliases:
        other = [key(w) for w in alias.split()]
        if 2 <= len(other) < short and other == keys[: len(other)] and own & set(other):
            short = len(other)
    return " ".join(words[:short]).rstrip(",") if 0 < short < len(words) else name


def follows(words: Sequence[str], form: Sequence[str]) -> bool:
    """Do the words of a name stand in the spelling in the same order?"""
    left = iter(form)
    return all(any(close(word, other) >= 0.8 for other in left) for word in words)
