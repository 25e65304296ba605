"""Damaged and hostile inputs through every door: python tests/benchmarks/hostile_inputs.py [--count 10000]

Sound files (a novel, a play and letters as txt, htm, epub and TEI; settings, and a cast with what a person says in it,
as toml; the jsonl files of a novel's and a play's run; graphs; Cypher) are damaged at random, the same each time, and
given to the command line as a person would. Whatever they hold, litgraph does its work or refuses it in words. Found
are tracebacks, inputs at which a core computes longer than 20 s, and those after which the process has needed more than
1 GB; each is kept in the folder that is named at the end, and the exit code is 1. Each input has its number and comes
back with --first NUMBER --count 1 --door DOOR.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sys
import tempfile
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from hostile import DOORS, RUNS, TEXTS

SECONDS, MEGABYTES = 20.0, 1000.0
PATIENCE = 15  # a busy machine may need so many times the seconds that a core computes


def made(door: str, number: int, sound: Path, folder: Path) -> list[list[str]]:
    """Write an input and what it needs into an empty folder; gives the command lines."""
    case = DOORS[door](random.Random(f"{door} {number}"), sound)
    if door not in ("txt", "htm", "epub", "tei"):
        shutil.copytree(sound, folder, dirs_exist_ok=True)
    for name, data in case.files.items():
        (folder / name).write_bytes(data)
    return case.commands


def worker(connection: Connection, folder: str, sound: str) -> None:
    """Runs inputs, one after another, in a process that may be killed. Answers (what happened, seconds, peak in MB)."""
    import os

    from click.testing import CliRunner

    from litgraph.cli import main

    while task := connection.recv():
        place = Path(folder, "input")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        commands = made(*task, Path(sound), place)
        os.chdir(place)
        found, started = "done", time.process_time()
        try:
            for command in commands:
                if command[0] == "GRAPHML":
                    _read_and_write(*command[1:])
                    continue
                result = CliRunner().invoke(main, command)
                if result.exception and not isinstance(result.exception, SystemExit):
                    raise result.exception
                if result.exit_code:
                    found = "refused"
                    break
        except Exception:
            found = traceback.format_exc()
        connection.send((found, time.process_time() - started, peak()))


def _read_and_write(source: str, target: str) -> None:
    import litgraph
    from litgraph.errors import LitgraphError

    try:
        graph = litgraph.read_graphml(source)
        litgraph.write_graph(graph, target, tell=lambda _: None)
        litgraph.write_graph(litgraph.select_graph(graph, simple=True), target, tell=lambda _: None)
    except LitgraphError:
        pass


def peak() -> float:
    """The most memory that the process has needed, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Worker:
    """A process that runs inputs, and another one after it was killed."""

    def __init__(self, folder: Path, sound: Path) -> None:
        self._arguments = str(folder), str(sound)
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=worker, args=(other, *self._arguments), daemon=True)
        self._process.start()

    def run(self, door: str, number: int) -> tuple[str, float, float]:
        """What happened to an input, the seconds that were computed, and the peak in MB."""
        self._connection.send((door, number))
        try:
            if self._connection.poll(PATIENCE * SECONDS):
                answer: tuple[str, float, float] = self._connection.recv()
                return answer
            found = f"has not come back after {PATIENCE * SECONDS:.0f} s"
        except EOFError:
            found = f"the process died with exit code {self._process.exitcode}"
        self.stop()
        self._start()
        return found, 0.0, 0.0

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


@click.command()
@click.option("--count", default=10_000, show_default=True, type=click.IntRange(1), help="Inputs, over all doors.")
@click.option("--first", default=0, show_default=True, type=click.IntRange(0), help="Number of the first input.")
@click.option("--door", "doors", multiple=True, type=click.Choice(list(DOORS)), help="Only these doors. [default: all]")
def campaign(count: int, first: int, doors: tuple[str, ...]) -> None:
    """Give damaged inputs to litgraph, and count what comes of them."""
    names = doors or tuple(DOORS)
    kept = Path(tempfile.mkdtemp(prefix="litgraph-hostile-"))
    (sound := kept / "sound").mkdir()
    from click.testing import CliRunner

    from litgraph.cli import main

    for text, (run, name, *_) in zip(TEXTS, RUNS, strict=False):
        (sound / name).write_text(text, encoding="utf-8")
        command = ["build", str(sound / name), "-o", str(sound / run), "-q"]
        CliRunner().invoke(main, command, catch_exceptions=False)
    (kept / "work").mkdir()
    process = Worker(kept / "work", sound)
    process.run(names[0], first)  # what is loaded once is not counted
    counts: dict[str, dict[str, float]] = {
        name: dict.fromkeys(("inputs", "done", "refused", "found", "s", "MB"), 0) for name in names
    }
    for index in range(count):
        door, number = names[index % len(names)], first + index // len(names)
        row = counts[door]
        found, seconds, memory = process.run(door, number)
        row["inputs"] += 1
        row["s"], row["MB"] = max(row["s"], seconds), max(row["MB"], memory)
        if found in ("done", "refused") and seconds > SECONDS:
            found = f"took {seconds:.0f} s"
        if found in ("done", "refused") and memory > MEGABYTES:
            found = f"the process has needed {memory:.0f} MB"
            process.stop()
            process = Worker(kept / "work", sound)
        row[found if found in ("done", "refused") else "found"] += 1
        if found not in ("done", "refused"):
            (kept / "found" / f"{door}-{number}").mkdir(parents=True)
            made(door, number, sound, kept / "found" / f"{door}-{number}")
            click.echo(f"{door} {number}: {found.strip().splitlines()[-1][:200]}")
            (kept / "found" / f"{door}-{number}.txt").write_text(found, encoding="utf-8")
    process.stop()
    click.echo(f"{'door':8}" + "".join(f"{name:>9}" for name in next(iter(counts.values()))))
    for door, row in counts.items():
        cells = (f"{value:9.1f}" if name == "s" else f"{value:9.0f}" for name, value in row.items())
        click.echo(f"{door:8}" + "".join(cells))
    if not any(row["found"] for row in counts.values()):
        shutil.rmtree(kept)
        return
    click.echo(f"What was found is in {kept / 'found'}.")
    sys.exit(1)


if __name__ == "__main__":
    campaign()
