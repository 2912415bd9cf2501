"""Pages after the layouts of common kinds of site: the article stays, the furniture goes."""

# ruff: noqa: E501 - markup is easier to read on long lines

from __future__ import annotations

import pytest

from communique.cleaning import clean
from communique.intake import RawReport
from communique.records import Report

STORIES = {
    "Norland and Sudland sign ferry treaty": [
        "The foreign ministers of Norland and Sudland signed a treaty on the ferry across Herring Bay on Friday.",
        "Both ministers said that the first boat would leave Westhaven in May, after the repair of the old pier.",
        "“We have waited for this for forty years,” the Norland minister told reporters in the harbour.",
    ],
    "Eastmark recalls ambassador over map": [
        "Eastmark recalled its ambassador from Norland on Tuesday, in protest at a map that shows two islands as Norland's.",
        "A spokeswoman of the Eastmark ministry said that the ambassador would stay at home for consultations.",
        "Norland rejected the protest and said that the map was a hundred years old.",
    ],
}
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>'
FURNITURE = [
    "Giant pumpkin wins prize",
    "Sign up for our newsletter",
    "We use cookies",
    "All rights reserved",
    "Leave a Reply",
]
OTHERS = '<h3>Related posts</h3><ul><li><a href="/p">Giant pumpkin wins prize</a></li><li><a href="/q">Choir sings</a></li></ul>'
FOOT = "<footer><p>Sign up for our newsletter</p><p>© 2012 Example. All rights reserved.</p></footer>"
COOKIES = (
    '<div class="cookie-banner"><p>We use cookies to give you the best experience.</p><button>Accept all</button></div>'
)
COMMENT = '<div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></div>'


def paragraphs(story: list[str]) -> str:
    return "".join(f"<p>{p}</p>" for p in story)


def semantic(title: str, story: list[str]) -> str:
    return f"""<html><head><title>{title} | Example</title><meta property="article:published_time" content="2012-03-04T05:06:07Z">
    </head><body>{COOKIES}<header>{NAV}</header><main><article><h1>{title}</h1>{paragraphs(story)}</article><aside>{OTHERS}</aside>
    </main>{FOOT}</body></html>"""


def blog(title: str, story: list[str]) -> str:
    return f"""<html><head><title>{title}</title></head><body><div id="header">{NAV}</div><div class="post">
    <h2 class="entry-title">{title}</h2><div class="entry-meta">Posted on <time datetime="2012-03-04">March 4, 2012</time> by
    <a href="/a">admin</a></div><div class="entry-content">{paragraphs(story)}<div class="sharedaddy">Share this: Facebook</div>
    </div></div>{COMMENT}<div id="sidebar">{OTHERS}</div>{FOOT}</body></html>"""


def json_ld(title: str, story: list[str]) -> str:
    return f"""<html><head><title>{title}</title><script type="application/ld+json">{{"@context": "https://schema.org", "@type":
    "NewsArticle", "headline": "{title}", "datePublished": "2012-03-04T08:00:00+02:00", "publisher": {{"@type": "Organization",
    "name": "Example"}}}}</script></head><body><div class="top">{NAV}</div><div class="content"><h1>{title}</h1>
    <div class="article-body">{paragraphs(story)}</div></div>{OTHERS}{COOKIES}{FOOT}</body></html>"""


def ministry(title: str, story: list[str]) -> str:
    return f"""<html><head><title>Ministry - {title}</title><meta name="date" content="2012-03-04"></head><body>{NAV}
    <div class="region-content"><h1>{title}</h1><div class="field field-name-body">{paragraphs(story)}</div></div>{FOOT}</body></html>"""


def breaks(title: str, story: list[str]) -> str:
    return f"""<html><head><title>{title}</title><meta name="pubdate" content="2012-03-04"></head><body>{NAV}<div id="story">
    <h1>{title}</h1><div class="text">{"<br><br>".join(story)}</div></div><div class="related">{OTHERS}</div>{FOOT}</body></html>"""


def amp(title: str, story: list[str]) -> str:
    return f"""<!doctype html><html amp lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">
    <meta property="article:published_time" content="2012-03-04"></head><body><amp-sidebar>{NAV}</amp-sidebar><article>
    <h1>{title}</h1><amp-img src="x.jpg"></amp-img>{paragraphs(story)}</article><section class="more">{OTHERS}</section>{FOOT}</body></html>"""


@pytest.mark.parametrize("layout", [semantic, blog, json_ld, ministry, breaks, amp], ids=lambda f: f.__name__)
@pytest.mark.parametrize("title", STORIES, ids=lambda t: t.split()[0])
def test_the_article_of_a_page_is_kept_whole_and_nothing_else(layout: object, title: str) -> None:
    """Title, every paragraph, the day of the markup; no menu, list, banner, form or footer."""
    assert callable(layout)
    report = clean(RawReport(html=layout(title, STORIES[title])))
    assert isinstance(report, Report)
    assert report.title == title
    for paragraph in STORIES[title]:
        assert paragraph in report.text
    for chunk in FURNITURE:
        assert chunk not in report.text
    assert report.metadata_published == "2012-03-04"
