"""Who answers examples: every labeller, a constant, a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from litgraph.errors import DatasetError
from litgraph.evaluation.labels.direction import Direction, direction_consistency
from litgraph.evaluation.labels.report import compare, report
from litgraph.evaluation.labels.systems import Answers, answered, constant, keep, kept
from litgraph.examples.labelled import Labelled, records_of
from litgraph.examples.record import Record
from litgraph.relations.asking.cache import LabelCache
from litgraph.relations.asking.prompts import Question
from litgraph.relations.choice import choose_labeller
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions

RULES = choose_labeller("rules")


def local(tiny_smollm3: Any) -> LabellerChoice:
    """The double of SmolLM3, without an adapter."""
    return choose_labeller("smollm3", LabellerOptions(model=str(tiny_smollm3.base), adapter="none", precision="fp32"))


def _record(text: str, one: str, other: str, relation: str, dataset: str = "s", types: str = "PER PER") -> Record:
    return records_of([Labelled(Question(text, one, other, *types.split()), relation, dataset)])[0]


STATED = [
    _record("Jane Bennet, sister of Elizabeth Bennet, smiled.", "Jane Bennet", "Elizabeth Bennet", "sibling_of"),
    _record("Mr. Darcy married Elizabeth Bennet.", "Elizabeth Bennet", "Mr. Darcy", "spouse_of"),
    _record("Jane Bennet looked at Mr. Darcy.", "Jane Bennet", "Mr. Darcy", "none"),
    _record("Nobody was there.", "Jane Bennet", "Mr. Darcy", "none"),
    _record("In 1812 Jane Bennet smiled.", "Jane Bennet", "1812", "none", types="PER TIME"),
]


def test_a_labeller_of_books_answers_examples() -> None:
    found = answered(RULES, STATED)
    assert found.texts == ("sibling_of", "spouse_of", "none", "none", "none")
    assert found.questions == 3 and found.probabilities[0] is not None and found.probabilities[2] is None
    assert report(STATED, found).by_dataset["s"].positive.f1 == 1


def test_a_relation_the_other_way_round_gets_its_inverse_or_is_wrong() -> None:
    text = "Mr. Bennet, father of Jane Bennet, lived in Longbourn."
    straight = _record(text, "Mr. Bennet", "Jane Bennet", "parent_father_of")
    turned = _record(text, "Jane Bennet", "Mr. Bennet", "child_of")
    place = _record(text, "Longbourn", "Mr. Bennet", "lives_in", types="LOC PER")
    found = answered(RULES, [straight, turned, place])
    assert found.texts[:2] == ("parent_father_of", "child_of")
    assert found.texts[2] in ("reversed lives_in", "none")


def test_a_language_model_answers_in_the_words_of_the_prompts(tiny_smollm3: Any) -> None:
    labeller = local(tiny_smollm3)
    cache = LabelCache()
    found = answered(labeller, STATED, style="training", cache=cache)
    assert len(found.texts) == len(STATED) and found.questions == len(STATED) and found.seconds > 0
    again = answered(labeller, STATED, style="training", cache=cache)
    assert again.texts == found.texts and again.questions == 0 and again.seconds == 0
    assert report(STATED, again).seconds is None
    other = answered(labeller, STATED, cache=cache)
    assert other.questions == len(STATED)


def test_the_labels_that_a_prompt_lists_are_those_of_its_data_set(
    tiny_smollm3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from litgraph.evaluation.labels import systems

    labeller = local(tiny_smollm3)
    other = _record("Ada was born in London.", "Ada", "London", "bplace_name", "t", "PER LOC")
    seen: list[str] = []
    monkeypatch.setattr(
        systems, "answers_to", lambda asker, asked, cache, progress: seen.extend(one.prompt for one in asked) or {}
    )
    with pytest.raises(KeyError):  # nobody answers
        answered(labeller, [*STATED[:3], other], style="paper-listed")
    assert all("allowed set: none, sibling_of, spouse_of\n" in prompt for prompt in seen[:3])
    assert "allowed set: bplace_name\n" in seen[3]


def test_swapped_questions_are_other_questions(tiny_smollm3: Any) -> None:
    labeller = local(tiny_smollm3)
    cache = LabelCache()
    answered(labeller, STATED, cache=cache)
    assert answered(labeller, STATED, cache=cache, swapped=True).questions == len(STATED)
    assert answered(RULES, STATED, swapped=True).texts[:2] == ("sibling_of", "spouse_of")


def test_answers_are_kept_in_a_file_and_compared(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    found = Answers(("sibling_of", "none", "none", "friend_of", "none"), (0.5, None, None, 0.25, None))
    keep(path, STATED, found)
    assert kept(path, STATED) == found
    with pytest.raises(DatasetError, match="other examples"):
        kept(path, STATED[1:])
    with pytest.raises(DatasetError, match="other examples"):
        kept(path, [*STATED[:-1], STATED[0]])
    compared = compare(STATED, found, constant("sibling_of", STATED))
    assert set(compared) == {"s"} and compared["s"].first.value == pytest.approx(0.5)


def test_an_example_that_nobody_understands_is_told() -> None:
    strange = Record("Who is Jane to Lizzy?", "sibling_of", "s")
    with pytest.raises(DatasetError, match="cannot be told from its wording"):
        answered(RULES, [strange])


def test_data_sets_are_scored_apart_and_averaged() -> None:
    records = [*STATED[:2], _record("Ada was born in London.", "Ada", "London", "bplace_name", "t", "PER LOC")]
    found = report(records, Answers(("sibling_of", "spouse_of", "friend_of"), (0.9, 0.9, 0.4)))
    assert [found.by_dataset[name].positive.f1 for name in "st"] == [1, 0]
    assert found.average == 0.5
    assert found.majority["t"].positive.f1 == 1 and found.companion["s"].positive.f1 == 0
    assert found.calibration == pytest.approx((2 * 0.1 + 0.4) / 3)
    assert set(compare(records, constant("x", records), constant("y", records))) == {"s", "t", "all"}


def test_directions_by_hand() -> None:
    answers = [
        ("sibling_of", "sibling_of"),  # symmetric: one fact
        ("parent_father_of", "child_of"),  # two writings of one fact
        ("teacher_of", "teacher_of"),  # not both
        ("lives_in", "none"),
        ("friend_of", "enemy_of"),
        ("none", "Other"),  # nothing was said
        ("gibberish", "none"),
    ]
    assert direction_consistency(answers) == Direction(questions=5, agreed=2, contradicted=1)
    assert direction_consistency([]).consistency == 0
