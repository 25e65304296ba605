"""litgraph reads a novel and builds its knowledge graph: characters, places and their relations, with evidence.

>>> import litgraph
>>> graph = litgraph.build_graph("pg11")  # doctest: +SKIP

Everything here is loaded when it is first used, so that ``import litgraph`` stays quick.
"""

from __future__ import annotations

import sys
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litgraph.cast import resolve as resolve
    from litgraph.cast import understand as understand
    from litgraph.cast import with_entities as with_entities
    from litgraph.config import Settings as Settings
    from litgraph.config import load_settings as load_settings
    from litgraph.errors import CastFileError as CastFileError
    from litgraph.errors import CorpusError as CorpusError
    from litgraph.errors import DatasetError as DatasetError
    from litgraph.errors import ExportError as ExportError
    from litgraph.errors import FetchError as FetchError
    from litgraph.errors import LitgraphError as LitgraphError
    from litgraph.errors import LitgraphWarning as LitgraphWarning
    from litgraph.errors import ModelError as ModelError
    from litgraph.errors import NotInGraph as NotInGraph
    from litgraph.errors import QueryError as QueryError
    from litgraph.errors import RunFolderError as RunFolderError
    from litgraph.errors import SettingsError as SettingsError
    from litgraph.errors import SourceError as SourceError
    from litgraph.errors import SourceNotFound as SourceNotFound
    from litgraph.errors import StoreError as StoreError
    from litgraph.errors import UnreadableSource as UnreadableSource
    from litgraph.errors import UnsafeSource as UnsafeSource
    from litgraph.export import read_graphml as read_graphml
    from litgraph.export import select_graph as select_graph
    from litgraph.export import write_graph as write_graph
    from litgraph.export.tei_text import write_tei_text as write_tei_text
    from litgraph.graph import merge as merge
    from litgraph.graph import strongest as strongest
    from litgraph.inspection import relations_of as relations_of
    from litgraph.inspection import speech_of as speech_of
    from litgraph.mentions import Found as Found
    from litgraph.mentions import choose_finder as choose_finder
    from litgraph.mentions import find_mentions as find_mentions
    from litgraph.pages.notebook import show as show
    from litgraph.pairs import candidate_pairs as candidate_pairs
    from litgraph.pairs import co_occurrences as co_occurrences
    from litgraph.pairs import meetings as meetings
    from litgraph.pipeline import build_graph as build_graph
    from litgraph.pipeline import build_run as build_run
    from litgraph.pipeline import rebuild_run as rebuild_run
    from litgraph.reading import read_book as read_book
    from litgraph.reading.catalogue import fetch as fetch
    from litgraph.relations.choice import choose_labeller as choose_labeller
    from litgraph.relations.labelling import label_pairs as label_pairs
    from litgraph.runs.loading import load_book as load_book
    from litgraph.runs.loading import load_cast as load_cast
    from litgraph.runs.loading import load_graph as load_graph
    from litgraph.runs.loading import load_mentions as load_mentions
    from litgraph.runs.loading import load_quotations as load_quotations
    from litgraph.runs.loading import load_relations as load_relations
    from litgraph.runs.loading import load_sentences as load_sentences
    from litgraph.runs.tables import tables as tables
    from litgraph.sentences import segment as segment
    from litgraph.speech.conversations import conversations as conversations
    from litgraph.stores.embedded import query as query
    from litgraph.types import Book as Book
    from litgraph.types import Cast as Cast
    from litgraph.types import Chapter as Chapter
    from litgraph.types import Entity as Entity
    from litgraph.types import Mention as Mention
    from litgraph.types import Pair as Pair
    from litgraph.types import Quotation as Quotation
    from litgraph.types import Relation as Relation
    from litgraph.types import Sentence as Sentence
    from litgraph.types import Span as Span
    from litgraph.types import Voice as Voice

__version__ = metadata.version("litgraph-kg")

_HOMES = {
    "Book": "litgraph.types",
    "Cast": "litgraph.types",
    "CastFileError": "litgraph.errors",
    "Chapter": "litgraph.types",
    "CorpusError": "litgraph.errors",
    "DatasetError": "litgraph.errors",
    "Entity": "litgraph.types",
    "ExportError": "litgraph.errors",
    "FetchError": "litgraph.errors",
    "Found": "litgraph.mentions",
    "LitgraphError": "litgraph.errors",
    "LitgraphWarning": "litgraph.errors",
    "Mention": "litgraph.types",
    "ModelError": "litgraph.errors",
    "NotInGraph": "litgraph.errors",
    "Pair": "litgraph.types",
    "QueryError": "litgraph.errors",
    "Quotation": "litgraph.types",
    "Relation": "litgraph.types",
    "RunFolderError": "litgraph.errors",
    "Sentence": "litgraph.types",
    "Settings": "litgraph.config",
    "SettingsError": "litgraph.errors",
    "SourceError": "litgraph.errors",
    "SourceNotFound": "litgraph.errors",
    "Span": "litgraph.types",
    "StoreError": "litgraph.errors",
    "UnreadableSource": "litgraph.errors",
    "UnsafeSource": "litgraph.errors",
    "Voice": "litgraph.types",
    "build_graph": "litgraph.pipeline",
    "build_run": "litgraph.pipeline",
    "candidate_pairs": "litgraph.pairs",
    "choose_finder": "litgraph.mentions",
    "choose_labeller": "litgraph.relations.choice",
    "co_occurrences": "litgraph.pairs",
    "conversations": "litgraph.speech.conversations",
    "fetch": "litgraph.reading.catalogue",
    "find_mentions": "litgraph.mentions",
    "label_pairs": "litgraph.relations.labelling",
    "load_book": "litgraph.runs.loading",
    "load_cast": "litgraph.runs.loading",
    "load_graph": "litgraph.runs.loading",
    "load_mentions": "litgraph.runs.loading",
    "load_quotations": "litgraph.runs.loading",
    "load_relations": "litgraph.runs.loading",
    "load_sentences": "litgraph.runs.loading",
    "load_settings": "litgraph.config",
    "meetings": "litgraph.pairs",
    "merge": "litgraph.graph",
    "query": "litgraph.stores.embedded",
    "read_book": "litgraph.reading",
    "read_graphml": "litgraph.export",
    "rebuild_run": "litgraph.pipeline",
    "relations_of": "litgraph.inspection",
    "resolve": "litgraph.cast",
    "segment": "litgraph.sentences",
    "select_graph": "litgraph.export",
    "show": "litgraph.pages.notebook",
    "speech_of": "litgraph.inspection",
    "strongest": "litgraph.graph",
    "tables": "litgraph.runs.tables",
    "understand": "litgraph.cast",
    "with_entities": "litgraph.cast",
    "write_graph": "litgraph.export",
    "write_tei_text": "litgraph.export.tei_text",
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


if "IPython" in sys.modules:  # in a notebook, graphs show themselves
    import_module("litgraph.pages.display").show_graphs()
