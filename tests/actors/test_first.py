"""The room as a whole on short reports."""

from __future__ import annotations

import pytest

from communique import actors
from communique.language import Reading, Sentence, quotations, split
from communique.records import Dating, Report


def reading(text: str) -> Reading:
    """A report that is split but not parsed."""
    spans = split(text)
    sentences = [Sentence(i, s.start, s.end, text[s.start : s.end], s.paragraph) for i, s in enumerate(spans)]
    return Reading(Report(id="x", text=text), sentences, quotations(text), [])


def cast_of(text: str, day: str | None = None) -> actors.Cast:
    """The cast of a text on a day."""
    authority = actors.load_authority()
    read = reading(text)
    named = actors.refer(read, authority)
    return actors.settle(read, named, authority, Dating(value=day, basis="metadata" if day else None))


@pytest.mark.parametrize(
    ("text", "day", "name", "side"),
    [
        ("Ukrainian Foreign Minister Dmytro Kuleba arrived.", "2022-01-11", "Dmytro Kuleba", "UA"),
        ("Minister of Foreign Affairs of Ukraine Dmytro Kuleba arrived.", "2022-01-11", "Dmytro Kuleba", "UA"),
        ("The speaker of the US State Department Ned Price commented.", "2022-01-11", "Ned Price", "US"),
        ("Wang Yi, the Chinese foreign minister, arrived.", "2021-05-01", "Wang Yi", "CN"),
        (
            "Foreign Minister of Iran, Hossein Amir-Abdollahian, arrived.",
            "2023-04-06",
            "Hossein Amir-Abdollahian",
            "IR",
        ),
    ],
)
def test_office_and_name(text: str, day: str, name: str, side: str) -> None:
    """A name with an office gives the person of the authority file with the side of the office."""
    people = [p for r in cast_of(text, day).references for p in r.participants if p.type == "person"]
    assert [(p.name, p.represents) for p in people][:1] == [(name, side)]
