"""Options that say how files are taken in, shared by the commands that read files."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import click

from graphkit.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.loading import Options

__all__ = [
    "create_missing_option",
    "decisions_option",
    "dry_run_option",
    "intake_options",
    "options_of",
    "quiet_option",
    "reading_options",
]

Command = TypeVar("Command", bound="Callable[..., object]")

create_missing_option = click.option(
    "--create-missing", is_flag=True, help="Names that are not known become new nodes, marked as stubs."
)
decisions_option = click.option(
    "--decisions", type=click.Path(), metavar="FILE", help="Decisions on names; else beside the store."
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
quiet_option = click.option("--quiet", is_flag=True, help="Show no progress.")
READING = (
    click.option("--input-format", metavar="KIND", help="csv, tsv, jsonl, json, yaml, xlsx or parquet; else by name."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook; FILE.xlsx#NAME says the same."),
    click.option("--encoding", metavar="NAME", help="The encoding; found out when not given."),
    click.option("--delimiter", metavar="SIGN", help="What separates cells; found out when not given."),
    click.option("--header", type=click.IntRange(1), metavar="ROW", help="The row that holds the header."),
)
INTAKE = (
    click.option("--mapping", type=click.Path(), metavar="FILE", help="What the columns of a foreign table mean."),
    *READING,
    create_missing_option,
    decisions_option,
)


def reading_options(command: Command) -> Command:
    """How a file is read, where it does not say so itself."""
    for option in reversed(READING):
        command = option(command)
    return command


def intake_options(command: Command) -> Command:
    """How files are taken in."""
    for option in reversed(INTAKE):
        command = option(command)
    return command


def options_of(told: dict[str, object]) -> Options:
    """What the library calls the options that the command line was given."""
    from graphkit.seeds.reading.sheets import Reading

    delimiter = str(told.pop("delimiter") or "").replace("\\t", "\t")
    if len(delimiter) > 1:
        advice = "is more than one sign; write one, such as ';' or '\\t'"
        raise InputError([Problem("--delimiter", 0, "", f"{delimiter!r} {advice}")])
    reading = Reading(
        input_format=str(told.pop("input_format") or "").lower(),
        sheet=str(told.pop("sheet") or ""),
        encoding=str(told.pop("encoding") or ""),
        delimiter=delimiter,
        header=int(str(told.pop("header") or 0)),
    )
    return cast("Options", {"reading": reading, **told})
