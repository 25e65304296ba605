"""How soon many books are built.

    python tests/benchmarks/corpus_speed.py scaling --books FOLDER [--workers 1 2]
    python tests/benchmarks/corpus_speed.py overhead --books FOLDER
    python tests/benchmarks/corpus_speed.py kills --books FOLDER [--times 10]
    python tests/benchmarks/corpus_speed.py scheduling [--number 20000] [--workers 2]
    python tests/benchmarks/corpus_speed.py resume [--number 20000]

``scaling``: books an hour of each number of workers, and the most memory of one. ``overhead``: a corpus of one worker
beside a `litgraph build` for each book. ``kills``: kill -9 of a worker and of the one who gave the command in turn,
while one corpus is built; the result beside that of an undisturbed build. These take real books, of a folder or a list.

``scheduling``: made-up books of one sentence, with a finder of names that needs no model, once by the whole road and
once with nothing done at all; and the memory of the one who hands them out. ``resume``: how long it takes until the
first new book begins where so many are finished. Both want an idle machine, or are to be read by their processor time.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

import psutil
from quick_books import quick_work

from litgraph.config import Settings
from litgraph.corpus.building import Position, build_corpus
from litgraph.corpus.folder import STATES, ListedBook, listed_books, run_folder_of, write_list
from litgraph.corpus.listing import read_list
from litgraph.corpus.processes import Processes
from litgraph.corpus.states import DONE, BookState, last_states
from litgraph.corpus.worker import MakeWork, Outcome, Task, Work, run_stamp, source_stamp
from litgraph.runs.folder import read_report

RULES = Settings(labeller="rules")


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor, with all processes that were started."""

    wall: float
    cpu: float


@contextmanager
def measured(spent: list[Spent]) -> Iterator[None]:
    """Append what the block takes."""
    wall, cpu = time.perf_counter(), _cpu()
    yield
    spent.append(Spent(time.perf_counter() - wall, _cpu() - cpu))


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def corpus_command(books: str, corpus: Path, workers: int) -> list[str]:
    """Builds the books as a person would."""
    return [sys.executable, "-m", "litgraph", "corpus", "build", books, "-o", str(corpus), "-q",
            "--workers", str(workers), "--threads", "1"]  # fmt: skip


def scaling(books: str, workers: list[int], folder: Path) -> None:
    """Books an hour, and the most memory that a worker took."""
    first = 0.0
    for number in workers:
        corpus, spent = folder / f"scaling-{number}", list[Spent]()
        with measured(spent):
            subprocess.run(corpus_command(books, corpus, number), check=True)
        [took] = spent
        states = [state for state in last_states(corpus / STATES).values() if state.what == DONE]
        rate = 3600 * len(states) / took.wall
        first = first or rate
        memory = max(read_report(run_folder_of(corpus, state.id))["peak_memory_mb"] or 0 for state in states)
        words = sum(state.words for state in states)
        print(
            f"{number} workers: {len(states)} books, {words:,} words in {took.wall:.0f} s ({took.cpu:.0f} s of cores), "
            f"{rate:.0f} books an hour, {rate / first:.2f} times the first; {memory:.0f} MB at most"
        )


def overhead(books: str, folder: Path) -> None:
    """A corpus of one worker beside builds in a loop."""
    loop, corpus = list[Spent](), list[Spent]()
    listed = read_list(books, [], tell=print)
    for times in range(2):
        with measured(loop):
            for book in listed:
                run = folder / f"loop-{times}" / str(book.id)
                subprocess.run([sys.executable, "-m", "litgraph", "build", book.source, "-o", str(run), "-q",
                                "--threads", "1"], check=True)  # fmt: skip
        with measured(corpus):
            subprocess.run(corpus_command(books, folder / f"corpus-{times}", 1), check=True)
    for name, least in (("by the clock", lambda spent: spent.wall), ("of the processor", lambda spent: spent.cpu)):
        one, other = min(map(least, loop)), min(map(least, corpus))
        print(f"{len(listed)} books, {name}: loop {one:.1f} s, corpus {other:.1f} s, {100 * (other / one - 1):+.0f} %")


def contents(corpus: Path) -> dict[str, bytes]:
    """All that was found; reports and locks tell of times."""
    return {
        path.relative_to(corpus).as_posix(): path.read_bytes()
        for path in corpus.glob("books/*/*/*")
        if path.name not in ("report.json", ".litgraph.lock")
    }


def kills(books: str, times: int, folder: Path) -> None:
    """Kill a worker, then the driver, and so on, and compare the end."""
    subprocess.run(corpus_command(books, folder / "undisturbed", 2), check=True)
    corpus = folder / "killed"
    number = len(listed_books(folder / "undisturbed"))
    finished: dict[Path, int] = {}
    process = subprocess.Popen(corpus_command(books, corpus, 2))
    for time_ in range(times):
        goal = number * (time_ + 1) // (times + 1)
        while process.poll() is None and _count(corpus) < goal:
            time.sleep(0.05)
        if process.poll() is not None:
            print("it ended before it was killed")
            break
        for state in last_states(corpus / STATES).values():
            if state.what == DONE:
                report = run_folder_of(corpus, state.id) / "report.json"
                finished.setdefault(report, report.stat().st_mtime_ns)
        workers = [child for child in psutil.Process(process.pid).children() if "spawn_main" in str(child.cmdline())]
        if time_ % 2 == 0 and workers:
            workers[0].kill()
        else:
            process.kill()
            process.wait()
            process = subprocess.Popen(corpus_command(books, corpus, 2))
    process.wait()
    same = contents(corpus) == contents(folder / "undisturbed")
    touched = sum(report.stat().st_mtime_ns != before for report, before in finished.items())
    print(
        f"{times} kills, {_count(corpus)} of {number} books: the same to the byte: {same}; of {len(finished)} that "
        f"were done before the last kill, {touched} were built again"
    )


def _count(corpus: Path) -> int:
    return sum(state.what == DONE for state in last_states(corpus / STATES).values())


def no_work() -> Work:
    """Does nothing, to see how soon books are handed out."""
    return lambda task: Outcome(BookState(task.id, DONE, time.time(), task.key, stamp_of(task), task.size))


def stamp_of(task: Task) -> str:
    """As if the book had been built."""
    return f"{source_stamp(task.source)} {run_stamp(Path(task.run))}"


def made_up(number: int, folder: Path) -> list[ListedBook]:
    """Books of one sentence."""
    folder.mkdir(parents=True, exist_ok=True)
    books = []
    for index in range(number):
        path = folder / f"b{index}.txt"
        path.write_text(f"So Emma met Harriet at Hartfield, number {index}, and Harriet blushed.\n", encoding="utf-8")
        books.append(ListedBook(path.stem, str(path), {"year": 1800 + index % 100}))
    return books


def scheduling(number: int, workers: int, folder: Path) -> None:
    """Books a second, and the memory of the one who hands them out."""
    books = made_up(number, folder / "texts")
    ways: dict[str, MakeWork] = {"nothing done": no_work, "the whole road": partial(quick_work, RULES)}
    for name, make_work in ways.items():
        memory: list[tuple[int, float]] = []
        spent: list[Spent] = []
        with measured(spent):
            built = build_corpus(
                folder / name, books, "key", lambda _, make_work=make_work: Processes(workers, make_work),
                watch=partial(_remember, memory),
            )  # fmt: skip
        [took] = spent
        seen = {share: next((size for done, size in memory if done >= share * number / 4), 0.0) for share in (1, 2, 3)}
        print(f"{name}, {workers} workers: {built.done} books, {built.done / took.wall:.0f} a second, "
              f"{1000 * took.cpu / number:.1f} ms of cores each; the driver's memory at a quarter, a half, three "
              f"quarters and the end: {', '.join(f'{size:.0f}' for size in (*seen.values(), memory[-1][1]))} MB"
              )  # fmt: skip


def _remember(memory: list[tuple[int, float]], position: Position) -> None:
    memory.append((position.done, psutil.Process().memory_info().rss / 1e6))


def resume(number: int, folder: Path) -> None:
    """Seconds until a new book begins beside so many finished ones, which have the files that are looked at."""
    made_up(number, folder / "texts")
    corpus = folder / "corpus"
    books = read_list(str(folder / "texts"), [], tell=print)
    for book in books:
        run = run_folder_of(corpus, book.id)
        run.mkdir(parents=True)
        for name in ("report.json", "cast.toml", "mentions.jsonl", "quotations.jsonl", "relations.jsonl"):
            (run / name).touch()
    write_list(corpus, books)
    build_corpus(corpus, books, "key", lambda _: Processes(1, no_work))
    (folder / "texts" / "new.txt").write_text("So Emma met Harriet.\n", encoding="utf-8")
    spent: list[Spent] = []
    with measured(spent):
        listed = read_list(str(folder / "texts"), listed_books(corpus), tell=print)
        built = build_corpus(corpus, listed, "key", lambda _: Processes(1, no_work))
    assert (built.done, built.standing) == (1, number)
    [took] = spent
    print(
        f"{number} finished books: {took.wall:.1f} s ({took.cpu:.1f} s of cores) until a worker was started and had "
        "the new one; no reader is loaded"
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("scaling", "overhead", "kills", "scheduling", "resume"))
    parser.add_argument("--books", default="", help="a folder or a list")
    parser.add_argument("--workers", type=int, nargs="*", default=[])
    parser.add_argument("--number", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="where to work; by default the system's temporary folder")
    asked = parser.parse_args()
    if asked.what in ("scaling", "overhead", "kills") and not asked.books:
        parser.error(f"{asked.what} takes --books")
    folder = Path(tempfile.mkdtemp(dir=asked.folder))
    parts: dict[str, Callable[[], None]] = {
        "scaling": lambda: scaling(asked.books, asked.workers or [1, 2], folder),
        "overhead": lambda: overhead(asked.books, folder),
        "kills": lambda: kills(asked.books, asked.times, folder),
        "scheduling": lambda: scheduling(asked.number, (asked.workers or [2])[0], folder),
        "resume": lambda: resume(asked.number, folder),
    }
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    try:
        parts[asked.what]()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
