"""Is an expression of time told as past, as present or as to come? By the parse where there is one, else by the words.

Planning words ("scheduled", "is to meet") look ahead whatever their tense; "said it would" looks ahead from then.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from communique.dates.grammar import check_keys, load_table

if TYPE_CHECKING:
    from communique.language import Reading, Sentence

__all__ = ["Tense", "planned", "tense", "was_planned"]

Tense = Literal["past", "present", "future"]


class _Words(NamedTuple):
    """The lists of tense.toml."""

    future: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]
    timetable: re.Pattern[str]
    not_past: frozenset[str]
    saying: frozenset[str]
    planning: tuple[str, ...]


@cache
def _words() -> _Words:
    table = load_table("tense.toml")
    check_keys(table, set(_Words._fields), "data/dates/tense.toml")
    future, past, present, timetable = (
        re.compile(rf"\b(?:{'|'.join(table[name])})\b", re.I) for name in ("future", "past", "present", "timetable")
    )
    sets = (frozenset(table["not_past"]), frozenset(table["saying"]), tuple(table["planning"]))
    return _Words(future, past, present, timetable, *sets)


_BREAK: Final = re.compile(
    r"[;:]|, (?:but|while|and|whereas|who|which|after|before)\b|\bthat\b|[\"“”]|\b(?:after|before|while|since|but)\b"
)


def tense(reading: Reading, start: int, end: int, timetable: bool = False) -> Tense | None:
    """The tense in which the text tells of the time at [start, end); None where nothing shows it.

    `timetable`: verbs such as "meets", "opens" are looked for too where there is no parse. They say on which side of
    the report's day a weekday lies, and little of the report's own day (captions are told in the present tense).
    """
    sentence = reading.sentence_at(start)
    if sentence is None:
        return None
    before = sentence.text[max(0, start - sentence.start - 24) : start - sentence.start]
    if _SINCE.search(before):
        return "past"
    if planned(reading, start, end):
        return "future"
    if _EITHER.search(before):
        return None
    if _SPOKEN.search(sentence.text[max(0, start - sentence.start - 90) : start - sentence.start]):
        return "past"
    if sentence.doc is not None:
        found = _parsed(sentence, start, end)
        if found:
            return found
    return worded(sentence.text, start - sentence.start, end - sentence.start, timetable)


def planned(reading: Reading, start: int, end: int) -> bool:
    """Do the words right before it make a time one to come: "by mid-2014", "due in March"?

    That is surer than the tense of a verb.
    """
    sentence = reading.sentence_at(start)
    if sentence is None:
        return False
    at = start - sentence.start
    before = sentence.text[max(0, at - 24) : at]
    if _PLANNED.search(before) or _AHEAD_OF.search(sentence.text, max(0, at - 160), at):
        return True
    around = sentence.text[max(0, start - sentence.start - _REACH) : end - sentence.start + _REACH]
    return bool(_DEADLINE.search(before)) and not _BEHIND.search(around)


_PLANNED: Final = re.compile(
    r"\b(?:(?:due|scheduled|slated|expected|rescheduled|to be held|to take place)"
    r"(?:[^\S\n]+(?:on|for|to|until|in|at|by))?|"
    r"(?:planned|set|moved|postponed|delayed|put off)[^\S\n]+(?:for|to|until)|"
    r"(?:deadline|target|target date)[^\S\n]+(?:of|in|for|on))"
    r"(?:[^\S\n]+(?:early|late|the))*[^\S\n]+$",
    re.I,
)
"""Right before the expression these tell more than the verb of the clause: "a summit due on Monday"."""
_AHEAD_OF: Final = re.compile(r"\bahead of[^\S\n]+(?:the[^\S\n]+)?(?:[\w’'-]+[^\S\n]+){0,4}$", re.I)
"""What others do "ahead of Friday's vote", "ahead of a summit in Riga on Friday" they do before it."""
_SINCE: Final = re.compile(
    r"\b(?:since|ever since|back in|back to|as early as|in the (?:wake|aftermath) of|following)(?: the)?[^\S\n]+$", re.I
)
_EITHER: Final = re.compile(r"\b(?:before|prior to|ahead of)(?: the)?[^\S\n]+$", re.I)
_SPOKEN: Final = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Aa]fter)[^\S\n]+(?:an?|his|her|their|its)[^\S\n]+(?:[\w’'-]+[^\S\n]+){0,3}"
    r"(?:speech|statement|interview|address|remarks|briefing|news conference|press conference|tweet|post|letter|"
    r"press release|telegram)(?:[^\S\n]+(?:to|with|before|at|in)(?:[^\S\n]+[\w’'-]+){1,5})?[^\S\n]+(?:late |early )?"
    r"(?:on[^\S\n]+)?$"
)
"""The day of a speech that tells of a plan: "will meet, he said in a speech in Vienna on Monday"."""
_DEADLINE: Final = re.compile(r"\b(?:by|until|till)(?: the)?[^\S\n]+$", re.I)
_BEHIND: Final = re.compile(r"\b(?:had|was|were|lasted|remained|stayed|served|ran)\b", re.I)


_REACH: Final = 400


def worded(text: str, start: int, end: int, timetable: bool = False) -> Tense | None:
    """The tense by words alone: the nearest telling word of the same clause, then of the sentence."""
    words = _words()
    patterns = [("future", words.future), ("past", words.past), ("present", words.present)]
    if timetable:
        patterns.append(("present", words.timetable))
    if len(text) > 2 * _REACH:  # a sentence without end: look only so far
        cut = max(0, start - _REACH)
        text, start, end = text[cut : end + _REACH], start - cut, end - cut
    low = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    after = _BREAK.search(text, end)
    high = after.start() if after else len(text)
    for a, b in ((low, high), (0, len(text))):
        best: tuple[float, int, Tense] | None = None
        said = next((m.start() for m in words.past.finditer(text, end, b) if m.group().lower() in words.saying), b)
        for name, pattern in patterns:
            for match in pattern.finditer(text, a, b):
                word = match.group().lower()
                if (match.start() < end and start < match.end()) or (
                    name == "past" and word.split()[-1] in words.not_past
                ):
                    continue
                if match.start() and match.group().startswith("May"):
                    continue  # a name
                gap = _gap(text, start, end, match)
                if word in words.saying and not 0 <= start - match.end() <= 8:
                    gap += _SAID  # "they will meet on June 5, officials said"
                elif match.start() > said:
                    gap += _SAID  # "on Monday he said that they will meet"
                size = match.start() - match.end()  # of two that end together the longer: "began to meet"
                if best is None or (gap, size) < best[:2]:
                    best = (gap, size, name)  # type: ignore[assignment]
        if best is not None:
            return best[2]
    return None


_SAID: Final = 200


def _gap(text: str, start: int, end: int, match: re.Match[str]) -> float:
    """How far a telling word stands from the expression: words behind it, behind a comma or in "to ..." tell less."""
    if match.end() <= start:
        return start - match.end()
    gap = (match.start() - end) * 1.5
    if text.find(",", end, match.start()) >= 0:
        gap += 40  # "the round, which began on Monday, will end"
    if match.group()[:3].lower() == "to ":
        gap += 40  # "met her on Monday in Riga to discuss the plan"
    return gap


def _parsed(sentence: Sentence, start: int, end: int) -> Tense | None:
    span = sentence.tokens_in(start, end)
    if span is None:
        return None
    token = span.root
    for _ in range(12):
        if token.tag_.startswith("VB") or token.tag_ == "MD":
            break
        if token.head is token or token.head.i == token.i:
            return None
        token = token.head
    else:
        return None
    return _verb_tense(token)


def _verb_tense(verb: object, depth: int = 0) -> Tense | None:
    """The tense of a verb with its auxiliaries; an infinitive or participle asks the verb above."""
    children = list(verb.children)  # type: ignore[attr-defined]
    helpers = [c for c in children if c.dep_ in {"aux", "auxpass"}]
    words = {c.text.lower() for c in helpers}
    if words & {"may", "might", "could", "must", "should", "can"} and words & {"have", "'ve", "’ve"}:
        return "past"  # "may have been settled"
    if words & {"will", "wo", "shall", "'ll", "’ll", "would", "'d", "may", "might", "could", "should", "can", "must"}:
        return "future"
    tag, head = verb.tag_, verb.head  # type: ignore[attr-defined]
    if tag == "VB" and ("to" in words or not helpers):
        if head is not verb and head.text.lower() in _BE:
            return "future"  # "a visit that was to begin on Sunday"
        above = _verb_tense(head, depth + 1) if depth < 3 and head is not verb and head.tag_.startswith("VB") else None
        return "future" if above in {None, "present", "future"} or _plans(head) else above
    if _plans(verb) and (tag in {"VBZ", "VBP", "VBG"} or (tag == "VBN" and _scheduled(verb))):
        return "future"
    if tag == "VBD" or verb.text.lower() in _SAYS:  # type: ignore[attr-defined]
        return "past"
    if tag == "VBN":
        return "present" if {"is", "are", "'s"} & words else "past"
    if tag in {"VBZ", "VBP"}:
        return (
            "future" if any(c.dep_ in {"mark", "advmod"} and c.text.lower() in _WHEN for c in children) else "present"
        )
    if tag == "VBG":
        if {"was", "were", "been"} & words:
            return "past"
        if {"is", "are", "am", "'s", "'re", "’s", "’re"} & words:
            return "present"
        above = head.head if head.tag_ == "IN" else head  # "told reporters after taking over on Thursday"
        if depth < 3 and above is not verb and above.tag_.startswith("VB"):
            return _verb_tense(above, depth + 1)
    return None


_BE: Final = frozenset({"is", "are", "was", "were", "'s", "’s", "'re", "’re"})
_SAYS: Final = frozenset({"says", "say", "tells", "writes", "reports", "adds"})
"""Words of speech in the present tense tell what was said before."""
_WHEN: Final = frozenset({"when", "once", "if", "unless", "until", "till", "before", "after"})
""" "when he takes office in January": the present tense of such a clause is of a time to come."""


def _scheduled(verb: object) -> bool:
    """ "scheduled", "is expected": a participle that looks ahead; "agreed in 2011" and "set in 2004" do not."""
    text: str = verb.text.lower()  # type: ignore[attr-defined]
    return text.startswith(("schedul", "slat", "plan", "expect", "due", "postpon", "reschedul"))


def _plans(verb: object) -> bool:
    text = verb.text.lower()  # type: ignore[attr-defined]
    return any(text == p or (text.startswith(p[:-1]) and len(text) <= len(p) + 3) for p in _words().planning)


def was_planned(reading: Reading, start: int) -> bool:
    """Is a time told as planned in the past ("were scheduled to meet on Friday"), so that it may lie behind by now?"""
    sentence = reading.sentence_at(start)
    if sentence is None:
        return False
    at = start - sentence.start
    return bool(_WAS_PLANNED.search(sentence.text, max(0, at - _REACH), at))


_WAS_PLANNED: Final = re.compile(
    r"\b(?:was|were|been)[^\S\n]+(?:\w+[^\S\n]+)?(?:scheduled|expected|due|set|planned|slated|supposed|to)\b"
)
