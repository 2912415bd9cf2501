"""Small questions to the parse: who is the subject, what governs a noun, where does its clause end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from communique.encounters.lexicon import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene

__all__ = [
    "CLAUSES",
    "agent",
    "attachment",
    "background",
    "before",
    "clause_limit",
    "climb",
    "governor",
    "headline_plan",
    "is_verb",
    "objects",
    "phrase_of",
    "possessor",
    "preposition_objects",
    "subject",
]

CLAUSES: Final = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "dep", "csubj"}
)
_AROUND: Final = frozenset({"sidelines", "sideline", "margins", "margin", "framework", "eve", "ahead"})
_PARTICLES: Final = frozenset({"place", "part", "out", "off", "forward", "through", "back", "apart", "short"})
_TOPICAL: Final = frozenset({"about", "over", "regarding", "concerning", "against", "for", "on"})
_HELD: Final = frozenset({"held", "hosted", "organised", "organized", "staged"})
_NO_SUBJECT_ABOVE: Final = frozenset({"ROOT", "parataxis", "dep"})


def is_verb(token: Token) -> bool:
    """Is the token tagged as a verb or a modal?"""
    return bool(token.tag_.startswith("VB") or token.tag_ == "MD")


def phrase_of(token: Token) -> str:
    """The verb with its particle, lower case: "called off"; the nouns of "took place" and "took part" count as one."""
    for child in token.children:
        if child.dep_ == "prt" or (child.lower_ in _PARTICLES and child.i == token.i + 1):
            return f"{token.lower_} {child.lower_}"
    return token.lower_


def subject(scene: Scene, verb: Token, words: Words, depth: int = 0) -> list[Named]:
    """Who is the subject of a verb: its own, or the one that it shares with the verb or noun above it."""
    if depth > 6:
        return []
    if headline_plan(scene, verb):
        return scene.who(scene.tokens[scene.owner[verb.i - 2].root])
    own = [c for c in verb.children if c.dep_ in {"nsubj", "csubj"}]
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if own or passive:
        chosen = passive if passive and not own else own
        found = [n for c in chosen for n in scene.who(c)]
        if any(n.participants for n in found):
            return found
        expletive = verb.lower_ in {"is", "was", "be", "been"} and any(c.lower_ == "it" for c in chosen)
        if expletive:
            return []  # "it was a call from X to Y", somebody said
        if verb.dep_ in {"ccomp", "advcl"} and any(c.tag_ == "PRP" for c in chosen) and is_verb(head_of(verb)):
            return subject(scene, head_of(verb), words, depth + 1)  # "the ministry said it had summoned X"
        if not found or all(n.kind == "pronoun" for n in found):
            found = _spoken_of(scene, chosen) or found
        if not any(c.tag_ in {"WDT", "WP"} for c in chosen):
            return found or [n for c in chosen for n in possessor(scene, c)]
    head = verb.head
    if verb.dep_ == "relcl":
        return scene.who(head)
    if verb.dep_ == "acl":
        return _of_clausal_noun(scene, verb, words, depth)
    if verb.dep_ == "pcomp" and head.lower_ == "from" and head_of(head).lower_ in words.lists["keeps_from"]:
        return objects(scene, head_of(head))  # "kept X from flying to Y"
    if verb.dep_ == "pcomp" and head.head.i != head.i:
        return _above(scene, head.head, words, depth)
    if verb.dep_ in _NO_SUBJECT_ABOVE or head.i == verb.i:
        return before(scene, verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VB":  # "renewed his invitation for X to visit Y"
        asked = [
            c for c in head.children if c.dep_ == "dobj" and words.nouns.get(c.lower_) == "proposed" and c.i < verb.i
        ]
        invited = [
            n for c in asked for p in c.children if p.lower_ in {"for", "to"} for n in preposition_objects(scene, p)
        ]
        if invited:
            return invited
    if verb.dep_ == "xcomp" and head.lower_ in words.lists["object_control"]:
        controlled = objects(scene, head) or [
            n for p in head.children if p.dep_ == "prep" and p.i < verb.i for n in preposition_objects(scene, p)
        ]
        if controlled:
            return controlled
    if verb.dep_ == "xcomp" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children):
        among = [
            n
            for p in head.children
            if p.dep_ == "prep" and p.i < head.i
            for c in p.children
            for n in possessor(scene, c)
        ]
        if among:  # "among X's tasks is to meet Y"
            return among
    return _above(scene, head, words, depth)


_SINGLE: Final = frozenset({"he", "she"})


def _spoken_of(scene: Scene, subjects: list[Token]) -> list[Named]:
    """Whom "he", "she" or "they" means where nobody else settled it: the nearest subject before it in the sentence."""
    pronoun = next((c for c in subjects if c.lower_ in _SINGLE | {"they"}), None)
    if pronoun is None:
        return []
    for token in reversed(list(scene.tokens[: pronoun.i])):
        if token.dep_ not in {"nsubj", "nsubjpass"} or token.tag_ in {"PRP", "WP", "WDT"}:
            continue
        found = scene.who(token)
        people = [p for n in found for p in n.participants]
        if pronoun.lower_ in _SINGLE and len(people) == 1 and people[0].type == "person":
            return found
        if pronoun.lower_ == "they" and len({p.represents for p in people}) > 1:
            return found
    return []


def headline_plan(scene: Scene, verb: Token) -> bool:
    """Is it "X to meet Y", as headlines tell a plan?"""
    at = verb.i
    return (
        scene.sentence.is_title
        and verb.tag_ == "VB"
        and at >= 2
        and scene.tokens[at - 1].lower_ == "to"
        and at - 2 in scene.owner
        and scene.owner[at - 2].first <= 3
    )


def possessor(scene: Scene, noun: Token) -> list[Named]:
    """Whose the thing is that a noun names: "his plan", "Canada's aim"."""
    return [n for c in noun.children if c.dep_ == "poss" for n in scene.who(c)]


def head_of(token: Token) -> Token:
    """The head of a token, with the type that the library does not declare."""
    head: Token = token.head
    return head


def _above(scene: Scene, head: Token, words: Words, depth: int) -> list[Named]:
    if is_verb(head) or head.dep_ in {"acomp", "ROOT", "oprd"} or head.tag_.startswith("JJ"):
        if not is_verb(head) and head.dep_ != "ROOT":
            head = head.head
        return subject(scene, head, words, depth + 1)
    if head.dep_ in {"pobj", "dobj", "attr", "appos", "nsubj", "nsubjpass", "conj"}:
        upper = governor(head)
        return subject(scene, upper, words, depth + 1) if upper is not None else []
    return []


def _of_clausal_noun(scene: Scene, verb: Token, words: Words, depth: int) -> list[Named]:
    """The subject of a clause that hangs on a noun: "leaders meeting in X", "his invitation to Y to visit Z"."""
    noun = verb.head
    ranked = any(c.lower_ in {"first", "last", "only", "latest"} for c in noun.children)
    if verb.tag_ == "VB" and ranked and noun.dep_ == "attr":  # "became the first leader to visit Y"
        upper = governor(noun)
        found = subject(scene, upper, words, depth + 1) if upper is not None else []
        return found or scene.who(noun)
    if verb.tag_ != "VB" or (
        noun.i in scene.owner and any(p.type == "person" for p in scene.owner[noun.i].participants)
    ):
        return scene.who(noun)
    if noun.lower_ in {"invitation", "invitations"} and (asked := _invited(scene, noun, verb, words, depth)):
        return asked
    for child in noun.children:  # an invitation or a request to somebody is about that somebody
        if child.dep_ == "prep" and child.lower_ in {"to", "for", "by", "from"} and child.i < verb.i:
            found = preposition_objects(scene, child)
            if found:
                return found
    own = [n for c in noun.children if c.dep_ in {"poss", "compound", "amod"} for n in scene.who(c)]
    if own and noun.lower_ not in {"invitation", "request", "offer", "call"}:
        return own
    upper = governor(noun)
    if upper is None:
        return own
    return subject(scene, upper, words, depth + 1) or own


def _invited(scene: Scene, noun: Token, verb: Token, words: Words, depth: int) -> list[Named]:
    """Who is invited: behind "to" or "for", or who accepts, receives or turns down the invitation; [] if unknown."""
    above = noun.head if noun.dep_ in {"dobj", "nsubjpass"} and is_verb(noun.head) else None
    for holder in (noun, above):
        for child in holder.children if holder is not None else ():
            if (child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "for"} and child.i < verb.i) or (
                child.dep_ == "dative" and child.i in scene.owner
            ):
                found = preposition_objects(scene, child) or (scene.who(child) if child.i in scene.owner else [])
                if any(p.type in {"person", "delegation"} for n in found for p in n.participants):
                    return found
    takes = above is not None and (
        "receives" in words.light.get(phrase_of(above), ()) or words.verbs.get(phrase_of(above)) == "refused"
    )
    if above is not None and takes:
        return agent(scene, above) if noun.dep_ == "nsubjpass" else subject(scene, above, words, depth + 1)
    return []


def before(scene: Scene, verb: Token) -> list[Named]:
    """Where the parser lost the subject: the reference that stands right before the verb and its auxiliaries."""
    first = min(
        [verb.i, *(c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "advmod"} and c.i < verb.i)]
    )
    timed = {t.i for c in verb.children if c.dep_ in {"prep", "npadvmod"} and c.i < first for t in c.subtree}
    while first and (scene.tokens[first - 1].i in timed - set(scene.owner) or scene.tokens[first - 1].text == ","):
        first -= 1  # "X, the minister of Y, on December 7 has taken part"
    one = scene.owner.get(first - 1) if first else None
    if one is None or scene.tokens[one.root].dep_ in {"pobj", "dobj"}:
        return []
    return scene.who(scene.tokens[one.root])


def objects(scene: Scene, verb: Token) -> list[Named]:
    """Who is the direct or indirect object of a verb."""
    return [
        n
        for c in verb.children
        if c.dep_ in {"dobj", "dative", "oprd"} and (c.i > verb.i or c.lower_ == "whom")
        for n in scene.who(c)
    ]


def agent(scene: Scene, verb: Token) -> list[Named]:
    """Who stands behind "by" after a passive."""
    return [n for c in verb.children if c.dep_ == "agent" for n in preposition_objects(scene, c)]


def preposition_objects(scene: Scene, preposition: Token) -> list[Named]:
    """Who is the complement of a preposition."""
    inside = [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}]
    if not inside and preposition.i + 1 in scene.owner and preposition.lower_ in {"with", "between"}:
        return [scene.owner[preposition.i + 1]]  # the parser gave them to another verb
    return [n for c in inside for n in scene.who(c)]


def climb(token: Token, words: Words) -> Token:
    """The noun that stands for the contact in the sentence: "three rounds" of "three rounds of talks"."""
    top = token
    while (
        top.dep_ == "pobj"
        and top.head.lower_ == "of"
        and top.head.head.lower_ in words.containers
        and top.head.head.tag_.startswith("NN")
    ):
        top = top.head.head
    return top


def governor(noun: Token) -> Token | None:
    """The verb whose clause holds the noun, through prepositions and other nouns; None in a clause without one."""
    token = noun
    for _ in range(12):
        if token.head.i == token.i:
            return token if is_verb(token) else None
        token = token.head
        if is_verb(token):
            return token
    return None


def clause_limit(trigger_last: int, scene: Scene) -> int:
    """The index of the first token after a trigger that opens another clause: a verb with a subject, a semicolon."""
    tokens = scene.tokens
    for i in range(trigger_last + 1, len(tokens)):
        token = tokens[i]
        if token.text in {";", ":", "?", "!"}:
            return i
        if is_verb(token) and token.dep_ in CLAUSES and token.tag_ != "VBG" and not _reduced(token):
            return i
        if token.tag_ in {"WP", "WDT", "WRB"}:
            return i
    return len(tokens)


def _reduced(token: Token) -> bool:
    return bool(token.dep_ in {"acl", "amod"} and token.tag_ == "VBN")


def attachment(scene: Scene, head: Token, top: Token, last: int, token: Token) -> float | None:
    """How far a time or place (its token) stands from a contact (`head`, `top` as by `climb`); None if it is another's.

    0 for what hangs on the word of contact, 1 on its verb, 2 on the planning verb above, 3 for what only stands
    behind it with nothing between; a verb of saying above keeps its own times and places.
    """
    anchors = {head.i, top.i}
    stage = top  # "the start of talks on Monday": the day of the start is that of the talks
    while stage.dep_ == "pobj" and stage.head.lower_ == "of" and scene.words.nouns.get(head_of(stage.head).lower_) in {
        "begun", "postponed", "cancelled",
    }:  # fmt: skip
        stage = head_of(stage.head)
        anchors.add(stage.i)
    verb = head if is_verb(head) else governor(top)
    upper = _planning_above(verb, scene.words) if verb is not None else set()
    if not is_verb(head) and (background(top) or _only_said(verb, top, scene.words)):
        verb = None
    above = governor(top) if is_verb(head) and top.i != head.i else None
    if above is not None:
        upper.add(above.i)
    step = 0.0
    walk = token
    for _ in range(12):
        if walk.i in anchors:
            return step
        if is_verb(walk) and walk.dep_ == "acl" and walk.lower_ in _HELD and walk.head.i not in scene.heads:
            walk = head_of(walk)  # "presented his credentials at a ceremony held here today"
            continue
        if walk.i in scene.heads and not (verb is not None and walk.i == verb.i):
            break
        if is_verb(walk) and (_describes(walk, anchors) or _plans_it(walk, anchors, scene.words)):
            return 0.5
        if verb is not None and walk.i == verb.i:
            return 1 + step
        if walk.i in upper:
            return 2 + step
        if is_verb(walk) or walk.head.i == walk.i:
            break
        if walk.dep_ == "pobj" and walk.i != token.i and walk.head.lower_ in _TOPICAL and walk.i not in scene.owner:
            step += 1
        if walk.i != token.i and walk.lower_ in scene.words.lists["trouble"] and walk.i not in scene.owner:
            step += 10
        if walk.tag_.startswith("NN") and walk.i != token.i and walk.i not in scene.owner and not _nested(walk):
            step += 1.5
        walk = walk.head
        step += 0.05
    between: list[Token] = list(scene.tokens[last + 1 : token.i]) if last < token.i else []
    if (
        0 < len(between) <= 7
        and token.i < clause_limit(last, scene)
        and not any(is_verb(t) or t.i in scene.heads for t in between)
    ):
        return 3.0
    first = min(head.i, top.i)
    if token.i < first and not any(
        is_verb(t) or t.i in scene.heads - anchors or t.dep_ == "mark" or t.tag_ in {"WDT", "WP"}
        for t in scene.tokens[token.i : first]
    ):
        return 3.0  # "On the evening of May 4 in Doha talks between X and Y"
    return None


def _nested(noun: Token) -> bool:
    """Is the noun a place around a place: "in the palace in Baku"?"""
    return bool(noun.dep_ == "pobj" and noun.head.lower_ in {"in", "at", "near", "outside", "inside"})


def _only_said(verb: Token | None, top: Token, words: Words) -> bool:
    """Is the governing verb one of saying, so that its day is the day of the words: "said on Monday of the talks"?"""
    if verb is None or verb.lower_ not in words.lists["speech"]:
        return False
    while top.dep_ in {"pobj", "conj"}:
        if top.dep_ == "pobj" and top.head.lower_ in {"after", "following", "during", "at", "in", "before"}:
            return False
        top = head_of(head_of(top)) if top.dep_ == "pobj" else head_of(top)
    return True


def _describes(verb: Token, anchors: set[int]) -> bool:
    """Is the verb in a clause that describes the contact: "talks planned for June", "which X offered to hold"?"""
    while verb.dep_ in {"xcomp", "ccomp"} and is_verb(verb.head):
        verb = verb.head
    return verb.dep_ in {"relcl", "acl"} and verb.head.i in anchors


def _plans_it(verb: Token, anchors: set[int], words: Words) -> bool:
    """Is it "which was scheduled for Monday" behind "the meeting of the envoys": of the meeting, not of the envoys?"""
    if verb.dep_ != "relcl" or words.verbs.get(phrase_of(verb)) not in {"scheduled", "postponed", "cancelled"}:
        return False
    if not any(c.lower_ in {"which", "that"} and c.dep_ == "nsubjpass" for c in verb.children):
        return False
    noun = head_of(verb)
    while noun.dep_ in {"pobj", "conj"} and noun.i not in anchors:
        noun = head_of(head_of(noun)) if noun.dep_ == "pobj" else head_of(noun)
    return noun.i in anchors


def background(top: Token) -> bool:
    """Is the noun only named as what is around another contact: "on the sidelines of the summit"?"""
    if top.lower_.startswith(("sideline", "margin")):
        return True
    token = top
    for _ in range(4):  # "on the eve of opening the summit"
        token = head_of(token)
        if token.lower_ in _AROUND:
            return True
        if is_verb(token) and token.dep_ != "pcomp":
            return False
    return False


def _finite_verb(verb: Token) -> bool:
    return bool(
        verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children)
    )


def _planning_above(verb: Token, words: Words) -> set[int]:
    """Verbs above the contact's verb that share its time: "is expected to", "plans to", not "said that"."""
    found: set[int] = set()
    while (
        verb.dep_ in {"xcomp", "acomp", "ccomp"}
        and (verb.dep_ != "ccomp" or not _finite_verb(verb))
        and verb.head.i != verb.i
    ):
        verb = verb.head
        found.add(verb.i)
    return found
