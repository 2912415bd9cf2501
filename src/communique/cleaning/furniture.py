"""What of a text is page furniture, and why: line by line, and at the ends of paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from communique.cleaning.lines import Line, joins, lines, wrap_width
from communique.cleaning.rules import LONGEST_LINE, Rules, Where
from communique.cleaning.title import find_title, folded, guess_title, is_date_line, takes_up
from communique.cleaning.tongue import foreign_line, latin_share

__all__ = ["Layout", "Unit", "lay_out"]

_STOP: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MIDDLE: Final = re.compile(r"[.!?][\"'”’»)]* ")
_BRACKET: Final = re.compile(r"\[[^\[\]\n]{2,300}\]")
_NAME_LINE: Final = re.compile(
    r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:[A-Z][\w’'-]+|[A-Z]\.|de|van|von|bin|al|el|da|di)){1,3}"
)
_MARKUP: Final = re.compile(r"#{1,6}\s+")
_STAMP: Final = "page timestamp"
_LIST: Final = "list of other articles"
_CAPTION: Final = "caption of a picture"
_SIGNED: Final = re.compile(r"[^.!?] [-–—|] ((?:[A-Z][\w’'.&-]*)(?: [A-Z][\w’'.&-]*){0,3})$")
_ENDINGS: Final = frozenset(
    {"comment form", "follow us", "newsletter", "copyright notice", "contact line", "app or offer", _LIST, "tags",
     "source note of a reprint", "cookie or consent notice"}
)  # fmt: skip
"""Kinds of furniture after which, behind the last paragraph, nothing of the article comes."""
_RULES: Final = frozenset(["-", "–", "—", "*", "•", "***"])
"""A line of these may part the article from a list without a heading; it may as well part the article itself."""
_LIST_LIMIT: Final = 40
_LONGEST_PARAGRAPH: Final = 20_000
"""Characters beyond which no further line joins a paragraph: no article has one so long."""
_LOOK_BACK: Final = 12
"""Units before the first paragraph among which an introduction that comes again is looked for."""
_TRAIL: Final = 30
"""Characters of the title, at its beginning, by which a trail of links that ends in it is known."""


@dataclass(slots=True)
class Unit:
    """A paragraph, or a line that stands for itself: span in the original, words, why it is furniture (None: it is
    not), and the runs inside it that are.
    """

    start: int
    end: int
    text: str
    words: int
    reason: str | None = None
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    matched: bool = False

    @property
    def is_paragraph(self) -> bool:
        """Is this a paragraph of running text? 10 words and a full stop, or 30 words.

        A single question and a line cut off with dots are headlines as often.
        """
        if self.words >= 30:
            return True
        if self.words < 10 or _STOP.search(self.text) is None or self.text.endswith(("...", "…")):
            return False
        return not self.text.endswith("?") or _MIDDLE.search(self.text) is not None

    @property
    def is_headline(self) -> bool:
        """Could this be a headline, a label or a cut-off teaser: short and without a full stop?"""
        cut_off = self.text.endswith(("...", "…"))
        return self.words <= 25 and (cut_off or not self.text.endswith((".", ".”", '."', ".’", ":")))


@dataclass(slots=True)
class Layout:
    """The units of a text in order, the number of the one that is the title, and the first and last paragraph."""

    units: list[Unit]
    title: int | None
    first: int | None
    last: int | None


def lay_out(text: str, rules: Rules, *, title: str | None, english: bool) -> Layout:
    """Find the units, the title and the furniture of a text.

    `title` is the one that came with it; without one, a line is guessed. Lines in other languages are furniture only
    in an `english` report.
    """
    units = _units(text, rules)
    _clear_comments(units, rules)
    first, last = _span_of_article(units)
    _clear_lead_list(units, first)
    _clear_captions(units)
    first, last = _span_of_article(units)
    at = _title_of(units, len(units) if first is None else first, rules, title)
    if at is not None:
        units[at].reason, units[at].matched = None, False
    layout = Layout(units, at, first, last)
    _clear_head(layout, rules)
    _clear_lists(layout)
    _clear_tail(layout, rules)
    _clear_repeats(layout)
    if english:
        _clear_foreign(text, layout)
    _cut_ends(text, layout, rules)
    return layout


def _title_of(units: list[Unit], head: int, rules: Rules, title: str | None) -> int | None:
    """The number of the title's unit: the given title, or a line of the head that looks like one.

    A given title that does not stand in the text word for word may have been shortened: then the line of the head
    that has most of its words is taken.
    """
    texts = [unit.text for unit in units]
    if title and (at := find_title(texts, title)) is not None:
        return at
    if not units or (head == len(units) and len(units) > 1):
        return None
    free = [unit.reason is None and _outside(unit, rules, "head") is None for unit in units[:head]]
    at = guess_title(texts[:head], free, " ".join(texts[head : head + 20]) or texts[0])
    if title and at is not None and not (takes_up(title, texts[at], one_in=2) and takes_up(texts[at], title, one_in=2)):
        return None
    return at


def _units(text: str, rules: Rules) -> list[Unit]:
    """Paragraphs out of lines; a line that a rule knows as furniture never becomes part of one."""
    found = lines(text)
    width = wrap_width(found)
    units: list[Unit] = []
    before: Line | None = None
    for line in found:
        reason, cut = _known(text, line, rules)
        last = units[-1] if units else None
        joinable = last and reason is None and last.reason is None and len(last.text) < _LONGEST_PARAGRAPH
        if joinable and last and before and joins(before, line, width):
            last.end, last.text = line.end, f"{last.text} {line.text}"
            last.words += line.text.count(" ") + 1
        else:
            unit = Unit(line.start, line.end, line.text, line.text.count(" ") + 1, reason, matched=reason is not None)
            if cut:
                unit.cuts.append(cut)
                unit.text = " ".join(text[cut[1] : line.end].split())
            units.append(unit)
        before = line
    return units


def _known(text: str, line: Line, rules: Rules) -> tuple[str | None, tuple[int, int, str] | None]:
    """Why a whole line is furniture anywhere, or what at its beginning is."""
    if len(line.text) <= LONGEST_LINE:
        reason = rules.line("block", line.text) or rules.line("line", line.text) or rules.line("close", line.text)
        if reason:
            return reason, None
    mark = _MARKUP.match(text, line.start, line.end)
    at, why = (mark.end(), "mark of a heading") if mark else (line.start, "")
    while start := rules.start(text[at : line.end]):
        at, why = at + start[0], why or start[1]
    if at == line.start:
        return None, None
    rest = " ".join(text[at : line.end].split())
    reason = rules.line("line", rest) or (_STAMP if is_date_line(rest) else None) if rest else why
    reason = why if reason and why == _STAMP else reason  # a day outranks the rubbish beside it
    return (reason, None) if reason else (None, (line.start, at, why))


def _clear_comments(units: Sequence[Unit], rules: Rules) -> None:
    """What readers wrote below the article: from the first line that closes it, if two lines below look like comments.

    Done before the article's last paragraph is looked for, since comments are paragraphs too.
    """
    for number, unit in enumerate(units):
        if unit.reason is None or rules.line("close", unit.text) is None:
            continue
        below = [u for u in units[number + 1 :] if len(u.text) <= 120 and rules.line("comment", u.text)]
        above = sum(u.reason is None and u.is_paragraph for u in units[:number])
        if len(below) >= 2 and above >= 2:
            for other in units[number + 1 :]:
                other.reason, other.cuts = other.reason or "readers' comments", []
        return


def _span_of_article(units: Sequence[Unit]) -> tuple[int | None, int | None]:
    """The numbers of the first and the last paragraph of running text that is not furniture."""
    numbers = [n for n, unit in enumerate(units) if unit.reason is None and unit.is_paragraph]
    return (numbers[0], numbers[-1]) if numbers else (None, None)


def _outside(unit: Unit, rules: Rules, where: Where) -> str | None:
    if len(unit.text) > 200:
        return None
    return rules.line(where, unit.text)


def _clear_head(layout: Layout, rules: Rules) -> None:
    """Before the first paragraph: section names, bylines, and what the page has above the title."""
    if layout.first is None:
        return
    body = " ".join(unit.text for unit in layout.units[layout.first : layout.first + 20])
    title = folded(layout.units[layout.title].text) if layout.title is not None else ""
    for number, unit in enumerate(layout.units[: layout.first]):
        if unit.reason is not None or number == layout.title:
            continue
        unit.reason = _outside(unit, rules, "head")
        if unit.reason is not None:
            continue
        if title and title[:_TRAIL] in folded(unit.text) and not _STOP.search(unit.text):
            # "Home World Ministers agree on …", and the title printed again with other quotation marks
            unit.reason = "title again" if folded(unit.text) == title else "page header"
        elif layout.title is None:
            if number == 0 and _is_promotion(unit, body):
                unit.reason = "page header"
        elif number < layout.title and is_date_line(unit.text):
            unit.reason = _STAMP
        elif number < layout.title and _is_header(unit, body):
            unit.reason = "page header"
        elif number < layout.title and (_is_cut_off(unit) or _is_cut_off(layout.units[number + 1])):
            # above the title, a teaser that breaks off and the headline over it are a link to another article
            unit.reason = "link to another article" if unit.is_headline else None


def _is_cut_off(unit: Unit) -> bool:
    return unit.words >= 4 and unit.text.endswith(("...", "…"))


def _is_header(unit: Unit, body: str) -> bool:
    """Is this line above the title one of the page: a label of three words at most, or of other things?"""
    if unit.words > 8 or _STOP.search(unit.text):
        return False
    return unit.words <= 3 or not takes_up(unit.text, body)


def _is_promotion(unit: Unit, body: str) -> bool:
    """Is this line above an article something of the page: like a headline, but of other things than the article?"""
    if not unit.is_headline or unit.words < 4 or any(ch.isdigit() for ch in unit.text):
        return False
    return not takes_up(unit.text, body)


def _clear_tail(layout: Layout, rules: Rules) -> None:
    """After the last paragraph: signatures, and whatever follows a sign that the article has ended."""
    if layout.last is None:
        return
    ended = False
    for number in range(layout.last + 1, len(layout.units)):
        unit = layout.units[number]
        if number == layout.title:
            continue
        if unit.reason is None:
            unit.reason = _outside(unit, rules, "tail")
        if unit.reason is None and ended and unit.is_headline:
            unit.reason = "after the end of the article"
        ended = ended or unit.reason in _ENDINGS
    left = [u for n, u in enumerate(layout.units) if n > layout.last and u.reason is None and n != layout.title]
    if len(left) == 1 and _NAME_LINE.fullmatch(left[0].text):
        left[0].reason = "signature"
    body = " ".join(unit.text for unit in layout.units[: layout.last + 1] if unit.reason is None)
    if len(left) > 1 and all(u.is_headline and u.words >= 5 and not takes_up(u.text, body) for u in left):
        # Headlines without anything above them that says so: no word of the article comes back in them.
        for unit in left:
            unit.reason = _LIST


def _clear_lead_list(units: Sequence[Unit], first: int | None) -> None:
    """A list of links above the article: its heading, two headlines or more, and a line of dashes that ends it."""
    head = range(first or 0)
    for number in head:
        if not units[number].matched or units[number].reason != _LIST:
            continue
        end = next((n for n in head if n > number and units[n].text in _RULES), None)
        listed = units[number + 1 : end] if end is not None else []
        if len(listed) >= 2 and all(u.is_headline and u.words >= 3 for u in listed):
            for unit in listed:
                unit.reason = unit.reason or _LIST


def _clear_captions(units: Sequence[Unit]) -> None:
    """Captions that end in the name of the outlet ("… on Friday - The Example"): two lines at least with one name."""
    ends = [(unit, match[1]) for unit in units if (match := _SIGNED.search(unit.text[-80:]))]
    names = Counter(name for _, name in ends)
    for unit, name in ends:
        if unit.reason is None and names[name] >= 2 and unit.words >= 8:
            unit.reason = _CAPTION


def _clear_lists(layout: Layout) -> None:
    """The headlines below "Related posts" and its like, and with them their teasers where the two alternate to the
    end of the text. Above the title such a line is a menu and takes nothing with it.
    """
    units = layout.units
    if layout.first is None:
        return
    _clear_head_lists(layout, layout.first)
    after = range(layout.first, len(units))
    heads = [n for n in after if units[n].matched and (units[n].reason == _LIST or units[n].text in _RULES)]
    for number in heads[:_LIST_LIMIT]:
        rest = [u for n, u in enumerate(units) if n > number and u.reason is None and n != layout.title]
        named = units[number].reason == _LIST
        teasers = _are_teasers(rest) and (named or _of_other_things(rest, units[:number]))
        for follower in rest[:_LIST_LIMIT]:
            if not teasers and (not named or follower.is_paragraph or not follower.is_headline):
                break
            follower.reason = _LIST


def _clear_head_lists(layout: Layout, first: int) -> None:
    """The same between title and first paragraph: two headlines or more, and nothing else up to the paragraph."""
    units = layout.units
    for number in range((first if layout.title is None else layout.title) + 1, first):
        if not units[number].matched or units[number].reason != _LIST:
            continue
        listed = [u for u in units[number + 1 : first] if u.reason is None]
        if len(listed) >= 2 and all(u.is_headline and u.words >= 4 and not is_date_line(u.text) for u in listed):
            for unit in listed:
                unit.reason = _LIST


def _are_teasers(rest: Sequence[Unit]) -> bool:
    """Are these units, to the end of the text, headlines each with one paragraph at most below it?

    An article that goes on after a box of links has two paragraphs in a row sooner or later.
    """
    headlines = sum(u.words >= 4 and not u.is_paragraph for u in rest)
    return (
        headlines >= 2
        and not rest[0].is_paragraph
        and not any(a.is_paragraph and b.is_paragraph for a, b in pairwise(rest))
        and not any(u.words > 70 for u in rest)
    )


def _of_other_things(rest: Sequence[Unit], before: Sequence[Unit]) -> bool:
    """Does none of these headlines take up what stands before them?"""
    told = " ".join(unit.text for unit in before[-40:] if unit.reason is None)
    return not any(takes_up(unit.text, told) for unit in rest if not unit.is_paragraph)


def _clear_repeats(layout: Layout) -> None:
    """A line that stands there again: the title below itself, a caption printed twice, an introduction with which the
    article begins again.

    A paragraph must follow its own copy at once: rolling reports repeat paragraphs on purpose.
    """
    seen: set[str] = set()
    if layout.title is not None:
        seen.add(layout.units[layout.title].text.casefold())
    before = ""
    first = layout.first or 0
    start = max(first - _LOOK_BACK, 0)
    for number, unit in enumerate(layout.units):
        if unit.reason is not None or number == layout.title or unit.words < 3:
            continue
        key = unit.text.casefold()
        again = key == before or (key in seen and number < first and not unit.is_paragraph)
        if again or (start <= number <= first and unit.words >= 6 and _stands_in(key, layout.units[number + 1 :][:8])):
            unit.reason = "repeated line"
        seen.add(key)
        before = key


def _stands_in(key: str, after: Sequence[Unit]) -> bool:
    """Is this introduction part of one of the next paragraphs, word for word?"""
    bare = key.rstrip(" .…")
    return any(unit.reason is None and unit.text.casefold() != key and bare in unit.text.casefold() for unit in after)


def _clear_foreign(text: str, layout: Layout) -> None:
    """Lines and bracketed runs in another language, left over from a translated page."""
    for number, unit in enumerate(layout.units):
        if unit.reason is not None or number == layout.title:
            continue
        unit.reason = foreign_line(unit.text)
        if unit.reason is None and "[" in unit.text:
            for match in _BRACKET.finditer(text, unit.start, unit.end):
                inside = match.group()
                if latin_share(inside) < 0.3 or foreign_line(inside, least=1):
                    unit.cuts.append((match.start(), match.end(), "leftover of another language in brackets"))


def _cut_ends(text: str, layout: Layout, rules: Rules) -> None:
    """Furniture after the last sentence of a paragraph; never half of it or more."""
    for number, unit in enumerate(layout.units):
        if unit.reason is not None or number == layout.title or unit.words < 4:
            continue
        raw = text[unit.start : unit.end]
        for _ in range(3):
            found = rules.end(raw)
            if found is None or found[0] < len(raw) / 2:
                break
            unit.cuts.append((unit.start + found[0], unit.start + len(raw), found[1]))
            raw = raw[: found[0]]
        unit.cuts.sort()
