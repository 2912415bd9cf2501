"""The whole journey of a report on one screen.

`analyse` is a pure function: no clock, no network, no database. One process, a pool of processes and a cluster run
the same code, and the same report with the same knowledge gives the same findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import structs

from communique import actors, dates, encounters, language, statements
from communique.actors.authority import in_force
from communique.records import Findings, Report

if TYPE_CHECKING:
    from communique.knowledge import Knowledge

__all__ = ["Scope", "analyse"]

Scope = Literal["diplomacy", "all"]
"""`diplomacy` keeps what belongs to the diplomatic record; `all` keeps every statement (for scoring attribution)."""


def analyse(
    report: Report, knowledge: Knowledge, *, scope: Scope = "diplomacy", bounds: Sequence[dates.DayBound] = ()
) -> Findings:
    """Read one cleaned report: date it, and find who met whom and who said what.

    `bounds` are what others know of the report's day: in a record, the encounters that it shares with dated reports.

    PARSE   sentences and quotations of the raw text; the gate decides which sentences are parsed
    WHEN    time expressions; the report's own day, for which the offices people hold are evidence too
    WHO     references to actors, settled for that day
    WHO MET WHOM, WHO SAID WHAT
    """
    reading = language.read(report, knowledge.gate, knowledge.parser, knowledge.chooser(scope))
    expressions = dates.find(reading)
    named = actors.refer(reading, knowledge.authority)
    published = dates.publish(reading, expressions, (*actors.day_bounds(named, knowledge.authority), *bounds))
    times = dates.resolve(reading, expressions, published)
    cast = actors.settle(reading, named, knowledge.authority, published)
    with in_force(knowledge.authority):
        met, left = encounters.find(reading, cast, times, published)
        said = statements.find(reading, cast, times, met, published, everything=scope == "all")
    return Findings(
        report=structs.replace(report, published=published),
        encounters=met,
        statements=said,
        times=times,
        abstentions=left,
        sentences=len(reading.sentences),
        parsed=sum(s.doc is not None for s in reading.sentences),
    )
