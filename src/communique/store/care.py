"""Care of the file itself: a sound copy while it is in use, what is wrong with it, and what can be mended."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import msgspec

from communique.errors import RecordError
from communique.intake import RawReport
from communique.store import decode
from communique.store.connection import BUSY_SECONDS, guarded, open_reader, open_writer, rest

__all__ = ["Trouble", "copy", "diagnose", "rebuild", "salvage"]

_INDEXES: Final = ("reports_fts", "mentions_fts", "statements_fts")


class Trouble(msgspec.Struct, frozen=True):
    """What is wrong with a record's file. `rebuilt` says whether building an index again mends it."""

    what: str
    rebuilt: bool


def copy(path: Path, target: Path) -> int:
    """A sound copy of the record as `target`, also while another process writes; returns its size in bytes.

    The copy is made beside the target and takes its name only when it is whole and on the disk. Raises RecordError
    where there is a file already or the copy is not sound.
    """
    if target.exists():
        raise RecordError("there is a file already", where=str(target), remedy="Name another file.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(open_reader(path)) as source, guarded(target), closing(sqlite3.connect(part)) as copied:
            source.backup(copied)  # all pages in one step: one moment of the record
            copied.execute("PRAGMA journal_mode = DELETE").fetchall()
            faults = copied.execute("PRAGMA quick_check(1)").fetchall()
        if faults != [("ok",)]:
            raise RecordError(
                f"the copy is not sound ({faults[0][0]})", where=str(path), remedy="Run `communique doctor`."
            )
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.link(part, target)  # unlike a renaming, this never takes the place of a file that came meanwhile
    except OSError as error:
        raise RecordError(
            f"the copy cannot be written ({error.strerror})", where=str(target), remedy="Name another place."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target.stat().st_size


def diagnose(path: Path) -> list[Trouble]:
    """What is wrong with pages, references and indexes of the record at `path`; nothing is changed.

    Raises RecordError where the file may not be written: then its full-text indexes cannot be looked at.
    """
    found: list[Trouble] = []
    with closing(open_reader(path)) as db:
        try:
            for (line,) in db.execute("PRAGMA integrity_check(50)").fetchall():
                if line != "ok":
                    found.append(Trouble(line, "index" in line))
            for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
                found.append(Trouble(f"row {row} of {table} refers to one of {parent} that is not there", False))
        except sqlite3.DatabaseError as error:
            found.append(Trouble(f"the file cannot be read through ({error})", False))
    if any(not trouble.rebuilt for trouble in found):
        return found
    # SQLite looks at a full-text index only as one who may write; nothing is written, and the transaction rolled back.
    with guarded(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as db:
        for index in _INDEXES:
            db.execute("BEGIN IMMEDIATE")
            try:
                db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                    raise
                found.append(Trouble(f"the full-text index {index} does not fit the record ({error})", True))
            finally:
                db.execute("ROLLBACK")
    return found


def rebuild(path: Path) -> None:
    """Build every index of the record again from its rows. Raises RecordDamaged where the rows cannot be read."""
    with guarded(path), closing(open_writer(path)) as db:
        db.execute("REINDEX")
        for index in _INDEXES:
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        rest(db)


def salvage(path: Path) -> Iterator[RawReport | Trouble]:
    """Every report of a damaged record as it was once read, or what keeps it from being read; by row.

    The stored form is packed with a checksum: a report that can be unpacked is as it was read.
    """
    with closing(open_reader(path)) as db:
        for n in _rows(db):
            try:
                row = db.execute("SELECT raw FROM reports WHERE n = ?", (n,)).fetchone()
                if row is None:
                    continue
                found: RawReport | Trouble = decode.raw_report(row[0])
            except (sqlite3.DatabaseError, msgspec.DecodeError, zlib.error, TypeError) as error:
                found = Trouble(f"the report in row {n} cannot be read ({error})", False)
            yield found


def _rows(db: sqlite3.Connection) -> Iterator[int]:
    """The row numbers of reports; where the table cannot be gone through, every number up to the last."""
    try:
        yield from [n for (n,) in db.execute("SELECT n FROM reports ORDER BY n").fetchall()]
    except sqlite3.DatabaseError:
        try:
            (last,) = db.execute("SELECT max(n) FROM reports").fetchone()
        except sqlite3.DatabaseError:
            last = 0
        yield from range(1, (last or 0) + 1)
