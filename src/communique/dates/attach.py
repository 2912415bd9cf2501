"""Which time expression belongs to a clause: by syntax and distance, not by being nearest in characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.dates.edtf import precision
from communique.records import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.language import Reading, Sentence

__all__ = ["duration_for", "for_span"]


def for_span(reading: Reading, times: Sequence[TimeExpression], start: int, end: int) -> TimeExpression | None:
    """The date or time that belongs to the clause around [start, end): same sentence only.

    With a parse, an expression below the same verb as the span wins, then one nearer in the tree; without, the nearest
    that no other clause boundary parts from the span. None where the sentence has none.
    """
    return _best(reading, (t for t in times if t.type in {"date", "time"} and _tells(t)), start, end)


def duration_for(reading: Reading, times: Sequence[TimeExpression], start: int, end: int) -> TimeExpression | None:
    """The length of time that belongs to the clause around [start, end), of the same sentence; None without one."""
    return _best(reading, (t for t in times if t.type == "duration" and t.value), start, end)


def _tells(t: TimeExpression) -> bool:
    return t.value is not None and not (t.timex or "").endswith("_REF")


def _best(reading: Reading, times: Iterable[TimeExpression], start: int, end: int) -> TimeExpression | None:
    sentence = reading.sentence_at(start)
    if sentence is None:
        return None
    near = [t for t in times if sentence.start <= t.start and t.end <= sentence.end]
    if not near:
        return None
    return min(near, key=lambda t: (_cost(sentence, t, start, end), t.start))


def _cost(sentence: Sentence, t: TimeExpression, start: int, end: int) -> float:
    """How far a time stands from a span: clauses between them weigh most, then the tree, then the words."""
    low, high = sorted(((t.start, t.end), (start, end)))
    between = sentence.text[max(low[1] - sentence.start, 0) : max(high[0] - sentence.start, 0)]
    cost = len(between) / 200
    cost += sum(between.count(mark) for mark in (";", ":", "“", "”", '"')) * 2
    cost += 0.4 * between.count(",")
    size = precision(t.value) if t.type != "duration" else None
    if size and size > 31:
        cost += 0.5  # "the 2015 deal": a year alone more often belongs to a noun than to a clause
    if sentence.doc is not None:
        a, b = sentence.tokens_in(t.start, t.end), sentence.tokens_in(start, end)
        if a is not None and b is not None:
            cost += _tree(a.root, b.root)
    else:
        cost += (
            sum(f" {w} " in f" {between} " for w in ("that", "which", "who", "after", "before", "while", "when", "but"))
            * 1.5
        )
    return cost


def _tree(time: Token, other: Token) -> float:
    """Clause borders and steps in the tree between two tokens."""
    above = [time, *time.ancestors]
    chain = [other, *other.ancestors]
    index = {t.i: k for k, t in enumerate(chain)}
    for k, token in enumerate(above):
        if token.i in index:
            path = above[:k] + chain[: index[token.i]]
            borders = sum(t.dep_ in {"relcl", "advcl", "ccomp", "acl", "parataxis", "pcomp", "xcomp"} for t in path)
            return borders * 1.2 + 0.15 * len(path)
    return 6.0
