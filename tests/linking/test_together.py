"""A mention without a day is given the day that others of the same encounter agree on, and says so."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from communique import linking
from communique.linking import InferredDate, Told

from .made import told

BOTH = ("Orla Brandt", "Tomas Vidal")


def given_to(*members: Told) -> dict[str, InferredDate]:
    return {one.key: one for one in linking.dated_together(members)}


def test_an_undated_mention_takes_the_day_of_the_others_and_names_them() -> None:
    """An undated mention takes the day of the others, with the report and the passage that tell it."""
    dated = told("a", *BOTH, published="2031-05-15", evidence="They met in Bonn on 14 May.", place="Bonn")
    open_ = told("b", *BOTH, date=None, published="2031-05-16", place="Bonn")
    one = given_to(open_, dated)["b:e1"]
    assert one.date == "2031-05-14"
    assert "a" in one.because
    assert "They met in Bonn on 14 May." in one.because
    assert one.passage.text == "They met in Bonn on 14 May."
    met = linking.with_date(open_.encounter, one)
    assert (met.date, met.date_basis, met.date_because) == ("2031-05-14", "inferred", one.because)
    assert met.evidence == open_.encounter.evidence
    assert linking.with_date(open_.encounter, None) is open_.encounter


def test_a_month_a_year_or_a_day_without_a_year_is_narrowed_only_to_a_day_in_it() -> None:
    """A month, a year, or a day without a year is narrowed, but only to a day that lies in it."""
    dated = told("a", *BOTH, published="2031-05-15", place="Bonn")
    for date, takes in (
        ("2031-05", True),
        ("2031-05-12~", True),
        ("2031-05-20~", False),
        ("2031", True),
        ("XXXX-05-14", True),
        ("2031-06", False),
        ("XXXX-05-15", False),
    ):
        coarse = told("b", *BOTH, date=date, published="2031-07-01", place="Bonn")
        assert bool(given_to(dated, coarse)) is takes, date


def test_a_day_that_a_report_gives_is_never_touched() -> None:
    """A day that a report gives is never touched, nor is a range of days."""
    dated = [told(name, *BOTH, published="2031-05-15") for name in "abc"]
    assert given_to(*dated, told("d", *BOTH, date="2031-05-15", published="2031-05-16")) == {}
    assert given_to(*dated, told("d", *BOTH, date="2031-05-13/2031-05-15", published="2031-05-16")) == {}


def test_where_reports_disagree_nothing_is_given() -> None:
    """Where reports disagree on the day, an undated one is given none."""
    others = [told("a", *BOTH), told("b", *BOTH, date="2031-05-15")]
    assert given_to(*others, told("c", *BOTH, date=None, published="2031-05-16")) == {}


def test_an_outcome_takes_the_day_of_a_plan_unless_it_was_moved() -> None:
    """An outcome without a day takes that of the plan, unless somebody says that it was moved."""
    plan = told("a", *BOTH, status="scheduled", published="2031-05-10", place="Bonn")
    held = told("b", *BOTH, date=None, published="2031-05-16", place="Bonn")
    assert given_to(plan, held)["b:e1"].date == "2031-05-14"
    moved = told("c", *BOTH, date=None, status="postponed", published="2031-05-13", place="Bonn")
    assert given_to(plan, held, moved) == {}


def test_what_was_told_as_past_did_not_happen_after_it_was_told() -> None:
    """What was told as past is not given a day after it was told."""
    early = told("b", *BOTH, date=None, published="2031-05-10", place="Bonn")
    assert given_to(told("a", *BOTH, published="2031-05-15", place="Bonn"), early) == {}


def test_a_wish_has_no_day() -> None:
    """A wish, and what was called off, are not given the day of what came of it."""
    dated = told("a", *BOTH, published="2031-05-15", place="Bonn")
    for status in ("proposed", "cancelled", "refused", "postponed", "disputed"):
        assert given_to(dated, told("b", *BOTH, status=status, date=None, published="2031-05-12", place="Bonn")) == {}


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_mentions_does_not_matter(rng: random.Random) -> None:
    """The order of the mentions does not matter, and nobody is given a day who has one."""
    members = [
        told(
            f"r{n}",
            *BOTH,
            date=rng.choice(("2031-05-14", "2031-05-14", None, "2031-05", "2031-05-13/2031-05-14")),
            status=rng.choice(("held", "held", "scheduled", "proposed")),
            published=rng.choice((None, "2031-05-12", "2031-05-15")),
            place=rng.choice((None, "Bonn")),
        )
        for n in range(6)
    ]
    found = linking.dated_together(members)
    rng.shuffle(members)
    assert linking.dated_together(members) == found
    by_key = {one.key: one for one in members}
    assert all(by_key[one.key].encounter.date in (None, "2031-05") for one in found)
