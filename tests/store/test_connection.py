"""A record at rest is one file, and what is wrong with a file is said in plain words with a remedy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from communique import errors
from communique.intake import RawReport
from communique.record import Record
from communique.store import SCHEMA, Analysed, Reader, Writer, connection

from .making import make_toy, reports, toy, write_jsonl


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A small record."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(12))
    with Record.open(tmp_path / "some" / "where" / "a.record", "w") as record:
        record.ingest([source], analyse=make_toy())
    return record.path


def test_a_record_at_rest_is_one_file_and_reading_makes_none(filled: Path) -> None:
    """After writing, and after reading, nothing lies beside the record."""
    assert beside(filled.parent) == [filled.name]
    before = filled.read_bytes()
    with Record.open(filled) as record:
        assert record.status().reports == 12
        assert record.verify().ok
        assert beside(filled.parent) == [filled.name]
    assert beside(filled.parent) == [filled.name]
    assert filled.read_bytes() == before


def test_reading_goes_on_while_another_writes(filled: Path) -> None:
    """A reader that is open during an ingest sees the record before or after each batch, and never an error."""
    writer = Writer(filled)
    reader = Reader(filled)
    seen = reader.db.execute("SELECT count(*) FROM reports").fetchone()[0]
    writer.db.execute("BEGIN IMMEDIATE")
    writer.db.execute("DELETE FROM refusals")
    assert reader.db.execute("SELECT count(*) FROM reports").fetchone()[0] == seen
    writer.db.execute("COMMIT")
    writer.close()
    reader.close()
    # The reader kept the log from being folded in; the next writer that leaves does it.
    Writer(filled).close()
    assert beside(filled.parent) == [filled.name]


def test_what_a_killed_writer_left_is_read(filled: Path, tmp_path: Path) -> None:
    """The log of a writer that was killed belongs to the record: readers and the next writer use it."""
    writer = Writer(filled)
    raw = RawReport(id="late", text="Late news.")
    found = toy(raw)
    writer.write([Analysed(raw, found)])  # type: ignore[arg-type]
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in filled.parent.iterdir():
        shutil.copy(file, copy / file.name)
    writer.close()
    assert (copy / (filled.name + "-wal")).exists()
    with Record.open(copy / filled.name) as record:
        assert record.status().reports == 13
    with Record.open(copy / filled.name, "w") as record:
        assert record.status().reports == 13
    assert beside(copy) == [filled.name]


def test_a_record_in_a_folder_that_cannot_be_written_is_read(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a file left in WAL mode is read where SQLite could not create its files beside it."""
    db = sqlite3.connect(filled)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    monkeypatch.setattr(connection, "_writable", lambda folder: False)
    with Record.open(filled) as record:
        assert record.status().reports == 12
    assert beside(filled.parent) == [filled.name]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_enough_for_reading(filled: Path) -> None:
    """With no right to write, questions are answered and writing says what is wrong."""
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    try:
        with Record.open(filled) as record:
            assert record.status().reports == 12
        with pytest.raises(errors.RecordError):
            Record.open(filled, "w")
    finally:
        filled.parent.chmod(0o755)


def test_there_is_no_record(tmp_path: Path) -> None:
    """Reading what is not there, or is empty, is NoRecord, and creates nothing."""
    with pytest.raises(errors.NoRecord, match="communique ingest"):
        Record.open(tmp_path / "none" / "a.record")
    assert beside(tmp_path) == []
    (tmp_path / "empty").touch()
    with pytest.raises(errors.NoRecord):
        Record.open(tmp_path / "empty")
    sqlite3.connect(tmp_path / "bare").execute("VACUUM").close()
    with pytest.raises(errors.NoRecord):
        Record.open(tmp_path / "bare")


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_record_of_a_newer_program(filled: Path, mode: str) -> None:
    """A higher schema number is refused by reader and writer, and the file is left alone."""
    db = sqlite3.connect(filled)
    db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    before = filled.read_bytes()
    with pytest.raises(errors.RecordTooNew, match="Upgrade"):
        Record.open(filled, mode)  # type: ignore[arg-type]
    assert filled.read_bytes() == before


@pytest.mark.parametrize("mode", ["r", "w"])
def test_files_that_are_no_record(tmp_path: Path, mode: str) -> None:
    """A text and a database of another program are left alone."""
    (tmp_path / "text").write_text("not a database, but long enough to look at\n" * 10)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    for name in ("text", "other"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(errors.RecordDamaged):
            Record.open(tmp_path / name, mode)  # type: ignore[arg-type]
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(errors.RecordError):
        Record.open(tmp_path, mode)  # type: ignore[arg-type]


def test_a_damaged_page(filled: Path) -> None:
    """A page of rubbish in the middle of the file is RecordDamaged, not a traceback of SQLite."""
    data = bytearray(filled.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    filled.write_bytes(data)
    with pytest.raises(errors.RecordDamaged), Record.open(filled) as record:
        record.timeline()


def test_a_second_writer_waits_and_then_says_so(filled: Path) -> None:
    """While another transaction is open, a writer gives up after its wait with RecordBusy, and works afterwards."""
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.RecordBusy, match="another process"):
        Writer(filled, wait=0.05)
    other.execute("ROLLBACK")
    other.close()
    one, two = Writer(filled, wait=0.05), Writer(filled, wait=0.05)
    raws = [RawReport(id=f"n{n}", text=f"News {n}.") for n in range(2)]
    for writer, raw in zip((one, two), raws, strict=True):
        (kept,) = writer.write([Analysed(raw, toy(raw))])  # type: ignore[arg-type]
        assert kept.outcome == "new"
    one.close()
    two.close()
    assert beside(filled.parent) == [filled.name]
    with Record.open(filled) as record:
        assert record.status().reports == 14


def test_a_full_disk_is_said_and_loses_nothing(filled: Path) -> None:
    """When there is no room for a batch, the record stays as it was and the message says what to do."""
    writer = Writer(filled)
    pages = writer.db.execute("PRAGMA page_count").fetchone()[0]
    writer.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    raws = [RawReport(id=f"n{n}", text=text) for n, text in enumerate(reports(60, seed=4))]
    with pytest.raises(errors.RecordError, match="disk is full"):
        writer.write([Analysed(raw, toy(raw)) for raw in raws])  # type: ignore[arg-type]
    writer.db.execute("PRAGMA max_page_count = 1000000")
    assert Reader(filled, writer.db).db.execute("SELECT count(*) FROM reports").fetchone()[0] == 12
    assert {k.outcome for k in writer.write([Analysed(raw, toy(raw)) for raw in raws])} == {"new"}  # type: ignore[arg-type]
    writer.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A path below a file is refused with the path and a remedy."""
    (tmp_path / "file").touch()
    with pytest.raises(errors.RecordError, match="--record"):
        Record.open(tmp_path / "file" / "a.record", "w")
