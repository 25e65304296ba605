"""The files open in the readers of Gephi Lite (graphology, from npm)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from graphs import HOSTILE, hostile_graph, node, pride, xml_clean

from litgraph.export import select_graph, write_graph

NAME = "".join(HOSTILE)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All files in one go: starting Node.js takes longer than reading them."""
    folder = tmp_path_factory.mktemp("readers")
    graphs = {
        "whole": pride(),
        "simple": select_graph(pride(), simple=True),
        "hostile": hostile_graph(NAME, NAME, NAME),
    }
    paths = []
    for name, graph in graphs.items():
        for suffix in ("graphml", "gexf"):
            paths += write_graph(graph, folder / f"{name}.{suffix}")
        paths += write_graph(graph, folder / f"{name}-dynamic.gexf", "gexf-dynamic")
    found = node("read_graph.js", *map(str, paths))
    return {Path(path).name: graph for path, graph in zip(paths, found, strict=True)}


@pytest.mark.parametrize("name", ["whole.graphml", "whole.gexf", "whole-dynamic.gexf"])
def test_gephi_lite_reads_every_node_and_edge(read: dict[str, Any], name: str) -> None:
    graph = read[name]
    assert (graph["type"], graph["multi"]) == ("directed" if name.endswith("ml") else graph["type"], True)
    assert {one["id"]: one["label"] for one in graph["nodes"]} == dict(pride().nodes(data="name"))
    assert {(one["source"], one["target"], one["relation"]) for one in graph["edges"]} == set(pride().edges)
    weights = {(one["source"], one["target"], one["relation"]): one["weight"] for one in graph["edges"]}
    assert weights["mr-darcy", "mr-wickham", "enemy_of"] == 2
    lizzy = next(one for one in graph["nodes"] if one["id"] == "elizabeth-bennet")
    assert (lizzy["mentions"], lizzy["ambiguous"]) == (600, False)
    assert json.loads(lizzy["aliases"]) == ["Elizabeth", "Lizzy"]


@pytest.mark.parametrize("name", ["simple.graphml", "simple.gexf", "simple-dynamic.gexf"])
def test_simple_graphs_are_undirected_there(read: dict[str, Any], name: str) -> None:
    graph = read[name]
    assert graph["type"] == "undirected"
    assert len(graph["edges"]) == select_graph(pride(), simple=True).number_of_edges()


@pytest.mark.parametrize("name", ["hostile.graphml", "hostile.gexf", "hostile-dynamic.gexf"])
def test_hostile_names_arrive(read: dict[str, Any], name: str) -> None:
    wickham = next(one for one in read[name]["nodes"] if one["id"] == "mr-wickham")
    # a reader may make line ends one, and Gephi Lite's trims what it reads
    same = " ".join(xml_clean(NAME).split())
    assert " ".join(wickham["name"].split()) == same
