"""The rules of page furniture, from data: loaded once, checked, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from communique.errors import KnowledgeError

__all__ = ["AFTER_SENTENCE", "LONGEST_LINE", "Rule", "Rules", "Where", "load", "parse"]

Where: TypeAlias = Literal["line", "head", "tail", "block", "close", "comment", "start", "end", "cut"]

LONGEST_LINE: Final = 500
"""Characters of the longest line that is compared with the patterns for whole lines; paragraphs are mostly longer."""
EDGE: Final = 300
"""Characters at the end of a paragraph in which a piece of furniture is looked for."""

# A sentence that ends: furniture at the end of a paragraph begins after one.
AFTER_SENTENCE: Final = r"(?<=[.!?…\"”’»)])\s+"

_AFTER_WORD: Final = r"\s+"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as the data file has it; `where` is explained there."""

    where: Where
    reason: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    not_: tuple[str, ...] = msgspec.field(name="not")
    case: bool = False


class Rules(NamedTuple):
    """The compiled rules: for each place one pattern for any letter case and one for exact case, and all reasons."""

    rules: tuple[Rule, ...]
    patterns: dict[Where, tuple[re.Pattern[str], ...]]

    def line(self, where: Where, text: str) -> str | None:
        """The reason for which the whole line `text` is furniture at this place; None if no rule says so."""
        for pattern in self.patterns[where]:
            found = pattern.fullmatch(text)
            if found and found.lastgroup:
                return self._reason(found.lastgroup)
        return None

    def start(self, text: str) -> tuple[int, str] | None:
        """How many characters at the beginning of a paragraph are furniture, and why."""
        for pattern in self.patterns["start"]:
            found = pattern.match(text)
            if found and found.lastgroup and found.end():
                return found.end(), self._reason(found.lastgroup)
        return None

    def end(self, text: str) -> tuple[int, str] | None:
        """From where on the end of a paragraph is furniture, and why."""
        for pattern in (*self.patterns["end"], *self.patterns["cut"]):
            found = pattern.search(text, max(len(text) - EDGE, 0))
            if found and found.lastgroup:
                return found.start(), self._reason(found.lastgroup)
        return None

    def _reason(self, group: str) -> str:
        return self.rules[int(group[1:])].reason


def parse(data: str, where: str = "furniture.toml") -> Rules:
    """Rules from TOML. Raises KnowledgeError for an unknown key, a wrong type or a pattern that is none."""
    try:
        table = tomllib.loads(data)
        rules = msgspec.convert(table.pop("rule"), tuple[Rule, ...])
        if table:
            raise ValueError(f"unknown tables {sorted(table)}")
        compiled: dict[Where, tuple[re.Pattern[str], ...]] = {w: _compiled(rules, w) for w in get_args(Where)}
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error, KeyError, ValueError) as error:
        raise KnowledgeError(f"it does not follow the form of the rules ({error})", where=where) from error
    return Rules(rules, compiled)


def _compiled(rules: tuple[Rule, ...], where: Where) -> tuple[re.Pattern[str], ...]:
    found = []
    for case in (False, True):
        parts = [
            f"(?P<r{number}>{'|'.join(f'(?:{p})' for p in rule.patterns)})"
            for number, rule in enumerate(rules)
            if rule.where == where and rule.case == case
        ]
        if parts:
            whole = "|".join(parts)
            if where in {"end", "cut"}:
                whole = rf"{AFTER_SENTENCE if where == 'end' else _AFTER_WORD}(?:{whole})\s*\Z"
            found.append(re.compile(whole, 0 if case else re.IGNORECASE))
    return tuple(found)


@cache
def load() -> Rules:
    """The rules that come with communique."""
    return parse((files("communique") / "data" / "cleaning" / "furniture.toml").read_text("utf-8"))
