"""People of a report gathered from the runs that name them, and settled for the report's day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.actors.authority import Authority, Span
from communique.actors.folding import key, name_words
from communique.actors.grounds import near_side, spoken_for
from communique.actors.mentions import Named
from communique.actors.names import Run
from communique.actors.people import Entity, choose, likeness
from communique.actors.spelling import usual
from communique.actors.words import Word, lists
from communique.records import Participant

__all__ = ["days_of", "entities_of", "participant"]


def days_of(value: str | None) -> Span | None:
    """First and last day (ISO) of an EDTF day, month, year or interval; None if it names none."""
    if not value:
        return None
    first, _, last = value.partition("/")
    low, high = _bounds(first), _bounds(last or first)
    return (low[0], high[1]) if low and high else None


_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$")


def _bounds(value: str) -> Span | None:
    match = _DAY.match(value)
    if match is None:
        return None
    year, month, day = match.groups()
    return (f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}")


def entities_of(named: Named, authority: Authority, days: Span | None) -> tuple[list[Entity], dict[int, Entity]]:
    """The people of the report, and the entity of each run (by the run's first word)."""
    present = frozenset(s.side for s in named.sides if s.side)
    entities: list[Entity] = []
    of: dict[int, Entity] = {}
    full = [r for r in named.runs if len(r.words) > 1]
    for run in full:
        if run.headline and run.offices:
            _trim(run, full, named, authority, days, present)
    for run in sorted((r for r in full if len(r.words) > 1), key=lambda r: (r.headline, not r.offices, r.first)):
        entity = _same_full(run, entities)
        if entity is None:
            if not _is_person(run, authority, days, present):
                continue
            entity = Entity([], run.words)
            entities.append(entity)
        entity.add(run)
        if len(run.words) > len(entity.words) and not run.headline:
            entity.words = run.words
        of[run.first] = entity
    for entity in entities:
        first = min(entity.runs, key=lambda r: r.start_word)
        entity.spoken_for = spoken_for(first, named)
        entity.near = entity.spoken_for or near_side(first.start_word, named)
        entity.choice = choose(entity, authority, days, present)
    for run in sorted((r for r in named.runs if len(r.words) == 1), key=lambda r: (not r.offices, r.first)):
        entity = _same_single(run, entities, authority)
        if entity is None:
            entity = _alone(run, named, authority, days, present)
            if entity is None:
                continue
            entities.append(entity)
        else:
            before = len(entity.offices)
            entity.add(run)
            if len(entity.offices) > before and entity.choice.person is None:
                entity.choice = choose(entity, authority, days, present)
        of[run.first] = entity
    _split_headlines(named, entities, of)
    for number, entity in enumerate(sorted(entities, key=lambda e: min(r.first for r in e.runs))):
        entity.order = number
        entity.runs.sort(key=lambda r: r.first)
    return entities, of


def _trim(
    run: Run, full: Sequence[Run], named: Named, authority: Authority, days: Span | None, present: frozenset[str]
) -> None:
    """Cut a run of a headline behind the name: "Counterpart Lavrov Discuss Matters" names Lavrov."""
    known = {w for r in full if not r.headline for w in r.words}
    for last in range(run.last, run.first - 1, -1):
        text = " ".join(w.text for w in named.words[run.first : last + 1])
        words = name_words(text)
        whole = len(words) > 1 and choose(Entity([run], words, list(run.offices)), authority, days, present).person
        if set(words) <= known or whole:
            run.last, run.text, run.words = last, text, words
            run.end_word = min(run.end_word, last)
            return


def _same_full(run: Run, entities: Sequence[Entity]) -> Entity | None:
    """An entity that this fuller name names too: all words of the shorter one in the longer one."""
    for entity in entities:
        a, b = sorted((run.words, entity.words), key=len)
        if len(a) < 2 or likeness(a, b) < 0.88 or _other_side(run, entity) or _other_seat(run, entity):
            continue
        if likeness(run.words[:1], entity.words[:1]) >= 0.8 or not _SON.search(run.text + " " + entity.runs[0].text):
            return entity  # but Salman bin Abdulaziz is not his son Mohammed bin Salman bin Abdulaziz
    return None


_SON: Final = re.compile(r"\b(?:bin|ibn|bint)\b", re.I)


def _other_side(run: Run, entity: Entity) -> bool:
    mine = next((o.side for o in run.offices if o.side and not o.plural), None) or run.side
    yours = entity.text_side
    return mine is not None and yours is not None and mine != yours


def _is_person(run: Run, authority: Authority, days: Span | None, present: frozenset[str]) -> bool:
    """Is a run of several words a person's name? Titles, the authority file, or a known given name bear it out."""
    if run.headline and not (run.offices or run.honorific):
        choice = choose(Entity([run], run.words), authority, days, present)
        return choice.person is not None and len(run.words) <= len(name_words(choice.person.name))
    if run.offices or run.honorific:
        return True
    if any(w in authority.given for w in run.words[:-1]) and len(run.words) <= 5 and run.text[0].isupper():
        return True
    return choose(Entity([run], run.words), authority, days, present).person is not None


def _same_single(run: Run, entities: Sequence[Entity], authority: Authority) -> Entity | None:
    """The entity that a single name goes back to: by family name, with office and side where given."""
    word = run.words[0]
    ranked = []
    for entity in entities:
        if _other_side(run, entity):
            continue
        score = _fits(word, entity, run)
        if score <= 0:
            continue
        if run.gender and entity.gender and run.gender != entity.gender:
            continue
        if _other_seat(run, entity):
            continue
        if run.offices:
            kinds = {o.kind.id for o in entity.offices}
            types = {r.type for r in entity.choice.person.roles} if entity.choice.person else set()
            if any(o.kind.id in kinds or set(o.kind.types) & types for o in run.offices):
                score += 0.5
            elif kinds and not entity.choice.person:
                score -= 0.3
        near = min((abs(r.first - run.first) for r in entity.runs), default=9999)
        earlier = any(r.first < run.first for r in entity.runs)
        ranked.append((score + 0.1 * earlier, -near, entity))
    if not ranked:
        return None
    return max(ranked, key=lambda r: (r[0], r[1]))[2]


_SEATS: Final = frozenset(
    {"head_of_state", "monarch", "queen", "crown_prince", "head_of_government", "foreign_minister", "vice_president"}
)


def _other_seat(run: Run, entity: Entity) -> bool:
    """Does the text give a name another seat than the person of that name has: "King Salman", "Mohammed bin Salman"?"""
    mine = {o.kind for o in run.offices if o.kind.id in _SEATS and o.standing == "now"}
    yours = {o.kind.id for o in entity.offices if o.standing == "now"}
    if not mine or not yours & _SEATS or {k.id for k in mine} & yours:
        return False
    held = {r.type for r in entity.choice.person.roles} if entity.choice.person is not None else set()
    return not any(k.types[0] in held for k in mine)


_ROYAL: Final = frozenset({"sheikh", "shaykh", "sheik", "prince", "princess", "sheikha", "highness", "majesty"})


def _fits(word: str, entity: Entity, run: Run) -> float:
    """How well a single name fits an entity: family name best; after "Sheikh" and "Prince" the first name."""
    titled = bool(run.honorific or run.offices)
    royal = any(w.lower() in _ROYAL for w in run.honorific.split()) or any(
        o.kind.id in {"monarch", "queen", "crown_prince"} for o in run.offices
    )
    forms = [entity.words]
    person = entity.choice.person
    if person is not None:
        family = tuple(key(w) for w in re.findall(r"[^\W\d_]+", person.family))
        if word in family and not royal:
            return 1.0
        forms.append(tuple(key(w) for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", person.name)))
    best = 0.0
    for form in forms:
        for place, other in enumerate(form):
            close = likeness((word,), (other,))
            if close < 0.86 or (len(word) < 5 and close < 1):
                continue
            last = place == len(form) - 1
            best = max(best, close if last else close * (0.9 if titled or len(form) > 2 else 0.75))
            if royal and place == 0:
                best = max(best, 1.2 * close)
    return best


def _common(run: Run, named: Named) -> bool:
    """Is a single capitalised word more likely part of a longer name, or a common word of this text?"""
    words = named.words
    before = words[run.first - 1] if run.first else None
    after = words[run.last + 1] if run.last + 1 < len(words) else None
    if not run.headline:
        for near in (before, after):
            joined = (
                near is not None and near.sentence == words[run.first].sentence and near.alpha and len(near.text) > 1
            )
            if joined and near is not None and any(c.isupper() for c in near.text) and not _opens(near, words):
                return True
    low = words[run.first].text.lower()
    return any(w.text == low for w in words)


def _opens(word: Word, words: Sequence[Word]) -> bool:
    """Does the word open its sentence?"""
    return next((w for w in words if w.sentence == word.sentence), None) is word


def _alone(run: Run, named: Named, authority: Authority, days: Span | None, present: frozenset[str]) -> Entity | None:
    """A single name that no fuller name of the report explains: with an office or honorific, or an eminent person."""
    entity = Entity([], run.words)
    entity.add(run)
    entity.spoken_for = spoken_for(run, named)
    entity.near = entity.spoken_for or near_side(run.start_word, named)
    word = run.text
    if not (run.offices or run.honorific) and _common(run, named):
        return None
    if run.headline and not run.offices and word.lower() in lists().openers:
        return None
    entity.choice = choose(entity, authority, days, present)
    if entity.choice.person is not None or run.offices or run.honorific:
        return entity
    return None


def _split_headlines(named: Named, entities: list[Entity], of: dict[int, Entity]) -> None:
    """Names inside runs of a headline: "Antony Blinken Discuss Steps" holds names that the text has elsewhere.

    A run of a headline that was not settled is replaced by the names of the report's people that stand in it.
    """
    by_words: dict[tuple[str, ...], Entity] = {}
    for entity in entities:
        for run in entity.runs:
            if run.headline:
                continue
            words = tuple(key(w) for w in run.text.split())
            by_words.setdefault(words, entity)
            if len(words) > 1 and entity.choice.person is not None:
                by_words.setdefault(words[-1:], entity)
    longest = max((len(w) for w in by_words), default=0)
    added: list[Run] = []
    for run in named.runs:
        if run.first in of or not run.headline:
            continue
        at = run.first
        while at <= run.last:
            for length in range(min(longest, run.last - at + 1), 0, -1):
                words = tuple(key(w.text) for w in named.words[at : at + length])
                found = by_words.get(words)
                if found is not None:
                    text = " ".join(w.text for w in named.words[at : at + length])
                    piece = Run(
                        at, at + length - 1, text, words, start_word=at, end_word=at + length - 1, headline=True
                    )
                    found.runs.append(piece)
                    added.append(piece)
                    at += length - 1
                    break
            at += 1
    for piece in added:
        of[piece.first] = by_words[piece.words]
    named.runs.extend(p for p in added if all(p.first != r.first for r in named.runs))
    for piece in added:
        for run in named.runs:
            if run.first == piece.first and run is not piece:
                run.last, run.start_word, run.end_word, run.text = (
                    piece.last,
                    piece.start_word,
                    piece.end_word,
                    piece.text,
                )
    named.runs.sort(key=lambda r: r.first)


def _body_of(entity: Entity) -> str | None:
    """The body whose office the text gives the person."""
    return next((s.body for o in entity.offices for s in o.sides), None)


def participant(entity: Entity, authority: Authority, fallback: str | None = None) -> Participant:
    """The entity as a participant: the authority's name and office in force, else what the text gives."""
    person, role = entity.choice.person, entity.choice.role
    text_office = next((o for o in entity.offices if o.standing == "now"), None)
    if person is not None:
        body = authority.body(role.of or role.body) if role else None
        side = body.side if body else (role.of if role else None)
        side = side or entity.text_side or person.country or None
        group = authority.body(_body_of(entity) or "")
        if group is not None and group.kind == "nonstate" and side in group.members:
            side = group.side  # the office is the movement's, whatever state the file books it under
        office = role.office if role else None
        name = usual(person.name, person.family, person.aliases)
        return Participant(name=name, type="person", represents=side, actor=person.id, office=office)
    longest = max((r.text for r in entity.runs), key=lambda t: (len(t.split()), len(t)))
    kind_side = next((o.kind.side for o in entity.offices if o.kind.side), None)
    office = text_office.kind.id.replace("_", " ") if text_office else None
    return Participant(name=longest, type="person", represents=entity.text_side or kind_side or fallback, office=office)
