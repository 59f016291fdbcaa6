"""Both ways of installing bring the queries and the seeds, and every version that is installed is pinned."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[1]
FOLDERS = ("cypher", "seeds")


def pip(*arguments: str | Path) -> None:
    """Run pip without the network: the build backend is one of the tests' own packages."""
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-build-isolation")
    subprocess.run([sys.executable, "-m", "pip", arguments[0], *options, *arguments[1:]], check=True)


def data_folders(installed: Path, cwd: Path) -> list[Path]:
    """Where a program that sees this installation, and not the one under test, finds `cypher` and `seeds`."""
    program = f"""
import site, sys
sys.path.remove({str(ROOT)!r})
site.addsitedir({str(installed)!r})
from graphkit.config import data_folder
for name in {FOLDERS!r}:
    print(data_folder(name))
"""
    ran = subprocess.run([sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, check=True)
    return [Path(line) for line in ran.stdout.splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below by its relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sources(name: str) -> dict[str, bytes]:
    """What one folder of the repository should bring along."""
    return {path: text for path, text in contents(ROOT / name).items() if "__pycache__" not in path}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("graphkit-*.whl")
    return built


def test_the_wheel_holds_the_package_and_its_data_only(wheel: Path) -> None:
    """No tests, no benchmarks, nothing beside the package."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"graphkit"}
    assert "graphkit/py.typed" in names


def test_an_installed_wheel_finds_its_own_queries_and_seeds(wheel: Path, tmp_path: Path) -> None:
    """They come with the package, file by file, wherever it is started."""
    installed = tmp_path / "site"
    pip("install", "--target", installed, wheel)

    found = data_folders(installed, tmp_path)

    assert all(folder.is_relative_to(installed) for folder in found)
    assert [contents(folder) for folder in found] == [sources(name) for name in FOLDERS]


def test_an_editable_install_finds_those_of_the_repository(tmp_path: Path) -> None:
    """Editing a query or a seed needs no new installation: there is no copy that could be stale."""
    installed = tmp_path / "site"
    pip("install", "--target", installed, "--editable", ROOT)

    assert data_folders(installed, tmp_path) == [ROOT / name for name in FOLDERS]
    assert not (installed / "graphkit").exists()


def test_every_installed_version_is_pinned() -> None:
    """What graphkit and its extras bring in, directly or not, is in constraints.txt as it is installed here."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {canonicalize_name(name): version for name, version in pins.items()}

    installed = needed_by("graphkit", frozenset({"test", "check", "py2neo", "frames"}), {})

    assert {name: version for name, version in installed.items() if pinned.get(name) != version} == {}


def test_constraints_name_versions_and_nothing_else() -> None:
    """No address, no file, no range."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", line)] == []


def needed_by(name: str, extras: frozenset[str], known: dict[NormalizedName, str]) -> dict[NormalizedName, str]:
    """The installed version of everything that a distribution requires, followed to the end."""
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        required = canonicalize_name(requirement.name)
        wanted = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras}
        )
        if wanted and required not in {*known, "graphkit"}:
            known[required] = distribution(required).version
            needed_by(required, frozenset(requirement.extras), known)
    return known
