"""Attributions by layout alone: a name behind a dash under a quotation, and the turns of a transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.language import Quotation, Reading
from communique.language.quotes import chains
from communique.statements.attribution import Attribution, trimmed
from communique.statements.lexicon import lexicon

__all__ = ["TURN", "by_frames", "turns", "uncued"]

TURN: Final = "turn"
"""The lemma of an attribution that is a turn of a transcript: its words stand as they were spoken."""

_DASH: Final = re.compile(
    r"[ \t]*\n?[ \t]*(?P<dash>[―—–]|--?)[ \t]*(?P<name>[A-Z][^\n.;:―—–]{2,80}?)"
    r"(?=[ \t]*(?:\n|$|\.(?:\s|$)))"
)
_TURN: Final = re.compile(
    r"^[ \t\"“]*(?P<name>[A-Z][A-Z.'’ -]{2,}[A-Z]|"
    r"(?:Mr|Mrs|Ms|Dr|Secretary|Minister|President|Ambassador)\.? [A-Z][\w'’-]+)"
    r"(?P<colon>:)[ \t]+(?P<words>[^\n]{3,})",
    re.MULTILINE,
)


_FEWEST: Final = 4
"""A quotation without a cue has at least this many words to be somebody's statement."""


def by_frames(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions that only the layout shows, for words that `found` does not claim already."""
    taken = [piece for a in found for piece in a.content]
    return [a for a in [*_dashes(reading), *turns(reading)] if not _touches(a, taken)]


def _touches(said: Attribution, taken: Sequence[tuple[int, int]]) -> bool:
    return any(s < e2 and s2 < e for s, e in said.content for s2, e2 in taken)


def _dashes(reading: Reading) -> list[Attribution]:
    made = []
    for run in chains(reading.text, reading.quotations):
        last = run[-1]
        match = _DASH.match(reading.text, last.end)
        sentence = reading.sentence_at(last.end - 1)
        if match is None or sentence is None or not last.closed or len(match.group("name").split()) > 10:
            continue
        made.append(
            Attribution(
                sentence.index,
                tuple((q.start, q.end) for q in run),
                match.span("dash"),
                match.span("name"),
                None,
                0.8,
            )
        )
    return made


_QA: Final = re.compile(
    r"^[ \t]*(?:Q|A|Question|Answer|QUESTION|ANSWER|Reporter|Journalist)\b[^:\n]{0,30}:[ \t]", re.MULTILINE
)
_MIXED: Final = re.compile(
    r"^[ \t\"“]*(?P<name>(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)(?P<colon>:)[ \t]+(?P<words>[^\n]{3,})", re.MULTILINE
)


_LABEL: Final = re.compile(r"^[ \t\"“]*(?P<name>[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}):(?=[ \t])", re.MULTILINE)
_LINE: Final = re.compile(r"^[^\n]*\w[^\n]*$", re.MULTILINE)
_PARAGRAPHS: Final = 6
"""Paragraphs of one answer behind its first, at most."""


def turns(reading: Reading) -> list[Attribution]:
    """Turns of a transcript: only where at least two paragraphs open with a name in capitals and a colon, or with a
    name of several words where others open with "Q:", "Question:" or an agency's name, or the name comes again."""
    labels = {m.start("name"): m for m in _TURN.finditer(reading.text)}
    mixed = list(_MIXED.finditer(reading.text))
    asked = bool(_QA.search(reading.text)) or any(
        m.group("name").lower() in lexicon().agencies for m in _LABEL.finditer(reading.text)
    )
    if asked or len({m.group("name") for m in mixed}) < len(mixed):
        labels = {m.start("name"): m for m in mixed} | labels
    if len(labels) < (1 if asked and mixed else 2):
        return []
    made = []
    for _, match in sorted(labels.items()):
        sentence = reading.sentence_at(match.start("name"))
        words = trimmed(reading.text, match.span("words"))
        if sentence is not None and words is not None:
            made.append(Attribution(sentence.index, (words,), match.span("colon"), match.span("name"), TURN, 0.7))
            made.extend(_going_on(reading, match) if asked else ())
    return made


def _going_on(reading: Reading, label: re.Match[str]) -> list[Attribution]:
    """The paragraphs of an answer that follow its first, up to the next name before a colon."""
    made: list[Attribution] = []
    for line in _LINE.finditer(reading.text, label.end()):
        if _LABEL.match(reading.text, line.start()) or len(made) == _PARAGRAPHS:
            break
        sentence, words = reading.sentence_at(line.start()), trimmed(reading.text, line.span())
        if sentence is None or words is None or not line.group().rstrip().endswith((".", "!", "”", '"')):
            break
        made.append(Attribution(sentence.index, (words,), label.span("colon"), label.span("name"), TURN, 0.6))
    return made


def uncued(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """Whole sentences in quotation marks that nobody claims, behind words that somebody is quoted with.

    They stand in the paragraph of those words or in a paragraph of their own right behind it; who speaks is
    settled later. One attribution for each run of quotations.
    """
    claimed = [piece for a in found for piece in a.content]
    quoted = {
        reading.sentences[a.sentence].paragraph
        for a in found
        if a.speaker is not None and any(q.start < e and s < q.end for q in reading.quotations for s, e in a.content)
    }
    made: list[Attribution] = []
    for run in chains(reading.text, reading.quotations):
        span = (run[0].start, run[-1].end)
        first = reading.sentence_at(span[0])
        if first is None or any(s < span[1] and span[0] < e for s, e in claimed):
            continue
        if not (_alone(reading, run) and _longer(reading, span) and quoted & {first.paragraph, first.paragraph - 1}):
            continue
        quoted.add(first.paragraph)
        made.append(Attribution(first.index, tuple((q.start, q.end) for q in run), None, None, None, 0.5))
    return made


def _alone(reading: Reading, run: Sequence[Quotation]) -> bool:
    """Does the run fill its sentences, with nothing but white space and stops beside it?"""
    first, last = reading.sentence_at(run[0].start), reading.sentence_at(run[-1].end - 1)
    if first is None or last is None or first.is_title:
        return False
    beside = reading.text[first.start : run[0].start] + reading.text[run[-1].end : last.end]
    return not beside.strip(" \n\t\xa0.,;")


def _longer(reading: Reading, span: tuple[int, int]) -> bool:
    return len(reading.text[slice(*span)].split()) >= _FEWEST
