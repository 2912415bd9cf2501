"""Small questions to a verb group: is it negated, finite, modal, future?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.lexicon import Words

__all__ = ["denied_hearsay", "finite", "first_conjunct", "future", "modal", "negated"]


def first_conjunct(token: Token) -> Token:
    """The first of a row: "X" of "X, Y and Z"."""
    while token.dep_ == "conj":
        token = token.head
    return token


def negated(verb: Token) -> bool:
    """Does a word of denial stand with the verb or with its subject?"""
    if any(
        c.dep_ == "neg" or (c.lower_ in {"never", "no", "neither", "not"} and c.dep_ in {"advmod", "preconj"})
        for c in verb.children
    ):
        return True
    return any(c.dep_ in {"nsubj", "nsubjpass"} and any(d.lower_ == "no" for d in c.children) for c in verb.children)


def finite(verb: Token) -> bool:
    """Has the verb group a tense of its own?"""
    return bool(
        verb.tag_ in {"VBD", "VBZ", "VBP"}
        or any(c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children)
    )


def modal(verb: Token, words: Words) -> bool:
    """Does "may", "could" or another modal of possibility help the verb?"""
    return any(c.dep_ == "aux" and c.lower_ in words.lists["infinitive_possible"] for c in verb.children)


def future(verb: Token, modals: frozenset[str]) -> bool:
    """Does "will" or another word of `modals` help the verb?"""
    return any(c.dep_ == "aux" and c.lower_ in modals for c in verb.children)


def denied_hearsay(noun: Token, words: Words) -> Token | None:
    """The verb that denies what `noun` tells ("denied reports", "dismissed rumours"); None where nothing does."""
    above: Token = noun.head
    if noun.dep_ not in {"dobj", "nsubjpass"}:
        return None
    return above if words.verbs.get(above.lower_) in {"disputed", "refused"} else None
