"""Train the classifier of speech acts: multinomial logistic regression over the evidence of statements/acts.py.

    python training/statements_acts.py OUT.npz [--check FILE.txt] [--l2 0.0003]

Reads training/data/statements_acts.txt and statements_acts_more.txt (statements written for communique: act | reporting
words | content). First every third statement of the second file is held out and measured; then all are used. Statements
of the first file, longer and nearer to what reports print, count `LONGER` times. Plain numpy, full batches, no
randomness: the same data give the same weights.

statements_acts_long.txt, longer still, is for measuring: `--long WEIGHT` learns from it too. With weights from 0.3 to 8
that bettered the figures on reports met while it was written and on none of the others, so it is left out.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

import numpy as np

from communique.records import ACT_GROUPS, SPEECH_ACTS
from communique.statements.acts import evidence
from communique.statements.finder import entry_of

DATA = Path(__file__).parent / "data"
OWN = DATA / "statements_acts.txt"
MORE = DATA / "statements_acts_more.txt"
LONG = DATA / "statements_acts_long.txt"
LONGER = 4
GROUP = {act: group for group, acts in ACT_GROUPS.items() for act in acts}


def rows(path: Path) -> list[tuple[str, dict[str, float]]]:
    out = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            act, cue, content = (part.strip() for part in line.split("|", 2))
            out.append((act, evidence(entry_of(cue), cue, content)))
    return out


def matrix(data, index):
    x = np.zeros((len(data), len(index)), dtype=np.float32)
    for i, (_, found) in enumerate(data):
        for name, value in found.items():
            if name in index:
                x[i, index[name]] = value
    return x, np.array([SPEECH_ACTS.index(act) for act, _ in data])


def fit(x, y, prior, l2, weight, steps=400):
    """Gradient descent with momentum towards the prior weights (the signs point at their own acts)."""
    w, speed = prior.copy(), np.zeros_like(prior)
    gold = np.eye(len(SPEECH_ACTS), dtype=np.float32)[y]
    share = (weight / weight.sum()).astype(np.float32)[:, None]
    for _ in range(steps):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        speed = 0.9 * speed - 0.5 * (x.T @ ((p - gold) * share) + l2 * (w - prior))
        w += speed
    return w


def prior_of(index):
    prior = np.zeros((len(index), len(SPEECH_ACTS)), dtype=np.float32)
    for k, act in enumerate(SPEECH_ACTS):
        if f"sign:{act}" in index:
            prior[index[f"sign:{act}"], k] = 2.0
    return prior


def shown(name, data, index, w):
    x, y = matrix(data, index)
    best = (x @ w).argmax(1)
    groups = np.mean([GROUP[SPEECH_ACTS[a]] == GROUP[SPEECH_ACTS[b]] for a, b in zip(best, y, strict=True)])
    print(f"{name}: {len(y)} statements, act {np.mean(best == y):.3f}, group {groups:.3f}")


def learnt(own, more, l2, long=(), count=0.0):
    """Index of the evidence and its weights; `own` counts `LONGER` times, `long` `count` times."""
    data = [*own, *more, *(long if count else ())]
    counts = collections.Counter(name for _, found in own * (LONGER - 1) + data for name in found)
    index = {name: k for k, name in enumerate(sorted(n for n, c in counts.items() if c >= 2))}
    x, y = matrix(data, index)
    weight = np.array([float(LONGER)] * len(own) + [1.0] * len(more) + [count] * (len(data) - len(own) - len(more)))
    return index, fit(x, y, prior_of(index), l2, weight)


def _rest(data):
    """What is learnt from while every third statement is held out."""
    return [row for k, row in enumerate(data) if k % 3]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("out", type=Path)
    cli.add_argument("--check", type=Path)
    cli.add_argument("--long", type=float, default=0.0)
    cli.add_argument("--l2", type=float, default=0.0003)
    args = cli.parse_args()
    own, more, long = rows(OWN), rows(MORE), rows(LONG)
    index, w = learnt(own, _rest(more), args.l2, _rest(long), args.long)
    shown("held out, short", more[::3], index, w)
    shown("held out, long", long[::3] if args.long else long, index, w)
    index, w = learnt(own, more, args.l2, long, args.long)
    shown("all", own + more, index, w)
    if args.check:
        shown("check", rows(args.check), index, w)
    names = np.frombuffer(json.dumps(list(index)).encode(), dtype=np.uint8)
    np.savez_compressed(args.out, names=names, weights=w.astype(np.float16))


if __name__ == "__main__":
    main()
