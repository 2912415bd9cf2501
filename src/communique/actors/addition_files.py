"""Files of a user's own actors as entries with the lines on which they stand: YAML, TOML and CSV.

Nothing here knows what an entry may hold (see addition_checks.py); here a file becomes entries, or a list of faults.
"""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

from communique.errors import KnowledgeError

__all__ = ["KINDS", "LINES", "Entry", "Fault", "entries_of"]

KINDS: Final = ("person", "office", "body", "forum", "place", "alias")
"""What an entry can be; a YAML or TOML file has a list under each of these names."""
_REMEDY: Final = "Give a file in UTF-8 that ends in .yaml, .yml, .toml or .csv; see the guide on your own actors."
LINES: Final = "\0lines"
"""The key under which a mapping inside an entry has the lines of its fields; no file can hold it."""
_LISTS: Final = ("aliases", "demonyms", "houses", "members")
"""Fields that hold several values; in CSV these stand with ";" between them."""
_OFFICE: Final = ("office", "type", "start", "end", "to")
"""Columns of CSV that belong to the office of a line's person."""


class Fault(NamedTuple):
    """What is wrong at a line of a file, in which field ("" where it is the whole entry), and what to do."""

    line: int
    field: str
    what: str
    remedy: str

    def __str__(self) -> str:
        field = f", field {self.field!r}" if self.field else ""
        return f"line {self.line}{field}: {self.what}. {self.remedy.rstrip('.')}."


class Entry(NamedTuple):
    """An entry as it stands in a file: its kind, its fields, and the lines of the entry and of its fields."""

    kind: str
    fields: dict[str, Any]
    line: int
    lines: dict[str, int]

    def fault(self, field: str, what: str, remedy: str) -> Fault:
        """A fault of a field of this entry."""
        return Fault(self.lines.get(field, self.line), field, what, remedy)


def entries_of(path: Path) -> tuple[list[Entry], list[Fault]]:
    """The entries of a file, and the faults of its form.

    Raises KnowledgeError where the file cannot be read as YAML, TOML or CSV at all.
    """
    kind = path.suffix.lower()
    readers = {".csv": _csv, ".toml": _toml, ".yaml": _yaml, ".yml": _yaml}
    if kind not in readers:
        raise KnowledgeError(f"files ending in {kind or 'nothing'} are not understood", where=str(path), remedy=_REMEDY)
    try:
        return readers[kind](path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        problem = " ".join(str(error).split())
        raise KnowledgeError(f"it cannot be read ({problem})", where=str(path), remedy=_REMEDY) from error


def _tables(table: Any, line_of: dict[str, int]) -> tuple[list[tuple[str, Any]], list[Fault]]:
    """The entries of a document under their names, and faults of what is not a list of entries."""
    if table is None:
        return [], []
    if not isinstance(table, dict):
        return [], [Fault(1, "", "the file holds no lists of entries", f"Put entries under {', '.join(KINDS)}.")]
    found: list[tuple[str, Any]] = []
    faults: list[Fault] = []
    for name, rows in table.items():
        line = line_of.get(str(name), 1)
        if name not in KINDS:
            faults.append(Fault(line, str(name), "there is no such kind of entry", f"Use {', '.join(KINDS)}."))
        elif not isinstance(rows, list):
            faults.append(Fault(line, str(name), "it holds no list", "Write one entry under the other."))
        else:
            found += [(name, row) for row in rows]
    return found, faults


# -- YAML ------------------------------------------------------------------------------------------------------------


def _yaml(text: str) -> tuple[list[Entry], list[Fault]]:
    # YAML 1.2, in which NO is Norway and not false. Only the tree of the document is made, whose nodes know their
    # lines: every value stays the text that it is, and no tag can make anything else of it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except YAMLError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    document = _value(root, set()) if root is not None else None
    keys = document.pop(LINES) if isinstance(document, dict) else {}
    rows, faults = _tables(document, keys)
    entries = []
    for kind, row in rows:
        if not isinstance(row, dict):
            faults.append(Fault(keys[kind], kind, f"{row!r} is not an entry", "Write fields as `name: value`."))
            continue
        lines = row.pop(LINES)
        entries.append(Entry(kind, row, min(lines.values(), default=keys[kind]), lines))
    return entries, faults


def _value(node: Any, seen: set[int]) -> Any:
    """A node of a YAML document as text, list or dict; a dict has the lines of its keys under LINES."""
    if id(node) in seen:
        raise ValueError(f"line {node.start_mark.line + 1}: an alias of YAML (*name) is not taken")
    seen.add(id(node))
    if not str(node.tag).startswith("tag:yaml.org,2002:") or ":python/" in str(node.tag):
        raise ValueError(f"line {node.start_mark.line + 1}: the tag {node.tag} is not taken")
    if node.id == "sequence":
        return [_value(child, seen) for child in node.value]
    if node.id != "mapping":
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    fields: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, child in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar" or str(key.value) in fields:
            raise ValueError(
                f"line {line}: duplicate key {key.value!r}" if key.id == "scalar" else f"line {line}: no key"
            )
        lines[str(key.value)] = line
        fields[str(key.value)] = _value(child, seen)
    return fields | {LINES: lines}


# -- TOML ------------------------------------------------------------------------------------------------------------

_HEAD: Final = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]")
_KEY: Final = re.compile(r"""^\s*["']?(\w+)["']?\s*=""")


def _plain(value: Any) -> Any:
    """A value of TOML with days and numbers as text."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value if isinstance(value, bool) else str(value)


def _toml(text: str) -> tuple[list[Entry], list[Fault]]:
    # tomllib does not tell lines: the n-th heading [[person]] of the text is the n-th person of the table.
    headings: dict[str, list[tuple[int, dict[str, int]]]] = {}
    keys: dict[str, int] = {}
    for number, words in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(words):
            keys = {}
            headings.setdefault(head[1], []).append((number, keys))
        elif key := _KEY.match(words):
            keys.setdefault(key[1], number)
    rows, faults = _tables(tomllib.loads(text), {name: found[0][0] for name, found in headings.items()})
    entries = []
    seen: dict[str, int] = {}
    for kind, row in rows:
        at = seen[kind] = seen.get(kind, -1) + 1
        line, lines = headings[kind][at] if at < len(headings.get(kind, ())) else (1, {})
        if not isinstance(row, dict):
            faults.append(Fault(line, kind, f"{row!r} is not an entry", f"Write [[{kind}]] and its fields below."))
            continue
        entries.append(Entry(kind, {k: _plain(v) for k, v in row.items()}, line, lines))
    return entries, faults


# -- CSV -------------------------------------------------------------------------------------------------------------


def _csv(text: str) -> tuple[list[Entry], list[Fault]]:
    """One entry a line. Lines of one name and side are one person; a column `entry` tells other kinds."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = [h.strip().lower() for h in next(reader, [])]
    if not header:
        return [], []
    doubled = sorted({h for h in header if header.count(h) > 1})
    if doubled:
        return [], [Fault(1, doubled[0], "the column stands twice", "Keep one of them.")]
    entries: list[Entry] = []
    faults: list[Fault] = []
    people: dict[tuple[str, str, str], Entry] = {}
    start = reader.line_num + 1
    for row in reader:
        line, start = start, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            what = f"{len(row)} cells where the first line has {len(header)}"
            faults.append(Fault(line, "", what, 'Put a cell that holds a comma in "quotation marks".'))
            continue
        given: dict[str, Any] = {h: c.strip() for h, c in zip(header, row, strict=True) if c.strip()}
        kind = given.pop("entry", "person").lower()
        if kind not in KINDS:
            faults.append(Fault(line, "entry", f"there is no kind {kind!r}", f"Use {', '.join(KINDS)}."))
            continue
        for name in _LISTS:
            if name in given:
                given[name] = [part.strip() for part in given[name].split(";") if part.strip()]
        entry = Entry(kind, given, line, dict.fromkeys(given, line))
        entries += _joined(entry, people) if kind == "person" else [entry]
    return entries, faults


def _joined(entry: Entry, people: dict[tuple[str, str, str], Entry]) -> list[Entry]:
    """The entry of a person's first line, to which further lines add offices and aliases."""
    given = entry.fields
    office: dict[str, Any] = {name: given.pop(name) for name in _OFFICE if name in given}
    if office:
        office[LINES] = dict.fromkeys(("", *office), entry.line)
    key = (given.get("id", ""), given.get("name", ""), given.get("side", ""))
    known = people.setdefault(key, entry)
    if office:
        known.fields.setdefault("offices", []).append(office)
    if known is entry:
        return [entry]
    known.fields["aliases"] = [*known.fields.get("aliases", []), *given.get("aliases", [])]
    known.fields.update({k: v for k, v in given.items() if k not in known.fields})
    return []
