"""Where a book's divisions begin: title page, contents, prefaces, chapters within parts, back matter.

Every paragraph that could be a heading is a candidate. A run of chapter candidates with no prose between them, whose
numbers or titles come again further on (or that stands under "CONTENTS"), is a contents page. Of the rest, one level
makes the chapters: numbered designators ("CHAPTER", "Letter", "SCENE") if there are any, else bare numbers that
count, else parts or acts, else the titles that the contents page lists, else the headings of the markup. What is
below that level is left inside the chapters, what is above it gives them their ``part``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from litgraph.reading.divisions.contents import Candidate, ContentsPage, contents_pages, is_prose
from litgraph.reading.divisions.designators import with_designators
from litgraph.reading.divisions.headings import GROUPS, LONGEST_HEADING, Heading, bare_heading
from litgraph.reading.divisions.leaves import group_order, leaves, listed
from litgraph.reading.divisions.numerals import LAST
from litgraph.reading.divisions.paragraph import Paragraph
from litgraph.types import Chapter, DivisionKind

_CLOSING_WORDS = re.compile(r"\W*(?:the end|finis|fin|ende)\W*", re.IGNORECASE)
_LARGEST_BACK_MATTER = 0.2  # of the text; "THE END" earlier than that ends a story, not the book
_LARGEST_FRONT_MATTER = 0.2  # of the text; longer prose above the first heading, under none of its own, is the story
_OPENING_CHAPTER = 2000  # characters of prose before a chapter that is not the first make it an unmarked first one
_LONGEST_OPENING = 40  # paragraphs of a title page


@dataclass(frozen=True, slots=True)
class _Cut:
    """A division begins at paragraph ``index``."""

    index: int
    kind: DivisionKind
    title: str = ""
    part: str = ""


def divisions(paragraphs: Sequence[Paragraph]) -> tuple[Chapter, ...]:
    """The divisions of a book, which tile its text in order (see ``Chapter``). There is always at least one chapter."""
    paragraphs = with_designators(paragraphs)
    pages = contents_pages(paragraphs)
    inside = {index for page in pages for index in range(page.start, page.end)}
    candidates = [
        Candidate(index, paragraph.opens)
        for index, paragraph in enumerate(paragraphs)
        if index not in inside and not paragraph.speaker and paragraph.opens
    ]
    chapters = leaves(paragraphs, candidates, pages)
    headings = {candidate.index: candidate.heading for candidate in candidates} | chapters
    headings |= listed(paragraphs, pages, chapters, inside | headings.keys())
    cuts = _Outline(paragraphs, headings, chapters, pages).cuts()
    for page in pages:
        cuts = _insert_contents(cuts, page, len(paragraphs))
    cuts = _with_front(paragraphs, cuts)
    return _tile(paragraphs, _with_back(paragraphs, cuts))


def opening(paragraphs: Sequence[Paragraph], chapters: Sequence[Chapter]) -> list[Paragraph]:
    """The title page: what stands before the first prose and the first heading of a division.

    Args:
        paragraphs: of the book, or of its beginning.
        chapters: the divisions that were found in it; a line that one of them begins with is no part of a title page.
    """
    body = next((chapter.start for chapter in chapters if chapter.kind != "front" or chapter.title), 0)
    lines = (paragraph for paragraph in paragraphs[:_LONGEST_OPENING] if paragraph.span.start < body)
    return list(takewhile(lambda line: not is_prose(line) and not _divides(line.opens), lines))


def _divides(heading: Heading | None) -> bool:
    return heading is not None and (heading.rank != "bare" or not heading.title) and heading.family != "arabic"


class _Outline:
    """The walk over a book's headings that turns them into cuts, remembering the parts that are open."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        headings: dict[int, Heading],
        chapters: dict[int, Heading],
        pages: list[ContentsPage],
    ) -> None:
        self.paragraphs = paragraphs
        self.headings = headings
        self.chapters = chapters
        self.pages = pages
        self.order = group_order([heading.family for heading in headings.values() if heading.rank == "group"])
        self.indexes = sorted(headings)
        self.divisions = [i for i in self.indexes if i in chapters or headings[i].rank == "group"]
        self.first = min(chapters, default=len(paragraphs))
        self.last = max(chapters, default=-1)
        self.parts: list[tuple[int, str]] = []  # rank and name of the open parts, outermost first
        self.pending = -1  # the heading of a part that waits for its first division
        self.result: list[_Cut] = []

    def cuts(self) -> list[_Cut]:
        for index in self.indexes:
            if self.pending >= 0 and any(self.pending < page.start <= index for page in self.pages):
                self._cut(index, "front", "")  # the title page of a volume, above its own contents
            heading = self.headings[index]
            if index in self.chapters:
                self._chapter(index, heading)
            elif heading.rank == "group":
                self._group(index, heading)
            elif kind := self._named_kind(index, heading):
                self._cut(index, kind, self._title(index))
        return self.result

    def _cut(self, index: int, kind: DivisionKind, title: str) -> None:
        if kind == "back":
            self.parts.clear()
        start = index if self.pending < 0 else self.pending
        self.result.append(_Cut(start, kind, title, " / ".join(name for _, name in self.parts)))
        self.pending = -1

    def _chapter(self, index: int, heading: Heading) -> None:
        if heading.outer:
            self._open(self.order.get(heading.outer.family, 0), heading.outer_text.strip())
        elif heading.family in GROUPS:  # the parts themselves are the chapters
            self._close(self.order[heading.family])
        self._cut(index, "chapter", self._title(index))

    def _group(self, index: int, heading: Heading) -> None:
        """Open a part; where it holds prose but no chapters (a short story among novels), it is one itself."""
        inner = _next_index(self.divisions, index)
        below = _next_index(self.indexes, index)
        prose = any(is_prose(paragraph) for paragraph in self.paragraphs[index + 1 : below])
        if inner in self.chapters or not prose:
            self._open(self.order[heading.family], self._title(index))
            self.pending = index if self.pending < 0 else self.pending
        elif index < self.last or not heading.title:
            self._close(self.order[heading.family])
            self._cut(index, "chapter", self._title(index))

    def _open(self, rank: int, name: str) -> None:
        self._close(rank)
        self.parts.append((rank, name))

    def _close(self, rank: int) -> None:
        while self.parts and self.parts[-1][0] >= rank:
            self.parts.pop()

    def _named_kind(self, index: int, heading: Heading) -> DivisionKind | None:
        """What kind of division an unnumbered heading opens where it stands; None if it is not one there."""
        if heading.rank in ("bare", "contents"):
            return None
        if not self.chapters:  # only the edges of an undivided story are divided off
            early = index < len(self.paragraphs) / 5
            return (
                "front"
                if heading.rank == "front" and early
                else "back"
                if heading.rank == "back" and not early
                else None
            )
        if index < self.first:
            return "chapter" if heading.rank == "story" else "front"
        if index > self.last:
            is_back = heading.rank == "back" or heading.family == "listed"
            return "chapter" if heading.rank == "story" else "back" if is_back else None
        next_chapter = next(i for i in self.divisions[bisect_right(self.divisions, index) :] if i in self.chapters)
        restarts = self.chapters[next_chapter].number == 1
        if not restarts:
            return None
        above = self.pending >= 0 or self.result[-1].kind == "front"  # under a part's heading, not in a chapter
        return "chapter" if heading.rank == "story" else "front" if heading.rank == "front" and above else None

    def _title(self, index: int) -> str:
        """The heading as printed, with the title on the next line where the number stands alone."""
        heading, text = self.headings[index], bare_heading(self.paragraphs[index].text)
        below = index + 1
        if heading.title or heading.family == "named" or below >= len(self.paragraphs) - 1 or below in self.headings:
            return text
        if heading.family in ("act", "scene") or not _is_title(self.paragraphs[below], self.paragraphs[index].heading):
            return text
        joint = " " if text[-1] in ".:—–-" else ". "
        return text + joint + bare_heading(self.paragraphs[below].text)


def _next_index(indexes: list[int], index: int) -> int | None:
    """The first of the sorted indexes that is larger."""
    position = bisect_right(indexes, index)
    return indexes[position] if position < len(indexes) else None


def _is_title(paragraph: Paragraph, level: int) -> bool:
    """Whether a line below a number is its title: by the markup, in capitals, or in Title Case with no stop."""
    text = paragraph.text
    if len(text) > LONGEST_HEADING or bool(paragraph.heading) != bool(level):
        return False
    if paragraph.heading:
        return True
    if not any(character.isalpha() for character in text):
        return False
    if text.isupper():
        return True
    words = re.findall(r"[^\W\d_][^\W_]*", text)
    capitals = sum(word[0].isupper() for word in words)
    is_quotation = text[0] in "\"“‘'(["
    return (
        len(text) <= 100
        and text[-1] not in '.,;:!?”"—-'
        and not is_quotation
        and capitals * 2 > len(words)
        and text[0].isupper()
    )


def _insert_contents(cuts: list[_Cut], page: ContentsPage, paragraphs: int) -> list[_Cut]:
    """With a contents page cut out; what stands between it and the next division is front matter."""
    result = [cut for cut in cuts if not page.start <= cut.index < page.end]
    result.append(_Cut(page.start, "contents"))
    if page.end < paragraphs and not any(cut.index == page.end for cut in result):
        result.append(_Cut(page.end, "front"))
    return sorted(result, key=lambda cut: cut.index)


def _with_front(paragraphs: Sequence[Paragraph], cuts: list[_Cut]) -> list[_Cut]:
    """With a division at the very beginning, and at least one chapter."""
    if not any(cut.kind == "chapter" for cut in cuts):
        # The book has no chapters: everything between its title page and its back matter is one.
        front = [cut for cut in cuts if cut.kind != "back"]
        last_front = max((cut.index for cut in front), default=-1)
        begin = next((i for i, p in enumerate(paragraphs) if i > last_front and is_prose(p)), max(0, last_front))
        back = [cut for cut in cuts if cut.kind == "back" and cut.index > begin]
        cuts = [*(cut for cut in front if cut.index < begin), _Cut(begin, "chapter"), *back]
    if cuts[0].index > 0:
        cuts.insert(0, _Cut(0, "front"))
    return _with_opening(paragraphs, cuts)


def _with_opening(paragraphs: Sequence[Paragraph], cuts: list[_Cut]) -> list[_Cut]:
    """With the story told before the first heading as a chapter: much prose, with no heading of front matter above."""
    first = next(i for i, cut in enumerate(cuts) if cut.kind == "chapter")
    if first == 0 or cuts[first - 1].kind != "front" or cuts[first - 1].title:
        return cuts
    start, stop = cuts[first - 1].index, cuts[first].index
    prose = [index for index in range(start, stop) if is_prose(paragraphs[index])]
    size = sum(len(paragraphs[index].text) for index in prose)
    heading = paragraphs[stop].opens
    not_the_first = heading is not None and 1 < heading.number < LAST
    if not size or size < (_OPENING_CHAPTER if not_the_first else _LARGEST_FRONT_MATTER * paragraphs[-1].span.end):
        return cuts
    opening_cut = _Cut(prose[0], "chapter")
    return [*cuts[: first - (start == prose[0])], opening_cut, *cuts[first:]]


def _with_back(paragraphs: Sequence[Paragraph], cuts: list[_Cut]) -> list[_Cut]:
    """With what follows "THE END" cut off the last chapter."""
    last = max(i for i, cut in enumerate(cuts) if cut.kind == "chapter")
    stop = cuts[last + 1].index if last + 1 < len(cuts) else len(paragraphs)
    size = paragraphs[-1].span.end
    for index in range(cuts[last].index, stop - 1):
        rest = paragraphs[stop - 1].span.end - paragraphs[index].span.end
        if rest <= _LARGEST_BACK_MATTER * size and _CLOSING_WORDS.fullmatch(paragraphs[index].text):
            return [*cuts[: last + 1], _Cut(index + 1, "back"), *cuts[last + 1 :]]
    return cuts


def _tile(paragraphs: Sequence[Paragraph], cuts: list[_Cut]) -> tuple[Chapter, ...]:
    starts = [0, *(paragraphs[cut.index].span.start for cut in cuts[1:])]
    ends = [*starts[1:], paragraphs[-1].span.end]
    chapters = []
    number = 0
    for cut, start, end in zip(cuts, starts, ends, strict=True):
        number += cut.kind == "chapter"
        chapters.append(Chapter(number if cut.kind == "chapter" else 0, cut.title, start, end, cut.part, cut.kind))
    return tuple(chapters)
