"""What the shell offers when the user presses Tab: names of nodes, names of questions.

Turn it on once, for example with `eval "$(_GRAPHKIT_COMPLETE=bash_source graphkit)"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    import click

__all__ = ["complete_names", "complete_queries"]

OFFERED = 30


def complete_queries(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The questions whose name begins with what is typed; nothing where a folder of own questions cannot be read."""
    from graphkit.config import data_folder
    from graphkit.model import MODEL
    from graphkit.queries import load_folder

    folders = ctx.params.get("folders") or ()
    try:
        questions = load_folder(*folders, shipped=(data_folder("cypher"),), schema=MODEL)
    except GraphkitError:
        return []
    return [
        CompletionItem(name, help=query.summary) for name, query in questions.items() if name.startswith(incomplete)
    ]


def complete_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """The names, aliases and tickers that begin with what is typed; nothing where there is no graph yet."""
    from graphkit.cli.options import open_graph
    from graphkit.names import fold

    try:
        with open_graph(ctx.params.get("store")) as graph:
            wanted = fold(incomplete)
            hits = {
                spelling: f"{node.type} {node.names[0] if node.names else node.id}"
                for node in graph.names
                for spelling in (*node.all, node.id)
                if fold(spelling).startswith(wanted)
            }
    except GraphkitError:
        return []
    return [CompletionItem(spelling, help=hits[spelling]) for spelling in sorted(hits)[:OFFERED]]
