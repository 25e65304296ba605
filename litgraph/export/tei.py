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
from xml.sax.saxutils import quoteattr

from litgraph.attributes import plain_graph
from litgraph.export.attributes import unique_ids, xml_text
from litgraph.export.tei_parts import NAMESPACE, element, entity_lists, file_description, xml_id
from litgraph.files import written_whole
from litgraph.graph import edges_of
from litgraph.ontology import RELATIONS
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx


def write_tei(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> None:
    """Write the graph as a TEI document, whole or not at all.

    A node of a kind that litgraph does not know is an ``<object>``. Characters that XML 1.0 cannot hold are left out,
    and so are values that have no form (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph, simple or not.
        path: the file.
        tell: told which values have no form.

    Raises:
        ExportError: the file cannot be written, or two nodes have the same id once it is written as text.
    """
    lines = _lines(plain_graph(graph, tell))
    with written_whole(path) as file:
        for line in lines:
            file.write(line.encode("utf-8") + b"\n")


def _lines(graph: networkx.Graph) -> Iterator[str]:
    identifiers = unique_ids(graph, "TEI")
    ids = {node: xml_id(identifier) for node, identifier in identifiers.items()}
    title, author, source = (str(graph.graph.get(name) or "") for name in ("title", "author", "source"))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<TEI xmlns="{NAMESPACE}">'
    yield "<teiHeader>"
    yield from file_description(title, author, source, "Characters, places and relations, found by litgraph.")
    yield "</teiHeader>"
    yield "<standOff>"
    yield from entity_lists([(ids[node], identifiers[node], data) for node, data in graph.nodes(data=True)])
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


def _relation(head: str, tail: str, relation: str, data: Mapping[str, Any], mutual: bool) -> str:
    ends = f'mutual="#{head} #{tail}"' if mutual else f'active="#{head}" passive="#{tail}"'
    family = RELATIONS[relation].family if relation in RELATIONS else "other"
    certainty = f' cert="{float(data["confidence"])}"' if "confidence" in data else ""
    quotes = "".join(
        element("quote", str(piece["text"]), n=str(piece["chapter"])) for piece in data.get("evidence", ())
    )
    numbers = "".join(
        f'<num type="{name}" value="{data[name]}">{data[name]}</num>' for name in ("weight", "words") if name in data
    )
    name = "_".join(re.findall(r"[\w.-]+", xml_text(relation))) or "related"
    description = f"<desc>{numbers}{quotes}</desc>" if numbers or quotes else ""
    return f'<relation name={quoteattr(name)} type="{family}" {ends}{certainty}>{description}</relation>'
