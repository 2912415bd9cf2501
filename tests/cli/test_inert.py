"""Text of reports cannot act on a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.inert import inert, json_line, one_line

# Pieces that a hostile report could be made of, put together in any way, also torn apart.
MARKS = [
    "\x1b", "\x1b[", "31m", "\x1b]0;", "\x07", "\x1b\\", "\x9b", "\x9d", "\x9c", "\r", "\n", "\u202e",
    "\u2066", "\ud800", "\x00", "\x7f", "\u2028", "[bold]", "ministers", " ",
]  # fmt: skip
PIECES = st.lists(st.one_of(st.sampled_from(MARKS), st.text(st.characters(), max_size=5))).map("".join)


@given(PIECES)
def test_nothing_that_a_terminal_acts_on_is_left(text: str) -> None:
    """No control character but line feed and tab, no direction mark and no lone surrogate stays."""
    for char in inert(text):
        code = ord(char)
        assert code >= 0x20 or char in "\n\t"
        assert not 0x7F <= code <= 0x9F
        assert not 0x202A <= code <= 0x202E
        assert not 0x2066 <= code <= 0x2069
        assert not 0xD800 <= code <= 0xDFFF


@given(PIECES)
def test_making_inert_twice_changes_nothing_more(text: str) -> None:
    """What is inert stays as it is."""
    assert inert(inert(text)) == inert(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("title\x1b]0;owned\x07 after", "title after"),
        ("link \x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\.", "link here."),
        ("an end\x1b] that never comes", "an end] that never comes"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Kyiv – “talks”, Ryabkov’s naïve", "Kyiv – “talks”, Ryabkov’s naïve"),
    ],
)
def test_escapes_go_and_words_stay(text: str, shown: str) -> None:
    """Escape sequences vanish with their payload; letters, quotation marks and dashes are untouched."""
    assert inert(text) == shown


def test_one_line_is_one_line() -> None:
    """Line breaks of every kind become single spaces."""
    assert one_line("  a\n\n b\u2028c\td ") == "a b c d"


@given(PIECES)
def test_json_is_lossless_and_inert(text: str) -> None:
    """A JSON line gives the text back whole, yet holds nothing that a terminal acts on, and is one line of UTF-8."""
    line = json_line({"text": text})
    # A high and a low surrogate side by side, when written as escapes, are read back as the character they encode.
    assert json.loads(line)["text"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert line == inert(line)
    assert "\n" not in line
    line.encode()
