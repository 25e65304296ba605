"""Co-occurrence against Knuth's networks: who met in which chapter, and who is central."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from litgraph.cast import resolve
from litgraph.cast.meanings import with_entities
from litgraph.corpora.knuth import KnuthNetwork, chapter_numbers
from litgraph.evaluation.scores import Scores
from litgraph.mentions import Finder, find_mentions
from litgraph.names.likeness import UNLIKE, likeness
from litgraph.pairs import LARGEST_WINDOW, co_occurrences
from litgraph.progress import Progress, silent
from litgraph.reading.source import open_source, parse_book
from litgraph.sentences import segment
from litgraph.types import Book, Cast, Mention, Sentence

WEIGHTS = (1, 2, 3, 5)
Meeting = tuple[int, str, str]
"""The chapter's place in the book, from 0, and the two letters of two characters, sorted."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What one choice of window and least weight gives.

    Attributes:
        window: how many sentences apart two mentions stand at most.
        weight: in how many sentences of a chapter two characters must meet at least.
        meetings: of a chapter, against the annotated ones. One of somebody whom the annotation does not have does not
            count; one of somebody whom the cast does not have is missed.
        rank_correlation: Spearman's ρ of the number of neighbours in the whole book, over the characters of both.
    """

    window: int
    weight: int
    meetings: Scores
    rank_correlation: float


@dataclass(frozen=True, slots=True)
class NetworkScores:
    """What was measured on one book.

    Attributes:
        characters: how many are annotated.
        found: the entity of each that the cast has, by its two letters.
        curve: by window, then by least weight.
    """

    characters: int
    found: Mapping[str, str]
    curve: tuple[Curve, ...]


def score_network(
    network: KnuthNetwork, book: Book, sentences: Sequence[Sentence], mentions: Sequence[Mention], cast: Cast
) -> NetworkScores:
    """Compare the co-occurrence in a book with who met whom.

    Args:
        network: annotated.
        book: the same novel, with the same chapters.
        sentences: of the book.
        mentions: with their entities.
        cast: who they are.

    Raises:
        UnreadableSource: the chapters are not those of the annotation.
    """
    place = [number - 1 for number in chapter_numbers(network, book)]
    found = matched_characters(network, cast)
    code_of = {entity: code for code, entity in found.items()}
    ours = [mention for mention in mentions if mention.entity in code_of]
    gold = {(place[index], one, other) for index, one, other in network.meetings()}
    curve: list[Curve] = []
    for window in range(1, LARGEST_WINDOW + 1):
        counts: Counter[Meeting] = Counter()
        for pair in co_occurrences(sentences, ours, window=window):
            one, other = sorted((code_of[pair.left], code_of[pair.right]))
            counts.update((window.chapter - 1, one, other) for window in pair.windows)
        for weight in WEIGHTS:
            meetings = {meeting for meeting, count in counts.items() if count >= weight}
            scores = Scores(len(gold), len(meetings), len(gold & meetings))
            curve.append(Curve(window, weight, scores, _degree_correlation(gold, meetings, sorted(found))))
    return NetworkScores(len(network.characters), found, tuple(curve))


def measure_network(
    network: KnuthNetwork, source: str, finder: Finder, *, progress: Progress = silent
) -> NetworkScores:
    """Read a book as a run does, without relations, and compare who meets whom.

    Args:
        network: annotated.
        source: the novel, as for a run.
        finder: of the mentions.
        progress: told of each chapter.

    Raises:
        SourceError: the novel cannot be read, or has other chapters.
        ModelError: the finder cannot be loaded.
    """
    book = parse_book(open_source(source))
    chapter_numbers(network, book)  # other chapters are refused before the long part
    sentences = segment(book)
    found = find_mentions(book, sentences, finder, progress=progress)
    cast = resolve(found.mentions, text=book.text, voices=found.voices)
    return score_network(network, book, sentences, with_entities(found.mentions, cast), cast)


def matched_characters(network: KnuthNetwork, cast: Cast) -> dict[str, str]:
    """The entity of each annotated character that the cast has, each entity once; by name alone.

    The surest first: the same name; the same words under another title; words of it, or nicknames of them, whose
    title is of no other gender. Of equals the entity that is mentioned most.
    """
    people = [entity for entity in cast.entities if entity.kind == "character"]
    offers: list[tuple[int, int, str, str]] = []
    for code, character in network.characters.items():
        for entity in people:
            rank = min((likeness(character.name, alias) for alias, _ in entity.aliases), default=UNLIKE)
            if rank < UNLIKE:
                offers.append((rank, -entity.mentions, code, entity.id))
    matched: dict[str, str] = {}
    for _, _, code, entity_id in sorted(offers):
        if code not in matched and entity_id not in matched.values():
            matched[code] = entity_id
    return matched


def _degree_correlation(gold: Iterable[Meeting], meetings: Iterable[Meeting], characters: Sequence[str]) -> float:
    """Spearman's ρ of the numbers of neighbours (Spearman 1904); 0 if all have as many."""
    degrees = [_degrees(kind, characters) for kind in (gold, meetings)]
    one, other = (_ranks(degree) for degree in degrees)
    mean = (len(characters) - 1) / 2
    spread = [sum((rank - mean) ** 2 for rank in ranks) for ranks in (one, other)]
    if not spread[0] or not spread[1]:
        return 0.0
    together = sum((first - mean) * (second - mean) for first, second in zip(one, other, strict=True))
    return float(together / (spread[0] * spread[1]) ** 0.5)


def _degrees(meetings: Iterable[Meeting], characters: Sequence[str]) -> list[int]:
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    known = set(characters)
    for _, one, other in meetings:
        if one in known and other in known:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return [len(neighbours[character]) for character in characters]


def _ranks(values: Sequence[int]) -> list[float]:
    """Ranks from 0; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for _, group in groupby(enumerate(order), key=lambda item: values[item[1]]):
        items = list(group)
        for _, index in items:
            ranks[index] = (items[0][0] + items[-1][0]) / 2
    return ranks
