"""The literary reader: one small encoder and its heads, trained on novels.

>>> from litgraph import literary
>>> reader = literary.load("my-reader")                                         # doctest: +SKIP
>>> reading = reader.read_tokens([["Emma", "saw", "her", "sister", "."]])      # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from litgraph.literary.types import Reading, TokenMention, TokenRelation

if TYPE_CHECKING:
    from litgraph.literary.reader import LiteraryReader

__all__ = ["Reading", "TokenMention", "TokenRelation", "load"]


def load(path: str | os.PathLike[str]) -> LiteraryReader:
    """A trained reader from its folder.

    Raises:
        ModelError: the folder holds no reader.
    """
    from litgraph.literary.storage import load_reader

    return load_reader(path)
