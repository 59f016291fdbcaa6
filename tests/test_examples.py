"""What the documentation shows is what happens: the example of each command, and the question in the README."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from graphkit.cli import COMMANDS, cli
from graphkit.config import data_folder
from graphkit.model import MODEL
from graphkit.queries import load_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a graph that holds the shipped seeds."""
    url = f"embedded:{tmp_path_factory.mktemp('seeded') / 'graph.lbug'}"
    loaded = CliRunner().invoke(cli, ["load", str(data_folder("seeds")), "--store", url])
    assert loaded.exit_code == 0, loaded.output
    return url


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in, with the seeds beside, as in a checkout."""
    (tmp_path / "seeds").symlink_to(data_folder("seeds"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_each_command_runs(name: str, seeded: str, folder: Path) -> None:
    """The last line of each help is a command that works as it stands, on the shipped seeds."""
    shown = CliRunner().invoke(cli, [name, "--help"], env={"COLUMNS": "200"}).output
    example = re.findall(r"Example:\n\s+graphkit (.+)", shown)[-1]
    load = CliRunner().invoke(
        cli,
        ["cypher", "MATCH (l:Load) RETURN l.id AS id ORDER BY id", "--format", "csv"],
        env={"GRAPHKIT_STORE": seeded},
    )
    words = shlex.split(re.sub(r"load:\S+", load.output.splitlines()[-1], example))
    own = {"demo": f"embedded:{folder / 'demo.lbug'}", "undo": f"embedded:{folder / 'undo.lbug'}"}
    if name == "undo":
        CliRunner().invoke(cli, ["load", "seeds", "--store", own["undo"]])
        words[-1] = _newest_load(own["undo"])

    done = CliRunner().invoke(cli, words, env={"GRAPHKIT_STORE": own.get(name, seeded)})

    assert done.exit_code == 0, done.output
    assert done.output.strip()


def _newest_load(url: str) -> str:
    listed = CliRunner().invoke(cli, ["loads", "--store", url, "--format", "csv"])
    return listed.output.splitlines()[1].split(",")[0]


def test_the_own_question_of_the_readme_runs(seeded: str, folder: Path) -> None:
    """The question that the README writes passes the checks and answers."""
    text = re.search(r"```cypher\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert text is not None
    (folder / "mine").mkdir()
    (folder / "mine" / "makers_in.cypher").write_text(text[1], "utf-8")

    done = CliRunner().invoke(
        cli, ["query", "makers_in", "TW", "--queries", "mine", "--format", "csv"], env={"GRAPHKIT_STORE": seeded}
    )

    assert done.exit_code == 0, done.output
    assert len(done.output.splitlines()) > 10


def test_every_question_is_in_the_readme() -> None:
    """A question that the README does not list is one that nobody finds."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in load_folder(data_folder("cypher"), schema=MODEL) if f"| {name} |" not in readme] == []
