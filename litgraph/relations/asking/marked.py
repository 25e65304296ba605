"""A question as a classifier reads it: the text with its two entities marked, ``[E1] PER : Elizabeth [/E1]``.

The markers are those of Christou & Tsoumakas's RoBERTa baseline (arXiv:2606.22606), after the typed entity markers of
Zhou & Chen (AACL 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litgraph.relations.asking.prompts import Question

MARKERS = ("[E1]", "[/E1]", "[E2]", "[/E2]")

_NEAREST_OF = 20  # occurrences of each that are looked at; more are of "he" in a very long text


def marked(question: Question) -> str:
    """The text with its entities marked where they stand; behind it, if they cannot be told in it, or overlap.

    Where an entity is named more than once, the two that stand nearest to each other are taken.

    >>> marked(Question("Jane met Mr. Bingley.", "Jane", "Mr. Bingley", "PER", "PER"))
    '[E1] PER : Jane [/E1] met [E2] PER : Mr. Bingley [/E2].'
    """
    text = " ".join(question.text.split())
    one, other = (" ".join(name.split()) for name in (question.one, question.other))
    opening = _opening("E1", question.one_type), _opening("E2", question.other_type)
    found = places_of(text, one, other)
    if found is None:
        return f"{text} {opening[0]} {one} [/E1] {opening[1]} {other} [/E2]"
    first, second = found
    places = sorted([(first, opening[0], "[/E1]"), (second, opening[1], "[/E2]")])
    parts, end = [], 0
    for (begin, stop), before, behind in places:
        parts += [text[end:begin], f"{before} {text[begin:stop]} {behind}"]
        end = stop
    return "".join([*parts, text[end:]])


def places_of(
    text: str, one: str, other: str, *, nested: bool = False
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where in a text two entities are named, as near to each other as may be; None if they are not.

    Args:
        text: in which spaces are single, as in the names.
        one: the first entity.
        other: the second one.
        nested: one may stand in the other ("his wife" and "his").
    """
    pairs = [
        (max(first[0], second[0]) - min(first[1], second[1]), first, second)
        for first in _places(text, one)
        for second in _places(text, other)
        if first[1] <= second[0] or second[1] <= first[0] or (nested and first != second)
    ]
    if not pairs:
        return None
    _, first, second = min(pairs)
    return first, second


def kept_span(text: str) -> tuple[int, int]:
    """From where to where a marked text must be kept, so that both entities stay in it."""
    begins = [text.find(marker) for marker in ("[E1]", "[E2]")]
    ends = [text.rfind(marker) + len(marker) for marker in ("[/E1]", "[/E2]")]
    return min(begins), max(ends)


def _opening(name: str, entity_type: str) -> str:
    return f"[{name}] {entity_type} :" if entity_type else f"[{name}]"


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where the name stands as whole words; else anywhere, as tokens may have been put together otherwise."""
    if not name:
        return []
    spaced = r"\s*".join(re.escape(word) for word in name.split())
    return list(_found(rf"(?<!\w){re.escape(name)}(?!\w)", text)) or list(_found(spaced, text))


def _found(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    for number, match in enumerate(re.finditer(pattern, text)):
        if number == _NEAREST_OF:
            return
        yield match.span()
