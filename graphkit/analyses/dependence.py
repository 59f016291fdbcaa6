"""Bounds on what depends on what, where some shares are unknown.

A *holder* (a buyer, or a seller) leans on others by links with shares of one whole: its need, or its revenue. What the
known shares leave over is the rest. The lowest exposure takes unknown shares as 0; the highest gives the whole rest to
the one unknown link that makes it largest, for every holder at once: a Markov decision process, solved exactly by
policy iteration (each policy is one linear system). Shares are never scaled up to fill the whole.

Where the known shares of a holder add up to more than the whole they speak of different wholes, one for each product;
what part of all its need each product is, nobody says, so the holder leans on one product or another: at the lowest on
none, at the highest wholly on the worst.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.input_output import solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.analyses.input_output import Floats, Matrix

    Ints = NDArray[np.int64]
    Truths = NDArray[np.bool_]

__all__ = ["Dependence", "Shares"]

FULL = 1 + 1e-9
"""Known shares may add up to so much before they are taken for parts of several wholes."""

LEAK = 1e-12
"""Who passes on the whole but for less than this passes on the whole."""

GAIN = 1e-12
"""A policy changes only for more than this, so that rounding cannot make it run in rings."""


@dataclass(frozen=True)
class Shares:
    """Links from holders to those they lean on.

    Attributes:
        size: The number of nodes.
        holder: Who leans, link by link.
        other: On whom.
        share: How much; NaN is unknown.
        whole: What the share is part of, as a number (the code of a product); matters only for holders whose known
            shares add up to more than 1.
    """

    size: int
    holder: Ints
    other: Ints
    share: Floats
    whole: Ints

    @cached_property
    def known(self) -> Floats:
        """The sum of the known shares of each node."""
        return _sums(self.holder, np.nan_to_num(self.share), self.size)

    @cached_property
    def several(self) -> Truths:
        """The nodes whose shares are parts of several wholes."""
        return self.known > FULL

    @cached_property
    def groups(self) -> tuple[Ints, Ints]:
        """The whole that each link belongs to, numbered over all holders; and the holder of each whole."""
        whole = np.where(self.several[self.holder], self.whole + 1, 0)
        keys, group = np.unique(np.column_stack([self.holder, whole]), axis=0, return_inverse=True)
        return group.reshape(-1), keys[:, 0]

    @cached_property
    def rest(self) -> Floats:
        """What the known shares leave over of each whole."""
        group, holders = self.groups
        known = _sums(group, np.nan_to_num(self.share), len(holders))
        return np.clip(1.0 - known, 0.0, 1.0)

    @cached_property
    def lowest(self) -> Matrix:
        """The known shares as a matrix, holder by other; holders of several wholes lean on nobody for sure."""
        from scipy.sparse import coo_array

        sure = ~np.isnan(self.share) & ~self.several[self.holder]
        entries = (self.share[sure], (self.holder[sure], self.other[sure]))
        return coo_array(entries, shape=(self.size, self.size)).tocsr()

    @cached_property
    def ceiling(self) -> Floats:
        """The most that each link can carry: its share, or the rest where that is unknown."""
        group, _ = self.groups
        return np.where(np.isnan(self.share), self.rest[group], self.share)


class Dependence:
    """Exposure of every node to a target, which is a set of links.

    Args:
        shares: Who leans on whom.
        hits: Which links lead into the target.
        once: Whether a walk ends at the target (what part of the whole depends on it, never above 1) or goes on (all
            that is required of it, as in Leontief's inverse).
    """

    def __init__(self, shares: Shares, hits: Truths, *, once: bool) -> None:
        self._shares, self._hits, self._once = shares, hits, once

    def direct(self) -> tuple[Floats, Floats]:
        """The lowest and the highest exposure by one link."""
        return self._sure_hits(), self._improved(np.zeros(self._shares.size))[0]

    def lowest(self) -> Floats:
        """Exposure by the known shares alone, all tiers."""
        return self._without_idle_rings(self._passing(self._shares.lowest), self._sure_hits())

    def tiers(self, count: int) -> list[tuple[Floats, Floats]]:
        """The lowest and the highest exposure by up to 1, 2, ... links."""
        matrix, start = self._passing(self._shares.lowest), self._sure_hits()
        low, high = np.zeros(self._shares.size), np.zeros(self._shares.size)
        found = []
        for _ in range(count):
            low, high = start + matrix @ low, self._improved(high)[0]
            found.append((low, high))
        return found

    def highest(self) -> Floats:
        """Exposure with every rest where it counts most, all tiers; infinite where a ring never lets go."""
        shares = self._shares
        if not np.isnan(shares.share).any() and not shares.several.any():
            return self.lowest()
        value = np.zeros(shares.size)
        chosen = np.zeros(len(shares.holder))  # how much each link carries
        while True:
            best, carried = self._improved(value)
            better = best > value + GAIN * np.maximum(1.0, np.where(np.isfinite(value), value, 1.0))
            if not better.any():
                return value
            chosen = np.where(better[shares.holder], carried, chosen)
            value = np.maximum(value, self._value_of(chosen))

    def _sure_hits(self) -> Floats:
        shares = self._shares
        sure = self._hits & ~np.isnan(shares.share) & ~shares.several[shares.holder]
        return _sums(shares.holder[sure], shares.share[sure], shares.size)

    def _passing(self, matrix: Matrix) -> Matrix:
        """The matrix without links into the target, where walks end there."""
        if not self._once:
            return matrix
        from scipy.sparse import coo_array

        shares = self._shares
        on = ~self._hits & ~np.isnan(shares.share) & ~shares.several[shares.holder]
        return coo_array((shares.share[on], (shares.holder[on], shares.other[on])), shape=matrix.shape).tocsr()

    def _improved(self, value: Floats) -> tuple[Floats, Floats]:
        """The best that each node can make of given values of the others, and how much each link carries then."""
        shares = self._shares
        group, holders = shares.groups
        unknown = np.isnan(shares.share)
        gain = self._hits + (np.where(self._hits, 0.0, value[shares.other]) if self._once else value[shares.other])
        worth = np.where(unknown, 0.0, shares.share)
        some = worth > 0
        worth = _sums(group[some], (worth * np.where(some, gain, 0.0))[some], len(holders))
        favourite = _largest_of(group, np.where(unknown, gain, -1.0), len(holders))
        used = (favourite >= 0) & (shares.rest > 0)
        used[used] &= gain[favourite[used]] > 0
        worth[used] += shares.rest[used] * gain[favourite[used]]
        leading = _largest_of(holders, worth, shares.size)
        best = np.zeros(shares.size)
        best[leading >= 0] = worth[leading[leading >= 0]]
        carried = np.where(unknown, 0.0, shares.share)
        carried[favourite[used]] = shares.rest[used]
        leads = np.zeros(len(holders), dtype=bool)
        leads[leading[leading >= 0]] = True
        return best, np.where(leads[group], carried, 0.0)

    def _value_of(self, carried: Floats) -> Floats:
        from scipy.sparse import coo_array

        shares = self._shares
        start = _sums(shares.holder, carried * self._hits, shares.size)
        passing = np.where(self._hits, 0.0, carried) if self._once else carried
        matrix = coo_array((passing, (shares.holder, shares.other)), shape=(shares.size, shares.size)).tocsr()
        return self._without_idle_rings(matrix, start)

    def _without_idle_rings(self, matrix: Matrix, start: Floats) -> Floats:
        """Solve value = start + matrix value; rings that keep all they take in count 0, or infinity when they gain."""
        from scipy.sparse import diags_array

        closed, ring = _closed_rings(matrix)
        idle = np.zeros(len(start), dtype=bool)
        endless = np.zeros(len(start), dtype=bool)
        if closed.any():
            gaining = np.bincount(ring, weights=np.where(closed, start, 0.0)) > 0
            endless = _reaching(matrix, closed & gaining[ring])
            idle = closed & ~endless
        if not closed.any():
            return solve(matrix, start)
        open_rows = np.where(idle | endless, 0.0, 1.0)
        start = np.where(idle | endless, 0.0, start)
        value = solve((diags_array(open_rows) @ matrix).tocsr(), start)
        return np.where(endless, np.inf, value)


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values at each place."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)


def _closed_rings(matrix: Matrix) -> tuple[Truths, Ints]:
    """The nodes on rings that pass on all they take in to themselves; and the ring of each node."""
    from scipy.sparse.csgraph import connected_components

    matrix.eliminate_zeros()
    sums = np.asarray(matrix.sum(axis=1)).reshape(-1)
    if (sums < 1 - LEAK).all():
        return np.zeros(len(sums), dtype=bool), np.zeros(len(sums), dtype=np.int64)
    count, ring = connected_components(matrix, directed=True, connection="strong")
    rows = np.repeat(np.arange(len(sums)), np.diff(matrix.indptr))
    leaking = sums < 1 - LEAK
    leaking[rows[ring[rows] != ring[matrix.indices]]] = True
    return ~(np.bincount(ring, weights=leaking, minlength=count) > 0)[ring], ring


def _reaching(matrix: Matrix, targets: Truths) -> Truths:
    found = targets
    while True:
        more = found | ((matrix @ found.astype(float)) > 0)
        if (more == found).all():
            return found
        found = more


def _largest_of(group: Ints, values: Floats, count: int) -> Ints:
    """The place of the largest value of each group that has one of at least 0 (the first, of equals); -1 for none."""
    order = np.lexsort((-np.arange(len(values)), values, group))
    found = np.full(count, -1, dtype=np.int64)
    found[group[order]] = order  # the last one written stays
    none = found >= 0
    none[none] &= values[found[none]] < 0
    found[none] = -1
    return found
