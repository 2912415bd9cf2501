"""Re-read every passage of a record against the stored text, and the stored text against its hash and its original."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import msgspec

from communique.records import Piece
from communique.store import decode

__all__ = ["Failure", "Tally", "verify"]


class Failure(msgspec.Struct, frozen=True):
    """A passage that does not hold: what it belongs to, where, what the record says and what the text has there.

    `owner` is for example `encounter e2`, `statement s1 cue`, `time`, `text` (the whole text has changed), `original`
    or `database` (SQLite itself finds a fault; then `report` is empty).
    """

    report: str
    owner: str
    start: int
    end: int
    expected: str
    found: str
    reason: str


class Tally:
    """How much has been re-read so far."""

    def __init__(self) -> None:
        self.reports = 0
        self.passages = 0


class _Span(NamedTuple):
    owner: str
    start: int
    end: int
    words: str


_SHOWN: Final = 200
_PASSAGES: Final = """
    SELECT iif(p.mention IS NULL, 'statement ' || s.id, 'encounter ' || m.id)
        || iif(p.role = 'evidence', '', ' ' || p.role) AS owner, p.start, p."end" AS stop, p.words
        FROM passages p LEFT JOIN mentions m ON m.n = p.mention LEFT JOIN statements s ON s.n = p.statement
        WHERE p.report = :n
    UNION ALL SELECT 'time', start, "end", words FROM times WHERE report = :n
    UNION ALL SELECT 'abstention', start, "end", words FROM abstentions WHERE report = :n
    UNION ALL SELECT 'relay', relay_start, relay_end, relay_words FROM reports
        WHERE n = :n AND relay_words IS NOT NULL
    UNION ALL SELECT 'disagreement on ' || d.field || ', encounter ' || v.mention, p.start, p."end", p.words
        FROM disagreement_values v JOIN disagreements d ON d.n = v.disagreement
        JOIN disagreement_passages p ON p.value = v.n WHERE v.report = :n
    UNION ALL SELECT 'day given by encounter ' || told_as, start, "end", words FROM inferred_dates WHERE report = :n
    ORDER BY start, stop, owner
"""


def verify(
    db: sqlite3.Connection, tally: Tally | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Failure]:
    """Every passage that does not hold, report by report, in the order of report ids.

    For each report: the text has the hash it was stored with; each passage is the words of the text at its offsets;
    the cleaned text and the furniture stand in the original where the record says; the raw report is whole. Before
    that, SQLite checks its own pages and references. Works on a record whose text is no longer valid UTF-8.
    """
    tally = tally or Tally()
    for row in db.execute("PRAGMA quick_check(20)").fetchall():
        if row[0] != "ok":
            yield Failure("", "database", 0, 0, "ok", row[0], "a page of the database is damaged")
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield Failure("", "database", 0, 0, parent, f"{table} {rowid}", "a row refers to one that is not there")
    plain = db.text_factory
    try:
        # Bytes that are no UTF-8 must be shown, not raise.
        db.text_factory = lambda data: data.decode("utf-8", "replace")
        numbers = db.execute("SELECT n FROM reports ORDER BY id").fetchall()
        for (n,) in numbers:
            yield from _report(db, n, tally)
            tally.reports += 1
            if progress is not None:
                progress(tally.reports)
        yield from _without_passage(db)
    finally:
        db.text_factory = plain


def _report(db: sqlite3.Connection, n: int, tally: Tally) -> Iterator[Failure]:
    name, text, sha, pieces, title_end = db.execute(
        "SELECT id, text, text_sha256, pieces, title_end FROM reports WHERE n = ?", (n,)
    ).fetchone()
    found = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if found != sha:
        yield Failure(name, "text", 0, len(text), sha, found, "the stored text has changed since it was analysed")
    if not 0 <= title_end <= len(text):
        yield Failure(name, "title", 0, title_end, "", "", "the title ends outside the text")
    for owner, start, end, words in db.execute(_PASSAGES, {"n": n}):
        tally.passages += 1
        failure = _held(name, _Span(owner, start, end, words), text)
        if failure is not None:
            yield failure
    original = _original(db, n, name)
    if isinstance(original, Failure):
        yield original
    elif original is not None:
        yield from _cleaning(db, n, name, text, original, pieces, tally)


def _held(name: str, span: _Span, text: str) -> Failure | None:
    inside = 0 <= span.start < span.end <= len(text)
    found = text[span.start : span.end] if inside else ""
    if found == span.words:
        return None
    reason = "the text has other words there" if inside else f"it lies outside the text of {len(text)} characters"
    return Failure(name, span.owner, span.start, span.end, span.words, found, reason)


def _original(db: sqlite3.Connection, n: int, name: str) -> str | Failure | None:
    """The text before cleaning; a Failure where the raw report is damaged, None where it is a page."""
    blob, sha, original = db.execute("SELECT raw, raw_sha256, original FROM reports WHERE n = ?", (n,)).fetchone()
    try:
        data = zlib.decompress(blob)
        if hashlib.sha256(data).hexdigest() != sha:
            return Failure(name, "original", 0, 0, sha, hashlib.sha256(data).hexdigest(), "the raw report has changed")
        raw = decode.raw_report(blob)
    except (zlib.error, msgspec.DecodeError, TypeError) as error:
        return Failure(name, "original", 0, 0, sha, "", f"the raw report cannot be read ({error})")
    stored: str | None = original
    return raw.text if stored is None else stored


def _cleaning(
    db: sqlite3.Connection, n: int, name: str, text: str, original: str, pieces: bytes | None, tally: Tally
) -> Iterator[Failure]:
    """The runs of the cleaned text and the furniture, against the text before cleaning."""
    for piece in msgspec.msgpack.decode(pieces, type=tuple[Piece, ...]) if pieces else ():
        ours = text[piece.clean : piece.clean + piece.length]
        theirs = original[piece.original : piece.original + piece.length]
        if ours != theirs:
            at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
            shown = slice(max(at - 20, 0), at + 20)
            start = piece.clean + shown.start
            yield Failure(
                name, "text", start, start + len(ours[shown]), theirs[shown], ours[shown],
                "the text differs from its original there",
            )  # fmt: skip
    for start, end, words in db.execute(
        'SELECT start, "end", words FROM furniture WHERE report = ? ORDER BY position', (n,)
    ):
        tally.passages += 1
        if original[start:end] != words:
            yield Failure(
                name, "furniture", start, end, words[:_SHOWN], original[start:end][:_SHOWN],
                "the original has other words there",
            )  # fmt: skip


def _without_passage(db: sqlite3.Connection) -> Iterator[Failure]:
    """Mentions and statements that rest on nothing: there is no record without a passage."""
    for table, column, what in (("mentions", "mention", "encounter"), ("statements", "statement", "statement")):
        for name, local in db.execute(
            f"SELECT r.id, t.id FROM {table} t JOIN reports r ON r.n = t.report"
            f" WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.{column} = t.n AND p.role = 'evidence')"
            " ORDER BY r.id, t.id"
        ):
            yield Failure(name, f"{what} {local}", 0, 0, "a passage", "none", "it rests on no passage")
