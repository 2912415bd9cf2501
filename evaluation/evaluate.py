#!/usr/bin/env python3
"""Score this checkout on all gold that is at hand and hold every figure against its pinned floor.

usage: evaluate.py [--only NAME ...] [--raise] [--details]

timex_meantime counts the lines of each article that are annotated, timex_meantime_held_out the third of the articles
that no rule was made on, timex_meantime_dev the others.

Gold and scorers stand in a folder `shared` beside the checkout (or where COMMUNIQUE_SHARED points); what is not
there is skipped by name. The texts of a gold file without texts are looked for in the folder COMMUNIQUE_GOLD_TEXTS.
Floors stand in floors.toml; `--raise` lifts those that were passed, none is ever lowered. Exit code 1: one was missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", HERE.parents[1] / "shared"))
TEXTS = Path(os.environ.get("COMMUNIQUE_GOLD_TEXTS", HERE.parents[1] / "gold_texts"))
FLOORS = HERE / "floors.toml"
MARGIN = 0.0005
"""Figures are rounded by the scorers; a floor is missed when a figure lies more than this below it."""


class Task:
    """One gold file: how it is predicted, which scorer reads it."""

    def __init__(self, name: str, kind: str, gold: Path, links: Path | None = None, texts: Path | None = None) -> None:
        self.name, self.kind, self.gold, self.links, self.texts = name, kind, gold, links, texts

    def rows(self) -> list[dict[str, Any]]:
        """The gold rows that have a text."""
        lines = self.gold.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines if line.strip()]
        if self.texts is None:
            return found
        for row in found:
            path = self.texts / f"{row['id']}.txt"
            if path.is_file():
                row["text"] = path.read_text(encoding="utf-8")
        return [row for row in found if "text" in row]


def tasks() -> Iterator[Task]:
    """Every gold file that is at hand."""
    seeds, dev, data = SHARED / "seeds", SHARED / "dev_gold", SHARED / "data"
    yield Task("seeds", "record", seeds / "gold.jsonl", seeds / "links.json", seeds)
    yield Task("seeds_dated", "record", seeds / "gold.jsonl", seeds / "links.json", seeds)
    for name, links in (("C", None), ("D", dev / "D_links.json")):
        for half in ("odd", "even"):
            yield Task(f"dev_{name}_{half}", "record", dev / f"{name}.jsonl", None, TEXTS)
        if links:
            yield Task(f"dev_{name}", "record", dev / f"{name}.jsonl", links, TEXTS)
    yield Task("attribution_dev", "attribution", data / "attribution" / "dev.jsonl")
    for name in ("meantime", "meantime_dev", "meantime_held_out", "wikiwars"):
        yield Task(f"timex_{name}", "timex", data / "timex" / f"{name.partition('_')[0]}.jsonl")


def run(task: Task, details: bool) -> dict[str, float] | None:
    """The figures of one task; None where its gold, texts or scorer are not at hand."""
    scorer = SHARED / "score" / f"score_{task.kind}.py"
    if not task.gold.is_file() or not scorer.is_file():
        return None
    rows = [r for r in task.rows() if _in_half(task.name, r["id"]) and _in_third(task.name, r["id"])]
    if not rows:
        return None
    with tempfile.TemporaryDirectory() as folder:
        given, gold, out, links = (Path(folder) / n for n in ("in.jsonl", "gold.jsonl", "out.jsonl", "links.json"))
        _write(gold, rows)
        _write(given, [_input(row, task) for row in rows])
        command = [sys.executable, str(HERE / "predict.py"), task.kind, str(given), str(out)]
        subprocess.run([*command, "--links", str(links)] if task.kind == "record" else command, check=True)
        if "meantime" in task.name:
            _clip(out, rows)
        score = [sys.executable, str(scorer), str(gold), str(out)]
        if task.kind == "record":
            score += ["--gold-links", str(task.links), "--links", str(links)] if task.links else []
            if details:
                print(subprocess.run([*score, "--details"], check=True, capture_output=True, text=True).stdout)
            score.append("--json")
        elif task.kind == "attribution":
            score += ["--json", str(links)]
        done = subprocess.run(score, check=True, capture_output=True, text=True)
        if task.kind == "attribution":
            scores = json.loads(links.read_text(encoding="utf-8"))
            return {f"{key}.f1": round(100 * value["F"], 1) for key, value in scores.items()}
    return dict(_flat(json.loads(done.stdout))) if task.kind == "record" else dict(_printed(done.stdout))


ANNOTATED: Final = 6
"""MEANTIME annotates the first six lines of each article (title, date line, four sentences); what is found below them
has no gold and counts neither way."""


def _clip(out: Path, rows: list[dict[str, Any]]) -> None:
    ends = {row["id"]: len("\n".join(row["text"].split("\n")[:ANNOTATED])) for row in rows}
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for row in found:
        row["timexes"] = [t for t in row["timexes"] if t["end"] <= ends[row["id"]]]
    _write(out, found)


def _in_third(name: str, row: str) -> bool:
    """A third of MEANTIME, by a hash of the id, is never looked at while rules are made."""
    held = int(hashlib.sha256(row.encode()).hexdigest(), 16) % 3 == 0
    return held if name.endswith("_held_out") else not held or not name.endswith("meantime_dev")


def _in_half(name: str, row: str) -> bool:
    if not name.endswith(("_odd", "_even")):
        return True
    return int(re.sub(r"\D", "", row)) % 2 == name.endswith("_odd")


def _input(row: dict[str, Any], task: Task) -> dict[str, Any]:
    """What the program is given: never the gold; the day of publication only where it came with the page."""
    given = {"id": row["id"], "text": row["text"]}
    if task.name.startswith("dev_"):
        given.update({k: row[k] for k in ("url", "outlet") if row.get(k)})
        if row.get("published_basis") in {"url", "metadata"}:
            given["published"] = row["published"]
    elif (task.kind == "timex" or task.name == "seeds_dated") and row.get("published"):
        given["published"] = row["published"]
    return given


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _flat(scores: dict[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for name, value in scores.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, int | float) and name.rpartition(".")[2] in {"p", "r", "f1", "acc"}:
            yield before + name, float(value)


def _printed(output: str) -> Iterator[tuple[str, float]]:
    """Figures of the scorer of time expressions, which prints them by name: F1, and R for days."""
    for name, kind, figure in re.findall(r"^(\w+)\s+(F1|R) ([\d.]+)", output, re.MULTILINE):
        yield f"{name}.{'f1' if kind == 'F1' else 'acc'}", float(figure)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--only", nargs="*", default=[])
    cli.add_argument("--raise", dest="lift", action="store_true", help="lift the floors that were passed")
    cli.add_argument("--details", action="store_true", help="list every miss of the record scorer")
    args = cli.parse_args()
    floors: dict[str, dict[str, float]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    missed = 0
    for task in tasks():
        if args.only and task.name not in args.only:
            continue
        figures = run(task, args.details)
        print(f"\n{task.name}" + ("" if figures else "  (not at hand: skipped)"))
        for name, figure in (figures or {}).items():
            floor = floors.get(task.name, {}).get(name)
            low = floor is not None and figure < floor - MARGIN
            missed += low
            print(
                f"  {name:36}{figure:8.3f}"
                + (f"  floor {floor:.3f}{'  MISSED' if low else ''}" if floor is not None else "")
            )
        if args.lift and figures:
            held = floors.setdefault(task.name, {})
            held.update({n: max(f, held.get(n, 0.0)) for n, f in figures.items() if _pinned(n)})
    if args.lift:
        FLOORS.write_text(_toml(floors), encoding="utf-8")
    print(f"\n{missed} floors missed" if missed else "\nno floor missed")
    return 1 if missed else 0


def _pinned(name: str) -> bool:
    """Figures worth a floor: F1 scores and shares, not their parts."""
    return name.endswith((".f1", ".acc"))


def _toml(floors: dict[str, dict[str, float]]) -> str:
    head = "# Pinned floors of `make evaluate`: they only ever rise (evaluate.py --raise). Figures of the scorers.\n"
    return head + "".join(
        f"\n[{name}]\n" + "".join(f'"{key}" = {value}\n' for key, value in sorted(held.items()))
        for name, held in sorted(floors.items())
    )


if __name__ == "__main__":
    sys.exit(main())
