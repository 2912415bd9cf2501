"""What the rooms hand on to each other: plain immutable data, in the words of the glossary.

Offsets are 0-based, end exclusive, in Unicode code points of the report's cleaned text (`Report.text`).
Dates are EDTF (ISO 8601-2, levels 0 and 1), durations ISO 8601. Unknown is None, and a `because` says why.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal, TypeAlias

import msgspec

__all__ = [
    "ACT_GROUPS",
    "ACT_STRENGTH",
    "ENCOUNTER_KINDS",
    "ENCOUNTER_STATUSES",
    "SPEECH_ACTS",
    "TRIP_STATES",
    "Abstention",
    "ActorType",
    "DateBasis",
    "Dating",
    "Disagreement",
    "Encounter",
    "EncounterKind",
    "EncounterStatus",
    "Findings",
    "Furniture",
    "LinkedEncounter",
    "Mode",
    "NearCopy",
    "Participant",
    "Passage",
    "Piece",
    "Refusal",
    "Report",
    "SpeechAct",
    "Statement",
    "TimeExpression",
    "TimeType",
    "TripState",
]

ActorType: TypeAlias = Literal["person", "government", "organisation", "forum", "delegation", "group"]
EncounterKind: TypeAlias = Literal["meeting", "call", "visit", "talks", "session", "summit", "message"]
EncounterStatus: TypeAlias = Literal[
    "proposed", "scheduled", "ongoing", "held", "postponed", "cancelled", "refused", "disputed"
]
SpeechAct: TypeAlias = Literal[
    "demand", "request", "propose", "promise", "agree", "support", "praise", "reject", "deny",
    "warn", "threaten", "accuse", "condemn", "announce", "inform", "assess",
]  # fmt: skip
Mode: TypeAlias = Literal["direct", "indirect", "mixed"]
DateBasis: TypeAlias = Literal["metadata", "stated", "resolved", "inferred"]
TripState: TypeAlias = Literal["has", "planned", "disagrees", "lacks"]
TimeType: TypeAlias = Literal["date", "time", "duration", "set"]

ENCOUNTER_KINDS: Final[tuple[EncounterKind, ...]] = (
    "meeting", "call", "visit", "talks", "session", "summit", "message",
)  # fmt: skip
ENCOUNTER_STATUSES: Final[tuple[EncounterStatus, ...]] = (
    "proposed", "scheduled", "ongoing", "held", "postponed", "cancelled", "refused", "disputed",
)  # fmt: skip
TRIP_STATES: Final[tuple[TripState, ...]] = ("has", "planned", "disagrees", "lacks")
ACT_GROUPS: Final[dict[str, tuple[SpeechAct, ...]]] = {
    "ask": ("demand", "request", "propose"),
    "concede": ("promise", "agree", "support", "praise"),
    "refuse": ("reject", "deny"),
    "threat": ("warn", "threaten"),
    "blame": ("accuse", "condemn"),
    "tell": ("announce", "inform", "assess"),
}
SPEECH_ACTS: Final[tuple[SpeechAct, ...]] = tuple(act for group in ACT_GROUPS.values() for act in group)
ACT_STRENGTH: Final[tuple[SpeechAct, ...]] = ("threaten", "demand", "reject", "accuse", "warn", "promise")
"""A statement that does several acts is given the first of these that it does; the rest are equal below them."""


class Passage(msgspec.Struct, frozen=True, order=True):
    """A run of characters of a report's text, with the words themselves: `text == report.text[start:end]`."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """(start, end)."""
        return (self.start, self.end)


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """`length` characters of the cleaned text from `clean` on stand in the original from `original` on, unchanged."""

    clean: int
    original: int
    length: int


class Furniture(msgspec.Struct, frozen=True):
    """A run of the original text that is not the article: its span there, its words, and why it was set aside."""

    start: int
    end: int
    text: str
    reason: str


class Dating(msgspec.Struct, frozen=True):
    """A day or period and what it rests on.

    `value` is EDTF or None; `basis` is None exactly when `value` is; `because` is one sentence in either case.
    `constraints` has one sentence for each piece of evidence that took part.
    """

    value: str | None = None
    basis: DateBasis | None = None
    because: str = "nothing in the report says when it was published"
    constraints: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """One published text, cleaned and ready to be read.

    `text` is what every offset counts in; it starts with the title where there is one (`title_end` is where the
    title line ends, 0 without a title). `pieces` lead back to `original`, the text as it came.
    `metadata_published` is the day that came with the file, before anybody weighed it against the text.
    """

    id: str
    text: str
    title: str | None = None
    title_end: int = 0
    outlet: str | None = None
    url: str | None = None
    language: str = "en"
    path: str | None = None
    metadata_published: str | None = None
    published: Dating = Dating()
    pieces: tuple[Piece, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    original: str | None = None

    def passage(self, start: int, end: int) -> Passage:
        """The passage from `start` to `end`; raises ValueError if that is not inside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no passage [{start}, {end}) in a text of {len(self.text)} characters")
        return Passage(start, end, self.text[start:end])

    @property
    def digest(self) -> str:
        """SHA-256 of the cleaned text, in hex: what `verify` checks the stored text against."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_original(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the original text for a span of the cleaned one; None where no character came from it."""
        if not self.pieces:
            return (start, end)
        found = [
            (piece.original + max(start - piece.clean, 0), piece.original + min(end - piece.clean, piece.length))
            for piece in self.pieces
            if piece.clean < end and start < piece.clean + piece.length
        ]
        return (found[0][0], found[-1][1]) if found else None


class TimeExpression(msgspec.Struct, frozen=True):
    """An expression of time as the text has it, and what it means.

    `value` is EDTF for a date or time, ISO 8601 for a duration, None while nothing settles it; `timex` the TIMEX3
    value for scoring against annotated corpora. `candidates` are the values still possible.
    `approximate` is set by "about", "approximately", "some".
    """

    start: int
    end: int
    text: str
    type: TimeType
    value: str | None = None
    timex: str | None = None
    basis: DateBasis | None = None
    because: str = ""
    candidates: tuple[str, ...] = ()
    approximate: bool = False


class Participant(msgspec.Struct, frozen=True):
    """Who took part: the name as in the authority file (or as in the text), for whom, and in what role.

    `actor` is the id in the authority file, None for an actor it does not know. `office` is the office held that day.
    """

    name: str
    type: ActorType
    represents: str | None = None
    role: str | None = None
    actor: str | None = None
    office: str | None = None


class Encounter(msgspec.Struct, frozen=True):
    """One contact between sides as one report tells it (a *mention*, in the glossary's words)."""

    id: str
    kind: EncounterKind
    status: EncounterStatus
    participants: tuple[Participant, ...]
    evidence: tuple[Passage, ...]
    date: str | None = None
    date_basis: DateBasis | None = None
    date_because: str = ""
    duration: str | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    level: str | None = None
    format: str | None = None
    number: int | None = None
    part_of: str | None = None
    topics: tuple[str, ...] = ()
    confidence: float = 0.5
    because: tuple[str, ...] = ()

    @property
    def sides(self) -> frozenset[str]:
        """The sides that took part."""
        return frozenset(p.represents for p in self.participants if p.represents)


class Statement(msgspec.Struct, frozen=True):
    """Something that a speaker is reported to have said.

    `content` are the passages that were said; `evidence` the whole sentences. Joint speakers stand in `speakers`
    one by one; `at` is the id of the encounter of the same report at which it was said.
    """

    id: str
    speakers: tuple[Participant, ...]
    mode: Mode
    act: SpeechAct
    content: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    cue: Passage | None = None
    speaker_passage: Passage | None = None
    addressee: str | None = None
    about: str | None = None
    at: str | None = None
    date: str | None = None
    date_basis: DateBasis | None = None
    relayed_by: str | None = None
    confidence: float = 0.5
    because: tuple[str, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The speakers' names with "; " between them, None where nobody is named."""
        return "; ".join(p.name for p in self.speakers) or None

    @property
    def represents(self) -> str | None:
        """The speakers' sides, without repetition, with "; " between them."""
        return "; ".join(dict.fromkeys(p.represents for p in self.speakers if p.represents)) or None


class Abstention(msgspec.Struct, frozen=True):
    """A sentence that looks diplomatic but gave no record, and why."""

    passage: Passage
    reason: str


class Findings(msgspec.Struct, frozen=True):
    """All that one report says: the dated report itself, encounters, statements, time expressions, what was left."""

    report: Report
    encounters: tuple[Encounter, ...] = ()
    statements: tuple[Statement, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    sentences: int = 0
    parsed: int = 0


class Refusal(msgspec.Struct, frozen=True):
    """An input that could not be read as a report, with its place and reason."""

    where: str
    reason: str


class LinkedEncounter(msgspec.Struct, frozen=True):
    """One encounter counted once: the mentions that are the same, the fields they settle on, and why.

    `mentions` are (report id, encounter id); `origins` counts independent origins among their reports;
    `life` are (status, date of the encounter, publication date of the report, report id, encounter id) in time order.
    """

    gid: str
    kind: EncounterKind
    status: EncounterStatus
    mentions: tuple[tuple[str, str], ...]
    participants: tuple[Participant, ...]
    date: str | None = None
    date_basis: DateBasis | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    duration: str | None = None
    part_of: str | None = None
    topics: tuple[str, ...] = ()
    reports: int = 1
    origins: int = 1
    life: tuple[tuple[str, str | None, str | None, str, str], ...] = ()
    because: tuple[str, ...] = ()
    confidence: float = 0.5

    @property
    def sides(self) -> frozenset[str]:
        """The sides that took part."""
        return frozenset(p.represents for p in self.participants if p.represents)


class Disagreement(msgspec.Struct, frozen=True):
    """A field of one encounter on which reports cannot both be right.

    `values` are (value, report id, encounter id, passages); `because` says why they cannot both be right.
    """

    gid: str
    field: Literal["date", "place", "participants", "duration", "number", "outcome", "status"]
    values: tuple[tuple[str, str, str, tuple[Passage, ...]], ...]
    because: str


class NearCopy(msgspec.Struct, frozen=True):
    """Two reports that are one text, and the share of the shorter one's words that the longer one holds."""

    a: str
    b: str
    containment: float
