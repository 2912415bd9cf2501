"""Re-read every passage of a record against the stored text."""

from __future__ import annotations

import msgspec

__all__ = ["Failure"]


class Failure(msgspec.Struct, frozen=True):
    """A passage that does not hold: what it belongs to, where, what the record says and what the text has there.

    `owner` is for example `encounter e2`, `statement s1 cue`, `text` (the whole text has changed), `time`.
    """

    report: str
    owner: str
    start: int
    end: int
    expected: str
    found: str
    reason: str
