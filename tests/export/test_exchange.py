"""The exchange format: one object a report, the encounters counted once, and a manifest that can be checked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from communique import errors
from communique.export import document, formats
from communique.export.exchange import links
from communique.intake import RawReport
from communique.record import Record
from communique.records import Findings, Participant
from tests.store.making import make_toy, reports, toy, write_jsonl


@pytest.fixture
def record(tmp_path: Path):
    """A record of forty reports."""
    with Record.open(tmp_path / "a.record", "w") as record:
        record.ingest([write_jsonl(tmp_path / "in.jsonl", reports(40))], analyse=make_toy())
        yield record


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_documents_hold_every_report_and_its_words(record: Record, tmp_path: Path) -> None:
    """Each document is that of its findings; spans lead to the words in the text."""
    record.export(tmp_path / "out")
    documents = lines(tmp_path / "out" / "documents.jsonl")
    assert [d["id"] for d in documents] == [r.id for r in sorted(record.reports(), key=lambda r: r.id)]
    for one in documents:
        assert one == json.loads(json.dumps(document(record.report(one["id"]).findings)))
        for thing in (*one["encounters"], *one["statements"]):
            words = thing["content"] if "content" in thing else thing["evidence"]
            assert words == [one["text"][a:b] for a, b in thing["spans"]]
        for said in one["statements"]:
            assert said["cue"] == one["text"][slice(*said["cue_span"])]
            assert said["speaker"] in one["text"][slice(*said["speaker_span"])]


def test_links_name_mentions_that_exist(record: Record, tmp_path: Path) -> None:
    """Each mention of a document is in exactly one encounter; copies and disagreements speak of known reports."""
    record.export(tmp_path / "out")
    found = json.loads((tmp_path / "out" / "links.json").read_text(encoding="utf-8"))
    documents = lines(tmp_path / "out" / "documents.jsonl")
    told = sorted(f"{d['id']}:{e['id']}" for d in documents for e in d["encounters"])
    assert sorted(m for e in found["encounters"] for m in e["mentions"]) == told
    ids = {d["id"] for d in documents}
    assert found["near_duplicates"]
    assert all(set(pair) <= ids for pair in found["near_duplicates"])
    with_reader = links(record._reader.encounters(), record._reader.disagreements(), record._reader.near_copies())
    assert found == json.loads(json.dumps(with_reader))


def test_the_manifest_can_be_checked(record: Record, tmp_path: Path) -> None:
    """Hashes, sizes and counts are those of the files, and the digest is the record's; a second export is equal."""
    manifest = record.export(tmp_path / "out")
    stored = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert stored == json.loads(msgspec.json.encode(manifest))
    for file in manifest.files:
        data = (tmp_path / "out" / file.name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file.sha256, file.bytes)
    assert manifest.record == record.digest()
    assert manifest.counts["reports"] == manifest.files[0].rows == 40
    assert manifest.counts["linked"] == manifest.files[1].rows == record.status().encounters
    assert record.export(tmp_path / "again").files == manifest.files


def test_filters_choose_reports(record: Record, tmp_path: Path) -> None:
    """Only the reports that the filters let through, with the encounters that they tell."""
    name = record.encounters()[0].report
    manifest = record.export(tmp_path / "out", report=name)
    assert manifest.counts == {
        "reports": 1, "encounters": 1, "statements": 1, "linked": 1, "disagreements": 0, "near_duplicates": 0,
    }  # fmt: skip


def test_an_empty_record_is_exported(tmp_path: Path) -> None:
    """No reports give files that are valid and empty."""
    with Record.open(tmp_path / "a.record", "w") as record:
        record.export(tmp_path / "out")
    assert lines(tmp_path / "out" / "documents.jsonl") == []
    found = json.loads((tmp_path / "out" / "links.json").read_text(encoding="utf-8"))
    assert found == {"encounters": [], "disagreements": [], "near_duplicates": []}


def test_what_cannot_be_done_is_said(record: Record, tmp_path: Path) -> None:
    """An unknown format, and a folder that is a file."""
    with pytest.raises(errors.InputError, match="exchange"):
        record.export(tmp_path / "out", "csvv")
    (tmp_path / "file").touch()
    with pytest.raises(errors.RecordError, match="cannot be written"):
        record.export(tmp_path / "file")


def test_a_failed_export_leaves_the_old_files(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is put in place when it is whole; what is cut off leaves nothing beside it."""
    record.export(tmp_path / "out")
    before = (tmp_path / "out" / "documents.jsonl").read_bytes()
    monkeypatch.setattr("communique.export.exchange.document", _fails)
    with pytest.raises(ZeroDivisionError):
        record.export(tmp_path / "out")
    assert (tmp_path / "out" / "documents.jsonl").read_bytes() == before
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["documents.jsonl", "links.json", "manifest.json"]


def _fails(*_: object) -> None:
    raise ZeroDivisionError


def test_joint_speakers_stand_with_semicolons() -> None:
    """`speaker` and `represents` name each speaker and side; a statement of nobody has null."""
    found = toy(RawReport(id="a", text="Ana Horvat (HR) promised: the treaty stays."))
    assert isinstance(found, Findings)
    (said,) = found.statements
    both = (Participant("Ana Horvat", "person", "HR"), Participant("Leif Dahl", "person", "NO"))
    for speakers, names, sides in ((both, "Ana Horvat; Leif Dahl", "HR; NO"), ((), None, None)):
        changed = msgspec.structs.replace(said, speakers=speakers, cue=None, speaker_passage=None)
        (row,) = document(msgspec.structs.replace(found, statements=(changed,)))["statements"]
        assert (row["speaker"], row["represents"], row["cue"], row["cue_span"]) == (names, sides, None, None)


def test_every_format_says_what_it_is() -> None:
    """Each registered format has a name, a version and a line of help."""
    for name, form in formats().items():
        assert (form.name, bool(form.version), bool(form.help)) == (name, True, True)
