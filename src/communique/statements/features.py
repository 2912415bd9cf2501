"""What the small network sees of a sentence: numbers for its words, tags, dependencies and quotation marks.

Training and running share this module, so that both see the same.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from communique.language import Reading, Sentence
from communique.statements.lexicon import lexicon

__all__ = ["DEPS", "FIELDS", "PATH_FIELDS", "TAGS", "Features", "describe", "paths"]

Ints: TypeAlias = NDArray[np.int32]

TAGS: Final[list[str]] = """
    $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB
    RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``
    """.split()
DEPS: Final[list[str]] = """
    ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass
    dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj
    poss preconj predet prep prt punct quantmod relcl xcomp
    """.split()
_TAG: Final = {t: i + 1 for i, t in enumerate(TAGS)}
_DEP: Final = {d: i + 1 for i, d in enumerate(DEPS)}
_ND: Final = len(DEPS) + 2  # 0 unknown, the last one "the node itself"
_SELF: Final = _ND - 1
_SUFFIXES: Final = 512

FIELDS: Final = {
    "tag": len(TAGS) + 1, "dep": _ND, "suffix": _SUFFIXES, "shape": 8, "quote": 5, "cue": 8, "place": 4,
}  # fmt: skip
"""Fields of a token, besides its word, and how many values each has."""

PATH_FIELDS: Final = {"first": 5 * _ND, "second": _ND * _ND, "up": 5 * _ND, "depth": 7, "distance": 17, "between": 12}
"""Fields of a token as seen from a cue, and how many values each has."""


class Features(NamedTuple):
    """A sentence in numbers: lower-case words, the fields (tokens x fields), heads, and the parser's vectors."""

    words: list[str]
    fields: Ints
    heads: Ints
    vectors: NDArray[np.float32]
    quote: Ints
    commas: Ints


def describe(reading: Reading, sentence: Sentence) -> Features:
    """The features of one parsed sentence."""
    doc = sentence.doc
    assert doc is not None
    size = len(doc)
    words: list[str] = []
    fields = np.zeros((size, len(FIELDS)), dtype=np.int32)
    heads = np.zeros(size, dtype=np.int32)
    quote = _quoted(reading, sentence)
    for i, token in enumerate(doc):
        text, lower, tag = token.text, token.lower_, token.tag_
        words.append(lower)
        heads[i] = token.head.i
        fields[i] = (
            _TAG.get(tag, 0),
            _DEP.get(token.dep_, 0),
            _suffix(lower),
            _shape(text),
            quote[i],
            _cue(lower, tag),
            0 if i == 0 else 1 if i == size - 1 else 2,
        )
    vectors = np.asarray(doc.tensor, dtype=np.float32)
    commas = np.cumsum([w in {",", ";", ":", "--", "–", "—"} for w in words], dtype=np.int32)
    return Features(words, fields, heads, vectors, quote, commas)


def _quoted(reading: Reading, sentence: Sentence) -> Ints:
    """For each token: 0 outside, 1 inside a quotation, 2 inside one begun earlier, 3 one that goes on, 4 a mark."""
    doc: Any = sentence.doc
    out = np.zeros(len(doc), dtype=np.int32)
    near = [q for q in reading.quotations if q.start < sentence.end and sentence.start < q.end]
    for q in near:
        value = 2 if q.start < sentence.start else 3 if q.end > sentence.end else 1
        for i, token in enumerate(doc):
            at = sentence.start + token.idx
            if q.inner[0] <= at < q.inner[1]:
                out[i] = value
            elif q.start <= at < q.end:
                out[i] = 4
    return out


@lru_cache(maxsize=65536)
def _suffix(word: str) -> int:
    return zlib.crc32(word[-3:].encode()) % _SUFFIXES


@lru_cache(maxsize=65536)
def _shape(text: str) -> int:
    if text.isdigit():
        return 1
    if not any(c.isalnum() for c in text):
        return 2
    if text.islower():
        return 3
    if text.isupper():
        return 4 if len(text) > 1 else 5
    return 6 if text[:1].isupper() else 7


@lru_cache(maxsize=65536)
def _cue(word: str, tag: str) -> int:
    """Class of the word in the cue lexicon, as the tag would have it."""
    words = lexicon()
    if tag.startswith("VB"):
        entry = words.verbs.get(word)
        return 0 if entry is None else 1 + entry.weak
    if tag.startswith("NN"):
        return 3 if word in words.nouns else 0
    if tag.startswith("JJ"):
        return 4 if word in words.adjectives else 0
    return 5 if word == "according" else 6 if word == ":" else 0


def paths(features: Features, cue: int) -> Ints:
    """The fields of every token as seen from the token `cue` (tokens x path fields).

    A token hangs below the cue or below one of its ancestors: `up` steps above the cue (at most 4) stands the lowest
    common ancestor; `first` and `second` are the dependencies by which the path leaves it, `depth` its length; `up`
    also says by which dependency the cue hangs there.
    """
    heads, fields = features.heads, features.fields
    size = len(heads)
    chain: dict[int, int] = {}
    at, step = cue, 0
    while at not in chain:
        chain[at] = step
        at, step = int(heads[at]), step + 1
    order = list(chain)
    deps = fields[:, 1]
    known: list[tuple[int, int, int, int] | None] = [None] * size
    for node, k in chain.items():
        known[node] = (k, _SELF, 0, 0)
    for i in range(size):
        if heads[i] == i and known[i] is None:  # the root of another tree: the parse fell apart
            known[i] = (4, 0, 0, 1)
    out = np.zeros((size, len(PATH_FIELDS)), dtype=np.int32)
    for i in range(size):
        stack: list[int] = []
        j = i
        while known[j] is None:
            stack.append(j)
            j = int(heads[j])
        while stack:
            j = stack.pop()
            k, first, second, depth = known[int(heads[j])] or (0, 0, 0, 0)
            dep = int(deps[j])
            known[j] = (k, dep, 0, 1) if depth == 0 else (k, first, second if depth > 1 else dep, depth + 1)
        k, first, second, depth = known[i] or (0, 0, 0, 0)
        came = int(deps[order[k - 1]]) if 0 < k < len(order) else 0
        up = min(k, 4)
        out[i, :4] = (up * _ND + first, first * _ND + second, up * _ND + came, min(depth, 6))
    offset = np.arange(size) - cue
    size_of = np.minimum(np.abs(offset), 63)
    bucket = np.searchsorted([1, 2, 3, 5, 8, 13, 21, 34], size_of, side="right")
    out[:, 4] = np.where(offset < 0, 8 - bucket, 8 + bucket)
    commas = np.minimum(np.abs(features.commas - features.commas[cue]), 3)
    same = (features.quote > 0) * 2 + (features.quote[cue] > 0)
    out[:, 5] = commas * 3 + np.minimum(same, 2)
    return out
