"""The small parts of linking: days, names, words, keys."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import linking
from communique.errors import KnowledgeError
from communique.linking import lexicon as words
from communique.linking.names import alike, same_person
from communique.linking.told import Person, face
from communique.linking.when import day_number, iso, period

from .made import told


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-XX", "2031-01-01", "2031-12-31"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2031-02-XX", "2031-02-01", "2031-02-28"),
        ("2031-21", "2031-03-01", "2031-05-31"),
        ("2031-24", "2031-12-01", "2032-02-29"),
        ("2031-34", "2031-04-01", "2031-06-30"),
        ("2031-05-14", "2031-05-14", "2031-05-14"),
        ("2031-05-14~", "2031-05-11", "2031-05-17"),
        ("2031-05-10/2031-05-13", "2031-05-10", "2031-05-13"),
        ("2031-05/2031-06", "2031-05-01", "2031-06-30"),
        ("2031-05-10/..", "2031-05-10", "2031-05-10"),
    ],
)
def test_a_date_covers_its_days(value: str, first: str, last: str) -> None:
    """A date covers its days."""
    found = period(value)
    assert found is not None
    assert (iso(found.first), iso(found.last)) == (first, last)


@pytest.mark.parametrize("value", [None, "", "soon", "2031-13", "2031-02-30", "0000", "2031-05-14/2031-05-10", "../.."])
def test_what_is_no_date_has_no_days(value: str | None) -> None:
    """What is no date has no days."""
    assert period(value) is None
    assert day_number(value) is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_is_itself(day: datetime.date) -> None:
    """A day is itself."""
    assert day_number(str(day)) == day.toordinal()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("anthony marlow", "antony marlow", True),
        ("marlow", "antony marlow", True),
        ("a marlow", "antony marlow", True),
        ("a", "antony marlow", False),
        ("rasheed al hamdi", "rashid hamdi", True),
        ("huinh thi mai", "huynh thi mai", True),
        ("ivan petrov", "pyotr ivanov", False),
        ("marlow", "marden", False),
        ("deng bo", "bo deng", True),
    ],
)
def test_spellings_of_one_name(a: str, b: str, same: bool) -> None:
    """Spellings of one name."""
    assert alike(tuple(a.split()), tuple(b.split())) is same
    assert alike(tuple(b.split()), tuple(a.split())) is same


def test_ids_decide_and_sides_must_fit() -> None:
    """Ids decide and sides must fit."""

    def person(name: str, side: str, actor: str | None = None) -> Person:
        return Person(actor, tuple(name.split()), frozenset({side}), None)

    assert same_person(person("x y", "DE", "Q1"), person("a b", "DE", "Q1"))
    assert not same_person(person("x y", "DE", "Q1"), person("x y", "DE", "Q2"))
    assert not same_person(person("marlow", "DE"), person("marlow", "FR"))
    assert same_person(person("ann marlow", "AU"), person("ann marlow", "CD"))


def good() -> dict[str, Any]:
    lists = dict.fromkeys(words.Lexicon.__struct_fields__, "word")
    return {**lists, "periods": {"day": 1}, "numerals": {"two": 2}}


def test_word_lists_are_checked_when_loaded() -> None:
    """Word lists are checked when loaded."""
    assert words.checked(good()).remote == {"word"}
    for bad in (
        {**good(), "extra": "x"},
        {**good(), "remote": ["Video"]},
        {**good(), "remote": [3]},
        {**good(), "numerals": "x"},
    ):
        with pytest.raises(KnowledgeError):
            words.checked(bad)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        words.read_toml("absent.toml")


def test_time_zones_are_checked_when_loaded() -> None:
    """Time zones are checked when loaded."""
    assert words.checked_zones({"hours": {"1": "DE FR"}}) == {"DE": 1, "FR": 1}
    for bad in (
        {"hours": {"one": "DE"}},
        {"hours": {"1": "Germany"}},
        {"hours": {"1": "DE", "2": "DE"}},
        {"other": {}},
    ):
        with pytest.raises(KnowledgeError):
            words.checked_zones(bad)
    assert words.hours_apart(["US", "CN"]) == 11
    assert words.hours_apart(["DE"]) == words.hours_apart(["OSCE"]) == 0


def keys(*names: str, **more: Any) -> set[str]:
    return set(linking.blocking_keys(told("a", *names, **more)))


def test_a_slip_of_one_day_a_month_and_an_undated_mention_meet() -> None:
    """A slip of one day a month and an undated mention meet."""
    for other in (
        keys("Orla Brandt", "Tomas Vidal", date="2031-05-15"),
        keys("Orla Brandt", "Tomas Vidal", date="2031-05-13"),
        keys("DE", "FR", date="2031-05"),
        keys("DE", "FR", date=None, published="2031-05-16"),
        keys("DE", "FR", date=None, status="scheduled", published="2031-03-16"),
    ):
        assert keys("Orla Brandt", "Tomas Vidal") & other
    assert not keys("Orla Brandt", "Tomas Vidal") & keys("DE", "FR", date="2031-09")


def test_there_is_always_a_key() -> None:
    """There is always a key."""
    assert linking.blocking_keys(told("a", participants=(), date=None)) == ("k:meeting@undated",)
    assert keys("DE", "FR", date="1900/2000") == {"s:DE+FR@vague"}


def test_gatherings_of_many_have_a_key_for_each_side() -> None:
    """Gatherings of many have a key for each side."""
    many = keys("DE", "FR", "US", "CN", "CZ", "IT")
    assert {key.split("@")[0] for key in many} == {f"m:{side}" for side in ("DE", "FR", "US", "CN", "CZ", "IT")}


def test_forums_are_looked_up_by_their_telling_words() -> None:
    """Forums are looked up by their telling words."""
    assert {k.split("@")[0] for k in keys("X", kind="session", forum="Joint Security Council") if k[0] == "f"} == {
        "f:council joint security"
    }
    assert {k.split("@")[0] for k in keys("X", kind="session", forum="Baltic Council") if k[0] == "f"} == {"f:baltic"}


def test_a_visit_is_also_of_its_host() -> None:
    """A visit is also of its host."""
    assert face(told("a", "Orla Brandt", kind="visit", country="FR")).sides == {"DE", "FR"}
