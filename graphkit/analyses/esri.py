"""Systemic risk of firms (ESRI, Diem et al. 2022): what part of all output is lost when one firm fails.

Losses travel downstream by a production function in which the worst essential input decides and the others add up,
softened by how well others of the sector can replace the supplier; and upstream as lost sales. Both are repeated in
synchronous rounds until no firm changes by more than a tolerance.

A run for every firm over all links would take days on a national network. Here many failures run at once as rows of
sparse matrices that hold only the firms reached so far, with losses instead of levels, so that an untouched firm is an
absent zero; a failure leaves its block as soon as it has converged. The rounds, and so the figures, are those of the
naive run to within rounding (see `crowds.SINGLE`) and `losses.NEGLIGIBLE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.crowds import Crowd
from graphkit.analyses.firms import ESSENTIAL, NO_EFFECT, NON_ESSENTIAL, Firms
from graphkit.analyses.losses import Block, downstream, failed, row_max, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.analyses.firms import Floats, Ints

__all__ = ["ESSENTIAL", "NON_ESSENTIAL", "NO_EFFECT", "TOLERANCE", "Firms", "systemic_risks"]

TOLERANCE = 1e-2
"""Rounds end when no firm changes by more: the tolerance of the reference. 1e-12 is the strict one."""

BLOCK = 1_024
"""Failures that run at once."""

CROWDED = 0.02
"""A failure whose last round reached more than this part of all firms goes on as a column of a dense matrix."""


def systemic_risks(
    firms: Firms, failing: Sequence[int] | Ints | None = None, *, tolerance: float = TOLERANCE, workers: int = 1
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
        run = _Run(firms, tolerance)
        return np.concatenate([run.lost(block) for block in blocks]) / total
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


class _Run:
    """Rounds over blocks of failures.

    Sales lost add up linearly, so that a round only passes on what the last one added.
    """

    def __init__(self, firms: Firms, tolerance: float) -> None:
        self._firms, self._tolerance = firms, tolerance
        self._crowd = Crowd(firms, tolerance)

    def lost(self, failing: Ints) -> Floats:
        """The sales lost by each of some failures."""
        found = np.zeros(len(failing))
        start = failed(failing, self._firms.size)
        block = Block(np.arange(len(failing)), failing, start, start, start)
        crowded = []
        while len(block.places):
            reached = np.diff(block.step.indptr) > self._firms.size * CROWDED
            if reached.any():
                crowded.append(block.take(reached))
                block = block.take(~reached)
            if len(block.places):
                block = self._round(block, found)
        if crowded:
            self._crowd.finish(together(crowded), found)
        return found

    def _round(self, block: Block, found: Floats) -> Block:
        """One round; what has converged is written down, the rest handed back."""
        down = downstream(self._firms, block.down, block.failing)
        step = block.step @ self._firms.upstream
        step.data[step.indices == np.repeat(block.failing, np.diff(step.indptr))] = 0.0  # what failed cannot lose more
        change = np.maximum(row_max(down - block.down), row_max(step))
        block = Block(block.places, block.failing, down, block.up + step, step)
        done = change <= self._tolerance
        if done.any():
            over = block.take(done)
            found[over.places] = over.down.maximum(over.up) @ self._firms.sales
            block = block.take(~done)
        return block
