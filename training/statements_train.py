"""Train the network of the statements room (see statements_model_card.md) and write its weights for numpy.

    python training/statements_train.py TRAIN_FEATURES.pkl OUT.npz [--dev DEV_FEATURES.pkl] [--epochs 8] [--seed 1]

The features come from training/statements_features.py. Needs torch (CPU is enough: some minutes); running needs numpy.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from communique.statements.features import FIELDS, PATH_FIELDS

WIDTHS = {"tag": 16, "dep": 16, "suffix": 12, "shape": 6, "quote": 8, "cue": 6, "place": 3}
PATH_WIDTHS = {"first": 32, "second": 24, "up": 16, "depth": 6, "distance": 10, "between": 8}
GAP = 8  # empty rows between sentences: nothing leaks from one to the next through a convolution


class Block(nn.Module):
    """h + relu([h-d, h, h+d, h of the head] W): a residual step along the words and along the tree."""

    def __init__(self, size: int, step: int, drop: float) -> None:
        super().__init__()
        self.norm, self.mix, self.step, self.drop = (
            nn.LayerNorm(size),
            nn.Linear(4 * size, size),
            step,
            nn.Dropout(drop),
        )

    def forward(self, h, mask, heads):
        y = self.norm(h) * mask
        d = self.step
        before = torch.cat([torch.zeros_like(y[:d]), y[:-d]])
        after = torch.cat([y[d:], torch.zeros_like(y[:d])])
        return h + self.drop(torch.relu(self.mix(torch.cat([before, y, after, y[heads]], 1))))


class Net(nn.Module):
    """One pass over the sentences gives each token's chance to be a cue; one over each cue its tokens' roles."""

    def __init__(self, words: int, size: int, drop: float) -> None:
        super().__init__()
        self.word = nn.Embedding(words, 64)
        self.fields = nn.ModuleList(nn.Embedding(n, WIDTHS[f]) for f, n in FIELDS.items())
        self.enter = nn.Linear(96 + 64 + sum(WIDTHS.values()), size)
        self.blocks = nn.ModuleList(Block(size, d, drop) for d in (1, 2, 4))
        self.cue = nn.Sequential(nn.LayerNorm(size), nn.Linear(size, 64), nn.ReLU(), nn.Linear(64, 1))
        self.paths = nn.ModuleList(nn.Embedding(n, PATH_WIDTHS[f]) for f, n in PATH_FIELDS.items())
        self.of_token, self.of_cue = nn.Linear(size, size), nn.Linear(size, size)
        self.of_path = nn.Linear(sum(PATH_WIDTHS.values()), size)
        self.later = nn.ModuleList(Block(size, d, drop) for d in (1, 2, 4, 1))
        self.role = nn.Sequential(nn.LayerNorm(size), nn.Linear(size, 4))
        self.drop = nn.Dropout(drop)

    def encode(self, vectors, words, fields, mask, heads):
        x = torch.cat([vectors, self.word(words), *(e(fields[:, i]) for i, e in enumerate(self.fields))], 1)
        h = self.drop(self.enter(x)) * mask
        for block in self.blocks:
            h = block(h, mask, heads)
        return h

    def roles(self, h, token, cue, path, mask, heads):
        p = torch.cat([e(path[:, i]) for i, e in enumerate(self.paths)], 1)
        z = (self.of_token(h)[token] + self.of_cue(h)[cue] + self.of_path(self.drop(p))) * mask
        for block in self.later:
            z = block(z, mask, heads)
        return self.role(z)


def pack(batch, vocabulary, drop_words=0.0, rng=None):
    """Sentences of a batch as flat arrays with gaps, and the instances (one a cue) likewise."""
    total = sum(len(f.words) + GAP for f, _ in batch) + GAP
    vectors = np.zeros((total, 96), np.float32)
    words, heads = np.zeros(total, np.int64), np.arange(total)
    fields = np.zeros((total, len(FIELDS)), np.int64)
    mask, cues = np.zeros((total, 1), np.float32), np.zeros(total, np.float32)
    rows = sum(len(f.words) + GAP for f, items in batch for _ in items) + GAP
    token, cue, r_heads = np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.arange(rows)
    path, r_mask, labels = (
        np.zeros((rows, len(PATH_FIELDS)), np.int64),
        np.zeros((rows, 1), np.float32),
        np.full(rows, -100),
    )
    at = r_at = GAP
    for f, items in batch:
        n = len(f.words)
        s = slice(at, at + n)
        vectors[s], fields[s], heads[s], mask[s] = f.vectors, f.fields, f.heads + at, 1
        ids = np.array([vocabulary.get(w, 1) for w in f.words])
        if drop_words:
            ids[rng.random(n) < drop_words] = 1
        words[s] = ids
        for head, lab, p in items:
            r = slice(r_at, r_at + n)
            token[r], cue[r], r_heads[r] = np.arange(at, at + n), at + head, f.heads + r_at
            path[r], r_mask[r], labels[r] = p, 1, lab
            cues[at + head] = 1
            r_at += n + GAP
        at += n + GAP
    t = torch.from_numpy
    return (t(vectors), t(words), t(fields), t(mask), t(heads), t(cues)), (
        t(token), t(cue), t(path), t(r_mask), t(r_heads), t(labels),
    )  # fmt: skip


def sentences(path):
    out = []
    with Path(path).open("rb") as file:
        for features, items in pickle.load(file):
            by = collections.defaultdict(list)
            for i, head, lab, p in items:
                by[i].append((head, lab, p))
            out.extend((f, by[i]) for i, f in enumerate(features) if f.words)
    return out


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("train"), cli.add_argument("out"), cli.add_argument("--dev")
    cli.add_argument("--epochs", type=int, default=8), cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--size", type=int, default=128), cli.add_argument("--drop", type=float, default=0.25)
    args = cli.parse_args()
    torch.manual_seed(args.seed), random.seed(args.seed)
    rng = np.random.default_rng(args.seed)
    torch.set_num_threads(1)
    data = sentences(args.train)
    counts = collections.Counter(w for f, _ in data for w in f.words)
    vocabulary = {w: i + 2 for i, w in enumerate(sorted(w for w, n in counts.items() if n >= 8))}
    net = Net(len(vocabulary) + 2, args.size, args.drop)
    best = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    batches = math.ceil(len(data) / 96)
    plan = torch.optim.lr_scheduler.OneCycleLR(best, 3e-3, total_steps=batches * args.epochs, pct_start=0.15)
    bce, ce = nn.BCEWithLogitsLoss(reduction="none"), nn.CrossEntropyLoss(ignore_index=-100)
    for epoch in range(args.epochs):
        began, losses = time.time(), []
        net.train(), random.shuffle(data)
        for b in range(batches):
            whole, roles = pack(data[b * 96 : b * 96 + 96], vocabulary, 0.15, rng)
            vectors, words, fields, mask, heads, cues = whole
            h = net.encode(vectors, words, fields, mask, heads)
            loss_cue = (bce(net.cue(h)[:, 0], cues) * mask[:, 0]).sum() / mask.sum() * 8
            loss_role = ce(net.roles(h, *roles[:5]), roles[5]) if len(roles[0]) > GAP else 0.0 * loss_cue
            loss = loss_cue + loss_role
            best.zero_grad(), loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step(), plan.step()
            losses.append((float(loss_cue), float(loss_role)))
        print(
            f"epoch {epoch} cue {np.mean([a for a, _ in losses]):.4f} roles {np.mean([b for _, b in losses]):.4f}",
            f"{time.time() - began:.0f} s",
            flush=True,
        )
        if args.dev:
            check(net, sentences(args.dev), vocabulary)
        write(net, vocabulary, args.out)


def check(net, data, vocabulary) -> None:
    net.eval()
    with torch.no_grad():
        (vectors, words, fields, mask, heads, cues), roles = pack(data, vocabulary)
        h = net.encode(vectors, words, fields, mask, heads)
        p = torch.sigmoid(net.cue(h)[:, 0])
        for t in (0.3, 0.4, 0.5):
            y = (p > t) * mask[:, 0]
            tp = (y * cues).sum()
            print(f"  cue at {t}: F {float(2 * tp / (y.sum() + cues.sum())):.3f}", end="")
        out = net.roles(h, *roles[:5]).argmax(1)
        keep = roles[5] >= 0
        for k, name in ((1, "content"), (2, "speaker"), (3, "cue")):
            a, b = (out == k) & keep, (roles[5] == k) & keep
            print(f"  {name} {float(2 * (a & b).sum() / (a.sum() + b.sum())):.3f}", end="")
        print(flush=True)


def write(net, vocabulary, out) -> None:
    arrays = {k: v.detach().numpy().astype(np.float16) for k, v in net.state_dict().items()}
    arrays["vocabulary"] = np.frombuffer(json.dumps(list(vocabulary)).encode(), dtype=np.uint8)
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
