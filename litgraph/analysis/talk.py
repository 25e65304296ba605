"""Who has the word: shares of speech by character and by gender, what is returned, what women talk of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from litgraph.analysis.networks import character_network
from litgraph.speech.conversations import turns, words
from litgraph.types import Book, Mention, Quotation

if TYPE_CHECKING:
    import networkx

GENDERS = ("female", "male", "unknown")
_HE = frozenset({"he", "him", "his", "himself"})


class Speech(NamedTuple):
    """What somebody says in the book.

    Attributes:
        words: in quotations.
        share: of all words in quotations, those of unknown speakers included; 0 to 1.
    """

    words: int
    share: float


class BetweenWomen(NamedTuple):
    """How far a book would pass the test of Alison Bechdel ("The Rule", *Dykes to Watch Out For*, 1985).

    Attributes:
        women: how many named women speak.
        speeches: from a woman to women alone.
        without_men: of these, in which nobody male is mentioned.
    """

    women: int
    speeches: int
    without_men: int


def speech_shares(book: Book, quotations: Iterable[Quotation]) -> dict[str, Speech]:
    """How much everybody says, by id; "" is the share whose speaker nobody knows.

    Args:
        book: its text is counted.
        quotations: of this book.
    """
    counts: dict[str, int] = {}
    for quotation in quotations:
        counts[quotation.speaker] = counts.get(quotation.speaker, 0) + words(book.text, quotation)
    total = sum(counts.values())
    return {one: Speech(counts[one], counts[one] / total if total else 0.0) for one in sorted(counts)}


def talk_by_gender(shares: Mapping[str, Speech], genders: Mapping[str, str]) -> dict[str, float]:
    """Of all words whose speaker is known the share of women, of men, and of those whose gender nobody knows.

    Args:
        shares: from :func:`speech_shares`.
        genders: of the characters, by id.
    """
    counts = dict.fromkeys(GENDERS, 0)
    for speaker, speech in shares.items():
        if speaker:
            gender = genders.get(speaker, "unknown")
            counts[gender if gender in counts else "unknown"] += speech.words
    total = sum(counts.values())
    return {gender: count / total if total else 0.0 for gender, count in counts.items()}


def reciprocity(graph: networkx.Graph) -> float:
    """Of all speeches the share that is returned, 0 to 1: low where few command and many obey.

    As many speeches count for a pair as each says to the other (Squartini, Picciolo, Ruzzenenti & Garlaschelli,
    "Reciprocity of weighted networks", 2013).
    """
    network = character_network(graph, "speech", directed=True)
    weights = {(one, other): data["weight"] for one, other, data in network.edges(data=True)}
    total = sum(weights.values())
    returned = sum(min(weight, weights.get((other, one), 0)) for (one, other), weight in weights.items())
    return returned / total if total else 0.0


def between_women(
    book: Book, quotations: Iterable[Quotation], mentions: Sequence[Mention], genders: Mapping[str, str]
) -> BetweenWomen:
    """Count the speeches of women to women, and those of them that mention no man.

    A man is a mention that means a male character, or "he", "him", "his", "himself" whoever is meant. Noun phrases that
    mean nobody in the cast ("my father") are not seen, and speakers are not always right: take the counts as a hint
    where to read, and no verdict.

    Args:
        book: see :func:`litgraph.speech.conversations.turns`.
        quotations: of this book.
        mentions: with their entities, in text order.
        genders: of the characters, by id.
    """
    men = [
        mention.start for mention in mentions if genders.get(mention.entity) == "male" or mention.text.casefold() in _HE
    ]
    speakers: set[str] = set()
    speeches = without = 0
    for turn in turns(book, quotations):
        if genders.get(turn.speaker) != "female":
            continue
        speakers.add(turn.speaker)
        others = [one for one in turn.addressees if one != turn.speaker]
        if others and all(genders.get(one) == "female" for one in others):
            speeches += 1
            without += not any(_any_within(men, piece.start, piece.end) for piece in turn.quotations)
    return BetweenWomen(len(speakers), speeches, without)


def _any_within(starts: Sequence[int], start: int, end: int) -> bool:
    from bisect import bisect_left

    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end
