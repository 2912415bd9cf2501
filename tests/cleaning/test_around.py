"""Letterheads, captions, lists of links and lines of dates around an article, and what their days are handed on as."""

from __future__ import annotations

import pytest

from communique.analysis import analyse
from communique.cleaning import clean, stamps
from communique.errors import UnreadableReport
from communique.intake import RawReport
from communique.records import Report

BODY = (
    "The foreign ministers of Westland and Eastland met on Thursday in Northport and agreed to talk again.\n\n"
    "They spoke of the border and of trade, the two sides said in a statement after the talks."
)


def cleaned(text: str) -> Report:
    report = clean(RawReport(text=text))
    assert isinstance(report, Report)
    return report


def test_links_above_the_article_end_at_a_line_of_dashes() -> None:
    """A headline of another article is not the title, and none of them is evidence."""
    report = cleaned(
        f"ALSO READ\nMinister opens a bridge in Westhaven\nWestland recalls its envoy\nFlood kills three\n-\n{BODY}"
    )
    assert report.text == BODY
    assert report.title is None


def test_links_between_title_and_article_go() -> None:
    """Two headlines or more; a line alone may be the article's own second headline and stays."""
    links = "Minister opens a bridge in Westhaven\nWestland recalls its envoy over fish\n"
    report = cleaned(f"Westland and Eastland agree to talk\n\nALSO READ\n{links}\n{BODY}")
    assert report.text == f"Westland and Eastland agree to talk\n\n{BODY}"
    report = cleaned(f"Westland and Eastland agree to talk\n\nALSO READ\nTrade and the border take up a day\n\n{BODY}")
    assert "take up a day" in report.text


@pytest.mark.parametrize(
    "head",
    [
        "The White House\n\nOffice of the Press Secretary\n\n",
        "Ministry of Foreign Affairs of the Republic of Westland\n\nPress release\n\n",
        "U.S. Department of State\nOffice of the Spokesperson\nMedia Note\n\n",
        "Reuters New Media\n\n[ Write Us | Search | Info ]\n\n",
    ],
)
def test_a_letterhead_is_no_title(head: str) -> None:
    """What a press release has above its title names the house, not the matter."""
    report = cleaned(f"{head}Meeting of the foreign ministers of Westland and Eastland\n\n{BODY}")
    assert report.title == "Meeting of the foreign ministers of Westland and Eastland"
    assert report.text == f"{report.title}\n\n{BODY}"


def test_a_day_without_its_year_is_no_title() -> None:
    """The line below it is."""
    report = cleaned(f"Friday September 1 6:36 p.m. EDT\n\nForeign ministers of Westland and Eastland meet\n\n{BODY}")
    assert report.title == "Foreign ministers of Westland and Eastland meet"


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - In this May 3, 2014 file photo, President Doe shakes hands with President Roe in Northport.",
        "In this image made from video, President Doe meets President Roe in Northport on May 3, 2014",
        "FILE PHOTO: The presidents of both countries shake hands in Northport, May 3, 2014.",
    ],
)
def test_captions_are_no_part_of_the_article(caption: str) -> None:
    """A picture from an archive shows another meeting; its day is handed on as that of a caption."""
    report = cleaned(f"Ministers of Westland and Eastland meet\n\n{caption}\n\n{BODY}")
    assert caption not in report.text
    assert [(s.day, s.kind) for s in stamps(report)] == [("2014-05-03", "caption")]


def test_captions_signed_by_the_page() -> None:
    """Two lines that end in the same name without a full stop are captions; one alone may be anything."""
    one = "President Doe shakes hands with President Roe in Northport on April 25, 2018 - The Example"
    two = "Two ships of the navy lie in the harbour of Northport on Monday, April 2, 2018 - The Example"
    report = cleaned(
        f"Ministers of Westland and Eastland meet\n\n{one}\n\n{BODY}\n\n{two}\n\nMore talks are to come, he said."
    )
    assert one not in report.text
    assert two not in report.text
    assert one in cleaned(f"Ministers of Westland and Eastland meet\n\n{one}\n\n{BODY}").text


def test_paragraphs_about_pictures_stay() -> None:
    """Sentences of an article that begin like captions."""
    for sentence in (
        "In this picture of the talks there is no room for doubt, the minister of Westland told reporters.",
        "In this May 3 statement, the two ministers pledged to keep the peace on their border.",
        "Photographs of the handshake went round the world, and the two ministers were glad of it.",
    ):
        assert sentence in cleaned(f"Ministers of Westland and Eastland meet\n\n{BODY}\n\n{sentence}").text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Source: Agency| 2014-05-03 21:03:11|Editor: Jane Doe", "published"),
        ("Written by Jane Doe on 13/05/2014 . Posted in News", "published"),
        ("By Jane Doe / May 3, 2014", "published"),
        ("Last updated: Saturday, 3 May, 2014, 15:20 GMT 16:20 UK", "updated"),
        ("Write : 2014-05-03 12:48:54 Update : 2014-05-03 14:04:04", "published"),
        ("News | 03.05.2014", "plain"),
    ],
)
def test_the_day_of_every_line_that_goes_is_handed_on(line: str, kind: str) -> None:
    """A byline, an agency's line, a label: set aside, but its day reaches the dating."""
    report = cleaned(f"Ministers of Westland and Eastland meet\n\n{line}\n\n{BODY}")
    found = stamps(report)
    assert line not in report.text
    assert found
    assert found[0].day.startswith("2014-05-")
    assert found[0].kind == kind


def test_the_day_below_a_letterhead_is_that_of_the_release() -> None:
    """On a page of news a day alone above the title may be that of fetching."""
    title = "Meeting of the foreign ministers of Westland and Eastland"
    release = cleaned(f"The White House\n\nFor Immediate Release\n\nMay 3, 2014\n\n{title}\n\n{BODY}")
    page = cleaned(f"Saturday, May 3, 2014\n\n{title}\n\n{BODY}")
    assert [(s.day, s.kind) for s in stamps(release)] == [("2014-05-03", "published")]
    assert [(s.day, s.kind) for s in stamps(page)] == [("2014-05-03", "bare")]


@pytest.mark.parametrize("text", ["", "  \n ", "\n", "\u2028\n", "\ufeff", "\x00", "12345", "...", "<html> </html>"])
def test_nothing_to_read_is_refused(text: str) -> None:
    """White space, marks and numbers alone are no report, and it is said so."""
    with pytest.raises(UnreadableReport):
        analyse(text)
