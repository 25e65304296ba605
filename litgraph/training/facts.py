"""What counts how much for a fact: fitted on what careful readers of whole novels know (``corpora.book_relations``).

A fact of the training is one that is claimed, or follows, of two whom the corpus knows. It is right if the corpus has
it (of friends, enemies and places, whose lists are not complete: if the two are related by the same family there).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

from litgraph.corpora.book_relations import read_book_relations
from litgraph.corpora.pdnc import Novel
from litgraph.evaluation.book_relations import judge
from litgraph.evaluation.understanding import evidence_of
from litgraph.facts.belief import Weights, names_in
from litgraph.facts.claims import Key
from litgraph.facts.evidence import Evidence
from litgraph.facts.features import FactFamily, family_of, features
from litgraph.facts.weighing import consequences, first_beliefs, in_vocabulary, weigh

FAMILIES: tuple[FactFamily, ...] = ("kin", "love", "social", "roles", "places")
_SMALL_WEIGHTS = 1.0  # a normal prior: how much a number of 1 costs, doubled, in log-likelihood. Not tuned
SURE_ENOUGH: Mapping[FactFamily, float] = {"kin": 0.83, "love": 0.75, "social": 0.56, "places": 0.84}
"""How many of the edges of a family shall be right. Kin and love are told of a novel as of the people one knows, so an
error weighs most there (from .83 to .85 of kin, nothing is gained but a tenth of what is found is lost); whom a careful
reader calls a friend is open, and readers differ."""
_LEAST_EDGES = 20  # of which that is read off; of fewer it is chance
_Row = tuple[dict[str, float], bool]


@dataclass(frozen=True, slots=True)
class KnownBook:
    """A novel whose facts are known.

    Attributes:
        name: of the novel.
        evidence: what it says.
        right: whether a fact is right; None if the corpus does not know one of the two.
    """

    name: str
    evidence: Evidence
    right: Callable[[Key], bool | None]


def known_book(novel: Novel, *, mentions: str, facts: Path, labeller: str, kept: Path | None = None) -> KnownBook:
    """Read a novel whose facts are known; arguments and errors as for ``edges_of_book``."""
    known = read_book_relations(facts, novel.name)
    cast, evidence = evidence_of(novel, mentions=mentions, labeller=labeller, kept=kept)
    judged = judge(cast, novel, known)

    def right(key: Key) -> bool | None:
        answer = judged(*in_vocabulary(key, evidence))
        by_family = family_of(key[1]) in ("social", "places")
        return None if answer is None else answer[by_family]

    return KnownBook(novel.name, evidence, right)


def fit_facts(books: Sequence[KnownBook]) -> Weights:
    """The numbers that make what is known likeliest."""
    first = _fitted([row for book in books for row in _rows(book, {}, {})])
    weights = Weights(first, {})
    rows = []
    for book in books:
        genders = {id_: entity.gender for id_, entity in book.evidence.entities.items()}
        believed = first_beliefs(book.evidence, weights)
        follows = {key: one.likely for key, one in consequences(believed, genders).items()}
        rows += _rows(book, believed, follows)
    return Weights(first, _fitted(rows))


def fitted_file(books: Sequence[KnownBook]) -> dict[str, object]:
    """What ``litgraph/data/facts.json`` holds: the numbers of all novels, and for each those of the others alone."""
    without = {book.name: fit_facts([other for other in books if other is not book]) for book in books}
    return {
        "minimum": minima(books, without),
        "all": as_json(fit_facts(books)),
        "without": {name: as_json(one) for name, one in without.items()},
    }


def minima(books: Sequence[KnownBook], without: Mapping[str, Weights]) -> dict[str, float]:
    """By family, the least confidence from which on as many edges are right as shall be, each book weighed unseen.

    Args:
        books: whose facts are known.
        without: by book, the numbers that were fitted on the others.
    """
    judged: defaultdict[FactFamily, list[tuple[float, bool]]] = defaultdict(list)
    for book in books:
        weighed = weigh(book.evidence, without[book.name])
        for key, confidence in weighed.believed.items():
            right = book.right(key)
            if right is not None and key not in weighed.yielding:
                judged[family_of(key[1])].append((confidence, right))
    found = {family: least_for(judged[family], share) for family, share in SURE_ENOUGH.items()}
    return {family: least for family, least in found.items() if least is not None}


def least_for(judged: Sequence[tuple[float, bool]], share: float) -> float | None:
    """The least confidence from which on that share is right, in steps of .01; None if there is none."""
    for step in range(100):
        above = [right for confidence, right in judged if confidence >= step / 100]
        if len(above) < _LEAST_EDGES:
            return None
        if sum(above) >= share * len(above):
            return step / 100
    return None


def _rows(
    book: KnownBook, believed: Mapping[Key, float], follows: Mapping[Key, float]
) -> list[tuple[FactFamily, _Row]]:
    rows: list[tuple[FactFamily, _Row]] = []
    for key in sorted({*book.evidence.claims, *follows}):
        right = book.right(key)
        if right is not None:
            found = features(key, book.evidence, believed, follows.get(key, 0.0))
            rows.append((family_of(key[1]), (found, right)))
    return rows


def _fitted(rows: Sequence[tuple[FactFamily, _Row]]) -> dict[str, dict[str, float]]:
    return {
        family: _logistic([row for of, row in rows if of == family])
        for family in FAMILIES
        if any(of == family for of, _ in rows)
    }


def _logistic(rows: Sequence[_Row]) -> dict[str, float]:
    """The numbers of a logistic regression with a normal prior on all but the constant."""
    names = names_in(found for found, _ in rows)
    inputs = torch.tensor([[1.0, *(found.get(name, 0.0) for name in names[1:])] for found, _ in rows])
    answers = torch.tensor([float(right) for _, right in rows])
    numbers = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(inputs @ numbers, answers, reduction="sum")
        value = value + _SMALL_WEIGHTS / 2 * (numbers[1:] ** 2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    found: list[float] = numbers.tolist()
    return {name: round(value, 3) for name, value in zip(names, found, strict=True)}


def as_json(weights: Weights) -> dict[str, Mapping[str, Mapping[str, float]]]:
    """The numbers as ``litgraph/data/facts.json`` has them."""
    return {"first": weights.first, "second": weights.second}
