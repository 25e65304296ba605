"""All graphs of a corpus as one GraphML, each in its own nodes; one book is held in memory at a time.

Ids are the book's and the node's, ``pg1342:elizabeth-bennet``, and nodes and edges bear the attribute ``book``. Nobody
is joined over books: Tom Sawyer of one book and of its sequel are two nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from litgraph import __version__
from litgraph.attributes import plain_graph
from litgraph.corpus.folder import finished_books, safe_name
from litgraph.errors import ExportError, LitgraphError
from litgraph.export.graphml import write_graphml_of_many
from litgraph.graph import edges_of
from litgraph.progress import Progress, Tell, silent, tell_nobody, warn
from litgraph.runs.loading import load_graph

if TYPE_CHECKING:
    import networkx


class Merged(NamedTuple):
    """What was written: how many books, nodes and edges."""

    books: int
    nodes: int
    edges: int


def write_corpus_graph(
    corpus: Path,
    path: Path,
    *,
    graph_of: Callable[[Path], networkx.Graph] = load_graph,
    progress: Progress = silent,
    tell: Tell = warn,
) -> Merged:
    """Write the graphs of all finished books as one file.

    Args:
        corpus: its folder.
        path: ends in .graphml.
        graph_of: the graph of a run folder, or the part of it that is wanted.
        progress: told of every book.
        tell: told which books cannot be read, and which values have no form.

    Raises:
        CorpusError: it is no corpus.
        ExportError: the file cannot be written, or has another ending, or a graph was built anew meanwhile.
    """
    if path.suffix.lower() != ".graphml":
        raise ExportError(
            f'A corpus cannot be written as "{path.suffix}".', "End the name in .graphml; other formats take one book."
        )
    books = list(finished_books(corpus))
    failed: dict[str, str] = {}
    counts = [0, 0]

    def graphs(doing: str) -> Iterator[networkx.Graph]:
        counts[:] = [0, 0]
        for book in progress((book for book in books if book.id not in failed), doing, len(books) - len(failed)):
            try:
                made = in_corpus(plain_graph(graph_of(book.run), tell_nobody if "writing" in doing else tell), book.id)
            except (LitgraphError, TypeError, ValueError, KeyError, AttributeError) as error:
                failed[book.id] = error.what if isinstance(error, LitgraphError) else repr(error)
                continue
            counts[0] += made.number_of_nodes()
            counts[1] += made.number_of_edges()
            yield made

    passes = iter(("looking through books", "writing books"))
    write_graphml_of_many(lambda: graphs(next(passes)), path, {"title": corpus.name, "litgraph": __version__})
    for book, why in failed.items():
        tell(f"left out {book}: {why}")
    return Merged(len(books) - len(failed), *counts)


def in_corpus(graph: networkx.Graph, book: str) -> networkx.MultiDiGraph:
    """A graph whose ids are those of its book and nodes, and whose nodes and edges bear the attribute ``book``.

    Raises:
        ExportError: two nodes would have the same id.
    """
    import networkx

    made = networkx.MultiDiGraph()
    prefix = f"{safe_name(book)}:"  # in which no ":" is, so that no two books can make the same id
    made.add_nodes_from((f"{prefix}{node}", {**data, "book": book}) for node, data in graph.nodes(data=True))
    if len(made) < len(graph):
        raise ExportError("Two nodes would have the same id.", "Rename one of them.")
    for head, tail, key, data in edges_of(graph):
        made.add_edges_from([(f"{prefix}{head}", f"{prefix}{tail}", key, {**data, "book": book})])
    return made
