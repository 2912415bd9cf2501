"""Sentences with the references in them marked: "{Minister X=X/KE} met {both men=X/KE; Y/TD}".

A line is `DAY | sentence`. A name fits if its words are among those of the participant's, or the other way round where
the authority knows the person; `*` is any name or side, `-` nobody, `None` no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from communique.actors.folding import name_words
from communique.records import Participant
from tests.actors.support import cast_of

_MARK = re.compile(r"\{([^{}=]+)=([^{}]*)\}")


class Marked(NamedTuple):
    """A sentence without its marks, its day, and the marks: start, end, what is wanted."""

    text: str
    day: str | None
    marks: list[tuple[int, int, str]]


def marked(path: Path) -> Iterator[Marked]:
    """The sentences of a file; empty lines and those that begin with "#" are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        day, _, raw = line.partition(" | ")
        text, marks, last = "", [], 0
        for match in _MARK.finditer(raw):
            text += raw[last : match.start()]
            marks.append((len(text), len(text) + len(match.group(1)), match.group(2)))
            text, last = text + match.group(1), match.end()
        yield Marked(text + raw[last:], day.strip() or None, marks)


def wrong(sentence: Marked) -> list[str]:
    """What is settled otherwise than marked."""
    cast = cast_of(sentence.text, sentence.day)
    found = []
    for start, end, wanted in sentence.marks:
        reference = cast.at(start, end)
        ways = [reference.participants if reference is not None else (), cast.resolve(start, end)]
        if not any(_fits(wanted, way) for way in ways):
            got = "; ".join(f"{p.name}/{p.represents}" for p in ways[0]) or "-"
            found.append(f"{sentence.text[start:end]!r} is {got} instead of {wanted}: {sentence.text}")
    return found


def _fits(wanted: str, got: tuple[Participant, ...]) -> bool:
    if wanted == "-":
        return not got
    parts = [part.strip().rsplit("/", 1) for part in wanted.split(";")]
    return len(parts) == len(got) and all(any(_one(name, side, p) for p in got) for name, side in parts)


def _one(name: str, side: str, who: Participant) -> bool:
    wanted, given = set(name_words(name)), set(name_words(who.name))
    named = name == "*" or wanted <= given or bool(given <= wanted and who.actor)
    return named and (side == "*" or side == str(who.represents))
