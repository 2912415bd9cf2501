"""Every encounter that a report tells of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.records import Abstention, Dating, Encounter, TimeExpression

if TYPE_CHECKING:
    from communique.actors import Cast
    from communique.language.reading import Reading

__all__ = ["find"]


def find(
    reading: Reading, cast: Cast, times: Sequence[TimeExpression], published: Dating
) -> tuple[tuple[Encounter, ...], tuple[Abstention, ...]]:
    """The encounters of a report, in the order of the text, and the sentences that gave none."""
    return (), ()
