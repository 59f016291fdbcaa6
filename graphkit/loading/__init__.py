"""Records into a store: plan what would happen, make it happen whole or not at all, take it back exactly."""

from __future__ import annotations

from graphkit.loading.applying import Report, apply
from graphkit.loading.planning import Plan, make_plan
from graphkit.loading.undoing import undo

__all__ = ["Plan", "Report", "apply", "make_plan", "undo"]
