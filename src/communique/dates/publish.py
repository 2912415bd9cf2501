"""The report's own day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from communique.dates.edtf import bounds
from communique.records import Dating, TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["DayBound", "publish"]


class DayBound(NamedTuple):
    """The report lies within [start, end] (EDTF days, None: open), and the sentence that says why."""

    start: str | None
    end: str | None
    because: str


def publish(reading: Reading, expressions: Sequence[TimeExpression], bounds_: Sequence[DayBound] = ()) -> Dating:
    """The report's own day."""
    given = reading.report.metadata_published
    if given and (m := re.match(r"\d{4}(?:-\d\d){0,2}", given)) and bounds(m.group()):
        return Dating(m.group(), "metadata", "it came with the file")
    return Dating()
