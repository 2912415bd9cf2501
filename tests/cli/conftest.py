"""A small hand-made record, and a way to run commands against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

from communique.query import (
    AgendaItem,
    Change,
    DisagreementRow,
    DisagreementValue,
    Evidence,
    Filters,
    Line,
    LoggedTrip,
    Mention,
    Reconciled,
    ReportView,
    Results,
    Said,
    SearchHit,
    Status,
    Step,
    TimelineEntry,
)
from communique.record import IngestReport, Progress, Reconciliation, Record, Verification
from communique.records import (
    Abstention,
    Dating,
    Encounter,
    Findings,
    Furniture,
    Participant,
    Passage,
    Refusal,
    Report,
    Statement,
)
from communique.store import Failure

TEXT = (
    "Ministers meet in Vienna\n\n"
    "Foreign Minister Ana Horvat met her Norwegian counterpart Leif Dahl in Vienna on 3 March 2021. "
    'Dahl said the border treaty was "not up for bargaining". '
    "An envoy is expected to hold consultations."
)
MET = "Foreign Minister Ana Horvat met her Norwegian counterpart Leif Dahl in Vienna on 3 March 2021."
SAID = 'the border treaty was "not up for bargaining"'
LEFT = "An envoy is expected to hold consultations."
EVIL = "Vienna\x1b]0;owned\x07\x1b[31m [bold]City[/bold]\u202e\x9b2J"
"""A place as a hostile report would write it."""


def passage(words: str, text: str = TEXT) -> Passage:
    """The passage of `text` with these words."""
    start = text.index(words)
    return Passage(start, start + len(words), words)


HORVAT = Participant("Ana Horvat", "person", "HR", office="foreign minister")
DAHL = Participant("Leif Dahl", "person", "NO")
MEETING = Encounter(
    "e1", "meeting", "held", (HORVAT, DAHL), (passage(MET),), date="2021-03-03", date_basis="stated",
    date_because="the sentence says 3 March 2021", place="Vienna", country="AT", duration="PT1H30M", topics=("border",),
)  # fmt: skip
REFUSAL = Statement(
    "s1", (DAHL,), "mixed", "reject", (passage(SAID),), (passage("Dahl said " + SAID + "."),),
    cue=passage("said"), about="the border treaty", at="e1", date="2021-03-03",
)  # fmt: skip
FINDINGS = Findings(
    Report(
        "r-vienna", TEXT, title="Ministers meet in Vienna", title_end=24, outlet="The Daily Example", path="a.txt",
        published=Dating("2021-03-04", "resolved", "the day after the meeting", ("Thursday is 4 March 2021",)),
        furniture=(Furniture(0, 10, "Share this", "share bar"),),
    ),
    (MEETING,), (REFUSAL,), (), (Abstention(passage(LEFT), "nobody is named"),), 4, 3,
)  # fmt: skip

ENTRY = TimelineEntry(
    "g1", "meeting", "held", "2021-03-03", "stated", "2021-03-03", "2021-03-03", (HORVAT, DAHL), ("HR", "NO"),
    place="Vienna", country="AT", duration="PT1H30M", topics=("border",), reports=3, origins=2, statements=1,
    disagreements=("place",), mentions=(("r-vienna", "e1"), ("r-oslo", "e1")),
    life=(
        Change("scheduled", "2021-03-03", "2021-02-20", "r-oslo", "e2"),
        Change("held", "2021-03-03", "2021-03-04", "r-vienna", "e1"),
    ),
    evidence=(Evidence("r-vienna", 26, 26 + len(MET), MET),), because=("same sides, same day",),
)  # fmt: skip
ENTRIES = (
    ENTRY,
    msgspec.structs.replace(
        ENTRY, gid="g2", kind="summit", status="scheduled", date="2021-06-10/2021-06-13", date_basis="inferred",
        place=EVIL, country=None, forum="Council of Lakes", reports=1, origins=1, disagreements=(), topics=(),
    ),
    msgspec.structs.replace(
        ENTRY, gid="g3", kind="call", status="cancelled", date=None, date_basis=None, place=None, country=None,
        participants=tuple(Participant(f"Body {n}", "organisation") for n in range(12)),
    ),
)  # fmt: skip

WRONG = Failure("r-vienna", "encounter e1", 26, 40, "Foreign Minist", "Xoreign Minist", "the words differ")


# Fields that hold words of the glossary or dates: the record checks them, a report cannot set them.
_CHECKED = {
    "kind", "status", "mode", "act", "type", "basis", "date_basis", "state", "field", "role", "what", "start", "end",
    "first", "last",
}  # fmt: skip


def hostile(thing: Any) -> Any:
    """The same row with escape sequences in every word that a report could have brought."""
    if isinstance(thing, str):
        return f"{thing}{EVIL}"
    if isinstance(thing, tuple):
        return tuple(hostile(one) for one in thing)
    if isinstance(thing, dict):
        return {key: hostile(value) for key, value in thing.items()}
    if isinstance(thing, msgspec.Struct):
        return msgspec.structs.replace(
            thing, **{n: hostile(getattr(thing, n)) for n in thing.__struct_fields__ if n not in _CHECKED}
        )
    return thing


class FakeRecord:
    """Answers like a Record, from the rows above; remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.opened: list[tuple[Path, str]] = []
        self.failures: tuple[Failure, ...] = ()
        self.refused: tuple[Refusal, ...] = ()
        self.error: BaseException | None = None
        self.empty = False
        self.hostile = False
        self.path = Path("fake.sqlite")

    def __enter__(self) -> FakeRecord:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def _answer(self, question: str, filters: Any, *rows: Any, total: int | None = None) -> Results[Any]:
        self.asked.append((question, filters))
        if self.error:
            raise self.error
        if self.hostile:
            rows = hostile(rows)
        return Results(()) if self.empty else Results(rows, total)

    def timeline(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        return self._answer("timeline", filters, *ENTRIES, total=5)

    def encounters(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        row = Mention("r-vienna", "The Daily Example", "2021-03-04", "g1", MEETING)
        return self._answer("encounters", filters, row)

    def encounter(self, gid: str) -> TimelineEntry:
        self.asked.append(("encounter", gid))
        return hostile(ENTRY) if self.hostile else ENTRY  # type: ignore[no-any-return]

    def statements(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        return self._answer("statements", filters, Said("r-vienna", None, "2021-03-04", "g1", REFUSAL))

    def positions(self, issue: str | None = None, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        told = Said("r-vienna", None, "2021-03-04", "g1", REFUSAL)
        steps = (
            Step("2021-02-01", "demand", "for", "first", (told,)),
            Step("2021-03-03", "reject", "against", "changed", (told, told)),
        )
        return self._answer(
            "positions", (issue, filters), Line("border", "2021-02-01", "2021-03-03", "changed", 2, steps)
        )

    def agenda(self, as_of: str, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        item = AgendaItem(
            "g2", "due", "summit", "scheduled", "2021-06-10", "2021-06-10", "2021-06-10", 12, (HORVAT,), ("HR",),
            place="Oslo", evidence=(Evidence("r-oslo", 0, 9, "They plan"),),
        )  # fmt: skip
        late = msgspec.structs.replace(item, gid="g4", state="overdue", days=-1)
        loose = msgspec.structs.replace(item, gid="g5", state="open", days=None, date=None)
        return self._answer("agenda", (as_of, filters), item, late, loose)

    def reconcile(self, log: str | Path) -> Reconciliation:
        trip = LoggedTrip(
            "t1",
            "travels",
            "Ana Horvat",
            "2021-03-02",
            "2021-03-04",
            "AT",
            None,
            "Austria",
            "Vienna",
            "Met with hosts.",
        )
        visit = LoggedTrip("t2", "visits", "Leif Dahl", "2021-05-01", "2021-05-01", "HR", "NO", "Norway", "Croatia")
        found = (
            Reconciled(trip, "has", (), (ENTRY,)),
            Reconciled(visit, "lacks", ("no encounter of the traveller with this host on these days",), ()),
        )
        return Reconciliation(self._answer("reconcile", log, *found), self.refused)

    def disagreements(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        values = (
            DisagreementValue("Vienna", "r-vienna", "The Example", "2021-03-04", "e1", "r-vienna", (passage(MET),)),
            DisagreementValue("Oslo", "r-oslo", None, None, "e1", "r-oslo", (Passage(0, 12, "They met in Oslo"),)),
        )  # fmt: skip
        row = DisagreementRow(
            "g1", "place", "one meeting has one place", "meeting", "2021-03-03", ("HR", "NO"), (HORVAT, DAHL), values
        )
        return self._answer("disagreements", filters, row)

    def search(self, words: str, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        hit = SearchHit(
            "statement",
            "r-vienna",
            "s1",
            "g1",
            "Ministers meet",
            None,
            "2021-03-04",
            "the border treaty was",
            ((4, 10),),
            1.0,
        )
        return self._answer("search", (words, filters), hit)

    def report(self, report_id: str) -> ReportView:
        self.asked.append(("report", report_id))
        view = ReportView(FINDINGS, "r-vienna", ("r-copy",), {"e1": "g1"}, None, "abc", ())
        return hostile(view) if self.hostile else view  # type: ignore[no-any-return]

    def reports(self, filters: Filters | None = None, **fields: Any) -> Results[Any]:
        row = msgspec.defstruct("Row", ["id", "title", "outlet", "published", "set_aside"])
        return self._answer(
            "reports",
            filters,
            row("r-vienna", "Ministers meet", None, "2021-03-04", None),
            row("r-x", None, "Ou", None, "another language"),
        )

    def status(self) -> Status:
        state = Status(
            "fake.sqlite", 1, "0.1.0", 4_200_000, 5, 4, 1, 1, 3, 0.75,
            "2021-03-04", "2021-04-01", 4, 3, 1, 9, 1, 1, 1, 4, 40, 30,
            {"en": 4, "de": 1}, {"stated": 2, "inferred": 1}, {"abc": 3, "abd": 1}, self.refused,
            {"another language": 1},
        )  # fmt: skip
        return hostile(state) if self.hostile else state  # type: ignore[no-any-return]

    def refusals(self) -> tuple[Refusal, ...]:
        return self.refused

    def verify(self, progress: Callable[[int], None] | None = None) -> Verification:
        if progress:
            progress(5)
        return Verification(5, 9, hostile(self.failures) if self.hostile else self.failures)

    def export(self, folder: Path, format: str = "exchange", filters: Any = None, **fields: Any) -> Any:  # noqa: A002
        self.asked.append(("export", (folder, format, filters)))
        from communique.export import Manifest, Written

        written = (Written("documents.jsonl", "00ff", 1200, 5), Written("links.json", "11ee", 300, 3))
        return Manifest("exchange", "1", "d1", "0.1.0", written, {"reports": 5})

    def ingest(self, paths: list[str], **options: Any) -> IngestReport:
        self.asked.append(("ingest", (paths, options)))
        if told := options.get("progress"):
            told(Progress(3, 2, 0, 0, 1, 2, 0.5))
        if self.error:
            raise self.error
        return IngestReport(
            read=4, new=2, updated=0, unchanged=1, refused=len(self.refused), set_aside=1, encounters=3, statements=2,
            seconds=0.5, refusals=self.refused,
        )  # fmt: skip

    def reanalyse(self, **options: Any) -> IngestReport:
        self.asked.append(("reanalyse", options))
        return IngestReport(read=2, new=0, updated=2, seconds=0.1)


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> FakeRecord:
    """The hand-made record, standing where every command opens one."""
    fake = FakeRecord()

    def opening(path: Path, mode: str = "r") -> FakeRecord:
        fake.opened.append((Path(path), mode))
        return fake

    monkeypatch.setattr(Record, "open", opening)
    return fake


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line; what it printed is in `.stdout` and `.stderr`."""
    from communique.cli.app import app

    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, columns: int = 100, stdin: str | None = None) -> Result:
        monkeypatch.setenv("COLUMNS", str(columns))
        return CliRunner().invoke(app, list(words), input=stdin)

    return run


def rows(result: Result) -> list[Any]:
    """The JSON lines that a command printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]
