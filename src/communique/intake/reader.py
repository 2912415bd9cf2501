"""Files, folders and standard input, in a stable order; each input is a raw report or a refusal with its reason."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeAlias

import msgspec

from communique.errors import UnreadableReport
from communique.intake.archives import archive
from communique.intake.decoding import decode
from communique.intake.feeds import feed, looks_like_feed
from communique.intake.fields import HTML_FACTOR, LIST_FIELDS, from_mapping, looks_like_html, too_long
from communique.intake.mail import looks_like_mailbox, mailbox, message
from communique.intake.papers import paper
from communique.intake.raw import RawReport
from communique.intake.streams import SNIFF_BYTES, Lines, at_least, bounded, unpacked
from communique.intake.tables import is_header, table
from communique.records import Refusal

__all__ = ["KNOWN_SUFFIXES", "read"]

Kind: TypeAlias = Literal["text", "html", "json", "jsonl", "table", "feed", "message", "mailbox", "archive", "paper"]
Found: TypeAlias = RawReport | Refusal

KNOWN_SUFFIXES: Final[dict[str, Kind]] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "table",
    ".tsv": "table",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".eml": "message",
    ".mbox": "mailbox",
    ".warc": "archive",
    ".wet": "archive",
    ".pdf": "paper",
}
"""What a folder is searched for, packed with gzip (".jsonl.gz") or not. A file that is named itself may have any
suffix; its beginning then shows its kind."""
_PACKED: Final = ".gz"

SIDECARS: Final[tuple[str, ...]] = (".expected.json", ".expected.jsonl")
"""Files beside reports that say what should be found in them; skipped in folders."""

_READERS: Final[dict[Kind, Callable[[BinaryIO, bytes, str, int], Iterator[Found]]]] = {
    "table": table,
    "feed": feed,
    "message": message,
    "mailbox": mailbox,
    "archive": archive,
    "paper": paper,
}
_GZIP: Final = b"\x1f\x8b"
_MARKS: Final[tuple[tuple[bytes, Kind], ...]] = ((b"%PDF-", "paper"), (b"WARC/", "archive"))

_JSON_BYTES: Final = 64 * 1024 * 1024
"""A JSON file is one value and cannot be streamed; a larger collection belongs into JSON lines."""
DEFAULT_MAX_CHARS: Final = 400_000


def read(
    paths: Iterable[str | os.PathLike[str]], *, max_chars: int = DEFAULT_MAX_CHARS, stdin: BinaryIO | None = None
) -> Iterator[Found]:
    """Every report at `paths`, one by one, and a refusal for whatever cannot be read.

    A path is a file, a folder (searched through, sorted by name, hidden files left out) or "-" for standard input.
    A report of more than `max_chars` characters is refused. JSON lines are streamed: memory stays bounded however
    long the file is. Never raises for what the inputs hold.
    """
    for path in paths:
        name = os.fspath(path)
        if name == "-":
            yield from _guarded(stdin or sys.stdin.buffer, "-", None, max_chars)
        elif Path(name).is_dir():
            yield from _folder(name, max_chars)
        else:
            yield from _file(name, max_chars, named=True)


def _folder(top: str, max_chars: int) -> Iterator[Found]:
    count = 0
    unreadable: list[Refusal] = []
    for folder, folders, files in os.walk(top, onerror=lambda e: unreadable.append(_refused(e, str(e.filename)))):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from unreadable
        unreadable.clear()
        for file in sorted(files):
            if file.startswith(".") or file.lower().endswith(SIDECARS):
                continue
            if _kind_of(file):
                count += 1
                yield from _file(os.path.join(folder, file), max_chars, named=False)  # noqa: PTH118 - keeps odd bytes
    yield from unreadable
    if not count:
        known = " ".join(KNOWN_SUFFIXES)
        yield Refusal(_shown(top), f"the folder holds no file that could be a report ({known})")


def _file(name: str, max_chars: int, *, named: bool) -> Iterator[Found]:
    """The reports of one file; `named` if the user named it rather than its folder."""
    where = _shown(name)
    try:
        mode = Path(name).stat().st_mode
        # A pipe may be named ("<(zcat …)"), but one that lies in a folder would wait for ever.
        if not (stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode))):
            yield Refusal(where, "it is not an ordinary file")
            return
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below, but opened inside the try
    except (OSError, ValueError) as error:
        yield _refused(error, where)
        return
    with stream:
        yield from _guarded(stream, where, _kind_of(name), max_chars)


def _kind_of(name: str) -> Kind | None:
    """What a file is by its suffix; None where that says nothing."""
    plain = name.lower().removesuffix(_PACKED)
    return KNOWN_SUFFIXES.get(Path(plain).suffix)


def _guarded(stream: BinaryIO, where: str, kind: Kind | None, max_chars: int) -> Iterator[Found]:
    try:
        yield from _stream(stream, where, kind, max_chars)
    except UnreadableReport as error:
        yield Refusal(error.where or where, f"{error.what}. {error.remedy}" if error.remedy else error.what)
    except OSError as error:
        yield _refused(error, where)


def _stream(stream: BinaryIO, where: str, kind: Kind | None, max_chars: int) -> Iterator[Found]:
    head = at_least(stream, SNIFF_BYTES)
    if head.startswith(_GZIP) and kind != "archive":  # an archive is packed record by record, and unpacked so
        stream = unpacked(head, stream, where)
        head = at_least(stream, SNIFF_BYTES)
    kind = _by_mark(head) or kind or _sniff(head)
    if kind in _READERS:
        yield from _READERS[kind](stream, head, where, max_chars)
    elif kind == "jsonl" and b"\x00" not in head[:400]:
        yield from _json_lines(Lines(stream, head), where, max_chars)
    elif kind in {"json", "jsonl"}:  # JSON lines in UTF-16 cannot be cut at bytes; they are read whole
        data = bounded(stream, head, _JSON_BYTES)
        if data is None:
            remedy = "Write one object a line (.jsonl): such files are streamed"
            yield Refusal(where, f"the file has more than {_JSON_BYTES >> 20} MiB. {remedy}")
        else:
            yield from _json(data, where, max_chars)
    else:
        yield _whole(stream, head, where, "html" if kind == "html" else "text", max_chars)


def _by_mark(head: bytes) -> Kind | None:
    """What an input is by marks that no other kind begins with, whatever its suffix says."""
    return next((kind for mark, kind in _MARKS if head.startswith(mark)), None)


def _whole(stream: BinaryIO, head: bytes, where: str, kind: Literal["text", "html"], max_chars: int) -> Found:
    """A file that is one report, as text or as a page."""
    limit = max_chars * (HTML_FACTOR if kind == "html" else 1)
    data = bounded(stream, head, 4 * limit + 4)
    if data is None:
        return Refusal(where, f"it has more than {4 * limit:,} bytes, and a report at most {limit:,} characters")
    text = decode(data, where)
    if kind == "text" and looks_like_html(text):
        kind = "html"
    if len(text) > (max_chars * HTML_FACTOR if kind == "html" else max_chars):
        return Refusal(where, too_long(len(text), limit))
    return RawReport(html=text, path=where) if kind == "html" else RawReport(text=text, path=where)


def _json(data: bytes, where: str, max_chars: int) -> Iterator[Found]:
    """One object, a list of objects, an object that holds such a list, or JSON lines under another name."""
    text = decode(data, where)
    try:
        value = _parsed(text)
    except UnreadableReport as error:
        lines = text.split("\n")
        if len(lines) > 1 and lines[0].strip().endswith("}") and _is_json(lines[0]):
            yield from _json_lines(Lines(None, text.encode()), where, max_chars)
            return
        yield Refusal(where, error.what)
        return
    if isinstance(value, dict):
        value = next((value[f] for f in LIST_FIELDS if isinstance(value.get(f), list) and "text" not in value), value)
    if isinstance(value, dict):
        yield from_mapping(value, where, max_chars=max_chars)
    elif isinstance(value, list):
        if not value:
            yield Refusal(where, "the list is empty")
        for number, item in enumerate(value, 1):
            yield _item(item, f"{where}#{number}", max_chars)
    else:
        yield Refusal(where, "the file holds no JSON object")


def _json_lines(lines: Lines, where: str, max_chars: int) -> Iterator[Found]:
    # Six bytes a character ("\u0421") for the longest page or text, and room for the other fields.
    limit = 6 * max_chars * HTML_FACTOR + 65_536
    count = 0
    for number, line in lines.bounded(limit):
        place = f"{where}:{number}"
        if line is None:
            count += 1
            yield Refusal(place, f"the line has more than {limit:,} bytes")
        elif line.strip():
            count += 1
            try:
                yield _item(_parsed(decode(line, place)), place, max_chars)
            except UnreadableReport as error:
                yield Refusal(place, error.what)
    if not count:
        yield Refusal(where, "it is empty")


def _item(value: object, where: str, max_chars: int) -> Found:
    if isinstance(value, dict):
        return from_mapping(value, where, max_chars=max_chars)
    return Refusal(where, "it is not a JSON object")


def _parsed(text: str) -> object:
    text = text.lstrip("\ufeff")
    try:
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            # ten times slower, but it takes lone surrogates and NaN, which real collections hold
            return json.loads(text, strict=False)
    except ValueError as error:
        raise UnreadableReport(f"it is not valid JSON ({error})") from error
    except RecursionError as error:
        raise UnreadableReport("its JSON is nested too deeply") from error


def _is_json(text: str) -> bool:
    try:
        return isinstance(_parsed(text), dict)
    except UnreadableReport:
        return False


def _sniff(head: bytes) -> Kind:
    """What an input without a known suffix is, from its first bytes."""
    try:
        text = decode(head).lstrip("\ufeff \t\n")
    except UnreadableReport:
        return "text"  # decoded again as a whole, where the refusal gets its reason
    if text.startswith("{"):
        return "jsonl" if _is_json(text.split("\n", 1)[0]) or "\n" not in text else "json"
    if text.startswith("[") and text[1:].lstrip().startswith(("{", "]")):
        return "json"
    if looks_like_feed(text):
        return "feed"
    if looks_like_mailbox(head):
        return "mailbox"
    if looks_like_html(text):
        return "html"
    return "table" if is_header(text.split("\n", 1)[0]) else "text"


def _refused(error: OSError | ValueError, where: str) -> Refusal:
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "there is no such file",
        PermissionError: "there is no permission to read it",
        IsADirectoryError: "it is a folder",
    }
    reason = reasons.get(type(error)) or (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Refusal(_shown(where), reason)


def _shown(name: str) -> str:
    """A path as it can be printed and stored: bytes that are no UTF-8 are replaced."""
    return os.fsencode(name).decode("utf-8", "replace")
