"""The agenda: plans as they stood on a day."""

from __future__ import annotations

import pytest

from communique import linking
from communique.errors import BadDate

from .made import told

PAIR = ("Orla Brandt", "Tomas Vidal")


def states(as_of: str, *mentions: linking.Told) -> list[tuple[str, str, str | None]]:
    return [(item.state, item.status, item.date) for item in linking.agenda(linking.link(mentions), as_of)]


PLAN = told("a", *PAIR, status="scheduled", published="2031-05-10")
MOVED = told("b", *PAIR, status="postponed", published="2031-05-12", date="2031-05-20")
HELD = told("c", *PAIR, published="2031-05-21", date="2031-05-20")


def test_a_plan_is_due_until_its_day_has_passed_and_then_overdue() -> None:
    """A plan is due until its day has passed and then overdue."""
    assert states("2031-05-14", PLAN) == [("due", "scheduled", "2031-05-14")]
    assert states("2031-05-15", PLAN) == [("overdue", "scheduled", "2031-05-14")]


def test_the_record_of_a_day_knows_only_what_was_published_by_then() -> None:
    """The record of a day knows only what was published by then."""
    everything = (PLAN, MOVED, HELD)
    assert states("2031-05-09", *everything) == []
    assert states("2031-05-11", *everything) == [("due", "scheduled", "2031-05-14")]
    assert states("2031-05-18", *everything) == [("due", "postponed", "2031-05-20")]
    assert states("2031-05-21", *everything) == []


def test_what_was_called_off_is_not_on_the_agenda() -> None:
    """What was called off is not on the agenda."""
    assert states("2031-05-13", PLAN, told("b", *PAIR, status="cancelled", published="2031-05-12")) == []


def test_a_plan_without_a_day_is_open_and_one_put_off_without_a_new_day_too() -> None:
    """A plan without a day is open and one put off without a new day too."""
    assert states("2031-05-13", told("a", *PAIR, status="proposed", date=None)) == [("open", "proposed", None)]
    put_off = told("b", *PAIR, status="postponed", published="2031-05-12", date=None)
    assert states("2031-05-13", PLAN, put_off) == [("open", "postponed", None)]


def test_the_earliest_is_first() -> None:
    """The earliest is first."""
    later = told("z", "Sam Reyes", "Lin Hao", status="scheduled", date="2031-05-16", published="2031-05-10")
    assert [item[2] for item in states("2031-05-12", later, PLAN)] == ["2031-05-14", "2031-05-16"]


def test_as_of_must_be_a_day() -> None:
    """As of must be a day."""
    with pytest.raises(BadDate, match="not a day"):
        linking.agenda([], "2031-05")
