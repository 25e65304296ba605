"""What every labeller is: pairs in, a relation or nothing out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol, runtime_checkable

from litgraph.types import Pair, Relation

_BATCH = 512  # pairs that a labeller sees at once, and that a crash can cost at most


class Labeller(Protocol):
    """Says of pairs of mentions how their entities are related.

    Attributes:
        name: the labeller and its version, such as "rules-1"; every relation bears it as ``source``. Two labellers of
            one name answer alike, so answers may be cached under it.
    """

    @property
    def name(self) -> str: ...

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        """One answer a pair, in the order of the pairs: the n-th answer is about the n-th pair.

        The answer is None where the labeller finds no relation. Otherwise its ``head`` and ``tail`` are the entity
        ids of the pair's two mentions, in the direction in which the relation holds, and its ``relation`` is a name
        of the vocabulary, or "" where the labeller's own words (kept in ``raw``) map to none.

        Lazy: pairs are taken as answers are asked for, a batch ahead at most, so that a book of any length can stream
        through. Each answer depends on its own pair only. Both mentions of every pair must have an entity.

        Args:
            pairs: in any order; read once.

        Raises:
            ModelError: the labeller's model is missing or fails.
        """
        ...


class Outcome(NamedTuple):
    """What became of one pair.

    Attributes:
        relation: as :meth:`Labeller.label` gives it.
        what: a word for the report, such as "filtered" or "unmapped".
    """

    relation: Relation | None
    what: str


@runtime_checkable
class TellingLabeller(Protocol):
    """A labeller that also tells why a pair has no relation."""

    def outcomes(self, pairs: Iterable[Pair]) -> Iterator[Outcome]:
        """One outcome a pair, otherwise as :meth:`Labeller.label`."""
        ...


def batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs, some hundreds at a time, taken as they are asked for."""
    rest = iter(pairs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
