"""GraphML read back: what `litgraph.export.graphml` wrote, or what other programs made of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError

from litgraph.errors import RunFolderError

if TYPE_CHECKING:
    import networkx

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
JSON = "JSON"
"""The ``<desc>`` of a key whose values are JSON."""
COPY = "copy for display"
"""The ``<desc>`` of a key that only repeats another."""


def read_graphml(path: str | os.PathLike[str]) -> networkx.MultiDiGraph:
    """Read what `write_graphml` wrote: the same attributes, edges keyed by their relation.

    Other GraphML of nodes, edges and data is read as well; an edge without a relation is keyed by its id.

    Raises:
        RunFolderError: there is no such file, or it is no GraphML, or it declares XML entities.
    """
    import defusedxml.ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        tree = defusedxml.ElementTree.parse(os.fspath(path), forbid_dtd=True)
        return _graph(tree.getroot())
    except OSError as error:
        raise RunFolderError(f"{path} cannot be read: {error.strerror or error}.", _REBUILD) from error
    except DefusedXmlException as error:
        raise RunFolderError(f"{path} declares XML entities, which no GraphML of a graph does.", _REBUILD) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise RunFolderError(f"{path} is no GraphML: {error}.", _REBUILD) from error


_REBUILD = "Build or export the graph again."


def _graph(root: Element | None) -> networkx.MultiDiGraph:
    import networkx

    body = root.find(_tag("graph")) if root is not None and root.tag == _tag("graphml") else None
    if root is None or body is None:
        raise ValueError("it holds no <graphml> with a <graph>")
    readers = {key.get("id", ""): _reader(key) for key in root.iterfind(_tag("key"))}
    graph = networkx.MultiDiGraph()
    graph.graph.update(_read_data(readers, body))
    graph.add_nodes_from((_attribute(node, "id"), _read_data(readers, node)) for node in body.iterfind(_tag("node")))
    for number, edge in enumerate(body.iterfind(_tag("edge"))):
        head, tail = _attribute(edge, "source"), _attribute(edge, "target")
        if head not in graph or tail not in graph:
            raise ValueError(f"an edge names a node that is not there: {head} or {tail}")
        data = _read_data(readers, edge)
        identifier = edge.get("id", f"e{number}")
        key = data.get("relation", identifier)
        graph.add_edges_from([(head, tail, identifier if graph.has_edge(head, tail, key) else key, data)])
    return graph


_Reader = tuple[str, Callable[[str], Any]]


def _reader(key: Element) -> _Reader | None:
    """The name of an attribute and how to read its values; None for one that only repeats another."""
    name = key.get("attr.name", key.get("id", ""))
    note = key.findtext(_tag("desc"), "")
    if note == COPY:
        return None
    return name, json.loads if note == JSON else _PARSERS.get(key.get("attr.type", ""), str)


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "boolean": lambda text: text.strip().lower() in ("true", "1"),
    "int": int,
    "long": int,
    "float": float,
    "double": float,
}


def _read_data(readers: Mapping[str, _Reader | None], element: Element) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for item in element.iterfind(_tag("data")):
        key = _attribute(item, "key")
        if key not in readers:
            raise ValueError(f"no <key> declares {key}")
        reader = readers[key]
        if reader:
            name, parse = reader
            data[name] = parse(item.text or "")
    return data


def _attribute(element: Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise ValueError(f"a <{element.tag.rpartition('}')[2]}> has no {name}")
    return value


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
