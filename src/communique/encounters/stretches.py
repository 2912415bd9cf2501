"""How long an encounter went on: lengths told in a sentence of their own, and days counted from a length.

"It lasted three hours" stands beside the sentence that tells of the meeting. A four-day visit that starts on Monday
goes on until Thursday; two days of talks that ended on Sunday began on Saturday.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from communique import dates
from communique.dates.meaning import partial
from communique.dates.scan import scan
from communique.records import Encounter

if TYPE_CHECKING:
    from communique.language.reading import Reading

__all__ = ["length_of", "stretch"]

_LASTED: Final = re.compile(
    r"\b(?:it|they|which|the (?:[\w-]+ ){0,2}"
    r"(?:meeting|talks|call|conversation|session|discussions?|negotiations|summit))"
    r"[^.;]{0,30}?\b(?:lasted|ran|went on|took|continued)\s+(?:for\s+)?(?P<length>[^.;]{3,50})",
    re.I,
)
_STARTS: Final = re.compile(
    r"\b(?:start(?:s|ed|ing)?|beg(?:in|ins|an|inning)|embark(?:s|ed|ing)?|kick(?:s|ed|ing)? off|open(?:s|ed|ing)?"
    r"|arriv(?:e|es|ed|ing)|land(?:s|ed)|launch(?:es|ed)?|set out|depart(?:s|ed)?|left for)\b",
    re.I,
)
_ENDS: Final = re.compile(
    r"\b(?:end(?:s|ed|ing)?|conclud(?:e|es|ed|ing)|wrap(?:s|ped|ping)? up|finish(?:es|ed)?|clos(?:es|ed)|broke up)\b",
    re.I,
)
_DAYS: Final = re.compile(r"P([2-9]|1\d)D")


def length_of(reading: Reading, record: Encounter, records: Sequence[Encounter]) -> Encounter:
    """The record with the length that its own sentences, or the one right behind them, give."""
    if record.duration or record.kind in {"message", "visit"} or record.status not in {"held", "ongoing"}:
        return record
    last = reading.sentence_at(record.evidence[-1].start)
    if last is None:
        return record
    told = {(p.start, p.end) for r in records if r is not record for p in r.evidence}
    texts = [p.text for p in record.evidence if (p.start, p.end) not in told]
    following = reading.sentences[last.index + 1 : last.index + 2]
    texts += [s.text for s in following if (s.start, s.end) not in told and not s.is_title]
    for text in texts:
        match = _LASTED.search(text)
        value = _value(match["length"]) if match is not None else None
        if value is not None:
            return msgspec.structs.replace(record, duration=value)
    return record


def _value(words: str) -> str | None:
    for found in scan(words):
        if found.type == "duration" and found.start <= 20:
            return partial(found.meaning)
    return None


def stretch(record: Encounter) -> Encounter:
    """A length of several days and the day it began or ended make an interval."""
    length = _DAYS.fullmatch(record.duration or "")
    day = dates.days(record.date) if record.date else None
    if length is None or day is None or day[0] != day[1] or record.date_basis is None:
        return record
    first = date.fromisoformat(day[0])
    more = timedelta(int(length[1]) - 1)
    texts = " ".join(p.text for p in record.evidence)
    starts, ends = bool(_STARTS.search(texts)), bool(_ENDS.search(texts))
    if starts == ends:
        return record
    low, high = (first, first + more) if starts else (first - more, first)
    verb = "began" if starts else "ended"
    return msgspec.structs.replace(
        record,
        date=f"{low.isoformat()}/{high.isoformat()}",
        date_because=f"{record.date_because}; it {verb} that day and went on for {length[1]} days",
    )
