"""Answers are immutable sequences that turn into dicts, flat rows and frames."""

from __future__ import annotations

import json
import sys

import msgspec
import pytest

from communique import errors
from communique.query import Results
from communique.record import Record


def test_a_sequence_that_knows_its_total(record: Record) -> None:
    """Indexing, slices, equality, and what it says of itself."""
    whole, page = record.timeline(), record.timeline(limit=2)
    assert page == Results(whole[:2], 4)
    assert hash(page) == hash(Results(whole[:2], 4))
    assert whole[-1].kind == "visit"
    assert list(whole[1:3]) == [whole[1], whole[2]]
    assert repr(page) == "<Results: 2 of 4 × TimelineEntry>"
    assert repr(Results(())) == "<Results: 0 × nothing>"
    with pytest.raises(AttributeError):
        whole[0].date = "2020"  # type: ignore[misc]


def test_every_answer_becomes_json_and_flat_rows(record: Record) -> None:
    """to_dicts survives JSON unchanged; rows hold no lists."""
    answers = [
        record.timeline(), record.encounters(), record.statements(), record.agenda("2021-02-21"),
        record.disagreements(), record.reports(), record.search("treaty"),
    ]  # fmt: skip
    for answer in answers:
        assert json.loads(json.dumps(answer.to_dicts())) == msgspec.json.decode(msgspec.json.encode(list(answer)))
        for row in answer.rows():
            assert all(not isinstance(value, list | dict | tuple) for value in row.values()), type(answer[0])
    assert msgspec.json.decode(msgspec.json.encode(record.status()))["reports"] == 6
    assert msgspec.json.encode(record.report("held"))


def test_frames(record: Record) -> None:
    """With pandas, one row a thing and the columns of the table."""
    pytest.importorskip("pandas")
    frame = record.timeline().to_frame()
    assert list(frame["kind"]) == ["call", "meeting", "talks", "visit"]
    assert record.statements(actor="Horvat").to_frame().iloc[0]["act"] == "demand"


def test_without_pandas_it_says_how_to_get_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clear message in place of an ImportError."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(errors.CommuniqueError, match="pip install"):
        record.timeline().to_frame()
