"""The embedded engine against brute force: 600 random queries, so that no upgrade of it lands with wrong answers."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from brute_force import World, random_graph, random_query

from litgraph.stores.embedded import KGLite

GRAPHS, QUERIES = 30, 20


def test_the_queries_are_no_idle_ones() -> None:
    asked = []
    for seed in range(GRAPHS):
        choose = random.Random(seed)
        world = World(random_graph(choose))
        asked += [random_query(choose, world) for _ in range(QUERIES)]
    assert len(asked) == 600 and len({statement for statement, _ in asked}) > 590
    assert sum(bool(rows) and rows != Counter([(0,)]) for _, rows in asked) > 250
    for word in ("EXISTS", "OPTIONAL", "DISTINCT", "*1..", "ORDER BY", "count(", "sum("):
        assert sum(word in statement for statement, _ in asked) > 20, word


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_random_queries_have_the_rows_of_brute_force(seed: int) -> None:
    choose = random.Random(seed)
    graph = random_graph(choose)
    world = World(graph)
    engine = KGLite()
    engine.load(graph)
    for number in range(QUERIES):
        statement, expected = random_query(choose, world)
        answer = engine.run(statement, {}, 20.0, 1_000_000)
        found = Counter(tuple(row[column] for column in answer.columns) for row in answer.rows)
        assert found == expected, f"seed {seed}, query {number}: {statement}"
