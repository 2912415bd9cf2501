"""Other senses of words of contact: "met the conditions", "called X a liar", teams that meet in a final."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.arguments import Arguments, Party
    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger

__all__ = ["by_phone", "game", "in_a_title", "object_rules_out", "other_sense"]

_OFFICES: Final = frozenset(
    {"envoy", "representative", "negotiator", "coordinator", "mediator", "facilitator", "adviser", "advisor",
     "rapporteur", "spokesman", "spokesperson", "spokeswoman", "commissioner"}
)  # fmt: skip
_PHONE: Final = frozenset({"phone", "telephone", "hotline", "telephonically"})


def in_a_title(trigger: Trigger) -> bool:
    """ "the special envoy for the X dialogue": a contact in somebody's office tells of none."""
    head = trigger.head
    return (
        trigger.is_noun
        and head.dep_ == "pobj"
        and head.head.lower_ in {"for", "to"}
        and (head.head.head.lower_ in _OFFICES)
    )


def other_sense(scene: Scene, trigger: Trigger) -> bool:
    """Words around a trigger that show another sense ("met the conditions", "called X a liar", "told that")."""
    entry, head = trigger.entry, trigger.head
    if trigger.is_noun:
        return False
    objects = [c for c in head.children if c.dep_ in {"dobj", "oprd"} and c.i > head.i]
    if any(o.lower_ in entry.unless_object or o.lower_.rstrip("s") in entry.unless_object for o in objects):
        return True
    if entry.bare_object:  # "called him a liar", "called on", "called for"
        extra = [c for c in head.children if c.dep_ in {"oprd", "xcomp", "ccomp", "prt", "acomp", "agent", "auxpass"}]
        if extra or not objects or any(c.dep_ == "prep" and c.i == head.i + 1 for c in head.children):
            return True
        if len([c for c in head.children if c.dep_ in {"dobj", "dative"}]) > 1:
            return True
    if entry.no_infinitive:
        rest = [t for t in head.subtree if t.i > head.i]
        return any(
            t.tag_ == "TO" and t.dep_ == "aux" and t.head.dep_ in {"xcomp", "advcl", "ccomp", "relcl", "acl"}
            for t in rest
        )
    return False


def object_rules_out(scene: Scene, trigger: Trigger, found: Arguments) -> bool:
    """Do the objects of a verb show another sense: no person to call on, no envoy to summon, nobody to receive?"""
    entry = trigger.entry
    others = [p for p in found.parties if p.arm]
    if entry.persons_only:
        found.parties = [p for p in found.parties if not p.arm or _has_people(p)]
        if not any(p.arm for p in found.parties):
            return True
    if entry.object_roles:
        words = {w for p in others for w in p.named.text.lower().split()}
        objects = {c.lower_ for c in trigger.head.children if c.dep_ in {"dobj", "nsubjpass"}}
        if not (words | objects) & entry.object_roles and not any(_has_people(p) for p in others):
            return True
        if not (words | objects) & (entry.object_roles | {r + "s" for r in entry.object_roles}):
            offices = " ".join((q.office or "") for p in others for q in p.named.participants).lower()
            return not any(role in offices for role in entry.object_roles)
    if entry.frame == "host" and not entry.object_roles:
        return not any(_has_people(p) for p in others)
    return entry.frame == "caller" and not others


def game(scene: Scene, trigger: Trigger, found: Arguments) -> bool:
    """ "Chile meet Peru in the final": teams, not governments."""
    if trigger.entry.name not in {"meet", "convene"} or any(
        p.type != "government" for q in found.parties for p in q.named.participants
    ):
        return False
    games = scene.words.domains["sport"] | scene.words.lists["games"]
    return any(t.lower_ in games for t in scene.tokens)


def _has_people(party: Party) -> bool:
    named = party.named
    return named.kind in {"nominal", "pronoun"} or any(p.type in {"person", "delegation"} for p in named.participants)


def by_phone(token: Token, trigger: Trigger) -> bool:
    """Is the token a telephone by which the trigger's contact was made: "by phone", "phone talks"?"""
    if token.lower_ not in _PHONE:
        return False
    near = {trigger.head.i, trigger.head.head.i}
    if token.dep_ in {"compound", "nmod", "amod"} and token.head.i != trigger.head.i:
        token = token.head  # "discussed it in a phone call"
        return (
            token.dep_ == "pobj" and token.head.head.i == trigger.head.i and token.head.lower_ in {"in", "by", "during"}
        )
    if token.dep_ in {"compound", "nmod", "amod", "advmod", "npadvmod"}:
        return token.head.i in near
    return token.dep_ == "pobj" and token.head.head.i in near
