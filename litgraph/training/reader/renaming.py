"""Other names for the people and towns of a passage, so that a reader learns what names look like, not these names.

Eighty passages hold a few hundred names, and every novel brings others. So a passage is read now and then with its
names changed: each word of a name becomes another one, the same wherever it stands; given names keep their gender, and
some names are put together from halves of two, because novelists make names up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from litgraph.corpora.tokens import GoldMention, TokenPassage
from litgraph.literary.network.features import likely_form
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import find_title

Sort = Literal["female", "male", "family", "town"]
_SORTS: tuple[Sort, ...] = ("female", "male", "family", "town")
_MADE_UP = 0.3  # share of new family names and towns that are put together from two
_SHORTEST = 4  # letters of a name that can be halved


@dataclass(frozen=True, slots=True)
class NamePool:
    """Words of names by sort, each list sorted."""

    words: Mapping[Sort, tuple[str, ...]]


def name_pool(passages: Iterable[TokenPassage]) -> NamePool:
    """The words of all names of some passages."""
    found: dict[Sort, set[str]] = {sort: set() for sort in _SORTS}
    for passage in passages:
        for word, sort in _words(passage):
            found[sort].add(word)
    return NamePool({sort: tuple(sorted(words)) for sort, words in found.items()})


def renamed(passage: TokenPassage, pool: NamePool, random: Random) -> TokenPassage:
    """The passage with other names; spans, entities and relations stay as they are.

    Words that the passage also writes small ("Will", "Rose") are left alone, and so are titles.

    Args:
        passage: as annotated.
        pool: where the new names come from.
        random: draws them.
    """
    new: dict[str, str] = {}
    for word, sort in _words(passage):
        if word not in new:
            new[word] = _another(sort, pool, random)
    new.update({word.upper(): name.upper() for word, name in list(new.items())})
    return replace(passage, sentences=[[new.get(word, word) for word in sentence] for sentence in passage.sentences])


def _words(passage: TokenPassage) -> Iterator[tuple[str, Sort]]:
    """The words of the names of people and towns, in text order, with their sorts.

    What other places are called often says what they are ("Lincoln's Inn Hall"), and stays.
    """
    small = {word for sentence in passage.sentences for word in sentence if word.islower()}
    for mention in passage.mentions:
        words = passage.sentences[mention.sentence][mention.first : mention.last + 1]
        if (mention.form or likely_form(words)) != "name" or mention.label not in ("PER", "GPE"):
            continue
        for word in words:
            if word.isalpha() and word.istitle() and word.casefold() not in small and not find_title(word):
                yield word, _sort(word, mention)


def _sort(word: str, mention: GoldMention) -> Sort:
    if mention.label == "GPE":
        return "town"
    gender = gender_of_given_name(word)
    return "family" if gender == "unknown" else gender


def _another(sort: Sort, pool: NamePool, random: Random) -> str:
    words = pool.words[sort]
    name = random.choice(words)
    if sort in ("family", "town") and random.random() < _MADE_UP:
        other = random.choice(words)
        if min(len(name), len(other)) >= _SHORTEST:
            return name[: (len(name) + 1) // 2] + other[len(other) // 2 :]
    return name
