"""The formats a record can be exported in, and the manifest that says what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from communique.query import Filters
    from communique.record import Record

__all__ = ["FORMATS", "Format", "Manifest", "Written", "formats"]


class Written(msgspec.Struct, frozen=True):
    """One file of an export: its name, SHA-256, size in bytes, and the number of things in it."""

    name: str
    sha256: str
    bytes: int
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    """What an export wrote: the format and its version, the digest of the record, the files."""

    format: str
    version: str
    record: str
    program: str
    files: tuple[Written, ...]
    counts: dict[str, int]


class Format(msgspec.Struct, frozen=True):
    """A format: its name, one line on it, and the function that writes a record into a folder."""

    name: str
    help: str
    write: Callable[[Record, Path, Filters], Manifest]


FORMATS: Final[dict[str, Format]] = {}


def formats() -> dict[str, Format]:
    """Every format by name."""
    return dict(FORMATS)
