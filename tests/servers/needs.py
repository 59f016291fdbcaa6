"""What the tests need of the machine beside Python: found, installed through apt, or named."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from servers.neo4j_release import SUPPORTED, releases

BROWSERS = ("chromium", "chromium-browser")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be there, and the Debian packages that bring it (the first that apt knows of each group)."""

    name: str
    is_met: Callable[[], bool]
    packages: tuple[tuple[str, ...], ...]


def needs() -> tuple[Need, ...]:
    """Everything that the tests need, Java first."""
    release = releases()[SUPPORTED]
    return (
        Need(
            f"Java {release.oldest_java} to {release.newest_java}",
            lambda: release.java is not None,
            (tuple(f"openjdk-{major}-jre-headless" for major in (release.oldest_java, release.newest_java)),),
        ),
        Need("Maven", lambda: shutil.which("mvn") is not None, (("maven",),)),
        Need("Chromium", lambda: find_browser() is not None, (("chromium",),)),
        Need("the library libatomic", lambda: _loads("libatomic.so.1"), (("libatomic1",),)),  # Playwright's driver
        Need("a font with Chinese characters", _has_chinese_font, (("fonts-noto-cjk",), ("fontconfig",))),
    )


def find_browser() -> str | None:
    """The path of Chromium, by either of its names."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing() -> tuple[Need, ...]:
    """The needs that this machine does not meet."""
    return tuple(need for need in needs() if not need.is_met())


def can_install() -> bool:
    """Whether apt is here and we may use it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(wanted: tuple[Need, ...]) -> None:
    """Bring them in through apt, asking nothing."""
    _apt("apt-get", "-q", "update")
    packages = dict.fromkeys(_choose(group) for need in wanted for group in need.packages)
    _apt("apt-get", "-q", "-y", "--no-install-recommends", "install", *packages)


def describe(wanted: tuple[Need, ...]) -> str:
    """One line for each need, with the packages that would meet it."""
    lines = [f"  {need.name} (Debian: {', '.join(' or '.join(group) for group in need.packages)})" for need in wanted]
    return "\n".join(lines)


def _choose(group: tuple[str, ...]) -> str:
    """The first package of the group that apt can install, else the first."""
    return next((name for name in group if _has_candidate(name)), group[0])


def _has_candidate(package: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return shown.returncode == 0


def _apt(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env=environment)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())
