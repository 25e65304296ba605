"""Graphs, books, casts and relations show themselves in a notebook."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import networkx
import pytest
from graphs import hostile_graph, pride

import litgraph
from litgraph.pages.display import in_words, page_of, show_graphs
from litgraph.types import Book, Cast, Chapter, Entity, Relation


class Elements(HTMLParser):
    """The names of all elements, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.cells.append(data)


@pytest.fixture()
def display() -> Iterator[Any]:
    """What IPython displays of a value, by type of content, after litgraph told it how."""
    shell = pytest.importorskip("IPython.core.interactiveshell", reason="needs the extra notebook").InteractiveShell
    shell.instance()
    show_graphs()
    yield lambda value: shell.instance().display_formatter.format(value)[0]
    shell.clear_instance()


def test_a_graph_shows_its_page_and_so_do_its_copies_and_parts(display: Any) -> None:
    graph = pride()
    part = graph.subgraph(["elizabeth-bennet", "mr-darcy"])
    undirected = litgraph.select_graph(graph, simple=True)
    for one in (
        graph,
        graph.copy(),
        part,
        networkx.compose(graph, graph),
        pickle.loads(pickle.dumps(graph)),
        undirected,
    ):
        shown = display(one)
        assert shown["text/html"] == litgraph.show(one)._repr_html_()
        assert shown["text/plain"] == in_words(one)
    assert type(graph) is networkx.MultiDiGraph
    assert in_words(part) == "Pride and Prejudice: a graph of 2 nodes and 3 edges"


def test_graphs_of_others_and_empty_ones_stay_as_they_are(display: Any) -> None:
    for other in (networkx.path_graph(3), networkx.MultiDiGraph()):
        assert page_of(other) is None
        shown = display(other)
        assert "text/html" not in shown and shown["text/plain"] == repr(other)


def test_what_somebody_put_on_a_graph_breaks_nothing(display: Any) -> None:
    graph = pride()
    graph.nodes["jane-bennet"].update(
        mentions="many", aliases="Jane", born=datetime.date(1790, 1, 1), score=float("nan")
    )
    graph.edges["elizabeth-bennet", "mr-darcy", "co_occurs_with"].update(weight="heavy", evidence=None, seen={1, 2})
    graph.add_edge("elizabeth-bennet", 7, relation="likes")
    assert Elements(display(graph)["text/html"]).names == {"iframe"}


def test_names_of_a_graph_cannot_leave_its_frame(display: Any) -> None:
    shown = display(hostile_graph('"></iframe><script>', "'", "<!--"))
    assert Elements(shown["text/html"]).names == {"iframe"}


HOSTILE = "<script>alert('&')</script>"
VALUES: list[tuple[Any, tuple[str, ...]]] = [
    (
        Book("x" * 1234, HOSTILE, "Ann", divisions=(Chapter(1, "I. The <b>Beginning</b>", 0, 1234),)),
        ("<script>alert('&')</script> by Ann: 1,234 characters", "I. The <b>Beginning</b>", "1,234"),
    ),
    (
        Cast((Entity("b", "Ben", "place", mentions=1), Entity("a", HOSTILE, "character", (("Annie", 3),), mentions=7))),
        ("A cast of 2", HOSTILE, "Annie", "7"),
    ),
    (Relation("a", "", "b", 0.5, HOSTILE, "rules-1", "m1", "m2", 10, 20, 3), (HOSTILE, "0.50", "10 to 20")),
]


@pytest.mark.parametrize(("value", "said"), VALUES, ids=lambda one: type(one).__name__)
def test_values_show_themselves_as_small_tables_of_plain_text(value: Any, said: tuple[str, ...]) -> None:
    shown = Elements(value._repr_html_())
    assert shown.names == {"div", "p", "b", "table", "tr", "th", "td"}
    assert set(said) <= set(shown.cells)


def test_what_is_long_is_cut() -> None:
    cast = Cast(tuple(Entity(f"e{number}", "Name " * 1000, "character", mentions=number) for number in range(1000)))
    shown = cast._repr_html_()
    assert len(shown) < 10_000 and "… and 980 more" in shown
    assert len(Book("x", title="T" * 10**6)._repr_html_()) < 1000
