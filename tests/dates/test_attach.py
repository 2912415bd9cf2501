"""Which time belongs to which clause, with and without a parse; tense."""

from __future__ import annotations

import pytest

from communique import dates
from communique.dates.tense import tense
from communique.language import Gate, Parser, Reading, read
from communique.records import Dating, Report
from tests.dates.helpers import reading

PARSER = Parser()


def parsed(text: str) -> Reading:
    return read(Report(id="r", text=text), Gate({"x": ["met"]}), PARSER)


@pytest.mark.parametrize("make", [reading, parsed], ids=["words", "parse"])
@pytest.mark.parametrize(
    ("text", "trigger", "expression"),
    [
        ("The ministers met in Rome on Friday and will hold talks in Oslo on Monday.", "met", "Friday"),
        ("The ministers met in Rome on Friday and will hold talks in Oslo on Monday.", "talks", "Monday"),
        ("On January 12 the council meets, while the forum is set for January 13.", "council", "January 12"),
        ("On January 12 the council meets, while the forum is set for January 13.", "forum", "January 13"),
        ("She said on Monday that the two had met on Friday.", "met", "Friday"),
        ("They talked about the 2015 deal when they met on Tuesday.", "met", "Tuesday"),
    ],
)
def test_date_of_a_clause(make: object, text: str, trigger: str, expression: str) -> None:
    """A date belongs to the clause that holds it."""
    r = make(text)  # type: ignore[operator]
    times = dates.resolve(r, dates.find(r), Dating("2022-01-12", "metadata", ""))
    start = text.index(trigger)
    found = dates.for_span(r, times, start, start + len(trigger))
    assert found is not None
    assert found.text == expression


def test_duration_of_a_clause() -> None:
    """A length of time belongs to its clause; a sentence without one gives None."""
    r = reading("After seven years of silence the two met for three hours. They left.")
    times = dates.resolve(r, dates.find(r), Dating())
    at = r.text.index("met")
    found = dates.duration_for(r, times, at, at + 3)
    assert found is not None
    assert found.value == "PT3H"
    assert dates.duration_for(r, times, len(r.text) - 5, len(r.text) - 1) is None
    assert dates.for_span(r, times, at, at + 3) is None
    assert dates.for_span(r, times, len(r.text), len(r.text)) is None


@pytest.mark.parametrize("make", [reading, parsed], ids=["words", "parse"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Friday.", "past"),
        ("They will meet on Friday.", "future"),
        ("The talks are scheduled for Friday.", "future"),
        ("The talks were held on Friday.", "past"),
        ("The minister is expected to arrive on Friday.", "future"),
        ("The talks must end by Friday.", "future"),
        ("She has visited Rome on Friday.", "past"),
        ("He said the sides would meet on Friday.", "future"),
        ("The minister is in Rome on Friday.", "present"),
        ("They will meet again in Paris on Friday, officials said.", "future"),
        ("The embassy was moved in the week before Friday.", None),
    ],
)
def test_tense(make: object, text: str, expected: str | None) -> None:
    """Tense and planning words, read from the parse or from the words."""
    r = make(text)  # type: ignore[operator]
    at = text.index("Friday")
    assert tense(r, at, at + 6) == expected
