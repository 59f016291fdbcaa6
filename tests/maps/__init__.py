"""Tests of the chain map, and the small worlds that they draw."""
