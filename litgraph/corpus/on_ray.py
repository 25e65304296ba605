"""Workers as actors of Ray, on one machine or on a cluster. Ray only schedules.

An actor loads the reader once and writes run folders itself, where the folder of the corpus is; what goes through Ray
is a book's place and, a line, what became of it.
"""

from __future__ import annotations

import logging
import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from litgraph.corpus.team import Ended
from litgraph.corpus.worker import MakeWork, Task, Work
from litgraph.errors import CorpusError, LitgraphError

_HERE = ("auto", "local")
_ADDRESS = re.compile(r"(?:ray://)?\[?(?P<host>[^\s/]+?)\]?:(?P<port>\d{1,5})", re.ASCII)
_PATIENCE = 5.0  # seconds for an address to answer
_STILLBORN = 3  # actors that die one after the other before their first book
_START = "Start one with: ray start --head. Without --ray, the books are built by processes of this machine."


class _Actor:
    """What runs on the cluster."""

    def __init__(self, make_work: MakeWork) -> None:
        self._make_work = make_work
        self._work: Work | None = None

    def load(self) -> LitgraphError | None:
        """Make ready for books; gives what is missing."""
        try:
            self._work = self._make_work()
        except LitgraphError as error:
            return error
        return None

    def build(self, task: Task) -> Any:
        """The outcome of a task."""
        assert self._work is not None
        return self._work(task)


@dataclass(slots=True)
class _Worker:
    actor: Any
    waits_for: Any  # a reference of Ray's; None when it is free
    task: Task | None = None
    ready: bool = False


class RayTeam:
    """A :class:`litgraph.corpus.team.Team` of actors.

    Args:
        address: "auto" for the cluster that this machine belongs to, "local" for one on this machine that ends with the
            build, "HOST:PORT", or "ray://HOST:PORT".
        workers: how many; 0 for as many as the cluster has cores or cards for.
        most: how many at most.
        threads: cores of each.
        gpus: graphics cards of each; 0.5 lets two share one.
        make_work: loads what each needs.

    Raises:
        CorpusError: Ray is not installed, the cluster cannot be reached, or it has no room for a worker.
    """

    def __init__(
        self, address: str, *, workers: int, most: int, threads: int, gpus: float, make_work: MakeWork
    ) -> None:
        self._ray = _connected(address)
        self._options = {"num_cpus": threads, "num_gpus": gpus}
        self._make_work = make_work
        self._stillborn = 0
        room = self._room(threads, gpus)
        if not room:
            self._ray.shutdown()
            raise CorpusError(
                f"The Ray cluster {address} has no room for a worker of {threads} cores and {gpus:g} graphics cards.",
                "`ray status` tells what it has.",
            )
        self._workers = [self._started() for _ in range(min(workers or room, most))]

    @property
    def size(self) -> int:
        """See :class:`litgraph.corpus.team.Team`."""
        return len(self._workers)

    def free(self) -> int:
        """See :class:`litgraph.corpus.team.Team`."""
        return sum(worker.waits_for is None for worker in self._workers)

    def give(self, task: Task) -> None:
        """See :class:`litgraph.corpus.team.Team`."""
        worker = next(worker for worker in self._workers if worker.waits_for is None)
        worker.task, worker.waits_for = task, worker.actor.build.remote(task)

    def ended(self, timeout: float) -> list[Ended]:
        """See :class:`litgraph.corpus.team.Team`."""
        busy = {worker.waits_for: place for place, worker in enumerate(self._workers) if worker.waits_for is not None}
        self._ray.wait(list(busy), num_returns=1, timeout=timeout)
        heard, _ = self._ray.wait(list(busy), num_returns=len(busy), timeout=0)
        found: list[Ended] = []
        for reference in heard:
            worker = self._workers[busy[reference]]
            try:
                answer = self._ray.get(reference)
            except self._ray.exceptions.RayError as error:
                self._workers[busy[reference]] = self._replaced(worker, error)
                if worker.task is not None:
                    found.append(Ended(worker.task, None))
                continue
            if isinstance(answer, LitgraphError):
                raise answer
            if worker.task is not None:
                found.append(Ended(worker.task, answer))
            else:
                self._stillborn = 0
            worker.ready, worker.task, worker.waits_for = True, None, None
        return found

    def close(self) -> None:
        """See :class:`litgraph.corpus.team.Team`."""
        for worker in self._workers:
            with suppress(self._ray.exceptions.RayError):
                self._ray.kill(worker.actor)
        self._ray.shutdown()

    def _replaced(self, dead: _Worker, error: Exception) -> _Worker:
        with suppress(self._ray.exceptions.RayError):
            self._ray.kill(dead.actor)
        self._stillborn += not dead.ready
        if self._stillborn >= _STILLBORN:
            raise CorpusError(
                f"Ray's workers end before their first book: {_last_line(error)}",
                "Is litgraph installed on all machines of the cluster, in the same version?",
            )
        return self._started()

    def _started(self) -> _Worker:
        actor = self._ray.remote(_Actor).options(**self._options).remote(self._make_work)
        return _Worker(actor, actor.load.remote())

    def _room(self, threads: int, gpus: float) -> int:
        whole = self._ray.cluster_resources()
        room = int(whole.get("CPU", 0) // threads)
        return min(room, int(whole.get("GPU", 0) // gpus)) if gpus else room


def _connected(address: str) -> Any:
    """Ray, connected to a cluster."""
    try:
        import ray
    except ImportError as error:
        raise CorpusError(
            "Ray is not installed.",
            'In the folder of litgraph: pip install ".[ray]". Without --ray, the books are built by processes here.',
        ) from error
    if address not in _HERE:
        _answers(address)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing of a corpus is told to anybody
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # as Ray's own warning asks for
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            logging_level=logging.ERROR,
            include_dashboard=False if address == "local" else None,
        )
    except Exception as error:  # what Ray raises here has no base but this
        raise CorpusError(f"The Ray cluster {address} cannot be reached: {_last_line(error)}", _START) from error
    return ray


def _last_line(error: Exception) -> str:
    """What went wrong, which stands last in the messages of Ray."""
    return next((line for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)


def _answers(address: str) -> None:
    """Raise CorpusError if nobody answers at an address: Ray itself would try for minutes."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise CorpusError(f"{address} is no address of a Ray cluster, such as auto, local or 10.0.0.1:6379.", _START)
    try:
        with socket.create_connection((match["host"], int(match["port"])), timeout=_PATIENCE):
            pass
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error) or "no answer"
        raise CorpusError(f"The Ray cluster {address} cannot be reached: {why}.", _START) from error
