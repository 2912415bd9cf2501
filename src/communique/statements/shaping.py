"""One statement or several: coordinated clauses of one cue are parted, coordinated cues on one matter are joined.

"said that A, but that B" tells two things, each with its own "that"; "thanked her for A and noted B" is one
statement, where the second verb adds a noun phrase only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.language import Reading
from communique.records import ACT_GROUPS
from communique.statements.attribution import Attribution, Span, joined, trimmed
from communique.statements.lexicon import lexicon
from communique.statements.selection import Heard, bare

__all__ = ["called", "caused", "merged", "parted", "requoted"]

_AND_THAT: Final = re.compile(r",?\s+(?:and|but|while|yet)(?:\s+\w+ly)?\s+(?=that\s+\w)", re.IGNORECASE)
_AND_PLEDGED: Final = re.compile(
    r",?\s+(?:and|but)\s+(?:\w+ly\s+|earlier\s+|also\s+|had\s+|has\s+|later\s+){0,2}"
    r"(?=(\w+)\s+(?:that|to|never to|not to)\b)"
)
_LEAST: Final = 12
"""A part has at least this many characters."""


_QUOTED_AS: Final = re.compile(
    r"\b(?:quot|cit)(?:es?|ed|ing)\s+(?P<who>[^,;:\n]{3,90}?)\s+as\s+(?:saying|telling|stating)\b"
)
_PASSIVE_QUOTED: Final = re.compile(r"(?:\bwas|\bwere|\bis|\bbeen)\s+$")


_WAS_QUOTED: Final = re.compile(
    r"(?P<who>\b[A-Z][^,;:\n]{1,80}?) (?:was|were|is|are|has been|have been) (?:\w+ )?"
    r"(?:quoted|cited)(?: by [^,;:\n]{2,60}?)? as "
    r"(?P<cue>saying|telling|stating|warning|declaring|adding)\s+"
)


def _was_quoted(reading: Reading, said: Attribution) -> Attribution:
    """ "X was quoted as saying": X speaks, and only what follows is said."""
    sentence = reading.sentences[said.sentence]
    found = _WAS_QUOTED.search(sentence.text)
    if found is None or said.cue is None or not found.start() <= said.cue[0] - sentence.start <= found.end():
        return said
    behind = sentence.start + found.end()
    pieces = [(max(s, behind), e) for s, e in said.content if e > behind]
    who = (sentence.start + found.start("who"), sentence.start + found.end("who"))
    same = said.speaker is None or (said.speaker[0] < who[1] and who[0] < said.speaker[1])
    return said._replace(content=tuple(pieces), speaker=who) if pieces and same else said


def requoted(reading: Reading, said: Attribution) -> Attribution:
    """ "The agency quoted X as saying": the words are X's, not those of whoever quotes."""
    sentence = reading.sentences[said.sentence]
    cue = reading.text[slice(*said.cue)].lower() if said.cue else ""
    if re.search(r"\b(quot|cit)", cue):
        said = _was_quoted(reading, said)
    found = _QUOTED_AS.search(sentence.text) if re.search(r"\b(quot|cit)", cue) else None
    if found is None or _PASSIVE_QUOTED.search(sentence.text[: found.start()]):
        return said
    who = (sentence.start + found.start("who"), sentence.start + found.end("who"))
    whole = (sentence.start + found.start(), sentence.start + found.end())
    pieces: list[Span] = []
    for start, end in said.content:
        for part in ((start, min(end, whole[0])), (max(start, whole[1]), end)):
            piece = trimmed(reading.text, part) if part[0] < part[1] else None
            if piece is not None and re.search(r"\w", reading.text[piece[0] : piece[1]]):
                pieces.append(piece)
    return said._replace(content=tuple(pieces), speaker=who) if pieces else said


_CALLED: Final = re.compile(r"\bto (?P<verb>[a-z]+)\s+(?:(?:him|her|them|his|its|the)\b(?:\s+\w+)?\s+)?", re.IGNORECASE)


def called(reading: Reading, said: Attribution) -> Attribution | None:
    """ "Called X to inform him that": the cue is what the call was for; None where it was for nothing that was said."""
    cue = reading.text[slice(*said.cue)].lower().split() if said.cue else []
    start, end = said.content[0]
    found = _CALLED.search(reading.text, start, end)
    if not cue or cue[-1] not in {"called", "phoned", "telephoned", "rang"} or found is None:
        return said
    if reading.quoted(start, start + 1) or not reading.text[start].isupper() or found.start() == start:
        return said
    entry = lexicon().verbs.get(found.group("verb").lower())
    words = trimmed(reading.text, (found.end(), end)) if found.end() < end else None
    if entry is None or words is None:
        return None if found.group("verb").lower() in lexicon().silent else said
    return said._replace(content=(words, *said.content[1:]), cue=found.span("verb"), lemma=entry.lemma)


_CAUSED: Final = re.compile(r"(?:prompt|lead|caus|forc|push|driv)(?:ing|ed|e)?|led|drove|made|making", re.IGNORECASE)
_MADE_TO: Final = re.compile(r"(?P<first>\w+) (?P<who>[^,;:]{2,60}?) (?:to )?(?P<verb>\w+)")


def caused(reading: Reading, said: Attribution) -> Attribution:
    """ "Prompting Ankara to claim that": Ankara claims, not whoever prompted it."""
    found = _MADE_TO.fullmatch(reading.text, *said.cue) if said.cue else None
    if found is None or not _CAUSED.fullmatch(found.group("first")):
        return said
    entry = lexicon().verbs.get(found.group("verb").lower())
    if entry is None or not found.group("who")[0].isupper():
        return said
    return said._replace(speaker=found.span("who"), cue=found.span("verb"), lemma=entry.lemma)


def parted(reading: Reading, said: Attribution) -> list[Attribution]:
    """The attribution, or one for each of the coordinated clauses it tells."""
    if len(said.content) != 1:
        return [said]
    start, end = said.content[0]
    text = reading.text[start:end]
    if said.cue is None or (not text.lower().startswith("that ") and not said.cue[1] <= start):
        return [said]
    cuts: list[tuple[int, int, Span | None]] = []
    for found in _AND_THAT.finditer(text):
        cuts.append((found.start(), found.end(), None))
    for found in _AND_PLEDGED.finditer(text):
        entry = lexicon().verbs.get(found.group(1).lower())
        if entry is not None and not entry.weak and found.group(1).lower().endswith("ed"):
            cuts.append((found.start(), found.end(1), (start + found.start(1), start + found.end(1))))
    cuts = [c for c in sorted(cuts) if not reading.quoted(start + c[0], start + c[1])]
    parts: list[Attribution] = []
    at, cue = 0, said.cue
    for low, high, verb in [*cuts, (len(text), len(text), None)]:
        piece = trimmed(reading.text, (start + at, start + low))
        if piece is None or piece[1] - piece[0] < _LEAST:
            return [said]
        parts.append(said._replace(content=(piece,), cue=cue))
        at, cue = high, verb or said.cue
    return parts


def merged(reading: Reading, heard: Sequence[Heard]) -> list[Heard]:
    """The statements, with those joined to the one before that only add a noun phrase to it in the same sentence."""
    out: list[Heard] = []
    for h in sorted(heard, key=lambda h: (h.said.sentence, h.said.cue or h.said.content[0])):
        last = out[-1] if out else None
        if last is not None and _adds(reading, last, h):
            content = joined([*last.said.content, *h.said.content], reading.text)
            out[-1] = last._replace(said=last.said._replace(content=content))
            continue
        out.append(h)
    return out


def _adds(reading: Reading, first: Heard, second: Heard) -> bool:
    a, b = first.said, second.said
    if a.sentence != b.sentence or a.cue is None or b.cue is None or a.cue == b.cue:
        return False
    if first.voice.participants != second.voice.participants or a.speaker != b.speaker:
        return False
    between = reading.text[max(e for _, e in a.content) : b.cue[0]]
    if not re.fullmatch(r"[\s,]*(and|as well as|while)?[\s,]*(\w+\s+){0,2}", between):
        return False
    return bare(reading, b) and bare(reading, a) and _minor(reading, b.cue, a.cue)


def _minor(reading: Reading, second: Span, first: Span) -> bool:
    """Does the second cue only tell, or do the same as the first?"""
    acts = []
    for span in (first, second):
        words = [w for w in reading.text[slice(*span)].lower().split() if w in lexicon().verbs]
        acts.append(lexicon().verbs[words[-1]].act if words else None)
    return acts[1] is None or acts[1] in ACT_GROUPS["tell"] or acts[0] == acts[1]
