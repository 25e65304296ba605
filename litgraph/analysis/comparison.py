"""Two graphs of one book beside each other: two labellers, before and after a correction, ours and a scholar's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from litgraph.analysis.choices import NetworkName
from litgraph.analysis.networks import PEOPLE, known_network, last_chapter, ties
from litgraph.graph import edges_of
from litgraph.names.grammar import fold as folded
from litgraph.names.likeness import UNLIKE, likeness
from litgraph.ontology import NETWORKS, RELATIONS, fold

if TYPE_CHECKING:
    import networkx

Edge = tuple[str, ...]


class Agreement(NamedTuple):
    """How far one graph has what the other has.

    Attributes:
        precision: of what the first graph has, the share that the second has, 0 to 1.
        recall: of what the second graph has, the share that the first has.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class EdgeAgreement(NamedTuple):
    """How far the edges of two graphs agree.

    Attributes:
        edges: each counts once.
        weighted: an edge that both have counts the less the more its weights differ.
    """

    edges: Agreement
    weighted: Agreement


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two graphs have in common.

    Attributes:
        network: in which network they were compared.
        aligned: for each character of the first graph whom the second has, the id there.
        only_first, only_second: ids of the others, the most mentioned first.
        characters: how far the casts agree.
        edges: how far the edges agree: pairs who meet, speaker and hearer, or facts with the name of the relation.
        weighted: the same, but an edge that both have counts the less the more its weights differ, each as a share of
            the heaviest in its graph.
        missing: edges of the second graph that the first lacks, the heaviest first, by ids of the second graph.
        added: edges of the first graph that the second lacks, likewise.
    """

    network: NetworkName
    aligned: Mapping[str, str]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    characters: Agreement
    edges: Agreement
    weighted: Agreement
    missing: tuple[Edge, ...]
    added: tuple[Edge, ...]


def compare_graphs(
    first: networkx.Graph, second: networkx.Graph, network: NetworkName = "co-occurrence", *, up_to: int = 0
) -> Comparison:
    """Compare two graphs of one book; the second is what the first is measured by.

    The edge scores, weighted and not, are those by which Splice measures character networks (Amalvy, Labatut & Dufour,
    "The Role of Natural Language Processing Tasks in Automatic Literary Character Network Construction", 2024):
    whoever has no counterpart in the other graph costs all of his edges.

    Args:
        first: what is to be judged.
        second: what it is compared with.
        network: "co-occurrence" and "facts" without, "speech" with direction.
        up_to: only what the chapters up to this one say; 0 for the whole book.

    Raises:
        SettingsError: there is no such network.
    """
    known_network(network)
    aligned = align_characters(first, second)
    back = {other: one for one, other in aligned.items()}
    ours, theirs = (_weights(_occasions(graph, network), up_to) for graph in (first, second))
    translated = {edge: _translated(edge, aligned, directed=network == "speech") for edge in ours}
    similar = _similar(ours, theirs, translated)
    return Comparison(
        network=network,
        aligned=aligned,
        only_first=_others(first, aligned),
        only_second=_others(second, back),
        characters=_agreement(len(aligned), len(_people(first)), len(_people(second))),
        edges=_agreement(len(similar), len(ours), len(theirs)),
        weighted=_agreement(sum(similar.values()), len(ours), len(theirs)),
        missing=_heaviest_first(theirs, similar),
        added=_heaviest_first(ours, {edge for edge, other in translated.items() if other in similar}),
    )


def compare_by_chapter(
    first: networkx.Graph, second: networkx.Graph, network: NetworkName = "co-occurrence"
) -> dict[int, EdgeAgreement]:
    """How far two graphs of one book agree on what is known up to each chapter; the last is that of the whole book.

    The characters are aligned once, by all of their names; :func:`compare_graphs` says what the scores are.

    Args:
        first: what is to be judged.
        second: what it is compared with; its chapters must be numbered as those of the first.
        network: as for :func:`compare_graphs`.

    Returns:
        the agreement by the number of the chapter, from 1 to the last that one of the graphs speaks of.

    Raises:
        SettingsError: there is no such network.
    """
    known_network(network)
    aligned = align_characters(first, second)
    occasions = [_occasions(graph, network) for graph in (first, second)]
    translated = {edge: _translated(edge, aligned, directed=network == "speech") for _, edge, _ in occasions[0]}
    ours: dict[Edge, float] = {}
    theirs: dict[Edge, float] = {}
    waiting = [iter(one) for one in occasions]
    nexts = [next(one, None) for one in waiting]
    found: dict[int, EdgeAgreement] = {}
    for chapter in range(1, max(last_chapter(first), last_chapter(second)) + 1):
        for side, weights in enumerate((ours, theirs)):
            while (occasion := nexts[side]) and occasion[0] <= chapter:
                weights[occasion[1]] = weights.get(occasion[1], 0.0) + occasion[2]
                nexts[side] = next(waiting[side], None)
        similar = _similar(ours, theirs, translated)
        found[chapter] = EdgeAgreement(
            _agreement(len(similar), len(ours), len(theirs)),
            _agreement(sum(similar.values()), len(ours), len(theirs)),
        )
    return found


def align_characters(first: networkx.Graph, second: networkx.Graph) -> dict[str, str]:
    """Whom of the first graph the second has, by id; nobody twice.

    Those of one name come first, then those who share most of their names, then those whose names only fit, as
    "Jim" and "Jim Hawkins" do and "Mr. Bennet" and "Mrs. Bennet" do not. Of equals the most mentioned is taken. It goes
    by names alone, so the order of nodes makes no difference.
    """
    aligned: dict[str, str] = {}
    taken: set[str] = set()

    def take(offers: Iterable[tuple[float, int, str, str]]) -> None:
        for *_, one, other in sorted(offers):
            if one not in aligned and other not in taken:
                aligned[one] = other
                taken.add(other)

    ours, theirs = _people(first), _people(second)
    bearers: dict[str, list[str]] = {}
    for other in theirs:
        for name in _names(second, other):
            bearers.setdefault(name, []).append(other)
    offers = []
    for one in ours:
        names = _names(first, one)
        shared: dict[str, int] = {}
        for name in names:
            for other in bearers.get(name, ()):
                shared[other] = shared.get(other, 0) + 1
        for other, number in shared.items():
            same = folded(str(first.nodes[one]["name"])) == folded(str(second.nodes[other]["name"]))
            common = number / len(names | _names(second, other))
            offers.append((-1.0 - common if same else -common, -_mentions(first, one), one, other))
    take(offers)
    left = [one for one in ours if one not in aligned]
    open_ends = [other for other in theirs if other not in taken]
    offers = []
    for other in open_ends:
        name = str(second.nodes[other]["name"])
        for one in left:
            rank = min((likeness(name, alias) for alias in sorted(_called(first, one))), default=UNLIKE)
            if rank < UNLIKE:
                offers.append((float(rank), -_mentions(first, one), one, other))
    take(offers)
    return {one: aligned[one] for one in sorted(aligned)}


def _occasions(graph: networkx.Graph, network: NetworkName) -> list[tuple[int, Edge, float]]:
    """Chapter, edge and weight of all that makes the edges of a network, by chapter."""
    if network != "facts":
        return [(tie.chapter, (tie.head, tie.tail), float(tie.weight)) for tie in ties(graph, network)]
    people = set(_people(graph))
    found = []
    for head, tail, key, data in edges_of(graph):
        relation = data.get("relation", key)
        if {head, tail} <= people and relation not in NETWORKS:
            edge = fold(head, relation, tail) if relation in RELATIONS else (head, relation, tail)
            found.append((min(data.get("chapters") or (0,)), edge, float(data.get("weight", 1))))
    return sorted(found)


def _weights(occasions: Iterable[tuple[int, Edge, float]], up_to: int) -> dict[Edge, float]:
    weights: dict[Edge, float] = {}
    for chapter, edge, weight in occasions:
        if not up_to or chapter <= up_to:
            weights[edge] = weights.get(edge, 0.0) + weight
    return weights


def _similar(
    ours: Mapping[Edge, float], theirs: Mapping[Edge, float], translated: Mapping[Edge, Edge]
) -> dict[Edge, float]:
    """How like their weights are, 0 to 1, for each edge of theirs that ours have, too."""
    similar: dict[Edge, float] = {}
    heaviest, their_heaviest = (max(edges.values(), default=1.0) for edges in (ours, theirs))
    for edge, weight in ours.items():
        their_edge = translated[edge]
        if their_edge in theirs:
            similar[their_edge] = 1 - abs(weight / heaviest - theirs[their_edge] / their_heaviest)
    return similar


def _translated(edge: Edge, aligned: Mapping[str, str], *, directed: bool) -> Edge:
    """The edge between those of the other graph; () if one of them is not in it."""
    head, tail = aligned.get(edge[0]), aligned.get(edge[-1])
    if head is None or tail is None:
        return ()
    if len(edge) == 3:
        return fold(head, edge[1], tail) if edge[1] in RELATIONS else (head, edge[1], tail)
    return (head, tail) if directed else (min(head, tail), max(head, tail))


def _people(graph: networkx.Graph) -> list[str]:
    return [node for node, data in graph.nodes(data=True) if data.get("kind") in PEOPLE]


def _called(graph: networkx.Graph, node: str) -> set[str]:
    return {str(graph.nodes[node]["name"]), *map(str, graph.nodes[node].get("aliases", ()))}


def _names(graph: networkx.Graph, node: str) -> set[str]:
    return {folded(name) for name in _called(graph, node)}


def _mentions(graph: networkx.Graph, node: str) -> int:
    return int(graph.nodes[node].get("mentions", 0))


def _others(graph: networkx.Graph, aligned: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(set(_people(graph)) - set(aligned), key=lambda node: (-_mentions(graph, node), node)))


def _agreement(right: float, ours: int, theirs: int) -> Agreement:
    return Agreement(right / ours if ours else 0.0, right / theirs if theirs else 0.0)


def _heaviest_first(weights: Mapping[Edge, float], known: Iterable[Edge]) -> tuple[Edge, ...]:
    left = set(weights) - set(known)
    return tuple(sorted(left, key=lambda edge: (-weights[edge], edge)))
