"""How long it takes to find the speech of a long book and who says it: python tests/benchmarks/quotation_speed.py

Books are made up: of many quotations in each style, of one quotation of 50,000 words, and of marks that never close;
"she" and "his lady" are mentions of one person. Twice as much text must take about twice as long.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial

from litgraph.cast.meant.attribution import attribute
from litgraph.speech.ruled import voices_by_rule
from litgraph.speech.turns import heard
from litgraph.types import Book, Chapter, Mention

STYLES = {
    "double": "“My dear Mr. Bennet,” said his lady, “have you heard that ‘Netherfield’ is let?” He had not.\n\n",
    "straight": '"My dear Mr. Bennet," said his lady, "have you heard that Netherfield is let?" He had not.\n\n',
    "single": "‘My dear Mr. Bennet,’ said his lady, ‘don’t you know that ’tis the boys’ house?’ He did not.\n\n",
    "dash": "—My dear Mr. Bennet, said his lady, have you heard that Netherfield is let?\n\nHe had not.\n\n",
}


def repeated(paragraph: str, number: int) -> str:
    """Paragraphs with so many quotations, two in each."""
    return paragraph * (number // 2)


BOOKS: dict[str, Callable[[int], str]] = {
    **{f"{style}, two in a paragraph": partial(repeated, paragraph) for style, paragraph in STYLES.items()},
    "one paragraph, one quotation": lambda number: "“" + "have you heard, " * number + "my dear?” said she.",
    "one paragraph, straight marks": lambda number: '"Have you heard?" said she. ' * (number // 2),
    "one paragraph, never closed": lambda number: "“Have you ‘heard " * number,
    "one paragraph, apostrophes": lambda number: "‘Have you heard the boys’, goin’, " + "rock ’n’ roll, ’tis " * number,
    "one paragraph, after a dash": lambda number: "—" + "have you heard, said she, " * (number // 2) + "said he.",
    "one paragraph, no quotation": lambda number: "she said, " * number + "“No.”",
}
WIFE = "mrs-bennet"


def main() -> None:
    """Print a row for each book: pieces, and seconds for half of it and the whole."""
    print(f"{'book':32}{'characters':>12}{'pieces':>9}{'half, s':>9}{'whole, s':>9}")
    for name, made in BOOKS.items():
        number = 50_000 if name.startswith("one") else 100_000
        seconds = []
        for size in (number // 2, number):
            text = made(size)
            mentions = [
                Mention(f"m{place}", *match.span(), match.group(), "PER", "pronoun", 0, 1)
                for place, match in enumerate(re.finditer(r"\b(?:she|his lady)\b", text))
            ]
            meant = {mention.id: WIFE for mention in mentions}
            book = Book(text, divisions=(Chapter(1, "", 0, len(text)),))
            begin = time.perf_counter()
            voices = voices_by_rule(book, mentions)
            speech = heard(voices, {id_: {entity: 1.0} for id_, entity in meant.items()})
            found = attribute(voices, speech, mentions, meant)
            seconds.append(time.perf_counter() - begin)
        print(f"{name:32}{len(text):>12,}{len(found):>9,}{seconds[0]:>9.2f}{seconds[1]:>9.2f}")


if __name__ == "__main__":
    main()
