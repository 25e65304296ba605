"""spaCy pipelines: which are there, and what is said when one is not."""

from __future__ import annotations

import pytest

from litgraph.errors import ModelError
from litgraph.mentions.tagger import load_tagger, tag_chapter, tagger_version
from litgraph.types import Book, Chapter, Sentence, Span


def test_a_pipeline_that_is_not_installed_is_told_with_what_to_do() -> None:
    with pytest.raises(ModelError) as error:
        load_tagger("xx_no_such_pipeline")
    assert "xx_no_such_pipeline is not installed" in error.value.what
    assert "litgraph doctor" in error.value.hint


def test_a_folder_without_named_entities_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    import spacy

    folder = tmp_path_factory.mktemp("pipeline")
    spacy.blank("en").to_disk(folder)
    assert tagger_version(str(folder)) == f"spacy:{folder}-0.0.0"
    with pytest.raises(ModelError, match="no named-entity component"):
        load_tagger(str(folder))


def test_the_version_is_known_without_loading() -> None:
    assert tagger_version("en_core_web_sm") == "spacy:en_core_web_sm-3.8.0"
    with pytest.raises(ModelError, match="not there is not installed"):
        tagger_version("not there")


def test_paragraphs_too_long_for_spacy_are_cut_between_sentences() -> None:
    text = "Elizabeth went to London with Jane. " * 40_000
    sentences = tuple(Sentence(i, i * 36, i * 36 + 35, 1, 0) for i in range(40_000))
    book = Book(text, divisions=(Chapter(1, "", 0, len(text)),), paragraphs=(Span(0, len(text)),))
    seen: list[str] = []

    def spy(texts):  # type: ignore[no-untyped-def]
        for part in texts:
            seen.append(part)
            yield []

    tag_chapter(book, sentences, spy)
    assert "".join(part + " " for part in seen) == text
    assert max(map(len, seen)) < 60_000
