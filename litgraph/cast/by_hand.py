"""Which mentions a person gave to whom, one by one: what ``[[mention]]`` of ``cast.toml`` says of this book."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from litgraph.cast.file.edits import Edits
from litgraph.cast.file.given import GivenMention
from litgraph.cast.joins.forms import collect_forms
from litgraph.cast.joins.namesakes import is_of_place
from litgraph.types import Mention


def rows_by_hand(edits: Edits, mentions: Sequence[Mention], aliases: Mapping[int, str], text: str) -> dict[int, str]:
    """For the index of each mention that a person gave to somebody the id of the row; "" if it is nobody's.

    What is said of a single mention wins over what is said of a name in some chapters, and that over what is said of
    the name in the whole book.

    Args:
        edits: what the person decided.
        mentions: of the whole book, in text order.
        aliases: for the index of each mention by name the name as the cast lists it.
        text: ``Book.text``; "" if unknown.
    """
    if not edits.given:
        return {}
    places = _Places(mentions, aliases, text)
    rows: dict[int, str] = {}
    for one in sorted(edits.given, key=lambda one: (bool(one.id), bool(one.chapters), bool(one.kind))):
        row = edits.end_of(one.entity)
        rows |= dict.fromkeys(places.of(one), "" if row in edits.dropped else row)
    return rows


def without_effect(given: Sequence[GivenMention], mentions: Sequence[Mention], text: str) -> list[GivenMention]:
    """Those that speak of no mention that the book, as it is read now, has. Arguments as for ``rows_by_hand``."""
    if not given:
        return []
    places = _Places(mentions, collect_forms(mentions, text)[1], text)
    return [one for one in given if not any(True for _ in places.of(one))]


class _Places:
    """Where in a book the mentions are that a person speaks of. Arguments as for ``rows_by_hand``."""

    def __init__(self, mentions: Sequence[Mention], aliases: Mapping[int, str], text: str) -> None:
        self.mentions = mentions
        self.text = text
        self.by_id = {mention.id: index for index, mention in enumerate(mentions)}
        self.by_place = {(mention.start, mention.text): index for index, mention in enumerate(mentions)}
        self.by_name: defaultdict[str, list[int]] = defaultdict(list)
        for index, alias in aliases.items():
            self.by_name[alias].append(index)

    def of(self, one: GivenMention) -> Iterator[int]:
        """The indexes of the mentions that are given."""
        if one.id:
            index = self.by_id.get(one.id) if one.start < 0 else self.by_place.get((one.start, one.text))
            if index is not None:
                yield index
            return
        times = Counter(self.mentions[index].sentence for index in self.by_name.get(one.name, ()))
        for index in self.by_name.get(one.name, ()):
            mention = self.mentions[index]
            beside_itself = times[mention.sentence] > 1
            if (not one.chapters or mention.chapter in one.chapters) and (
                not one.kind or is_of_place(self.text, mention, beside_itself=beside_itself) == (one.kind == "place")
            ):
                yield index
