"""Neo4j's own parser and semantic analyser accepts every statement that litgraph can send, as Cypher 5 and 25."""

from __future__ import annotations

import pytest
from checker import LANGUAGES, WRONG, Checker, all_statements

from litgraph.ontology import NETWORKS, RELATIONS
from litgraph.stores import statements
from litgraph.stores.model import KIND_LABELS, RELATION_TYPES


@pytest.mark.parametrize("group", ["fixed", "hostile", "cookbook"])
def test_it_is_neo4j_s_cypher(checker: Checker, group: str) -> None:
    assert checker.complaints(group) == []


def test_the_checker_complains_where_it_should(checker: Checker) -> None:
    found = {(complaint["language"], complaint["statement"]) for complaint in checker.complaints("wrong")}
    assert found == {(language, statement) for language in LANGUAGES for statement in WRONG}


def test_hostile_text_is_among_what_is_checked() -> None:
    assert len(all_statements()["hostile"]) == 3


def test_there_is_one_statement_for_each_relation_and_kind() -> None:
    assert set(statements.RELATIONS) == set(RELATION_TYPES.values())
    assert len(set(RELATION_TYPES.values())) == len(RELATION_TYPES) == len(RELATIONS) + len(NETWORKS)
    assert len(set(statements.ALL)) == len(statements.ALL)
    assert set(statements.LABELS) == set(statements.OTHER_LABELS) == set(KIND_LABELS.values())
