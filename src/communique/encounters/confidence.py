"""How sure a record is: one scored function of what speaks for it and against it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from communique.encounters.merge import Cluster

if TYPE_CHECKING:
    from communique.encounters.lexicon import Words
    from communique.language.reading import Reading

__all__ = ["domain_of", "score"]

ACCEPT: Final = 0.5
"""Records below are kept as abstentions."""


def score(cluster: Cluster, domain: str | None) -> tuple[float, list[str]]:
    """The confidence of a cluster (0-1) and its reasons, strongest first.

    A logistic sum of features with hand-set weights; the weights say in which direction, calibration comes later.
    """
    lead = max(cluster.candidates, key=lambda c: c.trigger.entry.strength)
    total = 5.0 * lead.trigger.entry.strength - 3.2
    because = [f"“{_shown(lead)}” tells of contact"]
    people = {m.participant.name for m in cluster.members if m.participant.type == "person"}
    sides = cluster.sides | {c.host for c in cluster.candidates if c.host}
    officials = [m for m in cluster.members if m.participant.office or m.participant.actor]
    if len(sides) >= 2:
        total += 1.0
        because.append("sides: " + ", ".join(sorted(s for s in sides if s)))
    if people:
        total += 0.5
    if any(c.forum for c in cluster.candidates):
        total += 0.8
    if officials:
        total += 0.3
    if len(cluster.candidates) > 1:
        total += 0.5
        because.append(f"told in {len({c.scene.sentence.index for c in cluster.candidates})} sentences")
    if any(c.time and c.time.value for c in cluster.candidates):
        total += 0.3
    if any(c.unresolved for c in cluster.candidates):
        total -= 0.6
        because.append("somebody in it could not be settled")
    if all(not c.firm for c in cluster.candidates):
        total -= 0.4
    if not any(c.verdict.firm for c in cluster.candidates):
        total -= 0.5
    if domain:
        total -= 2.0 if domain == "sport" else 0.8
        because.append(f"the report reads like {domain}")
    return round(1 / (1 + math.exp(-total)), 3), because


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
