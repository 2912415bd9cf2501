"""The questions, each a function of a reader and filters."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from communique import __version__
from communique.errors import BadFilter, NotFound
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
from communique.query.words import every_word, selection
from communique.records import Encounter, Findings, LinkedEncounter, Statement
from communique.store import Reader, decode, select
from communique.store import facts as facts_of
from communique.store.connection import guarded

__all__ = [
    "agenda",
    "disagreements",
    "encounter",
    "encounters",
    "entries_of",
    "report",
    "reports",
    "search",
    "statements",
    "status",
    "timeline",
]


def _selection(reader: Reader, filters: Filters) -> select.Selection:
    known = facts_of.names(reader.db) if filters.actor else []
    return selection(filters, known, facts_of.sides(reader.db) if filters.side else ())


# ---- encounters


def timeline(reader: Reader, filters: Filters) -> Results[TimelineEntry]:
    """Encounters, each counted once, by date; those without a date at the end."""
    with guarded(reader.path):
        numbers, total = select.encounter_numbers(reader.db, _selection(reader, filters))
        return Results(entries_of(reader.db, numbers), total)


def encounter(reader: Reader, gid: str) -> TimelineEntry:
    """The encounter with this id, or the only one whose id begins so. Raises NotFound."""
    with guarded(reader.path):
        numbers, _ = select.encounter_numbers(reader.db, select.Selection(limit=6), gid)
        if len(numbers) == 1 and gid:
            return entries_of(reader.db, numbers)[0]
        near = [entry.gid for entry in entries_of(reader.db, numbers)] if gid else []
    raise NotFound(
        f"no encounter {gid!r}" if not near else f"{gid!r} is the beginning of several ids",
        where=str(reader.path),
        remedy=f"Write it out: {', '.join(near)}" if near else "`communique timeline` lists the encounters.",
    )


def entries_of(db: sqlite3.Connection, numbers: Sequence[int]) -> list[TimelineEntry]:
    """The encounters of these numbers, in that order."""
    linked = decode.linked(db, numbers)
    facts = facts_of.encounter_facts(db, numbers)
    passages = facts_of.first_passages(db, numbers)
    return [_entry(linked[n], facts[n], passages[n]) for n in numbers]


def _entry(
    met: LinkedEncounter, facts: Sequence[Any], passages: Iterable[tuple[str, str, int, int, str]]
) -> TimelineEntry:
    first, last, sides, said, fields = facts
    return TimelineEntry(
        gid=met.gid,
        kind=met.kind,
        status=met.status,
        date=met.date,
        date_basis=met.date_basis,
        first=first,
        last=last,
        participants=met.participants,
        sides=_parted(sides),
        place=met.place,
        country=met.country,
        forum=met.forum,
        duration=met.duration,
        part_of=met.part_of,
        topics=met.topics,
        reports=met.reports,
        origins=met.origins,
        statements=said,
        disagreements=tuple(dict.fromkeys(_parted(fields))),
        mentions=met.mentions,
        life=_changes(met.life),
        evidence=tuple(Evidence(name, start, end, words) for name, _, start, end, words in passages),
        because=met.because,
        confidence=met.confidence,
    )


def _parted(joint: str | None) -> tuple[str, ...]:
    return tuple(joint.split("; ")) if joint else ()


def _changes(life: Iterable[tuple[str, str | None, str | None, str, str]]) -> tuple[Change, ...]:
    return tuple(Change(status, date, published, name, local) for status, date, published, name, local in life)  # type: ignore[arg-type]


def encounters(reader: Reader, filters: Filters) -> Results[Mention]:
    """Encounters as each report tells them, by report and place in the text."""
    with guarded(reader.path):
        numbers, total = select.mention_numbers(reader.db, _selection(reader, filters))
        met = decode.dated(reader.db, numbers)
        facts = facts_of.mention_facts(reader.db, numbers)
        return Results((_mention(facts[n], met[n]) for n in numbers), total)


def _mention(facts: Sequence[Any], met: Encounter) -> Mention:
    name, outlet, published, gid = facts
    return Mention(name, outlet, published, gid, met)


# ---- statements


def statements(reader: Reader, filters: Filters) -> Results[Said]:
    """Statements by day, report and place in the text."""
    with guarded(reader.path):
        numbers, total = select.statement_numbers(reader.db, _selection(reader, filters))
        said = decode.statements(reader.db, numbers)
        facts = facts_of.statement_facts(reader.db, numbers)
        return Results((_said(facts[n], said[n]) for n in numbers), total)


def _said(facts: Sequence[Any], said: Statement) -> Said:
    name, outlet, published, gid = facts
    return Said(name, outlet, published, gid, said)


# ---- agenda


def agenda(reader: Reader, as_of: str, filters: Filters) -> Results[AgendaItem]:
    """What was due, overdue or open on the day `as_of`, by what was published until then. Raises BadDate."""
    from communique import linking  # late: it needs numpy, and the other questions do not

    with guarded(reader.path):
        chosen = _selection(reader, filters)
        numbers = select.plan_numbers(reader.db, chosen, as_of)
        linked = decode.linked(reader.db, numbers)
        facts = {linked[n].gid: found for n, found in facts_of.encounter_facts(reader.db, numbers).items()}
        number_of = {linked[n].gid: n for n in numbers}
        items = []
        for item in linking.agenda(linked.values(), as_of):
            row = _agenda_item(item, as_of, _parted(facts[item.gid][2]))
            if _planned_within(row, filters):
                items.append(row)
        page = items[filters.offset :][: filters.limit] if filters.limit is not None else items[filters.offset :]
        words = facts_of.first_passages(reader.db, [number_of[item.gid] for item in page])
        shown = [_with_evidence(item, words[number_of[item.gid]]) for item in page]
        return Results(shown, len(items))


def _agenda_item(item: Any, as_of: str, sides: tuple[str, ...]) -> AgendaItem:
    from datetime import date

    from communique.store.rows import days

    first, last = days(item.date)
    off = None
    if item.state != "open" and first and last:
        day = first if item.state == "due" else last
        off = (date.fromisoformat(day) - date.fromisoformat(as_of)).days
        # A period that has begun is due now, not days ago.
        off = max(off, 0) if item.state == "due" else off
    met: LinkedEncounter = item.encounter
    return AgendaItem(
        gid=item.gid,
        state=item.state,
        kind=met.kind,
        status=item.status,
        date=item.date,
        first=first,
        last=last,
        days=off,
        participants=met.participants,
        sides=sides,
        place=met.place,
        country=met.country,
        forum=met.forum,
        topics=met.topics,
        changes=_changes(item.life),
    )


def _planned_within(item: AgendaItem, filters: Filters) -> bool:
    if filters.status and item.status not in filters.status:
        return False
    if filters.since and (item.last is None or item.last < filters.since):
        return False
    return not (filters.until and (item.first is None or item.first > filters.until))


def _with_evidence(item: AgendaItem, passages: Iterable[tuple[str, str, int, int, str]]) -> AgendaItem:
    """The item with the words of each report that was out by then, the last to speak first."""
    import msgspec

    words = {(name, local): Evidence(name, start, end, text) for name, local, start, end, text in passages}
    known = [words[c.report, c.encounter] for c in reversed(item.changes) if (c.report, c.encounter) in words]
    return msgspec.structs.replace(item, evidence=tuple(known))


# ---- disagreements


def disagreements(reader: Reader, filters: Filters) -> Results[DisagreementRow]:
    """Fields of encounters on which reports cannot both be right."""
    with guarded(reader.path):
        db = reader.db
        numbers, total = select.disagreement_numbers(db, _selection(reader, filters))
        parted = decode.disagreements(db, numbers)
        reports = facts_of.report_origins(db, (v[1] for d in parted.values() for v in d.values))
        home = facts_of.disagreement_encounters(db, numbers)
        linked = decode.linked(db, set(home.values()))
        facts = facts_of.encounter_facts(db, sorted(linked))
        rows = []
        for n in numbers:
            one, met = parted[n], linked[home[n]]
            values = []
            for value, name, local, passages in one.values:
                outlet, published, origin = reports[name]
                values.append(DisagreementValue(value, name, outlet, published, local, origin, passages))
            rows.append(
                DisagreementRow(
                    gid=one.gid,
                    field=one.field,
                    because=one.because,
                    kind=met.kind,
                    date=met.date,
                    sides=_parted(facts[home[n]][2]),
                    participants=met.participants,
                    values=tuple(values),
                )
            )
        return Results(rows, total)


# ---- reports


def report(reader: Reader, name: str) -> ReportView:
    """One report with everything found in it. Raises NotFound."""
    held = reader.find(name)
    with guarded(reader.path):
        findings = reader.findings(held.n)
        numbers, _ = select.mention_numbers(reader.db, select.Selection(report=held.id))
        facts = facts_of.mention_facts(reader.db, numbers)
        gids = {
            met.id: facts[n][3] for n, met in decode.mentions(reader.db, numbers).items() if facts[n][3] is not None
        }
        copies = sorted({c.a if c.b == held.id else c.b for c in reader.near_copies(held.n)})
        return ReportView(
            findings=findings,
            origin=held.origin,
            copies=tuple(copies),
            gids=gids,
            set_aside=held.set_aside,
            knowledge=held.knowledge,
            marks=_marks(findings),
            relay=held.relay,
        )


def _marks(found: Findings) -> tuple[Mark, ...]:
    marks = [Mark(p.start, p.end, "encounter", met.id) for met in found.encounters for p in met.evidence]
    for said in found.statements:
        marks += [Mark(p.start, p.end, "statement", said.id) for p in said.evidence]
        marks += [Mark(p.start, p.end, "content", said.id) for p in said.content]
        for passage, role in ((said.speaker_passage, "speaker"), (said.cue, "cue")):
            if passage is not None:
                marks.append(Mark(passage.start, passage.end, role, said.id))
    marks += [Mark(t.start, t.end, "time") for t in found.times]
    marks += [Mark(a.passage.start, a.passage.end, "abstention") for a in found.abstentions]
    return tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.role, m.id or "")))


def reports(reader: Reader, filters: Filters) -> Results[ReportRow]:
    """The reports by day of publication."""
    with guarded(reader.path):
        numbers, total = select.report_numbers(reader.db, _selection(reader, filters))
        facts = facts_of.report_facts(reader.db, numbers)
        return Results((ReportRow(*facts[n]) for n in numbers), total)


def status(reader: Reader) -> Status:
    """What the record holds, in numbers."""
    with guarded(reader.path):
        counts = facts_of.totals(reader.db)
    return Status(
        path=str(reader.path),
        program=__version__,
        bytes=reader.path.stat().st_size,
        dated_share=round(counts["dated"] / counts["analysed"], 4) if counts["analysed"] else None,
        refusals=tuple(reader.refusals(100)),
        **counts,
    )


# ---- search

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(r"\x02(?P<found>[^\x02\x03]*)\x03|(?P<plain>[^\x02\x03]+)")


def search(reader: Reader, words: str, filters: Filters) -> Results[SearchHit]:
    """Reports, encounters and statements that hold the words, best first. Raises BadFilter where there is no word."""
    plain = every_word(words)
    if plain is None:
        raise BadFilter(f"{words!r} has no word in it", where="search", remedy="Give at least one word.")
    with guarded(reader.path):
        chosen = _selection(reader, filters)
        try:
            hits, total = _hits(reader.db, words, chosen)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
                raise
            # Not an expression of FTS5 ("U.S.-Russia", an apostrophe): the words themselves are meant.
            hits, total = _hits(reader.db, plain, chosen)
    end = None if filters.limit is None else filters.offset + filters.limit
    return Results(hits[filters.offset : end], total)


def _hits(db: sqlite3.Connection, match: str, chosen: select.Selection) -> tuple[list[SearchHit], int]:
    hits: list[SearchHit] = []
    total = 0
    tables: tuple[tuple[select.Table, str], ...] = (
        ("reports", "report"),
        ("mentions", "encounter"),
        ("statements", "statement"),
    )
    for table, what in tables:
        rows, count = select.found(db, table, match, chosen, (_OPEN, _CLOSE))
        total += count
        for name, local, gid, title, outlet, published, snippet, rank in rows:
            text, spans = _highlights(snippet or "")
            hits.append(
                SearchHit(what, name, local, gid, title, outlet, published, text, spans, round(-rank, 4))  # type: ignore[arg-type]
            )
    return sorted(hits, key=lambda h: (-h.rank, h.report, h.what, h.id or "")), total


def _highlights(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The snippet without the marks, and where they were."""
    text, spans = "", []
    for part in _MARKED.finditer(snippet):
        start = len(text)
        text += part["found"] or part["plain"] or ""
        if part["found"]:
            spans.append((start, len(text)))
    return text, tuple(spans)
