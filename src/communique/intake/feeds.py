"""RSS and Atom feeds that were saved: a report for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from time import strftime
from typing import Any, BinaryIO, Final

from communique.intake.fields import from_mapping
from communique.intake.raw import RawReport
from communique.intake.streams import bounded
from communique.records import Refusal

__all__ = ["feed", "looks_like_feed"]

_FEED_BYTES: Final = 32 * 1024 * 1024
"""A feed is parsed as a whole; the longest in use hold some MiB."""
_ROOT: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_BLOCKS: Final = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote section article figure".split())


def looks_like_feed(text: str) -> bool:
    """Does this begin as a feed does? `text` is the beginning of a document.

    >>> looks_like_feed('<?xml version="1.0"?><rss version="2.0">'), looks_like_feed("<html>")
    (True, False)
    """
    return text.lstrip("\ufeff \t\n").startswith("<") and _ROOT.search(text[:2_000]) is not None


def feed(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """A report for each entry: its content, else its summary, with the entry's title, address and day."""
    data = bounded(stream, head, _FEED_BYTES)
    if data is None:
        yield Refusal(where, f"the feed has more than {_FEED_BYTES >> 20} MiB")
        return
    import feedparser  # late: it takes a tenth of a second, and most files are no feeds

    parsed = feedparser.parse(BytesIO(data))
    if not parsed.entries:
        broken = f" ({parsed.bozo_exception})" if parsed.get("bozo") else ""
        yield Refusal(where, f"it holds no entry of a feed{broken}")
        return
    channel = parsed.feed
    for number, entry in enumerate(parsed.entries, 1):
        place = f"{where}#{number}"
        row = {
            "id": entry.get("id"), "title": _plain(entry.get("title", "")), "url": entry.get("link"),
            "outlet": _plain(channel.get("title", "")), "published": _day(entry),
            "language": str(channel.get("language") or "")[:2].lower(), "text": _plain(_content(entry)),
        }  # fmt: skip
        yield from_mapping({k: v for k, v in row.items() if v}, place, max_chars=max_chars)


def _content(entry: Any) -> str:
    """The longest of what the entry brings: content or summary, as HTML or text."""
    told = [str(part.get("value", "")) for part in entry.get("content", ())]
    return max([*told, str(entry.get("summary", ""))], key=len)


def _day(entry: Any) -> str | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None


def _plain(html: str) -> str:
    """The text of a piece of HTML, with a blank line between its blocks."""
    if "<" not in html and "&" not in html:
        return html.strip()
    from lxml import etree
    from lxml import html as parser

    try:
        root = parser.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return re.sub(r"<[^<>]{0,2000}>", " ", html).strip()
    parts: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            if event == "end":
                parts.append(node.tail or "")
            continue
        if node.tag in _BLOCKS:
            parts.append("\n\n")
        parts.append((node.text if event == "start" else node.tail if node is not root else "") or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n\n"))
    return "\n\n".join(line for line in lines if line)
