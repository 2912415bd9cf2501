"""Mentions made by hand for the tests of linking."""

from __future__ import annotations

from typing import Any

from communique.linking import Told
from communique.records import Encounter, Participant, Passage

PEOPLE = {
    "Orla Brandt": "DE",
    "Tomas Vidal": "FR",
    "Ines Moreau": "FR",
    "Karel Novotny": "CZ",
    "Sam Reyes": "US",
    "Lin Hao": "CN",
}


def who(*names: str, **more: Any) -> tuple[Participant, ...]:
    """Participants: a known person by name, a side by its code (as government), `DE delegation` as a delegation."""
    found = []
    for name in names:
        if name in PEOPLE:
            found.append(Participant(name, "person", PEOPLE[name], **more))
        elif name.endswith(" delegation"):
            found.append(Participant(name, "delegation", name.split()[0]))
        elif len(name) == 2:
            found.append(Participant(name, "government", name))
        else:
            found.append(Participant(name, "organisation", name))
    return tuple(found)


def told(
    report: str,
    *names: str,
    kind: str = "meeting",
    status: str = "held",
    date: str | None = "2031-05-14",
    published: str | None = None,
    local: str = "e1",
    basis: str | None = "stated",
    origin: str | None = None,
    evidence: str = "They met.",
    relay: str | None = None,
    **more: Any,
) -> Told:
    """A mention in `report`; everything not given is plain."""
    participants = more.pop("participants", None) or who(*names)
    met = Encounter(
        id=local,
        kind=kind,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        participants=participants,
        evidence=(Passage(0, len(evidence), evidence),),
        date=date,
        date_basis=basis if date else None,  # type: ignore[arg-type]
        **more,
    )
    return Told(report, published, "metadata" if published else None, origin or report, met, relay)
