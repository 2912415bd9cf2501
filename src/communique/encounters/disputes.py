"""Encounters whose existence a side denies in a sentence of its own.

"India said that its envoy had met X in Cairo. Pakistan called the report baseless." "No meeting between the two took
place, the ministry said." The denial stands right behind what it denies, or says outright that there was none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from communique.records import Encounter

if TYPE_CHECKING:
    from communique.actors import Cast
    from communique.language.reading import Reading, Sentence

__all__ = ["disputed"]

_CONTACT: Final = r"(?:meetings?|talks|calls?|conversations?|contacts?|visits?|encounters?|negotiations|letters?)"
_TOLD: Final = r"(?:reports?|claims?|news|stor(?:y|ies)|allegations?|rumou?rs?|accounts?|assertions?)"
_DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|denying|dismiss(?:es|ed)|refut(?:es|ed)) "
    rf"(?:it|this|that|(?:the|any|such|these|those)(?: such)? (?:{_TOLD}|{_CONTACT}))\b"
    rf"|\b(?:called|branded|described|dismissed) (?:the|these|this|that|such) {_TOLD} (?:as )?(?:\w+ )?"
    r"(?:baseless|false|fake|untrue|fabricat\w+|groundless|unfounded|invent\w+|nonsense|lies)",
    re.I,
)
"""A side denies what has just been told."""
_NONE: Final = re.compile(
    rf"\bno (?:such )?{_CONTACT}(?: [\w,’'-]+){{0,14}}? "
    r"(?:took place|(?:had|has|have) (?:ever )?(?:taken place|been held|happened|occurred)|was held|were held)\b",
    re.I,
)
"""A side says that there was none."""
_CLAIMED: Final = re.compile(
    r"\b(?:said|says|claim\w*|report\w*|according to|announced|alleg\w+|maintain\w*|told|insist\w*|stated)\b", re.I
)


def disputed(reading: Reading, cast: Cast, records: Sequence[Encounter]) -> list[Encounter]:
    """The records; those that one of their sides denies in a sentence of its own are disputed."""
    none = [(s, m) for s in reading.sentences if (m := _NONE.search(s.text)) is not None]
    result: list[Encounter] = []
    for record in records:
        denial = None
        if record.status in {"held", "ongoing"} and record.kind != "visit":
            denial = _denied(reading, cast, record) or next((m[0] for s, m in none if _of(cast, s, record)), None)
        if denial is not None:
            why = f"disputed: “{denial}” is said of it"
            record = msgspec.structs.replace(record, status="disputed", because=(*record.because, why))
        result.append(record)
    return result


def _of(cast: Cast, sentence: Sentence, record: Encounter) -> bool:
    """Does the sentence that says that there was none name a side of the record, and none that is not of it?"""
    sides = {p.represents for p in cast.resolve(sentence.start, sentence.end) if p.represents}
    return bool(sides) and sides <= record.sides


def _denied(reading: Reading, cast: Cast, record: Encounter) -> str | None:
    """The words of a denial right behind a sentence that tells the record as somebody's claim."""
    for passage in record.evidence:
        told = reading.sentence_at(passage.start)
        if told is None or told.is_title or not _CLAIMED.search(told.text):
            continue
        for sentence in reading.sentences[told.index + 1 : told.index + 2]:
            match = _DENIAL.search(sentence.text)
            if match is None or match.start() == 0:
                continue
            before = {p.represents for p in cast.resolve(sentence.start, sentence.start + match.start())}
            if before & record.sides:
                return match[0]
    return None
