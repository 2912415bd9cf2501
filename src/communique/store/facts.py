"""Small facts that go with row numbers: names, days, counts, first passages, and the record in numbers."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from communique.store.decode import chunks, marks

__all__ = [
    "disagreement_encounters",
    "encounter_facts",
    "first_passages",
    "mention_facts",
    "names",
    "report_facts",
    "report_origins",
    "sides",
    "statement_facts",
    "totals",
]


def names(db: sqlite3.Connection) -> list[tuple[str, str | None]]:
    """Every name in the record with its id in the authority file."""
    return db.execute("SELECT name, nullif(actor, '') FROM names ORDER BY name, actor").fetchall()


def sides(db: sqlite3.Connection) -> set[str]:
    """Every side in the record."""
    found = {side for (side,) in db.execute("SELECT DISTINCT side FROM encounter_sides")}
    for (joint,) in db.execute("SELECT DISTINCT represents FROM statements WHERE represents IS NOT NULL"):
        found.update(joint.split("; "))
    return found


def _by(db: sqlite3.Connection, query: str, numbers: Iterable[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for part in chunks(numbers):
        for n, *rest in db.execute(query.replace("IN ()", f"IN {marks(part)}"), part):
            found[n] = rest
    return found


def encounter_facts(db: sqlite3.Connection, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """For each encounter: first and last day, sides (joined), number of statements, fields of disagreement (joined)."""
    return _by(
        db,
        "SELECT e.n, e.first_day, e.last_day, e.sides, (SELECT count(*) FROM mentions m JOIN statements s"
        " ON s.report = m.report AND s.at = m.id WHERE m.encounter = e.n), (SELECT group_concat(field, '; ')"
        " FROM (SELECT field FROM disagreements d WHERE d.encounter = e.n ORDER BY d.position))"
        " FROM encounters e WHERE e.n IN ()",
        numbers,
    )


def mention_facts(db: sqlite3.Connection, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """For each mention: report id, outlet, published, gid."""
    return _by(
        db,
        "SELECT m.n, r.id, r.outlet, r.published, e.gid FROM mentions m JOIN reports r ON r.n = m.report"
        " LEFT JOIN encounters e ON e.n = m.encounter WHERE m.n IN ()",
        numbers,
    )


def statement_facts(db: sqlite3.Connection, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """For each statement: report id, outlet, published, gid of the encounter at which it was said."""
    return _by(
        db,
        "SELECT s.n, r.id, r.outlet, r.published, e.gid FROM statements s JOIN reports r ON r.n = s.report"
        " LEFT JOIN mentions m ON m.report = s.report AND m.id = s.at"
        " LEFT JOIN encounters e ON e.n = m.encounter WHERE s.n IN ()",
        numbers,
    )


def report_facts(db: sqlite3.Connection, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """For each report: id, title, outlet, url, published, basis, language, origin, mentions, statements, set aside."""
    return _by(
        db,
        "SELECT r.n, r.id, r.title, r.outlet, r.url, r.published, r.published_basis, r.language, r.origin,"
        " (SELECT count(*) FROM mentions m WHERE m.report = r.n),"
        " (SELECT count(*) FROM statements s WHERE s.report = r.n), r.set_aside FROM reports r WHERE r.n IN ()",
        numbers,
    )


def disagreement_encounters(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, int]:
    """For each disagreement the row number of its encounter."""
    found = _by(db, "SELECT n, encounter FROM disagreements WHERE n IN ()", numbers)
    return {n: encounter for n, (encounter,) in found.items()}


def report_origins(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[str | None, str | None, str]]:
    """For each report id: outlet, published, origin."""
    found: dict[str, tuple[str | None, str | None, str]] = {}
    for name in sorted(set(ids)):
        row = db.execute("SELECT outlet, published, origin FROM reports WHERE id = ?", (name,)).fetchone()
        found[name] = tuple(row)
    return found


def first_passages(
    db: sqlite3.Connection, encounters: Iterable[int]
) -> dict[int, list[tuple[str, str, int, int, str]]]:
    """For each encounter the first passage of each mention: (report id, mention id, start, end, words)."""
    found: dict[int, list[tuple[str, str, int, int, str]]] = defaultdict(list)
    for part in chunks(encounters):
        for n, *passage in db.execute(
            'SELECT m.encounter, r.id, m.id, p.start, p."end", p.words FROM mentions m'
            " JOIN passages p ON p.mention = m.n AND p.position = 0 AND p.role = 'evidence'"
            f" JOIN reports r ON r.n = m.report WHERE m.encounter IN {marks(part)} ORDER BY r.id, m.position",
            part,
        ):
            found[n].append(tuple(passage))
    return found


_WITH_PASSAGES: Final = ("passages", "times", "abstentions", "disagreement_passages", "furniture", "inferred_dates")


def totals(db: sqlite3.Connection) -> dict[str, Any]:
    """The record in numbers; dictionaries for what is counted by something."""

    def one(query: str) -> Any:
        return db.execute(query).fetchone()[0]

    def by(query: str) -> dict[str, int]:
        return dict(db.execute(query).fetchall())

    first, last = db.execute("SELECT min(published_first), max(published_last) FROM reports").fetchone()
    sentences, parsed = db.execute(
        "SELECT coalesce(sum(sentences), 0), coalesce(sum(parsed), 0) FROM reports"
    ).fetchone()
    return {
        "schema": one("PRAGMA user_version"),
        "reports": one("SELECT count(*) FROM reports"),
        "analysed": one("SELECT count(*) FROM reports WHERE set_aside IS NULL"),
        "set_aside": one("SELECT count(*) FROM reports WHERE set_aside IS NOT NULL"),
        "refused": one("SELECT count(*) FROM refusals"),
        "dated": one("SELECT count(*) FROM reports WHERE set_aside IS NULL AND published IS NOT NULL"),
        "first": first,
        "last": last,
        "mentions": one("SELECT count(*) FROM mentions"),
        "encounters": one("SELECT count(*) FROM encounters"),
        "statements": one("SELECT count(*) FROM statements"),
        # as `verify` re-reads them
        "passages": sum(one(f"SELECT count(*) FROM {table}") for table in _WITH_PASSAGES)
        + one("SELECT count(*) FROM reports WHERE relay_words IS NOT NULL"),
        "abstentions": one("SELECT count(*) FROM abstentions"),
        "disagreements": one("SELECT count(*) FROM disagreements"),
        "near_copies": one("SELECT count(*) FROM near_copies"),
        "origins": one("SELECT count(DISTINCT origin) FROM reports"),
        "sentences": sentences,
        "parsed": parsed,
        "languages": by("SELECT language, count(*) FROM reports GROUP BY 1 ORDER BY 2 DESC, 1"),
        "bases": by(
            "SELECT coalesce(published_basis, 'unknown'), count(*) FROM reports WHERE set_aside IS NULL"
            " GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        "knowledge": by("SELECT coalesce(knowledge, 'unknown'), count(*) FROM reports GROUP BY 1 ORDER BY 2 DESC, 1"),
        "set_aside_reasons": by(
            "SELECT set_aside, count(*) FROM reports WHERE set_aside IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
    }
