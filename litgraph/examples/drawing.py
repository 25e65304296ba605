"""Some of many examples."""

from __future__ import annotations

import random
from collections.abc import Sequence

from litgraph.examples.record import Record


def draw(records: Sequence[Record], rows: int, seed: int) -> list[Record]:
    """So many of the records, in an order that the seed settles; all of them if ``rows`` is 0."""
    wanted = min(rows, len(records)) if rows else len(records)
    return random.Random(seed).sample(list(records), wanted)
