"""The first pass: every reference to an actor in the raw text, before anybody is settled for a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from communique.actors.attaching import attach
from communique.actors.authority import Authority, Hit
from communique.actors.bearing import meant_otherwise, sporting
from communique.actors.folding import name_words
from communique.actors.grouping import Group, find_groups
from communique.actors.introduced import Introduced, introduced
from communique.actors.leading import leads, paired
from communique.actors.names import Run, find_runs, headline
from communique.actors.nesting import nest, owned
from communique.actors.offices import Office, Side, find_offices
from communique.actors.organs import BodyNoun, closes, find_body_nouns, organs
from communique.actors.whereabouts import SMALL, Whereabouts, chosen, not_a_town, told_places
from communique.actors.words import Word, words_of
from communique.language import Reading

__all__ = ["Group", "Named", "Pronoun", "refer"]


@dataclass(slots=True)
class Pronoun:
    """A personal pronoun."""

    word: int
    low: str


@dataclass(slots=True)
class Named:
    """What the first pass found; opaque to other rooms."""

    words: list[Word]
    hits: list[tuple[Hit, int, int]]
    sides: list[Side]
    offices: list[Office]
    runs: list[Run]
    groups: list[Group]
    pronouns: list[Pronoun]
    introduced: list[Introduced]
    free: list[Office] = field(default_factory=list)
    otherwise: dict[int, str] = field(default_factory=dict)
    """First words of states that are not meant themselves, and why."""
    sports: frozenset[int] = frozenset()
    """Sentences about sport."""
    lands: frozenset[str] = frozenset()
    """The states that the report names."""
    whereabouts: list[Whereabouts] = field(default_factory=list)
    nouns: list[BodyNoun] = field(default_factory=list)


def refer(reading: Reading, authority: Authority) -> Named:
    """Find the references of a report: bodies and places, offices, names of people, groups, pronouns."""
    text = reading.text
    words = words_of(text, [s.start for s in reading.sentences])
    by_start = {w.start: i for i, w in enumerate(words)}
    by_end = {w.end: i for i, w in enumerate(words)}
    spans: dict[int, tuple[Hit, int]] = {}
    hits = organs(text, paired(text, _witnessed(text, authority.scan(text), authority), authority), authority)
    for hit in hits:
        first, last = by_start.get(hit.start), by_end.get(hit.end)
        if first is None or last is None:
            first, last = _cover(words, hit)
        if first is not None and last is not None:
            spans[first] = (hit, last)
    sides = _sides(spans, authority)
    offices = nest(words, find_offices(words, sides))
    fresh = introduced(text, hits, authority)
    runs = find_runs(text, words, spans, offices, authority)
    taken = {s.first for s in sides} - set(spans)
    sides = [s for s in sides if s.first not in taken]
    for office in offices:
        office.sides = [s for s in office.sides if s.first not in taken]
    named = {i.start for i in fresh}
    runs = [r for r in runs if not any(i.start <= words[r.first].start < i.end for i in fresh)] if named else runs
    _mark_headlines(words, runs, len(reading.sentences))
    attach(words, runs, offices, sides)
    leads(words, runs, sides)
    owned(words, offices, runs)
    used = {id(o) for r in runs for o in r.offices}
    free = [o for o in offices if id(o) not in used]
    groups = find_groups(words, sides, {i for o in offices for i in range(o.core[0], o.core[1] + 1)})
    pronouns = [
        Pronoun(i, w.low)
        for i, w in enumerate(words)
        if (w.low in _PRONOUNS and w.text != "IT" and (w.low != "her" or _object(words, i)))
        or (w.low in {"former", "latter"} and i and words[i - 1].low == "the" and closes(words, i))
    ]
    listed = [(h, f, last) for f, (h, last) in sorted(spans.items())]
    held = {i for _, f, last in listed for i in range(f, last + 1)}
    for spans_of in ([(r.first, r.last) for r in runs], [(o.first, o.last) for o in offices]):
        held |= {i for first, last in spans_of for i in range(first, last + 1)}
    held |= {i for g in groups for i in range(g.first, g.last + 1)}
    nouns = find_body_nouns(words, held)
    titled = [(words[r.start_word].start, words[r.end_word].end) for r in runs if r.offices or r.honorific]
    told = told_places(text, hits, [*titled, *((words[o.first].start, words[o.last].end) for o in offices)], authority)
    people = {key for r in runs if r.offices or r.honorific for key in r.words}
    told = [w for w in told if not people.issuperset(name_words(w.name))]
    runs = [r for r in runs if not any(w.start <= words[r.first].start < w.end for w in told)]
    sports = sporting(reading, words, offices)
    otherwise = meant_otherwise(reading, words, listed, sports, authority)
    lands = frozenset(s.side for s in sides if s.side)
    sides = [s for s in sides if s.first not in otherwise]
    return Named(
        words, listed, sides, offices, runs, groups, pronouns, fresh, free, otherwise, sports, lands, told, nouns
    )


_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "him", "them", "her"})


def _object(words: Sequence[Word], at: int) -> bool:
    """Does "her" stand for a person rather than before a noun: "told her that", "met her."?"""
    after = words[at + 1] if at + 1 < len(words) else None
    return (
        after is None
        or not after.alpha
        or after.low in {"to", "that", "on", "in", "at", "for", "and", "with", "by", "as", "about"}
    )


def _cover(words: Sequence[Word], hit: Hit) -> tuple[int | None, int | None]:
    inside = [i for i, w in enumerate(words) if w.start < hit.end and hit.start < w.end]
    if not inside or (words[inside[0]].start != hit.start and words[inside[-1]].end != hit.end):
        return (None, None)
    return (inside[0], inside[-1])


_LOCATIVE: Final = re.compile(
    r"\b(?:in|at|to|from|near|outside|around|visit(?:ed|s|ing)?|toured|reached|left|via|city of|town of) (?:the )?$",
    re.I,
)


_GATHERING: Final = re.compile(
    r" (?:[a-z-]+ )?(?:talks|meeting|conference|summit|negotiations|process|round|rounds|session|gathering|dialogue)\b"
)
"""What makes the name of a small town a place: "the Geneva talks"."""


def _witnessed(text: str, hits: list[Hit], authority: Authority) -> list[Hit]:
    """Drop weak spellings that nothing else in the report bears out; choose among the bodies of one spelling."""
    sure = {i for h in hits if not h.weak for i in h.bodies}
    lands = {b.side for i in sure if (b := authority.body(i)) and b.side}
    plain = frozenset(
        b.side
        for h in hits
        if not h.weak and (h.form != "capital" or len(h.namesakes) < 2)
        for i in h.bodies
        if (b := authority.body(i)) and b.side
    )
    kept = []
    for hit in hits:
        bodies = hit.bodies
        city = chosen(hit, plain)
        if city is not None and city is not hit.city and bodies and city.country not in bodies:
            bodies, hit = (), hit._replace(form="place")
        if not_a_town(text, hit):
            hit = hit._replace(form="ignored", bodies=())
            bodies = ()
        hit = hit._replace(city=city)
        if not bodies and city is not None and not city.capital and 0 < city.population < SMALL:
            listed = hit.end < len(text) and text[hit.end : hit.end + 2] in {", ", " ("}
            before = _LOCATIVE.search(text, max(0, hit.start - 20), hit.start)
            if not before and not listed and not _GATHERING.match(text, hit.end):
                continue
        if hit.weak:
            bodies = tuple(i for i in bodies if i in sure or ((b := authority.body(i)) and b.side in lands))
            if not bodies and (hit.city is None or hit.city.country not in lands):
                continue
        if len(bodies) > 1:
            seen = tuple(i for i in bodies if i in sure and any(i in h.bodies and len(h.bodies) == 1 for h in hits))
            bodies = seen or bodies
        kept.append(hit._replace(bodies=bodies))
    return kept


def _sides(spans: dict[int, tuple[Hit, int]], authority: Authority) -> list[Side]:
    found = []
    for first, (hit, last) in sorted(spans.items()):
        for ident in hit.bodies[:1]:
            body = authority.bodies[ident]
            found.append(Side(first, last, ident, body.side, hit.form))
    return found


def _mark_headlines(words: Sequence[Word], runs: list[Run], sentences: int) -> None:
    by_sentence: dict[int, list[Word]] = {}
    for word in words:
        by_sentence.setdefault(word.sentence, []).append(word)
    heads = {i for i, ws in by_sentence.items() if headline(ws)}
    for run in runs:
        run.headline = words[run.first].sentence in heads
