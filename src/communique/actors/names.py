"""Runs of capitalised words that name a person, and which bodies in the text are parts of such names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from communique.actors.authority import Authority, Hit
from communique.actors.folding import PARTICLES, key, name_words
from communique.actors.offices import Office
from communique.actors.words import Word, lists, retired, titled

__all__ = ["Run", "find_runs", "headline", "nicknamed"]


@dataclass(slots=True)
class Run:
    """A run of words that may name a person: words `first` to `last`, and the words that carry the name."""

    first: int
    last: int
    text: str
    words: tuple[str, ...]
    offices: list[Office] = field(default_factory=list)
    honorific: str = ""
    gender: str = ""
    start_word: int = -1
    end_word: int = -1
    side: str | None = None
    side_because: str = ""
    headline: bool = False
    inside: bool = False
    """Does the name stand inside the title of somebody else: "the special envoy of President X"?"""


def headline(words: Sequence[Word]) -> bool:
    """Is this sentence set like a headline, with (nearly) every longer word capitalised?"""
    if not words or words[-1].text in {".", ";", "!"}:
        return False
    long = [w for w in words if w.alpha and len(w.text) > 3]
    return len(long) >= 4 and sum(w.capital for w in long) >= 0.8 * len(long)


_JOIN: Final = frozenset("-–‐‑")
_QUOTE: Final = frozenset("'’‘")
_AMBIGUOUS: Final = frozenset({"may", "june", "april", "august", "march"})
"""Months that are names of people too."""
_DATED: Final = frozenset(
    {"in", "of", "since", "until", "till", "by", "early", "late", "last", "next", "this", "mid", "from", "to", "on",
     "during", "before", "after", "-", "each", "every", "past", "coming", "through", "between"}
)  # fmt: skip
"""Words behind which a month is a month."""
_CALLED: Final = frozenset(
    {"foundation", "university", "institute", "airport", "hospital", "museum", "library", "stadium", "bridge",
     "college", "academy", "prize", "award", "street", "avenue", "square", "boulevard", "mosque", "cathedral",
     "times", "post", "herald", "tribune", "journal", "gazette", "magazine", "group", "league", "club", "cup"}
)  # fmt: skip
"""Words behind a person's name that make it that of an institution or a street."""
_SYLLABLES: Final = frozenset({"in", "so", "an", "no", "do", "on"})
"""Words that end names written in syllables: "Moon Jae In"."""
_TITLE_NAMES: Final = frozenset({"major", "sen", "tun", "tan", "judge", "bishop", "marshal", "field", "lord", "king"})
_INNER: Final = frozenset(
    {"tan", "tun", "he", "sheikh", "sen", "u", "major", "field", "hajji", "sayyid", "pehin", "haji"}
)
"""Titles that are words of names where a name goes on behind them: "Nguyen Tan Dung", "Hassan Sheikh Mohamud"."""
_ACRONYM: Final = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Le|La|Van|O['’])[A-Z])(?![IVX]+$)(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z]{2,5}$"
)
"""Acronyms of up to five letters: "MoFA", "EAM"; not "McKay"."""
_NICKNAME: Final = re.compile(r"\s[(\"“'‘]([\w-]+)[)\"”'’](?=\s)")
_LOWER_START: Final = PARTICLES - {"an", "as", "do", "e", "y", "la", "les"}


def nicknamed(run: Run) -> tuple[str, ...]:
    """The words of a name with the nickname that stands in it for what is before: ("wim", "kok"); empty without one."""
    match = _NICKNAME.search(run.text)
    return name_words(match.group(1) + run.text[match.end() :]) if match else ()


def find_runs(
    text: str,
    words: Sequence[Word],
    hits: dict[int, tuple[Hit, int]],
    offices: Sequence[Office],
    authority: Authority,
) -> list[Run]:
    """Every run of name words outside offices, in order.

    `hits` maps the first word of a body or place to its hit and last word; entries that turn out to be parts of a
    person's name ("Israel Katz", "Vladimir Putin", "President Bush") are removed from it.
    """
    return _Finder(text, words, hits, offices, authority).runs()


class _Finder:
    """Walks the words of one text."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        hits: dict[int, tuple[Hit, int]],
        offices: Sequence[Office],
        authority: Authority,
    ) -> None:
        self.text, self.words, self.hits, self.authority = text, words, hits, authority
        self.office = {i for o in offices for i in range(o.first, o.last + 1)}
        known = lists()
        self._shouted: dict[int, bool] = {}
        self._headed: dict[int, bool] = {}
        self.openers, self.never, self.titles = known.openers, known.never, known.honorifics
        # A name follows directly: words after "President", "Foreign Minister of Iran", "Mr".
        self.personal = {o.last + 1 for o in offices if not o.indefinite} | {
            retired(words, i + 1) + 1 for i, w in enumerate(words) if titled(words, i) and w.text != "He"
        }
        # "Dato’ Sri Ismail": the mark belongs to the title
        self.personal |= {i + 1 for i in self.personal if i < len(words) and words[i].text in _QUOTE}
        self.borne: set[str] = set()
        self.surnames = {w.low for i, w in enumerate(words) if w.low in _AMBIGUOUS and self.month_name(i)}
        self.borne = {w.low for i, w in enumerate(words) if i in self.personal and self._borne(i)}

    def runs(self) -> list[Run]:
        found: list[Run] = []
        at = 0
        while at < len(self.words):
            hit = self.hits.get(at)
            if hit and not self.in_name(at, hit):
                at = hit[1] + 1
                continue
            if at in self.office or not self.starts(at):
                at += 1
                continue
            if self.outlet(at):
                at += 1
                continue
            last = self.grow(at)
            written = self.text[self.words[at].start : self.words[last].end]
            carried = tuple(k for w in self.words[at : last + 1] if w.alpha and (k := key(w.text)))
            if self.site(last):
                at = last + 1
                continue
            run = Run(at, last, written, name_words(_NICKNAME.sub(" ", written)) or carried)
            run.start_word, run.end_word = at, last
            found.append(run)
            for i in range(at, last + 1):
                self.hits.pop(i, None)
            at = last + 1
        return found

    def outlet(self, at: int) -> bool:
        """Does a word behind "told" name an outlet rather than begin the name: "he told Infobae Aparicio Ponce"?"""
        before, given = self.word(at - 1), self.authority.given
        if before is None or before.low not in {"told", "tells"} or self.words[at].low in given:
            return False
        after, third = self.word(at + 1), self.word(at + 2)
        named = after is not None and after.capital and third is not None and third.capital
        return named and after is not None and after.low in given and at + 1 not in self.hits

    def site(self, last: int) -> bool:
        """Is an institution called after the person whose name ends here: "the X Foundation", "X Airport"?"""
        after = self.word(last + 1)
        same = after is not None and after.sentence == self.words[last].sentence and after.capital
        return same and after is not None and after.low in _CALLED and last not in self.personal

    def word(self, at: int) -> Word | None:
        return self.words[at] if 0 <= at < len(self.words) else None

    def is_name(self, at: int) -> bool:
        """Could the word be part of a person's name?"""
        word = self.word(at)
        if word is None or not word.capital or not word.alpha:
            return False
        if word.low in self.borne and at not in self.personal:
            # "Park said" of a President Park
            before, after = self.word(at - 1), self.word(at + 1)
            led = before is not None and before.sentence == word.sentence and (before.capital or before.low == "the")
            return not led and not (after is not None and after.capital)
        if titled(self.words, at):
            # "Prime Minister Major said"; but "General Petraeus"
            after = self.word(at + 1)
            plain = word.low in _TITLE_NAMES and at in self.personal
            return plain and not (after is not None and after.capital)
        if _ACRONYM.match(word.text) and at not in self.personal and not self.shouted(word.sentence):
            before = self.word(at - 1)
            return (
                before is not None and before.low in self.authority.given and word.text.isupper() and len(word.text) > 3
            )
        if word.low in _AMBIGUOUS:
            before, after = self.word(at - 1), self.word(at + 1)
            dated = (before is not None and before.low in _DATED) or (after is not None and after.text[0].isdigit())
            return self.month_name(at) or (word.low in self.surnames and not dated)
        if word.low not in self.never:
            # "Foreign Minister Due in Baghdad", "Lavrov Arrives"
            headed = word.low in lists().verbs and word.low not in self.authority.given and self.heads(word.sentence)
            return not headed
        if word.low == "park" and (joint := self.word(at + 2)) is not None and joint.text in _JOIN:
            return self.words[at + 1].capital  # "Park Nam-chul"
        # "President Park Geun-hye", "Prime Minister Bill English"
        before, after = self.word(at - 1), self.word(at + 1)
        if at in self.personal:
            return word.low in self.authority.given or (
                after is not None and after.capital and after.alpha and after.low not in self.never
            )
        return at - 1 in self.personal and before is not None and before.low in self.authority.given

    def _borne(self, at: int) -> bool:
        """Does a word that is no name elsewhere end or begin one: "Prime Minister Major", "Park Geun-hye"?"""
        word, after = self.words[at], self.word(at + 1)
        if not word.capital or not (word.low in self.never or word.low in _TITLE_NAMES):
            return False
        hyphened = (joint := self.word(at + 2)) is not None and joint.text in _JOIN
        return self.is_name(at) and (after is None or not after.capital or hyphened)

    def month_name(self, at: int) -> bool:
        """Is a word that is a month part of a name: "Theresa May", "Prime Minister May", not "in May" or "May 9"?"""
        word, before, after = self.words[at], self.word(at - 1), self.word(at + 1)
        if not word.capital or (after is not None and after.text[0].isdigit()):
            return False
        if at in self.personal:
            return True
        if before is None or before.sentence != word.sentence or not before.capital:
            return False
        led = (
            at - 1 in self.personal and before.alpha and before.low not in self.openers and before.low not in self.never
        )
        return led or before.low in self.authority.given

    def heads(self, sentence: int) -> bool:
        """Is the sentence set like a headline?"""
        found = self._headed.get(sentence)
        if found is None:
            found = self._headed[sentence] = headline([w for w in self.words if w.sentence == sentence])
        return found

    def shouted(self, sentence: int) -> bool:
        """Is the sentence set in capitals?"""
        found = self._shouted.get(sentence)
        if found is None:
            letters = [w.text for w in self.words if w.sentence == sentence and w.alpha and len(w.text) > 1]
            found = self._shouted[sentence] = sum(t.isupper() for t in letters) > 0.7 * len(letters)
        return found

    def starts(self, at: int) -> bool:
        """Can a name begin here?"""
        word, after = self.words[at], self.word(at + 1)
        low = word.low
        if after is None and not word.capital:
            return False
        if after is not None and low in PARTICLES and after.capital and after.alpha and word.capital:
            return True
        if after is not None and low in _LOWER_START and not word.capital:
            joined = after.text in _JOIN and at + 2 < len(self.words) and self.words[at + 2].capital
            return joined or (at in self.personal and after.capital)
        if not self.is_name(at) or (len(word.text) == 1 and after is not None and not after.capital):
            return False
        if low in _AMBIGUOUS:
            return True
        opens = at == 0 or self.words[at - 1].sentence != word.sentence or self.words[at - 1].text in "\"“”‘'«:;•*–—(["
        follows = self.is_name(at + 1)
        if opens and low not in self.authority.given:
            if low in self.openers or low.endswith("ly"):
                return False
            if low.endswith("ing") and not follows:
                return False
        return low not in self.openers or (follows and low in self.authority.given) or at in self.personal

    def in_name(self, at: int, hit: tuple[Hit, int]) -> bool:
        """Is the body or place at this word part of a person's name rather than itself?"""
        found, last = hit
        if found.form in {"demonym", "ignored"} or last - at > 1 or found.end - found.start < 3 or at in self.office:
            return False
        if found.form == "place" and at in self.personal:
            return True
        before, after = self.word(at - 1), self.word(last + 1)
        if last == at and at - 1 in self.personal and self.is_name(at - 1) and self.is_name(at + 1):
            return True  # "President Abdul Fatah Al Sisi"
        follows = (
            after is not None
            and after.sentence == self.words[at].sentence
            and last + 1 not in self.office
            and last + 1 not in self.hits
            and self.is_name(last + 1)
            and after.low not in self.openers
        )
        leads = (
            before is not None
            and before.sentence == self.words[at].sentence
            and at - 1 not in self.office
            and at - 1 not in self.hits
            and self.is_name(at - 1)
            and before.low in self.authority.given
        )
        if not follows and not leads:
            return False
        if follows and last == at and key(self.words[at].text) in self.authority.given:
            return True  # "Vladimir Putin", "Chad Bown"
        stretch = self.words[at - 1 if leads else at : last + 2 if follows else last + 1]
        names = name_words(" ".join(w.text for w in stretch))
        if len(names) < 2:
            return False
        wanted = set(names)
        numbers = self.authority.sharing(names, len(wanted))
        if any(wanted <= set(form) for n in numbers for form in self.authority.forms(n)):
            return True
        # "Michael Jordan": a given name straight before, nothing of a name behind
        return bool(leads and not follows and found.form in {"place", "name"} and last == at)

    def grow(self, at: int) -> int:
        """The last word of the name that begins at `at`."""
        words, last, i = self.words, at, at + 1
        titled = at in self.personal
        while i < len(words) and words[i].sentence == words[at].sentence and i not in self.office:
            word, after = words[i], self.word(i + 1)
            if (called := self.nickname(i)) and not called & self.office:
                i += 3
                continue
            if word.text in _JOIN and not word.spaced and after is not None and not after.spaced and after.alpha:
                if i + 1 in self.hits and after.low not in self.authority.given:
                    break
                last, i = i + 1, i + 2
                continue
            if i in self.hits:
                hit, end = self.hits[i]
                inside = titled and hit.form == "place" and end == i and words[i - 1].low != ","
                if not inside and not self.in_name(i, self.hits[i]):
                    break
            if self.is_name(i) or (word.capital and word.low in self.titles and self.last_name(i)):
                short = word.low in self.openers and word.low not in self.authority.given and len(word.text) < 4
                short = short and not (word.low == "he" and last == at)
                if (
                    short
                    and word.low not in _AMBIGUOUS
                    and (word.low not in _SYLLABLES or last == at or self.heads(word.sentence))
                ):
                    break
                last = i
            elif not self.links(i, after, last > at):
                break
            i += 1
        return last

    def nickname(self, at: int) -> set[int]:
        """The words of a nickname in brackets or quotes before the rest of a name: "Willem (Wim) Kok"."""
        ends = {"(": ")", '"': '"', "“": "”", "'": "'", "‘": "’"}.get(self.words[at].text)
        last = self.word(at + 3)
        if ends is None or last is None or self.words[at + 2].text != ends or last.sentence != self.words[at].sentence:
            return set()
        short = self.is_name(at + 1) and self.is_name(at + 3) and not {at + 1, at + 3} & set(self.hits)
        return {at + 1, at + 3} if short and last.low not in self.openers else set()

    def last_name(self, at: int) -> bool:
        """Does a title word stand inside a name or where one ends: "Hassan Sheikh Mohamud", "Hun Sen and"?"""
        word, after = self.words[at], self.word(at + 1)
        if word.text == "HE" or (word.low in _INNER and self.words[at - 1].low.rstrip(".") in self.titles):
            return False
        ends = after is None or not (after.capital or after.text == ".")
        if word.low == "he":
            return ends  # "Vice Premier Liu He said"
        return (ends and word.low in _TITLE_NAMES) or (not ends and word.low in _INNER and self.is_name(at + 1))

    def links(self, at: int, after: Word | None, longer: bool) -> bool:
        """Is the word a particle or apostrophe inside a name that goes on behind it?"""
        word = self.words[at]
        if after is None or at + 1 in self.office:
            return False
        if word.low in {"y", "e"}:
            return longer and self.is_name(at + 1) and at + 1 not in self.hits
        if word.text in _QUOTE:
            return not word.spaced and after.capital
        if word.text == "do":  # "Maria do Carmo Silva", but not "what will the Carmo do"
            return self.words[at - 1].low in self.authority.given and after.capital and self.is_name(at + 1)
        if word.low in PARTICLES and word.low not in {"as", "an"}:
            return after.text in _JOIN or (after.alpha and (after.capital or after.low in PARTICLES))
        return False
