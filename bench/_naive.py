"""The plain way: one failed firm is a whole run over all links, in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphkit.analyses.esri import TOLERANCE
from graphkit.analyses.firms import ESSENTIAL, NON_ESSENTIAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphkit.analyses.firms import Firms

    Floats = NDArray[np.float64]


class NaiveRisk:
    """The ESRI of one firm at a time, by synchronous rounds over all links."""

    def __init__(self, firms: Firms) -> None:
        self._firms = firms
        self._sectors = int(firms.sector.max()) + 1
        bought = np.bincount(firms.customer, weights=firms.weight, minlength=firms.size)
        self._essential, self._other = firms.kind == ESSENTIAL, firms.kind == NON_ESSENTIAL
        on = self._essential
        keys = firms.customer[on] * self._sectors + firms.sector[firms.supplier[on]]
        needs, self._need = np.unique(keys, return_inverse=True)
        self._need_part = firms.weight[on] / np.bincount(self._need, weights=firms.weight[on])[self._need]
        self._need_firm = needs // self._sectors
        self._first = np.flatnonzero(np.diff(self._need_firm, prepend=-1))
        self._other_part = firms.weight[self._other] / bought[firms.customer[self._other]]
        self._sold_part = firms.weight / firms.sales[firms.supplier]

    def of(self, failed: int, tolerance: float = TOLERANCE) -> float:
        """The part of all sales lost when a firm fails."""
        firms = self._firms
        alive = np.ones(firms.size)
        alive[failed] = 0
        down, up = np.ones(firms.size), np.ones(firms.size)
        while True:
            new_down, new_up = np.minimum(self._down(down), alive), np.minimum(self._up(up), alive)
            change = max(np.abs(new_down - down).max(), np.abs(new_up - up).max())
            down, up = new_down, new_up
            if change <= tolerance:
                return float(firms.sales @ (1 - np.minimum(down, up)) / firms.sales.sum())

    def _down(self, down: Floats) -> Floats:
        firms = self._firms
        left = np.bincount(firms.sector, weights=firms.sales * down, minlength=self._sectors)[firms.sector]
        share = np.where(firms.sales >= left, 1.0, firms.sales / np.where(left > 0, left, 1.0)) * (firms.sales > 0)
        felt = share * (1 - down)
        needs = np.bincount(self._need, weights=self._need_part * felt[firms.supplier[self._essential]])
        worst = np.zeros(firms.size)
        worst[self._need_firm[self._first]] = np.maximum.reduceat(needs, self._first)
        others = self._other_part * felt[firms.supplier[self._other]]
        summed = np.bincount(firms.customer[self._other], weights=others, minlength=firms.size)
        lost: Floats = 1 - np.maximum(worst, summed)
        return lost

    def _up(self, up: Floats) -> Floats:
        firms = self._firms
        sold = np.bincount(firms.supplier, weights=self._sold_part * up[firms.customer], minlength=firms.size)
        return np.where(firms.sales > 0, sold, 1.0)
