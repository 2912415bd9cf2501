"""Finding expressions of time in raw text."""

from __future__ import annotations

import pytest

from communique import dates
from communique.dates.grammar import Attachment, Rule, grammar
from communique.dates.scan import scan
from tests.dates.helpers import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On April 13, 2021.", [("April 13, 2021", "2021-04-13")]),
        ("Met on 13 April 2022.", [("13 April 2022", "2022-04-13")]),
        ("Dated 13.04.2021.", [("13.04.2021", "2021-04-13")]),
        ("On 2022/01/10, 2022-01-11.", [("2022/01/10", "2022-01-10"), ("2022-01-11", "2022-01-11")]),
        ("Talks on 10 and 12 January in Vienna.", [("10", "XXXX-01-10"), ("12 January", "XXXX-01-12")]),
        ("On January 10-13 they met.", [("January 10-13", "XXXX-01-10/XXXX-01-13")]),
        ("From May 29, 2021 to June 3, 2021.", [("From May 29, 2021 to June 3, 2021", "2021-05-29/2021-06-03")]),
        ("They spoke for approximately 7.5 hours, excluding lunch.", [("approximately 7.5 hours", "PT7H30M")]),
        ("A one-day meeting and a three-hour call.", [("one-day", "P1D"), ("three-hour", "PT3H")]),
        ("The war has lasted more than seven years already.", [("more than seven years already", "P7Y")]),
        ("They met in the first quarter of 2009.", [("the first quarter of 2009", "2009-01/2009-03")]),
        ("In the 1990s and the 19th century.", [("the 1990s", "199X"), ("the 19th century", "18XX")]),
        ("They broke ties in spring 2016.", [("spring 2016", "2016-21")]),
        ("It was at the end of March 2011.", [("the end of March 2011", "2011-03-21/2011-03-31")]),
        ("On the evening of January 10 they ate.", [("the evening of January 10", "XXXX-01-10")]),
        ("The 1998-1999 war ended.", [("1998-1999", "1998/1999")]),
        ("A half-hour meeting, half an hour late.", [("half-hour", "PT30M"), ("half an hour", "PT30M")]),
        ("GENEVA, JAN. 10 (Agency) - Talks.", [("JAN. 10", "XXXX-01-10")]),
        ("Friday, January 21, will do.", [("Friday, January 21", "XXXX-01-21")]),
        ("In August and September 2014 they met.", [("August", "2014-08"), ("September 2014", "2014-09")]),
    ],
)  # fmt: skip
def test_values_of_words(text: str, expected: list[tuple[str, str]]) -> None:
    """Spans and the values that the words alone give."""
    assert [(e.text, e.value) for e in dates.find(reading(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may meet and march to the square.",
        "Theresa May spoke with Mark March.",
        "Resolution 2202 was adopted with 280 crimes listed.",
        "The deal is worth $600 or $2000 and 1500 euros.",
        "An 11-point plan of 2000 soldiers and 1,460 tanks.",
        "Flight 1986 and Boeing 2019 landed at gate 12.",
        "He is 38 years old; his 26-year-old son left.",
        "A second attempt by three quarters of the members.",
        "The Daily Telegraph and Now Media reported it.",
        "The Arab Spring changed them.",
        "It rose 10.5 percent to 1,998.4 points.",
        "See section 2005 and article 2015 of the law.",
    ],
)
def test_not_dates(text: str) -> None:
    """Verbs, names, numbers, sums and ages are no time."""
    assert [e.text for e in dates.find(reading(text))] == []


def test_kinds() -> None:
    """An expression is a date, a time, a duration or a set."""
    text = "On Friday evening, after two hours, as every year, they met at 10 a.m. in May 2011."
    assert {e.text: e.type for e in scan(text)} == {
        "Friday evening": "time",
        "two hours": "duration",
        "every year": "set",
        "10 a.m.": "time",
        "May 2011": "date",
    }


def test_starters_are_complete() -> None:
    """No rule can match where the search does not try it: each example is found by its own rule's first word."""
    g = grammar()
    rules: list[Rule | Attachment] = [*g.rules, *g.before, *g.after, *g.join]
    for rule in rules:
        for sentence, _, _ in rule.examples:
            full = {m.start() for m in g.scanner.finditer(sentence)}
            for start in full:
                word = sentence[start:].split()[0].strip(".,'’-–").split("-")[0].split("'")[0].lower()
                assert word[:1].isdigit() or word in g.starters or not word.isalpha(), (rule.name, word)
