"""kill -9 of workers and of the one who gave the command, and Ctrl-C: what was finished stays, the end is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from quick_books import quick_work

from litgraph.config import Settings
from litgraph.corpus.building import build_corpus
from litgraph.corpus.folder import STATES, ListedBook
from litgraph.corpus.processes import Processes
from litgraph.corpus.states import BEGUN, DONE, BookState, last_states
from litgraph.corpus.team import Ended
from litgraph.corpus.worker import MakeWork, Outcome, Task, Work
from litgraph.errors import CorpusError, ModelError

WORKERS, BOOKS, SECONDS = 2, 6, 0.5
RULES = Settings(labeller="rules")
SCRIPT = Path(__file__).parent.parent / "support" / "corpus_build.py"
PLACES = ("Hartfield", "Highbury", "Randalls", "Donwell", "Maple Grove", "Enscombe")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    for number, place in enumerate(PLACES):
        text = f"So Emma met Harriet at {place}, and Harriet blushed.\n\n" * (number + 1)
        (folder / f"{place.split()[0].lower()}.txt").write_text(text, encoding="utf-8")
    return folder


def contents(corpus: Path) -> dict[str, bytes]:
    """All that was found; reports and locks tell of times and machines."""
    return {
        path.relative_to(corpus).as_posix(): path.read_bytes()
        for path in sorted(corpus.glob("books/*/*/*"))
        if path.name not in ("report.json", ".litgraph.lock")
    }


def listed(books: Path) -> list[ListedBook]:
    return [ListedBook(path.stem, str(path), {}) for path in sorted(books.iterdir())]


def build(books: Path, corpus: Path, make_work: MakeWork, workers: int = 1) -> int:
    return build_corpus(corpus, listed(books), "key", lambda _: Processes(workers, make_work)).done


@pytest.fixture(scope="module")
def undisturbed(books: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """From one process, in the order of the list."""
    corpus = tmp_path_factory.mktemp("corpora") / "undisturbed"
    work = quick_work(RULES)

    class Here:
        size = 1

        def __init__(self, tasks: int) -> None:
            self.given: list[Task] = []

        def free(self) -> int:
            return 1 - len(self.given)

        def give(self, task: Task) -> None:
            self.given.append(task)

        def ended(self, timeout: float) -> list[Ended]:
            return [Ended(task, work(task)) for task in [self.given.pop()]]

        def close(self) -> None:
            pass

    assert build_corpus(corpus, listed(books), "key", Here).done == BOOKS
    return contents(corpus)


def started(books: Path, corpus: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(SCRIPT), str(books), str(corpus), str(SECONDS)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_until(fits: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not fits():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def count(corpus: Path, what: str) -> int:
    return sum(state.what == what for state in last_states(corpus / STATES).values())


def begun_lines(corpus: Path) -> int:
    return (corpus / STATES).read_bytes().count(f'"what": "{BEGUN}"'.encode())


@pytest.fixture()
def running(books: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts builds of one corpus, and ends those that a failing test leaves."""
    all_of_them: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        all_of_them.append(started(books, tmp_path / "corpus"))
        return all_of_them[-1]

    yield start
    for process in all_of_them:
        process.kill()
        process.communicate()


def test_kill_nine_of_the_driver(
    running: Callable[[], subprocess.Popen[str]], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    process = running()
    wait_until(lambda: count(corpus, DONE) >= 2, process)
    process.kill()
    process.wait()
    finished = count(corpus, DONE)
    times = {path: path.stat().st_mtime_ns for path in corpus.glob("books/*/*/report.json")}
    again = running()
    output, errors = again.communicate(timeout=120)
    done, standing, failed = map(int, output.split())
    assert (done + standing, failed) == (BOOKS, 0), errors
    assert finished <= standing and done - (BOOKS - finished) <= WORKERS
    assert sum(path.stat().st_mtime_ns != time for path, time in times.items()) <= WORKERS
    assert contents(corpus) == undisturbed


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_kill_nine_of_a_worker(
    running: Callable[[], subprocess.Popen[str]], undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    psutil = pytest.importorskip("psutil")
    corpus = tmp_path / "corpus"
    process = running()
    wait_until(lambda: count(corpus, BEGUN) == WORKERS, process)
    children = [child for child in psutil.Process(process.pid).children() if "spawn_main" in " ".join(child.cmdline())]
    assert len(children) == WORKERS
    children[0].kill()
    output, errors = process.communicate(timeout=120)
    assert output.split() == [str(BOOKS), "0", "0"], errors
    assert begun_lines(corpus) == BOOKS + 1
    assert contents(corpus) == undisturbed


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a process")
def test_ctrl_c(running: Callable[[], subprocess.Popen[str]], undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    corpus = tmp_path / "corpus"
    process = running()
    wait_until(lambda: count(corpus, DONE) >= 1, process)
    workers = psutil.Process(process.pid).children()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert errors.rstrip().endswith("KeyboardInterrupt") and process.returncode
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
    assert running().wait(timeout=120) == 0
    assert contents(corpus) == undisturbed


def deadly_work(name: str) -> Work:
    """Ends its process over one book, and builds none."""

    def work(task: Task) -> Outcome:
        if task.id == name:
            os._exit(3)
        return Outcome(BookState(task.id, DONE, 1.0))

    return work


def no_work() -> Work:
    raise ModelError("There is no reader.", "Get one.")


def stillborn() -> Work:
    os._exit(7)


def test_a_book_that_kills_its_workers_is_a_row(books: Path, tmp_path: Path) -> None:
    assert build(books, tmp_path / "corpus", partial(deadly_work, "randalls")) == BOOKS - 1
    assert last_states(tmp_path / "corpus" / STATES)["randalls"].error.startswith("The process that read it was ended")


def test_workers_that_cannot_start_end_the_build_in_words(books: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no reader"):
        build(books, tmp_path / "corpus", no_work)
    with pytest.raises(CorpusError, match=r"end before their first book \(exit code 7\)"):
        build(books, tmp_path / "corpus", stillborn)
