"""The exchange format: documents.jsonl, links.json and a manifest."""

from __future__ import annotations

from typing import Any

import msgspec

from communique.records import Encounter, Findings, Participant, Passage, Statement

__all__ = ["document"]


def document(findings: Findings) -> dict[str, Any]:
    """One object of documents.jsonl, straight from the findings of a report.

    Offsets count in `text`, the cleaned text. Joint speakers and their sides stand with "; " between them.
    """
    report = findings.report
    dating = report.published
    return {
        "id": report.id,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "language": report.language,
        "published": dating.value,
        "published_basis": dating.basis,
        "published_because": dating.because,
        "published_constraints": list(dating.constraints),
        "text": report.text,
        "encounters": [_encounter(e) for e in findings.encounters],
        "statements": [_statement(s) for s in findings.statements],
        "times": [msgspec.to_builtins(t) for t in findings.times],
        "abstentions": [
            {"start": a.passage.start, "end": a.passage.end, "text": a.passage.text, "reason": a.reason}
            for a in findings.abstentions
        ],
        "furniture": [msgspec.to_builtins(f) for f in report.furniture],
    }


def _encounter(met: Encounter) -> dict[str, Any]:
    return {
        "id": met.id,
        "kind": met.kind,
        "status": met.status,
        "date": met.date,
        "date_basis": met.date_basis,
        "date_because": met.date_because,
        "duration": met.duration,
        "place": met.place,
        "country": met.country,
        "forum": met.forum,
        "level": met.level,
        "format": met.format,
        "number": met.number,
        "part_of": met.part_of,
        "topics": list(met.topics),
        "participants": [_participant(p) for p in met.participants],
        "evidence": [p.text for p in met.evidence],
        "spans": [list(p.span) for p in met.evidence],
        "because": list(met.because),
        "confidence": met.confidence,
    }


def _participant(who: Participant) -> dict[str, Any]:
    return {
        "name": who.name,
        "type": who.type,
        "represents": who.represents,
        "role": who.role,
        "office": who.office,
        "actor": who.actor,
    }


def _statement(said: Statement) -> dict[str, Any]:
    return {
        "id": said.id,
        "speaker": said.speaker,
        "represents": said.represents,
        "speakers": [_participant(p) for p in said.speakers],
        "addressee": said.addressee,
        "mode": said.mode,
        "act": said.act,
        "about": said.about,
        "at": said.at,
        "date": said.date,
        "date_basis": said.date_basis,
        "content": [p.text for p in said.content],
        "spans": [list(p.span) for p in said.content],
        "cue": said.cue.text if said.cue else None,
        "cue_span": _span(said.cue),
        "speaker_span": _span(said.speaker_passage),
        "evidence": [p.text for p in said.evidence],
        "evidence_spans": [list(p.span) for p in said.evidence],
        "relayed_by": said.relayed_by,
        "because": list(said.because),
        "confidence": said.confidence,
    }


def _span(passage: Passage | None) -> list[int] | None:
    return list(passage.span) if passage else None
