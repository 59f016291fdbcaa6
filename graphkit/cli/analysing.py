"""What commands that compute have in common: which graph, which day, which format, with evidence or without."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.findings import print_finding
from graphkit.cli.marking import draw_marks
from graphkit.cli.options import asked_store_option, format_option, open_graph
from graphkit.errors import AmbiguousError, InputError, NotFoundError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkit.analyses.findings import Finding
    from graphkit.cli.marking import Marks
    from graphkit.graph import Graph

    Analyse = Callable[..., Finding]
    Parameter = Callable[[Any], Any]

__all__ = ["BY_ROLE", "MAP", "OTHERWISE", "analysis", "chance_option", "read_chances", "read_weights"]

BY_ROLE = click.option(
    "--by-role", is_flag=True, help="Who only designs or brands a product needs one of its foundries to deliver."
)
OTHERWISE = click.option(
    "--otherwise", type=click.FloatRange(0, 1), help="The chance of all others; they do not fail when not given."
)


def analysis(name: str, *parameters: Parameter, marks: Marks | None = None) -> Callable[[Analyse], click.Command]:
    """Make a command of a function that is told a graph, its network and the parameters, and gives a finding.

    Args:
        name: Name of the command.
        parameters: Its arguments and options, but for those that every analysis has.
        marks: How the map marks what was found; without it there is nothing to draw.
    """

    def made(analyse: Analyse) -> click.Command:
        def run(
            *,
            as_of: str | None,
            evidence: bool,
            store: str | None,
            style: str,
            drawing: str | None = None,
            **told: object,
        ) -> None:
            with open_graph(store) as graph:
                finding = analyse(graph, graph.network(as_of), **told)
                if drawing and marks:
                    draw_marks(graph, marks(finding), finding.question, drawing)
                print_finding(graph, finding, style, evidence=evidence)

        command: Any = run
        drawn = (MAP,) if marks else ()
        for parameter in (*reversed(ANSWERED), *drawn, *reversed(parameters)):
            command = parameter(command)
        return click.command(name, help=inspect.getdoc(analyse))(command)

    return made


MAP: Parameter = click.option(
    "--map", "drawing", type=click.Path(dir_okay=False), metavar="FILE", help="Draw what was found, as an HTML file."
)
ANSWERED: tuple[Parameter, ...] = (
    format_option,
    asked_store_option,
    click.option("--evidence", is_flag=True, help="Add every claim that was used, and who says so."),
    click.option("--as-of", metavar="DATE", help="The day asked about; today when not given."),
)


def chance_option() -> Parameter:
    """`--fail NAME=P`, as often as wanted."""
    return click.option(
        "--fail", "chances", multiple=True, metavar="NAME=P", help="The chance that a company or country:XX fails."
    )


def read_chances(graph: Graph, chances: Iterable[str]) -> dict[str, float]:
    """Chances by id, from words such as 台积电=0.01."""
    return {graph.resolve([name])[0]: chance for name, chance in map(_chance, chances)}


def _chance(text: str) -> tuple[str, float]:
    from graphkit.values import SHARE

    name, sign, value = text.rpartition("=")
    if not sign:
        raise QueryError(f"--fail {text!r} has no chance; write --fail NAME=0.01")
    try:
        return name, float(str(SHARE.clean(value)))
    except ValueError:
        raise QueryError(f"{value!r} is not a chance; write a number from 0 to 1, such as 0.01") from None


def read_weights(graph: Graph, file: str) -> dict[str, float]:
    """The weights of a portfolio's companies by id, from any table with the columns `name` and `weight`.

    Raises:
        InputError: all that is wrong with it, line by line.
    """
    from pathlib import Path

    from graphkit.seeds.cleaning import Columns, refuse_missing_columns
    from graphkit.seeds.reading.files import read_sheets
    from graphkit.values import SHARE

    def company(cell: object) -> str:
        try:
            return graph.names.resolve(str(cell), ("Company",))
        except (NotFoundError, AmbiguousError) as error:
            raise ValueError(str(error)) from None

    sheet = read_sheets(Path(file))[0]
    problems = [*sheet.problems]
    found: dict[str, float] = {}
    if not refuse_missing_columns(sheet, ("name", "weight"), problems):
        columns = Columns(sheet, range(len(sheet)), problems)
        cells = {name: columns.clean(name, read) for name, read in (("name", company), ("weight", SHARE.clean))}
        for name, values in cells.items():
            columns.require(name, values)
        for place in columns.kept():
            node = str(cells["name"][place])
            found[node] = found.get(node, 0.0) + float(str(cells["weight"][place]))
    if problems:
        raise InputError(problems)
    return found
