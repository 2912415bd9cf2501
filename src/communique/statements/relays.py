"""Words handed on: an office tells what its head of state or minister said or told somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from communique.language import Reading
from communique.statements.attribution import Span, trimmed
from communique.statements.lexicon import lexicon
from communique.statements.selection import Heard
from communique.statements.voices import Voice

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["handed_on"]

_FIRST: Final = re.compile(
    r"[\s“\"‘'«]*(?:(?:had|has|have|also|again) )*(?P<cue>[a-z]+(?:ed|id|ld|aid|ote))\b", re.IGNORECASE
)


def handed_on(reading: Reading, heard: Sequence[Heard], cast: Cast) -> list[Heard]:
    """The statements, where an office's words are 'the president "underlined that ..."' made the president's.

    Only where a person of the office's own side opens the content and a reporting verb follows, in quotation marks or
    one of telling somebody ("the president told his guest that"): the office then stands as the one through whom the
    words came. A spokesman does the same with "the president answered that".
    """
    return [_of_person(reading, h, cast) for h in heard]


def _of_person(reading: Reading, heard: Heard, cast: Cast) -> Heard:
    people = heard.voice.participants
    if len(people) != 1 or not people[0].represents or heard.said.cue is None:
        return heard
    office = people[0].type != "person"
    if not (office or (heard.said.speaker and _SPOKES.search(reading.text, *heard.said.speaker))):
        return heard
    start, end = heard.said.content[0]
    for reference in cast.within(start, end):
        persons = reference.participants
        if reference.start - start > _NEAR or len(persons) != 1 or persons[0].type != "person":
            continue
        found = _FIRST.match(reading.text, reference.end, end)
        if found is None or persons[0].represents != people[0].represents or persons == people:
            continue
        behind = found.end("cue")
        if not (office and reading.quoted(*found.span("cue"))):
            clause = _THAT.match(reading.text, behind, end) if found.group("cue").lower() in _TOLD else None
            if clause is None:
                continue
            behind = clause.end()
        entry = lexicon().verbs.get(found.group("cue").lower())
        words = trimmed(reading.text, (behind, end)) if entry else None
        if entry is None or words is None:
            continue
        pieces: tuple[Span, ...] = (words, *heard.said.content[1:])
        said = heard.said._replace(
            content=pieces, cue=found.span("cue"), speaker=(reference.start, reference.end), lemma=entry.lemma
        )
        because = f"{people[0].name} hands on the words of {persons[0].name}"
        return Heard(said, Voice(persons, "named", because, relayed_by=people[0].name))
    return heard


_SPOKES: Final = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_TOLD: Final = frozenset(
    {"told", "assured", "informed", "warned", "urged", "thanked", "reminded", "replied", "answered"}
)
"""Verbs with somebody spoken to: words that were said at the encounter, not by the office."""
_THAT: Final = re.compile(r"[^.;:“”\"]{1,160}?\b(?=that\s)")
_NEAR: Final = 120
"""Characters of an opening phrase ("During this exchange, ...") that may stand before the person."""
