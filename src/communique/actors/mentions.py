"""The first pass: every reference to an actor in the raw text, before anybody is settled for a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from communique.actors.authority import Authority, Hit
from communique.actors.bearing import meant_otherwise, sporting
from communique.actors.folding import name_words
from communique.actors.grouping import Group, find_groups
from communique.actors.introduced import Introduced, introduced
from communique.actors.leading import leads, paired
from communique.actors.names import Run, find_runs, headline
from communique.actors.nesting import nest, owned
from communique.actors.offices import Office, Side, described, find_offices
from communique.actors.organs import BodyNoun, closes, find_body_nouns, organs
from communique.actors.whereabouts import SMALL, Whereabouts, chosen, not_a_town, told_places
from communique.actors.words import Word, is_private, lists, retired, titled, words_of
from communique.language import Reading

__all__ = ["Group", "Named", "Pronoun", "refer"]


@dataclass(slots=True)
class Pronoun:
    """A personal pronoun."""

    word: int
    low: str


@dataclass(slots=True)
class Named:
    """What the first pass found; opaque to other rooms."""

    words: list[Word]
    hits: list[tuple[Hit, int, int]]
    sides: list[Side]
    offices: list[Office]
    runs: list[Run]
    groups: list[Group]
    pronouns: list[Pronoun]
    introduced: list[Introduced]
    free: list[Office] = field(default_factory=list)
    otherwise: dict[int, str] = field(default_factory=dict)
    """First words of states that are not meant themselves, and why."""
    sports: frozenset[int] = frozenset()
    """Sentences about sport."""
    lands: frozenset[str] = frozenset()
    """The states that the report names."""
    whereabouts: list[Whereabouts] = field(default_factory=list)
    nouns: list[BodyNoun] = field(default_factory=list)


def refer(reading: Reading, authority: Authority) -> Named:
    """Find the references of a report: bodies and places, offices, names of people, groups, pronouns."""
    text = reading.text
    words = words_of(text, [s.start for s in reading.sentences])
    by_start = {w.start: i for i, w in enumerate(words)}
    by_end = {w.end: i for i, w in enumerate(words)}
    spans: dict[int, tuple[Hit, int]] = {}
    hits = organs(text, paired(text, _witnessed(text, authority.scan(text), authority), authority), authority)
    for hit in hits:
        first, last = by_start.get(hit.start), by_end.get(hit.end)
        if first is None or last is None:
            first, last = _cover(words, hit)
        if first is not None and last is not None:
            spans[first] = (hit, last)
    sides = _sides(spans, authority)
    offices = nest(words, find_offices(words, sides))
    fresh = introduced(text, hits, authority)
    runs = find_runs(text, words, spans, offices, authority)
    taken = {s.first for s in sides} - set(spans)
    sides = [s for s in sides if s.first not in taken]
    for office in offices:
        office.sides = [s for s in office.sides if s.first not in taken]
    named = {i.start for i in fresh}
    runs = [r for r in runs if not any(i.start <= words[r.first].start < i.end for i in fresh)] if named else runs
    _mark_headlines(words, runs, len(reading.sentences))
    _attach(words, runs, offices, sides)
    leads(words, runs, sides)
    owned(words, offices, runs)
    used = {id(o) for r in runs for o in r.offices}
    free = [o for o in offices if id(o) not in used]
    groups = find_groups(words, sides, {i for o in offices for i in range(o.core[0], o.core[1] + 1)})
    pronouns = [
        Pronoun(i, w.low)
        for i, w in enumerate(words)
        if (w.low in _PRONOUNS and w.text != "IT" and (w.low != "her" or _object(words, i)))
        or (w.low in {"former", "latter"} and i and words[i - 1].low == "the" and closes(words, i))
    ]
    listed = [(h, f, last) for f, (h, last) in sorted(spans.items())]
    held = {i for _, f, last in listed for i in range(f, last + 1)}
    for spans_of in ([(r.first, r.last) for r in runs], [(o.first, o.last) for o in offices]):
        held |= {i for first, last in spans_of for i in range(first, last + 1)}
    held |= {i for g in groups for i in range(g.first, g.last + 1)}
    nouns = find_body_nouns(words, held)
    titled = [(words[r.start_word].start, words[r.end_word].end) for r in runs if r.offices or r.honorific]
    told = told_places(text, hits, [*titled, *((words[o.first].start, words[o.last].end) for o in offices)], authority)
    people = {key for r in runs if r.offices or r.honorific for key in r.words}
    told = [w for w in told if not people.issuperset(name_words(w.name))]
    runs = [r for r in runs if not any(w.start <= words[r.first].start < w.end for w in told)]
    sports = sporting(reading, words, offices)
    otherwise = meant_otherwise(reading, words, listed, sports, authority)
    lands = frozenset(s.side for s in sides if s.side)
    sides = [s for s in sides if s.first not in otherwise]
    return Named(
        words, listed, sides, offices, runs, groups, pronouns, fresh, free, otherwise, sports, lands, told, nouns
    )


_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "him", "them", "her"})


def _object(words: Sequence[Word], at: int) -> bool:
    """Does "her" stand for a person rather than before a noun: "told her that", "met her."?"""
    after = words[at + 1] if at + 1 < len(words) else None
    return (
        after is None
        or not after.alpha
        or after.low in {"to", "that", "on", "in", "at", "for", "and", "with", "by", "as", "about"}
    )


def _cover(words: Sequence[Word], hit: Hit) -> tuple[int | None, int | None]:
    inside = [i for i, w in enumerate(words) if w.start < hit.end and hit.start < w.end]
    if not inside or (words[inside[0]].start != hit.start and words[inside[-1]].end != hit.end):
        return (None, None)
    return (inside[0], inside[-1])


_LOCATIVE: Final = re.compile(
    r"\b(?:in|at|to|from|near|outside|around|visit(?:ed|s|ing)?|toured|reached|left|via|city of|town of) (?:the )?$",
    re.I,
)


def _witnessed(text: str, hits: list[Hit], authority: Authority) -> list[Hit]:
    """Drop weak spellings that nothing else in the report bears out; choose among the bodies of one spelling."""
    sure = {i for h in hits if not h.weak for i in h.bodies}
    lands = {b.side for i in sure if (b := authority.body(i)) and b.side}
    plain = frozenset(
        b.side
        for h in hits
        if not h.weak and (h.form != "capital" or len(h.namesakes) < 2)
        for i in h.bodies
        if (b := authority.body(i)) and b.side
    )
    kept = []
    for hit in hits:
        bodies = hit.bodies
        city = chosen(hit, plain)
        if city is not None and city is not hit.city and bodies and city.country not in bodies:
            bodies, hit = (), hit._replace(form="place")
        if not_a_town(text, hit):
            hit = hit._replace(form="ignored", bodies=())
            bodies = ()
        hit = hit._replace(city=city)
        if not bodies and city is not None and not city.capital and 0 < city.population < SMALL:
            listed = hit.end < len(text) and text[hit.end : hit.end + 2] in {", ", " ("}
            if not _LOCATIVE.search(text, max(0, hit.start - 20), hit.start) and not listed:
                continue
        if hit.weak:
            bodies = tuple(i for i in bodies if i in sure or ((b := authority.body(i)) and b.side in lands))
            if not bodies and (hit.city is None or hit.city.country not in lands):
                continue
        if len(bodies) > 1:
            seen = tuple(i for i in bodies if i in sure and any(i in h.bodies and len(h.bodies) == 1 for h in hits))
            bodies = seen or bodies
        kept.append(hit._replace(bodies=bodies))
    return kept


def _sides(spans: dict[int, tuple[Hit, int]], authority: Authority) -> list[Side]:
    found = []
    for first, (hit, last) in sorted(spans.items()):
        for ident in hit.bodies[:1]:
            body = authority.bodies[ident]
            found.append(Side(first, last, ident, body.side, hit.form))
    return found


def _mark_headlines(words: Sequence[Word], runs: list[Run], sentences: int) -> None:
    by_sentence: dict[int, list[Word]] = {}
    for word in words:
        by_sentence.setdefault(word.sentence, []).append(word)
    heads = {i for i, ws in by_sentence.items() if headline(ws)}
    for run in runs:
        run.headline = words[run.first].sentence in heads


# -- offices and names -------------------------------------------------------------------------------------------


def _attach(words: Sequence[Word], runs: list[Run], offices: list[Office], sides: list[Side]) -> None:
    ends = {o.last: o for o in offices}
    begins = {o.first: o for o in offices}
    side_at = {s.first: s for s in sides}
    side_end = {s.last: s for s in sides}
    starts = {r.first: r for r in runs}
    used: set[int] = set()
    core = {i for o in offices for i in range(o.core[0], o.core[1] + 1)}
    for number, run in enumerate(runs):
        at = _honorifics(words, run, core)
        _before(words, run, at, ends, used, runs[number - 1] if number else None)
        _side_before(words, run, side_end)
        _behind(words, run, begins, side_at, starts, used)
        _within(words, run, side_at)
        _of_organisation(words, run, sides)
    _coordinate(words, runs, offices)


def _honorifics(words: Sequence[Word], run: Run, core: set[int]) -> int:
    known = lists().honorifics
    at = run.first - 1
    while at >= 0 and words[at].sentence == words[run.first].sentence and at not in core:
        low = words[at].low.rstrip(".'")
        if titled(words, at) and (low != "he" or words[at].text == "HE"):
            run.honorific = words[at].text + (" " + run.honorific if run.honorific else "")
            run.gender = run.gender or known.get(low, "")
            run.start_word = at
        elif words[at].text == ")" and any(retired(words, at - n) == at for n in (2, 3) if at >= n):
            at = next(at - n for n in (2, 3) if retired(words, at - n) == at)
        elif (
            words[at].text in {".", "’", "'"} and at and words[at - 1].low.rstrip(".") in known and not words[at].spaced
        ):
            pass
        elif (
            low in {"his", "her"}
            and run.start_word == at + 1
            and run.honorific.split()[:1]
            and run.honorific.split()[0] in {"Excellency", "Highness", "Majesty", "Eminence", "Holiness"}
        ):
            run.gender = run.gender or ("m" if low == "his" else "f")
            run.start_word = at
        else:
            break
        at -= 1
    return at


def _before(
    words: Sequence[Word], run: Run, at: int, ends: dict[int, Office], used: set[int], previous: Run | None
) -> None:
    """Offices that stand before the name: "Ukrainian Foreign Minister", "Deputy Premier and Foreign Minister"."""
    comma = at >= 0 and words[at].text == ","
    office = ends.get(at - 1 if comma else at)
    if comma and office is not None and words[office.core[1]].low in {"host", "guest"}:
        return
    if office is None or id(office) in used or words[office.last].sentence != words[run.first].sentence:
        return
    if office.plural and comma and len(office.sides) < 2:
        return
    enclosed = run.last + 1 < len(words) and words[run.last + 1].text == ","
    marked = bool(office.sides or office.definite or office.kind.gender) and not office.indefinite
    if comma and not (enclosed or marked):
        return
    if previous is not None and previous.last >= office.first:
        return
    run.offices.append(office)
    used.add(id(office))
    run.start_word = min(run.start_word, office.first)
    low = office.first - 1
    while (
        low >= 0
        and words[low].low in {"and", ",", "&", "/"}
        and (more := ends.get(low - 1))
        and id(more) not in used
        and not more.plural
    ):
        if (
            previous is not None
            and previous.last >= more.first - 2
            and words[previous.last].sentence == words[run.first].sentence
        ):
            return
        run.offices.append(more)
        used.add(id(more))
        run.start_word = more.first
        low = more.first - 1


def _side_before(words: Sequence[Word], run: Run, side_end: dict[int, Side]) -> None:
    """ "Iran's Hossein Amir-Abdollahian", "Russian Sergey Lavrov"."""
    if run.offices:
        return
    at = run.start_word - 1
    if at >= 1 and words[at].text in "([" and at - 1 in side_end:
        run.side, run.side_because = side_end[at - 1].side, "the name stands in brackets behind that side"
        return
    if at >= 1 and words[at].low in {"'s", "’s"} and at - 1 in side_end:
        side = side_end[at - 1]
        run.side, run.side_because = side.side, "the text calls the person that side's"
        run.start_word = side.first
    elif at >= 0 and words[at].text in {"'", "’"} and at - 1 in side_end and words[at - 1].text.endswith("s"):
        run.side, run.side_because = side_end[at - 1].side, "the text calls the person that side's"
    elif at in side_end and side_end[at].form == "demonym" and words[at].sentence == words[run.first].sentence:
        run.side, run.side_because = side_end[at].side, "the text puts that side before the name"
    elif (noun := described(words, at, 0, side_end)) is not None:
        # "Iraqi cleric X"; but "the Dutch goalkeeper X" is nobody of the Netherlands
        side = side_end[noun - 1 - (words[noun - 1].low in {"'s", "’s"})]
        if side.form == "demonym" and not words[at].low.endswith("s") and not is_private(words[at].low):
            run.side, run.side_because = side.side, "the text puts that side before the name"


_PLACED: Final = frozenset({"in", "at", "near", "outside"})
_ORGANISED: Final = frozenset({"io_head", "io_deputy"})


def _of_organisation(words: Sequence[Word], run: Run, sides: Sequence[Side]) -> None:
    """ "Secretary General X" without more: of the organisation named last, in this sentence or the one before."""
    if run.side or not any(o.kind.id in _ORGANISED for o in run.offices) or any(o.side for o in run.offices):
        return
    here = words[run.first].sentence
    for side in reversed([s for s in sides if s.first < run.start_word]):
        if words[side.first].sentence < here - 1:
            return
        if side.side and (len(side.side) != 2 or side.side in {"EU", "UN", "AU"}) and side.form != "demonym":
            run.side, run.side_because = side.side, "the organisation named last before the office"
            return


def _behind(
    words: Sequence[Word],
    run: Run,
    begins: dict[int, Office],
    side_at: dict[int, Side],
    starts: dict[int, Run],
    used: set[int],
) -> None:
    """Offices and sides that stand behind the name: apposition, brackets, "of China"."""
    at = run.last + 1
    sentence = words[run.first].sentence
    if at + 1 >= len(words) or words[at].sentence != sentence:
        return
    if words[at].low in {"of", "from"} and (
        side := side_at.get(at + 1) or (side_at.get(at + 2) if words[at + 1].low == "the" else None)
    ):
        if run.side is None and not any(o.side for o in run.offices):
            run.side, run.side_because = side.side, "the text says of which side the person is"
            run.end_word = side.last
        return
    if (
        words[at].text == "("
        and (side := side_at.get(at + 1))
        and side.last + 1 < len(words)
        and words[side.last + 1].text == ")"
    ):
        run.side = run.side or side.side
        run.side_because = run.side_because or "the text gives the side in brackets"
        return
    bare = begins.get(at)
    if bare is not None and words[at].low == "the" and bare.side and not bare.plural and id(bare) not in used:
        after = words[bare.last + 1] if bare.last + 1 < len(words) else None
        if after is None or not after.alpha or after.low in {"in", "on", "at", "and", "during"}:
            run.offices.append(bare)  # "X the Ambassador of Iran"
            used.add(id(bare))
            run.end_word = bare.last
            return
    if words[at].text not in {",", "(", "–", "—", "-"} or (words[at].text == "-" and not words[at].spaced):
        return
    step = at + 1
    if words[step].low == "who" and step + 1 < len(words) and words[step + 1].low in {"is", "serves", "was"}:
        step += 2
        step += words[step].low == "as"
    office = begins.get(step)
    while office is not None and id(office) not in used and words[office.first].sentence == sentence:
        behind = office.last + 1
        if office.plural or (behind < len(words) and _leads_to_name(words, behind, starts)):
            return
        if behind < len(words) and words[behind].low in {"'s", "’s"} | {"-"}:
            return
        located = run.start_word and words[run.start_word - 1].low in _PLACED and not run.offices and not run.honorific
        if located and office.indefinite:
            return  # "held in Ohrid, a senior official said"
        run.offices.append(office)
        used.add(id(office))
        run.end_word = office.last
        if behind + 1 < len(words) and words[behind].low in {"and", ","}:
            nxt = begins.get(behind + 1)
            office = (
                nxt
                if nxt is not None and not (nxt.last + 1 < len(words) and _leads_to_name(words, nxt.last + 1, starts))
                else None
            )
        else:
            office = None


_LEADING_IN: Final = frozenset({"of", "at", "in", "for", "from", "the"})


def _within(words: Sequence[Word], run: Run, side_at: dict[int, Side]) -> None:
    """The side that an apposition names behind its office: "director for bilateral affairs at the Belgian ..."."""
    if run.side or not run.offices or any(o.side or o.plural for o in run.offices) or run.end_word <= run.last:
        return
    step, sentence = run.end_word + 1, words[run.first].sentence
    while step < len(words) and step <= run.end_word + 12 and words[step].sentence == sentence:
        word, side = words[step], side_at.get(step)
        if side is not None:
            if words[step - 1].low in _LEADING_IN:
                run.side, run.side_because = side.side, "the side of the institution in the apposition"
                run.end_word = side.last
            return
        if not word.alpha or word.low in {"to", "with", "who", "that", "by"} or word.low in lists().verbs:
            return
        step += 1


def _leads_to_name(words: Sequence[Word], at: int, starts: dict[int, Run]) -> bool:
    sentence = words[at - 1].sentence
    while at < len(words) and (titled(words, at) or words[at].text == ".") and words[at].sentence == sentence:
        at += 1
    return at in starts and words[at].sentence == sentence


def _coordinate(words: Sequence[Word], runs: list[Run], offices: list[Office]) -> None:
    """A plural office before several names: "Presidents Biden and Xi", "the Turkish and Russian ministers, X and Y"."""
    for number, run in enumerate(runs):
        plural = next((o for o in run.offices if o.plural), None)
        if plural is None:
            continue
        chain = [run]
        for following in runs[number + 1 :]:
            between = [w.low for w in words[chain[-1].last + 1 : following.start_word]]
            if following.offices or words[following.first].sentence != words[run.first].sentence:
                break
            if (
                not between
                or len(between) > 8
                or between[-1] not in {"and", ",", "&", "with"}
                or (set(between) - {"and", ",", "&", "with", "of", "the"} and between[0] != "of")
            ):
                break
            chain.append(following)
        for place, member in enumerate(chain):
            if member is not run:
                member.offices.append(plural)
            if len(plural.sides) > 1 and member.side is None:
                if len(plural.sides) == len(chain):
                    member.side = plural.sides[place].side
                    member.side_because = "the text names the sides and the people in one order"
                else:
                    member.side_because = ""
