"""What a contact was about: noun phrases of the report, whole and clean, never a fragment of the clause around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from communique.encounters import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger

__all__ = ["topics_of"]

_ABOUT: Final = frozenset({"on", "about", "over", "regarding", "concerning"})
_DISCUSS: Final = frozenset({"discuss", "discussed", "discusses", "discussing"})
_CUT: Final = frozenset({"relcl", "acl", "advcl", "punct"})
_NOT_INSIDE: Final = frozenset(
    {"ahead", "after", "before", "during", "following", "including", "until", "amid", "while", "such", "which", "that"}
)
"""Words that open something else than the topic."""
_VAGUE: Final = frozenset(
    {"issue", "issues", "matter", "matters", "topic", "topics", "subject", "subjects", "question", "questions", "thing"}
    | {
        "ways",
        "way",
        "talks",
        "number",
        "importance",
        "need",
        "efforts",
        "views",
        "things",
        "plan",
        "project",
        "proposal",
        "details",
        "agenda",
        "points",
        "requirements",
        "point",
        "case",
        "deal",
    }
)
"""Heads that name nothing by themselves: "these issues", "the plan"."""
_NOT_ABOUT: Final = frozenset(
    {"lawn", "island", "territory", "soil", "ground", "board", "stage", "floor", "phone", "telephone", "margins"}
    | {"sidelines", "eve", "occasion", "invitation", "behalf", "side", "heels", "condition", "terms", "record", "way"}
    | {"day", "days", "morning", "afternoon", "evening", "night", "week", "weekend", "month", "year", "date", "time"}
    | {"trip", "tour", "visit", "basis", "level", "part", "handle", "account", "website", "twitter", "facebook", "page"}
    | {"lunch", "dinner", "breakfast", "tea", "coffee", "arrival", "request", "hand", "hotline", "line", "reports"}
)
"""Nouns that "on" and "over" make place, time or manner of: "on the lawn", "over dinner"."""
_CALENDAR: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Twitter|Facebook|Telegram|Skype|Zoom"
)
_OPENING: Final = re.compile(
    r"^(?:(?:the|an?|this|these|those|that|such|his|her|their|its|our|both|all|some|any)\s+)+", re.I
)


def topics_of(scene: Scene, trigger: Trigger) -> list[str]:
    """What the contact was about, in the report's words: "on grain exports", "discussed grain exports"."""
    tokens = scene.tokens
    noun = syntax.climb(trigger.head, scene.words)
    found: list[str] = []
    governor = syntax.governor(noun) if trigger.is_noun else trigger.head
    holders = {trigger.head.i, noun.i} | ({governor.i} if governor is not None else set())
    for token in tokens:
        if token.dep_ == "prep" and token.lower_ in _ABOUT and token.head.i in holders and token.i > trigger.first:
            found += [_phrase(scene, c) for o in token.children if o.dep_ == "pobj" for c in _all(o)]
    for verb in tokens:
        if verb.lower_ in _DISCUSS and (
            verb.i == trigger.head.i
            or _nominal_path(verb.head, holders)
            or (governor is not None and verb.i == governor.i)
        ):
            found += [_phrase(scene, c) for o in verb.children if o.dep_ == "dobj" for c in _all(o)]
    return [t for t in dict.fromkeys(found) if t][:4]


def _all(head: Token) -> list[Token]:
    """A noun and those coordinated to it, where each has a phrase of its own: "the grain deal and energy prices"."""
    found, ahead = [head], [head]
    while ahead:
        for child in ahead.pop().children:
            if child.dep_ == "conj" and child.tag_.startswith("NN"):
                found.append(child)
                ahead.append(child)
    if any(_bare(token) for token in found):
        return [head]  # "trade and economic relations", "peace and security": one topic
    return found


def _bare(token: Token) -> bool:
    return not any(c.dep_ in {"det", "amod", "compound", "poss", "prep", "nmod"} for c in token.children)


def _nominal_path(token: Token, anchors: set[int]) -> bool:
    """Does the token hang on an anchor through nouns and prepositions only, few of them?"""
    for _ in range(4):
        if token.i in anchors:
            return True
        if syntax.is_verb(token) or token.head.i == token.i:
            return False
        token = token.head
    return False


def _phrase(scene: Scene, head: Token) -> str:
    """The noun phrase of a topic, at most twelve words, without relative clauses; empty where it is none."""
    if head.lower_ in scene.words.lists["not_topics"] or not head.tag_.startswith("NN"):
        return ""
    if head.lower_ in _NOT_ABOUT or _CALENDAR.fullmatch(head.text) or _somebody(scene, head):
        return ""
    coordinated = [c for c in head.children if c.dep_ == "conj" and c.tag_.startswith("NN") and not _bare(c)]
    apart = bool(coordinated) and not _bare(head)
    stop = min((_opening(c) for c in head.children if c.i > head.i and _ends(scene, c, apart)), default=10_000)
    inside = [t.i for t in head.subtree if t.i < stop]
    inside = list(range(min(inside), head.i + 1)) + [i for i in inside if i > head.i]
    inside = _until_other(scene, inside, head.i)
    last = max(i for i in inside if i < min(inside) + 12)
    while last > head.i and scene.tokens[last].tag_ in {"IN", "DT", "CC", ",", "TO", "PRP$", "JJ", "POS", "VBG", ":"}:
        last -= 1
    start, end = scene.span(min(inside), max(last, head.i))
    text = scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start]
    text = _OPENING.sub("", re.sub(r"\s+", " ", text).strip(" ,.\"“”‘’'")).strip()
    return "" if text.lower() in _VAGUE or len(text) < 3 else text


def _opening(token: Token) -> int:
    return min(t.i for t in token.subtree)


def _ends(scene: Scene, child: Token, apart: bool) -> bool:
    """Does what hangs here on the topic's noun belong to the topic no more?"""
    if child.dep_ in _CUT or child.lower_ in _NOT_INSIDE:
        return True
    if child.lower_ in {"on", "in", "at"} and any(_CALENDAR.fullmatch(t.text) for t in child.subtree):
        return True
    if apart and child.dep_ in {"cc", "conj"}:
        return True
    return child.lower_ in {"to", "with", "by"} and any(_somebody(scene, o) for o in child.children)


def _until_other(scene: Scene, inside: list[int], head: int) -> list[int]:
    """Without what follows a word that opens something else."""
    for at, i in enumerate(inside):
        if i > head and scene.tokens[i].lower_ in _NOT_INSIDE:
            return inside[:at]
    return inside


def _somebody(scene: Scene, head: Token) -> bool:
    """Does the noun name a person, or people by office: "called on the minister"?"""
    owner = scene.owner.get(head.i)
    return owner is not None and any(p.type in {"person", "delegation"} for p in owner.participants)
