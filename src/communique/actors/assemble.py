"""The second pass: everything that the first pass found, settled for the report's day."""

from __future__ import annotations

from typing import Final

from communique.actors.authority import Authority, Place
from communique.actors.bounds import common, tenures
from communique.actors.cast import Cast, ForumName, Reference, ReferenceKind
from communique.actors.coreference import Resolver
from communique.actors.folding import fold
from communique.actors.mentions import Named
from communique.actors.organs import citizen
from communique.actors.people import Entity
from communique.actors.settling import days_of, entities_of
from communique.actors.whereabouts import country_of
from communique.language import Reading
from communique.records import ActorType, Dating, Participant

__all__ = ["settle"]


def settle(reading: Reading, named: Named, authority: Authority, published: Dating) -> Cast:
    """Settle every reference for the day of the report.

    Without a day, the days on which the offices named in the report were held together serve instead.
    """
    days = days_of(published.value) or common(tenures(named, authority))
    entities, of = entities_of(named, authority, days)
    resolver = Resolver(reading, named, authority, entities, of, days)
    references: list[Reference] = []
    covered: list[tuple[int, int]] = []
    words = named.words
    for run in named.runs:
        entity = of.get(run.first)
        if entity is None:
            continue
        start, end = words[run.start_word].start, words[run.end_word].end
        references.append(
            Reference(start, end, (words[run.first].start, words[run.last].end), "name", "person",
                      (resolver.person(entity),), _why(entity), entity.choice.candidates)
        )  # fmt: skip
        covered.append((start, end))
    anaphors = (
        [(o.first, 0, o) for o in named.free]
        + [(g.first, 1, g) for g in named.groups]
        + [(p.word, 2, p) for p in named.pronouns]
        + [(n.first, 3, n) for n in named.nouns]
    )
    for _, kind, item in sorted(anaphors, key=lambda a: (a[0], a[1])):
        if kind == 0:
            people, because, entity = resolver.office(item)  # type: ignore[arg-type]
            first, last, head, label = item.first, item.last, item.core, "nominal"  # type: ignore[union-attr]
        elif kind == 1:
            team = words[item.head].sentence in named.sports  # type: ignore[union-attr]
            people, because = ((), "a team") if team else resolver.group(item)  # type: ignore[arg-type]
            entity = None
            first, last, head, label = item.first, item.last, (item.head, item.head), "nominal"  # type: ignore[union-attr]
        elif kind == 3:
            people, because = resolver.body_noun(item)  # type: ignore[arg-type]
            if not people:
                continue
            entity = None
            first, last, head, label = item.first, item.last, (item.head, item.head), "nominal"  # type: ignore[union-attr]
        else:
            people, because, entity = resolver.pronoun(item.word, item.low)  # type: ignore[union-attr]
            first = last = item.word  # type: ignore[union-attr]
            head, label = (first, first), "pronoun"
        start, end = words[first].start, words[last].end
        if any(a <= start and end <= b for a, b in covered):
            continue
        if len(people) > 1:
            resolver.plurals.append((first, people, words[head[1]].low))
        if entity is not None:
            resolver.point(first, entity)
        elif kind == 0 and len(people) == 1 and people[0].actor and people[0].type == "person":
            resolver.others.append((first, people[0]))
        actor: ActorType | None = people[0].type if people else None
        references.append(
            Reference(start, end, (words[head[0]].start, words[head[1]].end), _label(label), actor, people, because)
        )
        if people or kind < 2:
            covered.append((start, end))
    places, forums = _bodies(named, authority, resolver, references, covered)
    return Cast(references, places, forums)


def _label(label: str) -> ReferenceKind:
    return "pronoun" if label == "pronoun" else "nominal"


def _why(entity: Entity) -> str:
    return entity.choice.because or "named in the text"


def _usual(name: str, written: str) -> str:
    """The usual name of a place; the text's own where it only leaves out or adds a word ("New York")."""
    a, b = fold(name).lower(), fold(written).lower()
    return written if written[1:2].islower() and (a.startswith(b + " ") or b.startswith(a + " ")) else name


_IN: Final = frozenset({"in", "at", "to", "from", "visited", "visiting"})
"""Words behind which the name of a city state, or of a meeting called after its town, is a place."""


def _bodies(
    named: Named, authority: Authority, resolver: Resolver, references: list[Reference], covered: list[tuple[int, int]]
) -> tuple[list[Place], list[ForumName]]:  # fmt: skip
    places: list[Place] = []
    forums: list[ForumName] = []
    for new in named.introduced:
        if any(a < new.end and new.start < b for a, b in covered):
            continue
        who = resolver.body(new.body) if new.body else Participant(new.name, "organisation", new.side)
        because = "the report gives the name with this acronym"
        references.append(Reference(new.start, new.end, (new.start, new.end), "body", who.type, (who,), because))
        covered.append((new.start, new.end))
    told = {w.start for w in named.whereabouts}
    known = {h.start for h, _, _ in named.hits}
    for where in named.whereabouts:
        places.append(Place(*where))
        if where.start not in known and not any(a < where.end and where.start < b for a, b in covered):
            span = (where.start, where.end)
            references.append(Reference(*span, span, "place", because="the text calls it a place"))
    for hit, first, last in named.hits:
        if hit.form == "ignored":
            continue
        inside = any(a <= hit.start and hit.end <= b for a, b in covered)
        body = authority.bodies[hit.bodies[0]] if hit.bodies else None
        here = hit.form in {"capital", "place"} or (
            hit.form != "ignored" and named.words[first - 1].low in _IN and first
        )
        if hit.city is not None and here and hit.start not in told:
            name = _usual(hit.city.name, resolver.reading.text[hit.start : hit.end])
            places.append(Place(name, country_of(hit.city, named.lands), hit.start, hit.end))
        if body is not None and (body.type == "forum" or body.kind in {"organ", "organisation"}):
            forums.append(ForumName(body.name, hit.start, hit.end, body.id))
        if inside:
            continue
        because = named.otherwise.get(first, "")
        meant = body is not None and not because
        people: tuple[Participant, ...] = (resolver.body(body.id),) if body is not None and meant else ()
        candidates = tuple(authority.bodies[i].name for i in hit.bodies[1:])
        if meant and body is not None and hit.form == "demonym" and citizen(named.words, first, last):
            entity = resolver.national(first, body.id)
            if entity is not None:
                start = named.words[first - 1].start
                person = resolver.person(entity)
                because = "the person of that side named last"
                references.append(
                    Reference(start, hit.end, (hit.start, hit.end), "nominal", "person", (person,), because)
                )
                continue
        kind: ReferenceKind = (
            "place" if hit.form in {"capital", "place"} else "demonym" if hit.form == "demonym" else "body"
        )
        references.append(
            Reference(
                hit.start,
                hit.end,
                (hit.start, hit.end),
                kind,
                body.type if body and meant else None,
                people,
                because,
                candidates,
            )
        )
    return places, forums
