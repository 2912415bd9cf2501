"""Kill an ingest at random moments, again and again, and compare the record with that of an undisturbed run.

    python tests/store/killing.py --rounds 50 examples more.jsonl

Each report is analysed once beforehand, so that the rounds are spent where a kill could do harm: between reading and
the end of the writing, linking included. With `--analyse` the killed processes analyse too.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from communique.errors import NoRecord
from communique.intake import RawReport, read
from communique.record import Record
from communique.records import Findings, Refusal
from communique.store import raw_digest
from communique.workers import Analyse, InProcess, analyser

ROOT = str(Path(__file__).resolve().parents[2])


class Remembered:
    """An analysis that was done before: looks the findings up."""

    def __init__(self, path: str) -> None:
        self.fingerprint, self._found = pickle.loads(Path(path).read_bytes())

    def __call__(self, raw: RawReport) -> Findings | Refusal:
        return self._found[raw_digest(raw)]


def remember(make: Analyse, sources: list[str], path: Path) -> Analyse:
    """Analyse everything once; what is returned gives the same findings."""
    run = InProcess(make)
    found = {raw_digest(raw): run(raw) for raw in read(sources) if isinstance(raw, RawReport)}
    path.write_bytes(pickle.dumps((run.fingerprint, found)))
    return partial(Remembered, str(path))


class Round(NamedTuple):
    """What one round showed: how many reports the killed process had kept, and is the record now right?"""

    kept: int
    right: bool


CHILD = """
import pickle, sys
from communique.record import Record
if __name__ == "__main__":
    sources, path, make, jobs, batch = pickle.loads(bytes.fromhex(sys.argv[1]))
    print("ready", flush=True)
    with Record.open(path, "w") as record:
        record.ingest(sources, analyse=make, jobs=jobs, batch=batch)
    print("done", flush=True)
"""


def start(sources: list[str], path: Path, make: Analyse, jobs: int = 1, batch: int = 8) -> subprocess.Popen[str]:
    """A process that ingests; returns when it is about to begin."""
    script = path.with_name("child.py")
    script.write_text(CHILD)
    task = pickle.dumps((sources, str(path), make, jobs, batch)).hex()
    # this checkout's own code, whichever is installed: another version would rightly give another record
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((ROOT, str(Path(ROOT) / "src")))}
    process = subprocess.Popen([sys.executable, str(script), task], stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kept_by(path: Path) -> int:
    """How many reports a killed process left; every passage of them must hold."""
    try:
        with Record.open(path) as record:
            assert record.verify().ok
            return record.status().reports
    except NoRecord:
        return 0  # killed before the first transaction: there is no record yet


def rounds(
    count: int, sources: list[str], make: Analyse, folder: Path, told: Callable[[Round], None] | None = None
) -> list[Round]:
    """Kill and ingest again `count` times; the moments are drawn with a fixed seed over the time a whole run takes."""
    with Record.open(folder / "undisturbed", "w") as record:
        record.ingest(sources, analyse=make)
        whole = record.digest()
    begun = time.monotonic()
    assert start(sources, folder / "timed", make).wait() == 0
    takes = time.monotonic() - begun
    rng, found = random.Random(20220110), []
    while len(found) < count:
        path = folder / f"killed{len(found)}"
        process = start(sources, path, make, jobs=1 + len(found) % 2)
        begun = time.monotonic()
        try:
            process.wait(rng.uniform(0, takes))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        else:  # it was done before its moment came
            takes = time.monotonic() - begun
            path.unlink()
            continue
        kept = kept_by(path)
        with Record.open(path, "w") as record:
            done = record.ingest(sources, analyse=make, batch=8)
            right = record.digest() == whole and record.verify().ok and done.unchanged >= kept
        found.append(Round(kept, right))
        path.unlink()
        if told is not None:
            told(found[-1])
    return found


def main() -> int:
    """The command line."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("paths", nargs="+")
    cli.add_argument("--rounds", type=int, default=50)
    cli.add_argument("--analyse", action="store_true")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = analyser() if args.analyse else remember(analyser(), args.paths, folder / "findings")
        found = rounds(args.rounds, args.paths, make, folder, lambda r: print(*r, flush=True))
    wrong = sum(not r.right for r in found)
    print(f"{len(found)} kills, {wrong} records that differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.path.insert(0, ROOT)
    from tests.store import killing  # by this name the processes find what they are handed

    sys.exit(killing.main())
