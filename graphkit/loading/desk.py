"""The desk where lists come in: check, plan, load, take back, decide on names; each verb of `Graph` that writes."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.config import DECISIONS
from graphkit.errors import GraphkitError, InputError, NotFoundError, Problem
from graphkit.loading.applying import apply
from graphkit.loading.editions import later_edition, later_times
from graphkit.loading.intake import Taken, check, take_in
from graphkit.loading.linking import node_types
from graphkit.loading.merges import hidden_spellings, merge, unmerged
from graphkit.loading.planning import Edition, make_plan
from graphkit.loading.undoing import undo
from graphkit.names import Names, fold
from graphkit.records import Table
from graphkit.seeds.decisions import Decision, Decisions, read_decisions, write_decisions
from graphkit.seeds.quarantine import fatal, put_aside
from graphkit.seeds.reading.sheets import Pieces, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.loading.applying import Report
    from graphkit.loading.intake import Intake
    from graphkit.loading.planning import Plan
    from graphkit.seeds.checking import Checked
    from graphkit.seeds.decisions import Verdict
    from graphkit.stores.base import Store
    from graphkit.values import Value

__all__ = ["Desk"]

COMMAND_LINE = "command line"
"""What stands for a file where a claim was typed."""


class Desk:
    """Takes lists into a store, and out again.

    Args:
        store: The store.
        decisions: The file of decisions on names; beside the store when None.
    """

    def __init__(self, store: Store, decisions: str | Path | None = None) -> None:
        self.store = store
        self.path = Path(decisions) if decisions else store.beside(DECISIONS)

    def names(self) -> Names:
        """Every spelling of every node; those of a merged node lead to the one that stands for it."""
        decisions = read_decisions(self.path)
        tables = list(self.store.name_tables())
        same = decisions.pairs("same")
        for row, kind, root in hidden_spellings(self.store):
            names = Names.from_tables([Table.of(kind, [row])])
            same += [(spelling, root) for node in names for spelling in (node.id, *node.all)]
        return Names.from_tables(tables, same, decisions.pairs("distinct"))

    def checked(self, paths: Iterable[str | Path], intake: Intake) -> tuple[Taken, Checked]:
        """Files as they were read, and what they hold."""
        taken = take_in(paths, intake, self.store.schema)
        return taken, self._checked(taken, create_missing=intake.create_missing)

    def _checked(self, taken: Taken, *, create_missing: bool) -> Checked:
        decided = read_decisions(self.path).decided
        known = unmerged(self.store).name_tables()
        return check(taken, self.store.schema, known, decided=decided, create_missing=create_missing)

    def planned(self, paths: Iterable[str | Path], intake: Intake) -> tuple[Taken, Checked, Plan]:
        """What loading some files would do.

        Raises:
            InputError: the files hold problems; all of them are told.
        """
        with _without_collecting():
            taken, checked = self.checked(paths, intake)
            if intake.on_error == "quarantine":
                taken = taken.with_wrong_rows(checked.problems)
            if wrong := fatal(taken.wrong, checked.problems):
                raise InputError(wrong)
            sources = frozenset(self._sources(intake, checked.names))
            edition = Edition(sources, intake.replace_files, intake.max_retire, tuple(intake.edition_of))
            plan = make_plan(unmerged(self.store), checked, taken.files, edition)
            told = "" if sources or edition.of else later_edition(self.store, plan)
            return taken, checked, replace(plan, remarks=(*plan.remarks, *filter(None, [told, later_times(plan)])))

    def _sources(self, intake: Intake, names: Names) -> Iterator[str]:
        for source in intake.replace_source:
            yield names.resolve(source, ("Source",))

    def load(self, paths: Iterable[str | Path], intake: Intake) -> Report:
        """Load files; see `graphkit.Graph.load`."""
        with _without_collecting():
            self.follow_decisions()
            since = self.store.stamp()
            return self._applied(*self.planned(paths, intake), since)

    def planned_claim(
        self, link: str, properties: Mapping[str, object], *, create_missing: bool = False
    ) -> tuple[Taken, Checked, Plan]:
        """What adding one claim would do.

        Raises:
            InputError: the claim is not one that the model knows; all that is wrong with it is told.
        """
        columns = {name: [value] for name, value in {"link": link, **properties}.items()}
        sheet = Sheet(COMMAND_LINE, columns, [1], "typed")
        digest = blake2b(json.dumps(properties, default=str, sort_keys=True).encode(), digest_size=16).hexdigest()
        taken = Taken((COMMAND_LINE,), digest, (Pieces(lambda: [(sheet,)]),))
        checked = self._checked(taken, create_missing=create_missing)
        if checked.problems:
            raise InputError(checked.problems)
        return taken, checked, make_plan(unmerged(self.store), checked, taken.files)

    def add(self, link: str, properties: Mapping[str, object], *, create_missing: bool = False) -> Report:
        """Add one claim; see `graphkit.Graph.add`."""
        self.follow_decisions()
        since = self.store.stamp()
        return self._applied(*self.planned_claim(link, properties, create_missing=create_missing), since)

    def _applied(self, taken: Taken, checked: Checked, plan: Plan, since: str) -> Report:
        with put_aside(taken.wrong, checked.problems) as aside:
            report = apply(unmerged(self.store), plan, at=self._moment(), digest=taken.digest, since=since)
        if plan.new_nodes:
            self.follow_decisions()  # on nodes that are only now there
        return replace(report, quarantine=aside, alike=checked.alike, unknown=checked.unknown, remarks=plan.remarks)

    def _moment(self) -> datetime:
        """Now; just behind the newest load where a clock was set back, since loads are in order by their time."""
        newest = max(map(str, self.store.table("Load", ["at"]).columns["at"]), default="")
        now = datetime.now(UTC)
        return max(now, datetime.fromisoformat(newest) + timedelta(microseconds=1)) if newest else now

    def undo(self, load: str, *, with_later: bool = False) -> int:
        """Take a load back; see `graphkit.loading.undo`."""
        return undo(unmerged(self.store), load, with_later=with_later)

    # Names

    def decisions(self) -> Decisions:
        """All that was decided."""
        return read_decisions(self.path)

    def follow_decisions(self) -> None:
        """Merge what the file of decisions says, and nothing else: it may have been edited by hand."""
        try:
            into = read_decisions(self.path).merges(self._known())
        except InputError as error:  # only here it is known which file that was
            raise InputError(replace(problem, file=str(self.path)) for problem in error.problems) from None
        merge(self.store, into)

    def loose_decisions(self) -> list[Decision]:
        """Decisions on nodes that are not there: misspelt, or of a load that was taken back."""
        made = read_decisions(self.path).all
        known = self._known() if made else {}
        return [decision for decision in made if decision.node not in known]

    def _known(self) -> dict[str, str]:
        return {str(node): label for node, label in node_types(unmerged(self.store)).items()}

    def decide(self, verdict: Verdict, this: str, other: str) -> Decision:
        """Decide that two names are the same, or that they are not.

        Raises:
            NotFoundError: the second name leads to no node.
            InputError: an earlier decision says otherwise.
        """
        names = self.names()
        root = names.resolve(other, ())
        node = next(
            (str(row["id"]) for row, kind, _ in hidden_spellings(self.store) if _called(kind, row, other)), root
        )
        known = names.lookup(this, (names.type_of(root),), by_initials=True)
        if verdict == "same" and known == root:
            raise InputError([Problem(this, 0, "", f"is {names.name_of(root)} ({root}) already")])
        if verdict == "distinct" and fold(this) in map(fold, (root, *names[root].names)):
            raise InputError([Problem(this, 0, "", f"is the name of {root} itself; decide on another spelling of it")])
        decision = Decision(verdict, (known or this) if verdict == "same" else this, node, _today())
        other_verdict: Verdict = "distinct" if verdict == "same" else "same"
        pairs = ((name, end) for name in (this, str(known)) for end in (node, root))
        decided = (self.decisions().find(other_verdict, name, end) for name, end in pairs)
        if against := next(filter(None, decided), None):
            told = f"it was decided that {against.this} is {'not ' if against.verdict == 'distinct' else ''}{node}; "
            raise InputError([Problem(this, 0, "", f"{told}take that back first with --undo")])
        return self._keep(decision)

    def _keep(self, decision: Decision) -> Decision:
        """Write a decision down and follow it; a merge that the engine refuses is not written down."""
        before = self.decisions()
        if before.find(decision.verdict, decision.this, decision.node):
            return decision
        self._follow(before.with_(decision), instead=before)
        return decision

    def _follow(self, decisions: Decisions, *, instead: Decisions) -> None:
        """Write decisions down and follow them, or leave file and graph as they were."""
        write_decisions(self.path, decisions)
        try:
            self.follow_decisions()
        except BaseException:
            write_decisions(self.path, instead)
            with suppress(GraphkitError):  # the first refusal is the one to tell
                self.follow_decisions()
            raise

    def revert(self, verdict: Verdict, this: str, other: str) -> Decision:
        """Take a decision back.

        Raises:
            NotFoundError: there is no such decision.
        """
        names, before = self.names(), self.decisions()
        node = names.lookup(other, (), by_initials=True) or other
        ids = {node, other, *(d.node for d in before.all if names.lookup(d.node, ()) == node)}
        spelled = {this, names.lookup(this, (), by_initials=True) or this}
        spelled |= {str(row["id"]) for row, kind, _ in hidden_spellings(self.store) if _called(kind, row, this)}
        mine = (d for d in before.all if d.verdict == verdict and d.node in ids)
        found = next((d for d in mine if any(d.speaks_of(name, d.node) for name in spelled)), None)
        if found is None:
            made = [f"{d.this} and {d.node}" for d in before.all if d.verdict == verdict]
            raise NotFoundError("decision", f"{this} {verdict} {other}", made[:5])
        self._follow(before.without(found), instead=before)
        return found


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare Python the search for rings among millions of cells that hold none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _called(kind: str, row: Mapping[str, Value], this: str) -> bool:
    names = Names.from_tables([Table.of(kind, [row])])
    return names.lookup(this, ()) is not None


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
