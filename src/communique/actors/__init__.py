"""WHO: references to actors in a report, and whom they mean on the report's day."""

from communique.actors.assemble import settle
from communique.actors.authority import Authority, Body, Person, Place, Role, load_authority
from communique.actors.bounds import day_bounds
from communique.actors.cast import Cast, ForumName, Reference
from communique.actors.mentions import Named, refer
from communique.actors.offices import office_words

__all__ = [
    "Authority",
    "Body",
    "Cast",
    "ForumName",
    "Named",
    "Person",
    "Place",
    "Reference",
    "Role",
    "day_bounds",
    "load_authority",
    "office_words",
    "refer",
    "settle",
]
