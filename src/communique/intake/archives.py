"""Web archives (WARC, packed or not), as crawlers and Common Crawl's news collection write them; streamed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, BinaryIO, Final

from communique.errors import UnreadableReport
from communique.intake.decoding import decode
from communique.intake.fields import HTML_FACTOR, from_mapping
from communique.intake.raw import RawReport
from communique.intake.streams import joined
from communique.records import Refusal

__all__ = ["archive"]

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_RECORDS: Final = frozenset({"response", "resource", "conversion"})
_FINE: Final = frozenset({"200", "203"})


def archive(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """A report for each page that was fetched, or text made from one (WET).

    Requests, redirects, errors, pictures and scripts are no reports and are passed over. The day on which a page was
    fetched is kept as the field `fetched`; it is not the day of publication.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    limit = 4 * max_chars * HTML_FACTOR
    # warcio rather than fastwarc, which reads twice as fast but panics, and so ends the process, on streams and bytes
    # that it did not foresee.
    records = iter(ArchiveIterator(joined(head, stream)))
    count = 0
    while True:
        place = f"{where}#{count + 1}"
        try:
            with redirect_stderr(StringIO()):  # where warcio tells of every fault it has mended
                record = next(records, None)
            found = _report(record, place, limit, max_chars) if record is not None else None
        except (ArchiveLoadFailed, OSError, EOFError, ValueError, LookupError, AttributeError, zlib.error) as error:
            yield Refusal(place, f"the web archive is broken here ({error}); what comes after is not read")
            return
        if record is None:
            break
        if found is not None:
            count += 1
            yield found
    if not count:
        yield Refusal(where, "the web archive holds no page")


def _report(record: Any, where: str, limit: int, max_chars: int) -> RawReport | Refusal | None:
    """The report of one record; None if it is no page."""
    if record.rec_type not in _RECORDS:
        return None
    http = record.http_headers
    kind = (http or record.rec_headers).get_header("Content-Type", "").split(";")[0].strip().lower()
    if kind not in _PAGES | {"text/plain"} or (http and http.get_statuscode() not in _FINE):
        return None
    data = record.content_stream().read(limit + 1)
    if len(data) > limit:
        return Refusal(where, f"the page has more than {limit:,} bytes")
    try:
        text = decode(data, where)
    except UnreadableReport as error:
        return Refusal(where, error.what)
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    fetched = record.rec_headers.get_header("WARC-Date") or ""
    field = "html" if kind in _PAGES else "text"
    return from_mapping({"url": url, "fetched": fetched, field: text}, where, max_chars=max_chars)
