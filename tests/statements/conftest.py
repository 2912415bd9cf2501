"""Readings of short texts with a cast given by hand, so that these tests stand on the parse alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import pytest

from communique import statements
from communique.actors import Cast, Reference
from communique.actors.cast import ReferenceKind
from communique.language import Gate, Parser, Reading, read
from communique.records import Dating, Encounter, Participant, Report, Statement, TimeExpression

KNOWN: Mapping[str, Participant] = {
    "Foreign Minister Anna Berg": Participant("Anna Berg", "person", "NO", actor="berg"),
    "Anna Berg": Participant("Anna Berg", "person", "NO", actor="berg"),
    "Berg": Participant("Anna Berg", "person", "NO", actor="berg"),
    "She": Participant("Anna Berg", "person", "NO", actor="berg"),
    "Ivan Petrov": Participant("Ivan Petrov", "person", "BG", actor="petrov"),
    "Petrov": Participant("Ivan Petrov", "person", "BG", actor="petrov"),
    "The Bulgarian Foreign Ministry": Participant("Ministry of Foreign Affairs of Bulgaria", "government", "BG"),
    "the Bulgarian Foreign Ministry": Participant("Ministry of Foreign Affairs of Bulgaria", "government", "BG"),
    "Norway": Participant("Norway", "government", "NO"),
    "Bulgaria": Participant("Bulgaria", "government", "BG"),
    "Sofia": Participant("Bulgaria", "government", "BG"),
    "Norwegian": Participant("Norway", "government", "NO"),
    "Bulgarian": Participant("Bulgaria", "government", "BG"),
    "A spokesman for the harbour office": Participant("spokesman for the harbour office", "person", "BG"),
    "the palace": Participant("Royal Court of Norway", "government", "NO"),
    "Nordic News Agency": Participant("Nordic News Agency", "organisation", "NO"),
}
DEMONYMS = frozenset({"Norwegian", "Bulgarian"})


class Find(Protocol):
    def __call__(
        self,
        text: str,
        encounters: Sequence[Encounter] = (),
        times: Sequence[TimeExpression] = (),
        everything: bool = False,
        title_end: int = 0,
    ) -> tuple[Statement, ...]: ...


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    """Every sentence parsed, no gate."""
    gate, parser = Gate({"cue": ["said"]}), Parser()

    def make(text: str, title_end: int = 0) -> Reading:
        return read(Report(id="test", text=text, title_end=title_end), gate, parser)

    return make


def cast_of(text: str) -> Cast:
    """A cast in which every place with known words refers to their participant, longer words first."""
    references: list[Reference] = []
    for words in sorted(KNOWN, key=len, reverse=True):
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            if not any(r.start < end and at < r.end for r in references):
                who = KNOWN[words]
                kind: ReferenceKind = "demonym" if words in DEMONYMS else "name"
                references.append(Reference(at, end, (at, end), kind, who.type, (who,)))
            at = text.find(words, end)
    return Cast(references, (), ())


@pytest.fixture(scope="session")
def cast_by_words() -> Callable[[str], Cast]:
    """The cast of a text about Norway and Bulgaria."""
    return cast_of


@pytest.fixture(scope="session")
def find(reading_of: Callable[..., Reading]) -> Find:
    """The statements of a text about Norway and Bulgaria."""

    def run(
        text: str,
        encounters: Sequence[Encounter] = (),
        times: Sequence[TimeExpression] = (),
        everything: bool = False,
        title_end: int = 0,
    ) -> tuple[Statement, ...]:
        both = (
            f"{text}\n\nNorway and Bulgaria have treaties, embassies, a common border, bilateral talks and ministers."
        )
        reading = reading_of(both, title_end)
        return statements.find(reading, cast_of(both), times, encounters, Dating(), everything)

    return run
