"""The page of a map: template, style, scripts and library made into one file that reaches for nothing outside it."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from graphkit.maps.document import MapDoc

__all__ = ["MODULES", "page", "vis_network"]

VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""vis-network 9.1.2 as pyvis 0.3.2 carries it (Apache-2.0 or MIT)."""

MODULES = (
    *("words", "dom", "doc", "filters", "search", "reach", "routes", "lit", "geometry", "theme", "address"),
    *("arrange", "places", "labels", "names", "paint", "heads", "view", "cells", "overview"),
    *("cards", "panel", "legend", "table", "frame", "parts", "hands", "voice", "trail", "app", "searchbox"),
    *("picture", "layers", "stage-canvas", "stage-vis", "svg", "export", "main"),
)
"""The modules of the page in the order in which they are joined: each imports only from those before it."""

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)


def page(doc: MapDoc) -> str:
    """The whole page as HTML; the same document always gives the same text."""
    from graphkit.maps.shell import Shell

    library = vis_network() if doc.data["view"] == "nodes" else ""
    style, app = _asset("map.css"), script()
    parts = {
        "title": doc.title,
        "data": doc.json,
        "css": style,
        "library": library,
        "app": app,
        "csp": policy([library, app] if library else [app], style),
    }
    with as_file(files(__package__).joinpath("page")) as folder:
        return str(Shell(folder, parts).generate_html()).replace("\r\n", "\n")


def policy(scripts: list[str], style: str) -> str:
    """The Content-Security-Policy under which only these scripts and this style run and nothing is fetched."""
    hashes = " ".join(_hash(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )


@cache
def script() -> str:
    """The modules of the page as one script: each keeps its own scope, imports become look-ups."""
    return '"use strict";\n(() => {\nconst modules = {};\n' + "".join(_joined(name) for name in MODULES) + "})();\n"


def _joined(name: str) -> str:
    text = _asset(f"js/{name}.js")
    exported = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", _IMPORT.sub(r'const \1 = modules["\2"];', text))
    if re.search(r"^(import|export)\b", text, re.MULTILINE):
        raise GraphkitError(f"page/js/{name}.js imports or exports in a way that cannot be joined")
    return f'modules["{name}"] = (() => {{\n{text}return {{ {exported} }};\n}})();\n'


@cache
def vis_network() -> str:
    """The vis-network that the installed pyvis carries, if it is the one that the page was made for.

    Raises:
        GraphkitError: pyvis carries another one.
    """
    asset = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js")
    data = asset.read_bytes() if asset.is_file() else b""
    if sha256(data).hexdigest() != VIS_SHA256:
        raise GraphkitError("the installed pyvis does not carry vis-network 9.1.2; install pyvis==0.3.2")
    return re.sub(r"^//# sourceMappingURL=.*$", "", data.decode("utf-8"), flags=re.MULTILINE).replace("\r\n", "\n")


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(f"page/{name}").read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
