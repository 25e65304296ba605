"""Circles of a novel: who belongs together, and who stands between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from litgraph.analysis.centrality import strength

if TYPE_CHECKING:
    import networkx

SEED = 0
"""Of the order in which Louvain's method visits the characters: the same network gives the same communities."""
NAMED_AFTER = 2
"""How many members a community is called by."""


class Community(NamedTuple):
    """A circle of characters.

    Attributes:
        name: its members with the strongest ties *within* it, such as "Mr. Bingley and Miss Jane Bennet".
        members: ids, the strongest within first.
    """

    name: str
    members: tuple[str, ...]


def communities(
    network: networkx.Graph, names: Mapping[str, str] | None = None, *, seed: int = SEED, resolution: float = 1.0
) -> list[Community]:
    """Parts of a network whose members have more to do with each other than chance would have it; the largest first.

    Louvain's method (Blondel, Guillaume, Lambiotte & Lefebvre, "Fast unfolding of communities in large networks",
    2008). It is a search, and other seeds may find other communities that are as good: what holds for one seed only is
    no finding.

    Args:
        network: undirected, with weights.
        names: by id; without it ids name the communities.
        seed: of the search.
        resolution: more than 1 for smaller communities.
    """
    import networkx as nx

    if not network:
        return []
    parts = nx.community.louvain_communities(network, weight="weight", seed=seed, resolution=resolution)
    found = []
    for part in parts:
        within = strength(network.subgraph(sorted(part)))
        members = tuple(sorted(part, key=lambda node: (-within[node], node)))
        called = " and ".join((names or {}).get(node, node) for node in members[:NAMED_AFTER])
        found.append(Community(called, members))
    return sorted(found, key=lambda one: (-len(one.members), one.members))


def modularity(network: networkx.Graph, found: Sequence[Community]) -> float:
    """How much more weight lies within the communities than chance would put there: 0 is chance, and from about 0.3 on
    the circles of a novel are apart (Newman & Girvan, "Finding and evaluating community structure in networks", 2004).
    """
    import networkx as nx

    if not network.number_of_edges():
        return 0.0
    return float(nx.community.modularity(network, [set(one.members) for one in found], weight="weight"))


def bridging(network: networkx.Graph, found: Sequence[Community]) -> dict[str, float]:
    """How evenly somebody's ties are spread over the communities: 0 for who keeps to one, near 1 for who is at home in
    many, as messengers, doctors and heroines are.

    The participation coefficient (Guimerà & Amaral, "Functional cartography of complex metabolic networks", 2005).
    """
    home = {node: index for index, one in enumerate(found) for node in one.members}
    spread: dict[str, float] = {}
    for node in network:
        shares: dict[int, float] = {}
        for neighbour, data in network[node].items():
            shares[home[neighbour]] = shares.get(home[neighbour], 0.0) + data["weight"]
        total = sum(shares.values())
        spread[node] = 1 - sum((share / total) ** 2 for share in shares.values()) if total else 0.0
    return spread
