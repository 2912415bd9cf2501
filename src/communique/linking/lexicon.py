"""The words that linking knows, from `data/linking/words.toml`, checked when loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import msgspec

from communique.errors import KnowledgeError

__all__ = ["Lexicon", "hours_apart", "lexicon", "read_toml"]

_FILE: Final = "words.toml"


class Lexicon(msgspec.Struct, frozen=True):
    """The word lists by name; what each is for stands in the data file. `roughly` matches any of its phrases."""

    forum_filler: frozenset[str]
    forum_common: frozenset[str]
    topic_filler: frozenset[str]
    name_particles: frozenset[str]
    remote: frozenset[str]
    figure_filler: frozenset[str]
    sole_offices: frozenset[str]
    hubs: frozenset[str]
    looking_back: frozenset[str]
    roughly: re.Pattern[str]
    periods: Mapping[str, float]
    numerals: Mapping[str, float]


def read_toml(name: str) -> dict[str, Any]:
    """The tables of a data file of this room; raises KnowledgeError if it cannot be read."""
    try:
        return tomllib.loads((resources.files("communique") / "data" / "linking" / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(
            f"cannot be read: {error}", where=f"data/linking/{name}", remedy="Install communique again."
        ) from error


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists, loaded once; raises KnowledgeError if the file is not as it should be."""
    return checked(read_toml(_FILE))


def _numbers(name: str, table: Any) -> dict[str, float]:
    if not isinstance(table, dict) or not all(isinstance(value, int | float) and value > 0 for value in table.values()):
        raise KnowledgeError(f"{name} is no table of numbers", where=f"data/linking/{_FILE}", remedy="Give word = 3.")
    return table


def checked(tables: dict[str, Any]) -> Lexicon:
    """`tables` as word lists; raises KnowledgeError on an unknown or missing list and on a word in upper case."""
    tables = dict(tables)
    wanted = set(Lexicon.__struct_fields__)
    if set(tables) != wanted:
        odd = ", ".join(sorted(set(tables) ^ wanted))
        raise KnowledgeError(
            f"unknown or missing: {odd}", where=f"data/linking/{_FILE}", remedy="Compare it with linking/lexicon.py."
        )
    numbers: dict[str, Any] = {name: _numbers(name, tables.pop(name)) for name in ("periods", "numerals")}
    lists = {name: tuple(value.split()) if isinstance(value, str) else tuple(value) for name, value in tables.items()}
    for name, words in lists.items():
        for word in words:
            if not isinstance(word, str) or word != word.lower() or not word.strip():
                raise KnowledgeError(
                    f"{name} has {word!r}", where=f"data/linking/{_FILE}", remedy="Give words in lower case."
                )
    phrases = sorted(lists.pop("roughly"), key=lambda phrase: (-len(phrase), phrase))
    roughly = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
    kept: dict[str, Any] = {name: frozenset(words) for name, words in lists.items()}
    return Lexicon(**kept, **numbers, roughly=roughly)


@lru_cache(maxsize=1)
def _zones() -> dict[str, int]:
    """Country → hours of its capital from UTC; raises KnowledgeError on anything but hours and two-letter codes."""
    return checked_zones(read_toml("zones.toml"))


def checked_zones(tables: dict[str, Any]) -> dict[str, int]:
    """`tables` as country → hours; raises KnowledgeError if they are anything else, or name a country twice."""
    zones: dict[str, int] = {}
    for hours, codes in tables.get("hours", {}).items() if set(tables) == {"hours"} else [("", "")]:
        for code in str(codes).split() or [""]:
            if not re.fullmatch(r"-?\d\d?", hours) or not re.fullmatch(r"[A-Z]{2}", code) or code in zones:
                raise KnowledgeError(
                    f"cannot use {code!r} under {hours!r}",
                    where="data/linking/zones.toml",
                    remedy='Give lines like "3" = "ET KE".',
                )
            zones[code] = int(hours)
    return zones


def hours_apart(sides: Iterable[str]) -> int:
    """The most hours between the capitals of two of the sides; 0 where fewer than two of them are countries."""
    hours = sorted(_zones()[side] for side in sides if side in _zones())
    return min(hours[-1] - hours[0], 24 - hours[-1] + hours[0]) if hours else 0
