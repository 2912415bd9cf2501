#!/usr/bin/env python3
"""Speed and memory of communique beside raw spaCy, in one run on one machine.

usage: run.py [--reports 500] [--share 0.2] [--jobs 1 2] [--json OUT]

Machines differ and drift, so what counts is the ratio: the same texts go through `nlp.pipe` of the same pipeline
(stock: every component, as installed) and through `Record.ingest`. Each runs in a process of its own, so that peak
memory is its own too; the raw pipeline is timed before and after, and the better of the two is taken.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "evaluation"))


def raw_spacy(path: Path) -> dict[str, Any]:
    """The stock pipeline over the texts, as anybody would run it."""
    from importlib import import_module

    from communique.settings import Settings

    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    nlp = import_module(Settings().model).load()
    list(nlp.pipe(texts[:5]))
    start, cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return _figures(len(texts), tokens, start, cpu)


def ingest(path: Path, jobs: int) -> dict[str, Any]:
    """The whole journey into a fresh record: read, clean, analyse, link, keep."""
    from communique.record import Record

    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(Path(folder) / "bench.sqlite", "w")
        start, cpu = time.perf_counter(), time.process_time()
        done = record.ingest([path], jobs=jobs)
        found = _figures(done.read, 0, start, cpu)
        status = record.status()
        found["sentences"], found["parsed"] = status.sentences, status.parsed
        found["encounters"], found["statements"] = done.encounters, done.statements
        found["record_mb"] = round((Path(folder) / "bench.sqlite").stat().st_size / 1e6, 1)
    return found


def _figures(reports: int, tokens: int, start: float, cpu: float) -> dict[str, Any]:
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "reports": reports,
        "tokens": tokens,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": round(peak / 1024),
    }


def alone(work: Callable[..., dict[str, Any]], *args: Any) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(send, work, args))
    process.start()
    send.close()
    result: dict[str, Any] = receive.recv()
    process.join()
    return result


def _send(pipe: Any, work: Callable[..., dict[str, Any]], args: tuple[Any, ...]) -> None:
    pipe.send(work(*args))
    pipe.close()


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=int, default=500)
    cli.add_argument("--share", type=float, nargs="*", default=[0.2, 1.0], help="shares of diplomacy, one corpus each")
    cli.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    cli.add_argument("--json", type=Path)
    args = cli.parse_args()
    rows: list[dict[str, Any]] = []
    for share in args.share:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "corpus.jsonl"
            _corpus(path, args.reports, share)
            before = alone(raw_spacy, path)
            ours = [(jobs, alone(ingest, path, jobs)) for jobs in args.jobs]
            raw = min(before, alone(raw_spacy, path), key=lambda row: row["seconds"])
        rows.append({"corpus": share, "work": "raw spaCy", **raw})
        for jobs, row in ours:
            ratio = round(raw["seconds"] / row["seconds"], 2)
            rows.append(
                {"corpus": share, "work": f"ingest, {jobs} process(es)", **row, "tokens": raw["tokens"], "ratio": ratio}
            )
    for row in rows:
        row["reports_per_s"] = round(row["reports"] / row["seconds"], 1)
        row["tokens_per_s"] = round(row["tokens"] / row["seconds"])
        row["parsed_share"] = round(row["parsed"] / row["sentences"], 3) if row.get("sentences") else ""
        print(
            f"{row['corpus']:.0%} diplomacy  {row['work']:24}{row['reports_per_s']:8.1f} reports/s"
            f"{row['tokens_per_s']:9d} tokens/s"
            f"  ratio {row.get('ratio', 1.0):5.2f}  parsed {row['parsed_share']!s:6}  peak {row['peak_mb']} MB"
        )
    rows.append({"work": "actors", **_actors()})
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


def _actors() -> dict[str, Any]:
    """Loading the authority file in fresh processes, and the time of the actors room for each report."""
    import measure_actors

    figures = measure_actors.cost(argparse.Namespace(reports=200))
    load, room = figures["loading"], figures["room"]
    print(
        f"actors: authority file loaded in {load['load_s']:.2f} s ({load['load_cpu_s']:.2f} s of the processor),"
        f" process {load['peak_megabytes_of_process']} MB; {room['ms_per_report']:.1f} ms a report,"
        f" {room['share_of_journey']:.0%} of the journey"
    )
    return {**load, **{f"room_{name}": value for name, value in room.items()}}


def _corpus(path: Path, reports: int, share: float) -> None:
    """Generated reports, one a line; `generator` is deterministic, so every run reads the same."""
    from generator import mixed

    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in mixed(reports, share=share, seed=7))


if __name__ == "__main__":
    sys.exit(main())
