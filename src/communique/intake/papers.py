"""PDF documents: press releases, communiques and readouts that ministries hand out as files."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from communique.intake.fields import from_mapping, too_long
from communique.intake.raw import RawReport
from communique.intake.streams import bounded
from communique.records import Refusal

__all__ = ["paper"]

_PAPER_BYTES: Final = 64 * 1024 * 1024
_PAGES: Final = 300
_HYPHEN: Final = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def paper(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """The report that a PDF document is; a scan without text is refused.

    The title of the document's data is not taken: it mostly names a template. Nor is the day on which the file was
    made; it is kept as the field `made`.
    """
    data = bounded(stream, head, _PAPER_BYTES)
    if data is None:
        yield Refusal(where, f"the document has more than {_PAPER_BYTES >> 20} MiB")
        return
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every mended fault of a file
    try:
        document = PdfReader(BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            yield Refusal(where, "the document is locked with a password")
            return
        if len(document.pages) > _PAGES:
            yield Refusal(where, f"it has {len(document.pages):,} pages, more than the {_PAGES} that are read")
            return
        texts: list[str] = []
        for page in document.pages:
            texts.append(page.extract_text())
            if sum(map(len, texts)) > max_chars:
                yield Refusal(where, too_long(sum(map(len, texts)), max_chars))
                return
        made = document.metadata.creation_date if document.metadata else None
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError) as error:
        # What broken files make pypdf raise is not one family; a fault of ours would show on sound ones in the tests.
        yield Refusal(where, f"the PDF document is broken ({type(error).__name__}: {error})")
        return
    text = _HYPHEN.sub("", "\n\n".join(t.strip() for t in texts if t.strip()))
    if not text.strip():
        yield Refusal(where, "the document holds no text; it may be a scan")
        return
    row = {"text": text.replace("\x00", ""), "made": made.isoformat() if made else ""}
    yield from_mapping(row, where, max_chars=max_chars)
