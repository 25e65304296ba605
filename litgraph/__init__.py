"""litgraph reads a novel and builds its knowledge graph: characters, places and their relations, with evidence.

>>> import litgraph
>>> graph = litgraph.build_graph("pg11")  # doctest: +SKIP

Everything here is loaded when it is first used, so that ``import litgraph`` stays quick.
"""

from __future__ import annotations

from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litgraph.config import Settings as Settings
    from litgraph.config import load_settings as load_settings
    from litgraph.errors import LitgraphError as LitgraphError
    from litgraph.export import read_graphml as read_graphml
    from litgraph.export import select_graph as select_graph
    from litgraph.export import write_graph as write_graph
    from litgraph.graph import strongest as strongest
    from litgraph.inspection import relations_of as relations_of
    from litgraph.pipeline import build_graph as build_graph
    from litgraph.pipeline import build_run as build_run
    from litgraph.reading import read_book as read_book
    from litgraph.reading.catalogue import fetch as fetch
    from litgraph.runs.loading import load_book as load_book
    from litgraph.runs.loading import load_cast as load_cast
    from litgraph.runs.loading import load_graph as load_graph
    from litgraph.stores.embedded import query as query

__version__ = metadata.version("litgraph-kg")

_HOMES = {
    "LitgraphError": "litgraph.errors",
    "Settings": "litgraph.config",
    "build_graph": "litgraph.pipeline",
    "build_run": "litgraph.pipeline",
    "fetch": "litgraph.reading.catalogue",
    "load_book": "litgraph.runs.loading",
    "load_cast": "litgraph.runs.loading",
    "load_graph": "litgraph.runs.loading",
    "load_settings": "litgraph.config",
    "query": "litgraph.stores.embedded",
    "read_book": "litgraph.reading",
    "read_graphml": "litgraph.export",
    "relations_of": "litgraph.inspection",
    "select_graph": "litgraph.export",
    "strongest": "litgraph.graph",
    "write_graph": "litgraph.export",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
