"""Disagreements: like is held against like, and only what cannot both be right is listed."""

from __future__ import annotations

import pytest

from communique import linking
from communique.linking.differ import minutes
from communique.records import Participant, Passage, Statement

from .made import told, who

PAIR = ("Orla Brandt", "Tomas Vidal")


def fields(*mentions: linking.Told) -> list[str]:
    return [one.field for one in linking.disagreements("E1", mentions)]


def test_two_days_for_one_plan_are_found_with_both_passages() -> None:
    """Two days for one plan are found with both passages."""
    a = told("a", *PAIR, status="scheduled", date="2031-05-18", evidence="They will meet on May 18.")
    b = told("b", *PAIR, status="scheduled", date="2031-05-19", evidence="The meeting is set for May 19.")
    (one,) = linking.disagreements("E1", [b, a])
    assert [(v[0], v[1], v[3][0].text) for v in one.values] == [
        ("2031-05-18", "a", "They will meet on May 18."),
        ("2031-05-19", "b", "The meeting is set for May 19."),
    ]
    assert "2031-05-18: 1 origin; 2031-05-19: 1 origin" in one.because


def test_a_paraphrase_is_no_disagreement() -> None:
    """A paraphrase is no disagreement."""
    assert fields(told("a", *PAIR, place="New York"), told("b", *PAIR, place="New York City")) == []


def test_planned_and_actual_are_not_held_against_each_other() -> None:
    """Planned and actual are not held against each other."""
    assert fields(told("a", *PAIR, status="scheduled", date="2031-05-13"), told("b", *PAIR)) == []


def test_a_month_does_not_contradict_one_of_its_days() -> None:
    """A month does not contradict one of its days."""
    assert fields(told("a", *PAIR, date="2031-05"), told("b", *PAIR)) == []


def test_a_range_and_one_of_its_days_are_a_matter_of_precision() -> None:
    """A range and one of its days are a matter of precision."""
    (one,) = linking.disagreements("E1", [told("a", *PAIR, date="2031-05-13/2031-05-15"), told("b", *PAIR)])
    assert one.field == "date"
    assert "precision" in one.because


def test_the_end_told_while_talks_go_on_is_a_plan() -> None:
    """The end told while talks go on is a plan."""
    a = told("a", *PAIR, kind="talks", status="ongoing", date="2031-05-13/2031-05-14")
    assert fields(a, told("b", *PAIR, kind="talks", date="2031-05-13/2031-05-15")) == []


def test_a_call_across_the_night_may_have_two_days_but_not_one_between_neighbours() -> None:
    """A call across the night may have two days but not one between neighbours."""
    far = [told(r, "Sam Reyes", "Lin Hao", kind="call", date=d) for r, d in (("a", "2031-05-14"), ("b", "2031-05-15"))]
    near = [told(r, *PAIR, kind="call", date=d) for r, d in (("a", "2031-05-14"), ("b", "2031-05-15"))]
    assert fields(*far) == []
    assert fields(*near) == ["date"]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("PT3H", "PT3H", False),
        ("PT3H", "PT3H7M", False),
        ("PT3H7M", "PT2H35M", True),
        ("PT7H30M", "PT7H", False),
        ("PT12H", "PT9H", True),
        ("P1D", "PT7H30M", True),
        ("P3D", "PT7H", False),
        ("P2D", "P3D", True),
        ("P1M", "PT3H", False),
        ("soon", "PT3H", False),
    ],
)
def test_durations_are_compared_at_the_precision_they_are_told_with(first: str, second: str, differ: bool) -> None:
    """Durations are compared at the precision they are told with."""
    assert fields(told("a", *PAIR, duration=first), told("b", *PAIR, duration=second)) == ["duration"] * differ


def test_a_rough_duration_leaves_room() -> None:
    """A rough duration leaves room."""
    rough = told("a", *PAIR, duration="PT12H", evidence="They talked for more than 12 hours.")
    assert fields(rough, told("b", *PAIR, duration="PT13H")) == []
    assert fields(rough, told("b", *PAIR, duration="PT5H")) == ["duration"]


def test_minutes_of_what_is_no_duration() -> None:
    """Minutes of what is no duration."""
    assert minutes(None) is None
    assert minutes("P") is None
    assert minutes("PT1H30M") == (90, 30)


def test_two_cities_are_listed_but_two_spellings_are_not() -> None:
    """Two cities are listed but two spellings are not."""
    assert fields(told("a", *PAIR, place="Bonn"), told("b", *PAIR, place="Lyon")) == ["place"]
    assert fields(told("a", *PAIR, place="Benghazi"), told("b", *PAIR, place="Bengazi")) == []


def test_two_persons_in_one_office_are_listed_and_a_delegation_for_a_name_is_not() -> None:
    """Two persons in one office are listed and a delegation for a name is not."""

    def with_minister(report: str, name: str) -> linking.Told:
        minister = Participant(name, "person", "DE", office="Foreign Minister")
        return told(report, kind="talks", participants=(minister, *who("FR delegation")))

    assert fields(with_minister("a", "Orla Brandt"), with_minister("b", "Uwe Stark")) == ["participants"]
    assert fields(with_minister("a", "Orla Brandt"), told("b", "DE delegation", "FR delegation", kind="talks")) == []


def test_a_body_by_itself_is_not_a_body_that_meets_a_side() -> None:
    """A body by itself is not a body that meets a side."""
    alone = told("a", "OSCE", kind="session", forum="OSCE", status="scheduled")
    other = told("b", "US", "OSCE", kind="meeting", forum="OSCE", status="scheduled")
    assert fields(alone, other) == ["participants"]


def test_held_against_called_off_is_listed_only_if_it_was_told_afterwards() -> None:
    """Held against called off is listed only if it was told afterwards."""
    held = told("a", *PAIR, published="2031-05-15")
    assert fields(held, told("b", *PAIR, status="cancelled", published="2031-05-16")) == ["status"]
    assert fields(held, told("b", *PAIR, status="cancelled", published="2031-05-12")) == []
    assert fields(held, told("b", *PAIR, status="disputed")) == ["status"]


def test_one_report_is_not_held_against_itself() -> None:
    """One report is not held against itself."""
    assert fields(told("a", *PAIR, place="Bonn"), told("a", *PAIR, place="Lyon", local="e2")) == []


def test_a_person_of_a_third_side_is_a_matter_of_how_much_is_told() -> None:
    """A person of a third side is listed where the other report names the two; a bare government is not."""
    three = told("b", *PAIR, "Sam Reyes")
    (one,) = linking.disagreements("E1", [told("a", *PAIR), three])
    assert one.field == "participants"
    assert "Sam Reyes" in one.because
    assert fields(told("a", "DE", "FR"), three) == []
    assert fields(told("a", *PAIR), told("b", *PAIR, "US")) == []
    assert fields(told("a", *PAIR, kind="summit"), told("b", *PAIR, "Sam Reyes", kind="summit")) == []


def test_whether_a_time_was_set_is_asked_of_what_was_said_there_too() -> None:
    """Whether a time was set is read in what is told of the encounter and in what was said there."""
    words = "The embassies open within two months, the minister said."
    passage = Passage(20, 20 + len(words), words)
    said = {"b": [Statement("s1", (), "indirect", "announce", (passage,), (passage,), at="e1")]}
    a = told("a", *PAIR, evidence="The communiqué did not specify a timeframe for the embassies.")
    (one,) = linking.disagreements("E1", [a, told("b", *PAIR)], said)
    assert (one.field, [value[0] for value in one.values]) == ("outcome", ["no", "yes"])
    elsewhere = {"b": [Statement("s1", (), "indirect", "announce", (passage,), (passage,), at="e2")]}
    assert linking.disagreements("E1", [a, told("b", *PAIR)], elsewhere) == ()
