"""WHEN: expressions of time, what they mean, the report's own day, and which date belongs to which clause."""

from communique.dates.attach import duration_for, for_span
from communique.dates.edtf import days, inside, interval, meet, overlap, precision, valid
from communique.dates.find import find
from communique.dates.publish import DayBound, publish
from communique.dates.resolve import resolve
from communique.dates.timexes import timexes

__all__ = [
    "DayBound",
    "days",
    "duration_for",
    "find",
    "for_span",
    "inside",
    "interval",
    "meet",
    "overlap",
    "precision",
    "publish",
    "resolve",
    "timexes",
    "valid",
]
