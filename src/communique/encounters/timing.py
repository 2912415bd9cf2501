"""Which date or time belongs to a contact: by the parse, never one that a verb of saying or another contact holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.encounters import syntax
from communique.encounters.scene import dateline_end
from communique.records import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger

__all__ = ["how_long", "when"]

_CLOCK = re.compile(r"\W*(?:at |by |around )?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m|hours|gmt|local|$)", re.I)
_RELATIVE = re.compile(r"\b(?:past|last|next|coming|previous|recent|first|years?|decades?|months?)\b", re.I)
"""Lengths of time that are stretches of the calendar, not of a contact."""
_PUT_OFF = frozenset({"cancelled", "postponed", "refused"})
_NOT_ON = frozenset({"since", "until", "till", "before", "by"})
"""A date behind one of these is a limit, not the day."""


def when(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The date or time of a contact in its own sentence; None where there is none or it is not settled."""
    found = _nearest(scene, trigger, [t for t in times if t.type in {"date", "time"} and not _reference(t)])
    return found if found is not None and found.value else None


def how_long(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """How long a contact lasted, by its own sentence."""
    found = _nearest(
        scene, trigger, [t for t in times if t.type == "duration" and t.value and not _RELATIVE.search(t.text)]
    )
    if found is None or _since(scene, found):
        return None
    return found


def _put_off(scene: Scene, top: Token) -> bool:
    """Does a verb or noun of cancelling govern the contact, so that the day before it is the day of cancelling?"""
    if top.dep_ == "dobj":
        return scene.words.verbs.get(syntax.phrase_of(top.head)) in _PUT_OFF
    return top.dep_ == "pobj" and scene.words.nouns.get(top.head.head.lower_) in _PUT_OFF


def _reference(time: TimeExpression) -> bool:
    return (time.timex or "").endswith("_REF")


def _since(scene: Scene, time: TimeExpression) -> bool:
    """ "after seven years", "in two weeks", "for the first time in two years" are no length of a contact."""
    tokens = scene.sentence.tokens_in(time.start, time.end)
    if tokens is None or tokens.start == 0:
        return False
    after = scene.tokens[tokens.end].lower_ if tokens.end < len(scene.tokens) else ""
    before = scene.tokens[tokens.start - 1].lower_
    if after == "of":
        return False  # "after nearly ten hours of talks"
    return (before in {"after", "in", "within", "every", "past", "than", "over"} and before != "over") or (after in {
        "ago", "of", "later", "earlier", "before", "after",
    } and after != "of")  # fmt: skip


def _nearest(scene: Scene, trigger: Trigger, times: Sequence[TimeExpression]) -> TimeExpression | None:
    sentence = scene.sentence
    top = syntax.climb(trigger.head, scene.words) if trigger.is_noun else trigger.head
    if top.dep_ == "relcl" and top.head.lower_ == "time":  # "the last time they met was in May"
        top = top.head
    put_off = trigger.is_noun and _put_off(scene, top)
    begin = sentence.start + dateline_end(sentence.text)
    best: tuple[int, int, TimeExpression] | None = None
    for time in times:
        if not (begin <= time.start and time.end <= sentence.end):
            continue
        tokens = sentence.tokens_in(time.start, time.end)
        if tokens is None or (time.type == "time" and _CLOCK.match(time.text)):
            continue
        if tokens.start and scene.tokens[tokens.start - 1].lower_ in _NOT_ON and time.type != "duration":
            continue
        cost = syntax.attachment(scene, trigger.head, top, trigger.last, tokens.root)
        if cost is None:
            continue
        if cost >= 1 and put_off and tokens.root.i < trigger.first:
            continue  # "cancelled on Monday a visit": the day of cancelling
        rank = (round(cost), abs(tokens.root.i - trigger.head.i), time)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else None
