"""A scholar's network as a graph, to be measured and compared with ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litgraph.corpora.knuth import KnuthNetwork
from litgraph.names.grammar import slug
from litgraph.ontology import CO_OCCURS

if TYPE_CHECKING:
    import networkx


def graph_of_knuth(network: KnuthNetwork, title: str = "") -> networkx.MultiDiGraph:
    """Who meets whom according to Knuth, as "co_occurs_with" edges: one piece of evidence for each chapter.

    Chapters are numbered from 1 in the order of the file. The evidence has no text: the file does not quote.

    Args:
        network: from :func:`litgraph.corpora.knuth.read_network`.
        title: of the graph.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(title=title, author="", source="The Stanford GraphBase")
    met: dict[tuple[str, str], list[int]] = {}
    for index, one, other in network.meetings():
        met.setdefault((one, other), []).append(index + 1)
    seen: dict[str, list[int]] = {code: [] for code in network.characters}
    for index, (_, groups) in enumerate(network.chapters, start=1):
        for code in sorted({code for group in groups for code in group}):
            seen[code].append(index)
    ids = _ids(network)
    for code, character in network.characters.items():
        chapters = seen[code] or [0]
        graph.add_node(
            ids[code], kind="character", name=character.name, aliases=[character.name], gender="unknown",
            mentions=len(seen[code]), first=chapters[0], last=chapters[-1], ambiguous=False,
        )  # fmt: skip
    for (one, other), chapters in sorted(met.items()):
        head, tail = sorted((ids[one], ids[other]))
        evidence = [{"chapter": chapter, "start": 0, "end": 0, "text": ""} for chapter in chapters]
        graph.add_edge(
            head, tail, CO_OCCURS, relation=CO_OCCURS, directed=False, weight=len(chapters), confidence=1.0,
            evidence=evidence, chapters=chapters, sources=["The Stanford GraphBase"], raw=[],
        )  # fmt: skip
    return graph


def _ids(network: KnuthNetwork) -> dict[str, str]:
    """Readable ids; two characters of one name keep their letters."""
    slugs = {code: slug(character.name) for code, character in network.characters.items()}
    names = list(slugs.values())
    return {code: name if names.count(name) == 1 else f"{name}-{code.lower()}" for code, name in slugs.items()}
