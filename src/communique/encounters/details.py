"""Where, how long, in what format, about what: the fields of an encounter around its word of contact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from communique.encounters import syntax
from communique.encounters.places import OF_PLACE, Spot, destination, places_of
from communique.encounters.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["Spot", "destination", "format_of", "forums", "level_of", "nth_day", "number_of", "spot", "topics_of"]

_IN: Final = frozenset({"in", "at", "near", "outside", "inside", "from"})
_BUILDINGS: Final = frozenset(
    {"villa", "house", "palace", "hotel", "residence", "castle", "hall", "centre", "center", "airport", "ministry"}
    | {"headquarters", "office", "offices", "compound", "lodge", "club", "embassy", "base", "mansion", "chancellery"}
)
_GATHERED: Final = frozenset({"summit", "conference", "meeting", "session", "forum", "assembly", "talks", "congress"})
_HELD_IN: Final = re.compile(
    r"\b(?:(?:took|takes?|taken|taking) place|(?:was|were|been|being|be) held)"
    r"(?: \w+){0,4} (?:in|at)(?: the (?:\w+ ){1,3}of)?$"
)
_MARGINS: Final = frozenset({"sidelines", "sideline", "margins", "margin", "framework"})
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_SERIES: Final = frozenset({"round", "session", "meeting", "summit", "edition", "consultations", "dialogue", "talks"})
_MEMBERS: Final = frozenset({"ministers", "leaders", "ambassadors", "members", "envoys", "states", "nations"})
_NTH: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")
_FRAMES_OF: Final = frozenset({"level", "framework", "format", "session", "auspices"})


def spot(scene: Scene, trigger: Trigger, parties: Sequence[Named]) -> Spot | None:
    """Where the contact was: the place that hangs on it or on its verb, or that stands in its clause."""
    noun = syntax.climb(trigger.head, scene.words) if trigger.is_noun else trigger.head
    best: tuple[int, Spot] | None = None
    places = places_of(scene, parties)
    cities = [(first, last) for first, last, found in places if found.name]
    for first, last, found in places:
        score = _fits(scene, trigger, noun, first, last, cities)
        if score and (best is None or score > best[0] or (score == best[0] and found.name and not best[1].name)):
            best = (score, found)
    if best is None or best[1].name is None:
        around = (
            _of_gathering(scene, trigger, places)
            or _took_place(scene, trigger, places)
            or _hosting(scene, trigger, noun, places)
        )
        if around is not None and (best is None or best[1].country == around.country):
            return around
    return best[1] if best else None


def _of_gathering(scene: Scene, trigger: Trigger, places: Sequence[tuple[int, int, Spot]]) -> Spot | None:
    """The city that a clause gives for the gathering on whose margins, or within which, the contact was."""
    sentence = scene.sentence
    for margin in scene.tokens[trigger.last + 1 :]:
        if margin.i in scene.heads - {trigger.head.i} and margin.lower_ not in _MARGINS:
            break
        if margin.lower_ in _MARGINS - {"framework"}:
            for first, _, found in sorted(places, key=lambda row: row[0]):
                gap = scene.tokens[margin.i + 1 : first]
                if found.known and 0 < len(gap) <= 16 and gap[-1].lower_ in {"in", "of"} and ";" not in gap.text:
                    return found
    for forum in scene.cast.forums_in(scene.span(trigger.last, trigger.last)[1], sentence.end):
        inside = sentence.tokens_in(forum.start, forum.end)
        if inside is None or not any(t.lower_ in _MARGINS for t in scene.tokens[trigger.last + 1 : inside.start]):
            continue
        for first, _, found in sorted(places, key=lambda row: row[0]):
            if found.name and 0 < first - inside.end <= 12 and scene.tokens[first - 1].lower_ in {"in", "of"}:
                return found
    return None


def _took_place(scene: Scene, trigger: Trigger, places: Sequence[tuple[int, int, Spot]]) -> Spot | None:
    """ "A meeting between <a long list> took place in Kyiv": the place behind the verb, no other contact between."""
    if not trigger.is_noun:
        return None
    for first, _, found in sorted(places, key=lambda row: row[0]):
        between = scene.tokens[trigger.last + 1 : first]
        if first <= trigger.last or not found.name or any(t.i in scene.heads for t in between):
            continue
        return found if _HELD_IN.search(between.text) else None
    return None


def _hosting(scene: Scene, trigger: Trigger, noun: Token, places: Sequence[tuple[int, int, Spot]]) -> Spot | None:
    """ "Geneva will host talks between X and Y": the city that is host is the place."""
    verb = noun.head
    if not trigger.is_noun or noun.dep_ != "dobj" or "hosts" not in scene.words.light.get(verb.lower_, ()):
        return None
    hosts = {t.i for c in verb.children if c.dep_ == "nsubj" for t in c.subtree}
    return next((found for first, _, found in places if found.name and first in hosts), None)


def _fits(scene: Scene, trigger: Trigger, noun: Token, first: int, last: int, cities: Sequence[tuple[int, int]]) -> int:
    """How well a place belongs to the trigger; 0 for not at all."""
    tokens = scene.tokens
    head = tokens[last]
    for i in range(first, last + 1):
        if tokens[i].head.i < first or tokens[i].head.i > last:
            head = tokens[i]
    if head.dep_ in {"compound", "nmod", "amod"} and head.head.i in {trigger.head.i, noun.i}:
        return 5  # "the Geneva talks"
    preposition = _preposition(tokens, first, head)
    if preposition is None or preposition.lower_ not in _IN or (preposition.lower_ == "from"):
        return 0
    if _of_another(preposition, {trigger.head.i, noun.i}):
        return 0
    cost = syntax.attachment(scene, trigger.head, noun, trigger.last, preposition)
    if cost is not None and cost < (5 if any(first in range(p[0], p[1] + 1) for p in cities) else 2.5):
        return max(1, 8 - int(2 * cost))
    return 0


def _of_another(preposition: Token, anchors: set[int]) -> bool:
    """Is it the place of a gathering that is only talked of: "discussed the summit in X"? Not on its margins."""
    walk, gathered = preposition, False
    for _ in range(8):
        walk = walk.head
        if walk.lower_ in _MARGINS:
            return False
        if walk.i in anchors or syntax.is_verb(walk) or walk.head.i == walk.i:
            return gathered
        within = walk.dep_ == "pobj" and walk.head.lower_ in {"during", "at", "within", "in"}
        gathered = gathered or (walk.lower_ in _GATHERED and not within)
    return False


def _preposition(tokens: Doc, first: int, head: Token) -> Token | None:
    """The preposition before a place: "in Geneva", "in the Swiss city of Geneva", "in neighbouring Qatar"."""
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in OF_PLACE:
        head = head.head.head
    if head.dep_ == "compound" and head.head.lower_ in _BUILDINGS:
        head = head.head  # "in a Caracas hotel"
    if head.dep_ == "appos" and head.head.lower_ in OF_PLACE:
        head = head.head
    if head.dep_ in {"pobj", "conj"} and head.head.tag_ in {"IN", "TO"}:
        return head.head
    back = 4
    if first > 1 and tokens[first - 1].text == "," and tokens[first - 2].lower_ in _BUILDINGS:
        first, back = first - 1, 6  # "at the Presidential Villa, Abuja"
    for i in range(first - 1, max(first - back, -1), -1):
        if tokens[i].tag_ in {"IN", "TO"}:
            return tokens[i]
        if tokens[i].tag_ not in {"DT", "JJ", "NNP", "NN"}:
            break
    return None


def _nominal_path(token: Token, anchors: set[int], stops: frozenset[int] = frozenset()) -> bool:
    """Does the token hang on an anchor through nouns and prepositions only, few of them, none of `stops`?"""
    for _ in range(4):
        if token.i in anchors:
            return True
        if token.i in stops or syntax.is_verb(token) or token.head.i == token.i:
            return False
        token = token.head
    return False


def forums(scene: Scene, trigger: Trigger) -> list[tuple[str, int, int]]:
    """The standing fora and gatherings that the contact is one of: (name, start, end) in the report's text."""
    sentence = scene.sentence
    found: list[tuple[str, int, int]] = []
    noun = syntax.climb(trigger.head, scene.words)
    governor = syntax.governor(noun) if trigger.is_noun else trigger.head
    anchors = {trigger.head.i, noun.i}
    limit = syntax.clause_limit(trigger.last, scene)
    for forum in scene.cast.forums_in(sentence.start, sentence.end):
        tokens = sentence.tokens_in(forum.start, forum.end)
        if tokens is None:
            continue
        inside = tokens.start <= trigger.head.i < tokens.end  # the trigger is a word of the forum's name
        beside = trigger.is_noun and tokens.end == trigger.first and trigger.entry.kind != "talks"
        if (
            inside
            or beside
            or _sits(tokens.root, trigger, noun)
            or (
                trigger.last < tokens.start < limit
                and trigger.is_noun
                and _by_preposition(tokens.root, anchors, governor, scene.heads - anchors)
            )
        ):
            found.append((forum.name, forum.start, forum.end))
    return found


def _sits(head: Token, trigger: Trigger, noun: Token) -> bool:
    """Does the forum stand as modifier or subject of the contact: "the G7 summit", "the Council met"?"""
    if head.dep_ in {"compound", "nmod", "amod", "poss"}:
        if head.head.i in {trigger.head.i, noun.i}:
            return trigger.entry.kind != "talks"  # "UN talks on Y" are led by the UN, not held within it
        if head.head.lower_ not in _MEMBERS:
            return False
        head = head.head
        if head.dep_ in {"poss", "compound"} and head.head.i in {trigger.head.i, noun.i}:
            return True  # "the APEC leaders' meeting"
        if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.i in {trigger.head.i, noun.i}:
            return True  # "a session of the APEC's ministers"
    elif head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _MEMBERS:
        head = head.head.head  # "leaders of the G7 met"
    if head.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if not trigger.is_noun:
        return head.head.i == trigger.head.i and trigger.entry.frame in {"mutual", "sit"}
    return (
        noun.dep_ == "dobj"
        and head.head.i == noun.head.i
        and trigger.entry.kind in {"meeting", "session", "summit", "talks"}
        and head.head.lower_ in {"hold", "held", "holds", "holding", "convene", "convened", "convenes"}
    )


def _by_preposition(head: Token, anchors: set[int], governor: Token | None, heads: frozenset[int]) -> bool:
    token = head
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ != "pobj" or token.head.lower_ not in {"of", "in", "within", "at", "under", "during"}:
        return False
    above = token.head.head
    while above.dep_ == "pobj" and above.lower_ in _FRAMES_OF and above.i not in anchors:
        above = above.head.head
    if above.i in anchors:
        return True
    framed = above.i != token.head.head.i
    if token.head.lower_ == "of" and not framed:
        return False
    if framed:
        return governor is not None and above.i == governor.i
    return above.i not in heads and (
        (governor is not None and above.i == governor.i) or _nominal_path(above, anchors, heads)
    )


def number_of(scene: Scene, trigger: Trigger) -> int | None:
    """The number in a series: "the third round of talks", "the 12th session"; None for none."""
    for noun in {trigger.head, syntax.climb(trigger.head, scene.words)}:
        for child in noun.children:
            if child.i < noun.i and child.dep_ in {"amod", "nummod", "compound"}:
                if child.lower_ in _ORDINALS and noun.lower_ in _SERIES:
                    return _ORDINALS[child.lower_]
                match = _NTH.match(child.lower_)
                if match:
                    return int(match.group(1))
    return None


def nth_day(scene: Scene, trigger: Trigger) -> int | None:
    """3 for "the third day of talks"; None where no day is counted."""
    top = syntax.climb(trigger.head, scene.words)
    if top.lower_ != "day":
        return None
    return next((_ORDINALS[c.lower_] for c in top.children if c.lower_ in _ORDINALS), None)


def format_of(scene: Scene, trigger: Trigger) -> str | None:
    """closed, video, lunch, trilateral, ... from the words of the clause around the trigger."""
    if trigger.entry.format:
        return trigger.entry.format
    near = {c.lower_ for c in trigger.head.children} | {c.lower_ for c in trigger.head.head.children}
    near |= {scene.tokens[i].lower_ for i in range(trigger.first, trigger.last + 1)}
    words = scene.sentence.text.lower()
    for word, name in scene.words.formats.items():
        if " " in word or "-" in word or "+" in word:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words):
                return name
        elif word in near:
            return name
    return None


def level_of(scene: Scene, trigger: Trigger) -> str | None:
    """The level that the report's words give: "at the level of deputy ministers", "ministerial talks"."""
    tokens = scene.tokens
    for i in range(trigger.first, min(trigger.last + 14, len(tokens) - 2)):
        if tokens[i].lower_ == "level" and tokens[i + 1].lower_ == "of":
            last = max(t.i for t in tokens[i + 1].subtree)
            start, end = scene.span(i + 2, min(last, i + 6))
            return scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start]
    for child in trigger.head.children:
        if child.i < trigger.head.i and child.lower_ in scene.words.levels:
            return scene.words.levels[child.lower_]
    return None
