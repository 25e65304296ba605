"""Contents pages: runs of headings with no prose between them, which come again further on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litgraph.reading.divisions.headings import Heading
from litgraph.reading.divisions.paragraph import Paragraph

_PROSE = 200  # characters; shorter paragraphs are prose only if they end like a sentence
_SENTENCE = 60
_SENTENCE_END = re.compile(r"[.!?…—:;,][\"”’')\]]*\Z")
_PAGE_NUMBER = re.compile(r"[\s.…·]*\b(?:\d{1,4}|[ivxlc]{1,6})\Z")
_NEAR = 6  # paragraphs between the word "CONTENTS" and the first entry
_FEWEST_ENTRIES = 3
_LONGEST_ENTRY = 150
_MOST_PAGES = 50  # one for each volume, with room; keeps the search linear whatever the text


@dataclass(frozen=True, slots=True)
class Candidate:
    """Paragraph ``index`` could be this heading."""

    index: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """Paragraphs ``start`` to ``end`` (exclusive) are a contents page; its entries, comparable.

    Attributes:
        numbered: number and title of the entries that have both.
        before, after: entries without a number above the first and below the last that has one (a preface, a letter).
        titles: the entries of a page that has no numbers at all.
    """

    start: int
    end: int
    numbered: frozenset[tuple[int, str]] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph is running text rather than a heading, an entry of a list or a line of a title page."""
    text = paragraph.text
    if paragraph.heading or text.isupper() or not any(character.islower() for character in text):
        return False
    if len(text) >= _PROSE:
        return paragraph.opens is None
    return len(text) >= _SENTENCE and _SENTENCE_END.search(text) is not None and paragraph.opens is None


def comparable(text: str) -> str:
    """A title as contents page and chapter may both print it: without page number, case and punctuation."""
    return re.sub(r"[\W_]+", " ", _PAGE_NUMBER.sub("", text)).strip().casefold()


def contents_pages(paragraphs: Sequence[Paragraph]) -> list[ContentsPage]:
    """The contents pages of a book, in order; one with several volumes may have one for each."""
    candidates = [Candidate(index, p.opens) for index, p in enumerate(paragraphs) if p.opens]
    prose = [0]
    for paragraph in paragraphs:
        prose.append(prose[-1] + is_prose(paragraph))
    pages = _marked_pages(paragraphs)
    for run in _runs(candidates, prose):
        if len(pages) >= _MOST_PAGES or any(page.start <= run[0].index < page.end for page in pages):
            continue
        start = _start(paragraphs, candidates, run, prose)
        if parse_contents(paragraphs[start]) or _comes_again(candidates, run):
            pages.append(_page(paragraphs, start, _end(paragraphs, candidates, run[-1].index)))
    pages += _listings(paragraphs, pages)
    return sorted(pages, key=lambda page: page.start)


def parse_contents(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the heading of a contents page."""
    return paragraph.opens is not None and paragraph.opens.rank == "contents"


def _marked_pages(paragraphs: Sequence[Paragraph]) -> list[ContentsPage]:
    """The pages that the markup itself calls contents."""
    spans: list[tuple[int, int]] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role != "contents":
            continue
        start = index - 1 if index and parse_contents(paragraphs[index - 1]) else index
        if spans and spans[-1][1] == index:
            start = spans.pop()[0]
        spans.append((start, index + 1))
    return [_page(paragraphs, start, end) for start, end in spans]


def _runs(candidates: list[Candidate], prose: list[int]) -> list[list[Candidate]]:
    """Runs of chapter candidates without prose between; the last entry has prose below but continues the numbers."""
    runs: list[list[Candidate]] = []
    run: list[Candidate] = []
    groups: set[tuple[str, int, str]] = set()
    fresh = False  # a part was opened since the last entry, so numbers may begin again
    for candidate in candidates:
        heading = candidate.heading
        if heading.rank == "group":
            key = (heading.family, heading.number, comparable(heading.title))
            fresh = key not in groups
            groups.add(key)
        if heading.rank not in ("leaf", "bare"):
            continue
        clear = bool(run) and prose[candidate.index] == prose[run[-1].index]
        continues = bool(run) and (fresh or heading.number > run[-1].heading.number)
        if not (clear and continues):
            runs.append(run)
            run = []
            groups = set()
        run.append(candidate)
        fresh = False
    runs.append(run)
    return [run for run in runs if len(run) >= _FEWEST_ENTRIES]


def _start(paragraphs: Sequence[Paragraph], candidates: list[Candidate], run: list[Candidate], prose: list[int]) -> int:
    """Where a run's page begins: at the word "CONTENTS", else at the parts that stand right above the first entry."""
    first = run[0].index
    for index in range(first, max(-1, first - _NEAR - 1), -1):
        if prose[index] != prose[first]:
            break
        if parse_contents(paragraphs[index]):
            return index
    start = first
    above = {candidate.index for candidate in candidates if candidate.heading.rank in ("group", "front", "story")}
    while start - 1 in above:
        start -= 1
    return start


def _end(paragraphs: Sequence[Paragraph], candidates: list[Candidate], last: int) -> int:
    """The paragraph after a page: prose, or the heading of what follows (lists and notes are still entries)."""
    headings = {candidate.index: candidate.heading for candidate in candidates if candidate.index > last}
    for index in range(last + 1, len(paragraphs)):
        heading = headings.get(index)
        if is_prose(paragraphs[index]):
            return index
        if heading and heading.rank != "back" and "illustrations" not in paragraphs[index].text.lower():
            return index
    return len(paragraphs)


def _comes_again(candidates: list[Candidate], run: list[Candidate]) -> bool:
    """Whether most of a run's entries stand again in later headings: by number, or by title where there is no more."""
    later = [candidate.heading for candidate in candidates if candidate.index > run[-1].index]
    numbers = {heading.number for heading in later if heading.rank == "leaf"}
    titles = {comparable(heading.title) for heading in later} - {""}
    again = sum(
        entry.heading.number in numbers if entry.heading.rank == "leaf" else comparable(entry.heading.title) in titles
        for entry in run
    )
    return again * 2 > len(run)


def _page(paragraphs: Sequence[Paragraph], start: int, end: int) -> ContentsPage:
    """What a page lists. An entry under a number that has no title is that title, not an entry of its own."""
    title_page = {comparable(paragraph.text) for paragraph in paragraphs[:start]}
    numbered: set[tuple[int, str]] = set()
    before: list[str] = []
    after: list[str] = []
    any_number = title_due = False
    for paragraph in paragraphs[start:end]:
        heading = paragraph.opens
        title = comparable(paragraph.text)
        if heading and heading.rank in ("leaf", "bare"):
            any_number, title_due = True, not heading.title or len(heading.title) <= len("Page")
            numbered.add((heading.number, comparable(heading.title)))
            after = []
        elif heading and any_number and heading.rank != "group":
            break  # notes and illustrations: a list of other things begins
        elif heading is None and not title_due and 2 < len(title) <= _LONGEST_ENTRY and title not in title_page:
            (after if any_number else before).append(title)
        else:
            title_due = title_due and heading is not None
    if not any_number:
        return ContentsPage(start, end, titles=frozenset(before))
    return ContentsPage(start, end, frozenset(numbered), frozenset(before), frozenset(after))


def _listings(paragraphs: Sequence[Paragraph], pages: list[ContentsPage]) -> list[ContentsPage]:
    """Contents pages of titles without numbers: what stands under "CONTENTS" until one of its titles comes again."""
    listings: list[ContentsPage] = []
    last = {comparable(p.text): i for i, p in enumerate(paragraphs) if len(p.text) <= _LONGEST_ENTRY}
    for index, paragraph in enumerate(paragraphs):
        if len(pages) + len(listings) >= _MOST_PAGES:
            break
        if not parse_contents(paragraph) or any(page.start <= index < page.end for page in pages):
            continue
        titles: dict[str, None] = {}
        end = index + 1
        while end < len(paragraphs) and not is_prose(paragraphs[end]) and len(paragraphs[end].text) <= _LONGEST_ENTRY:
            title = comparable(paragraphs[end].text)
            if title in titles:
                break
            titles[title] = None
            end += 1
        entries = frozenset(title for title in titles if last[title] >= end and len(title) > 2)
        if len(entries) >= 2:
            listings.append(ContentsPage(index, end, titles=entries))
    return listings
