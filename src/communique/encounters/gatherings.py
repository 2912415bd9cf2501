"""The sides of a gathering or call named by a noun: inside its phrase, behind it, and around its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.encounters import syntax
from communique.encounters.roles import Arguments, Role, add_partners, prepositions
from communique.encounters.verbs import negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["HELD_BY", "gathering"]

HELD_BY: Final = frozenset({"with", "between", "among", "amongst", "involving", "including"})


_PRESIDES: Final = frozenset(
    {"chaired", "chairs", "hosted", "hosts", "mediated", "mediates", "moderated", "moderates", "facilitated", "opened"}
    | {"facilitates", "brokered"}
)
_LED: Final = frozenset({"brokered", "mediated", "sponsored", "led", "backed", "hosted", "facilitated", "convened"})


def gathering(scene: Scene, trigger: Trigger, top: Token) -> Arguments:
    """The sides of a meeting, call or round of talks that a noun names."""
    found = Arguments()
    noun = trigger.head
    _before_noun(scene, trigger, found)
    add_partners(scene, trigger, found, HELD_BY)
    if trigger.entry.kind == "call" or noun.lower_ in {"call", "calls", "audience"}:
        _caller_of(scene, trigger, found)
    _relative(scene, noun, found)
    _of_people(scene, noun, top, found)
    _governed(scene, trigger, top, found)
    _mediators(scene, trigger, top, found)
    _chaired(scene, trigger, top, found)
    if trigger.entry.name == "audience":
        _in_honour(scene, trigger, found)
    if top.dep_ == "pobj" and top.head.lower_ in {"in", "during"} and not any(p.arm for p in found.parties):
        _told_in_it(scene, top, found)
    if one_armed(found):
        _speaker(scene, trigger, found)
    return found


def _before_noun(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """Those named inside the noun phrase before the noun: possessives, demonyms, "US-Russia"."""
    tokens, noun = scene.tokens, trigger.head
    if trigger.entry.strength < 0.5 and not any(c.lower_ in HELD_BY for c in noun.children):
        return  # "commended X's engagement"
    modifiers = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod", "nummod"} and c.i < noun.i]
    named = [n for c in modifiers for n in scene.who(c) if n.last < trigger.first]
    if trigger.first and trigger.first - 1 in scene.owner:
        beside = scene.owner[trigger.first - 1]
        if tokens[beside.root].dep_ in {"compound", "amod", "nmod", "poss"}:
            named += [beside]
    named += _listed_before(scene, named)
    led = any(c.lower_ in _LED for c in modifiers)  # "AU-brokered talks"
    possessors = {n for c in modifiers if c.dep_ == "poss" for n in scene.who(c)}
    sides = {s for n in named for s in n.sides}
    for one in dict.fromkeys(named):
        if one in possessors:
            found.add([one], "side", 0, "possessive")
        elif led:
            found.add([one], "mediator", 0, "led by it")
        elif len(sides) >= 2 or one.kind not in {"place", "name"} or len(one.sides) >= 2:
            # "the Syria talks" are about Syria, "the Kinshasa meeting" was in Kinshasa; "Serbia-Kosovo talks" have both
            found.add([one], "side", 0, "modifier")


def _listed_before(scene: Scene, named: list[Named]) -> list[Named]:
    """Those before them in a list without a verb: "Japan, North Korea normalization talks", "A, B and C talks"."""
    if not named or any(p.type == "person" for n in named for p in n.participants):
        return []
    found: list[Named] = []
    at = min(n.first for n in named)
    while at >= 2 and scene.tokens[at - 1].lower_ in {",", "and", "&"}:
        one = scene.owner.get(at - 2)
        if one is None or one.kind not in {"body", "place", "demonym"} or len(one.sides) != 1:
            break
        found.append(one)
        at = one.first
    if found and at and not scene.tokens[at - 1].is_punct and scene.tokens[at - 1].tag_ not in {"DT", "CC", "IN"}:
        return []
    return found


def _relative(scene: Scene, noun: Token, found: Arguments) -> None:
    """ "the meeting that he had with Y", "talks she held with Y"."""
    for verb in scene.tokens[noun.i + 1 :]:
        if verb.i in scene.heads:
            break
        which = verb.head.i == noun.i or any(c.tag_ == "WDT" and c.dep_ == "nsubj" for c in verb.children)
        if verb.lower_ in {"included", "includes", "involved", "involves", "featuring", "gathering", "grouping"} and (
            which or verb.tag_ == "VBG"
        ):
            found.add(syntax.objects(scene, verb), "side", 1, verb.lower_)
    for child in noun.children:
        if child.dep_ == "relcl" and _in_which(child):
            both = syntax.subject(scene, child, scene.words)
            others = syntax.objects(scene, child) if child.lower_ in _TELLS else []
            if len({s for n in (*both, *others) for s in n.sides}) >= 2:
                found.add(both, "side", 0, "subject")
                found.add([n for n in others if any(p.type == "person" for p in n.participants)], "side", 1, "with")
        elif child.dep_ == "relcl" and child.lower_ in {"had", "held", "has", "have", "having", "hold", "holds"}:
            others = [n for p in child.children if p.lower_ == "with" for n in syntax.preposition_objects(scene, p)]
            if others:
                found.add(syntax.subject(scene, child, scene.words), "side", 0, "subject")
                found.add(others, "side", 1, "with")


def _in_which(verb: Token) -> bool:
    """ "a call in which the two ministers discussed Y", "a meeting at which X told Y"."""
    before = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"in", "at", "during"} and c.i < verb.i]
    return any(o.lower_ == "which" for c in before for o in c.children)


def _caller_of(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "a phone call from X", "his call to Y": telephones have two ends."""
    for preposition in prepositions(scene, trigger, frozenset({"from", "to", "on"})):
        if preposition.head.i in {trigger.head.i, trigger.head.head.i}:
            found.add(syntax.preposition_objects(scene, preposition), "side", 1, preposition.lower_)


def _of_people(scene: Scene, noun: Token, top: Token, found: Arguments) -> None:
    """ "a meeting of the leaders of X and Y", "talks by the two sides"."""
    for head in {noun, top}:
        for child in head.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "by"}:
                people = [n for n in syntax.preposition_objects(scene, child) if n.kind != "place"]
                found.add(people, "side", 0, child.lower_)


def _governed(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """What the verb above the noun adds: its subject holds, hosts or attends; or said something after it."""
    words, head = scene.words, top.head
    if syntax.background(top):
        return
    if top.dep_ == "conj":
        top = _first_listed(top)
        head = top.head
    if top.dep_ in {"dobj", "attr", "oprd"} and syntax.is_verb(head):
        _by_light_verb(scene, head, trigger, found)
        return
    opening = scene.tokens[trigger.first - 1].lower_ if trigger.first else ""
    if top.dep_ == "nsubj" and opening in {"after", "following", "in", "during"}:
        # "After talks in X, Y and Z agreed" with the talks taken for the subject
        found.add(syntax.before(scene, head), "side", 0, "subject of the clause")
        return
    if top.dep_ in {"nsubj", "nsubjpass", "ROOT"}:
        if top.dep_ == "nsubj" and head.lower_ in {"is", "was", "were", "are", "be", "been"}:
            for c in head.children:  # "the meeting is the first between X and Y"
                if c.dep_ == "attr":
                    for p in c.children:
                        if p.dep_ == "prep" and p.lower_ in HELD_BY:
                            found.add(syntax.preposition_objects(scene, p), "side", 1, p.lower_)
        return
    verb = syntax.governor(top)
    if verb is None or top.dep_ not in {"pobj", "pcomp"}:
        return
    if words.verbs.get(verb.lower_) == "proposed" and verb.lower_.startswith("invit") and _hung_on(top, verb):
        passive = any(c.dep_ == "nsubjpass" for c in verb.children)  # "invited X for talks"
        found.add(syntax.agent(scene, verb) if passive else syntax.subject(scene, verb, words), "side", 0, "subject")
        found.add(syntax.subject(scene, verb, words) if passive else syntax.objects(scene, verb), "side", 1, "object")
        return
    if syntax.phrase_of(verb) in words.light and _hung_on(top, verb):
        _by_light_verb(scene, verb, trigger, found)
        return
    near = top.head.head
    near = _first_conjunct(near)
    if near.lower_ in {"guest", "guests"} and near.dep_ == "attr":  # "had been guests at a lunch given by X"
        found.add(syntax.subject(scene, verb, words), "side", 0, "subject")
        return
    if not syntax.is_verb(near) and near.i in scene.owner and near.dep_ in {"nsubj", "nsubjpass", "ROOT", "appos"}:
        # "Merkel, in talks with X, demanded"
        found.add(scene.who(near), "side", 0, "apposed")
    elif any(c.dep_ == "poss" and c.tag_ != "PRP$" and c.i not in scene.owner for c in trigger.head.children):
        return  # somebody's summit, but whose is not known
    elif one_armed(found):
        whose = _whose(scene, top)
        if whose:
            found.add(whose, "side", 0, "possessor above")
        elif syntax.is_verb(near):
            passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
            doers = syntax.agent(scene, verb) if passive else []  # "was received by X during a meeting with Y"
            found.add(doers or syntax.subject(scene, verb, words), "side", 0, "subject of the clause")
    elif not any(p.role == "side" for p in found.parties) and syntax.is_verb(near) and trigger.entry.strength > 0.8:
        both = syntax.subject(scene, verb, words)
        if len({s for n in both for s in n.sides}) >= 2 and top.head.lower_ in {
            "after",
            "in",
            "during",
            "at",
            "following",
        }:
            found.add(both, "side", 0, "subject of the clause")


_TELLS: Final = frozenset(
    {"told", "informed", "assured", "asked", "urged", "thanked", "warned", "congratulated", "reminded", "promised",
     "briefed", "invited"}
)  # fmt: skip


def _told_in_it(scene: Scene, top: Token, found: Arguments) -> None:
    """ "In a telephone call on Friday he told Y that ...": who tells and who is told."""
    verb = syntax.governor(top)
    if verb is None or verb.lower_ not in _TELLS or top.head.head.i != verb.i:
        return
    others = [n for n in syntax.objects(scene, verb) if any(p.type == "person" for p in n.participants)]
    if others:
        found.add(syntax.subject(scene, verb, scene.words), "side", 0, "subject")
        found.add(others, "side", 1, "with")


def _chaired(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """ "The meeting was co-chaired by X and Y with the participation of Z"."""
    if top.dep_ not in {"nsubj", "nsubjpass"} or trigger.entry.kind not in {"meeting", "session", "summit", "talks"}:
        return
    limit = min((h for h in scene.heads if h > trigger.last), default=len(scene.tokens))
    for token in scene.tokens[trigger.last + 1 : limit + 1]:
        if token.lower_ in _LED - {"led", "backed"} and token.i - trigger.last <= 6 and _bare_talks(trigger, found):
            found.add(syntax.agent(scene, token), "mediator", 0, "hosted by")
        elif token.i < limit and token.lower_ in {"chaired", "attended", "co-chaired"} and token.i - trigger.last <= 6:
            found.add(syntax.agent(scene, token), "side", 0, "chaired by")
        elif (
            token.i < limit
            and token.lower_ in {"participation", "attendance"}
            and token.dep_ == "pobj"
            and token.head.lower_ == "with"
        ):
            found.add([n for n in scene.who(token) if n.first > token.i], "side", 0, "participation of")


def _in_honour(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "gave a dinner in honour of X", "hosted a lunch for X": whom a meal is given for is there."""
    limit = syntax.clause_limit(trigger.last, scene)
    for token in scene.tokens[trigger.last + 1 : limit]:
        guest = token.lower_ == "for" and token.head.i in {trigger.head.i, trigger.head.head.i}
        if token.lower_ == "of" and token.head.lower_ in {"honor", "honour"} and token.i - trigger.last <= 4:
            guest = True
        if guest:
            people = [n for n in syntax.preposition_objects(scene, token) if n.kind != "place"]
            found.add([n for n in people if any(p.type == "person" for p in n.participants)], "side", 1, "for")


def _bare_talks(trigger: Trigger, found: Arguments) -> bool:
    """Are they "the talks", "the meeting", told before, with nobody named here?"""
    told = any(c.lower_ in {"the", "these", "both"} for c in trigger.head.children)
    return told and not found.parties and trigger.entry.kind in {"talks", "meeting"}


def one_armed(found: Arguments) -> bool:
    """Is the other side known ("talks with Y") and this one not yet?"""
    if sum(p.via in {"between", "among", "amongst"} for p in found.parties) > 1 or (
        len(found.sides) > 1 and any(p.via in {"between", "among", "amongst"} for p in found.parties)
    ):
        return False
    if {"from", "to"} <= {p.via for p in found.parties} and len(found.sides) > 1:
        return False  # "a call from X to Y"
    return any(p.arm for p in found.parties) and not any(not p.arm and p.role == "side" for p in found.parties)


def _whose(scene: Scene, top: Token) -> list[Named]:
    """The possessor of a noun on the way up: "his next steps, including a meeting with Y"."""
    token = top
    for _ in range(6):
        token = token.head
        if token.lower_ in HELD_BY and token.dep_ == "prep":
            continue  # "his next steps, including a meeting with Y"
        if syntax.is_verb(token) or token.head.i == token.i:
            return []
        found = syntax.possessor(scene, token)
        if found:
            return found
        if any(c.tag_ == "PRP$" for c in token.children):  # "his next steps": his who is the subject
            verb = syntax.governor(token)
            return syntax.subject(scene, verb, scene.words) if verb is not None else []
    return []


def _speaker(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "X said the talks with Y were useful": who speaks of talks with Y is a side of them, or speaks for one."""
    token = syntax.climb(trigger.head, scene.words)
    theirs = found.sides
    for _ in range(12):
        if token.head.i == token.i:
            return
        token = token.head
        if not syntax.is_verb(token):
            continue
        people = [n for n in _own_subject(scene, token) if n.sides and not n.sides & theirs]
        if people:
            found.add(people, "side", 0, "speaker")
            return


def _own_subject(scene: Scene, verb: Token) -> list[Named]:
    return [n for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} for n in scene.who(c)]


def _hung_on(top: Token, verb: Token) -> bool:
    return bool(top.dep_ == "pobj" and top.head.head.i == verb.i)


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.tag_.startswith("NN"):
        token = token.head
    return token


def _first_listed(token: Token) -> Token:
    """The head of a list; the parser hangs the middle of one on its first as an apposition."""
    while token.dep_ in {"conj", "appos"} and token.head.tag_.startswith("NN"):
        token = token.head
    return token


def _by_light_verb(scene: Scene, verb: Token, trigger: Trigger, found: Arguments) -> None:
    words = scene.words
    roles = words.light.get(syntax.phrase_of(verb)) or words.light.get(verb.lower_, frozenset())
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    people = syntax.agent(scene, verb) if passive else syntax.subject(scene, verb, words)
    if passive and verb.lower_ == "joined":  # "X and Y were joined by Z in talks with W"
        people = [*syntax.subject(scene, verb, words), *people]
    if verb.lower_ in words.lists["attending"] and negated(verb) and not any(p.via in HELD_BY for p in found.parties):
        people = []  # who stays away does not take part
    if not people:
        return
    complete = len({s for p in found.parties for s in p.named.sides}) >= 2
    if verb.lower_ in _PRESIDES and _bare_talks(trigger, found):
        if any(c.lower_ in {"if", "whether"} for c in verb.children):
            return  # "asked if X brokered the talks"
        found.add(people, "mediator", 0, "in the chair")
    elif "hosts" in roles and complete and not {n.sides for n in people} & {p.named.sides for p in found.parties}:
        found.add(people, "mediator", 0, "host of the talks")
    elif roles or not complete:
        met_apart = any(p.via in HELD_BY for p in found.parties)
        if roles or met_apart:
            found.add(people, "side", 0, "subject")


def _mediators(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """ "talks mediated by X", "hosted by X"."""
    hosts = {
        "given",
        "offered",
        "mediated",
        "hosted",
        "brokered",
        "facilitated",
        "sponsored",
        "moderated",
        "chaired",
        "led",
        "convened",
    }
    for noun in {trigger.head, top}:
        for child in noun.children:
            if child.dep_ in {"acl", "relcl"} and child.lower_ in hosts:
                hosts_named = syntax.agent(scene, child)
                role: Role = "side" if child.lower_ == "convened" else "mediator"
                found.add(hosts_named[:1], role, 0, child.lower_)
                if top.dep_ == "pobj" and len(hosts_named) > 2:
                    # "after talks hosted by X, Y and Z signed": the list runs over the comma into the main clause
                    found.add(hosts_named[1:], "side", 0, "subject of the clause")
