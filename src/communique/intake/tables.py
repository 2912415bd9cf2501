"""Tables with a column of text: exports of clippings services and spreadsheets, as CSV or TSV, streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO, Final

from communique.errors import UnreadableReport
from communique.intake.decoding import decode
from communique.intake.fields import FIELD_NAMES, HTML_FACTOR, from_mapping
from communique.intake.raw import RawReport
from communique.intake.streams import Lines
from communique.records import Refusal

__all__ = ["is_header", "table"]

_SEPARATORS: Final = ",;\t|"
_NAMES: Final = {name.lower(): name for names in FIELD_NAMES.values() for name in names}
_TEXTS: Final = frozenset(name.lower() for field in ("text", "html") for name in FIELD_NAMES[field])


def is_header(line: str) -> bool:
    """Is this the first line of a table with a column of text?"""
    return _separator(line) is not None


def _separator(line: str) -> str | None:
    """The separator by which the line holds the name of a column of text and another column's."""
    for separator in _SEPARATORS:
        columns = [cell.strip(' "\ufeff').lower() for cell in line.strip().split(separator)]
        if len(columns) > 1 and _TEXTS & set(columns) and all(len(c) < 60 for c in columns):
            return separator
    return None


def table(stream: BinaryIO, head: bytes, where: str, max_chars: int) -> Iterator[RawReport | Refusal]:
    """A report for each row. The first line names the columns; cells may hold line breaks in quotation marks."""
    limit = 4 * max_chars * HTML_FACTOR
    first: list[str] = []
    lines = _decoded(Lines(stream, head), limit, where)
    for line in lines:
        first.append(line)
        break
    separator = _separator(first[0]) if first else None
    if separator is None:
        names = ", ".join(FIELD_NAMES["text"][:4])
        yield Refusal(where, f"its first line names no column of text ({names}, ...)")
        return
    csv.field_size_limit(limit)
    rows = csv.reader(lines, delimiter=separator)
    try:
        columns = [c.strip().lstrip("\ufeff") for c in next(csv.reader(first, delimiter=separator))]
    except csv.Error as error:
        yield Refusal(where, f"its first line cannot be read ({error})")
        return
    columns = [_NAMES.get(c.lower(), c) for c in columns]
    count, begun = 0, 2
    while True:
        place = f"{where}:{begun}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Refusal(place, f"the row cannot be read ({error})")
            return
        except UnreadableReport as error:
            yield Refusal(error.where or place, error.what)
            return
        if row is None:
            break
        begun = rows.line_num + 2
        if any(cell.strip() for cell in row):
            count += 1
            yield _report(columns, row, place, max_chars)
    if not count:
        yield Refusal(where, "the table has no rows")


def _report(columns: list[str], row: list[str], where: str, max_chars: int) -> RawReport | Refusal:
    if len(row) > len(columns):
        return Refusal(where, f"the row has {len(row)} cells, and the table {len(columns)} columns")
    return from_mapping(dict(zip(columns, row, strict=False)), where, max_chars=max_chars)


def _decoded(lines: Lines, limit: int, where: str) -> Iterator[str]:
    for number, line in lines.bounded(limit):
        if line is None:
            raise UnreadableReport(f"the line has more than {limit:,} bytes", where=f"{where}:{number}")
        # A blank line, or one of marks alone, may stand inside a cell; only what is no text at all ends the reading.
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            text = decode(line, f"{where}:{number}")
        yield from StringIO(text, newline=None)  # a carriage return alone ends a line too
