"""What is done in words without a reporting verb: "reached an agreement to", "gave a guarded welcome to", "held out
assurances of". Annotated news counts few of these, so the network does not know them; the record does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from communique.language import Reading, Sentence
from communique.statements.attribution import Attribution, Span, trimmed
from communique.statements.lexicon import lexicon
from communique.statements.subjects import antecedent, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PERFORMED", "acts_with", "cut_short", "performed", "whole_relative"]

PERFORMED: Final = "performed"
"""The lemma of an attribution made of a light verb and a noun."""
_CONFIDENCE: Final = 0.55
_TELLING: Final = frozenset({"inform", "assess", "announce"})
_AGREED: Final = frozenset({"to", "on", "that", "under", "about", "over", "regarding", "whereby"})
"""Words behind an agreement that tell what was agreed."""
_REFUSING: Final = {"ruled": "out", "rules": "out", "turned": "down", "turns": "down", "brushed": "aside"}
"""Verbs that refuse together with a particle: "ruled out a meeting", "turned down the invitation"."""
_DONE: Final = frozenset({"deny", "reject", "condemn", "accuse", "demand"})


@cache
def _binding() -> frozenset[str]:
    """Forms of verbs that promise with an infinitive only: "committed to return"."""
    return frozenset(w for w, e in lexicon().verbs.items() if e.weak and e.act == "promise" and "to" in e.frames)


@cache
def _light() -> re.Pattern[str]:
    forms = sorted(lexicon().light | _binding() | _REFUSING.keys(), key=lambda w: (-len(w), w))
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")


def performed(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """The acts done by a light verb and a noun that nothing in `found` tells already."""
    cues = [a.cue for a in found if a.cue]
    made: list[Attribution] = []
    for match in _light().finditer(reading.text):
        sentence = reading.sentence_at(match.start())
        if sentence is None or sentence.is_title or any(s < match.end() and match.start() < e for s, e in cues):
            continue
        if reading.quoted(match.start(), match.end()):
            continue
        tokens = sentence.tokens_in(*match.span())
        if tokens is None or not len(tokens) or not tokens[0].tag_.startswith("VB") or tokens[0].tag_ == "VB":
            continue
        said = _of_verb(reading, sentence, tokens[0])
        if said is not None and not any(said.cue[0] < e and s < said.cue[1] for s, e in cues if said.cue):
            made.append(said)
    return made


def cut_short(reading: Reading, said: Attribution) -> bool:
    """Does a cue hold the thing that was turned down, so that only its complement is left as content?"""
    return said.cue is not None and bool(_HELD.match(reading.text, *said.cue))


_HELD: Final = re.compile(r"(?:(?:has|have|had) )?(?:turn(?:ed|s) down|brushed aside) \w", re.IGNORECASE)


def _of_verb(reading: Reading, sentence: Sentence, verb: Token) -> Attribution | None:
    negated = any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children)
    if verb.lower_ in _binding():
        return None if negated else _bound(reading, sentence, verb)
    if verb.lower_ in _REFUSING:
        return None if negated else _refused(reading, sentence, verb)
    noun = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.tag_.startswith("NN")), None)
    if noun is None or negated or any(c.lower_ == "no" for c in noun.children):
        return None
    passive = noun.dep_ == "nsubjpass"
    frames = _frames(verb, noun)
    first = verb.i + 1 if passive else noun.i + 1
    if not frames or first >= len(verb.doc) or verb.doc[first].lower_ not in frames:
        return None
    last = _last(verb, noun, first)
    if last <= first:
        return None
    content = trimmed(reading.text, sentence.char_span(first, last))
    speaker = None if passive else subject(sentence, verb)
    if content is None or (speaker is None and not passive):
        return None
    cue = sentence.char_span(min(verb.i, noun.left_edge.i if passive else verb.i), verb.i if passive else noun.i)
    who = trimmed(reading.text, speaker) if speaker else None
    return Attribution(sentence.index, (content,), cue, who, PERFORMED, _CONFIDENCE)


def _frames(verb: Token, noun: Token) -> frozenset[str]:
    """What may follow the noun as that which was said: behind an agreement that is reached, or a noun with an act."""
    known = lexicon()
    if noun.lower_ in known.deals:
        return _AGREED if verb.lower_ in known.reaching else frozenset()
    entry = known.nouns.get(noun.lower_)
    if noun.dep_ == "nsubjpass" or entry is None or entry.act in _TELLING or verb.lower_ in known.reaching:
        return frozenset()
    return entry.frames


def _last(verb: Token, noun: Token, first: int) -> int:
    """The last token of the phrases that follow from `first` on, whether they hang on the noun or the verb."""
    ends = {c.left_edge.i: c.right_edge.i for c in (*verb.rights, *noun.rights) if c.dep_ != "punct"}
    last = first - 1
    while last + 1 in ends and ends[last + 1] > last:
        last = ends[last + 1]
    return last


def _bound(reading: Reading, sentence: Sentence, verb: Token) -> Attribution | None:
    """Who committed to do something: the infinitive right behind the verb."""
    first = verb.i + 1
    done = next((c for c in verb.rights if c.dep_ in {"xcomp", "advcl", "prep"} and c.left_edge.i == first), None)
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    who = subject(sentence, verb)
    if done is None or passive or who is None or verb.doc[first].lower_ != "to" or done.right_edge.i <= first:
        return None
    if not any(t.tag_ == "VB" for t in verb.doc[first + 1 : first + 3]):
        return None
    content = trimmed(reading.text, sentence.char_span(first, done.right_edge.i))
    speaker = trimmed(reading.text, who)
    if content is None or speaker is None:
        return None
    return Attribution(sentence.index, (content,), sentence.token_span(verb), speaker, PERFORMED, _CONFIDENCE)


def _refused(reading: Reading, sentence: Sentence, verb: Token) -> Attribution | None:
    """Who ruled out or turned down what: the object behind the particle, or between it and the verb."""
    particle = next(
        (c for c in verb.rights if c.dep_ in {"prt", "advmod"} and c.lower_ == _REFUSING[verb.lower_]), None
    )
    refused = next((c for c in verb.rights if c.dep_ in {"dobj", "xcomp"} and c.tag_ != "WDT"), None)
    who = subject(sentence, verb)
    if refused is not None and refused.lower_ in _WAYS:
        return None
    if particle is None or refused is None or who is None or particle.i - verb.i > _APART:
        return None
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return None
    content = trimmed(reading.text, sentence.char_span(refused.left_edge.i, refused.right_edge.i))
    speaker = trimmed(reading.text, who)
    if content is None or speaker is None:
        return None
    last = particle.i if particle.i < refused.left_edge.i else verb.i
    cue = sentence.char_span(verb.i, last)
    return Attribution(sentence.index, (content,), cue, speaker, PERFORMED, _CONFIDENCE)


_WAYS: Final = frozenset(
    "road street lane path alley avenue corridor valley stairs volume music sound radio heat gas light lights".split()
)
"""What is turned down without being refused."""
_APART: Final = 8
"""Tokens between a verb and its particle, with the object between them: "turned the invitation down"."""


def acts_with(cue: Sequence[str]) -> bool:
    """Do the lower-case words of a cue hold a light verb with a noun that goes with it?"""
    known = lexicon()
    for k, word in enumerate(cue):
        if word in known.reaching and any(w in known.deals for w in cue[k + 1 :]):
            return True
        if word in known.light and any(w in known.nouns and known.nouns[w].act not in _TELLING for w in cue[k + 1 :]):
            return True
    return False


def whole_relative(reading: Reading, said: Attribution) -> Attribution:
    """ "A step that Ankara has rejected": what "that" stands for is what was rejected."""
    if said.cue is None or len(said.content) != 1:
        return said
    start, end = said.content[0]
    if reading.text[start:end].lower() not in {"that", "which"}:
        return said
    words = reading.text[slice(*said.cue)].lower().split()
    entries = [lexicon().verbs[w] for w in words if w in lexicon().verbs]
    if not entries or entries[-1].weak or entries[-1].act not in _DONE:
        return said
    span: Span | None = antecedent(reading.sentences[said.sentence], (start, end))
    whole = trimmed(reading.text, (span[0], min(span[1], start))) if span else None
    return said._replace(content=(whole,)) if whole else said
