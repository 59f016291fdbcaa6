"""How the page is put together, and what its sources may not do."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from graphkit.errors import GraphkitError
from graphkit.maps import page

SOURCES = Path(page.__file__).parent
BANNED_IN_PYTHON = r"\.(from_nx|add_nodes|add_edges|show|set_options|set_template|write_html|save_graph)\("
BANNED_IN_SCRIPTS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\([\"'`]|localStorage"
)


def test_traps_of_pyvis_are_not_stepped_into() -> None:
    """None of the calls of pyvis that lose, alter or leak data is used."""
    found = {
        path.name: re.findall(BANNED_IN_PYTHON, path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py")
    }

    assert {name: calls for name, calls in found.items() if calls} == {}


def test_scripts_never_read_text_as_markup() -> None:
    """No module of the page has a way to turn text into elements or code."""
    scripts = [path for path in files("graphkit.maps").joinpath("page/js").iterdir() if path.name.endswith(".js")]

    assert {path.name for path in scripts} == {f"{name}.js" for name in page.MODULES}
    assert [path.name for path in scripts if re.search(BANNED_IN_SCRIPTS, path.read_text(encoding="utf-8"))] == []


def test_modules_import_only_from_those_before_them() -> None:
    """The declared order is an order: no module needs a later one."""
    seen: set[str] = set()
    for name in page.MODULES:
        text = files("graphkit.maps").joinpath(f"page/js/{name}.js").read_text(encoding="utf-8")
        assert set(re.findall(r'from "\./([a-z-]+)\.js"', text)) <= seen, name
        seen.add(name)


def test_another_vis_network_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If pyvis carries another library than the one that was read and tested, no page is made."""
    asset = tmp_path / "templates/lib/vis-9.1.2/vis-network.min.js"
    asset.parent.mkdir(parents=True)
    asset.write_text("alert('other')")
    monkeypatch.setattr(page, "files", lambda _package: tmp_path)
    page.vis_network.cache_clear()

    with pytest.raises(GraphkitError, match=r"pyvis==0\.3\.2"):
        page.vis_network()
    page.vis_network.cache_clear()


def test_the_library_ends_no_script_and_maps_to_no_source() -> None:
    """What is put into the page cannot close its element or make a browser ask for a file."""
    text = page.vis_network()

    assert "</script" not in text.lower()
    assert "sourceMappingURL" not in text


def test_lines_of_the_page_keep_to_the_margin() -> None:
    """No line of a module is longer than 120 characters: the formatter leaves comments and texts as they are."""
    lines = [
        (name, number)
        for name in page.MODULES
        for number, line in enumerate(
            files("graphkit.maps").joinpath(f"page/js/{name}.js").read_text(encoding="utf-8").splitlines(), 1
        )
        if len(line) > 120
    ]

    assert lines == []
