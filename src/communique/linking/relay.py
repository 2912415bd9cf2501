"""Whose words a report passes on: the agency that its dateline credits or that it names for what it tells.

Two rewrites of one agency's story share no run of words that a near copy would, and yet are one origin. That a report
names an agency is weak evidence of it, so it is kept apart from copies, with the passage that says it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from communique.errors import KnowledgeError
from communique.linking.lexicon import read_toml
from communique.records import Passage, Report

__all__ = ["Relay", "agencies", "relay"]

_FILE: Final = "agencies.toml"
_HEAD: Final = 400
"""Characters after the title in which a dateline stands."""


class Relay(NamedTuple):
    """The agency, how the report names it, and where (None where the outlet itself is the agency)."""

    agency: str
    basis: Literal["outlet", "credit", "relayed"]
    passage: Passage | None
    because: str


class Agencies(NamedTuple):
    """Name as written → name that is kept, and the patterns made of them; `examples` are (text, agency or None)."""

    names: dict[str, str]
    credit: re.Pattern[str]
    told: re.Pattern[str]
    examples: tuple[tuple[str, str | None], ...]


@lru_cache(maxsize=1)
def agencies() -> Agencies:
    """The agencies of `data/linking/agencies.toml`, loaded once; raises KnowledgeError if the file is not right."""
    return checked(read_toml(_FILE))


def checked(tables: dict[str, Any]) -> Agencies:
    """`tables` as agencies; raises KnowledgeError on unknown keys and on a name that two agencies claim."""
    if set(tables) != {"agencies", "verbs", "examples"} or set(tables["verbs"]) != {"relay"}:
        raise KnowledgeError("has unknown or missing tables", where=f"data/linking/{_FILE}", remedy="See its head.")
    names: dict[str, str] = {}
    for agency, ways in tables["agencies"].items():
        for way in ways:
            if way in names:
                raise KnowledgeError(f"{way!r} stands twice", where=f"data/linking/{_FILE}", remedy="Keep one.")
            names[way] = agency
    any_name = "(?P<{}>" + "|".join(re.escape(way) for way in sorted(names, key=lambda w: (-len(w), w))) + ")"
    verbs = "|".join(map(re.escape, tables["verbs"]["relay"]))
    agency_word = r"(?:\s+(?:news\s+)?agency)?"
    return Agencies(
        names,
        # "CITY, Month day (AGENCY) -" or "CITY (AGENCY) —": a dash after the bracket tells it from a passing "(AP)".
        re.compile(rf"^[^\n()]{{0,60}}\({any_name.format('a')}\)\s*[-–—:]", re.MULTILINE),
        re.compile(
            rf"\b(?:[Aa]ccording to|[Cc]iting|[Aa]s reported by|[Rr]eports from)\s+(?:the\s+)?{any_name.format('a')}\b"
            rf"|(?:^|[,.”\"]\s+|\b[Tt]he\s+){any_name.format('b')}{agency_word}\s+(?:has\s+)?(?:{verbs})\b",
        ),
        tuple((row["text"], None if row["agency"] == "-" else row["agency"]) for row in tables["examples"]),
    )


def relay(report: Report) -> Relay | None:
    """The agency whose story the report is or passes on; None where it names none, or several in passing."""
    known = agencies()
    own = known.names.get((report.outlet or "").strip())
    if own:
        return Relay(own, "outlet", None, f"Its outlet is {own}.")
    head = report.text[report.title_end : report.title_end + _HEAD]
    match = known.credit.search(head)
    if match:
        start, end = match.start() + report.title_end, match.end() + report.title_end
        agency = known.names[match["a"]]
        return Relay(agency, "credit", report.passage(start, end), f"Its dateline credits {agency}.")
    found = [(known.names[m["a"] or m["b"]], m) for m in known.told.finditer(report.text)]
    if len({agency for agency, _ in found}) != 1:
        return None
    agency, match = found[0]
    passage = report.passage(match.start(), match.end())
    return Relay(agency, "relayed", passage, f"It passes on what {agency} told.")
