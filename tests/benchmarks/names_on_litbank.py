"""Proper names found by a spaCy pipeline on LitBank, step by step: python tests/benchmarks/names_on_litbank.py DATA

Exact span and label against the gold names of people (PER) and places (FAC, GPE, LOC). Passages are about 2,000 words
long, so what needs a whole book to see (names known elsewhere, usage) shows little here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from litgraph.evaluation.litbank import Passage, read_split
from litgraph.mentions.names import name_mentions
from litgraph.mentions.tagger import Tagged, load_tagger, tag_chapter
from litgraph.types import PLACE_LABELS, Book, Chapter

Found = set[tuple[str, int, int, str]]


def main(data: Path, setting: str = "spacy:en_core_web_sm") -> None:
    """Print a table of F1 for the tagger alone and for the mentions made from it."""
    tagger = load_tagger(setting)
    print(f"{'split':6} {'step':12} {'people P':>9} {'R':>6} {'F1':>6} {'places P':>9} {'R':>6} {'F1':>6}")
    for split in ("train", "dev"):
        passages = list(read_split(data, split))
        steps: dict[str, Callable[[Passage, Book, list[Tagged]], Found]] = {"tagger": _tagged, "mentions": _mentions}
        found: dict[str, Found] = {step: set() for step in steps}
        gold: Found = set()
        for passage in passages:
            book = Book(passage.text, divisions=(Chapter(1, "", 0, len(passage.text)),), language="en")
            tagged = tag_chapter(book, passage.sentences, tagger)
            for step, make in steps.items():
                found[step] |= make(passage, book, tagged)
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


def _tagged(passage: Passage, book: Book, tagged: Sequence[Tagged]) -> Found:
    return {(passage.name, span.start, span.end, _group(span.label)) for span in tagged}


def _mentions(passage: Passage, book: Book, tagged: Sequence[Tagged]) -> Found:
    found = name_mentions(book, passage.sentences, tagged)
    return {(passage.name, mention.start, mention.end, _group(mention.label)) for mention in found}


def _group(label: str) -> str:
    return "person" if label == "PER" else "place" if label in PLACE_LABELS else label


def _scores(gold: Found, found: Found, group: str) -> tuple[float, float, float]:
    wanted = {span for span in gold if span[3] == group}
    given = {span for span in found if span[3] == group}
    right = len(wanted & given)
    precision, recall = right / max(1, len(given)), right / max(1, len(wanted))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
