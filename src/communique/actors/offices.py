"""Offices as reports write them: the core ("foreign minister"), whose it is, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from communique.actors.employers import bare_secretary, of_firm
from communique.actors.kinds import OfficeKind, Phrase, office_kinds, office_words
from communique.actors.words import Lists, Word, lists

__all__ = ["Office", "OfficeKind", "Side", "described", "find_offices", "in_list", "office_kinds", "office_words"]


class Side(NamedTuple):
    """A body that the text names at some words, as whose office or group it can be."""

    first: int
    last: int
    body: str
    side: str | None
    form: str


@dataclass(slots=True)
class Office:
    """An office named in the text, from word `first` to word `last`; the core is the office's own words.

    `sides` are the bodies whose office it is, `accredited` the one to which its holder is sent. `standing` is
    "now", "former" or "coming". `his` says that a pronoun or possessive marks it ("his Chinese counterpart").
    """

    kind: OfficeKind
    first: int
    last: int
    core: tuple[int, int]
    plural: bool
    sides: list[Side] = field(default_factory=list)
    accredited: str | None = None
    standing: str = "now"
    his: bool = False
    definite: bool = False
    indefinite: bool = False
    portfolio: str = ""
    owner: int = -1
    """The first word of the name of the person whose this office is: "special envoy of President X"."""

    @property
    def side(self) -> str | None:
        """For whom the office acts, as far as the phrase says."""
        return next((s.side for s in self.sides if s.side), None)


_NO_KING: Final = frozenset({"dr", "mr", "he", "h.e", "eng", "prof", "mrs", "ms"})
"""Titles that do not stand before a crown."""
_CROWNS: Final = frozenset({"monarch", "queen"})


def _behind_name(words: Sequence[Word], at: int, ends: dict[int, Side], known: Lists) -> bool:
    """Does a capitalised name word stand straight before?"""
    if not at or not words[at].capital or at - 1 in ends:
        return False
    before = words[at - 1]
    opens = at == 1 or words[at - 2].sentence != before.sentence
    if opens and before.low.endswith(("ed", "ing")):
        return False  # "Briefed Pope John Paul II"
    titled = before.low.rstrip(".") in known.honorifics or before.low in known.modifiers or before.low in known.openers
    return before.sentence == words[at].sentence and before.alpha and before.capital and not titled


def find_offices(words: Sequence[Word], sides: Sequence[Side]) -> list[Office]:
    """Every office named in the words, in order, with the bodies around it taken in.

    `sides` are the bodies found in the text. An office does not overlap another one.
    """
    phrases, begins, _ = office_kinds()
    known = lists()
    ends = {s.last: s for s in sides}
    opens = {s.first: s for s in sides}
    inside = {i for s in sides for i in range(s.first, s.last + 1)}
    found: list[Office] = []
    at = 0
    while at < len(words):
        match = _match(words, at, phrases, inside) if words[at].low in begins and at not in inside else None
        if match and match[1] == at and words[at].low == "chief" and at + 1 in opens:
            match = None  # "chief Palestinian negotiator"
        if match and match[0].kind.id in _CROWNS and at and words[at - 1].low.rstrip(".") in _NO_KING:
            match = None  # "Dr. Sultan Al Jaber"
        if match and match[1] == at and match[0].kind.id in _CROWNS and _behind_name(words, at, ends, known):
            match = None  # "Martin Luther King"
        if match and found and found[-1].last == at - 1 and match[1] == at and match[0].kind.id in _CROWNS:
            match = None  # "Taliban foreign minister Amir Khan Muttaqi": a given name
        if match is None:
            at += 1
            continue
        phrase, last = match
        floor = found[-1].last + 1 if found else 0
        office = _office(words, at, last, phrase, ends, opens, known, floor)
        if office is None:
            at += 1
            continue
        found.append(office)
        at = office.last + 1
    return found


def _match(
    words: Sequence[Word], at: int, phrases: dict[tuple[str, ...], Phrase], inside: set[int]
) -> tuple[Phrase, int] | None:
    for length in range(min(10, len(words) - at), 0, -1):
        tokens = tuple(w.low for w in words[at : at + length])
        phrase = phrases.get(tokens)
        if (
            phrase
            and words[at].sentence == words[at + length - 1].sentence
            and not (inside & set(range(at, at + length)))
            and not _inside_name(words, at, length)
            and not _adjective(words, at + length - 1)
            and not of_firm(words, at, at + length - 1, inside)
            and (length > 1 or len(words[at].low) > 2 or words[at].text.isupper())
        ):
            return phrase, at + length - 1
    return None


def _adjective(words: Sequence[Word], last: int) -> bool:
    if last + 1 >= len(words):
        return False
    after = words[last + 1]
    if after.text in {"League", "Magazine", "Division", "Cup"}:
        return True  # "the Premier League", "Diplomat Magazine"
    if words[last].low != "official":
        return False
    if last + 2 < len(words) and words[last + 2].low in {"news", "agency"}:
        return True  # "the official KUNA news agency"
    return (
        after.text.isalpha() and after.text.islower() and after.low not in lists().official and after.low[-2:] != "ed"
    )


def _inside_name(words: Sequence[Word], at: int, length: int) -> bool:
    """Is a single word that could be an office part of a hyphenated name ("Amir-Abdollahian")?"""
    if length > 1 or not words[at].capital or at + 2 >= len(words):
        return False
    return words[at + 1].text in "-‐‑" and not words[at + 1].spaced and words[at + 2].capital


def _office(
    words: Sequence[Word], first: int, last: int, phrase: Phrase, ends: dict[int, Side], opens: dict[int, Side],
    known: Lists, floor: int,
) -> Office | None:  # fmt: skip
    office = Office(phrase.kind, first, last, (first, last), phrase.plural)
    if phrase.before:
        start = first
        while (
            start > floor
            and start - 1 not in ends
            and words[start - 1].low in known.portfolios
            and words[start - 1].sentence == words[first].sentence
        ):
            start -= 1
        while start < first and words[start].low in {"the", "and"}:
            start += 1
        bare = words[first].low in {"minister", "ministers"} or (
            words[first].low.startswith("commissioner") and first - 1 in ends
        )
        if start == first and not bare:
            if not bare_secretary(words, first):
                return None
            office.kind = next(p.kind for p in office_kinds()[0].values() if p.kind.id == "secretary")
        office.portfolio = " ".join(w.low for w in words[start:first])
        office.first, office.core = start, (start, last)
    if phrase.after:
        end = _portfolio_end(words, last + 1, opens)
        if end <= last and words[last].low in {"of", "for"}:
            # "minister of Ukraine": a minister whose portfolio is not named
            office.last, office.core = last - 1, (first, last - 1)
        else:
            office.portfolio = " ".join(w.low for w in words[last + 1 : end + 1])
            office.last, office.core = end, (first, end)
    elif last > first and last + 2 < len(words) and words[last + 1].low in {"and", "&"}:
        # "Minister of Foreign Affairs and International Cooperation"
        joined = {w.low for w in words[first:last]} & {"of", "for"} and words[last + 2].low in known.portfolios
        if joined and words[last + 2].capital and words[last + 2].low != "the":
            office.last = _portfolio_end(words, last + 2, opens)
            office.core = (first, office.last)
    _look_left(words, office, ends, known, floor)
    _look_right(words, office, opens)
    return office


def _portfolio_end(words: Sequence[Word], at: int, opens: dict[int, Side]) -> int:
    """The last word of a portfolio that begins at `at`; `at - 1` if there is none."""
    known = lists().portfolios
    end = at - 1
    i = at
    while i < len(words) and words[i].sentence == words[at - 1].sentence:
        word = words[i]
        if i in opens:
            break
        if (word.low in known and word.low not in {"the", "and"}) or (
            word.capital and word.alpha and i == at and word.low not in {"the"}
        ):
            end = i
        elif not (word.low in {"and", "of", "for", "&", ",", "the"} and i > at - 1):
            break
        i += 1
    return end


_SENT: Final = frozenset({"special_envoy", "ambassador"})
_HEADS: Final = frozenset({"io_head", "io_deputy"})
"""Offices whose holders are for a state without being of it."""


def _look_left(words: Sequence[Word], office: Office, ends: dict[int, Side], known: Lists, floor: int) -> None:
    """Take in modifiers, the body whose office it is, determiners."""
    at = office.first - 1
    sentence = words[office.first].sentence
    if office.kind.id == "spokesperson" and at > floor and words[at].low == "ministry" and at not in ends:
        # "Foreign Ministry spokesman"
        while at - 1 >= floor and words[at - 1].low in known.portfolios and at - 1 not in ends:
            at -= 1
        office.first, office.portfolio, at = at, "ministry", at - 1
    if office.kind.id == "spokesperson" and at - 2 >= floor and _voiced(words, at) and at - 1 not in ends:
        office.first, office.definite = at - 2, True  # "the ministry's spokesman"
        return
    while at >= floor and words[at].sentence == sentence:
        low = words[at].low
        if at in ends and not (office.sides and not office.plural) and _belongs(words, ends[at], at, office):
            side = ends[at]
            if side.first < floor:
                break
            if side.side in _SEATS and words[office.core[1]].low == "ambassador" and _sent_to(words, side, ends):
                office.accredited, office.first, at = side.side, side.first, side.first - 1
                continue
            office.sides.insert(0, side)
            office.first = side.first
            at = side.first - 1
            continue
        if low in {"'s", "’s"} and at - 1 in ends and not office.sides:
            office.sides.insert(0, ends[at - 1])
            office.first = ends[at - 1].first
            at = office.first - 1
            continue
        if low in known.modifiers and low not in {"the"}:
            if low in known.former:
                office.standing = "former"
            elif low in known.coming:
                office.standing = "coming"
            office.first = at
        elif not office.sides and (skipped := described(words, at, floor, ends)) is not None:
            # "the UN climate chief": lower-case words between the side and the office
            office.first = skipped
            at = skipped - 1
            continue
        elif (
            low == "-"
            and not words[at].spaced
            and at - 1 >= floor
            and (words[at - 1].low in known.modifiers or at - 1 in ends)
        ) or (office.plural and office.sides and low in {"and", "&", "-"} and at - 1 in ends):
            pass
        elif office.plural and low == "," and in_list(words, ends.get(at - 1), office.sides):
            pass  # "Chinese, Japanese and South Korean"; but "in France, Serb negotiators"
        elif low in {"the", "a", "an", "his", "her", "their", "its", "both", "two", "three", "our"}:
            office.definite = office.definite or low in {"the", "both", "two"}
            office.indefinite = low in {"a", "an"}
            office.his = office.his or low in {"his", "her", "their", "its"}
            office.first = at
            if low not in {"two", "three"}:
                break
        else:
            break
        at -= 1


_VOICED: Final = frozenset({"ministry", "department", "presidency", "government", "office", "embassy", "council"})
"""Class nouns of bodies that have spokesmen."""


def _voiced(words: Sequence[Word], at: int) -> bool:
    return words[at].low in {"'s", "’s"} and words[at - 1].low in _VOICED and words[at - 2].low == "the"


_SEATS: Final = frozenset({"UN", "EU", "NATO", "AU", "OSCE"})


def _sent_to(words: Sequence[Word], side: Side, ends: dict[int, Side]) -> bool:
    """Is an ambassador behind an organisation the one to it: "U.N. ambassador", "Russia's NATO ambassador"?"""
    owner = side.first - 2 if side.first > 1 and words[side.first - 1].low in {"'s", "’s"} else side.first - 1
    return side.side == "UN" or owner in ends


def in_list(words: Sequence[Word], side: Side | None, others: Sequence[Side]) -> bool:
    """Does a side before a comma stand in a list with those behind it: not "in Japan, Russian and Chinese men"?"""
    if side is None or not others:
        return False
    before = words[side.first - 1].low if side.first else ""
    return before not in {"in", "at", "from", "to", "visited", "near", "with"} and (
        len(others) > 1 or side.form == others[0].form
    )


_PLAIN_STOP: Final = frozenset(
    {"and", "or", "the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "with", "from", "as", "is", "was",
     "said", "that", "s"}
)  # fmt: skip


def described(words: Sequence[Word], at: int, floor: int, ends: dict[int, Side]) -> int | None:
    """The first of up to three lower-case words behind a side and before an office; None if there is no such side."""
    step = at
    while step >= floor and at - step < 3 and words[step].text.isalpha() and words[step].text.islower():
        if words[step].low in _PLAIN_STOP or words[step].low.endswith(("ed", "ly")) or words[step].low in lists().verbs:
            return None
        owner = step - 2 if words[step - 1].low in {"'s", "’s"} else step - 1
        if owner >= floor and owner in ends and words[owner].sentence == words[at].sentence:
            return step
        step -= 1
    return None


def _belongs(words: Sequence[Word], side: Side, at: int, office: Office) -> bool:
    """Does the body that ends at word `at` own the office rather than stand beside it?"""
    between = words[at + 1].low if at + 1 < office.core[0] else ""
    return not (between in {"and", ","} and not office.plural)


def _through(words: Sequence[Word], at: int, opens: dict[int, Side]) -> Side | None:
    """The side behind the name of an institution: "head of the | Security Office of Chongwadae"."""
    step = at
    while step < len(words) and step < at + 9 and words[step].sentence == words[at].sentence:
        side = opens.get(step)
        if side is not None:
            led = step > at + 1 and words[step - 1].low in {"of", "the", "at"}
            return side if led and side.form != "demonym" else None
        word = words[step]
        if not (word.capital and word.alpha) and (word.low not in {"of", "the", "and", "for", "at"} or step == at):
            return None
        step += 1
    return None


def _region(words: Sequence[Word], at: int) -> int | None:
    """The last word of a region or subject for which somebody is sent, that begins at a word; None if none does."""
    for length in range(4, 0, -1):
        if " ".join(w.low for w in words[at : at + length]) not in lists().regions:
            continue
        end = at + length - 1
        if end + 1 < len(words) and words[end + 1].low == "region":
            end += 1
        if end + 2 < len(words) and words[end + 1].low == "and" and (more := _region(words, end + 2)):
            return more
        return end
    return None


def _leads_to_office(words: Sequence[Word], at: int) -> bool:
    """Does an office begin at the word, modifiers before it allowed?"""
    phrases, begins, _ = office_kinds()
    while at < len(words) and words[at].low in lists().modifiers:
        at += 1
    return at < len(words) and words[at].low in begins and _match(words, at, phrases, set()) is not None


def _institution(words: Sequence[Word], last: int) -> int:
    """The last word of an institution that goes on behind its side: "the Malian | Ministry of Defence"."""
    known = lists().institutions
    end, i = last, last + 1
    while i < len(words) and i <= last + 6 and words[i].sentence == words[last].sentence:
        if words[i].low in known and (
            words[i].capital or end > last or words[i].low.endswith(("ministry", "government"))
        ):
            end = i
        elif words[i].low not in {"of", "for", "and"} or end == last:
            break
        i += 1
    return end


def _look_right(words: Sequence[Word], office: Office, opens: dict[int, Side]) -> None:
    """Take in "of Ukraine", "of the US State Department", "to the United Nations", "-elect"."""
    at = office.last + 1
    sentence = words[office.last].sentence
    for _ in range(3):
        if at + 1 >= len(words) or words[at].sentence != sentence:
            return
        if words[at].text in {"I", "II", "III"}:
            at += 1  # "Minister of Foreign Affairs II of Brunei"
            continue
        if words[at].text == "-" and words[at + 1].low in {"elect", "designate"}:
            office.standing = "coming"
            office.last = at + 1
            at += 2
            continue
        preposition = words[at].low
        if preposition not in {"of", "for", "to", "from", "at", "in", "with"}:
            return
        if preposition == "with" and words[office.core[1]].low not in {"official", "diplomat", "spokesman"}:
            return
        target = at + 1
        while (
            target < len(words)
            and words[target].low in {"the", "republic", "state", "kingdom", "government", "of"}
            and target not in opens
            and target < at + 4
        ):
            target += 1
        side = opens.get(target)
        if side is None and preposition == "for" and (end := _region(words, target)) is not None:
            office.last, at = end, end + 1
            continue
        if side is None and preposition in {"of", "at"}:
            side = _through(words, target, opens)
        if side is None or words[side.first].sentence != sentence:
            return
        if side.form == "demonym" and _leads_to_office(words, side.last + 1):
            return  # "the special envoy of the Chinese president"
        if preposition == "to" and office.kind.id == "presidential_staff" and not office.sides:
            office.sides.append(side)
        elif preposition == "to" or (
            preposition in {"for", "in", "at"}
            and (office.side or office.kind.id in _SENT or (office.kind.id in _HEADS and len(side.side or "") == 2))
        ):
            office.accredited = office.accredited or side.side
        elif preposition in {"of", "from"} or not office.sides:
            if office.side and preposition == "of" and office.kind.id not in {"spokesperson"}:
                return
            office.sides.append(side)
        office.last = _institution(words, side.last)
        at = office.last + 1
        while office.plural and preposition in {"of", "from"} and at + 1 < len(words):
            step = at + (words[at].low in {",", "and", "&"}) + (words[at].low == "," and words[at + 1].low == "and")
            step += step < len(words) and words[step].low == "the"
            more = opens.get(step)
            if more is None or step == at or words[step].sentence != sentence:
                break
            office.sides.append(more)
            office.last, at = more.last, more.last + 1
