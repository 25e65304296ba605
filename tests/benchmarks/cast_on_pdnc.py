"""The cast measured on novels of the Project Dialogism Novel Corpus.

    python tests/benchmarks/cast_on_pdnc.py DATA/pdnc [NOVEL ...] [--tags FOLDER] [--show]

Per novel: share of the major and intermediate characters that were found; precision of the characters with at least 20
mentions (does exactly one character of the corpus match?); B³ over the corpus's aliases that occur; and the pairs of
characters wrongly in one entity. The corpus is read where it lies; nothing of it is kept but the tagger's offsets, in
the folder given with --tags, so that a second run is quick.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from litgraph.cast import resolve
from litgraph.cast.names import fold, parse_name
from litgraph.mentions.names import name_mentions
from litgraph.mentions.tagger import Tagged, Tagger, load_tagger, tag_chapter
from litgraph.segment import segment
from litgraph.types import Book, Cast, Chapter, Span

_COMMON = 20  # mentions from which an entity counts for precision
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_HEADING = re.compile(r"^\s*(?:chapter|part|letter)?\s*(?:[ivxlc]+|\d+)\b[^\n]{0,60}$", re.I)


@dataclass(frozen=True)
class Character:
    """A character of the corpus: main name, folded aliases, major | intermediate | minor."""

    name: str
    aliases: frozenset[str]
    category: str


@dataclass(frozen=True)
class Scores:
    """What was measured on one novel."""

    found: float
    precision: float
    b3_precision: float
    b3_recall: float
    merged: tuple[tuple[str, str], ...]

    @property
    def b3_f1(self) -> float:
        """Harmonic mean of B³ precision and recall."""
        both = self.b3_precision + self.b3_recall
        return 2 * self.b3_precision * self.b3_recall / both if both else 0.0


def comparable(alias: str) -> str:
    """An alias as it is compared: folded, without epithets and article, titles in one spelling."""
    name = parse_name(alias)
    if name is None:
        return fold(alias)
    return " ".join(
        [*(fold(title.text) for title in name.titles), *name.folded, *name.of.casefold().split(), name.suffix]
    ).strip()


def read_characters(folder: Path) -> list[Character]:
    """The characters of ``character_info.csv``, without the corpus's technical ones (``_group``)."""
    with (folder / "character_info.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Character(
            row["Main Name"],
            frozenset(comparable(alias) for alias in {row["Main Name"], *ast.literal_eval(row["Aliases"])}),
            row["Category"],
        )
        for row in rows
        if not row["Main Name"].startswith("_")
    ]


def read_novel(folder: Path) -> Book:
    """The text with its paragraphs, and chapters where a short line looks like a chapter's heading."""
    text = (folder / "novel_text.txt").read_text(encoding="utf-8")
    paragraphs = [Span(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    starts = [span.start for span in paragraphs if _HEADING.match(text[span.start : span.end])]
    bounds = [0, *[start for start in starts if start > 0], len(text)]
    chapters = tuple(Chapter(n, "", start, end) for n, (start, end) in enumerate(pairwise(bounds), 1))
    return Book(text.replace("\n", " "), title=folder.name, divisions=chapters, paragraphs=tuple(paragraphs))


def tag(book: Book, tags: Path | None, tagger: Tagger | None) -> tuple[list[Tagged], Tagger | None]:
    """What spaCy finds in the novel, from the folder of tags where it is there."""
    file = tags / f"{book.title}.tags.json" if tags else None
    if file and file.exists():
        return [Tagged(*row) for row in json.loads(file.read_text(encoding="utf-8"))], tagger
    tagger = tagger or load_tagger("spacy:en_core_web_sm")
    found = tag_chapter(book, segment(book), tagger)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), encoding="utf-8")
    return found, tagger


def score(cast: Cast, characters: Sequence[Character]) -> Scores:
    """Compare a cast with the characters of the corpus. An alias belongs to the entity that bears it most often."""
    borne: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in cast.entities:
        if entity.kind == "character":
            for alias, count in entity.aliases:
                borne[comparable(alias)][entity.id] += count
    entity_of = {alias: max(sorted(bearers), key=bearers.__getitem__) for alias, bearers in borne.items()}
    main = [character for character in characters if character.category in ("major", "intermediate")]
    found = sum(any(alias in entity_of for alias in character.aliases) for character in main) / len(main)

    gold_of = {
        alias: character.name for character in characters for alias in sorted(character.aliases) if alias in entity_of
    }
    matched: defaultdict[str, set[str]] = defaultdict(set)
    for alias, name in gold_of.items():
        matched[entity_of[alias]].add(name)
    common = [entity for entity in cast.entities if entity.kind == "character" and entity.mentions >= _COMMON]
    precision = sum(len(matched[entity.id]) == 1 for entity in common) / len(common)

    per_entity, per_character = Counter(entity_of[alias] for alias in gold_of), Counter(gold_of.values())
    both = Counter((entity_of[alias], gold_of[alias]) for alias in gold_of)
    shares = [(both[entity_of[alias], gold_of[alias]], entity_of[alias], gold_of[alias]) for alias in sorted(gold_of)]
    b3_precision = sum(together / per_entity[entity] for together, entity, _ in shares) / len(shares)
    b3_recall = sum(together / per_character[name] for together, _, name in shares) / len(shares)
    merged = tuple(pair for names in matched.values() for pair in combinations(sorted(names), 2))
    return Scores(found, precision, b3_precision, b3_recall, tuple(sorted(merged)))


def main() -> None:
    """Measure the novels of a folder and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("novels", nargs="*")
    parser.add_argument("--tags", type=Path)
    parser.add_argument("--show", action="store_true", help="print wrongly merged pairs and the largest entities")
    options = parser.parse_args()
    tagger: Tagger | None = None
    scores: list[Scores] = []
    print(f"{'novel':32} found  prec   B³P   B³R  B³F1  merged  seconds")
    for folder in sorted(path for path in options.folder.iterdir() if path.is_dir()):
        if options.novels and folder.name not in options.novels:
            continue
        book, characters = read_novel(folder), read_characters(folder)
        tagged, tagger = tag(book, options.tags, tagger)
        mentions = name_mentions(book, segment(book), tagged)
        began = time.perf_counter()
        cast = resolve(mentions, text=book.text)
        seconds = time.perf_counter() - began
        result = score(cast, characters)
        scores.append(result)
        figures = (result.found, result.precision, result.b3_precision, result.b3_recall, result.b3_f1)
        print(
            f"{folder.name:32}" + " ".join(f"{figure:5.2f}" for figure in figures),
            f"{len(result.merged):6}  {seconds:6.2f}",
        )
        if options.show:
            print("    merged:", "; ".join(" + ".join(pair) for pair in result.merged))
            for entity in cast.entities[:40]:
                print(
                    "   ",
                    entity.id,
                    entity.kind,
                    entity.gender,
                    entity.mentions,
                    "ambiguous" * entity.ambiguous,
                    entity.aliases[:8],
                )
    count = len(scores)
    means = [
        sum(getattr(s, field) for s in scores) / count
        for field in ("found", "precision", "b3_precision", "b3_recall", "b3_f1")
    ]
    print(f"{'mean':32}" + " ".join(f"{figure:5.3f}" for figure in means))


if __name__ == "__main__":
    main()
