"""A report as it came, and the id of a report that came without one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

import msgspec

__all__ = ["RawReport", "report_id"]

_ID_LENGTH: Final = 16
"""Hex digits of an id made from content: 64 bits, so a clash among 10 million reports has a chance of 3 in 10^6."""


class RawReport(msgspec.Struct, frozen=True):
    """One report as a file, a line of a file or standard input gave it.

    Exactly one of `text` and `html` is set. `published` is as given, in whatever form; `path` says where it was read:
    "folder/file.txt", "file.jsonl:12" (line 12), "file.json#3" (third item), "-" (standard input).
    `fields` are further named values that came with it, as (name, value), sorted by name.
    """

    id: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    path: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


def report_id(text: str, *, outlet: str | None = None, url: str | None = None) -> str:
    """An id that depends on the content alone, so that the same report read twice has the same id.

    White space and Unicode composition do not count. Address and outlet do: an agency story word for word in two
    newspapers is two reports (of one origin).

    >>> report_id("Talks  opened.") == report_id("Talks opened.\\n")
    True
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    whole = "\x1f".join((url or outlet or "", plain))
    return "r" + hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]
