"""Small questions to the clause of a candidate: does it only point back, is it vague, was its plan overtaken?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from communique.encounters import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.candidates import Candidate
    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = [
    "NEXT",
    "PREVIOUS",
    "attended",
    "bare",
    "between_them",
    "generic",
    "named_here",
    "overtaken",
    "part_of",
    "vague",
]

PREVIOUS: Final = frozenset({"last", "previous", "earlier", "past", "recent", "former", "first-ever"})
NEXT: Final = frozenset({"next", "future", "another", "follow-up", "subsequent", "further", "new"})


def bare(trigger: Trigger, parties: Sequence[Named]) -> bool:
    """ "Peace talks resumed in X", "UN-sponsored talks": no article, no number, nobody named as a side."""
    parted = any(c.dep_ in {"det", "nummod", "poss"} or c.lower_ in PREVIOUS | NEXT for c in trigger.head.children)
    return trigger.entry.kind == "talks" and not parties and not parted


def attended(scene: Scene, noun: Token) -> bool:
    """ "X also took part in the meeting": is the noun governed by a verb of taking part?"""
    verb = syntax.governor(noun)
    if verb is None or noun.dep_ not in {"pobj", "dobj"} or any(c.lower_ == "with" for c in noun.children):
        return False
    phrase = syntax.phrase_of(verb)
    return verb.lower_ in scene.words.lists["attending"] or (
        phrase.split()[0] in {"participated", "took", "takes"} and ("meets_in" in scene.words.light.get(phrase, ()))
    )


def vague(candidate: Candidate, noun: Token) -> bool:
    """ "agreed to continue discussions in the coming weeks": a will to go on is no encounter with a day of its own."""
    verb = syntax.governor(noun) if candidate.trigger.is_noun else None
    if verb is None or candidate.verdict.status not in {"scheduled", "proposed"} or candidate.spot or candidate.number:
        return False
    value = candidate.time.value if candidate.time else None
    dated = value is not None and len(value) == len("2022-01-10") and "X" not in value
    return verb.lower_ in candidate.scene.words.lists["going_on"] and not dated


_OVERTAKEN: Final = frozenset({"scheduled", "cancelled", "postponed"})


def overtaken(scene: Scene, trigger: Trigger, noun: Token) -> bool:
    """ "the talks had been planned for Monday", "was to have met": a plan that something has overtaken."""
    verb = syntax.governor(noun) if trigger.is_noun else trigger.head
    while verb is not None:
        helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        plans = scene.words.verbs.get(syntax.phrase_of(verb)) in _OVERTAKEN or verb.lower_ == "due"
        reported = verb.dep_ == "ccomp" and scene.words.verbs.get(syntax.phrase_of(verb)) != "scheduled"
        if "had" in helpers and plans and not reported:  # not "the EU said that the talks had been postponed"
            return True
        verb = syntax.head_of(verb) if verb.dep_ in {"xcomp", "acomp"} else None
    return False


def between_them(trigger: Trigger) -> bool:
    """ "talks between them", "between the two": the sides are those just named."""
    return trigger.is_noun and any(
        c.lower_ in {"between", "among"} and any(o.lower_ in {"them", "two", "both"} for o in c.subtree)
        for c in trigger.head.children
    )


def part_of(scene: Scene, trigger: Trigger) -> str | None:
    """The gathering on whose margins or within whose framework the contact is, behind it or at the sentence's start."""
    tokens = scene.tokens
    around = {"sidelines", "margins", "sideline", "margin", "framework"}
    opened = next((t.i for t in tokens[: min(4, trigger.first)] if t.lower_ in around), None)
    for forum in scene.cast.forums_in(scene.sentence.start, scene.sentence.end):
        inside = scene.sentence.tokens_in(forum.start, forum.end)
        if inside is None:
            continue
        behind = inside.start > trigger.last and any(
            t.lower_ in around for t in tokens[trigger.last + 1 : inside.start]
        )
        ahead = opened is not None and opened < inside.start <= opened + 5 and inside.end <= trigger.first
        if behind or (ahead and not any(t.i == trigger.head.i for t in tokens[opened : inside.end + 2])):
            return forum.name
    return None


def generic(parties: Sequence[Named]) -> bool:
    """Only "the two leaders", "both sides", "they", "the diplomats": nobody by name or with a side of their own."""
    return bool(parties) and all(
        n.kind in {"nominal", "pronoun"} and (len(n.participants) != 1 or n.plural) and n.plain for n in parties
    )


def named_here(scene: Scene, parties: Sequence[Named]) -> bool:
    """Are those whom "they" stands for named in the same sentence, before it?"""
    if any(n.kind != "pronoun" for n in parties) or not all(n.participants for n in parties):
        return False
    told = {p for m in scene.named if m.kind != "pronoun" and m.start < parties[0].start for p in m.participants}
    return all(p in told for n in parties for p in n.participants)
