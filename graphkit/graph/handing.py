"""What a graph hands out whole: maps, exports, and itself in the shapes of other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.graph.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx
    import pandas as pd
    import polars as pl

    from graphkit.analyses.chain import Direction
    from graphkit.answers import Answer
    from graphkit.drawing import Look
    from graphkit.maps import ChainMap

__all__ = ["Handing"]


class Handing(Opened):
    """The verbs of whoever takes something along."""

    def export(self) -> Iterator[dict[str, object]]:
        """Every record as a plain object; see `graphkit.exports`."""
        from graphkit.exports import export

        return export(self.store)

    def map(  # noqa: PLR0913 - each option has a name and a default
        self,
        *focus: str,
        hops: int | None = None,
        direction: Direction | None = None,
        between: Sequence[str] = (),
        segment: str | None = None,
        types: Sequence[str] = (),
        certainty: Sequence[str] = (),
        as_of: str | None = None,
        answer: Answer | None = None,
        look: Look | None = None,
    ) -> ChainMap:
        """Draw the chain, or the part of it that `graphkit.subgraphs.Part` describes; names in any spelling.

        Args:
            focus: What the map is about.
            hops: How far around the focus; two links when None.
            direction: Only what is upstream or downstream of the focus, at any distance.
            between: Two nodes: only the routes between them.
            segment: Only what stands in a segment.
            types: Only these link types.
            certainty: Only claims this sure.
            as_of: Only what holds on a day; everything when None.
            answer: Only the claims of that part that an answer stands on.
            look: Title, language, marks and the like.

        Raises:
            NotFoundError: a name stands for nothing.
            AmbiguousError: a name stands for several nodes.
            QueryError: there is nothing such to draw.
        """
        from graphkit.drawing import Look, draw
        from graphkit.subgraphs import Part

        part = Part(
            focus=tuple(self.resolve(focus, ("Company", "Product"))),
            hops=hops,
            direction=direction,
            between=tuple(self.resolve(between, ("Company", "Product"))),
            segment=self.names.resolve(segment, ("Segment",)) if segment else None,
            types=tuple(types),
            certainty=tuple(certainty),
            as_of=as_of,
        )
        return draw(self.store, self.names, part, look or Look(), answer.claims if answer else ())

    def map_difference(self, older: str, newer: str, look: Look | None = None) -> ChainMap:
        """Draw what became new, changed or went between two loads."""
        from graphkit.drawing import Look, draw_difference

        return draw_difference(self.store, older, newer, look or Look())

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph; see `graphkit.interop`."""
        from graphkit.interop import to_networkx

        return to_networkx(self.store)

    def to_py2neo(self) -> object:
        """The graph as a py2neo Subgraph (extra `py2neo`)."""
        from graphkit.interop import to_py2neo

        return to_py2neo(self.store)

    def to_polars(self, type_name: str) -> pl.DataFrame:
        """All records of one type as a polars frame (extra `frames`)."""
        from graphkit.interop import to_polars

        return to_polars(self.store, type_name)

    def to_pandas(self, type_name: str) -> pd.DataFrame:
        """All records of one type as a pandas frame (extra `frames`)."""
        from graphkit.interop import to_pandas

        return to_pandas(self.store, type_name)
