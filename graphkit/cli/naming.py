"""Commands that decide on names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.options import format_option, open_graph, print_rows, store_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.seeds.decisions import Verdict

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
        if take_back:
            decision = graph.revert(verdict, name, other, decisions=decisions)
            click.echo(f"taken back: {decision.this} is {_not(verdict)}{decision.node}")
            return
        decision = graph.decide(verdict, name, other, decisions=decisions)
        place = graph.desk(decisions).path
        told = f"graphkit {verdict} {decision.this!r} {decision.node} --undo"
        click.echo(f"{decision.this} is {_not(verdict)}{decision.node}, in {place}; `{told}` takes it back")


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
        rows = [
            {"decision": d.verdict, "name": d.this, "node": d.node, "called": graph.names.name_of(d.node), "on": d.on}
            for d in graph.desk(decisions).decisions().all
        ]
        print_rows(rows, ("decision", "name", "node", "called", "on"), style)
