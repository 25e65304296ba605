"""GraphML that Gephi, Cytoscape, igraph, networkx and Neo4j's APOC read alike, and that reads back without loss.

What each of them needs, beyond the schema:

- networkx: ids of keys are unique in the file, nodes and edges together; no edge says ``directed="false"`` in a
  directed graph, so that an undirected relation says so in its attribute ``directed``.
- Gephi: the data ``label`` of nodes and edges is what it shows (ours are copies of ``name`` and ``relation``),
  ``weight`` is the weight; edges whose XML ids repeat are dropped, so they count e0, e1 …
- APOC: labels and types stand on the elements, ``<node labels=":Entity:Character">``, ``<edge label="SPOUSE_OF">``;
  ``attr.list`` makes a list property of a JSON list.

An attribute has one type in the whole file: boolean, long, double or string. Lists, objects, None and attributes of
mixed type are written as JSON in a string, and their key says so in its ``<desc>``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from litgraph.attributes import plain_graph
from litgraph.errors import ExportError
from litgraph.export.attributes import (
    LIST_OF,
    NOT_XML,
    SCALARS,
    json_text,
    unique_ids,
    value_kind,
    xml_text,
)
from litgraph.export.graphml_reader import COPY, JSON, NAMESPACE, read_graphml
from litgraph.files import written_whole
from litgraph.graph import edges_of
from litgraph.ontology import cypher_type
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx

__all__ = ["read_graphml", "write_graphml", "write_graphml_of_many"]

Domain = Literal["node", "edge", "graph"]
Attributes = Mapping[str, Any]
Kinds = dict[str, set[str]]
"""Name of an attribute -> the kinds of values that it has."""


def write_graphml(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> None:
    """Write the graph as GraphML, whole or not at all.

    Characters that XML 1.0 cannot hold (control characters, half surrogate pairs) are left out, and so are values
    that have no form (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph, simple or not.
        path: the file.
        tell: told which values have no form.

    Raises:
        ExportError: the file cannot be written, or two nodes have the same id once it is written as text.
    """
    plain = plain_graph(graph, tell)
    _write(path, lambda: [plain], plain.graph, directed=graph.is_directed())


def write_graphml_of_many(
    graphs: Callable[[], Iterable[networkx.Graph]], path: str | os.PathLike[str], attributes: Attributes
) -> None:
    """Write several directed graphs as one, of which only one is held at a time.

    Args:
        graphs: gives them, twice, and the same both times: plain ones (see :func:`litgraph.attributes.plain_graph`),
            no two of which have a node of the same id. What the graphs themselves have as attributes is left out.
        path: the file.
        attributes: of the whole; plain values.

    Raises:
        ExportError: the file cannot be written, two nodes of one graph have the same id once it is written as text, or
            the graphs are others the second time.
    """
    _write(path, graphs, attributes, directed=True)


@dataclass(frozen=True, slots=True)
class _Key:
    """One declared attribute: its id in the file, and how its values are written."""

    id: str
    domain: Domain
    name: str
    type: str
    list_type: str = ""
    note: str = ""

    def declaration(self) -> str:
        of_list = f" attr.list={quoteattr(self.list_type)}" if self.list_type else ""
        name = f"attr.name={quoteattr(xml_text(self.name))} attr.type={quoteattr(self.type)}{of_list}"
        start = f'<key id={quoteattr(self.id)} for="{self.domain}" {name}'
        return f"{start}><desc>{self.note}</desc></key>" if self.note else f"{start}/>"

    def data(self, value: object) -> str:
        return f"<data key={quoteattr(self.id)}>{escape(self._text(value), _RETURN)}</data>"

    def _text(self, value: object) -> str:
        if self.note == JSON:
            return NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", json_text(value))
        if self.type == "boolean":
            return "true" if value else "false"
        if self.type == "double":
            return repr(float(value))  # type: ignore[arg-type]
        return xml_text(str(value))


_RETURN = {"\r": "&#13;"}  # a bare carriage return would be read back as a line feed


@dataclass(frozen=True, slots=True)
class _Table:
    """The attributes of all nodes, of all edges or of the graph.

    The values of the attribute ``label_source`` are copied to the key ``label``, if there is one.
    """

    keys: Mapping[str, _Key]
    label_source: str = ""
    label: _Key | None = None

    def declarations(self) -> Iterator[str]:
        for key in self.keys.values():
            yield key.declaration()
        if self.label:
            yield self.label.declaration()

    def data(self, attributes: Attributes) -> Iterator[str]:
        for name, value in attributes.items():
            if name not in self.keys:
                raise ExportError(f'The graphs were changed while they were written: "{name}" is new.', "Try again.")
            yield self.keys[name].data(value)
        if self.label and self.label_source in attributes:
            yield self.label.data(attributes[self.label_source])


def _write(
    path: str | os.PathLike[str], graphs: Callable[[], Iterable[networkx.Graph]], attributes: Attributes, directed: bool
) -> None:
    with written_whole(path) as file:
        for line in _lines(graphs, attributes, directed):
            file.write(line.encode("utf-8") + b"\n")


def _lines(graphs: Callable[[], Iterable[networkx.Graph]], attributes: Attributes, directed: bool) -> Iterator[str]:
    of_nodes: Kinds = {}
    of_edges: Kinds = {}
    for graph in graphs():
        _add_kinds(of_nodes, graph.nodes.values())
        _add_kinds(of_edges, (data for *_, data in edges_of(graph)))
    used_ids: set[str] = set()
    nodes = _table("node", of_nodes, "name", used_ids)
    edges = _table("edge", of_edges, "relation", used_ids)
    whole = _table("graph", _add_kinds({}, [attributes]), "", used_ids)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{NAMESPACE}">'
    for table in (nodes, edges, whole):
        yield from table.declarations()
    yield f'<graph edgedefault="{"directed" if directed else "undirected"}">'
    yield from whole.data(attributes)
    number = 0
    for graph in graphs():
        ids = unique_ids(graph, "GraphML")
        for node, data in graph.nodes(data=True):
            yield f"<node id={quoteattr(ids[node])} labels={quoteattr(_labels(data))}>"
            yield from nodes.data(data)
            yield "</node>"
        for head, tail, key, data in edges_of(graph):
            ends = f"source={quoteattr(ids[head])} target={quoteattr(ids[tail])}"
            yield f'<edge id="e{number}" {ends} label={quoteattr(_type(data.get("relation", key)))}>'
            yield from edges.data(data)
            yield "</edge>"
            number += 1
    yield "</graph>"
    yield "</graphml>"


def _add_kinds(kinds: Kinds, elements: Iterable[Attributes]) -> Kinds:
    for attributes in elements:
        for name, value in attributes.items():
            kinds.setdefault(name, set()).add(value_kind(value))
    return kinds


def _table(domain: Domain, kinds: Kinds, label_source: str, used_ids: set[str]) -> _Table:
    keys = {name: _key(domain, name, value_kinds, used_ids) for name, value_kinds in kinds.items()}
    if label_source not in keys or "label" in keys:
        return _Table(keys)
    return _Table(keys, label_source, _Key(_unique("label", domain, used_ids), domain, "label", "string", note=COPY))


def _key(domain: Domain, name: str, kinds: set[str], used_ids: set[str]) -> _Key:
    name = str(name)
    identifier = _unique(xml_text(name) or domain, domain, used_ids)
    if kinds == {"long", "double"}:
        kinds = {"double"}
    if len(kinds) == 1 and kinds <= SCALARS:
        return _Key(identifier, domain, name, *kinds)
    items = {kind.removeprefix(LIST_OF) for kind in kinds} - {""}
    flat_lists = all(kind.startswith(LIST_OF) for kind in kinds) and len(items) == 1
    return _Key(identifier, domain, name, "string", items.pop() if flat_lists else "", JSON)


def _unique(identifier: str, domain: Domain, used_ids: set[str]) -> str:
    while identifier in used_ids:
        identifier = f"{domain}_{identifier}"
    used_ids.add(identifier)
    return identifier


def _labels(data: Attributes) -> str:
    kind = "".join(word.capitalize() for word in re.findall(r"[^\W_]+", str(data.get("kind", ""))))
    return f":Entity:{kind}" if kind else ":Entity"


def _type(relation: object) -> str:
    return re.sub(r"\W+", "_", cypher_type(str(relation))) or "_"
