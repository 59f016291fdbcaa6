"""Commands that decide on names."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.describing import FOR_PROGRAMS
from graphkit.cli.intake import decisions_option
from graphkit.cli.options import format_option, open_graph, print_rows, store_option
from graphkit.cli.plans import print_loose
from graphkit.cli.stopping import changing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkit.graph import Graph
    from graphkit.seeds.decisions import Decision, Verdict

COLUMNS = ("decision", "name", "name_called", "node", "called", "on")
Command = TypeVar("Command", bound="Callable[..., object]")


class _Words(TypedDict):
    """What `same` and `distinct` are told."""

    name: str
    other: str
    take_back: bool
    decisions: str | None
    store: str | None
    style: str


def _names(command: Command) -> Command:
    for option in (
        format_option,
        store_option,
        decisions_option,
        click.option("--undo", "take_back", is_flag=True, help="Take this decision back."),
        click.argument("other", metavar="NODE", shell_complete=complete_names),
        click.argument("name", shell_complete=complete_names),
    ):
        command = option(command)
    return command


@click.command("same")
@_names
def same_command(**told: Unpack[_Words]) -> None:
    """Decide that a name means a node that is known, now and in every later load.

    Where NAME is a node of its own, its claims become claims of NODE; --undo gives them back exactly.

    \b
    Example:
      graphkit same 英伟达网络部门 英伟达
    """
    _decide("same", **told)


@click.command("distinct")
@_names
def distinct_command(**told: Unpack[_Words]) -> None:
    """Decide that a name does not mean a node, however near they are.

    \b
    Example:
      graphkit distinct "Nvidia Foundation" 英伟达
    """
    _decide("distinct", **told)


def _decide(  # noqa: PLR0913 - one parameter for each option
    verdict: Verdict,
    *,
    name: str,
    other: str,
    take_back: bool,
    decisions: str | None,
    store: str | None,
    style: str,
) -> None:
    with changing(store, "the decision was made") as graph:
        called = {**_hidden_names(graph), **{node.id: graph.names.name_of(node.id) for node in graph.names}}
        place = graph.desk(decisions).path
        decide = graph.revert if take_back else graph.decide
        decision = decide(verdict, name, other, decisions=decisions)
        if style != "table":
            row = {**_row(decision, called), "file": str(place), "taken_back": take_back}
            print_rows([row], [*COLUMNS, "file", "taken_back"], style)
        elif take_back:
            click.echo(f"taken back: {_told(decision, called)}")
        else:
            words = ["graphkit", verdict, decision.this, decision.node, "--undo"]
            words += ["--decisions", decisions] if decisions else []
            click.echo(f"{_told(decision, called)}, in {place}; `{shlex.join(words)}` takes it back")


def _row(decision: Decision, called: Mapping[str, str]) -> dict[str, object]:
    """A decision as `graphkit merges` lists it."""
    return {
        "decision": decision.verdict,
        "name": decision.this,
        "name_called": called.get(decision.this),
        "node": decision.node,
        "called": called.get(decision.node),
        "on": decision.on,
    }


def _hidden_names(graph: Graph) -> dict[str, str]:
    """What the nodes that merges hide are called, by their ids."""
    from graphkit.loading.merges import hidden_spellings

    return {str(row["id"]): str(row["name"]) for row, _, _ in hidden_spellings(graph.store)}


def _told(decision: Decision, called: Mapping[str, str]) -> str:
    this, node = (
        f"{called[end]} ({end})" if called.get(end, end) != end else end for end in (decision.this, decision.node)
    )
    return f"{this} is {_not(decision.verdict)}{node}"


def _not(verdict: Verdict) -> str:
    return "not " if verdict == "distinct" else ""


@click.command("merges")
@decisions_option
@store_option
@format_option
def merges_command(decisions: str | None, store: str | None, style: str) -> None:
    """List the decisions on names.

    \b
    Example:
      graphkit merges
    """
    with open_graph(store) as graph:
        desk, hidden = graph.desk(decisions), _hidden_names(graph)
        called = {**hidden, **{node.id: graph.names.name_of(node.id) for node in graph.names}}
        rows = [_row(decision, called) for decision in desk.decisions().all]
        columns = [name for name in COLUMNS if name != "name_called" or style in FOR_PROGRAMS or hidden]
        print_rows(rows, columns, style)
        print_loose(desk)
