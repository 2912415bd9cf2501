"""What names and offices say of the report's day: terms, former and new holders, ages, surnames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import actors
from communique.actors.holding import Fit, fits
from tests.actors.support import reading


def found(text: str) -> list[Fit]:
    authority = actors.load_authority()
    return fits(actors.refer(reading(text), authority), authority)


def holds(text: str, day: str) -> bool:
    """Is the day inside every interval that the text gives? There must be one."""
    given_ = found(text)
    assert given_, text
    return all(f.holds(day) for f in given_)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("US Secretary of State John Kerry spoke.", "2014-05-05", "2018-05-05"),
        ("Secretary of State Kerry spoke in the United States.", "2014-05-05", "2018-05-05"),
        ("President Obama of the United States spoke.", "2010-05-05", "2018-05-05"),
        ("Former US President Bill Clinton spoke.", "2004-05-05", "1998-05-05"),
        ("Ousted Egyptian President Hosni Mubarak was ill.", "2012-05-05", "2009-05-05"),
        ("Soldiers toppled President Ibrahim Boubacar Keita of Mali.", "2020-09-01", "2019-05-05"),
        ("New British Prime Minister Theresa May spoke.", "2016-08-01", "2018-08-01"),
        ("US President-elect Joe Biden spoke.", "2020-12-01", "2021-06-01"),
        ("Outgoing German Chancellor Angela Merkel spoke.", "2021-11-01", "2015-11-01"),
        ("Russian President Vladimir Putin, 69, spoke.", "2022-02-20", "2019-02-20"),
        ("The 79-year-old US President Joe Biden spoke.", "2022-02-20", "2024-02-20"),
        ("Australian Foreign Minister Penny Wong spoke in her first week as minister.", "2022-05-28", "2022-09-01"),
        ("Russian President Vladimir Putin spoke.", "2014-05-05", "2010-05-05"),
    ],
)  # fmt: skip
def test_intervals(text: str, inside: str, outside: str) -> None:
    """The day of the report fits, another one does not."""
    assert holds(text, inside), found(text)
    assert not holds(text, outside), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody spoke.",
        "Then-Foreign Minister Jack Straw of Britain spoke.",
        "A president spoke.",
        "The American presidents spoke.",
        "President Nosuchname of Nowhere spoke.",
        "He was 44, she was 45.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    """Unknown people, plurals, and words that leave the time open give no interval."""
    assert found(text) == []


def test_one_of_two_presidents() -> None:
    """A surname that two holders bear leaves the terms of both."""
    (fit,) = found("President Bush of the United States spoke.")
    assert fit.holds("1990-05-05")
    assert fit.holds("2005-05-05")
    assert not fit.holds("1997-05-05")


def test_the_others_outvote_one() -> None:
    """Who is called by an office lost long ago says nothing against several that agree."""
    text = (
        "US Secretary of State Antony Blinken met Ukrainian Foreign Minister Dmytro Kuleba. "
        "British Prime Minister Tony Blair was named too."
    )
    assert holds(text, "2022-01-19")


def test_two_that_disagree_are_not_weighed() -> None:
    """Of two equally weighty people of different times neither counts."""
    assert found("British Prime Minister Tony Blair and US Secretary of State Antony Blinken spoke.") == []


def test_sentences_read_well() -> None:
    """Each interval says in a plain sentence who, which office, and when."""
    (fit,) = found("Russian President Vladimir Putin spoke.")
    assert fit.because == (
        "Vladimir Putin is called President of Russia, "
        "an office held from 1999-12-31 until 2008-05-07 and since 2012-05-07"
    )
    (fit,) = found("Former US President Bill Clinton spoke.")
    assert fit.because.startswith("Bill Clinton is called a former President of the United States, so after 2001-01-20")


def test_a_bound_for_elections() -> None:
    """Before a head of state takes office reports of the election speak of a president already: half the weight."""
    authority = actors.load_authority()
    bounds = actors.day_bounds(actors.refer(reading("US President Joe Biden spoke."), authority), authority)
    assert [b.start for b in bounds] == ["2020-11-01", "2021-01-20"]
    assert sum(b.weight for b in bounds) == pytest.approx(-4.5)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """No text raises; intervals are in order."""
    for fit in found(text):
        assert fit.spans
        assert all(a is None or b is None or a <= b for a, b in fit.spans)
