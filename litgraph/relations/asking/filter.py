"""Which pairs are worth a question: the literary reader's opinion whether the text relates two mentions at all.

Language models trained for labels name one for any two people they are shown; in LitBank's passages about one pair in
ten of those that share a sentence is related. So the small reader, which has learned that, looks at every pair first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from litgraph import literary
from litgraph.choices import chosen
from litgraph.literary import find_reader
from litgraph.relations.literary import ChapterPairs, TokenPair, same_tokens
from litgraph.types import Pair, Sentence


class Filter(Protocol):
    """Tells how likely pairs are related at all."""

    threshold: float

    def relatedness(self, pairs: Sequence[Pair]) -> list[float]:
        """For each pair a probability; below ``threshold`` nobody is asked."""
        ...


class FilterChoice(NamedTuple):
    """A filter that was chosen, not loaded yet.

    Attributes:
        version: of the reader whose opinion it is, or "none".
        load: makes it, for the text of a book and all its sentences; None where all pairs shall be asked about.
    """

    version: str
    load: Callable[[str, Sequence[Sentence]], Filter | None]


class FilterRow(NamedTuple):
    """A row of the table of filters."""

    choose: Callable[[str], FilterChoice]
    takes: str = ""
    alone: bool = True


def choose_filter(setting: str) -> FilterChoice:
    """The filter that a setting names.

    Raises:
        SettingsError: there is no such filter.
        ModelError: the folder that the setting names holds no reader.
    """
    name, argument = check_filter(setting)
    return FILTERS[name].choose(argument)


def check_filter(setting: str) -> tuple[str, str]:
    """Name and argument of a setting; no reader is looked for. Raises SettingsError if there is no such filter."""
    return chosen(setting, FILTERS, key="filter", what="filter")


def _of_reader(folder: str) -> FilterChoice:
    files = find_reader(folder or None)

    def load(book_text: str, sentences: Sequence[Sentence]) -> RelatednessFilter:
        reader = literary.load(files)
        return RelatednessFilter(reader, reader.thresholds.worth_asking, book_text, sentences)

    return FilterChoice(files.version, load)


def _all_pairs(_: str) -> FilterChoice:
    return FilterChoice("none", lambda book_text, sentences: None)


FILTERS: Mapping[str, FilterRow] = {"literary": FilterRow(_of_reader, "FOLDER"), "none": FilterRow(_all_pairs)}


class RelatednessReader(Protocol):
    """What the filter needs of a :class:`litgraph.literary.reader.LiteraryReader`."""

    def relatedness(self, sentences: Sequence[Sequence[str]], pairs: Sequence[TokenPair]) -> list[float]:
        """For each pair the probability that it is related."""
        ...


class RelatednessFilter:
    """The opinion of a literary reader, which reads whole chapters.

    Args:
        reader: whose opinion.
        threshold: from which probability on a pair is worth a question.
        book_text: the text of the book.
        sentences: all of them, in order.
    """

    def __init__(
        self, reader: RelatednessReader, threshold: float, book_text: str, sentences: Sequence[Sentence]
    ) -> None:
        self.reader = reader
        self.threshold = threshold
        self._chapters = ChapterPairs(book_text, sentences)

    def relatedness(self, pairs: Sequence[Pair]) -> list[float]:
        """For each pair, in order, how likely the text relates its mentions; 0 where the reader sees but one."""
        found: list[float] = []
        for chapter in self._chapters.by_chapter(pairs):
            scores = iter(self.reader.relatedness(chapter.tokens, chapter.distinct))
            found += [0.0 if same_tokens(*pair) else next(scores) for pair in chapter.token_pairs]
        return found
