"""Words that number the divisions of one book and of hardly any other: "DAY I", "Fit the First", "§ 3", "No. IV".

No list could hold them all, so they are learned from the book: lines of their own that hold one and the same word with
a number, whose numbers count up with running text between them. Pages, plates and notes are numbered too, but divide
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from litgraph.reading.divisions.contents import is_prose
from litgraph.reading.divisions.headings import NUMBER_SIGN, ORDINAL, Heading, bare_heading, printed_as_number
from litgraph.reading.divisions.numerals import NUMERAL, numeral_value
from litgraph.reading.divisions.paragraph import Paragraph

_WORD = r"[^\W\d_][\w'’-]{0,20}"
_COUNTED_LINE = re.compile(
    rf"(?:the )?(?:(?:(?P<word>{_WORD})[ .:—–-]{{1,3}}|(?P<sign>[§№]+) ?){NUMBER_SIGN}(?:the )?"
    rf"[(\[]?(?P<number>{NUMERAL})[)\]]?|(?P<ordinal>{ORDINAL}|\d{{1,3}}|[ivxlc]+) (?P<after>{_WORD}))"
    r"\s*(?:[.:;—–-]+\s*(?P<title>.{0,100}[^.,;:])?|\((?P<inside>.{1,100})\))?",
    re.IGNORECASE,
)
_LONGEST_LINE = 150
_NO_DIVISIONS = frozenset(
    "page pages pag pg p pp pagina página seite s fol leaf folio fig figs figure plate plates illustration map table "
    "note notes footnote line lines verse item exhibit appendix".split()
)
_FEWEST = 3  # lines with one word; two if they are the first and the second
_COUNTING = 0.8  # of the steps from one number to the next must go up by one, or begin again


def with_designators(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs, of which those that the book's own word numbers open a division like a chapter.

    A book that has chapters, letters or scenes needs no such word, nor does one whose bare numbers count on from one
    of such lines to the next (they are its parts).
    """
    if any(p.opens and p.opens.rank == "leaf" and p.opens.family != "section" for p in paragraphs):
        return paragraphs
    lines = _counted_lines(paragraphs)
    word = max(lines, key=lambda word: (len(lines[word]), word), default="")
    if not word or _bare_numbers_count_on(paragraphs, list(lines[word])):
        return paragraphs
    return [replace(p, opens=lines[word].get(index, p.opens)) for index, p in enumerate(paragraphs)]


def _counted_lines(paragraphs: Sequence[Paragraph]) -> dict[str, dict[int, Heading]]:
    """Word → paragraph index → heading, for the words whose numbers count up with running text between."""
    lines: dict[str, dict[int, Heading]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.opens is None and (heading := _counted_line(paragraph.text)):
            lines.setdefault(heading.family, {})[index] = heading
    prose = [0]
    for paragraph in paragraphs:
        prose.append(prose[-1] + is_prose(paragraph))
    return {word: found for word, found in lines.items() if _count_up(found, prose)}


def _counted_line(text: str) -> Heading | None:
    match = _COUNTED_LINE.fullmatch(bare_heading(text)) if len(text) <= _LONGEST_LINE else None
    if not match:
        return None
    word = (match["word"] or match["sign"] or match["after"]).lower()
    numeral = (match["number"] or match["ordinal"]).rstrip(".")
    number = numeral_value(numeral)
    begins = bare_heading(text)[0]
    if number is None or begins.islower() or word in _NO_DIVISIONS or numeral_value(word) is not None:
        return None
    if match["number"] and not printed_as_number(numeral) and not numeral[0].isupper():
        return None
    return Heading("leaf", word, number, match["title"] or match["inside"] or "")


def _count_up(lines: dict[int, Heading], prose: Sequence[int]) -> bool:
    """Whether the numbers of such lines count up, and most of the lines have running text below them."""
    numbers = [heading.number for heading in lines.values()]
    if len(numbers) < _FEWEST and numbers != [1, 2]:
        return False
    steps = sum(after == before + 1 or after == 1 for before, after in pairwise(numbers))
    bounds = [*lines, len(prose) - 1]
    with_prose = sum(prose[after] > prose[before] for before, after in pairwise(bounds))
    return steps >= _COUNTING * (len(numbers) - 1) and with_prose * 2 > len(numbers)


def _bare_numbers_count_on(paragraphs: Sequence[Paragraph], lines: list[int]) -> bool:
    """Whether the book's bare numbers are more than such lines and do not begin again below each."""
    numbers = [p.opens.number for p in paragraphs if p.opens and p.opens.rank == "bare"]
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) > len(lines) and steps >= _COUNTING * (len(numbers) - 1) and numbers.count(1) < len(lines)
