"""Where, when, to whom and about what something was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from communique.dates import for_span
from communique.language import Reading, Sentence
from communique.records import DateBasis, Encounter, Participant, SpeechAct, TimeExpression
from communique.statements.acts import Inner
from communique.statements.attribution import Attribution
from communique.statements.lexicon import lexicon
from communique.statements.voices import Voice

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.actors import Cast

__all__ = ["about", "addressee", "encounter_of", "said_on", "told_act"]

_AFTER: Final = re.compile(
    r"\b(after|following|during|at|in|before|ahead of|at the end of|on the sidelines of)\s+"
    r"(the|his|her|their|its|an?|this|these|talks|negotiations)?\s*(\w+ ){0,2}"
    r"(meeting|talks|call|conversation|visit|summit|session|negotiations|phone|briefing)\b",
    re.IGNORECASE,
)
_DIRECTED: Final = frozenset({"demand", "request", "warn", "threaten"})
_TO: Final = frozenset({"to", "from", "on", "upon", "against", "with"})
_WITHIN: Final = 900
"""Characters behind an encounter's sentence within which its participants' words belong to it."""
_LONG: Final = 10
"""An issue has no more words than this."""
_TOLD_NOT: Final = frozenset({"inform", "assess", "announce", "agree"})
"""Acts that are no news of their own inside somebody's words."""
_RANK: Final = {"dobj": 0, "attr": 1, "nsubjpass": 1, "ROOT": 1, "pobj": 2, "nsubj": 3, "conj": 4}
_LOOSE: Final = frozenset({"IN", "DT", "CC", ",", "TO", "PRP$", "POS"})


def encounter_of(
    reading: Reading, said: Attribution, voice: Voice, encounters: Sequence[Encounter]
) -> Encounter | None:
    """The encounter of the same report at which it was said: told of in the same sentence, or shortly before with
    the speaker taking part, the nearest first."""
    sentence = reading.sentences[said.sentence]
    sides = {p.represents for p in voice.participants if p.represents}
    names = {p.name for p in voice.participants}
    best: tuple[float, str, Encounter] | None = None
    for encounter in encounters:
        if encounter.status in {"cancelled", "refused"}:
            continue
        there = {p.name for p in encounter.participants}
        hosts = {encounter.country} if encounter.country else set()
        if not (names & there or sides & (encounter.sides | hosts)):
            continue
        for passage in encounter.evidence:
            if passage.start < sentence.end and sentence.start < passage.end:
                cost = 0.0
            elif passage.end <= sentence.start and sentence.start - passage.end < _WITHIN:
                if encounter.status not in {"held", "ongoing"}:
                    continue
                cost = 1 + (sentence.start - passage.end) / _WITHIN
                cost -= 0.5 if _AFTER.search(sentence.text) else 0
            else:
                continue
            cost += 0.0 if names & there else 0.4
            if best is None or (cost, encounter.id) < best[:2]:
                best = (cost, encounter.id, encounter)
    return best[2] if best else None


def said_on(
    reading: Reading, said: Attribution, times: Sequence[TimeExpression], at: Encounter | None
) -> tuple[str | None, DateBasis | None]:
    """The day on which it was said: a date beside the cue and outside the content, else that of its encounter."""
    sentence = reading.sentences[said.sentence]
    near = [
        t
        for t in times
        if t.type in {"date", "time"}
        and sentence.start <= t.start < sentence.end
        and not _in_relative(reading, said, t)
        and (not any(s <= t.start and t.end <= e for s, e in said.content) or _of_cue(sentence, said, t))
    ]
    anchor = said.cue or said.content[0]
    if near and (found := for_span(reading, near, *anchor)) is not None and found.value:
        return found.value, found.basis
    if at is not None and at.date and at.status in {"held", "ongoing"}:
        return at.date, at.date_basis
    return None, None


_RELATIVE: Final = re.compile(r",\s+(?:who|whose|whom|which)\b")


def _in_relative(reading: Reading, said: Attribution, time: TimeExpression) -> bool:
    """Does a time stand in a relative clause between the speaker's name and the cue: "X, who met Y on Sunday, said"?"""
    if said.speaker is None or said.cue is None or not said.speaker[0] < time.start < said.cue[0]:
        return False
    found = _RELATIVE.search(reading.text, said.speaker[0], time.start)
    return found is not None and not re.search(r"[.;]\s", reading.text[found.end() : time.start])


def _of_cue(sentence: Sentence, said: Attribution, time: TimeExpression) -> bool:
    """Does a time inside the content hang on the cue all the same ("said on Saturday it would")?"""
    tokens = sentence.tokens_in(time.start, time.end)
    if tokens is None or said.cue is None:
        return False
    at = tokens.root
    while (
        not at.tag_.startswith("VB") and at.head is not at and at.dep_ in {"pobj", "prep", "npadvmod", "advmod", "nmod"}
    ):
        at = at.head
    start, end = sentence.token_span(at)
    return said.cue[0] < end and start < said.cue[1]


def addressee(reading: Reading, said: Attribution, voice: Voice, cast: Cast, act: SpeechAct) -> str | None:
    """To whom it was said, if that is an actor of another side: the object or the "to"/"from"/"on" phrase of the cue;
    of a demand, request, warning or threat else the one other side that its words name."""
    sides = {p.represents for p in voice.participants if p.represents}
    found = _spoken_to(reading, said, cast, sides)
    if found is None and act in _DIRECTED:
        named = [r for s, e in said.content for r in cast.within(s, e) if r.kind != "pronoun"]
        others = {p.represents: p.name for r in named for p in r.participants if p.represents not in sides | {None}}
        found = next(iter(others.values())) if len(others) == 1 else None
    return found


def _spoken_to(reading: Reading, said: Attribution, cast: Cast, sides: set[str]) -> str | None:
    if said.cue is None:
        return None
    sentence = reading.sentences[said.sentence]
    tokens = sentence.tokens_in(*said.cue)
    if tokens is None:
        return None
    for token in tokens:
        for child in _objects(token):
            start, end = sentence.char_span(child.left_edge.i, child.right_edge.i)
            found = cast.at(*sentence.token_span(child)) or cast.at(start, end)
            people = found.participants if found is not None else ()
            others: list[Participant] = [p for p in people if p.represents and p.represents not in sides]
            if others:
                return "; ".join(dict.fromkeys(p.name for p in others))
    return None


def _objects(cue: Token) -> list[Token]:
    found = []
    for child in cue.children:
        if child.dep_ in {"dobj", "dative", "iobj"} and cue.lower_ in lexicon().addressed:
            found.append(child)
        elif child.dep_ in {"prep", "dative"} and child.lower_ in _TO:
            found.extend(c for c in child.children if c.dep_ == "pobj")
        elif (
            child.dep_ in {"xcomp", "ccomp"} and cue.lower_ in lexicon().addressed
        ):  # "urged Tehran to answer": Tehran is its subject
            found.extend(c for c in child.children if c.dep_ == "nsubj" and child.tag_ == "VB")
    return found


def about(reading: Reading, said: Attribution) -> str | None:
    """What it is about: a short noun phrase of the content, or its first words."""
    start, end = said.content[0]
    sentence = reading.sentence_at(start)
    tokens = sentence.tokens_in(start, end) if sentence else None
    if sentence is None or tokens is None:
        return None
    nouns = [
        t
        for t in tokens
        if t.tag_.startswith("NN") and t.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj", "attr", "ROOT", "conj"}
    ]
    rank = {"dobj": 0, "attr": 1, "nsubjpass": 1, "pobj": 2, "nsubj": 3, "ROOT": 1, "conj": 4}
    nouns.sort(key=lambda t: (rank.get(t.dep_, 5), t.i))
    for noun in nouns:
        low, high = max(noun.left_edge.i, tokens.start), min(noun.right_edge.i, tokens.end - 1)
        if high - low + 1 > _LONG:
            high = min(high, low + _LONG - 1)
            while high > noun.i and sentence.doc is not None and sentence.doc[high].tag_ in _LOOSE:
                high -= 1
        if noun.tag_ == "NN" and low == high and len(noun.text) < 4:
            continue
        a, b = sentence.char_span(low, high)
        return reading.text[max(a, start) : min(b, end)].strip(" ,.;:\"“”'")
    words = reading.text[start:end].split()[:_LONG]
    return " ".join(words).strip(" ,.;:\"“”'") or None


def told_act(reading: Reading, said: Attribution, voice: Voice, cast: Cast) -> Inner | None:
    """The act that the content tells of ("Y rejected the plan"): of the verb of its main clause, where that is a cue
    with a subject who is known."""
    sentence = reading.sentence_at(said.content[0][0])
    tokens = sentence.tokens_in(*said.content[0]) if sentence else None
    if sentence is None or tokens is None or not tokens.root.tag_.startswith("VB"):
        return None
    entry = lexicon().verbs.get(tokens.root.lower_)
    subject = next((c for c in tokens.root.children if c.dep_ == "nsubj"), None)
    if entry is None or entry.weak or subject is None or entry.act in _TOLD_NOT or subject.tag_ == "PRP":
        return None
    found = cast.at(*sentence.token_span(subject))
    there = {p.represents for p in found.participants if p.represents} if found is not None else set()
    if not there:
        return None
    sides = {p.represents for p in voice.participants if p.represents}
    return Inner(entry.act, bool(there & sides))
