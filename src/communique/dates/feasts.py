"""Moveable feasts: a report that speaks of one is mostly of the days around it, whatever the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, LAST, Floats, table
from communique.dates.evidence import Evidence
from communique.dates.gathered import day
from communique.dates.grammar import check_keys, load_table

__all__ = ["easter", "feast_evidence", "feast_words", "feasts", "hijri"]


_OUTSIDE: Final = -2.6
"""Feasts are also spoken of at other times of the year."""


class Feast(NamedTuple):
    """A feast or yearly event: the words for it, its days, for how many days before and after them it is spoken of, and
    the log-likelihood at other times of the year.
    """

    name: str
    words: tuple[str, ...]
    before: int
    after: int
    days: tuple[dt.date, ...]
    outside: float


def easter(year: int, orthodox: bool = False) -> dt.date:
    """Easter Sunday, Western (after Meeus, Jones and Butcher) or Orthodox (Meeus's Julian rule, 13 days added).

    >>> easter(2022), easter(2022, orthodox=True)
    (datetime.date(2022, 4, 17), datetime.date(2022, 4, 24))
    """
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, rest = divmod(d + e + 114, 31)
        return dt.date(year, month, rest + 1) + dt.timedelta(13)
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, rest = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, rest + 1)


def hijri(year: int, month: int, number: int = 1) -> dt.date:
    """The day of the tabular Islamic calendar (astronomical epoch); the sighted moon differs by a day or two.

    >>> hijri(1443, 9)
    datetime.date(2022, 4, 2)
    """
    months = 29 * (month - 1) + month // 2
    return dt.date.fromordinal(227013 + 354 * (year - 1) + (11 * year + 3) // 30 + months + number)


@cache
def feasts() -> tuple[Feast, ...]:
    """feasts.toml, checked, with the days of every year. Raises KnowledgeError where a key or a day is wrong."""
    found = []
    for row in load_table("feasts.toml")["feast"]:
        check_keys(
            row,
            {"name", "words", "before", "after", "easter", "orthodox", "hijri", "days", "yearly", "outside"},
            "data/dates/feasts.toml",
        )
        days = tuple(d for d in _days(row) if FIRST <= d <= LAST)
        found.append(
            Feast(row["name"], tuple(row["words"]), row["before"], row["after"], days, row.get("outside", _OUTSIDE))
        )
    return tuple(found)


def _days(row: dict[str, object]) -> Iterable[dt.date]:
    years = range(FIRST.year, LAST.year + 1)
    offset = row.get("easter", row.get("orthodox"))
    if isinstance(offset, int):
        return [easter(y, "orthodox" in row) + dt.timedelta(offset) for y in years]
    lunar = row.get("hijri")
    if isinstance(lunar, list):
        month, number = lunar
        return [hijri(y, month, number) for y in range(1364, 1472)]
    if isinstance(fixed := row.get("yearly"), str):
        return [day(f"{y}-{fixed}") for y in years]
    given = row.get("days", ())
    return [day(str(d)) for d in given] if isinstance(given, list) else []


@cache
def feast_words() -> frozenset[str]:
    """Every word for a feast, lower case."""
    return frozenset(w for f in feasts() for w in f.words)


@cache
def _scores(feast: Feast) -> Floats:
    ordinals = table().ordinal
    scores = np.full(len(ordinals), feast.outside)
    known = np.zeros(len(ordinals), dtype=bool)
    for one in feast.days:
        at = (one - FIRST).days
        scores[max(at - feast.before, 0) : at + feast.after + 1] = 0.0
        known[max(at - 300, 0) : at + 300] = True
    return np.where(known, scores, 0.0)


def feast_evidence(marks: Mapping[str, Sequence[int]]) -> list[Evidence]:
    """Evidence of the feasts that a report names, at most two."""
    found: list[Evidence] = []
    for feast in feasts():
        word = next((w for w in feast.words if w in marks), None)
        if word is not None:
            because = f"{word!r} is spoken of mostly in the days around {feast.name}"
            found.append(Evidence("feast", _scores(feast), because))
    return found[:2]
