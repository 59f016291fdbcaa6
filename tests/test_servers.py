"""The servers and the browser that other tests rely on."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import GraphDatabase, Record
from neo4j.exceptions import AuthError
from playwright.sync_api import Browser
from servers.jdk import find_java
from servers.needs import Need, describe
from servers.neo4j_release import NEWEST, SUPPORTED, releases
from servers.neo4j_server import Neo4jServer, ServerError


@pytest.fixture
def own_server(neo4j_server: Neo4jServer, tmp_path: Path) -> Iterator[Neo4jServer]:
    """A server of this test's own, to be stopped and killed; of the same release as the shared one."""
    with Neo4jServer(neo4j_server.release, tmp_path, heap="512m") as server:
        yield server


def ask(server: Neo4jServer, text: str) -> list[Record]:
    """Run one statement."""
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        return driver.execute_query(text).records


def test_the_server_is_of_the_release_that_was_asked_for(
    neo4j_server: Neo4jServer, pytestconfig: pytest.Config
) -> None:
    """The jars of the cache are those of pom.xml."""
    series = pytestconfig.getoption("--neo4j")

    kernel = ask(
        neo4j_server, "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions"
    )

    assert kernel[0]["versions"][0] == releases()[series].version


def test_the_server_listens_on_loopback(neo4j_server: Neo4jServer) -> None:
    """Nobody else on the network reaches it."""
    assert neo4j_server.url.startswith("bolt://127.0.0.1:")


def test_the_first_password_of_every_server_is_refused(neo4j_server: Neo4jServer) -> None:
    """Tests log in as users do."""
    with GraphDatabase.driver(neo4j_server.url, auth=("neo4j", "neo4j")) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_the_routing_scheme_reaches_the_server(neo4j_server: Neo4jServer) -> None:
    """neo4j:// finds the same server as bolt://."""
    with GraphDatabase.driver(neo4j_server.neo4j_url, auth=neo4j_server.auth) as driver:
        answer = driver.execute_query("RETURN 1 AS one").records

    assert [record["one"] for record in answer] == [1]


def test_data_outlives_a_restart_and_a_crash(own_server: Neo4jServer) -> None:
    """The same folder, address and password serve again, with what was committed."""
    before = own_server.url
    ask(own_server, "CREATE (:Kept {by: 'stop'})")

    own_server.restart()
    ask(own_server, "CREATE (:Kept {by: 'crash'})")
    pid = own_server.pid
    own_server.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    own_server.start()

    kept = ask(own_server, "MATCH (n:Kept) RETURN n.by AS by ORDER BY by")
    assert [record["by"] for record in kept] == ["crash", "stop"]
    assert own_server.url == before


def test_a_server_that_cannot_start_says_why(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    """What Neo4j said is in the error: here, that its folder is a file."""
    home = tmp_path / "file"
    home.touch()

    with pytest.raises(ServerError, match=f"(?s)Neo4j ended.*{home}"):
        Neo4jServer(neo4j_server.release, home).start()


def test_a_release_without_its_java_or_jars_is_an_error(tmp_path: Path) -> None:
    """Nothing is skipped because a machine is not ready; the error says what to do."""
    supported = releases()[SUPPORTED]

    with pytest.raises(ServerError, match="needs Java 1001: none in"):
        Neo4jServer(replace(supported, oldest_java=1001, newest_java=1001), tmp_path).start()
    with pytest.raises(ServerError, match="`make neo4j-unknown` fetches them"):
        Neo4jServer(replace(supported, series="unknown"), tmp_path).start()


def test_pom_names_a_supported_and_a_newest_release() -> None:
    """Both series carry an exact version and the Java that runs them."""
    assert {release.series: (release.oldest_java, release.newest_java) for release in releases().values()} == {
        SUPPORTED: (17, 21),
        NEWEST: (25, 25),
    }
    assert all(version.count(".") == 2 for version in (release.version for release in releases().values()))


@pytest.mark.parametrize(("version", "found"), [("17.0.15", True), ("21", True), ("11.0.2", False), ("25.0.3", False)])
def test_java_is_found_by_what_it_says_of_itself(
    version: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home named in the environment counts if its `java` is of a fitting version, and comes first."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert (find_java(17, 21) == java.resolve()) is found


def test_no_java_fits_an_unknown_version() -> None:
    """A machine without the Java of a release says so instead of trying another."""
    assert find_java(1001, 1002) is None


def test_a_missing_need_is_named_with_its_packages() -> None:
    """Whoever may not use apt reads what to ask for."""
    java = Need("Java 17 to 21", lambda: False, (("openjdk-17-jre-headless", "openjdk-21-jre-headless"), ("maven",)))

    assert describe((java,)) == "  Java 17 to 21 (Debian: openjdk-17-jre-headless or openjdk-21-jre-headless, maven)"


def test_the_browser_draws_chinese_with_a_font(browser: Browser) -> None:
    """Two different characters have two different shapes: neither is the box for a missing one."""
    page = browser.new_page()
    page.set_content("<p style='font-size: 40px'>芯</p><p style='font-size: 40px'>片</p>")

    pictures = {paragraph.screenshot() for paragraph in page.locator("p").all()}

    page.close()
    assert len(pictures) == 2


def test_the_browser_reaches_no_other_host(browser: Browser) -> None:
    """A page that asks the network for something gets nothing."""
    page = browser.new_page()
    failed: list[str | None] = []
    page.on("requestfailed", lambda request: failed.append(request.failure))

    page.set_content("<img src='http://example.invalid/x.png'>")

    page.close()
    assert failed == ["net::ERR_NAME_NOT_RESOLVED"]
