"""Every error that communique raises on purpose, as one tree.

    CommuniqueError
    ├── InputError            what the user gave cannot be used
    │   ├── UnreadableReport  a file, page or line is not a report (kept as a refusal during ingest)
    │   ├── BadDate           a day or period that is not a date
    │   └── BadFilter         a filter names no known actor, kind, status or act
    ├── RecordError           the record cannot be opened, read or written
    │   ├── NoRecord          there is no record at that path
    │   ├── RecordTooNew      the record was written by a newer program
    │   ├── RecordBusy        another process is writing
    │   └── RecordDamaged     a stored passage or page does not hold
    ├── KnowledgeError        a data file of ours or of the user is not as it should be
    └── NotFound              nothing in this record has that id

Each says what was wrong, where, and what to do; the command line prints the three as one message.
"""

from __future__ import annotations

__all__ = [
    "BadDate",
    "BadFilter",
    "CommuniqueError",
    "InputError",
    "KnowledgeError",
    "NoRecord",
    "NotFound",
    "RecordBusy",
    "RecordDamaged",
    "RecordError",
    "RecordTooNew",
    "UnreadableReport",
]


class CommuniqueError(Exception):
    """The root of the tree: what was wrong, where, and what to do about it.

    `what` is a clause, `where` names the file, line, report or setting, `remedy` is a sentence with a verb.
    `exit_code` is the exit code of the command line for this kind of error.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in the worker pool; the keyword-only fields must come along.
        return (_rebuild, (type(self), self.what, self.where, self.remedy))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head


def _rebuild(kind: type[CommuniqueError], what: str, where: str | None, remedy: str | None) -> CommuniqueError:
    return kind(what, where=where, remedy=remedy)


class InputError(CommuniqueError):
    """What the user gave cannot be used."""

    exit_code = 2


class UnreadableReport(InputError):
    """A file, page or line is not a report; an ingest keeps it as a refusal with this reason."""


class BadDate(InputError):
    """A day or period that is not a date."""


class BadFilter(InputError):
    """A filter names no known actor, kind, status or act."""


class RecordError(CommuniqueError):
    """The record cannot be opened, read or written."""

    exit_code = 3


class NoRecord(RecordError):
    """There is no record at that path."""


class RecordTooNew(RecordError):
    """The record was written by a newer program than this one."""


class RecordBusy(RecordError):
    """Another process is writing to the record."""


class RecordDamaged(RecordError):
    """A stored passage or a page of the database does not hold."""


class KnowledgeError(CommuniqueError):
    """A data file, ours or the user's, is not as it should be."""

    exit_code = 4


class NotFound(CommuniqueError):
    """Nothing in this record has that id."""

    exit_code = 5
