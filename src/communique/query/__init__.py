"""ASK: timeline, encounters, statements, agenda, disagreements, report, status, search."""

from communique.query.filters import Filters
from communique.query.results import (
    AgendaItem,
    Change,
    DisagreementRow,
    DisagreementValue,
    Evidence,
    Mark,
    Mention,
    ReportRow,
    ReportView,
    Results,
    Said,
    SearchHit,
    Status,
    TimelineEntry,
)

__all__ = [
    "AgendaItem",
    "Change",
    "DisagreementRow",
    "DisagreementValue",
    "Evidence",
    "Filters",
    "Mark",
    "Mention",
    "ReportRow",
    "ReportView",
    "Results",
    "Said",
    "SearchHit",
    "Status",
    "TimelineEntry",
]
