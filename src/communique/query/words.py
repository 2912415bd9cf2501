"""Names and words of a question, as the record has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from communique.errors import BadFilter
from communique.query.filters import Filters, close_to
from communique.store.select import Selection

__all__ = ["every_word", "fold", "names_for", "selection"]


def fold(text: str) -> str:
    """Lower case without accents and punctuation, one space between words."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).casefold()))


def every_word(text: str) -> str | None:
    """The FTS5 expression for "all of these words"; None where there is no word in it."""
    words = re.findall(r"\w+", text)
    return " AND ".join(f'"{word}"' for word in words) or None


def names_for(asked: str, known: Sequence[tuple[str, str | None]]) -> tuple[str, ...]:
    """The names of the record that a name asked for may mean.

    The id of the authority file, the whole name, or some of its words ("Lavrov", "sergey lavrov"). Another spelling of
    one id goes with it. Raises BadFilter with the nearest names for one that the record does not have.
    """
    wanted = fold(asked)
    words = set(wanted.split())
    hits = {name for name, actor in known if actor == asked or fold(name) == wanted}
    if not hits and words:
        hits = {name for name, _ in known if words <= set(fold(name).split())}
    if not hits:
        near = close_to(asked, (name for name, _ in known))
        raise BadFilter(
            f"this record knows no actor {asked!r}",
            where="actor",
            remedy=f"Did you mean {' or '.join(near)}?" if near else "`communique encounters` shows who is in it.",
        )
    ids = {actor for name, actor in known if name in hits and actor is not None}
    return tuple(sorted(hits | {name for name, actor in known if actor in ids}))


def selection(filters: Filters, known: Sequence[tuple[str, str | None]], sides: Iterable[str]) -> Selection:
    """The conditions that filters mean in a record with these names and sides. Raises BadFilter."""
    have = set(sides)
    exact = {fold(side): side for side in have}
    chosen = []
    for side in filters.side:
        if fold(side) not in exact:
            near = close_to(side, have) or sorted(have)[:20]
            raise BadFilter(
                f"this record knows no side {side!r}",
                where="side",
                remedy=f"Sides are codes of countries (US, UA) or short names (EU, NATO). In it: {', '.join(near)}."
                if near
                else "It has no encounter yet.",
            )
        chosen.append(exact[fold(side)])
    return Selection(
        actors=tuple(names_for(name, known) for name in filters.actor),
        sides=tuple(chosen),
        kinds=filters.kind,
        statuses=filters.status,
        acts=filters.act,
        modes=filters.mode,
        first=filters.since,
        last=filters.until,
        forum=_words(filters.forum, "forum"),
        place=_words(filters.place, "place"),
        country=filters.place.upper() if filters.place and len(filters.place) == 2 else None,
        outlet=filters.outlet,
        report=filters.report,
        text=_words(filters.text, "text"),
        limit=filters.limit,
        offset=filters.offset,
    )


def _words(text: str | None, field: str) -> str | None:
    if text is None:
        return None
    found = every_word(text)
    if found is None:
        raise BadFilter(f"{text!r} has no word in it", where=field, remedy="Give at least one word.")
    return found
