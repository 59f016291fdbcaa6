"""A network of firms: who sells what to whom, and the matrices by which losses travel along it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Sparse = Any
    """A SciPy sparse array; SciPy ships no types."""

__all__ = ["ESSENTIAL", "NON_ESSENTIAL", "NO_EFFECT", "Firms", "sums"]

NO_EFFECT, NON_ESSENTIAL, ESSENTIAL = 0, 1, 2
"""What the lack of an input does to production."""


@dataclass(frozen=True)
class Firms:
    """A network of firms, numbered from 0; columns may be given as lists.

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

    def __post_init__(self) -> None:
        for name in ("supplier", "customer", "weight", "kind", "sector"):
            number = np.float64 if name == "weight" else np.int64
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=number))

    @classmethod
    def of(cls, links: Iterable[tuple[str, str, float, int]], sectors: Mapping[str, Hashable]) -> Firms:
        """Number firms that have names, in the order of `sectors`.

        Args:
            links: Supplier, customer, weight and kind of each link.
            sectors: The sector of every firm.
        """
        place = {name: number for number, name in enumerate(sectors)}
        sector = {name: number for number, name in enumerate(dict.fromkeys(sectors.values()))}
        rows = [(place[supplier], place[customer], weight, kind) for supplier, customer, weight, kind in links]
        supplier, customer, weight, kind = np.array(rows, dtype=np.float64).reshape(-1, 4).T
        numbers = np.array([sector[name] for name in sectors.values()], dtype=np.int64)
        return cls(supplier.astype(np.int64), customer.astype(np.int64), weight, kind.astype(np.int64), numbers)

    @property
    def size(self) -> int:
        """The number of firms."""
        return len(self.sector)

    @cached_property
    def sales(self) -> Floats:
        """What each firm sells."""
        return sums(self.supplier, self.weight, self.size)

    @cached_property
    def purchases(self) -> Floats:
        """What each firm buys."""
        return sums(self.customer, self.weight, self.size)

    @cached_property
    def sector_sales(self) -> Floats:
        """What each sector sells."""
        return sums(self.sector, self.sales, int(self.sector.max(initial=-1)) + 1)

    @cached_property
    def upstream(self) -> Sparse:
        """Lost sales: row customer, column supplier, the part of the supplier's sales that the customer is."""
        return _matrix(self.customer, self.supplier, self.weight / self.sales[self.supplier], (self.size, self.size))

    @cached_property
    def passing(self) -> Sparse:
        """The same, transposed."""
        return self.upstream.T.tocsr()

    @cached_property
    def passing_on(self) -> Sparse:
        """The same without suppliers that buy nothing: nobody else loses by their losses."""
        on = self.purchases[self.supplier] > 0
        supplier, customer = self.supplier[on], self.customer[on]
        return _matrix(supplier, customer, self.weight[on] / self.sales[supplier], (self.size, self.size))

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
        part = weight / sums(need, weight, len(keys))[need]
        matrix = _matrix(supplier, need, part, (self.size, len(keys)))
        return matrix, keys // (int(self.sector.max(initial=0)) + 1)


def sums(places: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values at each place."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64)


def _matrix(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Sparse:
    from scipy.sparse import coo_array

    positive = values > 0
    entries = (values[positive], (rows[positive].astype(np.int32), columns[positive].astype(np.int32)))
    return coo_array(entries, shape=shape).tocsr()
