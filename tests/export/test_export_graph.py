from __future__ import annotations

from pathlib import Path

import networkx
import pytest

from litgraph.errors import ExportError
from litgraph.export import SUFFIXES, export_graph
from litgraph.export.graphml import read_graphml
from litgraph.export.node_link import read_node_link


@pytest.fixture
def graph() -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph(title="Emma")
    for name in ("Emma", "Mr. Knightley"):
        graph.add_node(name, kind="character", name=name, mentions=3)
    graph.add_edge("Emma", "Mr. Knightley", "lover_of", relation="lover_of", weight=3)
    return graph


@pytest.mark.parametrize(
    ("name", "read"), [("a.graphml", read_graphml), ("A.GraphML", read_graphml), ("a.json", read_node_link)]
)
def test_the_ending_chooses_the_format(tmp_path: Path, graph: networkx.MultiDiGraph, name: str, read) -> None:  # type: ignore[no-untyped-def]
    export_graph(graph, tmp_path / name)
    assert networkx.utils.graphs_equal(read(tmp_path / name), graph)


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml")])
def test_pictures_are_formats_too(tmp_path: Path, graph: networkx.MultiDiGraph, name: str, start: bytes) -> None:
    pytest.importorskip("matplotlib")
    export_graph(graph, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["graph.xlsx", "graph", ".graphml"])
def test_another_ending_is_answered_by_the_formats_there_are(
    tmp_path: Path, graph: networkx.MultiDiGraph, name: str
) -> None:
    with pytest.raises(ExportError) as caught:
        export_graph(graph, tmp_path / name)
    assert all(suffix in caught.value.hint for suffix in SUFFIXES)
    assert not list(tmp_path.iterdir())
