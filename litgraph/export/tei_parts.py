"""What the TEI files share: the head of a document, the lists of who and what is in a book, ids and text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litgraph.export.attributes import xml_text

NAMESPACE = "http://www.tei-c.org/ns/1.0"

# kind -> list, element, name element
_LISTS: Mapping[str, tuple[str, str, str]] = {
    "character": ("listPerson", "person", "persName"),
    "group": ("listPerson", "personGrp", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
    "vehicle": ("listObject", "object", "objectName"),
}
_OTHER = _LISTS["vehicle"]
LISTS: tuple[str, ...] = tuple(dict.fromkeys(name for name, *_ in _LISTS.values()))
"""The lists there are, in the order that TEI wants."""
_SEX = {"female": "F", "male": "M"}


def file_description(title: str, author: str, source: str, what: str) -> Iterator[str]:
    """The ``<fileDesc>`` of a book, a line each; ``what`` says what litgraph found."""
    yield "<fileDesc>"
    yield f"<titleStmt>{element('title', title or 'Untitled')}"
    yield f"{element('author', author) if author else ''}</titleStmt>"
    yield f"<publicationStmt>{element('p', what)}</publicationStmt>"
    yield f"<sourceDesc>{element('p', source or title or 'unknown')}</sourceDesc>"
    yield "</fileDesc>"


def entity_lists(
    entities: Collection[tuple[str, str, Mapping[str, Any]]], lists: Collection[str] = LISTS
) -> Iterator[str]:
    """Those of the lists that are not empty, a line each.

    Args:
        entities: xml:id, id, and attributes (``kind name aliases gender``) of each entity; one of a kind that litgraph
            does not know is an ``<object>``.
        lists: which of `LISTS`.
    """
    for name in lists:
        entries = [one for one in entities if _LISTS.get(one[2].get("kind", ""), _OTHER)[0] == name]
        if entries:
            yield f"<{name}>"
            for entry in entries:
                yield _entry(*entry)
            yield f"</{name}>"


def name_element(kind: str) -> str:
    """The element for a name of an entity of that kind."""
    return _LISTS.get(kind, _OTHER)[2]


def element(name: str, text: str, **attributes: str) -> str:
    """An element with nothing but text in it; characters that XML 1.0 cannot hold are left out."""
    attribute_text = "".join(f" {key}={quoteattr(xml_text(value))}" for key, value in attributes.items())
    return f"<{name}{attribute_text}>{escaped(text)}</{name}>"


def escaped(text: str) -> str:
    """Text for the inside of an element, without the characters that XML 1.0 cannot hold."""
    return escape(xml_text(text), {"\r": "&#13;"})


def xml_id(identifier: str) -> str:
    """A name that XML takes for an id, another for each identifier: _ escapes all but letters, digits, - and dots."""
    name = re.sub(r"[^A-Za-z0-9.-]", lambda match: f"_{ord(match[0]):x}_", identifier)
    return name if re.match("[A-Za-z_]", name) else f"_{name}"


def _entry(identifier: str, node_id: str, data: Mapping[str, Any]) -> str:
    _, element_name, name_of = _LISTS.get(str(data.get("kind")), _OTHER)
    name = str(data.get("name", node_id))
    aliases = [str(alias) for alias in data.get("aliases", ()) if alias != name]
    sex = _SEX.get(str(data.get("gender")), "") if element_name == "person" else ""
    names = element(name_of, name, type="main")
    names += "".join(element(name_of, alias, type="alias") for alias in aliases)
    names += element("idno", node_id, type="litgraph")
    if element_name == "object":
        names = f"<objectIdentifier>{names}</objectIdentifier>"
    start = f"<{element_name} xml:id={quoteattr(identifier)}" + (f' sex="{sex}"' if sex else "")
    return f"{start}>{names}</{element_name}>"
