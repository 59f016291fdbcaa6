"""Losses of firms when others fail: many failures at once, as rows of sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.firms import sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graphkit.analyses.firms import Firms, Floats, Ints, Sparse

__all__ = ["NEGLIGIBLE", "Block", "downstream", "failed", "row_max", "together"]

NEGLIGIBLE = 1e-13
"""A smaller loss of production is not passed on to customers. No round enlarges losses, so that after r rounds no firm,
and hence no ESRI, is off by more than r times this."""


@dataclass
class Block:
    """Failures that run at once, a row each.

    Attributes:
        places: Where their results go.
        failing: The firms that fail.
        down: The loss of production of each firm reached.
        up: The loss of sales of each firm reached, up to the last round.
        step: What the last round added to it.
    """

    places: Ints
    failing: Ints
    down: Sparse
    up: Sparse
    step: Sparse

    def take(self, rows: NDArray[np.bool_] | Ints | slice) -> Block:
        """Some of the failures."""
        return Block(self.places[rows], self.failing[rows], self.down[rows], self.up[rows], self.step[rows])


def downstream(firms: Firms, down: Sparse, failing: Ints) -> Sparse:
    """The loss of production after one more round."""
    felt = _felt(firms, _above(down, NEGLIGIBLE))
    essential, firm_of = firms.essential
    needs = _largest_of_firm(felt @ essential, firm_of, firms.size)
    return needs.maximum(felt @ firms.non_essential).maximum(failed(failing, firms.size))


def together(blocks: Sequence[Block]) -> Block:
    """Several blocks as one."""
    from scipy.sparse import vstack

    places, failing = (np.concatenate([getattr(block, name) for block in blocks]) for name in ("places", "failing"))
    down, up, step = (
        vstack([getattr(block, name) for block in blocks], format="csr") for name in ("down", "up", "step")
    )
    return Block(places, failing, down, up, step)


def _above(matrix: Sparse, least: float) -> Sparse:
    """A matrix without its entries up to some size."""
    from scipy.sparse import csr_array

    keep = matrix.data > least
    if keep.all():
        return matrix
    starts = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr].astype(np.int32)
    return csr_array((matrix.data[keep], matrix.indices[keep], starts), shape=matrix.shape)


def failed(failing: Ints, size: int) -> Sparse:
    """The losses of the failed firms themselves, which are whole."""
    from scipy.sparse import csr_array

    count = len(failing)
    starts = np.arange(count + 1, dtype=np.int32)
    return csr_array((np.ones(count), failing.astype(np.int32), starts), shape=(count, size))


def row_max(matrix: Sparse) -> Floats:
    """The largest absolute value of each row."""
    found = np.zeros(matrix.shape[0])
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        found[filled] = np.maximum.reduceat(np.abs(matrix.data), matrix.indptr[filled])
    return found


def _felt(firms: Firms, down: Sparse) -> Sparse:
    """Losses as customers feel them: times the share of the firm in what is left of its sector."""
    from scipy.sparse import csr_array

    sectors = len(firms.sector_sales)
    row = np.repeat(np.arange(down.shape[0]), np.diff(down.indptr))
    firm = down.indices
    key = row * sectors + firms.sector[firm]
    gone = sums(key, down.data * firms.sales[firm], down.shape[0] * sectors)
    left = firms.sector_sales[firms.sector[firm]] - gone[key]
    sales = firms.sales[firm]
    share = np.where(sales >= left, 1.0, sales / np.where(left > 0, left, 1.0))
    return csr_array((np.where(sales > 0, share, 0.0) * down.data, down.indices, down.indptr), shape=down.shape)


def _largest_of_firm(losses: Sparse, firm_of: Ints, size: int) -> Sparse:
    """The largest loss of all needs of each firm."""
    from scipy.sparse import csr_array

    row = np.repeat(np.arange(losses.shape[0], dtype=np.int64), np.diff(losses.indptr))
    key = row * size + firm_of[losses.indices]
    order = np.argsort(key)
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.zeros(0, dtype=np.int64)
    data = np.maximum.reduceat(losses.data[order], first) if len(first) else np.zeros(0)
    starts = np.searchsorted(key[first], np.arange(losses.shape[0] + 1, dtype=np.int64) * size)
    columns = (key[first] % size).astype(np.int32)
    return csr_array((data, columns, starts.astype(np.int32)), shape=(losses.shape[0], size))
