"""Days that reports give each other: in whatever order reports come, the record gives the same ones, with reasons."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.dates import DayBound
from communique.intake import RawReport
from communique.record import Record
from communique.records import Dating, Findings, Refusal
from communique.store import Writer, schema

from .making import make_toy, reports, toy, write_jsonl


class Settling:
    """The toy analysis, which takes the first day that the bounds allow as the report's own."""

    fingerprint = "toy 1"
    settles = True

    def __init__(self) -> None:
        self.calls: list[Sequence[DayBound]] = []

    def __call__(self, raw: RawReport, bounds: Sequence[DayBound] = ()) -> Findings | Refusal:
        found = toy(raw)
        starts = [bound.start for bound in bounds if bound.start]
        self.calls.append(bounds)
        if isinstance(found, Refusal) or not starts or found.report.published.value:
            return found
        day = Dating(max(starts), "inferred", bounds[0].because, tuple(bound.because for bound in bounds))
        met = tuple(
            msgspec.structs.replace(one, date=max(starts), date_basis="resolved") if "[held visit]" in words else one
            for one in found.encounters
            for words in [one.evidence[0].text]
        )
        return msgspec.structs.replace(
            found, report=msgspec.structs.replace(found.report, published=day), encounters=met
        )


PLAN = "Published 2021-03-01.\nOn 2021-03-10 Ana Horvat (HR) and Leif Dahl (NO) met in Lima [scheduled meeting]."
HELD = "On some-day Ana Horvat (HR) and Leif Dahl (NO) met in Lima [held meeting].\nThey sat by the river."
FORUM = "Published 2021-03-12.\nOn some-day Ana Horvat (HR) and Leif Dahl (NO) met in Lima [held meeting]."
LATER = "Published 2021-09-01.\nOn 2021-09-01 Ana Horvat (HR) and Leif Dahl (NO) met in Lima [held meeting]."


def put(record: Record, folder: Path, name: str, *texts: str, batch: int = 64) -> Settling:
    """The texts into the record, under ids that begin with `name`."""
    run = Settling()
    record.ingest([write_jsonl(folder / f"{name}.jsonl", list(texts))], analyse=lambda: run, batch=batch)
    return run


def published(record: Record) -> dict[str, str | None]:
    return {row.id: row.published for row in record.reports()}


def test_an_undated_report_is_dated_by_the_plan_of_another(tmp_path: Path) -> None:
    """An undated report is dated by the plan of another, and says by which."""
    with Record.open(tmp_path / "a", "w") as record:
        put(record, tmp_path, "held", HELD)
        assert published(record)["held-0000"] is None
        put(record, tmp_path, "plan", PLAN)
        assert published(record)["held-0000"] == "2021-03-10"
        view = record.report("held-0000")
        assert view.findings.report.published.basis == "inferred"
        assert "plan-0000 has on 2021-03-10" in view.findings.report.published.because
        (met,) = view.findings.encounters
        assert (met.date, met.date_basis) == ("2021-03-10", "inferred")
        assert "plan-0000" in met.date_because
        assert record.verify().ok
        assert [one.encounter.date for one in record.encounters(since="2021-03-10", until="2021-03-10")] == [
            "2021-03-10",
            "2021-03-10",
        ]


def test_what_dates_a_report_may_become_ambiguous_or_go(tmp_path: Path) -> None:
    """A second encounter that fits as well takes the day away again, as if both had come at once."""
    with Record.open(tmp_path / "a", "w") as record:
        put(record, tmp_path, "held", HELD)
        put(record, tmp_path, "plan", PLAN)
        put(record, tmp_path, "later", LATER)
        assert published(record)["held-0000"] is None
        again = record.digest()
        assert record.verify().ok
    with Record.open(tmp_path / "b", "w") as record:
        for name, text in (("later", LATER), ("plan", PLAN), ("held", HELD)):
            put(record, tmp_path, name, text)
        assert record.digest() == again


def test_a_mention_without_a_day_is_given_that_of_another_report(tmp_path: Path) -> None:
    """A mention without a day in a dated report is given that of another report, and keeps its own words."""
    with Record.open(tmp_path / "a", "w") as record:
        put(record, tmp_path, "forum", FORUM)
        put(record, tmp_path, "plan", PLAN)
        (one,) = [m for m in record.encounters() if m.report == "forum-0000"]
        assert (one.encounter.date, one.encounter.date_basis) == ("2021-03-10", "inferred")
        assert one.encounter.evidence[0].text.startswith("On some-day")
        (entry,) = record.timeline()
        assert entry.date == "2021-03-10"
        record.export(tmp_path / "out")
        row = next(
            msgspec.json.decode(line)
            for line in (tmp_path / "out" / "documents.jsonl").read_bytes().splitlines()
            if b"forum-0000" in line[:40]
        )
        assert row["encounters"][0]["date_basis"] == "inferred"
        assert "plan-0000" in row["encounters"][0]["date_because"]
    db = sqlite3.connect(tmp_path / "a")
    assert db.execute("SELECT date, first_day FROM mentions m JOIN reports r ON r.n = m.report WHERE r.id LIKE 'forum%'"
                      ).fetchall() == [(None, "2021-03-10")]  # fmt: skip
    assert db.execute("SELECT date FROM mention_list WHERE report LIKE 'forum%'").fetchall() == [("2021-03-10",)]
    db.execute("UPDATE inferred_dates SET words = 'other words'")
    db.commit()
    db.close()
    with Record.open(tmp_path / "a") as record:
        failures = record.verify().failures
    assert [f.owner for f in failures] == ["day given by encounter e1"]
    assert failures[0].report == "plan-0000"


def test_a_report_that_takes_its_day_away_takes_what_it_gave(tmp_path: Path) -> None:
    """Analysed again without the day, a report no longer gives it."""
    with Record.open(tmp_path / "a", "w") as record:
        put(record, tmp_path, "forum", FORUM)
        put(record, tmp_path, "plan", PLAN)

        class Forgetful(Settling):
            fingerprint = "toy 2"

            def __call__(self, raw: RawReport, bounds: Sequence[DayBound] = ()) -> Findings | Refusal:
                found = super().__call__(raw, bounds)
                assert isinstance(found, Findings)
                met = tuple(msgspec.structs.replace(m, date=None, date_basis=None) for m in found.encounters)
                return msgspec.structs.replace(found, encounters=met)

        record.reanalyse(analyse=Forgetful)
        assert [one.encounter.date for one in record.encounters()] == [None, None]
        assert record.verify().ok
    db = sqlite3.connect(tmp_path / "a")
    assert db.execute("SELECT count(first_day) FROM mentions").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM anchor_keys").fetchone() == (0,)


def mixed(count: int, seed: int) -> list[RawReport]:
    """Made-up reports, many without their day and many mentions without one."""
    rng = random.Random(seed)
    found = []
    for n, text in enumerate(reports(count, seed)):
        if rng.random() < 0.4:
            text = re.sub(r"^Published \S+\n", "", text)
            if rng.random() < 0.7:
                text = re.sub(r"On 2021-\d\d-\d\d ", "On some-day ", text)
        elif rng.random() < 0.3:
            text = re.sub(r"On 2021-\d\d-\d\d ", "On some-day ", text)
        text = text.replace("[held meeting]", "[held visit]") if rng.random() < 0.1 else text
        found.append(RawReport(id=f"r{n:03}", text=text, path=f"p{n}"))
    return found


def ingested(path: Path, raws: list[RawReport], batch: int) -> tuple[str, dict[str, str | None]]:
    source = path.with_suffix(".jsonl")
    source.write_text("".join(msgspec.json.encode({"id": r.id, "text": r.text}).decode() + "\n" for r in raws))
    with Record.open(path, "w") as record:
        record.ingest([source], analyse=Settling, batch=batch)
        assert record.verify().ok
        assert record._writing().waiting(9) == []
        record.export(path.with_suffix(".out"))
        files = sorted(path.with_suffix(".out").glob("*.json*"))
        exported = "".join(f.name + f.read_text("utf-8") for f in files if f.name in ("documents.jsonl", "links.json"))
        return record.digest() + exported, published(record)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_order_of_ingest_does_not_matter(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Shuffled, in batches of any size, and report by report in runs of their own: the same record."""
    folder = tmp_path_factory.mktemp("order")
    raws = mixed(40, seed)
    whole, days = ingested(folder / "whole", raws, 64)
    rng = random.Random(seed)
    shuffled = raws[:]
    rng.shuffle(shuffled)
    assert ingested(folder / "shuffled", shuffled, rng.randint(1, 9)) == (whole, days)
    cut = rng.randint(1, 39)
    ingested(folder / "runs", shuffled[:cut], 7)
    assert ingested(folder / "runs", shuffled[cut:], 7) == (whole, days)


def test_some_of_the_made_up_reports_are_dated(tmp_path: Path) -> None:
    """The made-up reports of the test above do get days from each other."""
    raws = mixed(60, 4)
    _, days = ingested(tmp_path / "a", raws, 64)
    without = {raw.id for raw in raws if not (raw.text or "").startswith("Published")}
    assert sum(days[name] is not None for name in without if name) >= 3


def test_what_waits_when_a_run_is_cut_off_is_done_by_the_next(tmp_path: Path) -> None:
    """Reports that wait for their day when a run ends are settled by the next one, which need not bring any report."""
    source = write_jsonl(tmp_path / "all.jsonl", [HELD, PLAN])
    writer = Writer(tmp_path / "a")
    writer.close()
    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([source], analyse=make_toy())  # the plain toy does not settle
        assert published(record)["all-0000"] is None
        assert len(record._writing().waiting(9)) == 1
        run = Settling()
        run.fingerprint = "toy 9"
        record.ingest([source], analyse=lambda: run)
        assert published(record)["all-0000"] == "2021-03-10"
        assert len(run.calls) == 1
        assert record.status().knowledge == {"toy 1": 2}  # by itself it was analysed with that knowledge


def test_a_day_outside_its_bounds_is_not_kept(tmp_path: Path) -> None:
    """Where the day that comes out does not keep to the bounds, the report stays as it is by itself."""

    class Stubborn(Settling):
        def __call__(self, raw: RawReport, bounds: Sequence[DayBound] = ()) -> Findings | Refusal:
            found = super().__call__(raw, bounds)
            if bounds and isinstance(found, Findings):
                report = msgspec.structs.replace(found.report, published=Dating("1999-01-01", "inferred", "so"))
                return msgspec.structs.replace(found, report=report)
            return found

    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([write_jsonl(tmp_path / "all.jsonl", [HELD, PLAN])], analyse=Stubborn)
        assert published(record)["all-0000"] is None
        assert record._writing().waiting(9) == []


def test_an_analysis_that_fails_the_second_time_leaves_the_first(tmp_path: Path) -> None:
    """An analysis that fails when it is given bounds leaves what there is, and is not tried for ever."""

    class Failing(Settling):
        def __call__(self, raw: RawReport, bounds: Sequence[DayBound] = ()) -> Findings | Refusal:
            if bounds:
                raise ValueError("boom")
            return super().__call__(raw, bounds)

    with Record.open(tmp_path / "a", "w") as record:
        record.ingest([write_jsonl(tmp_path / "all.jsonl", [HELD, PLAN])], analyse=Failing)
        assert published(record)["all-0000"] is None
        assert record.status().encounters == 2


def test_a_record_of_the_first_schema_is_caught_up(tmp_path: Path) -> None:
    """A record of the first schema gets its days when somebody next writes to it."""
    texts = [FORUM, PLAN, HELD]
    with Record.open(tmp_path / "new", "w") as record:
        put(record, tmp_path, "all", *texts)
        put(record, tmp_path, "more", LATER.replace("Lima", "Oslo"))
        digest = record.digest()
    with Record.open(tmp_path / "old", "w") as record:
        record.ingest([tmp_path / "all.jsonl"], analyse=make_toy())
    db = sqlite3.connect(tmp_path / "old", isolation_level=None)
    for table in ("inferred_dates", "seeker_keys", "seekers", "anchor_keys"):
        db.execute(f"DROP TABLE {table}")
    db.execute("DROP VIEW mention_list")
    db.execute("UPDATE mentions SET first_day = date, last_day = date")
    db.execute(next(s for s in schema.statements(1) if s.startswith("CREATE VIEW mention_list")))
    db.execute("PRAGMA user_version = 1")
    db.close()
    with Record.open(tmp_path / "old", "w") as record:
        put(record, tmp_path, "more", LATER.replace("Lima", "Oslo"))
        assert record.digest() == digest
        assert record.verify().ok


def test_a_place_that_all_go_to_dates_nothing(tmp_path: Path) -> None:
    """Where more mentions share a key than could tell anything, it is not looked under, in either order."""
    people = "Ana Horvat (HR) and Leif Dahl (NO) met in Lima"
    days = [f"2021-{1 + n % 12:02}-{1 + n % 27:02}" for n in range(70)]
    many = [f"Published {day}.\nOn {day} {people} [held meeting].\nNo {n}." for n, day in enumerate(days)]
    with Record.open(tmp_path / "a", "w") as record:
        put(record, tmp_path, "held", HELD)
        put(record, tmp_path, "many", *many, batch=9)
        assert published(record)["held-0000"] is None
        digest = record.digest()
    with Record.open(tmp_path / "b", "w") as record:
        put(record, tmp_path, "many", *many)
        put(record, tmp_path, "held", HELD)
        assert record.digest() == digest
