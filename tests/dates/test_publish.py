"""The report's own day: what it states, what came with it, and what evidence leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.dates import DayBound
from communique.dates.address import copied, from_address
from communique.dates.edtf import valid
from communique.dates.gathered import calendar
from communique.dates.known import knowledge
from communique.records import Furniture
from tests.dates.helpers import published

BODY = (
    "The two ministers met and spoke of trade between their countries. They agreed to meet again, an official said.\n"
)
BLINKEN = DayBound("2021-01-26", "2025-01-20", "Antony Blinken is called Secretary of State")
KUHN = DayBound("2009-10-28", "2013-12-17", "Guido Westerwelle is called foreign minister")


@pytest.mark.parametrize(
    "line",
    [
        "Published: 18 February 2021",
        "By Aida Example in International on 18 February 2021",
        "18 February 2021 22:03",
        "Thu, Feb 18, 2021 at 4:05pm",
        "Posted on February 18, 2021 by admin",
        "Date: Thu, 18 Feb 2021 10:11:12 -0500",
        "2021-02-18T10:00:00Z",
        "18.02.2021, 07:17",
        "February 18, 2021 | 5:09 PM",
        "FEBRUARY 18, 2021",
        "Story by Jane Doe, Agency • February 18, 2021",
        "ASTANA, 18 February 2021 —",
        "Tehran, Feb 18, 2021, IRNA -",
        "ABU DHABI, (Agency / Other Agency - 18th February, 2021)",
        "(Oslo, 18 February 2021)",
        "(WIRE- Agency) OSLO, Feb 18, 2021:",
        "AGENCY - Feb 18, 2021",
        "OSLO (Agency) - Feb 18, 2021 -",
        "Today, 18 February 2021,",
        "Today (February 18, 2021),",
        "Thursday, 18 February 2021_The envoys left.",
        "NewsFebruary 18, 2021",
        "Published On 18 Feb 2021",
    ],
)
def test_date_lines(line: str) -> None:
    """A full date in a dateline or alone on a line is the report's own, stated."""
    for text in (f"Ministers meet\n{line}\n{BODY}", f"Ministers meet\n{line} {BODY}"):
        found = published(text)
        if found.value is not None:
            break
    assert (found.value, found.basis) == ("2021-02-18", "stated"), found


@pytest.mark.parametrize(
    "line", ["TOKYO, Feb 18 (Agency) -", "BEIJING, February 18. /AGENCY/.", "Feb. 18 (UPI) --", "DOHA: 18 Feb —"]
)
def test_dateline_without_year(line: str) -> None:
    """A dateline without its year takes the year that the offices and weekdays leave; the basis is inferred."""
    text = f"{line} The ministers met on Thursday, the two sides said. The union has had 27 members since 2020.\n{BODY}"
    found = published(text, (BLINKEN,))
    assert (found.value, found.basis) == ("2021-02-18", "inferred"), found


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/news/2023/03/18/talks-end/", "2023-03-18"),
        ("https://example.org/2023-03-18-talks", "2023-03-18"),
        ("https://example.org/20230318/talks-1110509482.html", "2023-03-18"),
        ("https://example.org/view/ABC20230318005500315", "2023-03-18"),
        ("https://example.org/article/talks-idUSL5N0HA06P20230318", "2023-03-18"),
        ("https://example.org/world/2023/mar/18/talks", "2023-03-18"),
        ("https://example.org/2023/03/talks-end", "2023-03"),
        ("https://example.org/archive/202303/msg1.html", "2023-03"),
        ("https://example.org/2023/talks", "2023"),
        ("https://example.org/article/3199190/talks", None),
        ("https://example.org/2023/13/45/talks", "2023"),
        ("https://example.org/talks-1.78371528", None),
        ("https://example.org/english/2023-03/18/c_138058.htm", "2023-03-18"),
        ("https://example.org/202303/18/talks", "2023-03-18"),
        ("https://example.org/archives/18-mar-2023/talks", "2023-03-18"),
        ("https://example.org/talks-march-18-2023.html", "2023-03-18"),
        ("https://example.org/region.php?yyyy=2023&mm=03&dd=18&nav_id=99", "2023-03-18"),
        ("https://example.org/?d=18&m=3&y=2023", "2023-03-18"),
        ("https://example.org/18.03.2023/talks", "2023-03-18"),
        ("https://example.org/18-03-2023/talks", "2023-03-18"),
        ("https://example.org/03-18-2023/talks", "2023-03-18"),
        ("https://example.org/03-04-2023/talks", "2023"),
        ("https://example.org/y2023/m03/d18", "2023-03-18"),
        ("https://web.archive.org/web/20250101000000/http://example.org/2023/03/18/talks", "2023-03-18"),
        ("https://web.archive.org/web/20250101000000/http://example.org/talks", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, day: str | None) -> None:
    """Days, months and years of an address; other figures are none."""
    assert from_address(url) == day


def test_a_copy_in_an_archive_is_not_older_than_its_report() -> None:
    """The day of the copy bounds the day of the report, and is not that day."""
    url = "https://web.archive.org/web/20210301000000/http://example.org/talks"
    assert copied(url) == "2021-03-01"
    assert copied("https://example.org/web/20219901000000/http://example.org") is None
    found = published(f"Ministers met on March 3. {BODY}", (BLINKEN,), url=url)
    assert any("took its copy" in c for c in found.constraints)
    assert found.value is None or found.value < "2021-03-02"


@pytest.mark.parametrize(
    ("line", "value", "basis"),
    [
        ("18-02-2021, 02:40 PM", "2021-02-18", "stated"),
        ("02-03-2021, 02:40 PM", "2021-02-03", "inferred"),
        ("02-03-2021", None, None),
    ],
)
def test_figures_that_can_be_read_in_two_ways(line: str, value: str | None, basis: str | None) -> None:
    """A doubtful date line states nothing: the clock of twelve hours puts the month first, else both are named."""
    found = published(f"Ministers meet\n{line}\n{BODY}")
    assert ((found.value or "").rstrip("~") or None, found.basis) == (value, basis), found
    if value is None:
        assert "2021-02-03" in found.because
        assert "2021-03-02" in found.because


def test_an_office_alone_does_not_win_against_a_given_day() -> None:
    """One person whose office was over is no reason to doubt the day that came with the file; several are."""
    gone = DayBound("2009-01-21", "2013-02-01", "she is called minister", weight=-4.5, between=-4.5)
    day = "2015-05-05"
    assert published(BODY, (gone,), metadata_published=day).value == day
    many = tuple(gone._replace(because=f"{n} is called minister") for n in range(4))
    assert published(f"They met on May 3, 2012. {BODY}", many, metadata_published=day).value != day


def test_several_terms_leave_their_years() -> None:
    """Between two terms a report is unlikelier than in one of them, and likelier than before the first."""
    terms = (("2001-01-20", "2005-01-20"), ("2009-01-20", "2013-01-20"))
    bound = DayBound("2001-01-20", "2013-01-20", "he was president twice", terms, -4.5, -3.0)
    found = published(f"They met on Monday, March 2. {BODY}", (bound,))
    assert found.value is not None
    assert found.value.startswith("2009-03-0"), found


def test_years_of_another_calendar_and_of_copyright() -> None:
    """Juche 108 is 2019; a notice of copyright bounds the year."""
    found = published(f"PYONGYANG, April 14 Juche 108 (Agency) -- The ministers met here on Sunday. {BODY}")
    assert (found.value or "").rstrip("~") == "2019-04-14"
    notice = _around(("Copyright 2012-2021 The Daily. All rights reserved.", "copyright notice"))
    found = published(f"They met in Riga on Thursday, February 18. {BODY}", (BLINKEN,), furniture=notice)
    assert (found.value or "")[:7] == "2021-02"
    assert any("copyright names 2021" in c for c in found.constraints)


def test_what_is_settled_and_what_is_not() -> None:
    """A day that the evidence only makes most likely is approximate, and the reason gives the interval."""
    found = published(f"The ministers met in Riga on Thursday, February 18. {BODY}", (BLINKEN,))
    assert found.value is not None
    assert found.value.endswith("~")
    assert "the evidence leaves 2021-02-18/" in found.because
    assert all(c and not c.endswith(".") for c in found.constraints)


def test_only_the_telling_lower_bounds_are_named() -> None:
    """Of many things that did not exist before a day the two youngest are named."""
    text = "The European Union, the OSCE, the African Union and AUKUS were named in a tweet on March 3. " + BODY
    named = [c for c in published(text).constraints if c.endswith("or later")]
    assert len(named) == 2
    assert any("AUKUS" in c for c in named)


def test_metadata_and_address() -> None:
    """What came with the report is its day, if the text does not speak against it."""
    assert published(BODY, metadata_published="2021-02-18").basis == "metadata"
    assert published(BODY, metadata_published="2021-02-18T10:00:00Z").value == "2021-02-18"
    found = published(BODY, url="https://example.org/2021/02/18/x")
    assert (found.value, found.basis) == ("2021-02-18", "metadata")
    assert "address" in found.because
    assert published(BODY, url="https://example.org/2021/02/x").value == "2021-02"
    assert published(BODY, metadata_published="a while ago").value is None


def test_metadata_that_lies() -> None:
    """A page stamped years later does not win against the text."""
    text = (
        "GENEVA - Foreign Minister Guido Westerwelle and his guest said on Saturday, September 14, "
        "that a deal was made. "
        "The deal gives them one week, until September 21, to answer. All must be done by mid-2014, they said.\n"
    )
    found = published(text, (KUHN,), metadata_published="2018-06-29")
    assert (found.value, found.basis) == ("2013-09-14~", "inferred")
    assert any("2018-06-29" in c for c in found.constraints)


def test_weekday_and_day() -> None:
    """A weekday with its day leaves few years, an office one of them; each piece of evidence has its sentence."""
    text = (
        "The Secretary of State, who is in Kyiv on January 19, spoke with the president.\n"
        "He is to meet the Russian foreign minister on Friday, January 21, in Geneva.\n"
    )
    found = published(text, (BLINKEN,))
    assert found.value in {"2022-01-19~", "2022-01-20~"}
    assert found.basis == "inferred"
    assert any("2005, 2011, 2022, 2028" in c for c in found.constraints)
    assert any("Blinken" in c for c in found.constraints)
    assert "2022-01-19" in found.because


def test_past_and_plans_bound_the_day() -> None:
    """The report lies after what it tells as past and before what it tells as planned."""
    text = (
        "Officials will meet on January 10, the ministry said. The council meets on January 12.\n"
        + BODY * 3
        + "Earlier, on December 23, 2021, the president spoke of talks early next year.\n"
    )
    found = published(text)
    assert found.value is not None
    assert "2021-12-23" <= found.value <= "2021-12-31"


def test_a_closing_date_is_not_stated() -> None:
    """A date alone at the end may be a correction's: it is evidence, but the day is inferred; a correction is none."""
    found = published(f"Ministers meet\n{BODY * 20}\nOttawa, March 3, 2021\n")
    assert (found.value, found.basis) == ("2021-03-03", "inferred")
    text = f"Ministers meet\nLIMA, March 1, 2021 (Agency) - {BODY * 20}\nCorrection: Friday, March 5, 2021\n"
    assert published(text).value == "2021-03-01"


def test_nothing_is_known() -> None:
    """Without evidence there is no day, and the reason says so."""
    found = published(BODY)
    assert (found.value, found.basis, found.constraints) == (None, None, ())
    assert "nothing in the report" in found.because


def test_several_years_stay_open() -> None:
    """A month-day alone leaves every year open."""
    found = published("They met on January 10 in Geneva.\n" + BODY)
    assert found.value is None
    assert found.constraints


def test_two_years_are_both_said() -> None:
    """Where two years stay possible, both are named and none is given."""
    text = "They met on March 3 in Geneva, officials said.\n" + BODY
    found = published(text, (DayBound("2012-01-01", "2013-12-31", "she was minister in both years"),))
    assert found.value is None
    assert "2012" in found.because
    assert "2013" in found.because


def test_a_text_about_many_years() -> None:
    """An account of history says little about its own day."""
    text = " ".join(f"In {year} the treaty was renewed, on 3 May {year}." for year in range(1950, 1970))
    assert published(text).value is None


def test_forum_and_place() -> None:
    """Where a gathering met tells the year."""
    text = "LIMA, Nov. 22 (Agency) - Leaders gathered in Lima for the APEC summit, officials said on Saturday.\n" + BODY
    assert published(text).value == "2008-11-22"


def test_elapsed_time() -> None:
    """So many years after a well-known event."""
    text = (
        "He met his counterpart on 13 April. Ukraine has been defending itself for more than seven years already, "
        "he said of the aggression against Ukraine.\n"
    )
    found = published(text, (BLINKEN,))
    assert found.value is not None
    assert found.value.startswith("2021-04")


def test_known_facts_are_sound() -> None:
    """Each fact has a day before its end, and no phrase is so short that it could stand for something else."""
    for fact in knowledge().facts:
        assert fact.end is None or fact.start < fact.end, fact.name
        assert all(len(p) >= 3 and p == p.lower() for p in (*fact.phrases, *fact.also, *fact.since)), fact.name
    for gathering in [g for found in calendar().gatherings.values() for g in found]:
        assert gathering.start <= gathering.end
        assert gathering.forum == "world exposition" or (gathering.end - gathering.start).days <= 110


def _around(*lines: tuple[str, str]) -> tuple[Furniture, ...]:
    return tuple(Furniture(0, len(line), line, reason) for line, reason in lines)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Source: Agency| 2021-02-18 21:03:11|Editor: Jane Doe", "source note of a reprint"),
        ("Written by Jane Doe on 18/02/2021 . Filed in News", "editors' names"),
        ("By Jane Doe / February 18, 2021", "byline"),
        ("Published 18 Feb 2021", "page timestamp"),
        ("Publicado el 18 de febrero de 2021", "page timestamp"),
        ("Veröffentlicht am 18. Februar 2021", "page timestamp"),
        ("Yayınlanma: 18 Şubat 2021", "page timestamp"),
    ],
)
def test_day_of_a_byline_that_was_set_aside(line: str, reason: str) -> None:
    """What the page prints beside writer or agency dates the report, though it is no part of its text."""
    found = published(BODY, furniture=_around((line, reason)))
    assert found.value == "2021-02-18", found
    assert any("18" in c and "publication" in c for c in found.constraints)


def test_a_printed_day_never_wins_against_the_dateline() -> None:
    """Page data may be of another day, and a date without a word about it is often the day of fetching."""
    line = f"VIENNA, 18 February 2021 (Agency) - {BODY}"
    for text, reason in (
        ("Published 3 May 2022", "page timestamp"),
        ("By Jane Doe / February 20, 2021", "byline"),
        ("Tuesday, May 3, 2022", "page timestamp"),
        ("Last updated: 3 May 2022", "page timestamp"),
    ):
        found = published(line, furniture=_around((text, reason)))
        assert (found.value, found.basis) == ("2021-02-18", "stated"), text


def test_a_bare_printed_day_gives_a_dateline_its_year() -> None:
    """ "March 6" beside a page of 5 March 2018 is of 2018; alone the bare day is not taken for the report's."""
    bare = _around(("Monday 5 March 2018", "page timestamp"))
    assert published(f"RIGA, March 6 (Agency) - {BODY}", furniture=bare).value == "2018-03-06"
    assert published(BODY, furniture=bare).value is None


def test_last_update_needs_a_second_sign() -> None:
    """The day of an update counts where the weekday of the story agrees with it, and then as inferred."""
    changed = _around(("Last updated: Thursday, 18 February, 2021, 15:20 GMT", "page timestamp"))
    found = published(f"The ministers met in Riga on Thursday. {BODY}", furniture=changed)
    assert (found.value, found.basis) in {("2021-02-18~", "inferred"), (None, None)}
    found = published(f"The ministers met in Riga on Thursday, February 18. {BODY}", furniture=changed)
    assert (found.value, found.basis) == ("2021-02-18", "inferred")


@pytest.mark.parametrize(
    "when", ["this Thursday, February 18", "Thursday (18 February)", "last Thursday, the 18th of February"]
)
def test_weekday_apart_from_its_day_settles_the_year(when: str) -> None:
    """An apposition is one date: with two terms of office it leaves one year."""
    first, second = DayBound("2018-01-01", "2023-06-01", "one office"), DayBound("2016-05-01", None, "another")
    found = published(f"The ministers met in Riga {when}. {BODY}", (first, second))
    assert (found.value, found.basis) == ("2021-02-18~", "inferred"), found


def test_weekday_and_number_leave_few_months() -> None:
    """ "this Friday (13th)" within an office of half a year."""
    office = DayBound("2021-06-01", "2021-12-31", "one office")
    found = published(f"The council ended its session this Friday (13th). {BODY}", (office,))
    assert found.value is not None
    assert found.value.startswith("2021-08-1"), found


def test_deadlines_lie_ahead() -> None:
    """ "by mid-2014" is written before it: of two Septembers the one before is left."""
    text = (
        f"The envoys said on Saturday that all stocks must be destroyed by mid-2014. The list is due within one week, "
        f"until September 21. {BODY}"
    )
    office = DayBound("2013-02-01", "2015-01-20", "one office")
    found = published(text, (office,))
    assert found.value is None or found.value.startswith("2013"), found


def test_this_weekday_is_of_the_same_days() -> None:
    """ "this Wednesday, November 6" beside a year to come is of the November before it."""
    text = (
        "The two leaders spoke this Wednesday, November 6 by telephone. He will take office at the end of "
        f"January 2025. {BODY}"
    )
    found = published(text)
    assert found.value is not None
    assert found.value.startswith("2024-11-0"), found


def test_a_caption_dates_the_report_with_a_weekday() -> None:
    """A full date in the present tense is a caption's: mostly of the same days."""
    text = (
        "The ministers sit in a hotel in Northport on April 4, 2021.\n"
        f"The latest round of talks has ended without progress, the ministry said on Tuesday. {BODY}"
    )
    found = published(text)
    assert found.value is None or found.value.startswith("2021-04"), found
    assert published(text, (DayBound("2020-01-01", "2022-02-01", "one office"),)).value == "2021-04-06~"


def test_phrases_of_known_facts_are_of_one_time() -> None:
    """A fact's words must not be a common turn of phrase: each has two words, or is a name of some length."""
    for fact in knowledge().facts:
        for phrase in fact.phrases:
            assert " " in phrase or len(phrase) >= 3, (fact.name, phrase)
        assert fact.end is None or fact.start < fact.end, fact.name


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=80)), st.text(max_size=80))
def test_any_text_address_and_furniture(text: str, url: str | None, line: str) -> None:
    """Whatever comes in, the day is EDTF or None, has a basis if it is given, and always a reason."""
    found = published(text, url=url, furniture=_around((line, "page timestamp"), (line, "copyright notice")))
    assert found.value is None or valid(found.value)
    assert (found.value is None) == (found.basis is None)
    assert found.because


@given(st.from_regex(r"https?://[a-z.]{3,9}(/[a-z0-9._-]{1,12}){0,5}(\?[a-z]{1,4}=[0-9-]{1,10})?", fullmatch=True))
def test_any_address(url: str) -> None:
    """A day, month or year, or nothing."""
    found = from_address(url)
    assert found is None or valid(found)


@given(st.dates(dt.date(1975, 1, 1), dt.date(2030, 12, 31)))
def test_every_day_in_an_address(day: dt.date) -> None:
    """All forms of one day are read alike."""
    month = day.strftime("%b").lower()
    for path in (
        f"{day:%Y/%m/%d}/x",
        f"{day:%Y-%m-%d}-x",
        f"x-{day:%Y%m%d}.html",
        f"{day:%Y-%m/%d}/x",
        f"{day.day}-{month}-{day.year}/x",
        f"x-{month}-{day.day}-{day.year}",
        f"{day.year}/{month}/{day.day:02d}/x",
        f"?yyyy={day.year}&mm={day.month}&dd={day.day}",
    ):
        assert from_address(f"https://example.org/{path}") == day.isoformat(), path


def test_a_month_that_was_given_is_better_than_a_guessed_day() -> None:
    """An address with the month only: the day is given where the text settles it, else the month stays."""
    url = "https://example.org/2021/02/talks"
    assert published(f"The ministers met on Thursday. {BODY}", url=url).value == "2021-02"
    found = published(f"RIGA, Feb 18 (Agency) - The ministers met on Thursday. {BODY}", url=url)
    assert (found.value, found.basis) == ("2021-02-18", "inferred")
