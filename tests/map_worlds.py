"""Small worlds that the tests of the map draw."""

import random
from itertools import count

from graphkit.records import Link, Node
from graphkit.values import Value

SOURCE = Node("Source", "source:a", {"title": "年中策略", "publisher": "某证券", "published": "2025-06-15"})
OLDER = Node("Source", "source:b", {"title": "Annual report", "published": "2024-03-01"})
UNDATED = Node("Source", "source:c", {"title": "Call notes"})
LEVELS = ("material", "component", "module", "system", "service")
SEGMENTS = tuple(
    Node("Segment", f"segment:{name}", {"name_zh": zh, "name_en": name.upper()})
    for name, zh in (
        ("pcb", "印制电路板"),
        ("optics", "光模块"),
        ("cooling", "液冷"),
        ("power", "电源"),
        ("servers", "服务器"),
    )
)
_numbers = count()


def company(name: str, zh: str = "", **properties: Value) -> Node:
    """A company called `company:name`."""
    return _node("Company", name, zh, properties)


def product(name: str, zh: str = "", level: str | None = "component", **properties: Value) -> Node:
    """A product called `product:name`."""
    return _node("Product", name, zh, {"level": level, **properties})


def _node(kind: str, name: str, zh: str, properties: dict[str, Value]) -> Node:
    given: dict[str, Value] = {"name_zh": zh or None, "name_en": name, **properties}
    return Node(kind, f"{kind.lower()}:{name}", {key: value for key, value in given.items() if value is not None})


def link(kind: str, subject: Node | str, obj: Node | str, **properties: Value) -> Link:
    """A claim between two nodes, stated by SOURCE unless said otherwise; each has an id of its own."""
    given: dict[str, Value] = {"certainty": "stated", "source": SOURCE.id, "locator": "1.2 概述", **properties}
    name = str(given.pop("id", None) or f"claim-{next(_numbers):05}")
    subject, obj = (end if isinstance(end, str) else end.id for end in (subject, obj))
    return Link(kind, name, subject, obj, {key: value for key, value in given.items() if value is not None})


def chain(firms: int = 60, products: int = 90, seed: int = 1) -> tuple[list[Node], list[Link]]:
    """A made-up chain of firms and products over five levels with Chinese and English names."""
    rng = random.Random(seed)
    first, last = "华科芯瑞天宏德信东南明海", "电子光学材料精密半导通信能源"
    makers = [
        company(
            f"firm-{i}",
            "".join(rng.choice(first) for _ in range(2)) + "".join(rng.choice(last) for _ in range(2)) + str(i),
            country=rng.choice(["CN", "TW", "US", None]),
            kind="listed",
            tickers=(f"{600000 + i}.SH",),
        )
        for i in range(firms)
    ]
    goods = [
        product(f"good-{i}", f"{rng.choice('高低先精')}端部件{i}", level=LEVELS[i * 5 // products])
        for i in range(products)
    ]
    links = [
        link("MAKES", rng.choice(makers), good, role="manufacturer", id=f"m{i}", share=rng.choice([None, 0.4]))
        for i, good in enumerate(goods)
    ]
    links += [
        link(
            "GOES_INTO",
            goods[i],
            goods[rng.randrange(i + 1, products)],
            id=f"g{i}",
            certainty=rng.choice(["stated", "planned"]),
        )
        for i in range(products - 1)
    ]
    for i, maker in enumerate(makers):
        links.append(
            link("SUPPLIES", maker, makers[(i * 7 + 1) % firms], id=f"s{i}", valid_from=rng.choice([None, "2025-03"]))
        )
        links.append(link("IN_SEGMENT", maker, rng.choice(SEGMENTS), id=f"i{i}"))
    return [*makers, *goods, *SEGMENTS, SOURCE, OLDER, UNDATED], links
