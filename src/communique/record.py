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
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from communique.query import (
    AgendaItem,
    DisagreementRow,
    Filters,
    Mention,
    ReportView,
    Results,
    Said,
    SearchHit,
    Status,
    TimelineEntry,
)
from communique.records import Refusal
from communique.settings import Settings
from communique.store import Failure

if TYPE_CHECKING:
    from communique.export import Manifest
    from communique.workers import Analyse

__all__ = ["IngestReport", "Progress", "Record", "Verification"]


class Progress(msgspec.Struct, frozen=True):
    """How far an ingest is: what was read so far, how it went, and the seconds since it began."""

    read: int
    new: int
    unchanged: int
    updated: int
    refused: int
    kept: int
    seconds: float


class IngestReport(msgspec.Struct, frozen=True):
    """What an ingest did.

    `read` = `new` + `updated` + `unchanged` + `refused`. `updated` are known reports for which the file now says
    more (a date, an address), `set_aside` those among the new that were kept but not analysed (another language).
    `encounters` and `statements` were found in the new and updated reports. `refusals` has the first hundred.
    """

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    set_aside: int = 0
    encounters: int = 0
    statements: int = 0
    sentences: int = 0
    parsed: int = 0
    characters: int = 0
    seconds: float = 0.0
    refusals: tuple[Refusal, ...] = ()


class Verification(msgspec.Struct, frozen=True):
    """What `verify` found: how much was re-read, and every passage that does not hold."""

    reports: int
    passages: int
    failures: tuple[Failure, ...]

    @property
    def ok(self) -> bool:
        """Does every passage hold?"""
        return not self.failures


Told: TypeAlias = Callable[[Progress], None]
"""Called now and then during an ingest, from the thread that called `ingest`."""


class Record:
    """A record: one file. Open it with `Record.open`, and close it or use it in a `with` statement."""

    @classmethod
    def open(cls, path: str | Path | None = None, mode: Literal["r", "w"] = "r") -> Record:
        """Open the record at `path` (None: where the settings say).

        Mode "r" reads only and never creates a file; it raises NoRecord where there is none. Mode "w" creates the
        record where there is none, and its folder. Both raise RecordTooNew for a record of a newer program and
        RecordDamaged for a file that is no record.
        """
        raise NotImplementedError

    @classmethod
    def create(cls, path: str | Path) -> Record:
        """A new record at `path`, open for writing; raises RecordError if there is a file already."""
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """Where the record is."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the record; a second time does nothing."""
        raise NotImplementedError

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
        raise NotImplementedError

    def reanalyse(self, *, jobs: int = 1, everything: bool = False, progress: Told | None = None) -> IngestReport:
        """Analyse again, from the stored texts, the reports that other knowledge than today's analysed (or all)."""
        raise NotImplementedError

    # ---- asking: every question takes the fields of Filters as keywords, or a Filters, or both

    def timeline(self, filters: Filters | None = None, **fields: Any) -> Results[TimelineEntry]:
        """Encounters, each counted once, by date; those without a date at the end."""
        raise NotImplementedError

    def encounters(self, filters: Filters | None = None, **fields: Any) -> Results[Mention]:
        """Encounters as each report tells them, by report and place in the text."""
        raise NotImplementedError

    def encounter(self, gid: str) -> TimelineEntry:
        """One encounter counted once, by its `gid`. Raises NotFound."""
        raise NotImplementedError

    def statements(self, filters: Filters | None = None, **fields: Any) -> Results[Said]:
        """Statements by date (those without one by the day of their report), report and place in the text.

        The filter `actor` means speakers, `kind`, `status` and `forum` the encounter at which it was said.
        """
        raise NotImplementedError

    def agenda(self, as_of: str, filters: Filters | None = None, **fields: Any) -> Results[AgendaItem]:
        """What is due, overdue or open as the record knew it on the day `as_of` (ISO): later reports are not used."""
        raise NotImplementedError

    def disagreements(self, filters: Filters | None = None, **fields: Any) -> Results[DisagreementRow]:
        """Fields of encounters on which reports cannot both be right."""
        raise NotImplementedError

    def report(self, report_id: str) -> ReportView:
        """One report with everything found in it. The start of an id is enough where it is the only one. NotFound."""
        raise NotImplementedError

    def reports(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        """The reports: id, title, outlet, url, published, language, counts, set_aside."""
        raise NotImplementedError

    def search(self, words: str, filters: Filters | None = None, **fields: Any) -> Results[SearchHit]:
        """Reports, encounters and statements that hold the words, best first.

        Words, "phrases", prefix*, AND, OR, NOT and NEAR(a b, 5) as SQLite's FTS5 knows them; anything else is taken
        as plain words.
        """
        raise NotImplementedError

    def status(self) -> Status:
        """What the record holds, in numbers."""
        raise NotImplementedError

    # ---- checking and handing on

    def verify(self, progress: Callable[[int], None] | None = None) -> Verification:
        """Re-read every passage against the stored text; `progress` is told the number of reports re-read."""
        raise NotImplementedError

    def digest(self) -> str:
        """SHA-256 over the content: equal for equal records, whatever the order or time of their ingest."""
        raise NotImplementedError

    def export(
        self,
        folder: str | Path,
        format: str = "exchange",  # noqa: A002  the word that users of every other library type
        filters: Filters | None = None,
        **fields: Any,
    ) -> Manifest:
        """Write the record into `folder` in a format of `communique.export.FORMATS`; returns what was written."""
        raise NotImplementedError

    def refusals(self) -> Sequence[Refusal]:
        """Every input that was refused, with its reason."""
        raise NotImplementedError
