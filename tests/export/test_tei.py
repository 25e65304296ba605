from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import hostile_graph, hostile_text, pride, xml_clean
from hypothesis import given, settings
from lxml import etree

from litgraph.export.selection import select_graph
from litgraph.export.tei import write_tei

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


def test_the_schema_refuses_what_is_no_tei(schema: etree.RelaxNG, tmp_path: Path) -> None:
    write_tei(pride(), tmp_path / "pride.xml")
    good = (tmp_path / "pride.xml").read_text(encoding="utf-8")
    for before, after in (
        ("<person ", "<person born='yesterday' "),
        ("<listPerson>", "<person><persName>X</persName></person><listPerson>"),
        ("persName", "placeName"),
        ("<standOff>", "<standOff><hero/>"),
        ("<fileDesc>", "<fileDesc><p>First</p>"),
    ):
        assert before in good
        wrong = etree.fromstring(good.replace(before, after).encode())
        assert schema.validate(etree.fromstring(good.encode()))
        assert not schema.validate(wrong), after


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pride.xml"


@pytest.mark.parametrize("options", [{}, {"simple": True}, {"evidence": "none"}, {"kinds": ["place"]}])
def test_it_is_tei(path: Path, schema: etree.RelaxNG, options: dict[str, object]) -> None:
    write_tei(select_graph(pride(), **options), path)  # type: ignore[arg-type]
    schema.assertValid(etree.parse(path))


def test_an_empty_graph_is_tei_too(path: Path, schema: etree.RelaxNG) -> None:
    write_tei(networkx.MultiDiGraph(), path)
    schema.assertValid(etree.parse(path))


def test_the_lists_hold_everybody_and_everything(path: Path) -> None:
    write_tei(pride(), path)
    root = etree.parse(path).getroot()
    assert root.findtext(".//t:title", namespaces=TEI) == "Pride and Prejudice"
    assert root.findtext(".//t:author", namespaces=TEI) == "Jane Austen"
    people = {one.get(ID): one for one in root.iterfind(".//t:listPerson/t:person", TEI)}
    assert set(people) == {"elizabeth-bennet", "jane-bennet", "mr-darcy", "mr-wickham"}
    lizzy = people["elizabeth-bennet"]
    assert lizzy.get("sex") == "F"
    assert [(one.get("type"), one.text) for one in lizzy.iterfind("t:persName", TEI)] == [
        ("main", "Elizabeth Bennet"),
        ("alias", "Elizabeth"),
        ("alias", "Lizzy"),
    ]
    assert lizzy.findtext("t:idno", namespaces=TEI) == "elizabeth-bennet"
    for where, expected in (
        ("t:listPerson/t:personGrp/t:persName", "the officers"),
        ("t:listPlace/t:place/t:placeName", "Longbourn"),
        ("t:listOrg/t:org/t:orgName", "the militia"),
        ("t:listObject/t:object/t:objectIdentifier/t:objectName", "the carriage"),
    ):
        assert root.findtext(f".//{where}", namespaces=TEI) == expected


def test_relations_point_at_them(path: Path) -> None:
    write_tei(pride(), path)
    root = etree.parse(path).getroot()
    ids = {one.get(ID) for one in root.iterfind(".//*[@{http://www.w3.org/XML/1998/namespace}id]")}
    relations = root.findall(".//t:listRelation/t:relation", TEI)
    assert len(relations) == pride().number_of_edges()
    for one in relations:
        ends = f"{one.get('active') or ''} {one.get('passive') or ''} {one.get('mutual') or ''}".split()
        assert len(ends) == 2
        assert {end.removeprefix("#") for end in ends} <= ids
    sisters = next(one for one in relations if one.get("name") == "sibling_of")
    assert dict(sisters.attrib) == {
        "name": "sibling_of", "type": "kin", "mutual": "#elizabeth-bennet #jane-bennet", "cert": "0.97",
    }  # fmt: skip
    assert sisters.find("t:desc/t:num", TEI).get("value") == "2"
    assert [(one.get("n"), one.text) for one in sisters.iterfind("t:desc/t:quote", TEI)] == [
        ("1", "her sister Jane"),
        ("4", "When Jane and Elizabeth were alone, …"),
    ]
    owns = next(one for one in relations if one.get("name") == "owns")
    assert (owns.get("active"), owns.get("passive")) == ("#mr-darcy", "#pemberley")


@given(hostile_text, hostile_text, hostile_text)
@settings(deadline=None, max_examples=30)
def test_hostile_names_and_ids_come_back(
    schema: etree.RelaxNG, tmp_path_factory: pytest.TempPathFactory, name: str, alias: str, quoted: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile.xml"
    graph = networkx.relabel_nodes(hostile_graph(name, alias, quoted), {"mr-wickham": f"w{name}"})
    write_tei(graph, path)
    document = etree.parse(path)
    schema.assertValid(document)
    told = {one.findtext("t:idno", "", TEI): one for one in document.iterfind(".//t:person", TEI)}
    wickham = told[xml_clean(f"w{name}")]
    assert [one.text or "" for one in wickham.iterfind("t:persName", TEI)] == [
        xml_clean(name),
        *(xml_clean(one) for one in (alias, "Wickham") if one != name),
    ]
    (soldier,) = document.iterfind(".//t:relation[@name='member_of']", TEI)
    assert soldier.get("active") == f"#{wickham.get(ID)}"
    assert (soldier.findtext("t:desc/t:quote", "", TEI)) == xml_clean(quoted)


def test_two_ids_never_become_one(path: Path) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(["a b", "a_b", "a_20_b", "1", "_1", "-", "é", "e9"], kind="character", name="x")
    write_tei(graph, path)
    ids = [one.get(ID) for one in etree.parse(path).iterfind(".//t:person", TEI)]
    assert len(set(ids)) == 8
