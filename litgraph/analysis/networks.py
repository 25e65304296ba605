"""Who is tied to whom, and in which chapters: the networks that everything else here is reckoned from.

A graph of litgraph holds three networks of its characters, and each of them shows another novel:

- "co-occurrence": two are mentioned within a few sentences of each other. Everybody has it; it does not say whether
  they are both there, or one is talked of.
- "speech": one speaks to the other. It is a network of scenes, and has a direction.
- "facts": the book says how they are related, in one way or more. It is the thinnest and knows no occasions.

A *tie* is what one chapter adds to such a network. networkx is imported only when a network is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from litgraph.analysis.choices import NETWORK_NAMES, NetworkName
from litgraph.errors import SettingsError
from litgraph.graph import edges_of
from litgraph.ontology import CO_OCCURS, NETWORKS, SPEAKS_TO

if TYPE_CHECKING:
    import networkx

PEOPLE: tuple[str, ...] = ("character",)
"""Kinds of nodes that are looked at unless one says otherwise: single people, and no groups."""


class Tie(NamedTuple):
    """What one chapter says of two.

    Attributes:
        head, tail: their ids; the smaller first where the network has no direction.
        chapter: its number; 0 of what holds from the beginning, such as a fact that a person asserted.
        weight: pieces of evidence: sentences together, speeches, statements of the fact.
    """

    head: str
    tail: str
    chapter: int
    weight: int


def ties(graph: networkx.Graph, network: NetworkName = "co-occurrence", kinds: Collection[str] = PEOPLE) -> list[Tie]:
    """All ties of a network, by chapter, head and tail, whatever the order of the graph's edges.

    A fact that follows from others and is stated nowhere counts once, in the last chapter of those it follows from.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        network: which of the three.
        kinds: only between nodes of these kinds.

    Raises:
        SettingsError: there is no such network.
    """
    known_network(network)
    chosen = {node for node, data in graph.nodes(data=True) if data.get("kind") in kinds}
    weights: dict[tuple[int, str, str], int] = {}
    for head, tail, key, data in edges_of(graph):
        relation = data.get("relation", key)
        if head == tail or head not in chosen or tail not in chosen or not _belongs(relation, network):
            continue
        pair = (head, tail) if network == "speech" else (min(head, tail), max(head, tail))
        for chapter, weight in _by_chapter(data).items():
            place = (chapter, *pair)
            weights[place] = weights.get(place, 0) + weight
    return [Tie(head, tail, chapter, weight) for (chapter, head, tail), weight in sorted(weights.items())]


def as_network(dated: Iterable[Tie], *, directed: bool = False) -> networkx.Graph:
    """The network of these ties: ``weight`` on its edges, and as nodes those whom a tie touches, by id.

    Args:
        dated: ties of any chapters, in any order.
        directed: a ``networkx.DiGraph``; else the two directions of speech are added up.
    """
    weights: dict[tuple[str, str], int] = {}
    for tie in dated:
        pair = (tie.head, tie.tail) if directed else (min(tie.head, tie.tail), max(tie.head, tie.tail))
        weights[pair] = weights.get(pair, 0) + tie.weight
    return weighted(weights, directed=directed)


def character_network(
    graph: networkx.Graph,
    network: NetworkName = "co-occurrence",
    kinds: Collection[str] = PEOPLE,
    *,
    directed: bool = False,
) -> networkx.Graph:
    """One network of the whole book, ready for any function of networkx.

    Its nodes keep ``name``, ``gender`` and ``mentions``. Whom no tie touches is not in it, as is the custom with
    networks of novels (Moretti, "Network Theory, Plot Analysis", 2011).

    Args:
        graph: as for :func:`ties`.
        network: which of the three.
        kinds: of its nodes.
        directed: see :func:`as_network`.

    Raises:
        SettingsError: there is no such network.
    """
    made = as_network(ties(graph, network, kinds), directed=directed)
    for node, data in made.nodes(data=True):
        data.update({name: graph.nodes[node].get(name) for name in ("name", "gender", "mentions")})
    return made


def weighted(weights: Mapping[tuple[str, str], float], *, directed: bool = False) -> networkx.Graph:
    """A network with these weights; in one order, so that sums of fractions come out the same."""
    import networkx

    made = networkx.DiGraph() if directed else networkx.Graph()
    made.add_nodes_from(sorted({end for pair in weights for end in pair}))
    made.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(weights.items()))
    return made


def last_chapter(graph: networkx.Graph) -> int:
    """Number of the last chapter that the graph speaks of; 0 of an empty one."""
    seen = [data.get("last") or 0 for _, data in graph.nodes(data=True)]
    seen += [chapter for _, _, _, data in edges_of(graph) for chapter in data.get("chapters", ())]
    return max(seen, default=0)


def known_network(network: str) -> None:
    """Raises SettingsError if there is no such network."""
    if network not in NETWORK_NAMES:
        raise SettingsError(f'There is no network "{network}".', f"Choose one of {', '.join(NETWORK_NAMES)}.")


def _belongs(relation: str, network: NetworkName) -> bool:
    if network == "facts":
        return relation not in NETWORKS
    return relation == {"co-occurrence": CO_OCCURS, "speech": SPEAKS_TO}[network]


def _by_chapter(data: Mapping[str, Any]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for piece in data.get("evidence") or ():
        counts[piece["chapter"]] = counts.get(piece["chapter"], 0) + 1
    if counts:
        return counts
    return {max(data.get("chapters") or (0,)): int(data.get("weight", 1))}
