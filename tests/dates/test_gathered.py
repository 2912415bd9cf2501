"""The report's own day from gatherings, well-known meetings, numbered texts, sittings, anniversaries and feasts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dates import DayBound, days
from communique.dates.feasts import easter, feasts, hijri
from communique.dates.gathered import calendar, day, gathered, near, ordinal
from communique.dates.known import knowledge
from communique.errors import KnowledgeError
from tests.dates.helpers import published

BODY = "They spoke of trade between their countries and agreed to meet again, an official said.\n"


def within(value: str | None, first: str, last: str) -> bool:
    """Does the value lie between two days?"""
    span = days(value.rstrip("~")) if value else None
    return span is not None and first <= span[0] and span[1] <= last


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        (
            "The premier will attend the 19th East Asia Summit from Wednesday, the ministry said on October 8.",
            "2024-10-04", "2024-10-11", "number 19 of the East Asia Summit",
        ),
        (
            "They met on the sidelines of the seventy-eighth session of the UN General Assembly on September 20.",
            "2023-09-15", "2023-09-30", "number 78 of the session of the UN General Assembly",
        ),
        ("Envoys at COP27 spoke on November 8 of aid.", "2022-11-05", "2022-11-25", "number 27 of the climate"),
        (
            "The presidents met on Friday, November 15 at the APEC summit in Lima and left on November 16.",
            "2024-11-14", "2024-11-25", "number 31 of the APEC",
        ),
    ],
)  # fmt: skip
def test_numbers_of_a_series(text: str, first: str, last: str, reason: str) -> None:
    """The number of a summit or session tells its year; where a place would do as well, both agree."""
    if "APEC" in text:
        text = text.replace("at the APEC summit", "at the 31st APEC summit")
    found = published(text + " " + BODY)
    assert within(found.value, first, last), found
    assert found.basis == "inferred"
    assert any(reason in c for c in found.constraints)


def test_a_place_where_a_forum_met_twice() -> None:
    """Either of the two times stays possible until something else decides."""
    text = "Leaders of the ASEAN summit met at Phnom Penh on November 11."
    assert sum(g.place == "mar del plata" for gs in calendar().gatherings.values() for g in gs) >= 2
    twice = "Delegates at the OSCE ministerial council in Vilnius agreed on December 7."
    assert within(published(twice + " " + BODY).value, "2011-12-05", "2011-12-20")
    assert published(text + " " + BODY).value is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Biden and Putin met in Geneva on Wednesday for talks that lasted three hours.", "2021-06-16", "2021-06-20"),
        ("Modi received Xi at Wuhan on Friday, and they walked by the lake.", "2018-04-27", "2018-04-30"),
        ("Mr Reagan and Mr Gorbachev sat down in Reykjavik on Saturday.", "1986-10-10", "1986-10-20"),
    ],
)
def test_well_known_meetings(text: str, first: str, last: str) -> None:
    """Who met where, with the weekday told beside it."""
    term = DayBound(f"{int(first[:4]) - 2}-01-20", f"{int(first[:4]) + 2}-01-20", "the offices of those who met")
    found = published(text + " " + BODY, (term,))
    assert within(found.value, first, last), found


def test_a_meeting_with_its_year_is_a_look_back() -> None:
    """ "in Geneva in 2021": the text itself says when that was, and the report may be of any later time."""
    assert published("Biden and Putin met in Geneva in 2021, as everybody knows. " + BODY).value in {None, "2021"}


def test_names_are_written_with_capitals() -> None:
    """The moon is nobody."""
    text = "A new moon rose, and Kim Jong Un went to bed in Pyongyang."
    assert not gathered(text, {"moon": [6], "kim jong un": [21], "pyongyang": [48]})


def test_resolutions_are_not_older_than_their_year() -> None:
    """The highest number of a resolution of the Security Council counts; other numbers say nothing."""
    text = "They called for Security Council resolutions 1701 and 2334 to be respected. "
    found = published(text + "They met on Monday. " + BODY)
    assert any("number 2334" in c and "2016" in c for c in found.constraints)
    for other in ("The House passed resolution 2202. ", "Security Council resolution 99999. "):
        assert not any("number" in c for c in published(other + BODY).constraints)


def test_a_day_of_a_sitting_leaves_its_years() -> None:
    """EU leaders met on October 20 or 21 in four of the years since 2010."""
    found = published("EU leaders will meet on October 20 in Brussels and end on October 21. " + BODY)
    assert any("in 2016, 2017, 2021, 2022" in c for c in found.constraints), found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Leaders marked the 75th anniversary of the D-Day landings on June 6.", "2019-06-05", "2019-06-20"),
        (
            "The council will mark the tenth anniversary of the Good Friday Agreement on April 10, it said.",
            "2008-03-01", "2008-04-15",
        ),
        ("A 20-year anniversary of the fall of the Berlin wall was held on November 9.", "2009-11-08", "2009-11-20"),
    ],
)  # fmt: skip
def test_anniversaries(text: str, first: str, last: str) -> None:
    """So many years after an event whose day is known."""
    found = published(text + " " + BODY)
    assert within(found.value, first, last), found
    assert any("anniversary of" in c for c in found.constraints)


def test_an_anniversary_of_something_else() -> None:
    """Without a known event in the sentence, or without a number, an anniversary says nothing."""
    for text in ("They marked the 30th anniversary of their ties.", "It was an anniversary of the D-Day landings."):
        assert not any("anniversary of" in c for c in published(text + " They met on June 3. " + BODY).constraints)


def test_shutdowns_are_of_several_times() -> None:
    """A fact with several spans leaves the report near one of them."""
    found = published("The trip was dropped because of the government shutdown, he said on October 3. " + BODY)
    assert found.value is None
    assert "2013" in found.because or any("2013-10-01" in c for c in found.constraints)


def test_a_feast_tells_the_year_of_a_weekday() -> None:
    """Eid al-Fitr fell on Sunday 25 June in 2017 only."""
    text = "The king received his guest on Sunday, June 25, during Eid al-Fitr. " + BODY
    found = published(text, (DayBound("2005-08-01", "2020-12-31", "he was king"),))
    assert within(found.value, "2017-06-24", "2017-06-28"), found
    assert "2017" in published(text).because


@pytest.mark.parametrize(
    ("year", "western", "eastern"), [(1995, "04-16", "04-23"), (2017, "04-16", "04-16"), (2024, "03-31", "05-05")]
)
def test_easter(year: int, western: str, eastern: str) -> None:
    """Both Easters."""
    assert easter(year).isoformat() == f"{year}-{western}"
    assert easter(year, orthodox=True).isoformat() == f"{year}-{eastern}"


@pytest.mark.parametrize(
    ("year", "month", "number", "day_"),
    [(1438, 10, 1, "2017-06-25"), (1443, 9, 1, "2022-04-02"), (1446, 12, 10, "2025-06-06")],
)  # fmt: skip
def test_islamic_calendar(year: int, month: int, number: int, day_: str) -> None:
    """The tabular calendar is within a day of the sighted moon."""
    assert abs((hijri(year, month, number) - dt.date.fromisoformat(day_)).days) <= 1


@given(st.integers(1365, 1470), st.integers(1, 12))
def test_islamic_months_have_29_or_30_days(year: int, month: int) -> None:
    """Months follow each other without a gap."""
    after = hijri(year, month + 1) if month < 12 else hijri(year + 1, 1)
    assert (after - hijri(year, month)).days in {29, 30}


def test_knowledge_is_sound() -> None:
    """Days in order, words in lower case, no feast without days; a wrong day is refused."""
    c = calendar()
    assert all(w == w.lower() for w in c.words)
    for series in c.series:
        starts = [series.held[n][0] for n in sorted(series.held)]
        assert starts == sorted(starts), series.name
        assert all(a <= b for a, b in series.held.values()), series.name
    for row in c.numbered:
        assert list(row.last) == sorted(row.last), row.name
        assert [n for _, n in row.last] == sorted(n for _, n in row.last), row.name
    for meetings in c.meetings.values():
        assert all(m.start <= m.end and (m.end - m.start).days < 370 for m in meetings)
    for sitting in c.sittings:
        assert list(sitting.days) == sorted(sitting.days), sitting.name
    assert all(f.days for f in feasts())
    assert len(knowledge().facts) > 300
    with pytest.raises(KnowledgeError):
        day("2022-02")


@given(st.dates(dt.date(1946, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 30))
def test_nothing_is_likelier_than_the_days_of_the_event(start: dt.date, length: int) -> None:
    """The days of a gathering are the most likely ones, and no day is ruled out."""
    scores = near(start, start + dt.timedelta(length))
    assert scores.max() == 0.0
    assert scores[(start - dt.date(1945, 1, 1)).days] == 0.0
    assert scores.min() >= -9.0


@pytest.mark.parametrize(
    ("words", "number"), [("27th", 27), ("1st", 1), ("twenty-seventh", 27), ("seventy first", 71), ("twentieth", 20)]
)
def test_ordinals(words: str, number: int) -> None:
    """Ordinals in figures and in words."""
    assert ordinal(words) == number


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "The leaders of China and Japan exchanged messages on September 29 on the 50th anniversary of diplomatic "
            "relations.",
            "2022-09-28", "2022-10-10",
        ),
        (
            "India and Israel marked the thirtieth anniversary of their diplomatic ties on January 29.",
            "2022-01-28", "2022-02-10",
        ),
    ],
)  # fmt: skip
def test_anniversaries_of_relations(text: str, first: str, last: str) -> None:
    """So many years after two states took up relations."""
    found = published(text + " " + BODY)
    assert within(found.value, first, last), found
    assert any("of the relations of" in c for c in found.constraints)


def test_relations_that_are_not_known() -> None:
    """Three states in the sentence, or a pair that the table does not have, say nothing."""
    for text in (
        "China, Japan and India marked the 50th anniversary of diplomatic relations.",
        "Nauru and Chad marked the 50th anniversary of diplomatic relations.",
        "China and Japan marked an anniversary of diplomatic relations.",
    ):
        assert not any("relations of" in c for c in published(text + " " + BODY).constraints)
