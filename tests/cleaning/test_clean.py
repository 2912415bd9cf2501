"""What a report is after cleaning: the article, its title, and the way back to every character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.cleaning import clean
from communique.intake import RawReport
from communique.records import Refusal, Report

FIRST = "The foreign ministers of Norland and Sudland met in the old town hall of Westhaven on Friday morning."
SECOND = "They agreed to open the bridge again in May, a spokeswoman of the Norland ministry told reporters."
THIRD = "Both sides praised the host for her patience during the long night of talks that had gone before."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
TITLE = "Ministers of Norland and Sudland agree on bridge"


def cleaned(text: str, **parts: str) -> Report:
    report = clean(RawReport(text=text, **parts))  # type: ignore[arg-type]
    assert isinstance(report, Report)
    return report


def reasons(report: Report) -> dict[str, str]:
    return {f.text: f.reason for f in report.furniture}


def test_a_plain_report_stays_as_it_is() -> None:
    """Title, blank line, paragraphs with blank lines between them; nothing set aside."""
    report = cleaned(f"{TITLE}\n\n{BODY}\n")
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert report.title == TITLE
    assert report.title_end == len(TITLE)
    assert report.furniture == ()
    assert report.language == "en"


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "This site uses Akismet to reduce spam.",
        "See also: Harvest festival opens in the capital",
        "read more  Norland - Giant pumpkin found",
        "Follow us on Twitter",
        "Subscribe to our newsletter",
        "Never miss any important news.",
        "Advertisement",
        "We use cookies to give you the best experience.",
        "Photo: Ministry of Foreign Affairs of Norland",
        "Jane Doe AGENCY/TASS/John Smith",
        "© Norland Post",
        "Facebook Twitter WhatsApp",
        "Download the Norland Post app now",
        "Published: 11/15/2023",
        "desk@example.org",
        "Подпишитесь на наш канал в Телеграме",
        "Suivez toutes nos informations sur les élections dans la région",
        "Lesen Sie auch: Die Brücke",
        "READ | Why the bridge matters",
    ],
)
@pytest.mark.parametrize("place", ["middle", "end"])
def test_furniture_goes_wherever_it_stands_and_the_article_stays(line: str, place: str) -> None:
    """Each line has a reason, and not a word of the paragraphs is lost."""
    if line.startswith("Jane Doe AGENCY"):
        line = "Foreign Minister Jane Doe TASS/John Smith"
    text = (
        f"{TITLE}\n\n{FIRST}\n\n{line}\n\n{SECOND}\n\n{THIRD}" if place == "middle" else f"{TITLE}\n\n{BODY}\n\n{line}"
    )
    report = cleaned(text)
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert [f.text for f in report.furniture] == [line]
    assert report.furniture[0].reason


@pytest.mark.parametrize(
    "sign", ["op", "im", "ab/cd", "NNA/ABC12345678", "Jane Doe", "Jane A. Doe", "(ANI)", "- Xinhua"]
)
def test_signatures_at_the_end_go(sign: str) -> None:
    """Initials, agency codes and an author's bare name are no part of the article."""
    report = cleaned(f"{TITLE}\n\n{BODY}\n\n{sign}")
    assert reasons(report) == {sign: "signature"}


def test_lists_of_other_articles_go_with_their_headlines() -> None:
    """The headlines below "Related posts" go, up to the next paragraph of the article."""
    links = ["Related posts", "Giant pumpkin wins prize", "Choir sings in square"]
    report = cleaned("\n\n".join([TITLE, FIRST, *links, SECOND, THIRD]))
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert len(report.furniture) == 3


def test_teasers_below_other_headlines_go_with_them() -> None:
    """Headline and teaser in turn up to the end are a list; two paragraphs in a row are an article that goes on."""
    teaser = "The mayor of the old town said that the market hall would be painted in bright colours this summer."
    listing = [
        "More stories",
        "Market hall gets new paint",
        teaser,
        "Bridge festival draws record crowd",
        f"{teaser} Again.",
    ]
    assert cleaned("\n\n".join([TITLE, BODY, *listing])).text == f"{TITLE}\n\n{BODY}"
    unnamed = ["-", "Market hall gets new paint", teaser, "Bridge festival draws record crowd"]
    assert cleaned("\n\n".join([TITLE, BODY, *unnamed])).text == f"{TITLE}\n\n{BODY}"
    assert THIRD in cleaned("\n\n".join([TITLE, FIRST, "***", "What comes next", SECOND, THIRD])).text
    box = f"Related stories\n\nMarket hall gets new paint\n\nChoir sings in square\n\n{teaser}\n\n{teaser} Again."
    assert teaser in cleaned(f"{TITLE}\n\n{BODY}\n\n{box}").text


def test_page_header_goes_and_the_title_is_found_below_it() -> None:
    """Menu, section, a bare date above the title and a byline below it are set aside."""
    text = f"Skip to content\nWorld\n03. 03. 2023.\n\n{TITLE}\n\nby NWB\n\n{BODY}"
    report = cleaned(text)
    assert report.title == TITLE
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert reasons(report)["03. 03. 2023."] == "page timestamp"


def test_datelines_and_date_lines_below_the_title_stay() -> None:
    """They are evidence of the day and belong to the report."""
    text = f"{TITLE}\n\n04 Sep, 2005\n\nWESTHAVEN, September 3 - {FIRST}\n\n{SECOND}"
    report = cleaned(text)
    assert "04 Sep, 2005" in report.text
    assert "WESTHAVEN, September 3" in report.text


def test_captions_that_tell_something_stay_without_their_credit() -> None:
    """A caption can hold an encounter; only the credit is furniture."""
    caption = "Norland's President Jane Doe receives Sudland's envoy John Roe in Westhaven in May 2013."
    report = cleaned(f"{caption} (Reuters)\n\n{TITLE}\n\n{BODY}", title=TITLE)
    assert caption in report.text
    assert "Reuters" not in report.text
    assert report.text.startswith(TITLE)


def test_a_given_title_is_put_in_front_if_the_text_lacks_it() -> None:
    """The title then has no piece: no character of it is in the original."""
    report = cleaned(BODY, title="Bridge opens")
    assert report.text == f"Bridge opens\n\n{BODY}"
    assert report.to_original(0, 6) is None
    assert report.to_original(14, 20) == (0, 6)


@pytest.mark.parametrize(
    "given_title", [TITLE, f"{TITLE} - The Norland Post", TITLE.upper(), "Ministers agree on Norland bridge"]
)
def test_a_given_title_is_found_in_the_text(given_title: str) -> None:
    """With the outlet's name behind it, in capitals, or shortened, it is the line that stands there."""
    report = cleaned(f"{TITLE}\n\n{BODY}", title=given_title)
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert report.title == TITLE


def test_a_text_without_title_gets_none() -> None:
    """A first paragraph is not a title, nor is a promotion that the article never takes up."""
    assert cleaned(BODY).title is None
    report = cleaned(f"All of our best pasta recipe collections\n\n{BODY}")
    assert report.title is None
    assert report.text == BODY


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    """Lines cut at a fixed width are joined, also before a capital letter; furniture lines are not drawn in."""
    wrapped = (
        f"{TITLE}\n\nThe foreign ministers of the Kingdom of Norland and the Republic\nof Sudland met in Westhaven on"
        " Friday in the hall of the State\nCouncil, and talked about the bridge, the ferry and the fishing of\n"
        "Herring Bay.\n\nThey will meet again in May, said the spokeswoman of the Ministry\nof Foreign Affairs, who was"
        " glad about it, in the garden of the\nState Council.\n\nxy"
    )
    report = cleaned(wrapped)
    assert "the hall of the State Council, and talked" in report.text
    assert report.text.count("\n\n") == 2
    assert reasons(report) == {"xy": "signature"}


def test_leftovers_of_another_language_go_from_the_middle_of_a_sentence() -> None:
    """A translated page leaves bracketed words of the original behind."""
    report = cleaned(
        f"{TITLE}\n\n{FIRST} The course of talks [о строительстве моста]but not the bridge is open.\n\n{SECOND}"
    )
    assert "The course of talks but not the bridge is open." in report.text


def test_white_space_entities_and_broken_characters_are_mended() -> None:
    """Non-breaking spaces, invisible marks, doubly escaped entities and mojibake; the pieces stay exact."""
    broken = "The\u00a0minister\u2019s\u200b aide &amp;amp; envoy &quot;agreed&quot;.  Soâ€™s the king."
    report = cleaned(f"{TITLE}\n\n{broken}\n\n{BODY}")
    assert 'The minister’s aide & envoy "agreed". So’s the king.' in report.text


def test_nothing_that_cannot_be_stored_or_shown_survives() -> None:
    """NULs and lone surrogates, in the text and in a given title."""
    report = cleaned(f"{FIRST}\x00 \ud83d\n\n{SECOND}", title="A \x00bridge \ud800opens")
    report.text.encode("utf-8")
    assert "\x00" not in report.text
    assert report.title == "A bridge opens"


def test_bidi_controls_do_not_survive() -> None:
    """They could make a passage look like another."""
    assert "\u202e" not in cleaned(f"{TITLE}\n\n{FIRST} \u202eevil\u202c.\n\n{SECOND}").text


def test_reports_in_other_languages_are_kept_as_such() -> None:
    """They are set aside later by their language; their lines are not furniture."""
    report = cleaned(
        "Les ministres se sont rencontrés à Genève.\n\nIls ont dit que le pont serait ouvert dans la semaine."
    )
    assert report.language == "fr"
    assert not report.furniture


@pytest.mark.parametrize("text", ["Leave a Reply", "Share\n\nFacebook Twitter", "123 456"])
def test_nothing_but_furniture_is_refused(text: str) -> None:
    """A page without an article is no report."""
    found = clean(RawReport(text=text, path="a.txt"))
    assert isinstance(found, Refusal)
    assert found.where == "a.txt"


def test_repeated_lines_stand_once() -> None:
    """A title printed twice, a caption printed twice."""
    report = cleaned(f"Trade and Harbour News of Today\n\n{TITLE}\n\n| Source: XY\n\n{TITLE}\n\n{BODY}")
    assert report.text == f"{TITLE}\n\n{BODY}"


def test_an_introduction_that_begins_the_article_again_goes() -> None:
    """The words stay, once."""
    report = cleaned(f"{TITLE}\n\n{FIRST[:-1]}\n\nWESTHAVEN (NNA) - {FIRST} {SECOND}\n\n{THIRD}")
    assert report.text.count("foreign ministers of Norland and Sudland met") == 1


def test_a_trail_of_links_that_ends_in_the_title_goes() -> None:
    """ "Home World TITLE", and the title printed again below with other quotation marks."""
    report = cleaned(f"Home World {TITLE}\n\n{TITLE}\n\n{TITLE.upper()}\n\n{BODY}", title=TITLE)
    assert report.text == f"{TITLE}\n\n{BODY}"


def test_comments_of_readers_go_and_an_article_below_a_form_stays() -> None:
    """Names that say something and links to answer show that what is below the form is no article."""
    comment = "I was there myself on that Friday and the ministers did not look at the bridge at all."
    below = [
        "2 comments",
        "Jane Doe says:",
        "March 3, 2014 at 5:06 pm",
        comment,
        "Reply",
        "John Roe says:",
        comment + " Ha.",
    ]
    assert cleaned("\n\n".join([TITLE, BODY, *below])).text == f"{TITLE}\n\n{BODY}"
    assert THIRD in cleaned("\n\n".join([TITLE, FIRST, SECOND, "Leave a Reply", THIRD])).text


def test_a_teaser_above_the_title_goes_with_its_headline() -> None:
    """Even of the same topic: it breaks off."""
    teaser = "The two ministers of Norland and Sudland had said before the talks that the bridge..."
    report = cleaned(
        f"Norland and Sudland to talk about bridge despite tight ties\n\n{teaser}\n\n{TITLE}\n\n{BODY}", title=TITLE
    )
    assert report.text == f"{TITLE}\n\n{BODY}"


def test_headlines_of_others_at_the_end_go_even_without_a_heading() -> None:
    """No word of the article comes back in them; a list that belongs to the article stays."""
    others = "Giant pumpkin wins prize at harvest fair\n\nVillage choir sings for the queen of Eastmark"
    assert cleaned(f"{TITLE}\n\n{BODY}\n\n{others}").text == f"{TITLE}\n\n{BODY}"
    own = "Agreement between Norland and Sudland on the bridge\n\nProtocol on talks of the ministers of Norland"
    assert "Protocol on talks" in cleaned(f"{TITLE}\n\n{BODY}\n\n{own}").text


def test_markdown_headings_lose_their_mark() -> None:
    """The mark is furniture, the heading is not."""
    assert cleaned(f"# {TITLE}\n\n{BODY}").title == TITLE


def test_ids_days_and_names_come_from_what_is_known() -> None:
    """A given id stays; without one the content makes it; the day is put in ISO form."""
    report = cleaned(BODY, id="x1", published="Tue, 11 Jan 2022 23:30:00 +0200", outlet="Post", url="u")
    assert (report.id, report.metadata_published, report.outlet, report.url) == ("x1", "2022-01-11", "Post", "u")
    assert cleaned(BODY).id == cleaned(BODY + "\n\nShare").id != cleaned(BODY, outlet="Post").id


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} | The Norland Post</title>
<meta property="og:site_name" content="The Norland Post"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2011-05-06T07:08:09Z">
<link rel="canonical" href="https://post.example.org/2011/bridge"></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>{TITLE}</h1>
<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article><footer><p>Copyright 2011</p></footer></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    """Title, day, outlet and address come from the markup."""
    report = clean(RawReport(html=PAGE))
    assert isinstance(report, Report)
    assert report.text == f"{TITLE}\n\n{BODY}"
    assert (report.title, report.metadata_published, report.outlet) == (TITLE, "2011-05-06", "The Norland Post")
    assert report.url == "https://post.example.org/2011/bridge"


@pytest.mark.parametrize(
    "page", ["<html></html>", "<" * 5_000, "<html><body><div></div></body></html>", "<div>" * 3_000]
)
def test_a_page_without_article_is_refused(page: str) -> None:
    """Empty and broken pages, deep nesting among them, say so."""
    assert isinstance(clean(RawReport(html=page, path="p")), Refusal)


LINES = st.sampled_from(
    [TITLE, FIRST, SECOND, "Leave a Reply", "Share", "op", "", "", "Related posts", "See also: x y z", "12 May 2014",
     "[о мосте]and more", "a\u00a0b &amp; c", "â€™ and â€œ", "Jane Doe", "wrapped line that\ngoes on here"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES | st.text(max_size=40), max_size=12), st.none() | st.just(TITLE) | st.text(max_size=30))
def test_every_piece_is_the_original_and_furniture_never_overlaps_it(parts: list[str], title: str | None) -> None:
    """For any text: pieces equal the original, furniture equals it too, and no character is in both."""
    text = "\n".join(parts)
    report = clean(RawReport(text=text, title=title))
    if isinstance(report, Refusal):
        return
    assert report.original == text
    kept: set[int] = set()
    for piece in report.pieces:
        assert (
            report.text[piece.clean : piece.clean + piece.length]
            == text[piece.original : piece.original + piece.length]
        )
        span = set(range(piece.original, piece.original + piece.length))
        assert not kept & span
        kept |= span
    for item in report.furniture:
        assert text[item.start : item.end] == item.text
        assert not kept & set(range(item.start, item.end))
    assert report.text[: report.title_end] == (report.title or "")
    assert clean(RawReport(text=text, title=title)) == report


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([FIRST, SECOND, THIRD]), min_size=1, max_size=3, unique=True), st.lists(LINES, max_size=6)
)
def test_no_paragraph_of_the_article_is_ever_dropped(paragraphs: list[str], around: list[str]) -> None:
    """Whatever stands around them, sentences of an article stay."""
    text = "\n\n".join([*around[:3], *paragraphs, *around[3:]])
    report = clean(RawReport(text=text))
    assert isinstance(report, Report)
    for paragraph in paragraphs:
        assert paragraph in report.text
