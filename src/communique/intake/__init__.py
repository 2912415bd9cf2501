"""READ: what users have, turned into raw reports. Nothing is cleaned here, and nothing is dropped without a reason.

decoding   bytes to text: which encoding, and what is no text at all
fields     the names under which collections keep text, title, address and day
streams    bounded reading, and gzip that cannot be a bomb
tables     CSV and TSV            feeds      RSS and Atom          mail    messages and mailboxes
archives   WARC                   papers     PDF
reader     files, folders and standard input, in a stable order, each report or a refusal
raw        what comes out
"""

from communique.intake.decoding import decode
from communique.intake.raw import RawReport, report_id
from communique.intake.reader import KNOWN_SUFFIXES, read

__all__ = ["KNOWN_SUFFIXES", "RawReport", "decode", "read", "report_id"]
