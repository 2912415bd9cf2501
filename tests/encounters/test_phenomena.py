"""Sentences with what they tell: kind, status, sides and place of each encounter, or that they tell of none."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.records import Encounter
from tests.encounters.conftest import Told

LINES = Path(__file__).with_name("phenomena.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split(" => ")) for line in LINES if line and not line.startswith("#")]


def _sides(record: Encounter) -> set[str]:
    host = {record.country} if record.kind == "visit" and record.country else set()
    return {p.represents for p in record.participants if p.represents} | host


def _fits(record: Encounter, wanted: str) -> bool:
    kind, status, sides, *place = wanted.split()
    return (
        (kind == "*" or record.kind in kind.split("/"))
        and (status == "*" or record.status in status.split("/"))
        and (sides == "*" or _sides(record) == set(sides.split("+")))
        and (not place or place[0][1:].replace("_", " ").lower() in (record.place or "").lower())
    )


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_what_a_sentence_tells(told: Told, text: str, wanted: str) -> None:
    """Every encounter that the sentence tells of is found as it should be, and no other."""
    title, _, body = text.partition("\\n")
    records = list(told(body, title=title)[0] if body else told(text)[0])
    expected = [] if wanted == "none" else wanted.split("; ")
    for one in expected:
        match = next((r for r in records if _fits(r, one)), None)
        assert match is not None, (one, [(r.kind, r.status, sorted(_sides(r)), r.place) for r in records])
        records.remove(match)
    assert records == []
