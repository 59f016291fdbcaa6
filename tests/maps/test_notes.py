"""What a map carries of own words: by default the notes of what it draws, and it says so; a public one none."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit import open as open_graph
from graphkit.cli import cli
from graphkit.config import data_folder
from graphkit.exports import links
from graphkit.maps.cleaning import clean_text
from graphkit.maps.rows import notes
from graphkit.records import Link

LONG = 24
"""Shorter notes may be part of a name or a role by chance."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that holds the shipped seeds."""
    path = tmp_path_factory.mktemp("notes") / "graph"
    with open_graph(f"embedded:{path}") as graph:
        graph.load(data_folder("seeds"))
    return path


def draw(seeded: Path, target: Path, *options: str) -> tuple[str, str]:
    """The page that the command writes, and what it says of it."""
    words = ["map", "英伟达", "--hops", "1", "-o", str(target), "--store", f"embedded:{seeded}", *options]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return target.read_text("utf-8"), done.stderr


def notes_in(page: str) -> set[str]:
    """The notes in the data block of a page."""
    data = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert data
    document = json.loads(data[1])
    return set(notes(document["edges"], document["reports"]))


def stated(seeded: Path) -> list[tuple[Link, str]]:
    """Every claim of the graph that has a note, and the note."""
    with open_graph(f"embedded:{seeded}") as graph:
        found = [(claim, clean_text(claim.properties.get("note"))) for claim in links(graph.store)]
    return [(claim, note) for claim, note in found if note and claim.type != "IN_SEGMENT"]


def test_a_map_embeds_the_notes_of_what_it_draws_and_no_other(seeded: Path, tmp_path: Path) -> None:
    """The notes of claims between drawn nodes and of their numbers, each as written; the command tells how many."""
    page, told = draw(seeded, tmp_path / "map.html")
    with open_graph(f"embedded:{seeded}") as graph:
        document = graph.map("英伟达", hops=1).document
    drawn = {row[0] for row in document.data["nodes"]}
    own = {
        note
        for claim, note in stated(seeded)
        if claim.object in drawn and (claim.type == "REPORTS" or claim.subject in drawn)
    }
    foreign = {note for _, note in stated(seeded)} - own

    assert notes_in(page) == own
    assert [note for note in foreign if len(note) > LONG and f'"{note}"' in page] == []
    assert min(len(own), len(foreign)) > 50
    assert f"{len(document.notes):,} notes in own words, which --public leaves out" in told


def test_a_public_map_embeds_no_note(seeded: Path, tmp_path: Path) -> None:
    """No note of the whole graph stands anywhere in the file, and the command says that there is none."""
    page, told = draw(seeded, tmp_path / "map.html", "--public")

    assert notes_in(page) == set()
    assert [note for _, note in stated(seeded) if len(note) > LONG and note in page] == []
    assert "no notes" in told
