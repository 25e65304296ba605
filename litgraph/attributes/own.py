"""The shapes of litgraph's own attributes, which its writers, selections and questions rely on.

A graph that somebody else wrote may call something else by the same name: a weight "heavy", aliases in one text. Such a
value has no form here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from litgraph.elsewhere import is_address


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_whole(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_whole, value))


def _are_pieces(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(piece, dict)
        and isinstance(piece.get("text"), str)
        and all(_is_whole(piece.get(name)) for name in ("chapter", "start", "end"))
        and _is_whole(piece.get("words", 0))
        for piece in value
    )


_TEXTS = (_are_texts, "it is no list of texts")
_WHOLE = (_is_whole, "it is no whole number")
_NUMBER = (_is_number, "it is no number")
_SHAPES: Mapping[str, Mapping[str, tuple[Callable[[Any], bool], str]]] = MappingProxyType(
    {
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
    is_right, reason = _SHAPES.get(domain, {}).get(name, (None, ""))
    return "" if is_right is None or is_right(value) else reason
