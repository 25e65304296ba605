"""Who is mentioned in which chapters; who enters, who leaves, who is long away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from litgraph.types import Mention


class Presence(NamedTuple):
    """Where a character is mentioned, by name, noun phrase or pronoun. Somebody who is talked of counts as present.

    Attributes:
        mentions: how often in each chapter, the first chapter first.
    """

    mentions: tuple[int, ...]

    @property
    def chapters(self) -> tuple[int, ...]:
        """Numbers of the chapters with a mention."""
        return tuple(number for number, count in enumerate(self.mentions, start=1) if count)

    @property
    def longest_absence(self) -> int:
        """How many chapters in a row are without a mention between the first and the last one."""
        return max((later - earlier - 1 for earlier, later in pairwise(self.chapters)), default=0)


class Changes(NamedTuple):
    """Ids of those who are first mentioned in a chapter, and of those who are last mentioned in it."""

    enter: tuple[str, ...]
    leave: tuple[str, ...]


def presence(mentions: Iterable[Mention], chapters: int) -> dict[str, Presence]:
    """How often everybody is mentioned in each chapter, by id.

    Args:
        mentions: with their entities; those of nobody, and those outside of the chapters, are left out.
        chapters: how many chapters the book has.
    """
    counts: dict[str, list[int]] = {}
    for mention in mentions:
        if mention.entity and 1 <= mention.chapter <= chapters:
            counts.setdefault(mention.entity, [0] * chapters)[mention.chapter - 1] += 1
    return {entity: Presence(tuple(counts[entity])) for entity in sorted(counts)}


def entrances_and_exits(present: Mapping[str, Presence], chapters: Sequence[int]) -> dict[int, Changes]:
    """For each chapter who is mentioned for the first time in it, and who for the last time.

    Args:
        present: from :func:`presence`, of whom one wants to know it.
        chapters: numbers of the chapters.
    """
    first = {entity: one.chapters[0] for entity, one in present.items() if one.chapters}
    last = {entity: one.chapters[-1] for entity, one in present.items() if one.chapters}
    return {
        chapter: Changes(
            tuple(entity for entity in sorted(first) if first[entity] == chapter),
            tuple(entity for entity in sorted(last) if last[entity] == chapter),
        )
        for chapter in chapters
    }
