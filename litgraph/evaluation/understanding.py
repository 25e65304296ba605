"""What litgraph understands of a novel of PDNC: its cast, whom each mention means, and who says what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from litgraph.cast import understand
from litgraph.corpora.pdnc import Novel
from litgraph.evaluation.cast_scores import found_in
from litgraph.evaluation.scores import Scores
from litgraph.evaluation.speech.mentions import mentions_in_speech
from litgraph.evaluation.speech.speakers import Answer, answers
from litgraph.mentions import Finder, choose_finder
from litgraph.types import Cast, Mention, Quotation


@dataclass(frozen=True, slots=True)
class Understood:
    """The cast of a novel, the mentions it was made from, and the quotations with their speakers."""

    cast: Cast
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]


def understood(novel: Novel, finder: Finder, *, kept: Path | None = None) -> Understood:
    """What the whole road says of a novel.

    Args:
        novel: of the corpus.
        finder: of the mentions.
        kept: a folder in which the mentions are kept, so that a second measurement is quick.
    """
    found = found_in(novel, finder, kept=kept)
    read = understand(found.mentions, text=novel.book.text, voices=found.voices)
    return Understood(read.cast, found.mentions, read.quotations)


def speakers_of(novel: Novel, *, mentions: str, kept: Path | None = None) -> list[Answer]:
    """Read a novel and compare who speaks with the corpus.

    Args:
        novel: of the corpus.
        mentions: who finds them, as for a run.
        kept: as for ``understood``.

    Raises:
        SettingsError: there is no such finder.
        ModelError: the finder is not installed.
    """
    read = understood(novel, choose_finder(mentions), kept=kept)
    return answers(read.cast, read.quotations, novel)


def meant_in_speech(novel: Novel, *, mentions: str, kept: Path | None = None) -> dict[str, Scores]:
    """Read a novel and compare whom the mentions inside its quotations mean with the corpus. As ``speakers_of``."""
    read = understood(novel, choose_finder(mentions), kept=kept)
    return mentions_in_speech(read.cast, read.mentions, novel)
