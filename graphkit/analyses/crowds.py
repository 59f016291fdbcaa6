"""Failures whose losses of sales reach a good part of all firms: columns of dense matrices are then the faster way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.analyses.firms import sums
from graphkit.analyses.losses import NEGLIGIBLE, Block, downstream, row_max

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.analyses.firms import Firms, Floats, Ints, Sparse

__all__ = ["Crowd"]

COLUMNS = 32
"""Columns of a dense matrix at once."""

SINGLE = 1e-4
"""Where the tolerance is coarser than this, dense matrices hold single precision (seven digits): it takes half as long,
and what it changes is far below the tolerance."""


@dataclass
class _Columns:
    """Failures that run at once, a column each.

    Attributes:
        places: Where their results go.
        failing: The firms that fail.
        down: The loss of production of each firm reached, a sparse row for each failure.
        up: The loss of sales of each firm, up to the last round.
        step: What the last round added to it.
        lost: The sales lost, up to the last round.
    """

    places: Ints
    failing: Ints
    down: Sparse
    up: Floats
    step: Floats
    lost: Floats


class Crowd:
    """Runs failures as columns until they have converged; one that has makes room for the next.

    A round over all links is only made for those that go on after it: whether a failure has converged can be told from
    the few firms that may still lose more than the tolerance, and the sum of the last losses from what the losers
    before them bought. Firms that buy nothing pass nothing on, and stay out of the matrix.
    """

    def __init__(self, firms: Firms, tolerance: float) -> None:
        self._firms, self._tolerance = firms, tolerance
        number: Any = np.float32 if tolerance > SINGLE else np.float64
        self._passing, self._purchases = firms.passing_on.astype(number), firms.purchases.astype(number)

    def finish(self, block: Block, found: Floats) -> None:
        """Run failures to their end, and write down the sales that each loses."""
        waiting = block.take(np.argsort(-row_max(block.step)))  # those that look alike end at about the same time
        columns = self._columns(waiting.take(slice(COLUMNS)))
        waiting = waiting.take(slice(COLUMNS, None))
        on = np.ones(len(columns.places), dtype=bool)
        while True:
            on &= ~self._ended(columns, on, found)
            if not on.any() and not len(waiting.places):
                return
            columns.step = self._passing @ columns.step
            columns.step[columns.failing, np.arange(len(on))] = 0.0
            columns.up += columns.step
            if (2 if len(waiting.places) else 4) * on.sum() <= len(on):  # moving columns costs about as much as a round
                room = COLUMNS - int(on.sum())
                columns = self._columns(waiting.take(slice(room)), columns, on)
                waiting = waiting.take(slice(room, None))
                on = np.ones(len(columns.places), dtype=bool)

    def _columns(self, block: Block, before: _Columns | None = None, on: NDArray[np.bool_] | None = None) -> _Columns:
        """Failures as columns, behind those of some others that go on."""
        lost = block.up @ self._firms.sales
        up, step = (_dense(matrix, self._passing.dtype) for matrix in (block.up, block.step))
        if before is None or on is None:
            return _Columns(block.places, block.failing, block.down, up, step, lost)
        from scipy.sparse import vstack

        return _Columns(
            np.concatenate([before.places[on], block.places]),
            np.concatenate([before.failing[on], block.failing]),
            vstack([before.down[on], block.down], format="csr"),
            np.hstack([before.up[:, on], up]),
            np.hstack([before.step[:, on], step]),
            np.concatenate([before.lost[on], lost]),
        )

    def _ended(self, columns: _Columns, on: NDArray[np.bool_], found: Floats) -> NDArray[np.bool_]:
        """Which failures end with the next round; the sales that they lose are written down."""
        firms, every = self._firms, np.arange(len(on))
        down = downstream(firms, columns.down, columns.failing)
        change = np.maximum(row_max(down - columns.down), self._largest_next(columns))
        columns.down = down
        ended: NDArray[np.bool_] = on & (change <= self._tolerance)
        back = self._next(columns.step, columns.failing, every)  # would fall on what has failed already
        columns.lost = columns.lost + self._purchases @ columns.step - firms.sales[columns.failing] * back
        places = np.flatnonzero(ended)
        found[columns.places[places]] = columns.lost[places] + self._more(columns, places)
        return ended

    def _largest_next(self, columns: _Columns) -> Floats:
        """The largest loss of sales that the next round would add, by column; 0 where none exceeds the tolerance.

        A firm cannot lose a larger part of its sales than the hardest hit of its customers just did.
        """
        upstream, step, width = self._firms.upstream, columns.step, len(columns.failing)
        customer, column = np.divmod(np.flatnonzero(step > self._tolerance), width)
        places, of = _spread(upstream.indptr, customer)
        pairs = np.unique(upstream.indices[places].astype(np.int64) * width + column[of])
        supplier, column = np.divmod(pairs, width)
        other = supplier != columns.failing[column]
        largest = np.zeros(width)
        np.maximum.at(largest, column[other], self._next(step, supplier[other], column[other]))
        return largest

    def _next(self, losses: Floats, firm: Ints, column: Ints) -> Floats:
        """What some firms, each in one column, lose by the losses of their customers."""
        passing = self._firms.passing
        places, of = _spread(passing.indptr, firm)
        return sums(of, passing.data[places] * losses[passing.indices[places], column[of]], len(firm))

    def _more(self, columns: _Columns, chosen: Ints) -> Floats:
        """By how much the losses of production exceed those of sales after one more round, in some columns."""
        down = columns.down[chosen]
        row, firm = np.repeat(np.arange(len(chosen)), np.diff(down.indptr)), down.indices.astype(np.int64)
        seen = (down.data > NEGLIGIBLE) & (firm != columns.failing[chosen[row]])
        row, firm, loss = row[seen], firm[seen], down.data[seen]
        more = np.maximum(loss - self._next(columns.up, firm, chosen[row]), 0.0)
        return sums(row, more * self._firms.sales[firm], len(chosen))


def _dense(matrix: Sparse, number: Any) -> Floats:  # noqa: ANN401 - a NumPy type
    """The rows of a sparse matrix as dense columns."""
    dense = np.zeros(matrix.shape[::-1], dtype=number)
    dense[matrix.indices, np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))] = matrix.data
    return dense


def _spread(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The places of all entries of some rows of a sparse matrix, and which of the rows each belongs to."""
    counts = starts[rows + 1] - starts[rows]
    of = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    return np.arange(len(of)) + (starts[rows] - first)[of], of
