"""What a graph answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit import dialect
from graphkit.errors import QueryError
from graphkit.graph.opened import Opened
from graphkit.queries import named
from graphkit.records import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.analyses.network import Network
    from graphkit.answers import Answer
    from graphkit.answers.evidence import Claim
    from graphkit.names import Found
    from graphkit.queries import Query
    from graphkit.stores.base import Rows

__all__ = ["Asking"]


class Asking(Opened):
    """The verbs of whoever wants to know."""

    def query(self, name: str, /, *arguments: object, **named: object) -> Answer:
        """Ask a question by its name; names of nodes may be written in any spelling.

        Raises:
            QueryError: there is no such question, or it was told too much or too little.
            NotFoundError: an argument names nothing.
            AmbiguousError: an argument may name several things.
        """
        from graphkit.answers import ask

        question = self.question(name)
        if len(arguments) > len(question.params):
            raise QueryError(f"{name} takes at most {len(question.params)} arguments, not {len(arguments)}")
        told = {param.name: value for param, value in zip(question.params, arguments, strict=False)}
        if twice := told.keys() & named.keys():
            raise QueryError(f"{name} is told {', '.join(sorted(twice))} twice")
        return ask(self.store, question, {**told, **named}, names=self.names, today=self.today, queries=self.queries)

    def question(self, name: str) -> Query:
        """The question of that name."""
        return named(self.queries, name)

    def cypher(self, text: str, **parameters: object) -> Rows:
        """Run a Cypher text of one's own, which can only read.

        Raises:
            QueryError: the engine refuses it, or this engine would answer it wrongly; the message says how to write it.
        """
        if findings := dialect.check(text, self.store.schema, rules=self.store.cypher_rules()):
            raise QueryError("\n".join(f"line {finding.line}: {finding.message}" for finding in findings))
        return self.store.read(text, parameters)

    def network(self, as_of: str | None = None) -> Network:
        """The graph as arrays, for the analyses: what holds on a day, today when None."""
        from graphkit.analyses.network import Network

        return Network.from_store(self.store, as_of=as_of or self.today)

    def find(self, text: str, types: Sequence[str] = (), limit: int = 20) -> list[Found]:
        """Every node that a text may mean, best first."""
        return self.names.search(text, types, limit)

    def stats(self) -> list[dict[str, object]]:
        """How many records of each type there are."""
        schema = self.store.schema
        meanings = {record.name: record.meaning for record in schema.node_types}
        meanings |= {record.name: record.meaning for record in schema.link_types}
        return [
            {"type": name, "records": self.store.count(name), "meaning": meaning} for name, meaning in meanings.items()
        ]

    def show(self, name: str) -> tuple[Node, tuple[Claim, ...]]:
        """One node, and every claim that it stands in, at either end or as the product meant.

        Raises:
            NotFoundError: no node is called so.
            AmbiguousError: several are.
        """
        from graphkit.answers.evidence import read_claims_about

        node_id = self.names.resolve(name, ())
        rows = self.store.table(self.names.type_of(node_id)).rows()
        properties = next(row for row in rows if row["id"] == node_id)
        kept = {prop.name for prop in self.store.schema.nodes[self.names.type_of(node_id)].properties} - {"id"}
        stated = {name: value for name, value in properties.items() if name in kept}
        return Node(self.names.type_of(node_id), node_id, stated), read_claims_about(self.store, node_id)
