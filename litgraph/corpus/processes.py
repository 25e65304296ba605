"""Workers as processes of this machine: no package needed, alike on Linux, macOS and Windows.

Each has a pipe. A process that is killed closes its end, which tells that its book was lost; one whose parent is
killed ends itself, so that nobody builds on behind the next build's back.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from litgraph.corpus.team import Ended
from litgraph.corpus.worker import MakeWork, Task
from litgraph.errors import CorpusError, LitgraphError
from litgraph.threads import usable_cores

MOST = 60  # workers; Windows waits for so many pipes at once
_STILLBORN = 3  # workers that die one after the other before their first book: something is wrong with all
_READY = "ready"
_MEMORY = 1.5e9  # bytes of a worker with the literary reader, at most


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: Task | None = None


class Processes:
    """A :class:`litgraph.corpus.team.Team` of processes.

    Args:
        workers: how many, at most MOST.
        make_work: loads what each needs.
    """

    def __init__(self, workers: int, make_work: MakeWork) -> None:
        self._make_work = make_work
        self._stillborn = 0
        self._workers = [self._started() for _ in range(workers)]

    @property
    def size(self) -> int:
        """See :class:`litgraph.corpus.team.Team`."""
        return len(self._workers)

    def free(self) -> int:
        """See :class:`litgraph.corpus.team.Team`."""
        return sum(worker.ready and worker.task is None for worker in self._workers)

    def give(self, task: Task) -> None:
        """See :class:`litgraph.corpus.team.Team`."""
        worker = next(worker for worker in self._workers if worker.ready and worker.task is None)
        worker.task = task
        with suppress(OSError):  # it has died, which `ended` sees
            worker.pipe.send(task)

    def ended(self, timeout: float) -> list[Ended]:
        """See :class:`litgraph.corpus.team.Team`."""
        found: list[Ended] = []
        heard = set(wait([worker.pipe for worker in self._workers], timeout))
        for place, worker in enumerate(self._workers):
            if worker.pipe not in heard:
                continue
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._workers[place] = self._replaced(worker)
                if worker.task is not None:
                    found.append(Ended(worker.task, None))
                continue
            if isinstance(message, LitgraphError):
                raise message
            if message == _READY:
                worker.ready, self._stillborn = True, 0
            elif worker.task is not None:
                found.append(Ended(worker.task, message))
                worker.task = None
        return found

    def close(self) -> None:
        """See :class:`litgraph.corpus.team.Team`."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()

    def _replaced(self, dead: _Worker) -> _Worker:
        dead.process.join()
        self._stillborn += not dead.ready
        if self._stillborn >= _STILLBORN:
            raise CorpusError(
                f"Workers end before their first book (exit code {dead.process.exitcode}).",
                "Is there memory for so many? Try --workers 1, or `litgraph build` with one of the books.",
            )
        dead.process.close()
        dead.pipe.close()
        return self._started()

    def _started(self) -> _Worker:
        context = multiprocessing.get_context("spawn")  # alike on all systems, and safe beside threads
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._make_work), daemon=True, name="litgraph-worker")
        process.start()
        there.close()
        return _Worker(process, here)


def workers_that_fit(threads: int) -> int:
    """How many workers this machine has cores and memory for.

    Args:
        threads: cores of each.
    """
    cores = max(1, usable_cores() // threads)
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return cores
    return max(1, min(cores, int(memory / _MEMORY)))


def _serve(pipe: Connection, make_work: MakeWork) -> None:
    """A worker's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who gave the command
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = make_work()
    except LitgraphError as error:
        pipe.send(error)
        return
    pipe.send(_READY)
    with suppress(EOFError):
        while True:
            pipe.send(work(pipe.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
