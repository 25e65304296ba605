"""How alike two names are: may both be one person's?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from litgraph.names.grammar import Name, fold, parse_name
from litgraph.names.lexicon import are_variants

UNLIKE = 9
"""What :func:`likeness` gives two names that are not alike."""


def comparable(alias: str) -> str:
    """An alias as it is compared: folded, without epithets and article, titles in one spelling."""
    name = parse_name(alias)
    if name is None:
        return fold(alias)
    return " ".join(
        [*(fold(title.text) for title in name.titles), *name.folded, *name.of.casefold().split(), name.suffix]
    ).strip()


def likeness(name: str, alias: str) -> int:
    """0 for the same name, more for less alike ones, `UNLIKE` for others and for those of two genders.

    1: the same words under another title; 2: the alias has some of the name's words, or nicknames of them (3 if it is
    one word without a title); 4: the name has some of the alias's.

    >>> [likeness("Fitzwilliam Darcy", alias) for alias in ("Fitzwilliam Darcy", "Mr. Darcy", "Darcy")]
    [0, 2, 3]
    >>> likeness("Mr. Bennet", "Mrs. Bennet")
    9
    """
    one, other = _read(name), _read(alias)
    if one is None or other is None or other.group:
        return UNLIKE
    if comparable(name) == comparable(alias):
        return 0
    if _genders_clash(one, other):
        return UNLIKE
    if one.words and one.folded == other.folded:
        return 1
    if other.words and all(_among(word, one.folded) for word in other.folded):
        return 2 if len(other.words) > 1 or other.titles else 3
    if one.words and all(_among(word, other.folded) for word in one.folded):
        return 4
    return UNLIKE


@lru_cache(maxsize=4096)
def _read(name: str) -> Name | None:
    return parse_name(name) or parse_name(f"the {name}")  # "Duke" is "the Duke"


def _among(word: str, words: Iterable[str]) -> bool:
    return any(word == other or are_variants(word, other) for other in words)


def _genders_clash(one: Name, other: Name) -> bool:
    genders = {title.gender for name in (one, other) for title in name.titles} - {"unknown"}
    return len(genders) > 1
