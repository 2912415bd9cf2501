"""Expressions as annotated corpora count them: TIMEX3 rows, a range as its two ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from communique.dates.meaning import Found
from communique.dates.resolve import settle_values
from communique.records import Dating, TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["timexes"]


def timexes(reading: Reading, expressions: Sequence[TimeExpression], published: Dating) -> list[dict[str, Any]]:
    """Rows {start, end, type, value} in TIMEX3: what `find` found, with ranges split into their ends."""
    parts: list[TimeExpression] = []
    for e in expressions:
        if isinstance(e, Found) and e.meaning.kind == "range" and e.ends and e.meaning.first and e.meaning.last:
            for (start, end), meaning in zip(e.ends, (e.meaning.first, e.meaning.last), strict=True):
                text = reading.text[start:end]
                parts.append(msgspec.structs.replace(e, start=start, end=end, text=text, meaning=meaning, ends=()))
        else:
            parts.append(e)
    rows: list[dict[str, Any]] = []
    for found, _, value in settle_values(reading, parts, published):
        kind = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}[found.type]
        rows.append({"start": found.start, "end": found.end, "type": kind, "value": value})
    return rows
