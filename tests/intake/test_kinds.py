"""Tables, feeds, mail, web archives, PDF documents and packed files become reports, or refusals with their reasons."""

from __future__ import annotations

import gzip
import io
import mailbox as stdlib_mailbox
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.intake import RawReport, read
from communique.records import Refusal

STORY = (
    "The envoys of Norland and Sudland met in Northport on Friday. They agreed to meet again in the autumn of the year."
)


def piped(data: bytes, **options: int) -> list[RawReport | Refusal]:
    return list(read(["-"], stdin=io.BytesIO(data), **options))


def saved(folder: Path, name: str, data: bytes) -> list[RawReport | Refusal]:
    (folder / name).write_bytes(data)
    return list(read([folder / name]))


def one(found: list[RawReport | Refusal]) -> RawReport:
    assert len(found) == 1, found
    assert isinstance(found[0], RawReport), found[0]
    return found[0]


def refused(found: list[RawReport | Refusal]) -> str:
    assert isinstance(found[-1], Refusal), found[-1]
    return found[-1].reason


# ---- tables


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_gives_a_report_a_row(tmp_path: Path, separator: str) -> None:
    """The separator is seen from the header; names of columns in any case; cells may break lines in quotation marks."""
    head = separator.join(["Headline", "Source", "Date", "Body"])
    rows = [f'"A{separator}B"{separator}Daily{separator}2021-03-04{separator}"One.\n\nTwo ""so"" he said."', "x"]
    data = "\n".join([head, *rows]).encode()
    for found in (saved(tmp_path, "a.csv", data), piped(data)):
        first = found[0]
        assert isinstance(first, RawReport)
        assert (first.title, first.outlet, first.published) == (f"A{separator}B", "Daily", "2021-03-04")
        assert first.text == 'One.\n\nTwo "so" he said.'
        assert "no text" in refused(found)
        assert (first.path or "").endswith(":2")
        assert found[1].where.endswith(":5")  # type: ignore[union-attr]


def test_a_table_without_a_column_of_text_or_with_broken_rows_says_so(tmp_path: Path) -> None:
    """No column, no rows, too many cells, a line without end: each has its reason."""
    assert "no column of text" in refused(saved(tmp_path, "a.csv", b"name,age\nA,3\n"))
    assert "no rows" in refused(saved(tmp_path, "b.csv", b"title,text\n"))
    assert "3 cells" in refused(saved(tmp_path, "c.csv", b"title,text\na,b,c\n"))
    (tmp_path / "d.csv").write_bytes(b'title,text\na,"' + b"x" * 50_000 + b"\n")
    found = list(read([tmp_path / "d.csv"], max_chars=100))
    assert "bytes" in refused(found) or "cannot be read" in refused(found)


def test_a_table_with_old_line_ends_is_read(tmp_path: Path) -> None:
    """Carriage returns alone end lines; one inside the header ends the header."""
    found = saved(tmp_path, "a.csv", b"title,text\rA,Envoys met.\rB,They left.\r")
    assert [r.title for r in found if isinstance(r, RawReport)] == ["A", "B"]


def test_a_table_in_an_old_code_page_is_read(tmp_path: Path) -> None:
    """Windows code pages are what spreadsheets save."""
    text = "title,text\nOrbán,Orbán Viktor és a miniszter találkozott Bécsben.\n"
    assert "találkozott" in (one(saved(tmp_path, "a.csv", text.encode("cp1250"))).text or "")


# ---- feeds

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The &amp; Daily</title>
<language>en-GB</language>
<item><title>Envoys &lt;b&gt;meet&lt;/b&gt;</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Thu, 04 Mar 2021 10:00:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>One &amp; two.</p><script>alert(1)</script><div>Three<br>four</div>]]></content:encoded>
</item>
<item><title>Second</title><description>Only this.</description></item><item><title>Third</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><entry><id>urn:1</id><title>A</title>
<updated>2021-03-04T10:00:00Z</updated><content type="html">&lt;p&gt;Envoys met.&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_gives_a_report_an_entry(tmp_path: Path) -> None:
    """The whole content rather than the summary, as text in paragraphs; day, address and outlet with it."""
    for found in (saved(tmp_path, "a.rss", RSS.encode()), piped(RSS.encode())):
        first, second = found[0], found[1]
        assert isinstance(first, RawReport)
        assert isinstance(second, RawReport)
        assert first.text == "One & two.\n\nThree\n\nfour"
        assert (first.title, first.outlet, first.language) == ("Envoys meet", "The & Daily", "en")
        assert (first.id, first.url, first.published) == ("g1", "https://example.org/1", "2021-03-04T08:00:00Z")
        assert second.text == "Only this."
        assert second.published is None
        assert "no text" in refused(found)
    entry = one(saved(tmp_path, "b.xml", ATOM.encode()))
    assert (entry.text, entry.outlet, entry.published) == ("Envoys met.", "Notes", "2021-03-04T10:00:00Z")


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    """Another XML file, a broken one, and one whose entities would fill the memory."""
    assert "no entry" in refused(saved(tmp_path, "a.xml", b"<?xml version='1.0'?><note><to>x</to></note>"))
    assert "no entry" in refused(saved(tmp_path, "b.rss", b"<rss><channel>"))
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
    )
    bomb += b"]><rss version='2.0'><channel><item><title>x</title><description>&j;</description></item></channel></rss>"
    for found in saved(tmp_path, "c.rss", bomb):
        assert isinstance(found, Refusal) or len(found.text or "") < 100_000


# ---- mail


def letter(text: str = "", html: str = "", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in {"From": "Press Office <press@example.org>", "Subject": "Readout", **headers}.items():
        mail[name] = value
    mail.set_content(text or "View this in your browser.")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_a_message_is_a_report(tmp_path: Path) -> None:
    """Subject, sender and day; the plain part, unless it is a stub beside a page."""
    mail = letter(STORY, Date="Thu, 04 Mar 2021 10:00:00 +0200", **{"Message-ID": "<a1@example.org>"})
    found = one(saved(tmp_path, "a.eml", bytes(mail)))
    assert (found.title, found.outlet, found.published) == ("Readout", "Press Office", "2021-03-04T10:00:00+02:00")
    assert (found.id, found.text) == ("a1@example.org", STORY)
    page = one(saved(tmp_path, "b.eml", bytes(letter(html=f"<html><body><p>{STORY}</p></body></html>"))))
    assert page.text is None
    assert STORY in (page.html or "")
    bad = b"From: =?x?q?\nContent-Type: text/plain; charset=klingon-8\n\nhello there, all of you"
    assert saved(tmp_path, "c.eml", bad)
    assert "no text" in refused(saved(tmp_path, "d.eml", b"Subject: nothing\n\n"))


def test_a_mailbox_gives_a_report_a_message(tmp_path: Path) -> None:
    """Every message of a mailbox, in order, whether named or piped in."""
    box = stdlib_mailbox.mbox(tmp_path / "a.mbox")
    for n in range(3):
        box.add(letter(f"{STORY} Number {n}.\n\nFrom the delegation nothing was heard.", Subject=f"No {n}"))
    box.close()
    data = (tmp_path / "a.mbox").read_bytes()
    for found in (list(read([tmp_path / "a.mbox"])), piped(data)):
        assert [r.title for r in found if isinstance(r, RawReport)] == ["No 0", "No 1", "No 2"]
        assert all("nothing was heard" in (r.text or "") for r in found if isinstance(r, RawReport))


# ---- web archives


def record(body: bytes, kind: str = "text/html", status: str = "200 OK", warc: str = "response") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body if warc == "response" else body
    head = (
        f"WARC/1.0\r\nWARC-Type: {warc}\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Date: 2021-03-04T05:06:07Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {'application/http; msgtype=response' if warc == 'response' else kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = f"<html><head><title>Envoys meet</title></head><body><p>{STORY}</p></body></html>".encode()


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_a_report_a_page(tmp_path: Path, packed: bool) -> None:
    """Pages and the text of pages; pictures, errors and requests are passed over; the fetch is no publication."""
    records = [
        record(PAGE), record(b"\x89PNG", "image/png"), record(PAGE, status="404 Not Found"),
        record(b"GET / HTTP/1.1\r\n\r\n", "application/http", warc="request"),
        record(STORY.encode(), "text/plain", warc="conversion"),
    ]  # fmt: skip
    data = b"".join(gzip.compress(r) if packed else r for r in records)
    for found in (saved(tmp_path, "a.warc.gz" if packed else "a.warc", data), *([] if packed else [piped(data)])):
        page, text = found
        assert isinstance(page, RawReport)
        assert isinstance(text, RawReport)
        assert STORY in (page.html or "")
        assert text.text == STORY
        assert (page.url, page.published) == ("https://example.org/a", None)
        assert ("fetched", "2021-03-04T05:06:07Z") in page.fields


def test_a_broken_archive_gives_what_comes_before(tmp_path: Path) -> None:
    """What was read stays read; the break has its place."""
    found = saved(tmp_path, "a.warc", record(PAGE) + b"garbage\r\n" * 20)
    assert isinstance(found[0], RawReport)
    assert "no page" in refused(saved(tmp_path, "b.warc", record(b"x", "image/png")))
    packed = gzip.compress(record(PAGE)) + gzip.compress(record(PAGE))[:60]
    found = saved(tmp_path, "c.warc.gz", packed)
    assert isinstance(found[0], RawReport)


# ---- PDF


def pdf(*pages: str) -> bytes:
    """A small PDF document with one line of text a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 << /Type /Font /Subtype"
            f" /Type1 /BaseFont /Helvetica >> >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{o:010} 00000 n \n" for o in offsets)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{tail}startxref\n{len(out)}\n%%EOF".encode()


def test_a_document_is_a_report(tmp_path: Path) -> None:
    """The text of all its pages; a scan and a broken one are refused."""
    found = one(saved(tmp_path, "a.pdf", pdf("The envoys met in Northport.", "They left on Friday.")))
    assert found.text == "The envoys met in Northport.\n\nThey left on Friday."
    assert one(piped(pdf("The envoys met."))).text == "The envoys met."
    assert "scan" in refused(saved(tmp_path, "b.pdf", pdf("")))
    assert "broken" in refused(saved(tmp_path, "c.pdf", b"%PDF-1.4 and nothing more"))
    (tmp_path / "d.pdf").write_bytes(pdf("x" * 500))
    assert "max_report_chars" in refused(list(read([tmp_path / "d.pdf"], max_chars=100)))


# ---- packed


@pytest.mark.parametrize(("name", "data"), [
    ("a.txt.gz", STORY.encode()), ("a.jsonl.gz", b'{"text": "Envoys met."}\n'), ("a.html.gz", PAGE),
    ("a.csv.gz", b"title,text\na,Envoys met.\n"), ("a", STORY.encode()),
])  # fmt: skip
def test_packed_files_are_read_as_what_they_hold(tmp_path: Path, name: str, data: bytes) -> None:
    """gzip is seen by its beginning, the kind by the suffix before it or by what it holds."""
    found = one(saved(tmp_path, name, gzip.compress(data)))
    assert "met" in (found.text or found.html or "")


def test_folders_find_packed_files(tmp_path: Path) -> None:
    """A folder's packed files are reports too."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.tar.gz").write_bytes(b"x")
    assert one(list(read([tmp_path]))).text == STORY


def test_bombs_and_broken_packing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that unpacks to far more than text does is not read on; a cut one is named as broken."""
    monkeypatch.setattr("communique.intake.streams._FREE_BYTES", 100_000)
    rows = b"".join(b'{"text": "a%d"}\n' % (n * n * n) for n in range(9_000))
    bomb = gzip.compress(b'{"text": "a"}\n' * 150_000)
    found = saved(tmp_path, "a.jsonl.gz", bomb)
    assert isinstance(found[0], RawReport)
    assert "120 times" in refused(found)
    assert "broken" in refused(saved(tmp_path, "b.jsonl.gz", gzip.compress(rows)[:-200]))
    assert "broken" in refused(saved(tmp_path, "c.txt.gz", b"\x1f\x8b\x08 nothing"))


MAKERS: tuple[Callable[[bytes], bytes], ...] = (
    lambda b: b"%PDF-1.7\n" + b, lambda b: b"WARC/1.0\r\n" + b, lambda b: b"\x1f\x8b\x08\x00" + b,
    lambda b: b"<?xml version='1.0'?><rss><channel>" + b, lambda b: b"title,text\n" + b,
    lambda b: b"From a@b Thu Mar  4 10:00:00 2021\n" + b, gzip.compress,
)  # fmt: skip


@given(st.sampled_from(MAKERS), st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_beginning_makes_the_reading_fail(make: Callable[[bytes], bytes], rest: bytes) -> None:
    """Whatever follows the mark of a kind: reports or refusals, never an exception, never silence."""
    found = piped(make(rest))
    assert found
    assert all(r.reason if isinstance(r, Refusal) else r.text or r.html for r in found)
