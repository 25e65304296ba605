"""What the writers of files share: types of values, text that XML can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from litgraph.errors import ExportError

if TYPE_CHECKING:
    import networkx

SCALARS = {"boolean", "long", "double", "string"}
LIST_OF = "list of "
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (production 2): most control characters, half surrogate pairs."""

_LONG = range(-(2**63), 2**63)


def value_kind(value: object) -> str:
    """A scalar type of GraphML and GEXF, "list of " with one (alone for an empty list), or "json" for the rest."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if value in _LONG else "json"
    if isinstance(value, float):
        return "double"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        kinds = {value_kind(item) for item in value}
        if not kinds:
            return LIST_OF
        if len(kinds) == 1 and kinds <= SCALARS:
            return LIST_OF + kinds.pop()
    return "json"


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return NOT_XML.sub("", text)


def json_text(value: object) -> str:
    """A plain value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def unique_ids(graph: networkx.Graph, format_name: str) -> dict[Any, str]:
    """The nodes' ids as XML text. Raises ExportError if two of them become the same."""
    ids: dict[Any, str] = {}
    owner: dict[str, Any] = {}
    for node in graph:
        ids[node] = xml_text(str(node))
        if owner.setdefault(ids[node], node) is not node:
            raise ExportError(
                f"Two nodes would have the same id in {format_name}: {owner[ids[node]]!r} and {node!r}.",
                "Rename one of them.",
            )
    return ids
