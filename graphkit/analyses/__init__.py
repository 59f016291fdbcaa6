"""Answers with numbers: exposure through all tiers, disruption, chokepoints, recovery, systemic risk, scenarios.

Each analysis is a function of a `Network` (facts as arrays; see `network`) that gives a `Finding` (rows, assumptions,
coverage, claims; see `findings`). None of them knows an engine or a file.
"""
