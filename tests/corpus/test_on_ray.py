"""The same corpus from actors of Ray; what is told where there is no cluster."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import pytest
from quick_books import quick_work

from litgraph.config import Settings
from litgraph.corpus.building import build_corpus
from litgraph.corpus.folder import STATES, ListedBook
from litgraph.corpus.on_ray import RayTeam
from litgraph.corpus.states import last_states
from litgraph.corpus.worker import MakeWork, Outcome, Task, Work
from litgraph.errors import CorpusError

pytest.importorskip("ray")

RULES = Settings(labeller="rules")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[ListedBook]:
    folder = tmp_path_factory.mktemp("books")
    found = []
    for place in ("Hartfield", "Highbury", "Randalls"):
        path = folder / f"{place.lower()}.txt"
        path.write_text(f"So Emma met Harriet at {place}, and Harriet blushed.\n", encoding="utf-8")
        found.append(ListedBook(path.stem, str(path), {}))
    return found


def team(make_work: MakeWork, address: str = "local") -> RayTeam:
    return RayTeam(address, workers=1, most=3, threads=1, gpus=0, make_work=make_work)


def deadly_work() -> Work:
    """Builds like any other, but ends its process over one book, whenever it meets it."""
    quick = quick_work(RULES)

    def work(task: Task) -> Outcome:
        if task.id == "highbury":
            os._exit(3)
        return quick(task)

    return work


def test_actors_find_what_processes_find_and_one_that_dies_costs_a_book(
    books: list[ListedBook], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    support = Path(__file__).parent.parent / "support"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(support), str(support.parent.parent)]))
    monkeypatch.setenv("RAY_worker_niceness", "0")  # else it waits for whatever runs beside it
    import ray.cloudpickle

    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    corpus = tmp_path / "ray"
    assert build_corpus(corpus, books, "key", lambda _: team(deadly_work)).done == 2
    assert last_states(corpus / STATES)["highbury"].error.startswith("The process that read it was ended")
    work = quick_work(RULES)
    for book in books:
        if book.id != "highbury":
            work(Task(book.id, book.source, str(tmp_path / "here" / book.id), "key", 1))
            [there] = corpus.glob(f"books/*/{book.id}")
            for path in (tmp_path / "here" / book.id).iterdir():
                if path.name not in ("report.json", ".litgraph.lock"):
                    assert path.read_bytes() == (there / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("127.0.0.1:1", "cannot be reached"),
        ("ray://nowhere.invalid:10001", "cannot be reached"),
        ("cluster", "is no address"),
        ("host:port", "is no address"),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_told_at_once(address: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told) as error:
        team(partial(quick_work, RULES), address)
    assert "ray start" in error.value.hint
