"""The places that a sentence names: cities, capitals by their state, seats, towns that no gazetteer knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from communique.encounters.parties import capital_of, states_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene

__all__ = ["OF_PLACE", "Spot", "destination", "places_of"]

OF_PLACE: Final = frozenset(
    {"city", "capital", "town", "resort", "village", "port", "island", "palace", "residence", "suburb"}
    | {"state", "province", "region", "district", "governorate", "county", "municipality", "oasis", "emirate"}
)
_TOWNS: Final = OF_PLACE - {"palace", "residence", "state", "region", "province", "district", "county"}
_NOT_TOWN: Final = re.compile(
    r"^(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Spring|Summer|Autumn|Winter)"
    r"|Parliament|Congress|Senate|Assembly|Council|Ministry|Government|House|Court|Union|Nations|League|Commonwealth"
    r"|East|West|North|South|Europe|Asia|Africa|English|Twitter|God",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: the city or site, if one is named, and the country."""

    name: str | None
    country: str | None
    known: bool = True
    """Is it in the gazetteer? A name that only looks like a town's sets no two encounters apart."""


def places_of(scene: Scene, parties: Sequence[Named]) -> list[tuple[int, int, Spot]]:
    """Cities and countries of the sentence with their first and last token, without those who act."""
    acting = {(n.first, n.last) for n in parties}
    found: list[tuple[int, int, Spot]] = []
    covered: set[int] = set()
    sentence = scene.sentence
    for place in scene.cast.places_in(sentence.start, sentence.end):
        tokens = sentence.tokens_in(place.start, place.end)
        if tokens is None or (tokens.start, tokens.end - 1) in acting:
            continue
        found.append((tokens.start, tokens.end - 1, Spot(place.name, place.country)))
        covered.update(range(tokens.start, tokens.end))
    found = [_beside_country(scene, row) for row in found]
    for row in _capitals(scene) + _seats(scene) + _unknown(scene, covered) + _named_elsewhere(scene, covered):
        if not covered & set(range(row[0], row[1] + 1)):
            found.append(row)
            covered.update(range(row[0], row[1] + 1))
    for named in scene.named:
        sides = sorted(named.sides)
        if named.first in covered or (named.first, named.last) in acting or len(sides) != 1:
            continue
        if named.kind in {"name", "place", "body"} and _is_country(named) and len(sides[0]) == 2:
            found.append((named.first, named.last, Spot(None, sides[0])))
    return found


def _beside_country(scene: Scene, row: tuple[int, int, Spot]) -> tuple[int, int, Spot]:
    """ "Georgetown, Guyana": the country named beside a city is the city's."""
    first, last, place = row
    if last + 2 < len(scene.tokens) and scene.tokens[last + 1].text in {",", "("}:
        beside = scene.owner.get(last + 2)
        after = scene.tokens[beside.last + 1] if beside is not None and beside.last + 1 < len(scene.tokens) else None
        if beside is not None and _is_country(beside) and len(beside.sides) == 1 and (after is None or _closes(after)):
            country = next(iter(beside.sides))
            if country != place.country:
                return first, last, Spot(_text(scene, first, last), country)
    return row


def _closes(token: Token) -> bool:
    """Does the token end an aside, so that what is before it belongs to the city and not to the clause?"""
    return token.text in {",", ".", ")", ";"} or token.tag_ in {"IN", "-RRB-"}


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _capitals(scene: Scene) -> list[tuple[int, int, Spot]]:
    """ "in the Sudanese capital", "Mali's capital": the city, where it is not named right behind."""
    found: list[tuple[int, int, Spot]] = []
    if "capital" not in scene.sentence.text.lower():
        return found
    for token in scene.tokens:
        if token.lower_ != "capital":
            continue
        start, end = scene.span(token.i, min(token.i + 4, len(scene.tokens) - 1))
        if scene.cast.places_in(start, end):
            continue
        below = [c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
        for child in (*token.children, *below):
            beside = child.dep_ in {"amod", "poss", "compound", "nmod", "pobj"}
            owner = scene.owner.get(child.i) if beside else None
            side = next(iter(owner.sides)) if owner is not None and len(owner.sides) == 1 else ""
            name = capital_of(side) if len(side) == 2 else None
            if owner is not None and name is not None and not any(p.type == "person" for p in owner.participants):
                found.append((min(owner.first, token.i), max(owner.last, token.i), Spot(name, side)))
                break
    return found


def _seats(scene: Scene) -> list[tuple[int, int, Spot]]:
    """Buildings that stand for a city: "at the White House"."""
    text = scene.sentence.text.lower()
    told = [(seat, spot) for seat, spot in scene.words.seats.items() if seat in text]
    if not told:
        return []
    lowered = [t.lower_ for t in scene.tokens]
    found = []
    for seat, (city, country) in told:
        words = seat.split()
        for i in range(len(lowered) - len(words) + 1):
            if lowered[i] == words[0] and lowered[i : i + len(words)] == words:
                found.append((i, i + len(words) - 1, Spot(city, country)))
    return sorted(found, key=lambda row: (row[0], -row[1]))


def _unknown(scene: Scene, covered: set[int]) -> list[tuple[int, int, Spot]]:
    """Towns that no gazetteer knows: a capitalised name behind "in", with its country if that is beside it."""
    tokens = scene.tokens
    found = []
    for i in range(len(tokens) - 1):
        of_town = bool(i) and tokens[i].lower_ == "of" and tokens[i - 1].lower_ in _TOWNS
        if not of_town and (tokens[i].lower_ != "in" or tokens[i].tag_ != "IN"):
            continue
        last = i
        while last + 1 < len(tokens) and tokens[last + 1].tag_ == "NNP" and tokens[last + 1].text[:1].isupper():
            last += 1
        names = range(i + 1, last + 1)
        if not 0 < len(names) <= 3 or any(k in scene.owner or k in covered for k in names):
            continue
        text = _text(scene, i + 1, last)
        if last + 1 < len(tokens) and tokens[last + 1].lower_ in OF_PLACE:
            continue  # "in the Red Sea city of X"
        if _NOT_TOWN.search(text) or text.isupper() or len(text) < 4:
            continue
        beside = scene.owner.get(last + 2) if last + 2 < len(tokens) and tokens[last + 1].text == "," else None
        if beside is None and of_town:  # "in the North Macedonian resort of X"
            beside = next((n for n in scene.named if n.kind == "demonym" and i - 6 <= n.first and n.last < i), None)
        country = (
            next(iter(beside.sides)) if beside is not None and _is_country(beside) and len(beside.sides) == 1 else None
        )
        found.append((i + 1, last, Spot(text, country, known=False)))
    return found


def _named_elsewhere(scene: Scene, covered: set[int]) -> list[tuple[int, int, Spot]]:
    """ "the Geneva talks": a name before a word of contact that is a city's elsewhere in the report."""
    known = {p.name: Spot(p.name, p.country) for p in scene.cast.places}
    return [
        (t.i, t.i, known[t.text])
        for t in scene.tokens
        if t.text in known and t.i not in covered and t.dep_ in {"compound", "nmod"} and t.head.i in scene.heads
    ]


def _text(scene: Scene, first: int, last: int) -> str:
    start, end = scene.span(first, last)
    return scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start]


def _is_country(named: Named) -> bool:
    return all(p.type == "government" for p in named.participants) and bool(named.participants)


def destination(scene: Scene, start: int, end: int) -> Spot | None:
    """The place that a visit goes to, from the span that names it: a city, a country, or somebody's seat."""
    cities = scene.cast.places_in(start, end)
    if not cities:
        seats = [found for first, last, found in _seats(scene) if _overlap(scene.span(first, last), (start, end))]
        if seats:
            return seats[0]
        seats = [found for first, last, found in _capitals(scene) if _overlap(scene.span(first, last), (start, end))]
        if seats:
            return seats[0]
    if cities:
        return Spot(cities[-1].name if len(cities) == 1 else cities[0].name, cities[0].country)
    for named in scene.named:
        if named.start < start and end <= named.end and any(p.type == "person" for p in named.participants):
            inside = states_in(scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start])
            if len(inside) == 1:  # "the visit of the Czech president to Slovakia" read as one reference
                return Spot(None, inside[0])
        if named.start < end and start < named.end and (named.kind != "demonym" or named.first == named.last):
            sides = sorted(named.sides)
            if len(sides) == 1 and len(sides[0]) == 2:
                return Spot(None, sides[0])
    return None
