"""Linked data: JSON-LD 1.1 of schema.org, PROV-O and the Web Annotation vocabulary, with its context inside.

The book is a ``schema:Book`` whose ``schema:character`` are persons; each edge is an ``oa:Annotation`` whose body is
the statement (``rdf:Statement``) and whose targets are its sentences, as quotations with their place in the text.
Spouses, siblings, parents and children also stand as schema.org's own properties, for whoever asks no further.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from litgraph.errors import ExportError
from litgraph.files import write_bytes
from litgraph.graph import edges_of

if TYPE_CHECKING:
    import networkx

CONTEXT: Mapping[str, Any] = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "litgraph": "urn:litgraph:vocabulary:",
}
_TYPES = {
    "character": "schema:Person",
    "place": "schema:Place",
    "organisation": "schema:Organization",
    "vehicle": "schema:Vehicle",
}
_GENDERS = {"female": "schema:Female", "male": "schema:Male"}
_SIMPLE = {
    "spouse_of": "schema:spouse",
    "sibling_of": "schema:sibling",
    "child_of": "schema:parent",
    "parent_father_of": "schema:children",
    "parent_mother_of": "schema:children",
}


def write_jsonld(graph: networkx.Graph, path: str | os.PathLike[str]) -> None:
    """Write the graph as JSON-LD.

    Ids are ``urn:litgraph:BOOK:NODE``; relations are ``urn:litgraph:vocabulary:NAME``.

    Raises:
        ExportError: the file cannot be written, or a value is no JSON.
    """
    base = f"urn:litgraph:{quote(str(graph.graph.get('identifier') or 'book'), safe='')}"
    ids = {node: f"{base}:{quote(_clean(str(node)), safe='')}" for node in graph}
    things = {node: _thing(ids[node], data) for node, data in graph.nodes(data=True)}
    statements = []
    for number, (head, tail, key, data) in enumerate(edges_of(graph)):
        relation = str(data.get("relation", key))
        if relation in _SIMPLE:
            things[head].setdefault(_SIMPLE[relation], []).append({"@id": ids[tail]})
        statements.append(_annotation(f"{base}:statement:{number}", base, ids[head], relation, ids[tail], data))
    people = [{"@id": ids[node]} for node, data in graph.nodes(data=True) if data.get("kind") == "character"]
    content = {"@context": CONTEXT, "@graph": [*_book(graph, base, people), *things.values(), *statements]}
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    except (TypeError, ValueError) as error:
        raise ExportError(f"The graph cannot be written as JSON-LD: {error}.", "Leave that attribute out.") from error
    write_bytes(path, text.encode("utf-8", errors="ignore"))


def _book(graph: networkx.Graph, base: str, people: list[dict[str, str]]) -> list[dict[str, Any]]:
    about = {name: str(graph.graph.get(name) or "") for name in ("title", "author", "language", "litgraph")}
    book: dict[str, Any] = {"@id": base, "@type": "schema:Book", "schema:name": about["title"]}
    if about["author"]:
        book["schema:author"] = {"@type": "schema:Person", "schema:name": about["author"]}
    if about["language"]:
        book["schema:inLanguage"] = about["language"]
    book["schema:character"] = people
    reading = {
        "@id": f"{base}:reading",
        "@type": "prov:Activity",
        "prov:used": {"@id": base},
        "prov:wasAssociatedWith": {
            "@type": "prov:SoftwareAgent",
            "schema:name": "litgraph",
            "schema:softwareVersion": about["litgraph"],
        },
    }
    return [book, reading]


def _thing(iri: str, data: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(data.get("kind", ""))
    thing: dict[str, Any] = {"@id": iri, "@type": _TYPES.get(kind, "schema:Thing"), "schema:name": data.get("name", "")}
    others = [alias for alias in data.get("aliases") or () if alias != data.get("name")]
    if others:
        thing["schema:alternateName"] = others
    if kind == "character" and data.get("gender") in _GENDERS:
        thing["schema:gender"] = {"@id": _GENDERS[data["gender"]]}
    if data.get("same_as"):
        thing["schema:sameAs"] = {"@id": data["same_as"]}
    thing["litgraph:kind"] = kind
    thing["litgraph:mentions"] = data.get("mentions", 0)
    return thing


def _annotation(iri: str, base: str, head: str, relation: str, tail: str, data: Mapping[str, Any]) -> dict[str, Any]:
    statement = {
        "@type": "rdf:Statement",
        "rdf:subject": {"@id": head},
        "rdf:predicate": {"@id": f"litgraph:{quote(_clean(relation), safe='')}"},
        "rdf:object": {"@id": tail},
        "litgraph:weight": data.get("weight", 1),
    }
    if "confidence" in data:
        statement["litgraph:confidence"] = data["confidence"]
    annotation = {
        "@id": iri,
        "@type": "oa:Annotation",
        "oa:hasBody": statement,
        "prov:wasGeneratedBy": {"@id": f"{base}:reading"},
    }
    targets = [_target(base, piece) for piece in data.get("evidence") or ()]
    return annotation | ({"oa:hasTarget": targets} if targets else {})


def _target(base: str, piece: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "oa:hasSource": {"@id": base},
        "oa:hasSelector": [
            {"@type": "oa:TextQuoteSelector", "oa:exact": piece["text"]},
            {"@type": "oa:TextPositionSelector", "oa:start": piece["start"], "oa:end": piece["end"]},
        ],
        "litgraph:chapter": piece["chapter"],
    }


def _clean(text: str) -> str:
    """Without half surrogate pairs, which UTF-8 cannot hold."""
    return text.encode("utf-8", errors="ignore").decode("utf-8")
