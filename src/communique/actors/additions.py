"""A user's own people and bodies, added to the authority file or put over it.

Two formats. TOML has tables `[[person]]` and `[[body]]`; CSV has a header line and one office of one person a line:

    name,side,office,type,start,end,aliases
    Torvald Brekkesund,NO,Deputy Minister of Foreign Affairs,deputy_foreign_minister,2021-10-14,,T. Brekkesund

Aliases in CSV stand with ";" between them. Every bad line is named in one error.
"""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any, Final

from communique.actors.authority import Authority, Body, Person, Role
from communique.actors.folding import fold
from communique.errors import KnowledgeError

__all__ = ["ROLE_TYPES", "add_from"]

ROLE_TYPES: Final = frozenset(
    {
        "ambassador", "chief_of_staff", "central_bank", "defence_minister", "deputy_foreign_minister",
        "deputy_minister",
        "deputy_head_of_government", "economy_minister", "eu_commissioner", "finance_minister", "foreign_minister",
        "head_of_agency", "head_of_foreign_policy", "head_of_government", "head_of_state", "intelligence_chief",
        "interior_minister", "io_deputy", "io_head", "justice", "legislature", "military_chief", "minister",
        "national_security", "opposition_leader", "other", "party_leader", "permanent_representative",
        "senior_official",
        "special_envoy", "spokesperson", "vice_president",
    }
)  # fmt: skip
"""The closed list of role types of the authority file."""
_PERSON: Final = {"name", "side", "aliases", "roles", "id"}
_ROLE: Final = {"office", "type", "start", "end", "to"}
_BODY: Final = {"id", "name", "kind", "side", "aliases"}
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def add_from(authority: Authority, path: Path) -> None:
    """Add the people and bodies of a TOML or CSV file to an authority.

    Raises KnowledgeError naming each bad entry; then nothing has been added.
    """
    try:
        table = _from_csv(path) if path.suffix.lower() == ".csv" else tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})", where=str(path), remedy="Give a TOML or CSV file in UTF-8."
        ) from error
    people, bodies = table.get("person", []), table.get("body", [])
    wrong = [f"unknown table {name!r}" for name in table if name not in {"person", "body"}]
    wrong += [f"person {i}: {w}" for i, row in enumerate(people, 1) for w in _faults_of_person(row)]
    wrong += [f"body {i}: {w}" for i, row in enumerate(bodies, 1) for w in _faults_of_body(row)]
    if wrong:
        raise KnowledgeError(
            "; ".join(wrong), where=str(path), remedy="Correct these entries; see the guide on adding actors."
        )
    for row in bodies:
        aliases = tuple(row.get("aliases", ()))
        body = Body(row["id"], row.get("kind", "organisation"), row["name"], row.get("side", row["id"]), "organisation")
        authority.add_body(body, aliases)
    for row in people:
        authority.add_person(_person(row))


def _faults_of_person(row: dict[str, Any]) -> list[str]:
    wrong = [f"unknown key {k!r}" for k in sorted(set(row) - _PERSON)]
    wrong += [f"no {k!r}" for k in ("name", "side") if not row.get(k)]
    for role in row.get("roles", []):
        wrong += [f"unknown key {k!r} of a role" for k in sorted(set(role) - _ROLE)]
        if role.get("type") not in ROLE_TYPES:
            wrong.append(f"type {role.get('type')!r} is not one of {', '.join(sorted(ROLE_TYPES))}")
        wrong += [
            f"{k} {role[k]!r} is not YYYY, YYYY-MM or YYYY-MM-DD" for k in ("start", "end") if not _dated(role, k)
        ]
    return wrong


def _dated(role: dict[str, Any], key: str) -> bool:
    return not role.get(key) or bool(_DAY.match(str(role[key])))


def _faults_of_body(row: dict[str, Any]) -> list[str]:
    wrong = [f"unknown key {k!r}" for k in sorted(set(row) - _BODY)]
    return wrong + [f"no {k!r}" for k in ("id", "name") if not row.get(k)]


def _person(row: dict[str, Any]) -> Person:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(row["name"]).lower()).strip("-")
    roles = tuple(
        Role(
            r.get("office", ""), r["type"], "", row["side"], r.get("to", ""), str(r.get("start", "")),
            str(r.get("end", "")), "", "", (), "user",
        )
        for r in row.get("roles", ())
    )  # fmt: skip
    ident = row.get("id") or f"u:{row['side'].lower()}/{slug}"
    family = row["name"].split()[-1]
    return Person(ident, row["name"], tuple(row.get("aliases", ())), family, row["side"], "", "", roles)


def _from_csv(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        given = {k: (v or "").strip() for k, v in row.items() if k is not None}
        unknown = {k: "" for k in given if k not in _PERSON | _ROLE}
        key = (given.get("name", ""), given.get("side", ""))
        person = people.setdefault(key, {"name": key[0], "side": key[1], "aliases": [], "roles": [], **unknown})
        person["aliases"] += [a.strip() for a in given.get("aliases", "").split(";") if a.strip()]
        role = {k: given[k] for k in _ROLE if given.get(k)}
        if role:
            person["roles"].append(role)
    return {"person": list(people.values())}
