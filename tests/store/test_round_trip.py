"""What is handed in comes out equal."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.intake import RawReport
from communique.records import (
    ENCOUNTER_KINDS,
    ENCOUNTER_STATUSES,
    SPEECH_ACTS,
    Abstention,
    Dating,
    Encounter,
    Findings,
    Furniture,
    Participant,
    Passage,
    Piece,
    Report,
    Statement,
    TimeExpression,
)
from communique.store import Analysed, Reader, Writer

TEXT = "Ana Horvat met Leif Dahl in Vienna on Tuesday. He said no. — Ünïcode 𝔘 here."
PARTY = Participant("Ana Horvat", "person", "HR; SI", "host", "Q1", "foreign minister")
FULL = Findings(
    Report(
        "full", TEXT, "Ana", 3, "The Outlet", "https://example.org/a", "en", "a.txt", "2021-03-04",
        Dating("2021-03-04", "metadata", "it came with it", ("one", "two")),
        (Piece(0, 2, 5), Piece(5, 9, 3)), (Furniture(0, 2, "  ", "white"),), "  " + TEXT,
    ),
    (
        Encounter(
            "e1", "visit", "held", (PARTY, msgspec.structs.replace(PARTY, name="B")), (Passage(0, 10, TEXT[0:10]),),
            "2021-03-02", "resolved", "Tuesday before", "PT2H", "Vienna", "AT", "Council of Lakes", "ministers",
            "video", 7, "e2", ("border", "fish; trade"), 0.123456789, ("a", "b"),
        ),
        Encounter("e2", "talks", "proposed", (PARTY,), (Passage(11, 14, "met"),)),
    ),
    (
        Statement(
            "s1", (PARTY, PARTY), "mixed", "reject", (Passage(0, 3, "Ana"), Passage(4, 10, "Horvat")),
            (Passage(0, 20, TEXT[0:20]),), Passage(11, 14, "met"), Passage(0, 10, TEXT[0:10]), "Leif Dahl", "fish",
            "e1", "2021-03", "inferred", "AFP", 0.9, ("c",),
        ),
        Statement("s2", (), "direct", "inform", (Passage(0, 3, "Ana"),), (Passage(0, 3, "Ana"),)),
    ),
    (TimeExpression(38, 45, "Tuesday", "date", "2021-03-02", "2021-03-02", "resolved", "why", ("x", "y"), True),),
    (Abstention(Passage(47, 58, TEXT[47:58]), "nobody"),),
    9,
    4,
)  # fmt: skip


def back_and_forth(folder: Path, findings: Findings, raw: RawReport) -> Findings:
    writer = Writer(folder / "a.record")
    try:
        assert [k.outcome for k in writer.write([Analysed(raw, findings, None, "k1")])] == ["new"]
        reader = Reader(writer.path, writer.db)
        return reader.findings(reader.find(findings.report.id).n)
    finally:
        writer.close()


def raw_of(findings: Findings) -> RawReport:
    return RawReport(id=findings.report.id, text=findings.report.original, path=findings.report.path)


def test_every_field_of_every_record_is_kept(tmp_path: Path) -> None:
    """Findings in which each field has a value of its own come back equal, field by field."""
    back = back_and_forth(tmp_path, FULL, raw_of(FULL))
    assert back == FULL


@pytest.mark.parametrize("kind", [Encounter, Statement, Participant, TimeExpression, Report, Dating])
def test_the_full_example_leaves_no_field_at_its_default(kind: Any) -> None:
    """A field that is added to a record must be added to the example, and so to the tables."""
    examples = {
        Encounter: FULL.encounters[0], Statement: FULL.statements[0], Participant: PARTY, TimeExpression: FULL.times[0],
        Report: FULL.report, Dating: FULL.report.published,
    }  # fmt: skip
    for field in msgspec.structs.fields(kind):
        if field.default is not msgspec.NODEFAULT and field.name != "language":
            assert getattr(examples[kind], field.name) != field.default, f"{kind.__name__}.{field.name}"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
SHORT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CERTAIN = st.floats(0, 1)


@st.composite
def any_findings(draw: st.DrawFn) -> Findings:
    text = draw(WORDS)

    def span() -> Passage:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return Passage(start, end, text[start:end])

    def spans() -> tuple[Passage, ...]:
        return tuple(span() for _ in range(draw(st.integers(1, 3))))

    def people() -> tuple[Participant, ...]:
        return tuple(
            Participant(draw(WORDS), draw(st.sampled_from(("person", "government", "group"))), draw(SHORT), draw(SHORT))
            for _ in range(draw(st.integers(0, 2)))
        )

    date = st.none() | st.sampled_from(
        ("2021-03-04", "2021-03", "2021", "2021-03-04/2021-03-06", "2021-03-XX", "2021~")
    )
    met = tuple(
        Encounter(
            f"e{n}",
            draw(st.sampled_from(ENCOUNTER_KINDS)),
            draw(st.sampled_from(ENCOUNTER_STATUSES)),
            people(),
            spans(),
            draw(date),
            "stated",
            place=draw(SHORT),
            forum=draw(SHORT),
            number=draw(st.none() | st.integers(1, 9)),
            topics=tuple(draw(st.lists(WORDS, max_size=2))),
            confidence=draw(CERTAIN),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    said = tuple(
        Statement(
            f"s{n}",
            people(),
            draw(st.sampled_from(("direct", "indirect", "mixed"))),
            draw(st.sampled_from(SPEECH_ACTS)),
            spans(),
            spans(),
            draw(st.none() | st.builds(span)),
            addressee=draw(SHORT),
            about=draw(SHORT),
            at=draw(st.none() | st.just("e0")),
            date=draw(date),
            confidence=draw(CERTAIN),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    report = Report(
        "any", text, draw(SHORT), 0, draw(SHORT), draw(SHORT), published=Dating(draw(date), "stated"), original=text
    )
    return Findings(report, met, said, sentences=draw(st.integers(0, 9)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_findings())
def test_any_findings_come_back_equal_and_verified(findings: Findings) -> None:
    """Whatever characters and spans there are, the record gives them back, and every passage holds."""
    with tempfile.TemporaryDirectory() as folder:
        assert back_and_forth(Path(folder), findings, raw_of(findings)) == findings
        from communique.record import Record

        with Record.open(Path(folder) / "a.record") as record:
            assert record.verify().failures == ()
