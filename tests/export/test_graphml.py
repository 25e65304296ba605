from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from litgraph.errors import ExportError, RunFolderError
from litgraph.export.graphml import read_graphml, write_graphml

NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}
ONE_DAY = "“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let at last?”"


def longbourn() -> networkx.MultiDiGraph:
    """A graph as `litgraph.graph.merge` makes it."""
    graph = networkx.MultiDiGraph(
        title="Pride and Prejudice", author="Jane Austen", release="", litgraph="0.1.0", settings={"window": 1}
    )
    who = {"aliases": ["Mr. Bennet"], "gender": "male", "mentions": 2, "first": 1, "last": 61, "ambiguous": False}
    graph.add_node("mr-bennet", kind="character", name="Mr. Bennet", **who)
    graph.add_node("mrs-bennet", kind="character", name="Mrs. Bennet", **{**who, "gender": "female", "aliases": []})
    graph.add_node("netherfield-park", kind="place", name="Netherfield Park", **{**who, "gender": "unknown"})
    edge = {
        "weight": 2,
        "confidence": 0.75,
        "evidence": [{"chapter": 1, "start": 70, "end": 70 + len(ONE_DAY), "text": ONE_DAY}],
        "chapters": [1],
        "sources": ["rules-1"],
        "raw": ["his lady"],
    }
    graph.add_edge("mr-bennet", "mrs-bennet", "spouse_of", relation="spouse_of", directed=False, **edge)
    graph.add_edge("mr-bennet", "mrs-bennet", "co_occurs_with", relation="co_occurs_with", directed=False, **edge)
    graph.add_edge("mr-bennet", "netherfield-park", "lives_in", relation="lives_in", directed=True, **edge)
    return graph


def content(graph: networkx.MultiDiGraph) -> dict[str, Any]:
    return {
        "graph": graph.graph,
        "nodes": dict(graph.nodes(data=True)),
        "edges": list(graph.edges(keys=True, data=True)),
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "longbourn.graphml"


def test_the_graph_comes_back_as_it_was(path: Path) -> None:
    write_graphml(longbourn(), path)
    assert content(read_graphml(path)) == content(longbourn())


def test_networkx_reads_every_attribute(path: Path) -> None:
    write_graphml(longbourn(), path)
    graph = networkx.read_graphml(path)
    assert graph.is_directed() and graph.is_multigraph()
    assert set(longbourn().graph) <= set(graph.graph)
    assert graph.graph["release"] == ""
    assert graph.nodes["mr-bennet"]["name"] == graph.nodes["mr-bennet"]["label"] == "Mr. Bennet"
    assert graph.nodes["mr-bennet"]["aliases"] == '["Mr. Bennet"]'
    assert graph.nodes["mr-bennet"]["ambiguous"] is False
    assert set(graph.nodes["mr-bennet"]) == {*longbourn().nodes["mr-bennet"], "label"}
    by_relation = {data["relation"]: data for data in graph["mr-bennet"]["mrs-bennet"].values()}
    assert set(by_relation) == {"spouse_of", "co_occurs_with"}
    spouses = by_relation["spouse_of"]
    assert (spouses["weight"], spouses["confidence"], spouses["directed"]) == (2, 0.75, False)
    assert set(spouses) == {*longbourn()["mr-bennet"]["mrs-bennet"]["spouse_of"], "label"}
    assert ONE_DAY in spouses["evidence"]


IGRAPH = """
import json, sys, igraph
graph = igraph.Graph.Read_GraphML(sys.argv[1])
names, edges = graph.vs["label"], graph.es
print(json.dumps([graph.is_directed(), graph["title"], names, edges["relation"], edges["weight"]]))
"""


def test_igraph_reads_it(path: Path) -> None:
    write_graphml(longbourn(), path)
    # In a process of its own: beside PyTorch, igraph's OpenMP library may find no room to be loaded in.
    told = subprocess.run([sys.executable, "-c", IGRAPH, os.fspath(path)], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [
        True,
        "Pride and Prejudice",
        ["Mr. Bennet", "Mrs. Bennet", "Netherfield Park"],
        ["spouse_of", "co_occurs_with", "lives_in"],
        [2, 2, 2],
    ]


def test_the_xml_holds_what_gephi_and_apoc_look_for(path: Path) -> None:
    write_graphml(longbourn(), path)
    root = etree.parse(path).getroot()
    keys = root.findall("g:key", NAMESPACE)
    ids = [key.get("id") for key in keys]
    assert len(set(ids)) == len(ids)
    assert {key.get("id") for key in keys if key.get("for") == "node"} >= {"label", "name", "mentions", "aliases"}
    assert {key.get("attr.name") for key in keys if key.get("for") == "edge"} >= {"label", "weight", "relation"}
    assert root.find("g:key[@id='aliases']", NAMESPACE).get("attr.list") == "string"
    assert root.find("g:key[@id='weight']", NAMESPACE).get("attr.type") == "long"
    assert root.find("g:key[@id='confidence']", NAMESPACE).get("attr.type") == "double"
    nodes, edges = root.findall(".//g:node", NAMESPACE), root.findall(".//g:edge", NAMESPACE)
    assert [node.get("labels") for node in nodes] == [":Entity:Character", ":Entity:Character", ":Entity:Place"]
    assert [edge.get("label") for edge in edges] == ["SPOUSE_OF", "CO_OCCURS_WITH", "LIVES_IN"]
    assert [edge.get("id") for edge in edges] == ["e0", "e1", "e2"]
    assert root.find("g:graph", NAMESPACE).get("edgedefault") == "directed"
    assert all(edge.get("directed") is None for edge in edges)  # networkx refuses a mixed graph


def test_attributes_that_nodes_and_edges_share_have_two_ids(path: Path) -> None:
    graph = networkx.MultiDiGraph(weight=1)
    graph.add_node("a", weight=1, chapters=[1], label="A")
    graph.add_edge("a", "a", "r", weight=2.5, chapters=[2], label="R", relation="r")
    write_graphml(graph, path)
    ids = [key.get("id") for key in etree.parse(path).getroot().findall("g:key", NAMESPACE)]
    assert len(set(ids)) == len(ids)
    assert content(read_graphml(path)) == content(graph)
    assert networkx.read_graphml(path).edges["a", "a"]["weight"] == 2.5
    assert networkx.read_graphml(path).nodes["a"]["weight"] == 1


def test_an_attribute_has_one_type_even_if_its_values_have_two(path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("a", mixed=1, number=1, flag=True)
    graph.add_node("b", mixed="one", number=0.5, flag=None)
    graph.add_node("c", number=3, big=10**30)
    write_graphml(graph, path)
    assert content(read_graphml(path)) == content(graph)
    keys = etree.parse(path).getroot().findall("g:key", NAMESPACE)
    types = {key.get("attr.name"): key.get("attr.type") for key in keys}
    assert types == {"mixed": "string", "number": "double", "flag": "string", "big": "string"}
    assert len(keys) == 4


HOSTILE = [
    "]]>",
    "<b>&amp;\"'",
    "\x00\x0c\x1b",
    "\ufffe\ud800",
    "😀",
    "שלום",
    "\r\n\t ",
    "nul\x00\x0bl",
    "\x85\u2028",
    "’",
]
hostile_text = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=4), max_size=4).map("".join)


def clean(text: str) -> str:
    """Without what XML 1.0 forbids, spelled out apart from the writer."""
    return "".join(
        character
        for character in text
        if character in "\t\n\r"
        or (character >= " " and not 0xD800 <= ord(character) < 0xE000 and character not in "\ufffe\uffff")
    )


@given(
    name=hostile_text,
    alias=hostile_text.filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text)),
    title=hostile_text,
    identifier=hostile_text,
    weight=st.integers(-(2**70), 2**70),
    confidence=st.floats(allow_nan=False, allow_infinity=False),
)
@settings(deadline=None, max_examples=150)
def test_hostile_names_come_back(
    name: str,
    alias: str,
    title: str,
    identifier: str,
    weight: int,
    confidence: float,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile.graphml"
    graph = networkx.MultiDiGraph(title=title)
    other = clean(identifier) + "x"
    graph.add_node(identifier, name=name, kind=name, aliases=[alias], facts={"said": [alias, None]})
    graph.add_node(other, name="plain", kind="character", aliases=[], facts={})
    graph.add_edge(identifier, other, "r", relation="r", weight=weight, confidence=confidence, raw=[alias])
    write_graphml(graph, path)

    expected = networkx.MultiDiGraph(title=clean(title))
    kept = {"name": clean(name), "kind": clean(name)}
    expected.add_node(clean(identifier), **kept, aliases=[alias], facts={"said": [alias, None]})
    expected.add_node(other, **graph.nodes[other])
    expected.add_edge(clean(identifier), other, "r", **graph.edges[identifier, other, "r"])
    assert content(read_graphml(path)) == content(expected)
    etree.parse(path)
    assert set(networkx.read_graphml(path)) == set(expected)


def test_ids_that_become_the_same_are_refused(path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(["a", "a\x0c"])
    with pytest.raises(ExportError, match="same id"):
        write_graphml(graph, path)
    assert not path.exists()


def test_what_cannot_be_written_leaves_the_old_file(path: Path) -> None:
    write_graphml(longbourn(), path)
    before = path.read_bytes()
    graph = longbourn()
    graph.add_node("mr-bennet\x00")
    with pytest.raises(ExportError, match="same id"):
        write_graphml(graph, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_networkx_s_own_files_are_read(path: Path) -> None:
    graph = networkx.MultiDiGraph(title="Emma")
    graph.add_node("emma", mentions=3, share=0.5, told=True)
    graph.add_edge("emma", "emma", 0, weight=1)
    networkx.write_graphml(graph, path)
    back = read_graphml(path)
    assert back.nodes["emma"] == {"mentions": 3, "share": 0.5, "told": True}
    assert back.graph["title"] == "Emma"
    assert [data for *_, data in back.edges(data=True)] == [{"weight": 1}]


BOMB = '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
START = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (BOMB, "entities"),
        ("", "no GraphML"),
        ("<html/>", "no <graphml>"),
        (START + "<graph>", "no GraphML"),
        (START + '<graph><edge source="a" target="b"/></graph></graphml>', "not there: a"),
        (START + '<graph><node id="a"><data key="k">1</data></node></graph></graphml>', "declares k"),
        (START + "<graph><node/></graph></graphml>", "has no id"),
        (
            START
            + '<key id="k" attr.type="int"/><graph><node id="a"><data key="k">one</data></node></graph></graphml>',
            "one",
        ),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_graphml_is_one_clear_error(path: Path, xml: str | None, message: str) -> None:
    if xml is not None:
        path.write_text(xml, encoding="utf-8")
    with pytest.raises(RunFolderError, match=message):
        read_graphml(path)


def test_the_file_is_the_same_every_time(path: Path) -> None:
    write_graphml(longbourn(), path)
    before = path.read_bytes()
    write_graphml(read_graphml(path), path)
    assert path.read_bytes() == before
    assert b"\r" not in before
