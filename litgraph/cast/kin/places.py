"""Where phrases of kinship stand, and whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from litgraph.cast.kin.address import ANYBODY
from litgraph.cast.kin.phrases import Phrase, kin_phrase
from litgraph.cast.kin.slots import SpeakersAt
from litgraph.speech.quotations import Quotations
from litgraph.types import Entity, Mention

_SPEAKERS = frozenset("my mine our".split())
_HEARERS = frozenset("your thy thine".split())
# "Papa, …", "Well, my dear mother!": marks around, or a word of calling before
_BEFORE_ADDRESS = re.compile(
    r"(?:^|[“‘\"'(—–-]\s?_?|[,.!?;:…][”’\"']?\s+_?"
    r"|\b(?:oh|ah|o|well|yes|no|why|come|now|dear|thank you|good-bye|good night|good morning)\s)$",
    re.I,
)
_AFTER_ADDRESS = re.compile(r"_?\s?(?:[,.!?;:…—–”“\"]|--|'(?!s\b|\w))")
_LONGEST_CALL = 14  # characters before an address that tell


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase of kinship where it stands.

    Attributes:
        mention: the phrase as it stands.
        phrase: the phrase as it is understood.
        possessors: ids of the entities whose kin it means; several where it is said to several ("your father"), none if
            nobody knows.
        speaker, hearers: in whose speech to whom it stands; "" and () outside of quotations, or if nobody knows.
        address: it is a form of address, so it means the hearer.
    """

    mention: Mention
    phrase: Phrase
    possessors: tuple[str, ...]
    speaker: str = ""
    hearers: tuple[str, ...] = ()
    address: bool = False


class Whose:
    """Tells whose the phrases of kinship of a book are.

    Args:
        mentions: of the whole book, in text order.
        entities: of the cast.
        text: ``Book.text``.
        speakers: who speaks to whom; None if nobody knows.
    """

    def __init__(
        self, mentions: Sequence[Mention], entities: Iterable[Entity], text: str, speakers: SpeakersAt | None
    ) -> None:
        self._text, self._speakers = text, speakers
        self._quotations = Quotations(text)
        narrators = [entity.id for entity in entities if entity.narrator]
        self._narrator = narrators[0] if len(narrators) == 1 else ""
        parsed = ((mention, kin_phrase(mention.text)) for mention in mentions if mention.form != "pronoun")
        self._phrases = [(mention, phrase) for mention, phrase in parsed if phrase and mention.label == "PER"]
        self._starting: defaultdict[int, list[Mention]] = defaultdict(list)
        self._ending: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._starting[mention.start].append(mention)
            self._ending[mention.end].append(mention)

    def places(self, meant: Mapping[str, str]) -> list[Place]:
        """The phrases of kinship, in text order.

        Args:
            meant: mention id -> entity id, as far as known.
        """
        return [self._place(mention, phrase, meant) for mention, phrase in self._phrases]

    def _place(self, mention: Mention, phrase: Phrase, meant: Mapping[str, str]) -> Place:
        spoken = self._quotations.hold(mention.start)
        speaker, hearers = self._speakers(mention.start) if spoken and self._speakers else ("", ())
        possessors = self._possessors(mention, phrase, speaker if spoken else self._narrator, hearers)
        if not possessors and phrase.whose != "unsaid" and (nested := self._nested(mention, phrase, meant)):
            possessors = (nested,)
        mine = phrase.whose == "unsaid" or (phrase.whose == "first" and _first_word(mention) in _SPEAKERS)
        address = spoken and mine and phrase.rank == "" and self._is_address(mention)
        if address and phrase.kin.word == ANYBODY:
            possessors = ()
        return Place(mention, phrase, possessors, speaker, hearers, address)

    def _possessors(self, mention: Mention, phrase: Phrase, teller: str, hearers: tuple[str, ...]) -> tuple[str, ...]:
        """Whose it is if speaker and hearers tell: "my", "your", and "papa" alone."""
        first = _first_word(mention)
        if phrase.whose == "unsaid" or (phrase.whose == "first" and first in _SPEAKERS):
            return (teller,) if teller else ()
        return hearers if phrase.whose == "first" and first in _HEARERS else ()

    def _nested(self, mention: Mention, phrase: Phrase, meant: Mapping[str, str]) -> str:
        """Whom the longest mention means that begins or ends the phrase."""
        if phrase.whose == "last":
            inside = [other for other in self._ending[mention.end] if other.start > mention.start]
        else:
            inside = [other for other in self._starting[mention.start] if other.end < mention.end]
        inside = [other for other in inside if other.id in meant]
        longest = max(inside, key=lambda other: other.end - other.start, default=None)
        return meant[longest.id] if longest else ""

    def _is_address(self, mention: Mention) -> bool:
        before = self._text[max(0, mention.start - _LONGEST_CALL) : mention.start]
        return bool(_BEFORE_ADDRESS.search(before) and _AFTER_ADDRESS.match(self._text, mention.end))


def _first_word(mention: Mention) -> str:
    return mention.text.split()[0].casefold()
