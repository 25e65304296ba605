"""Asking a language model: which pairs, with which text, what is kept, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from litgraph.language_models.answers import Answer
from litgraph.pairs import candidate_pairs
from litgraph.progress import silent
from litgraph.relations.asking.cache import LabelCache
from litgraph.relations.asking.labeller import AskingLabeller, Request
from litgraph.relations.asking.prompts import Question
from litgraph.relations.labeller import Labeller, TellingLabeller
from litgraph.relations.labelling import label_pairs
from litgraph.runs.units import Units
from litgraph.types import EntityLabel, Mention, Pair, Sentence

TEXT = "Ann met Bob. Longbourn was home to Ann. Bob saw Cid. Cid hit Ann. Bob wed Ann."
LABELS: dict[str, EntityLabel] = {"Ann": "PER", "Bob": "PER", "Cid": "PER", "Longbourn": "FAC"}
ANSWERS = {
    ("Ann", "Bob"): "spouse_of",
    ("Bob", "Ann"): "hasChild",
    ("Ann", "Longbourn"): "lives_in",
    ("Bob", "Cid"): "lives_in",
    ("Cid", "Ann"): "dances with",
}


def book() -> tuple[list[Sentence], list[Pair]]:
    sentences, mentions, start = [], [], 0
    for index, part in enumerate(TEXT.split(". ")):
        end = start + len(part) + (0 if part.endswith(".") else 1)
        sentences.append(Sentence(index, start, end, 1 + index // 4, 0))
        for name, label in LABELS.items():
            if (place := TEXT.find(name, start, end)) >= 0:
                mentions.append(
                    Mention(f"m{place}", place, place + len(name), name, label, "name", index, 1 + index // 4, name)
                )
        start = end + 1
    return sentences, list(candidate_pairs(TEXT, sentences, mentions))


SENTENCES, PAIRS = book()


class Oracle:
    """Answers by the two names; remembers what it was asked, and can fall silent."""

    name = "oracle"

    def __init__(self, lives: int = 10**6) -> None:
        self.lives = lives
        self.asked: list[str] = []
        self.texts: list[str] = []

    def prompts(self, questions: Sequence[Question]) -> list[Request]:
        self.texts += [question.text for question in questions]
        return [Request(f"{question.one}|{question.other}|{question.text}", question.text) for question in questions]

    def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
        for place in reversed(range(len(requests))):
            if len(self.asked) == self.lives:
                raise KeyboardInterrupt
            self.asked.append(requests[place].prompt)
            one, other, _ = requests[place].prompt.split("|")
            yield {place: Answer(ANSWERS.get((one, other), "none"), -0.5, 3)}


class Doubts:
    """Finds some pairs unlikely."""

    threshold = 0.25

    def relatedness(self, pairs: Sequence[Pair]) -> list[float]:
        return [0.8 if pair.head.text == "Ann" or pair.tail.text == "Ann" else 0.1 for pair in pairs]


def labeller(
    oracle: Oracle, *, filtered: bool = False, cache: LabelCache | None = None, context: int = 1
) -> AskingLabeller:
    return AskingLabeller(
        "asked-1",
        oracle,
        Doubts() if filtered else None,
        cache or LabelCache(),
        TEXT,
        SENTENCES,
        context=context,
        progress=silent,
    )


def test_what_becomes_of_each_pair() -> None:
    oracle = Oracle()
    asker = labeller(oracle)
    assert isinstance(asker, TellingLabeller)
    checked: Labeller = asker
    outcomes = list(asker.outcomes(PAIRS))
    assert [(pair.head.text, pair.tail.text) for pair in PAIRS] == [
        ("Ann", "Bob"),
        ("Longbourn", "Ann"),
        ("Bob", "Cid"),
        ("Cid", "Ann"),
        ("Bob", "Ann"),
    ]
    assert [outcome.what for outcome in outcomes] == ["labelled", "labelled", "unfit", "unmapped", "turned_round"]
    told = [(one.relation.head, one.relation.relation, one.relation.tail) for one in outcomes if one.relation]
    assert told == [
        ("Ann", "spouse_of", "Bob"),
        ("Ann", "lives_in", "Longbourn"),
        ("Bob", "", "Cid"),
        ("Cid", "", "Ann"),
        ("Ann", "child_of", "Bob"),
    ]
    assert [one.relation.raw for one in outcomes if one.relation] == [
        "spouse_of",
        "lives_in",
        "lives_in",
        "dances with",
        "hasChild",
    ]
    assert outcomes[0].relation and outcomes[0].relation.confidence == 0.6065  # e to the power of -0.5
    assert list(checked.label(PAIRS)) == [outcome.relation for outcome in outcomes]


def test_unlikely_pairs_are_not_asked_about_and_doubt_lowers_confidence() -> None:
    oracle = Oracle()
    outcomes = list(labeller(oracle, filtered=True).outcomes(PAIRS))
    assert [outcome.what for outcome in outcomes].count("filtered") == 1
    assert len(oracle.asked) == 4 and not any("Cid|" in prompt and "Bob" in prompt for prompt in oracle.asked)
    assert outcomes[0].relation and outcomes[0].relation.confidence == pytest.approx(0.8 * 0.6065, abs=1e-4)


def test_the_model_is_shown_the_sentences_around_within_the_chapter() -> None:
    oracle = Oracle()
    list(labeller(oracle, context=3).outcomes(PAIRS))
    assert oracle.texts[0] == "Ann met Bob. Longbourn was home to Ann. Bob saw Cid."
    assert oracle.texts[1] == "Ann met Bob. Longbourn was home to Ann. Bob saw Cid."
    assert oracle.texts[-1] == "Bob wed Ann."


def test_a_question_is_asked_once_and_a_killed_run_goes_on_at_the_next_pair() -> None:
    cache = LabelCache()
    with pytest.raises(KeyboardInterrupt):
        list(labeller(Oracle(lives=2), cache=cache).outcomes(PAIRS))
    rest = Oracle()
    warm = list(labeller(rest, cache=cache).outcomes(PAIRS))
    assert len(rest.asked) == 3
    silent_one = Oracle(lives=0)
    assert list(labeller(silent_one, cache=cache).outcomes(PAIRS)) == warm
    assert warm == list(labeller(Oracle()).outcomes(PAIRS)), "with a warm cache as with a cold one"


def test_the_same_question_twice_is_asked_once() -> None:
    oracle = Oracle()
    assert len(list(labeller(oracle).label([*PAIRS, *PAIRS]))) == 10
    assert len(oracle.asked) == 5


def test_outcomes_are_counted_also_those_of_an_interrupted_run(tmp_path: Path) -> None:
    labelling = label_pairs(iter(PAIRS), labeller(Oracle(), filtered=True))
    assert labelling.outcomes == {"filtered": 1, "labelled": 2, "unmapped": 1, "turned_round": 1}
    assert len(labelling.relations) == 4 and labelling.pairs == len(PAIRS)
    units = Units(tmp_path / "partial", "key")
    label_pairs(iter(PAIRS), labeller(Oracle(), filtered=True), resume=units.resume)
    nobody = labeller(Oracle(lives=0), filtered=True)
    assert label_pairs(iter(PAIRS), nobody, resume=units.resume) == labelling


def test_a_server_that_tells_no_probabilities_is_believed() -> None:
    class Mute(Oracle):
        def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
            for batch in super().ask(requests):
                yield {place: answer._replace(log_probability=None) for place, answer in batch.items()}

    first, *_ = labeller(Mute(), filtered=True).label(PAIRS)
    assert first and first.confidence == 0.8


def test_no_pairs() -> None:
    oracle = Oracle()
    assert list(labeller(oracle, filtered=True).outcomes([])) == []
    assert oracle.asked == []
