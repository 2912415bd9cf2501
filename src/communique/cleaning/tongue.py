"""In which language a text is, by the script of its letters and the function words of its language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec

from communique.errors import KnowledgeError

__all__ = ["foreign_line", "identify", "latin_share"]

_SAMPLE: Final = 2_000
_PLAINLY_ENGLISH: Final = (" the ", " and ")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NOT_LATIN: Final = re.compile("[^\x00-\u02af\u1e00-\u1eff\u2000-\u2bff]")
_SCRIPTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
)
# Letters that only one of the languages of a script has.
_CYRILLIC: Final[tuple[tuple[str, str], ...]] = (
    ("uk", "іїєґ"), ("be", "ў"), ("sr", "јљњћђџ"), ("kk", "әғқңөұүһ"), ("ru", "ыэё"), ("bg", "ъщ"),
)  # fmt: skip
_ARABIC: Final[tuple[tuple[str, str], ...]] = (("ur", "ٹڈڑںےہ"), ("fa", "پچژگی"))


class _Profiles(NamedTuple):
    words: dict[str, frozenset[str]]
    languages: dict[str, tuple[str, ...]]
    particles: frozenset[str]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    name_particles: list[str]
    words: dict[str, list[str]]


@cache
def _profiles() -> _Profiles:
    path = files("communique") / "data" / "cleaning" / "languages.toml"
    try:
        data = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(str(error), where="languages.toml") from error
    languages: dict[str, tuple[str, ...]] = {}
    for code, words in data.words.items():
        for word in dict.fromkeys(words):
            languages[word] = (*languages.get(word, ()), code)
    known = {code: frozenset(words) for code, words in data.words.items()}
    return _Profiles(known, languages, frozenset(data.name_particles))


def latin_share(text: str) -> float:
    """The share of Latin letters among the letters of a text; 1.0 for a text without letters."""
    others = sum(ch.isalpha() for ch in _NOT_LATIN.findall(text)) if not text.isascii() else 0
    return 1.0 - others / len(_LETTER.findall(text)) if others else 1.0


def identify(text: str, *, default: str = "en") -> str:
    """The language of a text as an ISO 639-1 code, judged by its first two thousand characters.

    `default` is the answer where nothing speaks for any language: a few names, a table of results.
    Serbo-Croatian in Latin letters is "sh".

    >>> identify("The ministers said that they would meet in May."), identify("Министры встретились, и это был успех")
    ('en', 'ru')
    """
    sample = text[:_SAMPLE]
    if latin_share(sample) < 0.5:
        return _by_script(sample) or default
    words = [w.lower() for w in _WORD.findall(sample)]
    if not words:
        return default
    shares = dict.fromkeys(_profiles().words, 0.0)
    for word in words:
        for code in _profiles().languages.get(word, ()):
            shares[code] += 1 / len(words)
    english = shares.pop("en")
    best = max(shares, key=lambda code: (shares[code], code))
    # Running text of any of these has a share of 0.2 to 0.5 of its own function words and below 0.08 of another's,
    # unless the two are neighbours.
    if shares[best] > 1.3 * english and shares[best] >= 0.1:
        return best
    return "en" if english > 0 else default


def _by_script(sample: str) -> str | None:
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["ja"] > 0.05 * (counts["zh"] + counts["ja"]):
        counts["ja"] += counts["zh"]
    name = max(counts, key=lambda n: counts[n])
    if not counts[name]:
        return None
    lower = sample.lower()
    if name == "cyrillic":
        return _by_letters(lower, _CYRILLIC, "ru")
    return _by_letters(lower, _ARABIC, "ar") if name == "arabic" else name


def _by_letters(sample: str, letters: tuple[tuple[str, str], ...], default: str) -> str:
    # A handful of such letters comes with any foreign name; 0.5 % of the text does not.
    for code, own in letters:
        if sum(sample.count(ch) for ch in own) > 0.005 * len(sample):
            return code
    return default


def foreign_line(text: str, *, least: int = 2) -> str | None:
    """Why a line in an English report is a leftover of another language; None if it may be English or a name.

    `least` function words of one other language are needed, and none of English.

    >>> foreign_line("Подпишитесь на наш канал")
    'leftover of another language (ru)'
    >>> foreign_line("Javier Gonzalez de la Vega") is None
    True
    """
    if latin_share(text) < 0.5 and len(_LETTER.findall(text)) >= 3:
        return f"leftover of another language ({_by_script(text) or 'unknown script'})"
    if any(word in text for word in _PLAINLY_ENGLISH):
        return None
    # Single letters are initials and abbreviations ("U.S.") more often than words.
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE]) if len(w) > 1]
    profiles = _profiles()
    if len(words) < 5 or not profiles.words["en"].isdisjoint(words):
        return None
    hits = Counter(
        code for w in set(words) - profiles.particles for code in profiles.languages.get(w, ()) if code != "en"
    )
    best = max(sorted(hits), key=lambda code: hits[code], default="")
    if best and hits[best] >= least and hits[best] >= 0.1 * least * len(words):
        return f"leftover of another language ({best})"
    return None
