"""Near copies: the same text in two reports, whole or cut, lightly or rather heavily edited; and reports' origins.

Two sketches of a text are kept as its signature. A MinHash of its word shingles finds syndicated copies by a few band
keys. Fingerprints chosen by winnowing (Schleimer, Wilkerson and Aiken 2003: the least hash of each window of shingles)
find rewrites and cuts: a run of words that two texts share leaves the same fingerprints in both, so the share of the
shorter text's fingerprints that the longer one has estimates how much of it is in there.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.linking.told import fold
from communique.records import NearCopy

if TYPE_CHECKING:
    import numpy as np  # late: it takes a tenth of a second, and asking what is on the agenda needs no signature

__all__ = ["CONTAINMENT", "Signature", "copy_keys", "near_copies", "near_copy", "origins", "signature"]

_SHINGLE: Final = 4
"""Words in a shingle: three are shared by texts on one subject, five lose a rewrite (0.41 of fours survive the change
of one word in five, 0.33 of fives)."""
_WINDOW: Final = 6
"""Shingles in a winnowing window: a shared run of nine words is always found, two in seven shingles are kept."""
_PERMUTATIONS: Final = 64
_ROWS: Final = 4
_SEED: Final = 20220110
_VERSION: Final = 1
CONTAINMENT: Final = 0.35
"""Share of the shorter text's fingerprints from which two reports are near copies."""
_LEAST_SHARED: Final = 4
"""Fingerprints that must be shared at least: some fifteen words, so that a common quotation alone is no copy."""
_LEAST_WORDS: Final = 25
_KEYED: Final = 2
"""One fingerprint in so many is a key of the index."""

Signature = bytes
"""A version byte, the MinHash (64 numbers of 4 bytes), then the fingerprints (4 bytes each), all little endian."""


class _Parts(NamedTuple):
    digest: np.ndarray[tuple[int], np.dtype[np.uint32]]
    prints: np.ndarray[tuple[int], np.dtype[np.uint32]]


def signature(text: str) -> Signature:
    """The signature of a report's text, to be kept with it; a text of fewer than 25 words has an empty one."""
    import numpy as np
    from rensa import RMinHash

    words = re.findall(r"\w+", fold_cheaply(text))
    if len(words) < _LEAST_WORDS:
        return bytes([_VERSION])
    shingles = [" ".join(words[i : i + _SHINGLE]).encode() for i in range(len(words) - _SHINGLE + 1)]
    hashes = np.fromiter((zlib.crc32(s) for s in shingles), dtype=np.uint32, count=len(shingles))
    # crc32 is linear, so near inputs have near sums; a multiplicative mix makes the least of a window fair.
    mixed = (hashes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)).astype(np.uint32)
    windows = np.lib.stride_tricks.sliding_window_view(mixed, min(_WINDOW, len(mixed)))
    prints = np.unique(windows.min(axis=1))
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    digest = np.asarray(sketch.digest(), dtype="<u4")
    return bytes([_VERSION]) + digest.tobytes() + prints.astype("<u4").tobytes()


def fold_cheaply(text: str) -> str:
    """Lower case without apostrophes; accents are folded only where there are any."""
    return text.lower().replace("’", "").replace("'", "") if text.isascii() else fold(text)


def _parts(sign: Signature) -> _Parts | None:
    import numpy as np

    if len(sign) <= 1 or sign[0] != _VERSION:
        return None
    numbers = np.frombuffer(sign, dtype="<u4", offset=1)
    return _Parts(numbers[:_PERMUTATIONS], numbers[_PERMUTATIONS:])


def copy_keys(sign: Signature) -> tuple[int, ...]:
    """Numbers (below 2**63) to find the report's copies under: bands of the MinHash and some fingerprints."""
    parts = _parts(sign)
    if parts is None:
        return ()
    bands = parts.digest.reshape(-1, _ROWS)
    keys = {(1 << 40) | (n << 32) | zlib.crc32(band.tobytes()) for n, band in enumerate(bands)}
    keys.update(int(p) for p in parts.prints[parts.prints % _KEYED == 0])
    return tuple(sorted(keys))


def near_copy(a: str, first: Signature, b: str, second: Signature) -> NearCopy | None:
    """The near copy that the reports `a` and `b` are, by their signatures; None if they are not."""
    ours, theirs = _parts(first), _parts(second)
    if ours is None or theirs is None:
        return None
    import numpy as np

    shared = len(np.intersect1d(ours.prints, theirs.prints, assume_unique=True))
    share = shared / min(len(ours.prints), len(theirs.prints))
    if share < CONTAINMENT or shared < _LEAST_SHARED:
        return None
    return NearCopy(min(a, b), max(a, b), round(share, 3))


def near_copies(new: Mapping[str, Signature], others: Mapping[str, Signature] | None = None) -> tuple[NearCopy, ...]:
    """Near copies between the `new` reports (id → signature) and among them and `others`, sorted.

    Only reports that share a key (`copy_keys`) are compared; whoever keeps an index gives as `others` those that share
    a key with a new one.
    """
    every = {**(others or {}), **new}
    index: dict[int, list[str]] = defaultdict(list)
    keys = {name: copy_keys(every[name]) for name in sorted(every)}
    for name, own in keys.items():
        for key in own:
            index[key].append(name)
    found = []
    for name in sorted(new):
        near = {other for key in keys[name] for other in index[key]} - {name}
        for other in sorted(near):
            if other in new and other < name:
                continue
            copy = near_copy(name, every[name], other, every[other])
            if copy is not None:
                found.append(copy)
    return tuple(sorted(found, key=lambda c: (c.a, c.b)))


def origins(reports: Iterable[str], copies: Iterable[NearCopy]) -> dict[str, str]:
    """Report id → id of its origin: the smallest report id among all that are copies of each other, in any order."""
    parent = {name: name for name in reports}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for copy in copies:
        a, b = find(copy.a), find(copy.b)
        parent[max(a, b)] = min(a, b)
    return {name: find(name) for name in sorted(parent)}
