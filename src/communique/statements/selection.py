"""What belongs to the record among all that is attributed in a report.

Opinion corpora count every wish, plan and vote as attribution. The record keeps what an official, organ, organisation
or movement with a side is reported to have said: no "discussed", no refusal to comment, no headline that the body
repeats, nothing inside words that are themselves a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.language import Reading, Sentence
from communique.records import Encounter
from communique.statements.attribution import Attribution, Span
from communique.statements.lexicon import lexicon
from communique.statements.nominals import inside
from communique.statements.performed import PERFORMED, acts_with
from communique.statements.voices import Voice

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["Heard", "bare", "diplomatic", "selected"]

_SEVERAL: Final = 5
"""Different words of diplomacy that make a report without an encounter one of diplomacy."""
_MISSIONS: Final = re.compile(r"^(ambassador|consul|diploma|embass)$")
"""Words that a concert at an embassy is full of count as one."""
_LEAST: Final = 0.45
"""Confidence below which a cue that the lexicon does not know makes no record."""
_NO_COMMENT: Final = re.compile(
    r"^(to )?(comment|say|elaborate|give (any )?(further |more )?details|answer|respond|discuss|confirm or deny|"
    r"be (named|quoted))\b",
    re.IGNORECASE,
)
_TELLING: Final = frozenset({"inform", "assess", "announce"})
_SILENT: Final = re.compile(
    r"(\b(not|never|no|declin\w+|refus\w+|unwilling|without|avoid\w*)\b|n['’]t\b).{0,24}\bcomment", re.IGNORECASE
)
"""A refusal to comment, in the cue or where it meets the content."""
_CONSIDERED: Final = re.compile(r"\b(discuss|examin|review|consider|stud(y|i)|debat)\w*\b", re.IGNORECASE)
_TURNED_OVER: Final = re.compile(
    r"\b(discuss|consider|examin|review|debat|worr|fear|sidestep|avoid|evad|dodg)\w*", re.IGNORECASE
)
"""Words that tell of a subject or a feeling even where words of it are quoted."""
_UNNAMED: Final = re.compile(
    r"(to remain anonymous|anonymity|(not to|that \w+ not) be (named|identified|quoted))\b", re.IGNORECASE
)
"""What those who speak without a name ask for."""
_QUESTION: Final = re.compile(r"(whether|if|about|why|how|what|when)\b", re.IGNORECASE)
_NEGATED: Final = re.compile(r"n['’]t\b|\b(not|never|without|stopped short|fell short)\b", re.IGNORECASE)
_REFUSING: Final = re.compile(
    r"\b(rul\w+ out|exclud\w+|accept\w*|agree\w*|support\w*|recogni[sz]e\w*|"
    r"whether|if|consider\w*|want|believe|think|see)\b",
    re.IGNORECASE,
)
_SEEKING: Final = re.compile(r"\b(seeking|requests?( \w+)? for|calls? for) (a )?comments?\b", re.IGNORECASE)
_CLEAR: Final = re.compile(r"(it )?(clear|plain|known|public)\b", re.IGNORECASE)
_MARKS: Final = frozenset({":", "-", "–", "—", "―", "--"})
_RAISED: Final = re.compile(
    r"^\W*(?:\w+ )?rais(?:ed|es|ing)(?: again)? (?:the |an? |his |her |its |their |serious |deep )*"
    r"(?:issues?|questions?|matters?|subjects?|case|cases|concerns?|objections?|problems?) "
    r"(?:of|about|over|with|regarding|concerning)\b"
)
"""What was raised at a meeting."""
_NOTHING: Final = re.compile(r"(gave|given|gives|giving|provided|offered) no \w+", re.IGNORECASE)
_FOR: Final = re.compile(r"(?!(whether|if|how|why|what|when|about)\b)([^,;.]{0,60}\s)?for\s\w", re.IGNORECASE)
"""What is asked for, or who is asked for it."""
_HOPING: Final = frozenset("hope hopes hoped hoping expect expects expected expecting wish wishes wished".split())
_POINTERS: Final = frozenset(
    "he she it this that these those which whom who them him her so they us what one each other".split()
)
_WORD: Final = re.compile(r"[^\W_]+")


class Heard(NamedTuple):
    """An attribution with its voice."""

    said: Attribution
    voice: Voice


def diplomatic(reading: Reading, cast: Cast, encounters: Sequence[Encounter]) -> bool:
    """Is it a report of diplomacy: two sides at least, and an encounter or several different words of diplomacy?"""
    sides = {p.represents for r in cast.references for p in r.participants if p.represents}
    if len(sides) < 2:
        return False
    if encounters:
        return True
    words = {_MISSIONS.sub("embass", w) for w in _diplomacy().findall(reading.text.lower())}
    return len(words) >= _SEVERAL


@cache
def _diplomacy() -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(sorted(lexicon().diplomacy, key=len, reverse=True)) + r")")


def selected(reading: Reading, heard: Sequence[Heard]) -> list[Heard]:
    """What belongs to the record, in order; the inner of two nested statements carries who relayed it."""
    kept = [h for h in heard if _speech(reading, h.said)]
    kept = _unnested(reading, kept)
    kept = [h for h in kept if h.voice.kind == "unnamed" or any(p.represents for p in h.voice.participants)]
    kept = _without_doubles(kept)
    return _without_headline(reading, kept)


def _speech(reading: Reading, said: Attribution) -> bool:
    """Is the cue one that reports a statement, with this content?"""
    text = reading.text
    content = " ".join(text[s:e] for s, e in said.content)
    words = [w.lower() for w in _WORD.findall(content)]
    if not words or (all(w in _POINTERS for w in words) and not _answered(reading, said, words)):
        return False
    if len(said.content) > 1 and text[slice(*said.content[0])].lower() in {"which", "who", "that"}:
        return False  # a relative clause, cut in two by its "according to"
    cue = [w.lower() for w in _WORD.findall(text[slice(*said.cue)])] if said.cue else []
    known = lexicon()
    if (said.lemma == PERFORMED or acts_with(cue)) and not _NO_COMMENT.match(content):
        return not _NEGATED.search(text[slice(*said.cue)] if said.cue else "")
    quoted = any(q.start < e and s < q.end for q in reading.quotations for s, e in said.content)
    strong = any(w in known.verbs and not known.verbs[w].weak for w in cue)
    cue_text = text[slice(*said.cue)] if said.cue else ""
    if _RAISED.search(f"{cue_text} {content[:24]}"):
        return True
    acting = any(known.nouns[w].act not in _TELLING for w in cue if w in known.nouns)
    acting = acting and not _TURNED_OVER.search(cue_text)
    spoken = quoted and not _TURNED_OVER.search(cue_text)
    silent = any(w in known.silent for w in cue) and not (strong or any(w in known.verbs for w in cue))
    silent = silent or (said.lemma in known.silent and said.lemma not in known.verbs)
    if silent and not spoken and not acting:
        return bool(_CLEAR.match(content))
    if _unframed(cue, content) or (not said.speaker and _NOTHING.search(cue_text)) or _NOTHING.match(cue_text):
        return False
    if _NEGATED.search(cue_text) and not _REFUSING.search(cue_text + " " + content[:30]):
        return False
    if _UNNAMED.match(content) or (cue[-1:] in (["citing"], ["quoting"]) and not quoted):
        return False
    if _SEEKING.search(content) or _SILENT.search(f"{cue_text} {content[:16]}") or _put_to(reading, said, content):
        return False
    if said.cue and said.speaker and _CONSIDERED.search(text[said.speaker[1] : said.cue[0]]):
        return False  # "discussed Chad's proposal" proposes nothing
    if _NO_COMMENT.match(content) and any(w.startswith(("declin", "refus")) for w in cue):
        return False
    likened = " as " in content and any("as" in known.verbs[w].frames for w in cue if w in known.verbs)
    plain = bare(reading, said) and not quoted and not likened
    entries = [known.verbs[w] for w in cue if w in known.verbs]
    if plain and not strong and any(w in known.bare for w in cue) and not _asked_for(cue, content):
        return False
    if cue_text.strip() in _MARKS:
        return said.confidence >= _LEAST
    if plain and len(words) == _KNOWN_BEFORE and words[0] == "the" and cue[-1:] in (["announced"], ["announcing"]):
        return False  # "a day after he had announced the journey": told before, and nothing of it
    if any(w in _HOPING for w in cue) and not quoted and content.startswith("to "):
        return False
    if (
        plain
        and not _asked_for(cue, content)
        and not _RULED_OUT.search(cue_text)
        and entries
        and all(e.weak for e in entries)
        and not any("object" in e.frames for e in entries)
    ):
        return False
    if not entries and not quoted and said.lemma not in known.phrases and "according" not in cue:
        nouns = said.lemma is not None and any(w in known.nouns or w in known.adjectives for w in cue)
        if nouns and len(cue) > 1 and any(known.nouns[w].act not in _TELLING for w in cue if w in known.nouns):
            return said.confidence >= _LEAST + 0.15  # "held out assurances of support", "lodged a protest over it"
        return said.confidence >= (_LEAST + 0.15 if nouns else _LEAST + 0.3) and not plain
    return True


_KNOWN_BEFORE: Final = 2
"""Words of a content that only points to what the reader knows: "the journey"."""
_RULED_OUT: Final = re.compile(r"\brul(?:ed|es|ing) out$")


def _answered(reading: Reading, said: Attribution, words: Sequence[str]) -> bool:
    """Is it a denial or refusal of what was told just before: "the ministry denied this"?"""
    cue = reading.text[slice(*said.cue)].lower().split() if said.cue else []
    acts = {lexicon().verbs[w].act for w in cue if w in lexicon().verbs}
    return len(words) == 1 and words[0] in {"this", "it", "that", "them", "these"} and bool(acts & {"deny", "reject"})


def _asked_for(cue: Sequence[str], content: str) -> bool:
    words = [*cue, "for"] if _FOR.match(content) else cue
    return len(words) > 1 and words[-1] == "for" and words[-2] in {"asked", "asks", "ask", "asking"}


def _unframed(cue: Sequence[str], content: str) -> bool:
    """Does the content not go with the cue: "seeks to widen", "backed to hold talks", "claims against a neighbour"?"""
    known = lexicon()
    verbs = [known.verbs[w] for w in cue if w in known.verbs]
    if content.startswith("to ") and verbs and not any(e.frames & {"to", "for", "quote"} for e in verbs):
        return True
    if content.startswith("to ") and verbs and all(e.lemma == "seek" for e in verbs):
        return True
    if verbs or len(cue) < 2 or cue[-2] not in known.nouns:
        return False
    return cue[-1] == "against" and "against" not in known.nouns[cue[-2]].frames


def _put_to(reading: Reading, said: Attribution, content: str) -> bool:
    """Is it the question put to the speaker: "Asked whether X, the minister said"?"""
    if said.cue is None or reading.text[slice(*said.cue)].lower() != "asked":
        return False
    before = reading.text[reading.sentences[said.sentence].start : said.cue[0]].strip(' \n\t“"')
    first = not before or before.lower() in {"when", "if", "also", "was", "being"} or before.endswith((",", ";"))
    return first and bool(_QUESTION.match(content))


def bare(reading: Reading, said: Attribution) -> bool:
    """Is the content a noun phrase, without a clause or an infinitive of its own?"""
    start, end = said.content[0]
    sentence = reading.sentence_at(start)
    tokens = sentence.tokens_in(start, end) if sentence else None
    if tokens is None:
        return False
    if tokens[0].tag_ == "TO" or tokens[0].lower_ in {"that", "whether", "if", "how", "why"}:
        return False
    root = tokens.root
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.i >= tokens.start for c in root.children):
        return False
    return not (root.tag_.startswith(("VB", "MD")) and root.dep_ not in {"amod", "compound"})


def _unnested(reading: Reading, heard: Sequence[Heard]) -> list[Heard]:
    """Of two statements one of which tells the other, the one whose speaker is on the record.

    The outer one wins: a spokesman's words on what the leaders agreed are the spokesman's. But "according to the
    statement, X reaffirmed" is X's statement, handed on by the document, and an outlet only hands on.
    """
    drop: set[int] = set()
    relay: dict[int, str] = {}
    for i, outer in enumerate(heard):
        for j, inner in enumerate(heard):
            if i == j or inner.said.cue is None or j in drop or i in drop:
                continue
            if not any(inside(inner.said.cue, piece) for piece in outer.said.content):
                continue
            if any(inside(outer.said.cue, piece) for piece in inner.said.content) if outer.said.cue else False:
                continue
            official = any(p.represents for p in outer.voice.participants)
            hands_on = outer.voice.kind == "document" and _according(reading, outer.said)
            hands_on = hands_on or _of_its_head(reading, outer, inner)
            if not official or hands_on:
                speaks = any(p.represents for p in inner.voice.participants)
                if speaks:
                    drop.add(i)
                    relay[j] = _name(reading, outer)
            else:
                drop.add(j)
    return [
        h._replace(voice=h.voice._replace(relayed_by=relay[k])) if k in relay else h
        for k, h in enumerate(heard)
        if k not in drop
    ]


def _of_its_head(reading: Reading, outer: Heard, inner: Heard) -> bool:
    """Does an office tell what its own minister told somebody: "the palace said the king told his guest that"?"""
    office, person = outer.voice.participants, inner.voice.participants
    if len(office) != 1 or len(person) != 1 or office[0].type == "person" or person[0].type != "person":
        return False
    cue = reading.text[slice(*inner.said.cue)].lower().split() if inner.said.cue else []
    size = sum(e - s for s, e in outer.said.content)
    telling = bool(cue) and cue[-1] in {"told", "assured", "informed", "warned", "urged", "asked"}
    told = sum(e - s for s, e in inner.said.content) > 0.5 * size
    return telling and told and office[0].represents == person[0].represents


def _according(reading: Reading, said: Attribution) -> bool:
    return said.cue is not None and reading.text[slice(*said.cue)].lower().startswith("according")


def _name(reading: Reading, heard: Heard) -> str:
    names = "; ".join(p.name for p in heard.voice.participants)
    return names or (reading.text[slice(*heard.said.speaker)] if heard.said.speaker else "")


def _without_doubles(heard: Sequence[Heard]) -> list[Heard]:
    """Of statements whose contents overlap for the most part, the likelier one."""
    kept: list[Heard] = []
    for h in sorted(heard, key=lambda h: (-h.said.confidence, h.said.content)):
        if not any(_overlap(h.said.content, k.said.content) > 0.5 for k in kept):
            kept.append(h)
    return sorted(kept, key=lambda h: h.said.content)


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    return common / max(1, min(sum(e - s for s, e in a), sum(e - s for s, e in b)))


def _without_headline(reading: Reading, heard: Sequence[Heard]) -> list[Heard]:
    """Drops what a headline says again: the body has the same speaker, or a sentence with most of its words."""
    first = next((s for s in reading.sentences if s.text.strip()), None)
    if first is None:
        return list(heard)
    end = max(reading.report.title_end, first.end if _headline(reading, first) else 0)
    body = [
        h for h in heard if h.said.content[0][0] >= end and not _headline(reading, reading.sentences[h.said.sentence])
    ]
    names = {p.name for h in body for p in h.voice.participants}
    sides = {p.represents for h in body for p in h.voice.participants}
    out = list(body)
    for h in heard:
        if h in body:
            continue
        if not any(p.name in names or p.represents in sides for p in h.voice.participants) and not _repeated(
            reading, h, end
        ):
            out.append(h)
    return sorted(out, key=lambda h: h.said.content)


def _headline(reading: Reading, sentence: Sentence) -> bool:
    """Is the sentence a line of its own without a stop, and not merely where the text breaks off?"""
    text = sentence.text.rstrip()
    near = reading.sentences[max(sentence.index - 1, 0) : sentence.index + 2]
    alone = sum(s.paragraph == sentence.paragraph for s in near) == 1
    return alone and near[-1] is not sentence and len(text) < 160 and not text.endswith((".", "!", "?", "”", '"', ":"))


def _repeated(reading: Reading, heard: Heard, end: int) -> bool:
    stems = {w.lower()[:5] for s, e in heard.said.content for w in _WORD.findall(reading.text[s:e]) if len(w) > 3}
    if not stems:
        return True
    for sentence in reading.sentences:
        if sentence.start >= end:
            there = {w.lower()[:5] for w in _WORD.findall(sentence.text)}
            if len(stems & there) >= 0.5 * len(stems):
                return True
    return False
