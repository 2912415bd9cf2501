"""The exchange format: documents.jsonl with one object a report, and links.json with the encounters counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from communique.export.formats import Format, Written, write_lines
from communique.query import Filters, questions
from communique.records import (
    Disagreement,
    Encounter,
    Findings,
    LinkedEncounter,
    NearCopy,
    Participant,
    Passage,
    Statement,
)

if TYPE_CHECKING:
    from communique.store import Reader

__all__ = ["FORMAT", "document", "links"]


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


def links(
    encounters: Iterable[LinkedEncounter],
    disagreements: Iterable[Disagreement] = (),
    copies: Iterable[NearCopy] = (),
) -> dict[str, Any]:
    """The object of links.json. A mention stands as `REPORT:ENCOUNTER`."""
    return {
        "encounters": [_linked(e) for e in encounters],
        "disagreements": [_disagreement(d) for d in disagreements],
        "near_duplicates": [[c.a, c.b] for c in copies],
    }


def _linked(met: LinkedEncounter) -> dict[str, Any]:
    return {
        "gid": met.gid,
        "kind": met.kind,
        "status": met.status,
        "date": met.date,
        "date_basis": met.date_basis,
        "duration": met.duration,
        "place": met.place,
        "country": met.country,
        "forum": met.forum,
        "participants": [_participant(p) for p in met.participants],
        "part_of": met.part_of,
        "topics": list(met.topics),
        "mentions": [f"{report}:{local}" for report, local in met.mentions],
        "reports": met.reports,
        "origins": met.origins,
        "life": [
            {"status": status, "date": date, "published": published, "mention": f"{report}:{local}"}
            for status, date, published, report, local in met.life
        ],
        "because": list(met.because),
        "confidence": met.confidence,
    }


def _disagreement(parted: Disagreement) -> dict[str, Any]:
    values: dict[str, str] = {}
    for value, report, _, _ in parted.values:
        values[report] = f"{values[report]}; {value}" if report in values else value
    return {
        "gid": parted.gid,
        "field": parted.field,
        "values": values,
        "because": parted.because,
        "passages": [
            {"mention": f"{report}:{local}", "value": value, "spans": [list(p.span) for p in passages],
             "evidence": [p.text for p in passages]}
            for value, report, local, passages in parted.values
        ],
    }  # fmt: skip


def _write(reader: Reader, folder: Path, filters: Filters) -> tuple[list[Written], dict[str, int]]:
    """Reports that the filters let through, whole, and the encounters that they tell."""
    chosen = [row.id for row in questions.reports(reader, filters)]
    ids = sorted(chosen)
    counts = {"reports": len(ids), "encounters": 0, "statements": 0}

    def lines() -> Iterator[bytes]:
        for name in ids:
            found = reader.findings(reader.find(name).n)
            counts["encounters"] += len(found.encounters)
            counts["statements"] += len(found.statements)
            yield msgspec.json.encode(document(found)) + b"\n"

    documents = write_lines(folder / "documents.jsonl", lines())
    kept = set(ids)
    gids: set[str] = set()

    def linked() -> Iterator[Any]:
        for met in reader.encounters():
            if any(report in kept for report, _ in met.mentions):
                gids.add(met.gid)
                yield _linked(met)

    parts: tuple[tuple[str, Iterator[Any]], ...] = (
        ("encounters", linked()),
        ("disagreements", (_disagreement(d) for d in reader.disagreements() if d.gid in gids)),
        ("near_duplicates", ([c.a, c.b] for c in reader.near_copies() if c.a in kept and c.b in kept)),
    )
    held: dict[str, int] = {}
    written = write_lines(folder / "links.json", _pieces(parts, held))
    counts |= {"linked" if name == "encounters" else name: count for name, count in held.items()}
    return [documents, msgspec.structs.replace(written, rows=held["encounters"])], counts


def _pieces(parts: Iterable[tuple[str, Iterator[Any]]], held: dict[str, int]) -> Iterator[bytes]:
    """links.json with one thing a line; `held` is told how many of each there were."""
    yield b"{"
    for at, (name, things) in enumerate(parts):
        yield (b",\n" if at else b"\n") + msgspec.json.encode(name) + b": ["
        held[name] = 0
        for number, thing in enumerate(things, 1):
            yield (b",\n  " if number > 1 else b"\n  ") + msgspec.json.encode(thing)
            held[name] = number
        yield b"\n]" if held[name] else b"]"
    yield b"\n}\n"


FORMAT: Final = Format("exchange", "1", "documents.jsonl and links.json, for scoring and for other programs", _write)
