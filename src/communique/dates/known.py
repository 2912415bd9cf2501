"""Evidence from well-known facts: what did not exist before a day, what was over after one, anniversaries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, table
from communique.dates.evidence import Evidence
from communique.dates.feasts import feast_evidence, feast_words
from communique.dates.gathered import Heard, calendar, day, gathered, near
from communique.dates.grammar import check_keys, load_table
from communique.dates.meaning import Found
from communique.dates.ties import anniversary, passed, ties_evidence
from communique.errors import KnowledgeError

if TYPE_CHECKING:
    from communique.language import Gate, Reading

__all__ = ["famous", "known_evidence"]

_KEYS: Final = {"name", "start", "end", "phrases", "also", "since", "late", "spans", "early"}
_SPOTS: Final = 60
"""Places of one word that are looked at; more stand only in books and lists."""
_TOO_EARLY: Final = -6.0
"""A name or matter that did not exist yet; less than certain, for phrases may be used in other senses."""


class Fact(NamedTuple):
    """A row of known.toml or events.toml."""

    name: str
    start: dt.date
    end: dt.date | None
    phrases: frozenset[str]
    also: frozenset[str]
    since: frozenset[str]
    late: float
    spans: tuple[tuple[dt.date, dt.date], ...] = ()
    early: float = _TOO_EARLY


class Knowledge(NamedTuple):
    """The facts, and one automaton for all words by which facts, gatherings and feasts are recognised."""

    facts: tuple[Fact, ...]
    gate: Gate
    words: frozenset[str]


@cache
def knowledge() -> Knowledge:
    """known.toml and events.toml, checked. Raises KnowledgeError where a key or a day is wrong."""
    from communique.language import Gate

    facts = [_fact(row) for row in load_table("known.toml").get("known", ())]
    for group in load_table("events.toml")["events"]:
        check_keys(group, {"region", "rows"}, "data/dates/events.toml")
        for name, start, phrases in group["rows"]:
            none: frozenset[str] = frozenset()
            facts.append(Fact(name, day(start), None, none, none, frozenset(phrases), 0.0))
    words = {w for f in facts for w in (*f.phrases, *f.also, *f.since)} | calendar().words | feast_words()
    return Knowledge(tuple(facts), Gate({w: [w] for w in sorted(words)}), frozenset(words))


@cache
def famous() -> frozenset[tuple[int, int, int]]:
    """The days of well-known events: reports of any later time name them with their year."""
    return frozenset((f.start.year, f.start.month, f.start.day) for f in knowledge().facts)


def _fact(row: dict[str, Any]) -> Fact:
    where = f"data/dates/known.toml, {row.get('name')!r}"
    check_keys(row, _KEYS, where)
    if not row.get("phrases"):
        raise KnowledgeError("no phrases", where=where, remedy="Correct the row.")
    spans = tuple((day(a), day(b)) for a, b in row.get("spans", ()))
    return Fact(
        name=row["name"],
        start=spans[0][0] if spans else day(row["start"]),
        end=spans[-1][1] if spans else day(row["end"]) if "end" in row else None,
        phrases=frozenset(row["phrases"]),
        also=frozenset(row.get("also", ())),
        since=frozenset(row.get("since", ())),
        late=float(row.get("late", -0.8)),
        spans=spans,
        early=float(row.get("early", _TOO_EARLY)),
    )


def known_evidence(reading: Reading, found: Sequence[Found], heard: Heard | None = None) -> list[Evidence]:
    """What well-known facts say about the day of the report, a sentence for each.

    `heard` are the weekdays and days of the year that the report tells, which pin gatherings named beside them.
    """
    k = knowledge()
    text = reading.text.replace("’", "'")
    marks: dict[str, list[int]] = {}
    for pattern, start in _overlapping(k.gate, text):
        spots = marks.setdefault(pattern, [])
        if len(spots) < _SPOTS:
            spots.append(start)
    if not marks:
        return ties_evidence(reading)
    out: list[Evidence] = []
    for fact in k.facts:
        named = not fact.phrases.isdisjoint(marks)
        if not named and fact.since.isdisjoint(marks):
            continue
        if fact.also and fact.also.isdisjoint(marks):
            continue
        hits = sorted((marks[p][0], p) for p in fact.phrases if p in marks)
        if hits:
            out.append(_bound(fact, hits[0][1]))
        out += _elapsed(reading, found, fact, marks)
        out += _anniversary(reading, fact, marks)
    return [*out, *gathered(text, marks, heard), *feast_evidence(marks), *ties_evidence(reading)]


def _overlapping(gate: Gate, text: str) -> list[tuple[str, int]]:
    """Every mark; a phrase inside a longer one counts too ("european union" inside "european union summit")."""
    found = [(m.label, m.start) for m in gate.marks(text)]
    more: list[tuple[str, int]] = []
    words_ = knowledge().words
    for label, start in found:
        words = label.split(" ")
        if len(words) > 1:
            for i in range(len(words)):
                for j in range(i + 1, len(words) + 1):
                    part = " ".join(words[i:j])
                    if part != label and part in words_:
                        more.append((part, start + len(" ".join(words[:i])) + (1 if i else 0)))
    return found + more


def _bound(fact: Fact, phrase: str) -> Evidence:
    days = table().ordinal
    if fact.spans:
        scores = np.maximum.reduce([near(a, b) for a, b in fact.spans])
        scores = np.where(scores < -1.2, scores - 1.0, scores)  # not planned before, soon forgotten
        some = " or ".join(f"{a.isoformat()} to {b.isoformat()}" for a, b in fact.spans[-6:])
        return Evidence("known", scores, f"{phrase!r} speaks of {fact.name}: {some}, or later")
    scores = np.zeros(len(days))
    scores[: max((fact.start - FIRST).days, 0)] = fact.early
    if fact.end is None:
        because = f"{phrase!r} is of {fact.name} ({fact.start.isoformat()}) or later"
        return Evidence("known", scores, because, since=fact.start.toordinal())
    years = np.maximum(days - fact.end.toordinal(), 0) / 365.25
    scores = np.where(years > 0, np.maximum(fact.late - 0.3 * years, fact.late - 2.0), scores)
    when = f"{fact.start.isoformat()} to {fact.end.isoformat()}"
    return Evidence("known", scores, f"{phrase!r} speaks of {fact.name} ({when}), rarer later")


def _elapsed(
    reading: Reading, found: Sequence[Found], fact: Fact, marks: Mapping[str, Sequence[int]]
) -> list[Evidence]:
    """ "for more than seven years", in a sentence that names the event: counted from its day."""
    out: list[Evidence] = []
    for phrase in sorted(fact.since):
        for at in marks.get(phrase, ()):
            sentence = reading.sentence_at(at)
            if sentence is None:
                continue
            for e in found:
                m = e.meaning
                if not sentence.start <= e.start < sentence.end or m.unit not in {"year", "month", "decade"} or not m.n:
                    continue
                if m.kind != "duration" or m.n < 0 or (m.unit == "year" and m.n < (1 if m.near == "more" else 2)):
                    continue
                years = m.n * {"year": 1.0, "month": 1 / 12, "decade": 10.0}[m.unit]
                if not _counts(
                    reading.text, sentence.start, (e.start, e.end), (at, at + len(phrase)), bool(fact.phrases)
                ):
                    continue
                out.append(_since(fact, years, m.unit, m.near, e.text))
                return out
    return out


_FROM: Final = re.compile(
    r"\b(?:since|after|ago|later|from|into|already|long|of (?:civil )?(?:war|conflict|fighting))\b"
)
_STRAIGHT: Final = re.compile(r"\W*(?:after|since|on from|into)\W+(?:the\W+)?(?:\w+\W+){0,2}")


def _counts(text: str, start: int, span: tuple[int, int], named: tuple[int, int], loose: bool) -> bool:
    """Is the time counted from the event: "twenty years after the landing", "seven years into the war"?

    `loose`: the phrases are those of a lasting matter, and a word that counts may stand anywhere beside them.
    """
    if span[1] <= named[0] and _STRAIGHT.fullmatch(text[span[1] : named[0]].lower()):
        return True
    low, high = min(span[0], named[0]), max(span[1], named[1])
    return loose and _FROM.search(text[max(start, low - 30) : high + 30].lower()) is not None


def _since(fact: Fact, years: float, unit: str, near: str | None, text: str) -> Evidence:
    passed = (table().ordinal - fact.start.toordinal()) / 365.25
    size = {"year": 1.0, "month": 1 / 12, "decade": 6.0}[unit]
    low, high = (years - 0.5 * size, years) if near == "less" else (years - 0.05 * size, years + size)
    if near in {None, "about"}:
        low, high = years - 0.5 * size, years + size
    outside = np.maximum(np.maximum(low - passed, passed - high), 0) / size
    scores = np.maximum(-12.0 * outside, -3.5)
    return Evidence("known", scores, f"{text!r} is counted from {fact.name} ({fact.start.isoformat()})")


def _anniversary(reading: Reading, fact: Fact, marks: Mapping[str, Sequence[int]]) -> list[Evidence]:
    """ "the 50th anniversary of the landing": so many years after the day of a known event, within weeks."""
    for phrase in sorted(fact.since):
        for at in marks.get(phrase, ()):
            sentence = reading.sentence_at(at)
            if sentence is None or "anniversary" not in sentence.text.lower():
                continue
            low = sentence.text.lower()
            found = anniversary(low)
            if found is None:
                continue
            then = passed(fact.start, found[0])
            gap = np.abs(table().ordinal - then.toordinal())
            scores = np.where(gap <= 4, 0.0, np.where(gap <= 45, -0.6, np.where(gap <= 190, -1.8, -6.5)))
            because = f"the {found[1]} of {fact.name} ({fact.start.isoformat()}) was on {then.isoformat()}"
            return [Evidence("known", scores, because)]
    return []
