"""The front door: put reports in, ask, check, hand on."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path

import msgspec
import pytest

from communique import errors
from communique.intake import RawReport
from communique.record import Progress, Record
from communique.records import Refusal
from communique.settings import Settings
from tests.store.making import Toy, make_toy, reports, toy, write_jsonl

MET = "On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna [held meeting]."


def test_ingest_counts_what_it_did_and_does_it_once(tmp_path: Path) -> None:
    """New, refused and set aside are counted; a second ingest finds everything unchanged and the record equal."""
    write_jsonl(tmp_path / "a.jsonl", [MET, "unreadable", "explode"])
    write_jsonl(tmp_path / "b.jsonl", ["Ein Bericht."], language="de")
    (tmp_path / "empty.txt").touch()
    told: list[Progress] = []
    with Record.create(tmp_path / "x" / "a.record") as record:
        done = record.ingest([tmp_path], analyse=make_toy(), progress=told.append)
        assert (done.read, done.new, done.refused, done.set_aside) == (5, 2, 3, 1)
        assert (done.encounters, done.statements, done.unchanged) == (1, 0, 0)
        assert done.read == done.new + done.updated + done.unchanged + done.refused
        assert {Path(r.where).name for r in done.refusals} == {"a.jsonl:2", "a.jsonl:3", "empty.txt"}
        assert tuple(record.refusals()) == tuple(sorted(done.refusals, key=lambda r: r.where))
        assert (told[-1].read, told[-1].kept, told[-1].refused) == (5, 2, 3)
        before = record.digest()
        again = record.ingest([tmp_path], analyse=make_toy())
        assert (again.read, again.new, again.unchanged, again.refused) == (5, 0, 2, 3)
        assert record.digest() == before
        (aside,) = [r for r in record.reports() if r.set_aside]
        assert aside.language == "de"
    assert record.path == tmp_path / "x" / "a.record"


def test_known_reports_are_not_analysed_again(tmp_path: Path) -> None:
    """A second ingest of what is known does not even make what would analyse it."""
    source = write_jsonl(tmp_path / "a.jsonl", reports(5))
    with Record.open(tmp_path / "r", "w") as record:
        record.ingest([source], analyse=make_toy())
        assert record.ingest([source], analyse=_never).unchanged == 5


def _never() -> Toy:
    raise AssertionError("it was made")


def test_jobs_and_batches_give_one_record(tmp_path: Path) -> None:
    """Workers and batch sizes leave no trace in the record."""
    source = write_jsonl(tmp_path / "a.jsonl", reports(50))
    digests = set()
    for number, (jobs, batch) in enumerate([(1, 64), (2, 7), (1, 1)]):
        with Record.open(tmp_path / f"r{number}", "w") as record:
            record.ingest([source], analyse=make_toy(), jobs=jobs, batch=batch)
            digests.add(record.digest())
    assert len(digests) == 1


def test_standard_input_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path "-" is standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MET.encode())))
    with Record.open(tmp_path / "r", "w") as record:
        assert record.ingest(["-"], analyse=make_toy()).new == 1
        assert len(record.timeline()) == 1


def test_two_copies_with_different_facts_become_one_report(tmp_path: Path) -> None:
    """What each copy knows, the outlet here and the day there, is analysed together."""
    first = write_jsonl(tmp_path / "in.jsonl", [MET], outlet="The Outlet")
    with Record.open(tmp_path / "r", "w") as record:
        record.ingest([first], analyse=make_toy())
        write_jsonl(tmp_path / "in.jsonl", [MET], published="2021-03-04")
        done = record.ingest([first], analyse=make_toy())
        assert (done.new, done.updated) == (0, 1)
        (row,) = record.reports()
        assert (row.outlet, row.published) == ("The Outlet", "2021-03-04")
        assert record.ingest([first], analyse=make_toy()).unchanged == 1


class Interrupting(Toy):
    """Interrupts, as Ctrl-C would, at the report that says so."""

    def __call__(self, raw: RawReport):
        if "interrupt" in (raw.text or ""):
            signal.raise_signal(signal.SIGINT)
        return toy(raw)


def test_ctrl_c_keeps_what_was_analysed(tmp_path: Path) -> None:
    """KeyboardInterrupt goes on to the caller, the record is sound and holds every report analysed before."""
    source = write_jsonl(tmp_path / "a.jsonl", [*reports(10), "interrupt", *reports(5, seed=8)])
    with Record.open(tmp_path / "r", "w") as record, pytest.raises(KeyboardInterrupt):
        record.ingest([source], analyse=Interrupting)
    with Record.open(tmp_path / "r") as record:
        assert record.status().reports == 10
        assert record.verify().ok


def test_reanalyse_takes_what_other_knowledge_analysed(tmp_path: Path) -> None:
    """Reports of an older fingerprint are analysed again from what is stored, under their ids; the others are left."""
    source = write_jsonl(tmp_path / "a.jsonl", [*reports(20), "changed or not"])
    with Record.open(tmp_path / "r", "w") as record:
        record.ingest([source], analyse=make_toy("old"))
        before = record.timeline()
        done = record.reanalyse(analyse=make_toy("new"), jobs=2)
        assert (done.read, done.updated, done.refused) == (21, 21, 0)
        assert record.status().knowledge == {"new": 21}
        assert record.timeline() == before
        assert record.reanalyse(analyse=make_toy("new")).read == 0
        assert record.reanalyse(analyse=make_toy("new"), everything=True).updated == 21
        assert record.ingest([source], analyse=_never).unchanged == 21


class Refusing(Toy):
    """Refuses everything."""

    def __call__(self, raw: RawReport):
        return Refusal(raw.path or "-", "not today")


def test_reanalysis_that_fails_gives_up_nothing(tmp_path: Path) -> None:
    """A report that cannot be analysed now keeps its findings, and the reason is told."""
    source = write_jsonl(tmp_path / "a.jsonl", [MET])
    with Record.open(tmp_path / "r", "w") as record:
        record.ingest([source], analyse=make_toy())
        before = record.digest()
        done = record.reanalyse(analyse=Refusing, everything=True)
        assert (done.updated, done.refused, done.refusals[0].reason) == (0, 1, "not today")
        assert record.digest() == before


def test_opening_for_what_it_is_not(tmp_path: Path) -> None:
    """Writing to a record opened for reading, creating over a file, and an unknown mode are refused."""
    Record.create(tmp_path / "r").close()
    with Record.open(tmp_path / "r") as record:
        with pytest.raises(errors.RecordError, match="mode 'w'"):
            record.ingest([tmp_path], analyse=make_toy())
        record.close()
    record.close()
    with pytest.raises(errors.RecordError, match="already"):
        Record.create(tmp_path / "r")
    with pytest.raises(errors.InputError, match="mode"):
        Record.open(tmp_path / "r", "a")  # type: ignore[arg-type]


def test_the_settings_say_where_the_record_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path, the record of the settings is meant."""
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(tmp_path / "mine.record"))
    with pytest.raises(errors.NoRecord):
        Record.open()
    Record.open(mode="w").close()
    assert Record.open().path == tmp_path / "mine.record"


def test_a_report_longer_than_the_settings_allow_is_refused(tmp_path: Path) -> None:
    """The limit of the settings holds for ingest."""
    source = write_jsonl(tmp_path / "a.jsonl", ["x " * 500])
    with Record.open(tmp_path / "r", "w") as record:
        done = record.ingest([source], analyse=make_toy(), settings=Settings(max_report_chars=100))
        assert (done.new, done.refused) == (0, 1)


def test_half_characters_are_refused_with_their_place(tmp_path: Path) -> None:
    """A text with a lone surrogate, which JSON can carry, does not stop an ingest."""
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "half \\ud800 of it"}\n{"id": "b", "text": "whole"}\n')
    with Record.open(tmp_path / "r", "w") as record:
        done = record.ingest([tmp_path / "a.jsonl"], analyse=make_toy())
        assert done.new + done.refused == 2
        assert done.new >= 1
        assert record.verify().ok


def test_the_real_analysis_end_to_end(tmp_path: Path) -> None:
    """A report in plain words becomes a verified record with the usual analysis."""
    text = (
        "VIENNA, March 4, 2021 - Norwegian Foreign Minister Ine Eriksen Soreide met Croatian Foreign Minister Gordan "
        "Grlic-Radman in Vienna on Wednesday.\n\nSoreide said that Norway rejected the proposal.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with Record.open(tmp_path / "r", "w") as record:
        done = record.ingest([tmp_path / "a.txt"])
        assert (done.new, done.refused) == (1, 0)
        assert record.verify().ok
        assert record.status().knowledge.keys() != {"unknown"}
        assert msgspec.json.encode(record.timeline().to_dicts())
