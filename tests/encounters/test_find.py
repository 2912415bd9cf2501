"""Who met whom, when and where: from a text to records."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.encounters.conftest import Told


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Recep Tayyip Erdogan will host Russian President Vladimir Putin in Ankara.", "meeting", "RU TR"),
        ("Serbia and Kosovo's leaders met in Brussels.", "meeting", "RS XK"),
        ("North Korea called off talks with South Korea.", "talks", "KP KR"),
        ("Qatar hosted a new round of indirect talks between Israel and Hamas in Doha.", "talks", "Hamas IL QA"),
        ("Iraq's Foreign Ministry summoned the Turkish ambassador to protest the air strikes.", "meeting", "IQ TR"),
        ("Kim Jong Un sent a letter to Vladimir Putin.", "message", "KP RU"),
        ("Mohammed bin Salman received a phone call from Russian President Vladimir Putin.", "call", "RU SA"),
        ("Egypt's foreign ministry said talks with Ethiopia and Sudan in Kinshasa have ended.", "talks", "EG ET SD"),
        ("The Canadian and Indian foreign ministers held a phone call on Tuesday.", "call", "CA IN"),
        ("The US Embassy handed over a diplomatic note to the Afghan Foreign Ministry.", "message", "AF US"),
        ("The talks hosted by Oman brought together the United States and Iran.", "", ""),
        ("After talks in Muscat, the United States and Iran agreed to exchange prisoners.", "talks", "IR US"),
    ],
)  # fmt: skip
def test_the_sides_of_one_sentence(told: Told, text: str, kind: str, sides: str) -> None:
    """Subject, object, prepositions, possessives and mediators are found."""
    records, _ = told(text)
    if kind:
        assert [(r.kind, " ".join(sorted(r.sides))) for r in records] == [(kind, sides)]
    else:
        assert len(records) <= 1


def test_one_clause_may_hold_several_encounters(told: Told) -> None:
    """People who were met apart are apart, and so are the stops of a tour."""
    records, _ = told("In Ankara, President Erdogan met separately with Sergey Lavrov and Dmytro Kuleba.")
    assert [sorted(r.sides) for r in records] == [["RU", "TR"], ["TR", "UA"]]
    records, _ = told("Sergey Lavrov will visit Tunisia, Algeria and Morocco on February 3-5.")
    assert [(r.kind, r.country, r.date) for r in records] == [
        ("visit", country, "2022-02-03/2022-02-05") for country in ("TN", "DZ", "MA")
    ]


def test_one_encounter_in_a_report_is_one_record(told: Told) -> None:
    """Title, lead and what points back to it are one record with all of its sentences."""
    records, _ = told(
        "Antony Blinken met Pakistani Foreign Minister Bilawal Bhutto Zardari in New York on Tuesday. "
        "The meeting lasted two hours. The two ministers discussed trade.",
        published="2022-05-19",
        title="Blinken meets Pakistani minister",
    )
    assert len(records) == 1
    (record,) = records
    assert (record.kind, record.status, record.date, record.country) == ("meeting", "held", "2022-05-17", "US")
    assert record.duration == "PT2H"
    assert len(record.evidence) == 4
    assert "trade" in record.topics


def test_an_earlier_meeting_is_another_record(told: Told) -> None:
    """The background has records of its own."""
    records, _ = told(
        "Emmanuel Macron will meet Vladimir Putin in Moscow on February 7, 2022. "
        "They last met in Paris in December 2019."
    )
    assert [(r.status, r.date, r.place) for r in records] == [
        ("scheduled", "2022-02-07", "Moscow"),
        ("held", "2019-12", "Paris"),
    ]


def test_a_visit_has_its_host(told: Told) -> None:
    """The visitor takes part, the host is the country."""
    (record,) = told("Indian Prime Minister Narendra Modi arrived in Tokyo on Wednesday for a two-day visit.")[0]
    assert (record.kind, record.place, record.country, record.duration) == ("visit", "Tokyo", "JP", "P2D")
    assert [p.name for p in record.participants] == ["Narendra Modi"]


def test_visit_and_meeting_share_place_and_day(told: Told) -> None:
    """A meeting during a visit is where and when the visit is."""
    records, _ = told("Volodymyr Zelensky, on a visit to London on Wednesday, met Prime Minister Boris Johnson.")
    assert {(r.kind, r.place, r.date) for r in records} == {
        ("visit", "London", "2022-01-19"),
        ("meeting", "London", "2022-01-19"),
    }


def test_a_forum_sits(told: Told) -> None:
    """A standing body needs no second side; a small council stands for its members."""
    (record,) = told("The UN Security Council will hold an emergency meeting on Friday.")[0]
    assert (record.kind, record.forum, record.status) == ("session", "UN Security Council", "scheduled")
    (record,) = told("A meeting of the NATO-Russia Council took place in Brussels on January 12.")[0]
    assert (record.kind, sorted(record.sides)) == ("session", ["NATO", "RU"])


def test_a_meeting_on_the_margins_is_part_of_the_gathering(told: Told) -> None:
    """The gathering is a record of its own, and lends its place."""
    records, _ = told("Joe Biden met Xi Jinping on the sidelines of the G20 summit in Rome on Saturday.")
    assert {(r.kind, r.part_of) for r in records} >= {("meeting", "G20")}
    assert all(r.country in {"IT", None} for r in records)


@pytest.mark.parametrize(
    "text",
    [
        "Manchester United met Real Madrid in the final on Saturday.",
        "France beat Argentina 4-3 in the match. The squad met the challenge after the goal and the penalty.",
        "The board of the company met on Tuesday to discuss profits and shares.",
        "The prime minister of Spain met the leader of the opposition in Madrid.",
        "Ford held talks with investors about a merger.",
        "The court will hold a session on Monday.",
        "A German tourist visited a museum in Paris.",
        "Germany met the conditions of the treaty.",
    ],
)
def test_other_worlds_give_nothing(told: Told, text: str) -> None:
    """Sport, business, courts, culture and politics at home are no diplomacy."""
    assert told(text)[0] == ()


def test_what_was_not_understood_is_said(told: Told) -> None:
    """A sentence with a trigger and two sides that gave no record is an abstention with its reason."""
    records, left = told("Poland and Belarus have not held talks for a year.")
    assert records == ()
    assert [a.reason for a in left] == ["“talks”: “held” is negated"]


def test_every_record_says_why(told: Told) -> None:
    """Confidence lies between 0 and 1 and has its reasons; ids follow the text."""
    records, _ = told(
        "Olaf Scholz visited Kyiv on Monday. He met Volodymyr Zelensky. Vladimir Putin will receive Scholz on Thursday."
    )
    assert [r.id for r in records] == [f"e{n}" for n in range(1, len(records) + 1)]
    assert all(0 < r.confidence < 1 and r.because for r in records)
    assert [r.evidence[0].start for r in records] == sorted(r.evidence[0].start for r in records)


WORDS = st.sampled_from(
    [
        "Blinken",
        "Lavrov",
        "met",
        "with",
        "talks",
        "visited",
        "the",
        "and",
        "Russia",
        "in",
        "Geneva",
        "on",
        "Monday",
        "will",
        "not",
        "between",
        "United",
        "States",
        ",",
        ".",
        ";",
        "—",
        "“",
        "”",
        "who",
        "said",
        "after",
        "meeting",
        "letter",
        "from",
        "to",
        "President",
        "Putin",
        "summit",
        "of",
        "G20",
        "delegation",
        "led",
        "by",
        "they",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_any_words_give_sound_records(told: Told, words: list[str]) -> None:
    """Whatever the words, every passage is a slice of the text and the answer is the same twice."""
    text = " ".join(words)
    records, left = told(text)
    for passage in [p for r in records for p in r.evidence] + [a.passage for a in left]:
        assert text[passage.start : passage.end] == passage.text
    assert told(text) == (records, left)


@pytest.mark.parametrize(
    "text",
    [
        "On the sidelines of the G20 summit, Emmanuel Macron met Jair Bolsonaro.",
        "Emmanuel Macron met Jair Bolsonaro on the margins of the G20 summit.",
        "Emmanuel Macron met Jair Bolsonaro on Monday. The meeting took place on the sidelines of the G20 summit.",
    ],
)
def test_what_a_meeting_is_part_of(told: Told, text: str) -> None:
    """The gathering around a meeting is named before it, behind it, or in the sentence that follows."""
    (meeting,) = [r for r in told(text)[0] if r.kind == "meeting"]
    assert meeting.part_of == "G20"
