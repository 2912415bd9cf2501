"""States named without being meant, and offices inside offices."""

from __future__ import annotations

import pytest

from communique.actors.words import is_private, lists
from tests.actors.support import cast_of, whom


@pytest.mark.parametrize(
    "text",
    [
        "The Swedish furniture maker agreed to the offer.",
        "A Portuguese striker warned the crowd.",
        "The Danish coach praised them.",
        "The Belgian brewer Grosbier rejected the bid.",
        "Norwegian carriers demanded more.",
        "A Finnish bank promised loans.",
        "Three Austrian tourists left.",
        "Ghana beat Mali after a late striker came on.",
        "Chile play Peru in the semi-final on Sunday.",
        "Scotland's clubs and Ireland's goalkeeper won.",
    ],
)
def test_private_heads_are_no_states(text: str) -> None:
    """A company, club or private person with a national adjective is no state, and a team is none."""
    assert not [p for r in cast_of(text).references for p in r.participants]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Swedish government agreed.", "SE"),
        ("The Danish delegation left.", "DK"),
        ("Norwegian officials spoke.", "NO"),
        ("The Finnish embassy refused.", "FI"),
        ("The Austrian foreign ministry objected.", "AT"),
        ("The Belgian side agreed.", "BE"),
        ("Portuguese diplomats left.", "PT"),
        ("The Irish leadership agreed.", "IE"),
        ("Peru warned banks.", "PE"),
        ("President Sauli Niinisto of Finland watched the semi-final.", "FI"),
    ],
)
def test_organs_of_state_stay(text: str, side: str) -> None:
    """Governments, delegations, officials and embassies keep their side, and so does an official at a match."""
    assert side in {p.represents for r in cast_of(text, "2018-01-01").references for p in r.participants}


def test_private_words() -> None:
    """Plural and compound nouns are known; lawmakers are no makers of goods."""
    assert all(map(is_private, ("airlines", "chipmakers", "businessmen", "companies", "children", "coaches")))
    assert not any(map(is_private, ("lawmaker", "lawmakers", "policymakers", "ministers", "delegation")))
    assert not lists().private & {"government", "delegation", "embassy", "ministry", "side", "military", "officials"}


@pytest.mark.parametrize(
    "text",
    ["The club president Karl Brunner resigned in Bern.", "The president of the company, Karl Brunner, spoke in Bern."],
)
def test_offices_of_firms(text: str) -> None:
    """The president of a club or company represents no state."""
    people = [p for r in cast_of(text).references for p in r.participants if p.type == "person"]
    assert not [p for p in people if p.represents]


@pytest.mark.parametrize(
    ("text", "mention", "name", "side"),
    [
        ("The special envoy of the Chadian president, Idriss Mbaye, arrived.", "Idriss Mbaye", "Idriss Mbaye", "TD"),
        ("The Chadian president's special envoy Idriss Mbaye arrived.", "Idriss Mbaye", "Idriss Mbaye", "TD"),
        (
            "The Personal Assistant on Youth to the Ghanaian President, Mr. Kojo Bediako, spoke.",
            "Mr. Kojo Bediako", "Kojo Bediako", "GH",
        ),
        ("The special envoy of President Moon Jae-in left.", "The special envoy", "special envoy", "KR"),
        ("The envoys of President Moon Jae-in left.", "The envoys", "South Korean envoys", "KR"),
        ("The special envoy of the Malian president arrived.", "The special envoy", None, "ML"),
    ],
)  # fmt: skip
def test_offices_inside_offices(text: str, mention: str, name: str | None, side: str) -> None:
    """An envoy is somebody else than the one who sends, and acts for the sender's side."""
    (got,) = [p for p in whom(text, mention, "2019-03-01") if p.name != "Moon Jae-in"]
    assert name is None or got.name == name
    assert (got.represents, got.actor) == (side, None)


def test_senders_are_not_meant_by_pronouns() -> None:
    """Who is named only inside the title of an envoy is not the one spoken of next."""
    text = "Kim Jong Un received the envoys of President Moon Jae In. The Supreme Leader thanked them. He smiled."
    assert [p.name for p in whom(text, "The Supreme Leader", "2018-03-06")] == ["Kim Jong-un"]
    assert [p.name for p in whom(text, "He smiled", "2018-03-06")] == ["Kim Jong-un"]


def test_subject_carries_on() -> None:
    """ "He" is the subject of the sentence before rather than the one named last; a woman is found by her name."""
    text = (
        "EU envoy Miroslav Lajcak has found a day for talks between Serbian President Aleksandar Vucic and Albin "
        "Kurti. He added that more will follow."
    )
    assert [p.name for p in whom(text, "He added", "2021-06-01")] == ["Miroslav Lajčák"]
    text = "Finnish minister Timo Soini met Swedish Foreign Minister Margot Wallstrom. She left."
    assert [p.name for p in whom(text, "She left", "2018-06-01")] == ["Margot Wallström"]


def test_who_leads_a_delegation() -> None:
    """The leader of a delegation acts for its side, wherever the report is set."""
    text = "The talks took place in Lomé. Foreign Secretary Abul Karim, who led the 9-member Bangladesh side, spoke."
    assert [p.represents for p in whom(text, "Foreign Secretary Abul Karim")] == ["BD"]


def test_states_that_share_a_noun() -> None:
    """ "North and South Korea" are two states."""
    sides = {
        p.represents for r in cast_of("Envoys of Japan, North and South Korea met.").references for p in r.participants
    }
    assert {"JP", "KP", "KR"} <= sides


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("The Foreign Ministry of Iran rejected it. It said talks were over.", "It said", ["IR"]),
        ("The Kremlin spoke. It urged restraint.", "It urged", ["RU"]),
        ("The Kremlin spoke. It was late.", "It was", []),
        ("The Kremlin met NATO. It urged restraint.", "It urged", []),
        ("President Vladimir Putin met the Foreign Ministry. It urged restraint.", "It urged", []),
    ],
)
def test_it_is_a_body_that_speaks(text: str, mention: str, expected: list[str]) -> None:
    """ "It" is the body of the sentence before where it says something and nothing else can be meant."""
    assert [p.represents for p in whom(text, mention, "2019-03-01")] == expected


def test_quoted_names_are_no_subjects() -> None:
    """Who is named inside a quotation is not the one who goes on speaking."""
    text = '"Kurti knows, like Vucic," EU envoy Miroslav Lajcak says of Aleksandar Vucic and Albin Kurti. He smiled.'
    assert [p.name for p in whom(text, "He smiled", "2021-06-01")] == ["Miroslav Lajčák"]


def test_institutions_between_office_and_side() -> None:
    """The side may stand behind the name of an institution."""
    text = "Karim Dossa, head of the State Planning Office of the Kyrgyz Republic, left."
    assert [p.represents for p in whom(text, "Karim Dossa", "2019-03-01")] == ["KG"]


def test_nearly_the_name_of_the_holder() -> None:
    """A slip in the name of the one holder of an office does not make another person."""
    (got,) = whom("Nigeria's Vice President, Prof. Yemi Osibajo, left.", "Yemi Osibajo", "2019-03-01")
    assert got.name == "Yemi Osinbajo"


@pytest.mark.parametrize(
    "text",
    [
        "The Iranian-backed group spoke.",
        "A London-based firm spoke.",
        "Peruvian state media spoke.",
        "The Chilean winemaker's chief executive, Karl Brunner, spoke.",
        "Bolivian Supreme Court President Carla Ruiz spoke.",
    ],
)
def test_compounds_and_their_heads(text: str) -> None:
    """Who is only backed by a state, or heads a firm or court, does not act for the state."""
    assert not [p for r in cast_of(text).references for p in r.participants if p.represents]


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("UN High Commissioner for Human Rights Michelle Bachelet spoke.", "UN High", "Michelle Bachelet"),
        ("The Pakistani High Commissioner left.", "The Pakistani High Commissioner", "Pakistani High Commissioner"),
        ("The Iranian charge d’affaires left.", "The Iranian charge d’affaires", "Iranian charge d’affaires"),
        ("The US deputy chief of mission left.", "The US deputy chief of mission", "US deputy chief of mission"),
        ("The Consul General of Japan left.", "The Consul General of Japan", "Consul General of Japan"),
    ],
)
def test_heads_of_missions(text: str, mention: str, name: str) -> None:
    """High commissioners, chargés, consuls general and deputy chiefs of mission are people of their side."""
    (got,) = whom(text, mention, "2020-03-01")
    assert (got.name, got.type) == (name, "person")
    assert got.represents in {"UN", "PK", "IR", "US", "JP"}


def test_two_high_commissioners() -> None:
    """Holders of one kind of office with different tasks are told apart."""
    text = "UN High Commissioner for Human Rights Michelle Bachelet spoke. The High Commissioner for Refugees left."
    got = whom(text, "The High Commissioner for Refugees", "2020-03-01")
    assert "Michelle Bachelet" not in [p.name for p in got]
