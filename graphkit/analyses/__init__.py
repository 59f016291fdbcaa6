"""Answers with numbers: exposure through all tiers, disruption, chokepoints, recovery, systemic risk, scenarios.

Each analysis is a function of a `Network` (facts as arrays; see `network`) that gives a `Finding` (rows, assumptions,
coverage, claims; see `findings`). None of them knows an engine or a file: a network comes from a store
(`Network.from_store`) or from plain records (`Network.from_records`).

What they compute with needs no graph at all, and takes lists or arrays:

- `input_output`: Leontief, Ghosh, truncation by tier, extraction, of flows between sectors;
- `fault_trees.FaultTree`: minimal cut sets, exact probability, bounds; `mitigation.second_sources` on one;
- `esri.systemic_risks` of `firms.Firms`;
- `recovery.recovery` of sites, items and outages;
- `concentration.concentration` of shares; `dependence.Dependence` for exposure where some are unknown;
- `dominators.dominators` and `blocks.cut_nodes` of links between numbers.
"""
