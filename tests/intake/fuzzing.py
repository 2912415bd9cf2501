#!/usr/bin/env python3
"""Feed hostile input to the reading, cleaning and analysing of reports, and say what it cost.

    python -m tests.intake.fuzzing [--count 100000] [--seed 1] [--analysed 20]

Each input is a sample of some kind (text, page, JSON, table, feed, mail, web archive, PDF, packed) that is damaged:
bytes changed, cut out, doubled; or a text built to be slow (a million quotation marks, nested markup, one word for
ever, dates without end). Every input must end as reports or refusals. One report in `--analysed` is analysed too.
Printed are the counts, the time, the worst time of one input and the memory. Exit code 1 if anything raised.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from communique.cleaning import clean
from communique.intake import read
from communique.records import Refusal

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
STORY: Final = (EXAMPLES / "2015-minsk.txt").read_bytes()
PIECES: Final[tuple[str, ...]] = (
    "“", "”", '"', "''", "«", "„", "(", ")", "[", "]", "<div>", "<p>", "</p>", "&amp;", "&#x", "a", " ", "\n", "\n\n",
    ".", "Mr. ", "1 ", "10/11/12 ", "January ", "on Monday ", "the day before ", "met with ", "he said, ", "said that ",
    "U.S.", "and ", "of the ", ", ", "-", "—", "Minister of ", "President ", "\u202e", "\u200b", "\u0301", "é", "中",
    "\x00", "\x1b[31m", "{", '{"text":', "[[", "http://", "@", "Read more ", "Copyright ", "© ", "10 minutes ago ",
    "\t", "\r",
)  # fmt: skip
"""What a slow text repeats."""


class Worst(NamedTuple):
    """The input that took longest."""

    seconds: float
    what: str


def samples() -> list[tuple[str, bytes]]:
    """One small input of each kind, by name."""
    page = b"<!DOCTYPE html><html><head><title>Talks</title></head><body><p>" + STORY[:1500] + b"</p></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        b"Content-Type: application/http\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Length: %d\r\n\r\n" % len(http)
    )
    feed = b"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><item><title>B</title><description>"
    return [
        ("text", STORY), ("page", page), ("lines", b'{"text": "Envoys met in Oslo.", "date": "2021-03-04"}\n' * 3),
        ("json", b'[{"text": "Envoys met.", "title": "Talks"}]'),
        ("table", b"title,text,date\nA,Envoys met.,2021-03-04\n"),
        ("feed", feed + STORY[:300] + b"</description></item></channel></rss>"),
        ("mail", b"From: a@example.org\nSubject: Readout\nDate: Thu, 4 Mar 2021 10:00:00 +0000\n\n" + STORY[:600]),
        ("mailbox", b"From a@b Thu Mar  4 10:00:00 2021\nSubject: A\n\nThey met.\n\n" * 3),
        ("archive", warc + http + b"\r\n\r\n"), ("paper", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
        ("packed", gzip.compress(STORY)),
    ]  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The data with some bytes changed, cut out, doubled, or pieces put in."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 8, 30))):
        at = rng.randrange(len(out) + 1)
        how = rng.randrange(6)
        if how == 0 and out:
            out[min(at, len(out) - 1)] = rng.randrange(256)
        elif how == 1:
            del out[at : at + rng.choice((1, 5, 50, 500))]
        elif how == 2:
            out[at:at] = out[at : at + rng.choice((5, 50, 500))] * rng.choice((1, 2, 20))
        elif how == 3:
            out[at:at] = rng.choice(PIECES).encode() * rng.choice((1, 3, 100))
        elif how == 4:
            out[at:at] = rng.randbytes(rng.choice((1, 4, 40)))
        else:
            out = out[:at]
    return bytes(out)


def slow(rng: random.Random) -> bytes:
    """A text of a few pieces repeated many times."""
    pieces = [rng.choice(PIECES) for _ in range(rng.choice((1, 1, 2, 3)))]
    text = "".join(pieces) * (rng.choice((100, 3_000, 30_000)) // max(len("".join(pieces)), 1) + 1)
    cut = rng.randrange(len(STORY))
    return STORY[:cut] + text.encode() + (STORY[cut:] if rng.random() < 0.5 else b"")


def inputs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each input, the same for the same seed."""
    rng = random.Random(seed)
    kinds = samples()
    for n in range(count):
        if rng.random() < 0.1:
            yield f"{n} slow", slow(rng)
        else:
            kind, data = rng.choice(kinds)
            yield f"{n} {kind}", damaged(data, rng)


def run(count: int, seed: int, analysed: int, tell: Callable[[str], None] = print) -> int:
    """Feed them; the number that raised."""
    from communique.analysis import default_knowledge
    from communique.pipeline import analyse

    counts = dict.fromkeys(("inputs", "reports", "refused", "analysed", "raised"), 0)
    worst = Worst(0.0, "")
    knowledge = default_knowledge() if analysed else None
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    for name, data in inputs(count, seed):
        counts["inputs"] += 1
        begun = time.perf_counter()
        try:
            found = list(read(["-"], stdin=io.BytesIO(data), max_chars=100_000))
            assert found, "silence"
            for raw in found:
                report = raw if isinstance(raw, Refusal) else clean(raw)
                counts["refused" if isinstance(report, Refusal) else "reports"] += 1
                if knowledge is not None and not isinstance(report, Refusal) and counts["reports"] % analysed == 0:
                    counts["analysed"] += 1
                    analyse(report, knowledge)
        except Exception:
            counts["raised"] += 1
            tell(f"{name} raised:\n{traceback.format_exc()}")
        worst = max(worst, Worst(time.perf_counter() - begun, name))
    seconds = time.monotonic() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    tell(", ".join(f"{n:,} {what}" for what, n in counts.items()))
    tell(f"{seconds:.1f} s, the worst input {worst.seconds:.2f} s ({worst.what}), memory grew by {memory:.0f} MB")
    return counts["raised"]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--count", type=int, default=100_000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--analysed", type=int, default=20)
    args = cli.parse_args()
    return int(run(args.count, args.seed, args.analysed) > 0)


if __name__ == "__main__":
    sys.exit(main())
