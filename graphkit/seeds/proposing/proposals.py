"""Propose a mapping for foreign tables, from their headers and values, for the user to correct."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from graphkit.errors import InputError, Problem
from graphkit.seeds.proposing.crosstabs import columns_of_countries, columns_of_years, shares_of_countries
from graphkit.seeds.proposing.drafting import Draft
from graphkit.seeds.proposing.edges import claims
from graphkit.seeds.proposing.firms import counterpart, is_firm
from graphkit.seeds.proposing.tables import MOST, words_of
from graphkit.seeds.proposing.understanding import understand
from graphkit.seeds.proposing.words import DESCRIBED, OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.seeds.proposing.tables import Column, Foreign
    from graphkit.seeds.reading.sheets import Reading, Sheet

__all__ = ["Proposal", "propose"]

OWN = frozenset({"subject", "link", "object", "source", "locator"})
"""Columns by which one knows a list of claims in graphkit's own form."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping file, and what to tell of it."""

    text: str
    told: tuple[str, ...]


def propose(sheets: Sequence[Sheet], reading: Reading) -> Proposal:
    """Propose what the rows of the sheets state; several are taken to belong together.

    Raises:
        InputError: a sheet is in graphkit's own form.
    """
    advice = "has graphkit's own columns and needs no mapping: load it as it is"
    if own := [Problem(sheet.file, 0, "", advice) for sheet in sheets if sheet.columns.keys() >= OWN]:
        raise InputError(own)
    tables = understand(sheets)
    lines = [
        "# What the columns mean: look it over and correct it. Constants are plain text, {column: NAME} is a cell."
    ]
    told: list[str] = []
    several = len(tables) > 1
    for table in tables:
        draft = Draft(table)
        states = list(_states(draft))
        name = re.split(r"[\\/]", table.sheet.file)[-1]
        if several and not states:
            told.append(f"{name}: not understood; say in the mapping what its rows state, or leave it out of the load")
            lines.append(f"# {told[-1]}")
            continue
        left = [column for column in table.columns if column.name not in draft.told]
        pattern = re.sub(r"[0-9]+", "*", name)
        if sum(fnmatchcase(other.sheet.file, f"*{pattern}") for other in tables) > 1:
            pattern = name  # else it would be for another of the tables, too
        body = [
            f"files: {json.dumps(pattern, ensure_ascii=False)}",
            *_read(reading),
            f"# {len(table.sheet):,} row{'' if len(table.sheet) == 1 else 's'}, {table.sheet.read_as}",
            "states:",
            *states,
            *(f"# not used: {column.quoted}, such as {_examples(column)}" for column in left),
        ]
        lines += [f"{'- ' if place == 0 else '  '}{line}" for place, line in enumerate(body)] if several else body
        prefix = f"{name}: " if several else ""
        told += [f"{prefix}{column}: {meaning}" for column, meaning in draft.told.items()]
        told += [f"{prefix}{column.name}: not used" for column in left]
    if several:
        lines.insert(1, "tables:")
    return Proposal("\n".join(lines) + "\n", tuple(told))


def _read(reading: Reading) -> list[str]:
    given = ((key, getattr(reading, key)) for key in ("encoding", "delimiter", "header"))
    read = [f"{key}: {json.dumps(value)}" for key, value in given if value]
    return [f"read: {{{', '.join(read)}}}"] if read else []


def _states(draft: Draft) -> Iterator[str]:
    """What the rows of a table state: claims between two parties, or nodes."""
    table = draft.table
    if countries := columns_of_countries(table):
        yield from shares_of_countries(draft, _party(table, "product") or _title(table), countries)
        return
    subject, obj, product = (_party(table, party) for party in ("subject", "object", "product"))
    if subject and obj:
        yield from claims(draft, subject, obj, product)
        return
    if (subject or obj) and (firm := counterpart(table, subject or obj)):
        yield from claims(draft, subject or firm, obj or firm, product)
        return
    firms = [c for c in table.columns if is_firm(c)]
    if len(firms) > 1 and not (subject or obj) and table.first("relation"):
        yield from claims(draft, firms[0], firms[1], product)
        return
    other = _named(table)
    if subject and subject.link and other and other is not subject:
        yield from claims(draft, subject, other, product)
        return
    upwards = [c for c in table.columns if c.role == "upwards"]
    if upwards:
        yield from _upwards(draft, upwards)
        return
    yield from _one_party(draft, subject, obj, product)


def _one_party(draft: Draft, subject: Column | None, obj: Column | None, product: Column | None) -> Iterator[str]:
    """What the rows state that name no two parties: who makes what, whose the rows are, or nodes."""
    table = draft.table
    keyed = subject if subject and subject.keys else None
    named = keyed or table.first("subject", "subject") or _named(table) or subject
    references = [c for c in table.columns if c.role == "reference" and c.keys and c.keys.label != "Source"]
    firm = next((c for c in references if c.keys and "Company" in c.keys.labels and not c.party), None)
    if firm and product and not table.key:
        yield from claims(draft, firm, product, None)
    elif named and product and (table.label != "Product" or subject or is_firm(named)):
        yield from _offers(draft, named, product)
    elif product and product.keys and references:
        yield from claims(draft, product, references[0], None)
    elif len(references) > 1:
        yield from claims(draft, references[0], references[1], None)
    elif named and obj and table.label == "Company":
        yield from claims(draft, named, obj, product)
    elif references and named and not table.key:
        yield from claims(draft, named, references[0], None)
    else:
        yield from _nodes(draft)


def _upwards(draft: Draft, columns: Sequence[Column]) -> Iterator[str]:
    """What each thing is a part of, is a kind of, follows: a column for each; by key where there is one."""
    table = draft.table
    this = next((c for c in table.columns if c.role == "reference" and c.keys), None)
    this = this or _party(table, "product") or _named(table) or table.columns[0]
    if table.key and table.key is not this:
        yield from _node(draft, "Product", table.key, _title(table))
    for link in dict.fromkeys(column.link for column in columns):
        mine = [column for column in columns if column.link == link]
        whole = next((c for c in mine if c.keys), None) or min(
            mine, key=lambda c: re.search(r"(?i)id$", c.name) is not None
        )
        draft.told |= {column.name: "instead of its key" for column in mine if column is not whole}
        yield f"- link: {link}"
        filled = max(mine, key=lambda column: sum(cell is not None for cell in table.cells(column)))
        yield f"  when: {{column: {filled.quoted}, is: filled}}"
        yield f"  subject: {draft.by_key(table.key, table) if table.key else draft.end(this, 'product', alone=False)}"
        name = next((c for c in mine if c is not whole and not c.keys), None)
        if name and not whole.keys:
            ids, name = (name, whole) if re.search(r"(?i)id$", name.name) else (whole, name)
            fallback = f"else: {{column: {name.quoted}}}, create: {{name: {{column: {name.quoted}}}}}"
            yield f'  object: {{column: {ids.quoted}, prefix: "{table.listing}:", {fallback}}}'
        else:
            yield f"  object: {draft.end(whole, 'whole', alone=False, label='Product')}"
        yield from draft.properties(link)


def _party(table: Foreign, party: str) -> Column | None:
    """The column that names a party by a known key, else by name, else with an id of its own."""
    keyed = next((c for c in table.columns if c.party == party and c.keys and c.role != "parent"), None)
    by_id = next((c for c in table.columns if c.party == party and c.role == "id"), None)
    return (
        keyed or table.first(party, party) or by_id or (table.first("country", party) if party != "product" else None)
    )


def _named(table: Foreign) -> Column | None:
    return table.first("name", "") or table.first("name")


def _offers(draft: Draft, named: Column, product: Column) -> Iterator[str]:
    """Companies and what they make: one list of both, with the ids of its rows where each row is a company."""
    table = draft.table
    own = table.key if table.key and len(named.values) == len(table.key.values) else None
    if (own and own is not named) or draft.has_gaps(product):
        yield from _node(draft, "Company", own, named)
    for year in columns_of_years(table, "MAKES") or (None,):
        yield from _offer(draft, named, product, own, year)
    if own or table.label == "Company":
        yield from _in_segment(draft, draft.by_key(own, table) if own else f"{{column: {named.quoted}}}")


def _offer(draft: Draft, named: Column, product: Column, own: Column | None, year: Column | None) -> Iterator[str]:
    """That a company makes a product; of columns for each year, by that of one."""
    table = draft.table
    yield "- link: MAKES"
    yield from draft.when_somebody((named, product), OTHERS, year or product)
    if own and own is not named:
        yield f"  subject: {draft.by_key(own, table)}"
    else:
        yield f"  subject: {draft.end(named, 'subject', alone=True)}"
    yield f"  object: {draft.end(product, 'product', alone=False)}"
    yield "  role: manufacturer  # designer, manufacturer, foundry, brand, integrator or lessor"
    yield from draft.properties("MAKES", of_year=year)


def _nodes(draft: Draft) -> Iterator[str]:
    """A table of nodes, one in each row; of several types where a column says so."""
    table = draft.table
    name = _title(table)
    kinds = table.first("type")
    if not (table.key or name.role or name.keys or _tells_apart(table, name)):  # nothing in it names anything
        return
    if name.keys and not table.key:  # its rows are told of elsewhere
        yield from _belonging(draft, name)
        return
    if kinds and table.kinds:
        draft.told[kinds.name] = "type"
        for label, words in table.kinds.items():
            when = f"{{column: {kinds.quoted}, in: {json.dumps(words, ensure_ascii=False)}}}"
            yield from _node(draft, label, table.key, name, when)
    else:
        yield from _node(draft, "country" if name.role == "country" else table.label, table.key, name)
    yield from _belonging(draft, name)


def _title(table: Foreign) -> Column:
    """The column that names the rows of a table."""
    if table.label == "Source" and (title := table.first("title") or table.first("source")):
        return title
    parties = (_party(table, "product"), _party(table, "subject"))
    found = _named(table) or next(filter(None, parties), None) or table.first("country")
    found = found or next((c for c in table.columns if c.role == "" and _tells_apart(table, c)), table.columns[0])
    if table.key and found.name == table.key.name:
        found = next((c for c in table.columns if re.search(DESCRIBED, words_of(c.name))), found)
    return found


def _tells_apart(table: Foreign, column: Column) -> bool:
    """Whether a column holds names, each of nearly one row."""
    numbers = all(value.replace(".", "").isdecimal() for value in column.values)
    return column is not table.key and len(column.values) > MOST * len(table.sheet) and not numbers


def _node(draft: Draft, kind: str, key: Column | None, name: Column, when: str = "") -> Iterator[str]:
    label = "Company" if kind == "country" else kind
    yield f"- node: {label}"
    if when:
        yield f"  when: {when}"
    else:
        yield from draft.when_somebody((name,), OTHERS)
    if key:
        draft.told[key.name] = "key"
        yield f"  {'id' if label == 'Source' else 'key'}: {draft.by_key(key, draft.table, label)}"
    draft.told[name.name] = "name"
    yield f"  {'title' if label == 'Source' else 'name'}: {{column: {name.quoted}}}"
    if kind == "country":
        yield f"  country: {{column: {name.quoted}, unreadable: nothing}}"
        yield "  kind: undisclosed  # the firms of a country, which the source does not name"
    else:
        yield from draft.about(label, key or name)


def _belonging(draft: Draft, name: Column) -> Iterator[str]:
    """Where the nodes of a table stand: below others of the same table, in segments."""
    table = draft.table
    this = draft.by_key(table.key, table) if table.key else f"{{column: {name.quoted}}}"
    label = table.label
    if name.keys and not table.key:
        this, label = draft.end(name, name.party, alone=False), name.keys.label
    above = table.first("parent")
    if above and label in ("Product", "Company"):
        part = table.first("quantity") or re.search(r"(?i)child|component|sub|子", name.name)
        link = "OWNS" if label == "Company" else "GOES_INTO" if part else "TYPE_OF"
        other = draft.by_key(above, above.keys) if above.keys else f"{{column: {above.quoted}, create: true}}"
        draft.told[above.name] = "parent"
        yield f"- link: {link}" + (
            "  # or GOES_INTO, where the one is a part of the other" if link == "TYPE_OF" else ""
        )
        yield f"  when: {{column: {above.quoted}, is: filled}}"
        yield f"  subject: {other if link == 'OWNS' else this}"
        yield f"  object: {this if link == 'OWNS' else other}"
        yield from draft.properties(link)
    yield from draft.metrics(this)
    if label in ("Product", "Company"):
        yield from _in_segment(draft, this)


def _in_segment(draft: Draft, this: str) -> Iterator[str]:
    if segment := draft.table.first("segment"):
        draft.told[segment.name] = "segment"
        yield "- link: IN_SEGMENT"
        yield f"  when: {{column: {segment.quoted}, is: filled}}"
        yield f"  subject: {this}"
        yield f"  object: {draft.end(segment, 'segment', alone=False)}"
        yield from draft.evidence()


def _examples(column: Column) -> str:
    return ", ".join(repr(value)[:40] for value in column.values[:3]) or "nothing"
