"""Small worlds in YAML: given a few claims, asked something, exactly these rows come.

    nodes:                       # only what the ids do not say
      company:a: {country: CN, tickers: [600000.SS]}
    claims:                      # a short name for each, to be used in the rows
      c1: company:a SUPPLIES company:b product=product:x share=0.3 valid_from=2025
    cases:
      - it: names the supplier
        asks: {company: company:b}
        rows:                    # cells in the order of the declared columns
          - [company:a, A, [c1]]

A node is called by the part of its id after the colon, in capitals; a claim is `stated` by `source:one` in section `§`
unless it says otherwise. A blank in a value is written as `~`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from random_graphs import World

from graphkit.model import MODEL
from graphkit.records import Link, Node, Table, claim_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkit.answers import Answer
    from graphkit.values import Value

__all__ = ["Case", "SmallWorld", "read_world"]

LABELS = {label.lower(): label for label in MODEL.nodes}
ALWAYS = {"certainty": "stated", "source": "source:one", "locator": "§"}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing asked, and the rows that must come."""

    it: str
    asks: Mapping[str, object]
    rows: list[list[object]]


@dataclass(frozen=True, slots=True)
class SmallWorld(World):
    """A world whose claims have short names."""

    cases: tuple[Case, ...] = ()
    short: Mapping[str, str] = ()  # type: ignore[assignment]

    def spelled(self, answer: Answer) -> list[list[object]]:
        """The rows of an answer as a file writes them: cells in order, claims by their short names."""
        return [[self._cell(row[column]) for column in answer.columns] for row in answer.rows]

    def _cell(self, value: object) -> object:
        if isinstance(value, tuple):
            cells = [self.short.get(str(part), part) for part in value]
            return sorted(cells) if any(part in self.short for part in value) else cells
        return self.short.get(value, value) if isinstance(value, str) else value


def read_world(path: Path) -> SmallWorld:
    """Read a small world."""
    told: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    links = {short: _link(text) for short, text in told["claims"].items()}
    short = {link.id: name for name, link in links.items()}
    by_short = {name: link.id for name, link in links.items()}
    mentioned = {link.subject for link in links.values()} | {link.object for link in links.values()}
    mentioned |= {str(value) for link in links.values() for value in link.properties.values() if _is_id(value)}
    nodes = told.get("nodes") or {}
    cases = tuple(
        Case(case["it"], {name: _asked(value, by_short) for name, value in (case["asks"] or {}).items()}, case["rows"])
        for case in told["cases"]
    )
    return SmallWorld(
        tuple(_node(node, nodes.get(node) or {}) for node in sorted(mentioned | nodes.keys())),
        tuple(links.values()),
        tuple(
            Node(entry["type"], entry["id"], {k: _asked(v, by_short) for k, v in entry["is"].items()})
            for entry in told.get("journal") or ()
        ),
        cases,
        short,
    )


def _asked(value: object, by_short: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever a file says
    return by_short.get(value, value) if isinstance(value, str) else value


def _is_id(value: Value) -> bool:
    return isinstance(value, str) and value.partition(":")[0] in LABELS


def _node(node: str, properties: Mapping[str, Any]) -> Node:
    label = LABELS[node.partition(":")[0]]
    name = "title" if label == "Source" else "name_en"
    cleaned = {prop: _clean(label, prop, value) for prop, value in properties.items()}
    return Node(label, node, {name: node.partition(":")[2].upper(), **cleaned})


def _link(text: str) -> Link:
    subject, name, obj, *rest = text.split()
    told = {key: value.replace("~", " ") for key, _, value in (part.partition("=") for part in rest)}
    properties = {key: _clean(name, key, value) for key, value in {**ALWAYS, **told}.items()}
    row = {"subject": subject, "object": obj, **properties}
    link_type = MODEL.links[name]
    names = ("subject", "object", *(prop.name for prop in link_type.properties))
    (claim,) = claim_ids(link_type, Table(name, {column: [row.get(column)] for column in names}))
    return Link(name, claim, subject, obj, properties)


def _clean(owner: str, name: str, value: object) -> Value:
    prop = next(prop for prop in MODEL.record(owner).stored if prop.name == name)
    return prop.kind.clean(value)
