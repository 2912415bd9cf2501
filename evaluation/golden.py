#!/usr/bin/env python3
"""Hold what is found in the sample reports against what a careful reader finds, difference by difference.

usage: golden.py [--write]

Each difference is one line: an encounter or statement that was missed, a field that is wrong, a record too many.
The differences that are known stand in examples/differences.expected.json; the tests fail on a new one, and also on a
known one that is gone, so that the list cannot rot. `--write` writes the list anew.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique import cleaning, intake, pipeline
from communique.analysis import default_knowledge
from communique.records import Encounter, Findings, Passage, Refusal, Statement

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
KNOWN = EXAMPLES / "differences.expected.json"
Expected = dict[str, Any]


def words(text: str | None) -> str:
    """The words of a text, folded, with one space around each."""
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return " " + " ".join(re.findall(r"\w+", plain)) + " "


def findings() -> dict[str, Findings]:
    """What the program finds in each sample report, by the name of its file or its own id."""
    found: dict[str, Findings] = {}
    for raw in intake.read([EXAMPLES]):
        assert not isinstance(raw, Refusal), raw
        report = cleaning.clean(raw)
        assert not isinstance(report, Refusal), report
        name = raw.id or Path(raw.path or "").name.partition(".")[0]
        found[name] = pipeline.analyse(report, default_knowledge())
    return found


def expected() -> dict[str, Expected]:
    """What a careful reader finds in them."""
    lines = (EXAMPLES / "gold.expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def differences(gold: Expected, found: Findings) -> list[str]:
    """Every difference between what is expected of a report and what was found in it, in a stable order."""
    lines = list(_dated(gold, found))
    lines += _compare("encounter", gold["encounters"], found.encounters, _met, _encounter_fields)
    lines += _compare("statement", gold["statements"], found.statements, _said, _statement_fields)
    lines += [f"furniture kept: {c}" for c in gold.get("boilerplate", []) if words(c) in words(found.report.text)]
    return lines


def _dated(gold: Expected, found: Findings) -> Iterator[str]:
    value, accept = found.report.published.value, gold.get("published_accept") or gold.get("published")
    if not _within(value, accept):
        yield f"published: {value} instead of {accept}"


def _within(value: str | None, accept: str | None) -> bool:
    if not value or not accept:
        return value == accept
    first, _, last = accept.partition("/")
    start, _, end = value.partition("/")
    last, end = last or first, end or start
    return first <= start and end[: len(last)] <= last


def _compare(what: str, gold: list[Expected], found: Iterable[Any], likeness: Any, fields: Any) -> Iterator[str]:
    """Pair what belongs together, best first, then name what is left over on either side and what differs inside."""
    records = list(found)
    scored = sorted(
        ((likeness(g, r), -i, -j) for i, g in enumerate(gold) for j, r in enumerate(records) if likeness(g, r)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, i, j in scored:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    for i, g in enumerate(gold):
        if i not in pairs:
            yield f"{what} missed: {g['anchor']}"
        else:
            yield from (f"{what} {g['id']} {line}" for line in fields(g, records[pairs[i]]))
    for j, record in enumerate(records):
        if j not in pairs.values():
            yield f"{what} too many: {_opening(record)}"


def _opening(record: Encounter | Statement) -> str:
    passage: Passage = record.content[0] if isinstance(record, Statement) else record.evidence[0]
    return " ".join(passage.text.split()[:8])


def _met(gold: Expected, record: Encounter) -> float:
    anchored = any(words(gold["anchor"]) in words(p.text) for p in record.evidence)
    sides = {p["represents"] for p in gold["participants"] if p["represents"]}
    shared = len(sides & record.sides) / len(sides | record.sides) if sides | record.sides else 0.0
    dated = bool(gold["date"]) and gold["date"] == record.date
    return (
        2.0 * anchored + shared + dated + 0.5 * (gold["kind"] == record.kind) if anchored or (dated and shared) else 0.0
    )


def _encounter_fields(gold: Expected, record: Encounter) -> Iterator[str]:
    for field in ("kind", "status", "place", "country", "duration", "forum", "part_of"):
        if gold.get(field) and gold[field] != getattr(record, field):
            yield f"{field}: {getattr(record, field)} instead of {gold[field]}"
    if gold["date"] != record.date and not _within(record.date, gold.get("date_accept")):
        yield f"date: {record.date} instead of {gold['date']}"
    for side in sorted({p["represents"] for p in gold["participants"] if p["represents"]} ^ record.sides):
        yield f"side {side} {'too many' if side in record.sides else 'missed'}"
    people = {words(p.name) for p in record.participants if p.type == "person"}  # "Kim Jong Un" is "Kim Jong-un"
    for person in gold["participants"]:
        if person["type"] == "person" and words(person["name"]) not in people:
            yield f"person missed: {person['name']}"


def _said(gold: Expected, record: Statement) -> float:
    anchor = words(gold["anchor"])
    inside = any(anchor in words(p.text) for p in record.content)
    near = any(anchor in words(p.text) for p in record.evidence)
    same = gold["represents"] == record.represents
    return 2.0 * inside + near + same + 0.1 * (gold["mode"] == record.mode) if inside or (near and same) else 0.0


def _statement_fields(gold: Expected, record: Statement) -> Iterator[str]:
    for field in ("speaker", "represents", "mode", "act"):
        if gold[field] != getattr(record, field):
            yield f"{field}: {getattr(record, field)} instead of {gold[field]}"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--write", action="store_true", help="write the list of known differences anew")
    args = cli.parse_args()
    found, gold = findings(), expected()
    lists = {name: differences(gold[name], found[name]) for name in sorted(gold)}
    if args.write:
        KNOWN.write_text(json.dumps(lists, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, lines in lists.items():
        print(name, *(f"  {line}" for line in lines), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
