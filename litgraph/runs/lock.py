"""One process at a time in a run folder. The lock is the operating system's, and dies with the process that holds it.

Only its file stays behind, ``.litgraph.lock``, which says nothing by being there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from litgraph.errors import RunFolderError
from litgraph.progress import Tell
from litgraph.runs.folder import REPORT, unusable

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = ".litgraph.lock"
_POLL = 0.2  # seconds between two looks at a lock that another process holds


@contextmanager
def locked(folder: Path, *, tell: Tell | None = None) -> Iterator[None]:
    """Keep all others out of a run folder. A folder that is no run folder at the end is left as it was.

    Args:
        folder: the run folder; it is made if it is not there.
        tell: is told if another process is at work in the folder, which is then waited for; None not to wait.

    Raises:
        RunFolderError: the folder cannot be used, or another process is at work in it and is not waited for.
    """
    from filelock import FileLock

    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        _acquire(lock, folder, tell)
    except OSError as error:
        raise unusable(folder, error) from error
    try:
        yield
    finally:
        lock.release()
        if not (folder / REPORT).exists():
            with suppress(OSError):
                (folder / LOCK).unlink(missing_ok=True)
                if made:
                    folder.rmdir()


def _acquire(lock: BaseFileLock, folder: Path, tell: Tell | None) -> None:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        if tell is None:
            raise RunFolderError(
                f"Another litgraph is at work in {folder}, so nothing was changed.",
                "Give the same command again when it is done.",
            ) from None
        tell(f"Another litgraph is at work in {folder}; waiting until it is done.")
        lock.acquire(poll_interval=_POLL)
