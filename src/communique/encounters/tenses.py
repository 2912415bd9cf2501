"""What the words of a sentence say of a contact, step by step, and what the tense of a verb group says by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from communique.encounters.lexicon import Words
from communique.records import EncounterStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["BE", "STRONG", "Notes", "Verdict"]

_SOFT: Final = frozenset({"proposed", "scheduled", "ongoing", "held"})
STRONG: Final = ("refused", "cancelled", "postponed", "disputed")
"""Statuses that count over any tense."""
BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "am"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status that a clause gives, None where it leaves it open, and the reason in words.

    `firm` is unset where only the default of the tense spoke; `nothing` is set where the clause says that there
    was no contact and nobody refused one ("without meeting", "no talks are planned").
    """

    status: EncounterStatus | None
    because: str
    firm: bool = True
    nothing: bool = False


class Notes:
    """Gathers what each step up the sentence says of a contact: words of status, tense, denial."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.own: set[int] = set()
        self.strong: tuple[str, str] | None = None
        self.soft: tuple[str, str] | None = None  # wished or planned by a word
        self.tense: tuple[str, str] | None = None  # by tense of the clause
        self.open: tuple[str, str] | None = None
        self.nothing: str | None = None
        self.full = True  # do others meet, whoever stays away?
        self.sure = False  # is the tense that of the contact itself?

    def verdict(self) -> Verdict:
        """All that was noted, weighed."""
        if self.nothing and not self.strong:
            return Verdict(None, self.nothing, nothing=True)
        if self.strong:
            return Verdict(self.strong[0], self.strong[1])  # type: ignore[arg-type]
        told = self.sure and self.tense is not None and self.tense[0] in {"held", "ongoing"}
        if self.soft and not (told and self.soft[0] == "scheduled"):
            return Verdict(self.soft[0], self.soft[1])  # type: ignore[arg-type]
        if self.tense:
            return Verdict(self.tense[0], self.tense[1])  # type: ignore[arg-type]
        if self.soft:
            return Verdict(self.soft[0], self.soft[1])  # type: ignore[arg-type]
        if self.open:
            return Verdict("proposed" if self.open[0] == "open" else "scheduled", self.open[1], firm=False)
        return Verdict(None, "the clause leaves it open", firm=False)

    # ------------------------------------------------------------ notes

    def note(self, name: str, because: str) -> None:
        """Note a class of status word; the first of its strength stays, but a wish outranks a plan."""
        if name in STRONG:
            self.strong = self.strong or (name, because)
        elif name in {"open", "ahead"}:
            self.open = self.open or (name, because)
        elif name in _SOFT and (self.soft is None or (self.soft[0] == "scheduled" and name == "proposed")):
            self.soft = (name, because)

    def set_tense(self, name: str, because: str) -> None:
        """Note what the tense says; the innermost clause counts."""
        self.tense = self.tense or (name, because)

    # ------------------------------------------------------------ tense

    def tense_of(self, verb: Token, name: str) -> None:
        """What tense and modality of a verb group say; `name` is the class of the verb ("begun", "ended")."""
        lists = self.words.lists
        helpers = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
        shown = " ".join([*(c.text for c in verb.children if c.dep_ in {"aux", "auxpass"}), verb.text])
        because = f"“{shown}” tells it"
        past = "ongoing" if name == "begun" else "held"
        if self.tense is None and (name in {"begun", "ended"} or verb.i in self.own):
            self.sure = True
        good = "would" in helpers and any(c.dep_ == "acomp" and c.lower_ in lists["desirable"] for c in verb.children)
        if good or (any(h in lists["infinitive_possible"] for h in helpers) and "have" not in helpers):
            self.note("proposed", because)
        elif any(h in lists["infinitive_future"] for h in helpers):
            wish = "would" in helpers and verb.lower_ in {"like", "welcome", "love", "prefer"}
            self.note("proposed", because) if wish else self.set_tense("scheduled", because)
        elif "going" in helpers:
            self.set_tense("scheduled", because)
        elif verb.tag_ == "VBG" and any(h in BE for h in helpers):
            self.set_tense("held" if any(h in {"was", "were", "been"} for h in helpers) else "ongoing", because)
        elif (
            verb.tag_ == "VBD"
            or (verb.tag_ == "VBN" and any(h in {"has", "have", "had", "'ve", "’ve"} for h in helpers))
            or (verb.tag_ == "VBN" and any(h in {"was", "were"} for h in helpers))
        ):
            self.set_tense(past, because)
        elif verb.tag_ in {"VBZ", "VBP"} and verb.lower_ in BE:
            if any(c.dep_ in {"attr", "prep", "acomp"} for c in verb.children):
                self._copula(verb, because)
        elif verb.tag_ in {"VBZ", "VBP"}:
            self.set_tense("ongoing" if name == "begun" else "held", f"“{verb.text}” in the present tells it")
        elif verb.tag_ == "VBN" and any(h in {"is", "are", "being"} for h in helpers):
            if "being" in helpers or name in {"begun", "ended"}:
                self.set_tense("ongoing", because)
        elif verb.tag_ == "VB" and "to" in helpers and verb.dep_ == "ROOT":
            self.set_tense("scheduled", f"“to {verb.text}” in a headline tells it")
        elif verb.tag_ == "VBN" and not helpers and verb.dep_ in {"ROOT", "advcl", "acl"}:
            self.set_tense(past, f"“{verb.text}” tells it")

    def _copula(self, verb: Token, because: str) -> None:
        for child in verb.children:
            lowered = child.lower_
            if lowered in self.words.adjectives:
                self.note(self.words.adjectives[lowered], f"“{verb.text} {child.text}” tells it")
                return
        self.set_tense("ongoing", because)
