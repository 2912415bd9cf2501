"""Build the authority file of the actors room from the authority data set.

usage: python training/build_authority.py PATH/TO/authority [--out src/communique/data/actors]

Reads people.jsonl, bodies.jsonl and places.jsonl (never bodies_ext_ccbysa.jsonl, whose licence does not allow
mixing) and writes authority.bin and authority.manifest.json. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import tomllib
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import msgspec
from authority_rows import add, forget, history_rows, overlap, table_rows
from romanisations import mccune_reischauer, wade_giles

from communique.actors.folding import fold, key, name_words, skeleton

MAGIC = b"CMQA0001"
ATTRIBUTION = (
    'Contains information from GeoNames (geonames.org, CC BY 4.0) and from "IfG Ministers Database, Institute for '
    'Government" (CC BY 4.0); Wikidata (CC0); HistoryAtState/pocom and the CIA World Factbook (public domain); UN '
    "General Debate Corpus (CC0); opensanctions/rigour territories (MIT)."
)
SOURCE_KEYS = {
    "wikidata": "Wikidata statements (CC0)",
    "factbook": "CIA World Factbook, yearly and weekly editions (public domain)",
    "pocom": "Office of the Historian, principal officers and chiefs of mission (public domain)",
    "ifg": "IfG Ministers Database, Institute for Government (CC BY 4.0)",
    "ungdc": "speakers of the UN General Debate (CC0)",
    "rigour": "opensanctions/rigour territories (MIT)",
    "geonames": "GeoNames (CC BY 4.0)",
    "curated": "written from general knowledge (CC0)",
    "generated": "put together by rule from the names of the state (CC0)",
}
"""What each key of a role's or body's sources stands for. Nothing of another licence may be built in."""
OFFICE_WORDS = set(
    """
    interior defense defence foreign finance oil prime minister deputy crown prince king state justice health
    energy trade economy first second vice president speaker governor acting minister's sir sheikh shaykh dr mr gen
    general lt lieutenant col colonel maj major adm admiral brig marshal
    """.split()
)
BODY_FIELDS = (
    "id",
    "kind",
    "name",
    "aliases",
    "metonyms",
    "demonyms",
    "capital",
    "of",
    "side",
    "members",
    "seat",
    "start",
    "end",
    "source",
)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def clean_aliases(person: dict[str, Any], taken: dict[tuple[str, ...], set[str]]) -> list[str]:
    """Aliases that are names: not an office glued to a name, not another person's name in the same country."""
    kept = []
    for alias in person.get("aliases", []):
        words = alias.split()
        if key(words[0]) in OFFICE_WORDS and key(words[0]) not in {"sheikh", "king"}:
            continue
        alias = " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in words)
        owners = taken.get(tuple(sorted(name_words(alias))), set())
        if owners - {person["id"]}:
            continue
        if alias != person["name"]:
            kept.append(alias)
    return list(dict.fromkeys(kept))


SEATS = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "vice_president", "io_head"}


def repaired(people: list[dict[str, Any]], fixes: dict[str, Any], extra: Path) -> list[dict[str, Any]]:
    """People with our fixes: records dropped, renamed, joined where two are one, and roles added."""
    people = [p for p in people if p["id"] not in set(fixes["drop"])]
    forget()
    names = {name_words(p["name"]) for p in people}
    # "China Hu Jintao" of Hong Kong: a chief of state booked under each of his territories
    people = [p for p in people if p["id"].startswith("Q") or name_words(p["name"])[1:] not in names]
    for person in people:
        if usual := fixes["names"].get(person["id"]):
            person.setdefault("aliases", []).append(person["name"])
            person["name"] = usual
        at_home(person)
        never = fixes["not_roles"].get(person["id"], [])
        person["roles"] = [r for r in person["roles"] if r["type"] not in never]
        for role in person["roles"]:
            ended = fixes["ended"].get(person["id"], {}).get(role["type"])
            if ended and not role.get("end"):
                role["end"] = ended
        wrong = fixes["not_aliases"].get(person["id"], [])
        person["aliases"] = [a for a in person.get("aliases", []) if a not in wrong]
        plain_name(person)
        closed(person)
        owned(person)
    people = joined(people)
    for row in [*table_rows(extra), *history_rows(extra.with_name("authority_history.txt"))]:
        add(people, row)
    for person in people:
        romanised(person)
    return people


HEADS = re.compile(
    r"(?:(?:Acting|acting|Interim|Caretaker|Transition|Alternate) )?"
    r"(?:(?:President|Prime Minister|prime minister|Amir|Governor[- ]General)(?: Sir| Sheikh| Prince)?"
    r"|King(?: Sultan)?|Queen|Monarch|Emperor|Sultan|Emir|Pope|Prince|Grand Duke|Co-prince.*|Captain Regent"
    r"|Chairman of the (?:Presidency|Cabinet of Ministers.*|Council of Ministers|Presidential Council)"
    r"|Chairman of the (?:Transitional Military Council|Sovereignty Council)|Chair of the Council of Ministers"
    r"|Chairperson|Premier(?: of the State Council)?|(?:Federal )?Chancellor|Taoiseach|Chief Executive"
    r"|Supreme Leader|Yang di_pertuan Agong.*|General Secretary of the Chinese Communist Party"
    r"|(?:President|Prime Minister) of (?:Montenegro|the Palestinian National Authority)"
    r"|(?:Prime Minister|President)-(?:[Dd]esignate|[Ee]lect)|President of the General National Congress"
    r"|President of the Governing Council|Head of Government|Minister of State|Chief Minister)$"
)
"""Offices of heads of states and governments; the data set books others so whose title has the same noun."""
OWN_HEADS = {
    "Minister of State": {"MC"},
    "Chief Minister": {"SL"},
    "Chief Executive": {"HK", "MO", "AF"},
    "Prince": {"MC", "LI", "KH"},
}
CHAMBERS = re.compile(
    r"Parliament|Senate|National Council|Landtag|Congress|Dewan|Council of the Nation|Assembly|Regional Council"
)
"""Words of the offices of those who preside over a chamber."""


def headship(role: dict[str, Any]) -> str:
    """The type of an office that is booked as a head of state or government: provinces have presidents too."""
    office, kind = role["office"], str(role["type"])
    acting = re.sub("^(?:Acting|acting) ", "", office)
    if "curated" in role["src"] or (HEADS.match(office) and role.get("of") in OWN_HEADS.get(acting, {role.get("of")})):
        return kind
    if office.startswith("Deputy Head of Government"):
        return "deputy_head_of_government"
    if "Justice" in office or "Court" in office:
        return "justice"
    return "legislature" if CHAMBERS.search(office) and office.startswith("President") else "other"


def owned(person: dict[str, Any]) -> None:
    """Roles of organisations say whose they are; a judge or the chair of an assembly heads no organisation."""
    for role in person["roles"]:
        if not role.get("of") and role.get("body"):
            role["of"] = {"UNGA": "UN"}.get(role["body"], role["body"])
        if role["office"].startswith("Judge of") and role["type"] == "io_head":
            role["type"] = "other"
        if role["type"] in {"head_of_state", "head_of_government"} and role.get("of") != "UN":
            role["type"] = headship(role)
        if role.get("body") == "UNGA" and role["type"] == "head_of_state":
            role["type"] = "io_head"


PEER = re.compile(r"^(.+?), (?:\d\w+ )?(?:Baron|Baroness|Viscount|Viscountess|Earl|Marquis|Marquess|Lord|Prince)\b.*$")
REALM = re.compile(
    r"^(.+?) of (?:Spain|Belgium|Denmark|Bulgaria|Bahrain|Saudi Arabia|Morocco|Jordan|Sweden|Norway|Brunei|Nepal)$"
)


def plain_name(person: dict[str, Any]) -> None:
    """Names without peerages and realms: "Tariq Ahmad, Baron Ahmad of Wimbledon", "Felipe VI of Spain"."""
    for pattern in (PEER, REALM):
        if match := pattern.match(person["name"]):
            person.setdefault("aliases", []).append(person["name"])
            person["name"] = match[1]


def closed(person: dict[str, Any]) -> None:
    """An open term before a later term of the same office that has ended did end with it at the latest."""
    for role in person["roles"]:
        later = [
            r["end"]
            for r in person["roles"]
            if r is not role
            and r.get("end")
            and (r["type"], r.get("of")) == (role["type"], role.get("of"))
            and r.get("start", "") >= role.get("start", "~")
        ]
        if role["type"] in SEATS and role.get("start") and not role.get("end") and later:
            role["end"] = min(later)


def at_home(person: dict[str, Any]) -> None:
    """Secondary crowns are no side: a French president is not Andorra's, the British monarch not Tuvalu's."""
    heads = [r for r in person["roles"] if r["type"] == "head_of_state"]
    princes = [r for r in person["roles"] if r.get("of") == "AD" and "prince" in r["office"].lower()]
    if princes and any(r.get("of") != "AD" for r in heads):
        for role in princes:
            role["type"] = "other"
        person["country"] = next(r["of"] for r in heads if r.get("of") != "AD")
    if person.get("country") == "GB":
        for role in heads:
            if role.get("of") != "GB":
                role["type"] = "other"


def romanised(person: dict[str, Any]) -> None:
    """Other romanisations of Chinese and Korean names, by rule."""
    if person.get("country") in {"CN", "TW"}:
        person.setdefault("aliases", []).extend(filter(None, [wade_giles(person["name"])]))
    elif person.get("country") in {"KR", "KP"}:
        person.setdefault("aliases", []).extend(mccune_reischauer(person["name"]))


def joined(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join records without a QID to another that held the same single seat at the same time under a like name."""
    by_seat: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for person in people:
        for role in person["roles"]:
            if role["type"] in SEATS and role.get("of"):
                by_seat[role["type"], role["of"]].append((person, role))
    gone: dict[str, str] = {}
    for holders in by_seat.values():
        for person, role in holders:
            if person["id"].startswith("Q") or person["id"] in gone:
                continue
            for other, theirs in holders:
                if other["id"].startswith("Q") and overlap(role, theirs) and alike(person, other):
                    other.setdefault("aliases", []).extend([person["name"], *person.get("aliases", [])])
                    gone[person["id"]] = other["id"]
                    break
    return [p for p in people if p["id"] not in gone]


def alike(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Do two names share the family name, or two words?"""
    one, two = ({skeleton(w) for w in name_words(p["name"])} for p in (a, b))
    family = {skeleton(w) for w in name_words(b.get("family", ""))}
    # "Ahmadi-Nejad" and "Ahmadinejad": one name cut in two
    whole = [skeleton("".join(name_words(p["name"]))) for p in (a, b)]
    return bool(one & family) or len(one & two) >= 2 or (whole[0] == whole[1] and len(whole[0]) > 4)


class Table:
    """Strings by number."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, value: str | None) -> int:
        return self.of.setdefault(value or "", len(self.of))


def build_people(people: list[dict[str, Any]], table: Table) -> dict[str, Any]:
    taken: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for person in people:
        taken[tuple(sorted(name_words(person["name"])))].add(person["id"])
    people = sorted(people, key=lambda p: (p.get("country", ""), p["id"]))
    blob, offsets = bytearray(), array("I", [0])
    names, aliases, postings = [], [], defaultdict(list)
    given: Counter[str] = Counter()
    holders: dict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        roles = [
            [
                table(r["office"]), table(r["type"]), table(r.get("body")), table(r.get("of")), table(r.get("to")),
                r.get("start", ""), r.get("end", ""), r.get("asof", ""), r.get("end_by", ""),
                r.get("seen", []), table(" ".join(r["src"])),
            ]
            for r in person["roles"]
        ]  # fmt: skip
        record = [
            person["id"],
            person.get("family", ""),
            person.get("country", ""),
            person.get("born", ""),
            person.get("died", ""),
            roles,
        ]
        blob += msgspec.msgpack.encode(record)
        offsets.append(len(blob))
        for role in sorted({f"{r['type']}|{r.get('of', '')}" for r in person["roles"]}):
            holders[role].append(number)
        own = clean_aliases(person, taken)
        names.append(person["name"])
        aliases.append("\t".join(own))
        tokens = {skeleton(w) for form in (person["name"], *own) for w in name_words(form)}
        for token in sorted(tokens):
            postings[token].append(number)
        words = name_words(person["name"])
        family = set(name_words(person.get("family", "")))
        if len(words) > 1:
            plain = [key(w) for w in re.split(r"[ -]", person["name"])]
            given.update(w for w in {*words, *plain} if w not in family)
    keys = sorted(postings)
    ends, flat = array("I", [0]), array("H" if len(people) < 65536 else "I")
    for token in keys:
        flat.extend(postings[token])
        ends.append(len(flat))
    for buffer in (offsets, ends, flat):
        if struct.pack("=H", 1) != struct.pack("<H", 1):
            buffer.byteswap()
    return {
        "names": names,
        "aliases": aliases,
        "records": bytes(blob),
        "offsets": offsets.tobytes(),
        "keys": "\n".join(keys),
        "ends": ends.tobytes(),
        "postings": flat.tobytes(),
        "holders": dict(sorted(holders.items())),
        "given": sorted(w for w, n in given.items() if n >= 2 and len(w) > 2 and w.isalpha() and w.isascii()),
    }


LATIN = re.compile(r"^[A-Z][A-Za-z'’ .\-À-ɏ]+$")


def families(people: list[dict[str, Any]]) -> set[str]:
    """Family names of those who held one of the high offices: a town of that name needs a witness."""
    return {
        fold(person["name"].split()[-1]).lower()
        for person in people
        if any(r["type"] in SEATS for r in person["roles"])
    }


def build_places(places: list[dict[str, Any]], fixes: dict[str, Any], surnames: set[str]) -> list[list[Any]]:
    """Places with the spellings that news in English may use.

    Of the many spellings of the data set only transliterations of the place's own name are kept: others are names in
    foreign languages, and many of them are English words or surnames ("Bush", "Aman"). Exonyms come from our list.
    """
    rows = []
    cities = fixes["cities"]
    for place in places:
        if usual := fixes["city_names"].get(place["name"]):
            place["aliases"], place["name"] = [place["name"], *place.get("aliases", [])], usual
    for place in sorted(places, key=lambda p: (-p.get("pop", 0), p["id"])):
        large = place.get("pop", 0) >= 500_000 or place.get("capital") or place.get("source") != "geonames"
        keep = list(cities.get(place["name"], [])) if large else []
        if large:
            seen = {fold(place["name"]).lower(), *(fold(a).lower() for a in keep)}
            sound = [skeleton(key(w)) for w in re.split(r"[ -]", place["name"])]
            for alias in place.get("aliases", []):
                alike = [skeleton(key(w)) for w in re.split(r"[ -]", alias)] == sound
                low = fold(alias).lower()
                if LATIN.match(alias) and len(alias) > 3 and alike and low not in seen and low not in surnames:
                    seen.add(low)
                    keep.append(alias)
        capital, population = bool(place.get("capital")), place.get("pop", 0)
        weak = not capital and population < 700_000 and fold(place["name"]).lower() in surnames
        rows.append([place["id"], place["name"], keep, place.get("country", ""), population, capital, weak])
    return rows


OWN = ("authority_fixes.toml", "authority_people.csv", "authority_history.txt", "authority_bodies.toml")
"""Inputs that stand beside this script."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unlicensed(people: list[dict[str, Any]], bodies: list[dict[str, Any]]) -> set[str]:
    """Keys of sources that are not among those whose licence is known."""
    used = {key for p in people for r in p["roles"] for key in r["src"]} | {k for b in bodies for k in b["source"]}
    return used - set(SOURCE_KEYS)


def more_bodies(bodies: list[dict[str, Any]], more: dict[str, dict[str, list[str]]]) -> None:
    """Spellings and houses that are added to bodies of the data set."""
    by_id = {body["id"]: body for body in bodies}
    for ident, lists in more.items():
        body = by_id[ident]
        for name, values in lists.items():
            body[name] = [*body.get(name, []), *(v for v in values if v not in body.get(name, []))]
        if "curated" not in body.setdefault("source", []):
            body["source"].append("curated")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/communique/data/actors"))
    args = parser.parse_args()
    people, bodies, places = (read(args.source / f"{n}.jsonl") for n in ("people", "bodies", "places"))
    here = Path(__file__).parent
    fixes = tomllib.loads((here / "authority_fixes.toml").read_text(encoding="utf-8"))
    people = repaired(people, fixes, here / "authority_people.csv")
    own = tomllib.loads((here / "authority_bodies.toml").read_text(encoding="utf-8"))
    bodies += [{**body, "source": ["curated"]} for body in own["body"]]
    more_bodies(bodies, own["more"])
    for body in bodies:
        if usual := fixes["adjectives"].get(body["id"]):
            body["demonyms"] = list(dict.fromkeys([usual, *body.get("demonyms", [])]))
        # Where only an identifier came from another source: identifiers are not built in.
        body["source"] = [key for key in body.get("source", []) if not key.startswith("qid:")]
    if unknown := unlicensed(people, bodies):
        raise SystemExit(f"sources of unknown licence: {', '.join(sorted(unknown))}")
    table = Table()
    table(None)
    named = {b["id"]: b for b in bodies}
    for body in bodies:
        if body["kind"] == "foreign_ministry" and (state := named.get(body["of"])):
            forms = [state["name"], *state.get("demonyms", [])[:1]]
            short = [f"{f} {m}" for f in forms for m in ("MoFA", "MOFA", "MFA", "Foreign Ministry", "Foreign Office")]
            body["aliases"] = [*body.get("aliases", []), *(s for s in short if s not in body.get("aliases", []))]
    sections = {
        "people": build_people(people, table),
        "bodies": [{k: b[k] for k in BODY_FIELDS if k in b} for b in sorted(bodies, key=lambda b: b["id"])],
        "places": build_places(places, fixes, families(people)),
    }
    sections["strings"] = list(table.of)
    packed = MAGIC + zlib.compress(msgspec.msgpack.encode(sections, order="sorted"), 9)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "authority.bin").write_bytes(packed)
    given = json.loads((args.source / "manifest.json").read_text())
    manifest = {
        "name": "communique authority file",
        "version": given["version"],
        "format": MAGIC.decode(),
        "file": "authority.bin",
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
        "counts": {
            "people": len(people),
            "roles": sum(len(p["roles"]) for p in people),
            "bodies": len(bodies),
            "places": len(places),
        },
        "inputs": {
            **{n: digest(args.source / n) for n in ("people.jsonl", "bodies.jsonl", "places.jsonl")},
            **{n: digest(here / n) for n in OWN},
        },
        "source_keys": SOURCE_KEYS,
        "unverified_roles": sum(set(r["src"]) == {"curated"} for p in people for r in p["roles"]),
        "sources": given["sources"],
        "licence": "CC BY 4.0 (GeoNames, Institute for Government); other sources CC0, public domain or MIT",
        "attribution": ATTRIBUTION,
        "provenance": "each role keeps the keys of the sources it rests on; each body likewise",
    }
    (args.out / "authority.manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )
    print(json.dumps({k: manifest[k] for k in ("bytes", "counts", "sha256")}))


if __name__ == "__main__":
    main()
