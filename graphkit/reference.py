"""What the README says of the model and of the questions, read off the model and off the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.tables import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.queries import Query
    from graphkit.schema import Property, Schema

__all__ = ["evidence_table", "link_table", "node_table", "question_table"]


def node_table(schema: Schema) -> str:
    """The node types, as a Markdown table."""
    rows = (
        {"node": node.name, "is": node.meaning, "properties": _properties(node.properties)}
        for node in schema.node_types
    )
    return _markdown(rows, ("node", "is", "properties"))


def link_table(schema: Schema) -> str:
    """The link types, as a Markdown table; what every claim carries is left out."""
    rows = (
        {
            "link": link.name,
            "from → to": f"{' or '.join(link.subjects)} → {' or '.join(link.objects)}",
            "says that the subject": link.meaning,
            "properties": _properties(link.own),
        }
        for link in schema.link_types
    )
    return _markdown(rows, ("link", "from → to", "says that the subject", "properties"))


def evidence_table(schema: Schema) -> str:
    """What every claim carries besides, as a Markdown table."""
    rows = ({"property": prop.name, "meaning": prop.meaning} for prop in schema.link_types[0].evidence)
    return _markdown(rows, ("property", "meaning"))


def question_table(questions: Mapping[str, Query]) -> str:
    """The questions, as a Markdown table: what each is told, and what it answers."""
    rows = (
        {
            "question": query.name,
            "told": ", ".join(param.name for param in query.params if param.default is None),
            "answers": query.summary,
        }
        for query in questions.values()
    )
    return _markdown(rows, ("question", "told", "answers"))


def _properties(properties: Iterable[Property]) -> str:
    return ", ".join(f"{prop.name}*" if prop.required else prop.name for prop in properties)


def _markdown(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> str:
    return render(rows, columns, "markdown")
