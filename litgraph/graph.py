"""The graph: the cast as nodes, what the labellers said as edges, with the text that proves each.

A ``networkx.MultiDiGraph`` whose parts are JSON values, so that every file format can hold them:

- ``graph.graph``: ``title author identifier language release source`` of the book, and the provenance.
- nodes: ``kind name aliases gender mentions first last ambiguous`` as in :class:`litgraph.types.Entity`; ``aliases`` is
  a list of strings, most frequent first. ``same_as``, an address, is there if a person told it.
- edges, keyed by the name of the relation: ``relation``; ``directed``; ``weight``, the number of different pieces of
  evidence; ``confidence``; ``evidence``, a list of ``chapter start end text`` in text
  order; ``chapters``; ``sources``, the labellers; ``raw``, their own words.
- edges of facts also have ``basis``, "stated" or "inferred", and ``because``, in words what they follow from.
- edges "speaks_to" from a speaker to a hearer: each piece of evidence is a speech with the text around it, and has its
  ``words``; so has the edge, of all of them; ``confidence`` is the mean certainty of the speakers.

A symmetric relation is one edge from the smaller id to the larger with ``directed`` False, whoever was named first.
Inverse relations are not folded into one: *child_of* does not say whether of a father or a mother, and which of the two
ways the book puts it is worth keeping.

networkx is imported only when a graph is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from litgraph.errors import NotInGraph, SettingsError
from litgraph.facts.belief import USUAL_MINIMUM, combined_confidence
from litgraph.facts.weighing import least_confidence
from litgraph.facts.wording import in_words
from litgraph.ontology import CO_OCCURS, NETWORKS, RELATIONS, SPEAKS_TO
from litgraph.pairs import CoOccurrence, Window
from litgraph.speech.conversations import Conversation
from litgraph.types import Book, Cast, EntityKind, Fact, Relation

if TYPE_CHECKING:
    import networkx

CO_OCCURRENCE_SOURCE = "co-occurrence"
SPEECH_SOURCE = "speech"


class Merge(NamedTuple):
    """The graph, and how many relations did not enter it, by reason.

    The reasons are "unmapped" (the answer is not in the vocabulary), "unknown_entity" (head or tail is not in the
    cast; co-occurring and speaking pairs count here too), "same_entity" (head is tail) and "low_confidence" (its edge
    stayed below the minimum). Each of them is there, 0 or not.
    """

    graph: networkx.MultiDiGraph
    dropped: dict[str, int]


class Edge(NamedTuple):
    """One edge of a graph with its attributes."""

    head: str
    tail: str
    relation: str
    attributes: Mapping[str, Any]


def merge(
    cast: Cast,
    relations: Iterable[Relation | Fact],
    co_occurrences: Iterable[CoOccurrence],
    conversations: Iterable[Conversation] = (),
    *,
    book: Book,
    provenance: Mapping[str, object],
    minimum_confidence: float | None = 0.0,
) -> Merge:
    """Merge what was said of single pairs into one graph. The order of the relations does not matter.

    Args:
        cast: who becomes a node, edges or not.
        relations: the facts of the book; or what the labellers said, the answers outside the vocabulary
            (``relation == ""``) included, and then each edge is as sure as its sentences.
        co_occurrences: from :func:`litgraph.pairs.co_occurrences`; they become "co_occurs_with" edges.
        conversations: from :func:`litgraph.speech.conversations.conversations`; they become "speaks_to" edges.
        book: its text is where the evidence is quoted from.
        provenance: what made the graph: litgraph's version, models and their revisions, settings; JSON values.
        minimum_confidence: edges whose combined confidence is below it are left out; who meets whom and who speaks
            to whom is not judged. None for what was measured to be sure enough, for each family of relations.

    Raises:
        SettingsError: the minimum confidence is not between 0 and 1.
    """
    import networkx

    if minimum_confidence is not None and not 0.0 <= minimum_confidence <= 1.0:
        raise SettingsError(
            f"A minimum confidence of {minimum_confidence} is not possible.", "Choose a number between 0 and 1."
        )
    graph = networkx.MultiDiGraph()
    graph.graph.update(_metadata(book, provenance))
    for entity in cast.entities:
        graph.add_node(
            entity.id,
            kind=entity.kind,
            name=entity.name,
            aliases=[alias for alias, _ in entity.aliases],
            gender=entity.gender,
            mentions=entity.mentions,
            first=entity.first,
            last=entity.last,
            ambiguous=entity.ambiguous,
            **({"same_as": entity.same_as} if entity.same_as else {}),
        )
    said = list(relations)
    edges, dropped = _gather((one for one in said if isinstance(one, Relation)), set(graph))
    for pair in co_occurrences:
        if pair.left in graph and pair.right in graph:
            votes = edges.setdefault((pair.left, pair.right, CO_OCCURS), _Votes())
            votes.sources.add(CO_OCCURRENCE_SOURCE)
            votes.windows.update(dict.fromkeys(pair.windows, 1.0))
        else:
            dropped["unknown_entity"] += 1
    texts: dict[Window, str] = {}  # one string for all the edges that rest on the same window
    finished = []
    for (head, tail, relation), votes in edges.items():
        attributes = _attributes(relation, votes, book.text, texts)
        if attributes["confidence"] >= (USUAL_MINIMUM if minimum_confidence is None else minimum_confidence):
            finished.append(Edge(head, tail, relation, attributes))
        else:
            dropped["low_confidence"] += votes.count
    facts = [one for one in said if isinstance(one, Fact) and one.head in graph and one.tail in graph]
    by_id = {fact.id: fact for fact in facts}
    for fact in facts:
        least = least_confidence(fact) if minimum_confidence is None else minimum_confidence
        if fact.confidence >= least and not fact.against:
            finished.append(_of_fact(fact, by_id, graph, book.text, texts))
        else:
            dropped["low_confidence"] += 1
    for conversation in conversations:
        if conversation.speaker in graph and conversation.addressee in graph:
            finished.append(_spoken(conversation, book.text, texts))
        else:
            dropped["unknown_entity"] += 1
    for edge in sorted(finished, key=lambda edge: edge[:3]):
        graph.add_edge(edge.head, edge.tail, key=edge.relation, **edge.attributes)
    return Merge(graph, dropped)


def strongest(
    graph: networkx.MultiDiGraph, count: int = 20, *, kind: EntityKind | None = "character", relation: str | None = None
) -> list[Edge]:
    """The edges with most evidence, then most confidence, then in the order of ids.

    Args:
        graph: from :func:`merge`, or one that was read back.
        count: how many at most.
        kind: what both ends must be; None for anything.
        relation: only this relation; None for all but who meets and who speaks to whom, which would drown the others.
    """
    edges = [
        Edge(head, tail, name, attributes)
        for head, tail, name, attributes in graph.edges(keys=True, data=True)
        if (name == relation if relation else name not in NETWORKS)
        and (kind is None or graph.nodes[head]["kind"] == graph.nodes[tail]["kind"] == kind)
    ]
    edges.sort(key=lambda edge: (-edge.attributes["weight"], -edge.attributes["confidence"], *edge[:3]))
    return edges[:count]


def edges_of(graph: networkx.Graph) -> Iterator[tuple[Any, Any, Any, Mapping[str, Any]]]:
    """Head, tail, key and attributes of each edge; in a graph without keys the relation is the key."""
    if graph.is_multigraph():
        yield from graph.edges(keys=True, data=True)
    else:
        for head, tail, data in graph.edges(data=True):
            yield head, tail, data.get("relation", ""), data


def find_node(graph: networkx.MultiDiGraph, name: str) -> str:
    """The id of the node that is meant: by id, else by name, else by alias, else by the beginning of one of them.

    Upper and lower case and spaces make no difference.

    Raises:
        NotInGraph: no node bears the name, or several do and none of them better than the others.
    """
    wanted = _folded(name)
    calls = {node: _names(node, data) for node, data in graph.nodes(data=True)}
    for rank in range(3):
        found = [node for node, ranks in calls.items() if wanted in ranks[rank]]
        if found:
            return _only(graph, name, found)
    found = [node for node, ranks in calls.items() if wanted and any(c.startswith(wanted) for r in ranks for c in r)]
    if found:
        return _only(graph, name, found)
    raise NotInGraph(f'Nobody and nothing in the graph is called "{name}".', _suggestion(graph, calls, wanted))


_EdgeKey = tuple[str, str, str]
_Calls = dict[str, tuple[list[str], list[str], list[str]]]


@dataclass(slots=True)
class _Votes:
    """All that was said for one edge. Filled in any order, read in sorted order."""

    windows: dict[Window, float] = field(default_factory=dict)  # the surest vote for each
    sources: set[str] = field(default_factory=set)
    raw: set[str] = field(default_factory=set)
    count: int = 0


def _metadata(book: Book, provenance: Mapping[str, object]) -> dict[str, Any]:
    metadata: dict[str, Any] = json.loads(
        json.dumps(provenance, allow_nan=False)
    )  # tuples become lists now, not on saving
    for name in ("title", "author", "identifier", "language", "release", "source"):
        metadata[name] = getattr(book, name)
    return metadata


def _gather(relations: Iterable[Relation], known: set[str]) -> tuple[dict[_EdgeKey, _Votes], dict[str, int]]:
    edges: dict[_EdgeKey, _Votes] = {}
    dropped = {"unmapped": 0, "unknown_entity": 0, "same_entity": 0, "low_confidence": 0}
    for relation in relations:
        if relation.relation not in RELATIONS:
            dropped["unmapped"] += 1
        elif relation.head not in known or relation.tail not in known:
            dropped["unknown_entity"] += 1
        elif relation.head == relation.tail:
            dropped["same_entity"] += 1
        else:
            head, tail = relation.head, relation.tail
            if RELATIONS[relation.relation].symmetric:
                head, tail = sorted((head, tail))
            votes = edges.setdefault((head, tail, relation.relation), _Votes())
            window = Window(relation.chapter, relation.start, relation.end)
            votes.windows[window] = max(relation.confidence, votes.windows.get(window, 0.0))
            votes.sources.add(relation.source)
            votes.raw.add(relation.raw)
            votes.count += 1
    return edges, dropped


def _attributes(relation: str, votes: _Votes, book_text: str, texts: dict[Window, str]) -> dict[str, Any]:
    windows = sorted(votes.windows, key=lambda window: (window.start, window.end))
    directed = relation != CO_OCCURS and not RELATIONS[relation].symmetric
    return {
        "relation": relation,
        "directed": directed,
        "weight": len(windows),
        "confidence": combined_confidence(votes.windows.values()),
        "evidence": [
            {**window._asdict(), "text": texts.setdefault(window, book_text[window.start : window.end])}
            for window in windows
        ],
        "chapters": sorted({window.chapter for window in windows}),
        "sources": sorted(votes.sources),
        "raw": sorted(votes.raw - {""}),
    }


def _of_fact(
    fact: Fact, by_id: Mapping[str, Fact], graph: networkx.MultiDiGraph, book_text: str, texts: dict[Window, str]
) -> Edge:
    windows = [Window(*piece) for piece in fact.evidence]
    because = (by_id[id_] for id_ in fact.because if id_ in by_id)
    attributes = {
        "relation": fact.relation,
        "directed": not RELATIONS[fact.relation].symmetric,
        "weight": max(1, len(windows)),
        "confidence": fact.confidence,
        "evidence": [
            {**window._asdict(), "text": texts.setdefault(window, book_text[window.start : window.end])}
            for window in windows
        ],
        "chapters": list(fact.chapters),
        "sources": list(fact.sources),
        "raw": list(fact.words),
        "basis": fact.basis,
        "because": [
            in_words(one.relation, *(graph.nodes[end]["name"] for end in (one.head, one.tail))) for one in because
        ],
    }
    return Edge(fact.head, fact.tail, fact.relation, attributes)


def _spoken(conversation: Conversation, book_text: str, texts: dict[Window, str]) -> Edge:
    evidence = []
    for turn in conversation.turns:
        window = Window(turn.chapter, turn.start, turn.end)
        text = texts.setdefault(window, book_text[window.start : window.end])
        evidence.append({**window._asdict(), "text": text, "words": turn.words(book_text)})
    attributes = {
        "relation": SPEAKS_TO,
        "directed": True,
        "weight": len(evidence),
        "words": sum(piece["words"] for piece in evidence),
        "confidence": round(fmean(turn.certainty for turn in conversation.turns), 4),
        "evidence": evidence,
        "chapters": sorted({turn.chapter for turn in conversation.turns}),
        "sources": [SPEECH_SOURCE],
        "raw": [],
    }
    return Edge(conversation.speaker, conversation.addressee, SPEAKS_TO, attributes)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _names(node: str, data: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    return (
        [_folded(node)],
        [_folded(str(data.get("name", node)))],
        [_folded(alias) for alias in data.get("aliases", ())],
    )


def _only(graph: networkx.MultiDiGraph, name: str, found: list[str]) -> str:
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{graph.nodes[node]['name']} ({node})" for node in found[:8])
    more = f" and {len(found) - 8} more" if len(found) > 8 else ""
    raise NotInGraph(f'"{name}" may be {listed}{more}.', "Say which by the id in brackets.")


def _suggestion(graph: networkx.MultiDiGraph, calls: _Calls, wanted: str) -> str:
    from difflib import get_close_matches

    owner: dict[str, str] = {}
    for node, ranks in calls.items():
        for called in (called for rank in ranks for called in rank):
            owner.setdefault(called, node)
            for word in called.split():
                owner.setdefault(word, node)
    close = get_close_matches(wanted, owner, n=6, cutoff=0.6)
    names = list(dict.fromkeys(graph.nodes[owner[called]]["name"] for called in close))[:3]
    return f"Do you mean {' or '.join(names)}?" if names else "`litgraph cast` lists everybody with their names."
