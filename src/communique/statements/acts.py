"""The speech act of a statement: a linear decision over the cue, what was said, and who is meant by "we".

Where language is plain the cue decides (rejected, demanded, thanked). Telling verbs leave it to signs in the content,
each with a weight; a statement that shows several strong acts is given the strongest, as the glossary says.
The signs are `data/statements/acts.toml`.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from communique.errors import KnowledgeError
from communique.records import ACT_STRENGTH, SPEECH_ACTS, SpeechAct
from communique.statements.lexicon import Cue, lexicon

__all__ = ["Inner", "Sign", "act_of", "acts", "evidence", "scores"]

_FILE: Final = "acts.toml"
_KEYS: Final = frozenset({"act", "weight", "pattern", "where", "examples"})
_TELLING: Final = frozenset({"inform", "assess", "announce"})
_PLAIN: Final = frozenset({"demand", "reject", "deny", "threaten", "accuse", "condemn", "praise", "agree"})
"""Acts that a verb of the lexicon performs whatever follows it: rejected, demanded, thanked."""
_NEVER: Final = re.compile(r"(to )?(never|not to)\b", re.IGNORECASE)
_CLOSE: Final = 0.1
"""Acts whose scores differ by less than this are settled by strength."""
_WORD: Final = re.compile(r"[^\W\d_]+|n['’]t")
_ARTICLES: Final = frozenset("the a an his her its their our this any no".split())
_WORDS: Final = 40
_NEAR: Final = 14
"""Words of the content that the classifier sees, and those that count in full."""
_STEM: Final = 5
"""Letters of a word that count; of 4, 5 and 6 the best on statements held out."""
_WHOLE: Final = 3.0
"""What the words of a content weigh together, beside one for the cue."""

_FURTHER: Final = 0.25
"""What the second and later signs for one act count."""
_HEAD: Final = 60
_LEAST: Final = 0.5
"""A sign within the first `_HEAD` characters counts in full; later ones fade to `_LEAST`."""
_OTHERS: Final = 0.5
"""What signs count where the content tells of an act of the other side."""


class Sign(NamedTuple):
    """A pattern that speaks for an act with a weight, and where it is looked for: content, cue, start or whole."""

    act: SpeechAct
    weight: float
    pattern: re.Pattern[str]
    where: str
    examples: tuple[str, ...]


class Inner(NamedTuple):
    """The act of somebody whom the content tells of: "Y rejected the plan", and whether Y is of the speaker's side."""

    act: SpeechAct
    own: bool


class Acts(NamedTuple):
    """What the cue alone is worth, and the signs."""

    plain: float
    tell: float
    signs: tuple[Sign, ...]


@cache
def acts() -> Acts:
    """The signs that come with communique. Raises KnowledgeError where the file is not as it should be."""
    raw = tomllib.loads(resources.files("communique").joinpath("data", "statements", _FILE).read_text("utf-8"))
    signs = tuple(_sign(row, n) for n, row in enumerate(raw["sign"], 1))
    return Acts(float(raw["base"]["plain"]), float(raw["base"]["tell"]), signs)


def _sign(row: dict[str, Any], number: int) -> Sign:
    where = f"data/statements/{_FILE} sign {number}"
    remedy = "Correct the sign; the file's head says how."
    unknown = set(row) - _KEYS
    if unknown:
        raise KnowledgeError(f"unknown key {sorted(unknown)[0]!r}", where=where, remedy=remedy)
    if row.get("act") not in SPEECH_ACTS:
        raise KnowledgeError(f"{row.get('act')!r} is no speech act", where=where, remedy=remedy)
    try:
        pattern = re.compile(_lowered(str(row["pattern"])))
    except re.error as error:
        raise KnowledgeError(f"the pattern is wrong: {error}", where=where, remedy=remedy) from error
    place = str(row.get("where", "content"))
    if place not in {"content", "cue", "start", "whole"}:
        raise KnowledgeError(f"no place {place!r} to look in", where=where, remedy=remedy)
    return Sign(cast(SpeechAct, row["act"]), float(row["weight"]), pattern, place, tuple(row.get("examples", ())))


def _lowered(pattern: str) -> str:
    """The pattern in lower case, for words in lower case: half the cost of one that disregards case."""
    return re.sub(r"(\\.)|([A-Z])", lambda m: m.group(1) or m.group(2).lower(), pattern)


def scores(cue: Cue | None, cue_words: str, content: str, inner: Inner | None = None) -> dict[SpeechAct, float]:
    """What speaks for each act. `cue` is the cue's entry in the lexicon, `inner` the act that the content tells.

    Of several signs for one act the heaviest counts, the others a little; a sign late in the content, where mere
    circumstances stand, counts less than one at its head.
    """
    known = acts()
    out: dict[SpeechAct, float] = dict.fromkeys(SPEECH_ACTS, 0.0)
    out["inform"] += 0.5
    if cue is not None:
        out[cue.act] += known.tell if cue.act in _TELLING else known.plain
    found: dict[SpeechAct, list[float]] = {}
    cue_words, content = cue_words.lower(), content.lower()
    places = {"cue": cue_words, "start": content[:60], "content": content, "whole": f"{cue_words} | {content}"}
    for sign in known.signs:
        match = sign.pattern.search(places[sign.where])
        if match is not None:
            weight = sign.weight * (_fading(match.start()) if sign.where == "content" else 1.0)
            found.setdefault(sign.act, []).append(weight)
    if (noun := _noun(content)) is not None:
        found.setdefault(noun.act, []).append(known.plain - 0.8)
    for act, weights in found.items():
        weights.sort(reverse=True)
        out[act] += weights[0] + _FURTHER * sum(weights[1:])
    if inner is not None and inner.own:
        out[inner.act] += known.plain - 0.5
    elif inner is not None:
        out = {act: value * _OTHERS for act, value in out.items()}
        out["inform"] += known.plain - 1.0
    return out


def _noun(content: str) -> Cue | None:
    """The lexicon's entry of a noun that heads the content: "his call for a truce", "a firm warning that"."""
    words = [w.lower() for w in _WORD.findall(content)][:5]
    if not words or words[0] not in _ARTICLES:
        return None
    for word, after in itertools.pairwise(words):
        entry = lexicon().nouns.get(word)
        if entry is not None and after in entry.frames:
            return entry
    return None


def _fading(at: int) -> float:
    return 1.0 if at < _HEAD else max(_LEAST, 1.0 - (at - _HEAD) / 300)


def evidence(cue: Cue | None, cue_words: str, content: str, inner: Inner | None = None) -> dict[str, float]:
    """What the classifier weighs, by name: the signs' scores, the reporting words, and the words of the content.

    Words count by their first letters, so that "congratulated" and "congratulations" are one; those of the content
    weigh together the same in a short and in a long statement.
    """
    lemma = cue.lemma if cue is not None else cue_words.lower()[:20]
    out = {f"sign:{act}": value / 3 for act, value in scores(cue, cue_words, content, inner).items() if value}
    out[f"cue:{lemma}"] = 1.0
    if cue is not None and not cue.weak:
        out[f"performs:{cue.act}"] = 1.0
    for word in _WORD.findall(cue_words.lower()):
        out[f"cue word:{word[: _STEM + 1]}"] = 1.0
    said = _said(content, lemma, "tell" if cue is None or cue.act in _TELLING else cue.act)
    scale = _WHOLE / max(1.0, math.sqrt(sum(v * v for v in said.values())))
    out.update((name, value * scale) for name, value in said.items())
    out["one"] = 1.0
    if content[:1] in "“\"'‘«„":
        out["quoted"] = 1.0
    return out


def _said(content: str, lemma: str, kind: str) -> dict[str, float]:
    """Stems of the content, pairs of neighbours near its head, and its first words together with the cue."""
    words = [w.lower() for w in _WORD.findall(content)][:_WORDS]
    if words and words[0] == "that":
        words = words[1:]
    stems = [w[:_STEM] for w in words]
    out: dict[str, float] = {}
    for k, stem in enumerate(stems):
        out.setdefault(f"word:{stem}", 1.0 if k < _NEAR else 0.5)
    near = stems[:_NEAR]
    for a, b in zip(["^", *near], near, strict=False):
        out[f"pair:{a} {b}"] = 1.0
    if near:
        out[f"after {lemma}:{near[0]}"] = 1.0
    for stem in near[:4]:
        out[f"after {kind}:{stem}"] = 0.7
    return out


@cache
def _weights() -> tuple[dict[str, int], NDArray[np.float32]]:
    file = resources.files("communique").joinpath("data", "statements", "acts.npz")
    with resources.as_file(file) as path, np.load(path) as arrays:
        names = json.loads(arrays["names"].tobytes().decode())
        return {name: k for k, name in enumerate(names)}, arrays["weights"].astype(np.float32)


def act_of(cue: Cue | None, cue_words: str, content: str, inner: Inner | None = None) -> SpeechAct:
    """The speech act: what the trained weights make of the evidence; among nearly equal acts the strongest.

    >>> from communique.statements.lexicon import lexicon
    >>> act_of(lexicon().verbs["said"], "said", "the troops must leave at once")
    'demand'
    """
    if inner is None and cue is not None and cue.kind == "verbs" and cue.act in _PLAIN and not _NEVER.match(content):
        return cue.act
    index, weights = _weights()
    total = np.zeros(len(SPEECH_ACTS), dtype=np.float32)
    for name, value in sorted(evidence(cue, cue_words, content, inner).items()):
        row = index.get(name)
        if row is not None:
            total += value * weights[row]
    top = float(total.max())
    close = [act for k, act in enumerate(SPEECH_ACTS) if total[k] >= top - _CLOSE]
    for act in ACT_STRENGTH:
        if act in close:
            return act
    return SPEECH_ACTS[int(total.argmax())]
