"""Java runtimes on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


def find_java(oldest: int, newest: int) -> Path | None:
    """The first `java` whose major version lies between the two, ends included."""
    for java in _candidates():
        if oldest <= (major_version(java) or 0) <= newest:
            return java
    return None


def major_version(java: Path) -> int | None:
    """17 for a `java` that calls itself "17.0.15"; None for what does not run or does not say."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return None
    version = re.search(r'version "(\d+)', answer.stderr)
    return int(version[1]) if version else None


def _candidates() -> Iterator[Path]:
    """Each `java` once: what the environment names, what the PATH finds, what the system holds."""
    homes = [Path(home) for name, home in sorted(os.environ.items()) if re.fullmatch(r"JAVA\d*_HOME", name) and home]
    on_path = shutil.which("java")
    found = [home / "bin" / "java" for home in homes]
    found += [Path(on_path)] if on_path else []
    found += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    yield from dict.fromkeys(java.resolve() for java in found if java.is_file())
