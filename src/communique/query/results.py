"""What questions are answered with: plain immutable rows, and the sequence that holds them.

Every row carries its passages, so that nothing is said without the words that prove it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

import msgspec

from communique.errors import CommuniqueError
from communique.records import (
    Abstention,
    DateBasis,
    Encounter,
    EncounterKind,
    EncounterStatus,
    Findings,
    Participant,
    Passage,
    Refusal,
    Statement,
)

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "AgendaItem",
    "Change",
    "DisagreementRow",
    "DisagreementValue",
    "Evidence",
    "Mark",
    "Mention",
    "ReportRow",
    "ReportView",
    "Results",
    "Said",
    "SearchHit",
    "Status",
    "TimelineEntry",
]


class Evidence(msgspec.Struct, frozen=True):
    """A passage together with the report it stands in: `text` is that report's text from `start` to `end`."""

    report: str
    start: int
    end: int
    text: str


class Change(msgspec.Struct, frozen=True):
    """One step in the life of an encounter: what a report published on a day said its status and date were."""

    status: EncounterStatus
    date: str | None
    published: str | None
    report: str
    encounter: str


class TimelineEntry(msgspec.Struct, frozen=True):
    """One encounter counted once.

    `date` is EDTF, `first` and `last` its first and last day (ISO), None where no day is known. `mentions` are
    (report id, encounter id). `reports` and `origins` count reports and independent origins, `statements` what was
    said at it, `disagreements` names the fields on which reports part, `evidence` has one passage of each mention.
    """

    gid: str
    kind: EncounterKind
    status: EncounterStatus
    date: str | None
    date_basis: DateBasis | None
    first: str | None
    last: str | None
    participants: tuple[Participant, ...]
    sides: tuple[str, ...]
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    duration: str | None = None
    part_of: str | None = None
    topics: tuple[str, ...] = ()
    reports: int = 1
    origins: int = 1
    statements: int = 0
    disagreements: tuple[str, ...] = ()
    mentions: tuple[tuple[str, str], ...] = ()
    life: tuple[Change, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    because: tuple[str, ...] = ()
    confidence: float = 0.5

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        return {
            "gid": self.gid,
            "date": self.date,
            "kind": self.kind,
            "status": self.status,
            "sides": "; ".join(self.sides),
            "participants": _names(self.participants),
            "place": self.place,
            "country": self.country,
            "forum": self.forum,
            "duration": self.duration,
            "topics": "; ".join(self.topics),
            "date_basis": self.date_basis,
            "first": self.first,
            "last": self.last,
            "reports": self.reports,
            "origins": self.origins,
            "statements": self.statements,
            "disagreements": "; ".join(self.disagreements),
            "part_of": self.part_of,
            "evidence": self.evidence[0].text if self.evidence else None,
            "report": self.evidence[0].report if self.evidence else None,
            "confidence": self.confidence,
        }


class Mention(msgspec.Struct, frozen=True):
    """An encounter as one report tells it, and `gid` of the encounter it was linked into."""

    report: str
    outlet: str | None
    published: str | None
    gid: str | None
    encounter: Encounter

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        met = self.encounter
        return {
            "report": self.report,
            "id": met.id,
            "gid": self.gid,
            "outlet": self.outlet,
            "published": self.published,
            "date": met.date,
            "kind": met.kind,
            "status": met.status,
            "sides": "; ".join(sorted(met.sides)),
            "participants": _names(met.participants),
            "place": met.place,
            "country": met.country,
            "forum": met.forum,
            "level": met.level,
            "format": met.format,
            "number": met.number,
            "duration": met.duration,
            "topics": "; ".join(met.topics),
            "date_basis": met.date_basis,
            "date_because": met.date_because,
            "part_of": met.part_of,
            "evidence": met.evidence[0].text if met.evidence else None,
            "start": met.evidence[0].start if met.evidence else None,
            "end": met.evidence[0].end if met.evidence else None,
            "confidence": met.confidence,
        }


class Said(msgspec.Struct, frozen=True):
    """A statement with the report that has it, and `gid` of the encounter at which it was said."""

    report: str
    outlet: str | None
    published: str | None
    gid: str | None
    statement: Statement

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        said = self.statement
        return {
            "report": self.report,
            "id": said.id,
            "outlet": self.outlet,
            "published": self.published,
            "date": said.date,
            "speaker": said.speaker,
            "represents": said.represents,
            "addressee": said.addressee,
            "act": said.act,
            "mode": said.mode,
            "about": said.about,
            "said": " … ".join(p.text for p in said.content),
            "cue": said.cue.text if said.cue else None,
            "at": said.at,
            "gid": self.gid,
            "relayed_by": said.relayed_by,
            "start": said.content[0].start if said.content else None,
            "end": said.content[-1].end if said.content else None,
            "confidence": said.confidence,
        }


class AgendaItem(msgspec.Struct, frozen=True):
    """A plan as the record knew it on a day.

    `state`: `due` its day is still to come, `overdue` its day has passed and no report says that it took place or
    was called off, `open` it has no day. `days` counts from the day asked about to the first day (due) or from the
    last day (overdue, negative); None when open. `status` and `date` are those of the last report that was out by
    then; `changes` are all steps known by then, in order; `evidence` is the passage of the last one.
    """

    gid: str
    state: Literal["due", "overdue", "open"]
    kind: EncounterKind
    status: EncounterStatus
    date: str | None
    first: str | None
    last: str | None
    days: int | None
    participants: tuple[Participant, ...]
    sides: tuple[str, ...]
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    topics: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        return {
            "gid": self.gid,
            "state": self.state,
            "date": self.date,
            "days": self.days,
            "kind": self.kind,
            "status": self.status,
            "sides": "; ".join(self.sides),
            "participants": _names(self.participants),
            "place": self.place,
            "forum": self.forum,
            "topics": "; ".join(self.topics),
            "evidence": self.evidence[0].text if self.evidence else None,
            "report": self.evidence[0].report if self.evidence else None,
        }


class DisagreementValue(msgspec.Struct, frozen=True):
    """What one report says about the field, with its words."""

    value: str
    report: str
    outlet: str | None
    published: str | None
    encounter: str
    origin: str
    passages: tuple[Passage, ...]


class DisagreementRow(msgspec.Struct, frozen=True):
    """A field of one encounter on which reports cannot both be right; `because` says why."""

    gid: str
    field: str
    because: str
    kind: EncounterKind
    date: str | None
    sides: tuple[str, ...]
    participants: tuple[Participant, ...]
    values: tuple[DisagreementValue, ...]

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        return {
            "gid": self.gid,
            "field": self.field,
            "kind": self.kind,
            "date": self.date,
            "sides": "; ".join(self.sides),
            "participants": _names(self.participants),
            "values": "; ".join(f"{v.report}: {v.value}" for v in self.values),
            "because": self.because,
        }


class Mark(msgspec.Struct, frozen=True):
    """A span of a report's text that a finding rests on.

    `role` is `encounter`, `speaker`, `cue`, `content`, `statement` (the whole sentences), `time` or `abstention`;
    `id` is the id of the encounter or statement, None for the last two roles.
    """

    start: int
    end: int
    role: str
    id: str | None = None


class ReportView(msgspec.Struct, frozen=True):
    """A report with everything found in it.

    `gids` maps each encounter id to the encounter it was linked into, `origin` is the report that stands for all
    copies of this text, `copies` the other reports that are near copies of it, `set_aside` why it was not analysed,
    `knowledge` the fingerprint of the knowledge that analysed it, `marks` the spans to show, sorted. `relay` is the
    agency whose story the report is or passes on.
    """

    findings: Findings
    origin: str
    copies: tuple[str, ...]
    gids: dict[str, str]
    set_aside: str | None
    knowledge: str | None
    marks: tuple[Mark, ...]
    relay: str | None = None

    @property
    def id(self) -> str:
        """The report's id."""
        return self.findings.report.id

    @property
    def abstentions(self) -> tuple[Abstention, ...]:
        """Sentences that look diplomatic but gave no record."""
        return self.findings.abstentions


class ReportRow(msgspec.Struct, frozen=True):
    """A report without its text: `mentions` and `statements` are counts, `set_aside` why it was not analysed."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    published_basis: str | None
    language: str
    origin: str
    mentions: int
    statements: int
    set_aside: str | None


class SearchHit(msgspec.Struct, frozen=True):
    """A place where the words were found.

    `what` says in which kind of thing: `report`, `encounter` or `statement`, and `id` which one in its report (None
    for the report itself). `snippet` are words around the find and `highlights` the spans of the found words in it.
    """

    what: Literal["report", "encounter", "statement"]
    report: str
    id: str | None
    gid: str | None
    title: str | None
    outlet: str | None
    published: str | None
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    rank: float

    def row(self) -> dict[str, Any]:
        """One flat row for a table."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "highlights"}


class Status(msgspec.Struct, frozen=True):
    """What the record holds, in numbers.

    `dated_share` is the share of analysed reports whose day of publication is known; `bases` says on what it rests;
    `knowledge` counts reports by the fingerprint of the knowledge that analysed them; `first` and `last` are the
    first and last day of publication.
    """

    path: str
    schema: int
    program: str
    bytes: int
    reports: int
    analysed: int
    set_aside: int
    refused: int
    dated: int
    dated_share: float | None
    first: str | None
    last: str | None
    mentions: int
    encounters: int
    statements: int
    passages: int
    abstentions: int
    disagreements: int
    near_copies: int
    origins: int
    sentences: int
    parsed: int
    languages: dict[str, int]
    bases: dict[str, int]
    knowledge: dict[str, int]
    refusals: tuple[Refusal, ...]
    set_aside_reasons: dict[str, int]


T = TypeVar("T", bound=msgspec.Struct)


class Results(Sequence[T], Generic[T]):
    """An immutable sequence of rows; `total` counts all that match, of which `limit` may have kept only some."""

    __slots__ = ("_rows", "total")

    def __init__(self, rows: Iterable[T], total: int | None = None) -> None:
        self._rows = tuple(rows)
        self.total = len(self._rows) if total is None else total

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Results[T]: ...
    def __getitem__(self, index: int | slice) -> T | Results[T]:
        if isinstance(index, slice):
            return Results(self._rows[index], self.total)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Results) and (self._rows, self.total) == (other._rows, other.total)

    def __hash__(self) -> int:
        return hash((self._rows, self.total))

    def __repr__(self) -> str:
        kind = type(self._rows[0]).__name__ if self._rows else "nothing"
        more = f" of {self.total}" if self.total > len(self) else ""
        return f"<Results: {len(self)}{more} × {kind}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Every row as plain dicts and sequences, ready for JSON."""
        return [msgspec.to_builtins(row) for row in self._rows]

    def rows(self) -> list[dict[str, Any]]:
        """Every row flattened to one level, as a table shows it."""
        return [row.row() if hasattr(row, "row") else msgspec.to_builtins(row) for row in self._rows]

    def to_frame(self) -> DataFrame:
        """The rows as a pandas DataFrame. Raises CommuniqueError where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise CommuniqueError(
                "to_frame() needs pandas, which is not installed", remedy="pip install 'communique[frame]'"
            ) from error
        return pd.DataFrame(self.rows())


def _names(participants: Iterable[Participant]) -> str:
    return "; ".join(p.name for p in participants)
