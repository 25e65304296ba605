"""How somebody who answers questions becomes a labeller: what all labellers that ask a model have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from litgraph.progress import Progress
from litgraph.relations.asking.cache import shared_cache
from litgraph.relations.asking.filter import choose_filter
from litgraph.relations.asking.labeller import Asker, AskingLabeller
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions
from litgraph.types import Sentence


def asking_choice(
    labeller: str,
    options: LabellerOptions,
    asker: Callable[[], Asker],
    *,
    facts: Mapping[str, Any],
    device: str,
    progress: Progress,
) -> LabellerChoice:
    """A labeller that asks, with the filter that the options name and the cache that all runs share.

    Args:
        labeller: its name in the table.
        options: ``context`` and ``filter`` are used.
        asker: who answers; made when it is needed.
        facts: what the answers depend on beside context, filter and the book.
        device: where the model works.
        progress: told of each answer.

    Raises:
        ModelError: the folder that the filter names holds no reader.
    """
    pair_filter = choose_filter(options.filter)
    style = {name: value for name, value in facts.items() if name == "style"}
    rest = {name: value for name, value in facts.items() if name != "style"}
    everything = {**style, "context": options.context, "filter": pair_filter.version, **rest}
    version = f"{labeller}-{hashlib.sha256(repr(sorted(everything.items())).encode()).hexdigest()[:8]}"

    def load(book_text: str, sentences: Sequence[Sentence]) -> AskingLabeller:
        return AskingLabeller(
            version,
            asker(),
            pair_filter.load(book_text, sentences),
            shared_cache(),
            book_text,
            sentences,
            context=options.context,
            progress=progress,
        )

    return LabellerChoice(version, load, everything, device, asker)
