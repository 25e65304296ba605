"""Who builds the books: what processes of this machine and actors of Ray have in common."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from litgraph.corpus.worker import Outcome, Task


class Ended(NamedTuple):
    """A task that is with no worker any more.

    Attributes:
        task: which one.
        outcome: what came of it; None if its worker died over it.
    """

    task: Task
    outcome: Outcome | None


class Team(Protocol):
    """Workers, each with one book at a time."""

    @property
    def size(self) -> int:
        """How many workers there are, at work or not."""
        ...

    def free(self) -> int:
        """How many of them have loaded what they need and wait for a book."""
        ...

    def give(self, task: Task) -> None:
        """Give a book to one that is free."""
        ...

    def ended(self, timeout: float) -> list[Ended]:
        """The tasks that ended since; workers that died are replaced by new ones.

        Args:
            timeout: seconds to wait for something to happen.

        Raises:
            CorpusError: workers cannot start.
        """
        ...

    def close(self) -> None:
        """End all workers, at once and whatever they are doing."""
        ...
