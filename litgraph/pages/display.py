"""Graphs show themselves in a notebook: their page is what IPython displays when a graph is the value of a cell.

A graph stays a plain ``networkx.MultiDiGraph``, without a class of ours: what networkx copies, composes, cuts out or
reads from a pickle shows itself too, and nobody needs litgraph to load it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx


def show_graphs() -> None:
    """Tell IPython, if it runs, how a graph of litgraph is displayed; graphs of others stay as they are."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type_by_name("networkx.classes.graph", "Graph", page_of)
        shell.display_formatter.formatters["text/plain"].for_type_by_name("networkx.classes.graph", "Graph", _write)


def page_of(graph: networkx.Graph) -> str | None:
    """The page that ``litgraph.show`` gives; None for a graph that is not of a novel."""
    if not _is_of_a_novel(graph):
        return None
    from litgraph.pages.notebook import show

    return show(graph)._repr_html_()


def in_words(graph: networkx.Graph) -> str:
    """One line for where nothing but text can be shown, such as "Emma: a graph of 12 nodes and 34 edges"."""
    title = " ".join(str(graph.graph.get("title") or "").split())
    size = f"a graph of {graph.number_of_nodes():,} nodes and {graph.number_of_edges():,} edges"
    return f"{title[:100]}: {size}" if title else size.capitalize()


def _is_of_a_novel(graph: networkx.Graph) -> bool:
    """Whether its nodes have kinds and names and its edges relations, as those of ``litgraph.graph`` have."""
    node = next((data for _, data in graph.nodes(data=True)), None)
    edge = next((data for *_, data in graph.edges(data=True)), {"relation": ""})
    return node is not None and "kind" in node and "name" in node and "relation" in edge


def _write(graph: networkx.Graph, printer: Any, cycle: bool) -> None:
    printer.text(in_words(graph) if _is_of_a_novel(graph) else repr(graph))
