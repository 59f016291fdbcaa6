"""What-if files: who fails, for how long, what steps in; read, run side by side, and written up."""

from __future__ import annotations

from graphkit.analyses.scenarios.reading import Scenario, ScenarioFile, read_scenarios
from graphkit.analyses.scenarios.reports import to_document, to_markdown
from graphkit.analyses.scenarios.running import run_scenarios

__all__ = ["Scenario", "ScenarioFile", "read_scenarios", "run_scenarios", "to_document", "to_markdown"]
