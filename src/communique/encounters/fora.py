"""Fora that the syntax around a word of contact hides: "the 55th summit of heads of state of X", "X (10+1) meeting"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.encounters import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["addressed", "hidden"]

_MEMBERS: Final = frozenset(
    {
        "heads", "head", "state", "states", "government", "governments", "leaders", "presidents", "ministers",
        "members", "countries", "nations", "chiefs", "ambassadors", "representatives", "bloc", "group",
        "organisation", "organization",
    }
)  # fmt: skip
_SITTING: Final = ("council", "committee", "commission", "assembly", "board", "congress", "conference", "authority")


def hidden(scene: Scene, trigger: Trigger) -> list[tuple[str, int, int]]:
    """The fora that a noun of contact is one of: (name, start, end) in the report's text, empty for none."""
    if not trigger.is_noun or trigger.entry.kind not in {"meeting", "summit", "session"}:
        return []
    sentence = scene.sentence
    sitting = _sat_together(scene, trigger)
    if sitting is not None:
        return [sitting]
    for forum in scene.cast.forums_in(sentence.start, sentence.end):
        tokens = sentence.tokens_in(forum.start, forum.end)
        if tokens is None or len(tokens) == 0:
            continue
        if _of_members(tokens.root, trigger) or _before_brackets(scene, tokens.end, trigger):
            return [(forum.name, forum.start, forum.end)]
    for child in trigger.head.children:
        if child.lower_ != "of" or child.dep_ != "prep":
            continue
        for target in list(child.subtree)[1:9]:  # "of the X Council (XC)"
            named = scene.owner.get(target.i)
            if named is not None and _sits(named):
                return [(named.participants[0].name, named.start, named.end)]
    return []


_UNIONS: Final = frozenset({"AU", "ECOWAS", "ASEAN", "EU", "NATO", "OPEC", "CARICOM", "IGAD", "SADC", "G7", "G20"})


def _sat_together(scene: Scene, trigger: Trigger) -> tuple[str, int, int] | None:
    """ "The AU suspended Mali after an emergency meeting in Accra": those who decided at it are those who met."""
    head = trigger.head
    indefinite = any(c.lower_ in {"a", "an"} for c in head.children)
    alone = not any(c.lower_ in {"with", "between", "of"} for c in head.children)
    if head.dep_ != "pobj" or head.head.lower_ not in {"after", "at", "during", "following", "in"}:
        return None
    if not (indefinite and alone) or trigger.plural:
        return None
    verb = syntax.governor(head)
    people = syntax.subject(scene, verb, scene.words) if verb is not None else []
    if len(people) != 1 or len(people[0].participants) != 1 or people[0].participants[0].type != "organisation":
        return None
    one = people[0].participants[0]
    return (one.represents or one.name, people[0].start, people[0].end) if one.represents in _UNIONS else None


def _sits(named: Named) -> bool:
    """Is it one council, committee or assembly of an organisation?"""
    if len(named.participants) != 1 or named.participants[0].type not in {"organisation", "forum"}:
        return False
    return any(word in named.participants[0].name.lower() for word in _SITTING)


def _of_members(head: Token, trigger: Trigger) -> bool:
    """ "summit of heads of state and government of X": up from the forum through those who sit in it."""
    token = head
    for _ in range(8):
        if token.dep_ != "pobj" or token.head.lower_ not in {"of", "from"}:
            return False
        token = token.head.head
        while token.dep_ == "conj" and token.lower_ in _MEMBERS:
            token = token.head
        if token.i == trigger.head.i:
            return True
        if token.lower_ not in _MEMBERS:
            return False
    return False


def _before_brackets(scene: Scene, end: int, trigger: Trigger) -> bool:
    """ "the X (10+1) Leaders' Meeting": a forum before the contact, with nothing but brackets between."""
    tokens = scene.tokens
    if not end < trigger.first <= end + 8 or tokens[end].text != "(":
        return False
    closing = next((i for i in range(end, trigger.first) if tokens[i].text == ")"), None)
    return closing is not None and trigger.first - closing <= 1


def addressed(scene: Scene, trigger: Trigger) -> list[tuple[str, int, int]]:
    """The forum that is briefed, addressed or given a report ("will brief the Council on Monday"); empty for none."""
    head = trigger.head
    if trigger.is_noun:
        after = scene.tokens[trigger.last + 1 : syntax.clause_limit(trigger.last, scene)]
        targets = [c for t in after if t.lower_ in {"to", "before"} for c in t.children if c.dep_ == "pobj"]
    else:
        targets = [c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}]
    for target in targets:
        first = min(t.i for t in target.subtree)
        start, end = scene.span(first, target.i)
        for forum in scene.cast.forums_in(start, end):
            if any(word in forum.name.lower() for word in _SITTING):
                return [(forum.name, forum.start, forum.end)]
    return []
