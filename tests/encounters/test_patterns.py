"""Patterns of telling: denials, delegations around talks, signings, readouts, letters under way, gatherings missed."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Turkey denied reports that Mevlut Cavusoglu planned to meet Nikos Dendias in Nicosia.", "disputed"),
        ("The Kremlin dismissed rumours that Annalena Baerbock and Sergey Lavrov had met in Vienna.", "disputed"),
        ("Sergey Lavrov denied that he had met Annalena Baerbock in Vienna.", "disputed"),
        ("A date is set for a meeting of Emmanuel Macron with Olaf Scholz.", "scheduled"),
        ("Emmanuel Macron looks forward to welcoming Olaf Scholz.", "proposed"),
        ("Emmanuel Macron is meeting Olaf Scholz in Paris.", "ongoing"),
        ("Emmanuel Macron met Olaf Scholz in Paris.", "held"),
        ("No date was set for a meeting between Emmanuel Macron and Vladimir Putin.", "proposed"),
    ],
)
def test_what_became_of_a_meeting(told: Told, text: str, status: str) -> None:
    """Denied reports are disputed, hopes are proposed, a date that is set makes a plan."""
    records = [r for r in told(text)[0] if r.kind != "visit"]
    assert [r.status for r in records] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("On the eve of his visit to Ghana, Emmanuel Macron gave an interview.", "scheduled"),
        ("Emmanuel Macron committed to travel to Ghana later in his term.", "proposed"),
        ("Emmanuel Macron will not be able to go ahead with his planned travel to Ghana.", "cancelled"),
        ("Emmanuel Macron will lead a French delegation to Ghana next week.", "scheduled"),
        ("After the talks in Togo, Emmanuel Macron will proceed to Ghana. His trip comes as prices rise.", "scheduled"),
        ("Emmanuel Macron is on a visit to Ghana.", "ongoing"),
    ],
)
def test_what_became_of_a_visit(told: Told, text: str, status: str) -> None:
    """Visits planned, promised, given up and going on."""
    records = [r for r in told(text)[0] if r.kind == "visit" and r.country == "GH"]
    assert [r.status for r in records] == [status]


def test_a_guest_who_is_awaited(told: Told) -> None:
    """ "looks forward to welcoming X to Y" is a visit that is wished for."""
    (record,) = told("Prime Minister Narendra Modi said he looked forward to welcoming Joe Biden to India.")[0]
    assert (record.kind, record.status, record.country) == ("visit", "proposed", "IN")


def test_a_promise_to_come_later_is_not_the_cancelled_visit(told: Told) -> None:
    """What is given up and what is promised instead are two visits."""
    records, _ = told("Emmanuel Macron cancelled a visit to Ghana. He committed to travel to Ghana in the future.")
    assert sorted(r.status for r in records) == ["cancelled", "proposed"]


def test_a_plan_that_went_with_a_visit(told: Told) -> None:
    """Talks that "had been planned" beside a cancelled visit of the same people are cancelled."""
    records, _ = told(
        "Ghana cancelled a visit by French President Emmanuel Macron. "
        "The talks between Emmanuel Macron and Nana Akufo-Addo had been scheduled for Friday."
    )
    assert {r.kind: r.status for r in records} == {"visit": "cancelled", "meeting": "cancelled"}


def test_a_meeting_that_is_on_again(told: Told) -> None:
    """What had been called off before counts less than the plan of today."""
    (record,) = told(
        "Joe Biden will meet Vladimir Putin in Geneva on January 25, 2022, a week after he had cancelled the meeting."
    )[0]
    assert record.status == "scheduled"


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Kenya summoned the Ghanaian High Commissioner on Tuesday.", "GH KE"),
        (
            "The fourth round of Foreign Office Consultations was held in Dhaka on Monday. Foreign Secretary "
            "Masud Bin Momen led the Bangladesh delegation, while Harsh Vardhan Shringla led the Indian side.",
            "BD IN",
        ),
        ("Delegates of China and North and South Korea held talks in Geneva.", "CN KP KR"),
        ("Talks between Foreign Minister Wang Yi, Hossein Amir-Abdollahian and Sergey Lavrov were held.", "CN IR RU"),
        ("Joe Biden and Olaf Scholz were joined by Emmanuel Macron in talks with Boris Johnson.", "DE FR GB US"),
        ("Norway brought together the foreign ministers of Sudan and Chad in Oslo.", "NO SD TD"),
    ],
)
def test_the_sides_of_talks(told: Told, text: str, sides: str) -> None:
    """Commissioners, leaders of delegations, names cut short and lists are sides."""
    (record,) = told(text)[0]
    assert " ".join(sorted(record.sides)) == sides


def test_signing_a_treaty_is_a_meeting(told: Told) -> None:
    """Where a place is named; an old treaty without one is none."""
    (record,) = told("Poland and Lithuania signed a border treaty in Vilnius on Monday.")[0]
    assert (record.kind, record.status, record.place) == ("meeting", "held", "Vilnius")
    assert told("Poland and Lithuania signed a border treaty in 1994.")[0] == ()


def test_a_readout_of_two_ministers_is_a_meeting(told: Told) -> None:
    """ "X and Y highlighted" tells that they were together, and belongs to a meeting of theirs told before."""
    text = "Foreign Minister Annalena Baerbock and her French counterpart Jean-Yves Le Drian highlighted their ties."
    (record,) = told(text)[0]
    assert (record.kind, record.status) == ("meeting", "held")
    records, _ = told("Annalena Baerbock met Jean-Yves Le Drian in Paris. " + text)
    assert len(records) == 1


def test_the_will_to_go_on_is_no_encounter(told: Told) -> None:
    """ "agreed to continue discussions in the coming weeks" neither stands alone nor changes the meeting held."""
    (record,) = told(
        "Annalena Baerbock met Jean-Yves Le Drian in Paris on Monday. "
        "The ministers agreed to continue their discussions in the coming weeks."
    )[0]
    assert (record.status, record.date) == ("held", "2022-01-17")


def test_a_letter_under_way_and_handed_over(told: Told) -> None:
    """Who carries a letter has not given it; who hands it over in a report of a meeting gave it to the one met."""
    (record,) = told("Sheikh Mohammed bin Abdulrahman was carrying a letter from Emir Tamim to Joe Biden.")[0]
    assert (record.kind, record.status) == ("message", "scheduled")
    records, _ = told(
        "President Abdel Fattah el-Sisi received Foreign Minister Ramtane Lamamra in Cairo. "
        "Ramtane Lamamra conveyed a message from President Abdelmadjid Tebboune."
    )
    (letter,) = [r for r in records if r.kind == "message"]
    assert {p.represents for p in letter.participants} == {"DZ", "EG"}


def test_a_report_to_a_council_is_a_session(told: Told) -> None:
    """Who reports to a body or briefs it sits in a session of it."""
    for text in (
        "UN chief Antonio Guterres will present a report on Mali to the Security Council on Friday.",
        "UN chief Antonio Guterres will brief the Security Council on Friday.",
    ):
        (record,) = told(text)[0]
        assert (record.kind, record.forum, record.status) == ("session", "UN Security Council", "scheduled")


def test_who_stays_away_does_not_stop_the_summit(told: Told) -> None:
    """A summit not attended by somebody was held; the substitute takes part."""
    (record,) = told(
        "President Jair Bolsonaro did not attend the Mercosur summit in Montevideo on Monday "
        "and was represented by Vice President Hamilton Mourao."
    )[0]
    names = {p.name for p in record.participants}
    assert (record.kind, record.status, record.place) == ("summit", "held", "Montevideo")
    assert "Jair Bolsonaro" not in names


def test_a_summit_of_heads_of_state_of_a_forum(told: Told) -> None:
    """The forum stands behind those who sit in it."""
    (record,) = told("The 55th summit of heads of state and government of Mercosur ended in Asuncion on Monday.")[0]
    assert (record.kind, record.number, record.status) == ("summit", 55, "held")


def test_officials_met_on_a_visit_are_the_visit(told: Told) -> None:
    """Nobody by name on the other side: the visit is the encounter."""
    records, _ = told("Foreign Minister Wang Yi met with Kenyan officials in Nairobi on his first visit to Kenya.")
    assert [(r.kind, r.country) for r in records] == [("visit", "KE")]


def test_the_next_town_of_a_visit(told: Told) -> None:
    """Going on to another town of the host is the same visit."""
    records, _ = told("Wang Yi will visit Kenya on Thursday. On Friday Wang Yi will travel to Mombasa.")
    assert [(r.kind, r.country) for r in records] == [("visit", "KE")]


@pytest.mark.parametrize(
    "text",
    [
        "Germany meet Brazil in the final on Sunday.",
        "The special envoy for the Belgrade-Pristina dialogue resigned.",
        "The minister led the team to victory over Kenya.",
    ],
)
def test_other_senses_give_nothing(told: Told, text: str) -> None:
    """Teams in a final, a dialogue in somebody's title."""
    assert told(text)[0] == ()


def test_a_phone_named_elsewhere_makes_no_call(told: Told) -> None:
    """A summons over a telephone call of others stays a meeting."""
    (record,) = [
        r
        for r in told("India summoned the Chinese ambassador on Monday and protested against a phone call to a rebel.")[
            0
        ]
        if "CN" in r.sides
    ]
    assert record.kind == "meeting"


def test_whose_words_belong_to_which_visit(told: Told) -> None:
    """A round trip has stops, a demonym after "his" is the host, another visit's visitor is not this one's."""
    (record,) = told("Jean-Yves Le Drian is in Moscow on his first Russian visit.")[0]
    assert (record.kind, record.country, [p.name for p in record.participants]) == (
        "visit",
        "RU",
        ["Jean-Yves Le Drian"],
    )
    records, _ = told("Wang Yi arrived in Kenya, kicking off his tour of six African nations.")
    assert [(r.kind, r.country) for r in records] == [("visit", "KE")]
    records, _ = told("It is the first visit by Wang Yi to Kenya and a return visit to that made by Raychelle Omamo.")
    assert all(p.name != "Raychelle Omamo" for r in records if r.country == "KE" for p in r.participants)


def test_who_brokers_talks_is_a_mediator(told: Told) -> None:
    """ "AU-brokered talks between X and Y" are not talks with the African Union."""
    (record,) = told("African Union-brokered talks between Sudan and Chad opened in Sirte.")[0]
    assert {p.represents: p.role for p in record.participants if p.role} == {"AU": "mediator"}


def test_an_invitation_to_a_place(told: Told) -> None:
    """ "invited X to Y" is a proposed visit, "invited X for talks" are proposed talks."""
    (record,) = told("Serbian President Aleksandar Vucic invited Emmanuel Macron to Belgrade.")[0]
    assert (record.kind, record.status, record.country) == ("visit", "proposed", "RS")
    (record,) = told("Aleksandar Vucic invited Emmanuel Macron for talks in Belgrade.")[0]
    assert (record.status, sorted(record.sides)) == ("proposed", ["FR", "RS"])


def test_who_also_took_part(told: Told) -> None:
    """People of further sides who took part in the gathering just told belong to it."""
    records, _ = told(
        "The OSCE Permanent Council held a session in Vienna on Thursday. "
        "Sergey Lavrov and Antony Blinken also took part in the meeting."
    )
    assert len(records) == 1
    assert {"Sergey Lavrov", "Antony Blinken"} <= {p.name for p in records[0].participants}


def test_calls_to_several_are_several(told: Told) -> None:
    """Calls from three leaders are three calls."""
    records, _ = told(
        "British Prime Minister Boris Johnson received phone calls from US President Joe Biden, "
        "French President Emmanuel Macron and German Chancellor Olaf Scholz."
    )
    assert [r.kind for r in records] == ["call"] * 3


def test_when_in_the_present_is_not_yet(told: Told) -> None:
    """ "when X visits Y" tells nothing held."""
    records, _ = told("France said on Monday that the treaty will be ready when Emmanuel Macron visits Ghana.")
    assert [r.status for r in records] == ["scheduled"]


def test_a_meeting_that_included_others(told: Told) -> None:
    """Who a meeting included is named in a clause behind it."""
    (record,) = told(
        "Josep Borrell chaired a meeting on Monday which, apart from him, included the foreign ministers of France, "
        "Germany and Italy."
    )[0]
    assert {"FR", "DE", "IT"} <= set(record.sides)


def test_rounds_of_several_months(told: Told) -> None:
    """ "rounds in December and March" were two."""
    records, _ = told("Israel and Lebanon held two rounds of talks in March and June 2021.")
    assert [r.date for r in records] == ["2021-03", "2021-06"]


def test_a_round_has_the_sides_of_the_report(told: Told) -> None:
    """The next round without sides is one of those who just met."""
    records, _ = told(
        "Delegates from Chad and Niger said on Monday that they agreed on small details. "
        "The officials would not say more. Negotiators will hold the next round of talks in Geneva in June."
    )
    assert [(r.status, r.place, sorted(r.sides)) for r in records] == [("scheduled", "Geneva", ["NE", "TD"])]


def test_who_will_not_attend_talks_with_another_refuses(told: Told) -> None:
    """Of two sides one stays away: the talks are refused."""
    (record,) = told("Ethiopia said it would not attend the talks with Egypt in Kinshasa.")[0]
    assert record.status == "refused"


def test_fans_of_a_match_are_no_sides(told: Told) -> None:
    """ "between X and Y" belongs to the match."""
    assert told("French and German fans gathered before the match between France and Germany in Paris.")[0] == ()
