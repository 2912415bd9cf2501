"""Sentences are found on the raw text, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language import paragraphs, split


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Wang met Gen. Park. They talked.", ["Mr. Wang met Gen. Park.", "They talked."]),
        ("The U.S. Secretary flew home. He slept.", ["The U.S. Secretary flew home.", "He slept."]),
        ("They left the U.S. The talks ended.", ["They left the U.S.", "The talks ended."]),
        ("“We agree. We sign.” He left.", ["“We agree.", "We sign.”", "He left."]),
        ("“Why?” he asked. No answer came.", ["“Why?” he asked.", "No answer came."]),
        ("J. F. Kennedy spoke. Khrushchev listened.", ["J. F. Kennedy spoke.", "Khrushchev listened."]),
        ("It cost 7.5 million. They paid.", ["It cost 7.5 million.", "They paid."]),
        ("On Jan. 10 they met. On Feb. 3 too.", ["On Jan. 10 they met.", "On Feb. 3 too."]),
        ("They met at 3 p.m. Thursday in Oslo.", ["They met at 3 p.m. Thursday in Oslo."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("A line broken\nin the middle. Next.", ["A line broken\nin the middle.", "Next."]),
        (
            "The ministers of the two countries met in\nOslo. Next.",
            ["The ministers of the two countries met in\nOslo.", "Next."],
        ),
        ("OSLO, March 4 (XYZ) - They met.", ["OSLO, March 4 (XYZ) -", "They met."]),
        ("Nairobi, 5 March 2014 – They met.", ["Nairobi, 5 March 2014 –", "They met."]),
        ("ABU DHABI, (XYZ - 02nd May, 2021) They met.", ["ABU DHABI, (XYZ - 02nd May, 2021)", "They met."]),
        ("EU - China summit opens", ["EU - China summit opens"]),
        ("", []),
        ("  \n \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Abbreviations, initials, numbers and quotations do not end a sentence; stops and lines do."""
    assert sentences(text) == expected


def test_lines_wrapped_at_a_column_are_one_paragraph() -> None:
    """Old wire copy breaks lines anywhere, also before a capital; a blank line ends the paragraph."""
    text = (
        "OSLO (XY): The chairman of the Council for Peace and National\nReconstruction, Gen. Aung Myint, is to arrive "
        "here on\nMonday for a visit of three days as a guest of President\nOlsen, the foreign ministry said.\n\n"
        "He will be received at the palace by the King and the\nCrown Prince, and meet members of the Norwegian\n"
        "Parliament before he leaves for Stockholm on the\nThursday after."
    )
    assert len(paragraphs(text)) == 2
    assert len(split(text)) == 3  # the dateline, and a sentence each


def test_headlines_one_below_the_other_stay_apart() -> None:
    """Short lines without stops are paragraphs of their own where nothing shows wrapping."""
    text = "Ministers Meet in Oslo\nTalks Fail\nRain Expected Over the Weekend\nMarkets Rise\nTeam Wins Cup\nMore"
    assert len(paragraphs(text)) == 6


@given(st.text(alphabet=st.sampled_from("aB .!?\"”“'\n\tU.S.…»«()1")))
def test_no_character_is_lost(text: str) -> None:
    """Sentences are in order, do not overlap, and hold every character that is not white space."""
    spans = split(text)
    covered = set()
    before = 0
    for span in spans:
        assert before <= span.start < span.end <= len(text)
        before = span.end
        covered.update(range(span.start, span.end))
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())


@given(st.text())
def test_paragraphs_hold_every_character(text: str) -> None:
    """Whatever the text, paragraphs are in order and hold every character that is not white space."""
    covered: set[int] = set()
    for start, end in paragraphs(text):
        assert start < end
        covered.update(range(start, end))
    assert all(i in covered or c.isspace() for i, c in enumerate(text))
