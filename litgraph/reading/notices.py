"""What a reader of a book should be told about its divisions: a long book of one chapter, much that is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litgraph.types import Chapter

# Words from which on a story is longer than a short story (Nebula Awards rules of the SFWA: 7,500 make a novelette).
_LONG = 7500
_MUCH = 0.1  # of a file
_TITLE_PAGE = 1000  # characters that every book has before its text
_LICENCE = 40_000  # characters, twice Project Gutenberg's; what is cut off beside the book is no more
_KINDS = {"front": "front matter", "contents": "the table of contents", "back": "back matter"}
_NAMED = 3  # divisions that a notice names


def division_notices(text: str, divisions: Sequence[Chapter], cut_off: int) -> Iterator[str]:
    """A sentence or two for each thing that is probably not as its reader thinks, with what to do.

    Args:
        text: the whole book.
        divisions: that tile it.
        cut_off: characters of the file that are no part of the book.
    """
    chapters = [division for division in divisions if division.kind == "chapter"]
    words = len(text[chapters[0].start : chapters[0].end].split())
    if len(chapters) == 1 and words >= _LONG:
        yield (
            f"Only one chapter was found in {words:,} words. If the book has more, give each a heading that litgraph "
            'knows, such as "CHAPTER I", in a paragraph of its own, and build again.'
        )
    left_out = [division for division in divisions if division.kind != "chapter"]
    size = sum(division.end - division.start for division in left_out)
    if size > max(_TITLE_PAGE, _MUCH * len(text)):
        yield (
            f"{size / len(text):.0%} of the text is in no chapter and is not read for the graph: {_named(left_out)}. "
            'If that is part of the story, give it a heading such as "CHAPTER I" or "PROLOGUE", and build again.'
        )
    if cut_off > max(_LICENCE, _MUCH * (len(text) + cut_off)):
        yield (
            f"{cut_off / (len(text) + cut_off):.0%} of the file stands outside the lines by which Project Gutenberg "
            "marks where a book starts and ends, and was left out. "
            "If it belongs to the book, take those lines out of the file, and build again."
        )


def _named(divisions: Sequence[Chapter]) -> str:
    """The largest divisions, in the book's order: 'front matter "PREFACE" (12,000 characters), …'."""
    largest = sorted(divisions, key=lambda division: division.start - division.end)[:_NAMED]
    names = []
    for division in sorted(largest, key=lambda division: division.start):
        title = f' "{division.title}"' if division.title else ""
        names.append(f"{_KINDS[division.kind]}{title} ({division.end - division.start:,} characters)")
    return ", ".join(names) + (", and more" if len(divisions) > _NAMED else "")
