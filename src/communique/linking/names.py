"""Whether two names are one person: by id where both have one, by name and side otherwise."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import JaroWinkler

from communique.linking.lexicon import lexicon
from communique.linking.told import Person

__all__ = ["alike", "same_person", "skeleton"]

_WORD_LIKENESS: Final = 0.9
"""Jaro-Winkler from which two words of a name are spellings of one: `zelensky`/`zelenskyy` 0.98, `antony`/`anthony`
0.97, `lavrov`/`lavrenko` 0.87, `ivanov`/`ivanova` 0.97 (hence the side must fit too)."""
_SOUNDS: Final = (
    (re.compile(r"[yij]+"), "i"),
    (re.compile(r"kh|ch|gh|q|k|g|c"), "k"),
    (re.compile(r"sh|sch|s|z|x"), "s"),
    (re.compile(r"w|v|ff|f|ph"), "v"),
    (re.compile(r"th|t|dh|d"), "t"),
)
_VOWELS: Final = re.compile(r"[aeiouh]")
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def _sounded(word: str) -> str:
    """The folded word with letters that transliterations swap made one, and doubled letters single."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _TWICE.sub(r"\1", word)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a folded word, as they sound; with the vowels where fewer than two remain."""
    sounded = _sounded(word)
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", sounded))
    return bare if len(bare) >= 2 else sounded


def _weighty(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in lexicon().name_particles) or words


def _word_alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if _sounded(a) == _sounded(b) or JaroWinkler.similarity(a, b) >= _WORD_LIKENESS:
        return True
    return len(a) > 3 and len(b) > 3 and a[0] == b[0] and skeleton(a) == skeleton(b)


@lru_cache(maxsize=262144)
def alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, as folded words, can be spellings of one: each word of the shorter is found in the longer.

    An initial stands for any word that begins with it, but one word that is more than an initial must be found.
    """
    if a == b:
        return True
    short, long = sorted((_weighty(a), _weighty(b)), key=lambda words: (len(words), words))
    left = list(long)
    whole = False
    for word in short:
        hit = next((w for w in left if w == word), None) or next((w for w in left if _word_alike(w, word)), None)
        if hit is None:
            return False
        whole = whole or (len(word) > 1 and len(hit) > 1)
        left.remove(hit)
    return whole


def same_person(a: Person, b: Person) -> bool:
    """Whether two participants are one person; two different ids are never."""
    if a.actor and b.actor:
        return a.actor == b.actor
    if a.sides and b.sides and not a.sides & b.sides:
        # Nobody changes sides between two reports of one encounter, but a chair may be told under another hat.
        return len(a.words) > 1 and a.words == b.words
    return bool(a.words) and bool(b.words) and alike(a.words, b.words)
