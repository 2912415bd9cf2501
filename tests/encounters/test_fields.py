"""Places, days, lengths, formats, roles and what several sentences say together."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Emmanuel Macron met Olaf Scholz in Berlin on Monday.", "Berlin", "DE"),
        ("Joe Biden received Emmanuel Macron at the White House.", "Washington", "US"),
        ("French President Emmanuel Macron and Chancellor Olaf Scholz discussed the war in Ukraine.", None, None),
        ("In Vienna, Emmanuel Macron met Olaf Scholz.", "Vienna", "AT"),
        ("Emmanuel Macron met Vladimir Putin, who was in Paris on a visit.", "Paris", "FR"),
    ],
)
def test_where_it_was(told: Told, text: str, place: str | None, country: str | None) -> None:
    """The place hangs on the contact, its verb or its visit; what is talked about has places of its own."""
    meetings = [r for r in told(text)[0] if r.kind != "visit"]
    assert len(meetings) == 1
    if place or country:
        assert (meetings[0].place, meetings[0].country) == (place, country)
    else:
        assert meetings[0].country != "UA"


def test_the_dateline_is_where_a_side_is_at_home(told: Told) -> None:
    """A meeting of the day without a place was in the dateline's city, if that is one side's own."""
    (record,) = told("BAGHDAD (AP) - President Barham Salih received French President Emmanuel Macron on Tuesday.")[0]
    assert (record.place, record.country, record.date) == ("Baghdad", "IQ", "2022-01-18")


def test_here_is_the_dateline(told: Told) -> None:
    """A visitor who "arrived here" is in the dateline's city."""
    (record,) = told("DOHA: Turkish President Recep Tayyip Erdogan arrived here on Monday on an official visit.")[0]
    assert (record.kind, record.place, record.country) == ("visit", "Doha", "QA")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("France said on Monday that Emmanuel Macron would meet Olaf Scholz on Friday.", "2022-01-21"),
        ("Emmanuel Macron cancelled on Monday a visit to Germany planned for January 27.", "2022-01-27"),
        ("Emmanuel Macron and Olaf Scholz met for the first time since 2020.", None),
        ("In talks with Emmanuel Macron on Monday, Olaf Scholz proposed a truce.", "2022-01-17"),
        ("It was the third day of talks between Iran and the United States in Vienna.", "2022-01-17/2022-01-19"),
    ],
)
def test_the_day_belongs_to_the_contact(told: Told, text: str, day: str | None) -> None:
    """Days of saying, of cancelling and limits are not the day of the contact."""
    (record,) = told(text)[0]
    assert record.date == day


def test_a_number_a_format_and_a_length(told: Told) -> None:
    """The third round, by video, two hours."""
    (record,) = told(
        "Armenia and Azerbaijan held the third round of talks by video link on Monday. The talks lasted two hours."
    )[0]
    assert (record.number, record.format, record.duration) == (3, "video", "PT2H")


def test_roles_of_a_letter(told: Told) -> None:
    """Sender, recipient and bearer are told apart."""
    (record,) = told(
        "Ambassador Linda Thomas-Greenfield delivered a letter from Joe Biden to Ghana's President Akufo-Addo."
    )[0]
    assert {p.name: p.role for p in record.participants} | {} == {
        "Joe Biden": "sender",
        "Nana Akufo-Addo": "recipient",
        "Linda Thomas-Greenfield": "bearer",
    }


def test_letters_from_several_are_several(told: Told) -> None:
    """Two letters to one recipient are two messages; an exchange is one."""
    records, _ = told("Kim Jong Un received letters from Vladimir Putin and Xi Jinping.")
    assert sorted(tuple(sorted(r.sides)) for r in records) == [("CN", "KP"), ("KP", "RU")]
    (record,) = told("Joe Biden and Vladimir Putin exchanged letters last week.")[0]
    assert (record.kind, sorted(record.sides)) == ("message", ["RU", "US"])


def test_a_mediator_is_named_as_one(told: Told) -> None:
    """Who hosts talks between others has that role."""
    (record,) = told("Talks between Israel and Hamas, mediated by Egypt, began in Cairo on Monday.")[0]
    assert {p.represents: p.role for p in record.participants}["EG"] == "mediator"


def test_who_cancels_anothers_visit_is_the_host(told: Told) -> None:
    """A cancelled visit without a place was to the one who cancelled it."""
    (record,) = told("Canada cancelled a planned visit by Russian Foreign Minister Sergey Lavrov.")[0]
    assert (record.kind, record.status, record.country) == ("visit", "cancelled", "CA")


def test_the_first_to_visit_has_visited(told: Told) -> None:
    """ "She is the first minister to visit X" tells of a visit that is held."""
    (record,) = told("Annalena Baerbock is the first German foreign minister to visit Kazakhstan.")[0]
    assert (record.kind, record.country) == ("visit", "KZ")


def test_talks_take_the_sides_of_the_sentence_before(told: Told) -> None:
    """Negotiations with a place but without sides are those of the subject just named."""
    records, _ = told(
        "Iran and the United States have agreed on a prisoner swap. The deal came after negotiations in Doha."
    )
    assert [(r.kind, r.place, sorted(r.sides)) for r in records] == [("talks", "Doha", ["IR", "US"])]


def test_companions_join_the_meeting(told: Told) -> None:
    """ "Attending the meeting were ..." adds people, not a meeting."""
    records, _ = told(
        "Foreign Minister Sergey Lavrov met Foreign Minister Wang Yi in Moscow on Monday. "
        "Deputy Foreign Minister Sergei Ryabkov attended the meeting."
    )
    assert len(records) == 1


def test_a_bilateral_is_not_the_larger_meeting(told: Told) -> None:
    """Two of five who will meet alone are another encounter."""
    records, _ = told(
        "The foreign ministers of France, Germany, Poland and Ukraine postponed a meeting in London. "
        "Ukrainian minister Dmytro Kuleba will hold a bilateral meeting with Polish minister Zbigniew Rau."
    )
    assert [(r.status, len(r.sides)) for r in records] == [("postponed", 4), ("scheduled", 2)]


def test_meetings_of_other_days_and_places_are_apart(told: Told) -> None:
    """The same two people on two days are two records."""
    records, _ = told(
        "Antony Blinken met Sergey Lavrov in Geneva on January 21, 2022. "
        "Antony Blinken met Sergey Lavrov in Stockholm on December 2, 2021.",
        published="2022-01-22",
    )
    assert [(r.date, r.place) for r in records] == [("2022-01-21", "Geneva"), ("2021-12-02", "Stockholm")]


def test_a_summit_needs_leaders(told: Told) -> None:
    """Foreign ministers' "summit" is a meeting, presidents' is one."""
    (record,) = told("Presidents Joe Biden and Vladimir Putin will hold a summit in Geneva.")[0]
    assert record.kind == "summit"
    records, _ = told("Foreign ministers Sergey Lavrov and Wang Yi held a summit in Moscow.")
    assert [r.kind for r in records] == ["meeting"]


def test_a_small_forum_stands_for_its_members(told: Told) -> None:
    """A dialogue with a name of its own is a forum even where the authority file has none."""
    (record,) = told("Hungary will participate with Serbia in the Danube Security Dialogue in Vienna on May 4.")[0]
    assert (record.forum, sorted(record.sides)) == ("Danube Security Dialogue", ["HU", "RS"])


def test_an_appeal_is_no_telephone(told: Told) -> None:
    """ "rejected a call by X for Y" tells of no call."""
    assert told("Serbia rejected a call by German Chancellor Olaf Scholz for a new law.")[0] == ()


def test_an_invitation_is_a_proposed_visit(told: Told) -> None:
    """Who is invited is the visitor."""
    (record,) = told("Emmanuel Macron renewed his invitation for President Xi Jinping to visit France.")[0]
    assert (record.kind, record.status, record.country) == ("visit", "proposed", "FR")
    assert [p.name for p in record.participants] == ["Xi Jinping"]


def test_an_arrival_with_a_welcome_has_its_host(told: Told) -> None:
    """Who welcomes the visitor at the airport is at home."""
    records, _ = told(
        "Italian Foreign Minister Luigi Di Maio arrived at the airport on Monday, "
        "where he was welcomed by Tunisian Foreign Minister Othman Jerandi."
    )
    assert {(r.kind, r.country) for r in records} >= {("visit", "TN")}
