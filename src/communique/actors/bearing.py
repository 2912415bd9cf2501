"""States that a text names without meaning them: adjectives of companies, clubs and private people, and teams.

"The Canadian mining giant agreed" tells nothing of Canada's government; nor does "Germany meet Brazil in the final".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from communique.actors.authority import Authority, Hit
from communique.actors.offices import Office
from communique.actors.words import Word, is_private, lists
from communique.language import Reading

__all__ = ["meant_otherwise", "sporting"]

_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "poss"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJS", "JJR", "VBG", "VBN", "HYPH", "CD"})
_REACH: Final = 7
"""Words in which the head of a noun phrase must follow its adjective."""
_BLANK: Final = re.compile(r"^[\W_]*$")


def meant_otherwise(
    reading: Reading, words: Sequence[Word], hits: Sequence[tuple[Hit, int, int]], sports: frozenset[int],
    authority: Authority,
) -> dict[int, str]:  # fmt: skip
    """First words of states that are not meant themselves, and why."""
    found: dict[int, str] = {}
    for hit, first, last in hits:
        body = authority.body(hit.bodies[0]) if hit.bodies else None
        if body is None or not body.is_state:
            continue
        noun = _private_head(reading, words, last)
        if _compounded(words, last):
            found[first] = "only tells where something comes from"
        elif noun is not None:
            found[first] = f"only tells where the {noun} is from"
        elif words[first].sentence in sports:
            found[first] = "stands for a team"
    return found


def _compounded(words: Sequence[Word], last: int) -> bool:
    """Is the state part of a compound: "Iranian-backed", "London-based"?"""
    if last + 2 >= len(words) or words[last + 1].text not in {"-", "–", "‑", "‐"} or words[last + 1].spaced:
        return False
    return words[last + 2].low in lists().compounds


def _private_head(reading: Reading, words: Sequence[Word], last: int) -> str | None:
    """The private noun that the state ending at word `last` modifies; None if it modifies none."""
    phrase = _phrase(reading, words, last)
    if not phrase:
        return None
    head = phrase[-1]
    if is_private(head.low):
        return head.low
    if head.capital:
        # "the Dutch brewer Heineken": the noun before the name
        common = [w for w in phrase if not w.capital and w.alpha]
        if common and is_private(common[-1].low):
            return common[-1].low
    return None


def _phrase(reading: Reading, words: Sequence[Word], last: int) -> list[Word]:
    """The words behind an adjective up to the head of its noun phrase."""
    word = words[last]
    sentence = reading.sentences[word.sentence] if word.sentence < len(reading.sentences) else None
    if sentence is None or sentence.doc is None:
        return _unparsed(words, last)
    span = sentence.tokens_in(word.start, word.end)
    if span is None:
        return []
    token = span[-1]
    end = -1
    if token.dep_ in _MODIFIERS and token.head.i > token.i:
        head = token.head
        while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i:
            head = head.head
        end = sentence.token_span(head)[1]
    else:
        step = token.i + 1
        while step < len(sentence.doc) and step <= token.i + _REACH and sentence.doc[step].tag_ in _NOUNS:
            end = sentence.token_span(sentence.doc[step])[1]
            step += 1
    following = words[last + 1 : last + 2 + _REACH]
    phrase = [w for w in following if w.end <= end and w.sentence == word.sentence]
    if any(w.text in {",", ";", ":", "(", ")"} for w in phrase):
        return []
    return [w for w in phrase if w.alpha and w.low not in {"'s", "’s"}]


_STOPS: Final = frozenset(
    {
        "said",
        "says",
        "told",
        "met",
        "will",
        "would",
        "has",
        "have",
        "had",
        "is",
        "was",
        "were",
        "are",
        "can",
        "could",
        "may",
    }
)


def _unparsed(words: Sequence[Word], last: int) -> list[Word]:
    """The same without a parse: lower-case words up to the first that ends a noun phrase; at most three."""
    found: list[Word] = []
    for word in words[last + 1 : last + 5]:
        if word.sentence != words[last].sentence or not word.alpha:
            if word.low in {"'s", "’s", "-"}:
                continue
            break
        if is_private(word.low):
            found.append(word)
            break
        if (
            word.low in _STOPS
            or (word.low in lists().openers and not word.capital)
            or (found and word.low.endswith("ed"))
        ):
            break
        if not found and word.low.endswith(("ed", "s")):
            break
        found.append(word)
    return found


@lru_cache(maxsize=1)
def _sport() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(lists().sport)) + r")\b", re.I)


def sporting(reading: Reading, words: Sequence[Word], offices: Iterable[Office]) -> frozenset[int]:
    """Sentences about sport: they hold one of its expressions and no office that only a state has."""
    public = {words[o.first].sentence for o in offices if o.kind.id not in {"leader", "spokesperson", "legislature"}}
    found = (
        s.index
        for s in reading.sentences
        if s.index not in public and not _BLANK.match(s.text) and _sport().search(s.text)
    )
    return frozenset(found)
