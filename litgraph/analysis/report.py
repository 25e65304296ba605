"""A novel chapter by chapter: how large the company is, how it changes, who comes and goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from litgraph.analysis.appearances import entrances_and_exits, presence
from litgraph.analysis.centrality import character_measure
from litgraph.analysis.chapters import changes, character_series, networks_by_chapter
from litgraph.analysis.choices import WIDTH, NetworkName, Slicing
from litgraph.analysis.networks import PEOPLE, last_chapter
from litgraph.types import Book, Mention

if TYPE_CHECKING:
    import networkx

SELDOM = 5
"""Whoever is mentioned less often neither enters nor leaves: most of them are names that are dropped once."""


@dataclass(frozen=True, slots=True)
class ChapterMeasures:
    """What can be counted at one chapter.

    Attributes:
        chapter: its number.
        title: its heading; "" if there is none.
        characters: whom a tie touches in the network at this chapter.
        ties: pairs of them.
        density: of all pairs the share that is tied.
        change: see :func:`litgraph.analysis.changes`; 0 for the first chapter.
        enter, leave: ids of those who are first, and last, mentioned here; of those who are mentioned five times or
            more in the book.
        values: of the characters who were asked for, by id: the measure in the network at this chapter.
    """

    chapter: int
    title: str
    characters: int
    ties: int
    density: float
    change: float
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    values: Mapping[str, float]


def measure_chapters(
    graph: networkx.Graph,
    network: NetworkName = "co-occurrence",
    slicing: Slicing = "cumulative",
    measure: str = "strength",
    *,
    width: int = WIDTH,
    top: int = 10,
    book: Book | None = None,
    mentions: Iterable[Mention] = (),
) -> list[ChapterMeasures]:
    """Measure a novel at each of its chapters.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        network: which network.
        slicing: what of it is seen at a chapter, see :func:`litgraph.analysis.networks_by_chapter`.
        measure: of :data:`litgraph.analysis.CHARACTER_MEASURES`.
        width: of windows, in chapters.
        top: of how many of the most mentioned characters the measure is given.
        book: gives the number of chapters and their titles; without it the chapters that the graph speaks of.
        mentions: of the book, which tell who enters and leaves.

    Raises:
        SettingsError: there is no such network, slicing or measure, or a window has no chapter.
    """
    import networkx as nx

    titles = [chapter.title for chapter in book.chapters] if book else [""] * last_chapter(graph)
    networks = networks_by_chapter(graph, network, slicing, width=width, chapters=len(titles))
    series = character_series(networks, character_measure(measure))
    changing = changes(graph, network, width=width, chapters=len(titles))
    people = most_mentioned(graph, top)
    known = {node for node, data in graph.nodes(data=True) if data.get("kind") in PEOPLE}
    present = {
        entity: one
        for entity, one in presence(mentions, len(titles)).items()
        if entity in known and sum(one.mentions) >= SELDOM
    }
    coming = entrances_and_exits(present, range(1, len(titles) + 1))
    return [
        ChapterMeasures(
            chapter=chapter,
            title=title,
            characters=networks[chapter].number_of_nodes(),
            ties=networks[chapter].number_of_edges(),
            density=float(nx.density(networks[chapter])),
            change=changing.get(chapter, 0.0),
            enter=coming[chapter].enter,
            leave=coming[chapter].leave,
            values={node: series[node][chapter] if node in series else 0.0 for node in people},
        )
        for chapter, title in enumerate(titles, start=1)
    ]


def most_mentioned(graph: networkx.Graph, top: int) -> list[str]:
    """Ids of so many single characters, the most mentioned first."""
    people = [node for node, data in graph.nodes(data=True) if data.get("kind") in PEOPLE]
    return sorted(people, key=lambda node: (-graph.nodes[node].get("mentions", 0), node))[:top]
