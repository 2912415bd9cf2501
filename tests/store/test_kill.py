"""A process that is killed at any moment loses nothing that was kept, and another ingest completes the record."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from communique.record import Record

from .making import make_toy, reports, write_jsonl

ROUNDS = int(os.environ.get("COMMUNIQUE_KILL_ROUNDS", "4"))
"""How often a process is killed: a few in every run, 50 and more to be sure (`COMMUNIQUE_KILL_ROUNDS=50`)."""

SCRIPT = """
import sys
from communique.record import Record
from store.making import make_toy
if __name__ == "__main__":
    source, path, jobs = sys.argv[1:]
    print("ready", flush=True)
    with Record.open(path, "w") as record:
        record.ingest([source], analyse=make_toy(), batch=8, jobs=int(jobs))
    print("done", flush=True)
"""


def start(source: Path, path: Path, jobs: int) -> subprocess.Popen[str]:
    tests = str(Path(__file__).resolve().parents[1])
    env = {**os.environ, "PYTHONPATH": tests}
    script = source.with_name("script.py")
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, str(script), str(source), str(path), str(jobs)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_kill_and_ingest_again(tmp_path: Path) -> None:
    """Killed with SIGKILL at random moments, verified, and ingested again: the record of an undisturbed run."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(200))
    with Record.open(tmp_path / "undisturbed", "w") as record:
        record.ingest([source], analyse=make_toy())
        whole = record.digest()
    begun = time.monotonic()
    process = start(source, tmp_path / "timed", 1)
    assert process.wait() == 0
    takes = time.monotonic() - begun
    rng, cut = random.Random(20220110), 0
    for number in range(ROUNDS):
        path = tmp_path / f"killed{number}"
        process = start(source, path, 1 + number % 2)
        time.sleep(rng.uniform(0, takes))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        cut += process.stdout.read() != "done\n"
        if path.exists() and path.stat().st_size:
            _sound(path)
        with Record.open(path, "w") as record:
            done = record.ingest([source], analyse=make_toy(), batch=8)
            assert done.new + done.unchanged == 200
            assert record.digest() == whole
            assert record.verify().ok
    assert cut, "no process was cut off: the moments were all too late"


def _sound(path: Path) -> None:
    """What a killed process left can be read as it is, and every passage in it holds."""
    from communique.errors import NoRecord

    try:
        with Record.open(path) as record:
            assert record.verify().ok
    except NoRecord:
        pass  # killed before the first transaction: there is no record yet


def test_two_processes_may_ingest_at_once(tmp_path: Path) -> None:
    """Two ingests of overlapping folders into one record take turns, and nothing is lost or doubled."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(120))
    with Record.open(tmp_path / "alone", "w") as record:
        record.ingest([source], analyse=make_toy())
        whole = record.digest()
    both = [start(source, tmp_path / "shared", 1) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    with Record.open(tmp_path / "shared") as record:
        assert record.digest() == whole
        assert record.status().reports == 120
