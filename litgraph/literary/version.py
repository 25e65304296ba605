"""Where a reader's files are and which version they are; nothing heavy is imported and no weights are loaded."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from litgraph.errors import ModelError

WEIGHTS, SETTINGS, TOKENIZER = "model.safetensors", "reader.json", "tokenizer.json"
PACKAGED = Path(__file__).resolve().parent.parent / "data" / "reader"


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """A reader that is there, not loaded yet.

    Attributes:
        folder: where its files are.
        version: such as "literary-1a2b3c4d": equal for folders with equal files, wherever they are.
    """

    folder: Path
    version: str


def find_reader(path: str | os.PathLike[str] | None = None) -> ReaderFiles:
    """The files of a reader. They are read whole once in a process, as long as nobody changes them.

    Args:
        path: the reader's folder; None for the reader that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    folder = PACKAGED if path is None else Path(path)
    stamps = []
    for name in (WEIGHTS, SETTINGS, TOKENIZER):
        try:
            about = (folder / name).stat()
            stamps.append((about.st_size, about.st_mtime_ns, about.st_ino))
        except OSError as error:
            what = f"{folder} holds no literary reader: {name} cannot be read ({error.strerror})."
            if path is None:
                what = "No literary reader comes with this version of litgraph."
            raise ModelError(
                what, "Name a reader's folder (literary:FOLDER), or train one: litgraph train reader --help"
            ) from error
    return ReaderFiles(folder, _version(folder, tuple(stamps)))


@lru_cache(maxsize=8)
def _version(folder: Path, stamps: tuple[tuple[int, int, int], ...]) -> str:
    """``stamps``: what tells that a file is another one now: size, time of its last change, number on the disk."""
    digest = hashlib.sha256()
    for name in (WEIGHTS, SETTINGS, TOKENIZER):
        try:
            digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
        except OSError as error:
            raise ModelError(
                f"{folder / name} cannot be read: {error.strerror}.", "Get permission, or name another reader's folder."
            ) from error
    return f"literary-{digest.hexdigest()[:8]}"
