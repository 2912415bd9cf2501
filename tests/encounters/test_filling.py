"""What the encounters of a report lend each other, and what their sentences say beside them."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Polish President Andrzej Duda will start a four-day visit to Japan on Monday.", "2022-01-24/2022-01-27"),
        ("Iranian and Iraqi officials ended two days of talks in Basra on Sunday.", "2022-01-15/2022-01-16"),
        ("Polish President Andrzej Duda will visit Japan on Monday.", "2022-01-24"),
    ],
)
def test_a_length_of_days_makes_an_interval(told: Told, text: str, date: str) -> None:
    """From the day it began forward, from the day it ended backward."""
    (record,) = told(text)[0]
    assert record.date == date


@pytest.mark.parametrize(
    ("behind", "duration"),
    [
        ("It lasted nearly three hours.", "PT3H"),
        ("The talks went on for more than five hours.", "PT5H"),
        ("The war has lasted three years.", None),
    ],
)
def test_a_length_told_in_the_next_sentence(told: Told, behind: str, duration: str | None) -> None:
    """ "It lasted three hours" speaks of the meeting just told."""
    (record,) = told(f"Sergei Lavrov met Dmytro Kuleba in Ankara on Monday. {behind}")[0]
    assert record.duration == duration


def test_talks_are_where_one_arrived_for_them(told: Told) -> None:
    """ "arrived in C for talks" places the meeting told next."""
    text = "Antony Blinken arrived in Geneva on Tuesday for talks on Syria. Blinken was to meet Sergei Lavrov later."
    meeting = next(r for r in told(text)[0] if r.kind != "visit")
    assert (meeting.place, meeting.country) == ("Geneva", "CH")


def test_who_receives_is_at_home(told: Told) -> None:
    """A host's meeting without a place is in the host's country, and says why."""
    (record,) = told("Tanzanian President John Magufuli received Ugandan Foreign Minister Sam Kutesa.", None)[0]
    assert (record.place, record.country) == (None, "TZ")
    assert any("host" in why for why in record.because)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Emmanuel Macron met Olaf Scholz at the Grand Hotel, Vienna, on Monday.", "Vienna"),
        ("Emmanuel Macron met Olaf Scholz in the Austrian ski resort of Obernfeld on Monday.", "Obernfeld"),
        ("Emmanuel Macron met Olaf Scholz on Monday on the sidelines of the G7 summit in Biarritz.", "Biarritz"),
        ("Emmanuel Macron met Olaf Scholz and discussed the G7 summit in Biarritz.", None),
    ],
)
def test_the_place_of_a_meeting(told: Told, text: str, place: str | None) -> None:
    """Beside a building, behind its kind, of the gathering around it; not of a gathering talked of."""
    meeting = next(r for r in told(text)[0] if r.kind == "meeting")
    assert meeting.place == place


def test_an_ambassador_who_receives_is_abroad(told: Told) -> None:
    """Who is posted abroad is a host, but not at home."""
    records = told("The Indian ambassador received Nepalese Foreign Minister Narayan Khadka on Monday.")[0]
    assert all(r.country is None for r in records)


@pytest.mark.parametrize(
    ("text", "forum"),
    [
        ("Jordan and Egypt held the first meeting of the Joint Water Dialogue in Amman.", "Joint Water Dialogue"),
        ("Jordan and Egypt held a meeting of experts in Amman.", None),
    ],
)
def test_a_format_by_its_name(told: Told, text: str, forum: str | None) -> None:
    """Capitals ended by a word for bodies name the format of the talks."""
    records = told(f"{text} Jordanian Foreign Minister Ayman Safadi attended.")[0]
    assert [r.forum for r in records if r.country == "JO"][:1] == [forum]


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("", "HELSINKI, Jan. 18 - Joe Biden and Vladimir Putin held talks here on Tuesday.", "Helsinki"),
        ("Leaders meet at Helsinki", "HELSINKI, Jan. 18 - Joe Biden met Vladimir Putin on Tuesday.", "Helsinki"),
        (
            "",
            "HELSINKI, Jan. 18 - Joe Biden and Vladimir Putin held talks in the Swedish capital on Tuesday.",
            "Stockholm",
        ),
        ("Leaders meet", "HELSINKI, Jan. 18 - Joe Biden met Vladimir Putin on Tuesday.", "Helsinki"),
        ("Leaders meet", "DUBAI, Jan. 18 - Joe Biden met Vladimir Putin on Tuesday.", None),
    ],
)
def test_talks_on_foreign_ground_are_at_the_dateline(told: Told, title: str, text: str, place: str | None) -> None:
    """ "here" is the dateline's city; without a word for it the dateline alone does not place strangers' talks."""
    (record,) = told(text, title=title)[0]
    assert record.place == place
