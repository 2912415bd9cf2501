"""OUT: the record in other programs' forms. Each format is one file that registers itself in FORMATS."""

from communique.export.exchange import document
from communique.export.formats import FORMATS, Manifest, Written, formats

__all__ = ["FORMATS", "Manifest", "Written", "document", "formats"]
