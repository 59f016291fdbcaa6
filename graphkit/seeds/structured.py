"""Records to sheets: JSON lines, JSON and YAML; nothing in a file can run, and nothing in it grows.

JSON and YAML hold a list of objects, or an object whose values are such lists. Row numbers are those of the lines where
the records start.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, Problem
from graphkit.seeds.delimited import CONFLICT_MARKS
from graphkit.seeds.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["plain_yaml", "read_json", "read_json_lines", "read_yaml"]

Records = dict[int, dict[str, Any]]


def read_json_lines(name: str, text: str, encoding: str) -> list[Sheet]:
    """Read one object from each line; a line that holds none is put aside."""
    records: Records = {}
    problems: list[Problem] = []
    refused: dict[int, list[str]] = {}
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            records[line] = _flat(json.loads(content))
        except (ValueError, RecursionError) as error:
            marked = content.startswith(CONFLICT_MARKS)
            told = "a mark of an unfinished merge; keep one side" if marked else f"is no JSON object: {error}"
            problems.append(Problem(name, line, "", told))
            refused[line] = [content]
    sheets = _sheets(name, records, f"{encoding}, JSON lines", problems)
    return [Sheet(s.file, s.columns, s.lines, s.read_as, s.problems, refused) if s.problems else s for s in sheets]


def read_json(name: str, text: str, encoding: str) -> list[Sheet]:
    """Read a list of objects, or an object whose values are such lists."""
    try:
        found = _json_records(text)
        return _of_records(name, found, f"{encoding}, JSON")
    except json.JSONDecodeError as error:
        marked = text.splitlines()[error.lineno - 1].startswith(CONFLICT_MARKS) if text.strip() else False
        told = "a mark of an unfinished merge; keep one side" if marked else f"is no JSON: {error.msg}"
        raise InputError([Problem(name, error.lineno, "", told)]) from None
    except RecursionError:
        raise InputError([Problem(name, 0, "", "is nested too deep; write a list of flat objects")]) from None


def _json_records(text: str) -> Iterable[tuple[int, object]]:
    """The records with the lines where they start."""
    whole = json.loads(text)
    if not isinstance(whole, list):
        return enumerate((record for part in _lists(whole) for record in part), 1)
    return _located(text)


def _located(text: str) -> Iterator[tuple[int, object]]:
    decoder = json.JSONDecoder()
    at, line, counted = text.index("[") + 1, 1, 0
    gap = re.compile(r"[\s,]*")
    while True:
        found = gap.match(text, at)
        at = found.end() if found else at
        if text[at] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        record, at = decoder.raw_decode(text, at)
        yield line, record


def _lists(whole: object) -> list[list[object]]:
    if isinstance(whole, dict):
        lists: list[list[object]] = [value for value in whole.values() if isinstance(value, list)]
        return lists or [[whole]]
    return [[whole]]


def read_yaml(name: str, text: str, encoding: str) -> list[Sheet]:
    """Read a list of mappings, or a mapping whose values are such lists."""
    for line, content in enumerate(text.split("\n"), 1):
        if content.startswith(CONFLICT_MARKS):
            raise InputError([Problem(name, line, "", "a mark of an unfinished merge; keep one side")])
    whole = plain_yaml(name, text, lines=True)
    records = whole if isinstance(whole, list) else [record for part in _lists(whole) for record in part]
    return _of_records(
        name,
        ((record.pop(LINE, 0) if isinstance(record, dict) else 0, record) for record in records),
        f"{encoding}, YAML",
    )


LINE = "\x00line"


def plain_yaml(name: str, text: str, *, lines: bool = False) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read YAML as plain data: no tags, no aliases, and words stay words (NO is Norway, 2025-06-13 a text).

    Args:
        name: The file, for messages.
        text: What it holds.
        lines: Whether each mapping keeps its line under `LINE`.

    Raises:
        InputError: it is no YAML, or holds tags or aliases.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise InputError([Problem(name, 0, "", "holds YAML aliases (*name); write the values out")])
        node = yaml.compose(text, Loader=loader)
        return None if node is None else _plain(name, node, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise InputError([Problem(name, mark.line + 1 if mark else 0, "", f"is no YAML: {told}")]) from None
    except RecursionError:
        raise InputError([Problem(name, 0, "", "is nested too deep; write a list of flat records")]) from None


def _plain(name: str, node: Any, lines: bool) -> Any:  # noqa: ANN401 - as above
    import yaml

    if not node.tag.startswith("tag:yaml.org,2002:") or ":python/" in node.tag:
        raise InputError([Problem(name, node.start_mark.line + 1, "", f"holds the tag {node.tag}; write plain values")])
    if isinstance(node, yaml.MappingNode):
        plain = {str(_plain(name, key, False)): _plain(name, value, lines) for key, value in node.value}
        return {LINE: node.start_mark.line + 1, **plain} if lines else plain
    if isinstance(node, yaml.SequenceNode):
        return [_plain(name, item, lines) for item in node.value]
    return _scalar(node)


_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


def _scalar(node: Any) -> object:  # noqa: ANN401 - as above
    kind, text = node.tag.rpartition(":")[2], str(node.value)
    if node.style or kind == "str":
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "float" and re.search(r"\d", text) and ":" not in text and "_" not in text:
        return float(text)
    return text


def _of_records(name: str, found: Iterable[tuple[int, object]], read_as: str) -> list[Sheet]:
    records: Records = {}
    problems = []
    for place, (line, record) in enumerate(found, 1):
        row = line or place
        while row in records:  # several records on one line
            row += 1
        try:
            records[row] = _flat(record)
        except ValueError as error:
            problems.append(Problem(name, row, "", str(error)))
    return _sheets(name, records, read_as, problems)


def _sheets(name: str, records: Records, read_as: str, problems: list[Problem]) -> list[Sheet]:
    """One sheet of nodes, one of claims, as far as there are any; the first bears the problems."""
    nodes = {line: record for line, record in records.items() if "link" not in record}
    claims = {line: record for line, record in records.items() if "link" in record}
    sheets: list[Sheet] = []
    for part in (nodes, claims):
        if part or (problems and not sheets and part is claims):
            header = dict.fromkeys(key for record in part.values() for key in record)
            columns = {key: [record.get(key) for record in part.values()] for key in header}
            sheets.append(Sheet(name, columns, list(part), read_as, tuple(problems) if not sheets else ()))
    if not sheets:
        raise InputError([Problem(name, 0, "", "holds no records; it needs a list of objects")])
    return sheets


def _flat(record: object) -> dict[str, Any]:
    """One record, the properties of an export beside its ends; `type` names a node's label or a claim's link."""
    if not isinstance(record, dict):
        raise ValueError("expected an object in braces")  # noqa: TRY004 - caught with json's own ValueError
    flat = {key: value for key, value in record.items() if key != "properties"}
    properties = record.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError("its properties are no object")  # noqa: TRY004 - as above
    flat |= properties
    if "subject" in flat and "object" in flat:
        flat["link"] = flat.pop("type", flat.get("link"))
        flat.pop("id", None)
    return flat
