"""What candidates of one report take from each other before they are joined: sides, places, days.

An arrival for talks is no visit of its own; talks without sides are those of the delegations named around them; a
message without a recipient goes to the one whom its bearer meets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from communique.encounters import merge, syntax
from communique.encounters.candidates import Candidate, Member
from communique.encounters.details import Spot
from communique.encounters.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["settle"]


def settle(told: list[Candidate], scenes: Sequence[Scene]) -> None:
    """Let the candidates of a report, in the order of its text, take what they lack; some fall away."""
    _drop_arrivals(told)
    _place_by_visit(told)
    _hang_together(told)
    _take_delegations(told, scenes)
    _adopt_sides(told)
    _add_substitutes(told, scenes)
    _host_of_visit(told)
    _earlier_visit(told)
    _find_recipients(told)
    _fold_into_visit(told)


def _drop_arrivals(candidates: list[Candidate]) -> None:
    """Arriving at the place of talks is no separate visit: the talks told in the same clause are the encounter."""
    for candidate in list(candidates):
        if candidate.kind != "visit" or not candidate.trigger.entry.yields:
            continue
        tokens = candidate.scene.tokens
        for other in candidates:
            if other.scene is not candidate.scene or merge.group_of(other.kind) != "gathering":
                continue
            token = other.trigger.head
            while token.head.i != token.i and token.head.i != candidate.trigger.head.i:
                token = token.head
            if token.head.i == candidate.trigger.head.i and tokens[token.i].lower_ in {"for", "to", "ahead", "meet"}:
                candidate_host = candidate.host or (candidate.spot.country if candidate.spot else None)
                if candidate_host in other.sides:
                    continue  # talks with the hosts: the journey is a visit to them
                if (
                    not merge.stands(other)
                    and len(candidate.sides - {candidate_host})
                    and other.trigger.plural is False
                ):
                    continue  # "travelled to X for dialogue": who else was there is not told
                other.spot = other.spot or candidate.spot
                if tokens[token.i].lower_ != "ahead":  # "came on Monday ahead of the summit": not the summit's day
                    other.time = other.time or candidate.time
                if candidate in candidates:
                    candidates.remove(candidate)


def _place_by_visit(candidates: Sequence[Candidate]) -> None:
    """A meeting "during a visit to X" or with somebody "who is in X on a visit" was in X, and on a day of the visit.

    Who welcomes a visitor that "arrived at the airport" is the host.
    """
    for visit in candidates:
        for other in candidates:
            if visit.kind != "visit" or visit.host or other.scene is not visit.scene:
                continue
            hosts = {m.participant.represents for m in other.members if m.role == "host"} - visit.sides - {None}
            if len(hosts) == 1 and {m.participant for m in visit.members} & {m.participant for m in other.members}:
                visit.host = sorted(h for h in hosts if h)[0]
                visit.spot = visit.spot or Spot(None, visit.host)
    for candidate in candidates:
        if candidate.kind not in {"meeting", "talks", "summit"}:
            continue
        for other in candidates:
            if other.kind == "visit" and other.scene is candidate.scene and _shares(candidate, other):
                candidate.spot = candidate.spot or other.spot
                candidate.time = candidate.time or other.time
                break


def _hang_together(candidates: Sequence[Candidate]) -> None:
    """ "will meet in X for a summit": a noun without sides on the verb of another contact speaks of that one."""
    for candidate in candidates:
        if candidate.sides or not candidate.trigger.is_noun or candidate.forum or candidate.around:
            continue
        verb = syntax.governor(candidate.trigger.head)
        for other in candidates:
            if other.scene is candidate.scene and verb is not None and other.trigger.head.i == verb.i:
                candidate.pointing = True


def _adopt_sides(candidates: Sequence[Candidate]) -> None:
    """Talks with a place or a length but without sides take those of the subject just before, if it has two.

    "X and Y agreed on a plan. The deal came on the third day of negotiations in Geneva."
    """
    for at, candidate in enumerate(candidates):
        if (
            (candidate.generic or candidate.pointing)
            and candidate.firm
            and not candidate.sides
            and candidate.time
            and candidate.era == "previous"
        ):
            named = [c for c in candidates[:at] if len(c.sides) > 1 and not c.generic]
            candidate.members = list(named[-1].members) if named else []
            continue
        firm = candidate.firm and candidate.kind in {"talks", "meeting", "summit"}
        own = candidate.sides - ({"EU", "UN", "AU"} if len(candidate.sides) == 1 else set())
        top = syntax.climb(candidate.trigger.head, candidate.scene.words)
        rounds = {"round", "rounds"}
        if candidate.era == "next" and not any(c.lower_ in {"of", "with", "between"} for c in top.children):
            rounds |= {"meeting", "session"}
        counted = bool(candidate.era) and top.lower_ in rounds  # "the next round of talks"
        sides_of = any("both" in n.lower() or "two" in n.lower().split() for n in candidate.unresolved)
        noun = candidate.trigger.is_noun
        sides_of = sides_of or (not noun and candidate.generic and _of_both(candidate.trigger.head))
        ahead = candidate.verdict.status in {"scheduled", "proposed"} and (noun or sides_of)
        again = sides_of or candidate.between_them or candidate.era == "next" or (candidate.number or 0) > 1
        members_of = {c.lower_ for c in top.children} & {"of", "with"}
        counted = counted or (ahead and again and (top.lower_ in _ROUNDS or not noun) and not members_of)
        firm = firm or (counted and ahead and top.lower_ == "round")
        if not firm or own or (candidate.generic and not counted) or candidate.forum or _only_topic(top):
            continue
        dated = counted and (candidate.time or (ahead and (candidate.number or not noun)))
        if not (candidate.spot or candidate.duration or candidate.between_them or dated):
            continue
        if candidate.verdict.status not in {"held", "ongoing"} and not counted:
            continue
        members = _last_pair(candidate, far=counted) or (_met_before(candidates[:at]) if counted and ahead else [])
        if members:
            candidate.members = [*members, *candidate.members]
            candidate.generic = False


def _of_both(verb: Token) -> bool:
    """ "They will meet again on Friday", "commanders of the two armies are due to meet"."""
    above = verb.head if verb.dep_ in {"xcomp", "ccomp"} else verb
    above = above if syntax.is_verb(above) else above.head
    subjects = [c for v in (verb, above) for c in v.children if c.dep_ == "nsubj"]
    if any(c.lower_ in {"again", "anew"} for c in verb.children):
        return True
    return any(t.lower_ in {"two", "both"} for c in subjects for t in c.subtree)


_ROUNDS: Final = frozenset({"round", "rounds", "meeting", "session", "talks", "negotiations"})


def _met_before(told: Sequence[Candidate]) -> list[Member]:
    """Those of the last gathering told of, of two or three sides."""
    for candidate in reversed(told):
        gathered = merge.group_of(candidate.kind) == "gathering" and not candidate.forum
        if gathered and 2 <= len(candidate.sides) <= 3 and candidate.verdict.status in {"held", "ongoing"}:
            return [Member(m.participant, "side", 0) for m in candidate.members if m.participant.represents]
    return []


def _only_topic(top: Token) -> bool:
    """ "a discussion on the prospects for the X summit": the summit is only talked of."""
    if top.dep_ != "pobj" or not top.head.head.tag_.startswith("NN"):
        return False
    judged = {"assessment", "evaluation", "importance", "role", "review", "appraisal", "significance", "agenda"}
    if top.head.lower_ == "of":
        return top.head.head.lower_ in judged
    return top.head.lower_ in {"on", "about", "for", "regarding", "concerning"}


def _last_pair(candidate: Candidate, *, far: bool = False) -> list[Member]:
    """The last subject of two sides in the sentence or the one before; `far` looks back as long as it goes."""
    here = candidate.scene
    chain = [here]
    while chain[-1].before is not None and (far or len(chain) < 2):
        chain.append(chain[-1].before)
    for scene_ in chain:
        for token in scene_.tokens:
            if token.dep_ in {"nsubj", "nsubjpass"} and (scene_ is not here or token.i < candidate.trigger.first):
                named = scene_.who(token)
                found = [Member(p, "side", 0) for n in named for p in n.participants]
                if len({m.participant.represents for m in found if m.participant.represents}) >= 2:
                    return found
    return []


def _shares(meeting: Candidate, visit: Candidate) -> bool:
    """Does the visit's noun hang on the meeting's verb, or on somebody of the meeting, and is its visitor there?"""
    visitors = {m.participant for m in visit.members}
    if visitors and not visitors & {m.participant for m in meeting.members}:
        return False
    head = visit.trigger.head
    if not visit.trigger.is_noun and not visitors:
        return False  # "a truce is to come into effect on Monday to help the talks"
    if not visit.trigger.is_noun:  # "will travel to X to meet Y"
        aim = meeting.trigger.head
        if meeting.trigger.is_noun:
            above = syntax.governor(aim)
            if above is None or above.i == head.i:
                return False
            aim = above
        own = meeting.time is not None or any(c.dep_ in {"nsubj", "nsubjpass"} for c in aim.children)
        joined = aim.dep_ == "conj" and aim.tag_ == head.tag_ and not own  # "will visit X on Monday and meet Y"
        return aim.head.i == head.i and (joined or (aim.dep_ in {"advcl", "xcomp"} and aim.tag_ == "VB"))
    if head.dep_ == "pobj" and head.head.lower_ in {"during", "on", "in", "as"}:
        return meeting.trigger.head in head.ancestors
    return False


# ---------------------------------------------------------------- delegations named around talks

_LEADING = frozenset({"led", "headed", "leads", "heads", "leading", "heading", "represented", "represents"})
_BODIES = frozenset({"delegation", "side", "team", "party", "part"})


def _take_delegations(candidates: Sequence[Candidate], scenes: Sequence[Scene]) -> None:
    """Talks without two sides are those of the delegations whose leaders are named near them.

    "The third round was held in X on Monday. Y led the A delegation and Z the B side."
    """
    leaders = {at: found for at, scene in enumerate(scenes) if (found := _leaders(scene))}
    _add_leaders(candidates, [(scenes[at], found) for at, found in leaders.items()])
    sides = {m.participant.represents for found in leaders.values() for m in found}
    if len(sides) < 2 or len(sides) > 6:
        return
    for candidate in candidates:
        if not candidate.firm or candidate.kind not in {"talks", "meeting", "session"} or len(candidate.sides) > 1:
            continue
        if (
            candidate.forum
            or not candidate.sides <= sides
            or not (candidate.time or candidate.spot or candidate.number)
        ):
            continue
        if candidate.generic or candidate.era == "previous":
            continue
        have = {m.participant for m in candidate.members}
        members = [m for found in leaders.values() for m in found if m.participant not in have]
        candidate.members = [*candidate.members, *dict.fromkeys(members)]


def _add_leaders(candidates: Sequence[Candidate], leaders: Sequence[tuple[Scene, list[Member]]]) -> None:
    """ "Delegations of X and Y held talks in Z. The X delegation was led by A": A sat there for X.

    Only the last gathering of that side told just before, and only where nobody is named for the side.
    """
    for scene, found in leaders:
        index = scene.sentence.index
        for member in found:
            side = member.participant.represents
            near = [
                c
                for c in candidates
                if merge.group_of(c.kind) == "gathering"
                and 0 < index - c.scene.sentence.index <= _SOON
                and side in c.sides
                and len(c.sides) > 1
                and c.verdict.status in {"held", "ongoing", "scheduled"}
                and not (c.forum or c.around or c.generic or c.era == "previous")
                and (c.time is None or len((c.time.value or "").strip("~?")) > len("1992"))
            ]
            people = [m for c in near[-1:] for m in c.members if m.participant.type == "person"]
            if near and member.participant.type == "person" and not any(_same_side(m, member) for m in people):
                near[-1].members = [*near[-1].members, member]
                near[-1].led = True


_SOON = 8
"""Sentences between talks and the naming of their leaders: a short report's body."""


def _same_side(one: Member, other: Member) -> bool:
    return one.participant.represents == other.participant.represents


def _leaders(scene: Scene) -> list[Member]:
    """Who leads a delegation by this sentence, or the delegation where nobody is named."""
    found: list[Member] = []
    text = scene.sentence.text.lower()
    if "lead" not in text and "led" not in text and "head" not in text and "represent" not in text:
        return found  # walking a parse costs more than reading its text
    for verb in scene.tokens:
        if verb.lower_ not in _LEADING or not syntax.is_verb(verb):
            continue
        led = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            led.append(syntax.head_of(verb))
        if not any(t.lower_ in _BODIES for t in led):
            continue
        sides = {s for t in led for n in scene.who(t) for s in n.sides}
        doers = syntax.agent(scene, verb) or syntax.subject(scene, verb, scene.words)
        people = [p for n in doers for p in n.participants if p.type == "person"]
        for person in people[:1]:
            if person.represents or len(sides) == 1:
                found.append(Member(person, "side", 0))
        if not people:
            found += [Member(p, "side", 0) for t in led for n in scene.who(t) for p in n.participants]
        found += _gapped(scene, verb)
    return found


def _gapped(scene: Scene, verb: Token) -> list[Member]:
    """ "X leads the A delegation and Y that of B": the second verb is left out."""
    found: list[Member] = []
    for token in scene.tokens[verb.i + 1 : -2]:
        if token.lower_ != "that" or scene.tokens[token.i + 1].lower_ != "of":
            continue
        sides = {s for t in scene.tokens[token.i + 2 : token.i + 5] for s in _sides_at(scene, t)}
        by = next((t.i for t in scene.tokens[token.i + 3 : token.i + 8] if t.lower_ == "by"), None)
        before = scene.owner.get(token.i - 1 if by is None else by + 1)
        people = [p for p in before.participants if p.type == "person"] if before is not None else []
        own = people[0].represents if len(people) == 1 else None
        if own and len(sides) <= 1 and own in (sides or {own}):
            found.append(Member(people[0], "side", 0))
    return found


def _sides_at(scene: Scene, token: Token) -> frozenset[str]:
    named = scene.owner.get(token.i)
    return named.sides if named is not None else frozenset()


def _add_substitutes(candidates: Sequence[Candidate], scenes: Sequence[Scene]) -> None:
    """ "X did not attend and was represented by Y": Y takes part in the gathering told there or just before."""
    for scene in scenes:
        if "represented" not in scene.sentence.text:
            continue
        for verb in scene.tokens:
            if verb.lower_ != "represented" or verb.tag_ not in {"VBN", "VBD"}:
                continue
            people = [p for n in syntax.agent(scene, verb) for p in n.participants if p.type == "person"]
            index = scene.sentence.index
            near = [
                c
                for c in candidates
                if 0 <= index - c.scene.sentence.index <= 2
                and c.kind in {"summit", "session", "meeting"}
                and not c.generic
                and (c.forum or c.kind == "summit")
            ]
            for person in people[:1] if near else []:
                members = near[-1].members
                if all(m.participant != person for m in members):
                    members.append(Member(person, "side", 0))


def _host_of_visit(candidates: Sequence[Candidate]) -> None:
    """ "X received Y. Her visit is part of a tour": who receives the visitor in the same report is the host."""
    for visit in candidates:
        if visit.kind != "visit" or visit.host or not visit.sides or visit.spot or visit.verdict.status != "held":
            continue
        visitors = {m.participant for m in visit.members if m.participant.type == "person"}
        hosts = {
            m.participant.represents
            for c in candidates
            if visitors & {m.participant for m in c.members}
            for m in c.members
            if m.role == "host" and m.participant.represents
        }
        if len(hosts) == 1 and not hosts & visit.sides:
            visit.host = next(iter(hosts))
            visit.spot = Spot(None, visit.host)


def _earlier_visit(candidates: Sequence[Candidate]) -> None:
    """ "X will visit Y, the first since his trip of March 1998": the earlier one went there as well."""
    for earlier in candidates:
        possessed = any(c.tag_ == "PRP$" for c in earlier.trigger.head.children)
        if earlier.kind != "visit" or earlier.host or not possessed or earlier.time is None:
            continue
        if earlier.verdict.status != "held" or not earlier.trigger.is_noun:
            continue
        link = earlier.trigger.head.head
        if earlier.era != "previous" and link.lower_ not in {"since", "after", "following"}:
            continue
        index = earlier.scene.sentence.index
        for other in candidates:
            near = other.kind == "visit" and other.host and 0 <= index - other.scene.sentence.index <= 3
            known = {m.participant for m in earlier.members}
            shared = known & {m.participant for m in other.members} or not known
            if near and shared and other.time is not None and other.time.value != earlier.time.value:
                earlier.host, earlier.spot = other.host, Spot(None, other.host)
                earlier.members = earlier.members or list(other.members)
                earlier.era, earlier.pointing = "previous", False
                break


# ---------------------------------------------------------------- messages without a recipient, talks of a visit


def _find_recipients(candidates: Sequence[Candidate]) -> None:
    """A letter handed over in a report of a meeting went to whom its bearer met there."""
    for letter in candidates:
        if letter.kind != "message" or len(letter.sides) != 1 or letter.verdict.nothing:
            continue
        roles = {m.role for m in letter.members}
        if "sender" not in roles or "bearer" not in roles or "recipient" in roles:
            continue
        bearers = {m.participant for m in letter.members if m.role == "bearer"}
        for other in candidates:
            near = abs(other.scene.sentence.index - letter.scene.sentence.index) <= 4
            if not near or merge.group_of(other.kind) != "gathering" or not other.firm or len(other.sides) != 2:
                continue
            met = [m.participant for m in other.members if m.participant.represents not in letter.sides]
            if bearers & {m.participant for m in other.members} and met and met[0].type == "person":
                letter.members.append(Member(met[0], "recipient", 1))
                break


def _fold_into_visit(candidates: list[Candidate]) -> None:
    """Meeting nobody by name on a visit ("met officials in X on his visit") is the visit, not another encounter."""
    for meeting in list(candidates):
        if meeting.kind not in {"meeting", "talks"} or (meeting.time is None and meeting.spot is None):
            continue
        for visit in candidates:
            if (
                visit.kind != "visit"
                or visit.scene is not meeting.scene
                or not visit.host
                or visit.trigger.entry.presence
            ):
                continue
            visitors = {m.participant for m in visit.members}
            others = [m.participant for m in meeting.members if m.participant not in visitors]
            unnamed = bool(others) and all(p.type == "delegation" and p.represents == visit.host for p in others)
            if unnamed and len(others) < len(meeting.members) and _noun_of(visit, meeting):
                visit.spot = visit.spot if visit.spot and visit.spot.name else meeting.spot or visit.spot
                visit.time = visit.time or meeting.time
                candidates.remove(meeting)
                break


def _noun_of(visit: Candidate, meeting: Candidate) -> bool:
    """Does the noun of the visit hang on the meeting's verb: "met officials on his visit"?"""
    return visit.trigger.is_noun and meeting.trigger.head in visit.trigger.head.ancestors
