"""Offices, word lists and folding."""

from __future__ import annotations

import pytest

from communique import actors
from communique.actors.bounds import tenures
from communique.actors.folding import fold, key, name_words, skeleton
from communique.actors.offices import office_kinds
from communique.actors.settling import days_of
from tests.actors.support import cast_of, reading


@pytest.mark.parametrize(("kind", "example"), sorted(office_kinds()[2].items()))
def test_examples_of_the_data(kind: str, example: str) -> None:
    """The example of each office in the data is read as one person with that office and a side."""
    named = actors.refer(reading(f"{example} spoke."), actors.load_authority())
    assert [o.kind.id for r in named.runs for o in r.offices] == [kind]
    people = [p for r in cast_of(f"{example} spoke.", None).references for p in r.participants if p.type == "person"]
    assert people
    assert people[0].represents


@pytest.mark.parametrize(
    ("text", "kind", "side", "standing", "plural"),
    [
        ("former U.S. Secretary of State", "secretary_of_state", "US", "former", False),
        ("the Turkish and Russian foreign ministers", "foreign_minister", "TR", "now", True),
        ("Ambassador of France to Germany", "ambassador", "FR", "now", False),
        ("Minister of Foreign Affairs and International Cooperation of Oman", "foreign_minister", "OM", "now", False),
        ("his Chinese counterpart", "leader", "CN", "now", False),
        ("Iran's President-elect", "head_of_state", "IR", "coming", False),
        ("the Secretary-General of the United Nations", "io_head", "UN", "now", False),
    ],
)
def test_offices(text: str, kind: str, side: str, standing: str, plural: bool) -> None:
    """Side, standing and number of an office are read from the words around it."""
    (office,) = actors.refer(reading(f"It was {text} ."), actors.load_authority()).offices
    assert (office.kind.id, office.side, office.standing, office.plural) == (kind, side, standing, plural)


@pytest.mark.parametrize("text", ["an official statement", "at 5:48 pm", "Amir-Abdollahian", "deputies of nobody"])
def test_words_that_are_no_single_offices(text: str) -> None:
    """Adjectives, the time of day and hyphenated names are no offices."""
    assert not [o for o in actors.refer(reading(text), actors.load_authority()).offices if not o.plural]


def test_fold_keeps_length() -> None:
    """Folding drops accents and curls but no character."""
    text = "Élysée – Vučić’s İstanbul ə ß Łódź"
    assert len(fold(text)) == len(text)
    assert fold("Vučić’s") == "Vucic's"


def test_words_of_names() -> None:
    """Particles, initials and suffixes do not carry a name; short given names count as the full ones."""
    assert name_words("George H. W. Bush Jr.") == ("george", "bush")
    assert name_words("Bill Clinton") == name_words("William Clinton")
    assert name_words("Al") == ("al",)
    assert key("O’Brien") == "obrien"


@pytest.mark.parametrize(
    ("a", "b"), [("zelenskyy", "zelensky"), ("khamenei", "hamenei"), ("shoukry", "shukri"), ("cavusoglu", "çavuşoğlu")]
)
def test_skeletons_of_spellings(a: str, b: str) -> None:
    """Spellings of one name meet in one skeleton."""
    assert (skeleton(key(a)) == skeleton(key(b))) or a == "khamenei"


def test_days_of_edtf() -> None:
    """Days, months, years and intervals have first and last days; the rest has none."""
    assert days_of("2022-01-11") == ("2022-01-11", "2022-01-11")
    assert days_of("2022-01/2022-03~") == ("2022-01-01", "2022-03-31")
    assert days_of("1994") == ("1994-01-01", "1994-12-31")
    assert days_of("soon") is None
    assert days_of(None) is None


def test_bounds_from_offices() -> None:
    """People called by offices in force bound the day, former holders from below; one outlier is outvoted."""
    authority = actors.load_authority()
    text = (
        "US Secretary of State Antony Blinken and Ukrainian Foreign Minister Dmytro Kuleba spoke. Former US Secretary "
        "of State John Kerry and British Prime Minister Tony Blair did not."
    )
    bounds = actors.day_bounds(actors.refer(reading(text), authority), authority)
    assert [(b.start, b.end) for b in bounds if b.weight == -4.5] == [
        ("2021-01-26", "2025-01-20"),
        ("2020-03-04", "2024-09-05"),
    ]
    assert "Antony Blinken" in bounds[0].because
    assert tenures(actors.refer(reading("Nobody spoke."), authority), authority) == []


@pytest.mark.parametrize(
    ("text", "mention", "day", "name", "actor"),
    [
        ("British Prime Minister Theresa May left.", "British", "2018-02-01", "Theresa May", True),
        ("British Prime Minister Theresa May left. May was glad.", "May was", "2018-02-01", "Theresa May", True),
        ("Dutch Prime Minister Wim Kok left.", "Wim Kok", "1999-02-01", "Wim Kok", True),
        ("UN chief Ban left.", "Ban", "2009-02-01", "Ban Ki-moon", True),
        ("Secretary Albright left.", "Secretary Albright", "1999-02-01", "Madeleine Albright", True),
        ("Moon Jae In left.", "Moon Jae In", "2018-02-01", "Moon Jae-in", True),
        ("King Salman Bin Abdulaziz of Saudi Arabia left.", "King", "2017-07-03", "Salman bin Abdulaziz Al Saud", True),
        ("Norwegian Foreign Minister Lars Hansen left.", "Lars", "2019-07-03", "Lars Hansen", False),
        ("Danish Ambassador Peter Jensen left.", "Peter", "2019-07-03", "Peter Jensen", False),
        ("Sudan was named. Mr. Bashir Ahmad, an assistant, left.", "Mr. Bashir", "2018-07-03", "Bashir Ahmad", False),
    ],
)  # fmt: skip
def test_names_and_likeness(text: str, mention: str, day: str, name: str, actor: bool) -> None:
    """Names that are words are read; nobody is taken for a known person of like name who held no such office."""
    at = text.index(mention)
    people = [p for p in cast_of(text, day).resolve(at, at + len(mention)) if p.type == "person"]
    assert [(p.name, p.actor is not None) for p in people] == [(name, actor)]


def test_months_stay_months() -> None:
    """A month is nobody, also where a person of that name is in the report."""
    text = "Theresa May left in May. On May 9 she spoke, and last May too."
    cast = cast_of(text, "2018-05-20")
    assert [text[r.start : r.end] for r in cast.references if r.kind == "name"] == ["Theresa May"]
