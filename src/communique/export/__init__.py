"""OUT: the record in other programs' forms. Each format is one file; `formats` names them."""

from communique.export.exchange import document
from communique.export.formats import Format, Manifest, Written, export, formats

__all__ = ["Format", "Manifest", "Written", "document", "export", "formats"]
