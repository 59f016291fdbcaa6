"""What every claim carries besides what it says: who says it, where, since when, how sure.

These properties stand on every link type of any model. Two of them are worked out, not stated: `since` and `until`
are the first and last day on which the claim may hold, with open ends as far days, so that “true on a day” is one
comparison in every engine. Readers show `valid_from` and `valid_to`, where an unknown day stays unknown.
"""

from __future__ import annotations

from graphkit.schema import Property
from graphkit.values import DATE, IDENTIFIER, TEXT, choice

__all__ = ["BOOKKEEPING", "CERTAINTY", "EVIDENCE"]

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
