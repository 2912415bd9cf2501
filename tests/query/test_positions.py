"""An actor's line on an issue: first, last, changed, unchanged or silent, each step with its passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.errors import BadFilter
from communique.intake import RawReport
from communique.record import Record
from tests.store.making import kept, make_toy

TOLD = (
    ("2021-01-05", "Leif Dahl (NO) rejected: a fishing quota for trawlers in the northern waters."),
    ("2021-01-05", "Leif Dahl (NO) rejected: the fishing quota for trawlers in northern waters."),
    ("2021-02-01", "Leif Dahl (NO) rejected: any quota for fishing by trawlers."),
    ("2021-03-01", "Leif Dahl (NO) promised: a lower fishing quota for trawlers in the northern waters."),
    ("2021-03-02", "Leif Dahl (NO) demanded: observers at the border bridge."),
    ("2021-04-02", "Leif Dahl (NO) demanded: more observers at the bridge on the border."),
    ("2021-05-02", "Ana Horvat (HR) rejected: observers at the border bridge."),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of seven statements."""
    raws = (RawReport(id=f"r{n}", published=day, path=f"{n}.txt", text=text) for n, (day, text) in enumerate(TOLD))
    return kept(tmp_path_factory.mktemp("positions") / "a.record", raws)


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """The record, open for reading."""
    with Record.open(path) as record:
        yield record


def test_statements_on_one_issue_are_one_line(record: Record) -> None:
    """Two issues of one minister; one statement that two reports have is one step with two tellings."""
    fish, bridge = record.positions(actor="dahl")
    assert [s.change for s in fish.steps] == ["first", "unchanged", "changed"]
    assert [s.stance for s in fish.steps] == ["against", "against", "for"]
    assert len(fish.steps[0].said) == 2
    assert (fish.first, fish.last, fish.state) == ("2021-01-05", "2021-03-01", "changed")
    assert (bridge.state, [s.act for s in bridge.steps]) == ("unchanged", ["demand", "demand"])
    assert all(s.statement.evidence for step in fish.steps for s in step.said)


def test_silent_is_who_speaks_of_other_things(record: Record) -> None:
    """After the last word on fishing there were two on the bridge; after the last on the bridge nothing was heard."""
    fish, bridge = record.positions(actor="dahl")
    assert (fish.silent, bridge.silent) == (2, 0)


def test_one_issue_by_its_words(record: Record) -> None:
    """All words must be there, in any form; a side's line is that of all who speak for it."""
    (line,) = record.positions("observer bridges", actor="dahl")
    assert (line.issue, len(line.steps)) == ("observer bridges", 2)
    assert record.positions("whales", actor="dahl").total == 0
    (line,) = record.positions("observers", side="HR")
    assert line.state == "once"


def test_lines_can_be_paged_and_need_somebody(record: Record) -> None:
    """`limit` and `offset` count lines; positions of nobody are refused."""
    page = record.positions(actor="dahl", limit=1, offset=1)
    assert (len(page), page.total) == (1, 2)
    assert page[0].state == "unchanged"
    with pytest.raises(BadFilter, match="somebody"):
        record.positions("bridge")


def test_an_undated_statement_comes_last(tmp_path: Path) -> None:
    """Without any day a statement has no place in time, and says nothing on what came after."""
    with Record.open(tmp_path / "b.record", "w") as record:
        (tmp_path / "a.txt").write_text("Leif Dahl (NO) rejected: the quota.")
        record.ingest([tmp_path / "a.txt"], analyse=make_toy())
        (line,) = record.positions(actor="Dahl")
    assert (line.first, line.last, line.silent) == (None, None, 0)
