"""Filters are checked before anything is asked."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import errors
from communique.query import Filters
from communique.query.words import every_word, fold, names_for


def test_values_come_single_several_or_with_commas() -> None:
    """One word, a list, and words with commas between them mean the same."""
    given = ("call, meeting", ["call", "meeting"], ("CALL", "meeting"))
    assert {Filters.of(kind=kinds) for kinds in given} == {Filters(kind=("call", "meeting"))}
    assert Filters.of(side="us,EU,nato").side == ("US", "EU", "nato")
    assert Filters.of(actor=None) == Filters()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "meting"}, "Did you mean meeting"),
        ({"status": "qqq"}, "A status is one of"),
        ({"act": "rejects"}, "Did you mean reject"),
        ({"mode": "drect"}, "direct"),
        ({"actr": "x"}, "Did you mean actor"),
        ({"limit": -1}, "not negative"),
        ({"offset": "3"}, "whole number"),
        ({"since": "2022", "until": "2021"}, "before it begins"),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest_word(fields: dict, message: str) -> None:
    """A misspelt filter or value is BadFilter with a hint."""
    with pytest.raises(errors.BadFilter, match=message):
        Filters.of(**fields)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2022", "2022", ("2022-01-01", "2022-12-31")),
        ("2020-02", "2020-02", ("2020-02-01", "2020-02-29")),
        ("2022-01-10", "2022-01-10", ("2022-01-10", "2022-01-10")),
    ],
)
def test_periods_are_first_and_last_days(since: str, until: str, days: tuple[str, str]) -> None:
    """A year or month begins with its first and ends with its last day."""
    found = Filters.of(since=since, until=until)
    assert (found.since, found.until) == days


@given(st.text(max_size=12))
def test_any_text_as_a_day_is_a_day_or_bad_date(text: str) -> None:
    """No text makes it fail in another way."""
    try:
        found = Filters.of(since=text).since
    except errors.BadDate:
        return
    assert datetime.date.fromisoformat(found or "")


@given(st.text(max_size=40))
def test_any_text_becomes_a_harmless_expression(text: str) -> None:
    """Words are quoted one by one for FTS5, whatever stands between them."""
    import sqlite3

    expression = every_word(text)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (a)")
    if expression is not None:
        db.execute("SELECT * FROM t WHERE t MATCH ?", (expression.replace("\0", ""),)).fetchall()
    db.close()


KNOWN = [("Sergey Lavrov", "Q1"), ("Sergei Lavrov", "Q1"), ("Dmytro Kuleba", "Q2"), ("Lavrov Station", None)]


def test_names_are_found_by_id_by_words_and_by_other_spellings() -> None:
    """A whole name wins over parts of names; another spelling of the same actor goes with it."""
    assert names_for("Q2", KNOWN) == ("Dmytro Kuleba",)
    assert names_for("sergey lavrov", KNOWN) == ("Sergei Lavrov", "Sergey Lavrov")
    assert names_for("KULÉBA", KNOWN) == ("Dmytro Kuleba",)
    assert names_for("lavrov", KNOWN) == ("Lavrov Station", "Sergei Lavrov", "Sergey Lavrov")
    with pytest.raises(errors.BadFilter, match="communique encounters"):
        names_for("Zzz", KNOWN)
    assert fold("Çavuşoğlu, M.") == "cavusoglu m"
