"""Where a sentence has a word of contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.encounters.lexicon import Entry, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Scene

__all__ = ["Trigger", "find_triggers"]

_WITH_ING = frozenset({"VBG", "VBN", "VBD", "VB", "VBP", "VBZ"})

_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A word of contact in a sentence: its entry, its tokens `first` to `last`, and the one with the syntax, `head`."""

    entry: Entry
    head: Token
    first: int
    last: int
    plural: bool

    @property
    def is_noun(self) -> bool:
        """Does it stand as a noun?"""
        return self.entry.word_class == "noun"


def find_triggers(scene: Scene, lexicon: Lexicon) -> list[Trigger]:
    """The triggers of a sentence, in order; a longer phrase wins over a shorter one on the same words."""
    found: list[Trigger] = []
    taken: set[int] = set()
    for token in scene.tokens:
        trigger = _noun(scene, token, lexicon) or _verb(scene, token, lexicon)
        if trigger is None:
            continue
        if found and trigger.first <= found[-1].last:
            if trigger.last - trigger.first <= found[-1].last - found[-1].first:
                continue
            found.pop()
        taken.update(range(trigger.first, trigger.last + 1))
        found.append(trigger)
    return [t for t in found if not _shadowed(t, found)]


def _noun(scene: Scene, token: Token, lexicon: Lexicon) -> Trigger | None:
    rows = lexicon.nouns.get(token.lower_)
    if not rows:
        return None
    stands = _stands_as_noun(token, scene)
    tokens = scene.tokens
    for entry, before in rows:
        first = token.i - len(before)
        if first < 0 or any(not _same(tokens[first + k], word) for k, word in enumerate(before)):
            continue
        if not stands and not (len(before) > 1 and token.tag_ == "CD"):
            return None
        if _ruled_out(scene, entry, token, first):
            return None
        if entry.of and not _holds(token, entry.of):
            continue
        if entry.no_infinitive and _appeal(token):
            return None
        plural = token.tag_ in {"NNS", "NNPS"} or entry.plural
        head = next((t for t in tokens[first : token.i] if not first <= t.head.i <= token.i), token)
        inner = token.tag_ == "CD" or "of" in before  # the syntax of "a note of protest" hangs on its first noun
        return Trigger(entry, head if inner else token, first, token.i, plural)
    return None


def _appeal(token: Token) -> bool:
    """ "a call for reforms", "a call by X for Y to resign" is an appeal, not a telephone."""
    return any(
        (c.dep_ == "prep" and c.lower_ == "for") or (c.dep_ in {"acl", "relcl"} and c.tag_ == "VB")
        for c in token.children
    )


def _same(token: Token, word: str) -> bool:
    return bool(token.lower_ == word or token.text == word)


def _holds(token: Token, nouns: frozenset[str]) -> bool:
    """ "round of talks": the inner word is the trigger; "the round in Vienna" is one itself."""
    return not any(
        child.lower_ == "of" and any(c.lower_.rstrip("s") in nouns for c in child.children) for child in token.children
    )


def _stands_as_noun(token: Token, scene: Scene) -> bool:
    if token.i in scene.owner and scene.owner[token.i].root != token.i and token.tag_.startswith("NNP"):
        owner = scene.owner[token.i]
        if owner.last >= token.i and owner.kind != "nominal":
            return False  # a word inside a name: "Security Dialogue"
    if token.tag_.startswith("NN"):
        return not (token.dep_ == "compound" and token.head.i > token.i and token.head.tag_ != "POS" and _bare(token))
    if token.tag_ == "VBZ" and token.dep_ in _NOMINAL:  # "said that talks with X can be expected"
        return True
    if token.tag_ == "VBG":  # "the meeting" read as a verb
        return any(c.dep_ in {"det", "poss", "amod", "nummod"} for c in token.children)
    if token.tag_ in {"JJ", "CD", "VB", "VBP", "VBZ"}:
        return any(c.dep_ in {"det", "poss"} for c in token.children)
    return False


def _bare(token: Token) -> bool:
    """A noun before a noun is no event of its own: "visit programme", "summit venue", "meeting room"."""
    return not any(c.dep_ == "prep" for c in token.children)


def _ruled_out(scene: Scene, entry: Entry, token: Token, first: int) -> bool:
    tokens = scene.tokens
    before = tokens[first - 1].lower_ if first else ""
    after = tokens[token.i + 1].lower_ if token.i + 1 < len(tokens) else ""
    return before in entry.unless or after in entry.unless_next


def _verb(scene: Scene, token: Token, lexicon: Lexicon) -> Trigger | None:
    rows = lexicon.verbs.get(token.lower_)
    if token.dep_ in {"aux", "auxpass"} or not rows or not _stands_as_verb(token, scene):
        return None
    tokens = scene.tokens
    for entry, rest in rows:
        last = token.i
        ok = True
        for word in rest:
            at = next((i for i in range(last + 1, min(last + 4, len(tokens))) if tokens[i].lower_ == word), None)
            if at is None or (at > last + 1 and tokens[at].head.i not in range(token.i, last + 1)):
                ok = False
                break
            last = at
        if ok and entry.only_object and not _has_object(token, entry.only_object):
            continue
        if ok:
            return Trigger(entry, token, token.i, last if last == token.i + len(rest) else token.i, False)
    return None


def _has_object(verb: Token, wanted: frozenset[str]) -> bool:
    """Has the verb one of the `wanted` nouns as object, or as subject of the passive, or does it describe one?"""
    done = {c.lower_ for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}}
    done |= {
        g.lower_
        for c in verb.children
        if c.dep_ in {"dobj", "nsubjpass"}
        for g in c.children
        if g.dep_ in {"compound", "nmod"}
    }  # "signed Protocol No. 4"
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        done.add(verb.head.lower_)
    return bool(done & wanted)


def _stands_as_verb(token: Token, scene: Scene) -> bool:
    if token.i in scene.owner:
        return False
    if token.tag_ == "VBZ" and token.dep_ in _NOMINAL:
        return False
    if token.tag_ in _WITH_ING:
        if token.tag_ in {"VBN", "VBG"} and token.dep_ in {"amod", "compound"}:
            return False
        return not any(c.dep_ == "det" for c in token.children)
    # A headline verb taken for a plural noun: "Putin meets Xi", "Minister visits Cairo"
    if token.tag_ in {"NNS", "NNP", "NN"} and token.lower_.endswith("s") and token.lower_ != "talks":
        return token.i > 0 and token.i - 1 in scene.owner and token.i + 1 < len(scene.tokens)
    return False


def _shadowed(trigger: Trigger, others: list[Trigger]) -> bool:
    """A trigger that only repeats another one beside it: "held a discussion round", "trip visit"."""
    head = trigger.head
    return trigger.is_noun and any(
        o is not trigger and o.is_noun and head.dep_ in {"compound", "nmod"} and head.head.i == o.head.i for o in others
    )
