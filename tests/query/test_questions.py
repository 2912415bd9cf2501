"""Every question gives typed rows with the passages that prove them, narrowed by filters."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from communique import errors
from communique.query import Filters
from communique.record import Record


def test_the_timeline_counts_each_encounter_once(record: Record) -> None:
    """A plan, two outcomes and a copy are one encounter of four reports and three origins; undated ones come last."""
    entries = record.timeline()
    assert [(e.date, e.kind, e.status) for e in entries] == [
        ("2021-02-01", "call", "held"),
        ("2021-03-03", "meeting", "held"),
        ("2021-05", "talks", "scheduled"),
        (None, "visit", "proposed"),
    ]
    met = entries[1]
    assert (met.reports, met.origins, met.statements) == (4, 3, 4)
    assert met.sides == ("HR", "NO")
    assert met.disagreements == ("duration",)
    assert [c.status for c in met.life] == ["scheduled", "held", "held", "held"]
    assert {e.report for e in met.evidence} == {"plan", "held", "held-too", "copy"}
    assert all("met in Vienna" in e.text for e in met.evidence)
    assert (entries[2].first, entries[2].last) == ("2021-05-01", "2021-05-31")


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ({"actor": "dahl"}, ["2021-03-03", "2021-05"]),
        ({"actor": "Leif Dahl, Ana Horvat"}, ["2021-03-03"]),
        ({"side": "NO"}, ["2021-03-03", "2021-05"]),
        ({"side": ["no", "SE"]}, ["2021-05"]),
        ({"kind": "call,talks"}, ["2021-02-01", "2021-05"]),
        ({"status": "proposed"}, [None]),
        ({"act": "demand"}, ["2021-03-03"]),
        ({"act": "demand", "mode": "direct"}, []),
        ({"since": "2021-03"}, ["2021-03-03", "2021-05"]),
        ({"since": "2021-05-31"}, ["2021-05"]),
        ({"until": "2021-02"}, ["2021-02-01"]),
        ({"since": "2021-03-03", "until": "2021-03-03"}, ["2021-03-03"]),
        ({"place": "vienna"}, ["2021-03-03"]),
        ({"place": "XX"}, []),
        ({"forum": "council"}, []),
        ({"outlet": "Copyist"}, ["2021-03-03"]),
        ({"report": "late"}, ["2021-02-01", "2021-05", None]),
        ({"text": "met in Lima"}, ["2021-02-01"]),
        ({"limit": 2}, ["2021-02-01", "2021-03-03"]),
        ({"limit": 2, "offset": 3}, [None]),
        ({"offset": 3}, [None]),
    ],
)
def test_filters_narrow_the_timeline(record: Record, fields: dict[str, Any], dates: list[str | None]) -> None:
    """Each filter, alone and together, by names, parts of names, sides, words and periods."""
    found = record.timeline(**fields)
    assert [e.date for e in found] == dates
    if "limit" in fields or "offset" in fields:
        assert found.total == 4


def test_an_actor_or_side_that_is_not_there_is_said(record: Record) -> None:
    """An unknown name is an error with the nearest known ones, never an empty answer."""
    with pytest.raises(errors.BadFilter, match="Leif Dahl"):
        record.timeline(actor="Dhal")
    with pytest.raises(errors.BadFilter, match="HR"):
        record.timeline(side="HRV")
    with pytest.raises(errors.BadFilter, match="word"):
        record.timeline(place="?!")


def test_encounters_as_each_report_tells_them(record: Record) -> None:
    """Mentions stand by report and place in the text, with the outlet, the day and the encounter they belong to."""
    rows = record.encounters(actor="Horvat")
    assert [(m.report, m.encounter.id) for m in rows] == [
        ("copy", "e1"), ("held", "e1"), ("held-too", "e1"), ("plan", "e1"),
    ]  # fmt: skip
    assert len({m.gid for m in rows}) == 1
    assert rows[1].outlet == "The Outlet"
    assert [m.report for m in record.encounters(status="scheduled", since="2021-04", side="SE")] == ["late"]
    assert [m.report for m in record.encounters(act="reject", outlet="Copyist")] == ["copy"]
    assert [m.report for m in record.encounters(place="Oslo", text="Mia", kind="talks", until="2021-12")] == ["late"]
    assert len(record.encounters(report="late")) == 3


def test_one_encounter_by_its_id(record: Record) -> None:
    """A gid gives its encounter; another id is NotFound."""
    entry = record.timeline(kind="call")[0]
    assert record.encounter(entry.gid) == entry
    with pytest.raises(errors.NotFound):
        record.encounter("E0")


def test_statements(record: Record) -> None:
    """Who said what, narrowed by speaker, side, act and what they spoke at."""
    rows = record.statements(actor="Dahl")
    assert [(s.report, s.statement.act) for s in rows] == [("held", "reject"), ("copy", "reject")]
    assert rows[0].gid == record.timeline(kind="meeting")[0].gid
    assert rows[0].row()["said"] == "the border treaty is open"
    assert len(record.statements(side="HR", act="demand")) == 2
    assert len(record.statements(kind="meeting", status="held", place="Vienna")) == 4
    assert [s.report for s in record.statements(since="2021-03-05", mode="indirect")] == ["copy", "copy"]
    assert len(record.statements(until="2021-03-04")) == 2
    assert len(record.statements(text="treaty", report="held", outlet="The Outlet")) == 1
    assert record.statements(forum="Council") == record.statements(kind="summit")


def test_the_agenda_knows_only_what_was_out(record: Record) -> None:
    """Before the outcome is reported the meeting is due, then overdue, then off the agenda."""
    (due,) = record.agenda("2021-02-21", kind="meeting")
    assert (due.state, due.days, due.status) == ("due", 10, "scheduled")
    assert [e.report for e in due.evidence] == ["plan"]
    (late,) = record.agenda("2021-03-03", kind="meeting")
    assert late.days == 0
    assert record.agenda("2021-03-04", kind="meeting") == record.agenda("2021-03-04", kind="summit")
    items = record.agenda("2021-07-01")
    assert [(i.state, i.kind, i.days) for i in items] == [("overdue", "talks", -31), ("open", "visit", None)]
    assert [i.state for i in record.agenda("2021-07-01", status="proposed")] == ["open"]
    assert [i.kind for i in record.agenda("2021-07-01", since="2021-05", until="2021-05")] == ["talks"]
    assert [i.kind for i in record.agenda("2021-07-01", limit=1, offset=1)] == ["visit"]
    assert record.agenda("2021-05-15", kind="talks")[0].days == 0
    with pytest.raises(errors.BadDate):
        record.agenda("May")


def test_disagreements_have_both_passages(record: Record) -> None:
    """The field, each value with its report, outlet, origin and words."""
    (row,) = record.disagreements()
    assert (row.field, row.kind, row.sides) == ("duration", "meeting", ("HR", "NO"))
    assert {(v.report, v.value, v.origin) for v in row.values} >= {
        ("held", "PT1H", "copy"), ("held-too", "PT7H", "held-too"),
    }  # fmt: skip
    assert all("met in Vienna" in v.passages[0].text for v in row.values)
    assert len(record.disagreements(side="SE")) == 0
    assert "PT7H" in row.row()["values"]


def test_a_report_with_its_findings(record: Record) -> None:
    """The text, the marks to show, the copies and their origin; the start of an id is enough where it is one's own."""
    view = record.report("held-")
    assert view.id == "held-too"
    view = record.report("held")
    assert (view.origin, view.copies, view.knowledge) == ("copy", ("copy",), "toy 1")
    assert set(view.gids) == {"e1"}
    assert view.relay is None
    text = view.findings.report.text
    roles = {m.role: text[m.start : m.end] for m in view.marks if m.id in {"e1", "s1", None}}
    assert roles["cue"] == "rejected"
    assert roles["speaker"] == "Leif Dahl (NO)"
    assert roles["abstention"] == "Somebody met somebody."
    assert view.abstentions[0].reason == "nobody is named"
    assert record.report("fremd").set_aside == "its language is 'de', and only English is analysed"
    with pytest.raises(errors.NotFound, match="no report"):
        record.report("nonesuch")
    with pytest.raises(errors.NotFound, match="no report"):
        record.report("")


def test_an_ambiguous_beginning_of_an_id_names_the_reports(tmp_path: Path) -> None:
    """Several reports that begin so are listed."""
    from tests.store.making import make_toy, reports, write_jsonl

    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([write_jsonl(tmp_path / "x.jsonl", reports(3))], analyse=make_toy())
        with pytest.raises(errors.NotFound, match="x-0000, x-0001, x-0002"):
            record.report("x-")


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({}, ["plan", "held", "copy", "held-too", "late", "fremd"]),
        ({"actor": "Berg"}, ["late"]),
        ({"side": "HR", "act": "demand"}, ["held", "copy"]),
        ({"kind": "call", "status": "held"}, ["late"]),
        ({"since": "2021-03-05", "until": "2021-03-05"}, ["copy", "held-too"]),
        ({"place": "Oslo"}, ["late"]),
        ({"forum": "Council"}, []),
        ({"text": "harbour"}, ["held", "copy"]),
        ({"outlet": "Copyist"}, ["copy"]),
        ({"report": "plan", "limit": 5}, ["plan"]),
    ],
)
def test_reports(record: Record, fields: dict[str, Any], ids: list[str]) -> None:
    """Reports by day, narrowed by what they tell."""
    rows = record.reports(**fields)
    assert [r.id for r in rows] == ids
    if not fields:
        assert (rows[1].mentions, rows[1].statements, rows[1].origin) == (1, 2, "copy")


def test_search(record: Record) -> None:
    """Words, phrases and prefixes in reports, encounters and statements, with the found words marked."""
    hits = record.search("treaty")
    assert {(h.what, h.report) for h in hits} >= {("report", "held"), ("statement", "held"), ("statement", "copy")}
    for hit in hits:
        assert all(hit.snippet[a:b].lower().startswith("treat") for a, b in hit.highlights)
        assert hit.highlights or "treaty" not in hit.snippet
    assert {h.what for h in record.search("treaties")} == {h.what for h in hits}
    assert record.search('"border treaty"').total == 4
    assert record.search("muse*", limit=1).total == 2
    assert record.search("border NOT rain").total == 4
    assert [h.report for h in record.search("Oslo", kind="talks") if h.what == "encounter"] == ["late"]
    assert {h.report for h in record.search("treaty", outlet="Copyist")} == {"copy"}
    assert len(record.search("treaty", limit=1, offset=1)) == 1


@pytest.mark.parametrize("words", ['"unclosed', "U.S.-Russia", "it's", "AND", "NEAR(", "a:b", "treaty)", "col : x *"])
def test_words_that_are_no_expression_are_taken_as_words(record: Record, words: str) -> None:
    """Whatever is typed is answered; what FTS5 cannot read stands for its words."""
    assert record.search(words).total >= ("treaty" in words)


def test_a_search_without_a_word_is_said(record: Record) -> None:
    """Brackets and stops alone are BadFilter."""
    for words in ("(", "...", "", "\N{EN DASH}"):
        with pytest.raises(errors.BadFilter, match="word"):
            record.search(words)


def test_status_counts_everything(record: Record, path: Path) -> None:
    """Counts, shares and reasons, and where the record is."""
    found = record.status()
    assert (found.reports, found.analysed, found.set_aside, found.mentions, found.encounters) == (6, 5, 1, 7, 4)
    assert (found.dated, found.dated_share, found.near_copies, found.origins) == (5, 1.0, 1, 5)
    assert found.languages == {"en": 5, "de": 1}
    assert found.knowledge == {"toy 1": 6}
    assert found.path == str(path)
    assert found.bytes == path.stat().st_size
    assert list(found.set_aside_reasons.values()) == [1]


def test_a_text_that_is_no_longer_text_is_damage(record: Record, path: Path, tmp_path: Path) -> None:
    """A stored text that is no UTF-8 any more is RecordDamaged in a question, with the remedy."""
    copy = tmp_path / "damaged"
    copy.write_bytes(path.read_bytes())
    db = sqlite3.connect(copy)
    db.execute("DROP TRIGGER reports_out")
    db.execute("UPDATE reports SET text = CAST(x'41ff42' AS TEXT) WHERE id = 'plan'")
    db.commit()
    db.close()
    with Record.open(copy) as damaged, pytest.raises(errors.RecordDamaged):
        damaged.report("plan")


def test_filters_and_keywords_go_together(record: Record) -> None:
    """A Filters object is a starting point that keywords change."""
    filters = Filters.of(side="NO")
    assert len(record.timeline(filters)) == 2
    assert len(record.timeline(filters, kind="talks")) == 1
