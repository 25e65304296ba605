"""All measures side by side: one row for each character, one for the whole book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from litgraph.analysis.appearances import presence
from litgraph.analysis.centrality import CHARACTER_MEASURES
from litgraph.analysis.choices import NetworkName
from litgraph.analysis.circles import Community, bridging, communities, modularity
from litgraph.analysis.networks import PEOPLE, character_network
from litgraph.analysis.talk import BetweenWomen, between_women, reciprocity, speech_shares, talk_by_gender
from litgraph.types import Book, Mention, Quotation

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class CharacterMeasures:
    """What can be counted of one character. The centralities are those of :mod:`litgraph.analysis.centrality`.

    Attributes:
        id, name, gender, mentions: as in the graph.
        community: name of the community; "" of whom no tie touches.
        bridging: how evenly the ties are spread over the communities, see :func:`litgraph.analysis.bridging`.
        words: spoken in quotations.
        share_of_speech: of all words in quotations, 0 to 1.
        chapters: in how many of them there is a mention.
        first, last: numbers of the first and the last of these; 0 if there are none.
        longest_absence: chapters in a row without a mention between them.
    """

    id: str
    name: str
    gender: str
    mentions: int
    degree: int
    strength: float
    betweenness: float
    closeness: float
    pagerank: float
    clustering: float
    core: int
    community: str
    bridging: float
    words: int = 0
    share_of_speech: float = 0.0
    chapters: int = 0
    first: int = 0
    last: int = 0
    longest_absence: int = 0


@dataclass(frozen=True, slots=True)
class BookMeasures:
    """What can be counted of a whole novel.

    Attributes:
        title, author: as in the graph.
        network: which network was measured.
        characters: whom a tie touches; the others are not counted anywhere here.
        ties: pairs of them.
        density: of all pairs the share that is tied, 0 to 1; it falls as novels grow longer.
        components: parts that no tie connects.
        diameter: the longest of the shortest ways between two of the largest part, in steps.
        centralisation: 1 if all are tied to one and to nobody else, 0 if everybody has as many ties (Freeman,
            "Centrality in social networks", 1979).
        transitivity: how often two acquaintances of somebody know each other (Newman, Watts & Strogatz, 2002).
        gender_assortativity: 1 if women are tied to women alone and men to men, below 0 if ties are rather between
            them; over the ties between people of known gender, weights make no difference (Newman, "Mixing patterns in
            networks", 2003). 0 if there are not two genders.
        modularity: of the communities.
        reciprocity: of speech, see :func:`litgraph.analysis.reciprocity`.
        communities: the largest first.
        talk: of the words whose speaker is known the share of each gender; empty without quotations.
        between_women: see :func:`litgraph.analysis.between_women`; None without quotations and mentions.
    """

    title: str
    author: str
    network: NetworkName
    characters: int
    ties: int
    density: float
    components: int
    diameter: int
    centralisation: float
    transitivity: float
    gender_assortativity: float
    modularity: float
    reciprocity: float
    communities: tuple[Community, ...]
    talk: Mapping[str, float] = field(default_factory=dict)
    between_women: BetweenWomen | None = None


def measure_characters(
    graph: networkx.Graph,
    network: NetworkName = "co-occurrence",
    *,
    book: Book | None = None,
    mentions: Iterable[Mention] = (),
    quotations: Iterable[Quotation] = (),
) -> list[CharacterMeasures]:
    """Measure every character of a graph, the most mentioned first.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        network: in which the centralities are reckoned.
        book: its text and chapters, without which presence and speech are 0.
        mentions: of the book, for presence.
        quotations: of the book, for speech.

    Raises:
        SettingsError: there is no such network.
    """
    made = character_network(graph, network)
    names = {node: str(data.get("name", node)) for node, data in graph.nodes(data=True)}
    centralities = {name: measure(made) for name, measure in CHARACTER_MEASURES.items()}
    found = communities(made, names)
    home = {node: one.name for one in found for node in one.members}
    bridges = bridging(made, found)
    present = presence(mentions, len(book.chapters)) if book else {}
    speech = speech_shares(book, quotations) if book else {}
    rows = []
    for node, data in graph.nodes(data=True):
        if data.get("kind") not in PEOPLE:
            continue
        values = {name: of.get(node, 0.0) for name, of in centralities.items()}
        said, there = speech.get(node), present.get(node)
        seen = there.chapters if there else ()
        rows.append(
            CharacterMeasures(
                id=node,
                name=names[node],
                gender=str(data.get("gender", "unknown")),
                mentions=int(data.get("mentions", 0)),
                degree=int(values["degree"]),
                strength=values["strength"],
                betweenness=values["betweenness"],
                closeness=values["closeness"],
                pagerank=values["pagerank"],
                clustering=values["clustering"],
                core=int(values["core"]),
                community=home.get(node, ""),
                bridging=bridges.get(node, 0.0),
                words=said.words if said else 0,
                share_of_speech=said.share if said else 0.0,
                chapters=len(seen),
                first=seen[0] if seen else 0,
                last=seen[-1] if seen else 0,
                longest_absence=there.longest_absence if there else 0,
            )
        )
    return sorted(rows, key=lambda row: (-row.mentions, row.id))


def measure_book(
    graph: networkx.Graph,
    network: NetworkName = "co-occurrence",
    *,
    book: Book | None = None,
    mentions: Sequence[Mention] = (),
    quotations: Sequence[Quotation] = (),
) -> BookMeasures:
    """Measure a whole novel. Arguments and errors are those of :func:`measure_characters`."""
    import networkx as nx

    made = character_network(graph, network)
    parts = sorted(nx.connected_components(made), key=lambda part: (-len(part), min(part)))
    names = {node: str(data.get("name", node)) for node, data in graph.nodes(data=True)}
    genders = {node: str(data.get("gender", "unknown")) for node, data in graph.nodes(data=True)}
    found = communities(made, names)
    return BookMeasures(
        title=str(graph.graph.get("title", "")),
        author=str(graph.graph.get("author", "")),
        network=network,
        characters=made.number_of_nodes(),
        ties=made.number_of_edges(),
        density=float(nx.density(made)),
        components=len(parts),
        diameter=int(nx.diameter(made.subgraph(sorted(parts[0])))) if parts else 0,
        centralisation=centralisation(made),
        transitivity=float(nx.transitivity(made)),
        gender_assortativity=gender_assortativity(made),
        communities=tuple(found),
        modularity=modularity(made, found),
        reciprocity=reciprocity(graph),
        talk=talk_by_gender(speech_shares(book, quotations), genders) if book and quotations else {},
        between_women=between_women(book, quotations, mentions, genders) if book and quotations and mentions else None,
    )


def centralisation(network: networkx.Graph) -> float:
    """How far a network turns on one node, 0 to 1: the degrees that are missing to the highest one, as a share of those
    that are missing in a star (Freeman, "Centrality in social networks", 1979). 0 of fewer than three nodes."""
    degrees = [number for _, number in network.degree()]
    size = len(degrees)
    return sum(max(degrees) - one for one in degrees) / ((size - 1) * (size - 2)) if size > 2 else 0.0


def gender_assortativity(network: networkx.Graph) -> float:
    """Whether ties are rather within a gender (above 0) or between the two (below 0), see :class:`BookMeasures`."""
    known = {node: data.get("gender") for node, data in network.nodes(data=True)}
    ends = [(known[one], known[other]) for one, other in network.edges]
    ends = [pair for pair in ends if set(pair) <= {"female", "male"}]
    if not ends:
        return 0.0
    alike = sum(one == other for one, other in ends) / len(ends)
    women = sum((one == "female") + (other == "female") for one, other in ends) / (2 * len(ends))
    by_chance = women**2 + (1 - women) ** 2
    return (alike - by_chance) / (1 - by_chance) if by_chance < 1 else 0.0
