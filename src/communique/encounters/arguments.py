"""Who takes part in a contact, and in what role: the arguments of a word of contact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from communique.encounters import syntax
from communique.encounters.gatherings import HELD_BY, gathering
from communique.encounters.journeys import journey, travel
from communique.encounters.lexicon import Entry
from communique.encounters.parcels import parcel
from communique.encounters.parties import states_in
from communique.encounters.roles import Arguments, Party, Role, add_partners

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["Arguments", "Party", "Role", "arguments"]

_SPLITS: Final = frozenset(
    {"meeting", "call", "phone call", "visit", "letter", "message", "conversation", "session", "lunch", "dinner"}
    | {"bilateral meeting", "audience"}
)
_MONTHS: Final = frozenset(
    [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]
)


def arguments(scene: Scene, trigger: Trigger) -> Arguments:
    """The arguments of one trigger."""
    found = _of_noun(scene, trigger) if trigger.is_noun else _of_verb(scene, trigger)
    _one_by_one(scene, trigger, found)
    _in_presence(scene, trigger, found)
    found.apart = _apart(scene, trigger, found)
    return found


_PRESENT: Final = frozenset({"presence", "mediation", "auspices"})


def _in_presence(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "met in the presence of X", "talks under the mediation of X": a third side that sat with the two."""
    if trigger.entry.kind not in {"meeting", "talks", "summit"} or len(found.sides) < 2:
        return
    limit = syntax.clause_limit(trigger.last, scene)
    for token in scene.tokens[trigger.last + 1 : limit]:
        if token.i in scene.heads:
            return
        if (
            token.lower_ in _PRESENT
            and token.dep_ == "pobj"
            and token.head.lower_ in {"in", "under", "with", "through"}
        ):
            people = [n for c in token.children if c.lower_ == "of" for n in syntax.preposition_objects(scene, c)]
            people += syntax.possessor(scene, token)
            found.add([n for n in people if not n.sides & found.sides], "mediator", 0, token.lower_)


_SINGLY: Final = frozenset({"separately", "separate", "respectively", "individually", "individual"})


def _one_by_one(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "separate meetings with the ministers of X, Y and Z": those named in one phrase are met one by one as well."""
    plural = trigger.plural and trigger.entry.name in _SPLITS
    if trigger.entry.kind not in {"meeting", "talks", "call"} or not (
        plural or any(t.lower_ in _SINGLY for t in scene.tokens)
    ):
        return
    parties: list[Party] = []
    for party in found.parties:
        named = party.named
        if party.arm and party.via in {"with", "to"} and len(named.sides) > 1 and named.kind == "nominal":
            for at, participant in enumerate(named.participants):
                one = replace(named, start=named.start + at, participants=(participant,))
                parties.append(replace(party, named=one))
        else:
            parties.append(party)
    found.parties = parties


def _of_verb(scene: Scene, trigger: Trigger) -> Arguments:
    entry, verb = trigger.entry, trigger.head
    found = Arguments()
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    if verb.dep_ in {"acl"} and verb.tag_ == "VBN":
        passive = True
    subjects = syntax.subject(scene, verb, scene.words)
    if passive:
        doers, done = syntax.agent(scene, verb), subjects
    else:
        doers, done = subjects, syntax.objects(scene, verb)
    match entry.frame:
        case "host":
            if not passive and not done and trigger.last > verb.i:  # "has called in the ambassador"
                done = _after_particle(scene, trigger)
            if passive and not doers:  # "was summoned to the ministry"
                where = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "at"}]
                doers = [n for c in where for n in _organs(scene, c)]
            if not passive and not done and entry.object_roles:  # "the ambassador summoned to the ministry"
                where = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to"]
                doers, done = [n for c in where for n in _organs(scene, c)], doers
            if entry.object_roles and not doers:
                found.host = _posted_to(scene, verb, done)
            found.add(doers, "host", 0, "subject")
            found.add(done, "visitor", 1, "object")
        case "visit":
            travel(scene, trigger, done if entry.name == "invite" or entry.passive else doers, found)
        case "caller":
            found.add(doers, "sender" if entry.kind == "message" else "side", 0, "subject")
            others = done or _after_particle(scene, trigger)
            found.add(others, "recipient" if entry.kind == "message" else "side", 1, "object")
            found.about = any(_about(c) for c in verb.children if c.dep_ == "prep")
        case "with":
            found.add(subjects, "side", 0, "subject")
            add_partners(scene, trigger, found, entry.with_)
            if not any(p.arm for p in found.parties) and _otherwise(scene, trigger):
                found.parties = []
        case "gatherer":
            add_partners(scene, trigger, found, frozenset({"with"}))
            done = [*done, *(p.named for p in found.parties)]
            found.parties = []
            if len({s for n in done for s in n.sides}) >= 2:
                found.add(done, "side", 0, "object")
                own = {s for n in done for s in n.sides}
                found.add([n for n in doers if not n.sides & own], "mediator", 0, "subject")
        case "joint":
            if not passive and _two_persons(subjects):
                found.add(subjects, "side", 0, "subject")
        case "attend":
            found.add(subjects, "side", 0, "subject")
            add_partners(scene, trigger, found, entry.with_)
            found.event = _event(scene, trigger)
        case _:
            found.add(doers, "side", 0, "subject")
            found.add(done, "side", 1, "object")
            add_partners(scene, trigger, found, entry.with_ | HELD_BY)
            if verb.dep_ == "acl" and len(found.sides) == 1:
                found.add(_asked(scene, verb), "side", 1, "asked")
    return found


def _asked(scene: Scene, verb: Token) -> list[Named]:
    """ "X rejected an offer by Y to meet": who turns an offer down or accepts it would have been met."""
    offer = verb.head
    if offer.dep_ != "dobj" or offer.lower_ not in {"offer", "proposal", "request", "invitation", "call"}:
        return []
    if not any(c.lower_ in {"by", "from", "of"} or c.dep_ == "poss" for c in offer.children):
        return []
    return syntax.subject(scene, offer.head, scene.words)


def _about(preposition: Token) -> bool:
    """ "told X about Y", not "told X on condition of anonymity", "told X on Monday"."""
    if preposition.lower_ in {"about", "regarding", "of"}:
        return True
    objects = [c for c in preposition.children if c.dep_ == "pobj"]
    other = {"condition", "behalf", "occasion", "phone", "telephone", "sidelines", "margins", "eve", "camera", "record"}
    dated = any(o.text[:3] in _MONTHS or o.lower_.endswith("day") or o.lower_ in other for o in objects)
    return preposition.lower_ == "on" and bool(objects) and not dated


def _two_persons(named: list[Named]) -> bool:
    """Are two persons of different sides named together?"""
    people = [p for n in named if not n.plain for p in n.participants if p.type == "person" and p.represents]
    return len({p.represents for p in people}) >= 2


def _posted_to(scene: Scene, verb: Token, envoys: list[Named]) -> str | None:
    """The state that summoned: where the ministry stands ("to the ministry in X"), or where the envoy is posted."""
    own = {s for n in envoys for s in n.sides}
    ministries = [o for c in verb.children if c.dep_ == "prep" for o in c.children if o.dep_ == "pobj"]
    spans = [scene.span(o.i, max(t.i for t in o.subtree)) for o in ministries]
    spans += [(n.start, n.end) for n in envoys]
    for start, end in spans:
        for place in scene.cast.places_in(start, end):
            if place.country and place.country not in own:
                return place.country
        at = scene.sentence.start
        for state in states_in(scene.sentence.text[start - at : end - at]):
            if state not in own:
                return state
    return None


def _organs(scene: Scene, preposition: Token) -> list[Named]:
    return [n for n in syntax.preposition_objects(scene, preposition) if n.kind != "place"]


def _after_particle(scene: Scene, trigger: Trigger) -> list[Named]:
    """The complement of a particle or preposition that belongs to the verb: "called on X", "wrote to X"."""
    wanted = trigger.entry.with_ | {scene.tokens[trigger.last].lower_}
    for child in trigger.head.children:
        if child.dep_ in {"prep", "dative"} and child.lower_ in wanted:
            return syntax.preposition_objects(scene, child)
    return []


def _otherwise(scene: Scene, trigger: Trigger) -> bool:
    """Does the verb go on with something that is nobody: "speak with one voice", "spoke at a rally"?"""
    near = {t.lower_ for t in trigger.head.subtree}
    if near & {"phone", "telephone"}:
        return False
    bad = trigger.entry.with_ | {"at", "of", "against", "in", "for"}
    return any(c.dep_ == "prep" and c.lower_ in bad and not _is_date(c) for c in trigger.head.children)


def _is_date(preposition: Token) -> bool:
    return any((c.tag_ == "CD" and len(c.text) == 4) or c.text[:3] in _MONTHS for c in preposition.subtree)


def _event(scene: Scene, trigger: Trigger) -> str | None:
    """The name of the dialogue, conference or platform that the verb's object or complement is, capitalised."""
    targets = [c for c in trigger.head.children if c.dep_ == "dobj"]
    targets += [
        o for c in trigger.head.subtree if c.dep_ == "prep" and c.lower_ == "in" and c.i > trigger.last
        for o in c.children if o.dep_ == "pobj"
    ]  # fmt: skip
    for target in targets:
        words = [
            t
            for t in target.subtree
            if target.i - 6 <= t.i <= target.i and (t.dep_ in {"compound", "amod", "nmod"} or t.i == target.i)
        ]
        words = [t for t in words if t.text[:1].isupper()]
        if (
            len(words) >= 2
            and any(t.lower_ in scene.words.lists["event_names"] for t in words)
            and words[-1].i - words[0].i == len(words) - 1
        ):
            start, end = scene.span(words[0].i, words[-1].i)
            return scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start]
    return None


def _of_noun(scene: Scene, trigger: Trigger) -> Arguments:
    entry = trigger.entry
    top = syntax.climb(trigger.head, scene.words)
    if entry.kind == "visit":
        found = Arguments()
        journey(scene, trigger, top, found)
        return found
    if entry.needs in {"parcel", "handover"}:
        found = Arguments()
        parcel(scene, trigger, found)
        return found
    return gathering(scene, trigger, top)


def _one_person(named: Named) -> bool:
    return len(named.participants) == 1 and named.participants[0].type == "person"


def _apart(scene: Scene, trigger: Trigger, found: Arguments) -> bool:
    """Were the others met one by one: "separately with X and Y", "meetings with X and Y", "visited A and B"?"""
    if trigger.entry.needs == "parcel":
        senders = {s for p in found.parties if p.role == "sender" for s in p.named.sides}
        return trigger.plural and len(senders) > 1 and any(p.role == "recipient" for p in found.parties)
    others = [p for p in found.parties if p.arm]
    subjects = [p for p in found.parties if not p.arm]
    if not others or not subjects:
        return False
    arms = {p.arm for p in others}
    if len(arms) > 1 and all(p.via == "with" for p in others):
        return True
    entry: Entry = trigger.entry
    if entry.name == "call on" and len(others) > 1 and all(_one_person(p.named) for p in others):
        return True  # "will call on the president and the speaker": each at his own office
    apart = any(t.lower_ in _SINGLY for t in scene.tokens)
    one_by_one = {"with", "to", "from"} if entry.kind == "call" else {"with"}
    several = len({p.named.sides for p in others}) > 1 and others[0].via in one_by_one
    if trigger.plural and entry.name in {"meeting", "bilateral meeting"} and others[0].via == "with":
        several = several or sum(_one_person(p.named) for p in others) > 1
    return several and (apart or (trigger.plural and entry.name in _SPLITS))
