"""What every labeller is: pairs in, a relation or nothing out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from litgraph.types import Mention, Pair, Relation, Sentence

if TYPE_CHECKING:
    from litgraph.relations.asking.labeller import Asker

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

        Lazy: pairs are taken as answers are asked for, some thousands ahead at most, so that a book of any length can
        stream through. Each answer depends on its own pair only. Both mentions of every pair must have an entity.

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


@dataclass(frozen=True, slots=True)
class LabellerChoice:
    """A labeller that was chosen: known to be there and fit to work here, but not loaded yet.

    Attributes:
        version: the ``name`` that the labeller will have.
        load: makes it, for the text of a book and all its sentences, in order. Raises ModelError.
        facts: which language model labels, and how it is asked, for reports and provenance; empty for other labellers.
        device: where it works: "cpu", "cuda", "mps" or "server".
        asker: for labellers that ask a model: who answers single questions. Raises ModelError.
    """

    version: str
    load: Callable[[str, Sequence[Sentence]], Labeller]
    facts: Mapping[str, Any] = field(default_factory=dict)
    device: str = "cpu"
    asker: Callable[[], Asker] | None = None


def relation_of(
    pair: Pair, head: Mention, tail: Mention, *, relation: str, confidence: float, raw: str, source: str
) -> Relation:
    """What a labeller says of a pair, as a :class:`litgraph.types.Relation` whose evidence is the pair's window.

    Args:
        pair: what the labeller was asked about.
        head: the pair's mention from which the relation holds.
        tail: the other one.
        relation: a name of the vocabulary, or "".
        confidence: 0 to 1.
        raw: the labeller's own words.
        source: its name.
    """
    return Relation(
        head=head.entity,
        relation=relation,
        tail=tail.entity,
        confidence=confidence,
        raw=raw,
        source=source,
        head_mention=head.id,
        tail_mention=tail.id,
        start=pair.start,
        end=pair.end,
        chapter=pair.head.chapter,
    )


def batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs, some hundreds at a time, taken as they are asked for."""
    rest = iter(pairs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
