"""Kept runs of the original put together: white space and broken characters mended, the way back kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from communique.records import Piece

__all__ = ["Stitcher", "mended", "mojibake"]

_INVISIBLE: Final = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
)
_MEND: Final = re.compile(
    rf"(?P<space>[\t\xa0\u2000-\u200a\u202f\u205f\u3000\f\v\x85\u2028\u2029]\s*|[ ][\s\xa0]+|\n\s*)"
    rf"|(?P<nothing>[{_INVISIBLE}]+)"
    r"|(?P<entity>&(?:amp;)?(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)"
)
"""White space that is more than one plain space, characters without a width (bidi controls among them), and entities
that were escaped once too often. Each becomes a space, nothing, or the character meant."""

# UTF-8 read as Windows-1252: a lead byte shown as one of these letters, and one to three shown from the upper half.
_HIGH: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE: Final = re.compile(rf"[Â-ß][{_HIGH}]|[à-ï][{_HIGH}]{{2}}|[ð-ô][{_HIGH}]{{3}}")


def mended(text: str) -> str:
    """A short text, such as a title that came beside the report, mended in the same way, on one line."""
    stitcher = Stitcher(text)
    stitcher.keep(0, len(text))
    return " ".join(stitcher.text.split())


def mojibake(text: str) -> dict[str, str]:
    """What to read for each run of characters that is UTF-8 taken for Windows-1252; empty where that is not safe.

    Safe means: the runs decode, and there are two of them or one of three characters, which no language writes.

    >>> mojibake("Ministerâ€™s visit"), mojibake("an Â£ alone")
    ({'â€™': '’'}, {})
    """
    repairs: dict[str, str] = {}
    count = longest = 0
    for run in _MOJIBAKE.findall(text):
        if run not in repairs:
            try:
                repairs[run] = b"".join(_byte(ch) for ch in run).decode("utf-8")
            except (UnicodeDecodeError, UnicodeEncodeError):
                continue
        count += 1
        longest = max(longest, len(run))
    return repairs if longest > 2 or count > 1 else {}


def _byte(ch: str) -> bytes:
    try:
        return ch.encode("cp1252")
    except UnicodeEncodeError:
        return ch.encode("latin-1")  # the five bytes that Windows-1252 leaves undefined


class Stitcher:
    """Builds the cleaned text from runs of the original, and the pieces that lead back."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._parts: list[str] = []
        self._length = 0
        self._repairs = mojibake(original)
        self._broken = _MOJIBAKE if self._repairs else None
        self.pieces: list[Piece] = []

    @property
    def text(self) -> str:
        """What has been put together so far."""
        return "".join(self._parts)

    def __len__(self) -> int:
        return self._length

    def insert(self, text: str) -> None:
        """Add characters that are not in the original."""
        self._parts.append(text)
        self._length += len(text)

    def keep(self, start: int, end: int, cuts: Iterable[tuple[int, int]] = ()) -> None:
        """Add the original from `start` to `end` without what `cuts` (sorted) set aside, mended."""
        at = start
        for cut_start, cut_end in cuts:
            self._mended(at, cut_start)
            at = cut_end
            before, after = self._last(), self._original[at : at + 1]
            if at < end and before and not before.isspace() and after.isalnum() and before.isalnum():
                self.insert(" ")
        self._mended(at, end)

    def _last(self) -> str:
        return self._parts[-1][-1:] if self._parts else ""

    def _mended(self, start: int, end: int) -> None:
        at = start
        for match in _MEND.finditer(self._original, start, end):
            instead = self._instead(match)
            if instead is None:
                continue
            self._repaired(at, match.start())
            if instead and not (instead == " " and self._last() in {"", " ", "\n"}):
                self.insert(instead)
            at = match.end()
        self._repaired(at, end)

    def _instead(self, match: re.Match[str]) -> str | None:
        if match.lastgroup == "space":
            return " "
        if match.lastgroup == "nothing":
            return ""
        entity = match.group().replace("&amp;", "&", 1) if match.group() != "&amp;" else match.group()
        meant = html.unescape(entity)
        if meant == entity or not meant.isprintable() or "\ufffd" in meant:
            return " " if meant in {"\xa0", "\n", "\t", "\u2009"} else None
        return meant

    def _repaired(self, start: int, end: int) -> None:
        at = start
        for match in self._broken.finditer(self._original, start, end) if self._broken else ():
            if match.group() in self._repairs:
                self._exact(at, match.start())
                meant = self._repairs[match.group()]
                self.insert(" " if meant.isspace() else meant if meant.isprintable() else "")
                at = match.end()
        self._exact(at, end)

    def _exact(self, start: int, end: int) -> None:
        if start >= end:
            return
        last = self.pieces[-1] if self.pieces else None
        if last and last.original + last.length == start and last.clean + last.length == self._length:
            self.pieces[-1] = Piece(last.clean, last.original, last.length + end - start)
        else:
            self.pieces.append(Piece(self._length, start, end - start))
        self._parts.append(self._original[start:end])
        self._length += end - start
