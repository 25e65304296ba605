from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import pride

from litgraph.cli.export import FORMATS as CHOICES
from litgraph.cli.export import TABLES, TEXT
from litgraph.errors import ExportError
from litgraph.export import FORMATS, select_graph, write_graph
from litgraph.export.graphml import read_graphml
from litgraph.export.node_link import read_node_link


@pytest.mark.parametrize(
    ("name", "read"), [("a.graphml", read_graphml), ("A.GraphML", read_graphml), ("a.json", read_node_link)]
)
def test_the_ending_chooses_the_format(tmp_path: Path, name: str, read) -> None:  # type: ignore[no-untyped-def]
    assert write_graph(pride(), tmp_path / name) == [tmp_path / name]
    assert networkx.utils.graphs_equal(read(tmp_path / name), pride())


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.png", b"\x89PNG"),
        ("a.svg", b"<?xml"),
        ("a.gexf", b"<?xml"),
        ("a.xml", b"<?xml"),
        ("a.tei", b"<?xml"),
        ("a.cypher", b"CREATE CONSTRAINT"),
        ("a.cql", b"CREATE CONSTRAINT"),
    ],
)
def test_every_ending_gives_its_format(tmp_path: Path, name: str, start: bytes) -> None:
    assert write_graph(pride(), tmp_path / name) == [tmp_path / name]
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_can_be_asked_for_by_name(tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{(FORMATS[name].suffixes or ('.x',))[0]}"
    files = write_graph(pride(), target, name)
    assert files and all(path.stat().st_size > 100 for path in files)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(files)


def test_the_command_offers_every_format() -> None:
    assert [choice for choice in CHOICES if choice not in (TEXT, *TABLES)] == list(FORMATS)


def test_json_of_a_simple_graph_is_networkx_s_own(tmp_path: Path) -> None:
    import json

    simple = select_graph(pride(), simple=True)
    write_graph(simple, tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert networkx.utils.graphs_equal(networkx.node_link_graph(data, edges="edges"), simple)


def test_graphml_of_a_simple_graph_is_undirected(tmp_path: Path) -> None:
    simple = select_graph(pride(), simple=True)
    write_graph(simple, tmp_path / "a.graphml")
    back = networkx.read_graphml(tmp_path / "a.graphml")
    assert type(back) is networkx.Graph
    assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in simple.edges}


@pytest.mark.parametrize("name", ["graph.xlsx", "graph", ".graphml"])
def test_another_ending_is_answered_by_the_formats_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError) as caught:
        write_graph(pride(), tmp_path / name)
    for one in FORMATS.values():
        assert all(suffix in caught.value.hint for suffix in one.suffixes)
    assert not list(tmp_path.iterdir())


def test_pictures_need_their_ending_and_all_relations(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="picture"):
        write_graph(pride(), tmp_path / "a.jpg", "png")
    with pytest.raises(ExportError, match="each relation"):
        write_graph(select_graph(pride(), simple=True), tmp_path / "a.png")
