"""The map from a wheel: template, style, scripts and the contract come with the package."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from graphkit.maps import build, chain_map
from graphkit.records import Node

ROOT = Path(__file__).parents[2]
PROGRAM = """
import graphkit
from graphkit.maps import SCHEMA, build, chain_map
from graphkit.records import Node

chain_map(build([Node("Company", "company:a", {"name_zh": "甲"})], [], title="图", as_of="")).save("map.html")
print(graphkit.__file__, SCHEMA.is_file(), sep="|")
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with graphkit from its wheel; what graphkit needs is lent by the tests' own."""
    folder = tmp_path_factory.mktemp("installed")
    offline = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    pip = (sys.executable, "-m", "pip")
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "fresh"], check=True)
    fresh = folder / "fresh" / "bin" / "python"
    (wheel,) = folder.glob("graphkit-*.whl")
    subprocess.run([*pip, "--python", fresh, "install", *offline, wheel], check=True)
    (site,) = (folder / "fresh").glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return fresh


def test_an_installed_wheel_draws_the_same_map(python: Path, tmp_path: Path) -> None:
    """From another folder, with nothing of the repository in sight, every asset is found and the page is the same."""
    ran = subprocess.run([python, "-I", "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=True)
    place, has_contract = ran.stdout.strip().split("|")
    here = chain_map(build([Node("Company", "company:a", {"name_zh": "甲"})], [], title="图", as_of=""))

    assert Path(place).is_relative_to(python.parents[1])
    assert has_contract == "True"
    assert (tmp_path / "map.html").read_text("utf-8") == here.html
