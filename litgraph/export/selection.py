"""The part of a graph that one wants to have: `select_graph`, pure and in the order that its arguments stand.

What is left is a graph like any other: it can be written, drawn, loaded and asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, get_args

from litgraph.attributes import plain_graph
from litgraph.errors import SettingsError
from litgraph.ontology import CO_OCCURS, NETWORKS, RELATIONS
from litgraph.progress import Tell, warn
from litgraph.types import ENTITY_KINDS

if TYPE_CHECKING:
    import networkx

Evidence = Literal["none", "short", "full"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)

SHORT_EVIDENCE = 160
"""Characters that short evidence has at most."""

RELATION_SEPARATOR = "; "
"""Between the relations of two nodes that were joined into one edge."""


def select_graph(
    graph: networkx.MultiDiGraph,
    *,
    kinds: Collection[str] = (),
    relations: Collection[str] = (),
    exclude_relations: Collection[str] = (),
    chapters: Sequence[range] = (),
    minimum_confidence: float = 0.0,
    simple: bool = False,
    minimum_weight: float = 0.0,
    evidence: Evidence = "full",
    tell: Tell = warn,
) -> networkx.Graph:
    """A new graph of what was asked for; the old one stays as it is. Without arguments it is a copy.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        kinds: only nodes of these kinds (character, group, place, organisation, vehicle); all if empty.
        relations: only edges of these relations; all if empty.
        exclude_relations: no edges of these relations.
        chapters: only evidence from these chapters. ``weight`` becomes the number of pieces that are left, and edges
            without any go; ``words`` are likewise those that are left. A node stays if an edge of these chapters has
            it, or if it is first or last seen in them.
            ``confidence`` and a node's ``mentions`` remain those of the whole book, of which alone they are known.
        minimum_confidence: edges that are less sure are left out; co-occurrence is not judged.
        simple: one undirected edge for each pair, see :func:`joined`; the result is a ``networkx.Graph``.
        minimum_weight: lighter edges are left out, after they were joined.
        evidence: "full" keeps it; "short" keeps the first piece of each edge, cut to `SHORT_EVIDENCE` characters;
            "none" keeps nothing of it. Weight, confidence and chapters stay.
        tell: told which attributes have no form and are left out (see :mod:`litgraph.attributes.values`).

    Raises:
        SettingsError: a kind or a kind of evidence that does not exist, a relation that neither the graph has nor the
            vocabulary, a confidence that is not between 0 and 1.
    """
    _check(graph, kinds, relations, exclude_relations, minimum_confidence, evidence)
    import networkx

    graph = plain_graph(graph, tell, temporal=True)
    selection = networkx.MultiDiGraph()
    selection.graph.update(graph.graph)
    selection.add_nodes_from(
        (node, dict(data)) for node, data in graph.nodes(data=True) if not kinds or data.get("kind") in kinds
    )
    for head, tail, key, data in graph.edges(keys=True, data=True):
        relation = data.get("relation", key)
        is_sure = relation == CO_OCCURS or data.get("confidence", 1.0) >= minimum_confidence
        is_wanted = (not relations or relation in relations) and relation not in exclude_relations
        if head in selection and tail in selection and is_wanted and is_sure:
            # Not add_edge(): an attribute may be called like one of its parameters.
            selection.add_edges_from([(head, tail, key, dict(data))])
    if chapters:
        selection = within(selection, chapters)
    if simple:
        selection = joined(selection)
    light_edges = [edge for edge, data in selection.edges.items() if data.get("weight", 1) < minimum_weight]
    selection.remove_edges_from(light_edges)
    if evidence != "full":
        for *_, data in selection.edges(data=True):
            _shorten(data, evidence)
    return selection


def within(graph: networkx.MultiDiGraph, chapters: Sequence[range]) -> networkx.MultiDiGraph:
    """The graph of some chapters, as :func:`select_graph` describes it."""
    import networkx

    def inside(chapter: object) -> bool:
        return isinstance(chapter, Integral) and any(int(chapter) in some for some in chapters)

    part = networkx.MultiDiGraph()
    part.graph.update(graph.graph)
    nodes = {node for node, data in graph.nodes(data=True) if inside(data.get("first")) or inside(data.get("last"))}
    edges = []
    for head, tail, key, data in graph.edges(keys=True, data=True):
        attributes = {**data, "chapters": [chapter for chapter in data.get("chapters", ()) if inside(chapter)]}
        if attributes["chapters"]:
            if "evidence" in data:
                attributes["evidence"] = [piece for piece in data["evidence"] if inside(piece["chapter"])]
                attributes["weight"] = len(attributes["evidence"])
                if "words" in data and all("words" in piece for piece in attributes["evidence"]):
                    attributes["words"] = sum(piece["words"] for piece in attributes["evidence"])
            edges.append((head, tail, key, attributes))
            nodes |= {head, tail}
    part.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in nodes)
    part.add_edges_from(edges)
    return part


def joined(graph: networkx.MultiDiGraph) -> networkx.Graph:
    """One undirected edge for each pair of nodes that has any.

    ``relation`` names all the relations, the heaviest first, `RELATION_SEPARATOR` between them; ``evidence`` has their
    different pieces, and ``weight`` is how many these are (of edges without evidence, the sum of their weights);
    ``confidence`` is that of the surest; ``words`` is the sum, where somebody speaks; ``chapters``, ``sources`` and
    ``raw`` are those of all. A relation of a node with itself stays one.
    """
    import networkx

    pairs: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    order = {node: number for number, node in enumerate(graph)}
    for head, tail, key, data in graph.edges(keys=True, data=True):
        pair = (head, tail) if order[head] <= order[tail] else (tail, head)
        pairs.setdefault(pair, []).append({"relation": key, **data})
    simple = networkx.Graph()
    simple.graph.update(graph.graph)
    simple.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True))
    simple.add_edges_from((*pair, _joined_attributes(edges)) for pair, edges in pairs.items())
    return simple


def chapters_in(text: str) -> list[range]:
    """Chapters as a person writes them: "1-10", "3", "1-3,7,12-".

    Raises:
        SettingsError: it says something else.
    """
    ranges = []
    for part in text.split(","):
        match = _CHAPTERS.fullmatch(part.strip())
        first, last = (match["first"], match["last"]) if match else ("", None)
        if not match or not (first or last):
            raise SettingsError(f'"{text}" names no chapters.', 'Write them as "1-10", "3", or "1-3,7,12-".')
        start = int(first or 1)
        stop = start if last is None else int(last or _LAST)
        if stop < start:
            raise SettingsError(f'"{part.strip()}" runs backwards.', f'Write it as "{stop}-{start}".')
        ranges.append(range(start, stop + 1))
    return ranges


_CHAPTERS = re.compile(r"(?P<first>\d{0,6})(?:\s*[-–]\s*(?P<last>\d{0,6}))?")
_LAST = 10**6


def _check(
    graph: networkx.MultiDiGraph,
    kinds: Collection[str],
    relations: Collection[str],
    exclude_relations: Collection[str],
    minimum_confidence: float,
    evidence: str,
) -> None:
    for kind in kinds:
        if kind not in ENTITY_KINDS:
            raise SettingsError(f'There is no kind "{kind}".', f"The kinds are {', '.join(ENTITY_KINDS)}.")
    relations_there = {data.get("relation", key) for _, _, key, data in graph.edges(keys=True, data=True)}
    for relation in (*relations, *exclude_relations):
        if relation not in relations_there and relation not in (*RELATIONS, *NETWORKS):
            names = ", ".join(sorted(map(str, relations_there))) or "none at all"
            raise SettingsError(f'The graph has no relation "{relation}".', f"It has {names}.")
    if not 0.0 <= minimum_confidence <= 1.0:
        raise SettingsError(f"A confidence of {minimum_confidence} is not possible.", "Choose one between 0 and 1.")
    if evidence not in EVIDENCE:
        raise SettingsError(f'There is no evidence "{evidence}".', f"Choose one of {', '.join(EVIDENCE)}.")


def _joined_attributes(edges: list[Mapping[str, Any]]) -> dict[str, Any]:
    edges = sorted(edges, key=lambda edge: (-edge.get("weight", 1), str(edge["relation"])))
    names = dict.fromkeys(str(edge["relation"]) for edge in edges)
    attributes: dict[str, Any] = {
        "relation": RELATION_SEPARATOR.join(names),
        "directed": False,
        "weight": sum(edge.get("weight", 1) for edge in edges),
    }
    confidences = [edge["confidence"] for edge in edges if "confidence" in edge]
    if confidences:
        attributes["confidence"] = max(confidences)
    if any("words" in edge for edge in edges):
        attributes["words"] = sum(edge.get("words", 0) for edge in edges)
    if any("evidence" in edge for edge in edges):
        pieces = [piece for edge in edges for piece in edge.get("evidence", ())]
        piece_at = {(piece["start"], piece["end"]): piece for piece in pieces}
        attributes["evidence"] = [piece_at[place] for place in sorted(piece_at)]
        if len(pieces) == attributes["weight"]:
            attributes["weight"] = len(piece_at)
    for name in ("chapters", "sources", "raw"):
        if any(name in edge for edge in edges):
            attributes[name] = _union(edge.get(name, ()) for edge in edges)
    return attributes


def _union(lists: Iterable[Iterable[Any]]) -> list[Any]:
    return sorted({item for items in lists for item in items})


def _shorten(data: dict[str, Any], evidence: Evidence) -> None:
    if evidence == "none":
        data.pop("evidence", None)
    elif "evidence" in data:
        data["evidence"] = [{**piece, "text": _beginning(piece["text"])} for piece in data["evidence"][:1]]


def _beginning(text: str) -> str:
    if len(text) <= SHORT_EVIDENCE:
        return text
    return text[: SHORT_EVIDENCE - 1].rsplit(" ", 1)[0].rstrip(" ,;:—-") + "…"
