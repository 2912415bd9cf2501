"""The subject of a reporting verb by the parse: its own, that of the verb it is joined to; and whom "who" means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.language import Reading, Sentence
from communique.statements.attribution import Attribution, Span, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["antecedent", "subject", "with_subject"]

_STEPS: Final = 6
"""Steps up the parse tree at most."""
_SHARING: Final = frozenset({"conj", "xcomp", "advcl"})
"""By these dependencies a verb may share the subject of the verb above."""


def with_subject(reading: Reading, said: Attribution) -> Attribution:
    """The attribution with the subject of its verb as speaker, where none was found and the parse has one."""
    named = said.speaker is not None and any(c.isalpha() for c in reading.text[slice(*said.speaker)])
    if named or said.cue is None:
        return said
    sentence = reading.sentences[said.sentence]
    tokens = sentence.tokens_in(*said.cue)
    verb = next((t for t in tokens if t.tag_.startswith("VB")), None) if tokens is not None else None
    if verb is None or verb.tag_ == "VB" or any(c.dep_ == "auxpass" for c in verb.children):
        return said
    found = subject(sentence, verb)
    span = trimmed(reading.text, found) if found else None
    if span is None or any(s < span[1] and span[0] < e for s, e in said.content):
        return said
    return said._replace(speaker=span)


def subject(sentence: Sentence, verb: Token) -> Span | None:
    """The subject of a verb, or of the verb that it is joined to ("reaffirmed A and committed to B", "issued a paper
    saying that"); None where there is none, or where the verb above is a passive."""
    at = verb
    for _ in range(_STEPS):
        for child in at.children:
            if child.dep_ == "nsubj":
                return sentence.char_span(child.left_edge.i, child.right_edge.i)
            if child.dep_ == "nsubjpass":
                return None
        if at.head.i == at.i:
            return None
        if at.dep_ == "acl" and at.head.dep_ == "dobj":
            at = at.head.head
        elif at.dep_ in _SHARING and at.head.tag_.startswith("VB"):
            at = at.head
        else:
            return None
    return None


def antecedent(sentence: Sentence, pronoun: Span) -> Span | None:
    """The nominal before a relative pronoun: the noun above its clause, else the words right before it as far as
    the parse makes them one nominal."""
    tokens = sentence.tokens_in(*pronoun)
    if tokens is None or not len(tokens) or sentence.doc is None:
        return None
    first = tokens[0]
    at = first
    for _ in range(_STEPS):
        if at.dep_ == "relcl" or at.head.i == at.i:
            break
        at = at.head
    noun = at.head if at.dep_ == "relcl" else None
    if noun is None or noun.i >= first.i:
        before = [t for t in sentence.doc[: first.i] if t.tag_.startswith("NN")]
        if not before:
            return None
        noun = before[-1]
    return sentence.char_span(noun.left_edge.i, max(noun.i, min(first.i - 1, noun.right_edge.i)))
