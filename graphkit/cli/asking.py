"""Commands that ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from graphkit.cli.answers import EVIDENCE_COLUMNS, evidence_row, print_answer, print_claims
from graphkit.cli.completion import complete_names, complete_queries
from graphkit.cli.options import asked_store_option, format_option, open_graph, print_rows, queries_option
from graphkit.cli.telling import told
from graphkit.errors import QueryError

if TYPE_CHECKING:
    from graphkit.queries import Query

LABELS = ("Company", "Product", "Segment", "Source")


@click.command("find")
@click.argument("text", shell_complete=complete_names)
@click.option(
    "--type", "types", multiple=True, type=click.Choice(LABELS, case_sensitive=False), help="Only these types."
)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many.")
@asked_store_option
@format_option
def find_command(text: str, types: tuple[str, ...], limit: int, store: str | None, style: str) -> None:
    """Find nodes by any spelling: Chinese, English, ticker, pinyin, initials, part of a name, or nearly right.

    \b
    Example:
      graphkit find shenghong
    """
    with open_graph(store) as graph:
        found = graph.find(text, types, limit)
        columns = ("type", "id", "name", "spelling", "how", "score")
        print_rows(({name: getattr(hit, name) for name in columns} for hit in found), columns, style)


@click.command("show")
@click.argument("name", shell_complete=complete_names)
@asked_store_option
@format_option
def show_command(name: str, store: str | None, style: str) -> None:
    """Show all that is known about one node: what it is, what is claimed of it, and who says so.

    \b
    Example:
      graphkit show 胜宏科技
    """
    with open_graph(store) as graph:
        node, claims = graph.show(name)
        from graphkit.answers.arguments import Meaning

        if namesakes := tuple(graph.names.namesakes(name, node.id)):
            click.echo(f"Note: {Meaning('name', name, node.id, namesakes)}", err=True)
        if style == "json":
            shown = [evidence_row(claim, graph.names) for claim in claims]
            properties = {"type": node.type, "id": node.id, **node.properties}
            click.echo(json.dumps({**properties, "claims": shown}, ensure_ascii=False, indent=2))
            return
        if style == "table":
            click.echo(f"{node.name}  ({node.type}, {node.id})")
            for key, value in node.properties.items():
                click.echo(f"  {key:<8} {', '.join(value) if isinstance(value, tuple) else value}")
            click.echo()
            print_claims(claims, graph.names)
            return
        print_rows((evidence_row(claim, graph.names) for claim in claims), ("claim", *EVIDENCE_COLUMNS), style)


@click.command("query", context_settings={"ignore_unknown_options": True})
@click.argument("name", shell_complete=complete_queries)
@click.argument("arguments", nargs=-1, shell_complete=complete_names)
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="An argument by name; repeat it for a list."
)
@click.option("--as-of", metavar="DATE", help="The day asked about; today when not given.")
@click.option("--evidence", is_flag=True, help="Add who says so, where, and how sure.")
@click.option("--meta", is_flag=True, help="Print one JSON object: the question, what names were taken for, the rows.")
@queries_option
@asked_store_option
@format_option
def query_command(  # noqa: PLR0913 - one parameter for each option
    *,
    name: str,
    arguments: tuple[str, ...],
    params: tuple[str, ...],
    as_of: str | None,
    evidence: bool,
    meta: bool,
    folders: tuple[str, ...],
    store: str | None,
    style: str,
) -> None:
    """Ask one of the questions that `graphkit queries` lists.

    ARGUMENTS come in the order in which the question declares its parameters; `--param NAME=VALUE` gives them by name.
    A list is written with commas. Names may be Chinese, English, tickers or pinyin.

    \b
    Example:
      graphkit query suppliers_of UQD --evidence
      graphkit query holdings_exposed 胜宏科技,300308.SZ PCB
    """
    with open_graph(store, folders=folders) as graph:
        question = graph.question(name)
        arguments_by_name = told(question, arguments, params, graph.names)
        if as_of is not None:
            arguments_by_name["as_of"] = as_of
        answer = graph.query(name, **arguments_by_name)
        print_answer(graph, answer, style, evidence=evidence, meta=meta, of_a_day="as_of" in arguments_by_name)


@click.command("queries")
@click.argument("name", required=False, shell_complete=complete_queries)
@queries_option
@format_option
def queries_command(name: str | None, folders: tuple[str, ...], style: str) -> None:
    """List the questions, or show one: what it answers, what it must be told, what it returns, its Cypher.

    \b
    Example:
      graphkit queries suppliers_of
    """
    from graphkit.config import data_folder
    from graphkit.model import MODEL
    from graphkit.queries import load_folder, named

    questions = load_folder(*folders, shipped=(data_folder("cypher"),), schema=MODEL)
    if name is None:
        rows = [
            {"question": query.name, "told": " ".join(_declared(query)), "answers": query.summary}
            for query in questions.values()
        ]
        print_rows(rows, ("question", "told", "answers"), style)
        return
    _print_question(named(questions, name))


def _declared(query: Query) -> list[str]:
    return [param.name if param.default is None else f"[{param.name}]" for param in query.params]


def _print_question(query: Query) -> None:
    click.echo(f"{query.name}\n\n{query.doc}\n")
    for title, parts in (("Told", query.params), ("Returns", query.columns)):
        click.echo(title)
        for part in parts:
            click.echo(f"  {part.name:<14} {part.type.text:<22} {part.meaning}")
        click.echo()
    click.echo(query.text)


@click.command("cypher")
@click.argument("text")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; numbers and lists as JSON.")
@asked_store_option
@format_option
def cypher_command(text: str, params: tuple[str, ...], store: str | None, style: str) -> None:
    """Run a Cypher text of your own; the engine keeps it from writing.

    \b
    Example:
      graphkit cypher "MATCH (c:Company {country: 'TW'}) RETURN c.name AS name ORDER BY name LIMIT 5"
    """
    parameters = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign:
            raise QueryError(f"--param {param!r} has no value; write --param NAME=VALUE")
        parameters[name] = _json_or_text(value)
    with open_graph(store) as graph:
        rows = graph.cypher(text, **parameters)
        print_rows(rows, rows.columns, style)


def _json_or_text(value: str) -> object:
    try:
        parsed: object = json.loads(value)
    except ValueError:
        return value
    return parsed
