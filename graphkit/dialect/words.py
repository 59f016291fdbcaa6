"""The words of Cypher that the rules go by, and what to write instead of those that the engines do not share."""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["FUNCTIONS", "INSTEAD", "KEYWORDS", "LONGEST", "OTHER", "PARTS", "READING", "RESERVED", "WRITING"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


READING = _words("MATCH OPTIONAL WITH UNWIND RETURN UNION")
WRITING = _words("""
    CREATE MERGE SET DELETE DETACH REMOVE FOREACH LOAD COPY ALTER DROP INSTALL ATTACH IMPORT EXPORT BEGIN COMMIT
    ROLLBACK CHECKPOINT GRANT REVOKE INSERT FINISH
""")
OTHER = _words("CALL YIELD USE EXPLAIN PROFILE SHOW")
PARTS = _words("WHERE ORDER SKIP LIMIT OFFSET")
KEYWORDS = _words("AND OR NOT XOR IN WHERE WHEN THEN ELSE CASE AS BY ON MATCH RETURN WITH UNWIND DISTINCT CONTAINS IS")

LONGEST = 30
"""The longest variable length that the embedded engine reads."""

FUNCTIONS = _words("""
    abs all any avg coalesce collect count left length log10 max min nodes none relationships replace single size sum
    tolower type
""")
INSTEAD = MappingProxyType(
    {
        "labels": "write the label in the pattern, `(n:Company)`, or one branch of UNION for each",
        "startnode": "return r.subject",
        "endnode": "return r.object",
        "shortestpath": "ask hop by hop (`@walk`), or match `*1..4` and order by length(p)",
        "allshortestpaths": "ask hop by hop (`@walk`), or match `*1..4` and order by length(p)",
        "substring": "use left(s, n); the engines count from 0 and from 1",
        "round": "round where the number is shown; the engines round halves differently",
        "log": "use log10; log is of base e in one engine and of base 10 in the other",
        "date": "dates are ISO texts here; compare them as they are",
        "trim": "stored texts have no outer blanks, and answers lose theirs",
        "head": "use list[0..1][-1]",
        "last": "order the other way and use list[0..1][-1]",
        "reverse": "order the other way",
        "toupper": "use toLower",
        "tostring": "return the number as it is",
        "properties": "name the properties",
        "keys": "name the properties",
        "id": "use the property id, `n.id`",
        "elementid": "use the property id, `n.id`",
    }
)
RESERVED = _words("""
    end order group in case with table column desc asc all optional profile primary union when index on not true null
    distinct create where default cast exists any none single starts ends and or then else join hint macro only
""")
"""Words that one engine takes for no parameter, alias or variable."""
