from __future__ import annotations

from collections.abc import Callable

import pytest

from communique import actors, dates, encounters, language
from communique.records import Abstention, Encounter, Report

Told = Callable[..., tuple[tuple[Encounter, ...], tuple[Abstention, ...]]]


@pytest.fixture(scope="session")
def told() -> Told:
    """What the encounters of a text are, by the whole way up to this room."""
    authority = actors.load_authority()
    gate = language.Gate({"trigger": encounters.gate_words(), "actor": authority.gate_words()})
    parser = language.Parser()

    def run(
        text: str, published: str | None = "2022-01-19", title: str = ""
    ) -> tuple[tuple[Encounter, ...], tuple[Abstention, ...]]:
        whole = f"{title}\n\n{text}" if title else text
        report = Report(id="t", text=whole, title=title or None, title_end=len(title), metadata_published=published)
        reading = language.read(report, gate, parser)
        expressions = dates.find(reading)
        named = actors.refer(reading, authority)
        day = dates.publish(reading, expressions, actors.day_bounds(named, authority))
        times = dates.resolve(reading, expressions, day)
        return encounters.find(reading, actors.settle(reading, named, authority, day), times, day)

    return run
