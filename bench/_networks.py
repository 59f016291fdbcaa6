"""Synthetic networks with a fixed seed, of the size and shape of national supply networks."""

from __future__ import annotations

import numpy as np

from graphkit.analyses.firms import Firms

HUNGARIAN = (243_399, 1_104_141)
"""Firms and links of the national network that Diem et al. (2022) report on."""

SECTORS = 600
"""About as many as NACE has four-digit classes."""


def firms(size: int, links: int, seed: int = 2022) -> Firms:
    """A network with heavy tails: a few firms sell to thousands, most to one or two; amounts are lognormal.

    Each sector needs some others essentially (about a third of the pairs), others not (a half), and is untouched by the
    rest. Parallel links and links of a firm to itself do not occur.
    """
    rng = np.random.default_rng(seed)
    out_weight, in_weight = rng.pareto(1.6, size) + 0.3, rng.pareto(1.8, size) + 0.3
    pairs = np.zeros(0, dtype=np.int64)
    while len(pairs) < links:
        count = int((links - len(pairs)) * 1.2) + 100
        supplier = rng.choice(size, count, p=out_weight / out_weight.sum())
        customer = rng.choice(size, count, p=in_weight / in_weight.sum())
        drawn = (supplier * size + customer)[supplier != customer]
        pairs = np.unique(np.concatenate([pairs, drawn]))
    pairs = rng.permutation(pairs)[:links]
    supplier, customer = pairs // size, pairs % size
    popularity = 1 / np.arange(1, SECTORS + 1) ** 0.8
    sector = rng.choice(SECTORS, size, p=popularity / popularity.sum())
    kinds = rng.choice(3, (SECTORS, SECTORS), p=[1 / 6, 1 / 2, 1 / 3])
    weight = rng.lognormal(0.0, 1.5, links) * np.sqrt(out_weight[supplier] * in_weight[customer])
    return Firms(supplier, customer, weight, kinds[sector[supplier], sector[customer]], sector)
