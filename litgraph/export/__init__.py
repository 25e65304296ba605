"""The graph in other people's formats: `write_graph` chooses by the ending of the file name, or by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from litgraph.attributes import plain_graph
from litgraph.errors import ExportError
from litgraph.export.graphml import read_graphml, write_graphml
from litgraph.export.node_link import read_node_link, write_node_link
from litgraph.export.selection import select_graph
from litgraph.files import write_text
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx

__all__ = [
    "FORMATS",
    "Format",
    "format_of",
    "read_graphml",
    "read_node_link",
    "select_graph",
    "write_graph",
    "write_graphml",
    "write_node_link",
]


class Writer(Protocol):
    """What writes a graph."""

    def __call__(self, graph: networkx.Graph, path: Path, /, *, tell: Tell) -> list[Path] | None:
        """Write it. Gives the files, if there are others than ``path``; tells what it leaves out."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format of `write_graph`.

    Attributes:
        name: as ``--format`` takes it.
        suffixes: endings of file names that choose it.
        meaning: what it is for.
    """

    name: str
    suffixes: tuple[str, ...]
    meaning: str
    write: Writer


def _gexf(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.gexf import write_gexf

    write_gexf(graph, path, tell=tell)


def _gexf_dynamic(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.gexf import write_gexf

    write_gexf(graph, path, dynamic=True, tell=tell)


def _gephi_csv(graph: networkx.Graph, path: Path, *, tell: Tell) -> list[Path]:
    from litgraph.export.tables import write_gephi_tables

    return write_gephi_tables(graph, path, tell=tell)


def _neo4j_admin(graph: networkx.Graph, path: Path, *, tell: Tell) -> list[Path]:
    from litgraph.export.property_graph.bulk import write_bulk

    return write_bulk([graph], path, tell=tell)


def _cypher(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.property_graph.cypher import write_cypher

    write_cypher(graph, path, tell=tell)


def _grass(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.property_graph.grass import write_grass

    write_grass(path)


def _tei(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.tei import write_tei

    write_tei(graph, path, tell=tell)


def _jsonld(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.jsonld import write_jsonld

    write_jsonld(plain_graph(graph, tell), path)


def _dracor_csv(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.export.tables import write_dracor_table

    write_dracor_table(graph, path, tell=tell)


def _picture(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    if not graph.is_multigraph():
        raise ExportError("A picture shows each relation by itself.", "Draw the graph as it is, without --simple.")
    from litgraph.view.plots import draw

    draw(plain_graph(graph, tell), path)


def _page(graph: networkx.Graph, path: Path, *, tell: Tell) -> None:
    from litgraph.view.page.excerpts import page_of

    write_text(path, page_of(plain_graph(graph, tell)))


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        row.name: row
        for row in (
            Format("graphml", (".graphml",), "Gephi, Cytoscape, yEd, igraph, networkx, Neo4j (APOC)", write_graphml),
            Format("gexf", (".gexf",), "Gephi, Gephi Lite", _gexf),
            Format("gexf-dynamic", (), "the same, with the chapters as Gephi's time line", _gexf_dynamic),
            Format("json", (".json",), "node-link JSON: everything, for networkx and programs", write_node_link),
            Format("gephi-csv", (".csv",), "tables NAME-nodes.csv and NAME-edges.csv, Gephi, Cytoscape", _gephi_csv),
            Format("neo4j-admin", (), "a folder of tables for neo4j-admin database import", _neo4j_admin),
            Format("cypher", (".cypher", ".cql"), "a Cypher script for Neo4j", _cypher),
            Format("grass", (".grass",), "a style sheet for Neo4j Browser: captions and colours", _grass),
            Format("tei", (".xml", ".tei"), "TEI: listPerson, listPlace, listRelation", _tei),
            Format("jsonld", (".jsonld",), "JSON-LD: schema.org, PROV-O, Web Annotation", _jsonld),
            Format("dracor-csv", (), "relations as DraCor has them: Source,Type,Target,Label", _dracor_csv),
            Format("png", (".png",), "a picture of the strongest relations (needs matplotlib)", _picture),
            Format("svg", (".svg",), "the same picture as vector graphics (needs matplotlib)", _picture),
            Format("html", (".html", ".htm"), "a page for any browser, offline: the graph and its proof", _page),
        )
    }
)


def format_of(path: str | os.PathLike[str], name: str | None = None) -> Format:
    """The format of that name, or that the ending of ``path`` names. Raises ExportError if there is none."""
    suffix = Path(path).suffix.lower()
    for candidate in FORMATS.values():
        if name == candidate.name or (name is None and suffix in candidate.suffixes):
            if candidate.write is _picture and suffix not in candidate.suffixes:
                raise ExportError(f"A picture cannot be called {path}.", f"End its name in {candidate.suffixes[0]}.")
            return candidate
    choices = "; ".join(
        f"{' '.join(candidate.suffixes) or candidate.name} ({candidate.meaning})" for candidate in FORMATS.values()
    )
    request = name or suffix or Path(path).name
    raise ExportError(f'There is no format for "{request}".', f"End the name, or name the format: {choices}.")


def write_graph(
    graph: networkx.Graph, path: str | os.PathLike[str], format: str | None = None, *, tell: Tell = warn
) -> list[Path]:
    """Write the graph; whole or not at all.

    What a notebook puts on it becomes what :mod:`litgraph.attributes.values` says, in every format alike: numbers of
    numpy and pandas numbers, dates ISO 8601 text (temporal values for Neo4j), sets sorted lists, paths text. A value
    that has no form (a NaN, an object) is left out, and ``tell`` is told the attribute and who bears it.

    Args:
        graph: from :func:`litgraph.build_graph`, :func:`litgraph.load_graph` or :func:`litgraph.select_graph`.
        path: the file; for "gephi-csv" what two files are named after, for "neo4j-admin" a folder.
        format: one of `FORMATS`; None to let the ending of ``path`` say it.
        tell: by default a warning, :class:`litgraph.LitgraphWarning`.

    Returns:
        the files that were written.

    Raises:
        ExportError: no such format, the file cannot be written, or the format cannot hold the graph.
    """
    files = format_of(path, format).write(graph, Path(path), tell=tell)
    return [Path(path)] if files is None else files
