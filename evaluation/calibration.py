#!/usr/bin/env python3
"""Measure how far the confidence of encounters can be trusted: of the records at 0.9, are nine in ten right?

usage: calibration.py GOLD.jsonl[=TEXTS][@IDS] ... [--each]

GOLD has one annotated report a line (`id`, `encounters` with `anchor`, `kind`, `status`, `date`, `participants`; and
`text`, or else a file `<id>.txt` in the folder TEXTS, which is GOLD's own if not given); IDS is a regular expression
that ids have to match as a whole (`.*[02468]`: the even ones). `url`, `outlet` and, where it came with the page, the
day of publication are given to the program, as everywhere in this folder.

A record is *told* if an annotated encounter of its kind (calls and messages apart, all gatherings together) is the
same: its anchor stands in the record's evidence and they share a third of the sides or names, or both are of one day
and share half. It is *right* if its status is the annotated one as well. Printed are, for each range of confidence,
how many records there are, their mean confidence, the shares told and right; then Brier score (mean squared error; in
brackets that of always giving the mean share), expected calibration error (the ranges' differences of mean and share
right, weighted by size), the chance that a right record is surer than a wrong one, and the records at 0.9 with their
interval (Wilson 1927, at 95 %). `--each` prints the table of every argument, too.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from communique.analysis import analyse
from communique.records import Encounter, Participant

BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
GROUPS = {"call": "call", "message": "message"}


class Judged(NamedTuple):
    """A record's confidence, whether an annotated encounter is the same, and whether its status is right as well."""

    sure: float
    told: bool
    right: bool


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", nargs="+")
    cli.add_argument("--each", action="store_true", help="print the table of every argument, too")
    args = cli.parse_args()
    everything: list[Judged] = []
    for argument in args.gold:
        judged = [j for row in rows(argument) for j in judge(row["encounters"], analyse(**given(row)).encounters)]
        everything += judged
        if args.each and len(args.gold) > 1:
            print("\n".join(table(Path(argument.partition("=")[0]).name, judged)), end="\n\n")
    print("\n".join(table("all", everything)))
    return 0


def rows(argument: str) -> Iterator[dict[str, Any]]:
    """The annotated reports that an argument GOLD.jsonl[=TEXTS][@IDS] names, with their texts."""
    where, _, pattern = argument.partition("@")
    path, _, texts = where.partition("=")
    folder = Path(texts) if texts else Path(path).parent
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if pattern and not re.fullmatch(pattern, row["id"]):
            continue
        file = folder / f"{row['id']}.txt"
        if "text" not in row and file.is_file():
            row["text"] = file.read_text(encoding="utf-8")
        if "text" in row:
            yield row


def given(row: dict[str, Any]) -> dict[str, Any]:
    """What the program is given of an annotated report: never the gold, nor a day that only the text tells."""
    result = {key: row[key] for key in ("text", "id", "url", "outlet") if row.get(key)}
    if row.get("published_basis") in {"url", "metadata"}:
        result["published"] = row["published"]
    return result


def judge(gold: list[dict[str, Any]], found: Sequence[Encounter]) -> Iterator[Judged]:
    """Each record held against the annotated encounters of its report."""
    paired = pairs(gold, found)
    for record in found:
        match = paired.get(record.id)
        yield Judged(record.confidence, match is not None, match is not None and match["status"] == record.status)


def pairs(gold: list[dict[str, Any]], found: Sequence[Encounter]) -> dict[str, dict[str, Any]]:
    """The annotated encounter of each record that has one, by the record's id; the surest pairs first."""
    scored = [(alike(g, r), -i, -k) for i, g in enumerate(gold) for k, r in enumerate(found)]
    result: dict[str, dict[str, Any]] = {}
    taken: set[int] = set()
    for value, i, k in sorted(scored, reverse=True):
        if value > 0 and i not in taken and found[-k].id not in result:
            result[found[-k].id] = gold[-i]
            taken.add(i)
    return result


def alike(gold: dict[str, Any], record: Encounter) -> float:
    """How well a record fits an annotated encounter; 0 where it is another."""
    if GROUPS.get(gold["kind"], "gathering") != GROUPS.get(record.kind, "gathering"):
        return 0.0
    sides = {p["represents"] for p in gold["participants"] if p.get("represents")}
    theirs = {p.represents for p in record.participants if p.represents}
    named = sum(any(_same(g, p) for p in record.participants) for g in gold["participants"])
    share = max(named / max(1, len(gold["participants"])), len(sides & theirs) / max(1, len(sides | theirs)))
    anchored = any(_words(gold["anchor"]) in _words(p.text) for p in record.evidence)
    dated = bool(gold["date"]) and gold["date"] == record.date
    if (anchored and share >= 0.3) or (dated and share >= 0.5):
        same_kind: bool = gold["kind"] == record.kind
        return 2.0 * anchored + share + float(dated) + 0.5 * same_kind
    return 0.0


def _same(gold: dict[str, Any], found: Participant) -> bool:
    """Whether two participants are the same: people by their last name, bodies by their side or name."""
    if (gold["type"] == "person") != (found.type == "person"):
        return False
    if gold["type"] == "person":
        return _words(gold["name"]).split()[-1:] == _words(found.name).split()[-1:]
    return (gold.get("represents") or "-") == found.represents or _words(gold["name"]) == _words(found.name)


def _words(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return " " + " ".join(re.findall(r"[^\W_]+", plain)) + " "


def table(title: str, judged: Sequence[Judged]) -> list[str]:
    """The lines of a calibration table; see the module's text for what they say."""
    lines = [f"{title}: {len(judged)} records"]
    if not judged:
        return lines
    error = 0.0
    for low, high in itertools.pairwise(BINS):
        inside = [j for j in judged if low <= j.sure < high]
        if inside:
            mean, told, right = (_mean(row[i] for row in inside) for i in range(3))
            error += len(inside) / len(judged) * abs(mean - right)
            lines.append(_line(f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), mean, told, right))
    mean, told, right = (_mean(row[i] for row in judged) for i in range(3))
    brier = _mean((j.sure - j.right) ** 2 for j in judged)
    lines.append(_line("all", len(judged), mean, told, right))
    lines.append(
        f"  Brier score {brier:.3f} ({right * (1 - right):.3f})  calibration error {error:.3f}"
        f"  right above wrong {_above(judged):.3f}"
    )
    top = [j.right for j in judged if j.sure >= 0.9]
    low, high = wilson(sum(top), len(top))
    return [*lines, f"  at 0.9: {sum(top)} of {len(top)} right ({low:.2f} to {high:.2f})"]


def _line(name: str, count: int, mean: float, told: float, right: float) -> str:
    return f"  {name:7}  n {count:4}  mean {mean:.3f}  told {told:.3f}  right {right:.3f}"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _above(judged: Sequence[Judged]) -> float:
    """The chance that a right record is surer than a wrong one, ties counting half (0.5: it says nothing)."""
    right = [j.sure for j in judged if j.right]
    wrong = [j.sure for j in judged if not j.right]
    if not right or not wrong:
        return 0.5
    return _mean((r > w) + 0.5 * (r == w) for r in right for w in wrong)


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The interval of a share at 95 %; (0, 1) where nothing was tried."""
    if not tries:
        return 0.0, 1.0
    z, share = 1.96, hits / tries
    middle = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    reach = z / (1 + z * z / tries) * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return max(0.0, middle - reach), min(1.0, middle + reach)


if __name__ == "__main__":
    sys.exit(main())
