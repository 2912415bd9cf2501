"""Visitor, stops and host of a journey, told by a verb or by a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.encounters import syntax
from communique.encounters.roles import Arguments

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["journey", "travel"]


_ROUND_TRIPS: Final = frozenset({"tour", "tours", "trip", "trips"})


_LEADS_TO: Final = frozenset(
    {"take", "takes", "took", "taken", "bring", "brings", "brought", "lead", "leads", "led", "include", "includes",
     "included", "cover", "covers", "covered"}
)  # fmt: skip


def _led_to(verb: Token) -> list[Token]:
    """What "will take him to X, Y and Z" or "includes X and Y" leads to."""
    if verb.lower_[:5] in {"inclu", "cover"}:
        return [c for c in verb.children if c.dep_ == "dobj"]
    return [o for c in verb.children if c.dep_ in {"prep", "dative"} and c.lower_ == "to" for o in c.children]


def travel(scene: Scene, trigger: Trigger, doers: list[Named], found: Arguments) -> None:
    """The visitor and the places of a verb of going or being somewhere."""
    entry, verb = trigger.entry, trigger.head
    found.add(doers, "visitor", 0, "subject")
    targets: list[Token] = []
    if not entry.to or entry.name == "arrive":  # "arrived Monday in X", "arrived X"
        targets += [c for c in verb.children if c.dep_ in {"dobj", "oprd"} and c.i > verb.i]
        if not targets and any(c.dep_ == "auxpass" for c in verb.children):
            targets += [c for c in verb.children if c.dep_ == "nsubjpass"]
    sent = [c for c in verb.children if entry.only_object and c.dep_ in {"dobj", "nsubjpass"}]
    for child in sent:  # "will lead a delegation to X", "an envoy was sent to X"
        people = [n for n in scene.who(child) if any(p.type == "person" for p in n.participants)]
        if people and verb.lower_[:4] in {"send", "sent", "disp", "desp"}:
            found.parties = []
            found.add(people, "visitor", 0, "object")
        targets += [
            o
            for p in child.children
            if p.dep_ == "prep" and p.lower_ in entry.to
            for o in p.children
            if o.dep_ == "pobj"
        ]
    if entry.passive and not any(c.dep_ == "auxpass" for c in verb.children):
        found.parties = []
        return
    due = [p for c in verb.children if entry.presence and c.lower_ in {"due", "expected"} for p in c.children]
    for child in [*verb.children, *due]:
        wanted = (
            child.dep_ in {"prep", "dative"}
            and child.lower_ in (entry.to or frozenset({"in", "to"}))
            and child.i > verb.i
        )
        if wanted and (entry.to or not targets):
            targets += [c for c in child.children if c.dep_ == "pobj"]
    found.here = any(c.lower_ == "here" and c.dep_ == "advmod" for c in verb.children)
    for target in targets:
        found.destinations += _spread(scene, target)


def _spread(scene: Scene, target: Token) -> list[tuple[int, int]]:
    """The spans of a place and of those coordinated to it."""
    before = {"compound", "amod", "nmod", "det", "poss"}
    first = min([target.i, *(c.i for c in target.children if c.i < target.i and c.dep_ in before)])
    spans = [scene.span(first, target.i)]
    for child in target.children:
        if child.dep_ == "conj":
            spans += _spread(scene, child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            last = max(t.i for t in child.subtree)
            if last < target.i + 8 and not any(t.dep_ == "conj" for t in child.subtree):
                spans[0] = scene.span(first, last)
        elif child.dep_ == "appos" and child.i == target.i + 2:
            spans[0] = scene.span(first, child.i)
    return spans


def journey(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """The visitor and the places of a visit named by a noun."""
    noun, words = trigger.head, scene.words
    whose = any(c.dep_ == "poss" and c.i < noun.i for c in noun.children)
    if noun.lower_ == "travel" and top.dep_ == "pobj" and top.head.lower_ in {"on", "of", "for"} and not whose:
        return  # "lifted its limits on travel to Y"
    for child in noun.children:
        if child.dep_ == "poss" and child.i < noun.i:
            people = scene.who(child)
            if child.lower_ in {"my", "our", "your"}:
                found.mine = True
            if child.tag_ == "PRP$":
                people = [n for n in people if n.participants]
            found.add(people, "visitor", 0, "possessive")
        elif child.dep_ in {"compound", "amod", "nmod"} and child.i in scene.owner:
            one = scene.owner[child.i]
            if not one.participants:
                continue
            if one.kind == "demonym" and whose:
                found.destinations.append((one.start, one.end))  # "his first Chinese visit"
            elif one.kind in {"place", "name", "body"} and not any(p.type == "person" for p in one.participants):
                if child.dep_ != "amod":
                    found.destinations.append((one.start, one.end))  # "the China visit"
            else:
                found.add([one], "visitor", 0, "modifier")
    for preposition in _visit_prepositions(scene, trigger):
        if preposition.lower_ == "of" and noun.lower_ in _ROUND_TRIPS:
            for target in (c for c in preposition.children if c.dep_ == "pobj" and c.tag_.startswith("NNP")):
                owner = scene.owner.get(target.i)
                if owner is not None and any(p.type == "person" for p in owner.participants):
                    found.add(scene.who(target), "visitor", 0, "of")  # "the trip of President X to Y"
                else:
                    found.destinations += _spread(scene, target)  # "his tour of Kenya and Chad"
        elif preposition.lower_ in {"by", "of", "from"}:
            people = [n for n in syntax.preposition_objects(scene, preposition) if n.kind != "place"]
            found.add(people, "visitor", 0, preposition.lower_)
        else:
            for target in (c for c in preposition.children if c.dep_ == "pobj"):
                found.destinations += _spread(scene, target)
    if top.dep_ == "nsubj" and not found.destinations and top.head.lower_ in _LEADS_TO:
        for target in _led_to(top.head):  # "her tour will take her to X and Y"
            found.destinations += _spread(scene, target)
    if found.parties:
        _host_above(scene, top, found)
        above = syntax.governor(top)
        if whose and above is not None and top.dep_ == "pobj":
            found.others = _met_with(scene, above, noun)
        return
    if found.mine:
        return  # whose it is stands outside the quotation
    if top.dep_ in {"dobj", "attr"} and syntax.is_verb(top.head):
        verb = top.head
        roles = words.light.get(syntax.phrase_of(verb), frozenset())
        if "travels" in roles or words.verbs.get(syntax.phrase_of(verb)) in {"cancelled", "postponed"}:
            found.add(syntax.subject(scene, verb, words), "visitor", 0, "subject")
    elif top.dep_ in {"pobj", "pcomp"}:
        near = top.head.head
        if not syntax.is_verb(near) and near.i in scene.owner:
            found.add(scene.who(near), "visitor", 0, "apposed")
        else:
            verb_above = syntax.governor(top)
            if verb_above is not None:
                found.add(syntax.subject(scene, verb_above, words), "visitor", 0, "subject of the clause")
                found.others = syntax.objects(scene, verb_above) or _met_with(scene, verb_above, noun)


def _met_with(scene: Scene, verb: Token, noun: Token) -> list[Named]:
    """ "held talks with X at the end of his visit": whom the subject met, named between the verb and the visit."""
    return [
        n
        for t in scene.tokens[verb.i + 1 : noun.i]
        if t.lower_ == "with" and t.dep_ == "prep"
        for n in syntax.preposition_objects(scene, t)
        if any(p.type == "person" for p in n.participants)
    ]


def _host_above(scene: Scene, top: Token, found: Arguments) -> None:
    """Who cancels, announces or welcomes another's visit without a place is the host of it."""
    verb = top.head
    if found.destinations or top.dep_ not in {"dobj", "nsubjpass"} or not syntax.is_verb(verb):
        return
    own = scene.words.light.get(syntax.phrase_of(verb), frozenset())
    if "travels" in own and scene.words.verbs.get(syntax.phrase_of(verb)) not in {"cancelled", "postponed"}:
        return  # "kicked off his tour": the visitor did
    people = syntax.agent(scene, verb) if top.dep_ == "nsubjpass" else syntax.subject(scene, verb, scene.words)
    hosts = [n for n in people if len(n.sides) == 1 and not n.sides & found.sides]
    found.host = next(iter(sorted(hosts[0].sides))) if hosts else None


def _visit_prepositions(scene: Scene, trigger: Trigger) -> list[Token]:
    limit = syntax.clause_limit(trigger.last, scene)
    found = []
    for i in range(trigger.last + 1, min(limit, len(scene.tokens))):
        token = scene.tokens[i]
        if token.tag_ not in {"IN", "TO"} or token.lower_ not in {"to", "by", "of", "from", "in"}:
            continue
        if token.head.i != trigger.head.i and (
            (syntax.is_verb(token.head) and token.head.i > trigger.last)
            or any(trigger.last < h < i for h in scene.heads)
        ):
            continue  # "a visit to that made by Y to Z", the next visit's own words
        near = token.lower_ in {"to", "by"} and token.dep_ in {"prep", "agent", "dative"}
        if near or token.head.i == trigger.head.i:
            found.append(token)
    return found
