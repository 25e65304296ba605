"""What a query gives: rows of JSON values, alike from every engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from litgraph.attributes.values import Moment, iso_text
from litgraph.stores.model import BOOK, ENTITY

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query.

    Attributes:
        columns: their names, in the order of the RETURN.
        rows: column -> value. A node is ``{"labels": […], "properties": {…}}``, a relationship ``{"type": …,
            "properties": {…}}``, a path ``{"nodes": […], "relationships": […]}``, a date, a time or a duration
            text (ISO 8601).
        more: whether there were more rows than asked for.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    more: bool = False


def node_value(labels: Iterable[str], properties: Mapping[str, Any]) -> Row:
    """A node, its labels and properties in the same order whatever the engine."""
    return {
        "labels": sorted(labels, key=lambda label: (label not in (ENTITY, BOOK), label)),
        "properties": {name: plain(properties[name]) for name in sorted(properties)},
    }


def relationship_value(kind: str, properties: Mapping[str, Any]) -> Row:
    """A relationship, its properties in alphabetical order."""
    return {"type": kind, "properties": {name: plain(properties[name]) for name in sorted(properties)}}


def plain(value: Any) -> Any:
    """A value as JSON has it; text for anything that JSON does not know."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Moment):
        return iso_text(value)
    if hasattr(value, "to_native") and not getattr(value, "nanosecond", 0) % 1000:
        # the driver's own, which writes nine digits of a second even where Python's six hold it
        with suppress(ValueError):  # of a year that Python does not know
            return iso_text(value.to_native())
    return value.iso_format() if hasattr(value, "iso_format") else str(value)
