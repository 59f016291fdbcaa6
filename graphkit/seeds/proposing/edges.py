"""Propose the claims of a table of edges: which link, in which direction, of several kinds where a column says so."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from graphkit.model import MODEL
from graphkit.seeds.proposing.crosstabs import columns_of_years
from graphkit.seeds.proposing.keys import labels_at
from graphkit.seeds.proposing.tables import words_of
from graphkit.seeds.proposing.words import OTHERS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.seeds.proposing.drafting import Draft
    from graphkit.seeds.proposing.tables import Column, Foreign

__all__ = ["claims"]

KINDS = 30
"""A column of more different words tells no kinds of relation."""

BY_LABELS = {
    ("Company", "Company"): "SUPPLIES",
    ("Company", "Product"): "MAKES",
    ("Product", "Product"): "GOES_INTO",
    ("Company", "Segment"): "IN_SEGMENT",
    ("Product", "Segment"): "IN_SEGMENT",
}


def claims(draft: Draft, subject: Column, obj: Column, product: Column | None) -> Iterator[str]:
    """Claims between two parties; of several kinds where a column says so."""
    ends, relation = (subject, obj), draft.table.first("relation") or draft.table.first("type")
    relation = relation or _in_words(draft.table)
    groups = _kinds(draft.table, relation, ends)
    if relation and groups:
        draft.told[relation.name] = "relation"
        several = len(groups) > 1 or sum(map(len, groups.values())) < len(relation.values)
        for (link, turned), words in groups.items():
            when = f"{{column: {relation.quoted}, in: {json.dumps(words, ensure_ascii=False)}}}" if several else ""
            yield from _claim(draft, link, ends[::-1] if turned else ends, product, when)
        known = {word for words in groups.values() for word in words}
        if left := [value for value in relation.values if value not in known]:
            yield f"# left out: rows in which {relation.quoted} says {', '.join(left[:6])}"
        return
    labels = (_label_of(subject), _label_of(obj))
    link = next((c.link for c in ends if c.link), "") or BY_LABELS.get(labels) or "SUPPLIES"
    if (labels[1], labels[0]) in BY_LABELS and labels not in BY_LABELS and not (subject.link or obj.link):
        ends, link = ends[::-1], BY_LABELS[labels[1], labels[0]]
    yield from _claim(draft, link, ends, product, "")


def _in_words(table: Foreign) -> Column | None:
    """The column that says in words what its rows state, whatever it is called: sells to, makes, invested in."""
    return next((column for column in table.columns if column.role == "" and _are_relations(column.values)), None)


def _are_relations(values: Sequence[str]) -> bool:
    known = [value for value in values if any(re.search(pattern, words_of(value)) for pattern, _, _ in RELATIONS)]
    return 1 < len(values) <= KINDS and len(known) == len(values)


def _claim(draft: Draft, link: str, ends: tuple[Column, Column], product: Column | None, when: str) -> Iterator[str]:
    """One claim, or one of each year; what is in a list beside a list of customers is not for each of these."""
    if link == "SUPPLIES" and product and product.lists and any(e.lists and e.whole != product.whole for e in ends):
        if not ends[0].lists:
            yield from _claim(draft, "MAKES", (ends[0], product), None, when)
        product = None
    for year in columns_of_years(draft.table, link) or (None,):
        yield from _claim_of(draft, link, ends, product, when, year)


def _claim_of(
    draft: Draft, link: str, ends: tuple[Column, Column], product: Column | None, when: str, year: Column | None
) -> Iterator[str]:
    """One claim from each row; of columns for each year, from that of one."""
    known = [end.keys.label if end.keys and len(end.keys.labels) == 1 else "" for end in ends]
    wanted = next((pair for pair in _pairs(link) if _may_be(pair, known)), _pairs(link)[0])
    yield f"- link: {link}" + ("  # from the part to the whole" if link == "GOES_INTO" else "")
    if when:
        yield f"  when: [{when}, {{column: {year.quoted}, is: filled}}]" if year else f"  when: {when}"
    else:
        yield from draft.when_somebody(ends, OTHERS, year)
    for name, column, label in zip(("subject", "object"), ends, wanted, strict=True):
        typed = len({pair[name == "object"] for pair in _pairs(link)}) > 1
        yield f"  {name}: {draft.end(column, column.party or name, alone=False, label=label, typed=typed)}"
    if product and link in ("SUPPLIES", "PARTNERS_WITH"):
        yield f"  product: {draft.end(product, 'product', alone=False)}"
    if link == "MAKES":
        yield "  role: manufacturer  # designer, manufacturer, foundry, brand, integrator or lessor"
    of = next((end.whole for end in ends if end.whole), "")
    yield from draft.properties(link, of_year=year, of=of)


def _kinds(table: Foreign, relation: Column | None, ends: tuple[Column, Column]) -> dict[tuple[str, bool], list[str]]:
    """The words for relations by the link that each is, and whether it leads from the object to the subject.

    Where both suppliers and customers are told of, the word says what the second party is to the first. What the ends
    are decides over the word: a product that has a maker is made by it.
    """
    groups: dict[tuple[str, bool], list[str]] = {}
    words = {value.lower() for value in relation.values} if relation else set()
    both = bool(
        words & {"supplier", "suppliers", "vendor", "供应商"} and words & {"customer", "customers", "client", "客户"}
    )
    for value in relation.values if relation else ():
        labels = [labels_at(table, end, relation, value) for end in ends] if relation else []
        said = [(link, turned) for pattern, link, turned in RELATIONS if re.search(pattern, words_of(value))]
        fitting = (
            (link, turned is not other)
            for other in (False, True)
            for link, turned in said
            if any(_may_be(pair, labels[:: -1 if turned is not other else 1]) for pair in _pairs(link))
        )
        if kind := next(fitting, None):
            turned = both and re.fullmatch(r"suppliers?|vendors?|供应商", value.lower()) is not None
            groups.setdefault((kind[0], True) if turned else kind, []).append(value)
    return groups


def _pairs(link: str) -> Sequence[tuple[str, str]]:
    """What a link may lead from and to, the usual way first: rivals are of one type."""
    of = MODEL.links[link]
    return [pair for pair in of.pairs if not of.is_mutual or pair[0] == pair[1]]


def _may_be(pair: tuple[str, str], labels: Sequence[str]) -> bool:
    """Whether ends may be of some types: those whose table is known are what its rows are."""
    return all(known in ("", label) for known, label in zip(labels, pair, strict=True))


def _label_of(column: Column) -> str:
    return column.keys.label if column.keys else "Product" if column.party == "product" else "Company"
