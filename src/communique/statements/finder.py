"""Statements of a report: attributions found in the text, their speakers settled, and what belongs to the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from communique.language import Reading
from communique.records import Dating, Encounter, Mode, Passage, Statement, TimeExpression
from communique.statements.acts import act_of
from communique.statements.attribution import Attribution, Span
from communique.statements.circumstances import about, addressee, encounter_of, said_on, told_act
from communique.statements.framing import TURN, turns, uncued
from communique.statements.lexicon import Cue, lexicon
from communique.statements.performed import cut_short, performed, whole_relative
from communique.statements.relays import handed_on
from communique.statements.selection import Heard, diplomatic, selected
from communique.statements.shaping import called, caused, merged, parted, requoted
from communique.statements.subjects import with_subject
from communique.statements.tagger import by_network
from communique.statements.voices import Voices

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["entry_of", "find", "gate_words", "mode_of"]


_STRONG: Final = 0.06
"""Chance from which a verb that performs an act ("pledged") is a cue; annotated news left many of them out. From 0.2
down to 0.06 the record only gained."""


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

    `everything` keeps every attribution whoever speaks, as annotated news corpora count them. `published` is the
    report's own day.
    """
    if not everything and not diplomatic(reading, cast, encounters):
        return ()
    found = by_network(reading) if everything else _shaped(reading)
    found.sort(key=lambda a: (a.cue or a.content[0], a.content))
    voices = Voices(reading, cast, encounters)
    heard = [Heard(said, voices.of(said)) for said in found]
    heard = [h._replace(voice=voices.by_name(h.voice)) for h in heard]
    if not everything:
        heard = merged(reading, selected(reading, handed_on(reading, heard, cast)))
        heard = [Heard(part, h.voice) for h in heard for part in parted(reading, h.said)]
    heard.sort(key=lambda h: h.said.content)
    return tuple(_statement(reading, h, cast, times, encounters, f"s{number}") for number, h in enumerate(heard, 1))


def _shaped(reading: Reading) -> list[Attribution]:
    """The network's attributions as the record has them, and quoted paragraphs that stand for themselves."""
    found = [with_subject(reading, caused(reading, requoted(reading, a))) for a in by_network(reading, strong=_STRONG)]
    found = [whole_relative(reading, kept) for a in found if (kept := called(reading, a)) is not None]
    found = [a for a in found if not cut_short(reading, a)]
    found = [*found, *performed(reading, found)]
    spoken = turns(reading)
    inside = [piece for a in spoken for piece in a.content]
    colons = {a.cue for a in spoken}
    found = [
        a
        for a in found
        if a.lemma == TURN or not (a.cue in colons or any(s <= (a.cue or a.content[0])[0] < e for s, e in inside))
    ]
    found = [*found, *(a for a in spoken if a not in found)]
    return [*found, *uncued(reading, found)]


def _statement(
    reading: Reading,
    heard: Heard,
    cast: Cast,
    times: Sequence[TimeExpression],
    encounters: Sequence[Encounter],
    name: str,
) -> Statement:
    said, voice = heard
    cue = reading.passage(*said.cue) if said.cue else None
    at = encounter_of(reading, said, voice, encounters)
    day, basis = said_on(reading, said, times, at)
    content = " ".join(reading.text[s:e] for s, e in said.content)
    words = cue.text if cue else ""
    act = act_of(entry_of(words), words, content, told_act(reading, said, voice, cast))
    return Statement(
        id=name,
        speakers=voice.participants,
        mode="direct" if said.lemma == TURN else mode_of(reading, said.content),
        act=act,
        content=tuple(reading.passage(*s) for s in said.content),
        evidence=_evidence(reading, said),
        cue=cue,
        speaker_passage=reading.passage(*said.speaker) if said.speaker else None,
        addressee=addressee(reading, said, voice, cast, act),
        about=about(reading, said),
        at=at.id if at else None,
        date=day,
        date_basis=basis,
        relayed_by=voice.relayed_by,
        confidence=said.confidence,
        because=(voice.because,),
    )


def entry_of(cue: str) -> Cue | None:
    """The lexicon's entry for the words of a cue: the last verb among them, else a noun or adjective."""
    known, words = lexicon(), cue.lower().split()
    for table in (known.verbs, known.nouns, known.adjectives):
        for word in reversed(words):
            if word in table:
                return table[word]
    return None


def mode_of(reading: Reading, content: Sequence[Span]) -> Mode:
    """`direct` where every letter of the content stands in quotation marks, `indirect` where none does."""
    text, inside, outside = reading.text, False, False
    for start, end in content:
        near = [q for q in reading.quotations if q.start < end and start < q.end]
        for i in range(start, end):
            if text[i].isalnum():
                if any(q.start <= i < q.end for q in near):
                    inside = True
                else:
                    outside = True
                    if not near:
                        break
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
