"""Sender, recipient and bearer of a letter, note or draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.encounters import syntax
from communique.encounters.roles import Arguments

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["parcel"]


_ANSWERS: Final = frozenset({"answer", "answers", "response", "responses", "reply", "replies"})


def _of_question(scene: Scene, noun: Token, preposition: Token) -> list[Named]:
    """ "a written answer to the EU proposal": whose question or proposal is answered."""
    if noun.lower_ not in _ANSWERS:
        return []
    return [
        scene.owner[c.i]
        for asked in preposition.children
        if asked.dep_ == "pobj"
        for c in asked.children
        if c.dep_ in {"poss", "compound", "amod", "nmod"} and c.i in scene.owner
    ]


def parcel(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """Sender, recipient and bearer of something in writing."""
    noun, words = trigger.head, scene.words
    sender: list[Named] = [n for c in noun.children if c.dep_ == "poss" for n in scene.who(c)]
    recipient: list[Named] = []
    bearer: list[Named] = []
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass", "attr", "nsubj"} and syntax.is_verb(noun.head) else None
    participle = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.tag_ in {"VBN", "VBD"}), None)
    roles = words.light.get(syntax.phrase_of(verb), frozenset()) if verb is not None else frozenset()
    if participle is not None and not roles & {"sends", "receives", "swaps"}:
        roles = words.light.get(syntax.phrase_of(participle), frozenset())
        doers = syntax.agent(scene, participle) or [
            n for c in participle.children if c.dep_ == "nsubj" for n in scene.who(c)
        ]
        verb = participle
    elif verb is not None:
        doers = syntax.agent(scene, verb) if noun.dep_ == "nsubjpass" else syntax.subject(scene, verb, words)
    else:
        doers = []
    sender = sender or [
        n
        for t in noun.children
        if t.lower_ == "from" and t.dep_ == "prep"
        for n in syntax.preposition_objects(scene, t)
    ]
    if "sends" in roles:
        sender = sender or doers
        if doers != sender:
            bearer = doers
    elif "receives" in roles:
        recipient = doers
    elif "swaps" in roles:
        found.add(doers, "side", 0, "subject")
    holders = {noun.i} | ({verb.i} if verb is not None else set())
    limit = syntax.clause_limit(trigger.last, scene)
    for i in range(trigger.last + 1, len(scene.tokens)):
        token = scene.tokens[i]
        if token.tag_ not in {"IN", "TO"} or not (token.head.i in holders or i < limit):
            continue
        people = syntax.preposition_objects(scene, token)
        if token.lower_ == "from":
            sender = sender or people
        elif token.lower_ == "to" and i < trigger.last + 12:
            recipient = recipient or people or _of_question(scene, noun, token)
        elif token.lower_ == "of" and trigger.entry.kind == "meeting" and token.head.i == noun.i:
            sender = sender or people  # "received the credentials of the new ambassador"
        elif token.lower_ == "by" and token.head.i in holders:
            bearer = bearer or people
        elif token.lower_ == "with" and "swaps" in roles:
            found.add(people, "side", 1, "with")
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and recipient and not sender:
        above = syntax.governor(noun)
        sender = syntax.subject(scene, above, words) if above is not None else []
        found.about = True
    handed = verb is not None and noun.dep_ == "dobj" and any(c.dep_ == "auxpass" for c in verb.children)
    if "sends" in roles and verb is not None and handed and not recipient:  # "the envoy was given a note of protest"
        recipient = syntax.subject(scene, verb, words)
        behind = [t for t in scene.tokens[noun.i + 1 : noun.i + 8] if t.lower_ in {"at", "by"} and t.tag_ == "IN"]
        ministries = [n for t in behind for n in syntax.preposition_objects(scene, t) if n.kind != "place"]
        sender = syntax.agent(scene, verb) or [n for n in ministries if len(n.sides) == 1]
        bearer = []
    if "sends" in roles and verb is not None and not recipient:
        recipient = [n for c in verb.children if c.dep_ == "dative" for n in scene.who(c)]
        recipient = recipient or [  # "presented to King X his credentials"
            n for c in verb.children if c.lower_ == "to" and verb.i < c.i < noun.i
            for n in syntax.preposition_objects(scene, c)
        ]  # fmt: skip
    found.about = bool(roles & {"sends", "receives", "swaps"})
    found.add(sender, "sender", 0, "sender")
    found.add(recipient, "recipient", 1, "recipient")
    if len(found.sides) >= 2 or (sender and not recipient):
        found.add(bearer, "bearer", 0, "bearer")
