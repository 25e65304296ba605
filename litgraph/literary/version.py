"""Where a reader's files are and which version they are; nothing heavy is imported and no weights are loaded."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from litgraph.errors import ModelError

WEIGHTS, SETTINGS, TOKENIZER = "model.safetensors", "reader.json", "tokenizer.json"
PACKAGED = Path(__file__).resolve().parent.parent / "data" / "reader"


def reader_folder(path: str | os.PathLike[str] | None) -> Path:
    """The folder of a reader; if None, where the one that comes with litgraph has its place."""
    return PACKAGED if path is None else Path(path)


def reader_version(path: str | os.PathLike[str] | None) -> str:
    """Such as "literary-1a2b3c4d": equal for folders with equal files, wherever they are.

    Args:
        path: the reader's folder; None for the reader that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    folder = reader_folder(path)
    digest = hashlib.sha256()
    for name in (WEIGHTS, SETTINGS, TOKENIZER):
        try:
            about = (folder / name).stat()
            digest.update(_digest(folder / name, about.st_mtime_ns, about.st_size))
        except OSError as error:
            what = f"{folder} holds no literary reader: {name} cannot be read ({error.strerror})."
            if path is None:
                what = "No literary reader comes with this version of litgraph."
            raise ModelError(
                what, "Name a reader's folder (literary:FOLDER), or train one: litgraph train reader --help"
            ) from error
    return f"literary-{digest.hexdigest()[:8]}"


@lru_cache(maxsize=16)
def _digest(file: Path, changed: int, size: int) -> bytes:
    """Of a file's bytes; a file that was not changed since is not read again."""
    return hashlib.sha256(file.read_bytes()).digest()
