"""What a notebook puts on a graph, in every format."""

from __future__ import annotations

import csv
import json
import math
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath

import networkx
import numpy
import pytest
from graphs import pride

import litgraph
from litgraph.errors import LitgraphWarning
from litgraph.export import FORMATS, read_graphml, read_node_link, select_graph, write_graph

PLAIN = {"age": 27, "share": 0.5, "rich": True, "born": "1784-05-02", "houses": ["London", "Pemberley"], "file": "a/b"}

OF_THE_GRAPH = [name for name in FORMATS if name != "grass"]  # a style sheet holds nothing of it


def notebook() -> networkx.MultiDiGraph:
    graph = pride()
    graph.nodes["mr-darcy"].update(
        age=numpy.int64(27),
        share=numpy.float32(0.5),
        rich=numpy.bool_(True),
        born=date(1784, 5, 2),
        houses={"Pemberley", "London"},
        file=PurePosixPath("a/b"),
        height=math.nan,
        mentions=numpy.int32(400),
        aliases=("Darcy",),
    )
    graph.edges["mr-darcy", "pemberley", "owns"].update(
        weight=numpy.int64(1), confidence=numpy.float64(0.9), since=datetime(1811, 9, 29, 12), income=math.inf
    )
    graph.graph["read"] = numpy.datetime64("2024-01-01")
    return graph


NOTICES = [
    'The attribute "height" of the node mr-darcy is left out: nan is no finite number.',
    'The attribute "income" of the edge mr-darcy → pemberley (owns) is left out: inf is no finite number.',
]


@pytest.mark.parametrize("name", OF_THE_GRAPH)
def test_no_format_refuses_it_and_all_say_what_is_left_out(tmp_path: Path, name: str) -> None:
    told: list[str] = []
    files = write_graph(notebook(), tmp_path / f"out{(FORMATS[name].suffixes or ('.x',))[0]}", name, tell=told.append)
    assert told == NOTICES
    assert files and all(path.stat().st_size > 100 for path in files)


def test_a_warning_comes_of_itself(tmp_path: Path) -> None:
    with pytest.warns(LitgraphWarning, match="is left out"):
        write_graph(notebook(), tmp_path / "a.json")


@pytest.mark.parametrize(("ending", "read"), [("graphml", read_graphml), ("json", read_node_link)])
def test_types_come_back(tmp_path: Path, ending: str, read) -> None:  # type: ignore[no-untyped-def]
    write_graph(notebook(), tmp_path / f"a.{ending}", tell=lambda _: None)
    back = read(tmp_path / f"a.{ending}")
    darcy = back.nodes["mr-darcy"]
    assert {name: darcy[name] for name in PLAIN} == PLAIN
    assert [type(darcy[name]) for name in PLAIN] == [type(value) for value in PLAIN.values()]
    assert "height" not in darcy and darcy["mentions"] == 400
    owns = back.edges["mr-darcy", "pemberley", "owns"]
    assert (owns["weight"], owns["confidence"], owns["since"]) == (1, 0.9, "1811-09-29T12:00:00")
    assert back.graph["read"] == "2024-01-01"


def test_gexf_has_types(tmp_path: Path) -> None:
    write_graph(notebook(), tmp_path / "a.gexf", tell=lambda _: None)
    darcy = networkx.read_gexf(tmp_path / "a.gexf").nodes["mr-darcy"]
    assert (darcy["age"], darcy["share"], darcy["rich"], darcy["born"]) == (27, 0.5, True, "1784-05-02")
    assert json.loads(darcy["houses"]) == ["London", "Pemberley"]


def test_tables_have_text(tmp_path: Path) -> None:
    nodes, _ = write_graph(notebook(), tmp_path / "a.csv", tell=lambda _: None)
    with nodes.open(encoding="utf-8", newline="") as file:
        (darcy,) = (row for row in csv.DictReader(file) if row["Id"] == "mr-darcy")
    told = [darcy[name] for name in ("age", "rich", "born", "houses")]
    assert told == ["27", "true", "1784-05-02", "London; Pemberley"]


def test_neo4j_s_tables_and_script_have_temporal_values(tmp_path: Path) -> None:
    graph = notebook()
    graph.nodes["mr-darcy"].update(stay=timedelta(days=1, hours=3), visits=[date(1811, 9, 29), date(1811, 11, 26)])
    graph.nodes["jane-bennet"]["stay"] = "a week"
    files = write_graph(graph, tmp_path / "import", "neo4j-admin", tell=lambda _: None)
    tables = [path.read_text(encoding="utf-8").splitlines() for path in files if path.suffix == ".csv"]
    ((header, darcy),) = (
        (header, row) for header, *rows in tables for row in rows if row.startswith('"pg1342:mr-darcy","Entity')
    )
    assert {"born:date", "visits:date[]", "stay:duration", "age:long", "share:double"} <= set(header.split(","))
    assert '"1811-09-29\x1f1811-11-26"' in darcy and ",1784-05-02," in darcy and ",P1DT3H," in darcy
    assert any("since:localdatetime" in header for header, *_ in tables)
    assert any("stay:string" in header for header, *_ in tables)
    write_graph(graph, tmp_path / "a.cypher", tell=lambda _: None)
    script = (tmp_path / "a.cypher").read_text(encoding="utf-8")
    assert "born: date('1784-05-02')" in script and "stay: duration('P1DT3H')" in script
    assert "since: localdatetime('1811-09-29T12:00:00')" in script
    assert "visits: [date('1811-09-29'), date('1811-11-26')]" in script


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", "heavy"),
        ("confidence", None),
        ("chapters", 3),
        ("evidence", "her own words"),
        ("evidence", [{"text": "no place"}]),
        ("sources", [1, "a"]),
        ("words", [1]),
    ],
)
@pytest.mark.parametrize("form", [name for name in OF_THE_GRAPH if name not in ("png", "svg")])
def test_what_only_bears_a_name_of_litgraph_s_own_is_left_out(
    tmp_path: Path, name: str, value: object, form: str
) -> None:
    graph = pride()
    graph.edges["mr-darcy", "pemberley", "owns"][name] = value
    told: list[str] = []
    write_graph(graph, tmp_path / f"out{(FORMATS[form].suffixes or ('.x',))[0]}", form, tell=told.append)
    assert len(told) == 1 and f'"{name}" of the edge mr-darcy → pemberley (owns)' in told[0]
    part = select_graph(graph, simple=True, evidence="short", chapters=[range(1, 62)], tell=told.append)
    assert set(part) and len(told) == 2


def test_a_part_by_chapters_knows_numpy_s_numbers() -> None:
    graph = pride()
    graph.nodes["the-carriage"].update(first=numpy.int64(2), last=numpy.int64(60))
    assert "the-carriage" in select_graph(graph, chapters=[range(2, 3)])


def test_questions_see_temporal_values() -> None:
    with pytest.warns(LitgraphWarning):
        rows = litgraph.query(
            notebook(),
            "MATCH (c:Character)-[r:OWNS]->() WHERE c.born < date('1800-01-01') AND r.since.year = 1811 "
            "RETURN c.born AS born, r.since AS since, c.age AS age, c.houses AS houses, c.height AS height",
        )
    assert rows == [
        {
            "born": "1784-05-02",
            "since": "1811-09-29T12:00:00",
            "age": 27,
            "houses": ["London", "Pemberley"],
            "height": None,
        }
    ]
