"""The names under which collections keep a report's parts, and one mapping turned into a raw report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from communique.intake.raw import RawReport
from communique.records import Refusal

__all__ = ["FIELD_NAMES", "LIST_FIELDS", "from_mapping"]

FIELD_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "guid", "uuid", "uri", "article_id"),
    "text": ("text", "maintext", "content", "body", "article", "fulltext", "full_text", "articleBody", "plain_text"),
    "html": ("html", "raw_html", "content_html"),
    "title": ("title", "headline", "heading"),
    "outlet": ("outlet", "sitename", "publisher", "source_name", "source_domain", "source", "domain", "hostname"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "published": (
        "published", "date_publish", "published_at", "publishedAt", "date_published", "datePublished",
        "publication_date", "pub_date", "pubDate", "date",
    ),
    "language": ("language", "lang"),
}  # fmt: skip
"""Our name of each part, and the names it goes by in our exchange format, news-please, trafilatura, JSON Feed,
schema.org, GDELT-like dumps and common clippings exports, best first. Only text (or html) is required."""

LIST_FIELDS: Final[tuple[str, ...]] = ("documents", "articles", "items", "reports", "data", "results")
"""Fields of one JSON object under which a list of reports may lie."""

_TAKEN: Final[frozenset[str]] = frozenset(name for names in FIELD_NAMES.values() for name in names)
_FIELD_LIMIT: Final = 2_000
"""Characters kept of any one further field."""

HTML_FACTOR: Final = 12
"""A page may be this many times as long as the longest report: markup of news pages is 5 to 10 times their text."""


def from_mapping(record: Mapping[str, object], where: str, *, max_chars: int) -> RawReport | Refusal:
    """The raw report that a JSON object holds, or why it holds none. `where` becomes its path."""
    parts = {ours: _first(record, names) for ours, names in FIELD_NAMES.items()}
    text, html = parts["text"], parts["html"]
    if text and looks_like_html(text):
        text, html = None, text
    if text:
        html = None
    if not text and not html:
        return Refusal(where, f"it has no text: none of the fields {', '.join(FIELD_NAMES['text'][:4])}, … holds any")
    if len(text or "") > max_chars or len(html or "") > max_chars * HTML_FACTOR:
        return Refusal(where, too_long(len(text or html or ""), max_chars if text else max_chars * HTML_FACTOR))
    if "\x00" in (text or html or ""):
        return Refusal(where, "it holds NUL characters")
    basis = record.get("published_basis")
    further = tuple(
        (name, _plain(value)[:_FIELD_LIMIT])
        for name, value in sorted(record.items())
        if name not in _TAKEN and isinstance(value, str | int | float) and not isinstance(value, bool)
    )
    return RawReport(
        id=parts["id"],
        text=text,
        html=html,
        title=parts["title"],
        outlet=parts["outlet"],
        url=parts["url"],
        # An exchange document says how it came by its day; only what came with the report is evidence again.
        published=parts["published"] if basis in (None, "metadata", "url") else None,
        language=parts["language"],
        path=where,
        fields=further,
    )


def looks_like_html(text: str) -> bool:
    """Is this a web page rather than text? Judged by how it begins.

    >>> looks_like_html("<!DOCTYPE html><p>"), looks_like_html("< 5 delegations came")
    (True, False)
    """
    head = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml")) or (
        head.startswith("<") and any(tag in head for tag in ("<p>", "<p ", "<div", "<meta", "<article", "<h1", "<!--"))
    )


def too_long(length: int, limit: int) -> str:
    """The reason of a refusal for length."""
    return f"it has {length:,} characters, more than the {limit:,} that a report may have (setting max_report_chars)"


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("title")  # {"source": {"name": "…"}}
        if isinstance(value, str | int) and not isinstance(value, bool):
            plain = _plain(value)
            if plain.strip():
                return plain if name in FIELD_NAMES["text"] or name in FIELD_NAMES["html"] else plain.strip()
    return None


def _plain(value: str | float) -> str:
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")
