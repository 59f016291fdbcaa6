"""pyvis as a shell: its Network renders our template; none of its own template, menus or writers is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyvis.network import Network

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Shell"]


class Shell(Network):  # type: ignore[misc]  # pyvis ships no types
    """A pyvis network that draws our page."""

    def __init__(self, folder: Path, parts: Mapping[str, str]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.set_template_dir(str(folder), "map.html.j2")
        self.templateEnv.globals["gk"] = dict(parts)
