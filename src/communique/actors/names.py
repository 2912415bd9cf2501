"""Runs of capitalised words that name a person, and which bodies in the text are parts of such names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from communique.actors.authority import Authority, Hit
from communique.actors.folding import PARTICLES, key, name_words
from communique.actors.offices import Office
from communique.actors.words import Word, lists

__all__ = ["Run", "find_runs", "headline"]


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


def headline(words: Sequence[Word]) -> bool:
    """Is this sentence set like a headline, with (nearly) every longer word capitalised?"""
    long = [w for w in words if w.alpha and len(w.text) > 3]
    return len(long) >= 4 and sum(w.capital for w in long) >= 0.8 * len(long)


_JOIN: Final = frozenset("-–‐‑")


def find_runs(
    text: str, words: Sequence[Word], hits: dict[int, tuple[Hit, int]], offices: Sequence[Office], authority: Authority
) -> list[Run]:
    """Every run of name words outside offices, in order.

    `hits` maps the first word of a body or place to its hit and last word; entries that turn out to be parts of a
    person's name ("Israel Katz", "Vladimir Putin") are removed from it.
    """
    core = {i for o in offices for i in range(o.core[0], o.core[1] + 1)}
    runs: list[Run] = []
    at = 0
    while at < len(words):
        hit = hits.get(at)
        if hit and not _in_name(words, at, hit, hits, core, authority):
            at = hit[1] + 1
            continue
        if at in core or not _starts(words, at, authority):
            at += 1
            continue
        last = _grow(words, at, hits, core, authority)
        carried = tuple(k for i in range(at, last + 1) if words[i].alpha and (k := key(words[i].text)))
        run = Run(
            at,
            last,
            text[words[at].start : words[last].end],
            name_words(text[words[at].start : words[last].end]) or carried,
        )
        run.start_word, run.end_word = at, last
        runs.append(run)
        for i in range(at, last + 1):
            hits.pop(i, None)
        at = last + 1
    return runs


def _is_name(word: Word) -> bool:
    known = lists()
    return word.capital and word.alpha and word.low not in known.never and word.low.rstrip(".") not in known.honorifics


def _starts(words: Sequence[Word], at: int, authority: Authority) -> bool:
    word = words[at]
    low = word.low
    following = words[at + 1] if at + 1 < len(words) else None
    if low in PARTICLES and following is not None and following.capital and word.capital:
        return True
    if (
        low in {"al", "el", "de", "van", "von", "bin", "ibn"}
        and not word.capital
        and following is not None
        and following.text in _JOIN
    ):
        return at + 2 < len(words) and words[at + 2].capital
    if not _is_name(word) or (len(word.text) == 1 and following is not None and not following.capital):
        return False
    opens = at == 0 or words[at - 1].sentence != word.sentence or words[at - 1].text in "\"“”‘'«:;•*–—(["
    if opens and low not in authority.given:
        known = lists()
        if (
            low in known.openers
            or low.endswith("ly")
            or (low.endswith("ing") and not (following and following.capital))
        ):
            return False
    return low not in lists().openers or (following is not None and _is_name(following) and low in authority.given)


def _in_name(
    words: Sequence[Word], at: int, hit: tuple[Hit, int], hits: dict[int, tuple[Hit, int]], core: set[int], authority: Authority
) -> bool:  # fmt: skip
    """Is the body or place at this word part of a person's name rather than itself?"""
    found, last = hit
    if found.form == "demonym" or last - at > 1 or found.end - found.start < 4:
        return False
    after = last + 1
    follows = (
        after < len(words)
        and after not in core
        and after not in hits
        and _is_name(words[after])
        and words[after].low not in lists().openers
    )
    follows = follows and words[after].sentence == words[at].sentence
    # particles: "Israel van Dyk"
    before = at - 1
    leads = before >= 0 and before not in core and _is_name(words[before]) and words[before].low in authority.given
    leads = leads and words[before].sentence == words[at].sentence
    if not follows and not leads:
        return False
    low = key(words[at].text)
    if found.form == "place" and follows and low in authority.given:
        return True
    stretch = [words[i].text for i in range(before if leads else at, (after if follows else last) + 1)]
    names = name_words(" ".join(stretch))
    if len(names) < 2:
        return False
    for number in authority.sharing(names, len(names)):
        if any(set(names) <= set(form) for form in authority.forms(number)):
            return True
    return bool(
        leads and not follows and found.form == "place" and at - 2 >= 0 and words[before].low in authority.given
    )


def _grow(
    words: Sequence[Word], at: int, hits: dict[int, tuple[Hit, int]], core: set[int], authority: Authority
) -> int:
    """The last word of the name that begins at `at`."""
    last = at
    i = at + 1
    while i < len(words) and words[i].sentence == words[at].sentence and i not in core:
        word = words[i]
        if (
            word.text in _JOIN
            and not word.spaced
            and i + 1 < len(words)
            and not words[i + 1].spaced
            and words[i + 1].alpha
        ):
            if i + 1 in hits and words[i + 1].low not in authority.given:
                break
            last = i + 1
            i += 2
            continue
        if i in hits and not _in_name(words, i, hits[i], hits, core, authority):
            break
        if _is_name(word) and not (
            word.low in lists().openers
            and word.low not in authority.given
            and i + 1 < len(words)
            and not words[i + 1].capital
            and len(word.text) < 4
        ):
            last = i
        elif (word.low in PARTICLES and word.low not in {"y", "e", "as", "an", "do"}) or word.text in {"'", "’", "‘"}:
            following = words[i + 1] if i + 1 < len(words) else None
            if (
                following is None
                or not (following.capital or following.low in PARTICLES or following.text in _JOIN)
                or (not following.alpha
                and following.text not in _JOIN)
            ):
                break
            if word.text in {"'", "’", "‘"} and (word.spaced or not following.capital):
                break
            if i + 1 in core:
                break
        elif (
            word.low in {"y", "e"} and i + 1 < len(words) and _is_name(words[i + 1]) and i + 1 not in hits and last > at
        ):
            pass
        else:
            break
        i += 1
    return last
