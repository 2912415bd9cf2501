"""What expressions mean, given the report's own day and the dates told before."""

from __future__ import annotations

import pytest

from communique import dates
from communique.records import Dating, TimeExpression
from tests.dates.helpers import reading, resolved, values

# 2022-01-12 is a Wednesday.
DAY = "2022-01-12"


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("They met on January 10.", "January 10", "2022-01-10"),
        ("They met on December 23.", "December 23", "2021-12-23"),
        ("They will meet on February 3.", "February 3", "2022-02-03"),
        ("The vote is planned for October 2.", "October 2", "2022-10-02"),
        ("They met on Friday.", "Friday", "2022-01-07"),
        ("They will meet on Friday.", "Friday", "2022-01-14"),
        ("A meeting is scheduled for Monday.", "Monday", "2022-01-17"),
        ("They met on Wednesday.", "Wednesday", "2022-01-12"),
        ("They met last Wednesday.", "last Wednesday", "2022-01-05"),
        ("They will meet next Thursday.", "next Thursday", "2022-01-13"),
        ("They met yesterday and meet tomorrow.", "tomorrow", "2022-01-13"),
        ("They arrived the day before yesterday.", "the day before yesterday", "2022-01-10"),
        ("They met over the weekend.", "the weekend", "2022-01-08/2022-01-09"),
        ("They meet next weekend.", "next weekend", "2022-01-22/2022-01-23"),
        ("They met last week.", "last week", "2022-01-03/2022-01-09"),
        ("They meet next month.", "next month", "2022-02"),
        ("They met last year.", "last year", "2021"),
        ("They met in late December.", "late December", "2021-12-21/2021-12-31"),
        ("They met three days ago.", "three days ago", "2022-01-09"),
        ("They met two years ago.", "two years ago", "2020"),
        ("They meet in two weeks' time.", "two weeks' time", "2022-01-24/2022-01-30"),
        ("They met last November.", "last November", "2021-11"),
        ("They met in March of last year.", "March of last year", "2021-03"),
        ("They return on the 5th of next month.", "the 5th of next month", "2022-02-05"),
        ("They met last summer.", "last summer", "2021-22"),
        ("They talked in the last quarter.", "the last quarter", "2021-10/2021-12"),
        ("They met on Tuesday of last week.", "Tuesday of last week", "2022-01-04"),
        ("They meet from December 30 to January 2.", "from December 30 to January 2", "2021-12-30/2022-01-02"),
        ("They talked from Monday to Wednesday.", "from Monday to Wednesday", "2022-01-10/2022-01-12"),
        ("They met early this week.", "early this week", "2022-01-10/2022-01-12"),
        ("The treaty of 7/8/2021 holds.", "7/8/2021", None),
        ("They met in the past decade of this century.", "this century", "20XX"),
    ],
)
def test_from_the_reports_day(text: str, expression: str, value: str | None) -> None:
    """Tense, planning words and "last" or "next" move a date; otherwise it is the nearest."""
    found = values(text, DAY)
    assert expression in found, found
    assert found[expression] == value


def test_the_nth_takes_the_month_before_it() -> None:
    """ "the 13th" after "January 12" is of January."""
    found = values("The council meets on January 12, the forum is scheduled for the 13th.", "2021-12-28")
    assert found["the 13th"] == "2022-01-13"


def test_counted_from_the_date_told() -> None:
    """ "a week later" counts from the date told before, not from the report's day."""
    found = values("They first met on December 1. The day before, he had flown in. A week later they signed.", DAY)
    assert found["The day before"] == "2021-11-30"
    found = values("They first met on December 1. Two days later they signed. That day it rained.", DAY)
    assert found["Two days later"] == "2021-12-03"
    assert found["That day"] == "2021-12-03"


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The next round will be held in two weeks in Vienna.", "two weeks", "2022-01-24/2022-01-30"),
        ("The work was done in two weeks.", "two weeks", "P2W"),
        ("In the early hours of Wednesday they signed.", "the early hours of Wednesday", "2022-01-12"),
        ("They want a deal by year's end.", "year's end", "2022-10/2022-12"),
        ("The first half of the year was quiet.", "The first half of the year", "2022-01/2022-06"),
        ("The summit of 15-16 November will follow.", "15-16 November", "2022-11-15/2022-11-16"),
        ("They talked for two hours and a half.", "two hours and a half", "PT2H30M"),
    ],
)
def test_more_ways_to_say_it(text: str, expression: str, value: str) -> None:
    """Lengths ahead are dates; parts of days, years and ranges keep their bounds."""
    assert values(text, DAY)[expression] == value


def test_early_next_year() -> None:
    """The first months of the coming year, whenever it is told."""
    assert values("Talks can be expected early next year.", "2021-12-28") == {"early next year": "2022-01/2022-03"}
    assert values("Talks can be expected early next year.", "2021-07-01") == {"early next year": "2022-01/2022-03"}


def test_units_from_a_day() -> None:
    """Quarters, decades, centuries, halves of years and fortnights are counted too."""
    for text, value in {
        "They meet next quarter.": "2022-04/2022-06",
        "They met last decade.": "201X",
        "They met two decades ago.": "2002",
        "They met a year and a half ago.": "2020-07",
        "They met 36 hours ago.": "2022-01-10",
        "They met five minutes ago.": "2022-01-12",
        "They met late last week.": "2022-01-06/2022-01-09",
        "They met in late last month.": "2021-12-21/2021-12-31",
        "They will meet this weekend.": "2022-01-15/2022-01-16",
        "They return on May 3 next year.": "2023-05-03",
    }.items():
        assert list(values(text, DAY).values()) == [value], text


def test_without_a_day_to_count_from() -> None:
    """Never the clock: without any date a year-less date stays open and says why."""
    one, two, three = resolved("They met on January 10, then on the 13th, then on Friday.")
    assert (one.value, one.basis) == ("XXXX-01-10", None)
    assert "no year" in one.because
    assert (two.value, three.value) == ("XXXX-01-13", None)
    assert three.because


def test_story_without_a_day() -> None:
    """In a text that is not dated, dates count forward from the last full date."""
    found = values("War broke out on 3 November 1956. On 22 December they left. In March they came back.")
    assert found["22 December"] == "1956-12-22"
    assert found["March"] == "1957-03"


def test_an_aside_does_not_move_the_story() -> None:
    """A year named in passing is not counted from."""
    text = "It began on 2 May 1936. On 5 May they fled. A 2004 study doubts it. On 9 May it ended. In 1937 they signed."
    assert values(text)["9 May"] == "1936-05-09"


def test_candidates_and_reasons() -> None:
    """A date that was worked out names the day it was counted from and what else was possible."""
    (one,) = resolved("They met on January 10.", DAY)
    assert one.basis == "resolved"
    assert DAY in one.because
    assert "2021-01-10" in one.candidates


def test_figures_that_can_be_read_both_ways() -> None:
    """Of two readings the one near the report's day is taken; otherwise both stay candidates."""
    (near,) = resolved("Signed on 01/11/2022.", DAY)
    assert near.value == "2022-01-11"
    (open_,) = resolved("Signed on 03/04/1999.", DAY)
    assert open_.value is None
    assert set(open_.candidates) == {"1999-04-03", "1999-03-04"}


def test_only_the_month_of_the_report_is_known() -> None:
    """A month as the report's day gives years to dates but no days to weekdays."""
    found = values("They met on January 10 and on Friday.", "2022-01")
    assert found == {"January 10": "2022-01-10", "Friday": None}


def test_plain_expressions_come_back() -> None:
    """An expression that lost its meaning on the way is read again from its words."""
    r = reading("They met on January 10.")
    plain = tuple(TimeExpression(e.start, e.end, e.text, e.type) for e in dates.find(r))
    assert dates.resolve(r, plain, Dating(DAY, "metadata", ""))[0].value == "2022-01-10"


def test_timexes_split_ranges() -> None:
    """For annotated corpora a range is its two ends, with TIMEX3 values."""
    r = reading("They talked from January 10 to January 13, for two and a half hours on Friday evening.")
    rows = dates.timexes(r, dates.find(r), Dating(DAY, "metadata", ""))
    assert [(r.text[x["start"] : x["end"]], x["type"], x["value"]) for x in rows] == [
        ("January 10", "DATE", "2022-01-10"),
        ("January 13", "DATE", "2022-01-13"),
        ("two and a half hours", "DURATION", "PT2.5H"),
        ("Friday evening", "TIME", "2022-01-07TEV"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ties froze in the summer of 2009.", "2009-SU"),
        ("Trade fell in the third quarter of 2009.", "2009-Q3"),
        ("It grew in the second half of 2011.", "2011-H2"),
        ("They met last week.", "2022-W01"),
        ("They met over the weekend.", "2022-W01-WE"),
        ("The quarrel of the 1990s.", "199"),
        ("A treaty of the 19th century.", "18"),
        ("They fought for several years.", "PXY"),
        ("They fought for two decades.", "P20Y"),
        ("They met in 478 BC.", "BC0478"),
        ("They are now in Doha.", "PRESENT_REF"),
        ("It began at 08:30 UTC on January 10.", "2022-01-10T08:30Z"),
        ("The council sits every two years.", "P2Y"),
        ("They spoke for one hour and 40 minutes.", "PT1H40M"),
        ("They met a fortnight ago.", "2021-W52"),
    ],
)
def test_timex(text: str, value: str) -> None:
    """TIMEX3 values as the corpora write them."""
    assert resolved(text, DAY)[0].timex == value


def test_today_in_a_quotation() -> None:
    """ "today" in a quotation is the day on which it was said; outside it is the report's own."""
    text = "The two agreed on Tuesday after long talks. They left today. “We have made progress today,” she said."
    found = [(e.text, e.value) for e in resolved(text, DAY)]
    assert found == [("Tuesday", "2022-01-11"), ("today", "2022-01-12"), ("today", "2022-01-11")]


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The meeting was held on the sidelines of a summit due on Monday.", "Monday", "2022-01-17"),
        ("He left in the hope of an answer before July 19.", "July 19", "2021-07-19"),
        ("They agreed to a deadline of February.", "February", "2022-02"),
        ("All must be handed over by May.", "May", "2022-05"),
    ],
)
def test_words_beside_the_date(text: str, expression: str, value: str) -> None:
    """ "due on", "by", "before" right beside a date tell more than the tense of the verb."""
    assert values(text, DAY)[expression] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 14 and 15 June.", {"14 and 15 June": "2021-06-14/2021-06-15"}),
        ("They will meet on February 14, and 15.", {"February 14, and 15": "2022-02-14/2022-02-15"}),
        ("Talks were held on June 14 and 15, 2012.", {"June 14 and 15, 2012": "2012-06-14/2012-06-15"}),
        ("They met on Monday and Tuesday.", {"Monday and Tuesday": "2022-01-10/2022-01-11"}),
        ("They met on November 30 and December 1.", {"November 30 and December 1": "2021-11-30/2021-12-01"}),
        ("They met on 10 and 12 January.", {"10": "2022-01-10", "12 January": "2022-01-12"}),
    ],
)
def test_days_on_end_are_one_time(text: str, expected: dict[str, str]) -> None:
    """Two days told together are an interval where the second follows the first at once, else two dates."""
    found = values(text, DAY)
    assert {k: v for k, v in found.items() if k in expected} == expected, found


def test_days_on_end_without_a_year() -> None:
    """They stay an interval of an open year."""
    assert values("They met on 14 and 15 June.") == {"14 and 15 June": "XXXX-06-14/XXXX-06-15"}


def test_day_of_a_speech_about_a_plan_is_past() -> None:
    """The meeting is to come, the speech that told of it was before the report."""
    text = (
        "She will host both presidents in Riga to move the talks on, in her speech to a conference of envoys on Monday."
    )
    assert values(text, DAY)["Monday"] == "2022-01-10"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The premier arrives on Friday for a visit.", "2022-01-14"),
        ("The council convenes Thursday in Riga.", "2022-01-13"),
        ("He came home and leaves again on Friday.", "2022-01-14"),
        ("The round, which began on Monday, will end soon.", "2022-01-10"),
        ("Envoys talked ahead of a summit in Riga on Friday.", "2022-01-14"),
        ("On Monday he said that they will meet again.", "2022-01-10"),
        ("The minister says on Monday they agreed.", "2022-01-10"),
        ("Theresa May spoke by phone on Monday with the king.", "2022-01-10"),
        ("They met on Monday in Riga to discuss the plan.", "2022-01-10"),
        ("They might meet on Friday.", "2022-01-14"),
        ("They fear unrest in the wake of the Sunday events.", "2022-01-09"),
        ("She will answer, she said after taking over on Monday.", "2022-01-10"),
        ("The summit on Monday may have been the last.", "2022-01-10"),
        ("The summit takes place on Friday in Baku.", "2022-01-14"),
    ],
)
def test_weekday_by_words(text: str, value: str) -> None:
    """Where no sentence was parsed the words still tell on which side of the report's day a weekday lies."""
    assert [e.value for e in resolved(text, DAY) if e.type == "date" and "day" in e.text] == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met on January 10, 12 and 14.", {"January 10": "2022-01-10", "12": "2022-01-12", "14": "2022-01-14"}),
        ("They met on January 5 & 6.", {"January 5 & 6": "2022-01-05/2022-01-06"}),
        ("On Thursday and Friday, January 6 and 7, they met.",
         {"Thursday and Friday, January 6 and 7": "2022-01-06/2022-01-07"}),
        ("They met on January 3. A week later they left.", {"January 3": "2022-01-03", "A week later": "2022-01-10"}),
        ("They met on January 3, the next day they left.", {"January 3": "2022-01-03", "the next day": "2022-01-04"}),
        ("By the end of the month they hope to sign.", {"the end of the month": "2022-01-21/2022-01-31"}),
        ("They meet this coming weekend.", {"this coming weekend": "2022-01-15/2022-01-16"}),
        ("They meet again in a fortnight.", {"a fortnight": "2022-01-24/2022-01-30"}),
        ("The 2015-2016 budget was passed.", {"2015-2016": "2015/2016"}),
        ("It was agreed in the late '90s.", {"the late '90s": "1997/1999"}),
        ("The Jan-Feb session was short.", {"Jan-Feb": "2022-01/2022-02"}),
    ],
)  # fmt: skip
def test_lists_and_spans(text: str, found: dict[str, str]) -> None:
    """Days told together, spans in force and dates counted from the one before."""
    assert values(text, DAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met in 2018, first in April and then on 27 May.", ["2018", "2018-04", "2018-05-27"]),
        ("In 2018, the two met on 27 May.", ["2018", "2018-05-27"]),
        ("In 2018 the two met, he said on January 10.", ["2018", "2022-01-10"]),
        ("The 2015 deal was praised on January 3.", ["2015", "2022-01-03"]),
        ("He was elected in 2015 and met her on January 3.", ["2015", "2022-01-03"]),
        ("Last year, in October, they met.", ["2021", "2021-10"]),
        ("In June 2018 he left. On 28 February the following year they met.", ["2018-06", "2019-02-28"]),
        ("He came on Tuesday. They met in the evening.", ["2022-01-11", "2022-01-11"]),
        ("They met on January 8; early the next morning he left.", ["2022-01-08", "2022-01-09"]),
        ("They met on August 8 and again on the 28th of that month.", ["2021-08-08", "2021-08-28"]),
        ("They will meet on January 30 and sign on the 2nd.", ["2022-01-30", "2022-02-02"]),
        ("The treaty of 25/12/2021 and the note of 3/1/2020.", ["2021-12-25", "2020-01-03"]),
        ("The treaty of 12/25/2021 and the note of 1/3/2020.", ["2021-12-25", "2020-01-03"]),
        ("This fall the leaders meet.", ["2022-23"]),
    ],
)
def test_whose_date(text: str, found: list[str]) -> None:
    """What a date counts from: a year at the head of its sentence, the day or month told before, the report's day."""
    assert [e.value for e in resolved(text, DAY)] == found


def test_a_plan_that_lies_behind() -> None:
    """What "was scheduled" for a weekday that was told as past before is of that day."""
    text = "Ministers began to arrive on Monday. They were scheduled to sit down on Monday. They meet on Friday."
    assert [e.value for e in resolved(text, DAY)] == ["2022-01-10", "2022-01-10", "2022-01-14"]
    assert values("They agreed to an ambitious deadline of February.", DAY)["February"] == "2022-02"


def test_open_years_keep_their_candidates() -> None:
    """A weekday and a day leave the years in which they fit; a day alone those that the text names."""
    (one,) = resolved("They will meet on Friday, January 21.")
    assert (one.value, one.basis) == ("XXXX-01-21", None)
    assert one.candidates == tuple(f"{y}-01-21" for y in (1994, 2000, 2005, 2011, 2022, 2028, 2033))
    assert "2005" in one.because
    (two, _) = resolved("They met on 3 March. The treaty of 1994 holds.")
    assert two.candidates == ("1994-03-03",)
    (_, three) = resolved("They met on 3 March and again two days later.")
    assert (three.value, three.basis) == ("XXXX-03-05", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "They met twice last week, on Tuesday and on Thursday.",
            ["2022-01-03/2022-01-09", "2022-01-04", "2022-01-06"],
        ),
        ("They will meet next week on Tuesday and Wednesday.", ["2022-01-17/2022-01-23", "2022-01-18/2022-01-19"]),
        ("Next week they will meet on Tuesday.", ["2022-01-17/2022-01-23", "2022-01-18"]),
        ("They travel next week, he said on Tuesday.", ["2022-01-17/2022-01-23", "2022-01-11"]),
        ("They meet on the first Monday of March.", ["2022-03-07"]),
        ("They meet on the last Friday of next month.", ["2022-02-25"]),
        ("They met on the last day of December.", ["2021-12-31"]),
        ("They met on the final day of 2021.", ["2021-12-31"]),
        ("Trade grew in the first nine months of the year.", ["2022-01/2022-09"]),
        ("Trade grew in the last six months of 2020.", ["2020-07/2020-12"]),
        ("They met the week before last.", ["2021-12-27/2022-01-02"]),
        ("They meet the month after next.", ["2022-03"]),
        ("They met on January 8, having dined the night before.", ["2022-01-08", "2022-01-07"]),
        ("They may talk later in January.", ["2022-01"]),
        ("They spoke at dawn on Sunday.", ["2022-01-09"]),
        ("They spoke at 17h30 on Sunday.", ["2022-01-09"]),
        ("It was signed on 10, January 2022.", ["2022-01-10"]),
        ("They talked of the year 2000.", ["2000"]),
    ],
)
def test_parts_of_periods(text: str, found: list[str]) -> None:
    """The nth weekday of a month, months of a year, weeks in force, the unit before last."""
    assert [e.value for e in resolved(text, DAY)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They sat on 13-14.12.2021 in Rome.", ["2021-12-13/2021-12-14"]),
        ("They sat 31.12.-02.01.2022 in Rome.", ["2021-12-31/2022-01-02"]),
        ("They sat on the 13-th of December.", ["2021-12-13"]),
        ("They met on the twelfth of December.", ["2021-12-12"]),
        ("They met on January third.", ["2022-01-03"]),
        ("They met on the afternoon of the 10th.", ["2022-01-10"]),
        ("They will decide by the weekend.", ["2022-01-15/2022-01-16"]),
        ("The Mon-Tue talks failed.", ["2022-01-10/2022-01-11"]),
        ("They met in H2 2021.", ["2021-07/2021-12"]),
        ("They will talk from Monday to Thursday.", ["2022-01-17/2022-01-20"]),
        ("They will sit from November 30 to February 2.", ["2022-11-30/2023-02-02"]),
        ("They sat from November 2020 to February.", ["2020-11/2021-02"]),
        ("It runs from 08:00 GMT on Friday.", ["2022-01-14"]),
        ("The league was founded in 478 BC.", [None]),
        ("They met in December and March.", ["2021-12", "2021-03"]),
    ],
)
def test_other_hands(text: str, found: list[str]) -> None:
    """Ways of writing a date that translations and officials use."""
    assert [e.value for e in resolved(text, DAY)] == found


@pytest.mark.parametrize(
    ("day", "text", "found"),
    [
        ("2022-12-30", "In January they met in Rome.", ["2022-01"]),
        ("2022-12-30", "The visit, set for January, is on.", ["2023-01"]),
        ("2022-01-02", "They will meet in December.", ["2022-12"]),
        ("2022-06-15", "They will meet in spring.", ["2023-21"]),
        ("2022-06-15", "They met last quarter.", ["2022-01/2022-03"]),
        ("2022-06-15", "They met this Monday.", ["2022-06-13"]),
        ("2022-06-15", "They will meet this Friday.", ["2022-06-17"]),
        ("2022-06-15", "“We leave tomorrow,” she said on Monday.", ["2022-06-14", "2022-06-13"]),
        ("2022-06-15", "“They come today,” and on Monday they left.", ["2022-06-15", "2022-06-13"]),
        ("2022-01-02", "They met on December 31 and January 1.", ["2021-12-31/2022-01-01"]),
    ],
)
def test_sides_of_the_year(day: str, text: str, found: list[str]) -> None:
    """Months and seasons go with the tense; "today" in a quotation with the day on which it was said."""
    assert [e.value for e in resolved(text, day)] == found
