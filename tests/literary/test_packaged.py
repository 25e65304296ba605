"""The reader that comes with litgraph, on the first chapters of Pride and Prejudice."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph import literary
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.types import Reading
from litgraph.literary.version import PACKAGED, find_reader

EXCERPT = Path(__file__).parent.parent / "data" / "pride-chapters-1-3.txt"
SENTENCES = ["Mr. Bennet smiled at his wife .".split(), "She had been in London with her sister .".split()]


@pytest.fixture(scope="module")
def reader() -> LiteraryReader:
    return literary.load()


@pytest.fixture(scope="module")
def chapters(reader: LiteraryReader) -> Reading:
    return reader.read(EXCERPT.read_text(encoding="utf-8"))


def test_it_is_small_and_safe_and_tells_where_it_comes_from(reader: LiteraryReader) -> None:
    assert sum(path.stat().st_size for path in PACKAGED.iterdir()) < 50e6
    assert {path.suffix for path in PACKAGED.iterdir()} == {".safetensors", ".json", ".md"}
    card = (PACKAGED / "README.md").read_text(encoding="utf-8")
    for what in ("Data", "Licence", "Recipe", "Scores", "Limits", "litgraph train reader", "CC BY 4.0", "Apache-2.0"):
        assert what in card
    assert reader.name == find_reader().version


def test_mentions_nest(reader: LiteraryReader) -> None:
    found = {
        (" ".join(SENTENCES[one.sentence][one.first : one.last + 1]), one.label, one.form)
        for one in reader.read_tokens(SENTENCES).mentions
    }
    assert found >= {
        ("Mr. Bennet", "PER", "name"),
        ("his wife", "PER", "noun"),
        ("his", "PER", "pronoun"),
        ("London", "GPE", "name"),
        ("her sister", "PER", "noun"),
        ("her", "PER", "pronoun"),
    }


def test_pronouns_mean_people(reader: LiteraryReader) -> None:
    clusters = reader.read_tokens(SENTENCES).clusters
    words = [{" ".join(SENTENCES[m.sentence][m.first : m.last + 1]) for m in cluster} for cluster in clusters]
    assert any({"Mr. Bennet", "his"} <= cluster for cluster in words)
    assert any({"She", "her"} <= cluster for cluster in words)


def test_relations_are_found(reader: LiteraryReader) -> None:
    labels = {relation.label for relation in reader.read_tokens(SENTENCES).relations}
    assert {"spouse_of", "visits"} <= labels


def test_the_first_chapters(chapters: Reading) -> None:
    assert len(chapters.mentions) > 300 and len(chapters.relations) > 10
    assert {mention.form for mention in chapters.mentions} == {"name", "noun", "pronoun"}
    assert sum(len(cluster) for cluster in chapters.clusters) == len(chapters.mentions)
    assert all(0 < relation.confidence <= 1 for relation in chapters.relations)


def test_it_reads_alike_each_time(chapters: Reading) -> None:
    from litgraph.literary.storage import load_reader

    again = load_reader(PACKAGED).read(EXCERPT.read_text(encoding="utf-8"))
    assert again.mentions == chapters.mentions and again.clusters == chapters.clusters
    assert again.relations == chapters.relations
