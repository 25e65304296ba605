"""Two people of one name whom a book tells apart by their age: old and young Mr. Harker, Mr. Weston senior and junior.

"Old" and "young" are also said of one person ("poor old Tom"). So a name is that of two people only where the book has
it with both marks, and each of them twice, or once if it is a mark that says nothing else ("junior").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from litgraph.names.grammar import Name
from litgraph.types import Mention

_BEFORE = re.compile(r"(?:^|[\s(“\"‘'—])(?:(?P<elder>[Oo]ld|[Ee]lder)|(?P<younger>[Yy]oung|[Yy]ounger))\s+$")
_AT_BEGIN = re.compile(r"(?:[Tt]he\s+)?(?:(?P<elder>[Oo]ld|[Ee]lder)|(?P<younger>[Yy]oung|[Yy]ounger))\s")
_BEHIND = re.compile(
    r",?\s(?:the\s)?(?:(?P<elder>[Ss]enior|[Ss]en\.|[Ss]r\.|elder|père)|(?P<younger>[Jj]unior|[Jj]un\.|[Jj]r\.|younger|fils))"
    r"(?![\w’']|\s(?:of|one|brother|sister|son|daughter|cousin|man|woman|lady|gentleman)\b)"
)
_REACH = 30  # characters behind a name
_AMBIGUOUS = frozenset(("old", "young"))
_SUFFIX = {"elder": "Sr.", "younger": "Jr."}


class _Mark(NamedTuple):
    """Which of two a mention says that it means, in which words, and whether they stand before the name."""

    generation: str
    words: str
    before: bool


def with_generations(names: Mapping[int, Name], mentions: Sequence[Mention], text: str) -> dict[int, Name]:
    """The names; where the book has an elder and a younger of one name, with what says which of them is meant.

    Args:
        names: by the index of their mentions.
        mentions: of the book.
        text: ``Book.text``; nothing is told apart without it.
    """
    if not text:
        return dict(names)
    marks = {index: mark for index, name in names.items() if not name.suffix and (mark := _mark(mentions[index], text))}
    said = Counter(
        (names[index].key, mark.generation, mark.words.casefold() in _AMBIGUOUS) for index, mark in marks.items()
    )

    def is_told(key: tuple[object, ...], generation: str) -> bool:
        return said[key, generation, False] > 0 or said[key, generation, True] > 1

    return {
        index: _named(name, marks.get(index)) if all(is_told(name.key, generation) for generation in _SUFFIX) else name
        for index, name in names.items()
    }


def _mark(mention: Mention, text: str) -> _Mark | None:
    before = _AT_BEGIN.match(mention.text) or _BEFORE.search(text, max(0, mention.start - 12), mention.start)
    behind = _BEHIND.search(text, mention.start, mention.end + _REACH)  # "senior" may stand in the mention
    match = behind if behind and behind.start() <= mention.end <= behind.end() else before
    if not match or not match.lastgroup:
        return None
    return _Mark(match.lastgroup, match[match.lastgroup], match is before)


def _named(name: Name, mark: _Mark | None) -> Name:
    """By custom "Mr. Harker" without a mark is the elder; "Martin" may be either."""
    if mark is None:
        return replace(name, suffix=_SUFFIX["elder"]) if name.titles else name
    words = f"{mark.words.capitalize()} {name.text}" if mark.before else f"{name.text} {mark.words}"
    return replace(name, text=words, suffix=_SUFFIX[mark.generation])
