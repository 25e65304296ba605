from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import hostile_graph, hostile_text, pride, xml_clean
from hypothesis import given, settings
from lxml import etree

from litgraph.errors import ExportError
from litgraph.export.gexf import write_gexf
from litgraph.export.selection import select_graph

GEXF = {"g": "http://gexf.net/1.3"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pride.gexf"


@pytest.mark.parametrize("dynamic", [False, True])
def test_networkx_reads_all_of_it(path: Path, dynamic: bool) -> None:
    graph = pride()
    write_gexf(graph, path, dynamic=dynamic)
    back = networkx.read_gexf(path)
    assert isinstance(back, networkx.MultiDiGraph)
    assert set(back) == set(graph)
    darcy = back.nodes["mr-darcy"]
    assert (darcy["label"], darcy["kind"], darcy["mentions"]) == ("Mr. Darcy", "character", 400)
    assert (darcy["aliases"], darcy["ambiguous"]) == ('["Darcy"]', False)
    found = {(head, tail, data["relation"]): data for head, tail, data in back.edges(data=True)}
    assert set(found) == set(graph.edges)
    for edge, data in found.items():
        assert data["label"] == edge[2]
        assert data["weight"] == graph.edges[edge]["weight"]
        assert data["confidence"] == graph.edges[edge]["confidence"]
        assert data["directed"] is graph.edges[edge]["directed"]


def test_a_simple_graph_is_undirected(path: Path) -> None:
    write_gexf(select_graph(pride(), simple=True), path)
    back = networkx.read_gexf(path)
    assert type(back) is networkx.Graph
    assert back.edges["mr-darcy", "elizabeth-bennet"]["weight"] == 6


def test_parallel_edges_differ_in_their_kind(path: Path) -> None:
    write_gexf(pride(), path)
    edges = etree.parse(path).findall(".//g:edge", GEXF)
    assert len({(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges}) == len(edges)
    assert [edge.get("id") for edge in edges] == [f"e{number}" for number in range(len(edges))]


def spells(element: etree._Element) -> list[tuple[int, int]]:
    return [(int(one.get("start")), int(one.get("end"))) for one in element.iterfind(".//g:spell", GEXF)]


def test_chapters_are_time(path: Path) -> None:
    write_gexf(pride(), path, dynamic=True)
    root = etree.parse(path).getroot()
    graph = root.find("g:graph", GEXF)
    assert dict(graph.attrib) == {
        "defaultedgetype": "directed", "mode": "dynamic", "timeformat": "integer", "timerepresentation": "interval",
        "start": "1", "end": "61",
    }  # fmt: skip
    nodes = {node.get("id"): spells(node) for node in root.iterfind(".//g:node", GEXF)}
    assert nodes["mr-darcy"] == [(3, 5), (16, 16), (34, 34), (43, 43), (61, 61)]
    assert nodes["the-officers"] == [(7, 7), (40, 40)]
    edges = {(one.get("source"), one.get("target"), one.get("kind")): one for one in root.iterfind(".//g:edge", GEXF)}
    met = edges["elizabeth-bennet", "mr-darcy", "co_occurs_with"]
    assert spells(met) == [(3, 5)]
    # an edge exists only while both its ends do
    for (head, tail, _), edge in edges.items():
        for start, end in spells(edge):
            assert all(any(a <= start and end <= b for a, b in nodes[node]) for node in (head, tail))


def test_a_graph_without_chapters_has_no_time_line(path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("a", name="a")
    with pytest.raises(ExportError, match="chapters"):
        write_gexf(graph, path, dynamic=True)
    assert not path.exists()


def test_attributes_of_any_name_and_mixed_type_come_back(path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("a", id_=1, label="L", start=3, number=1)
    graph.add_node("b", number=0.5, mixed=None)
    graph.add_node("c", mixed="text")
    graph.add_edge("a", "b", "r", type="T", kind="K", weight=2, source="S")
    write_gexf(graph, path)
    back = networkx.read_gexf(path)
    assert back.nodes["a"] == {"label_": "L", "id_": 1, "start_": 3, "number": 1.0, "label": "L"} | {"label": "a"}
    assert (back.nodes["b"]["mixed"], back.nodes["c"]["mixed"]) == ("null", '"text"')
    ((_, _, data),) = back.edges(data=True)
    assert (data["type_"], data["kind_"], data["source_"], data["weight"]) == ("T", "K", "S", 2.0)


@given(hostile_text, hostile_text, hostile_text)
@settings(deadline=None, max_examples=30)
def test_hostile_names_come_back(tmp_path_factory: pytest.TempPathFactory, name: str, alias: str, quoted: str) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile.gexf"
    write_gexf(hostile_graph(name, alias, quoted), path)
    wickham = networkx.read_gexf(path).nodes["mr-wickham"]
    assert wickham["name"] == wickham["label"] == xml_clean(name)
    etree.parse(path)


def test_what_cannot_be_written_leaves_the_old_file(path: Path) -> None:
    write_gexf(pride(), path)
    before = path.read_bytes()
    graph = pride()
    graph.add_node(Path("mr-darcy"))
    with pytest.raises(ExportError, match="same id"):
        write_gexf(graph, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
