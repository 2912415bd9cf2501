"""The formats a record can be exported in, and the manifest that says what was written.

A format is one module of this package with a function `write` and a `FORMAT`; naming it in `_MODULES` is all it takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from communique import __version__
from communique.errors import InputError, RecordError
from communique.query import Filters

if TYPE_CHECKING:
    from communique.store import Reader

__all__ = ["Format", "Manifest", "Written", "export", "formats", "write_lines"]


class Written(msgspec.Struct, frozen=True):
    """One file of an export: its name, SHA-256, size in bytes, and the number of things in it."""

    name: str
    sha256: str
    bytes: int
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    """What an export wrote: the format and its version, the digest of the record, the files, what they hold."""

    format: str
    version: str
    record: str
    program: str
    files: tuple[Written, ...]
    counts: dict[str, int]


class Format(msgspec.Struct, frozen=True):
    """A format: its name and version, one line on it, and what writes a record into a folder.

    `write` is given the reader, the folder (which exists) and filters, and returns the files and the counts.
    """

    name: str
    version: str
    help: str
    write: Callable[[Reader, Path, Filters], tuple[list[Written], dict[str, int]]]


_MODULES: Final[tuple[str, ...]] = ("exchange",)


def formats() -> dict[str, Format]:
    """Every format by name."""
    found: list[Format] = [import_module(f"communique.export.{name}").FORMAT for name in _MODULES]
    return {form.name: form for form in found}


def export(reader: Reader, folder: Path, name: str, filters: Filters) -> Manifest:
    """Write the record into `folder`, which is created, with `manifest.json` beside the files.

    Raises InputError for a format that there is none of, RecordError where the folder cannot be written.
    """
    known = formats()
    if name not in known:
        raise InputError(f"there is no format {name!r}", where="export", remedy=f"Formats: {', '.join(known)}.")
    form = known[name]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files, counts = form.write(reader, folder, filters)
        manifest = Manifest(form.name, form.version, reader.digest(), __version__, tuple(files), counts)
        whole = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
        write_lines(folder / "manifest.json", [whole], 1)
    except OSError as error:
        raise RecordError(
            f"the export cannot be written ({error.strerror or error})",
            where=str(folder),
            remedy="Name a folder that can be written to.",
        ) from error
    return manifest


def write_lines(path: Path, lines: Iterable[bytes], rows: int | None = None) -> Written:
    """Write a file piece by piece and put it in place when it is whole; `rows` is the number of pieces if not given.

    A reader never sees half a file: what is cut off leaves the old one.
    """
    half = path.with_name(path.name + ".part")
    sha, size, count = hashlib.sha256(), 0, 0
    try:
        with half.open("wb") as file:
            for line in lines:
                file.write(line)
                sha.update(line)
                size += len(line)
                count += 1
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return Written(path.name, sha.hexdigest(), size, count if rows is None else rows)
