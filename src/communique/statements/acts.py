"""The speech act of a statement: a linear decision over the cue, what was said, and who is meant by "we".

Where language is plain the cue decides (rejected, demanded, thanked). Telling verbs leave it to signs in the content,
each with a weight; a statement that shows several strong acts is given the strongest, as the glossary says.
The signs are `data/statements/acts.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple, cast

from communique.errors import KnowledgeError
from communique.records import ACT_STRENGTH, SPEECH_ACTS, SpeechAct
from communique.statements.lexicon import Cue

__all__ = ["Sign", "act_of", "acts", "scores"]

_FILE: Final = "acts.toml"
_KEYS: Final = frozenset({"act", "weight", "pattern", "where", "examples"})
_TELLING: Final = frozenset({"inform", "assess", "announce"})
_CLOSE: Final = 0.3
"""Acts whose scores differ by less than this are settled by strength."""


class Sign(NamedTuple):
    """A pattern that speaks for an act with a weight, and where it is looked for: content, cue, start or joint."""

    act: SpeechAct
    weight: float
    pattern: re.Pattern[str]
    where: str
    examples: tuple[str, ...]


class Acts(NamedTuple):
    """What the cue alone is worth, and the signs."""

    plain: float
    tell: float
    signs: tuple[Sign, ...]


@cache
def acts() -> Acts:
    """The signs that come with communique. Raises KnowledgeError where the file is not as it should be."""
    raw = tomllib.loads(resources.files("communique").joinpath("data", "statements", _FILE).read_text("utf-8"))
    signs = tuple(_sign(row, n) for n, row in enumerate(raw["sign"], 1))
    return Acts(float(raw["base"]["plain"]), float(raw["base"]["tell"]), signs)


def _sign(row: dict[str, Any], number: int) -> Sign:
    where = f"data/statements/{_FILE} sign {number}"
    remedy = "Correct the sign; the file's head says how."
    unknown = set(row) - _KEYS
    if unknown:
        raise KnowledgeError(f"unknown key {sorted(unknown)[0]!r}", where=where, remedy=remedy)
    if row.get("act") not in SPEECH_ACTS:
        raise KnowledgeError(f"{row.get('act')!r} is no speech act", where=where, remedy=remedy)
    try:
        pattern = re.compile(str(row["pattern"]), re.IGNORECASE)
    except re.error as error:
        raise KnowledgeError(f"the pattern is wrong: {error}", where=where, remedy=remedy) from error
    place = str(row.get("where", "content"))
    if place not in {"content", "cue", "start", "joint"}:
        raise KnowledgeError(f"no place {place!r} to look in", where=where, remedy=remedy)
    return Sign(cast(SpeechAct, row["act"]), float(row["weight"]), pattern, place, tuple(row.get("examples", ())))


def scores(entry: Cue | None, cue: str, content: str, joint: bool) -> dict[SpeechAct, float]:
    """What speaks for each act: `entry` is the cue's in the lexicon, `joint` whether several sides speak as one."""
    known = acts()
    out: dict[SpeechAct, float] = dict.fromkeys(SPEECH_ACTS, 0.0)
    out["inform"] += 0.5
    if entry is not None:
        out[entry.act] += known.tell if entry.act in _TELLING else known.plain
    for sign in known.signs:
        if sign.where == "joint" and not joint:
            continue
        place = cue if sign.where == "cue" else content[:60] if sign.where == "start" else content
        if sign.pattern.search(place):
            out[sign.act] += sign.weight
    return out


def act_of(entry: Cue | None, cue: str, content: str, joint: bool = False) -> SpeechAct:
    """The speech act: the best score, and among nearly equal ones the strongest act.

    >>> from communique.statements.lexicon import lexicon
    >>> act_of(lexicon().verbs["said"], "said", "the troops must leave at once")
    'demand'
    """
    found = scores(entry, cue, content, joint)
    top = max(found.values())
    close = [act for act in SPEECH_ACTS if found[act] >= top - _CLOSE]
    for act in ACT_STRENGTH:
        if act in close:
            return act
    return max(close, key=lambda act: found[act])
