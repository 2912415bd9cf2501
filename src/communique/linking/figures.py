"""Quantities in passages, with unit and subject, and where two reports cannot both be right about one.

"Within the two-year period named in the deal" and "embassies are to reopen within two months" are the same quantity
only if they are about the same: their unit is of one kind and the words around them are shared. Since most figures of
two reports are about different things, a pair is listed only on several shared words, and not at all if either report
also has the other's value.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from communique.linking.lexicon import lexicon
from communique.linking.told import fold
from communique.records import Passage

__all__ = ["Figure", "clocks", "conflicts", "figures"]

_WORD: Final = re.compile(r"[$€£¥]?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")
_DIGITS: Final = re.compile(r"^[$€£¥]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?$")
_REACH: Final = 12
"""Words to either side of a figure among which its subject is looked for."""
_SHARED: Final = 3
_SHARE: Final = 0.3
_ROUGH: Final = 0.15
_STEM: Final = 5
"""Letters by which words are compared: `reopen`, `reopening`; `embassies`, `embassy`."""
_CLOCK: Final = re.compile(
    r"\b(?P<edge>start(?:ed|ing)|beg[au]n|opened|kicked off|end(?:ed|ing)|concluded|concluding|finished|wrapped up)"
    r"\b[^.;!?]{0,40}?\b(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """A quantity: its value in the unit of `dimension` (days for periods of time), what it counts, and the passage."""

    value: float
    dimension: str
    rough: bool
    subject: frozenset[str]
    passage: Passage


@lru_cache(maxsize=4096)
def _number(word: str) -> float | None:
    if _DIGITS.match(word):
        return float(word.strip("$€£¥%").replace(",", ""))
    return lexicon().numerals.get(word.lower())


def figures(passages: Iterable[Passage]) -> tuple[Figure, ...]:
    """The quantities in the passages, in the order of the text, each once; dates, clock times and ordinals are none."""
    found: dict[tuple[int, int], Figure] = {}
    for passage in passages:
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(passage.text)]
        at = 0
        while at < len(words):
            figure, at = _figure(passage, words, at)
            if figure is not None:
                found.setdefault(figure.passage.span, figure)
    return tuple(found[span] for span in sorted(found))


def _figure(passage: Passage, words: Sequence[tuple[str, int, int]], at: int) -> tuple[Figure | None, int]:
    """The figure that begins at word `at`, and the word to go on from."""
    value, end = _read(words, at)
    if value is None:
        return None, at + 1
    first = words[at][0]
    step = end + 1 if end < len(words) and words[end][0] == "-" else end
    unit = words[step][0].lower() if step < len(words) else ""
    days = lexicon().periods
    if unit.rstrip("s") in days:
        value, dimension, end = value * days[unit.rstrip("s")], "days", step + 1
    elif first.endswith("%") or unit in ("percent", "%") or (unit == "per" and _word(words, step + 1) == "cent"):
        dimension, end = "percent", end if first.endswith("%") else step + 1 + (unit == "per")
    elif first[0] in "$€£¥":
        dimension = first[0]
    else:
        counted = _counted(words, step)
        if counted is None or (value == 1 and first.isalpha()) or (1000 <= value <= 2200 and "," not in first):
            return None, end
        dimension, end = words[counted][0].lower()[:_STEM], counted + 1
    start = passage.start + words[at][1]
    stop = passage.start + words[min(end, len(words)) - 1][2]
    before = passage.text[max(0, words[at][1] - 16) : words[at][1]]
    where = Passage(start, stop, passage.text[start - passage.start : stop - passage.start])
    rough = bool(lexicon().roughly.search(before))
    return Figure(value, dimension, rough, _subject(words, at, end, dimension), where), end


def _word(words: Sequence[tuple[str, int, int]], at: int) -> str:
    return words[at][0].lower() if at < len(words) else ""


def _read(words: Sequence[tuple[str, int, int]], at: int) -> tuple[float | None, int]:
    """The number that begins at word `at` ("7.5 million", "twenty-five", "a hundred"), and where it ends."""
    value = _number(words[at][0])
    if value is None:
        return None, at
    end = at + 1
    while end < len(words):
        step = end + 1 if words[end][0] == "-" else end
        more = _number(words[step][0]) if step < len(words) and not _DIGITS.match(words[step][0]) else None
        if more is None or (words[step][0].lower() in ("a", "one") and value < 20):
            break
        if more >= 100 or (more == 12 and words[step][0].lower() == "dozen"):
            value *= more
        elif value % 100 >= 20 > more and value % 10 == 0:
            value += more
        else:
            break
        end = step + 1
    return value, end


def _counted(words: Sequence[tuple[str, int, int]], at: int) -> int | None:
    """Where what is counted stands: the first plural of the next three words ("100,000 Russian soldiers"), or None."""
    for n in range(at, min(at + 3, len(words))):
        word = words[n][0].lower()
        if not word.isalpha() or word in lexicon().figure_filler:
            return None
        if word == "people" or (word.endswith("s") and len(word) > 3 and not word.endswith("ss")):
            return n
    return None


def _subject(words: Sequence[tuple[str, int, int]], at: int, end: int, dimension: str) -> frozenset[str]:
    near = [*words[max(0, at - _REACH) : at], *words[end : end + _REACH]]
    # Names are left out: two reports of one encounter share them whatever their figures are about.
    plain = [fold(word) for word, start, _ in near if word.isalpha() and (word.islower() or start == 0)]
    plain = [word for word in plain if _number(word) is None]
    stems = {word[:_STEM] for word in plain if len(word) > 2 and word not in lexicon().figure_filler}
    return frozenset(stems - {dimension} - {form[:_STEM] for unit in lexicon().periods for form in (unit, unit + "s")})


Conflict = tuple[tuple[str, Figure], tuple[str, Figure], frozenset[str]]


def conflicts(said: Mapping[str, Sequence[Figure]]) -> list[Conflict]:
    """Pairs of figures (report id, figure) about the same that cannot both be right, with the words they share.

    Figures told alike by many reports are compared once; each pair stands for the first reports that tell it.
    """
    alike: dict[tuple[str, float, bool, frozenset[str]], list[tuple[str, Figure]]] = defaultdict(list)
    for report in sorted(said):
        for figure in said[report]:
            alike[figure.dimension, figure.value, figure.rough, figure.subject].append((report, figure))
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    groups = list(alike.values())
    found = []
    for n, group in enumerate(groups):
        figure = group[0][1]
        near = Counter(m for word in figure.subject for m in index[figure.dimension, word])
        for m in sorted(m for m, count in near.items() if count >= _SHARED):
            shared = _about_the_same(groups[m][0][1], figure)
            if shared and _apart(groups[m][0][1], figure):
                pair = next(((a, b) for a, b in product(groups[m], group) if _only(a, b, said)), None)
                if pair is not None:
                    found.append((*pair, shared))
        for word in figure.subject:
            index[figure.dimension, word].append(n)
    return found


def _only(a: tuple[str, Figure], b: tuple[str, Figure], said: Mapping[str, Sequence[Figure]]) -> bool:
    """Whether the two are of two reports of which neither also has the other's value."""
    return a[0] != b[0] and not _also(a[1], said[b[0]]) and not _also(b[1], said[a[0]])


def _about_the_same(a: Figure, b: Figure) -> frozenset[str]:
    if a.dimension != b.dimension:
        return frozenset()
    shared = a.subject & b.subject
    enough = len(shared) >= _SHARED and len(shared) >= _SHARE * min(len(a.subject), len(b.subject))
    return shared if enough else frozenset()


def _apart(a: Figure, b: Figure) -> bool:
    slack = _ROUGH if a.rough or b.rough else 0.02
    return abs(a.value - b.value) > slack * max(abs(a.value), abs(b.value))


def _also(one: Figure, others: Sequence[Figure]) -> bool:
    return any(one.dimension == other.dimension and not _apart(one, other) for other in others)


def clocks(passages: Iterable[Passage]) -> dict[str, tuple[int, Passage]]:
    """When something began (`start`) and ended (`end`) by the passages: minutes after midnight, and the passage."""
    found: dict[str, tuple[int, Passage]] = {}
    for passage in passages:
        for match in _CLOCK.finditer(passage.text):
            edge = "start" if match["edge"].lower()[:4] in ("star", "begu", "bega", "open", "kick") else "end"
            hour, minute = int(match["h"]), int(match["m"])
            if hour > 24 or minute > 59:
                continue
            if match["half"]:
                hour = hour % 12 + 12 * (match["half"][0].lower() == "p")
            found.setdefault(edge, (hour * 60 + minute, passage))
    return found
