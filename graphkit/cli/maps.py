"""The command that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.describing import counted
from graphkit.cli.options import asked_store_option, open_graph, queries_option
from graphkit.cli.telling import told
from graphkit.cli.texts import read_text
from graphkit.errors import AmbiguousError, InputError, NotFoundError, Problem, QueryError

if TYPE_CHECKING:
    from graphkit.analyses.chain import Direction
    from graphkit.answers import Answer
    from graphkit.drawing import Look
    from graphkit.graph import Graph
    from graphkit.maps import ChainMap


class _Part(TypedDict):
    """Which part of the graph the options ask for."""

    focus: tuple[str, ...]
    hops: int | None
    direction: Direction | None
    between: tuple[str, str] | None
    segment: str | None
    types: str
    certainty: str
    as_of: str | None


@click.command("map")
@click.argument("name", required=False, shell_complete=complete_names)
@click.argument("arguments", nargs=-1, shell_complete=complete_names)
@click.option(
    "-o", "--output", default="map.html", show_default=True, type=click.Path(dir_okay=False), help="The file."
)
@click.option("--focus", "focus", multiple=True, metavar="NAME", help="A node the map is about; the same as NAME.")
@click.option("--hops", type=click.IntRange(0), show_default="2", help="How far around the focus.")
@click.option("--upstream", "direction", flag_value="upstream", help="Only what flows into the focus, at any distance.")
@click.option("--downstream", "direction", flag_value="downstream", help="Only what it flows into, at any distance.")
@click.option("--between", nargs=2, metavar="A B", help="The routes between two nodes.")
@click.option("--segment", metavar="NAME", help="All that stands in a segment, and what links it.")
@click.option(
    "--query", "question", metavar="QUESTION", help="What the answer to a question stands on; ARGUMENTS follow."
)
@click.option("--diff", nargs=2, metavar="LOAD LOAD", help="What became new, changed or went between two loads.")
@click.option("--highlight", type=click.Path(), metavar="FILE", help="Nodes to mark: lines of NAME,WORD.")
@click.option("--types", default="", metavar="LINK,...", help="Only these link types.")
@click.option("--certainty", default="", metavar="WORD,...", help="Only claims this sure, such as stated,planned.")
@click.option("--as-of", metavar="DATE", help="Only what holds on this day; everything when not given.")
@click.option("--title", help="The title of the page.")
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True, help="Names.")
@click.option("--group-by-segment", is_flag=True, help="Keep segments together within a column.")
@click.option("--public", is_flag=True, help="Leave out all notes.")
@click.option("--full", is_flag=True, help="Draw every node, whatever their number.")
@queries_option
@asked_store_option
def map_command(  # noqa: PLR0913 - one parameter for each option
    *,
    name: str | None,
    arguments: tuple[str, ...],
    output: str,
    question: str | None,
    diff: tuple[str, str] | None,
    highlight: str | None,
    title: str | None,
    lang: str,
    group_by_segment: bool,
    public: bool,
    full: bool,
    folders: tuple[str, ...],
    store: str | None,
    **part: Unpack[_Part],
) -> None:
    """Draw the chain, or what surrounds NAME, as one HTML file that opens anywhere, offline.

    \b
    Example:
      graphkit map 英伟达 --hops 1 -o nvidia.html
    """
    from graphkit.drawing import Look

    words = (*((name,) if name else ()), *arguments)
    with open_graph(store, folders=folders) as graph:
        marks = _marks(graph, highlight) if highlight else {}
        look = Look(title, lang, group_by_segment, public, full, marks)
        if diff:
            _refuse_beside_difference(words, question, part)
            drawn = graph.map_difference(*diff, look)
        elif question:
            drawn = _map(graph, part["focus"], part, look, _answer(graph, question, words, part["as_of"]))
        else:
            drawn = _map(graph, (*words, *part["focus"]), part, look)
    click.echo(f"{drawn.save(output).resolve()}")
    click.echo(_embedded(drawn), err=True)


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in listed.split(",") if word.strip())


def _embedded(drawn: ChainMap) -> str:
    """What travels with the file, so that nobody mails a note without knowing."""
    (nodes, links), notes = drawn.document.size, len(drawn.document.notes)
    told = f"{counted(notes, 'note')} in own words, which --public leaves out" if notes else "no notes"
    return f"{counted(nodes, 'node')}, {counted(links, 'link')}, {told}"


def _map(graph: Graph, focus: tuple[str, ...], part: _Part, look: Look, answer: Answer | None = None) -> ChainMap:
    return graph.map(
        *focus,
        hops=part["hops"],
        direction=part["direction"],
        between=part["between"] or (),
        segment=part["segment"],
        types=_words(part["types"].upper()),
        certainty=_words(part["certainty"].lower()),
        as_of=None if answer else part["as_of"],
        answer=answer,
        look=look,
    )


def _answer(graph: Graph, question: str, words: tuple[str, ...], as_of: str | None) -> Answer:
    arguments = told(graph.question(question), words, (f"as_of={as_of}",) if as_of else (), graph.names)
    answer = graph.query(question, **arguments)
    if not answer.claims:
        raise QueryError(f"{question} {' '.join(words)} stands on no claims; there is nothing to draw")
    return answer


def _refuse_beside_difference(words: tuple[str, ...], question: str | None, part: _Part) -> None:
    """A difference is drawn whole: what else is asked of the map would be left aside."""
    asked = {"query": question, **part, part["direction"] or "direction": part["direction"], "direction": None}
    given = [f"--{name.replace('_', '-')}" for name, value in asked.items() if value not in (None, "", ())]
    if left := [*words, *given]:
        raise QueryError(f"--diff draws all that became new, changed or went; leave {', '.join(left)} out")


def _marks(graph: Graph, path: str) -> dict[str, str]:
    """Words by node, from a file of lines NAME,WORD; a line without a word marks its node as `marked`."""
    marks: dict[str, str] = {}
    problems = []
    for row, line in enumerate(read_text(path).splitlines(), 1):
        name, _, word = line.partition(",")
        if name.strip():
            try:
                marks[graph.resolve([name.strip()])[0]] = word.strip() or "marked"
            except (NotFoundError, AmbiguousError) as error:
                problems.append(Problem(path, row, "", str(error)))
    if problems:
        raise InputError(problems)
    return marks
