"""What the fields of a match hold: figures, words of tables, amounts, and a meaning with its span."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from communique.dates.grammar import Rule, grammar
from communique.dates.meaning import Meaning

__all__ = ["Fields", "Made", "Maker", "amount", "figure", "whole", "word", "year_of"]


class Made(NamedTuple):
    """A meaning and its span, relative to the match; `ends` are the two parts of a range."""

    start: int
    end: int
    meaning: Meaning
    ends: tuple[tuple[int, int], ...] = ()


Fields = dict[str, str]
Maker = Callable[[Rule, "re.Match[str]", Fields], "list[Made]"]


_FIGURE: Final = re.compile(r"\d+")


def year_of(text: str) -> int:
    """A year from its figures; two figures are of 1930 to 2029."""
    digits = "".join(_FIGURE.findall(text)) or "0"
    year = int(digits)
    if len(digits) <= 2:
        return year + (1900 if year >= 30 else 2000)
    return year


def figure(text: str) -> int:
    """The first number of a text; 0 without one."""
    found = _FIGURE.search(text)
    return int(found.group()) if found else 0


def word(table: str, text: str) -> Any:
    """What a word of a table means."""
    return grammar().words[table].get(re.sub(r"\s+", " ", text.lower().replace("’", "'")).rstrip("."))


def amount(text: str) -> float | None:
    """A number in figures or words; None for "several".

    >>> [amount(t) for t in ("7.5", "1,460", "twenty-five", "a couple of", "several")]
    [7.5, 1460.0, 25.0, 2.0, None]
    """
    plain = text.strip().lower().removeprefix("the ")
    if plain[:1].isdigit():
        try:
            return float(plain.replace(",", ""))
        except ValueError:
            return None
    tens, _, ones = plain.partition("-")
    numbers = grammar().words["number"]
    if ones and tens in numbers and ones in numbers:
        return float(numbers[tens] + numbers[ones])
    value = numbers.get(plain, word("vague", plain))
    value = word("halfword", plain) if value is None else value
    return float(value) if isinstance(value, int | float) else None


def whole(match: re.Match[str], meaning: Meaning) -> list[Made]:
    """One meaning for the whole of a match."""
    return [Made(0, len(match.group()), meaning)]
