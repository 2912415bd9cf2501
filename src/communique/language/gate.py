"""The gate: one Aho-Corasick pass marks the sentences that can hold a record; the others are never parsed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.language.sentences import SentenceSpan

__all__ = ["Gate", "Mark"]


class Mark(NamedTuple):
    """A pattern of the gate found in the text, and the name of the list it came from (`trigger`, `cue`, ...)."""

    start: int
    end: int
    label: str


_EDGE: Final = frozenset("_")


class Gate:
    """Patterns by label, looked for in one pass, whole words only, without regard to case.

    `patterns` maps a label to its words or phrases in lower case. A longer pattern wins over a shorter one that
    begins at the same place. `exact` maps a label to words for which case counts ("US" is no "us").
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]], exact: Mapping[str, Iterable[str]] | None = None) -> None:
        self._automata = [(True, *_automaton(patterns)), (False, *_automaton(exact or {}))]

    def marks(self, text: str) -> list[Mark]:
        """Every mark in the text, in order."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few capitals (İ) grow when lowered: keep the offsets
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        found: list[Mark] = []
        size = len(lowered)
        for folds, automaton, labels in self._automata:
            for index, start, end in automaton.find_matches_as_indexes(lowered if folds else text):
                if start and (lowered[start - 1].isalnum() or lowered[start - 1] in _EDGE):
                    continue
                if end < size and (lowered[end].isalnum() or lowered[end] in _EDGE):
                    continue
                found.append(Mark(start, end, labels[index]))
        return sorted(found)

    @staticmethod
    def by_sentence(marks: Iterable[Mark], sentences: Sequence[SentenceSpan]) -> list[Counter[str]]:
        """How often each label was found in each sentence."""
        starts = [s.start for s in sentences]
        labels: list[Counter[str]] = [Counter() for _ in sentences]
        for mark in marks:
            at = bisect_right(starts, mark.start) - 1
            if at >= 0 and mark.start < sentences[at].end:
                labels[at][mark.label] += 1
        return labels


def _automaton(patterns: Mapping[str, Iterable[str]]) -> tuple[AhoCorasick, list[str]]:
    """The automaton of the patterns and the label of each."""
    label_of: dict[str, str] = {}
    for label, words in patterns.items():
        for word in words:
            label_of.setdefault(word, label)
    ordered = sorted(label_of)
    automaton = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
    return automaton, [label_of[p] for p in ordered]
