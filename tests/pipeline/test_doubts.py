"""What is said of a graph that is probably not what its user hoped for."""

from __future__ import annotations

import networkx
import pytest

from litgraph.mentions import Finder, by_tagger, choose_finder
from litgraph.pipeline import doubts
from litgraph.types import Book

SPOKEN = Book("“Oh!” said Jean.")


def tagger(pipeline: str) -> Finder:
    """A pipeline that need not be installed."""
    return by_tagger.finder_of(lambda: iter, f"{pipeline}-1", pipeline)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("finder", "language", "doubt"),
    [
        (choose_finder(), "en", ""),
        (choose_finder(), "fr", "the literary reader was not made for"),
        (tagger("en_core_web_sm"), "en", ""),
        (tagger("en_core_web_sm"), "fr", "en_core_web_sm was not made for"),
        (tagger("xx_ent_wiki_sm"), "fr", ""),
        (choose_finder(), "", ""),
    ],
)
def test_a_language_that_the_finder_of_names_was_not_made_for(finder: Finder, language: str, doubt: str) -> None:
    graph = networkx.MultiDiGraph(language=language)
    graph.add_node("jean")
    found = list(doubts(SPOKEN, graph, finder))
    assert len(found) == bool(doubt)
    assert all(doubt in line for line in found)


@pytest.mark.parametrize("language", ["", "en"])
def test_a_language_that_the_file_does_not_tell(language: str) -> None:
    graph = networkx.MultiDiGraph([("jean", "marie")], language=language)
    text = "« Il ne savait pas que la maison était dans une rue », dit Jean, et elle ne lui dit pas plus. " * 20
    (found,) = doubts(Book(text), graph, choose_finder())
    assert 'seems to be "fr"' in found and "--mentions" in found
    assert not list(doubts(Book(text), graph, tagger("fr_core_news_sm")) if not language else [])


def test_an_empty_graph() -> None:
    found = list(doubts(SPOKEN, networkx.MultiDiGraph(), choose_finder()))
    assert found == ["No names were found, so the graph is empty."]


@pytest.mark.parametrize("text", ["“Oh,” said Jean.", '"Oh," said Jean.', "‘Oh,’ said Jean.", "—Oh, said Jean."])
def test_speech_in_any_style_is_no_doubt(text: str) -> None:
    graph = networkx.MultiDiGraph([("jean", "marie")])
    assert not list(doubts(Book(text), graph, choose_finder()))


def test_a_text_without_speech() -> None:
    graph = networkx.MultiDiGraph([("jean", "marie")])
    (found,) = doubts(Book("Jean walked, and didn't look back."), graph, choose_finder())
    assert found.startswith("No direct speech was found") and "edition" in found
