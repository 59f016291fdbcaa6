"""Files taken in: read once, led through their mapping, ready to be checked."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from graphkit import watching
from graphkit.errors import InputError, Problem
from graphkit.seeds.checking import check_pieces
from graphkit.seeds.mapping.applying import map_sheets
from graphkit.seeds.mapping.disagreeing import Beside, disagreeing
from graphkit.seeds.reading.files import FORMATS, STDIN, ListFile, files_of, read_bytes, readable
from graphkit.seeds.reading.quarantined import QUARANTINED
from graphkit.seeds.reading.sheets import Pieces, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkit.records import Table
    from graphkit.schema import Schema
    from graphkit.seeds.checking import Checked, Decided
    from graphkit.seeds.mapping.statements import TableMapping
    from graphkit.seeds.reading.sheets import Sheet

__all__ = ["Intake", "Options", "Taken", "check", "files_in", "idle", "take_in"]

OnError = Literal["stop", "quarantine"]
WHERE = {
    "sheet": ("xlsx", "json", "yaml"),
    "encoding": ("csv", "tsv", "jsonl", "json", "yaml"),
    "delimiter": ("csv", "tsv"),
    "header": ("csv", "tsv", "xlsx"),
}
"""Which kinds of files have what `Reading` says of some."""


class Options(TypedDict, total=False):
    """What a caller may say about a load; see `Intake`."""

    mapping: str | Path | None
    reading: Reading
    create_missing: bool
    on_error: OnError
    replace_source: Sequence[str]
    replace_files: bool
    edition_of: Sequence[str]
    max_retire: float
    decisions: str | Path | None


@dataclass(frozen=True, slots=True)
class Intake:
    """How files are taken in.

    Attributes:
        mapping: What the columns of foreign tables mean.
        reading: How files are read, where they do not say it themselves.
        create_missing: Whether a name that leads to no node makes one, as a stub.
        on_error: What becomes of rows that are wrong: nothing is loaded (stop), or they are put aside (quarantine).
        replace_source: Sources of which the files are a complete new edition: what is no longer in it retires.
        replace_files: Whether the same holds for what earlier files of the same names brought.
        edition_of: Earlier files of other names of which the files are a later edition.
        max_retire: What part of the claims there may retire so, before the load is refused.
        decisions: The file of decisions on names; beside the store when None.
    """

    mapping: str | Path | None = None
    reading: Reading = Reading()  # noqa: RUF009 - frozen
    create_missing: bool = False
    on_error: OnError = "stop"
    replace_source: Sequence[str] = ()
    replace_files: bool = False
    edition_of: Sequence[str] = ()
    max_retire: float = 0.2
    decisions: str | Path | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Files that were looked at, and can be gone through.

    Attributes:
        files: Their names, without folders.
        digest: A hash of all their bytes.
        stated: What each of them states in graphkit's own form.
        lists: The files as they stand.
        wrong: The rows that problems tell of, as they stand in their files; none before they are looked up.
        beside: The names that stand beside keys, as far as the files were gone through.
    """

    files: tuple[str, ...]
    digest: str
    stated: tuple[Pieces, ...]
    lists: tuple[ListFile, ...] = ()
    wrong: tuple[Sheet, ...] = ()
    beside: Beside = field(default_factory=dict)

    def with_wrong_rows(self, problems: Iterable[Problem]) -> Taken:
        """The same, with the rows that problems tell of; the files that hold them are gone through once more."""
        lines: dict[str, set[int]] = defaultdict(set)
        for problem in problems:
            lines[problem.file].add(problem.row)
        told = {name.partition("#")[0] for name in lines} | lines.keys()  # a sheet or a list of a file has its own name
        sheets = (
            sheet for file in self.lists if told & {file.name, file.name.partition("#")[0]} for sheet in file.sheets()
        )
        return replace(self, wrong=tuple(sheet.at(lines[sheet.file]) for sheet in sheets if sheet.file in lines))


def files_in(paths: Iterable[str | Path]) -> list[Path]:
    """The files that paths name; a folder stands for all tables in it.

    Raises:
        InputError: there is none, one is empty, or a folder holds no table.
    """
    paths = list(paths)
    if not paths:
        raise InputError([Problem("", 0, "", "there is nothing to read; name a file or a folder")])
    if "" in paths:  # not the folder that one is in
        advice = "a path is empty (a variable of the shell that was never set?); name a file or a folder"
        raise InputError([Problem("", 0, "", advice)])
    files = [file for path in paths for file in files_of(Path(path))]
    if not files:
        raise InputError([Problem(str(path), 0, "", "there is no table in this folder") for path in paths])
    return files


def take_in(paths: Iterable[str | Path], intake: Intake, schema: Schema) -> Taken:
    """Look at all files; what is wrong with any of them is told of all of them.

    Raises:
        InputError: a file cannot be read, or the mapping says what cannot be.
    """
    files = files_in(paths)
    mappings = _mappings(intake, schema)
    digest = blake2b(digest_size=16)
    lists: list[ListFile] = []
    problems: list[Problem] = []
    for path in files:
        try:
            for part in _parts(path, intake.reading, mappings):
                file = ListFile(part, _reading(str(part), intake.reading, mappings))
                file.digest_into(digest)
                lists.append(file)
        except InputError as error:
            problems += error.problems
    if problems or (problems := idle(intake.reading, lists)):
        raise InputError(problems)
    names = tuple("stdin" if str(file) == STDIN else readable(file.name) for file in files)
    beside: Beside = {}
    stated = tuple(_pieces(file, mappings, beside) for file in lists)
    return Taken(names, digest.hexdigest(), stated, tuple(lists), beside=beside)


def idle(told: Reading, files: Sequence[ListFile]) -> list[Problem]:
    """What is told of how to read files, where none of them has any such thing."""
    here = dict.fromkeys(file.kind for file in files)
    return [
        Problem(f"--{name}", 0, "", f"{' and '.join(here)} files have none; leave it out")
        for name, kinds in WHERE.items()
        if getattr(told, name) and not any(kind in kinds for kind in here)
    ]


def _pieces(file: ListFile, mappings: Sequence[TableMapping], beside: Beside) -> Pieces:
    """What a file states; of a small one, that is kept."""

    def read() -> Iterator[Sequence[Sheet]]:
        rows = 0
        for sheet in file.sheets():
            rows += len(sheet)
            if not file.is_large:  # which tells more often, of its bytes
                watching.tell(f"rows of {Path(file.name).name} read", rows)
            yield map_sheets([sheet], mappings, beside)

    @cache
    def kept() -> Sequence[Sequence[Sheet]]:
        return list(read())

    return Pieces(read if file.is_large else kept, file.is_regular)


def _mappings(intake: Intake, schema: Schema) -> tuple[TableMapping, ...]:
    if intake.mapping is None:
        return ()
    from graphkit.seeds.mapping.files import read_mapping

    return read_mapping(Path(intake.mapping), schema)


def _parts(path: Path, told: Reading, mappings: Sequence[TableMapping]) -> list[Path]:
    """A file; of one that holds several tables, those that the mappings name."""
    if told.sheet or "#" in path.name or QUARANTINED in path.name:
        return [path]
    parts = list(dict.fromkeys(part for mapping in mappings for part in mapping.parts_of(str(path))))
    if any(re.search(r"[*?]", part) for part in parts):
        if FORMATS.get(path.suffix.lower()) != "xlsx":  # all lists are read, and fitted one by one
            return [path]
        from graphkit.seeds.reading.workbooks import sheet_names

        names = sheet_names(readable(path), read_bytes(path))
        parts = [name for name in names if any(fnmatchcase(name.lower(), part.lower()) for part in parts)]
    return [Path(f"{path}#{part}") for part in parts] or [path]


def _reading(file: str, told: Reading, mappings: Sequence[TableMapping]) -> Reading:
    """What the user says goes before what the mapping says; rows put aside stand in a file of graphkit's own form."""
    if QUARANTINED in file:
        return told
    name, sheet = "stdin" if file == STDIN else file, told.sheet
    form = f"{name}#{sheet}" if sheet and "#" not in name else name
    mapping = next((mapping for mapping in mappings if mapping.fits(form)), None)
    if mapping is None:
        return told
    kept = mapping.reading
    return Reading(
        told.input_format,
        sheet or kept.sheet,
        told.encoding or kept.encoding,
        told.delimiter or kept.delimiter,
        told.header or kept.header,
        kept.ditto,
    )


def check(
    taken: Taken, schema: Schema, known: Iterable[Table], *, decided: Decided, create_missing: bool = False
) -> Checked:
    """Check what was taken in; the rows told of are those of the files."""
    checked = check_pieces(taken.stated, schema, known, decided=decided, create_missing=create_missing)
    remarks = tuple(disagreeing(taken.beside, checked.names))
    return replace(checked, read_as=tuple(file.read_as for file in taken.lists), remarks=remarks)
