"""E-mail: newsletters and press mailings, one message (.eml) or a mailbox (.mbox)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import BinaryIO, Final

from communique.intake.fields import from_mapping
from communique.intake.raw import RawReport
from communique.intake.streams import Lines, bounded
from communique.records import Refusal

__all__ = ["looks_like_mailbox", "mailbox", "message"]

_MESSAGE_BYTES: Final = 32 * 1024 * 1024
_LEAST_PLAIN: Final = 200
"""Characters below which the plain part of a message is taken for a stub ("view this in your browser")."""
_BEGINS: Final = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}\s*$")


def looks_like_mailbox(head: bytes) -> bool:
    """Does this begin as a mailbox does: a line `From somebody Thu Mar  4 10:00:00 2021`?"""
    return _BEGINS.match(head.split(b"\n", 1)[0].rstrip(b"\r")) is not None


def message(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """The report that one message is."""
    data = bounded(stream, head, _MESSAGE_BYTES)
    if data is None:
        yield Refusal(where, f"the message has more than {_MESSAGE_BYTES >> 20} MiB")
    else:
        yield _report(data, where, max_chars)


def mailbox(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """A report for each message of a mailbox; streamed, one message held at a time."""
    number, size, lines, is_first = 0, 0, list[bytes](), True
    blank = True
    for _, line in Lines(stream, head).bounded(_MESSAGE_BYTES):
        if line is not None and blank and _BEGINS.match(line.rstrip(b"\r\n")):
            if not is_first:
                number += 1
                yield _whole(lines, size, f"{where}#{number}", max_chars)
            lines, size, is_first = [], 0, False
            continue
        size += _MESSAGE_BYTES + 1 if line is None else len(line)
        blank = line is not None and not line.strip()
        if line is not None and size <= _MESSAGE_BYTES:
            lines.append(line)
    if not is_first:
        yield _whole(lines, size, f"{where}#{number + 1}", max_chars)


def _whole(lines: list[bytes], size: int, where: str, max_chars: int) -> RawReport | Refusal:
    if size > _MESSAGE_BYTES:
        return Refusal(where, f"the message has more than {_MESSAGE_BYTES >> 20} MiB")
    return _report(b"".join(lines), where, max_chars)


def _report(data: bytes, where: str, max_chars: int) -> RawReport | Refusal:
    # The parser never raises on what mail holds; single headers and parts may, when they are read.
    mail = email.message_from_bytes(data, policy=email.policy.default)
    try:
        text, html = _parts(mail)
        sender = mail.get("From")
        row = {
            "id": str(mail.get("Message-ID") or "").strip(" <>"),
            "title": str(mail.get("Subject") or ""),
            "outlet": _outlet(str(sender or "")),
            "published": _day(str(mail.get("Date") or "")),
        }
    except (LookupError, ValueError, AttributeError, IndexError, TypeError) as error:
        return Refusal(where, f"the message cannot be read ({type(error).__name__}: {error})")
    body = {"text": text} if text and (len(text) >= _LEAST_PLAIN or not html) else {"html": html}
    return from_mapping({k: v for k, v in {**row, **body}.items() if v}, where, max_chars=max_chars)


def _parts(mail: EmailMessage) -> tuple[str | None, str | None]:
    found: list[str | None] = []
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        content = part.get_content() if part is not None else None
        found.append(content.strip() if isinstance(content, str) and content.strip() else None)
    return found[0], found[1]


def _outlet(sender: str) -> str:
    name, _, address = sender.rpartition("<")
    return name.strip(' "') or address.strip("> ").rpartition("@")[2]


def _day(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (TypeError, ValueError):
        return None
