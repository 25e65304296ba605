"""Sizes that no book reaches: what is larger is refused before it costs minutes and gigabytes."""

from __future__ import annotations

from litgraph.errors import UnreadableSource

LONGEST_PARAGRAPH = 2_000_000  # characters; the longest chapters of any novel are a tenth of that
LONGEST_PREFORMATTED = 20_000_000  # characters; some HTML editions are one <pre> around the whole book
MOST_LINES = 1_000_000  # of plain text; "Les Misérables" has 70,000
MOST_TAGS = 2_000_000  # of one file; "Pride and Prejudice" has 7,000, with every word marked up half a million


def too_long(name: str, length: int, limit: int = LONGEST_PARAGRAPH) -> UnreadableSource:
    """The error for a paragraph that no book has."""
    return UnreadableSource(
        f"{name} has a paragraph of {length:,} characters or more (the limit is {limit:,}).",
        "This is no book; give litgraph a text whose paragraphs are separated by empty lines.",
    )


def too_many(name: str, limit: int, unit: str) -> UnreadableSource:
    """The error for more lines or tags than any book has."""
    return UnreadableSource(
        f"{name} has more than {limit:,} {unit}.", "This is no book; if it holds several, split it into them."
    )
