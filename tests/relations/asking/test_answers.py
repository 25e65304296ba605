"""Answers: what a model writes, cleaned and mapped to the vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.ontology import RELATIONS
from litgraph.relations.asking.answers import Meaning, clean, meaning, scoring_form
from litgraph.types import ENTITY_KINDS, EntityKind


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("sibling_of", "sibling_of"),
        ("  sibling_of\n", "sibling_of"),
        ("sibling_of<|im_end|>", "sibling_of"),
        ("sibling_of<|im_end|>\n<|im_start|>user", "sibling_of"),
        ("<think>\n\n</think>\nsibling_of", "sibling_of"),
        ("<think>They\nare sisters.</think>sibling_of", "sibling_of"),
        ("They are sisters.</think>sibling_of", "sibling_of"),  # the prompt had opened the thought
        ("<think>They are sis", ""),  # cut off while it thought
        ("<think>a</think><think>b</think>\nsibling_of", "sibling_of"),
        ('"sibling_of"', "sibling_of"),
        ("“sibling_of”", "sibling_of"),
        ("Answer: sibling_of", "sibling_of"),
        ("Answer:\nsibling_of", "sibling_of"),
        ("relation: 'sibling_of'\nBecause", "sibling_of"),
        ("sibling_of\nBecause they are sisters", "sibling_of"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_what_is_left_of_an_answer(raw: str, label: str) -> None:
    assert clean(raw) == label


@given(st.text(max_size=40))
def test_cleaning_never_fails_and_leaves_one_line(raw: str) -> None:
    label = clean(raw)
    assert len(label.splitlines()) <= 1 and label == label.strip()
    assert "<think>" not in label


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("Sibling_Of", "sibling_of"),
        ('"Place  of Birth"', "place of birth"),
        ("", "none"),
        ("NULL", "none"),
        ("nan", "none"),
        ("None", "none"),
        ("Other", "other"),
        ("NA", "na"),
        ("Answer: sibling_of", "sibling_of"),
        ("Answer:\nsibling_of", "sibling_of"),
        ("<think>Jane is her sister.</think>\nsibling_of", "sibling_of"),
        ("“Sibling_of”", "sibling_of"),
        ("`sibling_of`", "sibling_of"),
        ("sibling_of<|im_end|>", "sibling_of"),
        ("Relation: none", "none"),
        (None, "none"),
    ],
)
def test_the_form_that_is_scored(raw: str | None, form: str) -> None:
    assert scoring_form(raw) == form


@pytest.mark.parametrize(
    ("raw", "kinds", "expected"),
    [
        ("spouse_of", ("character", "character"), Meaning("spouse_of")),
        ("Married to", ("character", "character"), Meaning("spouse_of")),
        ("none", ("character", "character"), Meaning(None)),
        ("Other", ("character", "character"), Meaning(None)),
        ("no_relation", ("character", "place"), Meaning(None)),
        ("", ("character", "place"), Meaning(None)),
        ("dances with", ("character", "character"), Meaning("")),
        ("lives_in", ("character", "place"), Meaning("lives_in")),
        ("lives_in", ("place", "character"), Meaning("lives_in", forward=False)),
        ("lives_in", ("character", "character"), Meaning("", fits=False)),
        ("spouse_of", ("character", "place"), Meaning("", fits=False)),
        ("sibling", ("character", "character"), Meaning("sibling_of")),
        ("ofParent", ("character", "character"), Meaning("child_of")),
        ("hasChild", ("character", "character"), Meaning("child_of", forward=False)),
        ("bplace_name", ("place", "character"), Meaning("born_in", forward=False)),
    ],
)
def test_what_an_answer_means(raw: str, kinds: tuple[EntityKind, EntityKind], expected: Meaning) -> None:
    assert meaning(raw, *kinds) == expected


@given(st.sampled_from(sorted(RELATIONS)), st.sampled_from(ENTITY_KINDS), st.sampled_from(ENTITY_KINDS))
def test_a_relation_of_the_vocabulary_holds_for_its_kinds_or_for_nothing(
    name: str, one: EntityKind, other: EntityKind
) -> None:
    found = meaning(name, one, other)
    if found.relation:
        kinds = (one, other) if found.forward else (other, one)
        relation = RELATIONS[found.relation]
        assert (kinds[0] in relation.head_kinds and kinds[1] in relation.tail_kinds) or relation.symmetric
    else:
        assert name == "Other" or not found.fits
