"""The tree of labels: the search finds the likeliest label, whatever the model says, as scoring all of them would."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.language_models.trie import Search, Trie, label_trie, surest

END = 0
LABELS = st.dictionaries(
    st.text("abc", min_size=1, max_size=4), st.lists(st.integers(1, 4), min_size=1, max_size=5), min_size=1, max_size=9
).filter(lambda labels: len({tuple(tokens) for tokens in labels.values()}) == len(labels))


def chance(seed: int, path: tuple[int, ...], token: int) -> float:
    """A model: after a path each of six tokens has a probability, and they add up to one."""
    dice = random.Random(f"{seed} {path}")
    weights = [dice.random() ** 4 + 1e-6 for _ in range(6)]
    return math.log(weights[token] / sum(weights))


def found(trie: Trie, seed: int) -> tuple[Search, int]:
    """A finished search, and how many nodes the model was asked about."""
    search, asked = Search(trie), 0
    while start := search.next:
        steps, path, node = [], start.path, start.node
        while trie.children[node]:
            scores = {token: chance(seed, path, token) for token in trie.children[node]}
            steps.append(scores)
            asked += 1
            token = surest(scores)
            path, node = (*path, token), trie.children[node][token]
        search.descend(steps)
    return search, asked


@given(LABELS, st.integers(0, 10**6))
def test_the_likeliest_label_is_that_of_scoring_all(labels: dict[str, list[int]], seed: int) -> None:
    trie = label_trie(labels, END)
    scores = {}
    for label, tokens in labels.items():
        path = (*tokens, END)
        scores[label] = sum(chance(seed, path[:place], token) for place, token in enumerate(path))
    search, asked = found(trie, seed)
    assert search.log_probability == pytest.approx(max(scores.values()))
    assert scores[search.label] == pytest.approx(max(scores.values()))
    assert search.tokens == len(labels[search.label]) + 1
    elsewhere = 1 - sum(map(math.exp, scores.values()))
    assert -1e-9 <= search.elsewhere <= elsewhere + 1e-9
    assert asked <= sum(bool(children) for children in trie.children)


@given(LABELS)
def test_every_label_is_a_path(labels: dict[str, list[int]]) -> None:
    trie = label_trie(labels, END)
    assert {label: path for path, label in trie.paths()} == {label: (*tokens, END) for label, tokens in labels.items()}
    assert trie.widest == max(len(children) for children in trie.children)


def test_a_label_that_begins_another() -> None:
    trie = label_trie({"born": [1], "born_in": [1, 2]}, END)
    assert sorted(label for _, label in trie.paths()) == ["born", "born_in"]
