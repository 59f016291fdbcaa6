"""Which Neo4j releases the tests run, as pom.xml names them."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from servers.jdk import find_java

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_POM = _HERE / "pom.xml"
_IN_POM = {"m": "http://maven.apache.org/POM/4.0.0"}

SUPPORTED = "5.26"
NEWEST = "2026"


@dataclass(frozen=True, slots=True)
class Neo4jRelease:
    """One release of Neo4j Community, and the Java versions that run it."""

    series: str
    version: str
    oldest_java: int
    newest_java: int

    @property
    def jars(self) -> Path:
        """Where `make` puts the jars of this series."""
        return _ROOT / ".cache" / "neo4j" / self.series

    @property
    def java(self) -> Path | None:
        """A `java` of this machine that runs this release."""
        return find_java(self.oldest_java, self.newest_java)

    @property
    def no_java(self) -> str:
        """The sentence for a machine without such a `java`."""
        versions = " to ".join(dict.fromkeys((str(self.oldest_java), str(self.newest_java))))
        return f"Neo4j {self.version} needs Java {versions}: none in JAVA{self.newest_java}_HOME, PATH or /usr/lib/jvm."


def releases() -> dict[str, Neo4jRelease]:
    """Every release of pom.xml by its series."""
    pom = ET.parse(_POM).getroot()  # noqa: S314 - our own file
    found = [_release(profile) for profile in pom.iterfind("m:profiles/m:profile", _IN_POM)]
    return {release.series: release for release in found}


def _release(profile: ET.Element) -> Neo4jRelease:
    def text(path: str) -> str:
        return profile.findtext(path, "", _IN_POM)

    return Neo4jRelease(
        series=text("m:id"),
        version=text("m:properties/m:neo4j.version"),
        oldest_java=int(text("m:properties/m:java.oldest")),
        newest_java=int(text("m:properties/m:java.newest")),
    )
