"""Things of the record are put in words that people read."""

from __future__ import annotations

import pytest

from communique.cli.output import count, quote
from communique.cli.words import day, duration, told_by, where, who
from communique.records import Participant


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("PT7H30M", "7 hours 30 minutes"),
        ("P1D", "1 day"),
        ("P2W", "2 weeks"),
        ("PT0.5S", "0.5 seconds"),
        ("P", "P"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_durations_are_said_in_words(value: str | None, shown: str) -> None:
    """An ISO duration is spelt out, and what is none is shown as it is."""
    assert duration(value) == shown


@pytest.mark.parametrize(
    ("number", "noun", "shown"),
    [(1, "report", "1 report"), (0, "day", "0 days"), (1200, "report", "1,200 reports"), (2, "body", "2 bodies")],
)
def test_things_are_counted_in_english(number: int, noun: str, shown: str) -> None:
    """One thing is singular, others plural, thousands have a comma."""
    assert count(number, noun) == shown


def test_participants_are_grouped_by_side() -> None:
    """Each side is named once; those whose side is not known come last; a long list is cut and says so."""
    people = [Participant(n, "person", s) for n, s in [("A", "FR"), ("B", None), ("C", "FR"), ("D", "TR")]]
    assert who(people).plain == "FR: A, C; TR: D; B"
    assert who(people, most=2).plain == "FR: A; B; 2 more"
    assert who([]).plain == "nobody named"
    assert who([Participant("NATO", "organisation", "NATO"), people[0]]).plain == "NATO; FR: A"


def test_days_show_what_they_rest_on() -> None:
    """An interval may break after its slash, an inferred date says so, and a missing one too."""
    assert day("2021-03-03").plain == "2021-03-03"
    assert day("2021-03-03/2021-03-05").plain == "2021-03-03/\n2021-03-05"
    assert day("2021-03", "inferred").plain == "2021-03\ninferred"
    assert day(None).plain == "no date"


def test_places_and_tellers() -> None:
    """A place has its country, a forum stands beside it; fewer origins than reports are said."""
    assert where("Geneva", "CH", "Lakes Council").plain == "Geneva, CH · Lakes Council"
    assert where(None, None).plain == ""
    assert told_by(3, 3) == "3 reports"
    assert told_by(3, 1) == "3 reports, 1 origin"


def test_words_of_a_report_stand_in_one_pair_of_marks() -> None:
    """Marks are added unless the words bring their own."""
    assert quote("We agree").plain == "“We agree”"
    assert quote("“We agree”").plain == "“We agree”"
    assert quote("He said “no” twice").plain == '"He said “no” twice"'
