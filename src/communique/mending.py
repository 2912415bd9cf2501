"""What is wrong with a record, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from communique.ingest import Ingest, IngestReport, Told
from communique.intake import RawReport
from communique.record import Record
from communique.store import Failure, Writer, care
from communique.workers import Analyse, analyser

__all__ = ["Diagnosis", "Mended", "diagnose", "mend", "rebuild"]


class Diagnosis(msgspec.Struct, frozen=True):
    """What is wrong with a record: its file's faults, and its passages that do not hold."""

    troubles: tuple[care.Trouble, ...]
    failures: tuple[Failure, ...]

    @property
    def ok(self) -> bool:
        """Is nothing wrong?"""
        return not self.troubles and not self.failures

    @property
    def rebuilt(self) -> bool:
        """Is it only indexes, which can be built again from what the record holds?"""
        return bool(self.troubles) and not self.failures and all(t.rebuilt for t in self.troubles)


class Mended(msgspec.Struct, frozen=True):
    """A new record made of what could be read of a damaged one, and what could not."""

    path: str
    taken: IngestReport
    lost: tuple[str, ...]


def diagnose(path: str | Path) -> Diagnosis:
    """Look at every page, reference, index and passage of the record at `path`. Changes nothing."""
    where = Path(path).expanduser()
    troubles = tuple(care.diagnose(where))
    if any(not trouble.rebuilt for trouble in troubles):
        return Diagnosis(troubles, ())
    with Record.open(where) as record:
        return Diagnosis(troubles, record.verify().failures)


def mend(path: str | Path, *, analyse: Analyse | None = None, progress: Told | None = None) -> Mended:
    """A new record beside the damaged one, named "NAME.mended", from every report that can still be read.

    Each is cleaned, analysed and linked anew, so every passage holds again. The damaged file is left as it is.
    Raises RecordError where there is a file of that name already.
    """
    where = Path(path).expanduser()
    lost: list[str] = []

    def reports() -> Iterator[RawReport]:
        for found in care.salvage(where):
            if isinstance(found, care.Trouble):
                lost.append(found.what)
            else:
                yield found

    target = where.with_name(where.name + ".mended")
    Record.create(target).close()
    with closing(Writer(target)) as writer:
        taken = Ingest(writer, analyse or analyser(), progress=progress).take("mend", [str(where)], reports())
    return Mended(str(target), taken, tuple(lost))


def rebuild(path: str | Path) -> Diagnosis:
    """Build the indexes of the record at `path` again, and look once more."""
    where = Path(path).expanduser()
    care.rebuild(where)
    return diagnose(where)
