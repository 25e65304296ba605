"""Labelling the pairs of a whole book, batch by batch, so that a run can stop and go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from litgraph.errors import SettingsError
from litgraph.formats import relation_from_row, relation_to_row
from litgraph.relations.labeller import Labeller
from litgraph.run import Units
from litgraph.types import Pair, Relation

_BATCH = 512  # pairs that a crash can cost at most


def load_labeller(setting: str) -> Labeller:
    """The labeller that a setting names.

    Raises:
        SettingsError: there is no such labeller.
    """
    from litgraph.relations.rules import RulesLabeller

    if setting != "rules":
        raise SettingsError(f"labeller = {setting!r} is no labeller.", "Write rules.")
    return RulesLabeller()


def label_pairs(pairs: Iterable[Pair], labeller: Labeller, units: Units) -> Iterator[Relation]:
    """The relations that the labeller finds, in the order of the pairs; pairs labelled before are not asked again."""

    def label(batches: Iterable[list[Pair]]) -> Iterator[list[dict[str, Any]]]:
        for batch in batches:
            yield [relation_to_row(relation) for relation in labeller.label(batch) if relation is not None]

    for rows in units.resume(_batches(pairs), label):
        yield from map(relation_from_row, rows)


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
