"""Progress, as a function that is passed in: silent in a library, a bar in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Passes items through, and may show a person how far the work has come."""

    def __call__(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """The items, unchanged and in order.

        Args:
            items: what is being worked through.
            what: the work, in a few words for a person, such as "labelling pairs".
            total: how many items there are, if known.
        """
        ...


def silent(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with nothing shown."""
    return iter(items)


def bar(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with a bar and the time left on stderr after two seconds; no bar if stderr is no terminal."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, total=total, delay=2, leave=False, disable=None, dynamic_ncols=True))
