"""What stands around a name: honorifics and offices before it, appositions and sides behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from communique.actors.names import Run
from communique.actors.offices import Office, Side, described
from communique.actors.words import Word, is_private, lists, retired, titled

__all__ = ["attach"]


def attach(words: Sequence[Word], runs: list[Run], offices: list[Office], sides: list[Side]) -> None:
    """Give each name the honorifics, offices and side that stand around it."""
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
        _given(words, run)
        _member(words, run, side_at)
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


_NAMED_BEFORE: Final = 1
"""Sentences within which "Secretary General X" takes up an organisation."""
_PLACED: Final = frozenset({"in", "at", "near", "outside"})
_ORGANISED: Final = frozenset({"io_head", "io_deputy"})


def _of_organisation(words: Sequence[Word], run: Run, sides: Sequence[Side]) -> None:
    """ "Secretary General X" without more: of the organisation named last, in this sentence or one shortly before."""
    if run.side or not any(o.kind.id in _ORGANISED for o in run.offices) or any(o.side for o in run.offices):
        return
    here = words[run.first].sentence
    for side in reversed([s for s in sides if s.first < run.start_word]):
        if words[side.first].sentence < here - _NAMED_BEFORE:
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


_ORGANS: Final = frozenset({"ministry", "department", "embassy"})
_LEADING_IN: Final = frozenset({"of", "at", "in", "for", "from", "the"})


def _within(words: Sequence[Word], run: Run, side_at: dict[int, Side]) -> None:
    """The side that an apposition names behind its office: "director for bilateral affairs at the Belgian ..."."""
    if run.side or not run.offices or any(o.side or o.plural for o in run.offices) or run.end_word <= run.last:
        return
    step, sentence = run.end_word + 1, words[run.first].sentence
    while step < len(words) and step <= run.end_word + 12 and words[step].sentence == sentence:
        word, side = words[step], side_at.get(step)
        if side is not None:
            if words[step - 1].low in _LEADING_IN or words[step - 1].text == ",":
                run.side, run.side_because = side.side, "the side of the institution in the apposition"
                run.end_word = side.last
            return
        if word.text == "," and step + 1 < len(words) and words[step + 1].low in _ORGANS:
            step += 1  # ", Ministry of Foreign Affairs of Viet Nam"
            continue
        if not word.alpha or word.low in {"to", "with", "who", "that", "by"} or word.low in lists().verbs:
            return
        step += 1


def _given(words: Sequence[Word], run: Run) -> None:
    """ "Sultan Mohammed Al Shamsi, Assistant Minister" is called Sultan rather than a sultan."""
    crown = next((o for o in run.offices if words[o.core[0]].low in {"sultan", "amir", "emir"}), None)
    if crown is None or crown.sides or crown.core[1] + 1 != run.first or len(run.offices) < 2 or crown.definite:
        return
    run.offices.remove(crown)
    run.first = crown.core[0]
    run.text = words[run.first].text + " " + run.text
    run.words = (words[run.first].low, *run.words)


_MEMBERS: Final = frozenset({"member", "members", "representative", "delegate", "part", "one", "adviser", "veteran"})


def _member(words: Sequence[Word], run: Run, side_at: dict[int, Side]) -> None:
    """The side of "X, a member of the Serb delegation"."""
    at, sentence = run.last + 1, words[run.first].sentence
    if run.side or run.offices or at + 4 >= len(words) or words[at].text != "," or words[at + 1].low not in _ARTICLES:
        return
    seen = False
    for step in range(at + 1, min(at + 9, len(words))):
        word, side = words[step], side_at.get(step)
        if side is not None and seen:
            run.side, run.side_because = side.side, "the text says to whose delegation or body the person belongs"
        if side is not None or not word.alpha or word.sentence != sentence:
            return
        seen = seen or word.low in _MEMBERS


_ARTICLES: Final = frozenset({"a", "an", "the", "one"})


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
