"""Bodies of states that a text names by their class, and class nouns that take a body up: "the ministry", "the bloc".

"Chad's foreign ministry" is a body though no list of names holds it; after it, "the ministry" means the same one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from communique.actors.authority import Authority, Body, Hit
from communique.actors.words import Word, lists

__all__ = ["BodyNoun", "Spoken", "citizen", "closes", "find_body_nouns", "organs", "taken_up"]

_KINDS: Final = {
    "mfa": r"foreign (?:affairs )?ministry|ministry of (?:foreign|external) (?:affairs|relations)"
    r"|ministry (?:for|of) (?:europe and )?foreign affairs|foreign office|external affairs ministry"
    r"|department of foreign affairs|foreign affairs department|ministry of external affairs",
    "mod": r"defen[cs]e ministry|ministry of (?:national )?defen[cs]e|ministry of the armed forces",
    "hos": r"presidency|presidential (?:office|palace|administration|press service)|office of the president"
    r"|president['’]s office",
    "hog": r"prime minister['’]s office|office of the prime minister|prime ministerial office|cabinet office",
}
_MORE: Final = r"(?: and (?:[A-Z]\w+|of)(?: [A-Z]\w+){0,3})?"
_ORGAN: Final = re.compile(
    r"(?:['’]s?)? (?:"
    + "|".join(f"(?P<{k}>(?i:{p})" + (_MORE if k == "mfa" else "") + ")" for k, p in _KINDS.items())
    + r")\b"
)


def organs(text: str, hits: Sequence[Hit], authority: Authority) -> list[Hit]:
    """The hits with states that stand before one of their ministries or offices widened to name that body."""
    found: list[Hit] = []
    reach = -1
    for hit in sorted(hits, key=lambda h: h.start):
        if hit.start < reach:
            continue
        body = authority.body(hit.bodies[0]) if hit.bodies else None
        match = _ORGAN.match(text, hit.end) if body is not None and body.is_state else None
        if body is None or match is None or hit.form not in {"name", "demonym"} or match.lastgroup is None:
            found.append(hit)
            continue
        organ = authority.body(f"{body.id}.{match.lastgroup}")
        if organ is None:
            found.append(hit)
            continue
        found.append(hit._replace(end=match.end(), form="name", bodies=(organ.id,), city=None, weak=False))
        reach = match.end()
    return found


@dataclass(slots=True)
class BodyNoun:
    """A class noun that takes up a body: words `first` to `last`, `head` the noun, `low` its class."""

    first: int
    last: int
    head: int
    low: str


class Spoken(NamedTuple):
    """A body named in the text: where, which, and its name as written."""

    word: int
    sentence: int
    body: Body
    written: str


_REACH: Final = 3
"""Adjectives that may stand between the article and the noun."""
_AFTER: Final = frozenset(
    {"in", "on", "at", "to", "also", "and", "with", "which", "that", "as", "for", "by", "but", "after", "before", "or",
     "has", "had", "have", "is", "was", "were", "will", "would", "said", "says", "itself", "'s", "’s", "from", "when",
     "again", "during", "later", "earlier", "then", "not", "did", "does", "could", "can", "should", "may", "must",
     "since", "while", "who", "about", "until", "because", "over", "where", "than", "it", "they", "he", "she",
     "today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)  # fmt: skip
"""Words that may stand behind a noun phrase."""


def find_body_nouns(words: Sequence[Word], taken: set[int]) -> list[BodyNoun]:
    """Every definite class noun of a body that no other reference holds, in order."""
    nouns = lists().bodies
    found = []
    for at, word in enumerate(words):
        if word.low not in nouns or at in taken or not closes(words, at):
            continue
        if word.low in {"union", "community", "states"} and not word.capital:
            continue
        step, count = at - 1, 0
        while step >= 0 and count <= _REACH and step not in taken and words[step].sentence == word.sentence:
            if words[step].low == "the":
                found.append(BodyNoun(step, at, at, word.low))
                break
            if not (words[step].alpha or words[step].text == "-" or words[step].text[0].isdigit()):
                break
            count += words[step].alpha or words[step].text[0].isdigit()
            step -= 1
    return found


def closes(words: Sequence[Word], at: int) -> bool:
    """Does the noun phrase end with the word?"""
    if at + 1 >= len(words) or words[at + 1].sentence != words[at].sentence:
        return True
    after = words[at + 1]
    if not after.alpha:
        return after.text not in {"-", "–", "(", "/"} or after.spaced
    return after.text.islower() and (after.low in _AFTER or after.low in lists().verbs or after.low.endswith("ed"))


@lru_cache(maxsize=256)
def _same_word(noun: str) -> frozenset[str]:
    return frozenset({noun, noun.replace("organization", "organisation"), noun.replace("organisation", "organization")})


def taken_up(noun: BodyNoun, words: Sequence[Word], spoken: Sequence[Spoken]) -> tuple[tuple[str, ...], str]:
    """Ids of the body that a class noun takes up, or of several that fit equally, and the reason.

    The body named last before it of whose name the noun is a word, else the last of the noun's kinds.
    """
    kinds = lists().bodies[noun.low]
    adjectives = {w.low for w in words[noun.first + 1 : noun.head] if w.alpha}
    plain = not adjectives or adjectives <= lists().generic
    wanted = _same_word(noun.low)
    here = words[noun.head].sentence
    before = [s for s in spoken if s.word < noun.first and here - s.sentence <= _SENTENCES]
    called = [s for s in before if wanted & set(_parts(s)) and (plain or adjectives & set(_parts(s)))]
    fitting = called or [s for s in before if {s.body.kind, s.body.id} & kinds and (plain or _described(s, adjectives))]
    if not fitting:
        return (), "no such body was named before"
    last = fitting[-1].sentence
    ids = tuple(dict.fromkeys(s.body.id for s in fitting if s.sentence == last))
    return ids, "the body of that kind named last before"


_SENTENCES: Final = 8
"""Sentences within which a class noun may take a body up."""


def _parts(spoken: Spoken) -> list[str]:
    return re.findall(r"[a-z]+", f"{spoken.written} {spoken.body.name}".lower())


def _described(spoken: Spoken, adjectives: set[str]) -> bool:
    """Does one of the adjectives stand in the name, or tell the kind ("the foreign ministry")?"""
    own = set(_parts(spoken)) | {spoken.body.kind.split("_")[0]}
    return bool(own & adjectives) or adjectives <= lists().generic


_COLLECTIVE: Final = ("s", "sh", "ch", "ese", "ss", "men", "people")


def citizen(words: Sequence[Word], first: int, last: int) -> bool:
    """Does an adjective of a state stand for one person: "the Finn said", not "the Finnish said"?"""
    if not first or words[first - 1].low != "the" or first != last:
        return False
    return not words[last].low.endswith(_COLLECTIVE) and closes(words, last)
