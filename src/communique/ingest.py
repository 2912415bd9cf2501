"""The journey of many reports into a record: read, analyse what is new, write in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from communique.intake import RawReport, read
from communique.records import Findings, Refusal
from communique.store import Analysed, Kept, Reader, Writer, raw_digest
from communique.workers import Analyse, InProcess, Pool, set_aside

if TYPE_CHECKING:
    from communique.store.sharing import Waiting

__all__ = ["Ingest", "IngestReport", "Progress", "Told"]


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


Told: TypeAlias = Callable[[Progress], None]
"""Called now and then during an ingest, from the thread that called `ingest`."""

_TOLD_EVERY = 0.1
"""Seconds between two calls of the progress function."""
_LISTED = 100
_LONGEST = 2.0
"""Seconds after which a batch is written though it is not full, so that a slow source leaves little unwritten."""


class Ingest:
    """One run that writes to a record: counts what happens, tells the progress, writes batch by batch."""

    def __init__(
        self, writer: Writer, make: Analyse, *, jobs: int = 1, batch: int = 64, progress: Told | None = None
    ) -> None:
        self._writer, self._make, self._jobs, self._size, self._progress = writer, make, jobs, max(batch, 1), progress
        self._counts = dict.fromkeys(
            ("new", "updated", "unchanged", "refused", "set_aside", "encounters", "statements", "sentences", "parsed"),
            0,
        )
        self._counts["characters"] = 0
        self._read = 0
        self._refusals: list[Refusal] = []
        self._batch: list[Analysed | Refusal] = []
        self._started = self._told = self._written = time.perf_counter()

    def read(self, paths: Sequence[str], *, max_chars: int) -> IngestReport:
        """Read these paths into the record."""
        return self.take("ingest", paths, read(paths, max_chars=max_chars))

    def take(self, what: str, paths: Sequence[str], items: Iterable[RawReport | Refusal]) -> IngestReport:
        """Take these reports into the record; `what` and `paths` go into its log."""
        self._writer.begin(what, paths)
        items = self._unknown(items)
        with self._analysing() as analysing:
            try:
                for item, found in analysing.map(items):
                    self._take(item, found, analysing)
            except KeyboardInterrupt:
                self._flush(analysing)
                self._tell(last=True)
                raise
            self._flush(analysing)
            self._settle(analysing)
        return self._end()

    def again(self, reader: Reader, *, everything: bool) -> IngestReport:
        """Analyse reports of the record again, keeping their ids."""
        self._writer.begin("reanalyse", [])
        with self._analysing() as analysing:
            current = analysing.knows()
            names: list[str] = []

            def stored() -> Iterator[RawReport]:
                for held in list(reader.held()):
                    if everything or held.knowledge != current or current is None:
                        self._read += 1
                        names.append(held.id)
                        yield reader.raw(held.n)

            for at, (item, found) in enumerate(analysing.map(stored())):
                if isinstance(found, Refusal) or isinstance(item, Refusal):
                    # What the record holds is not given up because the analysis fails now.
                    self._refused(found if isinstance(found, Refusal) else Refusal(names[at], "it was refused"))
                    continue
                report = msgspec.structs.replace(found.report, id=names[at])
                self._add(item, msgspec.structs.replace(found, report=report), analysing)
                self._counts["updated"] += 1
                self._count(found)
                if len(self._batch) >= self._size:
                    self._replace()
            self._replace()
            self._settle(analysing)
        return self._end()

    def _settle(self, analysing: InProcess | Pool) -> None:
        """Analyse reports without a day again, with what the encounters they share with other reports say of it.

        What is not done when a run is cut off waits in the record for the next one.
        """
        while batch := self._writer.waiting(self._size):
            run = analysing if isinstance(analysing, InProcess) else InProcess(self._make)
            if not run.settles():
                return
            self._writer.settle([(one, self._settled(run, one)) for one in batch])
            self._tell()

    def _settled(self, run: InProcess, one: Waiting) -> Analysed | None:
        """The findings with these bounds; without them where the day that comes out does not keep to them."""
        from communique import linking
        from communique.dates import DayBound

        raw = self._writer.raw(one.n)

        def analysed(bounds: Sequence[linking.Bound]) -> Findings | None:
            with_bounds = run.settled(raw, [DayBound(*bound[:3]) for bound in bounds])
            return with_bounds if isinstance(with_bounds, Findings) else None

        found = linking.settle(analysed, one.bounds) if one.bounds else None
        found = found or analysed(())
        if found is None:
            return None
        report = msgspec.structs.replace(found.report, id=one.id)
        found = msgspec.structs.replace(found, report=report)
        return Analysed(raw, found, set_aside(report), one.knowledge)

    def _analysing(self) -> InProcess | Pool:
        return InProcess(self._make) if self._jobs <= 1 else Pool(self._make, self._jobs)

    def _unknown(self, items: Iterable[RawReport | Refusal]) -> Iterator[RawReport | Refusal]:
        """What the record has not seen yet; the rest is counted here and never analysed."""
        for item in items:
            self._read += 1
            if isinstance(item, RawReport) and self._known(item):
                self._counts["unchanged"] += 1
                self._tell()
                continue
            yield item

    def _known(self, raw: RawReport) -> bool:
        try:
            return self._writer.knows(raw_digest(raw))
        except UnicodeEncodeError:
            return False  # half characters: the analysis or the writer will refuse it with a reason

    def _take(self, item: RawReport | Refusal, found: Findings | Refusal, analysing: InProcess | Pool) -> None:
        if isinstance(found, Refusal) or isinstance(item, Refusal):
            assert isinstance(found, Refusal)
            self._batch.append(found)
        else:
            self._add(item, found, analysing)
        if len(self._batch) >= self._size or time.perf_counter() - self._written > _LONGEST:
            self._flush(analysing)
        self._tell()

    def _add(self, raw: RawReport, found: Findings, analysing: InProcess | Pool) -> None:
        self._batch.append(Analysed(raw, found, set_aside(found.report), analysing.fingerprint))

    def _flush(self, analysing: InProcess | Pool) -> None:
        """Write the batch; what has to be analysed with the facts of two copies is, and is written at once."""
        if not self._batch:
            return
        kept = self._writer.write(self._batch)
        batch, self._batch = self._batch, []
        self._written = time.perf_counter()
        merged = [k.merged for k in kept if k.outcome == "again" and k.merged is not None]
        for item, outcome in zip(batch, kept, strict=True):
            self._outcome(item, outcome)
        if merged:
            run = analysing if isinstance(analysing, InProcess) else InProcess(self._make)
            for raw in merged:
                found = run(raw)
                if isinstance(found, Refusal):
                    self._batch.append(found)
                else:
                    self._batch.append(Analysed(raw, found, set_aside(found.report), run.fingerprint))
            self._flush(analysing)

    def _outcome(self, item: Analysed | Refusal, kept: Kept) -> None:
        if kept.outcome == "again":
            return
        if kept.outcome == "refused":
            reason = item if isinstance(item, Refusal) else Refusal(item.raw.path or "-", kept.reason or "")
            self._refused(reason)
            return
        self._counts[kept.outcome] += 1
        if isinstance(item, Analysed) and kept.outcome in ("new", "updated"):
            self._count(item.findings)
            self._counts["set_aside"] += item.set_aside is not None

    def _count(self, found: Findings) -> None:
        self._counts["encounters"] += len(found.encounters)
        self._counts["statements"] += len(found.statements)
        self._counts["sentences"] += found.sentences
        self._counts["parsed"] += found.parsed
        self._counts["characters"] += len(found.report.text)

    def _refused(self, refusal: Refusal) -> None:
        self._counts["refused"] += 1
        if len(self._refusals) < _LISTED:
            self._refusals.append(refusal)

    def _replace(self) -> None:
        self._writer.replace([item for item in self._batch if isinstance(item, Analysed)])
        self._batch = []
        self._tell()

    def _tell(self, *, last: bool = False) -> None:
        now = time.perf_counter()
        if self._progress is None or (now - self._told < _TOLD_EVERY and not last):
            return
        self._told = now
        counts = self._counts
        kept = counts["new"] + counts["updated"]
        self._progress(
            Progress(
                read=self._read,
                new=counts["new"],
                unchanged=counts["unchanged"],
                updated=counts["updated"],
                refused=counts["refused"],
                kept=kept,
                seconds=now - self._started,
            )
        )

    def _end(self) -> IngestReport:
        seconds = time.perf_counter() - self._started
        self._tell(last=True)
        logged = {name: self._counts[name] for name in ("new", "updated", "unchanged", "refused")}
        self._writer.end({"read": self._read, **logged}, seconds)
        return IngestReport(read=self._read, seconds=seconds, refusals=tuple(self._refusals), **self._counts)
