"""Leontief and Ghosh on the worked example of Miller and Blair (2009), chapter 2."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.analyses import input_output as io

FLOWS = [[150, 500], [200, 100]]
OUTPUT = (1000, 2000)
A = io.input_coefficients(FLOWS, OUTPUT)
B = io.output_coefficients(FLOWS, OUTPUT)


def test_leontief_inverse_is_the_published_one() -> None:
    """Coefficients, inverse and the output for a new demand are those of the book."""
    np.testing.assert_allclose(A, [[0.15, 0.25], [0.20, 0.05]])
    np.testing.assert_allclose(io.total_requirements(A), [[1.25412541, 0.330033], [0.2640264, 1.12211221]], atol=1e-8)
    np.testing.assert_allclose(io.leontief_outputs(A, (600, 1500)), (1247.52475, 1841.58416), atol=1e-5)


def test_ghosh_inverse_pays_for_the_output() -> None:
    """Value added times Ghosh's inverse is the output, and a cut of it costs what was worked out by hand."""
    np.testing.assert_allclose(io.total_requirements(B), [[1.25412541, 0.66006601], [0.1320132, 1.12211221]], atol=1e-8)
    np.testing.assert_allclose(io.ghosh_outputs(B, (650, 1400)), OUTPUT)
    np.testing.assert_allclose(OUTPUT - io.ghosh_outputs(B, (585, 1400)), (81.51815, 42.90429), atol=1e-5)


@pytest.mark.parametrize(
    ("tiers", "output"),
    [(1, (1065, 1695)), (2, (1183.5, 1797.75)), (3, (1226.9625, 1826.5875)), (8, (1247.44478, 1841.52686))],
)
def test_truncation_counts_walks_up_to_a_tier(tiers: int, output: tuple[float, float]) -> None:
    """The output needed by so many tiers alone."""
    np.testing.assert_allclose(io.truncated(A, (600, 1500), tiers), output, atol=1e-5)


def test_extraction_leaves_what_the_others_need() -> None:
    """Without sector 1, four tenths of all output go."""
    left = io.extraction(A, (350, 1700), [0])

    np.testing.assert_allclose(left, (0, 1789.47368), atol=1e-5)
    assert (3000 - left.sum()) / 3000 == pytest.approx(0.403509, abs=1e-6)


def test_a_sector_without_output_takes_and_gives_nothing() -> None:
    """No division by an output of zero."""
    assert io.input_coefficients([[0, 0], [0, 0]], [0, 1]).tolist() == [[0, 0], [0, 0]]
    assert io.output_coefficients([[0, 0], [0, 0]], [0, 1]).tolist() == [[0, 0], [0, 0]]


def test_a_ring_that_passes_everything_on_has_no_bound() -> None:
    """A singular system is an error that says why."""
    with pytest.raises(ZeroDivisionError, match="ring"):
        io.solve(np.array([[0.0, 1.0], [1.0, 0.0]]), [1.0, 0.0])


@pytest.mark.parametrize("direct", [0, 4_000])
def test_both_ways_of_solving_agree(direct: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Iteration, which large systems need, gives what factorisation gives."""
    monkeypatch.setattr(io, "DIRECT", direct)
    rng = np.random.default_rng(1)
    matrix = rng.random((30, 30)) * (rng.random((30, 30)) < 0.2)
    matrix *= 0.97 / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    rhs = np.eye(30)[3]

    np.testing.assert_allclose(io.solve(matrix, rhs), np.linalg.solve(np.eye(30) - matrix, rhs), atol=1e-10)


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_ghosh_balances_any_economy(seed: int, size: int) -> None:
    """For any flows and value added, rows and columns add up: v'G = x and Lf = x."""
    rng = np.random.default_rng(seed)
    flows = rng.random((size, size))
    demand = rng.random(size) + 0.1
    output = flows.sum(axis=1) + demand
    added = output - flows.sum(axis=0)

    np.testing.assert_allclose(io.ghosh_outputs(io.output_coefficients(flows, output), added), output)
    np.testing.assert_allclose(io.leontief_outputs(io.input_coefficients(flows, output), demand), output)


def test_the_economy_of_three_sectors_in_a_textbook() -> None:
    """Lay, Linear Algebra and its Applications, section 2.6: manufacturing 226, agriculture 119, services 78 units."""
    consumption = [[0.50, 0.40, 0.20], [0.20, 0.30, 0.10], [0.10, 0.10, 0.30]]

    assert io.leontief_outputs(consumption, [50, 30, 20]).round().tolist() == [226, 119, 78]
