"""Commands that decide on names."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, TypeVar

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.describing import FOR_PROGRAMS
from graphkit.cli.options import format_option, open_graph, print_rows, store_option
from graphkit.cli.plans import print_loose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkit.graph import Graph
    from graphkit.seeds.decisions import Decision, Verdict

COLUMNS = ("decision", "name", "name_called", "node", "called", "on")
Command = TypeVar("Command", bound="Callable[..., object]")


def _names(command: Command) -> Command:
    for option in (
        store_option,
        click.option("--decisions", type=click.Path(), metavar="FILE", help="The file of decisions."),
        click.option("--undo", "take_back", is_flag=True, help="Take this decision back."),
        click.argument("other", metavar="NODE", shell_complete=complete_names),
        click.argument("name", shell_complete=complete_names),
    ):
        command = option(command)
    return command


@click.command("same")
@_names
def same_command(name: str, other: str, take_back: bool, decisions: str | None, store: str | None) -> None:
    """Decide that a name means a node that is known, now and in every later load.

    Where NAME is a node of its own, its claims become claims of NODE; --undo gives them back exactly.

    \b
    Example:
      graphkit same 英伟达网络部门 英伟达
    """
    _decide("same", name, other, take_back=take_back, decisions=decisions, store=store)


@click.command("distinct")
@_names
def distinct_command(name: str, other: str, take_back: bool, decisions: str | None, store: str | None) -> None:
    """Decide that a name does not mean a node, however near they are.

    \b
    Example:
      graphkit distinct "Nvidia Foundation" 英伟达
    """
    _decide("distinct", name, other, take_back=take_back, decisions=decisions, store=store)


def _decide(
    verdict: Verdict, name: str, other: str, *, take_back: bool, decisions: str | None, store: str | None
) -> None:
    with open_graph(store, read_only=False) as graph:
        called = {**_hidden_names(graph), **{node.id: graph.names.name_of(node.id) for node in graph.names}}
        if take_back:
            decision = graph.revert(verdict, name, other, decisions=decisions)
            click.echo(f"taken back: {_told(decision, called)}")
            return
        decision = graph.decide(verdict, name, other, decisions=decisions)
        place = graph.desk(decisions).path
        words = ["graphkit", verdict, decision.this, decision.node, "--undo"]
        words += ["--decisions", decisions] if decisions else []
        click.echo(f"{_told(decision, called)}, in {place}; `{shlex.join(words)}` takes it back")


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
@click.option("--decisions", type=click.Path(), metavar="FILE", help="The file of decisions.")
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
        rows: list[dict[str, object]] = []
        for made in desk.decisions().all:
            called = hidden.get(made.node) or graph.names.name_of(made.node)
            node = {"node": made.node, "called": called if called != made.node else None}
            rows.append({"decision": made.verdict, "name": made.this, **node, "on": made.on})
            if made.this in hidden:
                rows[-1]["name_called"] = hidden[made.this]
        columns = [name for name in COLUMNS if name != "name_called" or style in FOR_PROGRAMS or hidden]
        print_rows(rows, columns, style)
        print_loose(desk)
