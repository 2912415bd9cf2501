"""Evidence from the anniversaries of diplomatic relations, and of other events whose day is known."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from communique.dates.calendar import table
from communique.dates.evidence import Evidence
from communique.dates.gathered import ORDINAL, day, ordinal
from communique.dates.grammar import check_keys, load_table
from communique.errors import KnowledgeError

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["anniversary", "passed", "ties_evidence"]

_ANNIVERSARY: Final = re.compile(rf"\b({ORDINAL}|\d{{1,3}}[- ]year) anniversary\b")
_MONTH_BEFORE: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? $")
"""The September 11th anniversary."""
_RELATIONS: Final = re.compile(
    r"\b(?:diplomatic|bilateral|formal) (?:relations|ties)\b|\bnormali[sz]ation of (?:relations|ties)\b"
)


class Ties(NamedTuple):
    """Names of states, as one pattern for each, and the days of relations of pairs of them."""

    names: dict[str, re.Pattern[str]]
    pairs: tuple[tuple[str, str, dt.date], ...]


@cache
def ties() -> Ties:
    """ties.toml, checked. Raises KnowledgeError for an unknown key, state or day."""
    table_ = load_table("ties.toml")
    check_keys(table_, {"names", "ties"}, "data/dates/ties.toml")
    names = {
        state: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words.split("|"))) + r")(?!\w)")
        for state, words in table_["names"].items()
    }
    for one, other, _ in table_["ties"]:
        if one not in names or other not in names:
            raise KnowledgeError(f"{one!r} or {other!r} has no names", where="data/dates/ties.toml", remedy="Add them.")
    return Ties(names, tuple((one, other, day(d)) for one, other, d in table_["ties"]))


def anniversary(sentence: str) -> tuple[int, str] | None:
    """The years and the words of the first "50th anniversary" of a sentence in lower case."""
    for match in _ANNIVERSARY.finditer(sentence):
        if not _MONTH_BEFORE.search(sentence[: match.start()]):
            words = match[1].removesuffix("-year").removesuffix(" year")
            return (int(words) if words.isdigit() else ordinal(words)), match[0]
    return None


def passed(start: dt.date, years: int) -> dt.date:
    """The day so many years later."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def ties_evidence(reading: Reading) -> list[Evidence]:
    """The anniversary of relations between two states that a sentence names: the report is of the year around it."""
    if "anniversary" not in reading.text:
        return []
    for sentence in reading.sentences:
        low = sentence.text.lower()
        found = anniversary(low) if "anniversary" in low and _RELATIONS.search(low) else None
        if found is None:
            continue
        named = {state for state, pattern in ties().names.items() if pattern.search(low)}
        pairs = [p for p in ties().pairs if p[0] in named and p[1] in named]
        if len(pairs) != 1 or pairs[0][2].year + found[0] > 2045:
            continue
        one, other, start = pairs[0]
        then = passed(start, found[0])
        gap = np.abs(table().ordinal - then.toordinal())
        same = table().year == then.year
        scores = np.where(gap <= 10, 0.0, np.where(gap <= 45, -0.6, np.where(same | (gap <= 120), -1.2, -5.5)))
        who = " and ".join(state.upper() if len(state) <= 3 else state.title() for state in (one, other))
        because = f"the {found[1]} of the relations of {who} ({start.isoformat()}) was on {then.isoformat()}"
        return [Evidence("known", scores, because)]
    return []
