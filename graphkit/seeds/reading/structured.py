"""Records to sheets: JSON lines, JSON and YAML; nothing in a file can run, and nothing in it grows.

JSON and YAML hold a list of objects, or an object whose values are such lists. Row numbers are those of the lines where
the records start.
"""

from __future__ import annotations

import json
import re
from collections import ChainMap
from typing import TYPE_CHECKING, Any

from graphkit.errors import InputError, Problem
from graphkit.seeds.reading.conflicts import LONE, MARKS, find_conflicts, has_marks, lone_mark, without
from graphkit.seeds.reading.objects import LINE, flat, free, json_parts, load_json, parts_of, whole_number
from graphkit.seeds.reading.sheets import Sheet
from graphkit.values import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graphkit.seeds.reading.conflicts import Conflict
    from graphkit.seeds.reading.objects import Parts

__all__ = ["plain_yaml", "read_json", "read_json_lines", "read_yaml"]

Records = dict[int, dict[str, Any]]
Located = list[tuple[int, Any]]


def read_json_lines(name: str, text: str, encoding: str) -> list[Sheet]:
    """Read one object from each line; a line that holds none is put aside."""
    lines = text.split("\n")
    conflicts = find_conflicts(lines) if has_marks(text) else []
    records: Records = {}
    problems = [conflict.problem(name, lines) for conflict in conflicts]
    refused: dict[int, object] = {conflict.start: None for conflict in conflicts}
    for number, content in enumerate(without(lines, conflicts), 1):
        if content.strip():
            try:
                records[number] = flat(load_json(content))
            except (ValueError, RecursionError) as error:
                problems.append(Problem(name, number, "", LONE if content.startswith(MARKS) else _trouble(error)))
                refused[number] = content
    for number in (number for conflict in conflicts for side in conflict.sides for number in side):
        refused[number] = _loaded(lines[number - 1])
    return _sheets(name, records, f"{encoding}, JSON lines", problems, refused)


def _trouble(error: Exception) -> str:
    """What is wrong with a line, and where in it."""
    if isinstance(error, json.JSONDecodeError):
        return f"is no JSON object: {error.msg} at sign {error.colno}"
    return "is nested too deep; write flat objects" if isinstance(error, RecursionError) else str(error)


def _loaded(content: str) -> object:
    try:
        return load_json(content)
    except (ValueError, RecursionError):
        return content


def read_json(name: str, text: str, encoding: str, wanted: str = "") -> list[Sheet]:
    """Read a list of objects, an object whose values are such lists or objects, or one object from each line."""
    try:
        return _of_parts(_named(name, wanted), text, lambda part: json_parts(part, wanted), f"{encoding}, JSON")
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip().startswith("{"):
            return read_json_lines(name, text, encoding)
        raise InputError([Problem(name, error.lineno, "", f"is no JSON: {error.msg}")]) from None
    except ValueError as error:
        raise InputError([Problem(name, 0, "", str(error))]) from None
    except RecursionError:
        raise InputError([Problem(name, 0, "", "is nested too deep; write a list of flat objects")]) from None


def read_yaml(name: str, text: str, encoding: str, wanted: str = "") -> list[Sheet]:
    """Read a list of mappings, or a mapping whose values are such lists or mappings."""

    def parts(part: str) -> Parts:
        whole = plain_yaml(name, part, lines=True)
        if isinstance(whole, dict):
            whole.pop(LINE, None)
            return parts_of(whole, lambda record: record.pop(LINE, 0) if isinstance(record, dict) else 0, wanted)
        records = whole if isinstance(whole, list) else [whole]
        return {"": [(record.pop(LINE, 0) if isinstance(record, dict) else 0, record) for record in records]}

    try:
        return _of_parts(_named(name, wanted), text, parts, f"{encoding}, YAML")
    except ValueError as error:
        raise InputError([Problem(name, 0, "", str(error))]) from None


def _named(name: str, wanted: str) -> str:
    """How the sheet of one list is called."""
    return f"{name}#{wanted}" if wanted and "#" not in name else name


def _of_parts(name: str, text: str, parts: Callable[[str], Parts], read_as: str) -> list[Sheet]:
    """The sheets of a text; of unfinished merges, what both sides say alike is read, and the rest is put aside."""
    if not has_marks(text):
        return [sheet for part, found in parts(text).items() for sheet in _of_records(name, part, found, read_as)]
    lines = text.split("\n")
    conflicts = find_conflicts(lines)
    if not conflicts:
        raise InputError([Problem(name, lone_mark(lines), "", LONE)])
    try:
        ours, theirs = (parts("\n".join(without(lines, conflicts, keep=side))) for side in (0, 1))
    except (ValueError, RecursionError, InputError):
        raise InputError([conflict.problem(name, lines) for conflict in conflicts]) from None
    sheets = []
    for part, found in ours.items():
        common, refused, starts = _alike(found, theirs.get(part, []), conflicts)
        told = [conflict.problem(name, lines) for conflict in conflicts if conflict.start in starts]
        sheets += _of_records(name, part, common, read_as, told, refused)
    return sheets


def _alike(
    ours: Located, theirs: Located, conflicts: Sequence[Conflict]
) -> tuple[Located, dict[int, object], set[int]]:
    """What both sides say; what only one says, with a row of its own; and the conflicts that it stands in."""
    said = {_word_for_word(record) for _, record in ours} & {_word_for_word(record) for _, record in theirs}
    refused: dict[int, object] = {}
    starts = set()
    for line, record in (*ours, *theirs):
        if _word_for_word(record) not in said:
            first = next((conflict.start for conflict in conflicts if conflict.end > line), line)
            starts.add(first)
            refused.setdefault(first, None)
            refused[free(max(line, first + 1), refused)] = record
    return [(line, record) for line, record in ours if _word_for_word(record) in said], refused, starts


def _word_for_word(record: object) -> str:
    return json.dumps(record, sort_keys=True, default=str)


def plain_yaml(name: str, text: str, *, lines: bool = False) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read YAML as plain data: no tags, no aliases, and words stay words (NO is Norway, 2025-06-13 a text).

    Args:
        name: The file, for messages.
        text: What it holds.
        lines: Whether each mapping keeps its line under `LINE`.

    Raises:
        InputError: it is no YAML, holds tags or aliases, or names a key twice.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_growth(name, yaml.parse(text, Loader=loader))
        node = yaml.compose(text, Loader=loader)
        return None if node is None else _plain(name, node, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise InputError([Problem(name, mark.line + 1 if mark else 0, "", f"is no YAML: {told}")]) from None


def _refuse_growth(name: str, events: Iterable[Any]) -> None:
    """Refuse what would grow, and what is nested so deep that it would end the process."""
    import yaml

    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise InputError([Problem(name, 0, "", "holds YAML aliases (*name); write the values out")])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            told = "is nested too deep; write a list of flat records"
            raise InputError([Problem(name, event.start_mark.line + 1, "", told)])


def _plain(name: str, node: Any, lines: bool) -> Any:  # noqa: ANN401 - as above
    import yaml

    if not node.tag.startswith("tag:yaml.org,2002:") or ":python/" in node.tag:
        raise InputError([Problem(name, node.start_mark.line + 1, "", f"holds the tag {node.tag}; write plain values")])
    if isinstance(node, yaml.MappingNode):
        plain: dict[str, Any] = {}
        for key, value in node.value:
            named = str(_plain(name, key, False))
            if named in plain:
                raise InputError(
                    [Problem(name, key.start_mark.line + 1, "", f"names {named!r} twice; keep one of them")]
                )
            plain[named] = _plain(name, value, lines)
        return {LINE: node.start_mark.line + 1, **plain} if lines else plain
    if isinstance(node, yaml.SequenceNode):
        return [_plain(name, item, lines) for item in node.value]
    return _scalar(node)


DEEPEST = 100
"""Nothing in a YAML file is nested deeper."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


def _scalar(node: Any) -> object:  # noqa: ANN401 - as above
    kind, text = node.tag.rpartition(":")[2], str(node.value)
    if node.style or kind == "str":
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if kind == "int" and _INTEGER.fullmatch(text):
        return whole_number(text)
    if kind == "float" and re.search(r"\d", text) and ":" not in text and "_" not in text:
        return float(text)
    return text


def _of_records(
    name: str,
    part: str,
    found: Iterable[tuple[int, object]],
    read_as: str,
    problems: Sequence[Problem] = (),
    refused: Mapping[int, object] | None = None,
) -> list[Sheet]:
    records: Records = {}
    wrong, aside, latest = list(problems), dict(refused or {}), dict[int, int]()
    named = f"{name}#{part}" if part else name
    for place, (line, record) in enumerate(found, 1):
        first = line or place
        row = latest[first] = free(latest.get(first, first), ChainMap[int, Any](records, aside))  # of several on a line
        try:
            records[row] = flat(record)
        except ValueError as error:
            wrong.append(Problem(named, row, "", str(error)))
            aside[row] = record
    return _sheets(named, records, read_as, wrong, aside)


def _sheets(
    name: str, records: Records, read_as: str, problems: Sequence[Problem], refused: Mapping[int, object]
) -> list[Sheet]:
    """One sheet of nodes, one of claims, as far as there are any; the first bears the problems."""
    parts = [{line: row for line, row in records.items() if ("link" in row) is claims} for claims in (False, True)]
    headers = [dict.fromkeys(key for record in part.values() for key in record) for part in parts]
    whole = list(dict.fromkeys(key for header in headers for key in header))
    cells = {line: _cells(record, whole) for line, record in refused.items()}
    sheets: list[Sheet] = []
    for part, header in zip(parts, headers, strict=True):
        if part or (problems and not sheets and part is parts[1]):
            columns = {key: [record.get(key) for record in part.values()] for key in header}
            bears = not sheets
            told = [Problem(name, problem.row, problem.column, problem.message) for problem in problems]
            sheets.append(
                Sheet(name, columns, list(part), read_as, tuple(told) if bears else (), cells if bears else {})
            )
    if not sheets:
        raise InputError([Problem(name, 0, "", "holds no records; it needs a list of objects")])
    return sheets


def _cells(record: object, header: Sequence[str]) -> list[str]:
    """A refused record under the header of its table; what is no record goes into the first cell."""
    if record is None:
        return []
    try:
        row = flat(record)
    except ValueError:
        return [str(record)]
    return ["" if (value := row.get(name)) is None else write(value) for name in header]
