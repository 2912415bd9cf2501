"""Statements of a report: attributions found in the text, their speakers resolved, and what belongs to the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.language import Reading
from communique.records import Dating, Encounter, Mode, Participant, Passage, Statement, TimeExpression
from communique.statements.attribution import Attribution, Span
from communique.statements.lexicon import lexicon
from communique.statements.tagger import by_network

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["find", "gate_words", "mode_of"]


def gate_words() -> Iterable[str]:
    """Lower-case words and phrases that mark a sentence as one that may hold a statement."""
    return lexicon().words()


def find(
    reading: Reading,
    cast: Cast,
    times: Sequence[TimeExpression],
    encounters: Sequence[Encounter],
    published: Dating,
    everything: bool = False,
) -> tuple[Statement, ...]:
    """Every statement of the report that belongs to the diplomatic record, in text order, ids s1, s2, ...

    `everything` keeps every attribution whoever speaks, as annotated news corpora count them.
    """
    found: list[Statement] = []
    for said in sorted(by_network(reading), key=lambda a: a.content[0]):
        speakers: tuple[Participant, ...] = cast.resolve(*said.speaker) if said.speaker is not None else ()
        if not everything and not any(p.represents for p in speakers):
            continue
        found.append(_statement(reading, said, speakers, f"s{len(found) + 1}"))
    return tuple(found)


def _statement(reading: Reading, said: Attribution, speakers: tuple[Participant, ...], name: str) -> Statement:
    entry = lexicon().verbs.get(said.lemma or "")
    return Statement(
        id=name,
        speakers=speakers,
        mode=mode_of(reading, said.content),
        act=entry.act if entry else "inform",
        content=tuple(reading.passage(*s) for s in said.content),
        evidence=_evidence(reading, said),
        cue=reading.passage(*said.cue) if said.cue else None,
        speaker_passage=reading.passage(*said.speaker) if said.speaker else None,
        confidence=said.confidence,
    )


def mode_of(reading: Reading, content: Sequence[Span]) -> Mode:
    """`direct` where every letter of the content stands in quotation marks, `indirect` where none does."""
    text, inside, outside = reading.text, False, False
    for start, end in content:
        for i in range(start, end):
            if text[i].isalnum():
                if any(q.start <= i < q.end for q in reading.quotations):
                    inside = True
                else:
                    outside = True
        if inside and outside:
            return "mixed"
    return "direct" if inside else "indirect"


def _evidence(reading: Reading, said: Attribution) -> tuple[Passage, ...]:
    wanted = {said.sentence}
    for start, end in said.content:
        for sentence in reading.sentences:
            if sentence.start < end and start < sentence.end:
                wanted.add(sentence.index)
    return tuple(reading.passage(reading.sentences[i].start, reading.sentences[i].end) for i in sorted(wanted))
