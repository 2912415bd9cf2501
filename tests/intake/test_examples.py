"""The sample reports can be read, and what is expected of them fits them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from communique import cleaning, intake
from communique.records import ENCOUNTER_KINDS, ENCOUNTER_STATUSES, SPEECH_ACTS, Report

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
if not EXAMPLES.is_dir():
    pytest.skip("no sample reports beside the tests", allow_module_level=True)


def words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", text.lower())) + " "


def reports() -> dict[str, Report]:
    found = {}
    for raw in intake.read([EXAMPLES]):
        assert isinstance(raw, intake.RawReport), raw
        report = cleaning.clean(raw)
        assert isinstance(report, Report), report
        found[raw.id or Path(raw.path or "").stem] = report
    return found


def gold() -> dict[str, dict[str, list[dict[str, str]]]]:
    lines = (EXAMPLES / "gold.expected.jsonl").read_text("utf-8").splitlines()
    return {d["id"]: d for d in map(json.loads, lines)}


def test_each_sample_has_its_expected_record_and_the_other_way_round() -> None:
    """No report without expectation; the files beside the reports and the collected gold are the same."""
    beside = {}
    for path in sorted(EXAMPLES.glob("*.expected.json")):
        if path.name not in {"links.expected.json", "differences.expected.json"}:  # these speak of all samples
            value = json.loads(path.read_text("utf-8"))
            beside.update({d["id"]: d for d in (value if isinstance(value, list) else [value])})
    assert set(reports()) == set(beside)
    assert beside == gold()


def test_expected_passages_stand_in_the_cleaned_text_and_furniture_does_not() -> None:
    """Cleaning drops the furniture of every sample and not a word of what is expected of it."""
    found = reports()
    for key, expected in gold().items():
        text = words(found[key].text)
        for fact in (*expected["encounters"], *expected["statements"]):
            assert words(fact["anchor"]) in text, (key, fact["anchor"])
            assert len(words(fact["anchor"]).split()) <= 8, fact["anchor"]
        for chunk in expected["boilerplate"]:
            assert words(str(chunk)) not in text, (key, chunk)
        assert found[key].title == expected["title"]
        assert found[key].language == "en"


def test_expected_records_use_the_words_of_the_glossary() -> None:
    """Kinds, statuses and acts are those of the record, and links name mentions that exist."""
    mentions = set()
    for key, expected in gold().items():
        for fact in expected["encounters"]:
            assert fact["kind"] in ENCOUNTER_KINDS
            assert fact["status"] in ENCOUNTER_STATUSES
            mentions.add(f"{key}:{fact['id']}")
        for fact in expected["statements"]:
            assert fact["act"] in SPEECH_ACTS
            assert fact["mode"] in {"direct", "indirect", "mixed"}
    links = json.loads((EXAMPLES / "links.expected.json").read_text("utf-8"))
    assert {m for e in links["encounters"] for m in e["mentions"]} == mentions
    gids = {e["gid"] for e in links["encounters"]}
    assert {d["gid"] for d in links["disagreements"]} <= gids
