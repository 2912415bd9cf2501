"""The text as words, and the small word lists of this room."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from communique.actors.folding import fold
from communique.errors import KnowledgeError

__all__ = ["Lists", "Word", "is_private", "lists", "retired", "titled", "words_of"]

_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.  H.E.
    r"|[A-Z]\.(?=\s?[A-Z])"  # the initial of a name
    r"|['’`´](?:s|S)\b"
    r"|[^\W\d_]+(?:['’ʼ`](?![sS]\b)[^\W\d_]+)*"
    r"|\d+(?:[.,:]\d+)*"
    r"|\S"
)


class Word(NamedTuple):
    """A word or mark of the text."""

    text: str
    low: str
    start: int
    end: int
    spaced: bool
    """Does white space or the text's beginning stand before it?"""
    sentence: int

    @property
    def capital(self) -> bool:
        """Does it begin with a capital letter?"""
        return self.text[0].isupper()

    @property
    def alpha(self) -> bool:
        """Is it a word rather than a mark or number?"""
        return self.text[0].isalpha()


def words_of(text: str, starts: list[int]) -> list[Word]:
    """The words of a text whose sentences begin at `starts` (offsets in order)."""
    found: list[Word] = []
    sentence, last = -1, -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while sentence + 1 < len(starts) and starts[sentence + 1] <= start:
            sentence += 1
        token = match.group()
        found.append(Word(token, fold(token).lower(), start, end, start != last, sentence))
        last = end
    return found


class Lists(NamedTuple):
    """The word lists of data/actors/words.toml."""

    honorifics: dict[str, str]
    modifiers: frozenset[str]
    former: frozenset[str]
    coming: frozenset[str]
    portfolios: frozenset[str]
    openers: frozenset[str]
    never: frozenset[str]
    groups: dict[str, str]
    plural: frozenset[str]
    official: frozenset[str]
    institutions: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    private: frozenset[str]
    private_endings: tuple[str, ...]
    never_private: frozenset[str]
    workplaces: frozenset[str]
    compounds: frozenset[str]
    sport: frozenset[str]
    settlements: frozenset[str]
    treaties: frozenset[str]
    sites: frozenset[str]
    no_places: frozenset[str]
    verbs: frozenset[str]
    regions: frozenset[str]
    bodies: dict[str, frozenset[str]]
    """Class nouns of bodies, and the kinds or ids of the bodies that they can mean whatever these are called."""
    generic: frozenset[str]


_PRIVATE: Final = ("firms", "people", "clubs", "courts", "learning")


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The word lists, checked. Raises KnowledgeError for an unknown or missing table."""
    resource = files("communique") / "data" / "actors" / "words.toml"
    table = tomllib.loads(resource.read_text(encoding="utf-8"))
    known = {
        "honorifics",
        "modifiers",
        "portfolios",
        "openers",
        "never",
        "groups",
        "gender",
        "plural",
        "official",
        "institutions",
        "private",
        "sport",
        "settlements",
        "no_town",
        "verbs",
        "regions",
        "bodies",
    }
    if set(table) != known:
        raise KnowledgeError(
            f"tables {sorted(set(table) ^ known)} are unknown or missing", where="data/actors/words.toml",
            remedy="Keep to the tables of the shipped file.",
        )  # fmt: skip
    modifiers = table["modifiers"]
    return Lists(
        honorifics={k.rstrip("."): v for k, v in table["honorifics"].items()},
        modifiers=frozenset(modifiers["words"]),
        former=frozenset(modifiers["former"]),
        coming=frozenset(modifiers["coming"]),
        portfolios=frozenset(table["portfolios"]["words"]),
        openers=frozenset(table["openers"]["words"]),
        never=frozenset(table["never"]["words"]),
        groups={word: kind for kind, words in table["groups"].items() for word in words},
        plural=frozenset(table["plural"]["words"]),
        institutions=frozenset(table["institutions"]["words"]),
        official=frozenset(table["official"]["words"]),
        female=frozenset(table["gender"]["female"]),
        male=frozenset(table["gender"]["male"]),
        private=frozenset(w for k in _PRIVATE for w in table["private"][k]),
        private_endings=tuple(table["private"]["endings"]),
        never_private=frozenset(table["private"]["not"]),
        workplaces=frozenset(table["private"]["workplaces"]),
        compounds=frozenset(table["private"]["compounds"]),
        sport=frozenset(table["sport"]["words"]),
        settlements=frozenset(table["settlements"]["words"]),
        treaties=frozenset(table["no_town"]["treaties"]),
        sites=frozenset(table["no_town"]["sites"]),
        no_places=frozenset(table["no_town"]["never"]),
        verbs=frozenset(table["verbs"]["words"]),
        regions=frozenset(table["regions"]["words"]),
        bodies={noun: frozenset(kinds) for noun, kinds in table["bodies"]["nouns"].items()},
        generic=frozenset(table["bodies"]["generic"]),
    )


_ADDED: Final = frozenset({"sri", "seri", "utama", "diraja", "wira", "indera", "paduka", "setia"})
"""Words that go on a Malay title ("Dato' Seri Utama"); elsewhere names ("Sri Mulyani")."""


def titled(words: Sequence[Word], at: int) -> bool:
    """Is the word an honorific or a part of one: "Mr", "Dato' Seri"?"""
    word, known = words[at], lists().honorifics
    if word.low.rstrip(".'") in known:
        return word.capital
    step = at
    while step and word.capital and words[step].low in _ADDED:
        step -= 1 + (words[step - 1].text in "'’‘")
    return step < at and words[max(step, 0)].low.rstrip(".'") in known


def retired(words: Sequence[Word], at: int) -> int:
    """Where a bracket that begins at word `at` ends if it says that an officer has retired, else `at - 1`."""
    end = at + 2
    if at + 2 >= len(words) or words[at].text != "(" or not words[at + 1].low.startswith("ret"):
        return at - 1
    end += words[end].text == "."
    return end if end < len(words) and words[end].text == ")" else at - 1


def is_private(low: str) -> bool:
    """Is a noun, singular or plural, one of a company, club, court, outlet or private person (data `private`)?"""
    known = lists()
    forms = {low, low.removesuffix("s"), low.removesuffix("es")}
    if low.endswith("ies"):
        forms.add(low[:-3] + "y")
    if low.endswith("men"):
        forms.add(low[:-3] + "man")
    if low == "children":
        forms.add("child")
    if forms & known.never_private:
        return False
    return bool(forms & known.private) or any(f.endswith(known.private_endings) for f in forms)
