"""Makes text of reports harmless before it reaches a terminal.

A report is somebody else's text. Escape sequences in it could move the cursor, rewrite what was printed, set the
window's title or hide a link; direction marks could show words in another order than they have. All of them go; the
words stay. Offsets never count in what these functions return: they are for showing only.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

__all__ = ["inert", "json_line", "one_line"]

# ECMA-48: control sequences; strings (OSC, DCS, SOS, PM, APC) with their payload up to the terminator, if that comes
# within the paragraph; any other escape. An introducer without an end loses its control characters alone.
_ESCAPES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\^-~]"
)
_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HIDDEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 without tab and line feed, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    r"\u200b\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"  # marks without width, annotations, tags
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# What JSON leaves as it is although a terminal would act on it, and lone surrogates, which UTF-8 cannot hold.
_JSON_HIDDEN: Final = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
)


def inert(text: str) -> str:
    """`text` without escape sequences, control characters and direction marks; lines and tabs are kept."""
    text = _BREAKS.sub("\n", _ESCAPES.sub("", text))
    return _SURROGATES.sub("\ufffd", _HIDDEN.sub("", text))


def one_line(text: str) -> str:
    """`text` made inert and put on one line, runs of white space as one space."""
    return " ".join(inert(text).split())


def json_line(value: Any) -> str:
    """`value` as one line of JSON, lossless: what a terminal might act on is written as a \\u escape."""
    plain = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(", ", ": "))
    return _JSON_HIDDEN.sub(lambda m: f"\\u{ord(m.group()):04x}", plain)
