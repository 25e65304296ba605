"""A clean paragraph with its place, as the search for divisions sees it."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.types import Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading of the book.

    Attributes:
        text: clean, on one line.
        span: where it stands in ``Book.text``.
        heading, role, speaker, who: as in ``Block``.
    """

    text: str
    span: Span
    heading: int = 0
    role: str = ""
    speaker: str = ""
    who: str = ""
