"""What came of an encounter, as far as reports say it in the usual words: an agreement or none, a signature or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from communique.errors import KnowledgeError
from communique.linking.lexicon import read_toml
from communique.records import Passage

__all__ = ["Question", "outcome", "questions"]

_FILE: Final = "outcomes.toml"


class Question(NamedTuple):
    """A question that reports answer with yes or no, and the patterns of either answer."""

    name: str
    question: str
    yes: re.Pattern[str]
    no: re.Pattern[str]


class _Known(NamedTuple):
    questions: tuple[Question, ...]
    examples: tuple[dict[str, Any], ...]


@lru_cache(maxsize=1)
def questions() -> _Known:
    """The questions of `data/linking/outcomes.toml` and its examples, loaded once; raises KnowledgeError."""
    return checked(read_toml(_FILE))


def checked(tables: dict[str, Any]) -> _Known:
    """`tables` as questions; raises KnowledgeError on unknown keys and on what is no regular expression."""
    tables = dict(tables)
    examples = tables.pop("examples", [])
    found = []
    for name, table in tables.items():
        try:
            if set(table) != {"question", "yes", "no"}:
                raise ValueError(f"keys of {name} are {', '.join(sorted(table))}")
            yes, no = (re.compile(rf"\b(?:{'|'.join(table[side])})", re.IGNORECASE) for side in ("yes", "no"))
        except (ValueError, TypeError, re.error) as error:
            raise KnowledgeError(str(error), where=f"data/linking/{_FILE}", remedy="See its head.") from error
        found.append(Question(name, table["question"], yes, no))
    return _Known(tuple(found), tuple(examples))


def outcome(passages: Iterable[Passage], question: Question) -> tuple[bool, Passage] | None:
    """The answer that the passages give and the first that gives it; None if they give none, or both."""
    answers: dict[bool, Passage] = {}
    for passage in passages:
        left, count = question.no.subn(" ", passage.text)
        if count:
            answers.setdefault(False, passage)
        if question.yes.search(left):
            answers.setdefault(True, passage)
    return next(iter(answers.items())) if len(answers) == 1 else None
