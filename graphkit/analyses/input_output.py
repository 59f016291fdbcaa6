"""Input-output analysis on plain arrays: Leontief, Ghosh, truncation by tier, hypothetical extraction.

Flows z[i, j] are what i delivers to j; x is total output, f final demand, v value added. Matrices may be NumPy arrays
or SciPy sparse ones. Small systems are solved directly, large ones by iteration, down to a residual of `TOLERANCE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Matrix = Any
    """A NumPy array or a SciPy sparse array; SciPy ships no types."""

__all__ = [
    "TOLERANCE",
    "extraction",
    "ghosh_outputs",
    "input_coefficients",
    "leontief_outputs",
    "output_coefficients",
    "solve",
    "total_requirements",
    "truncated",
]

TOLERANCE = 1e-12
"""The largest residual that an iterative solution may leave, for right-hand sides of the order of one."""

DIRECT = 4_000
"""Up to so many unknowns a system is factorised; beyond, fill-in makes iteration faster."""

PLAIN, FAST, TURNS = 200, 60, 40
"""Plain rounds in each turn of an iteration, then rounds of BiCGSTAB; and how many turns it may take. Plain rounds are
so cheap that they alone do where a tenth or more of the whole leaks away at each step."""

UNBOUNDED = "a ring passes on all, or nearly all, that it takes in, so that its total has no bound"


def input_coefficients(flows: ArrayLike, output: ArrayLike) -> Floats:
    """A: what each unit of output of j takes from i (z_ij / x_j); 0 where j puts out nothing."""
    z, x = np.asarray(flows, dtype=float), np.asarray(output, dtype=float)
    return z / np.where(x == 0, np.inf, x)[None, :]


def output_coefficients(flows: ArrayLike, output: ArrayLike) -> Floats:
    """B: what part of the output of i goes to j (z_ij / x_i); 0 where i puts out nothing."""
    z, x = np.asarray(flows, dtype=float), np.asarray(output, dtype=float)
    return z / np.where(x == 0, np.inf, x)[:, None]


def total_requirements(coefficients: ArrayLike) -> Floats:
    """(I - M)^-1: the sum over all walks, the empty one included. Of A it is Leontief's inverse, of B Ghosh's."""
    matrix = np.asarray(coefficients, dtype=float)
    return np.linalg.inv(np.eye(len(matrix)) - matrix)


def leontief_outputs(coefficients: Matrix, final_demand: ArrayLike) -> Floats:
    """The output x that meets a final demand: x = A x + f."""
    return solve(coefficients, final_demand)


def ghosh_outputs(coefficients: Matrix, value_added: ArrayLike) -> Floats:
    """The output x that value added pays for: x' = x' B + v'."""
    return solve(coefficients.T, value_added)


def truncated(coefficients: Matrix, rhs: ArrayLike, tiers: int) -> Floats:
    """(I + M + ... + M^k) rhs: the sum over walks of up to k links."""
    start = np.asarray(rhs, dtype=float)
    total = start.copy()
    for _ in range(tiers):
        total = start + coefficients @ total
    return total


def extraction(coefficients: ArrayLike, final_demand: ArrayLike, sectors: Sequence[int]) -> Floats:
    """The output that remains when some sectors neither sell nor buy nor meet any final demand."""
    matrix, demand = np.array(coefficients, dtype=float), np.array(final_demand, dtype=float)
    gone = list(sectors)
    matrix[gone, :] = 0
    matrix[:, gone] = 0
    demand[gone] = 0
    return leontief_outputs(matrix, demand)


def solve(matrix: Matrix, rhs: ArrayLike) -> Floats:
    """Solve x = M x + rhs.

    Raises:
        ZeroDivisionError: I - M has no inverse: somewhere a ring passes on all that it takes in.
    """
    from scipy.sparse import csc_array, csr_array, eye_array

    b = np.asarray(rhs, dtype=float)
    sparse = csr_array(matrix)
    if len(b) > DIRECT:
        return _iterate(sparse, b)
    from scipy.sparse.linalg import splu

    try:
        solution = splu(csc_array(eye_array(len(b), format="csc") - sparse)).solve(b)
    except RuntimeError:
        raise ZeroDivisionError(UNBOUNDED) from None
    return cast("Floats", solution)


def _iterate(matrix: Matrix, rhs: Floats) -> Floats:
    """Plain rounds, which a residual below the tolerance ends, sped up by BiCGSTAB.

    BiCGSTAB alone breaks down where the right-hand side is nearly all zeros; a few plain rounds first spread it out.
    """
    from scipy.sparse.linalg import LinearOperator, bicgstab

    operator = LinearOperator(matrix.shape, matvec=lambda x: x - matrix @ x, dtype=np.float64)
    limit = TOLERANCE * max(1.0, float(np.abs(rhs).max(initial=0.0)))
    x: Floats = rhs
    for _ in range(TURNS):
        for _ in range(PLAIN):
            x, before = rhs + matrix @ x, x
            if np.abs(x - before).max() <= limit:
                return x
        x, _ = bicgstab(operator, rhs, x0=x, rtol=0.0, atol=limit, maxiter=FAST)
    raise ZeroDivisionError(UNBOUNDED)
