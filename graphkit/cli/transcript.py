"""Commands with their real output, for the README: run on the shipped seeds, in a graph of their own."""

from __future__ import annotations

import shlex
import tempfile
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.config import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["transcript"]

WIDTH = "110"


def transcript(
    command: str, *, lines: int | None = None, files: Mapping[str, str] = MappingProxyType({}), code: int = 0
) -> str:
    """A command as it is typed, and what it prints.

    Args:
        command: The command.
        lines: How many lines of long output are shown.
        files: Files that lie in the folder where it runs, by name.
        code: How it ends.

    Raises:
        AssertionError: it ended in another way.
    """
    words = shlex.split(command)[1:]
    style = () if "--format" in words or words[0] in {"check", "export", "load"} else ("--format", "table")
    runner = CliRunner()
    environment = {"GRAPHKIT_STORE": _seeded(), "COLUMNS": WIDTH}
    with runner.isolated_filesystem():
        for name, text in files.items():
            Path(name).write_text(text, "utf-8")
        result = runner.invoke(cli, [*words, *style], env=environment)
    if result.exit_code != code:
        raise AssertionError(f"{command}: {result.output}")
    printed = result.output.rstrip().splitlines()
    shown = printed if lines is None or len(printed) <= lines else [*printed[:lines], "…"]
    return "\n".join(["```console", f"$ {command}", *shown, "```"])


@cache
def _seeded() -> str:
    """The URL of a graph that holds the shipped seeds and lasts as long as this process."""
    folder = tempfile.mkdtemp(prefix="graphkit-")
    url = f"embedded:{Path(folder) / 'graph.lbug'}"
    loaded = CliRunner().invoke(cli, ["load", str(data_folder("seeds")), "--store", url])
    if loaded.exit_code:
        raise AssertionError(loaded.output)
    return url
