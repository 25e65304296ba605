"""The shapes of litgraph's own attributes, which its writers, selections and questions rely on.

A graph that somebody else wrote may call something else by the same name: a weight "heavy", aliases in one text. Such a
value has no form here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from litgraph.elsewhere import is_address


# The values are plain, so that their types are exactly these; a large graph has half a million of them.
def _is_number(value: Any) -> bool:
    return type(value) is int or type(value) is float


def _is_whole(value: Any) -> bool:
    return type(value) is int


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and {str}.issuperset(map(type, value))


def _are_whole(value: Any) -> bool:
    return isinstance(value, list) and {int}.issuperset(map(type, value))


def _are_pieces(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_piece, value))


def _is_piece(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and type(value.get("text")) is str
        and _are_whole([value.get("chapter"), value.get("start"), value.get("end"), value.get("words", 0)])
    )


_TEXTS = (_are_texts, "it is no list of texts")
_WHOLE = (_is_whole, "it is no whole number")
_NUMBER = (_is_number, "it is no number")
_SHAPES: Mapping[str, Mapping[str, tuple[Callable[[Any], bool], str]]] = MappingProxyType(
    {
        "graph": {},
        "node": {
            "aliases": _TEXTS,
            "mentions": _WHOLE,
            "first": _WHOLE,
            "last": _WHOLE,
            "same_as": (is_address, "it is no address"),
        },
        "edge": {
            "weight": _NUMBER,
            "confidence": _NUMBER,
            "words": _NUMBER,
            "chapters": (_are_whole, "it is no list of whole numbers"),
            "sources": _TEXTS,
            "raw": _TEXTS,
            "because": _TEXTS,
            "evidence": (_are_pieces, "it is no list of pieces with chapter, start, end and text"),
        },
    }
)


def wrong_shape(domain: str, name: str, value: Any) -> str:
    """Why a plain value cannot be litgraph's attribute of that name; "" if it can, or if litgraph has none.

    Args:
        domain: "node", "edge" or "graph".
        name: the attribute's.
        value: a plain one.
    """
    shape = _SHAPES[domain].get(name)
    return "" if shape is None or shape[0](value) else shape[1]
