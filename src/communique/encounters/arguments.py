"""Who takes part in a contact, and in what role: the arguments of a word of contact."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from communique.encounters import syntax
from communique.encounters.lexicon import Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["Arguments", "Party", "Role", "arguments"]

Role = Literal["side", "host", "visitor", "mediator", "sender", "recipient", "bearer"]

_SPLITS: Final = frozenset(
    {"meeting", "call", "visit", "letter", "message", "conversation", "session", "lunch", "dinner"}
)
_EVENTS: Final = frozenset(
    "dialogue dialog platform conference forum summit mechanism commission council consultations ministerial format "
    "committee assembly partnership process".split()  # noqa: SIM905
)
_MONTHS: Final = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun".split())  # noqa: SIM905
_HELD_BY: Final = frozenset({"with", "between", "among", "amongst", "involving", "including"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part. `arm` 0 is the subject's side, 1 and up are those met, apart if they were met apart."""

    named: Named
    role: Role
    arm: int
    via: str


@dataclass(slots=True)
class Arguments:
    """Parties, places gone to (spans in the report's text), and whether the parties of other arms were met apart."""

    parties: list[Party] = field(default_factory=list)
    destinations: list[tuple[int, int]] = field(default_factory=list)
    apart: bool = False
    about: bool = False
    event: str | None = None
    host: str | None = None
    here: bool = False
    others: list[Named] = field(default_factory=list)
    """Who else may be the visitor, if the first is at home there: "received X on a visit to Y"."""

    def add(self, found: list[Named], role: Role, arm: int, via: str) -> None:
        """Add those of `found` who are not in yet."""
        have = {p.named for p in self.parties}
        for one in found:
            if one not in have:
                have.add(one)
                self.parties.append(Party(one, role, arm, via))

    def remove(self, named: Named) -> None:
        """Take one out again."""
        self.parties = [p for p in self.parties if p.named != named]

    @property
    def sides(self) -> set[str]:
        """All sides named."""
        return {s for p in self.parties for s in p.named.sides}


def arguments(scene: Scene, trigger: Trigger) -> Arguments:
    """The arguments of one trigger."""
    found = _of_noun(scene, trigger) if trigger.is_noun else _of_verb(scene, trigger)
    found.apart = _apart(scene, trigger, found)
    return found


# ---------------------------------------------------------------- verbs


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
            found.add(doers, "host", 0, "subject")
            found.add(done, "visitor", 1, "object")
        case "visit":
            _visit(scene, trigger, doers, found)
        case "caller":
            found.add(doers, "sender" if entry.kind == "message" else "side", 0, "subject")
            others = done or _after_particle(scene, trigger)
            found.add(others, "recipient" if entry.kind == "message" else "side", 1, "object")
            found.about = any(c.lower_ in {"about", "on", "regarding", "of"} for c in verb.children if c.dep_ == "prep")
        case "with":
            found.add(subjects, "side", 0, "subject")
            _with(scene, trigger, found, entry.with_)
            if not any(p.arm for p in found.parties) and _otherwise(scene, trigger):
                found.parties = []
        case "attend":
            found.add(subjects, "side", 0, "subject")
            _with(scene, trigger, found, entry.with_)
            found.event = _event(scene, trigger)
        case _:
            found.add(doers, "side", 0, "subject")
            found.add(done, "side", 1, "object")
            _with(scene, trigger, found, entry.with_ | _HELD_BY)
    return found


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
        if len(words) >= 2 and any(t.lower_ in _EVENTS for t in words) and words[-1].i - words[0].i == len(words) - 1:
            start, end = scene.span(words[0].i, words[-1].i)
            return scene.sentence.text[start - scene.sentence.start : end - scene.sentence.start]
    return None


def _with(scene: Scene, trigger: Trigger, found: Arguments, prepositions: frozenset[str]) -> None:
    """Complements of "with" and its like, whatever the parser hung the preposition on."""
    arm = 1
    for preposition in _prepositions(scene, trigger, prepositions):
        others = syntax.preposition_objects(scene, preposition)
        if preposition.i and scene.tokens[preposition.i - 1].lower_ in {"along", "together"}:
            found.add(others, "side", 0, "along with")
        elif others:
            found.add(others, "side", arm, preposition.lower_)
            arm += 1


def _prepositions(scene: Scene, trigger: Trigger, wanted: frozenset[str]) -> list[Token]:
    """Prepositions after the trigger that can belong to it: hung on it, or in a row of phrases without a verb between."""
    limit = syntax.clause_limit(trigger.last, scene)
    tokens = scene.tokens
    top = syntax.climb(trigger.head, scene.words) if trigger.is_noun else trigger.head
    anchors = {trigger.head.i, top.i, top.head.i}
    found: list[Token] = []
    for i in range(trigger.last + 1, len(tokens)):
        token = tokens[i]
        if token.lower_ not in wanted or token.tag_ not in {"IN", "TO", "VBG", "RP"}:
            continue
        hung = token.head.i in anchors or (token.dep_ == "conj" and token.head in found)
        parted = any(trigger.last < h < i for h in scene.heads) and token.head.i not in anchors
        loose = (
            i < limit and not parted and token.lower_ in {"with", "between"} and not _inner(scene, token, trigger.last)
        )
        if hung or loose or (token.dep_ == "conj" and token.head.tag_ == "IN" and found and i < limit):
            found.append(token)
    return found


def _inner(scene: Scene, token: Token, after: int) -> bool:
    """Does the preposition open the complement of a noun that takes one itself ("agreement with", "ties with")?"""
    before = scene.tokens[token.i - 1]
    own = {"agreement", "deal", "treaty", "relations", "ties", "cooperation", "war", "border", "trade", "conflict",
           "partnership", "dispute", "accord", "friendship", "line", "alliance", "difference", "differences"}  # fmt: skip
    return before.i > after and before.lower_ in own and token.head.i == before.i


def _visit(scene: Scene, trigger: Trigger, doers: list[Named], found: Arguments) -> None:
    entry, verb = trigger.entry, trigger.head
    found.add(doers, "visitor", 0, "subject")
    targets: list[Token] = []
    if not entry.to:
        targets += [c for c in verb.children if c.dep_ in {"dobj", "oprd"} and c.i > verb.i]
        if not targets and any(c.dep_ == "auxpass" for c in verb.children):
            targets += [c for c in verb.children if c.dep_ == "nsubjpass"]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in (entry.to or frozenset({"in", "to"})) and child.i > verb.i:
            if entry.to or not targets:
                targets += [c for c in child.children if c.dep_ == "pobj"]
    found.here = any(c.lower_ == "here" and c.dep_ == "advmod" for c in verb.children)
    for target in targets:
        found.destinations += _spread(scene, target)


def _spread(scene: Scene, target: Token) -> list[tuple[int, int]]:
    """The spans of a place and of those coordinated to it."""
    before = {"compound", "amod", "nmod", "det", "poss"}
    first = min([target.i, *(c.i for c in target.children if c.i < target.i and c.dep_ in before)])
    spans = [scene.span(first, target.i)]
    for child in target.children:
        if child.dep_ == "conj":
            spans += _spread(scene, child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            last = max(t.i for t in child.subtree)
            if last < target.i + 8 and not any(t.dep_ == "conj" for t in child.subtree):
                spans[0] = scene.span(first, last)
        elif child.dep_ == "appos" and child.i == target.i + 2:
            spans[0] = scene.span(first, child.i)
    return spans


# ---------------------------------------------------------------- nouns


def _of_noun(scene: Scene, trigger: Trigger) -> Arguments:
    entry, noun, words = trigger.entry, trigger.head, scene.words
    top = syntax.climb(noun, words)
    found = Arguments()
    if entry.kind == "visit":
        _journey(scene, trigger, top, found)
    elif entry.needs in {"parcel", "handover"}:
        _parcel(scene, trigger, found)
    else:
        _before_noun(scene, trigger, found)
        _with(scene, trigger, found, _HELD_BY)
        if entry.kind == "call" or noun.lower_ in {"call", "calls"}:
            _caller_of(scene, trigger, found)
        _relative(scene, noun, found)
        _of_people(scene, noun, top, found)
        _governed(scene, trigger, top, found)
        _mediators(scene, trigger, top, found)
        if _one_armed(found):
            _speaker(scene, trigger, found)
    return found


def _before_noun(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """Those named inside the noun phrase before the noun: possessives, demonyms, "US-Russia"."""
    tokens, noun = scene.tokens, trigger.head
    modifiers = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod", "nummod"} and c.i < noun.i]
    named = [n for c in modifiers for n in scene.who(c) if n.last < trigger.first]
    if trigger.first and trigger.first - 1 in scene.owner:
        beside = scene.owner[trigger.first - 1]
        if tokens[beside.root].dep_ in {"compound", "amod", "nmod", "poss"}:
            named += [beside]
    possessors = {n for c in modifiers if c.dep_ == "poss" for n in scene.who(c)}
    sides = {s for n in named for s in n.sides}
    for one in dict.fromkeys(named):
        if one in possessors:
            found.add([one], "side", 0, "possessive")
        elif len(sides) >= 2 or one.kind not in {"place", "name"} or len(one.sides) >= 2:
            # "the Syria talks" are about Syria, "the Kinshasa meeting" was in Kinshasa; "Serbia-Kosovo talks" have both
            found.add([one], "side", 0, "modifier")


def _relative(scene: Scene, noun: Token, found: Arguments) -> None:
    """"the meeting that he had with Y", "talks she held with Y"."""
    for child in noun.children:
        if child.dep_ == "relcl" and child.lower_ in {"had", "held", "has", "have", "having", "hold", "holds"}:
            others = [n for p in child.children if p.lower_ == "with" for n in syntax.preposition_objects(scene, p)]
            if others:
                found.add(syntax.subject(scene, child, scene.words), "side", 0, "subject")
                found.add(others, "side", 1, "with")


def _caller_of(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "a phone call from X", "his call to Y": telephones have two ends."""
    for preposition in _prepositions(scene, trigger, frozenset({"from", "to", "on"})):
        if preposition.head.i in {trigger.head.i, trigger.head.head.i}:
            found.add(syntax.preposition_objects(scene, preposition), "side", 1, preposition.lower_)


def _of_people(scene: Scene, noun: Token, top: Token, found: Arguments) -> None:
    """ "a meeting of the leaders of X and Y", "talks by the two sides"."""
    for head in {noun, top}:
        for child in head.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "by"}:
                people = [n for n in syntax.preposition_objects(scene, child) if n.kind != "place"]
                found.add(people, "side", 0, child.lower_)


def _governed(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """What the verb above the noun adds: its subject holds, hosts or attends; or said something after it."""
    words, head = scene.words, top.head
    if syntax.background(top):
        return
    if top.dep_ == "conj":
        top = _first_conjunct(top)
        head = top.head
    if top.dep_ in {"dobj", "attr", "oprd"} and syntax.is_verb(head):
        _by_light_verb(scene, head, found)
        return
    opening = scene.tokens[trigger.first - 1].lower_ if trigger.first else ""
    if top.dep_ == "nsubj" and opening in {"after", "following", "in", "during"}:
        # "After talks in X, Y and Z agreed" with the talks taken for the subject
        found.add(syntax.before(scene, head), "side", 0, "subject of the clause")
        return
    if top.dep_ in {"nsubj", "nsubjpass", "ROOT"}:
        if top.dep_ == "nsubj" and head.lower_ in {"is", "was", "were", "are", "be", "been"}:
            for c in head.children:  # "the meeting is the first between X and Y"
                if c.dep_ == "attr":
                    for p in c.children:
                        if p.dep_ == "prep" and p.lower_ in _HELD_BY:
                            found.add(syntax.preposition_objects(scene, p), "side", 1, p.lower_)
        return
    verb = syntax.governor(top)
    if verb is None or top.dep_ not in {"pobj", "pcomp"}:
        return
    if syntax.phrase_of(verb) in words.light and _hung_on(top, verb):
        _by_light_verb(scene, verb, found)
        return
    near = top.head.head
    near = _first_conjunct(near)
    if not syntax.is_verb(near) and near.i in scene.owner and near.dep_ in {"nsubj", "nsubjpass", "ROOT", "appos"}:
        # "Merkel, in talks with X, demanded"
        found.add(scene.who(near), "side", 0, "apposed")
    elif _one_armed(found):
        whose = _whose(scene, top)
        if whose:
            found.add(whose, "side", 0, "possessor above")
        elif syntax.is_verb(near):
            found.add(syntax.subject(scene, verb, words), "side", 0, "subject of the clause")
    elif not any(p.role == "side" for p in found.parties) and syntax.is_verb(near) and trigger.entry.strength > 0.8:
        both = syntax.subject(scene, verb, words)
        if len({s for n in both for s in n.sides}) >= 2 and top.head.lower_ in {
            "after",
            "in",
            "during",
            "at",
            "following",
        }:
            found.add(both, "side", 0, "subject of the clause")


def _one_armed(found: Arguments) -> bool:
    """Is the other side known ("talks with Y") and this one not yet?"""
    if len(found.sides) > 1 and any(p.via in {"between", "among", "amongst"} for p in found.parties):
        return False
    return any(p.arm for p in found.parties) and not any(not p.arm and p.role == "side" for p in found.parties)


def _whose(scene: Scene, top: Token) -> list[Named]:
    """The possessor of a noun on the way up: "his next steps, including a meeting with Y"."""
    token = top
    for _ in range(6):
        token = token.head
        if syntax.is_verb(token) or token.head.i == token.i:
            return []
        found = syntax.possessor(scene, token)
        if found:
            return found
        if any(c.tag_ == "PRP$" for c in token.children):  # "his next steps": his who is the subject
            verb = syntax.governor(token)
            return syntax.subject(scene, verb, scene.words) if verb is not None else []
    return []


def _speaker(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """ "X said the talks with Y were useful": who speaks of talks with Y is a side of them, or speaks for one."""
    token = syntax.climb(trigger.head, scene.words)
    theirs = found.sides
    for _ in range(12):
        if token.head.i == token.i:
            return
        token = token.head
        if not syntax.is_verb(token):
            continue
        people = [n for n in _own_subject(scene, token) if n.sides and not n.sides & theirs]
        if people:
            found.add(people, "side", 0, "speaker")
            return


def _own_subject(scene: Scene, verb: Token) -> list[Named]:
    return [n for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} for n in scene.who(c)]


def _hung_on(top: Token, verb: Token) -> bool:
    return bool(top.dep_ == "pobj" and top.head.head.i == verb.i)


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.tag_.startswith("NN"):
        token = token.head
    return token


def _by_light_verb(scene: Scene, verb: Token, found: Arguments) -> None:
    words = scene.words
    roles = words.light.get(syntax.phrase_of(verb)) or words.light.get(verb.lower_, frozenset())
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    people = syntax.agent(scene, verb) if passive else syntax.subject(scene, verb, words)
    if not people:
        return
    complete = len({s for p in found.parties for s in p.named.sides}) >= 2
    if "hosts" in roles and complete and not {n.sides for n in people} & {p.named.sides for p in found.parties}:
        found.add(people, "mediator", 0, "host of the talks")
    elif roles or not complete:
        met_apart = any(p.via in _HELD_BY for p in found.parties)
        if roles or met_apart:
            found.add(people, "side", 0, "subject")


def _mediators(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """ "talks mediated by X", "hosted by X"."""
    hosts = {"mediated", "hosted", "brokered", "facilitated", "sponsored", "moderated", "chaired", "led"}
    for noun in {trigger.head, top}:
        for child in noun.children:
            if child.dep_ in {"acl", "relcl"} and child.lower_ in hosts:
                hosts_named = syntax.agent(scene, child)
                found.add(hosts_named[:1], "mediator", 0, child.lower_)
                if top.dep_ == "pobj" and len(hosts_named) > 2:
                    # "after talks hosted by X, Y and Z signed": the list runs over the comma into the main clause
                    found.add(hosts_named[1:], "side", 0, "subject of the clause")


def _journey(scene: Scene, trigger: Trigger, top: Token, found: Arguments) -> None:
    """The visitor and the places of a visit named by a noun."""
    noun, words = trigger.head, scene.words
    for child in noun.children:
        if child.dep_ == "poss" and child.i < noun.i:
            found.add([n for n in scene.who(child)], "visitor", 0, "possessive")
        elif child.dep_ in {"compound", "amod", "nmod"} and child.i in scene.owner:
            one = scene.owner[child.i]
            if not one.participants:
                continue
            if one.kind in {"place", "name", "body"} and not any(p.type == "person" for p in one.participants):
                if child.dep_ != "amod":
                    found.destinations.append((one.start, one.end))  # "the China visit"
            else:
                found.add([one], "visitor", 0, "modifier")
    for preposition in _visit_prepositions(scene, trigger):
        if preposition.lower_ in {"by", "of", "from"}:
            people = [n for n in syntax.preposition_objects(scene, preposition) if n.kind != "place"]
            found.add(people, "visitor", 0, preposition.lower_)
        else:
            for target in (c for c in preposition.children if c.dep_ == "pobj"):
                found.destinations += _spread(scene, target)
    if found.parties:
        _host_above(scene, top, found)
        return
    if top.dep_ in {"dobj", "attr"} and syntax.is_verb(top.head):
        verb = top.head
        roles = words.light.get(syntax.phrase_of(verb), frozenset())
        if "holds" in roles or "hosts" not in roles:
            found.add(syntax.subject(scene, verb, words), "visitor", 0, "subject")
    elif top.dep_ in {"pobj", "pcomp"}:
        near = top.head.head
        if not syntax.is_verb(near) and near.i in scene.owner:
            found.add(scene.who(near), "visitor", 0, "apposed")
        else:
            verb_above = syntax.governor(top)
            if verb_above is not None:
                found.add(syntax.subject(scene, verb_above, words), "visitor", 0, "subject of the clause")
                found.others = syntax.objects(scene, verb_above)


def _host_above(scene: Scene, top: Token, found: Arguments) -> None:
    """Who cancels, announces or welcomes another's visit without a place is the host of it."""
    verb = top.head
    if found.destinations or top.dep_ not in {"dobj", "nsubjpass"} or not syntax.is_verb(verb):
        return
    people = syntax.agent(scene, verb) if top.dep_ == "nsubjpass" else syntax.subject(scene, verb, scene.words)
    hosts = [n for n in people if len(n.sides) == 1 and not n.sides & found.sides]
    found.host = next(iter(sorted(hosts[0].sides))) if hosts else None


def _visit_prepositions(scene: Scene, trigger: Trigger) -> list[Token]:
    limit = syntax.clause_limit(trigger.last, scene)
    found = []
    for i in range(trigger.last + 1, min(limit, len(scene.tokens))):
        token = scene.tokens[i]
        if token.tag_ not in {"IN", "TO"} or token.lower_ not in {"to", "by", "of", "from", "in"}:
            continue
        if token.lower_ in {"to", "by"} or token.head.i == trigger.head.i:
            if token.dep_ in {"prep", "agent", "dative"} or token.head.i == trigger.head.i:
                found.append(token)
    return found


def _parcel(scene: Scene, trigger: Trigger, found: Arguments) -> None:
    """Sender, recipient and bearer of something in writing."""
    noun, words = trigger.head, scene.words
    sender: list[Named] = [n for c in noun.children if c.dep_ == "poss" for n in scene.who(c)]
    recipient: list[Named] = []
    bearer: list[Named] = []
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass", "attr", "nsubj"} and syntax.is_verb(noun.head) else None
    participle = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.tag_ in {"VBN", "VBD"}), None)
    roles = words.light.get(syntax.phrase_of(verb), frozenset()) if verb is not None else frozenset()
    if participle is not None and not roles & {"sends", "receives", "swaps"}:
        roles = words.light.get(syntax.phrase_of(participle), frozenset())
        doers = syntax.agent(scene, participle) or [
            n for c in participle.children if c.dep_ == "nsubj" for n in scene.who(c)
        ]
        verb = participle
    elif verb is not None:
        doers = syntax.agent(scene, verb) if noun.dep_ == "nsubjpass" else syntax.subject(scene, verb, words)
    else:
        doers = []
    sender = sender or [
        n
        for t in noun.children
        if t.lower_ == "from" and t.dep_ == "prep"
        for n in syntax.preposition_objects(scene, t)
    ]
    if "sends" in roles:
        sender = sender or doers
        if doers != sender:
            bearer = doers
    elif "receives" in roles:
        recipient = doers
    elif "swaps" in roles:
        found.add(doers, "side", 0, "subject")
    holders = {noun.i} | ({verb.i} if verb is not None else set())
    limit = syntax.clause_limit(trigger.last, scene)
    for i in range(trigger.last + 1, len(scene.tokens)):
        token = scene.tokens[i]
        if token.tag_ not in {"IN", "TO"} or not (token.head.i in holders or i < limit):
            continue
        people = syntax.preposition_objects(scene, token)
        if token.lower_ == "from":
            sender = sender or people
        elif token.lower_ == "to" and i < trigger.last + 12:
            recipient = recipient or people
        elif token.lower_ == "by" and token.head.i in holders:
            bearer = bearer or people
        elif token.lower_ == "with" and "swaps" in roles:
            found.add(people, "side", 1, "with")
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and recipient and not sender:
        above = syntax.governor(noun)
        sender = syntax.subject(scene, above, words) if above is not None else []
        found.about = True
    if "sends" in roles and verb is not None and not recipient:
        recipient = [n for c in verb.children if c.dep_ == "dative" for n in scene.who(c)]
    found.about = bool(roles & {"sends", "receives", "swaps"})
    found.add(sender, "sender", 0, "sender")
    found.add(recipient, "recipient", 1, "recipient")
    if len(found.sides) >= 2:
        found.add(bearer, "bearer", 0, "bearer")


# ---------------------------------------------------------------- together or apart


def _one_person(named: Named) -> bool:
    return len(named.participants) == 1 and named.participants[0].type == "person"


def _apart(scene: Scene, trigger: Trigger, found: Arguments) -> bool:
    """Were the others met one by one: "separately with X and Y", "meetings with X and Y", "visited A and B"?"""
    if trigger.entry.needs == "parcel":
        senders = {p.named.sides for p in found.parties if p.role == "sender"}
        return trigger.plural and len(senders) > 1 and any(p.role == "recipient" for p in found.parties)
    others = [p for p in found.parties if p.arm]
    subjects = [p for p in found.parties if not p.arm]
    if not others or not subjects:
        return False
    arms = {p.arm for p in others}
    if len(arms) > 1 and all(p.via == "with" for p in others):
        return True
    entry: Entry = trigger.entry
    apart = any(
        t.lower_ in {"separately", "separate", "respectively", "individually", "individual"} for t in scene.tokens
    )
    several = len({p.named.sides for p in others}) > 1 and others[0].via == "with"
    if trigger.plural and entry.name == "meeting" and others[0].via == "with":
        several = several or sum(_one_person(p.named) for p in others) > 1
    return several and (apart or (trigger.plural and entry.name in _SPLITS))
