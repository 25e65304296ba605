"""How pairs and co-occurrence grow with the number of mentions: python tests/benchmarks/cooccurrence_speed.py

A made-up book, the same each time: mentions come in scenes of a few characters, whose frequencies fall off as those of
a novel do, about one mention in eleven words. Linear means that the last two columns stay about the same.
"""

from __future__ import annotations

import random
import time

from litgraph.pairs import candidate_pairs, co_occurrences
from litgraph.types import Mention, Sentence

SIZES = (5_000, 20_000, 80_000)
SENTENCES_PER_CHAPTER = 100
SENTENCES_PER_SCENE = 20
CHARACTERS = 150
SENTENCE_LENGTH = 110  # characters; two mentions a sentence are then about one in eleven words


def book(size: int) -> tuple[str, list[Sentence], list[Mention]]:
    """A text of ``size`` mentions: none to four in a sentence, two on average."""
    choose = random.Random(1813)
    frequency = [1 / (rank + 1) for rank in range(CHARACTERS)]
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    while len(mentions) < size:
        index = len(sentences)
        if index % SENTENCES_PER_SCENE == 0:
            scene = choose.choices(range(CHARACTERS), frequency, k=5)
        start = index * (SENTENCE_LENGTH + 1)
        chapter = index // SENTENCES_PER_CHAPTER + 1
        sentences.append(Sentence(index, start, start + SENTENCE_LENGTH, chapter, index))
        for place in range(choose.choice((0, 1, 1, 2, 2, 2, 3, 4, 3, 2))):
            begin = start + 15 * place
            entity = f"character-{choose.choice(scene)}"
            mentions.append(Mention(f"m{len(mentions)}", begin, begin + 9, "", "PER", "name", index, chapter, entity))
    return "x" * (len(sentences) * (SENTENCE_LENGTH + 1)), sentences, mentions[:size]


def main() -> None:
    """Print the table."""
    print("mentions  window    pairs  seconds     met  seconds   pairs s/1000  co-occurrence s/1000")
    for size in SIZES:
        text, sentences, mentions = book(size)
        for window in (1, 3):
            started = time.perf_counter()
            pairs = sum(1 for _ in candidate_pairs(text, sentences, mentions, window=window))
            between = time.perf_counter()
            met = sum(len(found.windows) for found in co_occurrences(sentences, mentions, window=window))
            ended = time.perf_counter()
            pairing, meeting = between - started, ended - between
            print(
                f"{size:8d}  {window:6d}  {pairs:7d}  {pairing:7.3f}  {met:6d}  {meeting:7.3f}"
                f"  {1000 * pairing / size:12.5f}  {1000 * meeting / size:20.5f}"
            )


if __name__ == "__main__":
    main()
