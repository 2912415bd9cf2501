"""Both sides of cleaning, measured on annotated reports where these lie beside the checkout."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from communique.cleaning import clean
from communique.intake import RawReport
from communique.records import Report

pytestmark = pytest.mark.shared


def words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", text.lower())) + " "


def cleaned(text: str) -> Report:
    report = clean(RawReport(text=text))
    assert isinstance(report, Report)
    return report


def test_all_furniture_of_the_seeds_goes_and_every_anchor_stays(shared: Path) -> None:
    """Every run of two words or more that is marked as furniture is removed, every annotated passage kept."""
    for line in (shared / "seeds" / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        text = words(cleaned((shared / "seeds" / f"{gold['id']}.txt").read_text("utf-8")).text)
        for fact in (*gold["encounters"], *gold["statements"]):
            assert words(fact["anchor"]) in text, (gold["id"], fact["anchor"])
        for chunk in gold["boilerplate"]:
            assert len(chunk.split()) < 2 or words(chunk) not in text, (gold["id"], chunk)


@pytest.mark.slow
def test_hardly_anything_of_clean_news_text_is_dropped(shared: Path) -> None:
    """Of articles that are clean already less than 0.2 % goes, and of what somebody said nothing."""
    total = dropped = lost = 0
    for line in (shared / "data" / "attribution" / "dev.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        total += len(gold["text"])
        gone: set[int] = set()
        for item in cleaned(gold["text"]).furniture:
            gone.update(range(item.start, item.end))
        dropped += len(gone)
        lost += sum(len(gone & set(range(*span))) for a in gold["attributions"] for span in a["content"])
    assert dropped < 0.002 * total
    assert lost == 0
