"""Looking things up: who is somebody to whom, and where it says so; what somebody says, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litgraph.attributes.own import wrong_shape
from litgraph.facts.claims import BY_HAND
from litgraph.facts.wording import in_words
from litgraph.graph import find_node
from litgraph.ontology import NETWORKS
from litgraph.speech.conversations import Turn, turns, words
from litgraph.types import Book, Fact, Quotation

if TYPE_CHECKING:
    import networkx


def relations_of(graph: networkx.MultiDiGraph, name: str, other: str | None = None) -> dict[str, Any]:
    """All relations of one node, or those between two, the best attested first, who speaks to and who meets whom last.

    Args:
        graph: a graph of ``build_graph`` or ``load_graph``.
        name: the node's name, any of its aliases, its id, or the beginning of one of them, in any case.
        other: likewise; None for relations with anybody.

    Returns:
        ``id`` and ``name`` of the node (``other`` and ``other_id`` of the second), and ``relations``: a list of the
        edges' attributes with ``head`` and ``tail`` by name, ``head_id`` and ``tail_id``.

    Raises:
        NotInGraph: nobody is called that, or several are.
    """
    node = find_node(graph, name)
    second = find_node(graph, other) if other is not None else None
    answer = {"id": node, "name": graph.nodes[node]["name"]}
    if second is not None:
        answer |= {"other_id": second, "other": graph.nodes[second]["name"]}
    edges = [
        {"head": graph.nodes[head]["name"], "tail": graph.nodes[tail]["name"], "head_id": head, "tail_id": tail}
        | _of_edge(data)
        for head, tail, data in _edges(graph, node)
        if second is None or second in (head, tail)
    ]
    order = {name: number for number, name in enumerate(NETWORKS, start=1)}
    edges.sort(key=lambda edge: (order.get(edge["relation"], 0), -edge["weight"], edge["relation"], edge["head_id"]))
    return answer | {"relations": edges}


def _of_edge(data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of an edge; of one that litgraph did not write, without those that have not litgraph's shape."""
    bare = {"relation": "related_to", "directed": True, "weight": 0, "confidence": None, "evidence": []}
    shaped = {name: value for name, value in data.items() if not wrong_shape("edge", name, value)}
    return bare | {name: value for name, value in shaped.items() if name != "relation" or isinstance(value, str)}


def disbelieved(
    graph: networkx.MultiDiGraph, facts: Iterable[Fact], name: str, other: str | None = None
) -> list[dict[str, Any]]:
    """What is claimed of somebody (or of two) and is no edge of the graph, the surest first.

    Args:
        graph: a graph of ``build_graph`` or ``load_graph``; it says who is called ``name``.
        facts: of the same book, from ``load_facts``.
        name: as for :func:`relations_of`.
        other: likewise.

    Returns:
        For each claim its ``words``, ``confidence``, the ids of its ``claims``, and ``why`` it is not believed.

    Raises:
        NotInGraph: nobody is called that, or several are.
    """
    node = find_node(graph, name)
    second = find_node(graph, other) if other is not None else None
    by_id = {fact.id: fact for fact in facts}

    def words(fact: Fact) -> str:
        return in_words(fact.relation, *(graph.nodes[end]["name"] for end in (fact.head, fact.tail)))

    found = [
        {
            "words": words(fact),
            "confidence": fact.confidence,
            "claims": list(fact.claims),
            "why": _why_not(fact, words(by_id[fact.against]) if fact.against in by_id else ""),
        }
        for fact in by_id.values()
        if node in (fact.head, fact.tail)
        and (second is None or second in (fact.head, fact.tail))
        and fact.claims
        and not graph.has_edge(fact.head, fact.tail, fact.relation)
    ]
    return sorted(found, key=lambda one: (-one["confidence"], one["words"]))


def _why_not(fact: Fact, likelier: str) -> str:
    """Why a fact is not believed; ``likelier`` in words excludes it, "" if nothing does."""
    if BY_HAND in fact.sources and not fact.confidence:
        return "denied by hand"
    return likelier or "not sure enough"


def apart(evidence: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pieces of evidence of which no two overlap, as many as possible and each as short as possible, in text order.

    Args:
        evidence: of an edge; pieces ``start`` and ``end`` in the same text.
    """
    chosen: list[dict[str, Any]] = []
    for piece in sorted(evidence, key=lambda piece: (piece["end"], -piece["start"])):
        if not chosen or piece["start"] >= chosen[-1]["end"]:
            chosen.append(piece)
    return chosen


def speech_of(
    graph: networkx.MultiDiGraph, book: Book, quotations: Iterable[Quotation], name: str, other: str | None = None
) -> dict[str, Any]:
    """What somebody says and to whom, and who speaks to him; or what two say to each other.

    Args:
        graph: a graph of ``build_graph`` or ``load_graph``; it says who is called ``name``.
        book: the same book.
        quotations: all of the book, from ``load_quotations``.
        name: the speaker's, as for :func:`relations_of`.
        other: likewise; None for conversations with anybody.

    Returns:
        ``id`` and ``name`` of the speaker (``other`` and ``other_id`` of the second); of all that he says the
        ``weight`` (number of speeches), the ``words``, and their ``share`` of all words that stand in quotations, 0 to
        1; and ``conversations``, the longest first: ``speaker`` and ``addressee`` by name, ``speaker_id``,
        ``addressee_id``, ``weight``, ``words`` and ``speeches``, each with its ``chapter`` and its pieces, the
        ``quotations`` (``start end text``). What he says to nobody knows whom comes last, with "" for the addressee.

    Raises:
        NotInGraph: nobody is called that, or several are.
    """
    node = find_node(graph, name)
    second = find_node(graph, other) if other is not None else None
    everything = tuple(quotations)
    spoken = turns(book, everything)
    own = [turn for turn in spoken if turn.speaker == node]
    own_words = sum(turn.words(book.text) for turn in own)
    all_words = sum(words(book.text, quotation) for quotation in everything)
    answer = {"id": node, "name": graph.nodes[node]["name"]}
    if second is not None:
        answer |= {"other_id": second, "other": graph.nodes[second]["name"]}
    by_pair: dict[tuple[str, str], list[Turn]] = {}
    for turn in spoken:
        for addressee in dict.fromkeys(turn.addressees or ("",)):
            pair = (turn.speaker, addressee)
            if node in pair and turn.speaker and (second is None or second in pair):
                by_pair.setdefault(pair, []).append(turn)
    names = {"": "", **{known: data["name"] for known, data in graph.nodes(data=True)}}
    found = [_conversation(book.text, names, pair, said) for pair, said in by_pair.items()]
    found.sort(key=lambda one: (not one["addressee_id"], -one["weight"], one["speaker_id"], one["addressee_id"]))
    return answer | {
        "weight": len(own),
        "words": own_words,
        "share": round(own_words / all_words, 4) if all_words else 0.0,
        "conversations": found,
    }


def _conversation(text: str, names: dict[str, str], pair: tuple[str, str], said: Sequence[Turn]) -> dict[str, Any]:
    speaker, addressee = pair
    return {
        "speaker": names.get(speaker, speaker),
        "addressee": names.get(addressee, addressee),
        "speaker_id": speaker,
        "addressee_id": addressee,
        "weight": len(said),
        "words": sum(turn.words(text) for turn in said),
        "speeches": [
            {
                "chapter": turn.chapter,
                "quotations": [
                    {"start": piece.start, "end": piece.end, "text": text[piece.start : piece.end]}
                    for piece in turn.quotations
                ],
            }
            for turn in said
        ],
    }


def _edges(graph: networkx.MultiDiGraph, node: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield from graph.out_edges(node, data=True)
    yield from ((head, tail, data) for head, tail, data in graph.in_edges(node, data=True) if head != tail)
