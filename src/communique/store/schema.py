"""The schema as numbered migrations, each one file, applied in order; `PRAGMA user_version` says how far a file is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from importlib import resources
from typing import Final

import msgspec

__all__ = ["APPLICATION_ID", "SCHEMA", "Column", "Relation", "dictionary", "migrate", "statements"]

APPLICATION_ID: Final = 0x434D5145
"""Bytes 68 to 71 of the file, "CMQE": what `file` and SQLite know a record by."""

SCHEMA: Final = 2
"""The number of the last migration."""


def migrate(connection: sqlite3.Connection, upto: int = SCHEMA) -> None:
    """Bring the schema from whatever it is to `upto`, inside the transaction of the caller."""
    have = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number in range(have + 1, upto + 1):
        for statement in statements(number):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    if have == 0:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def statements(number: int) -> Iterator[str]:
    """The SQL statements of one migration, one by one (`executescript` would commit before it begins)."""
    text = resources.files("communique.store").joinpath("migrations", f"{number:04}.sql").read_text("utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        if not statement and (not line.strip() or line.startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


class Column(msgspec.Struct, frozen=True):
    """A column of a table or view, and what is in it where the name does not say so."""

    name: str
    type: str
    help: str


class Relation(msgspec.Struct, frozen=True):
    """A table or view with the comment that stands in its definition."""

    name: str
    kind: str
    help: str
    columns: tuple[Column, ...]


def dictionary(connection: sqlite3.Connection) -> tuple[Relation, ...]:
    """The data dictionary of a record, from the comments in its own schema: tables first, then views."""
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    found = []
    for name, kind, sql in rows:
        lead = re.search(r"^\s*--\s*(.+)$", sql, re.MULTILINE)
        notes = dict(re.findall(r"^\s*\"?(\w+)\"?[^\n]*?--\s*(.+)$", sql, re.MULTILINE))
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        found.append(
            Relation(
                name,
                kind,
                lead[1].strip() if lead else "",
                tuple(Column(c[1], c[2], notes.get(c[1], "").strip()) for c in columns),
            )
        )
    return tuple(found)
