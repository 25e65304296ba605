"""How each stage's value is kept in a run folder: its files, how they are written and read, and what is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from litgraph.errors import RunFolderError
from litgraph.export import read_node_link, write_graphml, write_node_link
from litgraph.files import numbered_jsonl, write_json, write_jsonl, write_text
from litgraph.graph import Merge
from litgraph.ontology import CO_OCCURS
from litgraph.runs import formats
from litgraph.runs.folder import Stage
from litgraph.types import PLACE_LABELS, Book, Cast, EntityKind, EntityLabel, Mention, Pair, Relation, Sentence

if TYPE_CHECKING:
    import networkx

BOOK_FILE, TEXT_FILE = "book.json", "text.txt"
SENTENCES_FILE, MENTIONS_FILE, RELATIONS_FILE = "sentences.jsonl", "mentions.jsonl", "relations.jsonl"
CAST_FILE = "cast.json"
GRAPH_FILE, GRAPHML_FILE = "graph.json", "graph.graphml"

Value = TypeVar("Value")


def read_json(path: Path) -> Any:
    """A JSON file of a run folder.

    Raises:
        RunFolderError: it is missing or damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunFolderError(
            f"{path} cannot be read: {error}.", "Run the same `litgraph build` command again."
        ) from error


def _made(path: Path, make: Callable[[formats.Row], Value]) -> Value:
    row = read_json(path)
    try:
        return make(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RunFolderError(
            f"{path} is damaged: {error!r}.", "Run the same `litgraph build` command again."
        ) from error


def load_book(folder: Path) -> Book:
    """The book of a run folder. Raises RunFolderError if it is missing or damaged."""
    try:
        # newline="": a lone carriage return can be no line end here, and offsets must not move
        with (folder / TEXT_FILE).open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, ValueError) as error:
        raise RunFolderError(
            f"{folder / TEXT_FILE} cannot be read: {error}.", "Run the same `litgraph build` command again."
        ) from error
    return _made(folder / BOOK_FILE, lambda row: formats.book_from_json(row, text))


def load_cast(folder: Path) -> Cast:
    """The cast of a run folder, after a person's edits. Raises RunFolderError if it is missing or damaged."""
    entities = _made(folder / CAST_FILE, formats.entities_from_json)
    mentions = _rows(MENTIONS_FILE, formats.mention_from_row)(folder)
    return Cast(entities, {mention.id: mention.entity for mention in mentions if mention.entity})


def load_graph(folder: Path) -> networkx.MultiDiGraph:
    """The graph of a run folder. Raises RunFolderError if it is missing or damaged."""
    if not (folder / GRAPH_FILE).exists():
        raise RunFolderError(f"{folder} holds no graph.", "Make it with: litgraph build BOOK -o FOLDER")
    return read_node_link(folder / GRAPH_FILE)


def _save_book(folder: Path, book: Book) -> None:
    write_text(folder / TEXT_FILE, book.text)
    write_json(folder / BOOK_FILE, formats.book_to_json(book))


def _count_book(book: Book) -> dict[str, Any]:
    read = sum(chapter.end - chapter.start for chapter in book.chapters)
    return {
        "characters_of_text": len(book.text),
        "characters_read": read,
        "words": sum(len(book.text[chapter.start : chapter.end].split()) for chapter in book.chapters),
        "chapters": len(book.chapters),
        "paragraphs": len(book.paragraphs),
        "notices": len(book.notices),
    }


def _rows(name: str, from_row: Callable[[formats.Row], Value]) -> Callable[[Path], tuple[Value, ...]]:
    """How to read the values of a file with one a line. What it raises names the line: RunFolderError."""

    def load(folder: Path) -> tuple[Value, ...]:
        values = []
        for number, row in numbered_jsonl(folder / name):
            try:
                values.append(from_row(row))
            except formats.RowError as error:
                raise RunFolderError(
                    f"Line {number} of {folder / name}: {error}.",
                    "Mend the line, or delete the file to have it made anew by the next build.",
                ) from error
        return tuple(values)

    return load


def save_mentions(folder: Path, mentions: Iterable[Mention], cast: Cast | None = None) -> None:
    """Write ``mentions.jsonl``: labels as they were found, entities and kinds of the cast where there is one."""
    kinds = {entity.id: entity.kind for entity in cast.entities} if cast else {}
    entity_of = cast.entity_of if cast else {}
    write_jsonl(
        folder / MENTIONS_FILE,
        (formats.mention_to_row(replace(mention, entity=entity_of.get(mention.id, "")), kinds) for mention in mentions),
    )


def _count_mentions(mentions: tuple[Mention, ...]) -> dict[str, Any]:
    labels = Counter(mention.label for mention in mentions)
    forms = Counter(mention.form for mention in mentions)
    return {"mentions": len(mentions), "labels": dict(sorted(labels.items())), "forms": dict(sorted(forms.items()))}


def count_cast(cast: Cast, mentions: int) -> dict[str, Any]:
    """Figures of a cast for the report; ``mentions`` is how many there were to resolve."""
    kinds = Counter(entity.kind for entity in cast.entities)
    return {
        "entities": len(cast.entities),
        "kinds": dict(sorted(kinds.items())),
        "ambiguous": sum(entity.ambiguous for entity in cast.entities),
        "mentions_resolved": len(cast.entity_of),
        "mentions_unresolved": mentions - len(cast.entity_of),
    }


class Counted(Iterator[Value]):
    """Hands on what it is given, and knows how much that was."""

    def __init__(self, items: Iterable[Value]) -> None:
        self._items = iter(items)
        self.count = 0

    def __next__(self) -> Value:
        item = next(self._items)
        self.count += 1
        return item


def _count_relations(relations: tuple[Relation, ...], pairs: int, outcomes: Counter[str]) -> dict[str, Any]:
    names = Counter(relation.relation for relation in relations)
    told = {"outcomes": dict(sorted(outcomes.items()))} if outcomes else {}
    return told | {
        "pairs": pairs,
        "without_relation": pairs - len(relations),
        "relations": len(relations),
        "unmapped": names.pop("", 0),
        "names": dict(sorted(names.items())),
    }


def _save_graph(folder: Path, merged: Merge) -> None:
    write_node_link(merged.graph, folder / GRAPH_FILE)
    write_graphml(merged.graph, folder / GRAPHML_FILE)


def _count_graph(merged: Merge) -> dict[str, Any]:
    keys = Counter(key for _, _, key in merged.graph.edges(keys=True))
    co_occurrences = keys.pop(CO_OCCURS, 0)
    return {
        "nodes": merged.graph.number_of_nodes(),
        "relations": keys.total(),
        "co_occurrences": co_occurrences,
        "names": dict(sorted(keys.items())),
        "dropped": merged.dropped,
    }


BOOK: Stage[Book] = Stage("book", (TEXT_FILE, BOOK_FILE), _save_book, load_book, _count_book)
SENTENCES: Stage[tuple[Sentence, ...]] = Stage(
    "sentences",
    (SENTENCES_FILE,),
    lambda folder, sentences: write_jsonl(folder / SENTENCES_FILE, map(formats.sentence_to_row, sentences)),
    _rows(SENTENCES_FILE, formats.sentence_from_row),
    lambda sentences: {"sentences": len(sentences)},
)
MENTIONS: Stage[tuple[Mention, ...]] = Stage(
    "mentions",
    (MENTIONS_FILE,),
    save_mentions,
    # The cast stage writes the same file again with entities; a mention by itself has none.
    _rows(MENTIONS_FILE, lambda row: formats.mention_from_row(row | {"entity": ""})),
    _count_mentions,
    correctable=True,
)
GRAPH: Stage[Merge] = Stage(
    "graph",
    (GRAPH_FILE, GRAPHML_FILE),
    _save_graph,
    lambda folder: Merge(load_graph(folder), {}),
    _count_graph,
)


def relations_stage(pairs: Counted[Pair], outcomes: Counter[str]) -> Stage[tuple[Relation, ...]]:
    """How relations are kept; ``pairs`` counts what the labeller was given, ``outcomes`` what became of it."""
    return Stage(
        "relations",
        (RELATIONS_FILE,),
        lambda folder, relations: write_jsonl(folder / RELATIONS_FILE, map(formats.relation_to_row, relations)),
        _rows(RELATIONS_FILE, formats.relation_from_row),
        lambda relations: _count_relations(relations, pairs.count, outcomes),
        correctable=True,
    )


def same_book(book: Book, folder: Path | None) -> Book:
    """The book, if the run folder is new or holds an earlier reading of the same one.

    Raises:
        RunFolderError: the folder belongs to another book; its edited cast must not be lost to this one.
    """
    try:
        before = read_json(folder / BOOK_FILE) if folder else None
    except RunFolderError:
        before = None  # gone or damaged: it is what this stage makes anew
    if isinstance(before, dict) and before.get("identifier", book.identifier) != book.identifier:
        raise RunFolderError(
            f"{folder} belongs to another book ({before.get('title')}, {before['identifier']}).",
            "Choose another folder with -o.",
        )
    return book


def located(mentions: Iterable[Mention], book: Book, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """The mentions in the order of the text, of two that begin together the longer first.

    Raises:
        RunFolderError: one is not where it says it is, or two have the same id: a person may have corrected the file.
    """
    ids: set[str] = set()
    for mention in mentions:
        sentence = sentences[mention.sentence] if 0 <= mention.sentence < len(sentences) else None
        if sentence is None or not sentence.start <= mention.start < sentence.end:
            wrong = f"does not begin in sentence {mention.sentence}"
        elif not mention.text or book.text[mention.start : mention.end] != mention.text:
            wrong = f"has a text that does not stand from {mention.start} to {mention.end}"
        elif mention.chapter != sentence.chapter:
            wrong = f"is not in chapter {mention.chapter}, but in {sentence.chapter}"
        elif mention.id in ids:
            wrong = "is there twice"
        else:
            ids.add(mention.id)
            continue
        raise RunFolderError(
            f"{MENTIONS_FILE}: mention {mention.id!r} {wrong}.",
            "Mend its line, or delete the file to have it made anew by the next build.",
        )
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def resolved(mentions: Iterable[Mention], cast: Cast) -> tuple[Mention, ...]:
    """The mentions with their entities, and with a label that agrees with the entity's kind."""
    kinds = {entity.id: entity.kind for entity in cast.entities}
    return tuple(
        replace(mention, entity=entity, label=_label(mention.label, kinds[entity])) if entity in kinds else mention
        for mention in mentions
        for entity in (cast.entity_of.get(mention.id, ""),)
    )


_LABEL_OF_KIND: dict[EntityKind, EntityLabel] = {
    "character": "PER",
    "group": "PER",
    "place": "GPE",
    "organisation": "ORG",
    "vehicle": "VEH",
}


def _label(label: EntityLabel, kind: EntityKind) -> EntityLabel:
    return label if kind == "place" and label in PLACE_LABELS else _LABEL_OF_KIND[kind]
