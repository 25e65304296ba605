"""Independent work on all cores that the process may use, in threads or in processes, with results in order.

Nothing waits by spinning, and there are never more threads than cores, so that two processes do each other no harm.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_CGROUPS = Path("/sys/fs/cgroup")
_here = threading.local()


def usable_cores() -> int:
    """How many cores this process may use: its affinity, the limit of its container, and ``OMP_NUM_THREADS``."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        cores = os.cpu_count() or 1
    wished = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if wished.isdigit() and int(wished):
        cores = min(cores, int(wished))
    return max(1, min(cores, _container_limit(_CGROUPS) or cores))


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int | None = None,
    begin: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """``work(item)`` of each item, in the order of the items, on several threads.

    Threads bring something only where ``work`` mostly leaves the interpreter, as large tensor operations do. Items are
    taken as results are asked for, at most twice as many ahead as there are workers. Called by ``work`` itself, it does
    all in the same thread.

    Args:
        work: may be called from several threads at once. What it raises is raised where its result is due.
        items: read in the calling thread.
        workers: threads; by default as many as there are usable cores. With one, all is done in the calling thread.
        begin: called once by each new thread before its first item.
    """
    workers = usable_cores() if workers is None else workers
    if workers == 1 or getattr(_here, "works", False):
        yield from map(work, items)
        return
    rest = iter(items)
    first = list(islice(rest, 2))
    if len(first) < 2:
        yield from map(work, first)
        return

    def at_work() -> None:
        _here.works = True
        begin()

    pool = ThreadPoolExecutor(workers, thread_name_prefix="litgraph", initializer=at_work)
    try:
        waiting: deque[Future[Result]] = deque(pool.submit(work, item) for item in first)
        while waiting:
            for item in islice(rest, 2 * workers - len(waiting)):
                waiting.append(pool.submit(work, item))
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def limit_threads(threads: int) -> None:
    """Let this process, and those that it starts, use so many cores at most. Call it before torch is imported."""
    os.environ["OMP_NUM_THREADS"] = str(threads)


def in_processes(work: Callable[[Item], Result], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """``work(item)`` of each item, in the order of the items, in processes of their own that use one core each.

    Worth it where each item takes seconds, since every process imports for itself what it needs. What ``work`` raises
    is raised where its result is due; work that has not begun by then is left.

    Args:
        work: can be pickled: a function of a module, or a ``functools.partial`` of one.
        items: can be pickled; all are read at once.
        workers: processes.
    """
    context = multiprocessing.get_context("spawn")  # alike on all systems, and safe beside threads
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=limit_threads, initargs=(1,))
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _container_limit(cgroups: Path) -> int | None:
    """The cores that the control groups of this process (version 2) leave it, rounded up; None without a limit."""
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    own = next((line.removeprefix("0::").strip("/") for line in lines if line.startswith("0::")), "")
    folder = cgroups / own
    limits = []
    for place in (folder, *folder.parents):
        if place == cgroups.parent:
            break
        try:
            quota, period = (place / "cpu.max").read_text(encoding="utf-8").split()
            limits.append(ceil(int(quota) / int(period)))
        except (OSError, ValueError):  # no file; "max", which is no number
            continue
    return min(limits, default=None)
