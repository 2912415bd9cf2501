"""From bytes to text: the encoding is read off a byte-order mark, tried, or guessed; what is no text is refused."""

from __future__ import annotations

import codecs
import re
from typing import Final

from communique.errors import UnreadableReport

__all__ = ["decode"]

_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_GUESS_BYTES: Final = 65_536
_ASCII: Final = bytes(range(128))
_MOSTLY_ASCII: Final = 0.15
_WESTERN: Final = frozenset(
    [
        "English",
        "French",
        "German",
        "Spanish",
        "Portuguese",
        "Italian",
        "Dutch",
        "Swedish",
        "Danish",
        "Norwegian",
        "Finnish",
        "Unknown",
    ]
)
_SAVE_AS_TEXT: Final = "Save it as UTF-8 text, HTML or JSON."


def decode(data: bytes, where: str = "input") -> str:
    """The text that `data` encodes, with line ends as "\\n"; never a NUL and never a lone surrogate in it.

    Tried in turn: byte-order mark, UTF-16 without one, UTF-8, UTF-8 with a few broken bytes (a file cut inside a
    character), the charset that a page declares, and a guess by charset-normalizer.
    Raises UnreadableReport for what is not text: `where` names it in the message.

    >>> decode("Orbán".encode("cp1250"))
    'Orbán'
    """
    if not data.strip():
        raise UnreadableReport("it is empty", where=where)
    for magic, kind in _NOT_TEXT:
        if data.startswith(magic):
            raise UnreadableReport(f"it is {kind}, not text", where=where, remedy=_SAVE_AS_TEXT)
    text = _decoded(data)
    if text is None:
        raise UnreadableReport("it is not text in any known encoding", where=where, remedy=_SAVE_AS_TEXT)
    if "\x00" in text:
        raise UnreadableReport("it holds NUL characters", where=where, remedy=_SAVE_AS_TEXT)
    if not any(ch.isalnum() for ch in text):
        raise UnreadableReport("it holds no words", where=where)
    # 2 %: no text has that many control characters; a terminal log with colours stays below
    if len(_CONTROLS.findall(text)) > 0.02 * len(text) + 2:
        raise UnreadableReport("it is binary data, not text", where=where, remedy=_SAVE_AS_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _decoded(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if b"\x00" in data:
        return _without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark, known by a zero in every second byte of Latin text; None for binary data."""
    sample = data[: _GUESS_BYTES & ~1]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if zeros >= 0.4 * len(sample[first::2]) and others == 0:
            return data.decode(name, "replace")
    return None


def _guessed(data: bytes) -> str | None:
    """Text that is not valid UTF-8: broken UTF-8, the declared charset, or the best guess."""
    mended = data.decode("utf-8", "replace")
    # Legacy 8-bit text breaks at nearly every accented letter; damaged UTF-8 at few beside many right ones.
    broken = mended.count("\ufffd")
    right = sum(ch > "\x7f" for ch in mended) - broken
    if (broken <= 3 and right >= 4 * broken) or (broken == 1 and mended.rstrip().endswith("\ufffd")):
        return mended
    declared = _DECLARED.search(data, 0, 4096)
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page may declare anything; the guess below decides
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        return None
    if best.language in _WESTERN and len(data.translate(None, _ASCII)) <= _MOSTLY_ASCII * len(data):
        # In text with few accents the guess falls on any of a dozen Latin code pages; this one is by far the commonest.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return data.decode(best.encoding, "replace")
