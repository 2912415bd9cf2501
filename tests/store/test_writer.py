"""Reports are kept once, whatever comes again, and the record depends only on what it holds."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from communique.intake import RawReport
from communique.record import Record
from communique.records import Findings, Passage, Refusal
from communique.store import Analysed, Reader, Writer

from .making import make_toy, reports, toy, write_jsonl

STORY = (
    "On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna [held meeting].\n"
    "Leif Dahl (NO) rejected: the treaty is open.\n"
    "Rain fell on the market while the river rose and the music in the garden played on into the summer evening, and "
    "nobody who had come by boat from the harbour to the museum wished to leave before the last song was over."
)


def analysed(raw: RawReport) -> Analysed | Refusal:
    found = toy(raw)
    return found if isinstance(found, Refusal) else Analysed(raw, found, None, "toy")


def written(path: Path, raws: list[RawReport], batch: int) -> str:
    writer = Writer(path)
    for at in range(0, len(raws), batch):
        writer.write([analysed(raw) for raw in raws[at : at + batch]])
    digest = Reader(path, writer.db).digest()
    writer.close()
    return digest


def some(count: int, seed: int = 3) -> list[RawReport]:
    return [RawReport(id=f"r{n:03}", text=text, path=f"p{n}") for n, text in enumerate(reports(count, seed))]


def test_batches_and_order_do_not_matter(tmp_path: Path) -> None:
    """The same reports give the same record one by one, at once, backwards and shuffled."""
    raws = some(60)
    whole = written(tmp_path / "whole", raws, 60)
    assert written(tmp_path / "single", raws, 1) == whole
    assert written(tmp_path / "backwards", raws[::-1], 7) == whole
    shuffled = raws[:]
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert written(tmp_path / f"shuffled{seed}", shuffled, 5) == whole


def test_linking_step_by_step_equals_linking_all(tmp_path: Path) -> None:
    """The encounters of a record filled in small batches are those that linking gives for all mentions together."""
    from communique import linking

    raws = some(80, seed=5)
    written(tmp_path / "a", raws, 3)
    reader = Reader(tmp_path / "a")
    told = []
    for held in reader.held():
        found = reader.findings(held.n)
        day = found.report.published
        told += [linking.Told(held.id, day.value, day.basis, held.origin, e) for e in found.encounters]
    assert list(reader.encounters()) == list(linking.link(told))
    reader.close()


def test_the_same_report_again_changes_nothing(tmp_path: Path) -> None:
    """A raw report that is known is found by its hash, and written again it is unchanged."""
    from communique.store import raw_digest

    raws = some(10)
    writer = Writer(tmp_path / "a")
    assert not writer.knows(raw_digest(raws[0]))
    assert {k.outcome for k in writer.write([analysed(r) for r in raws])} == {"new"}
    before = Reader(writer.path, writer.db).digest()
    moved = [msgspec.structs.replace(r, path="elsewhere/" + (r.path or "")) for r in raws]
    assert all(writer.knows(raw_digest(r)) for r in moved)
    assert {k.outcome for k in writer.write([analysed(r) for r in moved])} == {"unchanged"}
    assert Reader(writer.path, writer.db).digest() == before
    writer.close()


def test_one_batch_may_hold_the_same_report_twice(tmp_path: Path) -> None:
    """The second of two equal reports in one batch is unchanged."""
    writer = Writer(tmp_path / "a")
    raw = RawReport(id="a", text=STORY)
    assert [k.outcome for k in writer.write([analysed(raw), analysed(raw)])] == ["new", "unchanged"]
    writer.close()


def test_facts_that_a_second_copy_adds_are_taken(tmp_path: Path) -> None:
    """The same text with a day that was missing replaces the findings; with a day missing it changes nothing."""
    writer = Writer(tmp_path / "a")
    reader = Reader(writer.path, writer.db)
    bare = RawReport(id="a", text=STORY)
    dated = RawReport(id="a", text=STORY, published="2021-03-04")
    other = RawReport(id="b", text=STORY.replace("Rain", "Snow"))
    writer.write([analysed(bare), analysed(other)])
    assert [k.outcome for k in writer.write([analysed(dated)])] == ["updated"]
    assert reader.findings(reader.find("a").n).report.published.value == "2021-03-04"
    before = reader.digest()
    assert [k.outcome for k in writer.write([analysed(bare), analysed(dated)])] == ["unchanged", "unchanged"]
    assert reader.digest() == before
    assert len(list(reader.encounters())) == 1
    assert reader.raw(reader.find("a").n).published == "2021-03-04"
    writer.close()


def test_copies_that_each_know_something_are_merged(tmp_path: Path) -> None:
    """Where one copy has the address and the other the day, the writer asks for both to be analysed together."""
    writer = Writer(tmp_path / "a")
    first = RawReport(id="a", text=STORY, outlet="The Outlet")
    second = RawReport(id="a", text=STORY, published="2021-03-04")
    writer.write([analysed(first)])
    (kept,) = writer.write([analysed(second)])
    assert kept.outcome == "again"
    assert kept.merged is not None
    assert (kept.merged.outlet, kept.merged.published) == ("The Outlet", "2021-03-04")
    assert [k.outcome for k in writer.write([analysed(kept.merged)])] == ["updated"]
    writer.close()


def test_two_texts_with_one_id_are_both_kept(tmp_path: Path) -> None:
    """A second text under an id that is taken gets an id of its own, the same each time."""
    writer = Writer(tmp_path / "a")
    reader = Reader(writer.path, writer.db)
    one, two = RawReport(id="a", text=STORY), RawReport(id="a", text="Another text.")
    first, second = writer.write([analysed(one), analysed(two)])
    assert (first.id, second.outcome) == ("a", "new")
    assert second.id is not None
    assert second.id.startswith("a~")
    again = RawReport(id="a", text="Another text.", fields=(("section", "world"),))
    assert writer.write([analysed(again)])[0].id == second.id
    assert [held.id for held in reader.held()] == ["a", second.id]
    writer.close()


def test_replacing_a_report_leaves_no_trace_of_the_old_one(tmp_path: Path) -> None:
    """New findings for reports of linked encounters, origins and disagreements give the record of a fresh start."""
    raws = some(40, seed=7)
    writer = Writer(tmp_path / "a")
    items = [a for a in map(analysed, raws) if isinstance(a, Analysed)]
    changed = [msgspec.structs.replace(a, findings=_without_encounters(a.findings)) for a in items[::3]]
    by_id = {a.findings.report.id: a for a in [*items, *changed]}
    writer.write(items)
    assert writer.replace(changed) == len(changed)
    replaced = Reader(writer.path, writer.db).digest()
    writer.close()
    fresh = Writer(tmp_path / "b")
    fresh.write(by_id.values())
    assert Reader(fresh.path, fresh.db).digest() == replaced
    fresh.close()


def _without_encounters(found: Findings) -> Findings:
    return msgspec.structs.replace(found, encounters=(), statements=found.statements[:0])


def test_refusals_are_kept_once_and_go_when_the_report_comes(tmp_path: Path) -> None:
    """A refusal has one row for its place; a report from that place takes it away."""
    writer = Writer(tmp_path / "a")
    reader = Reader(writer.path, writer.db)
    assert [k.outcome for k in writer.write([Refusal("x.txt", "empty")] * 2)] == ["refused"] * 2
    assert reader.refusals() == [Refusal("x.txt", "empty")]
    writer.write([Refusal("x.txt", "no text \udce9")])
    assert reader.refusals() == [Refusal("x.txt", "no text ?")]
    writer.write([analysed(RawReport(id="x", text=STORY, path="x.txt"))])
    assert reader.refusals() == []
    writer.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda f: msgspec.structs.replace(f, encounters=f.encounters * 2), "encounter e1 twice"),
        (lambda f: msgspec.structs.replace(f, encounters=(_evidence(f, ()),)), "rests on no passage"),
        (lambda f: msgspec.structs.replace(f, encounters=(_evidence(f, (Passage(0, 2, "xx"),)),)), "not what the text"),
        (lambda f: msgspec.structs.replace(f, report=msgspec.structs.replace(f.report, text="a\ud800")), "half of a"),
    ],
)
def test_findings_that_cannot_be_proved_are_refused(tmp_path: Path, change, reason: str) -> None:
    """A finding without its words, or with words that the text does not have, never enters the record."""
    raw = RawReport(id="a", text=STORY, path="a.txt")
    found = toy(raw)
    assert isinstance(found, Findings)
    writer = Writer(tmp_path / "a")
    (kept,) = writer.write([Analysed(raw, change(found))])
    assert kept.outcome == "refused"
    (refusal,) = Reader(writer.path, writer.db).refusals()
    assert reason in refusal.reason
    writer.close()


def _evidence(found: Findings, passages: tuple[Passage, ...]):
    return msgspec.structs.replace(found.encounters[0], evidence=passages)


def test_copies_of_one_story_share_an_origin(tmp_path: Path) -> None:
    """Two outlets with the same words are two reports and one origin, and the encounter says so."""
    raws = [RawReport(id=name, text=STORY + f"\n{name} adds a word.") for name in ("b", "a", "c")]
    writer = Writer(tmp_path / "r")
    for raw in raws:
        writer.write([analysed(raw)])
    reader = Reader(writer.path, writer.db)
    assert {held.origin for held in reader.held()} == {"a"}
    (met,) = reader.encounters()
    assert (met.reports, met.origins) == (3, 1)
    writer.close()


def test_a_failed_batch_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When linking fails in the middle of a batch, nothing of the batch is kept."""
    path = write_jsonl(tmp_path / "a.jsonl", reports(20))
    with Record.open(tmp_path / "r", "w") as record:
        record.ingest([path], analyse=make_toy())
        before = record.digest()
        more = write_jsonl(tmp_path / "b.jsonl", reports(20, seed=9))
        with monkeypatch.context() as patch:
            patch.setattr("communique.linking.disagreements", _fails)
            with pytest.raises(ZeroDivisionError):
                record.ingest([more], analyse=make_toy())
        assert record.digest() == before
        record.ingest([more], analyse=make_toy())
        assert record.status().reports == 40


def _fails(*_: object) -> None:
    raise ZeroDivisionError


def test_reports_that_pass_on_one_agency_have_one_origin(tmp_path: Path) -> None:
    """Two rewrites that credit the same agency count once, and the record shows the words that credit it."""
    met = "On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna [held meeting]."
    raws = [
        RawReport(id="a", text=f"VIENNA (Reuters) - {met} The hall was full."),
        RawReport(id="b", text=f"According to Reuters, all went well. {met} Outside it rained."),
        RawReport(id="c", text=f"We were there. {met} They smiled."),
    ]
    writer = Writer(tmp_path / "r")
    writer.write([analysed(raw) for raw in raws])
    reader = Reader(writer.path, writer.db)
    assert [held.relay for held in reader.held()] == ["Reuters", "Reuters", None]
    (met_once,) = reader.encounters()
    assert (met_once.reports, met_once.origins) == (3, 2)
    writer.db.execute("UPDATE reports SET relay_words = 'TASS' WHERE id = 'a'")
    with Record.open(writer.path) as record:
        assert ("a", "relay") in {(f.report, f.owner) for f in record.verify().failures}
    writer.close()
