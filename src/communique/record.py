"""The front door of a record: put reports in, ask questions, check every passage, hand it on.

    >>> with Record.open("talks.record", mode="w") as record:          # doctest: +SKIP
    ...     record.ingest(["reports/"])
    ...     for entry in record.timeline(side="US,RU", since="2022-01"):
    ...         print(entry.date, entry.kind, entry.place)

Whoever only asks opens with the default mode "r", which never writes, not even a file beside the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from communique.errors import InputError, RecordError
from communique.ingest import IngestReport, Progress, Told
from communique.query import (
    AgendaItem,
    DisagreementRow,
    Filters,
    Line,
    Mention,
    Reconciled,
    ReportRow,
    ReportView,
    Results,
    Said,
    SearchHit,
    Status,
    TimelineEntry,
    questions,
)
from communique.records import Refusal
from communique.settings import Settings
from communique.store import Failure, Reader, Relation, Tally

if TYPE_CHECKING:
    from communique.actors import Authority
    from communique.export import Manifest
    from communique.store import Writer
    from communique.workers import Analyse

__all__ = ["IngestReport", "Progress", "Reconciliation", "Record", "Verification"]


class Verification(msgspec.Struct, frozen=True):
    """What `verify` found: how much was re-read, and every passage that does not hold."""

    reports: int
    passages: int
    failures: tuple[Failure, ...]

    @property
    def ok(self) -> bool:
        """Does every passage hold?"""
        return not self.failures


class Reconciliation(msgspec.Struct, frozen=True):
    """A log against the record: a row for each trip, and the rows of the log that are none with the reason."""

    trips: Results[Reconciled]
    refusals: tuple[Refusal, ...]


class Record:
    """A record: one file. Open it with `Record.open`, and close it or use it in a `with` statement."""

    def __init__(self, path: Path, writer: Writer | None, reader: Reader) -> None:
        self._path, self._writer, self._reader = path, writer, reader
        self._open = True

    @classmethod
    def open(cls, path: str | Path | None = None, mode: Literal["r", "w"] = "r") -> Record:
        """Open the record at `path` (None: where the settings say).

        Mode "r" reads only and never creates a file; it raises NoRecord where there is none. Mode "w" creates the
        record where there is none, and its folder. Both raise RecordTooNew for a record of a newer program and
        RecordDamaged for a file that is no record.
        """
        where = Settings.load().record_path if path is None else Path(path).expanduser()
        if mode == "r":
            return cls(where, None, Reader(where))
        if mode != "w":
            raise InputError(f"there is no mode {mode!r}", where="Record.open", remedy="Use 'r' or 'w'.")
        from communique.store import Writer

        writer = Writer(where)
        return cls(where, writer, Reader(where, writer.db))

    @classmethod
    def create(cls, path: str | Path) -> Record:
        """A new record at `path`, open for writing; raises RecordError if there is a file already."""
        where = Path(path).expanduser()
        if where.exists():
            raise RecordError(
                "there is a file already", where=str(where), remedy="Open it with mode 'w', or name another path."
            )
        return cls.open(where, "w")

    @property
    def path(self) -> Path:
        """Where the record is."""
        return self._path

    def close(self) -> None:
        """Close the record; a second time does nothing."""
        if self._open:
            self._open = False
            self._reader.close()
            if self._writer is not None:
                self._writer.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- putting in

    def ingest(
        self,
        paths: Iterable[str | Path],
        *,
        jobs: int = 1,
        progress: Told | None = None,
        settings: Settings | None = None,
        analyse: Analyse | None = None,
        batch: int = 64,
    ) -> IngestReport:
        """Read files and folders ("-" is standard input), analyse what is new, link it, and keep it.

        Whatever is already in the record is not analysed again. What cannot be read is kept as a refusal with its
        reason. Reports are written in batches of `batch`, each with its links in one transaction: a process that is
        killed loses at most the batch in hand, and another ingest of the same paths gives the record that an
        undisturbed one would have given. On Ctrl-C what was analysed is still written, then KeyboardInterrupt goes on.

        `analyse` makes the function that analyses a raw report (for tests); with `jobs` above 1 it must be importable.
        Raises RecordError on a record opened with mode "r", RecordBusy when another process keeps writing.
        """
        from communique.ingest import Ingest
        from communique.workers import analyser

        settings = self._own(settings)
        run = Ingest(self._writing(), analyse or analyser(settings), jobs=jobs, batch=batch, progress=progress)
        return run.read([str(path) for path in paths], max_chars=settings.max_report_chars)

    def reanalyse(
        self,
        *,
        jobs: int = 1,
        everything: bool = False,
        progress: Told | None = None,
        settings: Settings | None = None,
        analyse: Analyse | None = None,
        batch: int = 64,
    ) -> IngestReport:
        """Analyse again, from the stored reports, those that other knowledge than today's analysed (or everything)."""
        from communique.ingest import Ingest
        from communique.workers import analyser

        make = analyse or analyser(self._own(settings))
        run = Ingest(self._writing(), make, jobs=jobs, batch=batch, progress=progress)
        return run.again(self._reader, everything=everything)

    def _own(self, settings: Settings | None) -> Settings:
        """The settings with this record's path, beside which the user's own actors are looked for."""
        return msgspec.structs.replace(settings or Settings.load(), record=str(self._path))

    def _writing(self) -> Writer:
        if self._writer is None:
            raise RecordError("it was opened for reading", where=str(self._path), remedy="Open it with mode 'w'.")
        return self._writer

    # ---- asking: every question takes the fields of Filters as keywords, or a Filters, or both

    def timeline(self, filters: Filters | None = None, **fields: Any) -> Results[TimelineEntry]:
        """Encounters, each counted once, by date; those without a date at the end."""
        return questions.timeline(self._reader, Filters.of(filters, **fields))

    def encounters(self, filters: Filters | None = None, **fields: Any) -> Results[Mention]:
        """Encounters as each report tells them, by report and place in the text."""
        return questions.encounters(self._reader, Filters.of(filters, **fields))

    def encounter(self, gid: str) -> TimelineEntry:
        """One encounter counted once, by its `gid` or the beginning of it. Raises NotFound."""
        return questions.encounter(self._reader, gid)

    def statements(self, filters: Filters | None = None, **fields: Any) -> Results[Said]:
        """Statements by date (those without one by the day of their report), report and place in the text.

        The filter `actor` means speakers, `kind`, `status` and `forum` the encounter at which it was said.
        """
        return questions.statements(self._reader, Filters.of(filters, **fields))

    def positions(self, issue: str | None = None, filters: Filters | None = None, **fields: Any) -> Results[Line]:
        """What an actor (or side) said on each issue over time, or on the one with the words of `issue`.

        Raises BadFilter where neither an actor nor a side is given.
        """
        from communique.query.positions import positions

        return positions(self._reader, Filters.of(filters, **fields), issue)

    def agenda(self, as_of: str, filters: Filters | None = None, **fields: Any) -> Results[AgendaItem]:
        """What is due, overdue or open as the record knew it on the day `as_of` (ISO): later reports are not used."""
        return questions.agenda(self._reader, str(as_of), Filters.of(filters, **fields))

    def disagreements(self, filters: Filters | None = None, **fields: Any) -> Results[DisagreementRow]:
        """Fields of encounters on which reports cannot both be right."""
        return questions.disagreements(self._reader, Filters.of(filters, **fields))

    def report(self, report_id: str) -> ReportView:
        """One report with everything found in it. The start of an id is enough where it is the only one. NotFound."""
        return questions.report(self._reader, report_id)

    def reports(self, filters: Filters | None = None, **fields: Any) -> Results[ReportRow]:
        """The reports by day of publication, without their texts."""
        return questions.reports(self._reader, Filters.of(filters, **fields))

    def search(self, words: str, filters: Filters | None = None, **fields: Any) -> Results[SearchHit]:
        """Reports, encounters and statements that hold the words, best first.

        Words, "phrases", prefix*, AND, OR, NOT and NEAR(a b, 5) as SQLite's FTS5 knows them; anything else is taken
        as plain words.
        """
        return questions.search(self._reader, words, Filters.of(filters, **fields))

    def reconcile(self, log: str | Path, authority: Authority | None = None) -> Reconciliation:
        """A log of trips and visits (CSV or JSON lines, see `query.travel_log`) against the record.

        Raises InputError where the log cannot be read or has not the columns; a row that is no trip is refused alone.
        """
        from communique.actors import load_authority
        from communique.query.reconcile import reconcile
        from communique.query.travel_log import read_log

        authority = authority or load_authority(self._own(None).actors_path)
        trips, refusals = read_log(Path(log), authority)
        return Reconciliation(reconcile(self._reader, trips, authority), tuple(refusals))

    def status(self) -> Status:
        """What the record holds, in numbers."""
        return questions.status(self._reader)

    # ---- checking and handing on

    def verify(self, progress: Callable[[int], None] | None = None) -> Verification:
        """Re-read every passage against the stored text; `progress` is told the number of reports re-read."""
        tally = Tally()
        failures = tuple(self._reader.verify(tally, progress))
        return Verification(tally.reports, tally.passages, failures)

    def backup(self, target: str | Path) -> int:
        """A sound copy of the record as `target`, also while it is written to; returns its size in bytes.

        Raises RecordError where there is a file already, or the copy cannot be written or is not sound.
        """
        from communique.store.care import copy

        return copy(self._path, Path(target).expanduser())

    def digest(self) -> str:
        """SHA-256 over the content: equal for equal records, whatever the order or time of their ingest."""
        return self._reader.digest()

    def export(
        self,
        folder: str | Path,
        format: str = "exchange",  # noqa: A002  the word that users of every other library type
        filters: Filters | None = None,
        **fields: Any,
    ) -> Manifest:
        """Write the record into `folder` in a format of `communique.export.formats()`; returns what was written.

        Filters choose reports; the encounters that these tell go with them. Raises InputError, RecordError.
        """
        from communique.export import export

        return export(self._reader, Path(folder), format, Filters.of(filters, **fields))

    def dictionary(self) -> tuple[Relation, ...]:
        """Every table and view of the record with what is in it, for those who read it with SQL."""
        return self._reader.dictionary()

    def refusals(self) -> Sequence[Refusal]:
        """Every input that was refused, with its reason."""
        return self._reader.refusals()
