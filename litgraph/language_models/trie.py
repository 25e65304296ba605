"""The labels as a tree of tokens, for decoding that can only end in one of them. Pure; no torch."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Trie:
    """Labels as paths from the root; each ends with the token that ends the answer.

    Attributes:
        children: for each node the tokens that may follow, with the node that each leads to; the leaves have none.
        labels: for each leaf its label.
    """

    children: tuple[Mapping[int, int], ...]
    labels: Mapping[int, str]

    @property
    def widest(self) -> int:
        """The most children that a node has."""
        return max(map(len, self.children))

    def paths(self, node: int = 0) -> Iterator[tuple[tuple[int, ...], str]]:
        """Every label below a node, with its tokens from there on."""
        if node in self.labels:
            yield (), self.labels[node]
        for token, child in self.children[node].items():
            for rest, label in self.paths(child):
                yield (token, *rest), label


def label_trie(labels: Mapping[str, Sequence[int]], end: int) -> Trie:
    """The tree of some labels.

    Args:
        labels: each with its tokens.
        end: the token that ends an answer.
    """
    children: list[dict[int, int]] = [{}]
    leaves: dict[int, str] = {}
    for label, tokens in labels.items():
        node = 0
        for token in (*tokens, end):
            if token not in children[node]:
                children[node][token] = len(children)
                children.append({})
            node = children[node][token]
        leaves[node] = label
    return Trie(tuple(children), leaves)


class Open(NamedTuple):
    """A beginning of a label that was not followed further; the surest is the smallest."""

    doubt: float  # minus its log-probability
    path: tuple[int, ...]
    node: int


@dataclass(slots=True)
class Search:
    """The search for one prompt's likeliest label.

    The surest child is followed down to a label; what was passed by stays open. A beginning's probability bounds those
    of all labels below it, so the search is over, and its label the likeliest of all, when no open beginning is surer
    than the best label.

    Attributes:
        trie: the labels.
        label: the likeliest so far.
        log_probability: its own, of all its tokens.
        tokens: how many they are, the end included.
        elsewhere: probability of answers that leave the tree after what was looked at; those that would leave it after
            a beginning that was not are not in it.
    """

    trie: Trie
    label: str = ""
    log_probability: float = -math.inf
    tokens: int = 0
    elsewhere: float = 0.0
    _open: list[Open] = field(default_factory=lambda: [Open(0.0, (), 0)])

    @property
    def next(self) -> Open | None:
        """The beginning to look at next; None if the search is over."""
        if self._open and -self._open[0].doubt > self.log_probability:
            return self._open[0]
        return None

    def descend(self, steps: Sequence[Mapping[int, float]]) -> None:
        """Take in what the model says below the next beginning, along the surest children.

        Args:
            steps: for each node on the way down the log-probability of each child's token; the last step's surest child
                is a leaf.
        """
        doubt, path, node = heapq.heappop(self._open)
        for scores in steps:
            inside = math.fsum(map(math.exp, scores.values()))
            self.elsewhere += math.exp(-doubt) * max(0.0, 1.0 - inside)
            chosen = surest(scores)
            for token, child in self.trie.children[node].items():
                if token != chosen:
                    heapq.heappush(self._open, Open(doubt - scores[token], (*path, token), child))
            doubt -= scores[chosen]
            path, node = (*path, chosen), self.trie.children[node][chosen]
        if -doubt > self.log_probability:
            self.label, self.log_probability, self.tokens = self.trie.labels[node], -doubt, len(path)


def surest(scores: Mapping[int, float]) -> int:
    """The token of the highest score; of equal ones the first."""
    return max(scores, key=lambda token: scores[token])
