"""Read a record: what every question, export and check goes through. Opens read-only and creates nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from communique.errors import NotFound
from communique.intake import RawReport
from communique.records import Disagreement, Findings, LinkedEncounter, NearCopy, Refusal
from communique.store import decode
from communique.store.connection import guarded, open_reader
from communique.store.schema import Relation, dictionary
from communique.store.verify import Failure, Tally, verify

__all__ = ["Held", "Reader"]


class Held(msgspec.Struct, frozen=True):
    """What the record keeps of a report beside its findings: `relay` is the agency whose words it passes on."""

    n: int
    id: str
    origin: str
    set_aside: str | None
    knowledge: str | None
    relay: str | None


class Reader:
    """The record for reading: at a path, or through a connection that somebody else has open (a writer's)."""

    def __init__(self, path: Path, db: sqlite3.Connection | None = None) -> None:
        self.path = path
        self._own = db is None
        self.db = open_reader(path) if db is None else db

    def close(self) -> None:
        """Close the connection, if it is ours."""
        if self._own:
            self.db.close()

    # ---- reports

    def held(self) -> Iterator[Held]:
        """Every report, by id, without its findings."""
        with guarded(self.path):
            numbers = self.db.execute("SELECT n FROM reports ORDER BY id").fetchall()
            for (n,) in numbers:
                yield self._held(n)

    def find(self, name: str) -> Held:
        """The report with this id, or the only one whose id begins so. Raises NotFound."""
        with guarded(self.path):
            rows = self.db.execute("SELECT n FROM reports WHERE id = ?", (name,)).fetchall()
            if not rows and name:
                rows = self.db.execute(
                    "SELECT n FROM reports WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 6", (len(name), name)
                ).fetchall()
            if len(rows) == 1:
                return self._held(rows[0][0])
            near = [self._held(n).id for (n,) in rows]
        raise NotFound(
            f"no report {name!r}" if not near else f"{name!r} is the beginning of several ids",
            where=str(self.path),
            remedy=f"Write it out: {', '.join(near)}" if near else "`communique reports` lists the reports.",
        )

    def _held(self, n: int) -> Held:
        row = self.db.execute(
            "SELECT n, id, origin, set_aside, knowledge, relay FROM reports WHERE n = ?", (n,)
        ).fetchone()
        return Held(*row)

    def findings(self, n: int) -> Findings:
        """All that was found in the report with this row number."""
        with guarded(self.path):
            return decode.findings(self.db, n)

    def raw(self, n: int) -> RawReport:
        """The report as it was read."""
        with guarded(self.path):
            return decode.raw_report(self.db.execute("SELECT raw FROM reports WHERE n = ?", (n,)).fetchone()[0])

    def near_copies(self, n: int | None = None) -> list[NearCopy]:
        """Pairs of reports that are one text, by id; with `n` those of that report."""
        with guarded(self.path):
            rows = self.db.execute(
                "SELECT min(ra.id, rb.id), max(ra.id, rb.id), c.containment FROM near_copies c"
                " JOIN reports ra ON ra.n = c.a JOIN reports rb ON rb.n = c.b"
                " WHERE :n IS NULL OR c.a = :n OR c.b = :n ORDER BY 1, 2",
                {"n": n},
            )
            return [NearCopy(*row) for row in rows]

    # ---- encounters

    def encounters(self) -> Iterator[LinkedEncounter]:
        """Every encounter, counted once, by gid."""
        with guarded(self.path):
            numbers = [n for (n,) in self.db.execute("SELECT n FROM encounters ORDER BY gid")]
            for part in decode.chunks(numbers):
                found = decode.linked(self.db, part)
                yield from (found[n] for n in part)

    def disagreements(self) -> Iterator[Disagreement]:
        """Every disagreement, by gid and position."""
        with guarded(self.path):
            numbers = [
                n
                for (n,) in self.db.execute(
                    "SELECT d.n FROM disagreements d JOIN encounters e ON e.n = d.encounter ORDER BY e.gid, d.position"
                )
            ]
            for part in decode.chunks(numbers):
                found = decode.disagreements(self.db, part)
                yield from (found[n] for n in part)

    # ---- the whole

    def refusals(self, limit: int = -1) -> list[Refusal]:
        """What could not be read, by place; at most `limit` (all: -1)."""
        with guarded(self.path):
            rows = self.db.execute("SELECT place, reason FROM refusals ORDER BY place LIMIT ?", (limit,))
            return [Refusal(*row) for row in rows]

    def dictionary(self) -> tuple[Relation, ...]:
        """Tables and views with what is in them, from the schema's own comments."""
        with guarded(self.path):
            return dictionary(self.db)

    def verify(self, tally: Tally, progress: Callable[[int], None] | None = None) -> Iterator[Failure]:
        """Every passage that does not hold."""
        with guarded(self.path):
            yield from verify(self.db, tally, progress)

    def digest(self) -> str:
        """SHA-256 over the content of the record, in hex.

        Reports with all findings, copies, encounters, disagreements, refusals and judgements, each in the order of
        their own ids. Row numbers, paths, the log and the clock have no part in it.
        """
        whole = hashlib.sha256()
        encode = msgspec.json.Encoder(order="sorted").encode

        def take(kind: str, thing: Any) -> None:
            whole.update(encode([kind, thing]))
            whole.update(b"\n")

        for held in self.held():
            found = self.findings(held.n)
            take("report", msgspec.structs.replace(found, report=msgspec.structs.replace(found.report, path=None)))
            take("held", [held.id, held.origin, held.set_aside, held.knowledge, held.relay])
        for copy in self.near_copies():
            take("copy", copy)
        for met in self.encounters():
            take("encounter", met)
        for parted in self.disagreements():
            take("disagreement", parted)
        for refusal in self.refusals():
            take("refusal", refusal)
        with guarded(self.path):
            for row in self.db.execute(
                "SELECT id, made, who, action, subject, field, value, why, withdrawn FROM judgements ORDER BY id"
            ):
                take("judgement", row)
        return whole.hexdigest()
