"""KEEP: one SQLite file. The only room that knows SQL.

connection   opening for reading or writing, what goes wrong with files in our words
schema       numbered migrations, the data dictionary
rows, decode findings to rows and back
writer       a batch of reports with all that follows from them in one transaction
relink       copies, origins, encounters and disagreements within reach of the new reports
reader       reading, and the digest of the whole
select       which rows answer a question; facts: what goes with them
verify       every passage against the stored text
"""

from communique.store.reader import Held, Reader
from communique.store.schema import SCHEMA, Column, Relation
from communique.store.verify import Failure, Tally
from communique.store.writer import Analysed, Kept, Outcome, Writer, raw_digest

__all__ = [
    "SCHEMA",
    "Analysed",
    "Column",
    "Failure",
    "Held",
    "Kept",
    "Outcome",
    "Reader",
    "Relation",
    "Tally",
    "Writer",
    "raw_digest",
]
