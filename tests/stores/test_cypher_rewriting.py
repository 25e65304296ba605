"""What Neo4j understands and the embedded engine does not by itself."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from graphs import pride
from hypothesis import given, settings
from hypothesis import strategies as st

import litgraph
from litgraph.errors import LitgraphWarning, QueryError
from litgraph.stores.cypher.advice import COOKBOOK
from litgraph.stores.cypher.rewriting import DEEPEST, LONGEST, rewritten
from litgraph.stores.embedded import ask

ENDS = "(a {name: 'Jane Bennet'}), (b {name: 'Mr. Wickham'})"


def rows(statement: str) -> list[dict[str, Any]]:
    return ask(pride(), statement).rows


@pytest.mark.parametrize(
    ("statement", "same"),
    [
        ("MATCH (c:Character) /* all */ RETURN c.name AS n", "MATCH (c:Character) RETURN c.name AS n"),
        ("/* one\ntwo */ MATCH (c:/**/Place) // last\nRETURN c.name AS n", "MATCH (c:Place) RETURN c.name AS n"),
        ("MATCH (c:Group) WHERE c.name <> '/* (x:A&B WHERE' RETURN c.name AS n", "MATCH (c:Group) RETURN c.name AS n"),
        (
            "MATCH (c:Character WHERE c.mentions > 300) RETURN c.name AS n",
            "MATCH (c:Character) WHERE c.mentions > 300 RETURN c.name AS n",
        ),
        (
            "MATCH (c:Character WHERE c.mentions > 300 OR c.first = 1) WHERE c.gender = 'female' OR c.last = 61 "
            "RETURN c.name AS n",
            "MATCH (c:Character) WHERE (c.mentions > 300 OR c.first = 1) AND (c.gender = 'female' OR c.last = 61) "
            "RETURN c.name AS n",
        ),
        (
            "MATCH (a)-[r:CO_OCCURS_WITH WHERE r.weight > 1]-(b WHERE b.mentions > 1) RETURN b.name AS n",
            "MATCH (a)-[r:CO_OCCURS_WITH]-(b) WHERE r.weight > 1 AND b.mentions > 1 RETURN b.name AS n",
        ),
        (
            "MATCH (a:Character) OPTIONAL MATCH (a)-[:LOVER_OF]->(b WHERE b.mentions > 500) RETURN a.name AS a, b",
            "MATCH (a:Character) OPTIONAL MATCH (a)-[:LOVER_OF]->(b) WHERE b.mentions > 500 RETURN a.name AS a, b",
        ),
        (
            "MATCH (a:Character) WHERE COUNT { (a)--(b WHERE b.mentions > 350) } > 1 RETURN a.name AS n",
            "MATCH (a:Character) WHERE COUNT { (a)--(b) WHERE b.mentions > 350 } > 1 RETURN a.name AS n",
        ),
        (
            "MATCH (a:Character WHERE EXISTS { MATCH (a)--(b:Place WHERE b.first = 1) }) RETURN a.name AS n",
            "MATCH (a:Character) WHERE EXISTS { MATCH (a)--(b:Place) WHERE b.first = 1 } RETURN a.name AS n",
        ),
        (
            "MATCH (a:Character) RETURN a.name AS n, [(a)--(b:Place WHERE b.first = 1) | b.name] AS p",
            "MATCH (a:Character) RETURN a.name AS n, [(a)--(b:Place) WHERE b.first = 1 | b.name] AS p",
        ),
        ("MATCH (c:Entity&Character) RETURN c.name AS n", "MATCH (c:Entity:Character) RETURN c.name AS n"),
        ("MATCH (c:Character&!Place) RETURN c.name AS n", "MATCH (c:Character) WHERE NOT c:Place RETURN c.name AS n"),
        ("MATCH (c:(Place|Group)&!Vehicle) RETURN c.name AS n", "MATCH (c:Place|Group) RETURN c.name AS n"),
        ("MATCH (:!Character)--(b) RETURN b.name AS n", "MATCH (a)--(b) WHERE NOT a:Character RETURN b.name AS n"),
        ("MATCH (c:%) RETURN count(c) AS n", "MATCH (c) RETURN count(c) AS n"),
        (
            "MATCH (a)-[r:!CO_OCCURS_WITH&!APPEARS_IN]->(b) RETURN type(r) AS t",
            "MATCH (a)-[r]->(b) WHERE NOT type(r) IN ['CO_OCCURS_WITH', 'APPEARS_IN'] RETURN type(r) AS t",
        ),
        ("MATCH (c) WHERE c:Place|Group RETURN c.name AS n", "MATCH (c:Place|Group) RETURN c.name AS n"),
        ("MATCH (c) WHERE c:Entity&!Place RETURN c.name AS n", "MATCH (c:Entity) WHERE NOT c:Place RETURN c.name AS n"),
        (
            "MATCH (c:Character) WHERE 100 < c.mentions < 500 RETURN c.name AS n",
            "MATCH (c:Character) WHERE 100 < c.mentions AND c.mentions < 500 RETURN c.name AS n",
        ),
        (
            "MATCH (c:Character) WHERE NOT 1 <= c.first + 1 <= 2 <= c.last AND c.name <> '' RETURN c.name AS n",
            "MATCH (c:Character) WHERE NOT (1 <= c.first + 1 AND c.first + 1 <= 2 AND 2 <= c.last) AND c.name <> '' "
            "RETURN c.name AS n",
        ),
        (
            "MATCH (c:Character) RETURN percentileCont(c.mentions, 0.4) AS n",
            "MATCH (c:Character) RETURN percentile_cont(c.mentions, 0.4) AS n",
        ),
        (f"MATCH {ENDS} MATCH shortestPath((a)-[*..5]-(b)) RETURN a.name AS n", f"MATCH {ENDS} RETURN a.name AS n"),
        (
            f"MATCH {ENDS}, p = shortestPath((a)-[*..5]-(b)) RETURN length(p) AS n",
            f"MATCH {ENDS} MATCH p = shortestPath((a)-[*..5]-(b)) RETURN length(p) AS n",
        ),
        (f"MATCH {ENDS}, shortestPath((a)-[*..5]-(b)) RETURN *", f"MATCH {ENDS} RETURN *"),
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_the_same_in_other_words(statement: str, same: str) -> None:
    answer, expected = ask(pride(), statement), ask(pride(), same)
    assert sorted(map(str, answer.rows)) == sorted(map(str, expected.rows))
    assert answer.columns == expected.columns
    assert answer.rows


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (c:Character) RETURN c.name, c.mentions ORDER BY c.name",
        "MATCH p = (a)<-[r:OWNS]-(b)<--(c) WHERE a.first < 9 AND (b.last) > 3 RETURN p, {a: 1, b: [1, 2]} AS m",
        "MATCH (a)<-->(b)<-->(c) RETURN [x IN range(0, 3) WHERE x > 1 | x * 2] AS l, a{.name, b: 2} AS p",
        "MATCH (c) WITH c.name AS name WHERE name STARTS WITH 'J' AND NOT name ENDS WITH 'x' RETURN name",
        "MATCH (c:A|B)-[:X|Y*1..3]->(:C) RETURN c:A AS a, CASE WHEN c.n = 1 THEN 2 ELSE 3 END AS b",
        "UNWIND [1, 2] AS x RETURN reduce(s = 0, y IN [x] | s + y) AS r UNION RETURN 1 AS r",
    ],
)
def test_what_needs_no_other_words_stays_letter_by_letter(statement: str) -> None:
    assert rewritten(statement) == statement


def test_columns_keep_the_names_that_neo4j_gives_them() -> None:
    assert ask(
        pride(), "MATCH (c:Character) RETURN percentileDisc(c.mentions, 0.5), 1 < 2 < 3, count(*) AS n, max(c.first)"
    ).columns == ("percentileDisc(c.mentions, 0.5)", "1 < 2 < 3", "n", "max(c.first)")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("MATCH (c:Character) RETURN stDevP(c.mentions)", "stDev"),
        ("MATCH (c:Character) RETURN reduce(s = 0, x IN collect(c.mentions) | s + x)", "WITH collect"),
        (f"MATCH {ENDS} RETURN length(shortestPath((a)-[*..5]-(b)))", "MATCH p = shortestPath"),
        ("MATCH p = SHORTEST 1 (a:Character)--+(b:Place) RETURN p", "MATCH p = shortestPath"),
        ("MATCH (a:Place) RETURN COLLECT { MATCH (a)--(b) RETURN b.name } AS x", "[(a)--(b) | b.name]"),
        ("MATCH (a:Place)--{1,2}(b) RETURN count(*)", "-[*1..2]-"),
        ("MATCH (a:Place)--+(b) RETURN count(*)", "-[*1..]-"),
        ("MATCH (a)-[r*1..2 WHERE r.weight > 1]-(b) RETURN count(*)", "all(r IN relationships(p)"),
        ("MATCH (c IS Character) RETURN c", "(c:Character)"),
        ("MATCH (c:Character) LET x = c.mentions RETURN x", "WITH *"),
        ("MATCH (c RETURN c", COOKBOOK),
    ],
)
def test_what_cannot_be_rewritten_is_answered_by_what_works(statement: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(pride(), statement)
    assert told in caught.value.hint


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("MATCH (c:Charcter) RETURN c", ['The graph has no label "Charcter"; do you mean "Character"?']),
        ("MATCH (c:character&!Plce) RETURN c", [
            'The graph has no label "character"; do you mean "Character"?',
            'The graph has no label "Plce"; do you mean "Place"?',
        ]),
        ("MATCH ()-[:SIBLINGOF]-() RETURN 1", ['The graph has no relation "SIBLINGOF"; do you mean "SIBLING_OF"?']),
        ("MATCH (c:Character) RETURN c.mention", ['The graph has no property "mention"; do you mean "mentions"?']),
        ("MATCH (c {nme: 'Jane Bennet'}) RETURN c", ['The graph has no property "nme"; do you mean "name"?']),
        ("MATCH (c)-[r]-() WHERE r.wieght > 1 RETURN c", ['The graph has no property "wieght"; do you mean "weight"?']),
        ("MATCH (c) WHERE (c)-[:OWN]->() RETURN c", ['The graph has no relation "OWN"; do you mean "OWNS"?']),
        ("MATCH (c:Vehicle)-[:RIVAL_OF]-(:Organisation) RETURN c.ambiguous", []),
        ("MATCH (c) WHERE c.name = '(x:Hero {y: 1})' RETURN c.kind // :Nobody", []),
        ("UNWIND [{foo: 1}] AS m RETURN m.foo AS bar, date('1813-01-28').year AS y", []),
        ("MATCH (c:Character) RETURN {one: c.name, two: c.first} AS x, c.rank AS r", []),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_a_name_that_is_nowhere_is_told_with_the_nearest(statement: str, told: list[str]) -> None:
    graph = pride()
    graph.nodes["mr-darcy"]["rank"] = "gentleman"
    lines: list[str] = []
    ask(graph, statement, tell=lines.append)
    assert lines == told


def test_a_name_far_from_all_is_told_with_what_there_is() -> None:
    with pytest.warns(LitgraphWarning, match='no label "Hero"; it has Book, Character, Entity'):
        assert litgraph.query(pride(), "MATCH (h:Hero) RETURN h") == []


def test_files_cannot_be_read_behind_a_comment() -> None:
    with pytest.raises(QueryError, match="files"):
        rewritten("LOAD /* x */ CSV FROM 'file:///etc/passwd' AS row RETURN row")


@pytest.mark.parametrize("statement", ["RETURN " + "(" * (DEEPEST + 2), "RETURN 1" + " " * LONGEST])
def test_what_the_engine_would_choke_on_is_refused(statement: str) -> None:
    with pytest.raises(QueryError):
        rewritten(statement)


PIECES = (
    "MATCH (a:A&!B WHERE a.x < 1) -[r:!T WHERE r.y]- [ ] { } ( ) WHERE AND NOT RETURN a , | 1 < 2 < 3 = EXISTS { "
    "COUNT { shortestPath( p = /* */ /* // 'a' \" ` \\ * .. STARTS WITH OPTIONAL MATCH UNION percentileCont( :: % &"
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_any_statement_is_rewritten_or_refused_in_words(statement: str) -> None:
    try:
        once = rewritten(statement)
    except QueryError:
        return
    assert isinstance(once, str)


LONG = ("EXISTS {", "/*", '"\\"', "(a:A WHERE ", "{a: 1, ", "/**/ ", "1 < ", "MATCH (a:!B)", ", p")


@pytest.mark.parametrize("piece", LONG)
def test_long_statements_take_no_long_time(piece: str) -> None:
    started = time.monotonic()
    for statement in (piece * (LONGEST // len(piece) - 10), "MATCH " + piece * 40 + " RETURN 1"):
        with suppress(QueryError):
            rewritten(statement)
    assert time.monotonic() - started < 20
