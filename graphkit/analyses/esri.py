"""Systemic risk of firms (ESRI, Diem et al. 2022): what part of all output is lost when one firm fails.

Losses travel downstream by a production function in which the worst essential input decides and the others add up,
softened by how well others of the sector can replace the supplier; and upstream as lost sales. Both are repeated in
synchronous rounds until no firm changes by more than a tolerance.

A run for every firm over all links would take days on a national network. Here many failures run at once as rows of
sparse matrices that hold only the firms reached so far, with losses instead of levels, so that an untouched firm is an
absent zero; a failure leaves its block as soon as it has converged. The rounds, and so the figures, are those of the
naive run to within rounding (see `SINGLE`) and `NEGLIGIBLE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Sparse = Any
    """A SciPy sparse array; SciPy ships no types."""

__all__ = [
    "ESSENTIAL",
    "NON_ESSENTIAL",
    "NO_EFFECT",
    "TOLERANCE",
    "Firms",
    "systemic_risks",
]

NO_EFFECT, NON_ESSENTIAL, ESSENTIAL = 0, 1, 2
"""What the lack of an input does to production."""

TOLERANCE = 1e-2
"""Rounds end when no firm changes by more: the tolerance of the reference. 1e-12 is the strict one."""

BLOCK = 1_024
"""Failures that run at once."""

CROWDED = 0.02
"""A failure whose last round reached more than this part of all firms goes on as a column of a dense matrix."""

NEGLIGIBLE = 1e-13
"""A smaller loss of production is not passed on to customers. No round enlarges losses, so that after r rounds no firm,
and hence no ESRI, is off by more than r times this."""

COLUMNS = 32
"""Columns of a dense matrix at once."""

SINGLE = 1e-4
"""Where the tolerance is coarser than this, dense matrices hold single precision (seven digits): it takes half as long,
and what it changes is far below the tolerance."""


@dataclass(frozen=True)
class Firms:
    """A network of firms.

    Attributes:
        supplier: Who sells, link by link.
        customer: To whom.
        weight: For how much.
        kind: What the lack of it does to the customer: `ESSENTIAL`, `NON_ESSENTIAL` or `NO_EFFECT`.
        sector: The sector of each firm, as a number from 0.
    """

    supplier: Ints
    customer: Ints
    weight: Floats
    kind: Ints
    sector: Ints

    @property
    def size(self) -> int:
        """The number of firms."""
        return len(self.sector)

    @cached_property
    def sales(self) -> Floats:
        """What each firm sells."""
        return _sums(self.supplier, self.weight, self.size)

    @cached_property
    def purchases(self) -> Floats:
        """What each firm buys."""
        return _sums(self.customer, self.weight, self.size)

    @cached_property
    def sector_sales(self) -> Floats:
        """What each sector sells."""
        return _sums(self.sector, self.sales, int(self.sector.max(initial=-1)) + 1)

    @cached_property
    def upstream(self) -> Sparse:
        """Lost sales: row customer, column supplier, the part of the supplier's sales that the customer is."""
        return _matrix(self.customer, self.supplier, self.weight / self.sales[self.supplier], (self.size, self.size))

    @cached_property
    def passing(self) -> Sparse:
        """The same, transposed."""
        return self.upstream.T.tocsr()

    @cached_property
    def non_essential(self) -> Sparse:
        """Row supplier, column customer: the part of all that the customer buys."""
        on = self.kind == NON_ESSENTIAL
        part = self.weight[on] / self.purchases[self.customer[on]]
        return _matrix(self.supplier[on], self.customer[on], part, (self.size, self.size))

    @cached_property
    def essential(self) -> tuple[Sparse, Ints]:
        """Row supplier, column need: the part of the need; and the firm of each need (what it buys of one sector)."""
        on = self.kind == ESSENTIAL
        supplier, customer, weight = self.supplier[on], self.customer[on], self.weight[on]
        keys, need = np.unique(
            customer * (int(self.sector.max(initial=0)) + 1) + self.sector[supplier], return_inverse=True
        )
        need = need.reshape(-1)
        part = weight / _sums(need, weight, len(keys))[need]
        matrix = _matrix(supplier, need, part, (self.size, len(keys)))
        return matrix, keys // (int(self.sector.max(initial=0)) + 1)


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)


def _matrix(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Sparse:
    from scipy.sparse import coo_array

    positive = values > 0
    entries = (values[positive], (rows[positive].astype(np.int32), columns[positive].astype(np.int32)))
    return coo_array(entries, shape=shape).tocsr()


def systemic_risks(
    firms: Firms, failing: Ints | None = None, *, tolerance: float = TOLERANCE, workers: int = 1
) -> Floats:
    """The ESRI of each of some firms (of all, when None): the part of all sales lost when it alone fails.

    Args:
        firms: The network.
        failing: The firms that fail, one at a time.
        tolerance: Rounds end when no firm changes by more.
        workers: How many processes share the work.
    """
    wanted = np.arange(firms.size) if failing is None else np.asarray(failing, dtype=np.int64)
    firms, wanted = _busiest_first(firms, wanted)
    total = float(firms.sales.sum())
    if not total or not len(wanted):
        return np.zeros(len(wanted))
    blocks = [wanted[start : start + BLOCK] for start in range(0, len(wanted), BLOCK)]
    if workers == 1 or len(blocks) == 1:
        return np.concatenate([_Run(firms, tolerance).lost(block) for block in blocks]) / total
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (firms, tolerance)) as pool:
        return np.concatenate(list(pool.map(_lost_by_block, blocks))) / total


def _busiest_first(firms: Firms, failing: Ints) -> tuple[Firms, Ints]:
    """The same firms in another order: those that are looked at most often close together, where caches hold them."""
    order = np.argsort(-np.bincount(firms.customer, minlength=firms.size), kind="stable")
    place = np.empty(firms.size, dtype=np.int64)
    place[order] = np.arange(firms.size)
    ends = place[firms.supplier], place[firms.customer]
    return Firms(*ends, firms.weight, firms.kind, firms.sector[order]), place[failing]


_running: list[_Run] = []
"""What a worker process holds: the network is sent to it once, not with every block."""


def _begin(firms: Firms, tolerance: float) -> None:
    _running[:] = [_Run(firms, tolerance)]


def _lost_by_block(failing: Ints) -> Floats:
    return _running[0].lost(failing)


@dataclass
class _Block:
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

    def take(self, rows: NDArray[np.bool_] | Ints) -> _Block:
        """Some of the failures."""
        return _Block(self.places[rows], self.failing[rows], self.down[rows], self.up[rows], self.step[rows])


class _Run:
    """Rounds over blocks of failures.

    Sales lost add up linearly, so that a round only passes on what the last one added; where that reaches a good part
    of all firms, columns of a dense matrix are faster than rows of a sparse one.
    """

    def __init__(self, firms: Firms, tolerance: float) -> None:
        self._firms, self._tolerance = firms, tolerance
        number: Any = np.float32 if tolerance > SINGLE else np.float64
        self._passing, self._purchases = firms.passing.astype(number), firms.purchases.astype(number)

    def lost(self, failing: Ints) -> Floats:
        """The sales lost by each of some failures."""
        found = np.zeros(len(failing))
        failed = _failed(failing, self._firms.size)
        block = _Block(np.arange(len(failing)), failing, failed, failed, failed)
        crowded = []
        while len(block.places):
            reached = np.diff(block.step.indptr) > self._firms.size * CROWDED
            if reached.any():
                crowded.append(block.take(reached))
                block = block.take(~reached)
            if len(block.places):
                block = self._round(block, found)
        if crowded:
            self._finish_crowded(_together(crowded), found)
        return found

    def _round(self, block: _Block, found: Floats) -> _Block:
        """One round; what has converged is written down, the rest handed back."""
        down = self._downstream(block)
        step = block.step @ self._firms.upstream
        step.data[step.indices == np.repeat(block.failing, np.diff(step.indptr))] = 0.0  # what failed cannot lose more
        change = np.maximum(_row_max(down - block.down), _row_max(step))
        block = _Block(block.places, block.failing, down, block.up + step, step)
        done = change <= self._tolerance
        if done.any():
            over = block.take(done)
            found[over.places] = over.down.maximum(over.up) @ self._firms.sales
            block = block.take(~done)
        return block

    def _finish_crowded(self, block: _Block, found: Floats) -> None:
        """The rounds of failures that reach much, those that look alike together: they end at about the same time."""
        order = np.argsort(-_row_max(block.step))
        for start in range(0, len(order), COLUMNS):
            self._finish_columns(block.take(order[start : start + COLUMNS]), found)

    def _finish_columns(self, block: _Block, found: Floats) -> None:
        """The rounds of a few failures, with a column for each.

        A round over all links is only made for those that go on after it: whether a failure has converged can be told
        from the few firms that may still lose more than the tolerance, and the sum of the last losses from what the
        losers before them bought.
        """
        firms = self._firms
        up, step = (_columns(matrix, self._passing.dtype) for matrix in (block.up, block.step))
        lost = block.up @ firms.sales
        running = np.ones(len(lost), dtype=bool)
        while True:
            down = self._downstream(block)
            change = np.maximum(_row_max(down - block.down), self._largest_next(step, block.failing))
            block.down = down
            done = running & (change <= self._tolerance)
            back = self._next(step, block.failing, np.arange(len(lost)))  # would fall on what has failed already
            lost = lost + self._purchases @ step - firms.sales[block.failing] * back
            if done.any():
                found[block.places[done]] = lost[done] + self._more(block.take(done), up, step, np.flatnonzero(done))
                running &= ~done
                if not running.any():
                    return
            step = self._passing @ step
            step[block.failing, np.arange(len(lost))] = 0.0
            up += step
            if 4 * running.sum() <= len(running):  # moving columns costs about as much as a round
                up, step = (np.ascontiguousarray(matrix[:, running]) for matrix in (up, step))
                block, lost, running = block.take(running), lost[running], running[running]

    def _largest_next(self, step: Floats, failing: Ints) -> Floats:
        """The largest loss of sales that the next round would add, by column; 0 where none exceeds the tolerance.

        A firm cannot lose a larger part of its sales than the hardest hit of its customers just did.
        """
        upstream, width = self._firms.upstream, len(failing)
        customer, column = np.divmod(np.flatnonzero(step > self._tolerance), width)
        places, of = _spread(upstream.indptr, customer)
        pairs = np.unique(upstream.indices[places].astype(np.int64) * width + column[of])
        supplier, column = np.divmod(pairs, width)
        other = supplier != failing[column]
        largest = np.zeros(width)
        np.maximum.at(largest, column[other], self._next(step, supplier[other], column[other]))
        return largest

    def _next(self, step: Floats, firm: Ints, column: Ints) -> Floats:
        """What the next round would add to the losses of some firms, each in one column."""
        passing = self._firms.passing
        places, of = _spread(passing.indptr, firm)
        return _sums(of, passing.data[places] * step[passing.indices[places], column[of]], len(firm))

    def _more(self, block: _Block, up: Floats, step: Floats, columns: Ints) -> Floats:
        """By how much the losses of production exceed those of sales after one more round, in some columns."""
        down = block.down
        row, firm = np.repeat(np.arange(len(columns)), np.diff(down.indptr)), down.indices.astype(np.int64)
        seen = down.data > NEGLIGIBLE
        row, firm, loss = row[seen], firm[seen], down.data[seen]
        added = np.where(firm == block.failing[row], 0.0, self._next(step, firm, columns[row]))
        more = np.maximum(loss - up[firm, columns[row]] - added, 0.0)
        return _sums(row, more * self._firms.sales[firm], len(columns))

    def _downstream(self, block: _Block) -> Sparse:
        """The loss of production after one more round."""
        firms = self._firms
        felt = _felt(firms, _above(block.down, NEGLIGIBLE))
        essential, firm_of = firms.essential
        needs = _largest_of_firm(felt @ essential, firm_of, firms.size)
        return needs.maximum(felt @ firms.non_essential).maximum(_failed(block.failing, firms.size))


def _together(blocks: Sequence[_Block]) -> _Block:
    """Several blocks as one."""
    from scipy.sparse import vstack

    places, failing = (np.concatenate([getattr(block, name) for block in blocks]) for name in ("places", "failing"))
    down, up, step = (
        vstack([getattr(block, name) for block in blocks], format="csr") for name in ("down", "up", "step")
    )
    return _Block(places, failing, down, up, step)


def _columns(matrix: Sparse, number: Any) -> Floats:  # noqa: ANN401 - a NumPy type
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


def _above(matrix: Sparse, least: float) -> Sparse:
    """A matrix without its entries up to some size."""
    from scipy.sparse import csr_array

    keep = matrix.data > least
    if keep.all():
        return matrix
    starts = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr].astype(np.int32)
    return csr_array((matrix.data[keep], matrix.indices[keep], starts), shape=matrix.shape)


def _failed(failing: Ints, size: int) -> Sparse:
    """The losses of the failed firms themselves, which are whole."""
    from scipy.sparse import csr_array

    count = len(failing)
    starts = np.arange(count + 1, dtype=np.int32)
    return csr_array((np.ones(count), failing.astype(np.int32), starts), shape=(count, size))


def _row_max(matrix: Sparse) -> Floats:
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
    gone = _sums(key, down.data * firms.sales[firm], down.shape[0] * sectors)
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
