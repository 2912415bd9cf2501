"""A process that is killed at any moment loses nothing that was kept, and another ingest completes the record."""

from __future__ import annotations

import os
from pathlib import Path

from communique.record import Record

from .killing import rounds, start
from .making import make_toy, reports, write_jsonl

ROUNDS = int(os.environ.get("COMMUNIQUE_KILL_ROUNDS", "4"))
"""How often a process is killed: a few in every run, 50 and more to be sure (`COMMUNIQUE_KILL_ROUNDS=50`)."""


def test_kill_and_ingest_again(tmp_path: Path) -> None:
    """Killed with SIGKILL at random moments, verified, and ingested again: the record of an undisturbed run."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(200))
    found = rounds(ROUNDS, [str(source)], make_toy(), tmp_path)
    assert [one.right for one in found] == [True] * ROUNDS


def test_two_processes_may_ingest_at_once(tmp_path: Path) -> None:
    """Two ingests of overlapping folders into one record take turns, and nothing is lost or doubled."""
    source = write_jsonl(tmp_path / "in.jsonl", reports(120))
    with Record.open(tmp_path / "alone", "w") as record:
        record.ingest([source], analyse=make_toy())
        whole = record.digest()
    both = [start([str(source)], tmp_path / "shared", make_toy()) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    with Record.open(tmp_path / "shared") as record:
        assert record.digest() == whole
        assert record.status().reports == 120
