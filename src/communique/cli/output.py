"""How answers look: tables that fit the terminal, plain text without one, JSON lines for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.cli.inert import inert, json_line, one_line

__all__ = ["STYLES", "Column", "Page", "count", "print_json", "quote", "shade"]

_PLAIN_WIDTH: Final = 100
_BATCH: Final = 100
_GAP: Final = 2


class Column(NamedTuple):
    """A column of a table: a width in characters, or a share of what the others leave."""

    header: str
    width: int = 0
    share: int = 0
    right: bool = False


class Page:
    """Where answers are printed: a terminal, in colour unless NO_COLOR is set, or a file or pipe, as plain text."""

    def __init__(self, *, to_stderr: bool = False) -> None:
        stream = sys.stderr if to_stderr else sys.stdout
        plain = bool(os.environ.get("NO_COLOR"))
        self.console = Console(
            file=stream,
            color_system=None if plain else "auto",  # None: not even bold, which NO_COLOR readers do not expect
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
        )
        if not self.console.is_terminal and not os.environ.get("COLUMNS"):
            self.console.width = _PLAIN_WIDTH

    @property
    def width(self) -> int:
        """Characters on a line."""
        return self.console.width

    @property
    def is_wide(self) -> bool:
        """Is there room to give each thing a column of its own?"""
        return self.width >= 110

    def print(self, *things: RenderableType, indent: int = 0) -> None:
        """Print each thing, `indent` characters from the left."""
        for thing in things:
            safe = _safe(thing) if isinstance(thing, Text) else thing
            shown = Padding(safe, (0, 0, 0, indent)) if indent else safe
            if self.console.is_terminal:
                self.console.print(shown)
                continue
            with self.console.capture() as captured:
                self.console.print(shown)
            # A table pads its cells; a file or pipe is better without white space at the ends of lines.
            lines = captured.get().split("\n")
            self.console.file.write("\n".join(line.rstrip() for line in lines))

    def line(self, words: str = "", style: str = "", indent: int = 0) -> None:
        """Print words of our own (not of a report: see `inert`)."""
        self.print(Text(words, style=style), indent=indent)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Text | str]], *, airy: bool = False) -> int:
        """Print rows as they come, a hundred at a time, in columns of fixed width; returns how many there were."""
        widths = _widths(columns, self.width)
        rest: Iterator[Sequence[Text | str]] = iter(rows)
        shown = 0
        while batch := list(islice(rest, _BATCH)):
            table = Table(
                box=None,
                show_edge=False,
                pad_edge=False,
                padding=(0, _GAP, 0, 0),
                show_header=shown == 0,
                header_style="bold underline",
                leading=1 if airy else 0,
            )
            for column, width in zip(columns, widths, strict=True):
                table.add_column(
                    column.header, width=width, overflow="fold", justify="right" if column.right else "left"
                )
            for row in batch:
                table.add_row(*(_safe(cell) for cell in row))
            if airy and shown:
                self.line()
            self.print(table)
            shown += len(batch)
        return shown

    def facts(self, pairs: Iterable[tuple[str, Text | str]], indent: int = 0) -> None:
        """Print names and values, one pair a line."""
        table = Table(box=None, show_header=False, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0))
        table.add_column(no_wrap=True, style="bold")
        table.add_column(overflow="fold")
        for name, value in pairs:
            table.add_row(name, _safe(value))
        self.print(table, indent=indent)

    def more(self, shown: int, total: int, noun: str, *, gap: bool = True) -> None:
        """Say how many there are, and how to see the rest; with a blank line before it unless `gap` is False."""
        if gap:
            self.line()
        if shown < total:
            self.line(f"{shown:,} of {count(total, noun)} shown; --limit shows more.", "dim")
        else:
            self.line(f"{count(total, noun)}.", "dim")


def _safe(words: Text | str) -> Text:
    """The last guard before the terminal: whatever still holds more than words loses it, and its colours with it."""
    plain = words if isinstance(words, str) else words.plain
    harmless = inert(plain)
    if isinstance(words, Text) and harmless == plain:
        return words
    return Text(harmless, style="" if isinstance(words, str) else words.style)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    fixed = sum(c.width for c in columns if not c.share) + _GAP * (len(columns) - 1)
    # rich pads the last column too
    left = max(width - fixed - _GAP, 8 * sum(1 for c in columns if c.share))
    shares = sum(c.share for c in columns) or 1
    return [left * c.share // shares if c.share else c.width for c in columns]


def print_json(rows: Iterable[Any], *, flush: bool = False) -> int:
    """Print each row as a line of JSON; returns how many there were."""
    shown = 0
    for row in rows:
        sys.stdout.write(json_line(row) + "\n")
        shown += 1
        if flush:
            sys.stdout.flush()
    return shown


def count(number: int, noun: str) -> str:
    """`1 report`, `2,000 reports`; nouns in -y end in -ies."""
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:] not in ("ay", "ey", "oy") else noun + "s"
    return f"{number:,} {plural}"


STYLES: Final = {
    "proposed": "yellow",
    "scheduled": "cyan",
    "ongoing": "bold green",
    "held": "green",
    "postponed": "magenta",
    "cancelled": "red",
    "refused": "bold red",
    "disputed": "bold magenta",
    "due": "cyan",
    "overdue": "bold red",
    "open": "yellow",
    "changed": "bold magenta",
    "ask": "yellow",
    "concede": "green",
    "refuse": "red",
    "threat": "bold red",
    "blame": "magenta",
    "tell": "",
}
"""Colours help the eye; the word itself is always there too."""


def shade(word: str, style: str | None = None) -> Text:
    """A word of the glossary in its colour."""
    return Text(word, style=STYLES.get(word, "") if style is None else style)


def quote(words: str) -> Text:
    """Words of a report, on one line, inert, in quotation marks of ours unless they bring their own."""
    plain = one_line(words)
    own = plain[:1] in "\"“'‘«„" and plain[-1:] in "\"”'’»“."
    if not own:
        plain = f'"{plain}"' if "“" in plain or "”" in plain else f"“{plain}”"
    return Text(plain, style="italic")
