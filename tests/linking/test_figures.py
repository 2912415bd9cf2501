"""Quantities, and where two reports cannot both be right about one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import linking
from communique.linking.figures import clocks, conflicts, figures
from communique.records import Participant, Passage, Statement

from .made import told

PAIR = ("Orla Brandt", "Tomas Vidal")


def passage(text: str, start: int = 0) -> Passage:
    return Passage(start, start + len(text), text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within two months of the signing", [(60.8, "days", "two months")]),
        ("the two-year period", [(730.4, "days", "two-year")]),
        ("about 100,000 foreign soldiers", [(100000, "soldi", "100,000 foreign soldiers")]),
        ("a loan of $7.5 million", [(7.5e6, "$", "$7.5 million")]),
        ("twenty-five hostages", [(25, "hosta", "twenty-five hostages")]),
        ("three hundred people", [(300, "peopl", "three hundred people")]),
        ("20 per cent of trade and 5% more", [(20, "percent", "20 per cent"), (5, "percent", "5%")]),
        ("a dozen ministers", [(12, "minis", "a dozen ministers")]),
        ("on 3 May 2014 at 5 o'clock", []),
        ("one of the ministers", []),
        ("in 2014 ministers met", []),
    ],
)
def test_quantities_are_read_with_their_unit(text: str, found: list[tuple[float, str, str]]) -> None:
    """Quantities are read with their unit, and dates and pronouns are none."""
    got = [(round(f.value, 1), f.dimension, f.passage.text) for f in figures([passage(text)])]
    assert got == found


@given(st.text(max_size=80))
def test_the_passage_of_a_figure_is_what_the_text_has_there(text: str) -> None:
    """The passage of a figure is what the text has there."""
    for figure in figures([passage(text, 5)]):
        at = figure.passage
        assert text[at.start - 5 : at.end - 5] == at.text


def differ(a: str, b: str) -> bool:
    return bool(conflicts({"a": figures([passage(a)]), "b": figures([passage(b)])}))


def test_two_values_for_one_thing_conflict_and_others_do_not() -> None:
    """Two values for one thing conflict, and figures about other things, rough ones and shared ones do not."""
    a = "the consulates are to open again within two months of the signing of the accord"
    assert differ(a, "under the accord consulates open again two years after signing")
    assert not differ(a, "the consulates had been closed for two years when gunmen stormed them")
    assert not differ(a, "after the signing of the accord the consulates open within two months, and not two years")
    assert not differ("about 100 trucks crossed the northern border post", "95 trucks crossed the northern border post")
    assert differ("about 100 trucks crossed the northern border post", "40 trucks crossed the northern border post")


def test_figures_of_statements_are_compared_with_their_passages() -> None:
    """Figures of statements are compared with their passages."""

    def says(text: str) -> list[Statement]:
        return [Statement("s1", (), "indirect", "inform", (passage(text),), (passage(text),))]

    said = {
        "a": says("The consulates are to open again within two months of the signing."),
        "b": says("Consulates will open again two years after the signing, the ministry said."),
    }
    (one,) = linking.disagreements("E1", [told("a", *PAIR), told("b", *PAIR)], said)
    assert one.field == "number"
    assert [(v[0], v[1]) for v in one.values] == [("two months", "a"), ("two years", "b")]


def test_the_hours_of_begin_and_end_are_compared() -> None:
    """The hours of begin and end are compared, time zones and minutes aside."""
    assert clocks([passage("It began at 4:12 p.m. and ended at 20:37.")])["end"][0] == 20 * 60 + 37

    def fields(first: str, second: str) -> list[str]:
        pair = [told("a", *PAIR, evidence=first), told("b", *PAIR, evidence=second)]
        return [one.field for one in linking.disagreements("E1", pair)]

    assert fields("The meeting started at 4:12 p.m.", "It started at 4:19 pm and ended at 8 pm.") == ["duration"]
    assert fields("The meeting started at 4:12 p.m.", "It started at 4:13 pm.") == []
    assert fields("The meeting started at 5:00 p.m.", "It started at 11:00 am local time.") == []


def test_two_holders_of_one_office_are_listed() -> None:
    """Two holders of one office are listed, be they participants or speakers."""

    def minister(name: str) -> Participant:
        return Participant(name, "person", "DE", office="foreign minister")

    said = {"b": [Statement("s1", (minister("Uwe Stark"),), "direct", "inform", (), (passage("Stark said so."),))]}
    a = told("a", kind="talks", participants=(minister("Orla Brandt"), Participant("France", "government", "FR")))
    b = told("b", "DE delegation", "FR delegation", kind="talks")
    (one,) = linking.disagreements("E1", [a, b], said)
    assert [(v[0], v[1]) for v in one.values] == [("Orla Brandt", "a"), ("Uwe Stark", "b")]
