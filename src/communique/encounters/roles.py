"""The parties of a contact and their roles, and what every kind of contact takes: partners behind "with"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from communique.encounters import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Named, Scene
    from communique.encounters.triggers import Trigger

__all__ = ["Arguments", "Party", "Role", "add_partners", "prepositions"]

Role = Literal["side", "host", "visitor", "mediator", "sender", "recipient", "bearer"]


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
    mine: bool = False
    """Is it told as "my visit", "our talks"?"""
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


def add_partners(scene: Scene, trigger: Trigger, found: Arguments, wanted: frozenset[str]) -> None:
    """Complements of "with" and its like, whatever the parser hung the preposition on."""
    arm = 1
    for preposition in prepositions(scene, trigger, wanted):
        others = syntax.preposition_objects(scene, preposition)
        if preposition.i and scene.tokens[preposition.i - 1].lower_ in {"along", "together"}:
            found.add(others, "side", 0, "along with")
        elif others:
            if preposition.lower_ in {"between", "among", "amongst"} and len({s for n in others for s in n.sides}) < 2:
                others = _run_on(scene, others)
            found.add(others, "side", arm, preposition.lower_)
            arm += 1


_LISTS: Final = frozenset({",", "and", "&", "the", "as", "well"})


def _run_on(scene: Scene, found: list[Named]) -> list[Named]:
    """With those that follow in a list where the parser lost the thread: "between X of A, Y of B and Z"."""
    result = list(found)
    at = max(n.last for n in found) + 1
    while at < len(scene.tokens):
        one = scene.owner.get(at)
        if one is not None:
            if one not in result:
                result.append(one)
            at = one.last + 1
        elif scene.tokens[at].lower_ in _LISTS:
            at += 1
        else:
            break
    return result


def prepositions(scene: Scene, trigger: Trigger, wanted: frozenset[str]) -> list[Token]:
    """Prepositions after the trigger that can belong to it: hung on it, or in a row of phrases."""
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
    return before.i > after and before.lower_ in scene.words.lists["relations"] and token.head.i == before.i
