"""Train the classifier of speech acts: multinomial logistic regression over the evidence of statements/acts.py.

    python training/statements_acts.py OUT.npz [MORE.txt ...] [--check FILE.txt] [--l2 0.02]

Reads training/data/statements_acts.txt (statements written for communique) and any further files of the same form
(act | reporting words | content). Plain numpy, full batches, no randomness: the same data give the same weights.
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

OWN = Path(__file__).parent / "data" / "statements_acts.txt"
GROUP = {act: group for group, acts in ACT_GROUPS.items() for act in acts}


def rows(path: Path) -> list[tuple[str, dict[str, float]]]:
    out = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            act, cue, content = (part.strip() for part in line.split("|", 2))
            out.append((act, evidence(entry_of(cue), cue, content)))
    return out


def matrix(data, index):
    x = np.zeros((len(data), len(index)))
    for i, (_, found) in enumerate(data):
        for name, value in found.items():
            if name in index:
                x[i, index[name]] = value
    return x, np.array([SPEECH_ACTS.index(act) for act, _ in data])


def fit(x, y, prior, l2, steps=400):
    """Gradient descent with momentum towards the prior weights (the signs point at their own acts)."""
    w, speed = prior.copy(), np.zeros_like(prior)
    gold = np.eye(len(SPEECH_ACTS))[y]
    for _ in range(steps):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        speed = 0.9 * speed - 0.5 * (x.T @ (p - gold) / len(y) + l2 * (w - prior))
        w += speed
    return w


def prior_of(index):
    prior = np.zeros((len(index), len(SPEECH_ACTS)))
    for k, act in enumerate(SPEECH_ACTS):
        if f"sign:{act}" in index:
            prior[index[f"sign:{act}"], k] = 2.0
    return prior


def shown(name, data, index, w):
    x, y = matrix(data, index)
    best = (x @ w).argmax(1)
    groups = np.mean([GROUP[SPEECH_ACTS[a]] == GROUP[SPEECH_ACTS[b]] for a, b in zip(best, y, strict=True)])
    print(f"{name}: {len(y)} statements, act {np.mean(best == y):.3f}, group {groups:.3f}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("out", type=Path)
    cli.add_argument("more", type=Path, nargs="*")
    cli.add_argument("--check", type=Path)
    cli.add_argument("--l2", type=float, default=0.003)
    args = cli.parse_args()
    data = [row for path in (OWN, *args.more) for row in rows(path)]
    counts = collections.Counter(name for _, found in data for name in found)
    index = {name: k for k, name in enumerate(sorted(n for n, c in counts.items() if c >= 2))}
    x, y = matrix(data, index)
    for fold in range(5):
        test = np.arange(len(data)) % 5 == fold
        w = fit(x[~test], y[~test], prior_of(index), args.l2)
        shown(f"fold {fold}", [d for d, t in zip(data, test, strict=True) if t], index, w)
    w = fit(x, y, prior_of(index), args.l2)
    shown("all", data, index, w)
    if args.check:
        shown("check", rows(args.check), index, w)
    names = np.frombuffer(json.dumps(list(index)).encode(), dtype=np.uint8)
    np.savez_compressed(args.out, names=names, weights=w.astype(np.float16))


if __name__ == "__main__":
    main()
