"""The literary reader: one small encoder and its heads, trained on novels.

>>> from litgraph import literary
>>> reader = literary.load()                                                    # doctest: +SKIP
>>> reading = reader.read_tokens([["Emma", "saw", "her", "sister", "."]])      # doctest: +SKIP
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from litgraph.literary.types import Reading, TokenMention, TokenRelation
from litgraph.literary.version import ReaderFiles, find_reader

if TYPE_CHECKING:
    from litgraph.literary.reader import LiteraryReader

__all__ = ["ReaderFiles", "Reading", "TokenMention", "TokenRelation", "find_reader", "forget_texts", "load"]


def load(path: str | os.PathLike[str] | ReaderFiles | None = None) -> LiteraryReader:
    """A trained reader; asked for the same one again, the same object, with the texts that it remembers.

    Args:
        path: its folder, or its files from :func:`find_reader`; by default the reader that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    return _loaded(path if isinstance(path, ReaderFiles) else find_reader(path))


@lru_cache(maxsize=1)
def _loaded(files: ReaderFiles) -> LiteraryReader:
    from litgraph.literary.storage import load_reader

    reader = load_reader(files.folder)
    _in_use[:] = [reader]
    return reader


_in_use: list[LiteraryReader] = []


def forget_texts() -> None:
    """Let the reader that is loaded, if there is one, forget the texts that it remembers: another book has others."""
    for reader in _in_use:
        reader.forget()
