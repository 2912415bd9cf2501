"""Helpers of the actors' tests: a report without a parse, and its cast on a day."""

from __future__ import annotations

from communique import actors
from communique.language import Reading, Sentence, quotations, split
from communique.records import Dating, Participant, Report


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


def whom(text: str, mention: str, day: str | None = None) -> list[Participant]:
    """The participants that the first occurrence of a mention resolves to."""
    at = text.index(mention)
    return list(cast_of(text, day).resolve(at, at + len(mention)))
