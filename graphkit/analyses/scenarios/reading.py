"""Scenario files: YAML that a user keeps under version control, with every mistake named by file and line.

title: What if Taiwan stops
as_of: 2025-06
watch: [product:gb300-nvl72]
scenarios:
  - name: Taiwan for three months
    fails: [country:TW]
    periods: 3
    substitutes:
      - {product: product:cowos, source: company:amkor}
      - {part: product:hbm3e, by: product:hbm3}
operations:
  sites:
    - {name: company:tsmc, capacity: 30, makes: [product:cowos]}
  items:
    - {name: product:cowos, demand: 20, inventory: 10, unit_loss: 5000}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphkit.analyses.recovery import Item, Operations, Site
from graphkit.analyses.targets import COUNTRY_PREFIX
from graphkit.errors import AmbiguousError, InputError, NotFoundError, Problem
from graphkit.values import COUNTRY, DATE, FLAG

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Scenario", "ScenarioFile", "read_scenarios"]

SITE = ("name", "capacity", "makes")
ITEM = ("name", "demand", "inventory", "unit_loss")
"""What the file has to say of a site, and of an item."""

TAKEN = frozenset("id name type tier title scenarios watched hits assumptions coverage claims evidence".split())
"""What a report calls its own parts and columns, beside those that are called like scenarios."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One what-if.

    Attributes:
        name: Its heading.
        fails: Ids of what fails, `country:TW` included.
        periods: How many periods it lasts; None where the file does not say.
        new_sources: Companies that step in as sources, by product.
        stand_ins: Products that can stand in for a part, by part.
    """

    name: str
    fails: tuple[str, ...]
    periods: float | None = None
    new_sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """Scenarios to be run side by side.

    Attributes:
        title: What they are about.
        scenarios: The scenarios, in the order of the file.
        as_of: The day asked about.
        watch: Ids of products and companies to report on by name, hit or not.
        by_role: Whether designers and foundries need each other.
        operations: Capacities, stocks, demand and losses, where the file gives them.
    """

    title: str
    scenarios: tuple[Scenario, ...]
    as_of: str | None = None
    watch: tuple[str, ...] = ()
    by_role: bool = False
    operations: Operations | None = None


def read_scenarios(text: str, file: str, resolve: Callable[[str], str]) -> ScenarioFile:
    """Read a scenario file.

    Args:
        text: What it holds.
        file: Its name, for messages.
        resolve: From a name to an id; raises NotFoundError or AmbiguousError.

    Raises:
        InputError: all that is wrong with it, by file and line.
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise InputError([Problem(file, line, "", f"is no YAML: {getattr(error, 'problem', error)}")]) from None
    except RecursionError:
        raise InputError([Problem(file, 0, "", "is nested too deep; write it as in docs/scenarios.yaml")]) from None
    reader = _Reader(file, resolve)
    found = reader.file(root)
    if reader.problems or found is None:
        raise InputError(reader.problems)
    return found


class _Reader:
    """Reads nodes of YAML, which know their line, and gathers what is wrong."""

    def __init__(self, file: str, resolve: Callable[[str], str]) -> None:
        self._file, self._resolve = file, resolve
        self.problems: list[Problem] = []

    def file(self, root: Any) -> ScenarioFile | None:  # noqa: ANN401 - PyYAML's nodes share no type
        parts = self._mapping(root, ("title", "as_of", "watch", "by_role", "scenarios", "operations"), ("scenarios",))
        scenarios = tuple(self._scenario(node) for node in self._list(parts.get("scenarios")))
        if not scenarios and "scenarios" in parts:
            self._wrong(parts["scenarios"], "scenarios", "there is none; write at least one")
        names = [scenario.name for scenario in scenarios]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._wrong(parts["scenarios"], "scenarios", f"two are called {name!r}")
        found = ScenarioFile(
            title=self._text(parts.get("title")) or "Scenarios",
            scenarios=scenarios,
            as_of=self._date(parts.get("as_of")),
            watch=tuple(self._names(parts.get("watch"))),
            by_role=self._flag(parts.get("by_role"), "by_role"),
            operations=self._operations(parts["operations"]) if "operations" in parts else None,
        )
        return None if self.problems else found

    def _scenario(self, node: Any) -> Scenario:  # noqa: ANN401
        parts = self._mapping(node, ("name", "fails", "periods", "substitutes"), ("name", "fails"))
        new_sources: dict[str, tuple[str, ...]] = {}
        stand_ins: dict[str, tuple[str, ...]] = {}
        for entry in self._list(parts.get("substitutes")):
            said = self._mapping(entry, ("product", "source", "part", "by"), ())
            given = {key: self._name(value) for key, value in said.items()}
            if set(given) == {"product", "source"}:
                new_sources[given["product"]] = (*new_sources.get(given["product"], ()), given["source"])
            elif set(given) == {"part", "by"}:
                stand_ins[given["part"]] = (*stand_ins.get(given["part"], ()), given["by"])
            else:
                self._wrong(entry, "substitutes", "write either product and source, or part and by")
        periods = self._number(parts["periods"], "periods") if "periods" in parts else None
        fails, name = tuple(self._names(parts.get("fails"))), self._text(parts.get("name"))
        if name in TAKEN:
            self._wrong(parts["name"], "name", f"{name!r} is a word of the report; call the scenario otherwise")
        return Scenario(name, fails, periods, new_sources, stand_ins)

    def _operations(self, node: Any) -> Operations | None:  # noqa: ANN401
        parts = self._mapping(node, ("sites", "items"), ("sites", "items"))
        sites = [self._mapping(entry, SITE, SITE) for entry in self._list(parts.get("sites"))]
        items = [self._mapping(entry, (*ITEM, "needs"), ITEM) for entry in self._list(parts.get("items"))]
        if self.problems:
            return None
        built_items = tuple(map(self._item, items))
        known = {item.name for item in built_items}
        built_sites = tuple(
            Site(
                self._name(said["name"]), self._number(said["capacity"], "capacity"), tuple(self._names(said["makes"]))
            )
            for said in sites
        )
        named = [
            (said["makes"], "makes", name) for said, site in zip(sites, built_sites, strict=True) for name in site.makes
        ]
        named += [
            (said["needs"], "needs", name) for said, item in zip(items, built_items, strict=True) for name in item.needs
        ]
        for place, key, name in named:
            if name not in known:
                message = f"{name} has no figures; add it to the items with demand, inventory and unit_loss"
                self._wrong(place, key, message)
        return None if self.problems else Operations(built_sites, built_items)

    def _item(self, said: Mapping[str, Any]) -> Item:
        needs = {self._name(key): self._number(value, "needs") for key, value in self._pairs(said.get("needs"))}
        demand, inventory, unit_loss = (self._number(said[key], key) for key in ("demand", "inventory", "unit_loss"))
        return Item(self._name(said["name"]), demand, inventory, unit_loss, needs)

    def _mapping(self, node: Any, allowed: Sequence[str], required: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401
        if node is None or node.id != "mapping":
            self._wrong(node, "", f"here belong {', '.join(allowed)}, each with a colon and a value")
            return {}
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = self._text(key)
            if name not in allowed:
                self._wrong(key, name, f"is not known here; use {', '.join(allowed)}")
            elif name in found:
                self._wrong(key, name, "stands here twice")
            else:
                found[name] = value
        for name in required:
            if name not in found:
                self._wrong(node, name, "is missing")
        return found

    def _pairs(self, node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
        if node is not None and node.id != "mapping":
            self._wrong(node, "", "here belong pairs: a name, a colon and a number, in braces or each on its line")
            return []
        return list(node.value) if node is not None else []

    def _list(self, node: Any) -> list[Any]:  # noqa: ANN401
        if node is None:
            return []
        if node.id != "sequence":
            self._wrong(node, "", "here belongs a list: entries that begin with a dash, or in brackets")
            return []
        return list(node.value)

    def _names(self, node: Any) -> list[str]:  # noqa: ANN401
        return [self._name(entry) for entry in self._list(node)]

    def _name(self, node: Any) -> str:  # noqa: ANN401
        text = self._text(node)
        try:
            if text.startswith(COUNTRY_PREFIX):
                return COUNTRY_PREFIX + str(COUNTRY.clean(text.removeprefix(COUNTRY_PREFIX)))
            return self._resolve(text)
        except (NotFoundError, AmbiguousError, ValueError) as error:
            self._wrong(node, "", str(error))
            return text

    def _number(self, node: Any, key: str) -> float:  # noqa: ANN401
        try:
            number = float(self._text(node))
        except ValueError:
            number = -1.0
        if not 0 <= number < float("inf"):
            self._wrong(node, key, f"{self._text(node)!r} is not a number of 0 or more")
            return 0.0
        return number

    def _flag(self, node: Any, key: str) -> bool:  # noqa: ANN401
        try:
            return bool(text := self._text(node)) and bool(FLAG.clean(text))
        except ValueError as error:
            self._wrong(node, key, str(error))
            return False

    def _date(self, node: Any) -> str | None:  # noqa: ANN401
        if node is None:
            return None
        try:
            return str(DATE.clean(self._text(node)))
        except ValueError as error:
            self._wrong(node, "as_of", str(error))
            return None

    def _text(self, node: Any) -> str:  # noqa: ANN401
        if node is None:
            return ""
        if node.id != "scalar":
            self._wrong(node, "", "here belongs one value")
            return ""
        return str(node.value)

    def _wrong(self, node: Any, key: str, message: str) -> None:  # noqa: ANN401
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append(Problem(self._file, line, key, message))
