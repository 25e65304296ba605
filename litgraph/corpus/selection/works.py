"""Which entries of a catalogue are one work: its editions, the parts of a set, and collected works around it.

A title is read as *title proper*, *subtitle*, and *part*: "The Rise of the Dutch Republic — Volume 08: 1563-64" is
volume 8, "Don Quixote, Volume 2, Part 29" part 29 of volume 2, "Waverley; Or, 'Tis Sixty Years Since — Complete" the
whole. Two entries are one work if they have the same author, language and title proper, and all words of one subtitle
are in the other's: a subtitle that is left out makes no other work, "Inferno" and "Paradiso" do. Without an author, or
with one such as "Various", the whole title must be the same.

*Collected works* ("The Entire Project Gutenberg Works of Mark Twain") are no work of their own; a volume of quotations
or an index of them neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from litgraph.corpus.selection.types import CatalogueEntry
from litgraph.names.grammar import fold
from litgraph.reading.divisions.numerals import NUMERAL, is_cardinal, numeral_value

_UNITS = r"(?:volumes?|vols?\.?|parts?|pts?\.?|books?|chapters|tomes?|teil|band|bd\.?|series)"
_HAS_UNIT = re.compile(_UNITS, re.IGNORECASE)
_PART = re.compile(
    rf"(?<![^\s,;:.()\[—–-])(?:(?P<unit>{_UNITS})\s*(?:the\s+)?(?P<number>{NUMERAL})"
    rf"|(?:the\s+)?(?P<ordinal>(?!\d+\s){NUMERAL})\s+(?P<of>{_UNITS})(?=\s*(?:[,;:.()\[—–\n]|\Z)))",
    re.IGNORECASE,
)
_UNIT_NAMES = {"v": "volume", "t": "volume", "ba": "volume", "bd": "volume", "te": "part", "p": "part", "b": "book"}
_NUMBER_OF_PARTS = re.compile(rf"[\s,;:.(\[—–-]+(?:complete\s+)?in\s+{NUMERAL}\s+{_UNITS}[)\]]?", re.IGNORECASE)
_COMPLETE = re.compile(r"[,;:.(\[—–-]\s*complete(?![^\W_])\s*(?:[)\]]|\([^()]*\))?", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\))")
_SUBTITLE = re.compile(r"\s*[;:\n]\s*|,\s+or(?=[\s,])|\s+or,\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_COLLECTED = re.compile(
    r"(?:(?:the|complete|entire|collected|project gutenberg(?: ebooks? of)?(?: the)?) )*"
    r"(?:works|writings|novels|tales and novels|novels and tales)(?: (?:of|by)\b.*)?"
    r"|(?:index of|(?:widgers )?quot(?:es and images|ations) from)\b.*"
)
_NOBODY = frozenset({"", "anonymous", "unknown", "various"})
_SMALL_WORDS = frozenset("a an and of or the".split())

WorkKey = tuple[str, str, tuple[str, ...]]
"""Author, title proper and languages."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An entry and how its title reads.

    Attributes:
        entry: of the catalogue.
        key: what it has in common with all editions of its work, subtitles apart.
        subtitle: its words, without the small ones.
        part: the volume and what is in it, ("volume 2", "part 29"); () of the whole.
        collected: whether it is collected works, or quotations from them.
        plain: whether nothing in brackets qualifies it, such as "(Illustrated)".
    """

    entry: CatalogueEntry
    key: WorkKey
    subtitle: frozenset[str]
    part: tuple[str, ...]
    collected: bool
    plain: bool


def edition(entry: CatalogueEntry) -> Edition:
    """Read the title of an entry."""
    title, part = _without_part(entry.title)
    bare = _BRACKETS.sub("", title).strip() or title
    author = fold(entry.authors[0].name) if entry.authors else ""
    collected = _COLLECTED.fullmatch(_words(bare)) is not None
    if author in _NOBODY:
        return Edition(entry, (author, _words(entry.title), entry.languages), frozenset(), (), collected, bare == title)
    proper, *subtitles = _SUBTITLE.split(bare)
    words = frozenset(_words(" ".join(subtitles)).split()) - _SMALL_WORDS
    proper = _ARTICLE.sub("", proper, count=1) if _ARTICLE.match(proper) else proper
    return Edition(entry, (author, _words(proper), entry.languages), words, part, collected, bare == title)


def works(editions: list[Edition]) -> list[list[Edition]]:
    """The editions of each work together, works and editions in the order of the entries."""
    by_key: dict[WorkKey, dict[frozenset[str], list[int]]] = {}
    for place, one in enumerate(editions):
        by_key.setdefault(one.key, {}).setdefault(one.subtitle, []).append(place)
    found = [sorted(work) for subtitles in by_key.values() for work in _joined(subtitles)]
    return [[editions[place] for place in work] for work in sorted(found)]


def _joined(subtitles: dict[frozenset[str], list[int]]) -> list[list[int]]:
    """The places of the editions with one title proper, those together whose subtitles are not against it."""
    groups: list[tuple[list[frozenset[str]], list[int]]] = []
    for words, places in subtitles.items():
        alike = [group for group in groups if any(words <= other or other <= words for other in group[0])]
        joined = ([words, *(other for group in alike for other in group[0])], [*places])
        for group in alike:
            joined[1].extend(group[1])
        groups = [group for group in groups if group not in alike] + [joined]
    return [places for _, places in groups]


def _without_part(title: str) -> tuple[str, tuple[str, ...]]:
    """The title before what says which part it is, and that part.

    >>> _without_part("The History of Don Quixote, Volume 2, Part 29")
    ('The History of Don Quixote', ('volume 2', 'part 29'))
    """
    title = _NUMBER_OF_PARTS.sub("", title)
    marks = [mark for mark in _PART.finditer(title) if _part(mark)] if _HAS_UNIT.search(title) else []
    complete = _COMPLETE.search(title)
    begin = min((match.start() for match in (*marks, complete) if match), default=len(title))
    head = title[:begin].rstrip(" \n\t,;:.([—–-") if begin < len(title) else title
    if not head:  # "Volume 2" and nothing else
        return title, ()
    part = tuple(_part(mark) for mark in marks)
    if complete and not marks:
        rest = _words(title[complete.end() :])
        part = (rest,) if rest else ()
    return head, part


def _part(mark: re.Match[str]) -> str:
    """What a mark says, in one form: "volume 8" of "Vol. VIII"; "" if it says none, as "Three Volumes" does not."""
    ordinal = mark["ordinal"]
    if ordinal and not ordinal[0].isdigit() and is_cardinal(ordinal):
        return ""
    number = numeral_value(mark["number"] or ordinal)
    unit = (mark["unit"] or mark["of"]).casefold()
    name = _UNIT_NAMES.get(unit[:2]) or _UNIT_NAMES.get(unit[:1]) or unit.rstrip(".")
    return "" if number is None else f"{name} {number}"


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
