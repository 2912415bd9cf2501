"""Near copies and origins."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from communique import linking
from communique.records import NearCopy

WORDS = [
    f"{a}{b}" for a in ("bo", "ka", "li", "mu", "ne", "ro", "sa", "ti") for b in ("dan", "fer", "gil", "hop", "lat")
]


def prose(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def copies(**texts: str) -> list[tuple[str, str]]:
    return [(c.a, c.b) for c in linking.near_copies({name: linking.signature(text) for name, text in texts.items()})]


def test_an_edited_copy_and_a_cut_one_are_found_and_another_text_is_not() -> None:
    """An edited copy and a cut one are found and another text is not."""
    text = prose(1)
    rng = random.Random(5)
    edited = " ".join(w if rng.random() > 0.1 else "changed" for w in text.split())
    cut = " ".join(text.split()[:100])
    assert copies(a=text, b=edited, c=cut, d=prose(2)) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_case_punctuation_and_accents_do_not_matter() -> None:
    """Case punctuation and accents do not matter."""
    text = prose(3)
    assert copies(a=text, b="«" + text.upper().replace(" ", ", ") + "» é") == [("a", "b")]


def test_a_text_of_a_few_words_is_no_copy_of_anything() -> None:
    """A text of a few words is no copy of anything."""
    assert copies(a="Read more here", b="Read more here") == []
    assert linking.copy_keys(linking.signature("Read more")) == ()


def test_new_reports_are_compared_with_old_ones() -> None:
    """New reports are compared with old ones."""
    sign = {name: linking.signature(prose(n)) for name, n in (("a", 1), ("b", 1), ("c", 1))}
    found = linking.near_copies({"c": sign["c"]}, {"a": sign["a"], "b": sign["b"]})
    assert [(c.a, c.b, c.containment) for c in found] == [("a", "c", 1.0), ("b", "c", 1.0)]


def test_the_origin_is_the_smallest_id_of_all_that_are_copies_of_each_other() -> None:
    """The origin is the smallest id of all that are copies of each other."""
    found = [NearCopy("b", "c", 1.0), NearCopy("a", "c", 0.9)]
    assert linking.origins("abcd", found) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert linking.origins("dcba", found[::-1]) == linking.origins("abcd", found)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_signatures_take_any_text(a: str, b: str) -> None:
    """Signatures take any text."""
    linking.near_copies({"a": linking.signature(a), "b": linking.signature(b)})
    assert linking.signature(a) == linking.signature(a)
