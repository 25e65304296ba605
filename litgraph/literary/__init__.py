"""The literary reader: one small encoder and its heads, trained on novels.

>>> from litgraph import literary
>>> reader = literary.load()                                                    # doctest: +SKIP
>>> reading = reader.read_tokens([["Emma", "saw", "her", "sister", "."]])      # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from litgraph.literary.types import Reading, TokenMention, TokenRelation
from litgraph.literary.version import ReaderFiles, find_reader

if TYPE_CHECKING:
    from litgraph.literary.reader import LiteraryReader

__all__ = ["ReaderFiles", "Reading", "TokenMention", "TokenRelation", "find_reader", "load"]


def load(path: str | os.PathLike[str] | None = None) -> LiteraryReader:
    """A trained reader; asked for the same one again, the same object, with the texts that it remembers.

    Args:
        path: its folder; by default the reader that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    return find_reader(path).load()
