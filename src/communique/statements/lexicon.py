"""The cue lexicon: which words report what was said, with which complements, and what act they perform by themselves.

The knowledge is `data/statements/cues.toml`; this module checks it, inflects its verbs and hands out entries by
the form that stands in the text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple, cast

from communique.errors import KnowledgeError
from communique.records import SPEECH_ACTS, SpeechAct

__all__ = ["Cue", "Lexicon", "inflect", "lexicon"]

_FILE: Final = "cues.toml"
_FRAMES: Final = frozenset("that quote to object as ing for on about of against with from over at out in by".split())
_LISTS: Final = {
    "silent": ("always", "bare"),
    "documents": ("nouns", "outlets", "agencies"),
    "together": ("nouns",),
    "addressed": ("verbs",),
    "diplomacy": ("words",),
    "heads": ("public", "private"),
    "light": ("acting", "reaching", "deals"),
}
_IRREGULAR: Final = {
    "speak": ("spoke", "spoken"), "meet": ("met",), "know": ("knew", "known"), "see": ("saw", "seen"),
    "learn": ("learnt",), "find": ("found",), "show": ("shown",), "hear": ("heard",), "forget": ("forgot",),
    "feel": ("felt",), "hold": ("held",), "give": ("gave", "given"), "make": ("made",), "take": ("took", "taken"),
    "lead": ("led",), "mean": ("meant",), "tell": ("told",), "seek": ("sought",), "deal": ("dealt",),
    "strive": ("strove",), "strike": ("struck",), "hit": ("hit",),
}  # fmt: skip
_RAISED: Final = ("the issue", "the issues", "the question", "the matter", "the case", "concerns", "concern")
"""What is raised at a meeting; the verb alone is raised wages and flags."""
_KEYS: Final = frozenset({"act", "frames", "weak", "forms"})


class Cue(NamedTuple):
    """An entry of the lexicon: the lemma, its word class, the act it performs by itself, and its complements.

    `weak`: with a mere noun phrase as object the word does not report speech.
    """

    lemma: str
    kind: str
    act: SpeechAct
    frames: frozenset[str]
    weak: bool = False


class Lexicon(NamedTuple):
    """Entries by lower-case form; `phrases` by their words; word lists of speakers and of cues that are none."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    phrases: dict[str, Cue]
    silent: frozenset[str]
    bare: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    together: frozenset[str]
    addressed: frozenset[str]
    diplomacy: frozenset[str]
    agencies: frozenset[str]
    public: frozenset[str]
    private: frozenset[str]
    light: frozenset[str]
    reaching: frozenset[str]
    deals: frozenset[str]

    def words(self) -> list[str]:
        """Every form and phrase, sorted: what a gate looks for."""
        done = (
            f"{verb} {noun}" for verb in self.reaching for noun in (f"{a} {n}" for a in ("a", "an") for n in self.deals)
        )
        raised = (f"{verb} {what}" for verb in ("raise", "raised", "raises", "raising") for what in _RAISED)
        return sorted({*self.verbs, *self.nouns, *self.adjectives, *self.phrases, *done, *raised, *_REFUSED})


_REFUSED: Final = ("turned down", "turns down", "brushed aside")
"""Refusals by a verb and a particle."""


def inflect(lemma: str) -> tuple[str, ...]:
    """The regular forms of a verb: itself, past, third person, -ing.

    >>> inflect("deny")
    ('deny', 'denied', 'denies', 'denying')
    >>> inflect("urge")
    ('urge', 'urged', 'urges', 'urging')
    """
    vowel = "aeiou"
    if lemma.endswith("e"):
        return (lemma, lemma + "d", lemma + "s", lemma[:-1] + "ing")
    if lemma.endswith("y") and lemma[-2] not in vowel:
        return (lemma, lemma[:-1] + "ied", lemma[:-1] + "ies", lemma + "ing")
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    short = len(lemma) >= 3 and lemma[-1] not in vowel + "wxy" and lemma[-2] in vowel and lemma[-3] not in vowel
    if short and sum(c in vowel for c in lemma) == 1:  # beg, plan: one syllable doubles its consonant
        return (lemma, lemma + lemma[-1] + "ed", third, lemma + lemma[-1] + "ing")
    return (lemma, lemma + "ed", third, lemma + "ing")


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with communique. Raises KnowledgeError where the file is not as it should be."""
    raw = tomllib.loads(resources.files("communique").joinpath("data", "statements", _FILE).read_text("utf-8"))
    unknown = set(raw) - {"verbs", "nouns", "adjectives", "phrases", *_LISTS}
    if unknown:
        raise _wrong(f"unknown table {sorted(unknown)[0]!r}", "")
    verbs: dict[str, Cue] = {}
    for lemma, row in raw["verbs"].items():
        entry = _entry("verbs", lemma, row)
        irregular = tuple(str(row["forms"]).split()) if "forms" in row else ()
        for form in (lemma, *irregular) if irregular else inflect(lemma):
            verbs.setdefault(form, entry)
    nouns: dict[str, Cue] = {}
    for lemma, row in raw["nouns"].items():
        entry = _entry("nouns", lemma, row)
        for form in (lemma, inflect(lemma)[2]):
            nouns.setdefault(form, entry)
    adjectives = {lemma: _entry("adjectives", lemma, row) for lemma, row in raw["adjectives"].items()}
    phrases = {words: _entry("phrases", words, {"act": act, "frames": ""}) for words, act in raw["phrases"].items()}
    lists: dict[str, frozenset[str]] = {}
    for table, keys in _LISTS.items():
        if set(raw[table]) - set(keys):
            raise _wrong(f"unknown key {sorted(set(raw[table]) - set(keys))[0]!r}", table)
        for key in keys:
            words = str(raw[table][key]).split()
            if key in {"always", "bare", "verbs", "acting", "reaching"}:
                words = [form for word in words for form in (*inflect(word), *_IRREGULAR.get(word, ()))]
            lists[f"{table}.{key}"] = frozenset(words)
    return Lexicon(
        verbs,
        nouns,
        adjectives,
        phrases,
        lists["silent.always"],
        lists["silent.bare"],
        lists["documents.nouns"],
        lists["documents.outlets"],
        lists["together.nouns"],
        lists["addressed.verbs"],
        lists["diplomacy.words"],
        lists["documents.agencies"],
        lists["heads.public"],
        lists["heads.private"],
        lists["light.acting"] | lists["light.reaching"],
        lists["light.reaching"],
        lists["light.deals"],
    )


def _entry(table: str, lemma: str, row: dict[str, Any]) -> Cue:
    where = f"{table}.{lemma}"
    unknown = set(row) - _KEYS
    if unknown:
        raise _wrong(f"unknown key {sorted(unknown)[0]!r}", where)
    if row.get("act") not in SPEECH_ACTS:
        raise _wrong(f"{row.get('act')!r} is no speech act", where)
    frames = frozenset(str(row.get("frames", "")).split())
    if frames - _FRAMES:
        raise _wrong(f"unknown frame {sorted(frames - _FRAMES)[0]!r}", where)
    return Cue(lemma, table, cast(SpeechAct, row["act"]), frames, bool(row.get("weak", False)))


def _wrong(what: str, where: str) -> KnowledgeError:
    return KnowledgeError(
        what, where=f"data/statements/{_FILE} {where}".strip(), remedy="Correct the entry; the file's head says how."
    )
