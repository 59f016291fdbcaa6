"""Seed files: what is read out of them, and what is said of bad ones."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seed_files import CLAIMS, HEADER, write_seeds

from graphkit.errors import InputError
from graphkit.graph import check_files
from graphkit.seeds.reading.encodings import decode
from graphkit.seeds.reading.files import read_sheets
from graphkit.seeds.review import review

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=12)


def problems(folder: Path) -> list[str]:
    """What is wrong with the files of a folder, the folder left out."""
    try:
        checked = check_files(folder)
    except InputError as error:
        return [str(problem).replace(f"{folder}/", "") for problem in error.problems]
    return [str(problem).replace(f"{folder}/", "") for problem in checked.problems]


def test_good_files_have_no_problems(tmp_path: Path) -> None:
    """Names, aliases, tickers and ids all lead to nodes; values are read by their kinds."""
    checked = check_files(write_seeds(tmp_path))
    rows = {(row["subject"], row["object"]): row for part in checked.claims for row in part.table.rows()}

    assert checked.problems == ()
    assert len(rows) == 6
    supplies = rows["company:victory-giant", "company:nvidia"]
    assert (supplies["product"], supplies["share"]) == ("product:pcb", 0.35)
    assert (supplies["valid_from"], supplies["since"], supplies["until"]) == ("2025", "2025-01-01", "9999-12-31")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    """A file reads the same in UTF-8 with or without mark, UTF-16 and GB18030, and the report says which it was."""
    folder = write_seeds(tmp_path, CLAIMS, encoding=encoding)

    assert problems(folder) == []
    assert read_sheets(folder / "claims.csv")[0].read_as.startswith(encoding)


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_delimiters_are_found_out(tmp_path: Path, delimiter: str) -> None:
    """Tabs and semicolons separate as well as commas."""
    assert problems(write_seeds(tmp_path, CLAIMS.replace(",", delimiter))) == []


GOOD = "胜宏科技,MAKES,PCB,,,,,stated,source:a,1,\n"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ("", "claims.csv: the file is empty; it needs at least a header"),
        (
            HEADER.replace("note", "nota") + GOOD,
            "claims.csv:1:nota: is no column of this kind of file; did you mean note?",
        ),
        (
            HEADER.replace("source,", "") + GOOD.replace("source:a,", ""),
            "claims.csv:1:source: is missing from the header",
        ),
        (
            HEADER + GOOD.replace("MAKES", "MAKE"),
            "claims.csv:2:link: 'MAKE' is no type of link; did you mean MAKES?",
        ),
        (
            HEADER + GOOD.replace("胜宏科技", "胜红科技"),
            "claims.csv:2:subject: no company is called '胜红科技'; did you mean 胜宏科技 (company:victory-giant)",
        ),
        (
            HEADER + GOOD + "胜宏科技,SUPPLIES,英伟达,PCB,,1.4,,stated,source:a,1,\n",
            "claims.csv:3:share: '1.4' is not a share;",
        ),
        (
            HEADER + "胜宏科技,SUPPLIES,英伟达,PCB,,,2025-13,stated,source:a,1,\n",
            "claims.csv:2:valid_from: '2025-13' is not a date;",
        ),
        (HEADER + GOOD + "胜宏科技,MAKES,PCB\n", "claims.csv:3: 3 cells where the header has 11"),
        (
            HEADER + GOOD + '"胜宏科技,MAKES,PCB\n' + GOOD,
            "claims.csv:3: a quote never closes in the row that starts here",
        ),
        (
            HEADER + GOOD.replace("stated", "sure"),
            "claims.csv:2:certainty: 'sure' is not a certainty; use one of stated",
        ),
        (
            HEADER + GOOD.replace("stated", ""),
            "claims.csv:2:certainty: is empty, and every record of this type needs it",
        ),
        (HEADER + GOOD.replace(",1,", ",,"), "claims.csv:2:locator: is empty"),
        (
            HEADER + "胜宏科技,MAKES,PCB,,,35%,,stated,source:x,1,\n",
            "claims.csv:2:source: no source is called 'source:x'",
        ),
        (
            HEADER + "覆铜板,GOES_INTO,PCB,,,35%,,stated,source:a,1,\n",
            "claims.csv:2:share: GOES_INTO has no share; leave the cell empty",
        ),
        (HEADER + "<<<<<<< ours\n" + GOOD, "claims.csv:2: a mark of an unfinished merge; keep one side"),
        (HEADER.replace("role", "product") + GOOD, "claims.csv:1:product: the header names this column twice"),
    ],
)
def test_each_problem_is_told_with_its_place(tmp_path: Path, claims: str, expected: str) -> None:
    """A bad cell, row, header or file is named by file, row and column, with what to do."""
    told = problems(write_seeds(tmp_path, claims))

    assert len(told) == 1
    assert told[0].startswith(expected)


def test_what_else_is_wrong_beside_a_misspelt_link_is_told(tmp_path: Path) -> None:
    """A row whose link is misspelt is checked as the nearest one, so that one mending is enough."""
    told = problems(write_seeds(tmp_path, HEADER + "Nobody,SUPLIES,英伟达,PCB,,1.4,2025-13,sure,source:a,1,\n"))

    assert [line.split(": ")[0] for line in told] == [
        f"claims.csv:2:{column}" for column in ("certainty", "link", "share", "subject", "valid_from")
    ]


def test_an_empty_link_is_told_as_empty(tmp_path: Path) -> None:
    """Nothing is not a misspelt word."""
    told = problems(write_seeds(tmp_path, HEADER + GOOD.replace("MAKES", "")))

    assert [line.partition(";")[0] for line in told] == ["claims.csv:2:link: is empty"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Five bad cells in three rows are five problems, and good rows beside them are none."""
    bad = "Nobody,SUPPLIES,英伟达,PCB,,1.4,2025-13,stated,source:a,1,\n"
    told = problems(
        write_seeds(tmp_path, HEADER + GOOD + bad + GOOD + bad.replace("Nobody", "英伟达").replace("1.4", "2"))
    )

    assert [line.split(": ")[0] for line in told] == [
        "claims.csv:3:share",
        "claims.csv:3:subject",
        "claims.csv:3:valid_from",
        "claims.csv:5:share",
        "claims.csv:5:valid_from",
    ]


def test_two_nodes_of_one_name_are_named(tmp_path: Path) -> None:
    """A subject that may be either of two companies is not decided by chance."""
    folder = write_seeds(tmp_path, HEADER + GOOD)
    companies = folder / "companies.csv"
    companies.write_text(companies.read_text("utf-8") + "company:other,胜宏科技,,,,,,\n", "utf-8")

    assert problems(folder) == [
        "claims.csv:2:subject: '胜宏科技' may be company:other, company:victory-giant; use one of these ids"
    ]


def test_an_id_stands_for_one_node_of_any_type(tmp_path: Path) -> None:
    """Ids are unique over all types, since graphs of other tools have one kind of node."""
    folder = write_seeds(tmp_path)
    products = folder / "products.csv"
    products.write_text(products.read_text("utf-8") + "company:nvidia,,X,,,\n", "utf-8")

    assert [line for line in problems(folder) if "unique" in line] == [
        "products.csv:5:id: 'company:nvidia' stands also in companies.csv:4; ids are unique over all types"
    ]


def test_a_missing_file_and_an_odd_one_are_told_together(tmp_path: Path) -> None:
    """What cannot be read at all is told of every file, too."""
    (tmp_path / "odd.docx").write_text("x")
    with pytest.raises(InputError) as refusal:
        check_files(tmp_path / "nothing.csv", tmp_path / "odd.docx")

    assert [problem.message.split(";")[0] for problem in refusal.value.problems] == [
        "there is no such file",
        "files of this kind are not read",
    ]


@pytest.mark.parametrize("encoding", ["utf-9", "rot13", "a\0b"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    """What is no name of an encoding is told, whatever it is."""
    with pytest.raises(InputError, match="is no encoding; write utf-8 or gb18030"):
        decode("claims.csv", b"a,b\n", encoding)


def test_a_check_of_nothing_is_refused() -> None:
    """Without a file there is nothing to say yes to."""
    with pytest.raises(InputError, match="name a file or a folder"):
        check_files()


def test_decisions_hold_without_a_graph(tmp_path: Path) -> None:
    """A spelling that was decided leads to its node where files are checked by themselves, too."""
    folder = write_seeds(tmp_path / "seeds", CLAIMS.replace("胜宏科技,SUPPLIES", "胜虹科技,SUPPLIES"))
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text("same: [{this: 胜虹科技, is: company:victory-giant}]\n", "utf-8")

    assert [problem.column for problem in check_files(folder).problems] == ["subject"]
    assert not check_files(folder, decisions=decisions).problems


def test_bytes_that_are_no_text_are_refused() -> None:
    """Bytes in no known encoding are named with the line where they stop making sense."""
    with pytest.raises(InputError, match=r"claims.csv:2: is text in none of UTF-8, UTF-16 and GB18030"):
        decode("claims.csv", b"a,b\n\xff\xff,1\n")


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_cells_hold_any_text(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Whatever a CSV writer writes comes back cell for cell, each row at the line where it starts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b", "c"])
    starts = []
    for row in rows:
        starts.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    path = tmp_path_factory.mktemp("cells") / "any.csv"
    path.write_bytes(out.getvalue().encode())

    sheet = read_sheets(path)[0]

    assert list(sheet.lines) == starts
    assert list(zip(*sheet.columns.values(), strict=True)) == [
        tuple(cell.strip() or None for cell in row) for row in rows
    ]


@pytest.mark.parametrize(
    ("row", "slip"),
    [
        ("胜宏科技,SUPPLIES,胜宏科技,PCB,,,,stated,source:a,1,\n", "SUPPLIES itself"),
        ("PCB,GOES_INTO,覆铜板,,,,,stated,source:a,1,\n", "closes a ring"),
        ("生益科技,SUPPLIES,英伟达,PCB,,0.9,,stated,source:a,1,\n", "add up to 1.25"),
    ],
)
def test_slips_are_pointed_out(tmp_path: Path, row: str, slip: str) -> None:
    """What is allowed, but hardly meant, is pointed out at its place."""
    slips = review(check_files(write_seeds(tmp_path, CLAIMS + row)))

    assert any(slip in problem.message for problem in slips)
    assert not any(slip in problem.message for problem in review(check_files(write_seeds(tmp_path, CLAIMS))))


def test_shared_names_and_lonely_products_are_pointed_out(tmp_path: Path) -> None:
    """A spelling of two nodes, and a product in no segment, are pointed out."""
    folder = write_seeds(tmp_path)
    products = folder / "products.csv"
    products.write_text(products.read_text("utf-8") + "product:ccl2,CCL,,,material,\n", "utf-8")
    slips = [problem.message for problem in review(check_files(folder))]

    assert "'CCL' names product:ccl too; join the two, or take the spelling from one" in slips
    assert "product:gb300 is in no segment; add an IN_SEGMENT or a TYPE_OF claim" in slips
