"""A corpus of small novels, as `litgraph corpus build` leaves it, without reading one of them anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_novel import Runs

from litgraph.corpus.folder import STATES, ListedBook, Metadata, run_folder_of, write_list
from litgraph.corpus.states import DONE, BookState, states_to_write


def built_novel(folder: Path) -> Path:
    """The run folder of the small novel."""
    with pytest.MonkeyPatch.context() as patch:
        runs = Runs(folder, patch)
        runs.build()
    return runs.folder


class Corpus:
    """A corpus whose books are copies of one run folder."""

    def __init__(self, folder: Path, novel: Path) -> None:
        self.folder, self.novel = folder, novel
        folder.mkdir()
        self.books: dict[str, Metadata] = {}

    def add(self, *ids: str, **metadata: str | int | float) -> None:
        """Books that are done."""
        for one in ids:
            shutil.copytree(self.novel, self.run(one))
            self.books[one] = metadata
        self.say()

    def remove(self, book: str) -> None:
        """Take a book out of the list; its run folder stays."""
        del self.books[book]
        self.say()

    def say(self, metadata: Mapping[str, Metadata] | None = None) -> None:
        """Write the list, perhaps with other metadata."""
        self.books |= metadata or {}
        write_list(self.folder, [ListedBook(one, f"{one}.txt", values) for one, values in self.books.items()])
        with states_to_write(self.folder / STATES, [BookState(one, DONE, 1.0) for one in self.books]):
            pass

    def run(self, book: str) -> Path:
        """The run folder of a book."""
        return run_folder_of(self.folder, book)

    def edit_graph(self, book: str, **attributes: object) -> None:
        """Other attributes of a graph, as a build that was done again would write them."""
        path = self.run(book) / "graph.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["graph"] |= attributes
        path.write_text(json.dumps(data), encoding="utf-8")
