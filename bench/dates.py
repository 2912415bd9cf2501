#!/usr/bin/env python3
"""Speed of the dates room alone, beside `dateparser.search` on the same texts in the same run.

usage: dates.py [--reports 400] [--share 0.2] [--rounds 3] [--json OUT]

The texts are the sample reports and generated ones. What is timed is this room's work on a report that was split (and
parsed where its gate opened): finding the expressions, the report's own day, and every value; on one core, in CPU
seconds, the best of several rounds. dateparser finds and resolves expressions from the day it is given; it is an
optional dependency (`pip install communique[bench]`) and says so when it is not there. Machines differ, so what
counts is the ratio. HeidelTime, the rule-based tagger that this room is measured against, is published with 2 to 3
documents a second; it needs Java and is not run here.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "evaluation"))

HEIDELTIME = "2-3 documents/s"


def texts(reports: int, share: float) -> list[tuple[str, str | None]]:
    """The sample reports and generated ones, each with its day where it is given; the same ones every time."""
    from generator import mixed

    samples = [(path.read_text(encoding="utf-8"), None) for path in sorted((ROOT / "examples").glob("*.txt"))]
    made = [(row["text"], row.get("published")) for row in mixed(reports, share=share, seed=7)]
    return [*samples, *made][:reports]


def ours(reports: Sequence[tuple[str, str | None]], rounds: int) -> tuple[float, int]:
    """CPU seconds of the best round, and how many expressions were found."""
    from communique import dates, language
    from communique.analysis import default_knowledge
    from communique.records import Report

    knowledge = default_knowledge()
    readings = [
        language.read(Report(id=str(i), text=text, metadata_published=day), knowledge.gate, knowledge.parser)
        for i, (text, day) in enumerate(reports)
    ]

    def work() -> int:
        found = 0
        for reading in readings:
            expressions = dates.find(reading)
            own = dates.publish(reading, expressions)
            found += len(dates.resolve(reading, expressions, own))
        return found

    return _best(work, rounds)


def dateparser(reports: Sequence[tuple[str, str | None]], rounds: int) -> tuple[float, int] | None:
    """The same of dateparser.search; None where it is not installed."""
    try:
        search_dates = import_module("dateparser.search").search_dates
    except ImportError:
        return None
    bases = [dt.datetime.fromisoformat(day or "2020-01-01") for _, day in reports]

    def work() -> int:
        found = 0
        for (text, _), base in zip(reports, bases, strict=True):
            found += len(search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or [])
        return found

    return _best(work, rounds)


def _best(work: Callable[[], int], rounds: int) -> tuple[float, int]:
    """The best round after one that only loads what is loaded late."""
    work()
    best, found = float("inf"), 0
    for _ in range(rounds):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return best, found


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=int, default=400)
    cli.add_argument("--share", type=float, default=0.2, help="share of diplomacy among the generated reports")
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--json", type=Path)
    args = cli.parse_args()
    reports = texts(args.reports, args.share)
    words = sum(len(text.split()) for text, _ in reports)
    print(
        f"{len(reports)} reports, {words / len(reports):.0f} words each; CPU seconds of one core, best of {args.rounds}"
    )
    rows: list[dict[str, Any]] = []
    for name, measured in (
        ("communique.dates", ours(reports, args.rounds)),
        ("dateparser.search", dateparser(reports, 1)),
    ):
        if measured is None:
            print(f"{name:20} not installed: pip install communique[bench]")
            continue
        seconds, found = measured
        rows.append({"work": name, "reports_per_s": round(len(reports) / seconds, 1), "found": found})
        print(f"{name:20}{len(reports) / seconds:8.1f} reports/s{words / seconds:10.0f} words/s{found:7} expressions")
    print(f"{'HeidelTime':20}  {HEIDELTIME}, as published; not run here")
    if len(rows) == 2:
        print(f"ratio {rows[0]['reports_per_s'] / rows[1]['reports_per_s']:.1f}")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
