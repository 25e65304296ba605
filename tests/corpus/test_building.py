"""Who gets which book when, what is written down, what is done again: with workers that are functions."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from quick_books import quick_work

from litgraph.config import Settings
from litgraph.corpus.building import Built, Course, build_corpus
from litgraph.corpus.folder import STATES, ListedBook, finished_books, listed_books, run_folder_of
from litgraph.corpus.states import BEGUN, DONE, FAILED, BookState, last_states, states_to_write
from litgraph.corpus.status import status_of
from litgraph.corpus.team import Ended
from litgraph.corpus.worker import Outcome, Task, Work, tried
from litgraph.errors import CorpusError, ExportError, UnreadableSource

SENTENCE = "So Emma met Harriet at {}, and Harriet blushed.\n"


class Here:
    """A team of one, which dies of some books so many times."""

    size = 1

    def __init__(self, work: Work, dies: dict[str, int] | None = None) -> None:
        self.work, self.dies = work, dies or {}
        self.order: list[str] = []
        self.open = True
        self._given: list[Task] = []

    def free(self) -> int:
        return 1 - len(self._given)

    def give(self, task: Task) -> None:
        self.order.append(task.id)
        self._given.append(task)

    def ended(self, timeout: float) -> list[Ended]:
        [task] = self._given
        self._given.clear()
        if self.dies.get(task.id, 0):
            self.dies[task.id] -= 1
            return [Ended(task, None)]
        return [Ended(task, self.work(task))]

    def close(self) -> None:
        self.open = False


@pytest.fixture()
def books(tmp_path: Path) -> list[ListedBook]:
    """Three, the second the longest, and one that is not there."""
    for name, times in (("a", 1), ("b", 3), ("c", 2)):
        (tmp_path / f"{name}.txt").write_text(SENTENCE.format(name.upper()) * times, encoding="utf-8")
    return [ListedBook(name, str(tmp_path / f"{name}.txt"), {}) for name in "abcd"]


@pytest.fixture(scope="module")
def work() -> Work:
    return quick_work(Settings(labeller="rules"))


def build(corpus: Path, books: list[ListedBook], team: Here, key: str = "key") -> Built:
    return build_corpus(corpus, books, key, lambda _: team)


def never(tasks: int) -> Any:
    raise AssertionError("nobody was to build anything")


def test_the_longest_first_and_what_fails_is_a_row(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    corpus, team = tmp_path / "corpus", Here(work)
    built = build(corpus, books, team)
    assert team.order == ["b", "c", "a", "d"] and not team.open
    assert (built.done, built.standing, [state.id for state in built.failed]) == (3, 0, ["d"])
    assert built.failed[0].error == f"There is no file {tmp_path / 'd.txt'}." and built.failed[0].hint
    assert [book.id for book in finished_books(corpus)] == ["a", "b", "c"]
    assert last_states(corpus / STATES)["b"].words == 27
    assert all((book.run / "graph.json").exists() for book in finished_books(corpus))
    status = status_of(corpus)
    assert (status.books, status.done, [one.id for one in status.failed], status.to_do) == (4, 3, ["d"], 0)
    assert not status.at_work and status.books_an_hour and status.seconds_left is None


def test_what_is_finished_stands_until_it_is_touched(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    build(corpus, books[:3], Here(work))
    before = {path: path.stat().st_mtime_ns for path in corpus.glob("books/*/*/*")}
    assert build_corpus(corpus, books[:3], "key", never) == Built(0, 3, [])
    assert {path: path.stat().st_mtime_ns for path in corpus.glob("books/*/*/*")} == before

    def again(key: str = "key") -> list[str]:
        team = Here(work)
        build(corpus, books[:3], team, key)
        return team.order

    Path(books[0].source).write_text(SENTENCE.format("Highbury") * 9, encoding="utf-8")
    assert again() == ["a"]
    cast = run_folder_of(corpus, "b") / "cast.toml"
    os.utime(cast, ns=(1, 1))
    assert again() == ["b"]
    (run_folder_of(corpus, "c") / "report.json").unlink()
    assert again() == ["c"]
    assert again("other settings") == ["a", "b", "c"]
    assert again("other settings") == []


def test_other_lists_make_the_corpus_grow(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    build(corpus, books[:1], Here(work))
    assert build(corpus, books[1:3], Here(work)).done == 2
    assert [book.id for book in listed_books(corpus)] == ["a", "b", "c"]
    assert {state.what for state in last_states(corpus / STATES).values() if state.id} == {DONE}


def test_a_book_whose_worker_dies_is_tried_once_more(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    team = Here(work, dies={"b": 1, "c": 2})
    built = build(tmp_path / "corpus", books[:3], team)
    assert team.order == ["b", "b", "c", "c", "a"]
    assert built.done == 2
    assert [state.id for state in built.failed] == ["c"] and "twice" in built.failed[0].error
    assert build(tmp_path / "corpus", books[:3], Here(work)).done == 1  # and again, when the command is given again


def test_a_full_disk_ends_the_build_and_keeps_what_is_done(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    def full(task: Task) -> Any:
        error = ExportError("graph.json was not written: No space left on device.")
        raise error from OSError(errno.ENOSPC, "No space left on device")

    def now_full(task: Task) -> Outcome:
        return work(task) if task.id == "b" else tried(task, full)

    corpus, team = tmp_path / "corpus", Here(now_full)
    with pytest.raises(CorpusError, match="no room on the disk for c"):
        build(corpus, books[:3], team)
    assert team.order == ["b", "c"] and not team.open
    assert [book.id for book in finished_books(corpus)] == ["b"]
    team = Here(work)
    build(corpus, books[:3], team)
    assert team.order == ["c", "a"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UnreadableSource("It is empty.", "Get it again."), "It is empty."),
        (PermissionError(errno.EACCES, "Permission denied", "x"), "Permission denied"),
        (MemoryError(), "more memory than there is"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError in test_building.py, line"),
        (RecursionError("too deep"), "RecursionError"),
    ],
)
def test_whatever_goes_wrong_with_a_book_is_told(error: Exception, told: str, tmp_path: Path) -> None:
    def build(task: Task) -> Any:
        raise error

    outcome = tried(Task("a", "pg11", str(tmp_path), "key", 0), build)
    assert outcome.state.what == FAILED and told in outcome.state.error and not outcome.disk_full


def test_ctrl_c_leaves_what_is_finished(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    class Stopped(Here):
        def ended(self, timeout: float) -> list[Ended]:
            if len(self.order) == 2:
                raise KeyboardInterrupt
            return super().ended(timeout)

    corpus, team = tmp_path / "corpus", Stopped(work)
    with pytest.raises(KeyboardInterrupt):
        build(corpus, books[:3], team)
    assert not team.open
    assert [book.id for book in finished_books(corpus)] == ["b"]
    assert status_of(corpus).to_do == 2  # what was under way is to do: nobody is at work


def test_status_while_a_build_is_at_work(books: list[ListedBook], work: Work, tmp_path: Path) -> None:
    corpus, seen = tmp_path / "corpus", []

    def looking(task: Task) -> Outcome:
        seen.append(status_of(corpus))
        return work(task)

    build(corpus, books[:3], Here(looking))
    assert [(status.done, [one.id for one in status.under_way], status.to_do) for status in seen] == [
        (0, ["b"], 2),
        (1, ["c"], 1),
        (2, ["a"], 0),
    ]
    assert all(status.at_work for status in seen)
    assert seen[0].seconds_left is None and seen[2].seconds_left is not None


def test_what_is_left_is_reckoned_by_bytes() -> None:
    course = Course([6000, 3000, 1000], workers=2)
    assert course.position([5.0, 5.0]) == (0.0, None)
    course.end(6000, 60.0, built=True)
    assert course.position([10.0]) == (0.6, (4000 * 0.01 - 10) / 2)
    course.end(3000, 0.0, built=False)  # refused at once: says nothing of how long others take
    assert course.position([]) == (0.9, 5.0)
    assert Course([0, 0], workers=1).position([]) == (1.0, None)


def test_states_of_twenty_thousand_books_are_read_in_no_time(tmp_path: Path) -> None:
    import time

    states = [BookState(f"pg{number}", BEGUN, 1.0, key="k" * 32, stamp="s" * 90) for number in range(20_000)]
    with states_to_write(tmp_path / STATES, states):
        pass
    began = time.process_time()
    assert len(last_states(tmp_path / STATES)) == 20_000
    assert time.process_time() - began < 2
