"""The small parts of cleaning: days, languages, lines."""

from __future__ import annotations

import pytest

from communique.cleaning import clean, identify, stamps
from communique.cleaning.days import day_of
from communique.cleaning.lines import lines, wrap_width
from communique.cleaning.title import is_date_line
from communique.cleaning.tongue import foreign_line
from communique.intake import RawReport
from communique.records import Report


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-01-11", "2022-01-11"),
        ("2022-01-11T10:20:30Z", "2022-01-11"),
        ("2022-1-9 10:00", "2022-01-09"),
        ("20220111", "2022-01-11"),
        ("20220111093000", "2022-01-11"),
        ("2022/01/11", "2022-01-11"),
        ("Tue, 11 Jan 2022 23:30:00 +0200", "2022-01-11"),
        ("11 January 2022", "2022-01-11"),
        ("January 11, 2022 4:05 pm", "2022-01-11"),
        ("Tuesday, 11th Jan. 2022", "2022-01-11"),
        ("2022", "2022"),
        ("2022-01", "2022-01"),
        ("2022-01-10/2022-01-13", "2022-01-10/2022-01-13"),
        ("2022-02-30", None),
        ("2022-13", None),
        ("30 Smarch 2022", None),
        ("03/04/2021", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_days_in_metadata_are_read_where_they_are_certain(value: str | None, day: str | None) -> None:
    """Common forms become ISO; what could be two days is none."""
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministers said that they would meet again in the spring.", "en"),
        ("Los ministros dijeron que se reunirían de nuevo en la primavera, según el comunicado.", "es"),
        ("Les ministres ont dit que leur rencontre dans la ville est une bonne chose pour les deux pays.", "fr"),
        ("Die Minister haben sich auf einen Plan für das nächste Jahr geeinigt und nicht mehr.", "de"),
        ("I ministri hanno detto che il piano è stato approvato nella riunione con gli alleati.", "it"),
        ("Bakanlar bu hafta bir araya geldi ve daha sonra çok önemli bir karar için oylama yaptı.", "tr"),
        ("Министры договорились о встрече, и это было неожиданно для всех.", "ru"),
        ("Міністри домовилися про зустріч, і це було несподівано для всіх.", "uk"),
        ("اتفق الوزراء على لقاء جديد في الربيع القادم", "ar"),
        ("وزیران درباره دیدار تازه گفتگو کردند و پیمان گذاشتند", "fa"),
        ("部长们同意在春天再次会面", "zh"),
        ("大臣たちは春に再び会うことに合意した", "ja"),
        ("장관들은 봄에 다시 만나기로 합의했다", "ko"),
        ("Οι υπουργοί συμφώνησαν", "el"),
        ("Dmytro Kuleba, Antony Blinken, Wang Yi", "en"),
        ("1 2 3", "en"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ", "en"),
    ],
)
def test_languages_are_told(text: str, code: str) -> None:
    """By script and function words; names alone say nothing and count as English."""
    assert identify(text) == code


@pytest.mark.parametrize(
    "text", ["08:38 | San Francisco (U.S.), Nov. 15.", "Javier Gonzalez de la Vega", "Old Hands Help U.S. Media.", "OK"]
)
def test_names_and_short_english_lines_are_not_foreign(text: str) -> None:
    """Single letters and the particles of names are no evidence."""
    assert foreign_line(text) is None


def test_only_uniformly_short_lines_are_hard_wrapped() -> None:
    """Paragraphs on single lines are longer than any column."""
    assert wrap_width(lines("A long paragraph " * 10 + "\n" + "Another one " * 15)) is None
    assert wrap_width(lines("short\nlines\nof\na\npoem")) is None


@pytest.mark.parametrize(
    "text",
    [
        "03. 03. 2023.",
        "NEWS 19.03.2003 15:33",
        "Monday, December 29, 2025",
        "04 Sep, 2005",
        "2011-05-06",
        "15:30, 5 May 2011",
        "May 29, 2023",
    ],
)
def test_bare_dates_are_known(text: str) -> None:
    """With weekday, clock or a label, in any common order."""
    assert is_date_line(text)


def test_days_printed_around_the_article_are_handed_on() -> None:
    """Furniture, but evidence: with what the page calls them, and without those that could be two days."""
    text = (
        "Tuesday, September 01, 2015\n\nMinisters agree on new bridge\n\nPublished: 12/31/2014 Updated: 5 May 2015\n\n"
        "Posted on 03/04/2015\n\nThe ministers of both countries agreed on the new bridge on Friday in Westhaven.\n\n"
        "Last modified: 2015-06-07 10:00"
    )
    report = clean(RawReport(text=text))
    assert isinstance(report, Report)
    assert [(s.day, s.kind) for s in stamps(report)] == [
        ("2015-09-01", "bare"),
        ("2014-12-31", "published"),
        ("2015-05-05", "updated"),
        ("2015-06-07", "updated"),
    ]


def test_the_day_that_a_page_calls_its_publication_counts_as_metadata() -> None:
    """Where none came with the report, and where the page names one only."""
    body = "The ministers of both countries agreed on the new bridge on Friday in Westhaven."
    one = clean(RawReport(text=f"{body}\n\nPublished: 5 May 2015\n\nUpdated: 6 May 2015"))
    two = clean(RawReport(text=f"{body}\n\nPublished: 5 May 2015\n\nPosted on 7 May 2015"))
    given = clean(RawReport(text=f"{body}\n\nPublished: 5 May 2015", published="2015-05-04"))
    assert isinstance(one, Report)
    assert isinstance(two, Report)
    assert isinstance(given, Report)
    assert (one.metadata_published, two.metadata_published) == ("2015-05-05", None)
    assert given.metadata_published == "2015-05-04"
