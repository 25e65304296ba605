"""The rows that one book gives to each table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.analysis import (
    NETWORK_NAMES,
    BookMeasures,
    CharacterMeasures,
    families,
    measure_book,
    measure_characters,
)
from litgraph.analysis.networks import PEOPLE
from litgraph.corpus.tables.columns import (
    BOOKS,
    CENTRALITIES,
    CHARACTERS,
    COLUMNS,
    CONVERSATIONS,
    FACTS,
    PREFIXES,
    SIZES,
    Row,
)
from litgraph.graph import edges_of
from litgraph.ontology import NETWORKS, RELATIONS
from litgraph.runs.loading import load_book, load_graph, load_mentions, load_quotations
from litgraph.speech.conversations import Conversation, conversations, words

if TYPE_CHECKING:
    import networkx

Rows = dict[str, list[Row]]


def rows_of(book_id: str, run: Path) -> Rows:
    """The rows of a book, by table.

    Args:
        book_id: its id in the corpus.
        run: its run folder.

    Raises:
        RunFolderError: a file of the run folder is missing or damaged.
    """
    graph, book = load_graph(run), load_book(run)
    mentions, quotations = load_mentions(run), load_quotations(run)
    given: dict[str, Any] = {"book": book, "mentions": mentions, "quotations": quotations}
    whole = [measure_book(graph, network, **(given if not PREFIXES[network] else {})) for network in NETWORK_NAMES]
    people = [
        measure_characters(graph, network, **(given if not PREFIXES[network] else {})) for network in NETWORK_NAMES
    ]
    facts = _facts(book_id, graph)
    talked = conversations(book, quotations)
    kin = families(graph)
    row = {
        "book": book_id,
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "release": book.release,
        "source": book.source,
        "labeller": str(graph.graph.get("labeller", "")),
        "litgraph": str(graph.graph.get("litgraph", "")),
        "play": book.play is not None,
        "words": sum(len(book.text[one.start : one.end].split()) for one in book.chapters),
        "chapters": len(book.chapters),
        "mentions": sum(bool(mention.entity) for mention in mentions),
        "quotations": len(quotations),
        "words_spoken": sum(words(book.text, quotation) for quotation in quotations),
        "facts": len(facts),
        "conversations": len(talked),
        "people": sum(data.get("kind") in PEOPLE for _, data in graph.nodes(data=True)),
        "families": len(kin),
        "largest_family": max((len(family.members) for family in kin), default=0),
        **_talk(whole[0]),
    }
    for measures in whole:
        row |= _sizes(measures)
    return {
        BOOKS: [row],
        CHARACTERS: _characters(book_id, people),
        FACTS: facts,
        CONVERSATIONS: _conversations(book_id, graph, talked, book.text),
    }


def _talk(measures: BookMeasures) -> Row:
    women = measures.between_women
    return {
        "reciprocity": measures.reciprocity,
        **{f"talk_{gender}": measures.talk.get(gender) for gender in ("female", "male", "unknown")},
        "women_speaking": women.women if women else 0,
        "speeches_between_women": women.speeches if women else 0,
        "speeches_between_women_without_men": women.without_men if women else 0,
    }


def _sizes(measures: BookMeasures) -> Row:
    prefix = PREFIXES[measures.network]
    return {
        **{prefix + name: getattr(measures, name) for name in SIZES},
        f"{prefix}communities": len(measures.communities),
        f"{prefix}largest_community": max((len(one.members) for one in measures.communities), default=0),
    }


def _characters(book_id: str, people: Sequence[list[CharacterMeasures]]) -> list[Row]:
    main, *others = people
    rows: dict[str, Row] = {
        one.id: {"book": book_id, **{name: getattr(one, name) for name in CharacterMeasures.__slots__}} for one in main
    }
    for network, measured in zip(NETWORK_NAMES[1:], others, strict=True):
        prefix = PREFIXES[network]
        for one in measured:
            rows[one.id] |= {prefix + name: getattr(one, name) for name in (*CENTRALITIES, "community")}
    return list(rows.values())


def _facts(book_id: str, graph: networkx.MultiDiGraph) -> list[Row]:
    rows = []
    for head, tail, key, data in edges_of(graph):
        relation = str(data.get("relation", key))
        if relation in NETWORKS:
            continue
        chapters = [int(chapter) for chapter in data.get("chapters", ())]
        evidence = data.get("evidence") or [{"text": ""}]
        rows.append(
            {
                "book": book_id,
                "head": head,
                "head_name": str(graph.nodes[head].get("name", head)),
                "head_kind": str(graph.nodes[head].get("kind", "")),
                "relation": relation,
                "family": RELATIONS[relation].family if relation in RELATIONS else "",
                "tail": tail,
                "tail_name": str(graph.nodes[tail].get("name", tail)),
                "tail_kind": str(graph.nodes[tail].get("kind", "")),
                "directed": bool(data.get("directed", True)),
                "weight": int(data.get("weight", 1)),
                "confidence": float(data.get("confidence", 1.0)),
                "basis": str(data.get("basis", "")),
                "first": min(chapters, default=None),
                "last": max(chapters, default=None),
                "chapters": chapters,
                "first_sentence": str(evidence[0]["text"]),
            }
        )
    return rows


def _conversations(book_id: str, graph: networkx.MultiDiGraph, talked: Sequence[Conversation], text: str) -> list[Row]:
    def about(node: str, name: str) -> str:
        return str(graph.nodes[node].get(name, "")) if node in graph else ""

    rows = []
    for speaker, addressee, turns in talked:
        chapters = sorted({turn.chapter for turn in turns})
        rows.append(
            {
                "book": book_id,
                "speaker": speaker,
                "speaker_name": about(speaker, "name"),
                "speaker_gender": about(speaker, "gender"),
                "addressee": addressee,
                "addressee_name": about(addressee, "name"),
                "addressee_gender": about(addressee, "gender"),
                "speeches": len(turns),
                "words": sum(turn.words(text) for turn in turns),
                "certainty": sum(turn.certainty for turn in turns) / len(turns),
                "first": chapters[0],
                "last": chapters[-1],
                "chapters": chapters,
            }
        )
    return rows


def checked(rows: Rows) -> Rows:
    """The rows, every one with the columns of its table in their order, and text that UTF-8 can hold."""
    return {
        table: [{name: _encodable(row.get(name)) for name in COLUMNS[table]} for row in found]
        for table, found in rows.items()
    }


def _encodable(value: Any) -> Any:
    """Without half surrogate pairs, which Parquet cannot hold."""
    return value.encode("utf-8", "ignore").decode("utf-8") if isinstance(value, str) else value
