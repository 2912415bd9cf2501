"""Which day and which length belong to a contact."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told

_LAVROV = "Russian Foreign Minister Sergei Lavrov"
_KULEBA = "Ukrainian Foreign Minister Dmytro Kuleba"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"{_KULEBA} said on Monday after meeting {_LAVROV} that much was open.", "2022-01-17"),
        (f"Much is open, {_KULEBA} said on Monday after he met {_LAVROV}.", "2022-01-17"),
        (f"{_KULEBA} said on Monday, a day after talks with {_LAVROV}, that much was open.", "2022-01-16"),
        (f"{_KULEBA} said on Monday, weeks after he met {_LAVROV}, that much was open.", None),
        (f"{_KULEBA} criticised Moscow on Monday after meeting {_LAVROV} in December.", "2021-12"),
        (f"{_KULEBA} met {_LAVROV} two days after Joe Biden's visit to Warsaw on Monday.", "2022-01-19"),
        (f"{_KULEBA} will meet {_LAVROV} in Ankara, he said in a speech to envoys on Monday.", None),
        (f"{_KULEBA} met {_LAVROV} in Ankara on January 10 and 11.", "2022-01-10/2022-01-11"),
        (f"{_KULEBA} will meet {_LAVROV} in Ankara on Monday and Tuesday.", "2022-01-24/2022-01-25"),
        (f"{_KULEBA} met {_LAVROV} in Ankara on 30 and 31 December.", "2021-12-30/2021-12-31"),
        (f"{_KULEBA} met {_LAVROV} in Ankara at 9:15am on Monday.", "2022-01-17"),
        (f"On Monday {_KULEBA} arrived in Ankara and met {_LAVROV}.", "2022-01-17"),
        (f"{_KULEBA} met {_LAVROV} in Ankara at 10:00 Moscow time.", None),
    ],
)
def test_the_day_of_a_meeting(told: Told, text: str, date: str | None) -> None:
    """The clause above lends its day if the contact came just before; lengths count from it."""
    (record,) = [r for r in told(text)[0] if r.kind == "meeting"]
    assert record.date == date


def test_a_day_that_was_only_concluded_says_so(told: Told) -> None:
    """What followed a contact at once has its day; that is inferred."""
    (record,) = told(f"Much is open, {_KULEBA} said on Monday after chairing talks with {_LAVROV}.")[0]
    assert (record.date, record.date_basis in {"inferred", "resolved"}) == ("2022-01-17", True)


def test_what_a_meeting_precedes_has_another_day(told: Told) -> None:
    """A meeting ahead of a summit does not date the summit."""
    records = told("Emmanuel Macron and Angela Merkel will meet on Monday ahead of the G7 summit in Biarritz.")[0]
    assert {r.kind: r.date for r in records}.get("summit") is None
    records = told("Joe Biden will travel to Paris on Monday ahead of the G7 summit in Biarritz.")[0]
    assert {r.kind: r.date for r in records}.get("summit") is None


def test_a_plan_told_twice_has_the_day_that_it_is_expected(told: Told) -> None:
    """ "The meeting is expected to take place on D" dates the plan."""
    text = f"{_KULEBA} will meet {_LAVROV} in Ankara. The meeting is expected to take place on 31 January."
    (record,) = told(text)[0]
    assert (record.status, record.date) == ("scheduled", "2022-01-31")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        (f"{_KULEBA} met {_LAVROV} in Ankara. The talks were closed, and they lasted about 4.5 hours.", "PT4H30M"),
        (f"Talks between {_KULEBA} and {_LAVROV} ended on Monday after six hours.", "PT6H"),
        (f"{_KULEBA} met {_LAVROV} after two years.", None),
        (f"{_KULEBA} met {_LAVROV} for the first time in six months.", None),
    ],
)
def test_how_long_it_lasted(told: Told, text: str, duration: str | None) -> None:
    """A verb of lasting or ending gives the length of the talks; other stretches of time do not."""
    (record,) = told(text)[0]
    assert record.duration == duration
