"""What an interrupted stage has finished, unit by unit (a chapter, a batch of pairs): even half a stage is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")


class Units:
    """Finished units of one stage: one JSON value each, appended as they are done.

    Args:
        path: the file; None keeps nothing beyond this process.
        key: the stage's key; units left by another key are discarded.
    """

    def __init__(self, path: Path | None = None, key: str = "") -> None:
        self.path = path
        self.key = key

    def resume(self, items: Iterable[Item], work: Callable[[Iterable[Item]], Iterable[Any]]) -> Iterator[Any]:
        """One result an item, in order: first those already on disk, then what ``work`` gives for the other items."""
        done = self._read()
        yield from done
        for result in work(islice(items, len(done), None)):
            self._append(result)
            yield result

    def clear(self) -> None:
        """Forget them; the stage is whole."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _read(self) -> list[Any]:
        if self.path is None:
            return []
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        # A line without its end was being written when the process died.
        whole = [line for line in lines if line.endswith(b"\n")]
        try:
            values = [json.loads(line) for line in whole]
        except ValueError:
            values = []
        if values[:1] != [self.key]:
            self.path.write_text(json.dumps(self.key) + "\n", encoding="utf-8", newline="\n")
            return []
        if len(whole) < len(lines):
            self.path.write_bytes(b"".join(whole))
        return values[1:]

    def _append(self, result: Any) -> None:
        if self.path is not None:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
