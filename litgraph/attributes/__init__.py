"""What somebody puts on a graph in a notebook (numbers of a table, dates, sets …), made fit for files and databases.

The rules stand in :mod:`litgraph.attributes.values`, one table for all. What has no form by them is left out, and so is
what bears a name of litgraph's own and not its shape (:mod:`litgraph.attributes.own`); a notice says so with the
attribute and the nodes or edges that bear it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from litgraph.attributes.own import wrong_shape
from litgraph.attributes.values import NoForm, is_plain, plain
from litgraph.errors import ExportError
from litgraph.graph import edges_of
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx

__all__ = ["plain_graph"]

_EXTENT = {True: "The", False: "A part of the"}
_MOST_NAMES = 5  # nodes or edges that a notice names


def plain_graph(graph: networkx.Graph, tell: Tell = warn, *, temporal: bool = False) -> networkx.Graph:
    """The graph with ids, names and values as :mod:`litgraph.attributes.values` says; itself if it has no others.

    Ids of nodes and keys of edges that are neither numbers nor text become text.

    Args:
        graph: of any kind that networkx knows.
        tell: told what is left out, in a line for each attribute and reason.
        temporal: whether dates, times and durations stay such; else they become ISO 8601 text.

    Raises:
        ExportError: two nodes would have the same id.
    """
    if _is_plain(graph):
        return graph
    left_out = _LeftOut(temporal)
    ids = _ids(graph)
    kind = graph.to_directed_class() if graph.is_directed() else graph.to_undirected_class()
    made: networkx.Graph = kind()
    made.graph.update(left_out.attributes("graph", "", graph.graph))
    made.add_nodes_from((ids[node], left_out.attributes("node", ids[node], data)) for node, data in graph.nodes.items())
    for head, tail, key, data in edges_of(graph):
        name = f"{ids[head]} → {ids[tail]} ({data.get('relation', key)})"
        end = (_plain_id(key),) if graph.is_multigraph() else ()
        made.add_edges_from([(ids[head], ids[tail], *end, left_out.attributes("edge", name, data))])
    for line in left_out.lines():
        tell(line)
    return made


def _is_plain(graph: networkx.Graph) -> bool:
    if not (is_plain(graph.graph) and all(_is_id(node) and _fits("node", data) for node, data in graph.nodes.items())):
        return False
    return all(_is_id(key) and _fits("edge", data) for _, _, key, data in edges_of(graph))


def _fits(domain: str, data: Mapping[Any, object]) -> bool:
    return is_plain(data) and not any(wrong_shape(domain, name, value) for name, value in data.items())


def _is_id(value: object) -> bool:
    return is_plain(value) and not isinstance(value, (list, dict))


def _plain_id(value: Hashable) -> Any:
    try:
        made = plain(value, [], temporal=False)
    except NoForm:
        return str(value)
    return str(value) if isinstance(made, (list, dict)) else made


def _ids(graph: networkx.Graph) -> dict[Any, Any]:
    ids = {node: _plain_id(node) for node in graph}
    owner: dict[Any, Any] = {}
    for node, identifier in ids.items():
        if owner.setdefault(identifier, node) is not node:
            raise ExportError(
                f"Two nodes would have the same id: {owner[identifier]!r} and {node!r}.", "Rename one of them."
            )
    return ids


@dataclass(slots=True)
class _LeftOut:
    """Makes attributes plain and remembers what it leaves out: who bears it, by domain, attribute, whole and reason."""

    temporal: bool
    bearers: dict[tuple[str, str, bool, str], list[str]] = field(default_factory=dict)

    def attributes(self, domain: str, bearer: object, data: Mapping[Any, object]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in data.items():
            name, parts = str(key), list[str]()
            try:
                if name in made:
                    raise NoForm("another has the same name once it is text")
                fit = plain(value, parts, temporal=self.temporal)
                if wrong := wrong_shape(domain, name, fit):
                    raise NoForm(wrong)
                made[name] = fit
            except NoForm as reason:
                self._note(domain, name, True, str(reason), bearer)
            for reason_text in dict.fromkeys(parts):
                self._note(domain, name, False, reason_text, bearer)
        return made

    def _note(self, domain: str, name: str, whole: bool, reason: str, bearer: object) -> None:
        self.bearers.setdefault((domain, name, whole, reason), []).append(str(bearer))

    def lines(self) -> list[str]:
        return [
            f'{_EXTENT[whole]} attribute "{name}" of {_named(domain, bearers)} is left out: {reason}.'
            for (domain, name, whole, reason), bearers in self.bearers.items()
        ]


def _named(domain: str, bearers: list[str]) -> str:
    if domain == "graph":
        return "the graph"
    if len(bearers) == 1:
        return f"the {domain} {bearers[0]}"
    names, more = bearers[:_MOST_NAMES], len(bearers) - _MOST_NAMES
    return f"the {domain}s {', '.join(names)}{f' and {more:,} more' if more > 0 else ''}"
