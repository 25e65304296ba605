"""GEXF 1.3 for Gephi and Gephi Lite: as it stands, or with the chapters as time.

- Gephi takes two edges between the same nodes for one, unless their ``kind`` differs; so the relation is the kind.
- networkx refuses a file that mixes directed and undirected edges, so all are directed unless the graph is simple; an
  undirected relation says so in its attribute ``directed``.
- An attribute called like one of the format's own fields would be read as that field; it gets an underscore.
- Gephi Lite takes an attribute's id for its title, unless it is a number; and it knows one list of attributes of nodes
  and one of edges, so that there can be no weights that change in time beside attributes that do not.
- Lists, objects and None are JSON in a string. GEXF's own lists mean other things to different readers.

In time, a node exists in the chapters in which an edge has it or it is first or last seen, an edge in those of its
evidence, from the first to the last of successive ones, both included.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from litgraph.attributes import plain_graph
from litgraph.errors import ExportError
from litgraph.export.attributes import SCALARS, json_text, unique_ids, value_kind, xml_text
from litgraph.files import written_whole
from litgraph.graph import edges_of
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx

NAMESPACE = "http://gexf.net/1.3"
_FIELDS = {
    "node": {"id", "label", "pid", "start", "end", "spells"},
    "edge": {"id", "label", "type", "kind", "weight", "source", "target", "start", "end", "spells"},
}


def write_gexf(
    graph: networkx.Graph, path: str | os.PathLike[str], *, dynamic: bool = False, tell: Tell = warn
) -> None:
    """Write the graph as GEXF 1.3, whole or not at all.

    Characters that XML 1.0 cannot hold are left out, and so is what the graph says of itself but title and author, and
    values that have no form (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph, simple or not.
        path: the file.
        dynamic: with spells by chapter, for a timeline.
        tell: told which values have no form.

    Raises:
        ExportError: the file cannot be written; two nodes have the same id once it is written as text; or ``dynamic``,
            and no edge names a chapter.
    """
    lines = _lines(plain_graph(graph, tell), dynamic)
    with written_whole(path) as file:
        for line in lines:
            file.write(line.encode("utf-8") + b"\n")


@dataclass(slots=True)
class _Attributes:
    """The attributes of all nodes or of all edges: name -> type, in the order in which they first occur."""

    domain: str
    types: dict[str, str] = field(default_factory=dict)

    def add(self, attributes: Mapping[str, Any]) -> None:
        for name, value in attributes.items():
            kind = value_kind(value)
            kind = kind if kind in SCALARS else "json"
            earlier = self.types.setdefault(name, kind)
            if earlier != kind:
                self.types[name] = "double" if {earlier, kind} == {"long", "double"} else "json"

    def declarations(self) -> Iterator[str]:
        yield f'<attributes class="{self.domain}" mode="static">'
        for number, (name, kind) in enumerate(self.types.items()):
            title = xml_text(f"{name}_" if name in _FIELDS[self.domain] else str(name))
            kind = "string" if kind == "json" else kind
            yield f'<attribute id="{number}" title={quoteattr(title)} type="{kind}"/>'
        yield "</attributes>"

    def values(self, attributes: Mapping[str, Any]) -> Iterator[str]:
        for number, (name, kind) in enumerate(self.types.items()):
            if name in attributes:
                text = _text(attributes[name], kind)
                yield f'<attvalue for="{number}" value={quoteattr(xml_text(text))}/>'


def _lines(graph: networkx.Graph, dynamic: bool) -> Iterator[str]:
    nodes, edges = _Attributes("node"), _Attributes("edge")
    for _, data in graph.nodes(data=True):
        nodes.add(data)
    for *_, data in edges_of(graph):
        edges.add(_without_weight(data))
    chapters_of_node = _chapters_of_nodes(graph) if dynamic else {}
    ids = unique_ids(graph, "GEXF")
    yield from _start(graph, _time(chapters_of_node) if dynamic else 'mode="static"')
    yield from nodes.declarations()
    yield from edges.declarations()
    yield "<nodes>"
    for node, data in graph.nodes(data=True):
        start = f"node id={quoteattr(ids[node])} label={quoteattr(xml_text(str(data.get('name', node))))}"
        yield from _element(start, nodes.values(data), _spells(chapters_of_node.get(node, ())))
    yield "</nodes>"
    yield "<edges>"
    for number, (head, tail, key, data) in enumerate(edges_of(graph)):
        relation = quoteattr(xml_text(str(data.get("relation", key))))
        ends = f"source={quoteattr(ids[head])} target={quoteattr(ids[tail])}"
        weight = float(data.get("weight", 1))
        start = f'edge id="e{number}" {ends} label={relation} kind={relation} weight="{weight}"'
        spells = _spells(_chapters(data)) if dynamic else ()
        yield from _element(start, edges.values(_without_weight(data)), spells)
    yield from ("</edges>", "</graph>", "</gexf>")


def _time(chapters_of_node: Mapping[Any, set[int]]) -> str:
    chapters = [chapter for numbers in chapters_of_node.values() for chapter in numbers]
    if not chapters:
        raise ExportError("A graph without chapters has no time line.", 'Write it as "gexf".')
    span = f'start="{min(chapters)}" end="{max(chapters)}"'
    return f'mode="dynamic" timeformat="integer" timerepresentation="interval" {span}'


def _start(graph: networkx.Graph, mode: str) -> Iterator[str]:
    title, author = (str(graph.graph.get(name) or "") for name in ("title", "author"))
    description = escape(xml_text(", ".join(filter(None, (title, author)))))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{NAMESPACE}" version="1.3">'
    yield f"<meta><creator>litgraph</creator><description>{description}</description></meta>"
    yield f'<graph defaultedgetype="{"directed" if graph.is_directed() else "undirected"}" {mode}>'


def _element(start: str, values: Iterable[str], spells: Iterable[str] = ()) -> Iterator[str]:
    yield f"<{start}>"
    for name, items in (("attvalues", values), ("spells", spells)):
        inner = "".join(items)
        if inner:
            yield f"<{name}>{inner}</{name}>"
    yield f"</{start.split(' ', 1)[0]}>"


def _without_weight(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "weight"}


def _text(value: object, kind: str) -> str:
    if kind == "json":
        return json_text(value)
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "double":
        return repr(float(value))  # type: ignore[arg-type]
    return str(value)


def _chapters(data: Mapping[str, Any]) -> set[int]:
    return {*data.get("chapters", ()), *(piece["chapter"] for piece in data.get("evidence", ()))}


def _chapters_of_nodes(graph: networkx.Graph) -> dict[Any, set[int]]:
    chapters_of_node = {
        node: {data[name] for name in ("first", "last") if isinstance(data.get(name), int)}
        for node, data in graph.nodes(data=True)
    }
    for head, tail, _, data in edges_of(graph):
        chapters_of_node[head] |= _chapters(data)
        chapters_of_node[tail] |= _chapters(data)
    return chapters_of_node


def _spells(chapters: Iterable[int]) -> Iterator[str]:
    spells: list[list[int]] = []
    for chapter in sorted(chapters):
        if spells and chapter == spells[-1][1] + 1:
            spells[-1][1] = chapter
        else:
            spells.append([chapter, chapter])
    for start, end in spells:
        yield f'<spell start="{start}" end="{end}"/>'
