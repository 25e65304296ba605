"""How each stage's value is kept in a run folder: its files, how they are written and read, and what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from litgraph.export import write_graphml, write_node_link
from litgraph.files import write_json, write_jsonl, write_text
from litgraph.graph import Merge
from litgraph.mentions import Found
from litgraph.ontology import CO_OCCURS, SPEAKS_TO
from litgraph.relations.labelling import Labelling
from litgraph.runs import formats
from litgraph.runs.folder import Stage
from litgraph.runs.loading import (
    BOOK_FILE,
    FACTS_FILE,
    GRAPH_FILE,
    GRAPHML_FILE,
    MENTIONS_FILE,
    RELATIONS_FILE,
    SENTENCES_FILE,
    TEXT_FILE,
    VOICES_FILE,
    load_book,
    load_facts,
    load_found_mentions,
    load_graph,
    load_relations,
    load_sentences,
    load_voices,
)
from litgraph.types import Book, Cast, Fact, Mention, Sentence


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


def save_mentions(folder: Path, mentions: Iterable[Mention], cast: Cast | None = None) -> None:
    """Write ``mentions.jsonl``: labels as they were found, entities and kinds of the cast where there is one."""
    kinds = {entity.id: entity.kind for entity in cast.entities} if cast else {}
    known = (_as_cast(mention, cast) for mention in mentions) if cast else mentions
    write_jsonl(folder / MENTIONS_FILE, (formats.mention_to_row(mention, kinds) for mention in known))


def _as_cast(mention: Mention, cast: Cast) -> Mention:
    return replace(mention, entity=cast.entity_of.get(mention.id, ""), certainty=cast.certainty_of.get(mention.id, 1.0))


def _save_found(folder: Path, found: Found) -> None:
    save_mentions(folder, found.mentions)
    write_jsonl(folder / VOICES_FILE, map(formats.voice_to_row, found.voices))


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


def _count_relations(labelling: Labelling) -> dict[str, Any]:
    names = Counter(relation.relation for relation in labelling.relations)
    outcomes = {"outcomes": dict(labelling.outcomes)} if labelling.outcomes else {}
    return outcomes | {
        "pairs": labelling.pairs,
        "without_relation": labelling.pairs - len(labelling.relations),
        "relations": len(labelling.relations),
        "unmapped": names.pop("", 0),
        "names": dict(sorted(names.items())),
    }


def _count_facts(facts: tuple[Fact, ...]) -> dict[str, Any]:
    return {
        "facts": len(facts),
        "stated": sum(fact.basis == "stated" and not fact.against for fact in facts),
        "inferred": sum(fact.basis == "inferred" and not fact.against for fact in facts),
        "contradicted": sum(bool(fact.against) for fact in facts),
    }


def _save_graph(folder: Path, merged: Merge) -> None:
    write_node_link(merged.graph, folder / GRAPH_FILE)
    write_graphml(merged.graph, folder / GRAPHML_FILE)


def _count_graph(merged: Merge) -> dict[str, Any]:
    keys = Counter(key for _, _, key in merged.graph.edges(keys=True))
    co_occurrences, conversations = keys.pop(CO_OCCURS, 0), keys.pop(SPEAKS_TO, 0)
    return {
        "nodes": merged.graph.number_of_nodes(),
        "relations": keys.total(),
        "co_occurrences": co_occurrences,
        "conversations": conversations,
        "names": dict(sorted(keys.items())),
        "dropped": merged.dropped,
    }


BOOK: Stage[Book] = Stage("book", (TEXT_FILE, BOOK_FILE), _save_book, load_book, _count_book)
SENTENCES: Stage[tuple[Sentence, ...]] = Stage(
    "sentences",
    (SENTENCES_FILE,),
    lambda folder, sentences: write_jsonl(folder / SENTENCES_FILE, map(formats.sentence_to_row, sentences)),
    load_sentences,
    lambda sentences: {"sentences": len(sentences)},
)
MENTIONS: Stage[Found] = Stage(
    "mentions",
    (MENTIONS_FILE, VOICES_FILE),
    _save_found,
    lambda folder: Found(load_found_mentions(folder), load_voices(folder)),
    lambda found: _count_mentions(found.mentions),
    correctable=True,
)
RELATIONS: Stage[Labelling] = Stage(
    "relations",
    (RELATIONS_FILE,),
    lambda folder, labelling: write_jsonl(folder / RELATIONS_FILE, map(formats.relation_to_row, labelling.relations)),
    lambda folder: Labelling(load_relations(folder)),
    _count_relations,
    correctable=True,
)
FACTS: Stage[tuple[Fact, ...]] = Stage(
    "facts",
    (FACTS_FILE,),
    lambda folder, facts: write_jsonl(folder / FACTS_FILE, map(formats.fact_to_row, facts)),
    load_facts,
    _count_facts,
)
GRAPH: Stage[Merge] = Stage(
    "graph",
    (GRAPH_FILE, GRAPHML_FILE),
    _save_graph,
    lambda folder: Merge(load_graph(folder), {}),
    _count_graph,
)
