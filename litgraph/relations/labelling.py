"""Labelling the pairs of a whole book, batch by batch, so that a run can stop and go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from litgraph.errors import SettingsError
from litgraph.formats import relation_from_row, relation_to_row
from litgraph.relations.labeller import Labeller, batches
from litgraph.run import Units
from litgraph.types import Pair, Relation, Sentence


def load_labeller(setting: str, book_text: str, sentences: Sequence[Sentence]) -> Labeller:
    """The labeller that a setting such as "rules", "literary" or "literary:FOLDER" names.

    Args:
        setting: "literary" is the reader that comes with litgraph, "literary:FOLDER" a reader of your own.
        book_text: the text that the labeller will be asked about.
        sentences: all its sentences, in order.

    Raises:
        SettingsError: there is no such labeller.
        ModelError: there is no reader in the folder, or a damaged one.
    """
    labeller, folder = _parsed(setting)
    if labeller == "rules":
        from litgraph.relations.rules import RulesLabeller

        return RulesLabeller()
    from litgraph import literary
    from litgraph.relations.literary import LiteraryLabeller

    return LiteraryLabeller(literary.load(folder), book_text, sentences)


def labeller_version(setting: str) -> str:
    """The ``name`` of the labeller that a setting names, without loading it.

    Raises:
        SettingsError: there is no such labeller.
        ModelError: there is no reader in the folder.
    """
    labeller, folder = _parsed(setting)
    if labeller == "rules":
        from litgraph.relations.rules import RulesLabeller

        return RulesLabeller.name
    from litgraph.literary.version import reader_version

    return reader_version(folder)


def check_labeller(setting: str) -> None:
    """Raises SettingsError if a setting names no labeller."""
    _parsed(setting)


def _parsed(setting: str) -> tuple[str, str | None]:
    """Which labeller, and the folder of its reader (None for the one that comes with litgraph)."""
    labeller, colon, folder = setting.partition(":")
    if setting == "rules" or (labeller == "literary" and bool(colon) == bool(folder)):
        return labeller, folder or None
    raise SettingsError(f"labeller = {setting!r} is no labeller.", "Write rules, literary or literary:FOLDER.")


def label_pairs(pairs: Iterable[Pair], labeller: Labeller, units: Units) -> tuple[Relation, ...]:
    """The relations that the labeller finds, in the order of the pairs; pairs labelled before are not asked again."""

    def label(rest: Iterable[list[Pair]]) -> Iterator[list[dict[str, Any]]]:
        for batch in rest:
            yield [relation_to_row(relation) for relation in labeller.label(batch) if relation is not None]

    return tuple(relation_from_row(row) for rows in units.resume(batches(pairs), label) for row in rows)
