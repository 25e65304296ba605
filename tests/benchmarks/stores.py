"""How long loads, queries and files take: python tests/benchmarks/stores.py [--run RUN] [--books 1000] [NODES/EDGES …]

Made-up graphs, the same each time, in a Neo4j that is started for it: LITGRAPH_NEO4J_SERVER names a folder with the
programs ``serve`` and ``import`` (see support/databases.py). Without it loads go to the Neo4j, container or stand-in
that the tests take, and the table of the bulk import is left out.

"a query a row" is what many loaders do, one MERGE for each node and each edge, in a transaction each, on the same
indexes; it is measured on the first 1,000 nodes and 2,000 edges only. "bare" is a driver that has the rows ready and
sends them in UNWIND … CREATE, in batches of the same size. All are the median of three, in turn, on a server that has
done each before. Memory is what Python allocates at most beside the graph as it loads.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import networkx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from cookbook import Question, questions
from databases import OwnServer, database_server
from graphs import edge, piece
from society import society

from litgraph.export import FORMATS, write_graph
from litgraph.export.property_graph.bulk import ARGUMENTS_FILE, SCHEMA_FILE, write_bulk
from litgraph.ontology import FICTION
from litgraph.stores import statements
from litgraph.stores.embedded import KGLite
from litgraph.stores.model import entity_records, relation_records
from litgraph.stores.neo4j import NODES_A_BATCH, RELATIONS_A_BATCH, Connection, ask, load

SIZES = ["300/3000", "5000/50000"]
SENTENCE = (
    "It is a truth universally acknowledged, that a single man in possession of a good fortune is in want of a wife."
)


def made_up(nodes: int, edges: int) -> networkx.MultiDiGraph:
    """A graph with a sentence or two for each edge."""
    choose = random.Random(1813)
    graph = networkx.MultiDiGraph(identifier=f"bench-{nodes}-{edges}", title="A long novel")
    for number in range(nodes):
        graph.add_node(
            f"n{number}", kind=choose.choice(["character", "character", "place"]), name=f"Name {number}",
            aliases=[f"N. {number}"], gender="unknown", mentions=number, first=1, last=60, ambiguous=False,
        )  # fmt: skip
    made = set()  # number_of_edges() counts them each time
    while len(made) < edges:
        head, tail = (f"n{choose.randrange(nodes)}" for _ in range(2))
        relation = choose.choice(FICTION[:20]).name
        told = [piece(choose.randrange(1, 61), choose.randrange(10**6), SENTENCE) for _ in range(choose.choice((1, 2)))]
        made.add((head, tail, relation))
        graph.add_edge(head, tail, relation, **edge(relation, *told))
    return graph


def seconds(do: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


@contextmanager
def session(connection: Connection) -> Iterator[Any]:
    """A driver's own."""
    import neo4j

    auth = (connection.user, connection.password) if connection.password else None
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=auth) as driver,
        driver.session(database=connection.database) as opened,
    ):
        yield opened


def row_by_row(graph: networkx.MultiDiGraph, connection: Connection) -> float:
    """Rows a second with one query, and one transaction, for each."""
    entities = list(islice(entity_records(graph), 1_000))
    there = {one.id for one in entities}
    relations = list(islice((one for one in relation_records(graph) if {one.head, one.tail} <= there), 2_000))
    with session(connection) as opened:
        started = time.perf_counter()
        for entity in entities:
            rows = [{"id": entity.id, "properties": entity.properties}]
            opened.run(statements.ENTITIES, rows=rows).consume()
            if entity.label:
                opened.run(statements.LABELS[entity.label], ids=[entity.id]).consume()
        for one in relations:
            rows = [{"head": one.head, "tail": one.tail, "properties": one.properties}]
            opened.run(statements.RELATIONS[one.type], rows=rows).consume()
        return (len(entities) + len(relations)) / (time.perf_counter() - started)


def bare(graph: networkx.MultiDiGraph, connection: Connection) -> float:
    """Rows a second of a driver that has the rows ready and creates them."""
    batches: list[tuple[str, list[dict[str, Any]]]] = []
    nodes: dict[str, list[dict[str, Any]]] = {}
    for entity in entity_records(graph):
        row = {"properties": entity.properties, "appearance": entity.appearance}
        nodes.setdefault(entity.label, []).append(row)
    relations: dict[str, list[dict[str, Any]]] = {}
    for one in relation_records(graph):
        relations.setdefault(one.type, []).append({"head": one.head, "tail": one.tail, "properties": one.properties})
    for label, rows in nodes.items():
        statement = (
            f"MATCH (b:Book {{id: $book}}) UNWIND $rows AS row CREATE (e:Entity:{label}) SET e = row.properties "
            "CREATE (e)-[r:APPEARS_IN]->(b) SET r = row.appearance"
        )
        batches += [(statement, rows[at : at + NODES_A_BATCH]) for at in range(0, len(rows), NODES_A_BATCH)]
    for name, rows in relations.items():
        statement = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.head}) MATCH (b:Entity {id: row.tail}) "
            f"CREATE (a)-[r:{name}]->(b) SET r = row.properties"
        )
        batches += [(statement, rows[at : at + RELATIONS_A_BATCH]) for at in range(0, len(rows), RELATIONS_A_BATCH)]
    book, count = graph.graph["identifier"], graph.number_of_nodes() + graph.number_of_edges()
    with session(connection) as opened:
        started = time.perf_counter()
        opened.run("CREATE (:Book {id: $book})", book=book).consume()
        for statement, rows in batches:
            opened.run(statement, rows=rows, book=book).consume()
        return count / (time.perf_counter() - started)


def loads(sizes: list[tuple[int, int]], connection: Connection) -> None:
    """The table of loads."""
    warm = made_up(300, 3_000)
    for turn in range(6):  # a Java server is quicker once it has done a thing before
        warm.graph["identifier"] = f"bench-warm-{turn}"
        load(warm, connection)
        warm.graph["identifier"] += "-bare"
        bare(warm, connection)
    row_by_row(warm, connection)
    print("load          seconds  rows/s   again, s   a query a row, rows/s   ours is   of a bare driver   memory, MB")
    for nodes, edges in sizes:
        graph = made_up(nodes, edges)
        slow_rates, bare_rates, times = [], [], []
        for turn in range(3):
            graph.graph["identifier"] = f"bench-{nodes}-{edges}-{turn}-rows"
            slow_rates.append(row_by_row(graph, connection))
            graph.graph["identifier"] = f"bench-{nodes}-{edges}-{turn}-bare"
            bare_rates.append(bare(graph, connection))
            graph.graph["identifier"] = f"bench-{nodes}-{edges}-{turn}"
            times.append(seconds(lambda graph=graph: load(graph, connection)))
        slow, took = median(slow_rates), median(times)
        again = seconds(lambda graph=graph: load(graph, connection))
        tracemalloc.start()
        load(graph, connection)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        rate = (nodes + edges) / took
        print(
            f"{nodes:,}/{edges:,}".ljust(13),
            f"{took:7.2f} {rate:7.0f}   {again:8.2f}   {slow:21.0f}   {rate / slow:5.1f} x "
            f"{rate / median(bare_rates):18.2f}   {peak:10.1f}",
            flush=True,
        )


def text(run: Path, connection: Connection) -> None:
    """The graph of a run, without its text and with it."""
    from litgraph.runs.loading import load_book, load_graph, load_mentions, load_sentences
    from litgraph.stores.lexical import lexical_graph

    graph = load_graph(run)
    alone = seconds(lambda: load(graph, connection, replace=True))
    lexical = lexical_graph(graph, load_book(run), load_sentences(run), load_mentions(run))
    both = seconds(lambda: load(graph, connection, text=lexical, replace=True))
    pieces, links = len(lexical.chunks), len(lexical.mentions)
    print(
        f"\n{graph.graph['title']}, s: {alone:.1f}; with its text, {pieces:,} sentences and {links:,} links: {both:.1f}"
    )


def library(books: int, server: OwnServer) -> None:
    """From files to a served database, and what it answers there about one book."""
    graph = made_up(300, 3_000)

    def each() -> Iterator[networkx.MultiDiGraph]:
        for number in range(books):
            graph.graph["identifier"] = f"library-{number}"
            yield graph

    with tempfile.TemporaryDirectory() as name:
        tables, folder = Path(name, "tables"), Path(name, "neo4j")
        writing = seconds(lambda: write_bulk(each(), tables))
        command = [server.programs / "import", folder, f"@{ARGUMENTS_FILE}"]
        importing = seconds(lambda: subprocess.run(command, cwd=tables, check=True, capture_output=True))
        served = OwnServer(folder)
        starting = seconds(served.start)
        try:
            connection = Connection(served.uri)
            indexing = seconds(lambda: _run_all((tables / SCHEMA_FILE).read_text(encoding="utf-8"), connection))
            total = importing + starting + indexing
            print(
                f"\n{books:,} books of 300/3,000, s: files {writing:.0f}; from them to a served database {total:.0f}: "
            )
            print(f"  import {importing:.0f}, start {starting:.0f}, indexes {indexing:.0f}")
            load(society("society"), connection)
            print(f"the cookbook about one of {books + 1:,} books, ms")
            for book, names in (("society", None), ("library-7", {"name": "Name 0", "other": "Name 1"})):
                _cookbook(book, names or {}, connection)
        finally:
            served.stop()


def _run_all(script: str, connection: Connection) -> None:
    with session(connection) as opened:
        for statement in script.split(";\n")[:-1]:
            opened.run(statement).consume()
        opened.run("CALL db.awaitIndexes(600)").consume()


def _cookbook(book: str, names: dict[str, str], connection: Connection) -> None:
    """How long its questions take the first time, when the server plans them, and the third."""
    times: dict[str, list[float]] = {}
    for question in questions():
        known = {name: value for name, value in names.items() if name in question.parameters}
        given = {"book": book, **question.parameters, **known}
        times[question.title] = [
            seconds(lambda q=question, given=given: _answer(q, given, connection)) for _ in range(3)
        ]
    for what, turn in (("first", 0), ("again", 2)):
        took = sorted((one[turn] * 1000, title) for title, one in times.items())
        middle, (most, slowest) = took[len(took) // 2][0], took[-1]
        print(f"  {book:10} {what}: median {middle:6.1f}, slowest {most:7.1f} ({slowest})", flush=True)


def _answer(question: Question, given: dict[str, Any], connection: Connection) -> None:
    ask(connection, question.statement, given, most=1_000, tell=lambda line: None)


def exports(sizes: list[tuple[int, int]]) -> None:
    """The table of files."""
    names = [name for name in FORMATS if name not in ("png", "svg")]
    print("\nexport, s     ", "  ".join(name.rjust(6) for name in names))
    for nodes, edges in sizes:
        graph = made_up(nodes, edges)
        with tempfile.TemporaryDirectory() as folder:
            times = [
                seconds(lambda name=name, graph=graph: write_graph(graph, Path(folder) / f"{name}.x", name))
                for name in names
            ]
        cells = (f"{took:.2f}".rjust(max(6, len(name))) for name, took in zip(names, times, strict=True))
        print(f"{nodes:,}/{edges:,}".ljust(14), "  ".join(cells), flush=True)


def without_server(sizes: list[tuple[int, int]]) -> None:
    """The table of the engine inside the process: the cookbook on a made-up novel, counting on the large graphs."""
    engine = KGLite()
    filling = seconds(lambda: engine.load(society("bench-society")))
    asked = [(question.statement, {"book": "bench-society", **question.parameters}) for question in questions()]
    took = [seconds(lambda one=one: engine.run(*one, 60, 10**6)) for one in asked]
    print(f"\nwithout a server: filling {filling * 1000:.1f} ms; the cookbook, ms: ", end="")
    print(f"median {median(took) * 1000:.1f}, slowest {max(took) * 1000:.1f}")
    for nodes, edges in sizes:
        graph = made_up(nodes, edges)
        engine = KGLite()
        filling = seconds(lambda graph=graph, engine=engine: engine.load(graph))
        steps = "MATCH (a:Character)-[r:SIBLING_OF]-(b)-[:SPOUSE_OF]-(c) RETURN count(*)"
        counting = seconds(lambda engine=engine, steps=steps: engine.run(steps, {}, 60, 10))
        print(f"  {nodes:,}/{edges:,}: filling {filling:.2f} s, counting two steps {counting * 1000:.0f} ms")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=SIZES, metavar="NODES/EDGES")
    parser.add_argument("--run", type=Path, help="a run folder, whose text is loaded")
    parser.add_argument("--books", type=int, default=1_000, help="of the bulk import")
    chosen = parser.parse_args()
    sizes = [(int(nodes), int(edges)) for nodes, edges in (size.split("/") for size in chosen.sizes)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if os.environ.get("LITGRAPH_NEO4J_SERVER"):
            server = OwnServer(Path(folder) / "neo4j")
            server.start()
            try:
                with_server(Connection(server.uri), sizes, chosen.run)
            finally:
                server.stop()
            library(chosen.books, server)
        else:
            with database_server(Path(folder)) as there:
                with_server(Connection(*there), sizes, chosen.run)
    exports(sizes)
    without_server(sizes)


def with_server(connection: Connection, sizes: list[tuple[int, int]], run: Path | None) -> None:
    """The tables for which a database runs."""
    loads(sizes, connection)
    if run:
        text(run, connection)


if __name__ == "__main__":
    main()
