"""Attributions as the network reads them: cues above a threshold, and the spans that their tokens' roles make.

The network sees one sentence at a time; what a quotation says in other sentences is joined on here by the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique.language import Quotation, Reading, Sentence
from communique.language.quotes import chains
from communique.statements.attribution import Attribution, Span, joined, trimmed, without_dateline
from communique.statements.features import describe
from communique.statements.framing import by_frames
from communique.statements.lexicon import Cue, lexicon
from communique.statements.network import CONTENT, CUE, SPEAKER, Floats, network

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["by_network"]

_THRESHOLD: Final = 0.45
"""Chance from which a token counts as a cue: best full F1 on the development part of the training data."""
_ASKING: Final = frozenset({"on", "upon", "for"})
"""Behind "call", "ask", "press": the verb asks for something, whatever it does alone."""
_LINKING: Final = 2
"""Content runs with no more than this many undecided tokens between them are one."""


_FRAME: Final = 120
"""A sentence that only names who said the quotation before it has no more characters."""


class _Candidate(NamedTuple):
    sentence: Sentence
    token: int
    chance: float
    roles: Floats


def by_network(reading: Reading, threshold: float = _THRESHOLD, strong: float = _THRESHOLD) -> list[Attribution]:
    """Every attribution that the network finds, in the order of their cues.

    A token is a cue from the chance `threshold` on, a verb that the lexicon knows as performing an act from `strong`.
    """
    sentences = [s for s in reading.sentences if s.doc is not None and len(s.doc)]
    if not sentences:
        return []
    features = [describe(reading, s) for s in sentences]
    net = network()
    read = net.read(features)
    lowest = min(threshold, strong)
    cues = [
        (i, int(k))
        for i, chances in enumerate(read.cues)
        for k in np.flatnonzero(chances > lowest)
        if chances[k] > threshold or _performs(sentences[i], int(k))
    ]
    roles = net.roles(features, read, cues)
    candidates = [_Candidate(sentences[i], k, float(read.cues[i][k]), r) for (i, k), r in zip(cues, roles, strict=True)]
    found = [made for c in _settled(candidates) if (made := _attribution(reading, c)) is not None]
    found = _continued(reading, found)
    return [*found, *by_frames(reading, found)]


def _settled(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Without candidates that stand inside the cue of a likelier one."""
    kept: list[_Candidate] = []
    for c in sorted(candidates, key=lambda c: -c.chance):
        rivals = [k for k in kept if k.sentence is c.sentence and abs(k.token - c.token) <= 4]
        if any(int(k.roles[c.token].argmax()) == CUE for k in rivals):
            continue
        kept.append(c)
    return sorted(kept, key=lambda c: (c.sentence.index, c.token))


def _attribution(reading: Reading, c: _Candidate) -> Attribution | None:
    best = _likeliest(c.roles)
    cue = _around(best == CUE, c.token)
    cue_span = c.sentence.char_span(*cue)
    pieces = _whole_quotations(reading, c.sentence, _pieces(reading, c, best, cue), cue_span)
    pieces = pieces or _beside(reading, c.sentence)
    if not pieces and c.chance > _SURE:
        # The parse went astray: what is likeliest to be content counts, from the word that opens the clause on.
        best = _likeliest(c.roles * np.array([1, _DOUBT, 1, 1], dtype=np.float32))
        pieces = _from_opening(c.sentence, _pieces(reading, c, best, cue), cue[1])
    if not pieces:
        return None
    speaker = _strongest(c.roles[:, SPEAKER], c.roles.argmax(1) == SPEAKER)
    doc = c.sentence.doc
    assert doc is not None
    entry = _entry(doc[c.token])
    speaker = speaker or _inverted(doc[c.token], [p for p in pieces if p[1] <= cue_span[0]])
    return Attribution(
        c.sentence.index,
        joined(pieces, reading.text),
        cue_span,
        without_dateline(reading.text, c.sentence.char_span(*speaker)) if speaker else None,
        entry.lemma if entry else doc[c.token].lower_,
        round(c.chance, 3),
    )


_SURE: Final = 0.6
_DOUBT: Final = 6.0
"""From this chance on a cue must have content, and how much likelier content is then taken to be."""


def _inverted(cue: Token, before: list[Span]) -> tuple[int, int] | None:
    """The subject right behind a cue that follows what was said (", added the palace"), as first and last token."""
    if not before:
        return None
    for child in cue.rights:
        if child.dep_ == "nsubj" and child.left_edge.i == cue.i + 1:
            return (child.left_edge.i, child.right_edge.i)
    return None


def _pieces(reading: Reading, c: _Candidate, best: NDArray[np.int64], cue: tuple[int, int]) -> list[Span]:
    """The spans of the tokens decided to be content, without those that begin inside the cue."""
    runs = [r for r in _runs(best == CONTENT, best == 0) if not cue[0] <= r[0] <= cue[1]]
    spans = [trimmed(reading.text, c.sentence.char_span(*run)) for run in runs]
    dated = [without_dateline(reading.text, s) for s in spans if s is not None]
    return [s for s in dated if any(ch.isalnum() for ch in reading.text[s[0] : s[1]])]


def _from_opening(sentence: Sentence, pieces: list[Span], cue: int) -> list[Span]:
    """The pieces, drawn back to the "that" or "whether" between the cue and them."""
    if not pieces or sentence.doc is None:
        return pieces
    first = min(pieces)
    openings = [
        t for t in sentence.doc if t.i > cue and t.lower_ in {"that", "whether"} and t.tag_ in {"IN", "WDT", "DT"}
    ]
    starts = [sentence.token_span(t)[0] for t in openings if sentence.token_span(t)[0] <= first[0]]
    return [(starts[-1], max(e for _, e in pieces))] if starts else pieces


_SWITCH: Final = 0.7
"""What it costs, in log chance, when two neighbouring tokens have different roles."""


def _likeliest(chances: Floats) -> NDArray[np.int64]:
    """The likeliest roles of all tokens together, where a change of role from one token to the next has a price."""
    scores = np.log(chances + 1e-6)
    size = len(scores)
    back = np.zeros(scores.shape, dtype=np.int64)
    row = scores[0]
    for i in range(1, size):
        top = int(row.argmax())
        stay = row >= row[top] - _SWITCH
        back[i] = np.where(stay, np.arange(len(row)), top)
        row = np.where(stay, row, row[top] - _SWITCH) + scores[i]
    out = np.zeros(size, dtype=np.int64)
    out[-1] = row.argmax()
    for i in range(size - 1, 0, -1):
        out[i - 1] = back[i, out[i]]
    return out


def _performs(sentence: Sentence, index: int) -> bool:
    assert sentence.doc is not None
    entry = _entry(sentence.doc[index])
    if entry is None or entry.kind != "verbs":
        return False
    after = sentence.doc[index + 1].lower_ if index + 1 < len(sentence.doc) else ""
    if entry.weak and entry.act == "promise" and after == "to":
        return sentence.doc[index].tag_ in {"VBD", "VBZ"}
    return not entry.weak or (after in _ASKING and after in entry.frames)


def _entry(token: Token) -> Cue | None:
    """The lexicon's entry for a token, by its form and tag."""
    words, form = lexicon(), token.lower_
    if token.tag_.startswith("VB"):
        return words.verbs.get(form)
    if token.tag_.startswith("NN"):
        return words.nouns.get(form)
    if token.tag_.startswith("JJ"):
        return words.adjectives.get(form)
    return None


def _around(flags: NDArray[np.bool_], at: int) -> tuple[int, int]:
    first = last = at
    while first > 0 and flags[first - 1]:
        first -= 1
    while last + 1 < len(flags) and flags[last + 1]:
        last += 1
    return (first, last)


def _runs(flags: NDArray[np.bool_], free: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of set flags (first, last), joined across short stretches of undecided tokens."""
    runs: list[tuple[int, int]] = []
    for i in np.flatnonzero(flags):
        k = int(i)
        if runs and (k == runs[-1][1] + 1 or (k - runs[-1][1] <= _LINKING + 1 and free[runs[-1][1] + 1 : k].all())):
            runs[-1] = (runs[-1][0], k)
        else:
            runs.append((k, k))
    return runs


def _strongest(chances: Floats, flags: NDArray[np.bool_]) -> tuple[int, int] | None:
    runs = _runs(flags, np.zeros_like(flags))
    return max(runs, key=lambda r: (float(chances[r[0] : r[1] + 1].sum()), -r[0])) if runs else None


def _whole_quotations(reading: Reading, sentence: Sentence, pieces: list[Span], cue: Span) -> list[Span]:
    """The pieces with the whole of each quotation that they hold most of, also beyond this sentence."""
    out = list(pieces)
    for q in reading.quotations:
        if q.start >= sentence.end or q.end <= sentence.start or q.start < cue[1] <= q.end:
            continue
        here = (max(q.start, sentence.start), min(q.end, sentence.end))
        covered = sum(max(0, min(b, here[1]) - max(a, here[0])) for a, b in pieces)
        if covered > 0.5 * (here[1] - here[0]):
            out.extend((p.start, p.end) for p in _chain(reading, q))
    return out


def _beside(reading: Reading, sentence: Sentence) -> list[Span]:
    """The quotation that a sentence only frames: the one ending right before it ("...?" she asked.), or, behind a
    colon, the one beginning right after it."""
    text = reading.text
    for q in reading.quotations:
        if q.end <= sentence.start and q.closed and not text[q.end : sentence.start].strip():
            before = reading.sentence_at(q.end - 1)
            if before is not None and before.paragraph == sentence.paragraph and len(sentence.text) < _FRAME:
                return [(p.start, p.end) for p in _chain(reading, q)]
        colon = sentence.text.rstrip().endswith((":", ","))
        if q.start >= sentence.end and colon and not text[sentence.end : q.start].strip():
            return [(p.start, p.end) for p in _chain(reading, q)]
    return []


def _chain(reading: Reading, quotation: Quotation) -> list[Quotation]:
    """The quotation with the paragraphs that it runs over."""
    if quotation.closed and not any(not q.closed for q in reading.quotations):
        return [quotation]
    return next((run for run in chains(reading.text, reading.quotations) if quotation in run), [quotation])


def _continued(reading: Reading, found: list[Attribution]) -> list[Attribution]:
    """Joins to each quoted content the quotations that go on with it in the sentences after."""
    taken = sorted(s for a in found for s in a.content)
    out = []
    for a in found:
        last = max(e for _, e in a.content)
        ends = max(last, a.cue[1] if a.cue else 0)
        quoted = [q for q in reading.quotations if any(s < q.end and q.start < e for s, e in a.content)]
        if quoted:
            more = _following(reading, reading.sentences[a.sentence], ends, taken)
            if more:
                a = a._replace(content=joined([*a.content, *more], reading.text))
        out.append(a)
    return out


def _following(reading: Reading, sentence: Sentence, after: int, taken: list[Span]) -> list[Span]:
    """Quotations that begin a sentence right behind `sentence`, in its paragraph, and that nobody else claims."""
    more: list[Span] = []
    at = max(after, sentence.end)
    for q in reading.quotations:
        if q.start < at:
            continue
        begins = reading.sentence_at(q.start)
        if begins is None or begins.paragraph != sentence.paragraph or reading.text[at : q.start].strip(" \n\t.,"):
            break
        if any(s < q.end and q.start < e for s, e in taken):
            break
        more.append((q.start, q.end))
        at = q.end
    return more
