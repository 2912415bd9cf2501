"""The article's own text out of a raw report: `clean`."""

from __future__ import annotations

from typing import Final

import msgspec

from communique.cleaning.days import day_of
from communique.cleaning.furniture import Layout, lay_out
from communique.cleaning.page import extract
from communique.cleaning.rules import load
from communique.cleaning.stamps import stamps
from communique.cleaning.stitching import Stitcher, mended
from communique.cleaning.tongue import identify
from communique.errors import UnreadableReport
from communique.intake import RawReport, report_id
from communique.records import Furniture, Refusal, Report

__all__ = ["clean"]

_LONGEST_TITLE: Final = 500
"""Characters kept of a given title: a longer one is a text in the wrong field."""


def clean(raw: RawReport) -> Report | Refusal:
    """A raw report made ready to be read, or the reason why nothing is left of it.

    The text is the title, a blank line, and the paragraphs with blank lines between them. `pieces` lead back to
    `original`, which is the raw text or, of a web page, the text that trafilatura took from it. What was set aside is
    in `furniture`, with its place there and its reason. A title that came with the report but does not stand in its
    text has no piece. A report in another language is kept, with its furniture rules limited to lines, and says so in
    `language`. A day that the page prints as that of publication ("Published: …") counts as metadata where none came
    with the report. Pure: the same raw report gives the same report.
    """
    where = raw.path or raw.id or "input"
    title, outlet, url, published = raw.title, raw.outlet, raw.url, raw.published
    text = raw.text or ""
    if not text and raw.html:
        try:
            page = extract(raw.html, url=url, where=where)
        except UnreadableReport as error:
            return Refusal(where, error.what)
        text, title, outlet = page.text, title or page.title, outlet or page.outlet
        url, published = url or page.url, published or page.published
    language = identify(text)
    title = mended(title[:_LONGEST_TITLE]) or None if title else None
    layout = lay_out(text, load(), title=title, english=language == "en")
    stitcher, title_end = _stitched(text, layout, title)
    if not any(ch.isalpha() for ch in stitcher.text[title_end:] or stitcher.text):
        return Refusal(where, "nothing of it is the text of an article")
    cleaned = stitcher.text
    report = Report(
        id=raw.id or report_id(cleaned, outlet=outlet, url=url),
        text=cleaned,
        title=cleaned[:title_end] or None,
        title_end=title_end,
        outlet=outlet,
        url=url,
        language=language,
        path=raw.path,
        metadata_published=day_of(published),
        pieces=tuple(stitcher.pieces),
        furniture=_furniture(text, layout),
        original=text,
    )
    return report if report.metadata_published else _dated_by_stamp(report)


def _dated_by_stamp(report: Report) -> Report:
    """The report with the day that its page calls its day of publication, if it names exactly one."""
    days = {stamp.day for stamp in stamps(report) if stamp.kind == "published"}
    return msgspec.structs.replace(report, metadata_published=days.pop()) if len(days) == 1 else report


def _stitched(text: str, layout: Layout, title: str | None) -> tuple[Stitcher, int]:
    """The title and the kept units put together, and where the title ends."""
    stitcher = Stitcher(text)
    order = [n for n, unit in enumerate(layout.units) if unit.reason is None and n != layout.title]
    if layout.title is not None:
        unit = layout.units[layout.title]
        stitcher.keep(unit.start, unit.end, [(a, b) for a, b, _ in unit.cuts])
    elif title:
        stitcher.insert(title)
    title_end = len(stitcher)
    for number in order:
        unit = layout.units[number]
        if len(stitcher):
            stitcher.insert("\n\n")
        stitcher.keep(unit.start, unit.end, [(a, b) for a, b, _ in unit.cuts])
    return stitcher, title_end


def _furniture(text: str, layout: Layout) -> tuple[Furniture, ...]:
    found = []
    for unit in layout.units:
        if unit.reason is not None:
            found.append(Furniture(unit.start, unit.end, text[unit.start : unit.end], unit.reason))
        else:
            found.extend(Furniture(a, b, text[a:b], why) for a, b, why in unit.cuts)
    return tuple(found)
