"""Links by the node that they leave, for walks over arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]

__all__ = ["Adjacency", "adjacency"]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Links by the node that they leave.

    Attributes:
        starts: The links of node i stand from `starts[i]` to `starts[i + 1]`.
        targets: The node that each link enters.
        links: The place of each link in the arrays it was made from.
    """

    starts: Ints
    targets: Codes
    links: Codes

    def leaving(self, nodes: Ints | Codes) -> Ints:
        """The places, in `targets` and `links`, of all links that leave the given nodes, node by node."""
        first = self.starts[nodes]
        counts = self.starts[nodes + 1] - first
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        places: Ints = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - counts), counts)
        return places


def adjacency(subject: Codes | Ints | Sequence[int], obj: Codes | Ints | Sequence[int], size: int) -> Adjacency:
    """Arrange links by the node that they leave, in linear time; parallel links stay apart."""
    from scipy.sparse import coo_array

    every = np.arange(len(subject), dtype=np.int32)
    rows = coo_array((np.ones(len(subject), dtype=np.bool_), (subject, every)), shape=(size, len(subject))).tocsr()
    links = rows.indices
    return Adjacency(rows.indptr.astype(np.int64), np.asarray(obj, dtype=np.int32)[links], links)
