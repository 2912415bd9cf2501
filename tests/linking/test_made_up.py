"""Linking held against made-up encounters whose truth is known."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation"


def load(name: str) -> ModuleType:
    """A script of the evaluation folder as a module; measure_linking imports the generator by its bare name."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, EVALUATION / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


generator = load("generator")
measure = load("measure_linking")


def test_the_same_seed_gives_the_same_world() -> None:
    """The same seed gives the same world, and another seed another."""

    def world(seed: int) -> str:
        made = generator.tell(seed, 20, 60)
        return json.dumps([[generator.document(one) for one in made], generator.links(made)])

    assert world(3) == world(3)
    assert world(3) != world(4)


def test_evidence_of_made_up_reports_is_where_it_says() -> None:
    """The evidence of made-up reports stands in the text where the truth says."""
    for made in generator.tell(5, 30, 120):
        document = generator.document(made)
        for met in document["encounters"]:
            assert [document["text"][a:b] for a, b in met["spans"]] == met["evidence"]


def test_mixed_reports_have_the_asked_share_and_length() -> None:
    """Mixed reports have the asked share of diplomacy and 300 to 700 words."""
    rows = list(generator.mixed(50, 0.2, 1))
    assert sum(row["subject"] == "diplomacy" for row in rows) == 10
    assert all(250 <= len(row["text"].split()) <= 700 for row in rows)
    assert rows == list(generator.mixed(50, 0.2, 1))


@pytest.mark.parametrize("seed", [11, 12])
def test_made_up_encounters_are_linked_as_they_were(seed: int) -> None:
    """Made-up encounters are linked as they were, their disagreements and near copies found."""
    found = measure.quality(seed, 60, 300)
    assert found.b_cubed[2] >= 0.97
    assert found.disagreements[0] >= 0.9
    assert found.disagreements[1] >= 0.8
    assert min(found.near_copies[:2]) >= 0.95
