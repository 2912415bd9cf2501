"""Turns of phrase by which no encounter is told at all: habits, postings, judgements, "neither X nor Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.encounters import syntax
from communique.encounters.tenses import BE

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["habit", "of_neither", "only_judged", "post_taken_up"]

_JUDGED = frozenset(
    {"counterproductive", "wrong", "unwise", "foolish", "premature", "irresponsible", "mistake", "error", "shame"}
    | {"folly", "better", "right", "wise", "useful", "pointless", "senseless"}
)


def only_judged(verb: Token) -> bool:
    """ "it would be counterproductive to call off the meeting": nobody has done so."""
    if verb.tag_ != "VB" or not any(c.lower_ == "to" for c in verb.children):
        return False
    head = verb.head
    if head.lower_ in _JUDGED:
        return True
    return head.lower_ in BE and any(c.dep_ in {"acomp", "attr"} and c.lower_ in _JUDGED for c in head.children)


_POSTS = frozenset({"post", "duties", "duty", "work", "office", "functions", "job", "position", "assignment"})


def post_taken_up(verb: Token) -> bool:
    """ "arrived in C to take up his post": an envoy who comes to stay is on no visit."""
    taken = verb.tag_ == "VB" and verb.lower_ in {"take", "resume", "assume", "begin", "start"}
    own = [c for c in verb.children if c.dep_ == "dobj" and c.lower_ in _POSTS]
    return taken and any(c.tag_ == "PRP$" for noun in own for c in noun.children)


def of_neither(verb: Token) -> bool:
    """ "Neither X nor Y met Z", "found neither X nor Y prepared to negotiate"."""
    chain = [verb]
    while len(chain) < 4 and (
        chain[-1].dep_ in {"xcomp", "ccomp", "acl"} or (chain[-1].dep_ == "advcl" and chain[-1].tag_ == "VB")
    ):
        chain.append(chain[-1].head)
    hung = [c for v in chain for c in v.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"} and c.i < verb.i]
    return any(t.lower_ == "neither" for noun in (*hung, *chain) for t in noun.children if t.i < verb.i)


def habit(token: Token) -> bool:
    """Does a clause with "whenever" hold the word of contact, or hang on its verb?"""
    for verb in (token, *token.ancestors):
        if syntax.is_verb(verb):
            hung = [c for c in verb.children if c.dep_ == "advcl"]
            return any(c.lower_ == "whenever" for v in (verb, *hung) for c in v.children)
    return False
