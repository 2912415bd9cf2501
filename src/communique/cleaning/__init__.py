"""CLEAN: the article's own text out of what came with it, every character of it traceable to the original.

page        a web page to title, text, day, outlet (trafilatura)
lines       the lines of a text, and which of them are one paragraph
rules       page furniture as data: patterns with reasons, examples and counter-examples
furniture   which lines and which ends of paragraphs are furniture, and why
title       which line is the title
tongue      in which language a text or a line is
stitching   the kept runs put together, white space and broken characters mended, the way back kept
days        the day that came with a file, in ISO form
article     the whole of it: `clean`
"""

from communique.cleaning.article import clean
from communique.cleaning.stamps import Stamp, stamps
from communique.cleaning.tongue import identify

__all__ = ["Stamp", "clean", "identify", "stamps"]
