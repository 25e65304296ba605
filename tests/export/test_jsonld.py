"""JSON-LD, read by rdflib."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphs import hostile_graph, hostile_text, pride, without_surrogates
from hypothesis import HealthCheck, given, settings

from litgraph.export import select_graph, write_graph

rdflib = pytest.importorskip("rdflib", reason="the extra test brings it")

SCHEMA, RDF = "https://schema.org/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA = "http://www.w3.org/ns/oa#"
BOOK = "urn:litgraph:pg1342"


def read(path: Path) -> Any:
    return rdflib.Graph().parse(path, format="json-ld")


def iri(name: str) -> Any:
    return rdflib.URIRef(name)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_graph_comes_back_as_triples(tmp_path: Path) -> None:
    graph = pride()
    write_graph(graph, tmp_path / "pride.jsonld")
    triples = read(tmp_path / "pride.jsonld")
    book, jane, lizzy = iri(BOOK), iri(f"{BOOK}:jane-bennet"), iri(f"{BOOK}:elizabeth-bennet")
    assert (book, iri(f"{SCHEMA}name"), rdflib.Literal("Pride and Prejudice")) in triples
    people = set(triples.objects(book, iri(f"{SCHEMA}character")))
    assert {jane, lizzy} < people and len(people) == 4
    assert (lizzy, iri(f"{SCHEMA}sibling"), jane) in triples
    assert (lizzy, iri(f"{SCHEMA}alternateName"), rdflib.Literal("Lizzy")) in triples
    statements = set(triples.subjects(iri(f"{RDF}type"), iri(f"{RDF}Statement")))
    assert len(statements) == graph.number_of_edges()
    quotes = sorted(str(text) for text in triples.objects(None, iri(f"{OA}exact")))
    assert quotes == sorted(piece["text"] for *_, data in graph.edges(data=True) for piece in data["evidence"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_who_somebody_is_elsewhere_is_linked_and_nonsense_is_left_out(tmp_path: Path) -> None:
    graph = pride()
    graph.nodes["mr-darcy"]["same_as"] = "http://www.wikidata.org/entity/Q3073711"
    graph.nodes["jane-bennet"]["same_as"] = "<x> . <javascript:alert(1)>"
    told: list[str] = []
    write_graph(graph, tmp_path / "pride.jsonld", tell=told.append)
    linked = set(read(tmp_path / "pride.jsonld").subject_objects(iri(f"{SCHEMA}sameAs")))
    assert linked == {(iri(f"{BOOK}:mr-darcy"), iri("http://www.wikidata.org/entity/Q3073711"))}
    assert "same_as" in told[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_joined_edges_and_those_without_evidence_are_written(tmp_path: Path) -> None:
    simple = select_graph(pride(), simple=True, evidence="none")
    write_graph(simple, tmp_path / "simple.jsonld")
    triples = read(tmp_path / "simple.jsonld")
    assert len(set(triples.subjects(iri(f"{RDF}type"), iri(f"{RDF}Statement")))) == simple.number_of_edges()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(hostile_text, hostile_text, hostile_text)
def test_hostile_names_come_back(tmp_path: Path, name: str, alias: str, quoted: str) -> None:
    write_graph(hostile_graph(name, alias, quoted), tmp_path / "hostile.jsonld")
    triples = read(tmp_path / "hostile.jsonld")
    assert str(triples.value(iri(f"{BOOK}:mr-wickham"), iri(f"{SCHEMA}name"))) == without_surrogates(name)
    assert without_surrogates(quoted) in {str(text) for text in triples.objects(None, iri(f"{OA}exact"))}


def test_the_same_graph_gives_the_same_file(tmp_path: Path) -> None:
    write_graph(pride(), tmp_path / "one.jsonld")
    write_graph(pride(), tmp_path / "other.jsonld")
    assert (tmp_path / "one.jsonld").read_bytes() == (tmp_path / "other.jsonld").read_bytes()
