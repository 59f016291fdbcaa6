"""Propose a mapping for a foreign table, from its header and its values, for the user to correct."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graphkit.seeds.converting import SCALES, Writing, converter
from graphkit.seeds.mapping import MISSING
from graphkit.seeds.places import currency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graphkit.seeds.sheets import Reading, Sheet

__all__ = ["Proposal", "propose"]

SAMPLE = 2_000
"""So many values of a column are looked at."""

MEANINGS: Mapping[str, str] = {
    "country": r"countr|nation|headquarter|\bhq\b|国家|国别|地区|所在地",
    "ticker": r"ticker|symbol|stock ?code|isin|股票代码|证券代码|代码",
    "alias": r"alias|aka|also known|other names?|synonym|别名|简称",
    "revenue_share": r"(share|%|percent|pct).*(revenue|sales)|(revenue|sales).*(share|%|percent|pct)|营收占比|收入占比",
    "share": r"share|percent|pct|%|proportion|fraction|占比|份额|比例",
    "currency": r"currency|币种|货币",
    "amount": r"amount|spend|contract value|value|revenue|cost|金额|采购额|销售额|价值",
    "quantity": r"quantity|qty|volume|units? (sold|shipped)|数量|出货",
    "unit": r"^units?$|unit of|单位",
    "valid_to": r"\bend|until|\bto date|valid to|expir|结束|截止",
    "valid_from": r"year|date|\bday|since|start|period|valid from|as of|年份|年度|日期|时间|开始|^年$",
    "source": r"source|reference|citation|url|link|evidence|来源|出处|依据",
    "certainty": r"certainty|confidence|likelihood|可信|确定",
    "note": r"note|comment|remark|description|备注|说明|描述",
    "subject": r"supplier|vendor|seller|provider|upstream|shipper|供应商|供应方|供方|卖方|上游|厂商",
    "object": r"customer|buyer|client|purchaser|recipient|consignee|downstream|客户|采购方|买方|下游|需求方",
    "product": r"product|component|part\b|item|material|goods|commodity|input|产品|零部件|部件|物料|品名|商品|provided",
    "name": r"name|compan|firm|organi[sz]ation|manufacturer|maker|名称|公司|企业|制造商",
    "id": r"\bid\b|identifier|\bkey\b|编号",
}
"""What words in a header hint at; the first that fits a header holds."""

UNITS = re.compile(r"\b(thousand|million|billion|mn|bn|mio|mrd)s?\b|[($ ](k|m|b)\)?$|(亿|万|百万|千)元?")
PARTIES = ("subject", "object", "product")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping file, and what to tell of it."""

    text: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    meaning: str
    party: str
    values: tuple[object, ...]

    @property
    def quoted(self) -> str:
        return json.dumps(self.name, ensure_ascii=False)


def propose(sheets: Sequence[Sheet], reading: Reading) -> Proposal:
    """Propose what the rows of the sheets state."""
    sheet = max(sheets, key=len)
    columns = [_understood(sheet, name) for name in sheet.columns]
    statements, told = _statements(sheet, columns)
    name = re.split(r"[\\/]", sheet.file)[-1]
    lines = [
        "# What the columns of this table mean: look it over and correct it.",
        f"# {len(sheet):,} rows, {sheet.read_as}; constants are plain text, {{column: NAME}} is a cell.",
        f"files: {json.dumps(re.sub(r'[0-9]+', '*', name.partition('#')[0]), ensure_ascii=False)}",
    ]
    read = [
        f"{key}: {json.dumps(value)}"
        for key in ("encoding", "delimiter", "sheet", "header")
        if (value := getattr(reading, key))
    ]
    lines += [f"read: {{{', '.join(read)}}}"] if read else []
    lines += ["states:", *statements]
    used = "\n".join(statements)
    left = [column for column in columns if column.quoted not in used]
    lines += [f"# not used: {column.quoted}, such as {_examples(column)}" for column in left]
    told += [f"{column.name}: not used" for column in left]
    return Proposal("\n".join(lines) + "\n", tuple(told))


def _understood(sheet: Sheet, name: str) -> _Column:
    """A column with what its header hints at, and whose it is: the country of the supplier is the supplier's."""
    header = re.sub(r"[_\-.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower().strip()
    party = next((party for party in PARTIES if re.search(MEANINGS[party], header)), "")
    meaning = next((meaning for meaning, words in MEANINGS.items() if re.search(words, header)), "")
    if meaning in PARTIES and re.search(MEANINGS["id"], header):
        meaning = "id"
    values = tuple(dict.fromkeys(str(cell) for cell in sheet.columns[name][:SAMPLE] if cell is not None))
    return _Column(name, meaning, party, values)


def _statements(sheet: Sheet, columns: Sequence[_Column]) -> tuple[list[str], list[str]]:
    first: dict[str, _Column] = {}
    for column in columns:
        if column.meaning not in ("country", "ticker", "alias", "id"):
            first.setdefault(column.meaning, column)
    told = [f"{column.name}: {meaning}" for meaning, column in first.items() if meaning]
    subject, obj, product = (first.get(party) for party in PARTIES)
    subject = subject or (first.get("name") if obj or product else None)
    if subject and (obj or product):
        return list(_claims(sheet, columns, first, (subject, obj, product))), told
    return list(_nodes(sheet, columns, first)), told


def _claims(
    sheet: Sheet,
    columns: Sequence[_Column],
    first: Mapping[str, _Column],
    ends: tuple[_Column, _Column | None, _Column | None],
) -> Iterator[str]:
    subject, obj, product = ends
    yield f"- link: {'SUPPLIES' if obj else 'MAKES'}"
    yield f"  subject: {{column: {subject.quoted}, create: {{{_about(columns, 'subject')}}}}}"
    if obj:
        yield f"  object: {{column: {obj.quoted}, create: {{{_about(columns, 'object')}}}}}"
    if product:
        yield f"  {'product' if obj else 'object'}: {{column: {product.quoted}, create: true}}"
    if not obj:
        yield "  role: manufacturer  # designer, manufacturer, foundry, brand, integrator or lessor"
    kinds = {"share": "share", "valid_from": "date", "valid_to": "date", "note": "text"}
    if obj:
        kinds |= {"revenue_share": "share", "amount": "number", "quantity": "number", "unit": "text"}
    for name, kind in kinds.items():
        if column := first.get(name):
            yield from _value(name, kind, column)
    if obj and "amount" in first:
        yield f"  currency: {_currency(first)}"
    yield "  certainty: stated  # stated, planned, expected, estimate, negotiating or inferred"
    yield f"  source: {_source(sheet, first.get('source'))}"
    table = re.sub(r"[\W_\d]+$", "", re.split(r"[\\/]", sheet.file)[-1].partition(".")[0]) or "table"
    yield f"  locator: {json.dumps(table, ensure_ascii=False)}  # let it stay the same in the next edition: no {{row}}"


def _currency(first: Mapping[str, _Column]) -> str:
    """A column of its own, else what the header of the amount says, else what its cells say."""
    if column := first.get("currency"):
        return f"{{column: {column.quoted}}}"
    try:
        return str(currency(first["amount"].name))
    except ValueError:
        return f"{{column: {first['amount'].quoted}}}  # or a constant, such as USD"


def _about(columns: Iterable[_Column], party: str) -> str:
    """What the row says of one of its parties."""
    properties = {"country": "country", "ticker": "tickers", "alias": "aliases"}
    mine = [c for c in columns if c.party == party and c.meaning in properties]
    return ", ".join(f"{properties[c.meaning]}: {{column: {c.quoted}}}" for c in mine) or "type: Company"


def _source(sheet: Sheet, column: _Column | None) -> str:
    name = re.split(r"[\\/]", sheet.file)[-1]
    if column is None:
        return (
            f"{{value: {json.dumps(name, ensure_ascii=False)}, create: true}}  # who says so; add publisher, published"
        )
    return f"{{column: {column.quoted}, default: {json.dumps(name, ensure_ascii=False)}, create: true}}"


def _value(name: str, kind: str, column: _Column) -> Iterator[str]:
    """One property, with how it is written; what cannot be read stands behind it."""
    written = _written(kind, column)
    options = "".join(f", {key}: {json.dumps(value)}" for key, value in written.items())
    convert = converter(kind, replace(Writing(), **written))
    wrong = [value for value in column.values if str(value).lower() not in MISSING and not _reads(convert, value)]
    note = f"  # cannot be read: {', '.join(map(repr, wrong[:3]))}" if wrong else ""
    yield f"  {name}: {{column: {column.quoted}{options}}}{note}"


def _reads(convert: Callable[[object], object], value: object) -> bool:
    try:
        convert(value)
    except ValueError:
        return False
    return True


def _written(kind: str, column: _Column) -> dict[str, Any]:
    texts = [str(value) for value in column.values]
    written: dict[str, Any] = {}
    if kind in ("share", "number"):
        if any(re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d", text) for text in texts):
            written["decimal"] = ","
        if kind == "share" and _any_above_one(texts, str(written.get("decimal", "."))):
            written["percent"] = True
        if kind == "number" and (unit := UNITS.search(column.name.lower())):
            written["scale"] = SCALES[next(filter(None, unit.groups()))]
    if kind == "date":
        days = [match for text in texts if (match := re.fullmatch(r"(\d{1,2})([/.\-])(\d{1,2})\2\d{4}", text))]
        if days:
            month_first = any(int(match[3]) > 12 for match in days)  # noqa: PLR2004 - months
            sign = days[0][2]
            written["dates"] = f"%m{sign}%d{sign}%Y" if month_first else f"%d{sign}%m{sign}%Y"
    return written


def _any_above_one(texts: Iterable[str], decimal: str) -> bool:
    for text in texts:
        try:
            value = converter("number", Writing(decimal=decimal))(text.rstrip("% "))
        except ValueError:
            continue
        if isinstance(value, int | float) and value > 1:
            return True
    return False


def _nodes(sheet: Sheet, columns: Sequence[_Column], first: Mapping[str, _Column]) -> Iterator[str]:
    """A table of nodes, one in each row."""
    header = " ".join([sheet.file, *sheet.columns]).lower()
    is_product = re.search(MEANINGS["product"], header) and not re.search(r"compan|supplier|provider|firm|公司", header)
    label = "Product" if is_product else "Company"
    yield f"- node: {label}"
    identity = next((column for column in columns if column.meaning == "id"), None)
    if identity:
        yield f'  id: {{column: {identity.quoted}, prefix: "{label.lower()}:"}}  # keeps nodes of one name apart'
    name = first.get("name") or first.get("subject") or first.get("product") or columns[0]
    chinese = any(re.search(r"[\u3400-\u9fff]", str(value)) for value in name.values)
    yield f"  {'name_zh' if chinese else 'name_en'}: {{column: {name.quoted}}}"
    for column in columns:
        if column.meaning == "country" and label == "Company":
            yield from _value("country", "country", column)
        elif column.meaning == "ticker" and label == "Company":
            yield from _value("tickers", "tickers", column)
        elif column.meaning == "alias":
            yield f'  aliases: {{column: {column.quoted}, split: ";"}}'


def _examples(column: _Column) -> str:
    return ", ".join(repr(str(value))[:40] for value in column.values[:3]) or "nothing"
