"""Whose words they are: the speaker of an attribution as actors, and who handed the words on.

Most speakers are resolved by the cast. What belongs to statements alone is settled here: "the statement said" speaks
for whoever issued it, "both parties" for the sides of the encounter just told of, and words without a speaker for
the one whose words the text was reporting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.language import Reading
from communique.records import Encounter, Participant
from communique.statements.attribution import Attribution, Span, trimmed
from communique.statements.framing import TURN
from communique.statements.lexicon import lexicon
from communique.statements.nominals import (
    apart,
    bare_plural,
    by_outlet,
    core,
    one_for_each_side,
    owned,
    person,
    previous,
    sides,
    spoken_for,
    spokes,
)
from communique.statements.nominals import (
    head as head_of,
)
from communique.statements.subjects import antecedent

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["Voice", "Voices"]

_WORD: Final = re.compile(r"[\w’'-]+")
_STATES: Final = frozenset({"countries", "states", "nations", "governments"})
_REACH: Final = 1500
"""Characters back within which a text still tells of the same encounter or the same document."""
_ISSUED: Final = re.compile(
    r"\b(statement|message|release|readout|communiqu[eé]|letter|post|tweet|comment|briefing|report)"
    r"\b[^.]{0,20}? (?:of|by|from) ",
    re.IGNORECASE,
)
_ISSUING: Final = frozenset({"issued", "released", "published", "adopted", "signed", "issue", "issues", "posted"})
_SENT: Final = frozenset({"note", "letter", "message", "memo", "memorandum", "telegram", "draft", "proposal"})
"""Documents of which a text tells several, each by its sender."""
_PASSIVE: Final = frozenset(
    {"noted", "said", "stated", "reported", "added", "stressed", "emphasized", "told", "quoted"}
)


"""The end of somebody else's quotation, in which no new one begins: 'as Berg" Envoy Novak'."""
_AGENCY: Final = re.compile(
    r"\b(News|Press|Telegraph) (Agency|Service)\b|\b(Television|Broadcasting|Radio)\b", re.IGNORECASE
)
_MOST: Final = 8
"""Words of a nominal beyond which its head cannot be told by the words alone."""
_PRESS: Final = re.compile(r"\b(reporters|journalists|newsmen|correspondents)$", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?(?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+")
_ASKING: Final = re.compile(r"(Q|A|QUESTION|ANSWER|REPORTER|JOURNALIST|MODERATOR|OPERATOR|STAFF)\b", re.IGNORECASE)
"""Labels of a transcript that name nobody."""
_OPENING: Final = 500
"""Characters at the head of a transcript that say whose briefing it is."""
_AGREED: Final = re.compile(
    r"(it |an? \w+ )?(was|has been|had been) (\w+ly )?(agreed|decided|reached)\b", re.IGNORECASE
)
"""What two sides do together where no speaker is named."""
_CARRY: Final = 900
"""Characters within which "he" can be whoever spoke last."""
_DIPLOMATS: Final = frozenset({"diplomat", "diplomats"})
_INFORMED: Final = re.compile(
    r"((an?|the|some|several|two) )?(well-)?(informed|diplomatic|official|government|ministry|foreign ministry|embassy)"
    r" (source|sources|circles)( (in|close to) .*)?"
)
"""Circles that speak without a name."""
_UNNAMED: Final = re.compile(r"\b(spokes\w+|official|officials|ministry|embassy|office|press service)\b", re.IGNORECASE)
_CLOSE: Final = 400
"""Characters within which a name belongs to the unnamed spokesperson told of before."""


class Voice(NamedTuple):
    """Who speaks: participants (empty where nobody is settled), what it rests on, and who relayed the words.

    `kind`: "named" by the cast, "document" for the issuer of a document, "together" for the sides of an encounter,
    "carried" from the statement before, "introduced" by a name after an unnamed spokesperson,
    "unnamed" for diplomats without name and side, "outlet" where only an outlet or an expert speaks, "none" otherwise.
    """

    participants: tuple[Participant, ...]
    kind: str
    because: str
    relayed_by: str | None = None


class Voices:
    """Settles speakers in text order; remembers who spoke last and which body issued something."""

    def __init__(self, reading: Reading, cast: Cast, encounters: Sequence[Encounter]) -> None:
        self._reading, self._cast, self._encounters = reading, cast, encounters
        self._last: tuple[int, Voice] | None = None
        self._said: tuple[Span, ...] = ()
        self._issuer: tuple[int, Voice] | None = None
        self._issued = self._documents()
        self._heard: list[tuple[str, Voice]] = []
        self._names: dict[Participant, Participant] = {}
        self._papers = self._owned_papers()

    def of(self, said: Attribution) -> Voice:
        """The voice of an attribution. Attributions must come in text order."""
        voice = self._settle(said)
        at = said.cue[0] if said.cue else said.content[0][0]
        if _sided(voice) and voice.kind != "document":
            self._last, self._said = (at, voice), said.content
            self._heard.append((self._called(said, voice), voice))
            if any(p.type != "person" for p in voice.participants) or "spokes" in self._speaker_text(said).lower():
                self._issuer = (at, voice)
        return voice

    def by_name(self, voice: Voice) -> Voice:
        """The voice with the names that the text gives later to spokespersons without one."""
        if not any(p in self._names for p in voice.participants):
            return voice
        return voice._replace(participants=tuple(self._names.get(p, p) for p in voice.participants))

    def _called(self, said: Attribution, voice: Voice) -> str:
        """How the text has called the speaker: a name first given here adds to what the unnamed one was called."""
        text = self._speaker_text(said).lower()
        return f"{self._heard[-1][0]} {text}" if voice.kind == "introduced" and self._heard else text

    def _documents(self) -> list[tuple[int, Voice]]:
        """Where the text tells that somebody issued a document: "the two issued a joint statement"."""
        found: list[tuple[int, Voice]] = []
        for sentence in self._reading.sentences:
            for token in sentence.doc or ():
                if token.lower_ not in _ISSUING:
                    continue
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                papers = [c for c in token.children if c.dep_ == "dobj" and c.lower_ in lexicon().documents]
                if subject is None or not papers:
                    continue
                span = sentence.char_span(subject.left_edge.i, subject.right_edge.i)
                if people := self._cast.resolve(*span):
                    voice = Voice(people, "document", f"the text tells who {token.text} the {papers[0].text}")
                    found.append((sentence.token_span(token)[0], voice))
        return found

    def _owned_papers(self) -> list[tuple[int, str, Span]]:
        """Where the text names whose letter or note it is: "the embassy's note", with the span of the owner."""
        found: list[tuple[int, str, Span]] = []
        for sentence in self._reading.sentences:
            for token in sentence.doc or ():
                owner = next((c for c in token.children if c.dep_ == "poss"), None) if token.lower_ in _SENT else None
                if owner is not None:
                    span = sentence.char_span(owner.left_edge.i, owner.i)
                    found.append((sentence.token_span(token)[0], token.lower_, span))
        return found

    def _paper(self, head: str, words: list[str], at: int) -> Voice | None:
        """ "The note asked", where the text has spoken of somebody's note, is theirs."""
        if words != ["the", head]:
            return None
        for start, noun, owner in reversed(self._papers):
            if noun == head and start < at < start + _REACH:
                people = self._cast.resolve(*owner)
                return Voice(people, "document", f"the text told whose {head} it is") if sides(people) else None
        return None

    def _speaker_text(self, said: Attribution) -> str:
        return self._reading.text[slice(*said.speaker)] if said.speaker else ""

    def _settle(self, said: Attribution) -> Voice:
        text = self._speaker_text(said)
        words = [w.lower() for w in _WORD.findall(text)]
        at = said.cue[0] if said.cue else said.content[0][0]
        if said.speaker is None:
            return self._without(said, at)
        known = lexicon()
        if len(words) == 1 and words[0] in {"the", "a", "this", "that"}:
            return self._document(at, "a document that the words before name")
        named = self._named(said, words)
        head = head_of(words)
        agency = named and all(p.type != "person" and _AGENCY.search(p.name) for p in named)
        if (agency or by_outlet(words, head)) or (head in known.outlets and not self._official(said.speaker)):
            return self._report(words, at) or self._unnamed(words, text)
        if again := self._same_unnamed(words, text):
            return again
        if head in known.together and (together := self._together(words, named, at)):
            return together
        if head in known.documents or (head == "it" and said.cue and self._passive(said)):
            if named and head != "it":
                return Voice(named, "document", f"the text names whose document it is: {text}")
            return self._paper(head, words, at) or self._document(at, text)
        if named and not sides(named) and (introduced := self._introduced(said, text, at)):
            return introduced
        if named and not (head in known.outlets and not any(p.represents for p in named)):
            return Voice(named, "named", f"named as {text}")
        if head in known.outlets or any(w in known.outlets for w in words[-3:]):
            return self._unnamed(words, text)
        if again := self._again(words, text) or self._introduced(said, text, at) or self._labelled(said, text):
            return again
        if head in _DIPLOMATS:
            return self._unnamed(words, text)
        return Voice((), "none", f"nobody is known as {text}")

    def _unnamed(self, words: list[str], text: str) -> Voice:
        """Diplomats and informed circles without name and side are speakers, as "unnamed"; other outlets are none."""
        if len(words) <= _MOST and (head_of(words) in _DIPLOMATS or _INFORMED.fullmatch(" ".join(words))):
            name = re.sub(r"^(the|an?|some|one|two|three|several) ", "", " ".join(text.split()), flags=re.IGNORECASE)
            return Voice((Participant(name, "person", None),), "unnamed", f"speakers without name or side: {text}")
        return Voice((), "outlet", f"only an outlet or expert speaks: {text}")

    def _report(self, words: list[str], at: int) -> Voice | None:
        """ "The report says", where a readout or statement was quoted before, is of whoever issued that."""
        if words != ["the", "report"] or self._issuer is None:
            return None
        voice = self._document(at, "the report")
        return voice if voice.participants else None

    def _same_unnamed(self, words: list[str], text: str) -> Voice | None:
        """ "The officials", where officials of one side spoke before, are those."""
        if len(words) != 2 or words[0] != "the" or words[1] not in {"officials", "diplomats", "official", "diplomat"}:
            return None
        for before, voice in reversed(self._heard):
            if words[1] in _WORD.findall(before) and len(voice.participants) == 1:
                return Voice(voice.participants, "named", f"{text}: those called so before: {before}")
        return None

    def _named(self, said: Attribution, words: list[str]) -> tuple[Participant, ...]:
        """Whom the cast knows under the speaker's nominal, without those of an aside and without private people."""
        assert said.speaker is not None
        start, end = core(self._reading.text, said.speaker)
        start = owned(self._reading.text, (start, end), self._cast)
        if words and words[0] in {"who", "which"} and len(words) == 1:
            start, end = self._meant(said) or (start, end)
        elif words and words[0] in {"he", "she"} and len(words) == 1 and (carried := self._carried(said)):
            return carried
        named = self._cast.resolve(start, end) or self._pronoun(said, words)
        if len(named) > 1 and (theirs := spoken_for(self._reading.text, (start, end), self._cast)):
            named = tuple(p for p in named if p not in theirs) or named
        named = apart(self._reading.text[start:end], tuple(p for p in named if not _PRESS.search(p.name)))
        return () if named and self._private((start, end)) else named

    def _meant(self, said: Attribution) -> Span | None:
        """The nominal that "who" stands for."""
        assert said.speaker is not None
        found = antecedent(self._reading.sentences[said.sentence], said.speaker)
        span = trimmed(self._reading.text, found) if found else None
        return core(self._reading.text, span) if span else None

    def _carried(self, said: Attribution) -> tuple[Participant, ...]:
        """Who spoke last, where "he" would else be somebody who is named only inside what was said.

        Whoever is spoken of does not take over the word: "X said that Y was late. He added".
        """
        assert said.speaker is not None
        if self._last is None or said.speaker[0] - self._last[0] > _CARRY:
            return ()
        last, there = self._last[1].participants, self._cast.resolve(*said.speaker)
        if len(last) != 1 or not person(last[0]) or not there or there == last:
            return ()
        before = [
            r
            for r in self._cast.within(max(0, said.speaker[0] - _CARRY), said.speaker[0])
            if r.kind != "pronoun" and set(there) <= set(r.participants)
        ]
        told = (*self._said, *said.content)
        latest = max(before, key=lambda r: r.start, default=None)
        if latest is not None and any(s <= latest.start and latest.end <= e for s, e in told):
            return last
        return ()

    def _private(self, span: Span) -> bool:
        """Is it a firm, a club or a private person with a national adjective: "the Spanish coach", "a US seed maker"?

        True where the nominal's head is a common noun that stands for no state, and nothing but a demonym or a
        country before it, or somebody without a name, resolves.
        """
        words = _WORD.findall(self._reading.text[slice(*span)].split(",")[0])
        head = head_of([w.lower() for w in words])
        at = next((w for w in words if w.lower() == head), "")
        known = lexicon()
        if not at or at[0].isupper() or len(words) > _MOST:
            return False
        inside = [r for r in self._cast.within(*span) if r.participants]
        if any(r.kind == "name" for r in inside):
            return False
        if any(self._reading.text[r.start : r.end].lower().endswith(head) for r in inside):
            return head in known.private
        return bool(inside) and head not in known.public | known.documents | known.together | known.outlets

    def _introduced(self, said: Attribution, text: str, at: int) -> Voice | None:
        """A name that nobody knows, right behind the words of an unnamed spokesperson, is that spokesperson's.

        Whoever speaks only inside the words told is another: "the embassy asked for a visa, Novak said".
        """
        if self._last is not None and any(s <= self._last[0] < e for s, e in said.content):
            return None
        if self._last is None or not self._heard or not _NAME.fullmatch(text) or at - self._last[0] > _CLOSE:
            return None
        before, voice = self._heard[-1]
        own = sides(voice.participants)
        if len(own) != 1 or not _UNNAMED.search(before) or any(p.actor for p in voice.participants if person(p)):
            return None
        unnamed = voice.participants[0]
        speaker = Participant(text, "person", next(iter(own)), office=unnamed.office or unnamed.name)
        if len(voice.participants) == 1 and person(unnamed):
            self._names[unnamed] = speaker
        return Voice((speaker,), "introduced", f"{text} is named right after an unnamed speaker: {before}")

    def _labelled(self, said: Attribution, text: str) -> Voice | None:
        """Who answers in a transcript under a surname ("MR. NOVAK:"): whoever the text knows by it, else somebody of
        the office whose briefing it is."""
        surname = text.split()[-1].strip(".:").lower() if said.lemma == TURN and text.split() else ""
        if not surname or _ASKING.match(text):
            return None
        for reference in self._cast.references:
            people = reference.participants
            if len(people) == 1 and person(people[0]) and people[0].name.lower().split()[-1] == surname:
                return Voice(people, "named", f"{text} is {people[0].name} by the surname")
        for reference in self._cast.within(0, min(_OPENING, said.speaker[0] if said.speaker else 0)):
            offices = [p for p in reference.participants if p.represents and not person(p)]
            if offices and reference.kind in {"name", "nominal", "body"}:
                speaker = Participant(text.title(), "person", offices[0].represents, office=offices[0].name)
                return Voice((speaker,), "introduced", f"{text} answers for {offices[0].name}")
        return None

    def _official(self, span: Span) -> bool:
        """Does a nominal name an actor by more than a demonym ("a Turkish newspaper") or a place?"""
        inside = self._cast.within(*span)
        return any(r.kind not in {"demonym", "place"} and r.participants for r in inside)

    def _again(self, words: list[str], text: str) -> Voice | None:
        """ "The official", "the spokeswoman": whoever was called so when speaking before."""
        if len(words) != 2 or words[0] != "the":
            return None
        for before, voice in reversed(self._heard):
            if (words[1] in _WORD.findall(before) or spokes(words[1], before)) and any(
                p.type == "person" for p in voice.participants
            ):
                return Voice(voice.participants, "named", f"{text} is the one called so before: {before}")
        return None

    def _pronoun(self, said: Attribution, words: list[str]) -> tuple[Participant, ...]:
        """ "According to him": the person named first in the same sentence, else whoever spoke last."""
        if not words or words[-1] not in {"him", "her", "he", "she"} or len(words) > 1:
            return ()
        sentence = self._reading.sentences[said.sentence]
        before = said.cue[0] if said.cue else sentence.end
        for start, end in ((sentence.start, before), previous(self._reading, said.sentence)):
            for reference in self._cast.within(start, end):
                if reference.type == "person" and reference.participants and reference.kind != "pronoun":
                    return reference.participants
        return self._last[1].participants if self._last else ()

    def _notice(self, said: Attribution) -> Voice | None:
        """Who a sentence names as the issuer of the document it speaks of: "stated in a message of the spokesman X"."""
        sentence = self._reading.sentences[said.sentence]
        found = _ISSUED.search(sentence.text)
        if found is None:
            return None
        for reference in self._cast.within(sentence.start + found.end(), sentence.end):
            if any(p.represents for p in reference.participants):
                return Voice(reference.participants, "document", f"named as the one whose {found.group(1)} it is")
        return None

    def _together(self, words: list[str], named: tuple[Participant, ...], at: int) -> Voice | None:
        """Both sides of the encounter told of last, for a bare plural such as "the two ministers"."""
        theirs = {p.represents for p in named if p.represents}
        if not bare_plural(words) or (
            len(theirs) >= 2 and (words[-1] in _STATES or any(p.type == "person" for p in named))
        ):
            return None
        for encounter, people in self._before(at):
            there = {p.represents for p in people if p.represents}
            if len(there) >= 2 and (len(theirs) < 2 or theirs == there):
                two = self._alike(one_for_each_side(people)) if len(there) == 2 else people
                return Voice(two, "together", f"both sides of the {encounter.kind} told of before ({encounter.id})")
        return None

    def _alike(self, two: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Two sides as states, where one is known as its state and the other by its people alone: "both sides"."""
        bodies = sides(tuple(p for p in two if not person(p)))
        alone = sides(two) - bodies
        if not bodies or not alone:
            return two
        known: dict[str, Participant] = {}
        for reference in self._cast.references:
            for p in reference.participants:
                if len(reference.participants) == 1 and p.type == "government" and p.represents in alone:
                    known.setdefault(p.represents or "", p)
        if alone - known.keys():
            return two
        bare = tuple(p for p in two if not person(p))
        return (*bare, *(known[side] for side in sorted(s for s in alone if s)))

    def _before(self, at: int) -> list[tuple[Encounter, tuple[Participant, ...]]]:
        """Encounters that the text has told of shortly before, the nearest first."""
        near: list[tuple[int, Encounter]] = []
        for encounter in self._encounters:
            places = [p.start for p in encounter.evidence if p.start <= at and at - p.start < _REACH]
            if places:
                near.append((max(places), encounter))
        near.sort(key=lambda pair: (-pair[0], pair[1].status != "held", pair[1].id))
        return [(e, e.participants) for _, e in near]

    def _passive(self, said: Attribution) -> bool:
        cue = self._reading.text[slice(*said.cue)].lower() if said.cue else ""
        return any(w in _PASSIVE for w in _WORD.findall(cue)) and bool(re.search(r"\b(is|was|were|are|been)\b", cue))

    def _document(self, at: int, text: str) -> Voice:
        told = max((pair for pair in self._issued if pair[0] <= at), key=lambda pair: pair[0], default=None)
        latest = max((r for r in (told, self._issuer) if r is not None), key=lambda r: r[0], default=None)
        for remembered in (latest, self._last):
            if remembered is not None and at - remembered[0] < _REACH:
                issuer = remembered[1].participants
                return Voice(issuer, "document", f"{text} is of the one who was speaking before")
        return Voice((), "document", f"nobody is known to have issued {text}")

    def _without(self, said: Attribution, at: int) -> Voice:
        quoted = bool(said.content) and self._reading.quoted(said.content[0][0] + 1, said.content[0][1] - 1)
        if self._passive(said) and (notice := self._notice(said)):
            self._issuer = (at, notice)
            return notice
        if quoted and self._last is not None and at - self._last[0] < _REACH:
            return Voice(
                self._last[1].participants, "carried", "a quotation without speaker goes on with the one before"
            )
        if _AGREED.match(self._reading.text[slice(*said.cue)] if said.cue else "") and (
            both := self._together(["they"], (), at)
        ):
            return both
        if self._passive(said):
            return self._document(at, "what is reported without a speaker")
        return Voice((), "none", "the text names no speaker")


def _sided(voice: Voice) -> bool:
    return any(p.represents for p in voice.participants)
