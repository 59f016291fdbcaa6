"""The lines of a proposed mapping: where each value comes from, and how it is written in the table."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.seeds.mapping.converting import Writing, converter, is_vague
from graphkit.seeds.mapping.places import currency
from graphkit.seeds.mapping.statements import MISSING
from graphkit.seeds.proposing.keys import beside, country_instead
from graphkit.seeds.proposing.tables import words_of, year_in
from graphkit.seeds.proposing.understanding import are_countries
from graphkit.seeds.proposing.words import METRICS
from graphkit.seeds.proposing.writing import money_in, separator, unit_in, unread, written_as
from graphkit.values import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from graphkit.seeds.proposing.tables import Column, Foreign

__all__ = ["BELONGS", "Draft"]

CLAIM_KINDS = {
    "share": "share", "stake": "share", "valid_from": "date", "valid_to": "date", "note": "text",
    "revenue_share": "share", "amount": "number", "quantity": "number",
}  # fmt: skip
BELONGS = {
    "SUPPLIES": ("share", "revenue_share", "amount", "quantity"),
    "MAKES": ("share",),
    "GOES_INTO": ("quantity",),
    "USES": ("quantity",),
    "OWNS": ("stake",),
    "INVESTS_IN": ("amount",),
}


class Draft:
    """The statements about one table, as they are written.

    Attributes:
        table: The table.
        told: What the columns that are used mean.
    """

    def __init__(self, table: Foreign) -> None:
        self.table = table
        self.told: dict[str, str] = {}

    def by_key(self, column: Column, table: Foreign, label: str = "") -> str:
        """A cell that holds the key of a node of a table."""
        self.told.setdefault(column.name, "key" if column is self.table.key else column.role)
        prefix = "source" if (label or table.label) == "Source" else table.listing
        return f'{{column: {column.quoted}, prefix: "{prefix}:"}}'

    def end(self, column: Column, party: str, *, alone: bool, label: str = "", typed: bool = False) -> str:
        """One end of a claim: by key, by name, or by either; what is not known is created with what the row says."""
        ids = next((c for c in self.table.columns if c.party == party and c.role == "id"), None)
        if ids and ids is not column and ids.full and not column.full:  # ids of rows: one name has several
            ids = None
        own = self.table.first("id", "") if ids is None and column.party == "" and column.role != "id" else None
        if (
            own and not own.keys and self.table.agree(column, own) and self.table.agree(own, column)
        ):  # one id for each name
            ids = own
        named = self.table.first("name", "") if alone and column.role == "id" else None
        name = None if column.role == "id" or column.keys else column
        self.told[column.name] = party
        about = self._about(party, alone=alone, column=name or named)
        if typed:
            about = f"type: {label}, {about}".removesuffix(", ")
        if column.keys:
            return self._keyed(column, column.keys, party)
        if ids and (name or named):
            self.told[ids.name] = f"{party}, by key"
            shown = (name or named or column).quoted
            more = f", {about}" if about else ""
            fallback = f"else: {{column: {shown}}}, create: {{name: {{column: {shown}}}{more}}}"
            return f'{{column: {ids.quoted}, prefix: "{self.table.listing}:", {fallback}}}'
        if ids:
            return f'{{column: {ids.quoted}, prefix: "{self.table.listing}:", create: {{{about or "type: Company"}}}}}'
        sign = separator(column)
        each = f", each: {json.dumps(sign, ensure_ascii=False)}" if sign else ""
        if label not in ("", "Company") and not typed:
            about, party = f"type: {label}", "subject"
        created = f"{{{about or 'type: Company'}}}" if party in ("subject", "object") else "true"
        return f"{{column: {column.quoted}{each}, create: {created}}}"

    def _keyed(self, column: Column, keys: Foreign, party: str) -> str:
        """By key; by name where a row has no key."""
        key = self.by_key(column, keys)
        name, wrong = beside(self.table, column)
        of_party = (c for c in self.table.columns if party and c.party == party and c.role == party and not c.keys)
        name = name or next(of_party, None)
        instead = name or (country_instead(self.table, column) if party in ("subject", "object") else None)
        if instead is None:
            return key
        self.told[instead.name] = f"{party}, where it has no key"
        if name is None:
            about = self._about(party, alone=False, column=instead)
            return f"{key[:-1]}, else: {{column: {instead.quoted}, create: {{{about}}}}}}}"
        told = f"{len(wrong)} say another name than the key: {', '.join(wrong[:3])}" if wrong else ""
        self.told[name.name] += f"; {told}" if told else ""
        return f"{key[:-1]}, else: {{column: {name.quoted}}}}}" + (f"  # {told}" if told else "")

    def _about(self, party: str, *, alone: bool, column: Column | None) -> str:
        """What the row says of one of its parties."""
        if party not in ("subject", "object"):
            return ""
        if column and (column.role == "country" or are_countries(column.values)):
            return f"country: {{column: {column.quoted}, unreadable: nothing}}, kind: undisclosed"
        made = []
        for role, name in (("country", "country"), ("ticker", "tickers"), ("alias", "aliases")):
            found = self.table.first(role, party) or (self.table.first(role, "") if alone else None)
            if found is None or found is column or self.table.is_of_another(found, column):
                continue
            if role == "alias" or column is None or self.table.agree(column, found):
                self.told[found.name] = f"{name} of the {party}"
                made.append(f"{name}: {self._cell(name, found)}")
        return ", ".join(made)

    def _cell(self, kind: str, column: Column) -> str:
        if kind == "aliases":
            sign = separator(column)
            return f"{{column: {column.quoted}" + (
                f", split: {json.dumps(sign, ensure_ascii=False)}}}" if sign else "}"
            )
        wrong = unread(converter(kind, Writing()), column.values)
        return f"{{column: {column.quoted}" + (", unreadable: nothing}" if wrong else "}")

    def about(self, label: str, name_of: Column) -> Iterator[str]:
        """What a table of nodes says of them, where it is the same in all rows of a name."""
        roles: dict[str, tuple[str, ...]] = {
            "Company": ("country", "ticker", "alias"),
            "Product": ("alias",),
            "Segment": ("alias", "parent"),
            "Source": ("publisher", "valid_from"),
        }
        names = {"ticker": "tickers", "alias": "aliases", "valid_from": "published"}
        for role in roles[label]:
            column = self.table.first(role)
            if column and (role != "country" or self.table.agree(name_of, column)):
                name = names.get(role, role)
                self.told.setdefault(column.name, name)
                if role == "parent":
                    above = self.by_key(column, column.keys) if column.keys else f"{{column: {column.quoted}}}"
                    yield f"  parent: {above}"
                elif role == "publisher":
                    yield f"  publisher: {{column: {column.quoted}}}"
                elif role == "valid_from":
                    yield from self.value("published", "date", column)
                else:
                    wrong = unread(converter(name, Writing()), column.values) if role != "alias" else []
                    told = f"  # cannot be read: {', '.join(map(repr, wrong[:3]))}" if wrong else ""
                    yield f"  {name}: {self._cell(name, column)}{told}"

    def when_somebody(
        self, columns: Iterable[Column], nobody: Collection[str], optional: Column | None = None
    ) -> Iterator[str]:
        """A condition that leaves out rows about nobody in particular, or without what is optional."""
        made = []
        if optional and self.has_gaps(optional):
            made.append(f"{{column: {optional.quoted}, is: filled}}")
        for column in columns:
            words = [value for value in column.values if value.lower() in nobody]
            if words:
                made.append(f"{{column: {column.quoted}, not: {json.dumps(words, ensure_ascii=False)}}}")
        if made:
            yield f"  when: [{', '.join(made)}]" + ("" if "is: filled" in made[-1] else "  # nobody in particular")

    def has_gaps(self, column: Column) -> bool:
        """Whether there is nothing in some cells of a column."""
        return any(cell is None or cell.lower() in MISSING for cell in self.table.cells(column))

    def properties(self, link: str, *, without: str = "", of_year: Column | None = None, of: str = "") -> Iterator[str]:
        """What a claim says beside its ends: of one of the years, of the objects `of` a list; and who says so."""
        own = (*BELONGS.get(link, ()), "valid_from", "valid_to", "note")
        for name, kind in CLAIM_KINDS.items():
            column = self.table.first(name) if name in own and name != without else None
            if of_year and (name == of_year.role or (column and year_in(column.name))):
                column = of_year if name == of_year.role else None
            if of_year and name == "valid_from":
                yield f'  valid_from: "{year_in(of_year.name)}"'
                continue
            if name == "stake" and link == "OWNS":
                column = column or self.table.first("share")
            if (
                column
                and (not column.lists or column.whole == of != "")
                and len(self._wrong(kind, column)) < max(1, len(column.values))
            ):
                yield from self.value(name, kind, column, *self._instead(column), noted=True)
                yield from self._counted_in(name, column)
        yield from self.evidence()

    def _counted_in(self, name: str, column: Column) -> Iterator[str]:
        """The currency of an amount, and the unit of a quantity: of a column of its own, or of the header."""
        if name == "amount":
            yield f"  currency: {self._currency(column)}"
        elif name == "quantity" and (unit := self.table.first("unit")):
            self.told[unit.name] = "unit"
            yield f"  unit: {{column: {unit.quoted}}}"
        elif name == "quantity" and (said := unit_in(column.name)):
            yield f"  unit: {json.dumps(said, ensure_ascii=False)}"

    def metrics(self, this: str) -> Iterator[str]:
        """Numbers that a table gives of what its rows are, such as the size of a market."""
        for metric, pattern in METRICS.items():
            found = (c for c in self.table.columns if c.name not in self.told and re.search(pattern, c.name.lower()))
            column = next((c for c in found if any(re.search(r"\d", value) for value in c.values)), None)
            if column is None:
                continue
            self.told[column.name] = metric
            yield "- link: REPORTS"
            yield f'  when: {{column: {column.quoted}, matches: "[0-9]"}}'
            yield f"  subject: {self._source()}"
            yield f"  object: {this}"
            yield f"  metric: {metric}"
            yield from self.value("value", "number", column)
            if money := money_in(column):
                yield f"  unit: {money}"
            if any(re.search(r"\((19|20)\d\d\)", value) for value in column.values):
                yield f'  period: {{column: {column.quoted}, pattern: "\\\\((\\\\d{{4}})\\\\)", unreadable: nothing}}'
            yield f"  text: {{column: {column.quoted}}}"
            yield from self.evidence()

    def evidence(self) -> Iterator[str]:
        """Certainty, source and place."""
        yield "  certainty: stated  # stated, planned, expected, estimate, negotiating or inferred"
        yield f"  source: {self._source()}"
        stem = re.split(r"[\\/]", self.table.sheet.file)[-1]
        place = re.sub(r"[\s_\-\d.]+$", "", stem.partition("#")[2] or stem.partition(".")[0]) or "table"
        written = json.dumps(place, ensure_ascii=False)
        yield f"  locator: {written}  # let it stay the same in the next edition: no {{row}}"

    def _source(self) -> str:
        name = json.dumps(re.split(r"[\\/]", self.table.sheet.file)[-1].partition("#")[0], ensure_ascii=False)
        listed = next((c for c in self.table.columns if c.keys and c.keys.label == "Source"), None)
        if listed and listed.keys is not self.table:
            self.told[listed.name] = "source"
            return f'{{column: {listed.quoted}, prefix: "source:"}}'
        column = self.table.first("source", "") or self.table.first("url", "")
        if column is None or column is self.table.key:
            return f"{{value: {name}, create: true}}  # who says so; add publisher, published"
        self.told[column.name] = "source"
        sign = separator(column, ("; ", ";", "|", "\n", "；", "、"))
        each = f", each: {json.dumps(sign, ensure_ascii=False)}" if sign else ""
        return f"{{column: {column.quoted}{each}, default: {name}, create: true}}"

    def _currency(self, amount: Column) -> str:
        """A column of its own, else what the header of the amount says, else what its cells say."""
        if column := self.table.first("currency"):
            self.told[column.name] = "currency"
            return f"{{column: {column.quoted}}}"
        try:
            return str(currency(re.sub(r"\d+", " ", words_of(amount.name))))
        except ValueError:
            return f"{{column: {amount.quoted}, unreadable: nothing}}  # or a constant, such as USD"

    def _recur(self, columns: Iterable[Column], wrong: Collection[object]) -> bool:
        """Whether what cannot be read is a way of speaking and no slip."""
        cells = Counter(cell for column in columns for cell in self.table.cells(column))
        return all(is_vague(value) for value in wrong) or any(cells[str(value)] > 1 for value in wrong)

    def _wrong(self, kind: str, column: Column) -> list[object]:
        """The values that cannot be read, however the column is written."""
        return unread(converter(kind, replace(Writing(), **written_as(kind, column))), column.values)

    def _instead(self, column: Column) -> list[Column]:
        """The columns of the same role that are filled only where it is empty, such as one for minor shares."""
        others = [c for c in self.table.columns if c.role == column.role and c.party == column.party and c.values]
        filled = [cell is not None for cell in self.table.cells(column)]
        return [
            other
            for other in others
            if other is not column
            and not any(here and cell is not None for here, cell in zip(filled, self.table.cells(other), strict=True))
        ][:1]

    def value(self, name: str, kind: str, column: Column, *others: Column, noted: bool = False) -> Iterator[str]:
        """One property, with how it is written; what cannot be read stands behind it.

        Words that recur, bounds and ranges are how the table speaks, and are noted; a single odd cell is refused.
        """
        self.told |= {one.name: self.told.get(one.name, name) for one in (column, *others)}
        place = f"columns: [{', '.join(one.quoted for one in (column, *others))}]" if others else ""
        column = replace(column, values=tuple(value for one in (column, *others) for value in one.values))
        options = f", each: {json.dumps(LIST_SEPARATOR)}" if column.lists else ""
        options += "".join(f", {key}: {json.dumps(value)}" for key, value in written_as(kind, column).items())
        wrong = self._wrong(kind, column)
        shown = ", ".join(map(repr, wrong[:3]))
        note = f"  # cannot be read: {shown}; `unreadable: note` keeps such as notes" if wrong else ""
        if wrong and noted and kind in ("share", "number") and self._recur((column, *others), wrong):
            options += ", unreadable: note"
            note = f"  # no numbers: {shown}; they stand in the note, and the {name} is unknown"
        yield f"  {name}: {{{place or f'column: {column.quoted}'}{options}}}{note}"
