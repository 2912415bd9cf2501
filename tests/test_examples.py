"""The sample reports give what a careful reader finds in them, but for the differences that are known and listed."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from communique.records import Findings

ROOT = Path(__file__).resolve().parents[1]


def _golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden", ROOT / "evaluation" / "golden.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["golden"] = module
    spec.loader.exec_module(module)
    return module


golden = _golden()
KNOWN: dict[str, list[str]] = json.loads(golden.KNOWN.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, Findings]:
    """What is found in every sample report."""
    result: dict[str, Findings] = golden.findings()
    return result


def test_every_sample_report_has_its_expected_record(found: dict[str, Findings]) -> None:
    """Reports, expectations and lists of known differences name the same reports."""
    assert set(found) == set(golden.expected()) == set(KNOWN)
    assert len(found) >= 10


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_sample_report_gives_its_expected_record(name: str, found: dict[str, Findings]) -> None:
    """No difference is new, and none that is listed is gone (then write the list anew: golden.py --write)."""
    assert golden.differences(golden.expected()[name], found[name]) == KNOWN[name]


@pytest.mark.parametrize("name", [name for name in sorted(KNOWN) if "sport" in name or "business" in name])
def test_pages_without_diplomacy_give_nothing(name: str, found: dict[str, Findings]) -> None:
    """Sport and business pages hold no encounter and no statement; this has no exception."""
    assert (found[name].encounters, found[name].statements) == ((), ())


def test_every_passage_of_the_sample_reports_is_verbatim(found: dict[str, Findings]) -> None:
    """Each passage holds the very characters of the report's text at its offsets."""
    for findings in found.values():
        for record in findings.encounters:
            for passage in record.evidence:
                assert findings.report.text[passage.start : passage.end] == passage.text
        for said in findings.statements:
            for passage in (*said.content, *said.evidence):
                assert findings.report.text[passage.start : passage.end] == passage.text
