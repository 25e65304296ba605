from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import ExportError, RunFolderError
from litgraph.export.node_link import read_node_link, write_node_link

values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=2)
attributes = st.dictionaries(
    st.text().filter(lambda name: name not in ("id", "source", "target", "key")), values, max_size=3
)


@given(whole=attributes, node=attributes, edge=attributes, name=st.text(), key=st.text())
@settings(deadline=None, max_examples=60)
def test_nothing_is_lost(
    whole: dict[str, Any],
    node: dict[str, Any],
    edge: dict[str, Any],
    name: str,
    key: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "graph.json"
    graph = networkx.MultiDiGraph()
    graph.graph.update(whole)
    graph.add_node(name)
    graph.nodes[name].update(node)
    graph.add_edge(name, name, key)
    graph.edges[name, name, key].update(edge)
    write_node_link(graph, path)
    back = read_node_link(path)
    assert back.graph == whole
    assert list(back.nodes(data=True)) == [(name, node)]
    assert list(back.edges(keys=True, data=True)) == [(name, name, key, edge)]


def test_attributes_called_like_parameters_of_networkx_are_only_attributes(tmp_path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.graph["incoming_graph_data"] = 1
    graph.add_nodes_from([("a", {"node_for_adding": 1})])
    graph.add_edges_from([("a", "a", "r", {"u_for_edge": 1})])
    write_node_link(graph, tmp_path / "graph.json")
    assert networkx.utils.graphs_equal(read_node_link(tmp_path / "graph.json"), graph)


def test_networkx_reads_it(tmp_path: Path) -> None:
    graph = networkx.MultiDiGraph(title="Emma")
    graph.add_node("emma", aliases=["Emma", "Miss Woodhouse"], gender=None)
    graph.add_edge("emma", "mr-knightley", "lover_of", weight=3)
    graph.add_edge("emma", "mr-knightley", "friend_of", weight=1)
    write_node_link(graph, tmp_path / "graph.json")
    data = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))
    back = networkx.node_link_graph(data, edges="edges")
    assert networkx.utils.graphs_equal(back, graph)


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text("old", encoding="utf-8")
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(["emma", Path("emma")])
    with pytest.raises(ExportError, match="same id"):
        write_node_link(graph, path)
    assert path.read_text(encoding="utf-8") == "old"


def test_an_attribute_that_would_overwrite_the_id_is_refused(tmp_path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("emma", id="another")
    with pytest.raises(ExportError, match='"id"'):
        write_node_link(graph, tmp_path / "graph.json")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"graph": {}, "nodes": [{}], "edges": []}',
        '{"graph": {}, "nodes": [1], "edges": []}',
        '{"graph": {}, "nodes": [{"id": []}], "edges": []}',
        '{"graph": {}, "nodes": [], "edges": [{"source": "a", "target": "b", "key": "r"}]}',
        '{"graph": {}, "nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "a"}]}',
        "[" * 100_000,
        None,
    ],
)
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "graph.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RunFolderError, match=r"graph\.json") as caught:
        read_node_link(path)
    assert caught.value.hint
