"""How much a novel turns on a character: one number each, in a network of :mod:`litgraph.analysis.networks`.

Distance is the inverse of the weight throughout: those who are often together are near each other (Newman, "Scientific
collaboration networks II", Physical Review E 64, 2001). In a network of co-occurrence almost everybody has met almost
everybody, and without weights its distances would say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from litgraph.errors import SettingsError

if TYPE_CHECKING:
    import networkx

DAMPING = 0.85
"""Of PageRank (Brin & Page, "The anatomy of a large-scale hypertextual Web search engine", 1998)."""
_ROUNDS, _STILL = 500, 1e-12
"""PageRank stops when a round moves less than this in all."""


def degree(network: networkx.Graph) -> dict[str, float]:
    """With how many others somebody is tied: the size of his or her society (Freeman, "Centrality", 1979)."""
    return {node: float(number) for node, number in network.degree()}


def strength(network: networkx.Graph) -> dict[str, float]:
    """All weights of somebody's ties together: how much of the book is spent in company (Barrat et al., "The
    architecture of complex weighted networks", 2004)."""
    return {node: float(number) for node, number in network.degree(weight="weight")}


def betweenness(network: networkx.Graph) -> dict[str, float]:
    """How often somebody is on the shortest way between two others, 0 to 1: the go-between, without whom parts of the
    novel would not meet (Freeman, "A set of measures of centrality based on betweenness", 1977)."""
    import networkx as nx

    return dict(nx.betweenness_centrality(_with_distances(network), weight="distance"))


def closeness(network: networkx.Graph) -> dict[str, float]:
    """How near somebody is to all others: whom news reaches first. In the unit of the weights; parts of the network
    that are not connected are scaled by their size (Wasserman & Faust, *Social Network Analysis*, 1994)."""
    import networkx as nx

    return dict(nx.closeness_centrality(_with_distances(network), distance="distance"))


def pagerank(network: networkx.Graph) -> dict[str, float]:
    """Who is with those who count: the share of a walk along the ties that is spent with somebody; the sum is 1.

    Here and not from networkx, whose version needs SciPy. Stops when a round moves less than 1e-12.
    """
    nodes = list(network)
    if not nodes:
        return {}
    total = strength(network)
    isolated = [node for node in nodes if not total[node]]
    shares = dict.fromkeys(nodes, 1 / len(nodes))
    for _ in range(_ROUNDS):
        lost = sum(shares[node] for node in isolated)
        new = dict.fromkeys(nodes, (1 - DAMPING + DAMPING * lost) / len(nodes))
        for node in nodes:
            for neighbour, data in network[node].items():
                new[neighbour] += DAMPING * shares[node] * data["weight"] / total[node]
        moved = sum(abs(new[node] - shares[node]) for node in nodes)
        shares = new
        if moved < _STILL:
            break
    return shares


def clustering(network: networkx.Graph) -> dict[str, float]:
    """Of the pairs of somebody's acquaintances the share who know each other, 0 to 1: 1 in a closed circle, near 0 for
    who alone holds strangers together (Watts & Strogatz, 1998). Weights make no difference."""
    import networkx as nx

    return {node: float(share) for node, share in nx.clustering(network).items()}


def core(network: networkx.Graph) -> dict[str, float]:
    """The largest k so that somebody is in a circle in which everybody has k ties within it: high in the inner circle
    of the novel, low at its margin (Seidman, "Network structure and minimum degree", 1983)."""
    import networkx as nx

    return {node: float(number) for node, number in nx.core_number(network).items()}


CHARACTER_MEASURES: Mapping[str, Callable[[networkx.Graph], dict[str, float]]] = MappingProxyType(
    {measure.__name__: measure for measure in (degree, strength, betweenness, closeness, pagerank, clustering, core)}
)
"""By name, as `litgraph plot RUN timeline NAME` takes it."""


def character_measure(name: str) -> Callable[[networkx.Graph], dict[str, float]]:
    """The measure of that name. Raises SettingsError if there is none."""
    if name not in CHARACTER_MEASURES:
        raise SettingsError(f'There is no measure "{name}".', f"Choose one of {', '.join(CHARACTER_MEASURES)}.")
    return CHARACTER_MEASURES[name]


def _with_distances(network: networkx.Graph) -> networkx.Graph:
    import networkx as nx

    far = nx.Graph()
    far.add_nodes_from(network)
    far.add_edges_from((one, other, {"distance": 1 / data["weight"]}) for one, other, data in network.edges(data=True))
    return far
