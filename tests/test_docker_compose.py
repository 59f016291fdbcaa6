"""docker-compose.yml: valid, pinned, and safe to start as it is."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from servers.neo4j_release import SUPPORTED, releases

COMPOSE = Path(__file__).parents[1] / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as YAML reads it, its variables not filled in."""
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def neo4j(compose: dict[str, Any]) -> dict[str, Any]:
    """The one service."""
    service: dict[str, Any] = compose["services"]["neo4j"]
    return service


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """Hold the file against the JSON schema of the Compose specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_follows_the_compose_specification() -> None:
    """Compose will take it."""
    checked = check(COMPOSE)

    assert (checked.returncode, checked.stdout.strip()) == (0, "ok -- validation done")


def test_the_specification_refuses_a_misspelt_key(tmp_path: Path) -> None:
    """The check before this one can fail."""
    misspelt = tmp_path / "docker-compose.yml"
    misspelt.write_text(COMPOSE.read_text(encoding="utf-8").replace("healthcheck:", "health_check:"), encoding="utf-8")

    checked = check(misspelt)

    assert checked.returncode == 1
    assert "'health_check' was unexpected" in checked.stdout


def test_the_image_is_the_release_that_the_tests_run(neo4j: dict[str, Any]) -> None:
    """What users start is what was tested, to the patch."""
    assert neo4j["image"] == f"neo4j:{releases()[SUPPORTED].version}-community"


def test_every_port_is_on_loopback_only(neo4j: dict[str, Any]) -> None:
    """A database on somebody's laptop is not the network's business."""
    assert neo4j["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]
    assert "network_mode" not in neo4j


def test_the_password_is_required_and_not_in_the_file(neo4j: dict[str, Any]) -> None:
    """Without NEO4J_PASSWORD Compose stops; a default would become everybody's password."""
    required = re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", neo4j["environment"]["NEO4J_AUTH"])

    assert required
    assert re.findall(r"\$\{NEO4J_PASSWORD[^}]*\}", COMPOSE.read_text(encoding="utf-8")) == [
        required[0][len("neo4j/") :]
    ]


def test_health_means_that_a_query_is_answered(neo4j: dict[str, Any]) -> None:
    """`docker compose up --wait` returns when queries work, and the password is not written out for it."""
    kind, command = neo4j["healthcheck"]["test"]

    assert kind == "CMD-SHELL"
    assert command == 'cypher-shell --user neo4j --password "$${NEO4J_AUTH#neo4j/}" "RETURN 1"'


def test_data_lives_in_a_named_volume(compose: dict[str, Any], neo4j: dict[str, Any]) -> None:
    """A new container finds the old graph."""
    assert neo4j["volumes"] == ["data:/data"]
    assert list(compose["volumes"]) == ["data"]


def test_nothing_is_reported_to_the_maker(neo4j: dict[str, Any]) -> None:
    """Usage reports would leave the machine."""
    assert neo4j["environment"]["NEO4J_dbms_usage__report_enabled"] == "false"
