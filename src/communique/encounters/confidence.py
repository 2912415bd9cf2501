"""How sure a record is: one fitted function of what speaks for it and against it.

The features say what the clauses of an encounter tell; their weights stand in `data/encounters/confidence.toml` and
are fitted on annotated reports by `training/encounters_confidence.py`. What they are worth is measured by
`evaluation/calibration.py` on 75 reports that no rule was made for (187 records; right: told, and with the status
given):

    confidence   records   told    right
    0.2 - 0.5         34   0.47    0.29
    0.5 - 0.7         52   0.83    0.69
    0.7 - 0.8         38   0.76    0.58
    0.8 - 0.9         43   0.88    0.74
    0.9 - 1.0         20   1.00    0.95

Nineteen of the twenty records at 0.9 are right (95 % interval 0.76 to 0.99), and on reports that rules were made for 29
of 29. Between 0.7 and 0.9 records are surer than they should be, mostly of their status. Brier score 0.208 (0.231 for
the same confidence everywhere), expected calibration error 0.11; a right record is surer than a wrong one with a chance
of 0.70.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from communique import dates
from communique.encounters.merge import Cluster
from communique.errors import KnowledgeError

if TYPE_CHECKING:
    from communique.encounters.lexicon import Words
    from communique.language.reading import Reading

__all__ = ["ACCEPT", "FEATURES", "check", "domain_of", "features", "score", "weights"]

ACCEPT: Final = 0.2
"""Records below are kept as abstentions. Of 289 records found in annotated reports 86 % are told, of the 282 above
87 %, with F1 0.795 and 0.798. A bound of 0.35 would keep 271, of which 89 % are told, at the same F1; it would lose
the gatherings of which a report says no more than their name."""

FEATURES: Final = (
    "strength",
    "two_sides",
    "many_sides",
    "people_of_two_sides",
    "known_people",
    "forum",
    "told_again",
    "in_title",
    "dated",
    "placed",
    "unresolved",
    "weak_word",
    "weak_status",
    "to_come",
    "called_off",
    "background",
    "domain",
    "sport",
    "named_both",
    "noun",
    "only_title",
    "alone",
    "subject",
    "era",
    "under_way",
    "message",
)


def features(cluster: Cluster, domain: str | None) -> dict[str, float]:
    """What speaks for and against a cluster, each between 0 and 1, by the names of `FEATURES`."""
    candidates, members = cluster.candidates, cluster.members
    sides = {s for s in cluster.sides | {c.host for c in candidates} if s}
    people = [m.participant for m in members if m.participant.type == "person"]
    of_sides = {p.represents for p in people if p.represents}
    statuses = cluster.statuses
    days = [dates.days(c.time.value) for c in candidates if c.time and c.time.value]
    return {
        "strength": max(c.trigger.entry.strength for c in candidates),
        "two_sides": float(len(sides) >= 2),
        "many_sides": float(len(sides) >= 4),
        "people_of_two_sides": min(len(of_sides), 2) / 2,
        "known_people": float(any(p.actor for p in people)),
        "forum": float(any(c.forum for c in candidates)),
        "told_again": min(len({c.scene.sentence.index for c in candidates}) - 1, 3) / 3,
        "in_title": float(any(c.in_title for c in candidates)),
        "dated": float(any(d is not None and d[0] == d[1] for d in days)),
        "placed": float(any(c.spot and c.spot.name for c in candidates)),
        "unresolved": float(any(c.unresolved for c in candidates)),
        "weak_word": float(all(not c.firm for c in candidates)),
        "weak_status": float(not any(c.verdict.firm for c in candidates)),
        "to_come": float(bool(statuses) and statuses <= {"proposed", "scheduled"}),
        "called_off": float(bool(statuses & {"cancelled", "refused", "postponed", "disputed"})),
        "background": float(all(c.around for c in candidates)),
        "domain": float(domain is not None),
        "sport": float(domain == "sport"),
        "named_both": float(len(of_sides) >= 2),
        "noun": float(all(c.trigger.is_noun and not c.forum for c in candidates)),
        "only_title": float(all(c.in_title for c in candidates)),
        "alone": float(any(c.alone for c in candidates)),
        "subject": float(any(c.about for c in candidates)),
        "era": float(any(c.era for c in candidates)),
        "under_way": float("ongoing" in statuses),
        "message": float(all(c.kind == "message" for c in candidates)),
    }


def score(cluster: Cluster, domain: str | None) -> tuple[float, list[str]]:
    """The confidence of a cluster (0-1) and its reasons, strongest first."""
    table = weights()
    given = features(cluster, domain)
    total = table["bias"] + sum(table[name] * value for name, value in given.items())
    lead = max(cluster.candidates, key=lambda c: c.trigger.entry.strength)
    because = [f"“{_shown(lead)}” tells of contact"]
    sides = {s for s in cluster.sides | {c.host for c in cluster.candidates} if s}
    if len(sides) >= 2:
        because.append("sides: " + ", ".join(sorted(sides)))
    if given["told_again"]:
        because.append(f"told in {len({c.scene.sentence.index for c in cluster.candidates})} sentences")
    if given["unresolved"]:
        because.append("somebody in it could not be settled")
    if domain:
        because.append(f"the report reads like {domain}")
    return round(1 / (1 + math.exp(-total)), 3), because


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The fitted weights and the bias; raises KnowledgeError if the file is not as it should be."""
    path = resources.files("communique").joinpath("data", "encounters", "confidence.toml")
    return check(tomllib.loads(path.read_text(encoding="utf-8")))


def check(table: Mapping[str, Any]) -> dict[str, float]:
    """The weights of a table shaped like `confidence.toml`; raises KnowledgeError for unknown or missing names."""
    found = table.get("weights", {})
    odd = (set(table) ^ {"weights"}) | (set(found) ^ {*FEATURES, "bias"})
    if odd:
        raise KnowledgeError(
            f"{min(odd)!r} is unknown or missing",
            where="data/encounters/confidence.toml",
            remedy="Run training/encounters_confidence.py, which writes the file.",
        )
    return {name: float(value) for name, value in found.items()}


def _shown(candidate: object) -> str:
    from communique.encounters.candidates import Candidate

    assert isinstance(candidate, Candidate)
    tokens = candidate.scene.tokens
    return " ".join(tokens[i].text for i in range(candidate.trigger.first, candidate.trigger.last + 1))


def domain_of(reading: Reading, words: Words) -> str | None:
    """sport, business, court or culture, where the report is full of its words; None for other reports."""
    found = re.findall(r"[a-z][a-z-]+", reading.text.lower())
    if not found:
        return None
    counts = {name: sum(w in listed for w in found) for name, listed in words.domains.items()}
    name, count = max(counts.items(), key=lambda row: (row[1], row[0]))
    return name if count >= 5 and count / len(found) > 0.02 else None
