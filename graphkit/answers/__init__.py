"""Questions put to a store: arguments cleaned, bodies asked, hops walked, facts merged, claims kept."""

from __future__ import annotations

from graphkit.answers.asking import Answer, ask
from graphkit.answers.evidence import Claim, read_claims, read_claims_about

__all__ = ["Answer", "Claim", "ask", "read_claims", "read_claims_about"]
