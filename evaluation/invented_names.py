"""Made-up reports about made-up officials of many languages, with who stands where and for whom.

The frames and lists stand in invented_names.toml: they were written to be varied, not to fit the rules of the actors
room. The same seed gives the same reports.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Told", "reports"]

SLOT = re.compile(r"\{([ABOPTD])(?:\.(\w+))?\}")
OPEN, SHUT = "\x02", "\x03"


class Told(NamedTuple):
    """A person of a report: the name, where it stands, whose side the report tells, the frame, and has it a title?"""

    name: str
    start: int
    end: int
    side: str
    frame: int
    family: str
    titled: bool


class _Person(NamedTuple):
    name: str
    last: str
    side: str
    family: str
    female: bool
    words: dict[str, str]


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def reports(count: int, seed: int) -> Iterator[tuple[str, list[Told]]]:
    """So many made-up reports, every frame in turn, each with the people that it introduces."""
    chance = random.Random(seed)
    frames = _lists()["frames"]["texts"] + _lists()["frames"]["untitled"]
    for number in range(count):
        at = number % len(frames)
        yield _filled(frames[at], at, chance)


def _filled(frame: str, number: int, chance: random.Random) -> tuple[str, list[Told]]:
    lists = _lists()
    titled = number < len(lists["frames"]["texts"])
    one, two = chance.sample(sorted(lists["states"]), 2)
    people = {"A": _official(one, chance), "B": _official(two, chance), "O": _servant(chance)}
    common = {
        "P": chance.choice(lists["frames"]["places"]),
        "T": chance.choice(lists["frames"]["topics"]),
        "D": chance.choice(lists["frames"]["days"]),
    }

    def put(match: re.Match[str]) -> str:
        who, what = match.groups()
        if who in common:
            return common[who]
        person = people[who]
        return person.words[what] if what else f"{OPEN}{who}{person.name}{SHUT}"

    marked = SLOT.sub(put, frame)
    marked = marked[0].upper() + marked[1:]
    told: list[Told] = []
    text = ""
    for piece in re.split(f"({OPEN}[^{SHUT}]*{SHUT})", marked):
        if piece.startswith(OPEN):
            person = people[piece[1]]
            end = len(text) + len(person.name)
            told.append(Told(person.name, len(text), end, person.side, number, person.family, titled))
            text += person.name
        else:
            text += piece
    return text, told


def _name(family: str, chance: random.Random) -> tuple[str, str]:
    lists = _lists()["names"][family]
    given, last = chance.choice(lists["given"]), chance.choice(lists["last"])
    return (f"{last} {given}" if lists.get("family_first") else f"{given} {last}"), last


def _official(side: str, chance: random.Random) -> _Person:
    lists = _lists()
    state, adjective, city, family = lists["states"][side]
    office = chance.choice(lists["offices"])
    name, last = _name(family, chance)
    female = chance.random() < 0.4
    words = {
        "adj": adjective, "state": state, "poss": state + ("'" if state.endswith("s") else "'s"), "city": city,
        "title": office["title"], "office": office["title"].lower(), "of": office["of"], "last": last,
        "he": "she" if female else "he", "his": "her" if female else "his", "its": "its",
    }  # fmt: skip
    return _Person(name, last, side, family, female, words)


def _servant(chance: random.Random) -> _Person:
    lists = _lists()
    side = chance.choice(sorted(lists["organisations"]))
    short, posts = lists["organisations"][side]
    family = chance.choice(sorted(lists["names"]))
    name, last = _name(family, chance)
    words = {"org": short, "post": chance.choice(posts), "last": last}
    return _Person(name, last, side, family, False, words)
