"""What holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import dates
from communique.dates.grammar import grammar
from communique.records import Dating
from tests.dates.helpers import reading

WORDS = sorted({w for table in grammar().words.values() for w in table})
FIXED = """
this that same week year month day told before said will met 10/11/2021 03-04-2021 “today” 16h30 second Tuesday of in
'90s the of on in from to and next ago 10 13th 2021 '98 13.04.2021 31 met will - – , . “ ” ( ) 0 99999999999999 BC a.m.
10:30
""".split()
PIECES = st.one_of(
    st.sampled_from([*WORDS, *(w.capitalize() for w in WORDS)]),
    st.sampled_from([*FIXED]),
    st.integers(0, 3000).map(str),
    st.text(max_size=6),
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=20).map("".join)
)
DAYS = st.one_of(st.none(), st.dates().map(str), st.sampled_from(["2022", "2022-01", "nonsense", "0000-00-00"]))


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_any_text(text: str, metadata: str | None) -> None:
    """No exception; spans inside the text and apart from each other; words as they stand; values valid EDTF."""
    r = reading(text, metadata_published=metadata)
    found = dates.find(r)
    own = dates.publish(r, found)
    assert own.value is None or dates.valid(own.value)
    assert (own.value is None) == (own.basis is None)
    assert own.because
    last = 0
    for e in dates.resolve(r, found, own):
        assert last <= e.start < e.end <= len(text)
        assert e.text == text[e.start : e.end]
        last = e.end
        if e.value and e.type in {"date", "time"}:
            open_year = [v.startswith("XXXX-") and dates.valid(v) for v in e.value.split("/")]
            assert dates.valid(e.value) or all(open_year), e
        if e.value and e.type in {"duration", "set"}:
            assert e.value.startswith("P")
        if e.value:
            assert e.because
            assert e.basis or e.value.startswith("XXXX-"), e
        assert e.value or e.basis is None
    for row in dates.timexes(r, found, own):
        assert 0 <= row["start"] < row["end"] <= len(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_prefix_changes_nothing(text: str) -> None:
    """The same text behind a line that tells no time gives the same expressions and values."""
    prefix = "Officials of both countries gave no comment.\n\n"
    one, two = reading("\n\n" + text), reading(prefix + text)
    shift = len(prefix) - 2
    a = [(e.start + shift, e.end + shift, e.type, e.value) for e in dates.find(one)]
    assert a == [(e.start, e.end, e.type, e.value) for e in dates.find(two)]
    for own in (Dating(), Dating("2022-01-12", "metadata", "given")):
        before, after = (dates.resolve(r, dates.find(r), own) for r in (one, two))
        assert [(e.text, e.value, e.timex, e.basis, e.because, e.candidates) for e in before] == [
            (e.text, e.value, e.timex, e.basis, e.because, e.candidates) for e in after
        ]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_same_answer_every_time(text: str) -> None:
    """The same text gives the same findings."""
    r = reading(text)
    found = dates.find(r)
    assert found == dates.find(reading(text))
    assert dates.publish(r, found) == dates.publish(r, found)


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("January ", 1500),
        ("1", 20000),
        ("Monday, ", 1500),
        ("10-", 5000),
        ("(Agency ", 2000),
        ("“", 5000),
        ("the ", 8000),
        ("1701, ", 4000),
        ("10, 12 and ", 3000),
        ("will meet on Monday and ", 1000),
    ],
)
def test_no_text_takes_for_ever(piece: str, times: int) -> None:
    """A text without sentences or lines is read in time that grows with its length."""
    r = reading(piece * times)
    began = time.process_time()
    found = dates.find(r)
    dates.resolve(r, found, dates.publish(r, found))
    assert time.process_time() - began < 10
