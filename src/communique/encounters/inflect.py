"""The forms of a verb or noun, by rule, with a table of irregular ones: no lemmatizer runs in this house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["noun_forms", "verb_forms"]

_VOWELS = "aeiou"


def verb_forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every form of the verb `verb` and the tag it usually has (VB, VBZ, VBD, VBN, VBG).

    `irregular` gives past and participle where they are not regular, and further forms behind them.

    >>> sorted(verb_forms("meet", {"meet": ("met", "met")}))
    ['meet', 'meeting', 'meets', 'met']
    >>> sorted(verb_forms("travel", {"travel": ("travelled", "traveled")}))
    ['travel', 'traveled', 'traveling', 'travelled', 'travelling', 'travels']
    """
    past, participle, *more = irregular.get(verb, ("", ""))
    regular = _past(verb)
    forms = {verb: "VB", _third(verb): "VBZ", _present(verb, past): "VBG"}
    if past.endswith("lled") and past != regular:
        forms[_present(verb, participle)] = "VBG"
    forms.setdefault(past or regular, "VBD")
    forms.setdefault(participle or regular, "VBN")
    forms.update(dict.fromkeys(more, "VBP"))
    return forms


def noun_forms(noun: str, irregular: Mapping[str, str]) -> tuple[str, str]:
    """Singular and plural of the noun `noun`.

    >>> noun_forms("visit", {}), noun_forms("delegacy", {})
    (('visit', 'visits'), ('delegacy', 'delegacies'))
    """
    return (noun, irregular.get(noun, _third(noun)))


def _third(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")) and not word.endswith("oo"):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def _present(verb: str, past: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    doubled = _doubles(verb) or (past.endswith(verb[-1] * 2 + "ed") and not verb.endswith(verb[-1] * 2))
    return verb + (verb[-1] if doubled else "") + "ing"


def _doubles(verb: str) -> bool:
    """Does the last consonant double: a short word of one syllable that ends consonant, vowel, consonant?"""
    if len(verb) < 3 or verb[-1] in _VOWELS + "wxy":
        return False
    return verb[-2] in _VOWELS and verb[-3] not in _VOWELS and sum(c in _VOWELS for c in verb) == 1
