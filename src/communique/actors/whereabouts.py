"""Towns: which one of several namesakes is meant, and towns that only the text itself introduces.

"In the lakeside resort of Ohrid", "in Cernobbio, Italy": the text says that these are places, and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from communique.actors.authority import Authority, City, Hit
from communique.actors.folding import fold
from communique.actors.words import lists

__all__ = ["SMALL", "Whereabouts", "chosen", "country_of", "not_a_town", "told_places"]

SMALL: Final = 300_000
"""Below this many inhabitants a town's name is a place only behind a preposition: many are words or surnames."""
_OBSCURE: Final = 100_000
"""Below this many inhabitants a town's country is only taken as given where the report names the country."""


class Whereabouts(NamedTuple):
    """A place that the text introduces: its name as written, and its country where the text tells."""

    name: str
    country: str | None
    start: int
    end: int


def chosen(hit: Hit, lands: frozenset[str]) -> City | None:
    """Which town of its name a hit means: the best known one, or one of its rank in a state that the report names.

    A town a fifth as large may be meant (San José of Costa Rica); Geneva, Illinois, is not, though the report is full
    of Americans.
    """
    if len(hit.namesakes) < 2 or hit.city is None or hit.city.country in lands:
        return hit.city
    least = hit.city.population if hit.city.capital else hit.city.population / 5
    there = [c for c in hit.namesakes if c.country in lands and c.population > least]
    return there[0] if there else hit.city


def country_of(city: City, lands: frozenset[str]) -> str | None:
    """The country of a town; None for a small one of a state that the report does not name."""
    obscure = 0 < city.population < _OBSCURE and not city.capital and city.country not in lands
    return None if obscure else city.country or None


_NEXT: Final = re.compile(r"[ -]([A-Za-z][a-z]+)")


def not_a_town(text: str, hit: Hit) -> bool:
    """Is the name of a town part of another name: "the Paris Agreement", "Independence Palace"?"""
    match = _NEXT.match(text, hit.end)
    if match is None or hit.city is None:
        return False
    word, low = match.group(1), match.group(1).lower()
    if low in lists().treaties:
        return word[0].isupper() or text[max(0, hit.start - 4) : hit.start].lower() == "the "
    small = 0 < hit.city.population < SMALL and not hit.city.capital
    return small and not hit.bodies and word[0].isupper() and low in lists().sites


_NAME: Final = r"[A-Z][\w'-]*[a-z](?:[ -](?:(?:de|del|la|el|al|du|of|the|am|sur|upon) )?[A-Z][\w'-]*[a-z]){0,3}"
_AFTER: Final = (
    r"(?=\s*[.,;:)\n]|\s+(?:on|for|to|with|where|after|during|and|this|last|late|early|next|at|as|by|when|while|from|"
    r"today|yesterday|earlier|later|between|before|that|which|ahead|amid|since|until|in)\b|\s*$)"
)
_IN: Final = re.compile(rf"\b[Ii]n ({_NAME}){_AFTER}")
_LISTED: Final = re.compile(rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom|[Tt]o|[Vv]isited) ({_NAME}), (?=[A-Z])")


@lru_cache(maxsize=1)
def _settled() -> re.Pattern[str]:
    kinds = "|".join(re.escape(w) for w in sorted(lists().settlements, key=lambda w: (-len(w), w)))
    return re.compile(rf"\b(?:{kinds}) of ({_NAME})")


def told_places(
    text: str, hits: Sequence[Hit], people: Iterable[tuple[int, int]], authority: Authority
) -> list[Whereabouts]:
    """Places that the text introduces, also known towns for which it names another country.

    `people` are the spans of offices and of names with a title: what lies in them is no place.
    """
    folded = fold(text)
    taken = [*people, *((h.start, h.end) for h in hits if h.city is None or h.bodies)]
    found: dict[int, Whereabouts] = {}
    for match in _LISTED.finditer(folded):
        country = _country_at(match.end(), hits, authority)
        if country is not None and _free(match.span(1), taken) and _is_place(match.group(1)):
            found.setdefault(match.start(1), _where(text, match.span(1), country))
    for match in _settled().finditer(folded):
        if _free(match.span(1), taken):
            country = _behind(folded, match.end(), hits, authority) or _before(folded, match.start(), hits, authority)
            known = next((h for h in hits if h.city is not None and h.start == match.start(1)), None)
            if known is None or country is not None:
                found.setdefault(match.start(1), _where(text, match.span(1), country))
    places = [(h.start, h.end) for h in hits]
    for match in _IN.finditer(folded):
        short = " " not in match.group(1) or match.group(1).count(" ") == 1
        if (
            short
            and _free(match.span(1), [*taken, *places])
            and _is_place(match.group(1))
            and not _common(folded, match)
        ):
            country = _behind(folded, match.end(1), hits, authority)
            found.setdefault(match.start(1), _where(text, match.span(1), country))
    return [found[start] for start in sorted(found)]


def _where(text: str, span: tuple[int, int], country: str | None) -> Whereabouts:
    return Whereabouts(text[span[0] : span[1]], country, *span)


def _free(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return not any(a < span[1] and span[0] < b for a, b in taken)


def _is_place(name: str) -> bool:
    """Can the words name a place? Not if one of them is a month, an organ, a language or an opener of sentences."""
    known = lists()
    words = [w.lower() for w in re.findall(r"[A-Za-z]+", name)]
    barred = known.no_places | known.institutions | known.treaties | known.sites
    if any(w in barred or w in known.honorifics for w in words):
        return False
    return not all(w in known.never or w in known.openers or w in known.portfolios for w in words) and not (
        words[-1] in known.never or words[0] in known.openers
    )


def _common(folded: str, match: re.Match[str]) -> bool:
    """Is a single word also written without a capital in the text?"""
    return " " not in match.group(1) and re.search(rf"\b{re.escape(match.group(1).lower())}\b", folded) is not None


def _country_at(at: int, hits: Sequence[Hit], authority: Authority) -> str | None:
    """The country of a state or part of one whose name begins at an offset."""
    hit = next((h for h in hits if h.start == at), None)
    if hit is None or hit.form == "demonym":
        return None
    body = authority.body(hit.bodies[0]) if hit.bodies else None
    if body is not None:
        return body.side if body.is_state and hit.form == "name" else None
    return hit.city.country if hit.city is not None and hit.city.id.startswith("region:") else None


_COMMA: Final = re.compile(r",\s+(?:in )?(?=[A-Z])|\s+\(|\s+in (?:(?:the )?(?:[a-z-]+ (?:of )?)?)(?=[A-Z])")


def _behind(folded: str, end: int, hits: Sequence[Hit], authority: Authority) -> str | None:
    """The country behind a place: "Ohrid, Macedonia", "Ohrid in southern Macedonia"."""
    match = _COMMA.match(folded, end)
    return _country_at(match.end(), hits, authority) if match else None


def _before(folded: str, start: int, hits: Sequence[Hit], authority: Authority) -> str | None:
    """The country before "town of X": "the Macedonian lakeside town of X", "Italy's port of X"."""
    for hit in reversed([h for h in hits if h.end <= start]):
        between = folded[hit.end : start]
        body = authority.body(hit.bodies[0]) if hit.bodies else None
        if body is not None and body.is_state and re.fullmatch(r"(?:'s?)?(?: [a-z-]+){0,3} ", between):
            return body.side
        return None
    return None
