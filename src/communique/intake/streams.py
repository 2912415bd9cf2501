"""Byte streams read in bounded portions: nothing that lies in a file makes the memory grow without end."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader, BytesIO, RawIOBase
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from communique.errors import UnreadableReport

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["SNIFF_BYTES", "Lines", "at_least", "bounded", "unpacked"]

SNIFF_BYTES: Final = 65_536
_FREE_BYTES: Final = 256 * 1024 * 1024
_MOST: Final = 120
"""What a gzip stream may unpack to, as a multiple of its packed bytes, beyond the first `_FREE_BYTES`: text packs
about 3 to 10 times, logs of one repeated line some 100 times, a bomb 1,000 times."""


class Lines:
    """Lines of a byte stream whose beginning was read already, never holding more of one line than the limit."""

    def __init__(self, stream: BinaryIO | None, head: bytes) -> None:
        self._stream, self._head = stream, BytesIO(head)

    def _portion(self, size: int) -> bytes:
        """Up to `size` bytes, ending with the line; fewer only at its end or at the end of the stream."""
        portion = self._head.readline(size)
        if self._stream and len(portion) < size and not portion.endswith(b"\n"):
            portion += self._stream.readline(size - len(portion))
        return portion

    def bounded(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """(number, line) from 1; None in place of a line that is longer than `limit` bytes."""
        number = 0
        while line := self._portion(limit + 1):
            number += 1
            if line.endswith(b"\n") or len(line) <= limit:
                yield number, line
                continue
            while (rest := self._portion(SNIFF_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None


def at_least(stream: BinaryIO, size: int) -> bytes:
    """The first `size` bytes, or fewer at the end; a pipe gives them in small portions."""
    parts, have = [], 0
    while have < size:
        part = stream.read(size - have)
        if not part:
            break
        parts.append(part)
        have += len(part)
    return b"".join(parts)


def bounded(stream: BinaryIO, head: bytes, limit: int) -> bytes | None:
    """All bytes, or None if there are more than `limit`."""
    data = head + at_least(stream, max(limit + 1 - len(head), 0))
    return None if len(data) > limit else data


class _Joined(RawIOBase):
    """A stream whose beginning was read already, put together again; counts what it gave."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream, self.given = BytesIO(head), stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        part = self._head.read(len(view)) or self._stream.read(len(view)) or b""
        view[: len(part)] = part
        self.given += len(part)
        return len(part)


class _Unpacked(RawIOBase):
    """What a gzip stream holds. Raises UnreadableReport where it is broken, or unpacks to far more than text does."""

    def __init__(self, packed: _Joined, where: str) -> None:
        self._packed, self._where, self._got = packed, where, 0
        self._plain = gzip.GzipFile(fileobj=cast(BinaryIO, packed))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            part = self._plain.read1(len(view))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableReport(
                f"the gzip archive is broken ({error})", where=self._where, remedy="Fetch or pack it again."
            ) from error
        self._got += len(part)
        if self._got > _FREE_BYTES + _MOST * self._packed.given:
            raise UnreadableReport(
                f"the gzip archive unpacks to more than {_MOST} times its size, which no text does", where=self._where
            )
        view[: len(part)] = part
        return len(part)


def joined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """The stream from its beginning, whose first bytes were read already."""
    return cast(BinaryIO, BufferedReader(_Joined(head, stream), SNIFF_BYTES))


def unpacked(head: bytes, stream: BinaryIO, where: str) -> BinaryIO:
    """What a gzip stream holds; reading raises UnreadableReport where it is broken or a bomb."""
    return cast(BinaryIO, BufferedReader(_Unpacked(_Joined(head, stream), where), SNIFF_BYTES))
