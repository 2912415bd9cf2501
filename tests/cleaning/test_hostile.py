"""Texts built to make cleaning slow or to break it are cleaned in time."""

from __future__ import annotations

import time

import pytest

from communique.cleaning import clean
from communique.intake import RawReport
from communique.records import Refusal, Report

SIZE = 200_000
LIMIT = 6.0
"""Seconds for a text of 200,000 characters: an ordinary one takes about 0.05, what runs away takes hours."""

SENTENCE = "The ministers of both countries met on Friday in the old town hall of Westhaven. "


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        "Related posts\n", "More news\n\n" + SENTENCE + "\n\n", "a\n", "Share\n", '"', "“", "[", "[о]", "&amp;",
        "&", "â€™", " ", "\t", "\x1c", "\u200b", "\u202e", "\n", "\xa0", "word ", "Word ", "WORD-", "1",
        "12 May 2014\n",
        "x_1",
        "a one two three four five six\n", SENTENCE, SENTENCE + "\n", SENTENCE + " Read more\n", "й", "的",
        "See also: ",
    ],
)  # fmt: skip
def test_no_text_takes_more_than_its_length(part: str) -> None:
    """Repetition of anything that a rule or a repair looks at stays linear."""
    text = f"Ministers meet\n\n{SENTENCE}\n\n" + part * (SIZE // len(part)) + f"\n\n{SENTENCE}"
    start = time.monotonic()
    found = clean(RawReport(text=text))
    assert time.monotonic() - start < LIMIT
    assert isinstance(found, Report | Refusal)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000,
        "<p>" + "a " * 100_000,
        "<table><tr><td>" * 5_000,
        "<!--" * 50_000,
        "<p>&" * 40_000,
        "<a href='" * 20_000,
    ],
)  # fmt: skip
def test_broken_pages_are_survived(html: str) -> None:
    """Nesting without end, unclosed comments and attributes."""
    start = time.monotonic()
    assert isinstance(clean(RawReport(html=f"<html><body>{html}")), Report | Refusal)
    assert time.monotonic() - start < 3 * LIMIT


def test_markup_in_a_text_stays_text() -> None:
    """Scripts are neither run nor believed; showing them safely is the business of the way out."""
    report = clean(RawReport(text=f"Ministers meet\n\n{SENTENCE}<script>alert(1)</script> &lt;b&gt;\n\n{SENTENCE}"))
    assert isinstance(report, Report)
    assert "<script>" in report.text
