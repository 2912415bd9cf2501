"""Which date or time belongs to a contact: by the parse, never one that a verb of saying or another contact holds.

What is told "on Saturday after chairing talks" happened on that day; "a day after talks" counts back from it; "ahead
of the summit" says nothing of when the summit is. Two days joined by "and" are an interval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from communique import dates
from communique.encounters import syntax
from communique.encounters.neighbours import with_next_day
from communique.encounters.scene import dateline_end
from communique.records import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger

__all__ = ["how_long", "when"]

_CLOCK = re.compile(
    r"\W*(?i:at |by |around )?\d{1,2}(?:[:.]\d\d)?\s*(?i:[ap]\.?m\.?|hours|hrs)?"
    r"(?:\W*(?:[A-Z]{2,5}|(?:local|(?:[A-Z]\w+ )+) ?[Tt]ime))?\W*"
)
"""A time of the clock alone; "9:15am on Tuesday" has a day."""
_RELATIVE = re.compile(r"\b(?:past|last|next|coming|previous|recent|first|years?|decades?|months?)\b", re.I)
"""Lengths of time that are stretches of the calendar, not of a contact."""
_PUT_OFF = frozenset({"cancelled", "postponed", "refused"})
_NOT_ON = frozenset({"since", "until", "till", "before", "by"})
"""A date behind one of these is a limit, not the day."""
_SPOKEN: Final = frozenset(
    {"speech", "interview", "briefing", "statement", "remarks", "address", "tweet", "article", "column", "broadcast"}
    | {"readout", "release", "message"}
)
"""Nouns whose day is the day of the words: "she said in a speech on Monday"."""
_CONFERENCE: Final = frozenset({"press", "news", "media"})
_IN_WORDS: Final = re.compile(
    r"\b(?:in|during|at) (?:an?|his|her|their|its|the) (?:\w+ ){0,3}"
    r"(?:speech|interview|briefing|statement|address)\b[^,;.]*$"
)
_PLANNED_FOR: Final = re.compile(
    r"[^,;:]*\b(?:expected|scheduled|planned|slated|set|due)(?: for| to (?:take place|be held|begin|start|resume))?"
    r"(?: on| in| at)*\s*"
)
_BEFORE: Final = frozenset({"before", "until", "ahead", "prior", "eve"})
_STEP: Final = re.compile(
    r"\b(?P<n>a|an|one|two|three|four|five|six|seven|\d{1,2})\s+(?P<unit>day|week)s?\s+(?P<way>after|before|following)\s*$"
    r"|\bthe\s+day\s+(?P<the>after|before)\s*$"
    r"|\bon\s+the\s+(?P<eve>eve)\s+of\s*$",
    re.I,
)
_LONG_AGO: Final = re.compile(r"\b(?:day|week|month|year|decade)s?\s*$", re.I)
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_RUNS: Final = re.compile(
    r"\b(?:which|that|to be|being|due|scheduled|set)\b(?: \S+){0,6}$|\b(?:summit|assembly|forum|conference|meeting)"
    r"(?: in \w+(?: \w+)?)?,? (?:on|from)$",
    re.I,
)
_LASTS: Final = frozenset({"lasted", "lasts", "last", "lasting", "ran", "went", "took", "continued", "stretched"})
_IT: Final = frozenset({"it", "they", "this", "which", "that"})
_ENDS: Final = frozenset(
    {"ended", "concluded", "finished", "broke", "wrapped", "collapsed", "end", "ends", "emerged", "closed"}
)


_CENTURY: Final = re.compile(r"-?\d\dXX$")
"""A century dates a villa, not a meeting in it."""


class _Fit(NamedTuple):
    cost: int
    gap: int
    time: TimeExpression


def when(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The date or time of a contact in its own sentence; None where there is none or it is not settled."""
    told = [t for t in times if t.type in {"date", "time"} and not _reference(t) and not _CENTURY.match(t.value or "")]
    top = _top(scene, trigger)
    step = _step(scene, top)
    if step is not None:
        return _stepped(scene, top, step, told)
    found = _nearest(scene, trigger, top, told)
    if found is None or _opens_step(scene, found):
        found = (_of_words_after(scene, trigger, top, told) if found is None else None) or _counted(scene, top, told)
    if found is None:
        found = _of_first_verb(scene, trigger, top, told) or _of_gathering(scene, trigger, told)
    if found is None or not found.value:
        return None
    return with_next_day(scene, found, told)


def how_long(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """How long a contact lasted, by its own sentence."""
    lengths = [t for t in times if t.type == "duration" and t.value and not _RELATIVE.search(t.text)]
    top = _top(scene, trigger)
    for time in lengths:
        if _lasted(scene, trigger, top, time):
            return time
    found = _nearest(scene, trigger, top, lengths)
    if found is None or _since(scene, found):
        return None
    return found


def _top(scene: Scene, trigger: Trigger) -> Token:
    top = syntax.climb(trigger.head, scene.words) if trigger.is_noun else trigger.head
    if top.dep_ == "relcl" and top.head.lower_ == "time":  # "the last time they met was in May"
        top = top.head
    return top


# ---------------------------------------------------------------- dates


def _put_off(scene: Scene, top: Token) -> bool:
    """Does a verb or noun of cancelling govern the contact, so that the day before it is the day of cancelling?"""
    if top.dep_ == "dobj":
        return scene.words.verbs.get(syntax.phrase_of(top.head)) in _PUT_OFF
    return top.dep_ == "pobj" and scene.words.nouns.get(top.head.head.lower_) in _PUT_OFF


def _reference(time: TimeExpression) -> bool:
    return (time.timex or "").endswith("_REF")


def _nearest(scene: Scene, trigger: Trigger, top: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    sentence = scene.sentence
    put_off = trigger.is_noun and _put_off(scene, top)
    own = {t.i for t in top.subtree} if _apart(scene, trigger, top) else None
    best: _Fit | None = None
    for time, root, first in _here(scene, times):
        if first and scene.tokens[first - 1].lower_ in _NOT_ON and time.type != "duration":
            continue
        cost = syntax.attachment(scene, trigger.head, top, trigger.last, root)
        if cost is None and _comes_about(scene, trigger, top, root):
            cost = 1.0
        if cost is None or (time.type != "duration" and _of_words(scene, time, root, {trigger.head.i, top.i})):
            continue
        if time.type != "duration" and _still_ahead(top, root):
            continue  # "a truce to begin on Sunday, after talks": the truce's day
        if time.type != "duration" and first and _until_then(scene, first, root):
            continue  # "postponed to next week": the new day
        if own is not None and root.i not in own:
            continue  # "will meet on Monday ahead of the summit": not the summit's day
        if cost >= 1 and put_off and root.i < trigger.first:
            continue  # "cancelled on Monday a visit": the day of cancelling
        fit = _Fit(round(cost), abs(root.i - trigger.head.i), time)
        if best is None or fit[:2] < best[:2]:
            best = fit
    del sentence
    return best.time if best else None


def _until_then(scene: Scene, first: int, root: Token) -> bool:
    """Is it the day to which something was put off?"""
    if scene.tokens[first - 1].lower_ not in {"to", "until", "till"}:
        return False
    return any(scene.words.verbs.get(syntax.phrase_of(a)) == "postponed" for a in root.ancestors if syntax.is_verb(a))


def _here(scene: Scene, times: Sequence[TimeExpression]) -> list[tuple[TimeExpression, Token, int]]:
    """The expressions of this sentence with their syntactic root and first token; no bare times of the clock."""
    sentence = scene.sentence
    begin = sentence.start + dateline_end(sentence.text)
    found = []
    for time in times:
        if not (begin <= time.start and time.end <= sentence.end):
            continue
        tokens = sentence.tokens_in(time.start, time.end)
        if tokens is not None and not (time.type == "time" and _CLOCK.fullmatch(time.text)):
            found.append((time, tokens.root, tokens.start))
    return found


def _comes_about(scene: Scene, trigger: Trigger, top: Token, token: Token) -> bool:
    """ "The meeting is expected to take place on Monday": the day hangs on the infinitive below its verb."""
    if not trigger.is_noun:
        return False
    between = scene.tokens[trigger.last + 1 : token.left_edge.i]
    if len(between) and not any(t.i in scene.heads for t in between) and _PLANNED_FOR.fullmatch(between.text):
        return True
    if top.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    while not syntax.is_verb(token) and token.head.i != token.i:
        token = token.head
    while (
        token.dep_ in {"xcomp", "acomp"} or (token.dep_ == "advcl" and token.tag_ == "VB")
    ) and token.i not in scene.heads:
        token = token.head
        if token.i == top.head.i:
            return True
    return False


def _of_words(scene: Scene, time: TimeExpression, token: Token, anchors: set[int]) -> bool:
    """Does the date hang on a noun of speaking ("in a speech on Monday"), which is not the contact itself?"""
    if _IN_WORDS.search(scene.sentence.text, 0, time.start - scene.sentence.start):
        return True
    for _ in range(6):
        if token.i in anchors or syntax.is_verb(token) or token.head.i == token.i:
            return False
        if token.lower_ in _SPOKEN or (
            token.lower_ == "conference" and any(c.lower_ in _CONFERENCE for c in token.children)
        ):
            return True
        token = token.head
    return False


def _apart(scene: Scene, trigger: Trigger, top: Token) -> bool:
    """Is the contact only named to say when something else was: "met on Monday ahead of the summit", "weeks after it"?

    Then no date outside its own phrase is its own.
    """
    link = _link(top)
    if link is None:
        return False
    if link.lower_ in {"after", "before"} and _LONG_AGO.search(_until(scene, link)[: -len(link.text)]):
        return True
    if not trigger.is_noun or top.dep_ != "pobj":
        return False
    over = link.head.head if link.lower_ == "of" and link.head.dep_ == "pobj" else link  # "of the Group of 20 sessions"
    for one in (link, over):
        if one.lower_ in _BEFORE or (one.lower_ in {"of", "to"} and one.head.lower_ in _BEFORE):
            return True
    verb = syntax.governor(top)
    return link.lower_ in {"after", "following"} and verb is not None and verb.i in scene.heads


def _of_words_after(
    scene: Scene, trigger: Trigger, top: Token, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """ "X said on Saturday after chairing talks": the day of the clause that the contact's own one hangs on."""
    verb = trigger.head if not trigger.is_noun else syntax.governor(top)
    if verb is None or verb.i in scene.heads - {trigger.head.i}:
        return None
    main = _main_of(verb) if not _infinitive(verb) else _finite_above(verb)
    if main is None or main.i in scene.heads or _apart(scene, trigger, top):
        return None
    if _infinitive(verb) and trigger.is_noun and not scene.words.light.get(syntax.phrase_of(verb)):
        return None  # "a truce from Monday to help the talks"
    for time, root, first in _here(scene, times):
        if first and scene.tokens[first - 1].lower_ in _NOT_ON:
            continue
        if _hangs_on(root, main):
            because = f"what is told of “{time.text}” followed it at once"
            because = f"{time.because}; {because}" if time.because else because
            return msgspec.structs.replace(time, basis="inferred", because=because)
    return None


def _of_first_verb(
    scene: Scene, trigger: Trigger, top: Token, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """ "On Thursday he held talks with X and met Y": a day in front of the first of two verbs is that of both."""
    verb, first = trigger.head, trigger.head.head
    if trigger.is_noun or verb.dep_ != "conj" or not syntax.is_verb(first) or verb.tag_ != first.tag_:
        return None
    if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children) or _apart(scene, trigger, top):
        return None
    if scene.words.verbs.get(syntax.phrase_of(first)) in _PUT_OFF:
        return None
    for time, root, at in _here(scene, times):
        if at and scene.tokens[at - 1].lower_ in _NOT_ON:
            continue
        if root.i < first.i and _hangs_on(root, first):
            because = f"{time.because}; told with what was done that day" if time.because else ""
            return msgspec.structs.replace(time, basis="inferred", because=because)
    return None


def _main_of(verb: Token) -> Token | None:
    """The verb above a clause opened by "after"."""
    link = _link(verb)
    if link is None or link.lower_ not in {"after", "following", "upon"}:
        return None
    above = syntax.head_of(link if verb.dep_ == "pcomp" else verb)
    return above if syntax.is_verb(above) else None


def _of_gathering(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """ "on the margins of the assembly, which runs from May 13 to 16": the days of the gathering around the contact."""
    for margin in scene.tokens[trigger.last + 1 :]:
        if margin.lower_ not in {"sidelines", "sideline", "margins", "margin"}:
            continue
        for time, root, first in _here(scene, times):
            between = scene.tokens[margin.i + 1 : first].text if first > margin.i else ";"
            if time.value and root.i > margin.i and ";" not in between and _RUNS.search(between):
                because = f"{time.because}; the gathering around it is then"
                return msgspec.structs.replace(time, basis="inferred", because=because)
    return None


def _link(top: Token) -> Token | None:
    """The preposition or conjunction that the contact's phrase or clause hangs on."""
    if top.dep_ in {"pobj", "pcomp"}:
        return syntax.head_of(top)
    if top.dep_ == "advcl":
        return next((c for c in top.children if c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "before"}), None)
    return None


def _still_ahead(top: Token, token: Token) -> bool:
    """Does a date hang on an infinitive that a contact told with "after" hangs on too?"""
    link = _link(top)
    if link is None or link.lower_ not in {"after", "following"}:
        return False
    verb = syntax.governor(top) if not syntax.is_verb(top) else syntax.head_of(top)
    return verb is not None and _infinitive(verb) and _hangs_on(token, verb)


def _infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" and c.i < verb.i for c in verb.children)


def _finite_above(verb: Token) -> Token | None:
    """The first verb above that is no infinitive."""
    above: Token | None = verb
    while above is not None and _infinitive(above):
        higher = syntax.governor(above)
        above = None if higher is None or higher.i == above.i else higher  # at the root there is nothing above
    return above


def _hangs_on(token: Token, verb: Token) -> bool:
    """Does the date belong to the verb itself: through a preposition, through no other noun or verb?"""
    for _ in range(4):
        token = token.head
        if token.i == verb.i:
            return True
        if syntax.is_verb(token) or token.tag_.startswith("NN") or token.head.i == token.i:
            return False
    return False


def _step(scene: Scene, top: Token) -> int | None:
    """-1 for "a day after the talks", 1 for "on the eve of the talks": days from the clause above to the contact."""
    link = _link(top)
    match = _STEP.search(_until(scene, link)) if link is not None else None
    return None if match is None else _days_of(match)


def _opens_step(scene: Scene, time: TimeExpression) -> bool:
    """Is the expression the "a day" of "a day after the talks"?"""
    rest = re.match(r"\s+(?:after|before|following)\b", scene.sentence.text[time.end - scene.sentence.start :])
    return rest is not None and _STEP.search(f"{time.text} after") is not None


def _until(scene: Scene, word: Token) -> str:
    """The sentence up to and with a word."""
    return scene.sentence.text[: scene.span(word.i, word.i)[1] - scene.sentence.start]


def _days_of(match: re.Match[str]) -> int:
    if match["eve"]:
        return 1
    n = 1
    if match["n"]:
        word = match["n"].lower()
        n = int(word) if word.isdigit() else _NUMBERS[word]
        n *= 7 if match["unit"].lower() == "week" else 1
    return n if (match["way"] or match["the"]).lower() == "before" else -n


def _stepped(scene: Scene, top: Token, step: int, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The day counted from the day of the verb above; the contact's own day where its phrase names one."""
    own = {t.i for t in top.subtree}
    here = [row for row in _here(scene, times) if not _opens_step(scene, row[0])]
    for time, root, _ in here:
        if root.i in own and time.value:
            return time
    verb = syntax.governor(top)
    at = scene.sentence.start
    link = _link(top)
    match = _STEP.search(_until(scene, link)) if link is not None else None
    until = match.start() if match is not None else 0
    for time, root, _ in here:
        beside = time.end - at <= until and not scene.sentence.text[time.end - at : until].strip(" ,")
        if beside or (verb is not None and _hangs_on(root, verb)):
            return _shifted(time, step)
    return None


def _counted(scene: Scene, top: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """ "X met Y a day after the summit on Thursday": the day counted from what is named behind it."""
    verb = top if syntax.is_verb(top) else syntax.governor(top)
    for link in scene.tokens:
        if link.lower_ not in {"after", "following", "before"} or link.i < top.i or verb is None:
            continue
        match = _STEP.search(_until(scene, link))
        if match is None or link.head.i not in {verb.i, top.i, *(c.i for c in verb.children)}:
            continue
        below = {t.i for t in link.subtree}
        for time, root, _ in _here(scene, times):
            if root.i in below and root.i > link.i:
                return _shifted(time, -_days_of(match))
    return None


def _shifted(time: TimeExpression, step: int) -> TimeExpression | None:
    day = dates.days(time.value) if time.value else None
    if day is None or day[0] != day[1]:
        return None
    value = (date.fromisoformat(day[0]) + timedelta(step)).isoformat()
    because = f"{abs(step)} day(s) {'after' if step > 0 else 'before'} “{time.text}”, {day[0]}"
    return msgspec.structs.replace(time, value=value, basis="resolved", because=because)


# ---------------------------------------------------------------- lengths


def _lasted(scene: Scene, trigger: Trigger, top: Token, time: TimeExpression) -> bool:
    """Does a clause of the sentence say that the contact "lasted" so long, or ended after so long?"""
    for found, root, first in _here(scene, [time]):
        verb = root
        while not syntax.is_verb(verb) and verb.head.i != verb.i:
            verb = verb.head
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        own = any(c.i in {top.i, trigger.head.i} for c in subjects)
        if verb.lower_ in _ENDS:
            return own and bool(first) and scene.tokens[first - 1].lower_ == "after"
        if verb.lower_ in _LASTS:
            stands_for = any(c.lower_ in _IT for c in subjects) and trigger.head.i < verb.i
            return own or stands_for or (verb.dep_ in {"relcl", "acl"} and verb.head.i in {top.i, trigger.head.i})
        del found
    return False


def _since(scene: Scene, time: TimeExpression) -> bool:
    """ "after seven years", "in two weeks", "for the first time in two years" are no length of a contact."""
    tokens = scene.sentence.tokens_in(time.start, time.end)
    if tokens is None or tokens.start == 0:
        return False
    after = scene.tokens[tokens.end].lower_ if tokens.end < len(scene.tokens) else ""
    before = scene.tokens[tokens.start - 1].lower_
    if after == "of":
        return False  # "after nearly ten hours of talks"
    return before in {"after", "in", "within", "every", "past", "than"} or after in {
        "ago", "later", "earlier", "before", "after",
    }  # fmt: skip
