"""A corpus in one Neo4j database, each book kept apart by its id in the corpus."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from litgraph.corpus.folder import FinishedBook, finished_books
from litgraph.corpus.graphs.versions import graph_version
from litgraph.progress import Progress, Tell, silent, warn
from litgraph.runs.loading import load_graph
from litgraph.stores.connecting import PATIENCE
from litgraph.stores.library import LibraryBook, LibraryLoaded, load_library
from litgraph.stores.reaching import Connection


def load_corpus(
    corpus: Path,
    connection: Connection,
    *,
    timeout: float = PATIENCE,
    progress: Progress = silent,
    tell: Tell = warn,
) -> LibraryLoaded:
    """Load the graphs of all finished books, with what the list says of them.

    Books that are there as they are now are not read. The same load again does what is missing.

    Args:
        corpus: its folder.
        connection: the database.
        timeout: seconds to wait for a database that stops answering on the way.
        progress: told of every book.
        tell: told what is waited for, and which attributes have no form.

    Raises:
        CorpusError: it is no corpus.
        StoreError: the database cannot be reached, refuses, or is read-only. What was loaded stays.
    """
    books = list(finished_books(corpus))
    return load_library(
        _with_versions(progress(books, "loading books", len(books))), connection, timeout=timeout, tell=tell
    )


def _with_versions(books: Iterable[FinishedBook]) -> Iterator[LibraryBook]:
    for book in books:
        metadata = hashlib.sha256(json.dumps(book.metadata, sort_keys=True).encode()).hexdigest()[:8]
        version = f"{graph_version(book.run)}-{metadata}"
        yield LibraryBook(book.id, version, book.metadata, partial(load_graph, book.run))
