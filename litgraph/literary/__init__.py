"""The literary reader: one small encoder and its heads, trained on novels.

>>> from litgraph import literary
>>> reader = literary.load()                                                    # doctest: +SKIP
>>> reading = reader.read_tokens([["Emma", "saw", "her", "sister", "."]])      # doctest: +SKIP
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from litgraph.literary.types import Reading, TokenMention, TokenRelation

if TYPE_CHECKING:
    from litgraph.literary.reader import LiteraryReader

__all__ = ["Reading", "TokenMention", "TokenRelation", "load"]


def load(path: str | os.PathLike[str] | None = None) -> LiteraryReader:
    """A trained reader; asked for the same one again, the same object, with the texts that it remembers.

    Args:
        path: its folder; by default the reader that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    from litgraph.literary.version import reader_folder, reader_version

    return _loaded(reader_folder(path), reader_version(path))


@lru_cache(maxsize=1)
def _loaded(folder: Path, version: str) -> LiteraryReader:
    from litgraph.literary.storage import load_reader

    return load_reader(folder)
