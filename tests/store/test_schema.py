"""Migrations bring any older record to today's schema, and the schema explains itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from communique import errors
from communique.record import Record
from communique.store import SCHEMA, schema

from .making import make_toy, reports, write_jsonl


def shape(path: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(path)
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    db.close()
    return rows


def test_every_number_has_its_file() -> None:
    """Migrations are numbered from 1 to the last without a gap."""
    from importlib import resources

    folder = resources.files("communique.store").joinpath("migrations")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    assert names == [f"{n:04}.sql" for n in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_record_of_any_older_schema_is_brought_up(tmp_path: Path, version: int) -> None:
    """Opened for writing, an older record has the tables of a new one; opened for reading before, it says so."""
    Record.open(tmp_path / "new", "w").close()
    old = sqlite3.connect(tmp_path / "old", isolation_level=None)
    old.execute("BEGIN")
    schema.migrate(old, version)
    old.execute("COMMIT")
    old.close()
    if version < SCHEMA:
        with pytest.raises(errors.RecordError, match="up to date"):
            Record.open(tmp_path / "old")
    Record.open(tmp_path / "old", "w").close()
    assert shape(tmp_path / "old") == shape(tmp_path / "new")
    with Record.open(tmp_path / "old") as record:
        assert record.status().schema == SCHEMA


def test_a_migration_that_is_cut_off_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure in the middle of making a record leaves nothing of it, and the next try works."""
    whole = list(schema.statements(1))

    def failing(number: int):
        yield from whole[:5]
        raise sqlite3.OperationalError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "statements", failing)
        with pytest.raises(sqlite3.OperationalError):
            Record.open(tmp_path / "a", "w")
    Record.open(tmp_path / "a", "w").close()
    assert Record.open(tmp_path / "a").status().reports == 0


def test_every_table_and_view_explains_itself_and_can_be_read(tmp_path: Path) -> None:
    """The data dictionary has a sentence for each, and a program that knows only SQL reads all of them."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(40))
    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([source], analyse=make_toy())
    with Record.open(tmp_path / "a") as record:
        relations = record.dictionary()
    assert {r.name for r in relations} >= {"reports", "mentions", "timeline", "statement_list", "judgements"}
    db = sqlite3.connect(tmp_path / "a")
    for relation in relations:
        assert relation.help.endswith("."), relation.name
        assert relation.columns
        db.execute(f'SELECT * FROM "{relation.name}" LIMIT 3').fetchall()
    for view in ("timeline", "mention_list", "statement_list", "report_list"):
        assert db.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0
    row = dict(zip(*_one(db, "SELECT * FROM timeline LIMIT 1"), strict=True))
    assert "met in" in row["words"]
    db.close()


def _one(db: sqlite3.Connection, query: str) -> tuple[list[str], tuple]:
    cursor = db.execute(query)
    return [c[0] for c in cursor.description], cursor.fetchone()


def test_the_search_tables_agree_with_their_contents(tmp_path: Path) -> None:
    """After reports were added and replaced, FTS5's own check finds no difference."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(30))
    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([source], analyse=make_toy("one"))
        record.reanalyse(analyse=make_toy("two"))
    db = sqlite3.connect(tmp_path / "a")
    for table in ("reports", "mentions", "statements"):
        db.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
    db.close()
