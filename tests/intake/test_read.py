"""Every input becomes a raw report or a refusal with its reason, in a stable order."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.intake import RawReport, read, report_id
from communique.intake.fields import from_mapping
from communique.records import Refusal

STORY = "Envoys meet in Oslo\n\nThe envoys of both countries met in Oslo on Friday."


def piped(data: bytes, **options: int) -> list[RawReport | Refusal]:
    return list(read(["-"], stdin=io.BytesIO(data), **options))


def reason(found: RawReport | Refusal) -> str:
    assert isinstance(found, Refusal)
    return found.reason


def test_a_folder_is_searched_through_in_order(tmp_path: Path) -> None:
    """Known suffixes in all subfolders, sorted; hidden files, other files and sidecars are left out."""
    for name in ("b.txt", "a.md", "sub/c.htm", ".hidden.txt", ".git/d.txt", "notes.docx", "a.expected.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<html><p>x</p></html>" if name.endswith("htm") else STORY)
    found = list(read([tmp_path]))
    assert [Path(r.path or "").name for r in found if isinstance(r, RawReport)] == ["a.md", "b.txt", "c.htm"]
    assert len(found) == 3


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    """A folder without reports is a refusal, not silence."""
    assert "no file that could be a report" in reason(next(read([tmp_path])))


def test_text_and_pages_are_told_apart_by_suffix_and_by_look(tmp_path: Path) -> None:
    """A page saved as .txt is still a page; text saved without suffix is text."""
    (tmp_path / "a.txt").write_text("<!DOCTYPE html><html><body><p>Hello</p></body></html>")
    (tmp_path / "plain").write_text(STORY)
    page, text = read([tmp_path / "a.txt", tmp_path / "plain"])
    assert isinstance(page, RawReport)
    assert isinstance(text, RawReport)
    assert page.html
    assert not page.text
    assert text.text == STORY


def test_json_lines_give_one_report_a_line_and_a_refusal_for_each_bad_one() -> None:
    """A broken line does not end the reading; blank lines do not count; places are line numbers."""
    data = b'{"id": "one", "text": "First."}\n\n{broken\n[1, 2]\n{"title": "no text"}\n{"text": "Last.", "n": 3}'
    found = piped(data)
    assert [type(r).__name__ for r in found] == ["RawReport", "Refusal", "Refusal", "Refusal", "RawReport"]
    assert [r.path if isinstance(r, RawReport) else r.where for r in found] == ["-:1", "-:3", "-:4", "-:5", "-:6"]
    assert found[0] == RawReport(id="one", text="First.", path="-:1")
    assert isinstance(found[-1], RawReport)
    assert found[-1].fields == (("n", "3"),)


@pytest.mark.parametrize(
    "value",
    [
        {"text": STORY},
        [{"text": STORY}],
        {"documents": [{"text": STORY}]},
        {"articles": [{"maintext": STORY}]},
        {"content": STORY, "headline": "x"},
    ],
)
def test_json_may_be_one_object_a_list_or_an_object_with_a_list(value: object, tmp_path: Path) -> None:
    """The shapes in which collections come."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value, indent=2))
    (found,) = read([path])
    assert isinstance(found, RawReport)
    assert found.text == STORY


def test_json_lines_under_the_name_of_json_are_read(tmp_path: Path) -> None:
    """Many tools call JSON lines .json."""
    path = tmp_path / "a.json"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert [r.text for r in read([path]) if isinstance(r, RawReport)] == ["One.", "Two."]


def test_fields_go_by_many_names() -> None:
    """The names of other programs are known, and names inside an object are found."""
    found = from_mapping(
        {"url": "u", "date_publish": "2021-03-04", "source": {"name": "The Example"}, "body": "Text.", "lang": "en"},
        "x",
        max_chars=100,
    )
    assert isinstance(found, RawReport)
    assert (found.published, found.outlet, found.language, found.url) == ("2021-03-04", "The Example", "en", "u")


def test_an_exchange_document_gives_its_day_only_if_it_came_with_the_report() -> None:
    """A day that a program inferred is not evidence for the next one."""
    base = {"text": "Text.", "published": "2021-03-04"}
    inferred = from_mapping({**base, "published_basis": "inferred"}, "x", max_chars=100)
    given_ = from_mapping({**base, "published_basis": "metadata"}, "x", max_chars=100)
    assert isinstance(inferred, RawReport)
    assert isinstance(given_, RawReport)
    assert inferred.published is None
    assert given_.published == "2021-03-04"


def test_what_is_too_long_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    """Text, pages and lines have a limit, and the reason names the setting."""
    path = tmp_path / "a.txt"
    path.write_text("x" * 2_000)
    assert "max_report_chars" in reason(next(read([path], max_chars=1_000)))
    path.write_text("x" * 5_000)
    assert "bytes" in reason(next(read([path], max_chars=1_000)))
    line = json.dumps({"text": "x" * 2_000})
    assert "max_report_chars" in reason(piped(line.encode() + b"\n", max_chars=1_000)[0])


def test_a_line_without_end_is_skipped_and_the_next_is_read() -> None:
    """A line beyond every limit costs no memory and stops nothing."""
    data = b'{"text": "a"}\n' + b'{"text": "' + b"x" * 400_000 + b'"}\n{"text": "b"}\n'
    found = piped(data, max_chars=100)
    assert [type(r).__name__ for r in found] == ["RawReport", "Refusal", "RawReport"]
    assert "bytes" in reason(found[1])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "no words"),
        (b"%PDF-1.4", "PDF"),
        (b'{"text": "a\\u0000b"}\n', "NUL"),
        (b'{"text": 5.5}\n', "no text"),
        (b'["a",' * 50_000, "nested"),
    ],
)
def test_hostile_input_is_refused(data: bytes, why: str) -> None:
    """Nothing that comes in crashes the reading."""
    found = [r for r in piped(data) if isinstance(r, Refusal)]
    if data.startswith(b'["a'):
        found = list(read_json(data))
    assert found
    assert why in found[0].reason


def read_json(data: bytes) -> Iterator[Refusal]:
    from communique.intake.reader import _json

    yield from (r for r in _json(data, "x", 100) if isinstance(r, Refusal))


def test_missing_and_forbidden_files_are_refused(tmp_path: Path) -> None:
    """The reason is in words."""
    assert reason(next(read([tmp_path / "nowhere.txt"]))) == "there is no such file"
    path = tmp_path / "secret.txt"
    path.write_text(STORY)
    path.chmod(0)
    if not os.access(path, os.R_OK):
        assert reason(next(read([path]))) == "there is no permission to read it"


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe without a writer would block for ever."""
    os.mkfifo(tmp_path / "a.txt")
    assert "not an ordinary file" in reason(next(read([tmp_path])))


def test_lone_surrogates_are_replaced() -> None:
    """JSON can hold what UTF-8 cannot; the record must be able to store it."""
    (found,) = piped(b'{"text": "a \\ud800 b"}\n')
    assert isinstance(found, RawReport)
    assert found.text == "a ? b"


def test_utf16_json_lines_are_read() -> None:
    """Some consoles write UTF-16 by default."""
    found = piped('{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16"))
    assert [r.text for r in found if isinstance(r, RawReport)] == ["One.", "Two."]


@pytest.mark.parametrize("bad", [b"null", b"3", b"[]", b'["a"]', b"{}"])
def test_json_that_is_no_report_is_refused(bad: bytes, tmp_path: Path) -> None:
    """Values that are not objects, empty lists and empty objects say what they are."""
    path = tmp_path / "a.json"
    path.write_bytes(bad)
    (found,) = read([path])
    assert isinstance(found, Refusal)


def test_ids_depend_on_content_alone() -> None:
    """White space does not count; the outlet does, because a copy in another paper is another report."""
    assert report_id("Talks  opened.") == report_id("Talks opened.\n")
    assert report_id("Talks opened.") != report_id("Talks closed.")
    assert report_id("Talks opened.", outlet="A") != report_id("Talks opened.", outlet="B")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_on_standard_input_are_survived(data: bytes) -> None:
    """Whatever comes, there is at least one answer and no exception."""
    found = piped(data)
    assert found
    for item in found:
        assert isinstance(item, RawReport | Refusal)


@settings(max_examples=50)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_any_json_value_is_survived(value: object) -> None:
    """Fields of any type under any name are a report or a refusal."""
    for item in piped(json.dumps({"text": value, "title": value}).encode() + b"\n" + json.dumps(value).encode()):
        assert isinstance(item, RawReport | Refusal)
