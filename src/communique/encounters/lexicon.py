"""The words of contact, kept as data: which words tell of an encounter, how its sides stand around them.

`triggers.toml` has the words with their frames and example sentences, `words.toml` what they work with. Both are
checked when they are loaded: an unknown key, kind or frame is refused with the place where it stands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Final, Literal, cast

from communique.encounters.inflect import noun_forms, verb_forms
from communique.errors import KnowledgeError
from communique.records import ENCOUNTER_KINDS, EncounterKind

__all__ = ["Entry", "Example", "Lexicon", "Words", "check_triggers", "check_words", "gate_words", "load"]

Frame = Literal["mutual", "with", "host", "caller", "visit", "sit", "attend", "joint", "gatherer", "noun"]
Need = Literal["sides", "gathering", "host", "parcel", "handover", "forum"]

_FRAMES: Final = frozenset({"mutual", "with", "host", "caller", "visit", "sit", "attend", "joint", "gatherer"})
_NEEDS: Final = frozenset({"sides", "gathering", "host", "parcel", "handover", "forum"})
_COMMON: Final = frozenset({"phrases", "kind", "firm", "strength", "examples", "format", "unless", "unless_next"})
_NOUN_KEYS: Final = _COMMON | {"needs", "of", "plural", "no_infinitive"}
_VERB_KEYS: Final = _COMMON | {
    "frame", "with", "to", "unless_object", "object_roles", "persons_only", "bare_object", "no_infinitive",
    "needs_about", "yields", "presence", "only_object", "needs_place", "passive",
}  # fmt: skip
_WORD_TABLES: Final = frozenset(
    {
        "irregular",
        "plurals",
        "light",
        "status",
        "containers",
        "groups",
        "formats",
        "levels",
        "domains",
        "seats",
        "lists",
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the kind of encounter that it tells of; None for none at all."""

    text: str
    kind: EncounterKind | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of words of contact with one behaviour. The fields are those of `triggers.toml`."""

    name: str
    word_class: Literal["noun", "verb"]
    phrases: tuple[tuple[str, ...], ...]
    kind: EncounterKind
    frame: Frame
    firm: bool = True
    strength: float = 0.7
    needs: Need = "sides"
    format: str | None = None
    with_: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    unless_next: frozenset[str] = frozenset()
    unless_object: frozenset[str] = frozenset()
    only_object: frozenset[str] = frozenset()
    object_roles: frozenset[str] = frozenset()
    plural: bool = False
    persons_only: bool = False
    bare_object: bool = False
    no_infinitive: bool = False
    needs_about: bool = False
    needs_place: bool = False
    yields: bool = False
    presence: bool = False
    passive: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of `words.toml`, inflected and turned round for looking up.

    `status` maps an inflected word to the class it belongs to, apart for verbs, adjectives and nouns; `light` maps an
    inflected verb to what its subject does in the contact that the verb governs.
    """

    light: Mapping[str, frozenset[str]]
    verbs: Mapping[str, str]
    adjectives: Mapping[str, str]
    nouns: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    containers: frozenset[str]
    groups: frozenset[str]
    not_contact: frozenset[str]
    formats: Mapping[str, str]
    levels: Mapping[str, str]
    domains: Mapping[str, frozenset[str]]
    seats: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Triggers by the first inflected word of each phrase (verbs) or by its last (nouns), and the other words."""

    entries: tuple[Entry, ...]
    verbs: Mapping[str, tuple[tuple[Entry, tuple[str, ...]], ...]]
    nouns: Mapping[str, tuple[tuple[Entry, tuple[str, ...]], ...]]
    words: Words
    surface: tuple[str, ...] = field(default=(), repr=False)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon that comes with communique; raises KnowledgeError if a file of it is not as it should be."""
    folder = resources.files("communique").joinpath("data", "encounters")
    tables = {
        name: tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        for name in ("triggers.toml", "words.toml")
    }
    words = check_words(tables["words.toml"])
    entries = check_triggers(tables["triggers.toml"])
    return _index(entries, words, tables["words.toml"])


def gate_words() -> Iterable[str]:
    """Lower-case words that make a sentence worth a parse: every form of every trigger's rarest word."""
    return load().surface


def check_triggers(table: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The entries of a table shaped like `triggers.toml`; raises KnowledgeError with the entry's place."""
    unknown = set(table) - {"noun", "verb"}
    if unknown:
        raise _bad(f"unknown table {min(unknown)!r}", "triggers.toml", "Use [[noun]] and [[verb]] only.")
    entries: list[Entry] = []
    for word_class, keys in (("noun", _NOUN_KEYS), ("verb", _VERB_KEYS)):
        for number, row in enumerate(table.get(word_class, ()), 1):
            entries.append(_entry(word_class, number, row, keys))
    return tuple(entries)


def _entry(word_class: str, number: int, row: Mapping[str, Any], keys: frozenset[str]) -> Entry:
    where = f"triggers.toml, {word_class} {number}"
    unknown = set(row) - keys
    if unknown:
        raise _bad(f"unknown key {min(unknown)!r}", where, f"Known keys: {', '.join(sorted(keys))}.")
    phrases = row.get("phrases")
    if not phrases or not all(isinstance(p, str) and p == p.lower() for p in phrases):
        raise _bad("`phrases` must be a list of lower-case phrases", where, "Write the dictionary forms.")
    if row.get("kind") not in ENCOUNTER_KINDS:
        raise _bad(f"unknown kind {row.get('kind')!r}", where, f"Kinds: {', '.join(ENCOUNTER_KINDS)}.")
    frame, needs = row.get("frame", "noun"), row.get("needs", "sides")
    if (word_class == "verb") != (frame in _FRAMES) or needs not in _NEEDS:
        raise _bad(f"unknown frame {frame!r} or need {needs!r}", where, f"Frames: {', '.join(sorted(_FRAMES))}.")
    strength = row.get("strength", 0.7)
    if not isinstance(strength, int | float) or not 0 < strength <= 1:
        raise _bad("`strength` must lie between 0 and 1", where, "Say how surely the word tells of a contact.")
    return Entry(
        name=phrases[0],
        word_class=cast("Literal['noun', 'verb']", word_class),
        phrases=tuple(tuple(p.split()) for p in phrases),
        kind=row["kind"],
        frame=frame,
        firm=row.get("firm", True),
        strength=float(strength),
        needs=needs,
        format=row.get("format"),
        with_=frozenset(row.get("with", ())),
        to=frozenset(row.get("to", ())),
        of=frozenset(row.get("of", ())),
        unless=frozenset(row.get("unless", ())),
        unless_next=frozenset(row.get("unless_next", ())),
        unless_object=frozenset(row.get("unless_object", ())),
        object_roles=frozenset(row.get("object_roles", ())),
        only_object=frozenset(row.get("only_object", ())),
        **{k: bool(row.get(k, False)) for k in (
            "plural", "persons_only", "bare_object", "no_infinitive", "needs_about", "needs_place", "yields",
            "presence", "passive")},
        examples=tuple(_example(e, where) for e in row.get("examples", ())),
    )  # fmt: skip


def _example(pair: Any, where: str) -> Example:
    if not (isinstance(pair, list) and len(pair) == 2 and pair[1] in {*ENCOUNTER_KINDS, ""}):
        raise _bad(f"example {pair!r} is not [sentence, kind]", where, "Write a sentence and a kind, or an empty kind.")
    return Example(pair[0], pair[1] or None)


def check_words(table: Mapping[str, Any]) -> Words:
    """The tables of `words.toml` for looking up; raises KnowledgeError for a table that is not known or missing."""
    if set(table) != _WORD_TABLES:
        odd = min(set(table) ^ _WORD_TABLES)
        raise _bad(f"table {odd!r} is unknown or missing", "words.toml", f"Tables: {', '.join(sorted(_WORD_TABLES))}.")
    irregular = table["irregular"]
    for verb, forms in irregular.items():
        if not (isinstance(forms, list) and len(forms) >= 2):
            raise _bad(f"{verb!r} needs [past, participle]", "words.toml, irregular", "Give both forms.")
    light: dict[str, set[str]] = {}
    for role, verbs in table["light"].items():
        for verb in verbs:
            for form in _phrase_forms(verb, irregular):
                light.setdefault(form, set()).add(role)
    return Words(
        light={form: frozenset(roles) for form, roles in light.items()},
        **_status_tables(table["status"], irregular, table["lists"]),
        containers=frozenset(table["containers"]["nouns"]),
        groups=frozenset(table["groups"]["nouns"]),
        not_contact=frozenset(table["groups"]["not_contact"]),
        formats={word: name for name, words in table["formats"].items() for word in words},
        levels={word: name for name, words in table["levels"].items() for word in words},
        domains={name: frozenset(words) for name, words in table["domains"].items()},
        seats={name: (city, country) for name, (city, country) in table["seats"].items()},
    )


_STATUSES: Final = ("disputed", "refused", "cancelled", "postponed", "proposed", "begun", "scheduled", "ended")
"""Classes of verbs; where one word is in two, the first of these wins."""


def _status_tables(
    status: Mapping[str, list[str]], irregular: Mapping[str, list[str]], more: Mapping[str, list[str]]
) -> dict[str, Any]:
    verbs: dict[str, str] = {}
    for name in _STATUSES:
        for verb in status.get(name, ()):
            for form in _phrase_forms(verb, irregular):
                verbs.setdefault(form, name)
    adjectives = {
        w: n for n in ("open", "proposed", "scheduled", "held", "ongoing") for w in status.get(f"{n}_adjectives", ())
    }
    nouns: dict[str, str] = {}
    for name in ("refused", "cancelled", "postponed", "proposed", "scheduled", "begun", "ended"):
        for noun in status.get(f"{name}_nouns", ()):
            nouns.setdefault(noun, name)
    rest = ("before_prepositions", "after_prepositions", "infinitive_possible", "infinitive_future", "object_control")
    lists = {n: frozenset(status[n]) for n in rest} | {n: frozenset(words) for n, words in more.items()}
    lists["object_control"] = frozenset(f for v in status["object_control"] for f in _phrase_forms(v, irregular))
    return {"verbs": verbs, "adjectives": adjectives, "nouns": nouns, "lists": lists}


def _phrase_forms(phrase: str, irregular: Mapping[str, list[str]]) -> list[str]:
    """A verb phrase with its first word in every form: "call off" gives "called off", ..."""
    verb, _, rest = phrase.partition(" ")
    return [f"{form} {rest}".strip() for form in verb_forms(verb, irregular)]


def _index(entries: tuple[Entry, ...], words: Words, table: Mapping[str, Any]) -> Lexicon:
    verbs: dict[str, list[tuple[Entry, tuple[str, ...]]]] = {}
    nouns: dict[str, list[tuple[Entry, tuple[str, ...]]]] = {}
    surface: set[str] = set()
    for entry in entries:
        for phrase in entry.phrases:
            if entry.word_class == "verb":
                for form in verb_forms(phrase[0], table["irregular"]):
                    verbs.setdefault(form, []).append((entry, phrase[1:]))
                    if not entry.presence:  # "is" would let every sentence through the gate
                        surface.add(form)
            else:
                singular, plural = noun_forms(phrase[-1], table["plurals"])
                for form in (plural,) if entry.plural else (singular, plural):
                    nouns.setdefault(form, []).append((entry, phrase[:-1]))
                    surface.add(form)
    return Lexicon(
        entries=entries,
        verbs={form: tuple(sorted(rows, key=_narrow_first)) for form, rows in verbs.items()},
        nouns={form: tuple(sorted(rows, key=lambda r: -len(r[1]))) for form, rows in nouns.items()},
        words=words,
        surface=tuple(sorted(surface)),
    )


def _narrow_first(row: tuple[Entry, tuple[str, ...]]) -> tuple[int, bool]:
    """Longer phrases first, then those that ask for an object of their own."""
    return -len(row[1]), not row[0].only_object


def _bad(what: str, where: str, remedy: str) -> KnowledgeError:
    return KnowledgeError(what, where=f"data/encounters/{where}", remedy=remedy)
