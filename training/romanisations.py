"""Other romanisations of Chinese and Korean names, by rule: aliases for the authority file.

Chinese names in pinyin get their Wade-Giles form (Xi Jinping: Hsi Chin-p'ing), which papers used until 1979 and Taiwan
uses; Korean names in whatever spelling get the McCune-Reischauer form of radio monitors, syllable by syllable
(Kim Dae-jung: Kim Tae-chung; Roh Moo-hyun: No Mu-hyon).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["mccune_reischauer", "wade_giles"]

# -- Chinese: Hanyu Pinyin to Wade-Giles -------------------------------------------------------------------------------

_INITIALS = {
    "zh": "ch", "ch": "ch'", "sh": "sh", "b": "p", "p": "p'", "m": "m", "f": "f", "d": "t", "t": "t'", "n": "n",
    "l": "l",     "g": "k", "k": "k'",
    "h": "h", "j": "ch", "q": "ch'", "x": "hs", "r": "j", "z": "ts", "c": "ts'", "s": "s", "y": "y",
    "w": "w", "": "",
}  # fmt: skip
_FINALS = (
    "iang iong uang ueng ang eng ing ong ian iao uai uan ai ei ao ou an en ia ie in iu ua ui un uo ue er a o e i u v"
).split()
_WHOLE = {
    "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tz'u", "si": "ssu", "yi": "i",
    "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yüeh", "yuan": "yüan", "yun": "yün", "yu": "yü", "yong": "yung",
    "ge": "ko", "ke": "k'o", "he": "ho", "e": "o", "gui": "kuei", "kui": "k'uei", "er": "erh", "nv": "nü", "lv": "lü",
}  # fmt: skip
_DOUBLE = {"Ouyang", "Sima", "Zhuge", "Shangguan", "Situ"}
_FINAL = {"ian": "ien", "ie": "ieh", "ue": "üeh", "ong": "ung", "iong": "iung"}
_AS_ROUND = {"j", "q", "x"}
"""After these, u stands for ü."""


def wade_giles(name: str) -> str | None:
    """A Chinese name in pinyin, family name first, in Wade-Giles; None where it is not pinyin.

    >>> wade_giles("Xi Jinping"), wade_giles("Hua Guofeng"), wade_giles("Chiang Kai-shek")
    ("Hsi Chin-p'ing", 'Hua Kuo-feng', None)
    """
    words = _plain(name).split()
    if not 2 <= len(words) <= 3 or "-" in name:
        return None
    parts = [_syllables(w.lower().replace("'", "").replace("-", "")) for w in words]
    if not all(parts) or any(len(p or ()) > 2 for p in parts) or (len(parts[0] or ()) > 1 and words[0] not in _DOUBLE):
        return None
    said = ["-".join(_wade(s) for s in p or ()) for p in parts]
    family, given = said[0], "-".join(said[1:])
    written = f"{_capital(family)} {_capital(given)}"
    return written if written != name else None


def _capital(word: str) -> str:
    """A word or words joined by hyphens, as names are written: Hsiao-p'ing."""
    return word[:1].upper() + word[1:]


def _syllables(word: str) -> list[str] | None:
    """A word of pinyin cut into its syllables, the longest cut first that leaves no rest."""
    if not word:
        return []
    for initial in ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw", ""):
        if not word.startswith(initial):
            continue
        for final in _FINALS:
            if word.startswith(initial + final):
                rest = _syllables(word[len(initial + final) :])
                if rest is not None:
                    return [initial + final, *rest]
        if initial:
            continue
    return None


def _wade(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = next(i for i in ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw", "") if syllable.startswith(i))
    final = syllable[len(initial) :]
    if initial in _AS_ROUND and final in {"u", "un", "uan"}:
        return _INITIALS[initial] + "ü" + final[1:]
    if final == "uo" and initial in {"d", "t", "n", "l", "z", "c", "s", "r", "zh", "ch"}:
        final = "o"
    return _INITIALS[initial] + _FINAL.get(final, final)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("’", "'")


# -- Korean: any usual spelling to McCune-Reischauer -------------------------------------------------------------------

_FAMILIES = {
    "lee": "yi", "yi": "yi", "rhee": "yi", "ri": "yi", "park": "pak", "bak": "pak", "choi": "choe", "choe": "choe",
    "roh": "no",
    "moon": "mun", "jung": "chong", "jeong": "chong", "chung": "chong", "yoon": "yun", "cho": "cho", "jo": "cho",
    "kang": "kang", "ban": "pan", "chun": "chon", "jeon": "chon", "jang": "chang", "chang": "chang", "lim": "im",
    "rim": "im",
    "kim": "kim", "gim": "kim", "han": "han", "song": "song", "oh": "o", "hwang": "hwang", "ahn": "an", "shin": "sin",
    "kwon": "kwon", "paik": "paek", "baek": "paek", "paek": "paek", "yoo": "yu", "ryu": "yu", "hong": "hong",
    "nam": "nam",
    "suh": "so", "seo": "so", "bae": "pae", "woo": "u", "koo": "ku", "chough": "cho",
}  # fmt: skip
_VOWELS = (
    ("yeo", "yo"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("young$", "yong"), ("yung$", "yong"),
    ("yun$", "yon"),
)  # fmt: skip
_FIRST = (("g", "k"), ("d", "t"), ("b", "p"), ("j", "ch"), ("r", "n"), ("sh", "s"))


def mccune_reischauer(name: str) -> list[str]:
    """A Korean name, family name first, as radio monitors write it; empty where it is none or the same.

    Where a usual spelling stands for two sounds ("jung") there are two forms.

    >>> mccune_reischauer("Kim Dae-jung"), mccune_reischauer("Roh Moo-hyun")
    (['Kim Tae-chung', 'Kim Tae-chong'], ['No Mu-hyon'])
    """
    words = re.split(r"[\s-]+", _plain(name).lower())
    if len(words) != 3 or words[0] not in _FAMILIES or not all(w.isalpha() for w in words):
        return []
    family = _capital(_FAMILIES[words[0]])
    forms = [f"{family} {_capital(a)}-{b}" for a in _reischauer(words[1]) for b in _reischauer(words[2])]
    return [f for f in dict.fromkeys(forms) if f.lower() != _plain(name).lower()]


_TWO = {"jung": ("chung", "chong"), "chung": ("chung", "chong"), "sung": ("song", "sung"), "hung": ("hung", "hong")}


def _reischauer(syllable: str) -> tuple[str, ...]:
    if syllable in _TWO:
        return _TWO[syllable]
    said = re.sub("^hee$", "hui", syllable)
    for old, new in _VOWELS:
        said = re.sub(old, new, said)
    for old, new in _FIRST:
        if said.startswith(old):
            return (new + said[len(old) :],)
    return (said,)
