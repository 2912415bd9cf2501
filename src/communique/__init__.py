"""communique keeps the diplomatic record.

    >>> import communique
    >>> findings = communique.analyse("...", published="2022-01-11")      # doctest: +SKIP
    >>> record = communique.Record.open("my.sqlite")                      # doctest: +SKIP

Everything else is loaded when it is first used, so that importing communique costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.analysis import analyse
    from communique.errors import CommuniqueError
    from communique.query import Filters
    from communique.record import Record
    from communique.records import (
        Abstention,
        Dating,
        Disagreement,
        Encounter,
        Findings,
        LinkedEncounter,
        Participant,
        Passage,
        Refusal,
        Report,
        Statement,
        TimeExpression,
    )
    from communique.settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "analyse": "analysis",
    "Record": "record",
    "Filters": "query",
    "Settings": "settings",
    "CommuniqueError": "errors",
    **dict.fromkeys(
        (
            "Abstention",
            "Dating",
            "Disagreement",
            "Encounter",
            "Findings",
            "LinkedEncounter",
            "Participant",
            "Passage",
            "Refusal",
            "Report",
            "Statement",
            "TimeExpression",
        ),
        "records",
    ),
}

__all__ = [
    "Abstention",
    "CommuniqueError",
    "Dating",
    "Disagreement",
    "Encounter",
    "Filters",
    "Findings",
    "LinkedEncounter",
    "Participant",
    "Passage",
    "Record",
    "Refusal",
    "Report",
    "Settings",
    "Statement",
    "TimeExpression",
    "__version__",
    "analyse",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"communique.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'communique' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
