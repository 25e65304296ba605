"""Proper names found on LitBank, step by step: python tests/benchmarks/names_on_litbank.py DATA [--mentions SETTING]

First what the tagger or the literary reader finds by itself, then the mentions that are made from it. The reader was
trained on the training split, so only its figures on the development split tell anything.

Exact span and label against the gold names of people (PER) and places (FAC, GPE, LOC). Passages are about 2,000 words
long, so what needs a whole book to see (names known elsewhere, usage) shows little here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from litgraph.corpora.litbank import Passage, read_split
from litgraph.mentions import Finder, choose_finder
from litgraph.types import PLACE_LABELS, Book, Chapter

Found = set[tuple[str, int, int, str]]


def main() -> None:
    """Print a table of precision, recall and F1 for what was found and for the mentions made from it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--mentions", default="literary", help="who finds them, as for litgraph build")
    options = parser.parse_args()
    find = _finding(choose_finder(options.mentions))
    print(f"{'split':6} {'step':12} {'people P':>9} {'R':>6} {'F1':>6} {'places P':>9} {'R':>6} {'F1':>6}")
    for split in ("train", "dev"):
        found: dict[str, Found] = {"found": set(), "mentions": set()}
        gold: Found = set()
        for passage in read_split(options.data, split):
            for step, spans in find(passage).items():
                found[step] |= spans
            gold |= {
                (passage.name, mention.start, mention.end, _group(mention.label))
                for mention in passage.mentions
                if mention.form == "name"
            }
        for step, spans in found.items():
            figures = [*_scores(gold, spans, "person"), *_scores(gold, spans, "place")]
            print(
                f"{split:6} {step:12} "
                + " ".join(f"{value:{9 if i % 3 == 0 else 6}.3f}" for i, value in enumerate(figures))
            )


def _finding(finder: Finder) -> Callable[[Passage], dict[str, Found]]:
    find_in_chapters = finder.load()

    def find(passage: Passage) -> dict[str, Found]:
        book = _book(passage)
        (found,) = find_in_chapters(book, [passage.sentences])
        mentions = finder.join(book, passage.sentences, [found])
        return {
            step: {
                (passage.name, one.start, one.end, _group(one.label))
                for one in spans
                if getattr(one, "form", "name") == "name"
            }
            for step, spans in (("found", found), ("mentions", mentions))
        }

    return find


def _book(passage: Passage) -> Book:
    return Book(passage.text, divisions=(Chapter(1, "", 0, len(passage.text)),), language="en")


def _group(label: str) -> str:
    return "person" if label == "PER" else "place" if label in PLACE_LABELS else label


def _scores(gold: Found, found: Found, group: str) -> tuple[float, float, float]:
    wanted = {span for span in gold if span[3] == group}
    given = {span for span in found if span[3] == group}
    right = len(wanted & given)
    precision, recall = right / max(1, len(given)), right / max(1, len(wanted))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    main()
