"""What the documentation shows is what happens: the example of each command, and the question in the README."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import COMMANDS, cli
from graphkit.config import data_folder
from graphkit.model import MODEL
from graphkit.queries import load_folder

ROOT = Path(__file__).parent.parent


SUPPLIERS = "supplier,customer,item,share\n胜宏科技,英伟达,PCB,35%\n沪电股份,英伟达,PCB,20%\n"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that holds the shipped seeds."""
    path = tmp_path_factory.mktemp("seeded") / "graph.lbug"
    loaded = CliRunner().invoke(cli, ["load", str(data_folder("seeds")), "--store", f"embedded:{path}"])
    assert loaded.exit_code == 0, loaded.output
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeded: Path) -> Path:
    """A folder to work in: the seeds beside, a foreign list, and a graph of its own that holds the seeds."""
    (tmp_path / "seeds").symlink_to(data_folder("seeds"))
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS, "utf-8")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    shutil.copy(seeded, tmp_path / "graph.lbug")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPHKIT_STORE", f"embedded:{tmp_path / 'graph.lbug'}")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.usefixtures("folder")
def test_the_example_of_each_command_runs(name: str) -> None:
    """The last line of each help is a command that works as it stands, on the shipped seeds."""
    shown = CliRunner().invoke(cli, [name, "--help"], env={"COLUMNS": "200"}).output
    example = re.findall(r"Example:\n\s+graphkit (.+)", shown)[-1]
    loads = CliRunner().invoke(cli, ["cypher", "MATCH (l:Load) RETURN l.id AS id ORDER BY id", "--format", "csv"])
    words = shlex.split(re.sub(r"load:\S+", loads.output.splitlines()[-1], example))

    done = CliRunner().invoke(cli, words)

    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_the_own_question_of_the_readme_runs(folder: Path) -> None:
    """The question that the README writes passes the checks and answers."""
    text = re.search(r"```cypher\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert text is not None
    (folder / "mine").mkdir()
    (folder / "mine" / "makers_in.cypher").write_text(text[1], "utf-8")

    done = CliRunner().invoke(cli, ["query", "makers_in", "TW", "--queries", "mine", "--format", "csv"])

    assert done.exit_code == 0, done.output
    assert len(done.output.splitlines()) > 10


def _shell_lines() -> list[str]:
    """The commands of the README that need no server and stand in no transcript."""
    blocks = re.findall(r"```sh\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("graphkit ") and "neo4j" not in line]


@pytest.mark.parametrize("line", _shell_lines())
def test_every_command_of_the_readme_runs(folder: Path, line: str) -> None:
    """What a reader copies works as it stands, in Chinese too."""
    shutil.copy(min((data_folder("seeds") / "chains").glob("*.csv")), "新名单.csv")

    done = CliRunner().invoke(cli, shlex.split(line)[1:])

    assert done.exit_code == 0, done.output
    assert done.stdout.strip()
    assert all((folder / name).stat().st_size > 100_000 for name in re.findall(r"-o (\S+)", line))


def test_the_library_example_of_the_readme_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python of the README prints makers and where a source names one."""
    text = re.search(r"```python\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert text is not None

    exec(text[1], {})  # noqa: S102 - our own README

    assert "史陶比尔 CH (" in capsys.readouterr().out
    assert (folder / "nvidia.html").exists()


def test_every_question_is_in_the_readme() -> None:
    """A question that the README does not list is one that nobody finds."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in load_folder(data_folder("cypher"), schema=MODEL) if f"| {name} |" not in readme] == []
