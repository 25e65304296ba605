"""A clean paragraph with its place, as the search for divisions sees it."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.reading.divisions.headings import Heading
from litgraph.types import Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or heading of the book.

    Attributes:
        text: clean, on one line.
        span: where it stands in ``Book.text``.
        heading, role, speaker, who: as in ``Block``.
        opens: the division that it would open, to judge by its words alone; None if it is no heading.
    """

    text: str
    span: Span
    heading: int = 0
    role: str = ""
    opens: Heading | None = None
    speaker: str = ""
    who: str = ""
