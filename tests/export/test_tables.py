from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from graphs import hostile_graph, hostile_text, piece, pride, without_surrogates
from hypothesis import given, settings

from litgraph.errors import ExportError
from litgraph.export.property_graph.bulk import write_bulk
from litgraph.export.selection import select_graph
from litgraph.export.tables import write_dracor_table, write_gephi_tables


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_gephi_s_tables(tmp_path: Path) -> None:
    files = write_gephi_tables(pride(), tmp_path / "pride.csv")
    assert [path.name for path in files] == ["pride-nodes.csv", "pride-edges.csv"]
    nodes, edges = map(rows, files)
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert nodes[0]["Id"] == "elizabeth-bennet"
    assert (nodes[0]["Label"], nodes[0]["aliases"]) == ("Elizabeth Bennet", "Elizabeth; Lizzy")
    assert (nodes[0]["mentions"], nodes[0]["ambiguous"]) == ("600", "false")
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Label", "Kind", "Weight"]
    assert {(one["Source"], one["Target"], one["Label"]) for one in edges} == set(pride().edges)
    types = {one["Label"]: one["Type"] for one in edges}
    assert (types["sibling_of"], types["lover_of"]) == ("Undirected", "Directed")
    sisters = next(one for one in edges if one["Label"] == "sibling_of")
    assert (sisters["Weight"], sisters["chapters"], sisters["sources"]) == ("2", "1; 4", "rules-1")
    assert "her sister Jane" in sisters["evidence"]


def test_a_simple_graph_is_undirected_in_all_tables(tmp_path: Path) -> None:
    simple = select_graph(pride(), simple=True)
    _, edges = write_gephi_tables(simple, tmp_path / "pride")
    write_dracor_table(simple, tmp_path / "dracor.csv")
    assert {one["Type"] for one in rows(edges)} == {"Undirected"}
    assert {one["Type"] for one in rows(tmp_path / "dracor.csv")} == {"Undirected"}


def test_dracor_s_table(tmp_path: Path) -> None:
    write_dracor_table(pride(), tmp_path / "dracor.csv")
    table = rows(tmp_path / "dracor.csv")
    assert list(table[0]) == ["Source", "Type", "Target", "Label"]
    assert {"Source": "mr-darcy", "Type": "Directed", "Target": "pemberley", "Label": "owns"} in table
    assert len(table) == pride().number_of_edges()


def admin(folder: Path, table: str) -> list[dict[str, Any]]:
    """A table as the importer's rules say: types in the header, lists apart at the delimiter of the arguments."""
    arguments = (folder / "arguments.txt").read_text(encoding="utf-8").splitlines()
    (found,) = (re.fullmatch(r"--array-delimiter=U\+([0-9A-F]{4})", line) for line in arguments if "delimiter" in line)
    assert found
    delimiter = chr(int(found[1], 16))
    read_rows = []
    files = [line.partition("=")[2] for line in arguments if line.startswith(("--nodes=", "--relationships="))]
    for row in (row for file in files if file.startswith(table) for row in rows(folder / file)):
        values: dict[str, Any] = {}
        for column, text in row.items():
            key, _, kind = column.rpartition(":")
            if kind.startswith(("ID", "START_ID", "END_ID", "TYPE")):
                values[kind.partition("(")[0]] = text
            elif kind == "LABEL":
                values["LABEL"] = text.split(delimiter)
            else:
                read = {"long": int, "double": float, "boolean": "true".__eq__}.get(kind.removesuffix("[]"), str)
                items = text.split(delimiter) if text else []
                values[key] = [read(item) for item in items] if kind.endswith("[]") else read(text)
        read_rows.append(values)
    return read_rows


def test_the_tables_of_neo4j_admin(tmp_path: Path) -> None:
    folder = tmp_path / "import"
    files = write_bulk([pride()], folder)
    assert {path.name for path in files} == {path.name for path in folder.iterdir()}
    (book,) = admin(folder, "books")
    assert (book["ID"], book["title"], book["LABEL"]) == ("pg1342", "Pride and Prejudice", ["Book"])
    entities = {one["ID"]: one for one in admin(folder, "entities")}
    lizzy = entities["pg1342:elizabeth-bennet"]
    assert (lizzy["LABEL"], lizzy["name"], lizzy["book"]) == (["Entity", "Character"], "Elizabeth Bennet", "pg1342")
    assert (lizzy["mentions"], lizzy["ambiguous"], lizzy["aliases"]) == (600, False, ["Elizabeth", "Lizzy"])
    relations = {(one["START_ID"], one["TYPE"], one["END_ID"]): one for one in admin(folder, "relations")}
    assert len(relations) == pride().number_of_edges()
    met = relations["pg1342:elizabeth-bennet", "CO_OCCURS_WITH", "pg1342:mr-darcy"]
    assert (met["weight"], met["confidence"], met["chapters"]) == (3, 1.0, [3, 4, 5])
    assert met["evidence"] == ["“She is tolerable”", "Darcy", "Darcy again; “proud”"]
    assert {one["TYPE"] for one in admin(folder, "appearances")} == {"APPEARS_IN"}
    assert set(entities) == {one["START_ID"] for one in admin(folder, "appearances")}
    assert "REQUIRE e.id IS UNIQUE;\n" in (folder / "schema.cypher").read_text(encoding="utf-8")


def test_a_library_stands_in_the_same_tables(tmp_path: Path) -> None:
    emma = pride()
    emma.graph["identifier"] = "pg158"
    files = write_bulk(iter([pride(), emma]), tmp_path)
    assert len(files) == len(write_bulk([pride()], tmp_path))
    write_bulk([pride(), emma], tmp_path)
    assert len(admin(tmp_path, "entities")) == 18
    with pytest.raises(ExportError, match="Two of the graphs"):
        write_bulk([pride(), pride()], tmp_path)


def test_only_relations_of_the_vocabulary_become_types(tmp_path: Path) -> None:
    graph = pride()
    graph.add_edge("mr-darcy", "longbourn", "x) DETACH DELETE (y", weight=1)
    with pytest.raises(ExportError, match="vocabulary"):
        write_bulk([graph], tmp_path / "import")
    assert not list((tmp_path / "import").glob("*"))


def test_each_value_keeps_its_type(tmp_path: Path) -> None:
    graph = pride()
    values = {"mr-darcy": 1, "longbourn": 0.5, "pemberley": "one", "jane-bennet": True, "the-militia": [1, 2]}
    for node, value in values.items():
        graph.nodes[node]["my_own"] = value
    write_bulk([graph], tmp_path)
    found = {one["ID"]: one.get("myOwn") for one in admin(tmp_path, "entities")}
    assert {node: found[f"pg1342:{node}"] for node in values} == values
    assert found["pg1342:mr-wickham"] is None


@given(hostile_text, hostile_text, hostile_text)
@settings(deadline=None, max_examples=30)
def test_hostile_names_come_back(tmp_path_factory: pytest.TempPathFactory, name: str, alias: str, quoted: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "hostile-tables"
    folder.mkdir(exist_ok=True)
    no_nul = [text.replace("\0", "") for text in (name, alias, quoted)]  # Python's own reader stops at NUL before 3.11
    graph = hostile_graph(*no_nul)
    name, alias, quoted = map(without_surrogates, no_nul)
    nodes, edges = write_gephi_tables(graph, folder / "gephi.csv")
    assert next(row["Label"] for row in rows(nodes) if row["Id"] == "mr-wickham") == name
    assert next(row["sources"] for row in rows(edges) if row["Label"] == "member_of") == alias
    write_dracor_table(networkx.relabel_nodes(graph, {"mr-wickham": f"w{no_nul[0]}"}), folder / "dracor.csv")
    assert next(row["Source"] for row in rows(folder / "dracor.csv") if row["Label"] == "member_of") == f"w{name}"
    write_bulk([graph], folder)
    wickham = next(one for one in admin(folder, "entities") if one["ID"] == "pg1342:mr-wickham")
    assert wickham["name"] == name
    assert wickham["aliases"] == [alias.replace("\x1f", ""), "Wickham"]
    (soldier,) = (one for one in admin(folder, "relations") if one["TYPE"] == "MEMBER_OF")
    assert soldier["evidence"] == [item for item in [quoted.replace("\x1f", "")] if item]


def test_nothing_is_left_of_tables_that_could_not_be_written(tmp_path: Path) -> None:
    graph = pride()
    graph.add_node(Path("mr-darcy"))
    with pytest.raises(ExportError, match="same id"):
        write_gephi_tables(graph, tmp_path / "pride.csv")
    assert not list(tmp_path.iterdir())
    with pytest.raises(ExportError, match="same id"):
        write_bulk([graph], tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "import").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="import"):
        write_bulk([pride()], tmp_path / "import")
    assert (tmp_path / "import").read_text(encoding="utf-8") == "mine"


def test_line_breaks_stay_inside_their_cell(tmp_path: Path) -> None:
    graph = pride()
    graph.edges["mr-darcy", "pemberley", "owns"]["evidence"] = [piece(43, 9000, 'one\ntwo\r\nthree "four", five')]
    write_bulk([graph], tmp_path)
    (owns,) = (one for one in admin(tmp_path, "relations") if one["TYPE"] == "OWNS")
    assert owns["evidence"] == ['one\ntwo\r\nthree "four", five']
    assert "--multiline-fields=true" in (tmp_path / "arguments.txt").read_text(encoding="utf-8")
