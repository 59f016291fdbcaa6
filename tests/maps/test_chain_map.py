"""The page of a map as a file: what it holds, how it is written, and that it is always the same."""

import hashlib
import os
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from map_worlds import chain

from graphkit.drawing import Look
from graphkit.errors import GraphkitError
from graphkit.graph import Graph
from graphkit.maps import ChainMap, build, chain_map
from graphkit.stores.base import Store

CHILD = """
import sys
sys.path[:0] = sys.argv[2:]
from map_worlds import chain
from graphkit.maps import build, chain_map
nodes, links = chain(12, 20)
chain_map(build(nodes[::-1], links[::-1], title="\\u4f9b\\u5e94\\u94fe <b>", as_of="2025-06-30")).save(sys.argv[1])
"""


@pytest.fixture(scope="module")
def small() -> ChainMap:
    """The map of a small chain."""
    return chain_map(build(*chain(12, 20), title="供应链 <b>", as_of="2025-06-30"))


def test_the_page_names_nothing_outside(small: ChainMap) -> None:
    """No address stands where a browser would fetch it."""
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?https?:|url\(\s*["']?https?:|@import""", small.html)


def test_the_policy_holds_the_hashes_of_what_runs(small: ChainMap) -> None:
    """Each script and the style carry the hash that the policy allows, and nothing else is allowed."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', small.html)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", small.html, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", small.html, re.DOTALL)

    hashes = [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in [*scripts, *style]]

    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; script-src {hashes[0]} {hashes[1]}; style-src {hashes[2]}; img-src data: blob:; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )


def test_the_page_ends_three_scripts_and_escapes_its_title(small: ChainMap) -> None:
    """Data, library and page are the only scripts; the title is text."""
    assert small.html.count("</script") == 3
    assert "<title>供应链 &lt;b&gt;</title>" in small.html
    assert "\r" not in small.html


@pytest.mark.parametrize(("locale", "seed"), [("C.UTF-8", "0"), ("C", "1"), ("zh_CN.GBK", "random")])
def test_the_file_is_the_same_whatever_the_locale_and_the_hash_seed(
    small: ChainMap, tmp_path: Path, locale: str, seed: str
) -> None:
    """A subprocess under another locale, hash seed and folder writes the very same bytes."""
    here = Path(__file__).resolve()
    environment = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONUTF8": "0"}
    target = tmp_path / "map.html"

    subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", CHILD, target, here.parents[1], here.parents[2]],
        check=True,
        env=environment,
        cwd=tmp_path,
    )

    assert hashlib.sha256(target.read_bytes()).hexdigest() == hashlib.sha256(small.html.encode("utf-8")).hexdigest()


def test_a_failed_write_leaves_the_old_file(small: ChainMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is written beside the target and moved over it; a failure leaves neither half a file nor litter."""
    target = tmp_path / "map.html"
    target.write_text("old")

    def fail(_self: Path, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(GraphkitError, match="No space left"):
        small.save(target)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("map.html", "old")]


def test_a_folder_that_is_not_there_is_said(small: ChainMap, tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(GraphkitError, match=r"cannot write .*missing"):
        small.save(tmp_path / "missing" / "map.html")


def test_the_page_names_no_path_of_this_machine(small: ChainMap) -> None:
    """Neither the home folder nor the place of the package is in the file."""
    assert str(Path.home()) not in small.html.replace("</", "")
    assert str(Path(__file__).resolve().parents[2]) not in small.html


def test_a_notebook_shows_it_in_a_closed_frame(small: ChainMap) -> None:
    """The frame may run scripts and save pictures, and has no other rights."""
    frame = small._repr_html_()

    assert 'sandbox="allow-scripts allow-downloads"' in frame
    assert frame.count("<iframe") == 1
    assert "<script" not in frame


def test_to_pyvis_hands_out_the_same_nodes_and_links(small: ChainMap) -> None:
    """Every node keeps its id and place, and links side by side stay apart."""
    network = small.to_pyvis()

    assert (len(network.nodes), len(network.edges)) == small.document.size
    assert {node["id"] for node in network.nodes} == {row[0] for row in small.document.data["nodes"]}
    assert network.options.physics.enabled is False


@pytest.mark.parametrize(("lang", "title"), [("en", "Maker supply chain"), ("zh", "厂商 供应链图谱")])
def test_a_map_is_called_in_its_language(store: Store, tmp_path: Path, lang: str, title: str) -> None:
    """By the name that what it is about has there."""
    (tmp_path / "companies.csv").write_text("id,name_zh,name_en\nmaker,厂商,Maker\n", "utf-8")
    graph = Graph(store)
    graph.load(tmp_path)

    assert graph.map("厂商", look=Look(lang=lang)).document.title == title


def test_a_map_takes_the_place_of_no_pipe_and_no_link(small: ChainMap, tmp_path: Path) -> None:
    """What is written into a pipe or a device goes through it; a link to a file leads to the new one."""
    pipe, link = tmp_path / "pipe", tmp_path / "link.html"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "file.html")
    with (tmp_path / "read").open("wb") as read, subprocess.Popen(["cat", str(pipe)], stdout=read):
        small.save(pipe)
    small.save(link)

    assert (tmp_path / "read").read_bytes() == small.html.encode()
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert (tmp_path / "file.html").read_bytes() == small.html.encode()
