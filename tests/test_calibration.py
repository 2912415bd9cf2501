"""The measurement of confidence judges records as it says."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from communique.records import Encounter, Participant, Passage

ROOT = Path(__file__).resolve().parents[1]
if not (ROOT / "evaluation").is_dir():
    pytest.skip("no measurements beside the tests", allow_module_level=True)


def _calibration() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "evaluation" / "calibration.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = module
    spec.loader.exec_module(module)
    return module


calibration = _calibration()


def record(ident: str, text: str, sure: float, **fields: Any) -> Encounter:
    people = (
        Participant("Ana Torres", "person", "CL", "minister", None, None),
        Participant("Juan Prado", "person", "PE", "minister", None, None),
    )
    values: dict[str, Any] = {
        "id": ident,
        "kind": "meeting",
        "status": "held",
        "participants": people,
        "evidence": (Passage(0, len(text), text),),
        "confidence": sure,
    }
    return Encounter(**{**values, **fields})


def annotated(anchor: str, **fields: Any) -> dict[str, Any]:
    people = [
        {"name": "Ana Torres", "type": "person", "represents": "CL"},
        {"name": "Juan Prado", "type": "person", "represents": "PE"},
    ]
    return {
        "kind": "meeting",
        "status": "held",
        "date": "2004-05-06",
        "participants": people,
        "anchor": anchor,
        **fields,
    }


def test_a_record_is_right_if_the_same_encounter_is_annotated_with_its_status() -> None:
    """Told without the right status is told, not right; what nobody annotated is neither."""
    gold = [annotated("Torres met Prado"), annotated("will meet again", status="scheduled", date=None)]
    found = [
        record("e1", "Torres met Prado in Arica.", 0.9),
        record("e2", "They will meet again in June.", 0.6),
        record("e3", "Torres met nobody else.", 0.4),
    ]
    judged = list(calibration.judge(gold, found))
    assert [(j.told, j.right) for j in judged] == [(True, True), (True, False), (False, False)]


def test_a_call_is_not_a_meeting_and_a_day_with_the_sides_stands_for_the_anchor() -> None:
    """Kinds are held apart as the record's gatherings, calls and messages; the anchor may stand in other words."""
    gold = annotated("somewhere else in the report")
    assert calibration.alike(gold, record("e1", "Torres met Prado.", 0.9, date="2004-05-06")) > 0
    assert calibration.alike(gold, record("e1", "Torres met Prado.", 0.9)) == 0
    assert calibration.alike(gold, record("e1", "Torres called Prado.", 0.9, kind="call", date="2004-05-06")) == 0


def test_the_table_says_how_many_records_at_nine_in_ten_are_right() -> None:
    """Ranges, errors and the interval of the surest records."""
    judged = [calibration.Judged(0.95, True, True)] * 9 + [calibration.Judged(0.95, True, False)]
    lines = calibration.table("made up", judged)
    assert lines[0] == "made up: 10 records"
    assert "right 0.900" in lines[1]
    assert lines[-1] == "  at 0.9: 9 of 10 right (0.60 to 0.98)"
    assert calibration.table("nothing", []) == ["nothing: 0 records"]
    assert calibration.wilson(0, 0) == (0.0, 1.0)


def test_reports_are_chosen_by_their_ids_and_given_without_their_gold(tmp_path: Path) -> None:
    """Texts may stand beside the gold; a day that only the text tells is not given."""
    gold = tmp_path / "gold.jsonl"
    given = [
        {"id": "A1", "published": "2004-05-06", "published_basis": "url", "encounters": []},
        {"id": "A2", "published": "2004-05-06", "published_basis": "text", "encounters": []},
    ]
    gold.write_text("".join(json.dumps(g) + "\n" for g in given), encoding="utf-8")
    for name in ("A1", "A2"):
        (tmp_path / f"{name}.txt").write_text("Torres met Prado.", encoding="utf-8")
    rows = list(calibration.rows(str(gold)))
    assert [row["id"] for row in rows] == ["A1", "A2"]
    assert [row["id"] for row in calibration.rows(f"{gold}={tmp_path}@.*2")] == ["A2"]
    assert calibration.given(rows[0]) == {"id": "A1", "text": "Torres met Prado.", "published": "2004-05-06"}
    assert "published" not in calibration.given(rows[1])
