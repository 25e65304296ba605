"""The cast measured on novels of the Project Dialogism Novel Corpus.

    python tests/benchmarks/cast_on_pdnc.py DATA/pdnc [NOVEL ...] [--mentions SETTING] [--tags FOLDER] [--show]

Per novel: share of the major and intermediate characters that were found; precision of the characters with at least 20
mentions by name (does exactly one character of the corpus match?); B³ over the corpus's aliases that occur; the pairs
of characters wrongly in one entity; of the characters found, how many have a gender, and how many of these the right
one; precision and recall of whom the pronouns and the other mentions inside quotations mean (those that the corpus
gives to one character). The corpus is read where it lies; nothing of it is kept but the offsets of mentions, in the
folder given with --tags, so that a second run is quick.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from litgraph.cast import resolve
from litgraph.cast.chains import follow_chains
from litgraph.cast.names import fold, parse_name, slug
from litgraph.config import Settings
from litgraph.mentions import find_mentions, finder_version
from litgraph.run import Units
from litgraph.segment import segment
from litgraph.types import Book, Cast, Chapter, Mention, Sentence, Span

_COMMON = 20  # mentions by name from which an entity counts for precision
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_HEADING = re.compile(r"^\s*(?:chapter|part|letter)?\s*(?:[ivxlc]+|\d+)\b[^\n]{0,60}$", re.I)


@dataclass(frozen=True)
class Character:
    """A character of the corpus: main name, folded aliases, major | intermediate | minor, female | male | unknown."""

    name: str
    aliases: frozenset[str]
    category: str
    gender: str


@dataclass(frozen=True)
class Quoted:
    """A mention inside a quotation, and whom it means."""

    start: int
    end: int
    character: str


@dataclass(frozen=True)
class Scores:
    """What was measured on one novel."""

    found: float
    precision: float
    b3_precision: float
    b3_recall: float
    merged: tuple[tuple[str, str], ...]
    gendered: float
    gender_right: float

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
            {"F": "female", "M": "male"}.get(row["Gender"], "unknown"),
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


def mentions_of(book: Book, sentences: Sequence[Sentence], setting: str, tags: Path | None) -> tuple[Mention, ...]:
    """The mentions of the novel, from the folder of tags where they are there."""
    if tags is None:
        return find_mentions(book, sentences, setting, units=Units())
    tags.mkdir(parents=True, exist_ok=True)
    version = finder_version(setting)
    return find_mentions(book, sentences, setting, units=Units(tags / f"{book.title}.{slug(version)}.jsonl", version))


def read_quoted(folder: Path) -> list[Quoted]:
    """The mentions inside quotations that mean exactly one character, from ``quotation_info.csv``."""
    quoted: list[Quoted] = []
    with (folder / "quotation_info.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns = (row["mentionSpansList"], row["mentionEntitiesList"])
            # A few of the corpus's rows list fewer spans than entities.
            for spans, entities in zip(*(ast.literal_eval(column) for column in columns), strict=False):
                for span, names in zip(spans, entities, strict=False):
                    if len(names) == 1 and not names[0].startswith("_"):
                        quoted.append(Quoted(span[0], span[1], names[0]))
    return quoted


def score_quoted(
    cast: Cast, mentions: Sequence[Mention], characters: Sequence[Character], quoted: Sequence[Quoted]
) -> tuple[float, float]:
    """Precision and recall of whom mentions inside quotations mean. An entity is the character it is mostly called."""
    called: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in cast.entities:
        for alias, count in entity.aliases:
            for character in characters:
                if comparable(alias) in character.aliases:
                    called[entity.id][character.name] += count
    meant = {entity: max(sorted(names), key=names.__getitem__) for entity, names in called.items()}
    found = {(mention.start, mention.end): cast.entity_of.get(mention.id, "") for mention in mentions}
    given = [(one, found[one.start, one.end]) for one in quoted if found.get((one.start, one.end))]
    right = sum(meant.get(entity) == one.character for one, entity in given)
    return right / max(1, len(given)), right / max(1, len(quoted))


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
    common = [
        entity
        for entity in cast.entities
        if entity.kind == "character" and sum(count for _, count in entity.aliases) >= _COMMON
    ]
    precision = sum(len(matched[entity.id]) == 1 for entity in common) / len(common)

    per_entity, per_character = Counter(entity_of[alias] for alias in gold_of), Counter(gold_of.values())
    both = Counter((entity_of[alias], gold_of[alias]) for alias in gold_of)
    shares = [(both[entity_of[alias], gold_of[alias]], entity_of[alias], gold_of[alias]) for alias in sorted(gold_of)]
    b3_precision = sum(together / per_entity[entity] for together, entity, _ in shares) / len(shares)
    b3_recall = sum(together / per_character[name] for together, _, name in shares) / len(shares)
    merged = tuple(pair for names in matched.values() for pair in combinations(sorted(names), 2))

    gender_of = {character.name: character.gender for character in characters}
    one_to_one = [entity for entity in cast.entities if len(matched[entity.id]) == 1]
    both_genders = [(entity.gender, gender_of[min(matched[entity.id])]) for entity in one_to_one]
    sure = [pair for pair in both_genders if pair[1] != "unknown"]
    told = [pair for pair in sure if pair[0] != "unknown"]
    right = sum(gender == wanted for gender, wanted in told)
    gendered, gender_right = len(told) / max(1, len(sure)), right / max(1, len(told))
    return Scores(found, precision, b3_precision, b3_recall, tuple(sorted(merged)), gendered, gender_right)


def main() -> None:
    """Measure the novels of a folder and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("novels", nargs="*")
    parser.add_argument("--mentions", default=Settings().mentions, help="who finds them, as for litgraph build")
    parser.add_argument("--tags", type=Path)
    parser.add_argument("--show", action="store_true", help="print wrongly merged pairs and the largest entities")
    options = parser.parse_args()
    every: list[tuple[float, ...]] = []
    titles = "found prec B³P B³R B³F1 gender right quotP quotR".split()
    print(f"{'novel':32}" + " ".join(f"{title:>6}" for title in titles), " merged  seconds")
    for folder in sorted(path for path in options.folder.iterdir() if path.is_dir()):
        if options.novels and folder.name not in options.novels:
            continue
        book, characters = read_novel(folder), read_characters(folder)
        mentions = mentions_of(book, segment(book), options.mentions, options.tags)
        began = time.perf_counter()
        cast = follow_chains(resolve(mentions, text=book.text), mentions)
        seconds = time.perf_counter() - began
        result = score(cast, characters)
        figures: tuple[float, ...] = (result.found, result.precision, result.b3_precision, result.b3_recall)
        figures += (result.b3_f1, result.gendered, result.gender_right)
        figures += score_quoted(cast, mentions, characters, read_quoted(folder))
        every.append(figures)
        print(
            f"{folder.name:32}" + " ".join(f"{figure:6.2f}" for figure in figures),
            f"{len(result.merged):7}  {seconds:6.2f}",
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
    print(f"{'mean':32}" + " ".join(f"{sum(column) / len(every):6.3f}" for column in zip(*every, strict=True)))


if __name__ == "__main__":
    main()
