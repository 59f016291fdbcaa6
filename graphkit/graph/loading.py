"""What comes into a graph, what it did there, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from graphkit.graph.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkit.loading import Options, Plan, Report
    from graphkit.loading.history import Event
    from graphkit.seeds.checking import Checked
    from graphkit.seeds.decisions import Decision, Verdict

__all__ = ["ClaimOptions", "Loading"]


class ClaimOptions(TypedDict, total=False):
    """What a caller may say about one claim; see `graphkit.loading.Intake`."""

    create_missing: bool
    decisions: str | Path | None


class Loading(Opened):
    """The verbs of whoever brings lists."""

    def check(self, *paths: str | Path, **options: Unpack[Options]) -> Checked:
        """Check files against the model and against the nodes that are here already; nothing is written."""
        from graphkit.loading import Intake

        return self.desk(options.get("decisions")).checked(paths, Intake(**options))[1]

    def plan(self, *paths: str | Path, **options: Unpack[Options]) -> Plan:
        """What loading some files would do; `graphkit.loading.Intake` says what the options mean.

        Raises:
            InputError: the files hold problems; all of them are told.
        """
        from graphkit.loading import Intake

        return self.desk(options.get("decisions")).planned(paths, Intake(**options))[2]

    def load(self, *paths: str | Path, **options: Unpack[Options]) -> Report:
        """Load files, or folders of files: all of it or, where anything is wrong, nothing.

        With `on_error="quarantine"` the rows that are wrong go into a file beside their own, the others into the graph.

        Raises:
            InputError: the files hold problems; all of them are told, and nothing was loaded.
            StoreError: the engine refused; nothing was loaded.
        """
        from graphkit.loading import Intake

        report = self.desk(options.get("decisions")).load(paths, Intake(**options))
        self._forget_names()
        return report

    def plan_claim(self, link: str, properties: Mapping[str, object], **options: Unpack[ClaimOptions]) -> Plan:
        """What adding one claim would do; see `add`."""
        desk, missing = self.desk(options.get("decisions")), options.get("create_missing", False)
        return desk.planned_claim(link, properties, create_missing=missing)[2]

    def add(self, link: str, properties: Mapping[str, object], **options: Unpack[ClaimOptions]) -> Report:
        """Add one claim: its ends as `subject` and `object`, and what is said of them; names in any spelling.

        Raises:
            InputError: the claim is not one that the model knows.
        """
        desk, missing = self.desk(options.get("decisions")), options.get("create_missing", False)
        report = desk.add(link, properties, create_missing=missing)
        self._forget_names()
        return report

    def undo(self, load: str, *, with_later: bool = False) -> int:
        """Take a load back; see `graphkit.loading.undo`."""
        taken_back = self.desk().undo(load, with_later=with_later)
        self._forget_names()
        return taken_back

    def decide(self, verdict: Verdict, this: str, other: str, *, decisions: str | Path | None = None) -> Decision:
        """Decide that a name is the same as another's node, or that it is not; see `graphkit.loading.desk`."""
        decision = self.desk(decisions).decide(verdict, this, other)
        self._forget_names()
        return decision

    def revert(self, verdict: Verdict, this: str, other: str, *, decisions: str | Path | None = None) -> Decision:
        """Take such a decision back; the graph is then what it would be had it never been made."""
        decision = self.desk(decisions).revert(verdict, this, other)
        self._forget_names()
        return decision

    def log(self, name: str) -> list[Event]:
        """What we knew of one node, and when, the oldest first."""
        from graphkit.loading import history, unmerged

        return history.log(unmerged(self.store), self.names.resolve(name, ()))

    def events(self, load: str) -> list[Event]:
        """All that a load did."""
        from graphkit.loading import history, unmerged

        return history.events(unmerged(self.store), load)

    def diff(self, older: str, newer: str) -> list[Event]:
        """What the loads after one and up to another did, taken together."""
        from graphkit.loading import history, unmerged

        return history.difference(unmerged(self.store), older, newer)

    def loads(self) -> list[dict[str, object]]:
        """Every load that has not been taken back, the newest first."""
        rows: list[dict[str, object]] = [dict(row) for row in self.store.table("Load").rows()]
        return sorted(rows, key=lambda row: str(row["id"]), reverse=True)
