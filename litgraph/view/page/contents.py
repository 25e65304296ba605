"""What the page holds: the graph and the text as one JSON value, short enough to be sent around.

Lists of places in the text are written as steps from one to the next, in the units in which a browser counts (UTF-16).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litgraph import __version__
from litgraph.facts.wording import in_words
from litgraph.graph import edges_of
from litgraph.ontology import CO_OCCURS, NETWORKS, RELATIONS
from litgraph.types import Chapter, Mention, Quotation, Span
from litgraph.view.page.arrangement import arrange
from litgraph.view.page.storyline import storyline

if TYPE_CHECKING:
    import networkx

FORMAT = 1
Link = tuple[int, int, str, float]
"""Numbers of two nodes, a relation and its evidence."""

MOST_SORTED = 2_000
"""Nodes of the largest network in which communities are looked for: it takes seconds in larger ones."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of the page, and who is where in it.

    Attributes:
        text: what the offsets of everything else count in.
        divisions: they tile the text.
        paragraphs: in order.
        mentions: those that mean nobody are left out of a page that takes no corrections.
        quotations: in text order.
        whole: it is the book; else only the sentences that prove something.
    """

    text: str
    divisions: Sequence[Chapter]
    paragraphs: Sequence[Span]
    mentions: Sequence[Mention] = ()
    quotations: Sequence[Quotation] = ()
    whole: bool = True


def contents(graph: networkx.Graph, reading: PageText, *, correctable: bool = False) -> dict[str, Any]:
    """The value that the script of the page reads; ``data.js`` describes it.

    Args:
        graph: with evidence whose offsets count in the text.
        reading: the text.
        correctable: with what a correction needs: ids of mentions and quotations, and mentions that mean nobody (-1).
    """
    unit = _browser_units(reading.text)
    nodes = list(graph)
    number = {node: index for index, node in enumerate(nodes)}
    edges = sorted(edges_of(graph), key=lambda edge: (number[edge[0]], number[edge[1]], str(edge[2])))
    relations = list(dict.fromkeys(str(data.get("relation", key)) for _, _, key, data in edges))
    sources = list(dict.fromkeys(source for *_, data in edges for source in data.get("sources", ())))
    links = [(number[head], number[tail], str(key), float(data.get("weight", 1))) for head, tail, key, data in edges]
    words = {
        _in_words(graph, head, str(key), tail): index for index, (head, tail, key, _) in enumerate(edges)
    }  # what a fact follows from is told in words
    names = _first_chapters(reading.mentions)
    mentions = [
        one
        for one in sorted(reading.mentions, key=lambda one: (one.start, -one.end))
        if correctable or one.entity in number
    ]
    return {
        "format": FORMAT,
        "litgraph": __version__,
        "title": graph.graph.get("title", ""),
        "author": graph.graph.get("author", ""),
        "language": graph.graph.get("language", ""),
        "whole": reading.whole,
        "text": reading.text,
        "divisions": [
            [one.number, one.title, one.part, unit(one.start), unit(one.end), one.kind] for one in reading.divisions
        ],
        "paragraphs": _steps((unit(one.start), unit(one.end) - unit(one.start)) for one in reading.paragraphs),
        "nodes": [
            {
                "id": str(node),
                "name": str(data.get("name", node)),
                "kind": data.get("kind", "character"),
                "gender": data.get("gender", "unknown"),
                "mentions": data.get("mentions", 0),
                "first": data.get("first", 0),
                "last": data.get("last", 0),
                "ambiguous": bool(data.get("ambiguous")),
                "aliases": [[alias, names.get((node, alias.casefold()), 0)] for alias in data.get("aliases", ())],
                "at": place,
                "community": community,
            }
            for (node, data), place, community in zip(
                graph.nodes(data=True),
                arrange(len(nodes), _holding(links)),
                _communities(len(nodes), links),
                strict=True,
            )
        ],
        "relations": [_relation(name) for name in relations],
        "sources": sources,
        "edges": [
            {
                "of": [number[head], relations.index(str(data.get("relation", key))), number[tail]],
                "directed": bool(data.get("directed", True)),
                "confidence": data.get("confidence"),
                "weight": data.get("weight", 1),
                "chapters": [] if data.get("evidence") else list(data.get("chapters", ())),
                "inferred": data.get("basis") == "inferred",
                "because": [words.get(reason, reason) for reason in data.get("because", ())],
                "sources": [sources.index(source) for source in data.get("sources", ())],
                "evidence": _steps(
                    (unit(piece["start"]), unit(piece["end"]) - unit(piece["start"]))
                    for piece in sorted(data.get("evidence", ()), key=lambda piece: (piece["start"], piece["end"]))
                ),
            }
            for head, tail, key, data in edges
        ],
        "mentions": _steps(
            (unit(one.start), unit(one.end) - unit(one.start), number.get(one.entity, -1)) for one in mentions
        ),
        "quotations": [
            [unit(one.start), unit(one.end) - unit(one.start), number.get(one.speaker, -1)]
            + [number[hearer] for hearer in one.addressees if hearer in number]
            for one in reading.quotations
        ],
        "storyline": storyline(
            graph, reading.mentions, [one.number for one in reading.divisions if one.kind == "chapter"]
        ),
        "ids": {"mentions": [one.id for one in mentions], "quotations": [one.id for one in reading.quotations]}
        if correctable
        else {},
    }


def _browser_units(text: str) -> Callable[[int], int]:
    """What turns an offset in characters into one in UTF-16, in which some characters are two."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda offset: offset
    doubled = [index for index, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(doubled, offset)


def _steps(rows: Iterable[tuple[int, ...]]) -> list[int]:
    """Rows one after another in one list, the first number of each as the distance from that of the row before."""
    steps: list[int] = []
    before = 0
    for first, *rest in rows:
        steps += [first - before, *rest]
        before = first
    return steps


def _holding(links: Sequence[Link]) -> list[tuple[int, int, float]]:
    """The lines that say where nodes stand: facts and speeches; meetings for those alone that have no other line.

    Nearly all of the main characters meet each other, so that meetings would draw them into one heap.
    """
    held = {end for one, other, relation, _ in links if relation != CO_OCCURS and one != other for end in (one, other)}
    return [
        (one, other, weight)
        for one, other, relation, weight in links
        if relation != CO_OCCURS or one not in held or other not in held
    ]


def _communities(count: int, links: Sequence[Link]) -> list[int]:
    """Who belongs together (Blondel et al., *Fast Unfolding of Communities in Large Networks*, 2008), by number."""
    import networkx

    if count > MOST_SORTED:
        return [0] * count
    network = networkx.Graph()
    network.add_nodes_from(range(count))
    for one, other, _, weight in links:
        if one != other:
            before = network.get_edge_data(one, other, {"weight": 0.0})["weight"]
            network.add_edge(one, other, weight=before + weight)
    found = networkx.community.louvain_communities(network, seed=0) if count else []
    community = [0] * count
    for index, members in enumerate(sorted(map(sorted, found), key=lambda members: (-len(members), members))):
        for member in members:
            community[member] = index
    return community


def _first_chapters(mentions: Iterable[Mention]) -> dict[tuple[str, str], int]:
    """For each entity and each of its names, in small letters, the chapter in which it is first called so.

    "The duke" calls somebody "Duke", who is called so again and again: of a noun phrase the article is no part.
    """
    first: dict[tuple[str, str], int] = {}
    for one in mentions:
        if not one.entity or one.form == "pronoun":
            continue
        words = one.text.casefold().split()
        for called in (words, words[1:]) if one.form == "noun" else (words,):
            key = (one.entity, " ".join(called))
            first[key] = min(one.chapter, first.get(key, one.chapter))
    return first


def _relation(name: str) -> dict[str, Any]:
    """A relation's family, and its wording with {head} and {tail} where the names stand."""
    family = RELATIONS[name].family if name in RELATIONS else name if name in NETWORKS else "other"
    return {"name": name, "family": family, "words": in_words(name, "{head}", "{tail}")}


def _in_words(graph: networkx.Graph, head: str, relation: str, tail: str) -> str:
    return in_words(relation, *(str(graph.nodes[end].get("name", end)) for end in (head, tail)))
