"""The small network that finds cues and the roles of the words around them, in plain numpy.

It was trained by `training/statements_train.py` on annotated news (see its model card beside it). One pass over all
sentences of a report gives each token's chance to be the head of a cue; a second pass over each cue, with the tree as
seen from it, gives each token of the sentence a role. Sentences lie in one flat array with empty rows between them, so
that each layer is one matrix product for the whole report.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from communique.errors import KnowledgeError
from communique.statements.features import FIELDS, PATH_FIELDS, Features, paths

__all__ = ["CONTENT", "CUE", "SPEAKER", "Network", "Read", "network"]

Floats: TypeAlias = NDArray[np.float32]
_GAP: Final = 8
_STEPS: Final = (1, 2, 4)
_LATER: Final = (1, 2, 4, 1)
CONTENT: Final = 1
SPEAKER: Final = 2
CUE: Final = 3


class Read(NamedTuple):
    """The first pass: hidden rows, where each sentence begins among them, and each token's chance to be a cue."""

    hidden: Floats
    starts: list[int]
    cues: list[Floats]


class Network:
    """The weights, and the two passes over a report."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self._w: dict[str, Floats] = {k: np.asarray(v, np.float32) for k, v in arrays.items() if k != "vocabulary"}
        words = json.loads(arrays["vocabulary"].tobytes().decode())
        self._ids = {w: i + 2 for i, w in enumerate(words)}
        if self._w["word.weight"].shape[0] != len(words) + 2:
            raise KnowledgeError(
                "the statement network does not fit its vocabulary",
                where="data/statements/network.npz",
                remedy="Install communique again, or train it anew.",
            )
        # What a path field contributes is its embedding through one matrix: multiplied out once, looked up after.
        at, tables = 0, []
        for i in range(len(PATH_FIELDS)):
            table = self._w[f"paths.{i}.weight"]
            tables.append(table @ self._w["of_path.weight"][:, at : at + table.shape[1]].T)
            at += table.shape[1]
        self._path_tables = tables

    def read(self, sentences: Sequence[Features]) -> Read:
        """The first pass over the sentences of a report."""
        total = sum(len(s.words) + _GAP for s in sentences) + _GAP
        w = self._w
        widths = [w[f"fields.{i}.weight"].shape[1] for i in range(len(FIELDS))]
        size_word = w["word.weight"].shape[1]
        rows = np.zeros((total, 96 + size_word + sum(widths)), np.float32)
        heads = np.arange(total)
        mask = np.zeros((total, 1), np.float32)
        starts, at = [], _GAP
        for s in sentences:
            n = len(s.words)
            here = slice(at, at + n)
            rows[here, :96] = s.vectors
            rows[here, 96 : 96 + size_word] = w["word.weight"][[self._ids.get(word, 1) for word in s.words]]
            column = 96 + size_word
            for i, width in enumerate(widths):
                rows[here, column : column + width] = w[f"fields.{i}.weight"][s.fields[:, i]]
                column += width
            heads[here] = s.heads + at
            mask[here] = 1
            starts.append(at)
            at += n + _GAP
        h = (rows @ w["enter.weight"].T + w["enter.bias"]) * mask
        for i, step in enumerate(_STEPS):
            h = self._block(f"blocks.{i}", h, mask, heads, step)
        y = np.maximum(self._norm("cue.0", h) @ w["cue.1.weight"].T + w["cue.1.bias"], 0)
        chance = 1 / (1 + np.exp(-(y @ w["cue.3.weight"].T + w["cue.3.bias"])[:, 0]))
        cues = [chance[a : a + len(s.words)] for a, s in zip(starts, sentences, strict=True)]
        return Read(h, starts, cues)

    def roles(self, sentences: Sequence[Features], read: Read, cues: Sequence[tuple[int, int]]) -> list[Floats]:
        """The second pass: for each (sentence, token) tokens x chance of no role, content, speaker, cue."""
        if not cues:
            return []
        w = self._w
        total = sum(len(sentences[i].words) + _GAP for i, _ in cues) + _GAP
        token, cue, heads = np.zeros(total, np.int64), np.zeros(total, np.int64), np.arange(total)
        mask = np.zeros((total, 1), np.float32)
        path = np.zeros((total, len(PATH_FIELDS)), np.int32)
        spans, at = [], _GAP
        for i, k in cues:
            s, first = sentences[i], read.starts[i]
            n = len(s.words)
            here = slice(at, at + n)
            token[here], cue[here], heads[here], mask[here] = np.arange(first, first + n), first + k, s.heads + at, 1
            path[here] = paths(s, k)
            spans.append(here)
            at += n + _GAP
        of_token = read.hidden @ w["of_token.weight"].T + w["of_token.bias"] + w["of_cue.bias"] + w["of_path.bias"]
        of_cue = read.hidden @ w["of_cue.weight"].T
        z = of_token[token] + of_cue[cue]
        for i, table in enumerate(self._path_tables):
            z += table[path[:, i]]
        z *= mask
        for i, step in enumerate(_LATER):
            z = self._block(f"later.{i}", z, mask, heads, step)
        out = self._norm("role.0", z) @ w["role.1.weight"].T + w["role.1.bias"]
        out = np.exp(out - out.max(1, keepdims=True))
        out /= out.sum(1, keepdims=True)
        return [out[here] for here in spans]

    def _block(self, name: str, h: Floats, mask: Floats, heads: NDArray[np.int64], step: int) -> Floats:
        y = self._norm(f"{name}.norm", h) * mask
        size = y.shape[1]
        wide = np.zeros((len(y), 4 * size), np.float32)
        wide[step:, :size] = y[:-step]
        wide[:, size : 2 * size] = y
        wide[:-step, 2 * size : 3 * size] = y[step:]
        wide[:, 3 * size :] = y[heads]
        out: Floats = h + np.maximum(wide @ self._w[f"{name}.mix.weight"].T + self._w[f"{name}.mix.bias"], 0)
        return out

    def _norm(self, name: str, h: Floats) -> Floats:
        centred = h - h.mean(1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(1, keepdims=True) + 1e-5)
        out: Floats = centred / scale * self._w[f"{name}.weight"] + self._w[f"{name}.bias"]
        return out


@cache
def network() -> Network:
    """The network that comes with communique; loaded once."""
    file = resources.files("communique").joinpath("data", "statements", "network.npz")
    with resources.as_file(file) as path, np.load(path) as arrays:
        return Network({k: arrays[k] for k in arrays.files})
