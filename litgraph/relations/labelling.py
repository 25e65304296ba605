"""Labelling the pairs of a whole book, batch by batch, so that a run can stop and go on."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from litgraph.progress import Resume, from_the_start
from litgraph.relations.labeller import Labeller, Outcome, TellingLabeller, batches
from litgraph.types import Pair, Relation


@dataclass(frozen=True, slots=True)
class Labelling:
    """What a labeller says of many pairs.

    Attributes:
        relations: in the order of the pairs.
        pairs: how many pairs there were.
        outcomes: how many pairs came to which end, in a word, if the labeller tells.
    """

    relations: tuple[Relation, ...]
    pairs: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)


def label_pairs(pairs: Iterable[Pair], labeller: Labeller, *, resume: Resume = from_the_start) -> Labelling:
    """What the labeller says of the pairs; those that an earlier run has labelled are not asked about again.

    Args:
        pairs: in text order.
        labeller: it is given them as one stream, and may look ahead.
        resume: has the batches of pairs that an interrupted run has finished.
    """
    count = 0

    def counted() -> Iterator[Pair]:
        nonlocal count
        for pair in pairs:
            count += 1
            yield pair

    relations: list[Relation] = []
    outcomes: Counter[str] = Counter()
    for batch in resume(batches(counted()), lambda rest: _labelled(labeller, rest)):
        relations += (Relation(**row) for row in batch["relations"])
        outcomes.update(batch["outcomes"])
    return Labelling(tuple(relations), count, dict(sorted(outcomes.items())))


def _labelled(labeller: Labeller, batches: Iterable[list[Pair]]) -> Iterator[dict[str, Any]]:
    """For each batch a JSON value: its relations, and how often each outcome."""
    sizes: deque[int] = deque()

    def stream() -> Iterator[Pair]:
        for batch in batches:
            sizes.append(len(batch))
            yield from batch

    answers = _outcomes(labeller, stream())
    for first in answers:
        batch = [first, *islice(answers, sizes.popleft() - 1)]
        yield {
            "relations": [asdict(one.relation) for one in batch if one.relation is not None],
            "outcomes": dict(Counter(one.what for one in batch if one.what)),
        }


def _outcomes(labeller: Labeller, pairs: Iterable[Pair]) -> Iterator[Outcome]:
    if isinstance(labeller, TellingLabeller):
        return labeller.outcomes(pairs)
    return (Outcome(relation, "") for relation in labeller.label(pairs))
