"""Marks that stand in the running text but are no part of it: where a page of the printed book began, and where a note
belongs.

Taken out always, as they are nothing else in any book:

- pages: ``[Pg 12]``, ``[p. xii]``, ``{Page 12}``, ``[12]``, ``{12}`` (but not ``_{12}``, which is an index in a
  formula); a number of four digits only behind "page" or the like, since ``[1854]`` is a year;
- notes: ``[1]``, ``[^1]``, ``[FN#1]``, ``[Note 3]``, and ``†``, ``‡`` and raised numbers behind a word.

Taken out only where a note bears the same label, as they may be something else: ``[A]``, ``[*]``, ``(1)``, ``<1>``,
``^1`` and a star behind a word. Such a star goes without its note, too, if no star stands before a word in the
paragraph: ``*so*`` is emphasis, and ``Count***`` a name that the author hides.

Taken out only where they count through the book, as pages do: ``(p. 12)``, ``<12>``, ``|12|``.

A mark inside of a word leaves it whole ("lan[Pg 14]tern"); between a small letter or a stop and a capital it leaves a
space, which it took the place of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from litgraph.reading.mapped import MappedText

# How a page is called before its number, in the languages that most digital editions are in.
PAGE_WORD = r"(?:pages?|pgs?|pp?|pag(?:e|ina)?|página|folio|fol|seite|s)"
_PAGE = rf"-?\s*{PAGE_WORD}(?:\.?\s*\d{{1,4}}|(?:\.\s*|\s+)[ivxlc]{{1,8}})(?:\s*[-–/]\s*\d{{1,4}})?\s*-?"
_NUMBER = r"\s*[-^#]?\s*\d{1,3}\s*-?\s*"
_SEE_NOTE = r"(?:see\s+)?(?:foot-?|end-?)?(?:note|fn)\.?\s*[-#]?\s*\d{1,3}"
_SAYS_NOTE = re.compile(r"(?:see\s+)?(?:foot-?|end-?)?(?:note|fn)\b\.?", re.IGNORECASE)
_BEHIND_WORD = r"(?<=[^\W\d_]{3})|(?<=[.,;:!?…)\]”’\"'])"
_ALWAYS = (
    rf"\[\[?(?:{_PAGE}|{_NUMBER}|{_SEE_NOTE})\]?\]|(?<![_^])\{{\{{?(?:{_PAGE}|{_NUMBER})\}}?\}}"
    rf"|(?:{_BEHIND_WORD})[†‡]+|(?:{_BEHIND_WORD})[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}(?!\w)"
)
_BY_LABEL = (
    r"\[(?P<bracketed>[A-Za-z]|[*†‡§¶]{1,3}|[ivxl]{2,5})\]"
    rf"|(?:(?<=[^\W\d_])|{_BEHIND_WORD})(?:\((?P<round>\d{{1,3}})\)|<(?P<angle>\d{{1,3}})>"
    r"|\^\{?(?P<raised>\d{1,3})\}?)"
    rf"|(?:(?<=[^\W\d_])|{_BEHIND_WORD})(?P<sign>\*{{1,3}}|[§¶]{{1,3}})(?![\w*])"
)
_MARK = re.compile(rf"(?P<always>{_ALWAYS})|{_BY_LABEL}", re.IGNORECASE)
# A form, and the sign that it has; the number is its only group.
_COUNTED = {rf"\(\s?{PAGE_WORD}\.?\s?(\d{{1,4}})\s?\)": "(", r"<\s?(\d{1,4})\s?>": "<", r"\|\s?(\d{1,4})\s?\|": "|"}
_FEWEST, _COUNTING = 4, 0.9  # different numbers; share of the steps from one to the next that are 0, 1 or 2
_STAR_BEFORE_WORD = re.compile(r"(?<![\w*])\*(?=\w)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STRIPPED = "[]{}()<>^#-–:. \t\n"


def labels_of(text: str) -> Iterator[str]:
    """The labels of the marks in a running text that a note may answer: "1", "A", "*"."""
    if not any(sign in text for sign in "[({<*†‡§¶^⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return
    emphasis = _STAR_BEFORE_WORD.search(text) is not None
    for match in _MARK.finditer(text):
        label = label_of(match.group())
        if label and not (emphasis and match["sign"] and "*" in label):
            yield label


def label_of(mark: str) -> str:
    """What a mark has in common with that of its note: "1" of "[1]", "(1)", "[FN#1]" and "¹"."""
    return _SAYS_NOTE.sub("", mark).translate(_RAISED).strip(_STRIPPED).casefold()


def counted_marks(texts: Iterable[str]) -> re.Pattern[str] | None:
    """What marks the pages of a book in a way in which other books mark something else; None if nothing does.

    Args:
        texts: its paragraphs, in order.
    """
    numbers: dict[str, list[int]] = {form: [] for form in _COUNTED}
    for text in texts:
        for form, sign in _COUNTED.items():
            if sign in text:
                numbers[form] += map(int, re.findall(form, text, re.IGNORECASE))
    forms = [form for form, found in numbers.items() if len(set(found)) >= _FEWEST and _count_up(found)]
    return re.compile("|".join(forms), re.IGNORECASE) if forms else None


def _count_up(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(0 <= step <= 2 for step in steps) >= _COUNTING * len(steps)


def without_marks(
    content: MappedText, labels: Set[str] = frozenset(), counted: re.Pattern[str] | None = None
) -> MappedText:
    """A paragraph without its marks of pages and notes, as the head of this module says.

    Args:
        content: the paragraph, still wrapped.
        labels: those of the notes of the book.
        counted: from ``counted_marks``.
    """
    if counted:
        content = content.sub(counted, lambda match: _instead(content.text, match))
    text = content.text
    if not any(sign in text for sign in "[{(<*†‡§¶^⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return content
    emphasis = _STAR_BEFORE_WORD.search(text) is not None

    def taken(match: re.Match[str]) -> str:
        mark = match.group()
        is_star = match["sign"] == "*"
        if not (match["always"] or (is_star and not emphasis) or label_of(mark) in labels) or (is_star and emphasis):
            return mark
        return _instead(text, match)

    return content.sub(_MARK, taken)


def _instead(text: str, match: re.Match[str]) -> str:
    """What stands where a mark stood."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before == "-" and after.isalpha():
        return "\n"  # the end of a page is the end of a line: the hyphen may be the printer's
    if after.isupper() and (before.islower() or before in ".,;:!?"):
        return " " if before else ""
    return ""
