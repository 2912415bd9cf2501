"""Rows back to records: a report's findings, mentions, statements and encounters as they were handed in."""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from communique.intake import RawReport
from communique.records import (
    Abstention,
    Dating,
    Disagreement,
    Encounter,
    Findings,
    Furniture,
    LinkedEncounter,
    Participant,
    Passage,
    Piece,
    Report,
    Statement,
    TimeExpression,
)
from communique.store.rows import unpacked

__all__ = [
    "chunks",
    "dated",
    "disagreements",
    "findings",
    "linked",
    "mentions",
    "raw_report",
    "statements",
]

_CHUNK: Final = 400
"""Numbers in one IN list: below SQLite's oldest limit of 999 parameters."""

Owned = dict[int, list[Any]]


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in lists short enough for one query."""
    part: list[int] = []
    for n in numbers:
        part.append(n)
        if len(part) == _CHUNK:
            yield part
            part = []
    if part:
        yield part


def marks(numbers: Sequence[int]) -> str:
    """A parenthesised list of as many question marks."""
    return f"({','.join('?' * len(numbers))})"


def _people(db: sqlite3.Connection, table: str, owner: str, numbers: Sequence[int]) -> dict[int, list[Participant]]:
    found: dict[int, list[Participant]] = defaultdict(list)
    rows = db.execute(
        f"SELECT {owner}, name, type, represents, role, actor, office FROM {table}"
        f" WHERE {owner} IN {marks(numbers)} ORDER BY {owner}, position",
        numbers,
    )
    for n, *fields in rows:
        found[n].append(Participant(*fields))
    return found


def _passages(db: sqlite3.Connection, owner: str, numbers: Sequence[int]) -> dict[tuple[int, str], list[Passage]]:
    found: dict[tuple[int, str], list[Passage]] = defaultdict(list)
    rows = db.execute(
        f'SELECT {owner}, role, start, "end", words FROM passages WHERE {owner} IN {marks(numbers)}'
        f" ORDER BY {owner}, role, position",
        numbers,
    )
    for n, role, *span in rows:
        found[n, role].append(Passage(*span))
    return found


def mentions(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Encounter]:
    """The encounters with these row numbers of `mentions`."""
    found: dict[int, Encounter] = {}
    for part in chunks(numbers):
        people = _people(db, "mention_participants", "mention", part)
        evidence = _passages(db, "mention", part)
        rows = db.execute(
            "SELECT n, id, kind, status, date, date_basis, date_because, duration, place, country, forum, level,"
            f" format, number, part_of, topics, confidence, because FROM mentions WHERE n IN {marks(part)}",
            part,
        )
        for n, id_, kind, status, *middle, topics, confidence, because in rows:
            names = (
                "date", "date_basis", "date_because", "duration", "place", "country", "forum", "level", "format",
                "number", "part_of",
            )  # fmt: skip
            found[n] = Encounter(
                id=id_,
                kind=kind,
                status=status,
                participants=tuple(people[n]),
                evidence=tuple(evidence[n, "evidence"]),
                topics=unpacked(topics),
                confidence=confidence,
                because=unpacked(because),
                **dict(zip(names, middle, strict=True)),
            )
    return found


def dated(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Encounter]:
    """The same, with the days that other reports of their encounter give them where their own report gives none."""
    found = mentions(db, numbers)
    for part in chunks(found):
        for n, date, because in db.execute(
            f"SELECT mention, date, because FROM inferred_dates WHERE mention IN {marks(part)}", part
        ):
            found[n] = msgspec.structs.replace(found[n], date=date, date_basis="inferred", date_because=because)
    return found


def statements(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Statement]:
    """The statements with these row numbers."""
    found: dict[int, Statement] = {}
    for part in chunks(numbers):
        people = _people(db, "statement_speakers", "statement", part)
        passages = _passages(db, "statement", part)
        rows = db.execute(
            "SELECT n, id, mode, act, addressee, about, at, date, date_basis, relayed_by, confidence, because"
            f" FROM statements WHERE n IN {marks(part)}",
            part,
        )
        for n, id_, mode, act, addressee, about, at, date, basis, relayed, confidence, because in rows:
            cue, speaker = passages[n, "cue"], passages[n, "speaker"]
            found[n] = Statement(
                id=id_,
                speakers=tuple(people[n]),
                mode=mode,
                act=act,
                content=tuple(passages[n, "content"]),
                evidence=tuple(passages[n, "evidence"]),
                cue=cue[0] if cue else None,
                speaker_passage=speaker[0] if speaker else None,
                addressee=addressee,
                about=about,
                at=at,
                date=date,
                date_basis=basis,
                relayed_by=relayed,
                confidence=confidence,
                because=unpacked(because),
            )
    return found


def linked(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, LinkedEncounter]:
    """The encounters, each counted once, with these row numbers."""
    found: dict[int, LinkedEncounter] = {}
    for part in chunks(numbers):
        people = _people(db, "encounter_participants", "encounter", part)
        members: Owned = defaultdict(list)
        for n, report, mention in db.execute(
            "SELECT m.encounter, r.id, m.id FROM mentions m JOIN reports r ON r.n = m.report"
            f" WHERE m.encounter IN {marks(part)} ORDER BY m.encounter, r.id, m.position",
            part,
        ):
            members[n].append((report, mention))
        life: Owned = defaultdict(list)
        for n, *step in db.execute(
            "SELECT encounter, status, date, published, report, mention FROM encounter_life"
            f" WHERE encounter IN {marks(part)} ORDER BY encounter, position",
            part,
        ):
            life[n].append(tuple(step))
        rows = db.execute(
            "SELECT n, gid, kind, status, date, date_basis, place, country, forum, duration, part_of, topics, reports,"
            f" origins, because, confidence FROM encounters WHERE n IN {marks(part)}",
            part,
        )
        for row in rows:
            n, gid, kind, status, date, basis, place, country, forum, duration, part_of, topics = row[:12]
            found[n] = LinkedEncounter(
                gid=gid,
                kind=kind,
                status=status,
                mentions=tuple(members[n]),
                participants=tuple(people[n]),
                date=date,
                date_basis=basis,
                place=place,
                country=country,
                forum=forum,
                duration=duration,
                part_of=part_of,
                topics=unpacked(topics),
                reports=row[12],
                origins=row[13],
                life=tuple(life[n]),
                because=unpacked(row[14]),
                confidence=row[15],
            )
    return found


def disagreements(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Disagreement]:
    """The disagreements with these row numbers."""
    found: dict[int, Disagreement] = {}
    for part in chunks(numbers):
        passages: dict[int, list[Passage]] = defaultdict(list)
        for n, *span in db.execute(
            'SELECT p.value, p.start, p."end", p.words FROM disagreement_passages p'
            " JOIN disagreement_values v ON v.n = p.value"
            f" WHERE v.disagreement IN {marks(part)} ORDER BY p.value, p.position",
            part,
        ):
            passages[n].append(Passage(*span))
        values: Owned = defaultdict(list)
        for n, value_n, value, report, mention in db.execute(
            "SELECT v.disagreement, v.n, v.value, r.id, v.mention FROM disagreement_values v"
            f" JOIN reports r ON r.n = v.report WHERE v.disagreement IN {marks(part)}"
            " ORDER BY v.disagreement, v.position",
            part,
        ):
            values[n].append((value, report, mention, tuple(passages[value_n])))
        for n, gid, field, because in db.execute(
            "SELECT d.n, e.gid, d.field, d.because FROM disagreements d JOIN encounters e ON e.n = d.encounter"
            f" WHERE d.n IN {marks(part)}",
            part,
        ):
            found[n] = Disagreement(gid, field, tuple(values[n]), because)
    return found


def raw_report(blob: bytes) -> RawReport:
    """The report as it was read."""
    return msgspec.msgpack.decode(zlib.decompress(blob), type=RawReport)


def _report(db: sqlite3.Connection, n: int) -> tuple[Report, int, int]:
    row = db.execute(
        "SELECT id, text, title, title_end, outlet, url, language, path, metadata_published, published,"
        " published_basis, published_because, published_constraints, original, pieces, raw, sentences, parsed"
        " FROM reports WHERE n = ?",
        (n,),
    ).fetchone()
    furniture = db.execute('SELECT start, "end", words, reason FROM furniture WHERE report = ? ORDER BY position', (n,))
    original = row[13]
    if original is None:
        raw = raw_report(row[15])
        original = raw.text
    names = ("id", "text", "title", "title_end", "outlet", "url", "language", "path", "metadata_published")
    report = Report(
        **dict(zip(names, row, strict=False)),
        published=Dating(row[9], row[10], row[11], unpacked(row[12])),
        pieces=msgspec.msgpack.decode(row[14], type=tuple[Piece, ...]) if row[14] is not None else (),
        furniture=tuple(Furniture(*f) for f in furniture),
        original=original,
    )
    return report, row[16], row[17]


def findings(db: sqlite3.Connection, n: int) -> Findings:
    """All that was found in the report with this row number, as it was handed in but for days that others give."""
    report, sentences, parsed = _report(db, n)
    met = [row[0] for row in db.execute("SELECT n FROM mentions WHERE report = ? ORDER BY position", (n,))]
    said = [row[0] for row in db.execute("SELECT n FROM statements WHERE report = ? ORDER BY position", (n,))]
    times = db.execute(
        'SELECT start, "end", words, type, value, timex, basis, because, candidates, approximate FROM times'
        " WHERE report = ? ORDER BY position",
        (n,),
    )
    left = db.execute('SELECT start, "end", words, reason FROM abstentions WHERE report = ? ORDER BY position', (n,))
    by_mention, by_statement = dated(db, met), statements(db, said)
    return Findings(
        report=report,
        encounters=tuple(by_mention[m] for m in met),
        statements=tuple(by_statement[s] for s in said),
        times=tuple(TimeExpression(**_time(row)) for row in times),
        abstentions=tuple(Abstention(Passage(a, b, words), reason) for a, b, words, reason in left),
        sentences=sentences,
        parsed=parsed,
    )


def _time(row: Sequence[Any]) -> dict[str, Any]:
    names = ("start", "end", "text", "type", "value", "timex", "basis", "because")
    fields: dict[str, Any] = dict(zip(names, row, strict=False))
    return {**fields, "candidates": unpacked(row[8]), "approximate": bool(row[9])}
