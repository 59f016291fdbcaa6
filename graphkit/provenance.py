"""What every claim carries besides what it says: who says it, where, since when, how sure.

These properties stand on every link type of any model. Two of them are worked out, not stated: `since` and `until`
are the first and last day on which the claim may hold, with open ends as far days, so that “true on a day” is one
comparison in every engine. Readers show `valid_from` and `valid_to`, where an unknown day stays unknown.
"""

from __future__ import annotations

from graphkit.schema import NodeType, Property
from graphkit.values import DATE, IDENTIFIER, INTEGER, TEXT, TEXTS, choice

__all__ = ["BOOKKEEPING", "CERTAINTY", "EVIDENCE", "JOURNAL"]

CERTAINTY = choice(
    "certainty",
    "stated planned expected estimate negotiating inferred",
    "how sure the source is: stated, planned (a party says it will), expected (the source thinks so), estimate (a "
    "forecast number), negotiating, inferred (read between two statements)",
)

EVIDENCE: tuple[Property, ...] = (
    Property("valid_from", DATE, "since when it is true; unknown means since before we looked"),
    Property("valid_to", DATE, "until when it is true; unknown means still"),
    Property("certainty", CERTAINTY, CERTAINTY.meaning, required=True),
    Property("source", IDENTIFIER, "who says so", required=True, reference="Source", identifies=True),
    Property("locator", TEXT, "where in the source: section or table, with its title", required=True, identifies=True),
    Property("note", TEXT, "what the columns cannot hold, in own words"),
)
"""The evidence of a claim, as a file states it."""

BOOKKEEPING: tuple[Property, ...] = (
    Property("id", IDENTIFIER, "a hash of all that the claim says"),
    Property("subject", IDENTIFIER, "id of the node that the link leaves"),
    Property("object", IDENTIFIER, "id of the node that the link enters"),
    Property("since", DATE, "first day on which it may hold; open starts are 0001-01-01"),
    Property("until", DATE, "last day on which it may hold; open ends are 9999-12-31"),
    Property("load", IDENTIFIER, "the load that brought it"),
)
"""What graphkit itself keeps on a claim; files do not state it."""


JOURNAL: tuple[NodeType, ...] = (
    NodeType(
        "Load",
        "one load: what came in, when, and what it did",
        (
            Property("id", IDENTIFIER, "names the load"),
            Property("at", TEXT, "when, in UTC, ISO 8601"),
            Property("files", TEXTS, "the files"),
            Property("digest", TEXT, "a hash of the files"),
            Property("added", INTEGER, "records that it added"),
            Property("changed", INTEGER, "records that it changed"),
            Property("removed", INTEGER, "records that it removed"),
            Property("unchanged", INTEGER, "records that were there already"),
        ),
    ),
    NodeType(
        "Before",
        "what a load changed or removed, as it was before",
        (
            Property("id", IDENTIFIER, "names the entry"),
            Property("load", IDENTIFIER, "the load that changed or removed it"),
            Property("type", TEXT, "label or link type of the record"),
            Property("record", IDENTIFIER, "id of the record"),
            Property("was", TEXT, "all that was stored of it, as JSON"),
            Property("replaced_by", IDENTIFIER, "the claim that took its place, if one did"),
        ),
    ),
)
"""The journal: from it come undo, the history of a node, and the graph as it was known on an earlier day."""
