"""A reading without a parse, as the dates room must be able to work on."""

from __future__ import annotations

from typing import Any

from communique import dates
from communique.language import Reading, Sentence, quotations, split
from communique.records import Dating, Report, TimeExpression


def reading(text: str, **fields: Any) -> Reading:
    spans = split(text)
    title_end = fields.get("title_end", 0)
    sentences = [
        Sentence(i, s.start, s.end, text[s.start : s.end], s.paragraph, s.end <= title_end) for i, s in enumerate(spans)
    ]
    return Reading(Report(id="r", text=text, **fields), sentences, quotations(text), [])


def resolved(text: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    r = reading(text)
    day = Dating(published, "metadata", "given") if published else Dating()
    return dates.resolve(r, dates.find(r), day)


def values(text: str, published: str | None = None) -> dict[str, str | None]:
    return {e.text: e.value for e in resolved(text, published)}


def published(text: str, bounds: tuple[dates.DayBound, ...] = (), **fields: Any) -> Dating:
    r = reading(text, **fields)
    return dates.publish(r, dates.find(r), bounds)
