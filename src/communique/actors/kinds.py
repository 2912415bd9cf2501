"""The kinds of office of data/actors/offices.toml and the phrases in which reports write them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from communique.errors import KnowledgeError

__all__ = ["OfficeKind", "Phrase", "office_kinds", "office_words"]


class OfficeKind(NamedTuple):
    """A kind of office: see data/actors/offices.toml."""

    id: str
    types: tuple[str, ...]
    side: str | None
    gender: str
    titled: tuple[str, ...] = ()
    """Words of which the authority's name of the office must hold one."""
    only: tuple[str, ...] = ()
    """The sides that have such an office; empty for any."""


class Phrase(NamedTuple):
    """A way of writing an office, and whether a portfolio stands before or after it."""

    kind: OfficeKind
    plural: bool
    after: bool
    """A portfolio follows ("minister of ...")."""
    before: bool
    """A portfolio stands before ("* minister")."""


_KEYS: Final = {"id", "types", "phrases", "example", "side", "gender", "titled", "only"}


@lru_cache(maxsize=1)
def office_kinds() -> tuple[dict[tuple[str, ...], Phrase], frozenset[str], dict[str, str]]:
    """Phrases (as word tuples), the words that begin one, and an example of each kind.

    Raises KnowledgeError for an unknown key.
    """
    resource = files("communique") / "data" / "actors" / "offices.toml"
    table = tomllib.loads(resource.read_text(encoding="utf-8"))
    phrases: dict[tuple[str, ...], Phrase] = {}
    examples: dict[str, str] = {}
    for row in table["office"]:
        if set(row) - _KEYS:
            raise KnowledgeError(
                f"office {row.get('id')!r} has unknown keys {sorted(set(row) - _KEYS)}",
                where="data/actors/offices.toml", remedy="Use " + ", ".join(sorted(_KEYS)) + ".",
            )  # fmt: skip
        kind = OfficeKind(
            row["id"], tuple(row["types"]), row.get("side"), row.get("gender", ""), tuple(row.get("titled", ())),
            tuple(row.get("only", ())),
        )  # fmt: skip
        examples[kind.id] = row["example"]
        for phrase in row["phrases"]:
            before = phrase.startswith("* ")
            core = phrase.removeprefix("* ")
            after = core.endswith((" of", " for"))
            for plural, form in ((False, core), (True, _plural(core))):
                phrases.setdefault(tuple(_split(form)), Phrase(kind, plural, after, before))
    return phrases, frozenset(p[0] for p in phrases), examples


def office_words() -> Iterator[str]:
    """Every office as a report may write it, in lower case, singular and plural, for the gate."""
    for words in office_kinds()[0]:
        yield " ".join(words)


def _split(phrase: str) -> list[str]:
    return re.findall(r"[a-zé.]+(?:'[a-z]+(?<!'s))?|'s|\d+|-", phrase)


def _plural(phrase: str) -> str:
    """The plural of an office: of its first noun before a preposition, else of its last word."""
    words = phrase.split(" ")
    stops = [i for i, w in enumerate(words) if w in {"of", "for", "to", "in"}]
    at = (stops[0] - 1) if stops and stops[0] else len(words) - 1
    if words[at] in {"general", "elect"} and at:
        at -= 1
    if words[at].endswith("-general"):
        words[at] = words[at].replace("-general", "s-general")
    elif words[at].endswith("man"):
        words[at] = words[at][:-3] + "men"
    elif words[at].endswith("y") and words[at][-2:-1] not in set("aeiou"):
        words[at] = words[at][:-1] + "ies"
    else:
        words[at] += "s"
    return " ".join(words)
