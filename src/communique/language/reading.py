"""A report as the later rooms see it: its sentences, the quotations, and the parse of the sentences that were gated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from communique.language.gate import Gate, Mark
from communique.language.parser import Parser
from communique.language.quotes import Quotation, quotations
from communique.language.sentences import SentenceSpan, split
from communique.records import Passage, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["Chooser", "Reading", "Sentence", "read"]

Chooser: TypeAlias = Callable[[Sequence[SentenceSpan], Sequence[Counter[str]], Sequence[bool]], Sequence[bool]]
"""Which sentences to parse: from their spans, how often each label is marked in them, and which hold quoted words."""

_LONGEST_SENTENCE: Final = 4_000
_RUN: Final = re.compile(r"\S{400}")


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its span in the report's text, its parse where it was gated, and the gate's labels."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    is_title: bool = False
    labels: frozenset[str] = frozenset()
    doc: Doc | None = None
    _bounds: tuple[list[int], list[int]] | None = None

    def token_span(self, token: Token) -> tuple[int, int]:
        """Where a token stands in the report's text."""
        return (self.start + token.idx, self.start + token.idx + len(token.text))

    def char_span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens `first` to `last` (both included) stand in the report's text."""
        assert self.doc is not None
        end = self.doc[last]
        return (self.start + self.doc[first].idx, self.start + end.idx + len(end.text))

    def tokens_in(self, start: int, end: int) -> Span | None:
        """The tokens that overlap a span of the report's text; None without a parse or an overlap."""
        if self.doc is None or end <= start:
            return None
        if self._bounds is None:
            # asked for many times a sentence, and walking a Doc makes a Python object of every token
            starts = [t.idx for t in self.doc]
            self._bounds = (starts, [i + len(t.text) for i, t in zip(starts, self.doc, strict=True)])
        starts, ends = self._bounds
        first = bisect_right(ends, start - self.start)
        last = bisect_left(starts, end - self.start)
        return self.doc[first:last] if first < last else None


@dataclass(slots=True, eq=False)
class Reading:
    """A report with its sentences and quotations; what the rooms after language work on."""

    report: Report
    sentences: list[Sentence]
    quotations: tuple[Quotation, ...]
    marks: list[Mark]
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [s.start for s in self.sentences]

    @property
    def text(self) -> str:
        """The report's cleaned text."""
        return self.report.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`; None between sentences."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self.sentences[at].end:
            return None
        return self.sentences[at]

    def quoted(self, start: int, end: int) -> bool:
        """Does the whole span lie inside quotation marks?"""
        return any(q.inner[0] <= start and end <= q.inner[1] for q in self.quotations)

    def passage(self, start: int, end: int) -> Passage:
        """The passage of the report's text from `start` to `end`."""
        return self.report.passage(start, end)


def read(report: Report, gate: Gate, parser: Parser, choose: Chooser | None = None) -> Reading:
    """Split, gate and parse a report.

    `choose` decides which sentences are parsed; None parses all of them. No clock, no network, no state.
    """
    text = report.text
    spans = split(text)
    quotes = quotations(text)
    marks = gate.marks(text)
    labels = Gate.by_sentence(marks, spans)
    sentences = [
        Sentence(i, s.start, s.end, text[s.start : s.end], s.paragraph, s.end <= report.title_end, frozenset(labels[i]))
        for i, s in enumerate(spans)
    ]
    starts = [q.start for q in quotes]
    holds = [_touches(s, quotes, starts) for s in spans]
    chosen = choose(spans, labels, holds) if choose else [True] * len(spans)
    gated = [s for s, keep in zip(sentences, chosen, strict=True) if keep and _is_language(s.text)]
    # A line broken inside a sentence is a space to the parser; both are one character, so offsets hold.
    docs = parser.parse(s.text.replace("\n", " ") for s in gated) if gated else []
    for sentence, doc in zip(gated, docs, strict=True):
        sentence.doc = doc
    return Reading(report, sentences, quotes, marks)


def _is_language(text: str) -> bool:
    """Could somebody have written this as one sentence?

    What is longer, or has no space for longer, is data or an attack: the tokeniser takes a time that grows with the
    square of a run without spaces (160 s for 30,000 marks).
    """
    return len(text) <= _LONGEST_SENTENCE and _RUN.search(text) is None


def _touches(span: SentenceSpan, quotes: Sequence[Quotation], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, span.end - 1) - 1
    return at >= 0 and quotes[at].end > span.start
