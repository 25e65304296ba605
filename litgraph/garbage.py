"""Python's collector of garbage while millions of values come and stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_RARE = (100_000, 50, 100)
_lock = Lock()
_inside: list[tuple[int, int, int]] = []  # what the thresholds were, once for each who is inside


@contextmanager
def rare_collections() -> Iterator[None]:
    """Inside of it Python looks through all that it holds a hundred times less often, in all its threads.

    What litgraph drops is free at once, as nothing in it refers to itself; so the collector finds nothing, again and
    again: that takes a tenth of the time of building a book, and a fifth of loading one into a database. Several
    threads may be inside; the last one out puts back what the first one found.
    """
    with _lock:
        _inside.append(_inside[0] if _inside else gc.get_threshold())
        gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        with _lock:
            before = _inside.pop()
            if not _inside:
                gc.set_threshold(*before)
