"""Parse annotated news and write what training/statements_train.py reads.

    python training/statements_features.py ANNOTATED.jsonl FEATURES.pkl

ANNOTATED.jsonl has one report a line: {"id", "text", "attributions": [{"source": [[s, e], ...], "cue": ...,
"content": ...}]}, offsets in code points. For each attribution with a cue: the sentence and the token that heads the
cue, and a role for each token of that sentence (0 none, 1 content, 2 speaker, 3 cue).
"""

from __future__ import annotations

import json
import pickle
import sys
from bisect import bisect_right
from pathlib import Path

import numpy as np

from communique.language import Gate, Parser, Reading, read
from communique.records import Report
from communique.statements.features import describe, paths

ROLES = {"content": 1, "source": 2, "cue": 3}


def instances(row: dict, reading: Reading):
    """(sentence, head of the cue, roles of its tokens) for each attribution that has a cue."""
    starts = [s.start for s in reading.sentences]
    for attribution in row["attributions"]:
        if not attribution["cue"]:
            continue
        number = bisect_right(starts, attribution["cue"][0][0]) - 1
        sentence = reading.sentences[number] if number >= 0 else None
        if sentence is None or sentence.doc is None:
            continue
        spans = [sentence.token_span(t) for t in sentence.doc]
        roles = np.zeros(len(spans), int)
        for name, role in ROLES.items():
            for k, (begin, end) in enumerate(spans):
                if any(begin < e and s < end for s, e in attribution[name]):
                    roles[k] = role
        inside = [k for k in range(len(spans)) if roles[k] == ROLES["cue"]]
        if inside:
            yield number, head_of(sentence.doc, inside), roles


def head_of(doc, inside: list[int]) -> int:
    """The token of a cue whose head lies outside it: a verb before a noun before anything else."""
    tops = [k for k in inside if doc[k].head.i not in inside or doc[k].head.i == k]
    verbs = [k for k in tops if doc[k].tag_.startswith("VB")]
    nouns = [k for k in tops if doc[k].tag_[0] in "NJ"]
    return (verbs or nouns or tops)[0]


def main() -> None:
    annotated, out = sys.argv[1:3]
    parser, gate, documents = Parser(), Gate({"cue": ["said"]}), []
    with Path(annotated).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            reading = read(Report(id=row["id"], text=row["text"]), gate, parser)
            features = [describe(reading, s) for s in reading.sentences]
            items = [(i, head, roles, paths(features[i], head)) for i, head, roles in instances(row, reading)]
            documents.append((features, items))
    with Path(out).open("wb") as file:
        pickle.dump(documents, file)


if __name__ == "__main__":
    main()
