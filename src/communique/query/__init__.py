"""ASK: timeline, encounters, statements, agenda, disagreements, report, status, search, reconcile, positions."""

from communique.query.filters import Filters
from communique.query.positions import Line, Step
from communique.query.reconcile import Reconciled
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
from communique.query.travel_log import LoggedTrip

__all__ = [
    "AgendaItem",
    "Change",
    "DisagreementRow",
    "DisagreementValue",
    "Evidence",
    "Filters",
    "Line",
    "LoggedTrip",
    "Mark",
    "Mention",
    "Reconciled",
    "ReportRow",
    "ReportView",
    "Results",
    "Said",
    "SearchHit",
    "Status",
    "Step",
    "TimelineEntry",
]
