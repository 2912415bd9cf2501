"""One sentence with the actors in it: the parse and the references, joined token by token.

The parser is small and errs most in coordination and in what a preposition hangs on. The helpers here look at the
surface too: "X and Y" side by side are one subject, "with Y" after a word of contact belongs to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from communique.encounters import unnamed
from communique.encounters.lexicon import Words
from communique.records import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from communique.actors import Cast, Reference
    from communique.language.reading import Sentence

__all__ = ["Named", "Scene", "dateline_end", "scene"]

_DATELINE = re.compile(
    r"[A-Z][A-Z .,/’'-]{2,50}(?:, (?:\w+\.? \d{1,2}|\d{1,2} \w+\.?)(?:,? \d{4})?)?"
    r"(?: ?\([^)]{2,20}\))?\s?(?:[:–—]|-{1,2} )\s?"
    r"|[A-Z][\w .,/’'-]{2,40}\([A-Za-z/. ]{2,25}\)\s?(?:[:–—]|-{1,2} )\s?"
    r"|[A-Z][A-Z .]{2,30}\((?=[^)]*(?:/|\d))[^)]{2,70}\)\s?[-–—:]{0,2}\s?"
    r"|[A-Z][\w .’'-]{2,30}, (?:\d{1,2} [A-Z]\w+,? \d{4}|[A-Z]\w+\.? \d{1,2},? \d{4})\s?[–—-]{1,2}\s?"
)
"""A city in capitals before the article's first word: "GENEVA (AP) –"; it is no subject."""
_SUBJECT_LIKE = frozenset(
    {"ROOT", "nsubj", "nsubjpass", "conj", "nmod", "compound", "dep", "npadvmod", "appos", "csubj"}
)
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "JJ", "VBG", "DT"})


@dataclass(frozen=True, slots=True)
class Named:
    """A reference as it stands in the sentence: its tokens `first` to `last`, and its syntactic head `root`."""

    first: int
    last: int
    root: int
    start: int
    end: int
    kind: str
    participants: tuple[Participant, ...]
    text: str
    plural: bool = False
    plain: bool = False
    """Has it no capitalised word inside, so that nobody is named in it ("the two ministers")?"""

    @property
    def sides(self) -> frozenset[str]:
        """The sides that it names."""
        return frozenset(p.represents for p in self.participants if p.represents)


@dataclass(slots=True, eq=False)
class Scene:
    """A parsed sentence and who is named in it. `owner` maps a token to the outermost reference over it."""

    sentence: Sentence
    cast: Cast
    words: Words
    named: list[Named]
    owner: dict[int, Named] = field(default_factory=dict)
    heads: frozenset[int] = frozenset()
    """Tokens that are the head of some trigger of the sentence."""
    lead: bool = False
    """Is it one of the first two sentences of the body?"""
    before: Scene | None = None
    """The last parsed sentence before this one, if it is near."""
    here: tuple[str, str | None] | None = None
    """City and country of the dateline: what "here" means."""

    @property
    def tokens(self) -> Doc:
        """The tokens of the sentence."""
        assert self.sentence.doc is not None
        return self.sentence.doc

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens `first` to `last` (both included) stand in the report's text."""
        return self.sentence.char_span(first, last)

    def who(self, token: Token, *, seen: set[int] | None = None) -> list[Named]:
        """Everybody named by the noun phrase that `token` heads, with all that is coordinated to it."""
        seen = set() if seen is None else seen
        if token.i in seen:
            return []
        seen.add(token.i)
        found = self._own(token, seen)
        for child in token.children:
            if (
                child.dep_ == "conj"
                and (child.tag_ in _NOUN_TAGS or child.i in self.owner)
                and self.joined(token.i, child.i)
            ):
                found += self.who(child, seen=seen)
        found += self._and_before(found, seen)
        return _once(found)

    def joined(self, first: int, second: int) -> bool:
        """No semicolon, colon or word of contact parts two coordinated tokens."""
        low, high = sorted((first, second))
        return not any(self.tokens[i].text in {";", ":"} or i in self.heads for i in range(low + 1, high))

    def _own(self, token: Token, seen: set[int]) -> list[Named]:
        owner = self.owner.get(token.i)
        if owner is not None and (
            (owner.kind == "body" and owner.text.lower().removeprefix("the ") in self.words.not_contact)
            or (
                owner.kind == "nominal"
                and any(self.tokens[i].lower_ in self.words.not_contact for i in range(owner.first, owner.last + 1))
            )
        ):
            return []  # "spoke to reporters"
        if owner is not None:
            inside = range(owner.first, owner.last + 1)
            found = [owner]
            for i in inside:  # what is coordinated to any word of the reference is coordinated to it
                for child in self.tokens[i].children:
                    if (
                        child.dep_ == "conj"
                        and child.i not in inside
                        and child.i in self.owner
                        and self.joined(i, child.i)
                    ):
                        found += self.who(child, seen=seen)
            for child in token.children:  # "delegations of X and of Y"
                if child.dep_ == "prep" and child.i == owner.last + 2 and self.tokens[child.i - 1].lower_ == "and":
                    found += [n for c in child.children if c.dep_ == "pobj" for n in self.who(c, seen=seen)]
            if not owner.participants:
                found += [n for c in token.children if c.dep_ == "appos" for n in self.who(c, seen=seen)]
                found += self._group(token, seen)
            return found
        if token.tag_ in {"WP", "WDT"}:
            return self.who(token.head.head, seen=seen) if token.head.dep_ == "relcl" else []
        if token.tag_ == "PRP" and token.lower_ in {"they", "them"}:
            start, end = self.span(token.i, token.i)
            return [Named(token.i, token.i, token.i, start, end, "pronoun", (), token.text, plural=True, plain=True)]
        return self._group(token, seen)

    def _group(self, token: Token, seen: set[int]) -> list[Named]:
        """A noun without a reference of its own: those inside it ("a team of US experts", "leaders of X and Y")."""
        lowered = token.lower_
        if lowered in self.words.not_contact:
            return []
        found: list[Named] = self._led_by(token, seen)
        for child in token.children:
            if child.dep_ in {"compound", "amod", "nmod", "poss"} and lowered in self.words.groups:
                found += [n for n in (self.owner.get(child.i),) if n is not None]
            elif child.dep_ == "prep" and child.lower_ in {"of", "from", "between"}:
                if lowered in self.words.groups or lowered in self.words.containers or lowered in _PARTS:
                    both = [child, *(c for c in child.children if c.dep_ == "conj" and c.lower_ == child.lower_)]
                    of_these = [c for p in both for c in p.children if c.dep_ == "pobj"]
                    if len(of_these) == 1 and of_these[0].lower_ == "affairs":  # "ministers of foreign affairs of X"
                        inner = [p for p in of_these[0].children if p.lower_ == "of"]
                        of_these = [c for p in inner for c in p.children if c.dep_ == "pobj"]
                    found += [n for c in of_these for n in self.who(c, seen=seen)]
                elif lowered in _JOINT:  # "the Joint Commission of X and Y": a body of two states is both
                    both_of = [n for c in child.children if c.dep_ == "pobj" for n in self.who(c, seen=seen)]
                    found += both_of if len({s for n in both_of for s in n.sides}) == 2 else []
            elif child.dep_ == "appos":
                found += self.who(child, seen=seen)
        return found

    def _led_by(self, token: Token, seen: set[int]) -> list[Named]:
        """ "a delegation led by X": its leader stands for it."""
        return [
            n
            for c in token.children if c.dep_ in {"acl", "relcl"} and c.lower_ in {"led", "headed", "chaired"}
            for a in c.children if a.dep_ == "agent"
            for o in a.children
            for n in self.who(o, seen=seen)
        ]  # fmt: skip

    def _and_before(self, found: list[Named], seen: set[int]) -> list[Named]:
        """References before these ones, joined on the surface by "and": the parser often loses the first of two."""
        more: list[Named] = []
        first = min((n.first for n in found), default=None)
        while first is not None and first >= 2:
            before = self.owner.get(first - 2)
            headline = self.sentence.is_title and self.tokens[first - 1].text == "," and first <= 6
            if before is None or not (headline or self.tokens[first - 1].lower_ in {"and", "&"}):
                break
            subject = self.tokens[before.root].dep_ in _SUBJECT_LIKE or (headline and before.first == 0)
            if not subject or before.root in seen:
                break
            more.append(before)
            seen.add(before.root)
            first = before.first
        return more

    def between(self, start: int, end: int) -> Iterator[Named]:
        """References whose tokens all lie in [start, end)."""
        return (n for n in self.named if start <= n.first and n.last < end)


_JOINT = frozenset({"commission", "committee", "council", "dialogue"})
"""Bodies that two states have in common, where both are named behind "of" or "between"."""
_PARTS = frozenset(
    {"participation", "attendance", "presence", "group", "number", "team", "side", "pair", "heads", "head", "result"}
    | {"part", "members"}
)


def scene(sentence: Sentence, cast: Cast, words: Words, before: Scene | None = None) -> Scene:
    """The scene of a parsed sentence; `before` is the last parsed one, if it is near."""
    assert sentence.doc is not None
    named: list[Named] = []
    owner: dict[int, Named] = {}
    begin = sentence.start + dateline_end(sentence.text)
    for reference in cast.within(begin, sentence.end):
        one = _place(sentence, reference, cast, words)
        if one is not None:
            named.append(one)
            for i in range(one.first, one.last + 1):
                owner.setdefault(i, one)
    _both_halves(sentence.doc, named, owner)
    unnamed.add_armed(sentence, named, owner)
    unnamed.add_speaker(sentence, named, owner)
    unnamed.own(sentence.doc, words, named, owner, before)
    here = Scene(sentence, cast, words, named, owner, before=before)
    for at, one in enumerate(named):
        if not one.participants and sentence.doc[one.root].lower_ == "delegation":
            led = [p for n in unnamed.leader(here, sentence.doc[one.root]) for p in n.participants]
            if led:
                named[at] = one = replace(one, participants=tuple(led))
                owner.update(dict.fromkeys(range(one.first, one.last + 1), one))
    return here


_HALVES = {("north", "south", "korea"): "KP", ("south", "north", "korea"): "KR"}
"""Two states that share the last word of their names: the side of the one named by its first word alone."""


def _both_halves(tokens: Doc, named: list[Named], owner: dict[int, Named]) -> None:
    """ "China and North and South Korea": the state whose name is cut short is one as well."""
    from communique.encounters.parties import government_of

    for at, one in enumerate(named):
        i = one.first
        if i < 2 or tokens[i - 1].lower_ != "and" or i - 2 in owner:
            continue
        other = government_of(_HALVES.get((tokens[i - 2].lower_, tokens[i].lower_, tokens[one.last].lower_)))
        if other is not None:
            named[at] = both = replace(one, first=i - 2, participants=(other, *one.participants))
            owner.update(dict.fromkeys(range(i - 2, one.last + 1), both))


def dateline_end(text: str) -> int:
    """Where the dateline of a sentence ends; 0 where it has none."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def _place(sentence: Sentence, reference: Reference, cast: Cast, words: Words) -> Named | None:
    tokens = sentence.tokens_in(reference.start, reference.end)
    if tokens is None or len(tokens) == 0:
        return None
    if reference.kind == "nominal" and not reference.participants and len(tokens) == 1 and tokens[0].tag_[:2] != "NN":
        return None  # "will host" taken for a noun
    participants = tuple(reference.participants) or tuple(cast.resolve(reference.start, reference.end))
    return Named(
        first=tokens.start,
        last=tokens.end - 1,
        root=tokens.root.i,
        start=reference.start,
        end=reference.end,
        kind=reference.kind,
        participants=participants,
        text=sentence.text[reference.start - sentence.start : reference.end - sentence.start],
        plural=any(t.tag_ in {"NNS", "NNPS"} or t.lower_ in {"they", "them", "both"} for t in tokens),
        plain=not any(t.text[:1].isupper() and t.i > 0 and t.lower_ not in words.groups for t in tokens),
    )


def _once(found: list[Named]) -> list[Named]:
    return list(dict.fromkeys(sorted(found, key=lambda n: n.first)))
