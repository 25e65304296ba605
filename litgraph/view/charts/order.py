"""Where things stand side by side: as near as they can to where they would like to be, in their order, and apart."""

from __future__ import annotations

from collections.abc import Sequence


def apart(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Places in the order given, each at least its gap after the one before, with the least squares of what they move.

    Pool adjacent violators (Ayer, Brunk, Ewing, Reid & Silverman, 1955), with the gaps taken out.

    >>> apart([0.0, 0.0, 5.0], [0.0, 1.0, 1.0])
    [-0.5, 0.5, 5.0]

    Args:
        wanted: where each would like to be.
        gaps: the least distance of each from the one before; that of the first is not used.
    """
    offsets: list[float] = []
    for index, gap in enumerate(gaps):
        offsets.append(offsets[-1] + gap if index else 0.0)
    pools: list[tuple[float, int]] = []  # mean and size
    for place, offset in zip(wanted, offsets, strict=True):
        mean, size = place - offset, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean = (mean * size + before * number) / (size + number)
            size += number
        pools.append((mean, size))
    level = [mean for mean, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]
