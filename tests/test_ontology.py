"""The vocabulary: complete, consistent, and forgiving about how a name is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph import ontology
from litgraph.ontology import RELATIONS, allowed, cypher_type, fold, inverse, normalise, symmetric
from litgraph.types import ENTITY_KINDS

FICTION = """
parent_father_of parent_mother_of child_of sibling_of spouse_of relative_of adopted_by companion_of friend_of lover_of
rival_of enemy_of inspires sacrifices_for mentor_of teacher_of protector_of employer_of leader_of member_of lives_in
lived_in visits travel_to born_in travels_by participates_in causes owns believes_in embodies located_in part_of
owned_by occupied_by used_by affects experienced_by travels_in based_in attended_by ends_in occurs_in features
stored_in expressed_by associated_with
""".split()
SYMMETRIC = "sibling_of spouse_of relative_of companion_of friend_of rival_of enemy_of associated_with sibling".split()


def test_holds_the_47_names_of_fiction_and_ten_of_biography() -> None:
    assert [relation_type.name for relation_type in ontology.FICTION] == FICTION
    assert len(FICTION) == 47
    assert len(ontology.BIOGRAPHICAL) == 10
    assert len(RELATIONS) == 57
    assert {"birthdate", "bplace_name", "Other"} <= RELATIONS.keys()


def test_co_occurrence_is_no_name_of_the_vocabulary() -> None:
    assert ontology.CO_OCCURS not in RELATIONS
    assert normalise(ontology.CO_OCCURS) == ""


def test_symmetric_relations() -> None:
    assert sorted(name for name in RELATIONS if symmetric(name)) == sorted(SYMMETRIC)


@pytest.mark.parametrize("name", RELATIONS)
def test_inverses_are_consistent(name: str) -> None:
    other = inverse(name)
    if other is None:
        return
    assert not symmetric(name)
    assert not symmetric(other)
    assert inverse(other) in (name, None)
    assert RELATIONS[other].head_kinds == RELATIONS[name].tail_kinds
    assert RELATIONS[other].tail_kinds == RELATIONS[name].head_kinds


def test_inverse_of_parents_and_property() -> None:
    assert inverse("parent_father_of") == inverse("parent_mother_of") == "child_of"
    assert inverse("child_of") is None
    assert (inverse("owns"), inverse("owned_by")) == ("owned_by", "owns")


@pytest.mark.parametrize("name", RELATIONS)
def test_every_name_has_kinds(name: str) -> None:
    relation_type = RELATIONS[name]
    assert relation_type.head_kinds and relation_type.head_kinds <= set(ENTITY_KINDS)
    assert relation_type.tail_kinds and relation_type.tail_kinds <= set(ENTITY_KINDS)
    if symmetric(name):
        assert relation_type.head_kinds == relation_type.tail_kinds


def test_allowed_kinds() -> None:
    assert allowed("spouse_of", "character", "character")
    assert not allowed("spouse_of", "character", "place")
    assert allowed("lives_in", "character", "place")
    assert not allowed("lives_in", "place", "character")
    assert allowed("travels_by", "group", "vehicle")
    assert not allowed("travels_by", "character", "place")
    assert allowed("leader_of", "character", "organisation")
    assert allowed("owned_by", "place", "character")
    assert not allowed("owns", "place", "character")


def test_a_name_outside_the_vocabulary_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        allowed("knows", "character", "character")


def test_fold_writes_a_fact_one_way() -> None:
    assert fold("b", "sibling_of", "a") == fold("a", "sibling_of", "b") == ("a", "sibling_of", "b")
    assert fold("bennet", "parent_father_of", "jane") == ("jane", "child_of", "bennet")
    assert fold("pemberley", "owned_by", "darcy") == ("darcy", "owns", "pemberley")
    assert fold("jane", "lover_of", "bingley") == ("jane", "lover_of", "bingley")


@given(st.sampled_from(sorted(RELATIONS)), st.text(max_size=3), st.text(max_size=3))
def test_fold_is_idempotent(name: str, head: str, tail: str) -> None:
    assert fold(*fold(head, name, tail)) == fold(head, name, tail)


def test_cypher_types() -> None:
    assert cypher_type("sibling_of") == "SIBLING_OF"
    assert cypher_type("ofParent") == "OF_PARENT"
    assert len({cypher_type(name) for name in RELATIONS}) == len(RELATIONS)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("sibling_of", "sibling_of"),
        ("Sibling Of", "sibling_of"),
        ("siblingOf", "sibling_of"),
        ("SIBLING-OF.", "sibling_of"),
        ('"sibling_of"\n', "sibling_of"),
        ("“lives in”", "lives_in"),
        ("married to", "spouse_of"),
        ("is married to", "spouse_of"),
        ("is the mother of", "parent_mother_of"),
        ("Sister", "sibling_of"),
        ("hasChild", "hasChild"),
        ("other", "Other"),
        ("birthplace", "bplace_name"),
        ("", ""),
        ("none", ""),
        ("no relation", ""),
        ("They are friends and rivals.", ""),
        ("...", ""),
    ],
)
def test_normalise(raw: str, name: str) -> None:
    assert normalise(raw) == name


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=40), st.sampled_from(sorted(ontology.SYNONYMS)), st.sampled_from(sorted(RELATIONS))))
def test_normalise_gives_a_name_or_nothing_and_is_idempotent(raw: str) -> None:
    name = normalise(raw)
    assert name == "" or name in RELATIONS
    assert normalise(name) == name


@pytest.mark.parametrize("name", RELATIONS)
def test_normalise_knows_every_name_however_it_is_spelt(name: str) -> None:
    for spelling in (name, name.upper(), name.replace("_", " "), f" '{name}'. "):
        assert normalise(spelling) == name or (name.lower() != name and spelling == name.upper())


def test_synonyms_mean_names_and_are_no_names_themselves() -> None:
    assert set(ontology.SYNONYMS.values()) <= RELATIONS.keys()
    assert not set(ontology.SYNONYMS) & RELATIONS.keys()
