"""Records into a store: plan what would happen, make it happen whole or not at all, take it back exactly."""

from __future__ import annotations

from graphkit.loading.applying import Report, apply
from graphkit.loading.intake import Intake, Options
from graphkit.loading.merges import unmerged
from graphkit.loading.planning import Edition, Plan, make_plan
from graphkit.loading.undoing import undo

__all__ = ["Edition", "Intake", "Options", "Plan", "Report", "apply", "make_plan", "undo", "unmerged"]
