"""Evidence from well-known facts: what did not exist before a day, what was over after one, who met where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, table
from communique.dates.edtf import bounds
from communique.dates.evidence import Evidence
from communique.dates.grammar import load_table
from communique.dates.meaning import Found
from communique.errors import KnowledgeError

if TYPE_CHECKING:
    from communique.language import Gate, Reading

__all__ = ["known_evidence"]

_KEYS: Final = {"name", "start", "end", "phrases", "also", "since", "late"}
_TOO_EARLY: Final = -6.0
"""A name or matter that did not exist yet; less than certain, for phrases may be used in other senses."""


class Fact(NamedTuple):
    """A row of known.toml."""

    name: str
    start: dt.date
    end: dt.date | None
    phrases: frozenset[str]
    also: frozenset[str]
    since: frozenset[str]
    late: float


class Gathering(NamedTuple):
    """A meeting of gatherings.toml: forum, place, days."""

    forum: str
    place: str
    start: dt.date
    end: dt.date


class Knowledge(NamedTuple):
    """The facts, the gatherings by forum word and place, and one automaton for all their words."""

    facts: tuple[Fact, ...]
    gatherings: dict[tuple[str, str], Gathering]
    forum_of: dict[str, list[str]]
    gate: Gate


@cache
def knowledge() -> Knowledge:
    """known.toml and gatherings.toml, checked. Raises KnowledgeError where a key or a day is wrong."""
    from communique.language import Gate

    table_ = load_table("known.toml")
    facts = tuple(_fact(row) for row in table_.get("known", ()))
    gatherings: dict[tuple[str, str], Gathering] = {}
    forum_of: dict[str, list[str]] = {}
    for row in load_table("gatherings.toml").get("forum", ()):
        for word in row["words"]:
            forum_of.setdefault(word, []).append(row["name"])
        for places, start, end in row["meetings"]:
            for place in places.split("|"):
                gatherings[row["name"], place] = Gathering(row["name"], place, _day(start), _day(end))
    words = {w for f in facts for w in (*f.phrases, *f.also, *f.since)} | set(forum_of) | {p for _, p in gatherings}
    return Knowledge(facts, gatherings, forum_of, Gate({w: [w] for w in sorted(words)}))


def _fact(row: dict[str, Any]) -> Fact:
    unknown = sorted(set(row) - _KEYS)
    where = f"data/dates/known.toml, {row.get('name')!r}"
    if unknown or not row.get("phrases"):
        raise KnowledgeError(
            f"unknown key {unknown[0]!r}" if unknown else "no phrases", where=where, remedy="Correct the row."
        )
    return Fact(
        name=row["name"],
        start=_day(row["start"]),
        end=_day(row["end"]) if "end" in row else None,
        phrases=frozenset(row["phrases"]),
        also=frozenset(row.get("also", ())),
        since=frozenset(row.get("since", ())),
        late=float(row.get("late", -0.8)),
    )


def _day(value: str) -> dt.date:
    found = bounds(value)
    if found is None or found[0] != found[1]:
        raise KnowledgeError(f"{value!r} is no day", where="data/dates", remedy="Write it as 2022-02-24.")
    return found[0]


def known_evidence(reading: Reading, found: Sequence[Found]) -> list[Evidence]:
    """What well-known facts say about the day of the report, a sentence for each."""
    k = knowledge()
    text = reading.text.replace("’", "'")
    marks: dict[str, list[int]] = {}
    for pattern, start in _overlapping(k.gate, text):
        marks.setdefault(pattern, []).append(start)
    if not marks:
        return []
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
    out += _gathered(k, marks)
    return out


def _overlapping(gate: Gate, text: str) -> list[tuple[str, int]]:
    """Every mark; a phrase inside a longer one counts too ("european union" inside "european union summit")."""
    found = [(m.label, m.start) for m in gate.marks(text)]
    more: list[tuple[str, int]] = []
    for label, start in found:
        words = label.split(" ")
        if len(words) > 1:
            for i in range(len(words)):
                for j in range(i + 1, len(words) + 1):
                    part = " ".join(words[i:j])
                    if part != label and part in _words():
                        more.append((part, start + len(" ".join(words[:i])) + (1 if i else 0)))
    return found + more


@cache
def _words() -> frozenset[str]:
    k = knowledge()
    return (
        frozenset(w for f in k.facts for w in (*f.phrases, *f.also, *f.since))
        | frozenset(k.forum_of)
        | {p for _, p in k.gatherings}
    )


def _bound(fact: Fact, phrase: str) -> Evidence:
    days = table().ordinal
    scores = np.zeros(len(days))
    scores[: max((fact.start - FIRST).days, 0)] = _TOO_EARLY
    if fact.end is None:
        return Evidence("known", scores, f"{phrase!r} is of {fact.name} ({fact.start.isoformat()}) or later")
    years = np.maximum(days - fact.end.toordinal(), 0) / 365.25
    scores = np.where(years > 0, np.maximum(fact.late - 0.3 * years, fact.late - 2.0), scores)
    when = f"{fact.start.isoformat()} to {fact.end.isoformat()}"
    return Evidence("known", scores, f"{phrase!r} speaks of {fact.name} ({when}), rarer later")


def _elapsed(reading: Reading, found: Sequence[Found], fact: Fact, marks: dict[str, list[int]]) -> list[Evidence]:
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
                if m.kind != "duration" or m.n < 0 or (m.unit == "year" and m.n < 2):
                    continue
                years = m.n * {"year": 1.0, "month": 1 / 12, "decade": 10.0}[m.unit]
                out.append(_since(fact, years, m.unit, m.near, e.text))
                return out
    return out


def _since(fact: Fact, years: float, unit: str, near: str | None, text: str) -> Evidence:
    passed = (table().ordinal - fact.start.toordinal()) / 365.25
    size = {"year": 1.0, "month": 1 / 12, "decade": 6.0}[unit]
    low, high = (years - 0.5 * size, years) if near == "less" else (years - 0.05 * size, years + size)
    if near in {None, "about"}:
        low, high = years - 0.5 * size, years + size
    outside = np.maximum(np.maximum(low - passed, passed - high), 0) / size
    scores = np.maximum(-12.0 * outside, -3.5)
    return Evidence("known", scores, f"{text!r} is counted from {fact.name} ({fact.start.isoformat()})")


def _gathered(k: Knowledge, marks: dict[str, list[int]]) -> list[Evidence]:
    """A forum and the place where it met once: the report is of those days or later, most likely close to them."""
    out: list[Evidence] = []
    done: set[Gathering] = set()
    days = table().ordinal
    for word in sorted(set(marks) & set(k.forum_of)):
        for forum in k.forum_of[word]:
            for (name, place), g in sorted(k.gatherings.items()):
                if name != forum or place not in marks or g in done:
                    continue
                if not any(abs(a - b) < 260 for a in marks[word] for b in marks[place]):
                    continue
                done.add(g)
                before = np.maximum(g.start.toordinal() - days, 0)
                after = np.maximum(days - g.end.toordinal(), 0)
                gap = before * 1.5 + after
                scores = np.where(gap <= 8, 0.0, np.maximum(-2.2 - 0.02 * gap, -8.0))
                when = f"{g.start.isoformat()} to {g.end.isoformat()}"
                out.append(Evidence("known", scores, f"the {g.forum} met at {place.title()} from {when}"))
    return out
