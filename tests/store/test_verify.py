"""One changed byte anywhere in what the record says is found and named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from communique.record import Record

from .making import make_toy, reports, write_jsonl


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A record of thirty reports."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(30))
    with Record.open(tmp_path / "a.record", "w") as record:
        record.ingest([source], analyse=make_toy())
    return record.path


def by_hand(path: Path, statement: str, *values: object) -> None:
    """Change the record behind the program's back, as a person with another SQLite tool would."""
    db = sqlite3.connect(path)
    db.execute(statement, values)
    db.commit()
    db.close()


def failures(path: Path) -> list[tuple[str, str, str]]:
    with Record.open(path) as record:
        return [(f.report, f.owner, f.reason) for f in record.verify().failures]


def test_a_sound_record_holds(filled: Path) -> None:
    """Every passage of every report is re-read and right; progress counts the reports."""
    told: list[int] = []
    with Record.open(filled) as record:
        found = record.verify(told.append)
    assert found.ok
    assert (found.reports, told[-1]) == (30, 30)
    assert found.passages > 100


def test_status_counts_the_passages_that_verify_re_reads(filled: Path) -> None:
    """The two commands mean the same by a passage."""
    with Record.open(filled) as record:
        assert record.status().passages == record.verify().passages


def test_a_changed_letter_in_a_stored_text_names_the_passages(filled: Path) -> None:
    """A letter inside an encounter's passage: the text, the encounter, and the words expected and found."""
    by_hand(filled, "UPDATE reports SET text = replace(text, ' met in ', ' mut in ') WHERE id = 'in-0000'")
    with Record.open(filled) as record:
        found = record.verify().failures
    assert {f.report for f in found} == {"in-0000"}
    owners = [f.owner for f in found]
    assert owners.count("text") == 2  # its hash, and its place in the original
    (wrong,) = [f for f in found if f.owner == "encounter e1"]
    assert " met in " in wrong.expected
    assert " mut in " in wrong.found


def test_one_byte_changed_in_the_file_itself(filled: Path) -> None:
    """A single byte overwritten with a hex editor is found, also where the text is then no UTF-8."""
    data = bytearray(filled.read_bytes())
    with Record.open(filled) as record:
        text = record.report("in-0003").findings.report.text.encode()
    at = data.index(text)
    for byte in (ord("#"), 0xFF):
        data[at + 30] = byte
        filled.write_bytes(data)
        assert ("in-0003", "text", "the stored text has changed since it was analysed") in failures(filled)


def test_a_letter_outside_every_passage_is_placed(filled: Path) -> None:
    """Where no passage is touched, the hash fails and the original shows the place."""
    by_hand(filled, "UPDATE reports SET text = replace(text, 'Some ', 'Sume ') WHERE id = 'in-0000'")
    with Record.open(filled) as record:
        found = record.verify().failures
    assert [f.owner for f in found] == ["text", "text"]
    assert "Sume" in found[1].found
    assert "Some" in found[1].expected


@pytest.mark.parametrize(
    ("statement", "owner"),
    [
        ("UPDATE passages SET start = start + 1 WHERE role = 'cue' AND report = 1", "statement s1 cue"),
        ("UPDATE passages SET words = 'other words' WHERE role = 'evidence' AND mention = 1", "encounter e1"),
        ("UPDATE passages SET \"end\" = 99999 WHERE role = 'content' AND report = 1", "statement s1 content"),
        ("UPDATE times SET words = '2021' WHERE report = 1", "time"),
        ("UPDATE furniture SET words = 'x' WHERE report = 1", "furniture"),
        ("UPDATE reports SET raw = x'00' WHERE n = 1", "original"),
        ("UPDATE reports SET raw_sha256 = 'x' WHERE n = 1", "original"),
        ("UPDATE reports SET title_end = 99999 WHERE n = 1", "title"),
        ("DELETE FROM passages WHERE role = 'evidence' AND mention = 1", "encounter e1"),
        ("DELETE FROM reports WHERE n = 1", "database"),
    ],
)
def test_whatever_is_changed_by_hand_is_named(filled: Path, statement: str, owner: str) -> None:
    """Offsets, words, originals, missing passages and missing rows: each failure says what it belongs to."""
    by_hand(filled, statement)
    assert owner in {o for _, o, _ in failures(filled)}


def test_passages_of_disagreements_are_checked_too(filled: Path) -> None:
    """A disagreement shows words; they are re-read like the others."""
    met = "On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna"
    texts = [f"Published 2021-03-05.\n{met} for {span} [held meeting]." for span in ("PT1H", "PT7H")]
    with Record.open(filled, "w") as record:
        record.ingest([write_jsonl(filled.with_name("parted.jsonl"), texts)], analyse=make_toy())
        assert [row.field for row in record.disagreements(report="parted-0001")] == ["duration"]
    by_hand(filled, "UPDATE disagreement_passages SET words = 'x'")
    assert any(owner.startswith("disagreement on") for _, owner, _ in failures(filled))
