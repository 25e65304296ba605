"""TEI P5: persons, places, organisations, vehicles and the relations between them, in a ``<standOff>``.

Each relation has its name from the vocabulary, its family as ``type``, its confidence as ``cert``, its weight as
``<num type="weight">`` (and the words that were spoken as ``<num type="words">``), and its evidence as ``<quote>``,
whose ``n`` is the chapter.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from litgraph.export.attributes import unique_ids, xml_text
from litgraph.files import written_whole
from litgraph.graph import edges_of
from litgraph.ontology import RELATIONS

if TYPE_CHECKING:
    import networkx

NAMESPACE = "http://www.tei-c.org/ns/1.0"

# kind -> list, element, name element
_LISTS: Mapping[str, tuple[str, str, str]] = {
    "character": ("listPerson", "person", "persName"),
    "group": ("listPerson", "personGrp", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
    "vehicle": ("listObject", "object", "objectName"),
}
_SEX = {"female": "F", "male": "M"}


def write_tei(graph: networkx.Graph, path: str | os.PathLike[str]) -> None:
    """Write the graph as a TEI document, whole or not at all.

    A node of a kind that litgraph does not know is an ``<object>``. Characters that XML 1.0 cannot hold are left out.

    Raises:
        ExportError: the file cannot be written, or two nodes have the same id once it is written as text.
    """
    lines = _lines(graph)
    with written_whole(path) as file:
        for line in lines:
            file.write(line.encode("utf-8") + b"\n")


def _lines(graph: networkx.Graph) -> Iterator[str]:
    identifiers = unique_ids(graph, "TEI")
    ids = {node: _xml_id(identifier) for node, identifier in identifiers.items()}
    title, author = (str(graph.graph.get(name) or "") for name in ("title", "author"))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<TEI xmlns="{NAMESPACE}">'
    yield "<teiHeader><fileDesc>"
    yield f"<titleStmt>{_element('title', title or 'Untitled')}"
    yield f"{_element('author', author) if author else ''}</titleStmt>"
    yield "<publicationStmt><p>Characters, places and relations, found by litgraph.</p></publicationStmt>"
    yield f"<sourceDesc>{_element('p', str(graph.graph.get('source') or title or 'unknown'))}</sourceDesc>"
    yield "</fileDesc></teiHeader>"
    yield "<standOff>"
    for name in dict.fromkeys(name for name, *_ in _LISTS.values()):
        entries = [
            (node, data) for node, data in graph.nodes(data=True) if _LISTS.get(data.get("kind"), _OTHER)[0] == name
        ]
        if entries:
            yield f"<{name}>"
            for node, data in entries:
                yield _entry(ids[node], identifiers[node], data)
            yield f"</{name}>"
    if graph.number_of_edges():
        yield "<listRelation>"
        for head, tail, key, data in edges_of(graph):
            mutual = not (graph.is_directed() and data.get("directed", True))
            yield _relation(ids[head], ids[tail], str(data.get("relation", key)), data, mutual)
        yield "</listRelation>"
    if not graph:
        yield "<note>Nobody was found.</note>"  # a standOff may not be empty
    yield "</standOff>"
    yield "</TEI>"


_OTHER = _LISTS["vehicle"]


def _entry(xml_id: str, node_id: str, data: Mapping[str, Any]) -> str:
    _, element, name_element = _LISTS.get(str(data.get("kind")), _OTHER)
    name = str(data.get("name", node_id))
    aliases = [str(alias) for alias in data.get("aliases", ()) if alias != name]
    sex = _SEX.get(str(data.get("gender")), "") if element == "person" else ""
    names = _element(name_element, name, type="main")
    names += "".join(_element(name_element, alias, type="alias") for alias in aliases)
    names += _element("idno", node_id, type="litgraph")
    if element == "object":
        names = f"<objectIdentifier>{names}</objectIdentifier>"
    start = f"<{element} xml:id={quoteattr(xml_id)}" + (f' sex="{sex}"' if sex else "")
    return f"{start}>{names}</{element}>"


def _relation(head: str, tail: str, relation: str, data: Mapping[str, Any], mutual: bool) -> str:
    ends = f'mutual="#{head} #{tail}"' if mutual else f'active="#{head}" passive="#{tail}"'
    family = RELATIONS[relation].family if relation in RELATIONS else "other"
    certainty = f' cert="{float(data["confidence"])}"' if "confidence" in data else ""
    quotes = "".join(
        _element("quote", str(piece["text"]), n=str(piece["chapter"])) for piece in data.get("evidence", ())
    )
    numbers = "".join(
        f'<num type="{name}" value="{data[name]}">{data[name]}</num>' for name in ("weight", "words") if name in data
    )
    name = "_".join(re.findall(r"[\w.-]+", xml_text(relation))) or "related"
    description = f"<desc>{numbers}{quotes}</desc>" if numbers or quotes else ""
    return f'<relation name={quoteattr(name)} type="{family}" {ends}{certainty}>{description}</relation>'


def _element(name: str, text: str, **attributes: str) -> str:
    attribute_text = "".join(f" {key}={quoteattr(xml_text(value))}" for key, value in attributes.items())
    return f"<{name}{attribute_text}>{escape(xml_text(text), {chr(13): '&#13;'})}</{name}>"


def _xml_id(identifier: str) -> str:
    """A name that XML takes for an id, another for each identifier: _ escapes all but letters, digits, - and dots."""
    name = re.sub(r"[^A-Za-z0-9.-]", lambda match: f"_{ord(match[0]):x}_", identifier)
    return name if re.match("[A-Za-z_]", name) else f"_{name}"
