"""The Cypher that both engines read and answer alike, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import dialect
from graphkit.dialect.tokens import significant, tokenize
from graphkit.model import MODEL

SHAPES = ("chain-condition", "path-quantifier", "path-zero", "trim")

WRONG_SHAPES = {
    "condition in a chain": "MATCH (a)-[:SUPPLIES]->(b)-[r:SUPPLIES]->(c) WHERE r.share > 0.5 RETURN count(*)",
    "condition on the first link": "MATCH (a)-[r:OWNS]->(b)-[:OWNS]->(c) WHERE r.stake > 0.5 RETURN count(*)",
    "condition beside a node's": "MATCH (a)-[r:OWNS]->(b)-[:OWNS]->(c) WHERE a.id = $x AND r.stake > 0.5 RETURN c.id",
    "inline map": "MATCH (a)-[:OWNS]->(b)-[:OWNS {stake: 1.0}]->(c) RETURN c.id",
    "inline map on a named link": "MATCH (a)-[r:OWNS {stake: 1.0}]->(b)<-[:MAKES]-(c) RETURN c.id",
    "inline where": "MATCH (a)-[r:OWNS WHERE r.stake > 0.5]->(b)-[:OWNS]->(c) RETURN c.id",
    "two patterns in one MATCH": "MATCH (a)-[r:OWNS]->(b), (b)-[:OWNS]->(c) WHERE r.stake > 0.5 RETURN c.id",
    "two MATCH": "MATCH (a)-[:OWNS]->(b) MATCH (b)-[r:OWNS]->(c) WHERE r.stake > 0.5 RETURN c.id",
    "two MATCH, condition first": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 MATCH (b)-[:OWNS]->(c) RETURN c.id",
    "OPTIONAL MATCH": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 OPTIONAL MATCH (b)-[:OWNS]->(c) RETURN c.id",
    "node carried": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH b MATCH (b)-[:OWNS]->(c) RETURN c.id",
    "node renamed": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH b AS x MATCH (x)-[:OWNS]->(c) RETURN c.id",
    "node carried, condition later": (
        "MATCH (a)-[:OWNS]->(b) WITH b MATCH (b)-[r:OWNS]->(c) WHERE r.stake > 0 RETURN c.id"
    ),
    "node carried by *": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH * MATCH (b)-[:OWNS]->(c) RETURN c.id",
    "node carried in a list": (
        "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH collect(b) AS bs UNWIND bs AS b "
        "MATCH (b)-[:OWNS]->(c) RETURN c.id"
    ),
    "link carried": "MATCH (a)-[r:OWNS]->(b)-[:OWNS]->(c) WITH c, r WHERE r.stake > 0.5 RETURN c.id",
    "links of variable length": "MATCH (a)-[r:OWNS*1..3]->(b) WHERE r.stake > 0.5 RETURN b.id",
    "unwound links": (
        "MATCH p = (a)-[:OWNS*1..3]->(b) UNWIND relationships(p) AS r WITH p, r WHERE r.stake > 0 RETURN length(p)"
    ),
    "EXISTS beside the condition": (
        "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0 AND EXISTS { MATCH (b)-[:OWNS]->(c) } RETURN a.id"
    ),
    "condition in EXISTS": (
        "MATCH (a)-[:OWNS]->(b) WHERE EXISTS { MATCH (b)-[r:OWNS]->(c) WHERE r.stake > 0 } RETURN a.id"
    ),
    "condition in COUNT": (
        "MATCH (a)-[:OWNS]->(b) WHERE COUNT { MATCH (b)-[r:OWNS]->() WHERE r.stake > 0 } > 1 RETURN a.id"
    ),
    "pattern beside the condition": (
        "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0 AND NOT (b)-[:MAKES]->(:Product) RETURN a.id"
    ),
    "second branch of UNION": (
        "MATCH (a) RETURN a.id UNION ALL MATCH (a)-[:OWNS]->(b)-[r:OWNS]->(c) WHERE r.stake > 0 RETURN a.id"
    ),
    "name in backticks": "MATCH (a)-[:OWNS]->(b)-[`r 1`:OWNS]->(c) WHERE `r 1`.stake > 0.5 RETURN count(*)",
    "condition by subscript": "MATCH (a)-[:OWNS]->(b)-[r:OWNS]->(c) WHERE r['stake'] > 0.5 RETURN count(*)",
    "comment between": "MATCH (a)-[:OWNS]->/* one */(b)-[r:OWNS]->(c) // two\nWHERE r.stake > 0.5 RETURN count(*)",
    "all over links": "MATCH p = (a)-[:OWNS*1..3]->(b) WHERE all(r IN relationships(p) WHERE r.stake > 0) RETURN b.id",
    "none over nodes": "MATCH p = (a)-[:OWNS*1..3]->(b) WHERE none(n IN nodes(p) WHERE n.id = 'x') RETURN b.id",
    "any over a list of nodes": (
        "MATCH p = (a)-[:OWNS*1..3]->(b) WITH nodes(p) AS ns WHERE any(n IN ns WHERE n.id = 'x') RETURN size(ns)"
    ),
    "single over a variable length": (
        "MATCH (a)-[r:OWNS*1..3]->(b) WHERE single(x IN r WHERE x.stake = 1.0) RETURN b.id"
    ),
    "trim": "MATCH (a:Company) WHERE trim(a.name + '          ') = 'x' RETURN a.id",
    "trim of what is returned": "MATCH (a:Company) RETURN rTrim(a.name) AS x",
    "zero length inside a path": "MATCH p = (a)-[:OWNS*0..3]->(b)<-[:OWNS]-(c) RETURN length(p)",
}

SAFE_SHAPES = {
    "values handed on": "MATCH (a)-[:OWNS]->(b)-[r:OWNS]->(c) WITH a.id AS x, r.stake AS w WHERE w > 0.5 RETURN x",
    "going on by id": (
        "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH b.id AS b_id "
        "MATCH (c)-[s:OWNS]->(d) WHERE c.id = b_id AND s.stake > 0.5 RETURN d.id"
    ),
    "the same name after WITH": (
        "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 WITH b.id AS b_id MATCH (b)-[r:OWNS]->(c) "
        "WHERE b.id = b_id AND r.stake > 0.5 RETURN c.id"
    ),
    "one link": "MATCH (a)-[r:OWNS]->(b) WHERE r.stake > 0.5 AND a.id = $x RETURN b.id",
    "one link, inline": "MATCH (a)-[:OWNS {stake: 0.5}]->(b) RETURN b.id",
    "conditions on nodes": "MATCH (a)-[:OWNS]->(b)-[r:OWNS]->(c) WHERE c.country = 'CN' RETURN r.stake",
    "no conditions": "MATCH (a)-[:OWNS]->(b)-[r:OWNS]->(c) RETURN r.stake",
    "counted, not filtered": (
        "MATCH p = (a)-[:OWNS*1..3]->(b) UNWIND relationships(p) AS r WITH p, length(p) AS len, "
        "count(CASE WHEN r.stake > 0.5 THEN 1 END) AS good WHERE good = len RETURN len"
    ),
    "any over a property": "MATCH (a:Company) WHERE any(t IN a.tickers WHERE t = 'NVDA.O') RETURN a.id",
    "zero length alone": "MATCH p = (a)-[:OWNS*0..3]->(b) MATCH (b)<-[:OWNS]-(c) RETURN length(p)",
    "an arithmetic minus": "MATCH (a)-[r:OWNS]->(b) WHERE (r.stake) - 1 < -0.5 RETURN a.id",
    "all that it forbids in a string": "MATCH (a) WHERE a.name = '(a)-[:R]->(b)-[r:R]->(c) WHERE r.x > 1' RETURN a.id",
    "all that it forbids in a comment": "// all(r IN relationships(p) WHERE r.x > 1)\nMATCH (a) RETURN a.id",
}

UNCOMMON = {
    "MATCH (a:Company) RETURN labels(a) AS x ORDER BY x": "write the label in the pattern",
    "MATCH (a)-[r:OWNS]->(b) RETURN startNode(r) AS x ORDER BY x": "r.subject",
    "MATCH (a:Company) RETURN toString(a.name) AS x ORDER BY x": "return the number as it is",
    "MATCH (a:Company) RETURN round(1.5) AS x ORDER BY x": "round where the number is shown",
    "MATCH (a:Company) RETURN apoc(a.name) AS x ORDER BY x": "use one of",
    "MATCH p = shortestPath((a:Company)-[:OWNS*1..3]->(b:Company)) RETURN length(p) AS x ORDER BY x": (
        "match the pattern"
    ),
    "CALL { MATCH (a:Company) RETURN a } RETURN a.id AS x ORDER BY x": "MATCH and WITH",
    "MATCH (a:Company) WHERE size(COLLECT { MATCH (a) RETURN a.id }) > 1 RETURN a.id AS x ORDER BY x": "collect()",
    "MATCH (a:Company) WHERE EXISTS { (a)-[:OWNS]->() } RETURN a.id AS x ORDER BY x": "EXISTS { MATCH",
    "MATCH (a:Company) WITH a.id AS x ORDER BY x RETURN x ORDER BY x": "SKIP 0",
    "MATCH (a:Company) RETURN a.id AS end ORDER BY end": "choose another name",
    "MATCH (a:Company {id: $order}) RETURN a.id AS x ORDER BY x": "$order is a reserved word",
    "MATCH (any:Company) RETURN any.id AS x ORDER BY x": "any is a reserved word",
    "MATCH (a:Company) RETURN a.id AS a ORDER BY a": "a_id",
    "MATCH (a:Company) WITH a.id RETURN 1 AS x ORDER BY x": "AS name",
    "MATCH (a:Company)-[:OWNS*]->(b:Company) RETURN a.id AS x ORDER BY x": "`*1..6`",
    "MATCH (a:Company)-[:OWNS*1..]->(b:Company) RETURN a.id AS x ORDER BY x": "`*1..6`",
    "MATCH (a:Company)-[:OWNS*1..$depth]->(b:Company) RETURN a.id AS x ORDER BY x": "`*1..6`",
    "MATCH (a:Company)-[:OWNS*1..31]->(b:Company) RETURN a.id AS x ORDER BY x": "up to 30",
    "MATCH (a:Company WHERE a.kind = 'unit') RETURN a.id AS x ORDER BY x": "put it after the pattern",
    "MATCH (a:Company) WHERE any(t IN a.tickers WHERE t = $t) RETURN a.id AS x ORDER BY x": "`$t IN list`",
    "MATCH (a:Company) WHERE $t IS NULL OR a.id = $t RETURN a.id AS x ORDER BY x": "= any",
    "MATCH (a) WHERE a:Company RETURN a.id AS x ORDER BY x": "`(n:Company)`",
    "MATCH (a:Company) RETURN a.tickers[0] AS x ORDER BY x": "list[0..k]",
    "MATCH (a:Company) RETURN a.tickers[1..2] AS x ORDER BY x": "list[0..k]",
    "MATCH (a:Company) RETURN [t IN a.tickers | t] AS x ORDER BY x": "collect()",
    "MATCH (a:Company) RETURN a.name || a.id AS x ORDER BY x": "use +",
    "MATCH (a:Company) RETURN a.kind + ' ' AS x ORDER BY x": "coalesce",
    "MATCH (a:Company) RETURN coalesce('x' + a.kind, '') AS x ORDER BY x": "coalesce",
    "MATCH (a:Company) RETURN {id: a.id} AS x ORDER BY x": "plain values",
    "MATCH (a:Company) RETURN a {.id} AS x ORDER BY x": "plain values",
    "MATCH (a:Company) RETURN * ORDER BY a.id": "name the columns",
    "MATCH (a:Company) RETURN a.id AS x ORDER BY x UNION ALL MATCH (a:Company) RETURN a.id AS y ORDER BY y": (
        "same columns"
    ),
    "MATCH (a:Company) RETURN a.id AS x ORDER BY x UNION ALL MATCH (a:Company) RETURN null AS x ORDER BY x": (
        "'' for a text"
    ),
    "MATCH (a:Company) SET a.name = 'x' RETURN a.id AS x ORDER BY x": "SET writes",
    "MATCH (a:Company) DETACH DELETE a": "DETACH writes",
    "MATCH (a:Compani) RETURN a.id AS x ORDER BY x": "did you mean Company?",
    "MATCH (a)-[:SUPPLY]->(b) RETURN a.id AS x ORDER BY x": "no link type SUPPLY; did you mean SUPPLIES?",
    "MATCH (a:Company) RETURN a.nam AS x ORDER BY x": "Company has no property nam",
    "MATCH (a:Company {nam: 'x'}) RETURN a.id AS x ORDER BY x": "Company has no property nam",
    "MATCH (a)-[r:OWNS]->(b) RETURN r.share AS x ORDER BY x": "OWNS has no property share",
    "MATCH (a:Product)-[:MAKES]->(b:Company) RETURN a.id AS x ORDER BY x": "turn the arrow",
    "MATCH (a:Product) MATCH (b:Company)<-[:MAKES]-(a) RETURN a.id AS x ORDER BY x": "turn the arrow",
    "MATCH (a:Company) WHERE EXISTS { MATCH (a)-[:MAKES]->(b:Segment) } RETURN a.id AS x ORDER BY x": "turn the arrow",
    "MATCH (a:Company) RETURN 'open AS x": "' is never closed",
    "MATCH (a:Company) RETURN a.id AS x ORDER BY x /* open": "/* is never closed",
    "MATCH (a:Company) RETURN a.id AS x ORDER BY x; MATCH (b:Company) RETURN b.id AS y ORDER BY y": "one statement",
}

COMMON = (
    (
        "MATCH (a:Company|Product)-[r:USES]->(p:Product) WHERE r.quantity > 1.0 RETURN type(r) AS "
        "link, a.id AS x ORDER BY x"
    ),
    "MATCH (a:Company) WITH DISTINCT a.id AS x ORDER BY x SKIP 0 RETURN collect(x) AS xs ORDER BY size(xs)",
    "MATCH (a:Company) WHERE a.name STARTS WITH 'x' OR a.name ENDS WITH 'y' RETURN a.id AS x ORDER BY x",
    "MATCH (a:Company)-[r:COMPETES_WITH]-(b:Product) RETURN a.id AS x ORDER BY x",
    (
        "MATCH (a:Company) WHERE NOT (a)-[:MAKES]->(:Product) AND COUNT { MATCH (a)-[:OWNS]->(b) } "
        "= 0 RETURN a.id AS x ORDER BY x"
    ),
    "MATCH (a:Company) RETURN a.tickers[0..1][-1] AS x, $xs AS given ORDER BY x;",
    "UNWIND ['a', 'b'] AS x RETURN x ORDER BY x",
    "MATCH (l:Load) RETURN l.at AS x ORDER BY x",
    "MATCH (`a b`:Company) RETURN `a b`.id AS x ORDER BY x",
)


@pytest.mark.parametrize("name", WRONG_SHAPES)
def test_a_shape_that_the_embedded_engine_answers_wrongly_is_refused(name: str) -> None:
    """Each spelling of the silently wrong shapes is found, with the safe spelling."""
    findings = dialect.check(WRONG_SHAPES[name], MODEL, rules=SHAPES)

    assert findings
    assert all(
        "embedded engine" in found.message and ("`" in found.message or "()" in found.message) for found in findings
    )


@pytest.mark.parametrize("name", SAFE_SHAPES)
def test_a_safe_spelling_is_accepted(name: str) -> None:
    """The spellings that the messages advise, and what only looks like a wrong shape, pass."""
    assert dialect.check(SAFE_SHAPES[name], MODEL, rules=SHAPES) == []


@pytest.mark.parametrize("text", UNCOMMON)
def test_what_only_one_engine_reads_is_refused_with_the_common_spelling(text: str) -> None:
    """Everything outside the common dialect and the model is found, and the message says what to write."""
    assert any(UNCOMMON[text] in found.message for found in dialect.check(text, MODEL)), dialect.check(text, MODEL)


@pytest.mark.parametrize("text", COMMON)
def test_the_common_dialect_is_accepted(text: str) -> None:
    """What both engines read alike passes all rules."""
    assert dialect.check(text, MODEL) == []


def test_a_finding_names_the_line() -> None:
    """Lines count from the top of the text, strings and comments with line breaks included."""
    text = "// one\n/* two\nthree */ MATCH (a:Company) WHERE a.name = 'four\nfive'\nRETURN labels(a) AS x\nORDER BY x"

    assert [found.line for found in dialect.check(text, MODEL)] == [5]


def test_only_the_rules_asked_for_are_applied() -> None:
    """An ad hoc query may be written as its engine likes, so long as it is one statement."""
    text = "MATCH (a:Anything)-[:OWNS]->(b)-[r:OWNS]->(c) WHERE r.stake > 0.5 RETURN labels(a)"

    assert dialect.check(text, MODEL, rules=()) == []
    assert dialect.check(f"{text}; {text}", MODEL, rules=())


def test_parameters_are_read_from_the_text_only() -> None:
    """Names after $ count, in backticks too; those in strings and comments do not."""
    text = "// $no\nRETURN $one + '$no' AS x, /* $no */\n$`two three` AS y"

    assert dialect.parameters(text) == {"one": 2, "two three": 3}


def test_columns_are_those_of_the_last_return_of_each_branch() -> None:
    """Aliases in order, None for a column without a name, and whether the rows are ordered."""
    text = "MATCH (a) RETURN a.id AS x, count(*)\nUNION ALL\nMATCH (b) WITH b.id AS x RETURN x, x AS y ORDER BY x"

    assert dialect.columns(text) == [(1, ("x", None), False), (3, ("x", "y"), True)]


ANYTHING = st.text(
    alphabet=st.one_of(st.sampled_from("'\"`\\/*-[](){}<>$.:|;, \nabR1中🐉"), st.characters(codec="utf-8"))
)


@given(ANYTHING)
def test_tokens_join_to_the_text(text: str) -> None:
    """No character is lost or changed, whatever the text."""
    tokens = list(tokenize(text))

    assert "".join(token.text for token in tokens) == text
    assert [token.line for token in tokens] == [1 + text[: _start(tokens, i)].count("\n") for i in range(len(tokens))]


def _start(tokens: list[dialect.tokens.Token], place: int) -> int:
    return sum(len(token.text) for token in tokens[:place])


@given(ANYTHING)
def test_any_text_can_be_checked(text: str) -> None:
    """The rules never fail, however broken the text."""
    assert all(found.line >= 1 for found in dialect.check(text, MODEL))


@given(ANYTHING)
def test_a_string_may_hold_anything(text: str) -> None:
    """What stands in quotes is one token and breaks no rule."""
    quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    assert [token.text for token in significant(f"RETURN {quoted} AS x")] == ["RETURN", quoted, "AS", "x"]
    assert dialect.check(f"MATCH (a:Company) WHERE a.name = {quoted} RETURN a.id AS x ORDER BY x", MODEL) == []


@given(ANYTHING)
def test_a_comment_may_hold_anything(text: str) -> None:
    """What stands in a comment breaks no rule."""
    line, block = text.replace("\n", " ").replace("\r", " "), text.replace("*/", "* /")

    for comment in (f"//{line}\n", f"/*{block} */"):
        assert dialect.check(f"MATCH (a:Company) {comment} RETURN a.id AS x ORDER BY x", MODEL) == []


LAYOUTS = (" ", "\n", "\t", " /* ' */ ", ' // "\n')


@given(st.sampled_from(sorted(WRONG_SHAPES.keys() - {"comment between"})), st.sampled_from(LAYOUTS), st.booleans())
def test_no_layout_hides_a_wrong_shape(name: str, space: str, lower: bool) -> None:
    """Spaces, comments and the case of keywords make no difference."""
    text = "".join(space if token.kind == "space" else token.text for token in tokenize(WRONG_SHAPES[name]))
    for word in ("MATCH", "WHERE", "WITH", "UNWIND", "RETURN", "OPTIONAL", "EXISTS", "UNION ALL") if lower else ():
        text = text.replace(word, word.lower())

    assert dialect.check(text, MODEL, rules=SHAPES)
