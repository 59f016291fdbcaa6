"""The patterns of MATCH: `p = (a:Label {x: 1})-[r:TYPE*1..3]->(b)` as values.

The reader forgives: what it cannot read, the engine will refuse; no pattern is lost that both could run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.dialect.tokens import closing, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.dialect.tokens import Token

__all__ = ["Entity", "Link", "Path", "paths", "predicates"]


@dataclass(frozen=True, slots=True)
class Entity:
    """What stands between brackets: a node, or the inner part of a link.

    Attributes:
        variable: Its name, if it has one.
        names: Labels, or link types.
        inline: The properties of its inline map.
        has_where: Whether it carries a WHERE of its own.
        star: What follows `*`, None where there is none.
        line: Where it stands.
    """

    variable: str | None
    names: tuple[str, ...]
    inline: tuple[str, ...]
    has_where: bool
    star: tuple[Token, ...] | None
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a pattern; `arrow` is `>` or `<`, or nothing for either way."""

    inner: Entity
    arrow: str

    @property
    def bounds(self) -> tuple[int | None, int | None] | None:
        """The bounds of a variable length where both are written as numbers (None where one is not)."""
        star = self.inner.star
        if star is None:
            return None
        texts = [token.text for token in star]
        if len(texts) == 1 and texts[0].isdigit():
            return int(texts[0]), int(texts[0])
        if ".." not in texts:
            return None, None
        low, high = texts[: texts.index("..")], texts[texts.index("..") + 1 :]
        return tuple(int(part[0]) if len(part) == 1 and part[0].isdigit() else None for part in (low, high))  # type: ignore[return-value]

    @property
    def weight(self) -> int:
        """1 for one link, 2 for what may be several."""
        return 1 if self.inner.star is None or self.bounds == (1, 1) else 2


@dataclass(slots=True)
class Path:
    """A chain of nodes and links; `variable` is the name of the whole."""

    variable: str | None
    line: int
    nodes: list[Entity] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_wrapped: bool = False

    @property
    def weight(self) -> int:
        """How many links it has, at least 2 for a variable length."""
        return sum(link.weight for link in self.links)


def paths(tokens: Sequence[Token]) -> list[Path]:
    """The patterns of a MATCH."""
    return [_path(part) for part in split(tokens, ",") if part]


def predicates(tokens: Sequence[Token]) -> Iterator[Path]:
    """The patterns that stand as conditions, such as `NOT (a)-[:R]->(:B)`."""
    place = 0
    while place < len(tokens):
        if tokens[place].says("("):
            end = closing(tokens, place)
            if _is_link_start(tokens, end + 1) and _looks_like_node(tokens[place + 1 : end]):
                path = Path(None, tokens[place].line)
                place = _chain(path, tokens, place)
                if path.links:
                    yield path
                continue
        place += 1


def _looks_like_node(inner: Sequence[Token]) -> bool:
    return (
        not inner
        or inner[0].says(":", "{")
        or (inner[0].kind in {"name", "quoted"} and (len(inner) == 1 or inner[1].says(":", "{")))
    )


def _is_link_start(tokens: Sequence[Token], place: int) -> bool:
    """Whether `-[`, `<-`, `--` stands here; `(a) - (b)` and `(a) < -1` do not begin a link."""
    texts = [token.text for token in tokens[place : place + 3]]
    return texts[:2] in (["-", "["], ["-", "-"]) or (texts[:2] == ["<", "-"] and texts[2:] in (["["], ["-"]))


def _path(tokens: Sequence[Token]) -> Path:
    named = len(tokens) > 1 and tokens[1].says("=")
    path = Path(tokens[0].called if named else None, tokens[0].line)
    place = 2 if named else 0
    if place < len(tokens) and tokens[place].kind == "name" and not path.is_wrapped:
        path.is_wrapped = True  # shortestPath( ... ), or a word that only one engine knows
        while place < len(tokens) and not tokens[place].says("("):
            place += 1
        inner = tokens[place + 1 : closing(tokens, place)] if place < len(tokens) else []
        if inner and inner[0].says("("):
            _chain(path, inner, 0)
            return path
    _chain(path, tokens, place)
    return path


def _chain(path: Path, tokens: Sequence[Token], place: int) -> int:
    while place < len(tokens):
        token = tokens[place]
        if token.says("("):
            end = closing(tokens, place)
            path.nodes.append(_entity(tokens[place + 1 : end], token.line))
            place = end + 1
            if not _is_link_start(tokens, place):
                return place
        elif token.says("-", "<"):
            place = _link(path, tokens, place)
        else:
            return place
    return place


def _link(path: Path, tokens: Sequence[Token], start: int) -> int:
    place, inner, arrow = start, Entity(None, (), (), False, None, tokens[start].line), ""
    while place < len(tokens) and not tokens[place].says("("):
        if tokens[place].says("["):
            end = closing(tokens, place)
            inner = _entity(tokens[place + 1 : end], tokens[place].line)
            place = end
        elif tokens[place].says("<", ">"):
            arrow = "" if arrow else tokens[place].text
        elif not tokens[place].says("-"):
            break
        place += 1
    path.links.append(Link(inner, arrow))
    return place if place > start else start + 1


def _entity(tokens: Sequence[Token], line: int) -> Entity:
    variable = (
        tokens[0].called if tokens and tokens[0].kind in {"name", "quoted"} and not tokens[0].says("WHERE") else None
    )
    names: list[str] = []
    inline: tuple[str, ...] = ()
    star: tuple[Token, ...] | None = None
    place = 0 if variable is None else 1
    while place < len(tokens) and not tokens[place].says("WHERE"):
        token = tokens[place]
        if token.says("{"):
            end = closing(tokens, place)
            inline = tuple(part[0].called for part in split(tokens[place + 1 : end], ",") if part)
            place = end
        elif token.says("*"):
            stop = next((i for i in range(place, len(tokens)) if tokens[i].says("{", "WHERE", "(")), len(tokens))
            star = tuple(tokens[place + 1 : stop])
            place = stop - 1
        elif token.kind in {"name", "quoted"}:
            names.append(token.called)
        place += 1
    return Entity(variable, tuple(names), inline, place < len(tokens), star, line)
