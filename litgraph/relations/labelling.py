"""Labelling the pairs of a whole book, batch by batch, so that a run can stop and go on."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from litgraph.errors import SettingsError
from litgraph.progress import Progress, silent
from litgraph.relations.labeller import Labeller, Outcome, TellingLabeller, batches
from litgraph.runs.folder import Units
from litgraph.runs.formats import relation_from_row, relation_to_row
from litgraph.types import Pair, Relation, Sentence

if TYPE_CHECKING:
    from litgraph.config import Settings

ASKING = ("smollm3", "endpoint", "classifier")
"""The labellers that ask a language model, or a classifier in its place."""


def load_labeller(
    settings: Settings,
    book_text: str,
    sentences: Sequence[Sentence],
    *,
    progress: Progress = silent,
    tell: Callable[[str], None] = lambda _: None,
) -> Labeller:
    """The labeller that the settings name.

    Args:
        settings: ``labeller`` and, for language models, what belongs to them.
        book_text: the text that the labeller will be asked about.
        sentences: all its sentences, in order.
        progress: told of each answer of a language model.
        tell: is told where a language model runs, and what is fetched.

    Raises:
        ModelError: what the settings name is not there, or damaged.
    """
    labeller, folder = _parsed(settings.labeller)
    if labeller == "rules":
        from litgraph.relations.rules.labeller import RulesLabeller

        return RulesLabeller()
    if labeller in ASKING:
        from litgraph.relations.asking.options import asking_labeller

        return asking_labeller(
            settings, book_text, sentences, name=labeller_version(settings), progress=progress, tell=tell
        )
    from litgraph import literary
    from litgraph.relations.literary import LiteraryLabeller

    return LiteraryLabeller(literary.load(folder), book_text, sentences)


def labeller_version(settings: Settings, *, tell: Callable[[str], None] = lambda _: None) -> str:
    """The ``name`` of the labeller that the settings name, without loading it.

    Args:
        settings: as for :func:`load_labeller`.
        tell: is told what is fetched.

    Raises:
        ModelError: what the settings name is not there, or cannot work here.
    """
    labeller, folder = _parsed(settings.labeller)
    if labeller == "rules":
        from litgraph.relations.rules.labeller import RulesLabeller

        return RulesLabeller.name
    if labeller in ASKING:
        facts = labeller_facts(settings, tell=tell)
        return f"{labeller}-{hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()[:8]}"
    from litgraph.literary.version import reader_version

    return reader_version(folder)


def labeller_facts(settings: Settings, *, tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Which language model labels, and how it is asked: for reports and provenance; empty for other labellers.

    Args:
        settings: as for :func:`load_labeller`.
        tell: is told what is fetched.

    Raises:
        ModelError: as :func:`labeller_version`.
    """
    if _parsed(settings.labeller)[0] not in ASKING:
        return {}
    from litgraph.relations.asking.options import asking_facts

    return asking_facts(settings, tell=tell)


def labeller_device(settings: Settings) -> str:
    """Where the labeller works: "cpu", "cuda", "mps" or "server"."""
    labeller, _ = _parsed(settings.labeller)
    if labeller in ("smollm3", "classifier"):
        from litgraph.language_models.loading import best_device

        return best_device()
    return "server" if labeller == "endpoint" else "cpu"


def check_labeller(setting: str) -> None:
    """Raises SettingsError if a setting names no labeller."""
    _parsed(setting)


def _parsed(setting: str) -> tuple[str, str | None]:
    """Which labeller, and the folder of its reader (None for the one that comes with litgraph)."""
    labeller, colon, folder = setting.partition(":")
    if setting in ("rules", *ASKING) or (labeller == "literary" and bool(colon) == bool(folder)):
        return labeller, folder or None
    raise SettingsError(
        f"labeller = {setting!r} is no labeller.",
        "Write literary, literary:FOLDER, rules, smollm3, classifier or endpoint.",
    )


def label_pairs(
    pairs: Iterable[Pair], labeller: Labeller, units: Units, outcomes: Counter[str] | None = None
) -> tuple[Relation, ...]:
    """The relations that the labeller finds, in the order of the pairs; pairs labelled before are not asked again.

    Args:
        pairs: in text order.
        labeller: it is given them as one stream, and may look ahead.
        units: batches of pairs that an interrupted run has finished.
        outcomes: counts what became of the pairs, if the labeller tells.
    """

    def label(rest: Iterable[list[Pair]]) -> Iterator[dict[str, Any]]:
        sizes: deque[int] = deque()

        def stream() -> Iterator[Pair]:
            for batch in rest:
                sizes.append(len(batch))
                yield from batch

        answers = _outcomes(labeller, stream())
        for first in answers:
            batch = [first, *islice(answers, sizes.popleft() - 1)]
            yield {
                "relations": [relation_to_row(one.relation) for one in batch if one.relation is not None],
                "outcomes": dict(Counter(one.what for one in batch if one.what)),
            }

    relations: list[Relation] = []
    for unit in units.resume(batches(pairs), label):
        relations += map(relation_from_row, unit["relations"])
        if outcomes is not None:
            outcomes.update(unit["outcomes"])
    return tuple(relations)


def _outcomes(labeller: Labeller, pairs: Iterable[Pair]) -> Iterator[Outcome]:
    if isinstance(labeller, TellingLabeller):
        return labeller.outcomes(pairs)
    return (Outcome(relation, "") for relation in labeller.label(pairs))
