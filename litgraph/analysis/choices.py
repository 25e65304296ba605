"""Which network, and what of it is seen at a chapter: the names of both."""

from __future__ import annotations

from typing import Literal, get_args

NetworkName = Literal["co-occurrence", "speech", "facts"]
NETWORK_NAMES: tuple[NetworkName, ...] = get_args(NetworkName)
Slicing = Literal["chapter", "cumulative", "window", "smoothed"]
SLICINGS: tuple[Slicing, ...] = get_args(Slicing)
WIDTH = 5
"""Chapters of a window, and on either side of a turning point, unless one says otherwise."""
