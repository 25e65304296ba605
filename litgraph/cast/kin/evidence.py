"""What the text around a phrase of kinship says of whom it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from litgraph.cast.kin.phrases import kin_phrase
from litgraph.cast.kin.places import Place
from litgraph.types import Mention

Sign = Literal["named", "apposition", "predicate", "address", "chain", "nearest", "near", "other"]
"""How a vote came about: "my sister Maria", "Maria, my sister,", "Maria is my sister", "Sister!" said to Maria, the
reader's link, Maria stands near by; "other" speaks against her: "Maria and my sister", "my sister" said to Maria."""

_APPOSITION_ENDS = re.compile(r"[’']?s?\s*(?:[,;:.!?)—–-]|$)|[’']s\b")
_COMMA = re.compile(r",\s+|\s?[(—–]\s?")
_SPACE = re.compile(r"\s+_?")
_IS = re.compile(
    r",?\s+(?:who\s+)?(?:is|was|are|were|am|being|became|becomes|had been|has been|will be|would be|[’']m|[’']s)"
    r"\s+(?:not only |also |now |indeed |only |really )?_?",
    re.I,
)
_IS_CALLED = re.compile(r",?\s+(?:is|was|being|(?:is |was )?(?:called|named))\s+_?", re.I)
_AND = re.compile(r"(?:,?\s+(?:and|or|nor|with|than|to|from|for|of|at|by)\s+_?)")
_NAMING: frozenset[Sign] = frozenset({"named", "apposition"})
# How far a chain tells
_REACH, _REACH_BACK = 20, 2
_NEAR, _NEAR_AFTER = 3, 1  # sentences before and after a phrase in which those named are near
_FAR = 40  # characters between a phrase and a mention that is next to it, at most
_NEXT = 4  # mentions before or after a phrase among which those next to it are looked for


@dataclass(frozen=True, slots=True)
class Vote:
    """One sign that a phrase means an entity; ``strength`` 0 to 1."""

    entity: str
    sign: Sign
    strength: float = 1.0


class Evidence:
    """Looks around phrases of kinship.

    Args:
        mentions: of the whole book, in text order.
        meant: mention id -> entity id, as far as known.
        text: ``Book.text``.
    """

    def __init__(self, mentions: Sequence[Mention], meant: Mapping[str, str], text: str) -> None:
        self._text = text
        self._known = [(mention, meant[mention.id]) for mention in mentions if mention.id in meant]
        self._starts = [mention.start for mention, _ in self._known]
        self._chains: defaultdict[str, list[tuple[Mention, str]]] = defaultdict(list)
        self._named: defaultdict[int, list[str]] = defaultdict(list)
        for mention, entity in self._known:
            if mention.chain and not (mention.form == "noun" and kin_phrase(mention.text)):
                self._chains[mention.chain].append((mention, entity))
            if mention.form == "name":
                self._named[mention.sentence].append(entity)

    def votes(self, place: Place, fits: Callable[[str], bool], namesake: Callable[[str], str | None]) -> Iterator[Vote]:
        """The signs at a place, of entities that may be what the phrase says.

        Args:
            place: where the phrase stands.
            fits: may the entity be what the phrase says?
            namesake: who bears an entity's name and is of the gender of the word: "my aunt Philips" is Mrs. Philips.
        """
        nearest = False
        for vote in self._all(place):
            if vote.sign == "other":
                yield vote
            elif vote.sign in _NAMING and not fits(vote.entity) and (other := namesake(vote.entity)):
                yield Vote(other, vote.sign)
            elif fits(vote.entity):
                yield vote
                if vote.sign == "near" and not nearest:
                    nearest = True
                    yield Vote(vote.entity, "nearest")

    def _all(self, place: Place) -> Iterator[Vote]:
        yield from self._next_to(place)
        if place.address and len(place.hearers) == 1:
            yield Vote(place.hearers[0], "address")
        elif place.speaker and not place.address:
            for entity in (place.speaker, *(place.hearers if len(place.hearers) == 1 else ())):
                yield Vote(entity, "other")
        if (linked := self._linked(place.mention)) is not None:
            yield Vote(linked, "chain", place.mention.certainty)
        yield from (Vote(entity, "near") for entity in self._near(place.mention.sentence))

    def _near(self, sentence: int) -> list[str]:
        """Who is named in the sentences around, each once."""
        around = (*range(sentence, sentence - _NEAR - 1, -1), *range(sentence + 1, sentence + _NEAR_AFTER + 1))
        return list(dict.fromkeys(entity for index in around for entity in self._named.get(index, ())))

    def _next_to(self, place: Place) -> Iterator[Vote]:
        """Signs of the mentions that stand next to the phrase."""
        at = bisect_left(self._starts, place.mention.start)
        for mention, entity in self._known[max(0, at - _NEXT) : at + _NEXT]:
            if sign := self._sign(place, mention):
                yield Vote(entity, sign)

    def _sign(self, place: Place, mention: Mention) -> Sign | None:
        """What a mention that stands in, before or after the phrase shows by what stands between."""
        phrase, by_name = place.mention, mention.form == "name"
        if by_name and place.phrase.named and mention.end == phrase.end:
            return "named"
        if mention.end <= phrase.start:
            return self._sign_before(phrase, mention.end, by_name=by_name)
        return self._sign_after(phrase, mention, by_name=by_name) if phrase.end <= mention.start else None

    def _sign_before(self, phrase: Mention, end: int, *, by_name: bool) -> Sign | None:
        """What a mention shows that ends before the phrase: "Louisa is his sister", "Louisa, his sister,"."""
        between = self._text[max(end, phrase.start - _FAR) : phrase.start]
        if _IS.fullmatch(between):
            return "predicate"
        if _AND.fullmatch(between):
            return "other"
        apposition = by_name and _COMMA.fullmatch(between) and _APPOSITION_ENDS.match(self._text, phrase.end)
        return "apposition" if apposition else None

    def _sign_after(self, phrase: Mention, mention: Mention, *, by_name: bool) -> Sign | None:
        """What a mention shows that begins after the phrase: "his sister Louisa", "his sister was called Louisa"."""
        between = self._text[phrase.end : min(mention.start, phrase.end + _FAR)]
        if _AND.fullmatch(between):
            return "other"
        if not by_name:
            return None
        if _SPACE.fullmatch(between):
            return "named"
        if _IS_CALLED.fullmatch(between):
            return "predicate"
        return "apposition" if _COMMA.fullmatch(between) and _APPOSITION_ENDS.match(self._text, mention.end) else None

    def _linked(self, phrase: Mention) -> str | None:
        """Whom the nearest mention before it in its chain means, or else the nearest after it."""
        chain = self._chains.get(phrase.chain, [])
        place = bisect_left(chain, phrase.start, key=lambda pair: pair[0].start)
        if place and phrase.sentence - chain[place - 1][0].sentence <= _REACH:
            return chain[place - 1][1]
        if place < len(chain) and chain[place][0].id == phrase.id:
            place += 1
        if place < len(chain) and chain[place][0].sentence - phrase.sentence <= _REACH_BACK:
            return chain[place][1]
        return None
