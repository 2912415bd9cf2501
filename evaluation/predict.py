#!/usr/bin/env python3
"""Write predictions for scoring: predict.py record|attribution|timex IN.jsonl OUT.jsonl [--links LINKS.json]

IN has one document a line: `id` and `text`, and where they are known `published`, `url`, `title`, `outlet`.
OUT has one line a document with the same id, in the exchange format (record) or with spans (attribution, timex).
Every span counts in the text as it was given. `--links` also links the documents' encounters (record only).

`record` makes the whole journey, cleaning included. `attribution` and `timex` read the text as it stands: their gold
counts every line of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import structs

from communique import dates, language, linking, pipeline
from communique.analysis import analyse, default_knowledge
from communique.errors import UnreadableReport
from communique.export.exchange import document
from communique.records import Dating, Findings, LinkedEncounter, NearCopy, Report, Statement

Document = dict[str, Any]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("task", choices=["record", "attribution", "timex"])
    cli.add_argument("documents", type=Path)
    cli.add_argument("predictions", type=Path)
    cli.add_argument("--links", type=Path, help="write links of the encounters here (record only)")
    args = cli.parse_args()
    with args.documents.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    if args.task == "record":
        rows, links = predict_record(documents)
        if args.links:
            args.links.write_text(json.dumps(links, ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        rows = list((predict_attribution if args.task == "attribution" else predict_timex)(documents))
    with args.predictions.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return 0


def predict_record(documents: list[Document]) -> tuple[list[Document], Document]:
    """Exchange documents of the whole journey, and the links between their encounters, as a record would have them."""
    refused: list[Document] = []
    found: list[Findings] = []
    for given in documents:
        try:
            found.append(_analysed(given))
        except UnreadableReport as error:
            print(f"{given['id']}: {error}", file=sys.stderr)
            refused.append({"id": given["id"], "text": "", "encounters": [], "statements": []})
    copies = linking.near_copies({f.report.id: linking.signature(f.report.text) for f in found})
    found = list(settled(documents, found, copies))
    told = tellings(found, copies)
    linked = linking.link(told.values())
    inferred = {
        one.key: one for met in linked for one in linking.dated_together([told[f"{r}:{m}"] for r, m in met.mentions])
    }
    rows = [_as_given(document(_with_dates(f, inferred)), f.report) for f in found]
    return rows + refused, links(found, told, linked, copies)


def _analysed(given: Document, bounds: Sequence[linking.Bound] = ()) -> Findings:
    optional = {k: given.get(k) for k in ("published", "url", "title", "outlet")}
    return analyse(given["text"], id=given["id"], **optional, bounds=[dates.DayBound(*bound[:3]) for bound in bounds])


def settled(documents: list[Document], found: list[Findings], copies: Iterable[NearCopy]) -> Iterator[Findings]:
    """The findings, those of reports without a day settled again with what the encounters they share say of it."""
    told: dict[str, list[linking.Told]] = {f.report.id: [] for f in found}
    for one in tellings(found, copies).values():
        told[one.report_id].append(one)
    index: dict[str, dict[str, linking.Told]] = defaultdict(dict)
    for anchor in (one for group in told.values() for one in group if linking.anchors(one)):
        for key in linking.anchor_keys(anchor):
            index[key][anchor.key] = anchor
    days = {f.report.id: f.report.published for f in found}
    texts = {given["id"]: given for given in documents}
    for one in found:
        name, own = one.report.id, one.report.published
        if linking.seeks(own.value, own.basis):
            others = {k: v for m in told[name] for key in linking.shared_keys(m) for k, v in index[key].items()}
            twins = [c.a if c.b == name else c.b for c in copies if name in (c.a, c.b)]
            dated = [(n, d.value) for n in twins if (d := days[n]).value and not linking.seeks(d.value, d.basis)]
            bounds = linking.bounds(told[name], others.values(), dated)
            given = texts[name]
            yield (linking.settle(partial(_analysed, given), bounds) if bounds else None) or one
        else:
            yield one


def _with_dates(found: Findings, inferred: Mapping[str, linking.InferredDate]) -> Findings:
    met = tuple(linking.with_date(m, inferred.get(f"{found.report.id}:{m.id}")) for m in found.encounters)
    return structs.replace(found, encounters=met)


def tellings(found: list[Findings], copies: Iterable[NearCopy]) -> dict[str, linking.Told]:
    """The mentions of all reports by their names."""
    origin = linking.origins([f.report.id for f in found], copies)
    return {one.key: one for f in found for one in _told(f, origin[f.report.id])}


def links(
    found: list[Findings],
    told: Mapping[str, linking.Told],
    linked: Iterable[LinkedEncounter],
    copies: Iterable[NearCopy],
) -> Document:
    """The links document of RECORD's exchange format for reports that stand in no record."""
    said = {f.report.id: f.statements for f in found}
    linked = list(linked)
    differ = [d for e in linked for d in linking.disagreements(e.gid, [told[f"{r}:{m}"] for r, m in e.mentions], said)]
    return {
        "encounters": [{"gid": e.gid, "kind": e.kind, "mentions": [f"{r}:{m}" for r, m in e.mentions]} for e in linked],
        "disagreements": [
            {"gid": d.gid, "field": d.field, "values": {v[1]: v[0] for v in d.values}, "because": d.because}
            for d in differ
        ],
        "near_duplicates": [[c.a, c.b] for c in copies],
    }


def _told(found: Findings, origin: str) -> Iterator[linking.Told]:
    report, relay = found.report, linking.relay(found.report)
    for met in found.encounters:
        yield linking.Told(
            report.id, report.published.value, report.published.basis, origin, met, relay.agency if relay else None
        )


def _as_given(row: Document, report: Report) -> Document:
    """The exchange document with every span counted in the text as it was given; None where it was not there."""
    for record in (*row["encounters"], *row["statements"]):
        for key in ("speaker_span", "cue_span"):
            if record.get(key):
                record[key] = report.to_original(*record[key])
        if record.get("spans"):
            record["spans"] = [span for span in (report.to_original(*s) for s in record["spans"]) if span]
    return row


def _report(given: Document) -> Report:
    """The document as it stands, without cleaning."""
    text = given["text"]
    first = text.split("\n", 1)[0]
    is_title = 0 < len(first) < 200 and len(first) < len(text)
    dated = Dating(given["published"], "metadata", "given") if given.get("published") else Dating()
    return Report(
        id=given["id"],
        text=text,
        title=first if is_title else None,
        title_end=len(first) if is_title else 0,
        metadata_published=dated.value,
    )


def predict_attribution(documents: list[Document]) -> Iterator[Document]:
    """Spans of speaker, cue and content of every statement, whoever says it."""
    knowledge = default_knowledge()
    for given in documents:
        findings = pipeline.analyse(_report(given), knowledge, scope="all")
        yield {"id": given["id"], "attributions": [_attribution(s) for s in findings.statements]}


def _attribution(statement: Statement) -> Document:
    return {
        "source": statement.speaker_passage.span if statement.speaker_passage else None,
        "cue": statement.cue.span if statement.cue else None,
        "content": [passage.span for passage in statement.content],
    }


def predict_timex(documents: list[Document]) -> Iterator[Document]:
    """Spans, types and TIMEX3 values of every time expression."""
    knowledge = default_knowledge()
    for given in documents:
        report = _report(given)
        reading = language.read(report, knowledge.gate, knowledge.parser)
        expressions = dates.find(reading)
        published = dates.publish(reading, expressions)
        yield {"id": given["id"], "timexes": dates.timexes(reading, expressions, published)}


if __name__ == "__main__":
    sys.exit(main())
