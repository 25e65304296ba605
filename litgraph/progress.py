"""Progress, as a function that is passed in: silent in a library, a bar in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Hands on what it is given, and may tell a person how far it has come."""

    def __call__(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """The items, unchanged and in order.

        Args:
            items: what is being worked through.
            what: the stage, in a few words for a person.
            total: how many items there are, if known.
        """
        ...


def silent(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Says nothing."""
    return iter(items)


def bar(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """A bar with the time left on stderr, once the work has taken two seconds; nothing if stderr is no terminal."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, total=total, delay=2, leave=False, disable=None, dynamic_ncols=True))
