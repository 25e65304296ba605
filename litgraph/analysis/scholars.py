"""A scholar's network as a graph, to be measured and compared with ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from litgraph.corpora.knuth import KnuthNetwork
from litgraph.names.grammar import slug
from litgraph.ontology import CO_OCCURS

if TYPE_CHECKING:
    import networkx


def graph_of_knuth(network: KnuthNetwork, title: str = "", chapters: Sequence[int] = ()) -> networkx.MultiDiGraph:
    """Who meets whom according to Knuth, as "co_occurs_with" edges: one piece of evidence for each chapter.

    The evidence has no text: the file does not quote.

    Args:
        network: from :func:`litgraph.corpora.knuth.read_network`.
        title: of the graph.
        chapters: the number of each annotated chapter, from :func:`litgraph.corpora.knuth.chapter_numbers`; by default
            from 1 in the order of the file, which leaves out chapters without people.
    """
    import networkx as nx

    numbers = chapters or range(1, len(network.chapters) + 1)

    graph = nx.MultiDiGraph(title=title, author="", source="The Stanford GraphBase")
    met: dict[tuple[str, str], list[int]] = {}
    for index, one, other in network.meetings():
        met.setdefault((one, other), []).append(numbers[index])
    seen: dict[str, list[int]] = {code: [] for code in network.characters}
    for number, (_, groups) in zip(numbers, network.chapters, strict=True):
        for code in sorted({code for group in groups for code in group}):
            seen[code].append(number)
    ids = _ids(network)
    for code, character in network.characters.items():
        seen_in = seen[code] or [0]
        graph.add_node(
            ids[code], kind="character", name=character.name, aliases=[character.name], gender="unknown",
            mentions=len(seen[code]), first=seen_in[0], last=seen_in[-1], ambiguous=False,
        )  # fmt: skip
    for (one, other), met_in in sorted(met.items()):
        head, tail = sorted((ids[one], ids[other]))
        evidence = [{"chapter": chapter, "start": 0, "end": 0, "text": ""} for chapter in met_in]
        graph.add_edge(
            head, tail, CO_OCCURS, relation=CO_OCCURS, directed=False, weight=len(met_in), confidence=1.0,
            evidence=evidence, chapters=met_in, sources=["The Stanford GraphBase"], raw=[],
        )  # fmt: skip
    return graph


def _ids(network: KnuthNetwork) -> dict[str, str]:
    """Readable ids; two characters of one name keep their letters."""
    slugs = {code: slug(character.name) for code, character in network.characters.items()}
    names = list(slugs.values())
    return {code: name if names.count(name) == 1 else f"{name}-{code.lower()}" for code, name in slugs.items()}
