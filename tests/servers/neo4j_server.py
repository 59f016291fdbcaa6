"""A real Neo4j server on loopback, started from its jars and stopped by its process id."""

import queue
import secrets
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self
from urllib.parse import urlsplit

from neo4j import GraphDatabase

from servers.neo4j_release import Neo4jRelease

_PROGRAM = Path(__file__).with_name("Server.java")
_READY = "ready "
_SECONDS_TO_START = 180.0
_SECONDS_TO_STOP = 90.0


class ServerError(Exception):
    """A server could not be started, with what it said."""


class Neo4jServer:
    """One server and its folder of data; as a context manager it runs inside the block and is killed at its end.

    The folder outlives the server: `restart` finds the data there, at the same address and with the same password.
    """

    user: Final = "neo4j"

    def __init__(self, release: Neo4jRelease, home: Path, *, heap: str = "1g") -> None:
        self.release = release
        self.home = home
        self.password = ""
        self.url = ""
        self._heap = heap
        self._running: _Running | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        if self._running is None:
            raise ServerError("The server is not running.")
        return self._running.process.pid

    @property
    def auth(self) -> tuple[str, str]:
        """User and password, as the driver takes them."""
        return self.user, self.password

    @property
    def neo4j_url(self) -> str:
        """The same address by the routing scheme."""
        return self.url.replace("bolt://", "neo4j://")

    def start(self) -> None:
        """Start and wait until it answers; the first start takes a free port and sets a password."""
        if self._running is not None:
            raise ServerError(f"The server runs already, as process {self.pid}.")
        self._running = _Running(self._command())
        try:
            self.url = self._running.address()
            self.password = self.password or _set_password(self.url, self.user)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end (SIGTERM) and wait; kill it if it takes too long. What is committed stays on disk."""
        if self._running is not None:
            self._running.process.terminate()
            self._running.end(_SECONDS_TO_STOP)
            self._running = None

    def kill(self) -> None:
        """End it without a word (SIGKILL), as a power cut would."""
        if self._running is not None:
            self._running.process.kill()
            self._running.end(_SECONDS_TO_STOP)
            self._running = None

    def restart(self) -> None:
        """Stop it, if it runs, and start it again on the same folder and port."""
        self.stop()
        self.start()

    def _command(self) -> list[str]:
        java = self.release.java
        if java is None:
            raise ServerError(self.release.no_java)
        if not any(self.release.jars.glob("neo4j-kernel-*.jar")):
            raise ServerError(
                f"No jars of Neo4j in {self.release.jars}: `make neo4j-{self.release.series}` fetches them."
            )
        port = urlsplit(self.url).port
        classes = f"{self.release.jars}/*"
        command = [str(java), f"-Xmx{self._heap}", "-cp", classes, str(_PROGRAM), str(self.home)]
        return command if port is None else [*command, str(port)]


class _Running:
    """A started process whose output is read as it comes, so that it never blocks on a full pipe."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()

    def address(self) -> str:
        """Wait for the line that says where it listens."""
        said: list[str] = []
        timer = threading.Timer(_SECONDS_TO_START, self.process.kill)
        timer.start()
        try:
            while (line := self._lines.get()) is not None:
                if line.startswith(_READY):
                    return line.removeprefix(_READY).strip()
                said.append(line)
        finally:
            timer.cancel()
        raise ServerError(f"Neo4j ended, or was not ready in {_SECONDS_TO_START:.0f} s:\n{''.join(said[-40:])}")

    def end(self, seconds: float) -> None:
        """Wait for the end; after so many seconds bring it about."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        if self.process.stdin:
            self.process.stdin.close()

    def _read(self, output: IO[str]) -> None:
        with output:
            for line in output:
                self._lines.put(line)
        self._lines.put(None)


def _set_password(url: str, user: str) -> str:
    """Replace the password that every new server starts with."""
    password = secrets.token_urlsafe(16)
    with GraphDatabase.driver(url, auth=(user, "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
            password=password,
            database_="system",
        )
    return password
