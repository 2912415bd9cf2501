"""Names compared across accents, case and transliterations.

`fold` keeps the length of a text, so that offsets found in the folded text hold in the text itself; `key` and
`skeleton` reduce one word of a name to what its spellings have in common.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

from communique.errors import KnowledgeError

__all__ = ["PARTICLES", "fold", "key", "name_words", "skeleton"]


def _names() -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    table = tomllib.loads((files("communique") / "data" / "actors" / "names.toml").read_text(encoding="utf-8"))
    if set(table) != {"particles", "suffixes", "given"}:
        raise KnowledgeError(
            f"tables {sorted(table)} are not particles, suffixes and given",
            where="data/actors/names.toml",
            remedy="Keep to the tables of the shipped file.",
        )
    return frozenset(table["particles"]), frozenset(table["suffixes"]), dict(table["given"])


PARTICLES, _SUFFIXES, _SHORT = _names()
"""Words inside a name that outlets write, leave out or join at will; suffixes; variant given names."""

_SPECIAL: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "s", "æ": "a", "Æ": "A", "œ": "o",
     "Œ": "O", "þ": "t", "Þ": "T", "ð": "d", "ə": "a", "Ə": "A", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "`": "'",
     "ʻ": "'", "–": "-", "‐": "-", "‑": "-", "—": "-", "\u00a0": " "}
)  # fmt: skip


def fold(text: str) -> str:
    """The text without accents, with plain quotes and hyphens; as long as before, case kept.

    >>> fold("Vučić’s")
    "Vucic's"
    """
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _plain(c) for c in text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    mapped = char.translate(_SPECIAL)
    if mapped != char:
        return mapped
    base = unicodedata.normalize("NFKD", char)
    return base[0] if len(base) > 1 and unicodedata.combining(base[1]) and base[0].isascii() else char


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """One word of a name in lower case, without accents, apostrophes and stops.

    >>> key("O’Brien")
    'obrien'
    """
    return "".join(c for c in fold(word).lower() if c.isalnum())


_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that carry it: particles, initials and suffixes left out unless nothing else is there.

    >>> name_words("Mohammed bin Salman Al Saud")
    ('mohammed', 'salman', 'saud')
    """
    words = [_SHORT.get(w, w) for w in map(key, _WORD.findall(name))]
    kept = tuple(w for w in words if len(w) > 1 and w not in PARTICLES and w not in _SUFFIXES)
    return kept or tuple(w for w in words if w)


_STEPS: Final = tuple(
    (re.compile(a), b)
    for a, b in (
        ("tsch|tch|tsh", "c"), ("sch", "s"), ("dzh|dj", "j"), ("zh", "j"), ("ph", "f"), ("kh|q|ck|gh", "k"),
        ("ch", "c"), ("sh", "s"), ("th", "t"), ("ts|tz", "s"), ("[wv]", "f"), ("x", "ks"), ("c(?=[eiy])", "s"),
        ("z", "s"), ("c", "k"), ("g", "k"), ("ou|oo", "u"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """What the spellings of a word of a name share: its first sound and its consonants in broad classes.

    Two words with one skeleton need not be one name; it only finds what is worth comparing.

    >>> skeleton("zelenskyy") == skeleton("zelenski"), skeleton("mohammed") == skeleton("muhamad")
    (True, True)
    """
    for pattern, replacement in _STEPS:
        word = pattern.sub(replacement, word)
    first = "a" if word[:1] in "aeiouyj" else word[:1]
    rest = re.sub("[aeiouyjh']", "", word[1:])
    return first + re.sub(r"(.)\1+", r"\1", rest)
