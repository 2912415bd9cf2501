"""The first step: every expression of time of a report, with what its words give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.dates.scan import scan
from communique.records import TimeExpression

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["find"]


def find(reading: Reading) -> tuple[TimeExpression, ...]:
    """Every expression of time of the report's text, in order: span, type, and the value that the words alone give.

    Works on the raw text, so that reports of which no sentence was parsed are dated too. Nothing that counts from
    another day is worked out yet (`resolve` does). Never raises on any text.
    """
    return scan(reading.text)
