"""Which of the candidates are the chapters: one level of a book's hierarchy."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from litgraph.reading.divisions.contents import Candidate, ContentsPage, comparable, is_prose
from litgraph.reading.divisions.headings import GROUPS, Heading
from litgraph.reading.divisions.numerals import LAST
from litgraph.reading.divisions.paragraph import Paragraph


def leaves(
    paragraphs: Sequence[Paragraph], candidates: list[Candidate], pages: list[ContentsPage]
) -> dict[int, Heading]:
    """Paragraph index → heading of every chapter, at the one level that makes the chapters."""
    groups = [candidate for candidate in candidates if candidate.heading.rank == "group"]
    numbered = [candidate for candidate in candidates if candidate.heading.rank == "leaf"]
    designated = _designated_leaves(numbered, [candidate.index for candidate in groups])
    if designated:
        return designated | _listed_numbers(candidates, pages, designated)
    bare = _bare_leaves(candidates)
    if len(bare) >= 2 and _hold_prose(paragraphs, bare):
        return bare
    if groups:
        return _group_leaves(groups)
    inside = {index for page in pages for index in range(page.start, page.end)}
    entries = {title for page in pages for title in page.titles}
    titles = [index for index in _title_lines(paragraphs, entries) if index not in inside]
    if len(titles) < 2:
        titles = _markup_headings(paragraphs, inside)
    return {index: Heading("leaf", "titled", title=paragraphs[index].text) for index in titles}


def _title_lines(paragraphs: Sequence[Paragraph], entries: set[str]) -> list[int]:
    """The paragraphs that are nothing but a title that a contents page lists."""
    return [i for i, p in enumerate(paragraphs) if entries and not is_prose(p) and comparable(p.text) in entries]


def _listed_numbers(
    candidates: list[Candidate], pages: list[ContentsPage], leaves: dict[int, Heading]
) -> dict[int, Heading]:
    """Chapters whose designator was forgotten ("VII. THE BLUE CARBUNCLE" after "ADVENTURE VI."), if the contents list
    them so."""
    entries = {entry for page in pages for entry in page.numbered}
    numbers = {heading.number for heading in leaves.values()}
    return {
        candidate.index: candidate.heading
        for candidate in candidates
        if candidate.heading.rank == "bare"
        and candidate.heading.title
        and candidate.heading.number not in numbers
        and (candidate.heading.number, comparable(candidate.heading.title)) in entries
    }


def listed(
    paragraphs: Sequence[Paragraph], pages: list[ContentsPage], leaves: dict[int, Heading], others: set[int]
) -> dict[int, Heading]:
    """Unnumbered divisions before the first chapter or after the last that only the contents page knows to be such."""
    if not leaves or not pages:
        return {}
    before = {title for page in pages for title in page.before}
    after = {title for page in pages for title in page.after}
    indexes = [index for index in _title_lines(paragraphs, before) if index < min(leaves)]
    indexes += [index for index in _title_lines(paragraphs, after) if index > max(leaves)]
    return {i: Heading("front", "listed", title=paragraphs[i].text) for i in indexes if i not in others}


def _designated_leaves(candidates: list[Candidate], groups: list[int]) -> dict[int, Heading]:
    """The most frequent designator, and others (letters before chapters) only where they do not interrupt it."""
    counts = Counter(candidate.heading.family for candidate in candidates)
    counts.pop("section", None)
    if not counts:
        counts = Counter(candidate.heading.family for candidate in candidates)
    if not counts:
        return {}
    principal = max(counts, key=lambda family: counts[family])
    first = min(candidate.index for candidate in candidates if candidate.heading.family == principal)
    selection = [
        c for c in candidates if c.heading.family == principal or (c.index < first and c.heading.family in counts)
    ]
    selection = _without_running_heads(selection, groups)
    if len(selection) >= 3 and selection[0].heading.family == principal:
        selection = _without_strays(selection)
    return {candidate.index: candidate.heading for candidate in selection}


def _without_running_heads(candidates: list[Candidate], groups: list[int]) -> list[Candidate]:
    """Without headings that repeat the one before, as at the head of each page; below a new part they begin anew."""
    result: list[Candidate] = []
    for candidate in candidates:
        last = result[-1] if result else None
        is_new_part = last and bisect_left(groups, last.index) < bisect_left(groups, candidate.index)
        if last is None or is_new_part or _said(candidate.heading) != _said(last.heading):
            result.append(candidate)
    return result


def _said(heading: Heading) -> tuple[str, int, str, Heading | None]:
    return heading.family, heading.number, heading.title.casefold(), heading.outer


def _without_strays(candidates: list[Candidate]) -> list[Candidate]:
    """Without titled lines whose number fits neither the one before nor the one after, such as a quoted reference."""
    result = []
    for position, candidate in enumerate(candidates):
        number = candidate.heading.number
        before = candidates[position - 1].heading.number if position else 0
        after = candidates[position + 1].heading.number if position + 1 < len(candidates) else LAST
        fits = number in (1, before + 1, LAST) or after == number + 1
        if fits or not candidate.heading.title:
            result.append(candidate)
    return result


def _bare_leaves(candidates: list[Candidate]) -> dict[int, Heading]:
    """Bare numbers of the commonest kind that count up from one, beginning again at every one.

    A second volume may begin where the first ended; not in digits, though, which number pages as well.
    """
    bare = [candidate for candidate in candidates if candidate.heading.rank == "bare"]
    counts = Counter((candidate.heading.family, bool(candidate.heading.title)) for candidate in bare)
    if not counts:
        return {}
    kind = max(counts, key=lambda key: (counts[key], key))
    result: dict[int, Heading] = {}
    numbers = [candidate.heading.number for candidate in bare if candidate.heading.family == kind[0]]
    number = 0 if 1 in numbers or kind[0] == "arabic" else numbers[0] - 1
    for candidate in bare:
        heading = candidate.heading
        if (heading.family, bool(heading.title)) == kind and heading.number in (1, number + 1):
            result[candidate.index] = heading
            number = heading.number
    return result


def _hold_prose(paragraphs: Sequence[Paragraph], leaves: dict[int, Heading]) -> bool:
    """Whether most have running text below them; a list of numbered points has none."""
    starts = sorted(leaves)
    spans = zip(starts, [*starts[1:], len(paragraphs)], strict=True)
    count_with_prose = sum(
        any(is_prose(paragraph) for paragraph in paragraphs[start + 1 : end]) for start, end in spans
    )
    return count_with_prose * 2 > len(starts)


def _group_leaves(groups: list[Candidate]) -> dict[int, Heading]:
    """Parts or acts that hold no chapters are the chapters; of nested ones the inner."""
    families = list(dict.fromkeys(candidate.heading.family for candidate in groups))
    order = group_order(families)
    inner = max(families, key=lambda family: order[family])
    return {candidate.index: candidate.heading for candidate in groups if candidate.heading.family == inner}


def group_order(families: Sequence[str]) -> dict[str, int]:
    """Rank of each kind of group, outermost first; where books and parts hold each other, the first is outer."""
    order = {family: rank for rank, family in enumerate(GROUPS)}
    if "book" in families and "part" in families and families.index("book") < families.index("part"):
        order["book"], order["part"] = order["part"], order["book"]
    return order


def _markup_headings(paragraphs: Sequence[Paragraph], inside: set[int]) -> list[int]:
    """Headings of the level that occurs most often with prose after it, if the markup has at least two."""
    indexes_of_level: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs[:-1]):
        if paragraph.heading and index not in inside and not paragraphs[index + 1].heading:
            indexes_of_level.setdefault(paragraph.heading, []).append(index)
    level = max(indexes_of_level, key=lambda level: (len(indexes_of_level[level]), -level), default=0)
    return indexes_of_level[level] if level and len(indexes_of_level[level]) >= 2 else []
