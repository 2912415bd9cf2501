"""Quotation marks open and close where a reader sees them, whatever the typist used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.quotes import chains, quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("She said “the door is open” twice.", ["“the door is open”"]),
        ("Er sagte „nein“ und ging.", ["„nein“"]),
        ("Il a dit «non» hier.", ["«non»"]),
        ("Sie sagte »nein« und ging.", ["»nein«"]),
        ("``We agree,'' he said. ``At last.''", ["``We agree,''", "``At last.''"]),
        ("''We agree,'' he said.", ["''We agree,''"]),
        ("He called it 'a grave mistake' today.", ["'a grave mistake'"]),
        ("He called it ‘a grave mistake’ today.", ["‘a grave mistake’"]),
        ("‚so nicht‘, sagte er.", ["‚so nicht‘"]),
        ("“A deal “in principle” is done,” she said.", ["“A deal “in principle” is done,”"]),
        ("“A deal ‘in principle’ is done,” she said.", ["“A deal ‘in principle’ is done,”"]),
        ("“Closed the wrong way,“ he said. “Again.“", ["“Closed the wrong way,“", "“Again.“"]),
        ('“Mixed marks," he said.', ['“Mixed marks,"']),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    """Each kind of mark pairs with the one that closes it."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministers' talks and Ukraine's answer",
        "It wasn't the envoys' fault, they didn't know.",
        "rock 'n' roll of the '90s",
        'A boy 5 feet 10" tall.',
        'and that was the end of it."',
    ],
)
def test_apostrophes_and_strays_open_nothing(text: str) -> None:
    """Apostrophes and strays open nothing."""
    assert quoted(text) == []


def test_an_unclosed_mark_runs_to_the_end_of_its_paragraph() -> None:
    """An unclosed mark runs to the end of its paragraph."""
    text = "“We shall see. It is late.\nThe talks ended."
    (q,) = quotations(text)
    assert text[q.start : q.end] == "“We shall see. It is late."
    assert not q.closed


def test_a_quotation_over_paragraphs_is_one_chain() -> None:
    """A quotation over paragraphs is one chain."""
    text = "“First.\n\n“Second.\n\n“Third,” he said. “Fourth.”"
    runs = [[text[q.start : q.end] for q in run] for run in chains(text, quotations(text))]
    assert runs == [["“First.", "“Second.", "“Third,”"], ["“Fourth.”"]]


def test_a_missing_closing_mark_does_not_swallow_the_next_paragraph() -> None:
    """A missing closing mark does not swallow the next paragraph."""
    text = '"One, he said.\nHe said "two" later.'
    assert quoted(text)[-1] == '"two"'


@given(st.text(alphabet="ab .,'\"“”„«»‘’\n`", max_size=80))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    """Whatever the marks: spans inside the text, in order, no two overlapping, words inside the marks."""
    last = 0
    for q in quotations(text):
        assert last <= q.start < q.end <= len(text)
        assert q.start < q.inner[0] <= q.inner[1] <= q.end
        last = q.end
