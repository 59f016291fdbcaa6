"""Questions are checked when their folder is loaded, all problems at once, each with its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.errors import InputError, Problem
from graphkit.model import MODEL
from graphkit.queries import load_folder, load_text
from graphkit.queries.headers import parse_type
from graphkit.queries.ordering import unordered_columns

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
// Owners of a company. Nearest first, and more to say
// about it.
// @param company Company.id  Whose owners.
// @param as_of date = today
// @column owner_id Company.id
// @column stake OWNS.stake
// @column claims claims
MATCH (a:Company)-[r:OWNS]->(b:Company)
WHERE b.id = $company AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS owner_id, r.stake AS stake, [r.id] AS claims
ORDER BY owner_id, r.id
"""
WALK = """\
// Owners of owners.
// @param company Company.id
// @param max_tier integer = 3
// @param as_of date = today
// @column tier integer
// @column owner_id Company.id
// @column owned_id Company.id
// @column names route
// @column claims claims
// @walk from company via owned_id to owner_id as tier
UNWIND $frontier AS wanted
MATCH (a:Company)-[r:OWNS]->(b:Company)
WHERE b.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS owner_id, b.id AS owned_id, [r.id] AS claims
ORDER BY owner_id, owned_id, r.id
"""
REACH = """\
// What owners make.
// @param company Company.id
// @param as_of date = today
// @column tier integer
// @column owner_id Company.id
// @column claims claims
// @reach from company along walking at owner_id as tier
UNWIND $reached AS wanted
MATCH (a:Company)-[r:MAKES]->(b:Product)
WHERE a.id = wanted AND r.since <= $as_of AND r.until >= $as_of
RETURN a.id AS owner_id, [r.id] AS claims
ORDER BY owner_id, r.id
"""


def _problems(text: str) -> list[tuple[int, str]]:
    try:
        load_text(text, name="question", schema=MODEL)
    except InputError as error:
        return [(problem.row, problem.message) for problem in error.problems]
    return []


def test_a_question_knows_what_its_file_says() -> None:
    """Documentation, parameters with types and defaults, columns with the meaning of their type, and the body."""
    query = load_text(GOOD, name="owners", schema=MODEL)

    assert query.summary == "Owners of a company."
    assert query.doc == "Owners of a company. Nearest first, and more to say about it."
    assert [(p.name, p.type.text, p.default, p.meaning) for p in query.params] == [
        ("company", "Company.id", None, "Whose owners."),
        ("as_of", "date", "today", "a day, a month or a year: 2025-06-13, 2025-06, 2025"),
    ]
    assert [(c.name, c.meaning) for c in query.columns][1] == ("stake", "part of the object that is held")
    assert query.text.startswith("MATCH (a:Company)")
    assert query.body_columns == ("owner_id", "stake", "claims")


def test_a_walk_leaves_its_tier_and_its_route_to_the_runner() -> None:
    """The body of a walk returns neither."""
    query = load_text(WALK, name="walking", schema=MODEL)

    assert query.body_columns == ("owner_id", "owned_id", "claims")
    assert query.given == {"frontier", "start"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "// Owners of a company. Nearest first, and more to say\n// about it.\n",
            "",
            1,
            "does not say what it answers",
        ),
        ("Company.id  Whose owners.", "Compani.id", 3, "Compani.id is no type"),
        ("@param company", "@parm company", 3, "cannot read '@parm company"),
        ("// @param company Company.id  Whose owners.\n", "", 8, "$company is not declared"),
        ("= today", "= yesterday", 4, "the default of as_of"),
        ("// @param as_of date = today\n", "", 1, "asked as of a day"),
        ("// @param as_of", "// @param company Company.id\n// @param as_of", 4, "company is declared twice"),
        ("// @param as_of", "// @param share share = any\n// @param as_of", 4, "share cannot be any share"),
        ("// @param as_of", "// @param other Company.id\n// @param as_of", 4, "other is declared but not used"),
        ("stake OWNS.stake", "stake OWNS.stake = 1", 6, "only parameters have"),
        ("stake OWNS.stake", "part OWNS.stake", 10, "RETURN gives (owner_id, stake, claims), the header declares"),
        ("r.stake AS stake", "r.stake", 10, "RETURN gives (owner_id, ?, claims)"),
        ("ORDER BY owner_id, r.id", "", 10, "has no ORDER BY"),
        ("ORDER BY owner_id, r.id", "ORDER BY owner_id", 10, "rows are ordered that differ in stake, claims"),
        ("r.stake", "r.share", 10, "OWNS has no property share"),
        ("MATCH (a:Company)", "CREATE (a:Company) WITH a MATCH (a)", 8, "CREATE writes"),
        ("b.id = $company", "b.id = $company AND EXISTS { MATCH (a)-[:OWNS]->(c) }", 9, "embedded engine"),
        ("// @column claims", "// @newest share\n// @column claims", 1, "@newest names share"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, message: str) -> None:
    """Whatever is wrong with a file, its message says where and what."""
    assert old in GOOD

    found = _problems(GOOD.replace(old, new, 1))

    assert any(at == line and message in said for at, said in found), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("$frontier", "['company:a']", "does not use $frontier"),
        ("from company via", "from nobody via", "nobody is no parameter that takes a node"),
        ("to owner_id as", "to maker_id as", "maker_id is no column"),
        (
            "as tier\n",
            "as tier\n// @reach from company along other at owner_id as tier\n",
            "one of @walk, @reach and @routes",
        ),
    ],
)
def test_a_walk_that_goes_nowhere_is_refused(old: str, new: str, message: str) -> None:
    """A walk names a parameter that takes a node, its own columns, and one way of walking."""
    assert any(message in said for _, said in _problems(WALK.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("body", "loose"),
    [
        ("MATCH (a)-[r:OWNS]->(b) RETURN a.id AS x, r.stake AS y ORDER BY x, r.id DESC", ()),
        ("MATCH (a)-[r:OWNS]->(b) RETURN a.id AS x, r.stake AS y ORDER BY x", ("y",)),
        ("MATCH (a)-[r:OWNS]->(b) RETURN a.id AS x, b.name AS y ORDER BY a.name", ("x", "y")),
        ("MATCH (a)-[r:OWNS]->(b) RETURN a.id AS x, count(b.id) AS y ORDER BY x", ()),
        ("MATCH (a)-[r:OWNS]->(b) RETURN a.id AS x, b.id AS y, collect(r.id) AS z ORDER BY x", ("y", "z")),
        ("MATCH (a)-[r:OWNS]->(b) WITH r.id AS one, r.stake AS y RETURN y, [one] AS z ORDER BY one", ()),
        ("MATCH (a)-[r:OWNS]->(b) WHERE b.id = $b RETURN a.id AS x, b.id AS y ORDER BY x", ()),
        ("MATCH (a)-[r:OWNS]->(b) WHERE b.id = $b OR a.id = $b RETURN b.id AS y ORDER BY a.id", ("y",)),
        ("MATCH (a)-[r:OWNS]-(b) RETURN a.id AS x, b.id AS y ORDER BY r.id", ("x", "y")),
        ("MATCH (a)-[r:OWNS]-(b) WHERE a.id = $a RETURN a.id AS x, b.id AS y ORDER BY r.id", ()),
        ("UNWIND $ids AS i MATCH (a) WHERE a.id = i RETURN a.name AS x, i AS y ORDER BY y", ()),
        ("UNWIND $ids AS i MATCH (a) RETURN a.name AS x, i AS y ORDER BY x, a.id", ("y",)),
        ("MATCH (a)-[r:OWNS]->(b) RETURN CASE WHEN r.stake > 0.5 THEN 'x' END AS x ORDER BY a.id", ("x",)),
    ],
)
def test_rows_that_may_come_in_any_order_are_found(body: str, loose: tuple[str, ...]) -> None:
    """What ORDER BY names tells rows apart when every column follows from it; the others are named."""
    found = list(unordered_columns(body))

    assert found == ([(1, loose)] if loose else [])


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """One error carries every problem, each at its file and line."""
    (tmp_path / "one.cypher").write_text(GOOD.replace("$company", "$firm"), "utf-8")
    (tmp_path / "two.cypher").write_text(GOOD.replace("OWNS]", "OWNED]"), "utf-8")
    (tmp_path / "three.cypher").write_bytes(GOOD.replace("Owners", "股东").encode("gbk"))
    (tmp_path / "Four Five.cypher").write_text(GOOD, "utf-8-sig")

    with pytest.raises(InputError) as caught:
        load_folder(tmp_path, schema=MODEL)

    said = [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]
    assert said == [
        "Four Five.cypher: 'Four Five' is no name for a question; write snake_case, such as suppliers_of.cypher",
        "one.cypher:3: parameter company is declared but not used",
        "one.cypher:9: $firm is not declared; write `// @param firm type  Meaning.`",
        "three.cypher: cannot be read: it is not UTF-8; save it as UTF-8",
        "two.cypher:8: the model has no link type OWNED; did you mean OWNS?",
    ]


def test_an_own_question_may_not_hide_another(tmp_path: Path) -> None:
    """Two folders with the same name of a question are a problem, not a choice."""
    for folder in ("ours", "theirs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "owners.cypher").write_text(GOOD, "utf-8")

    with pytest.raises(InputError, match=r"owners is already the question of .*ours.*; choose another name"):
        load_folder(tmp_path / "theirs", schema=MODEL, shipped=[tmp_path / "ours"])


def test_a_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    """A wrong path is told, an empty folder is none."""
    assert load_folder(tmp_path, schema=MODEL) == {}
    with pytest.raises(InputError) as caught:
        load_folder(tmp_path / "no", schema=MODEL)
    assert caught.value.problems == (Problem(str(tmp_path / "no"), 0, "", "there is no such folder of queries"),)


def test_a_question_may_walk_along_another(tmp_path: Path) -> None:
    """The other one must exist, walk, and be told all that it needs."""
    (tmp_path / "reaching.cypher").write_text(REACH, "utf-8")
    with pytest.raises(InputError, match=r"reaching.cypher:7: there is no question walking that walks"):
        load_folder(tmp_path, schema=MODEL)

    (tmp_path / "walking.cypher").write_text(WALK.replace("= 3", ""), "utf-8")
    with pytest.raises(InputError, match=r"reaching.cypher:7: walking must be told max_tier"):
        load_folder(tmp_path, schema=MODEL)

    (tmp_path / "walking.cypher").write_text(WALK, "utf-8")
    assert list(load_folder(tmp_path, schema=MODEL)) == ["reaching", "walking"]


def test_shipped_questions_are_read_without_being_checked(tmp_path: Path) -> None:
    """A test has checked them already; a command need not wait for it."""
    (tmp_path / "owners.cypher").write_text(GOOD.replace("ORDER BY owner_id, r.id", ""), "utf-8")

    assert list(load_folder(shipped=[tmp_path], schema=MODEL)) == ["owners"]


@pytest.mark.parametrize(
    ("text", "labels", "is_many", "is_claim"),
    [
        ("share", (), False, False),
        ("Company.id", ("Company",), False, False),
        ("Product.id[]", ("Product",), True, False),
        ("Company.id|Product.id", ("Company", "Product"), False, False),
        ("Node.id", ("Company", "Product", "Segment", "Source"), False, False),
        ("claim|Node.id", ("Company", "Product", "Segment", "Source"), False, True),
        ("SUPPLIES.product", ("Product",), False, False),
        ("SUPPLIES.id", (), False, True),
        ("Load.at", (), False, False),
    ],
)
def test_a_type_is_a_kind_or_a_property(text: str, labels: tuple[str, ...], is_many: bool, is_claim: bool) -> None:
    """Ids say whose names they take."""
    found = parse_type(text, MODEL)

    assert (found.text, found.labels, found.is_many, found.is_claim) == (text, labels, is_many, is_claim)


@pytest.mark.parametrize("text", ["thing", "Company.nam", "Nobody.id", "share|number", "Company.id|share"])
def test_what_is_no_type_is_refused(text: str) -> None:
    """Unknown kinds and properties, and unions of values, are refused with what to write."""
    with pytest.raises(ValueError, match=r"is no type; write|only ids can be joined"):
        parse_type(text, MODEL)
