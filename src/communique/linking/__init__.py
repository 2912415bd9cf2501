"""THE SAME ONE: mentions in many reports become encounters that are counted once.

Pure functions on records handed in; the store keeps what they give. The journey of new reports:

    signature, copy_keys   a report's sketch and the keys to keep it under
    near_copies, origins   which reports are one text, and so one origin
    relay                  the agency whose words a report passes on
    blocking_keys          the keys to keep a mention (`Told`) under
    bound_to               of the mentions that share a key, those that may be the same encounter
    components             mentions that are linked independently of all others
    link                   encounters with settled fields, life, parts and reasons
    seeks, bounds, settle  which reports look for their day, what the encounters they share say of it, and what follows
    shared_keys, anchor_keys   the keys under which a mention of such a report meets mentions whose day is known
    dated_together         the days that mentions of one encounter are given by each other
    disagreements          where the reports of one encounter cannot both be right
    agenda                 plans that were due or overdue on a day
"""

from __future__ import annotations

from communique.linking.agenda import AgendaItem, agenda
from communique.linking.cluster import bound_to, components
from communique.linking.copies import copy_keys, near_copies, near_copy, origins, signature
from communique.linking.differ import disagreements
from communique.linking.keys import blocking_keys
from communique.linking.merge import gid_of, independent, link
from communique.linking.relay import Relay, relay
from communique.linking.shared import Bound, anchor_keys, anchors, bounds, hold, seeks, settle, shared_keys
from communique.linking.together import InferredDate, dated_together, with_date
from communique.linking.told import Told

__all__ = [
    "AgendaItem",
    "Bound",
    "InferredDate",
    "Relay",
    "Told",
    "agenda",
    "anchor_keys",
    "anchors",
    "blocking_keys",
    "bound_to",
    "bounds",
    "components",
    "copy_keys",
    "dated_together",
    "disagreements",
    "gid_of",
    "hold",
    "independent",
    "link",
    "near_copies",
    "near_copy",
    "origins",
    "relay",
    "seeks",
    "settle",
    "shared_keys",
    "signature",
    "with_date",
]
