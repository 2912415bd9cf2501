"""A copy is sound while others write, faults are named, and what is whole of a damaged record lives on in a new one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from communique import mending
from communique.errors import RecordError
from communique.record import Record
from communique.store import Writer, care

from .making import make_toy, reports, write_jsonl


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A record of forty reports."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(40))
    with Record.open(tmp_path / "a.record", "w") as record:
        record.ingest([source], analyse=make_toy())
    return record.path


def digest(path: Path) -> str:
    with Record.open(path) as record:
        return record.digest()


def by_hand(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_a_copy_is_the_record_even_while_it_is_written_to(filled: Path, tmp_path: Path) -> None:
    """One file, equal in content, made in the middle of another one's transaction, and never over a file."""
    before = digest(filled)
    writer = Writer(filled)
    writer.db.execute("BEGIN IMMEDIATE")
    writer.db.execute("DELETE FROM refusals")
    with Record.open(filled) as record:
        size = record.backup(tmp_path / "copy.record")
    writer.db.execute("ROLLBACK")
    writer.close()
    assert size == (tmp_path / "copy.record").stat().st_size
    assert digest(tmp_path / "copy.record") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.record", "copy.record", "in.jsonl"]
    with Record.open(filled) as record, pytest.raises(RecordError, match="already"):
        record.backup(tmp_path / "copy.record")
    with Record.open(filled) as record, pytest.raises(RecordError, match="cannot be"):
        record.backup(tmp_path / "no" / "copy.record")


def test_a_sound_record_has_nothing_wrong(filled: Path) -> None:
    """Looking changes nothing, not even the file's bytes."""
    before = filled.read_bytes()
    assert mending.diagnose(filled).ok
    assert filled.read_bytes() == before


def test_a_full_text_index_that_does_not_fit_is_built_again(filled: Path) -> None:
    """An index is made of what the record holds: nothing is lost with it."""
    whole = digest(filled)
    by_hand(filled, "INSERT INTO reports_fts (reports_fts) VALUES ('delete-all')")
    found = mending.diagnose(filled)
    assert found.rebuilt
    assert "reports_fts" in found.troubles[0].what
    assert mending.rebuild(filled).ok
    assert digest(filled) == whole
    with Record.open(filled) as record:
        assert record.search("met")


def test_passages_that_do_not_hold_are_mended_by_reading_again(filled: Path) -> None:
    """The new record is the one that an undisturbed reading would have given; the old one is left as it is."""
    whole = digest(filled)
    by_hand(filled, "UPDATE passages SET words = 'other words' WHERE rowid = 5")
    found = mending.diagnose(filled)
    assert not found.ok
    assert not found.rebuilt
    mended = mending.mend(filled, analyse=make_toy())
    assert mended.path == f"{filled}.mended"
    assert mended.lost == ()
    assert mended.taken.new == 40
    assert digest(Path(mended.path)) == whole
    assert not mending.diagnose(filled).ok
    with pytest.raises(RecordError, match="already"):
        mending.mend(filled, analyse=make_toy())


def test_reports_that_cannot_be_read_are_lost_alone(filled: Path) -> None:
    """A report whose packed form is broken is named; the others live on."""
    by_hand(filled, "UPDATE reports SET raw = x'00' WHERE n = 7")
    mended = mending.mend(filled, analyse=make_toy())
    assert mended.taken.new == 39
    assert len(mended.lost) == 1
    assert "row 7" in mended.lost[0]


@pytest.mark.parametrize("at", [3, 9, 20, 40])
def test_a_damaged_page_is_named_and_costs_no_more_than_its_rows(filled: Path, at: int) -> None:
    """Whichever page is overwritten: the fault is found, and what can be read is read."""
    data = bytearray(filled.read_bytes())
    size = int.from_bytes(data[16:18], "big") or 65_536
    start = size * (at % (len(data) // size - 1) + 1)
    data[start : start + size] = b"\xa5" * size
    filled.write_bytes(bytes(data))
    assert not mending.diagnose(filled).ok
    saved = [one for one in care.salvage(filled) if not isinstance(one, care.Trouble)]
    lost = [one for one in care.salvage(filled) if isinstance(one, care.Trouble)]
    assert len(saved) + len(lost) >= 1
