"""How the cast grows with the book, on one core: python tests/benchmarks/cast_speed.py [RUN …]

A made-up book, the same each time: one name of a person in eight words, in six forms, of given names and surnames that
each occur 200 times, and a narrator's "I" in every sentence. With run folders also the casts of these
books, names and pronouns. Seconds are those of the processor (``time.process_time``).
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from litgraph.cast import resolve
from litgraph.runs import stages
from litgraph.types import Mention, MentionForm

SIZES = (15_000, 30_000, 60_000, 120_000)  # names; 60,000 are about those of a novel of 500,000 words
FORMS = ("{0} {1}", "Mr. {1}", "Mrs. {1}", "{0}", "{1}", "Miss {0}")
SENTENCES_PER_CHAPTER = 600


def letters(number: int) -> str:
    """Two small letters for a number."""
    return chr(97 + number % 26) + chr(97 + number // 26)


def book(size: int) -> tuple[str, list[Mention]]:
    """A text of so many sentences with one name each, and its mentions."""
    choose = random.Random(1862)
    parts: list[str] = []
    mentions: list[Mention] = []
    words = size // 200
    position = 0
    for number in range(size):
        name = choose.choice(FORMS).format(
            f"Given{letters(choose.randrange(words))}", f"Family{letters(choose.randrange(words))}"
        )
        before = "“Well,” said I to " if number % 2 else "Then I went to meet "
        chapter = number // SENTENCES_PER_CHAPTER + 1
        places: tuple[tuple[int, str, MentionForm], ...] = (
            (before.index("I "), "I", "pronoun"),
            (len(before), name, "name"),
        )
        for offset, text, form in places:
            start = position + offset
            mentions.append(Mention(f"m{len(mentions)}", start, start + len(text), text, "PER", form, number, chapter))
        parts.append(f"{before}{name} at once.\n")
        position += len(parts[-1])
    return "".join(parts), mentions


def main(runs: list[str]) -> None:
    """Print the table."""
    print("book                      words    mentions  entities  seconds  s per 1,000 mentions")
    books = [(f"made up, {size}", *book(size)) for size in SIZES]
    books += [(Path(run).name, stages.load_book(Path(run)).text, list(stages.MENTIONS.load(Path(run)))) for run in runs]
    for name, text, mentions in books:
        started = time.process_time()
        cast = resolve(mentions, text=text)
        seconds = time.process_time() - started
        print(
            f"{name:20.20} {len(text.split()):10d}  {len(mentions):10d}  {len(cast.entities):8d}  {seconds:7.2f}"
            f"  {1000 * seconds / len(mentions):20.5f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
