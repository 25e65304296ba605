"""Who marries whom, or is said to: "engaged to Mr. Darcy", "when Lilia and Gino were married".

One such sentence may be gossip, a refusal or somebody else's hope. But over a whole book those between whom most of
them stand love each other, or one of them the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litgraph.facts.claims import Claim
from litgraph.pairs import Window
from litgraph.types import Entity, Mention, Sentence

Couple = tuple[str, str]
"""Two entities, the smaller id first."""

_WORD = re.compile(
    r"\b(?:marr(?:y|ies|ied|ying|iage)|engaged|engagement|betroth\w*|wedding|wedded|wife|husband|bride|bridegroom)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|never|no|nothing|cannot|without|hardly|scarcely|refus\w+|declin\w+)\b|n[’']t\b", re.I)
_DENIED_COUNTS = 0.3
_LATE = 0.75  # of the book: who is spoken of then is the couple that the story comes to
_BEFORE, _AFTER = 3, 2  # mentions before and after a word among which the two are looked for
_LEAST, _RIVAL = 1.5, 3  # what makes a claim: places, and how many times as many a rival may have. Set by hand


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said of a wedding of two people.

    Attributes:
        said: in how many places; those with a denial count less.
        late: in how many places of the book's last quarter.
        places: the sentences, in text order.
    """

    said: float = 0.0
    late: int = 0
    places: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Weddings:
    """What a book says of weddings.

    Attributes:
        talk: by couple.
        most: by entity how much is said of it and each of the two with whom most is said, most first.
    """

    talk: Mapping[Couple, Talk] = field(default_factory=dict)
    most: Mapping[str, tuple[tuple[float, Couple], ...]] = field(default_factory=dict)

    def of(self, couple: Couple) -> Talk:
        """What is said of the two."""
        return self.talk.get(couple, Talk())

    def rival(self, couple: Couple) -> float:
        """How much is said of either and somebody else, at most."""
        others = (said for one in couple for said, other in self.most.get(one, ()) if other != couple)
        return max(others, default=0.0)

    def claims(self) -> Iterator[Claim]:
        """That they love each other, of those of whom enough is said."""
        number = 0
        for couple, talk in sorted(self.talk.items()):
            if talk.said >= _LEAST and self.rival(couple) <= _RIVAL * talk.said:
                for head, tail in (couple, couple[::-1]):
                    key = head, "lover_of", tail
                    yield Claim(f"w{number}", key, "wedding", 0.0, 0, talk.places, "weddings", "")
                    number += 1


def weddings(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Sequence[Entity]
) -> Weddings:
    """Find what is said of weddings.

    Args:
        text: ``Book.text``.
        sentences: all of the book, by index.
        mentions: with whom they mean, in text order.
        entities: of the cast; only characters marry.
    """
    genders = {entity.id: entity.gender for entity in entities if entity.kind == "character"}
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.entity in genders:
            by_sentence[mention.sentence].append(mention)
    places: defaultdict[Couple, list[tuple[float, Sentence]]] = defaultdict(list)
    for index, here in sorted(by_sentence.items()):
        sentence = sentences[index]
        words = text[sentence.start : sentence.end]
        counts = _DENIED_COUNTS if _DENIED.search(words) else 1.0
        for word in _WORD.finditer(words):
            for couple in _couples(here, sentence.start + word.start(), sentence.start + word.end()):
                one, other = (genders[entity] for entity in couple)
                if one != other or one == "unknown":
                    places[couple].append((counts, sentence))
    return _counted(places, late=_LATE * len(text))


def _couples(here: Sequence[Mention], start: int, end: int) -> list[Couple]:
    """The two nearest to a word, one on each side, and the two before it."""
    before = [mention.entity for mention in here if mention.end <= start][-_BEFORE:][::-1]
    after = [mention.entity for mention in here if mention.start >= end][:_AFTER]
    nearest = list(dict.fromkeys(before))
    pairs = [(nearest[0], after[0])] if nearest and after else []
    pairs += [(nearest[0], nearest[1])] if len(nearest) > 1 else []
    return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})


def _counted(places: Mapping[Couple, Sequence[tuple[float, Sentence]]], late: float) -> Weddings:
    talk = {
        couple: Talk(
            round(sum(counts for counts, _ in found), 1),
            sum(sentence.start > late for _, sentence in found),
            tuple(dict.fromkeys(Window(one.chapter, one.start, one.end) for _, one in found)),
        )
        for couple, found in places.items()
    }
    by_entity: defaultdict[str, list[tuple[float, Couple]]] = defaultdict(list)
    for couple, of_couple in talk.items():
        for one in couple:
            by_entity[one].append((of_couple.said, couple))
    return Weddings(talk, {one: tuple(sorted(found, reverse=True)[:2]) for one, found in by_entity.items()})
