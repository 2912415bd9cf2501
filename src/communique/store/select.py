"""Which rows answer a question: row numbers by conditions, and the small facts that go with them."""

from __future__ import annotations

import sqlite3
from typing import Any, Final, Literal, TypeAlias

import msgspec

__all__ = [
    "Page",
    "Selection",
    "Table",
    "disagreement_numbers",
    "encounter_numbers",
    "found",
    "mention_numbers",
    "plan_numbers",
    "report_numbers",
    "statement_numbers",
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
