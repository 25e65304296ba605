"""The tables behind the rules, and the language they are written in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fact_scores import score_facts

from litgraph.corpora.litbank import read_split
from litgraph.ontology import RELATIONS
from litgraph.relations.rules import patterns
from litgraph.relations.rules import table as rules_table
from litgraph.relations.rules.labeller import RulesLabeller
from litgraph.relations.rules.measured import COUNTS, OVERALL, confidence
from litgraph.relations.rules.patterns import compile_pattern
from litgraph.relations.rules.role_nouns import ROLES, THESAURUS
from litgraph.relations.rules.table import RULES


@pytest.mark.parametrize(
    "pattern",
    ["HEAD married", "HEAD likes OWNER", "if HEAD married TAIL", "HEAD:PRE married TAIL", "married", "HEAD HEAD TAIL"],
)
def test_a_pattern_outside_the_language_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        compile_pattern(pattern)


def test_a_pattern_knows_its_slots() -> None:
    pattern = compile_pattern("BEARER:PER.name|noun[ {determiner}? friend of OWNER:GPE ]")
    assert (pattern.first.name, pattern.second.name, pattern.nested) == ("BEARER", "OWNER", True)
    assert pattern.first.labels == {"PER"}
    assert pattern.first.forms == {"name", "noun"}
    assert pattern.second.labels == {"GPE"}
    assert pattern.expression.match("< the ^friend of < ^meryton > > ")
    assert not pattern.expression.match("< the friend of < ^meryton > then > ")


def test_every_relation_of_the_tables_is_in_the_vocabulary() -> None:
    assert {rule.relation for rule in RULES if rule.relation} <= RELATIONS.keys()
    assert {triple.split()[1] for triple, _ in THESAURUS} <= RELATIONS.keys()
    assert all({triple.split()[0], triple.split()[2]} == {"BEARER", "OWNER"} for triple, _ in THESAURUS)


def test_a_role_noun_has_each_sense_once() -> None:
    assert all(len(set(roles)) == len(roles) for roles in ROLES.values())
    for _, nouns in THESAURUS:
        assert len(set(nouns.split())) == len(nouns.split())


def test_no_word_class_is_idle() -> None:
    source = Path(str(rules_table.__file__)).read_text(encoding="utf-8")
    used = set(re.findall(r"{(\w+)}", source))
    assert used - {"role", "modifier", "word"} == set(patterns.CLASSES)


def test_confidence_comes_from_the_counts() -> None:
    fired, correct = COUNTS["possessive: child_of"]
    assert fired > 50
    assert confidence("possessive: child_of") == pytest.approx(correct / fired, abs=0.02)
    assert confidence("a rule that never fired") == pytest.approx(OVERALL, abs=0.01)


def test_counts_are_what_the_rules_do_on_the_training_passages(data_folder: Path) -> None:
    score = score_facts(read_split(data_folder, "train"), RulesLabeller())
    assert {raw: (len(facts), len(facts & score.gold)) for raw, facts in score.found.items()} == dict(COUNTS)
    assert score.precision >= 0.75
    assert score.recall >= 0.18
    poor = [raw for raw, (fired, correct) in COUNTS.items() if fired >= 10 and correct / fired < 0.5]
    assert not poor


def test_rules_are_precise_on_passages_they_were_not_tuned_on(data_folder: Path) -> None:
    score = score_facts(read_split(data_folder, "dev"), RulesLabeller())
    assert score.precision >= 0.70
    assert score.recall >= 0.15
