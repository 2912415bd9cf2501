"""Opening the file of a record, and what goes wrong with files said in our words.

A record at rest is one file: while it is written to, SQLite keeps a write-ahead log beside it, and the last writer
folds the log in and leaves the file in rollback mode, because a reader of a file in WAL mode would have to create
files of its own, which fails in a folder that cannot be written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from communique.errors import NoRecord, RecordBusy, RecordDamaged, RecordError, RecordTooNew
from communique.store.schema import APPLICATION_ID, SCHEMA, migrate

__all__ = ["BUSY_SECONDS", "guarded", "open_reader", "open_writer", "rest", "transaction"]

BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another one's transaction. A batch of reports takes well under a second to write."""

_CACHE_KIB: Final = 16 * 1024
_HEADER: Final = b"SQLite format 3\x00"


def open_writer(path: Path, *, wait: float = BUSY_SECONDS) -> sqlite3.Connection:
    """The record at `path` for writing, made or brought to today's schema where needed; its folder is created.

    Raises RecordTooNew, RecordDamaged, RecordBusy, RecordError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(
            f"its folder cannot be made ({error.strerror})", where=str(path), remedy="Name another path with --record."
        ) from error
    _must_be_record(path, may_be_new=True)
    with guarded(path):
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            _check_version(connection, path)
            # A reader that is just reading keeps the mode from changing: the record is as safe without the log.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
            # A batch that was reported as kept must outlive a power cut; one sync a batch costs next to nothing.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            with transaction(connection):
                migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """The record at `path` for reading. Creates nothing. Raises NoRecord, RecordTooNew, RecordDamaged, RecordError."""
    _must_be_record(path, may_be_new=False)
    mode = "mode=ro"
    if _in_wal_mode(path) and not path.with_name(path.name + "-wal").exists() and not _writable(path.parent):
        mode += "&immutable=1"  # nobody can write here, and SQLite could not create the files it asks for
    with guarded(path):
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            version = _check_version(connection, path)
            if version == 0:
                raise NoRecord("the record is empty", where=str(path), remedy="Put reports in: communique ingest PATH")
            if version < SCHEMA:
                raise RecordError(
                    f"the record has schema {version} and this program reads {SCHEMA}",
                    where=str(path),
                    remedy="Open it once for writing (communique ingest) to bring it up to date.",
                )
        except BaseException:
            connection.close()
            raise
    return connection


def rest(connection: sqlite3.Connection) -> None:
    """Leave the record as one file, unless somebody else still has it open; then the last one does."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that takes the writer's lock at once: committed at the end, rolled back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_CAUSES: Final[dict[int, tuple[type[RecordError], str, str]]] = {
    sqlite3.SQLITE_BUSY: (
        RecordBusy, "another process is writing to the record", "Wait until it has finished, then try again."
    ),
    sqlite3.SQLITE_LOCKED: (
        RecordBusy, "another process is writing to the record", "Wait until it has finished, then try again."
    ),
    sqlite3.SQLITE_CORRUPT: (
        RecordDamaged, "a page of the record is damaged", "Restore a copy, or ingest the reports into a new record."
    ),
    sqlite3.SQLITE_NOTADB: (
        RecordDamaged, "the file is no record", "Name another file with --record, or restore a copy."
    ),
    sqlite3.SQLITE_FULL: (
        RecordError, "the disk is full", "Make room and run the same command again: what was reported as kept is safe."
    ),
    sqlite3.SQLITE_READONLY: (
        RecordError, "the record cannot be written", "Check the rights of the file and its folder."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        RecordError, "the record cannot be opened", "Check the rights of the file and its folder."
    ),
    sqlite3.SQLITE_PERM: (RecordError, "the record cannot be opened", "Check the rights of the file and its folder."),
    sqlite3.SQLITE_IOERR: (RecordError, "the disk gave an error", "Check the disk, then run `communique verify`."),
}  # fmt: skip


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into RecordError and its kin."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            if "decode to UTF-8" in str(error):
                code = sqlite3.SQLITE_CORRUPT
            else:
                raise
        kind, what, remedy = _CAUSES.get(code & 0xFF, (RecordError, "SQLite refused", "Run `communique verify`."))
        raise kind(f"{what} ({error})", where=str(path), remedy=remedy) from error


def _must_be_record(path: Path, *, may_be_new: bool) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        if may_be_new:
            return
        raise NoRecord("there is no record", where=str(path), remedy="Make one: communique ingest PATH") from None
    except OSError as error:
        raise RecordError(
            f"the record cannot be opened ({error.strerror})", where=str(path), remedy="Check the rights of the file."
        ) from error
    if not head:
        if may_be_new:
            return
        raise NoRecord("the record is empty", where=str(path), remedy="Put reports in: communique ingest PATH")
    if not head.startswith(_HEADER):
        raise RecordDamaged(
            "the file is no record", where=str(path), remedy="Name another file with --record, or restore a copy."
        )


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application != APPLICATION_ID and (application or version or tables):
        raise RecordDamaged(
            "the file is a database of another program", where=str(path), remedy="Name another file with --record."
        )
    if version > SCHEMA:
        raise RecordTooNew(
            f"the record has schema {version} and this program knows schemas up to {SCHEMA}",
            where=str(path),
            remedy="Upgrade: pip install --upgrade communique",
        )
    return version


def _in_wal_mode(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _writable(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK)
