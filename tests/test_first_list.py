"""Pages of docs/ with commands: each command runs, and prints what the page says; WRITE_DOCS=1 writes the page anew."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"```(csv|console|yaml)\n(.*?)```", re.DOTALL)
VARYING = (
    (re.compile(r"load:\d{8}T\d{12}-"), "load:20260102T030405000000-"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}"), "2026-01-02T03:04:05.000000"),
    (re.compile(r"\d{4}-\d\d-\d\d(?= \|$)", re.MULTILINE), "2026-01-02"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "2026-01-02 03:04 UTC"),
)


def mend(path: Path) -> None:
    """Do to the file of refused rows what the page tells the reader to do."""
    lines = path.read_text("utf-8").splitlines()
    kept = [
        lines[0],
        *(line for line in lines[1:] if not re.match(r"'?(<<<|===|>>>)|Micron,USA,NVIDIA,HBM3E,11", line)),
    ]
    text = "\n".join(kept).replace("about half", "50")
    path.write_text(text + "\n", "utf-8")


def run_page(folder: Path, text: str) -> str:
    """The page with the output that its commands print now."""

    def block(found: re.Match[str]) -> str:
        kind, body = found[1], found[2]
        if kind == "csv":
            name = re.findall(r"`([\w.]+\.csv)`", text[: found.start()])[-1]
            (folder / name).write_text(body, "utf-8")
            return found[0]
        if kind == "yaml":
            return f"```yaml\n{(folder / 'suppliers.yaml').read_text('utf-8')}```"
        printed = []
        for line in body.splitlines():
            if line.startswith("$ "):
                words = shlex.split(line.removeprefix("$ graphkit "))
                if words[:2] == ["load", "suppliers_2024.csv.quarantine.csv"] and not (folder / "mended").exists():
                    mend(folder / "suppliers_2024.csv.quarantine.csv")
                    (folder / "mended").touch()
                result = CliRunner().invoke(cli, words, env={"GRAPHKIT_STORE": f"embedded:{folder / 'graph.lbug'}"})
                assert result.exit_code in (0, 1), result.output
                printed += [line, *result.output.replace(f"{folder}/", "").splitlines()]
                printed += ["(exit code 1)"] if result.exit_code else []
        told = "\n".join(f"{line.rstrip()}" for line in printed)
        for pattern, constant in VARYING:
            told = pattern.sub(constant, told)
        return f"```console\n{told}\n```"

    return BLOCK.sub(block, text)


@pytest.mark.parametrize("page", ["first-list.md", "history.md"])
def test_the_page_says_what_the_commands_print(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A messy foreign table to a map, and a list that comes again; set WRITE_DOCS=1 to write the pages anew."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("graphkit.cli.progress.LINES_APART", float("inf"))  # a slow machine tells of its progress
    path = DOCS / page
    told = path.read_text("utf-8")
    now = run_page(tmp_path, told)
    if os.environ.get("WRITE_DOCS"):
        path.write_text(now, "utf-8")
        told = now

    assert now == told


def test_the_map_of_the_first_list_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page ends with a map, and there it is."""
    monkeypatch.chdir(tmp_path)
    run_page(tmp_path, (DOCS / "first-list.md").read_text("utf-8"))

    assert (tmp_path / "nvidia.html").stat().st_size > 100_000
