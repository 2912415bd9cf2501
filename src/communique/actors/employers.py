"""Titles that are no offices of a state, or are ones without saying so: "the club president", "Secretary Albright"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from communique.actors.words import Word, is_private, lists

__all__ = ["bare_secretary", "of_firm"]


def of_firm(words: Sequence[Word], first: int, last: int, inside: set[int]) -> bool:
    """Is it an office of a company, club or school: "the club president", "president of the company"?"""
    if words[first].low in {"spokesman", "spokeswoman", "spokesperson"}:
        return False
    known = lists().workplaces
    before = words[first - 1] if first else None
    if before is not None and before.sentence == words[first].sentence and first - 1 not in inside:
        owner = words[first - 2].low if first > 1 else ""
        if before.text in known or (before.low in {"'s", "’s"} and is_private(owner)):
            return True
    if last + 2 >= len(words) or words[last + 1].low not in {"of", "at"}:
        return False
    step = last + 2 + (words[last + 2].low in {"the", "a", "an", "his", "her", "its"})
    step += step < len(words) and words[step].text.islower() and words[step].text not in known
    for at in range(step, min(step + _REACH, len(words))):
        # "president of the Romanian Cultural Institute"
        if words[at].sentence != words[last].sentence or (at > step and not words[at].capital):
            return False
        if words[at].text in known and at not in inside:
            return True
    return False


_REACH: Final = 4
"""Words of an institution's name in which its kind must stand."""


def bare_secretary(words: Sequence[Word], at: int) -> bool:
    """Is "Secretary" without a portfolio a title before a name: "Secretary Albright"?"""
    if words[at].text != "Secretary" or at + 1 >= len(words):
        return False
    after = words[at + 1]
    titled = at > 0 and words[at - 1].capital and words[at - 1].alpha and words[at - 1].sentence == words[at].sentence
    opens = at < 2 or words[at - 2].sentence != words[at].sentence
    named = after.sentence == words[at].sentence and after.capital and after.alpha and after.low not in lists().never
    return named and (not titled or opens or words[at - 1].low in {"us", "u.s.", "american"})
