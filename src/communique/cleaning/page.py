"""A web page to the text of its article and what the page says of itself."""

from __future__ import annotations

from typing import NamedTuple

from communique.errors import UnreadableReport

__all__ = ["Page", "extract"]


class Page(NamedTuple):
    """The article of a page, and the page's own title, day (ISO), outlet and address, where it names them."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None


def extract(html: str, *, url: str | None = None, where: str = "page") -> Page:
    """The article of a web page, by trafilatura.

    The day is taken only from markup that is made for it (meta elements, JSON-LD, time elements), never guessed from
    the text: weighing the text is the dates room's work.
    Raises UnreadableReport if the page has no article text.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_precision=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        # lxml and the metadata readers raise many kinds for broken markup; one bad page must not end an ingest
        raise UnreadableReport(f"the page cannot be read ({type(error).__name__})", where=where) from error
    if found is None or isinstance(found, dict) or not (text := found.text) or not text.strip():
        raise UnreadableReport("the page holds no article text", where=where)
    return Page(
        text=text,
        title=found.title or None,
        published=found.date or None,
        outlet=found.sitename or None,
        url=found.url or None,
    )
