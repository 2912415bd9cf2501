"""`ingest` says what it did, what it refused, and what was kept when it was stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.records import Refusal

from .conftest import FakeRecord, Run, rows


def test_an_ingest_says_what_it_did(run: Run, record: FakeRecord) -> None:
    """Counts of reports and findings, the speed, and the record; opened for writing; exit code 0."""
    result = run("ingest", "a.txt", "folder", "--jobs", "2", "--record", "my.sqlite")
    assert result.exit_code == 0, result.output
    assert record.opened == [(Path("my.sqlite"), "w")]
    for words in ("4 reports read", "8.0 reports/s", "2 new", "1 known before", "3 encounters", "my.sqlite"):
        assert words in result.stdout
    paths, options = record.asked[0][1]
    assert list(paths) == ["a.txt", "folder"]
    assert options["jobs"] == 2


def test_refusals_are_listed_and_make_the_exit_code_one(run: Run, record: FakeRecord) -> None:
    """What could not be read is named on stderr with its reason; a long list is cut."""
    record.refused = tuple(Refusal(f"{n}.bin", "it is no text") for n in range(25))
    result = run("ingest", "a")
    assert result.exit_code == 1
    assert "refused 3.bin: it is no text" in result.stderr
    assert "5 more" in result.stderr
    assert "25 refused" in result.stdout
    result = run("ingest", "a", "--quiet")
    assert result.exit_code == 1
    assert result.stdout == ""


def test_json_gives_the_account(run: Run, record: FakeRecord) -> None:
    """With --json the account is one object, refusals included."""
    record.refused = (Refusal("x", "why"),)
    result = run("ingest", "a", "--json")
    assert result.exit_code == 1
    assert rows(result)[0]["refusals"] == [{"where": "x", "reason": "why"}]


def test_stopping_says_what_was_kept(run: Run, record: FakeRecord) -> None:
    """Ctrl-C gives exit code 130 and says how many reports are in the record."""
    record.error = KeyboardInterrupt()
    result = run("ingest", "a")
    assert result.exit_code == 130
    assert "2 reports of this run kept" in result.stderr


def test_the_bar_shows_reports_per_second(run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal a bar shows how many were read and how fast."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "6.0 reports/s" in run("ingest", "a").stderr


def test_jobs_from_the_environment(run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    """COMMUNIQUE_JOBS and COMMUNIQUE_RECORD are honoured; the command line overrides them."""
    monkeypatch.setenv("COMMUNIQUE_JOBS", "3")
    monkeypatch.setenv("COMMUNIQUE_RECORD", "env.sqlite")
    run("ingest", "a")
    assert record.asked[-1][1][1]["jobs"] == 3
    run("--record", "global.sqlite", "ingest", "a", "-j", "1")
    assert record.asked[-1][1][1]["jobs"] == 1
    run("--record", "global.sqlite", "ingest", "a", "--record", "own.sqlite")
    assert [str(path) for path, _ in record.opened] == ["env.sqlite", "global.sqlite", "own.sqlite"]
    assert run("ingest", "a", "--jobs", "0").exit_code == 2
    assert run("ingest").exit_code == 2


def test_known_reports_are_analysed_again(run: Run, record: FakeRecord, tmp_path: Path) -> None:
    """`reanalyse` opens the record for writing and says how many were analysed anew; --all takes every report."""
    path = tmp_path / "x.sqlite"
    path.touch()
    result = run("reanalyse", "--all", "--record", str(path))
    assert result.exit_code == 0
    assert "2 updated" in result.stdout
    assert record.opened == [(path, "w")]
    assert record.asked[0][1]["everything"] is True


def test_reanalysing_makes_no_record(run: Run, tmp_path: Path) -> None:
    """Where there is no record, that is said, and none is made."""
    path = tmp_path / "none.sqlite"
    result = run("reanalyse", "--record", str(path))
    assert result.exit_code == 3
    assert not path.exists()
