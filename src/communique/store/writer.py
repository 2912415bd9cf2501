"""Put findings into the record: a batch of reports with all that follows from them in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from communique import __version__
from communique.intake import RawReport
from communique.records import Encounter, Findings, Passage, Refusal, Statement
from communique.store import decode, rows
from communique.store.connection import BUSY_SECONDS, guarded, open_writer, rest, transaction

if TYPE_CHECKING:
    from communique.store.sharing import Waiting

__all__ = ["Analysed", "Kept", "Outcome", "Writer", "raw_digest"]

Outcome: TypeAlias = Literal["new", "updated", "unchanged", "refused", "again"]
"""What became of a report. `again`: the raw report in hand must be analysed first (see `Kept`)."""


class Analysed(msgspec.Struct, frozen=True):
    """A raw report with what was found in it, or with why it was not analysed, and by which knowledge."""

    raw: RawReport
    findings: Findings
    set_aside: str | None = None
    knowledge: str | None = None


class Kept(msgspec.Struct, frozen=True):
    """What became of one input, with the id under which the report is kept.

    `reason` says why it was refused. With outcome `again`, the record knows this text with other facts (address, day,
    outlet) than the new copy has: `merged` has both and is to be analysed and written.
    """

    outcome: Outcome
    id: str | None = None
    merged: RawReport | None = None
    reason: str | None = None


def raw_digest(raw: RawReport) -> str:
    """SHA-256 of a raw report as it came, by which an input is known again, wherever it lies by then."""
    return _sha(msgspec.msgpack.encode(msgspec.structs.replace(raw, path=None)))


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Writer:
    """The one who writes. Every method is one transaction or less; any number of processes may take turns.

    Raises RecordBusy when another one's transaction does not end within `wait` seconds.
    """

    def __init__(self, path: Path, *, wait: float = BUSY_SECONDS) -> None:
        self.path = path
        self._wait = wait
        self.db = open_writer(path, wait=wait)
        self._run: int | None = None

    def close(self) -> None:
        """Leave the record as one file."""
        rest(self.db)
        self.db.close()

    # ---- the log

    def begin(self, what: str, paths: Sequence[str]) -> None:
        """Note in the log that a run begins."""
        with guarded(self.path), transaction(self.db):
            self._run = self.db.execute(
                "INSERT INTO ingests (started, program, what, paths) VALUES (?, ?, ?, ?)",
                (_now(), __version__, what, rows.packed(paths)),
            ).lastrowid

    def end(self, counts: dict[str, int], seconds: float) -> None:
        """Note in the log how the run ended."""
        with guarded(self.path), transaction(self.db):
            self.db.execute(
                "UPDATE ingests SET finished = :finished, read = :read, new = :new, updated = :updated,"
                " unchanged = :unchanged, refused = :refused, seconds = :seconds WHERE n = :n",
                {**counts, "finished": _now(), "seconds": round(seconds, 3), "n": self._run},
            )

    # ---- reports

    def knows(self, digest: str) -> bool:
        """Was the raw report with this `raw_digest` read before?"""
        with guarded(self.path):
            return self.db.execute("SELECT 1 FROM inputs WHERE sha256 = ?", (digest,)).fetchone() is not None

    def write(self, batch: Iterable[Analysed | Refusal]) -> list[Kept]:
        """Keep a batch of reports and refusals, with their copies, links and disagreements, in one transaction."""
        from communique.store.relink import relink  # late: linking needs numpy, and asking does not

        items = list(batch)
        with guarded(self.path), transaction(self.db):
            change = _Change(self.db, self._run)
            outcomes = [change.add(item) for item in items]
            relink(self.db, change.fresh, change.orphaned, change.lost, sorted(change.left))
        return outcomes

    def replace(self, batch: Iterable[Analysed]) -> int:
        """Keep new findings for reports that the record holds, under the same ids; returns how many."""
        from communique.store.relink import relink

        with guarded(self.path), transaction(self.db):
            change = _Change(self.db, self._run)
            for item in batch:
                change.reanalysed(item)
            relink(self.db, change.fresh, change.orphaned, change.lost, sorted(change.left))
        return len(change.fresh)

    def waiting(self, most: int) -> list[Waiting]:
        """At most so many reports whose findings are to be worked out again with what others say of their day."""
        from communique.store.sharing import waiting

        with guarded(self.path), transaction(self.db):
            return waiting(self.db, most)

    def raw(self, n: int) -> RawReport:
        """The report with this row number as it was read."""
        with guarded(self.path):
            return decode.raw_report(self.db.execute("SELECT raw FROM reports WHERE n = ?", (n,)).fetchone()[0])

    def settle(self, batch: Iterable[tuple[Waiting, Analysed | None]]) -> None:
        """Keep the findings of reports that were worked out with these bounds; None leaves those that there are."""
        from communique.store.relink import relink
        from communique.store.sharing import Settled, own_of

        with guarded(self.path), transaction(self.db):
            change = _Change(self.db, self._run)
            settled: dict[int, Settled] = {}
            for wanted, item in batch:
                own = own_of(self.db, wanted.n)
                if own is not None and item is not None:
                    settled[wanted.n] = Settled(own, wanted.kept)
                    change.reanalysed(item)
                else:
                    self.db.execute("UPDATE seekers SET settled = ? WHERE report = ?", (wanted.kept, wanted.n))
            relink(self.db, change.fresh, change.orphaned, change.lost, settled=settled)


class _Change:
    """The rows of one transaction, and what has to be linked anew because of them."""

    def __init__(self, db: sqlite3.Connection, run: int | None) -> None:
        self.db = db
        self.run = run
        self.fresh: list[int] = []
        self.orphaned: list[int] = []
        self.lost: list[str] = []
        self.left: set[int] = set()

    def add(self, item: Analysed | Refusal) -> Kept:
        """Keep one input, or find out that the record holds it."""
        if isinstance(item, Refusal):
            return self._refuse(item)
        fault = _unstorable(item)
        if fault is not None:
            return self._refuse(Refusal(item.raw.path or item.findings.report.id, fault))
        if item.raw.path is not None:
            self.db.execute("DELETE FROM refusals WHERE place = ?", (item.raw.path,))
        digest = raw_digest(item.raw)
        known = self.db.execute(
            "SELECT r.id FROM inputs i JOIN reports r ON r.n = i.report WHERE i.sha256 = ?", (digest,)
        ).fetchone()
        if known is not None:
            return Kept("unchanged", known[0])
        report = item.findings.report
        row = self._held(report.id, report.digest)
        if row is None:
            return self._new(item, digest)
        number, name, blob = row
        merged, adds, lacks = _merge(decode.raw_report(blob), item.raw)
        if adds and lacks:
            return Kept("again", name, merged)
        self.db.execute("INSERT INTO inputs (sha256, report) VALUES (?, ?)", (digest, number))
        if not adds:
            return Kept("unchanged", name)
        self._replace(number, name, msgspec.structs.replace(item, raw=merged))
        return Kept("updated", name)

    def reanalysed(self, item: Analysed) -> None:
        """Put new findings in the place of the old; the report must be in the record under the id of the findings."""
        name = item.findings.report.id
        number = self.db.execute("SELECT n FROM reports WHERE id = ?", (name,)).fetchone()[0]
        self._replace(number, name, item)

    def _refuse(self, refusal: Refusal) -> Kept:
        self.db.execute(
            "INSERT INTO refusals (place, reason, ingest) VALUES (?, ?, ?) ON CONFLICT (place) DO UPDATE"
            " SET reason = excluded.reason, ingest = excluded.ingest WHERE reason <> excluded.reason",
            (_printable(refusal.where), _printable(refusal.reason), self.run),
        )
        return Kept("refused", reason=refusal.reason)

    def _held(self, name: str, digest: str) -> tuple[int, str, bytes] | None:
        """The report of this id with this very text, whether under the id itself or under one made for a clash."""
        row: tuple[int, str, bytes] | None = self.db.execute(
            "SELECT n, id, raw FROM reports WHERE id IN (?, ?) AND text_sha256 = ?",
            (name, _other_name(name, digest), digest),
        ).fetchone()
        return row

    def _new(self, item: Analysed, digest: str) -> Kept:
        report = item.findings.report
        name = report.id
        if self.db.execute("SELECT 1 FROM reports WHERE id = ?", (name,)).fetchone() is not None:
            name = _other_name(name, report.digest)
        number = self._insert(item, name, None)
        self.db.execute("INSERT INTO inputs (sha256, report) VALUES (?, ?)", (digest, number))
        return Kept("new", name)

    def _replace(self, number: int, name: str, item: Analysed) -> None:
        from communique.store.sharing import leaving

        inputs = [sha for (sha,) in self.db.execute("SELECT sha256 FROM inputs WHERE report = ?", (number,))]
        self.left |= leaving(self.db, number)
        self.orphaned += [
            c
            for (c,) in self.db.execute(
                "SELECT DISTINCT component FROM mentions WHERE report = ? AND component IS NOT NULL", (number,)
            )
        ]
        self.lost.append(self.db.execute("SELECT origin FROM reports WHERE n = ?", (number,)).fetchone()[0])
        self.db.execute(
            "DELETE FROM encounters WHERE n IN (SELECT encounter FROM mentions WHERE report = ?)"
            " AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.encounter = encounters.n AND m.report <> ?)",
            (number, number),
        )
        # Encounters that other reports tell too keep those mentions, by which linking finds and replaces them.
        self.db.execute("DELETE FROM reports WHERE n = ?", (number,))
        if number in self.fresh:
            self.fresh.remove(number)
        self._insert(item, name, number)
        self.db.executemany("INSERT INTO inputs (sha256, report) VALUES (?, ?)", [(sha, number) for sha in inputs])

    def _insert(self, item: Analysed, name: str, number: int | None) -> int:
        from communique.store.relink import relay_columns, sketch

        report = item.findings.report
        raw = msgspec.msgpack.encode(item.raw)
        sign, prints = sketch(report.text)
        row = {
            "n": number,
            "id": name,
            "title": report.title,
            "outlet": report.outlet,
            "url": report.url,
            "path": report.path,
            "language": report.language,
            "metadata_published": report.metadata_published,
            "text": report.text,
            "text_sha256": report.digest,
            "title_end": report.title_end,
            "original": None if report.original == item.raw.text else report.original,
            "pieces": msgspec.msgpack.encode(report.pieces) if report.pieces else None,
            "raw": rows.compressed(raw),
            "raw_sha256": _sha(raw),
            "copy_signature": sign,
            "copy_prints": prints,
            "origin": name,
            "set_aside": item.set_aside,
            "knowledge": item.knowledge,
            "sentences": item.findings.sentences,
            "parsed": item.findings.parsed,
            "ingest": self.run,
            **relay_columns(report),
            **rows.report_dating(report.published),
        }
        at = self.db.execute(rows.insert("reports", row), row).lastrowid
        assert at is not None
        self._contents(at, item.findings)
        self.fresh.append(at)
        return at

    def _contents(self, report: int, findings: Findings) -> None:
        db = self.db
        for position, met in enumerate(findings.encounters):
            self._mention(report, position, met)
        for position, said in enumerate(findings.statements):
            self._statement(report, position, said, findings.report.published.value)
        db.executemany(
            "INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.time_rows(report, findings.times)
        )
        db.executemany(
            "INSERT INTO abstentions VALUES (?, ?, ?, ?, ?, ?)", rows.span_rows(report, findings.abstentions)
        )
        db.executemany(
            "INSERT INTO furniture VALUES (?, ?, ?, ?, ?, ?)", rows.span_rows(report, findings.report.furniture)
        )

    def _mention(self, report: int, position: int, met: Encounter) -> None:
        row = rows.mention_row(report, position, met)
        n = self.db.execute(rows.insert("mentions", row), row).lastrowid
        assert n is not None
        self.db.executemany(
            "INSERT INTO mention_participants VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows.participant_rows(n, met.participants),
        )
        self._passages(report, "mention", n, {"evidence": met.evidence})

    def _statement(self, report: int, position: int, said: Statement, published: str | None) -> None:
        row = rows.statement_row(report, position, said, published)
        n = self.db.execute(rows.insert("statements", row), row).lastrowid
        assert n is not None
        self.db.executemany(
            "INSERT INTO statement_speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.participant_rows(n, said.speakers)
        )
        self._passages(
            report,
            "statement",
            n,
            {
                "content": said.content,
                "evidence": said.evidence,
                "cue": (said.cue,) if said.cue else (),
                "speaker": (said.speaker_passage,) if said.speaker_passage else (),
            },
        )

    def _passages(
        self, report: int, owner: Literal["mention", "statement"], n: int, by_role: dict[str, tuple[Passage, ...]]
    ) -> None:
        self.db.executemany(
            f'INSERT INTO passages (report, {owner}, role, position, start, "end", words) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [
                (report, n, role, at, p.start, p.end, p.text)
                for role, passages in by_role.items()
                for at, p in enumerate(passages)
            ],
        )


_FACTS = ("title", "outlet", "url", "published", "language")


def _merge(old: RawReport, new: RawReport) -> tuple[RawReport, bool, bool]:
    """The facts of both, the older ones first; whether the new one adds any; whether it lacks or contradicts any."""
    filled = {f: getattr(new, f) for f in _FACTS if getattr(old, f) is None and getattr(new, f) is not None}
    lacks = any(getattr(old, f) is not None and getattr(new, f) != getattr(old, f) for f in _FACTS)
    return msgspec.structs.replace(old, **filled), bool(filled), lacks


def _other_name(name: str, digest: str) -> str:
    """The id of a report whose own id is taken by another text: the same in whatever batch it comes."""
    return f"{name}~{digest[:8]}"


def _unstorable(item: Analysed) -> str | None:
    """Why a report cannot be kept, None if it can.

    Half characters cannot be written as UTF-8, and a finding whose passage does not hold is an error of ours that must
    be seen, not kept.
    """
    report = item.findings.report
    try:
        report.text.encode()
        msgspec.msgpack.encode(item.raw)
    except UnicodeEncodeError as error:
        return f"it holds half of a character (a lone surrogate, position {error.start})"
    seen: set[str] = set()
    owners: list[Encounter | Statement] = [*item.findings.encounters, *item.findings.statements]
    for owner in owners:
        what = f"{'encounter' if isinstance(owner, Encounter) else 'statement'} {owner.id}"
        if what in seen:
            return f"its findings hold {what} twice"
        seen.add(what)
        passages = list(owner.evidence)
        if isinstance(owner, Statement):
            passages += [*owner.content, *filter(None, (owner.cue, owner.speaker_passage))]
        if not owner.evidence:
            return f"{what} rests on no passage"
        for p in passages:
            if not 0 <= p.start < p.end or report.text[p.start : p.end] != p.text:
                return f"a passage of {what} [{p.start}, {p.end}) is not what the text has there"
    return None


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
