"""The shapes of query that the embedded engine answers wrongly without an error, and how to ask instead.

Measured on ladybug 0.22.0: a condition on a link inside a pattern of several links (a third of random chains wrong),
a quantifier over the nodes or links of a path, a variable part of length zero inside a longer named path, and trim()
of a long text that becomes a short one (12 bytes or less: the result is garbage). The rules rather refuse a harmless
text than let a wrong answer through: whatever is matched between two WITH counts as one pattern, so does what a node
carried through WITH is matched with later, and what EXISTS and COUNT ask about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.dialect.clauses import branches, subqueries
from graphkit.dialect.patterns import predicates
from graphkit.dialect.scopes import steps
from graphkit.dialect.tokens import closing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.dialect.clauses import Clause
    from graphkit.dialect.patterns import Path
    from graphkit.dialect.scopes import Bound, Step
    from graphkit.dialect.tokens import Token

__all__ = ["chain_conditions", "path_quantifiers", "trimmed_texts", "zero_length_parts"]

Found = tuple[int, str]

QUANTIFIERS = ("ALL", "ANY", "NONE", "SINGLE")
LISTING = ("NODES", "RELATIONSHIPS", "RELS")


IN_CHAIN = (
    "a condition on {} inside a pattern of several links is answered wrongly by the embedded engine; match the whole "
    "pattern, hand on plain values and filter these (`MATCH ... WITH a.id AS a_id, r.share AS share "
    "WHERE share > 0.5`), or match this link alone and go on by id (`MATCH (a)-[r:T]->(b) WHERE r.share > 0.5 "
    "WITH b.id AS b_id MATCH (c)-[:T]->(d) WHERE c.id = b_id`)"
)
OVER_PATH = (
    "{}() over the nodes or links of a path is answered wrongly by the embedded engine; unwind them and count: "
    "`UNWIND relationships(p) AS r WITH p, length(p) AS len, count(CASE WHEN r.share > 0.5 THEN 1 END) AS good "
    "WHERE good = len`"
)
ZERO_LENGTH = (
    "a part of length zero inside the longer path {} repeats a node in the embedded engine; name the variable part "
    "alone and match the rest apart: `MATCH p = (a)-[:T*0..3]->(b) MATCH (b)<-[:S]-(c)`"
)


TRIMMED = (
    "{}() gives garbage in the embedded engine where a long text becomes a short one; compare and return the text as "
    "it is (stored texts have no outer blanks), or use replace() and left()"
)


def chain_conditions(branch: Sequence[Clause]) -> Iterator[Found]:
    """Conditions on a link that is matched together with others."""
    chains = _Chains()
    chains.read(branch, {})
    for line, group, what in chains.conditions:
        if chains.weight(group) > 1:
            yield line, IN_CHAIN.format(what)


class _Chains:
    """Links that belong together, and the conditions on them.

    Every stretch of clauses between two WITH is a group; groups that share a variable are one.
    """

    def __init__(self) -> None:
        self.conditions: list[tuple[int, int, str]] = []
        self._same: list[int] = []
        self._links: list[int] = []
        self._home: dict[str, int] = {}
        """The group in which a variable of a pattern was bound."""

    def weight(self, group: int) -> int:
        """How many links the group has."""
        root = self._root(group)
        return sum(links for number, links in enumerate(self._links) if self._root(number) == root)

    def read(self, branch: Sequence[Clause], outer: Mapping[str, Bound], group: int | None = None) -> None:
        """Take in the clauses of a branch; those of a subquery belong to the group around it."""
        is_inner = group is not None
        current = self._new() if group is None else group
        for step in steps(branch, outer):
            self._read_step(step, current)
            if step.clause.word == "WITH" and not is_inner:
                current = self._new()

    def _read_step(self, step: Step, group: int) -> None:
        for path in step.paths:
            self._add(path, step.after, group)
        if step.clause.word != "WITH":
            self._conditions(step.clause.where, step.after, group)
        elif step.clause.where:
            self._conditions(step.clause.where, step.after, self._joined(step.clause.where, step.after))
        self._subqueries(step, group)

    def _add(self, path: Path, scope: Mapping[str, Bound], group: int) -> None:
        self._links[group] += path.weight
        for entity in (*path.nodes, *(link.inner for link in path.links)):
            self._join(entity.variable, scope, group)
        self._join(path.variable, scope, group)
        for link in path.links:
            if link.inner.inline or link.inner.has_where:
                self.conditions.append((link.inner.line, group, f"the link {link.inner.variable or 'without a name'}"))

    def _conditions(self, where: Sequence[Token], scope: Mapping[str, Bound], group: int) -> None:
        for place, token in enumerate(where[:-1]):
            bound = scope.get(token.called) if token.kind in {"name", "quoted"} else None
            is_name = place > 0 and where[place - 1].says(".")
            if bound and not is_name and "link" in {bound.kind, bound.listing} and where[place + 1].says(".", "["):
                self._join(token.called, scope, group)
                self.conditions.append((token.line, group, f"the link {token.called}"))
        for path in predicates(where):
            self._add(path, scope, group)

    def _joined(self, tokens: Sequence[Token], scope: Mapping[str, Bound]) -> int:
        """A group of its own for what follows WITH, joined to those of the variables that it mentions."""
        group = self._new()
        for token in tokens:
            self._join(token.called, scope, group)
        return group

    def _join(self, variable: str | None, scope: Mapping[str, Bound], group: int) -> None:
        for origin in scope[variable].origins if variable and variable in scope else ():
            self._merge(group, self._home.setdefault(origin, group))

    def _subqueries(self, step: Step, group: int) -> None:
        everything = (*step.clause.tokens, *step.clause.where)
        scope = {**step.before, **step.after}
        for _, inner in subqueries(everything):
            home = self._joined(inner, scope) if step.clause.word in {"WITH", "RETURN"} else group
            for branch in branches(inner):
                self.read(branch, scope, home)

    def _new(self) -> int:
        self._same.append(len(self._same))
        self._links.append(0)
        return len(self._same) - 1

    def _root(self, group: int) -> int:
        while self._same[group] != group:
            group = self._same[group]
        return group

    def _merge(self, one: int, other: int) -> None:
        self._same[self._root(one)] = self._root(other)


def path_quantifiers(branch: Sequence[Clause]) -> Iterator[Found]:
    """all, any, none, single over the nodes or links of a path."""
    for step in steps(branch):
        scope = {**step.before, **step.after}
        tokens = (*step.clause.tokens, *step.clause.where, *step.clause.order)
        for place, token in enumerate(tokens[:-1]):
            if token.says(*QUANTIFIERS) and tokens[place + 1].says("("):
                listed = _listed(tokens[place + 2 : closing(tokens, place + 1)])
                if any(part.says(*LISTING) or _is_listing(part, scope) for part in listed):
                    yield token.line, OVER_PATH.format(token.text)


def _listed(inner: Sequence[Token]) -> Sequence[Token]:
    """The list of `x IN list WHERE condition`."""
    stop = next((place for place, token in enumerate(inner) if token.says("WHERE")), len(inner))
    return inner[2:stop]


def _is_listing(token: Token, scope: Mapping[str, Bound]) -> bool:
    return token.kind in {"name", "quoted"} and token.called in scope and scope[token.called].listing is not None


def zero_length_parts(branch: Sequence[Clause]) -> Iterator[Found]:
    """A named path of several links one of which may have length zero."""
    for step in steps(branch):
        for path in step.paths:
            for link in path.links:
                bounds = link.bounds
                if path.variable and len(path.links) > 1 and bounds and bounds[0] == 0:
                    yield link.inner.line, ZERO_LENGTH.format(path.variable)


def trimmed_texts(branch: Sequence[Clause]) -> Iterator[Found]:
    """trim() and its kin."""
    for clause in branch:
        tokens = (*clause.tokens, *clause.where, *clause.order)
        for place, token in enumerate(tokens[:-1]):
            if token.says("TRIM", "LTRIM", "RTRIM", "BTRIM") and tokens[place + 1].says("("):
                yield token.line, TRIMMED.format(token.text)
