"""Files taken in: read once, led through their mapping, ready to be checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from graphkit.errors import InputError, Problem
from graphkit.seeds.checking import check_sheets
from graphkit.seeds.mapped import map_sheets
from graphkit.seeds.reading import STDIN, files_of, read_bytes, read_sheets
from graphkit.seeds.sheets import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.records import Table
    from graphkit.schema import Schema
    from graphkit.seeds.checking import Checked, Decided
    from graphkit.seeds.mapping import TableMapping
    from graphkit.seeds.sheets import Sheet

__all__ = ["Intake", "Options", "Taken", "check", "take_in"]

OnError = Literal["stop", "quarantine"]


class Options(TypedDict, total=False):
    """What a caller may say about a load; see `Intake`."""

    mapping: str | Path | None
    reading: Reading
    create_missing: bool
    on_error: OnError
    replace_source: Sequence[str]
    replace_files: bool
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
        max_retire: What part of the claims there may retire so, before the load is refused.
        decisions: The file of decisions on names; beside the store when None.
    """

    mapping: str | Path | None = None
    reading: Reading = Reading()  # noqa: RUF009 - frozen
    create_missing: bool = False
    on_error: OnError = "stop"
    replace_source: Sequence[str] = ()
    replace_files: bool = False
    max_retire: float = 0.2
    decisions: str | Path | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Files as they were read.

    Attributes:
        files: Their names, without folders.
        digest: A hash of all their bytes.
        sheets: Their tables as they stand.
        stated: What these state in graphkit's own form.
    """

    files: tuple[str, ...]
    digest: str
    sheets: tuple[Sheet, ...]
    stated: tuple[Sheet, ...]


def take_in(paths: Iterable[str | Path], intake: Intake, schema: Schema) -> Taken:
    """Read all files, each once; what is wrong with any of them is told of all of them.

    Raises:
        InputError: a file cannot be read, or the mapping says what cannot be.
    """
    paths = list(paths)
    files = [file for path in paths for file in files_of(Path(path))]
    if not files:
        raise InputError([Problem(str(path), 0, "", "there is no table in this folder") for path in paths])
    mappings = _mappings(intake, schema)
    digest = blake2b(digest_size=16)
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for file in files:
        try:
            data = read_bytes(file)
            digest.update(data)
            sheets += read_sheets(file, _reading(str(file), intake.reading, mappings), data)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    names = tuple("stdin" if str(file) == STDIN else file.name for file in files)
    return Taken(names, digest.hexdigest(), tuple(sheets), tuple(map_sheets(sheets, mappings)))


def _mappings(intake: Intake, schema: Schema) -> tuple[TableMapping, ...]:
    if intake.mapping is None:
        return ()
    from graphkit.seeds.mapping_files import read_mapping

    return read_mapping(Path(intake.mapping), schema)


def _reading(file: str, told: Reading, mappings: Iterable[TableMapping]) -> Reading:
    """What the user says goes before what the mapping says."""
    mapping = next((mapping for mapping in mappings if mapping.fits("stdin" if file == STDIN else file)), None)
    if mapping is None:
        return told
    kept = mapping.reading
    return Reading(
        told.input_format,
        told.sheet or kept.sheet,
        told.encoding or kept.encoding,
        told.delimiter or kept.delimiter,
        told.header or kept.header,
    )


def check(
    taken: Taken, schema: Schema, known: Iterable[Table], *, decided: Decided, create_missing: bool = False
) -> Checked:
    """Check what was taken in; the rows told of are those of the files."""
    checked = check_sheets(taken.stated, schema, known, decided=decided, create_missing=create_missing)
    return replace(checked, sheets=taken.sheets)
