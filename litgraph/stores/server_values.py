"""What Neo4j's driver gives, as values of an answer."""

from __future__ import annotations

from typing import Any

from litgraph.stores.values import node_value, plain, relationship_value

_AXES = {4326: ("longitude", "latitude"), 4979: ("longitude", "latitude", "height")}
"""The names of the coordinates by system of reference (EPSG); those of all others are x, y and z."""


def answer_value(value: Any) -> Any:
    """A value as JSON has it.

    A duration, date or time is text as ISO 8601 has it, with the name of its zone in brackets where it has one, as
    Neo4j writes it; a point is what makes it in Cypher, ``point({x: 1, y: 2})``.
    """
    from neo4j.graph import Node, Path, Relationship
    from neo4j.spatial import Point
    from neo4j.time import DateTime, Duration

    if isinstance(value, Node):
        return node_value(value.labels, dict(_answered(value)))
    if isinstance(value, Relationship):
        return relationship_value(value.type, dict(_answered(value)))
    if isinstance(value, Path):
        return {name: list(map(answer_value, getattr(value, name))) for name in ("nodes", "relationships")}
    if isinstance(value, Duration):  # a tuple, too
        return value.iso_format()
    if isinstance(value, Point):
        axes = _AXES.get(value.srid or 0, ("x", "y", "z"))
        return (
            f"point({{{', '.join(f'{axis}: {_number(number)}' for axis, number in zip(axes, value, strict=False))}}})"
        )
    if isinstance(value, DateTime):
        zone = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "zone", None)
        return f"{plain(value)}[{zone}]" if zone else plain(value)
    if isinstance(value, list):
        return list(map(answer_value, value))
    if isinstance(value, dict):
        return {name: answer_value(item) for name, item in value.items()}
    return plain(value)


def _answered(element: Any) -> dict[str, Any]:
    return {name: answer_value(value) for name, value in element.items()}


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)
