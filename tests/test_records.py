"""Records are plain, immutable, and lead back to the original text."""

from __future__ import annotations

import msgspec
import pytest

from communique import records
from communique.records import Encounter, Participant, Passage, Piece, Report, Statement


def test_a_passage_must_lie_inside_the_text() -> None:
    """A passage outside the text or without characters is refused."""
    report = Report(id="r", text="Kuleba met Blinken.")
    assert report.passage(0, 6) == Passage(0, 6, "Kuleba")
    for start, end in ((-1, 3), (3, 3), (5, 99)):
        with pytest.raises(ValueError, match="no passage"):
            report.passage(start, end)


def test_spans_lead_back_to_the_original() -> None:
    """A span of the cleaned text is found in the original, also across a cut; made-up characters have no origin."""
    original = "SHARE\nThey met.\nADVERT\nThey talked."
    clean = "Title\n\nThey met.\nThey talked."
    report = Report(id="r", text=clean, pieces=(Piece(7, 6, 10), Piece(17, 23, 12)), original=original)
    assert report.to_original(7, 11) == (6, 10)
    assert original[slice(*(report.to_original(17, 21) or (0, 0)))] == "They"
    assert report.to_original(7, 21) == (6, 27)
    assert report.to_original(0, 5) is None
    assert Report(id="r", text="x").to_original(0, 1) == (0, 1)


def test_records_cannot_be_changed() -> None:
    """Assigning to a field of a record raises."""
    with pytest.raises(AttributeError):
        Passage(0, 1, "a").start = 3  # type: ignore[misc]


def test_records_survive_json() -> None:
    """A record written as JSON and read again is the same record."""
    who = (Participant("Dmytro Kuleba", "person", "UA"), Participant("Antony Blinken", "person", "US"))
    met = Encounter("e1", "call", "held", who, (Passage(0, 4, "They"),), date="2022-01-11", date_basis="stated")
    assert msgspec.json.decode(msgspec.json.encode(met), type=Encounter) == met
    assert met.sides == {"UA", "US"}


def test_joint_speakers_stand_in_one_line() -> None:
    """Names and sides of joint speakers are joined; a side is not repeated."""
    who = (Participant("A", "person", "UA"), Participant("B", "person", "US"), Participant("C", "person", "US"))
    said = Statement("s1", who, "direct", "agree", (Passage(0, 1, "x"),), (Passage(0, 1, "x"),))
    assert (said.speaker, said.represents) == ("A; B; C", "UA; US")
    nobody = Statement("s2", (), "direct", "inform", (Passage(0, 1, "x"),), (Passage(0, 1, "x"),))
    assert (nobody.speaker, nobody.represents) == (None, None)


def test_a_digest_is_of_the_text_alone() -> None:
    """Two reports with the same text have one digest, whatever else they say."""
    assert Report(id="a", text="x").digest == Report(id="b", text="x", outlet="o").digest
    assert Report(id="a", text="x").digest != Report(id="a", text="y").digest


def test_every_speech_act_is_in_one_group() -> None:
    """The groups of speech acts share no act and hold them all."""
    assert len(records.SPEECH_ACTS) == len(set(records.SPEECH_ACTS)) == 16
    assert set(records.ACT_STRENGTH) <= set(records.SPEECH_ACTS)
