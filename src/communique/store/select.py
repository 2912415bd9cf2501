"""Which rows answer a question: row numbers by conditions, and the small facts that go with them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

import msgspec

from communique.store.decode import chunks, marks

__all__ = [
    "Page",
    "Selection",
    "Table",
    "disagreement_encounters",
    "disagreement_numbers",
    "encounter_facts",
    "encounter_numbers",
    "first_passages",
    "found",
    "mention_facts",
    "mention_numbers",
    "names",
    "plan_numbers",
    "report_facts",
    "report_numbers",
    "report_origins",
    "sides",
    "statement_facts",
    "statement_numbers",
    "totals",
]


class Selection(msgspec.Struct, frozen=True):
    """Conditions as the tables know them; all must hold.

    `actors` has for each actor asked for the names that it may stand under; `sides` must all be there. `first` and
    `last` are days (ISO). `forum`, `place` and `text` are FTS5 expressions; `country` is an alternative to `place`.
    """

    actors: tuple[tuple[str, ...], ...] = ()
    sides: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    forum: str | None = None
    place: str | None = None
    country: str | None = None
    outlet: str | None = None
    report: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0


Page: TypeAlias = tuple[list[int], int]
"""The row numbers of one page in order, and the number of all."""
Table: TypeAlias = Literal["reports", "mentions", "statements"]

_JSON = msgspec.json.Encoder()


class _Where:
    """Conditions joined by AND, with their parameters; list parameters go as JSON."""

    def __init__(self) -> None:
        self.clauses: list[str] = []
        self.values: dict[str, Any] = {}

    def add(self, clause: str, *values: Any) -> None:
        """A clause with `?` for each value."""
        for value in values:
            name = f"v{len(self.values)}"
            self.values[name] = _JSON.encode(value).decode() if isinstance(value, (list, tuple)) else value
            clause = clause.replace("?", f":{name}", 1)
        self.clauses.append(clause)

    @property
    def sql(self) -> str:
        return " AND ".join(f"({c})" for c in self.clauses) or "1"


_IN: Final = "IN (SELECT value FROM json_each(?))"


def _page(db: sqlite3.Connection, tables: str, where: _Where, order: str, number: str, page: Selection) -> Page:
    rows = db.execute(
        f"SELECT {number} FROM {tables} WHERE {where.sql} ORDER BY {order} LIMIT :limit OFFSET :offset",
        {**where.values, "limit": -1 if page.limit is None else page.limit, "offset": page.offset},
    )
    numbers = [n for (n,) in rows]
    if page.limit is None and not page.offset:
        return numbers, len(numbers)
    counted = tables if where.clauses else tables.partition(" ")[0]  # without conditions, joins change no count
    total = db.execute(f"SELECT count(*) FROM {counted} WHERE {where.sql}", where.values).fetchone()[0]
    return numbers, total


# ---- encounters, each counted once


def _encounters(s: Selection, where: _Where) -> None:
    for names_ in s.actors:
        where.add(f"e.n IN (SELECT encounter FROM encounter_participants WHERE name {_IN})", names_)
    for side in s.sides:
        where.add("e.n IN (SELECT encounter FROM encounter_sides WHERE side = ?)", side)
    if s.kinds:
        where.add(f"e.kind {_IN}", s.kinds)
    if s.statuses:
        where.add(f"e.status {_IN}", s.statuses)
    if s.acts or s.modes:
        told = _Where()
        if s.acts:
            told.add(f"st.act {_IN}", s.acts)
        if s.modes:
            told.add(f"st.mode {_IN}", s.modes)
        clause = (
            "e.n IN (SELECT sm.encounter FROM statements st JOIN mentions sm ON sm.report = st.report"
            f" AND sm.id = st.at WHERE {told.sql})"
        )
        for name in told.values:
            clause = clause.replace(f":{name}", "?", 1)
        where.add(clause, *(msgspec.json.decode(v) for v in told.values.values()))
    if s.first:
        where.add("e.last_day >= ?", s.first)
    if s.last:
        where.add("e.first_day <= ?", s.last)
    for match in _matches(s):
        where.add(
            "e.n IN (SELECT fm.encounter FROM mentions fm WHERE fm.n IN"
            " (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?))",
            match,
        )
    if s.place:
        where.add(
            "e.country = ? OR e.n IN (SELECT fm.encounter FROM mentions fm WHERE fm.n IN"
            " (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?))",
            s.country,
            f"place : ({s.place})",
        )
    for column, value in (("outlet", s.outlet), ("id", s.report)):
        if value:
            where.add(
                "e.n IN (SELECT rm.encounter FROM mentions rm JOIN reports rr ON rr.n = rm.report"
                f" WHERE rr.{column} = ?)",
                value,
            )


def _matches(s: Selection) -> list[str]:
    found = [f"forum : ({s.forum})"] if s.forum else []
    return [*found, f"evidence : ({s.text})"] if s.text else found


def encounter_numbers(db: sqlite3.Connection, s: Selection, gid: str | None = None) -> Page:
    """Encounters by date, those without one last; with `gid` those whose id begins so."""
    where = _Where()
    _encounters(s, where)
    if gid is not None:
        where.add(f"substr(e.gid, 1, {len(gid)}) = ?", gid)
    return _page(db, "encounters e", where, "e.first_day IS NULL, e.first_day, e.last_day, e.gid", "e.n", s)


def plan_numbers(db: sqlite3.Connection, s: Selection, as_of: str) -> list[int]:
    """Encounters that some report told as a plan and none had told as having taken place by the day `as_of`.

    Not filtered by status and day, which were other ones before.
    """
    where = _Where()
    _encounters(msgspec.structs.replace(s, statuses=(), first=None, last=None, limit=None, offset=0), where)
    where.add("e.n IN (SELECT encounter FROM encounter_life WHERE status IN ('proposed', 'scheduled', 'postponed'))")
    # Of a period of publication the first day counts; a report without a day counts as known throughout.
    where.add(
        "NOT EXISTS (SELECT 1 FROM encounter_life l WHERE l.encounter = e.n AND l.status IN ('held', 'ongoing',"
        " 'disputed') AND (l.published IS NULL OR substr(l.published, 1, 10) <= ?))",
        as_of,
    )
    return _page(db, "encounters e", where, "e.gid", "e.n", Selection())[0]


def disagreement_numbers(db: sqlite3.Connection, s: Selection, field: str | None = None) -> Page:
    """Disagreements by the date of their encounter."""
    where = _Where()
    _encounters(s, where)
    if field is not None:
        where.add("d.field = ?", field)
    order = "e.first_day IS NULL, e.first_day, e.last_day, e.gid, d.position"
    return _page(db, "disagreements d JOIN encounters e ON e.n = d.encounter", where, order, "d.n", s)


# ---- mentions, statements, reports


def _mentions(s: Selection, where: _Where) -> None:
    for names_ in s.actors:
        where.add(f"m.n IN (SELECT mention FROM mention_participants WHERE name {_IN})", names_)
    for side in s.sides:
        where.add("instr('; ' || m.sides || '; ', '; ' || ? || '; ')", side)
    if s.kinds:
        where.add(f"m.kind {_IN}", s.kinds)
    if s.statuses:
        where.add(f"m.status {_IN}", s.statuses)
    if s.acts:
        where.add(
            f"EXISTS (SELECT 1 FROM statements st WHERE st.report = m.report AND st.at = m.id AND st.act {_IN})", s.acts
        )
    if s.first:
        where.add("m.last_day >= ?", s.first)
    if s.last:
        where.add("m.first_day <= ?", s.last)
    for match in _matches(s):
        where.add("m.n IN (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?)", match)
    if s.place:
        where.add(
            "m.country = ? OR m.n IN (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?)",
            s.country,
            f"place : ({s.place})",
        )
    if s.outlet:
        where.add("r.outlet = ?", s.outlet)
    if s.report:
        where.add("r.id = ?", s.report)


def mention_numbers(db: sqlite3.Connection, s: Selection) -> Page:
    """Mentions by report and place in the text."""
    where = _Where()
    _mentions(s, where)
    return _page(db, "mentions m JOIN reports r ON r.n = m.report", where, "r.id, m.position", "m.n", s)


_STATEMENTS: Final = (
    "statements s JOIN reports r ON r.n = s.report LEFT JOIN mentions m ON m.report = s.report AND m.id = s.at"
)


def _statements(s: Selection, where: _Where) -> None:
    for names_ in s.actors:
        where.add(f"s.n IN (SELECT statement FROM statement_speakers WHERE name {_IN})", names_)
    for side in s.sides:
        where.add("instr('; ' || s.represents || '; ', '; ' || ? || '; ')", side)
    for column, values in (("s.act", s.acts), ("s.mode", s.modes), ("m.kind", s.kinds), ("m.status", s.statuses)):
        if values:
            where.add(f"{column} {_IN}", values)
    if s.first:
        where.add("coalesce(s.last_day, r.published_last) >= ?", s.first)
    if s.last:
        where.add("s.day <= ?", s.last)
    if s.forum:
        where.add("m.n IN (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?)", f"forum : ({s.forum})")
    if s.place:
        where.add(
            "m.country = ? OR m.n IN (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?)",
            s.country,
            f"place : ({s.place})",
        )
    if s.text:
        where.add("s.n IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", f"said : ({s.text})")
    if s.outlet:
        where.add("r.outlet = ?", s.outlet)
    if s.report:
        where.add("r.id = ?", s.report)


def statement_numbers(db: sqlite3.Connection, s: Selection) -> Page:
    """Statements by day (that of the report where they have none), report and place in the text."""
    where = _Where()
    _statements(s, where)
    order = "s.day IS NULL, s.day, r.id, s.position"
    return _page(db, _STATEMENTS, where, order, "s.n", s)


def _reports(s: Selection, where: _Where) -> None:
    for names_ in s.actors:
        where.add(
            "r.n IN (SELECT m.report FROM mentions m JOIN mention_participants p ON p.mention = m.n"
            f" WHERE p.name {_IN} UNION SELECT st.report FROM statements st"
            f" JOIN statement_speakers p ON p.statement = st.n WHERE p.name {_IN})",
            names_,
            names_,
        )
    for side in s.sides:
        where.add(
            "EXISTS (SELECT 1 FROM mentions m WHERE m.report = r.n"
            " AND instr('; ' || m.sides || '; ', '; ' || ? || '; '))"
            " OR EXISTS (SELECT 1 FROM statements st WHERE st.report = r.n"
            " AND instr('; ' || st.represents || '; ', '; ' || ? || '; '))",
            side,
            side,
        )
    for table, column, values in (
        ("mentions", "kind", s.kinds),
        ("mentions", "status", s.statuses),
        ("statements", "act", s.acts),
        ("statements", "mode", s.modes),
    ):
        if values:
            where.add(f"r.n IN (SELECT report FROM {table} WHERE {column} {_IN})", values)
    if s.first:
        where.add("r.published_last >= ?", s.first)
    if s.last:
        where.add("r.published_first <= ?", s.last)
    for column in ("forum", "place"):
        words = getattr(s, column)
        if words:
            where.add(
                "r.n IN (SELECT report FROM mentions WHERE n IN"
                " (SELECT rowid FROM mentions_fts WHERE mentions_fts MATCH ?))",
                f"{column} : ({words})",
            )
    if s.text:
        where.add("r.n IN (SELECT rowid FROM reports_fts WHERE reports_fts MATCH ?)", s.text)
    if s.outlet:
        where.add("r.outlet = ?", s.outlet)
    if s.report:
        where.add("r.id = ?", s.report)


def report_numbers(db: sqlite3.Connection, s: Selection) -> Page:
    """Reports by day of publication, those without one last."""
    where = _Where()
    _reports(s, where)
    return _page(db, "reports r", where, "r.published_first IS NULL, r.published_first, r.id", "r.n", s)


# ---- facts that go with the numbers


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


# ---- full text

_SEARCHED: Final[dict[str, tuple[str, str]]] = {
    # table: (columns of a hit, from)
    "reports": ("r.n, r.id, NULL, NULL", "reports r ON r.n = f.rowid"),
    "mentions": (
        "m.n, r.id, m.id, e.gid",
        "mentions m ON m.n = f.rowid JOIN reports r ON r.n = m.report LEFT JOIN encounters e ON e.n = m.encounter",
    ),
    "statements": (
        "s.n, r.id, s.id, e.gid",
        "statements s ON s.n = f.rowid JOIN reports r ON r.n = s.report"
        " LEFT JOIN mentions m ON m.report = s.report AND m.id = s.at LEFT JOIN encounters e ON e.n = m.encounter",
    ),
}
_CONDITIONS: Final = {"reports": _reports, "mentions": _mentions, "statements": _statements}


def found(
    db: sqlite3.Connection, table: Table, match: str, s: Selection, marks_: tuple[str, str]
) -> tuple[list[tuple[Any, ...]], int]:
    """Hits of an FTS5 expression, best first: (report id, id in it, gid, title, outlet, published, snippet, rank).

    `marks_` are put around found words in the snippet. Also returns the number of all hits. Raises
    sqlite3.OperationalError for an expression that FTS5 cannot read.
    """
    columns, joined = _SEARCHED[table]
    where = _Where()
    _CONDITIONS[table](s, where)
    where.add(f"{table}_fts MATCH ?", match)
    tables = f"{table}_fts f JOIN {joined}"
    rows = db.execute(
        f"SELECT {columns}, r.title, r.outlet, r.published,"
        f" snippet({table}_fts, -1, :open, :close, '…', 24), f.rank FROM {tables} WHERE {where.sql}"
        " ORDER BY f.rank, r.id LIMIT :limit",
        {
            **where.values,
            "open": marks_[0],
            "close": marks_[1],
            "limit": -1 if s.limit is None else s.limit + s.offset,
        },
    ).fetchall()
    if s.limit is None:
        return [row[1:] for row in rows], len(rows)
    total = db.execute(f"SELECT count(*) FROM {tables} WHERE {where.sql}", where.values).fetchone()[0]
    return [row[1:] for row in rows], total


# ---- counts


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
        "passages": one("SELECT count(*) FROM passages"),
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
