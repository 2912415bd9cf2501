"""Who is meant where the report gives no name of its own: "its minister", "the rebels", "the delegation", "I".

An official of a state named before stands for that state; rebels and mediators are somebody, of no side that is known;
"the delegation" is the one just told of; "I" is who says the words; an apposition gives a stranger a side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from communique.records import Participant

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from communique.encounters.lexicon import Words
    from communique.encounters.scene import Named, Scene
    from communique.language.reading import Sentence

__all__ = ["add_armed", "add_speaker", "introduce", "leader", "own"]

_OWNERS = frozenset({"body", "place", "name"})
_ARMED = frozenset(
    {"rebels", "rebel", "insurgents", "insurgent", "guerrillas", "guerrilla", "separatists", "separatist", "militants"}
    | {"militias", "militia"}
)
_STEMS = ("rebel", "insurgent", "guerrilla", "separatist", "militant", "militia")
_BANDS = frozenset(
    {"movements", "groups", "leaders", "factions", "forces", "delegates", "representatives", "fighters", "commanders"}
)
_BETWEEN = frozenset({"mediators", "mediator", "envoys"})


def own(tokens: Doc, words: Words, named: list[Named], owner: dict[int, Named], last: Scene | None) -> None:
    """ "Armenia denied that its minister had met X": an official of the state named before it stands for that state.

    Rebels without a name, or mediators, are somebody as well, of no side that is known.
    """
    from communique.encounters.parties import government_of

    for at, one in enumerate(named):
        if one.participants or one.kind != "nominal":
            continue
        root = tokens[one.root]
        whose = next((c.lower_ for c in root.children if c.tag_ == "PRP$"), "")
        if any(tokens[i].lower_ in _ARMED for i in range(one.first, one.last + 1)):
            participant = Participant(one.text, "group")
        elif root.lower_ in _BETWEEN and not whose:
            participant = Participant(_described(tokens, one), "delegation")
        elif whose and root.lower_ in words.groups and root.lower_ not in {"counterpart", "counterparts"}:
            before = [n for n in named[:at] if len(n.sides) == 1 and _can_own(n, whose)]
            state = government_of(next(iter(before[-1].sides))) if before else None
            if state is None or state.type != "government":
                continue
            participant = state
        elif root.lower_ == "delegation" and tokens[one.first].lower_ == "the" and (sent := _sent_by(last)) is not None:
            participant = sent
        else:
            continue
        named[at] = one = replace(one, participants=(participant,))
        owner.update(dict.fromkeys(range(one.first, one.last + 1), one))


def add_armed(sentence: Sentence, named: list[Named], owner: dict[int, Named]) -> None:
    """ "talks with the XYZ rebels": a movement that no list knows, by the words of the report."""
    from communique.encounters.scene import Named

    tokens = sentence.doc
    text = sentence.text.lower()
    if tokens is None or not any(stem in text for stem in _STEMS):
        return
    for token in tokens:
        led = token.lower_ in _BANDS and any(c.lower_ in _ARMED for c in token.children)
        if not (led or token.lower_ in _ARMED) or token.i in owner or token.tag_ != "NNS":
            continue
        if token.head.lower_ in _BANDS and token.dep_ == "compound":
            continue
        first = token.i
        while first and first - 1 not in owner and tokens[first - 1].tag_ in {"JJ", "NNP", "NN"}:
            first -= 1
        start, end = sentence.char_span(first, token.i)
        text = sentence.text[start - sentence.start : end - sentence.start]
        one = Named(first, token.i, token.i, start, end, "nominal", (Participant(text, "group"),), text, plural=True)
        named.append(one)
        owner.update(dict.fromkeys(range(first, token.i + 1), one))
    named.sort(key=lambda n: n.first)


_SAID = frozenset({"said", "says", "told", "added", "tweeted", "wrote", "stated", "noted", "announced", "recalled"})


def add_speaker(sentence: Sentence, named: list[Named], owner: dict[int, Named]) -> None:
    """ "“He called me this morning,” X said": who "I" and "me" are in the words of a person named beside them."""
    from communique.encounters.scene import Named

    tokens = sentence.doc
    assert tokens is not None
    if not any(mark in sentence.text for mark in '"“”') or not (" me" in sentence.text or "I " in sentence.text):
        return
    mine = [t for t in tokens if t.text in {"I", "me"} and t.i not in owner]
    if not mine:
        return
    speakers = [
        owner[c.i]
        for t in tokens
        if t.lower_ in _SAID
        for c in t.children
        if c.dep_ == "nsubj" and c.i in owner and len(owner[c.i].participants) == 1
    ]
    if len(speakers) != 1 or speakers[0].participants[0].type != "person":
        return
    for token in mine:
        start, end = sentence.char_span(token.i, token.i)
        one = Named(token.i, token.i, token.i, start, end, "pronoun", speakers[0].participants, token.text)
        named.append(one)
        owner[token.i] = one
    named.sort(key=lambda n: n.first)


def introduce(scenes: Sequence[Scene]) -> None:
    """ "X, a vice-chairman of Korea's ruling party, ...": an apposition gives a side for the whole report."""
    sides: dict[str, str] = {}
    for here in scenes:
        for one, other in pairwise(here.named):
            stranger = _stranger(one)
            beside = other.first - one.last in {2, 3} and here.tokens[one.last + 1].text == ","
            of_side = other.kind == "nominal" and len(other.sides) == 1 and not other.plural
            if stranger is not None and beside and of_side and here.tokens[other.root].dep_ == "appos":
                sides.setdefault(stranger.name, next(iter(other.sides)))
    for here in scenes:
        for at, one in enumerate(here.named):
            stranger = _stranger(one)
            office = _described_as(one) if stranger is not None and not stranger.office else None
            if stranger is not None and (stranger.name in sides or office):
                person = msgspec.structs.replace(
                    stranger, represents=sides.get(stranger.name), office=stranger.office or office
                )
                here.named[at] = known = replace(one, participants=(person,))
                here.owner.update({i: known for i, n in here.owner.items() if n is one})


def _described_as(named: Named) -> str | None:
    """ "the rebel leader X": the words before the name, where they say that X leads a movement in arms."""
    words = named.text.split()
    name = next((i for i, w in enumerate(words) if i and w[:1].isupper()), 0)
    lower = [w for w in words[:name] if w.islower() and w not in {"the", "a", "an"}]
    return " ".join(lower) if _ARMED & set(lower) else None


def _stranger(named: Named) -> Participant | None:
    """The one person of no known side that a name stands for."""
    people = named.participants
    return people[0] if len(people) == 1 and people[0].type == "person" and not people[0].represents else None


def _sent_by(last: Scene | None) -> Participant | None:
    """Whose "the delegation" is: that of the one delegation told of in the sentence before."""
    if last is None:
        return None
    owners: list[Named] = []
    for token in last.tokens:
        if token.lower_ != "delegation":
            continue
        if token.i in last.owner and last.owner[token.i].participants:
            owners.append(last.owner[token.i])
        else:
            owners += leader(last, token)
    people = [p for n in owners for p in n.participants]
    sides = {p.represents for p in people}
    return people[0] if people and len(sides) == 1 else None


def leader(scene_: Scene, delegation: Token) -> list[Named]:
    """Who leads: "an official leading a delegation", "the minister headed a delegation"."""
    verb = delegation.head
    if delegation.dep_ != "dobj" or verb.lower_ not in {"leading", "heading", "led", "headed", "leads", "heads"}:
        return []
    holders = [verb.head] if verb.dep_ == "acl" else [c for c in verb.children if c.dep_ == "nsubj"]
    return [n for holder in holders for n in scene_.who(holder)]


def _described(tokens: Doc, one: Named) -> str:
    """The noun with the adjectives before it: "West African mediators"."""
    first = one.first
    while first and tokens[first - 1].tag_ in {"JJ", "NNP", "NN"}:
        first -= 1
    return tokens[first : one.last + 1].text


def _can_own(named: Named, pronoun: str) -> bool:
    persons = any(p.type == "person" for p in named.participants)
    return persons if pronoun in {"his", "her"} else named.kind in _OWNERS and not persons
