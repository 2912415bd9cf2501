"""Bytes become text, or an error that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UnreadableReport
from communique.intake import decode

TEXT = "Premierul Viktor Orbán îl primește pe președintele Vučić – “talks” in Kraków, señor Peña said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_read_with_or_without_a_mark(encoding: str) -> None:
    """A byte-order mark is followed; UTF-16 without one is seen from its zeros."""
    text = TEXT if encoding != "utf-16-le" and encoding != "utf-16-be" else "The ministers met in Oslo on Friday."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The minister said: “We will not go – not now.” José Peña agreed with François and Jürgen."),
        ("cp1251", "Министр иностранных дел встретился в Москве с послом и обсудил вопросы безопасности."),
    ],
)
def test_legacy_encodings_are_guessed(encoding: str, text: str) -> None:
    """Eight-bit text is read by what its letters make of it."""
    assert decode(text.encode(encoding)) == text


def test_a_page_is_read_in_the_charset_it_declares() -> None:
    """The meta element of a page goes before a guess."""
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź, Kraków i Gdańsk ąęśżź</body></html>'
    assert decode(page.encode("iso-8859-2")) == page


def test_a_declared_charset_that_does_not_exist_is_passed_over() -> None:
    """A page may declare anything."""
    page = '<meta charset="x-nonsense"><p>Les ministres se sont rencontrés à Genève, où l’été est arrivé très tôt.'
    assert "Genève" in decode(page.encode("cp1252"))


def test_a_file_cut_inside_a_character_is_still_utf8() -> None:
    """One broken byte at the end does not turn the rest into another encoding."""
    text = "Vučić i Plenković razgovarali su u Beču o šumama"
    assert decode(text.encode()[:-1] + "š".encode()[:1]).startswith("Vučić i Plenković")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"--- *** ---", "no words"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Talks\x00in Geneva went on" * 3, "not text"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x01\x02\x03\x04\x05\x06abc", "binary"),
        ("Talks\x00 and".encode("utf-16"), "NUL"),
    ],
)
def test_what_is_not_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    """Archives, pictures, binary data, NULs and emptiness are named."""
    with pytest.raises(UnreadableReport, match=reason):
        decode(data, "a.txt")


def test_line_ends_become_one_kind() -> None:
    """Windows and old Macintosh line ends are the same as others."""
    assert decode(b"one\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    """Any bytes give text without NUL and without lone surrogates, or the one error."""
    try:
        text = decode(data)
    except UnreadableReport:
        return
    assert "\x00" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc",))))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """Text in UTF-8 is never taken for anything else."""
    assert decode(("Talks. " + text).encode()) == "Talks. " + text
