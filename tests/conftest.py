"""What tests share: the real servers and the real browser, each started once and only when a test asks for it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from servers.needs import find_browser
from servers.neo4j_release import NEWEST, SUPPORTED, releases
from servers.neo4j_server import Neo4jServer
from stores_under_test import ENGINES, empty_embedded, empty_neo4j

from graphkit.stores.base import Store

# Chromium starts no connections of its own, and finds no host but this machine.
BROWSER_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
SERVER_FIXTURES = {"neo4j_server", "newest_neo4j_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the same tests run on another release of Neo4j."""
    parser.addoption("--neo4j", choices=sorted(releases()), default=SUPPORTED, help="series that neo4j_server runs")


def pytest_configure() -> None:
    """Let tables be as wide as where there is no terminal, and no test fail because the machine has other work."""
    os.environ.pop("COLUMNS", None)
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the fixtures that it asks for, so that no mark is forgotten."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & SERVER_FIXTURES:
            item.add_marker(pytest.mark.server)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A running Neo4j that the whole session shares: each test clears what it wrote."""
    series = request.config.getoption("--neo4j")
    with Neo4jServer(releases()[series], tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture(scope="session")
def newest_neo4j_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jServer]:
    """The newest Neo4j beside the supported one; skipped, with the reason, only where no Java runs it."""
    release = releases()[NEWEST]
    if request.config.getoption("--neo4j") == NEWEST:
        yield request.getfixturevalue("neo4j_server")
    elif release.java is None:
        pytest.skip(release.no_java)
    else:
        with Neo4jServer(release, tmp_path_factory.mktemp("neo4j-newest")) as server:
            yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that the whole session shares: each test opens a context of its own."""
    path = find_browser()
    assert path, "Chromium is not installed: `make test` installs it, or says what is missing."
    no_sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*BROWSER_ARGUMENTS, *no_sandbox])
        yield chromium
        chromium.close()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty graph, on each engine in turn."""
    is_embedded = request.param == "embedded"
    opened = empty_embedded(tmp_path) if is_embedded else empty_neo4j(request.getfixturevalue("neo4j_server"))
    with opened:
        yield opened


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    """An empty graph in a file."""
    with empty_embedded(tmp_path) as opened:
        yield opened
