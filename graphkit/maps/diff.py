"""Two states of a graph as one map: what is new, what has changed, what is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.maps.facts import merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.records import Link, Node

__all__ = ["Diff", "diff"]


@dataclass(frozen=True, slots=True)
class Diff:
    """All that either state holds, and what became of it; ready to be drawn with `build(..., highlight=marks)`.

    Attributes:
        nodes: Nodes of both states, as the later one has them.
        links: Claims of both states.
        marks: `new`, `changed` or `gone` by id of a node or claim; what stayed as it was has no mark.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    marks: Mapping[str, str]

    @property
    def touched(self) -> frozenset[str]:
        """Ids of the nodes that are marked or at the end of a marked claim: the part worth drawing."""
        ends = {end for link in self.links if link.id in self.marks for end in (link.subject, link.object)}
        return frozenset(ends | {node.id for node in self.nodes if node.id in self.marks})


def diff(
    before: tuple[Iterable[Node], Iterable[Link]],
    after: tuple[Iterable[Node], Iterable[Link]],
) -> Diff:
    """Compare two states.

    A claim is new or gone if its fact (type, ends, product, role) stands in one state only, and changed if its fact
    stands in both with other claims. A node has changed if any of its properties has.
    """
    old_nodes, new_nodes = ({node.id: node for node in nodes} for nodes, _ in (before, after))
    old_links, new_links = ({link.id: link for link in links} for _, links in (before, after))
    nodes = {**old_nodes, **new_nodes}
    links = {**old_links, **new_links}
    marks = {node: _fate(old_nodes.get(node), new_nodes.get(node)) for node in nodes}
    for fact in merge(links.values(), {}):
        kept = (
            {claim.id for claim in fact.claims if claim.id in old_links},
            {claim.id for claim in fact.claims if claim.id in new_links},
        )
        fate = _fate(*(frozenset(side) or None for side in kept))
        marks |= {claim.id: fate for claim in fact.claims}
    return Diff(
        tuple(nodes[key] for key in sorted(nodes)),
        tuple(links[key] for key in sorted(links)),
        {key: fate for key, fate in sorted(marks.items()) if fate},
    )


def _fate(old: object, new: object) -> str:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    return "" if old == new else "changed"
