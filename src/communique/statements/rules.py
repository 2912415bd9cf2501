"""Attributions by rules over the parse and the cue lexicon.

A cue of the lexicon takes its complements (clause, infinitive, object, preposition, quotation) as content and its
subject, or what stands for one, as speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.language import Reading, Sentence
from communique.statements.attribution import Attribution, Span, joined, trimmed
from communique.statements.lexicon import Cue, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["by_rules", "cue_entry", "speaker_of"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def by_rules(reading: Reading) -> list[Attribution]:
    """Every attribution that the rules find, in the order of their cues."""
    found: list[Attribution] = []
    for sentence in reading.sentences:
        if sentence.doc is None:
            continue
        for token in sentence.doc:
            made = _according(reading, sentence, token) or _verb(reading, sentence, token)
            if made is not None:
                found.append(made)
    return found


def cue_entry(token: Token) -> Cue | None:
    """The lexicon's entry for a token, by its form and tag."""
    words, form = lexicon(), token.lower_
    if token.tag_.startswith("VB"):
        return words.verbs.get(form)
    if token.tag_.startswith("NN"):
        return words.nouns.get(form)
    if token.tag_.startswith("JJ"):
        return words.adjectives.get(form)
    return None


def speaker_of(token: Token) -> Token | None:
    """The token that heads the speaker of a cue: subject, agent, or the subject that a participle shares."""
    at, hops = token, 0
    while hops < 4:
        for child in at.children:
            if child.dep_ in _SUBJECTS and not (child.dep_ == "nsubjpass" and at is token):
                return child
        if at is token:
            for child in at.children:
                if child.dep_ == "agent":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
        if at.dep_ in {"acl", "relcl"} and at.tag_ in {"VBG", "VBD", "VBZ", "VBP"}:
            return at.head
        if at.dep_ in {"conj", "xcomp", "advcl", "aux"} and at.head is not at:
            at, hops = at.head, hops + 1
            continue
        return None
    return None


def _verb(reading: Reading, sentence: Sentence, token: Token) -> Attribution | None:
    if not token.tag_.startswith("VB") or token.dep_ in {"aux", "auxpass", "amod"}:
        return None
    entry = cue_entry(token)
    if entry is None:
        return None
    speaker = speaker_of(token)
    taken = {token.i} | ({t.i for t in speaker.subtree} if speaker is not None else set())
    pieces: list[Token] = []
    for child in token.children:
        if (
            (child.dep_ == "ccomp" and (entry.frames & {"that", "quote"}))
            or (child.dep_ == "xcomp" and "to" in entry.frames)
            or (child.dep_ in {"dobj", "nsubjpass"} and "object" in entry.frames and not entry.weak)
            or (child.dep_ == "prep" and child.lower_ in entry.frames)
        ):
            pieces.append(child)
    if any(p.dep_ == "ccomp" for p in pieces):
        pieces = [p for p in pieces if p.dep_ == "ccomp"]
    spans = [s for piece in pieces for s in _subtree(reading, sentence, piece, taken)]
    spans = _with_quotations(reading, sentence, token, spans)
    if not spans:
        return None
    return Attribution(
        sentence.index,
        joined(spans, reading.text),
        sentence.token_span(token),
        _nominal(sentence, speaker) if speaker is not None else None,
        entry.lemma,
    )


def _according(reading: Reading, sentence: Sentence, token: Token) -> Attribution | None:
    if token.lower_ != "according" or sentence.doc is None or token.i + 2 >= len(sentence.doc):
        return None
    after = sentence.doc[token.i + 1]
    source = next((c for c in after.children if c.dep_ == "pobj"), None) or sentence.doc[token.i + 2]
    speaker = _nominal(sentence, source)
    first, last = sentence.token_span(token)[0], speaker[1]
    spans = [trimmed(reading.text, (sentence.start, first)), trimmed(reading.text, (last, sentence.end))]
    content = tuple(s for s in spans if s is not None and any(c.isalnum() for c in reading.text[s[0] : s[1]]))
    if not content:
        return None
    return Attribution(
        sentence.index, content, (first, sentence.token_span(after)[1]), speaker, "according to", confidence=0.7
    )


def _nominal(sentence: Sentence, head: Token) -> Span:
    """The full nominal of a head: its subtree without relative clauses and adverbs at its edge."""
    inside = {t.i for t in head.subtree}
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "acl", "punct", "cc"} and child.i > head.i and child.dep_ != "cc":
            inside -= {t.i for t in child.subtree}
    run = [head.i]
    while run[0] - 1 in inside:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 in inside:
        run.append(run[-1] + 1)
    return sentence.char_span(run[0], run[-1])


def _subtree(reading: Reading, sentence: Sentence, piece: Token, taken: set[int]) -> list[Span]:
    indexes = sorted(t.i for t in piece.subtree if t.i not in taken)
    runs: list[list[int]] = []
    for i in indexes:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = [trimmed(reading.text, sentence.char_span(run[0], run[-1])) for run in runs]
    return [s for s in spans if s is not None and any(c.isalnum() for c in reading.text[s[0] : s[1]])]


def _with_quotations(reading: Reading, sentence: Sentence, token: Token, spans: list[Span]) -> list[Span]:
    """Content with the whole of every quotation that it touches, or the sentence's quotation where it has none."""
    at = sentence.token_span(token)
    touching = [q for q in reading.quotations if q.start < sentence.end and sentence.start < q.end]
    touching = [q for q in touching if not q.start <= at[0] < q.end]
    for q in touching:
        if any(a < q.end and q.start < b for a, b in spans) or (not spans and q.inner[1] - q.inner[0] > 10):
            spans = [*spans, (q.start, q.end)]
    return spans
