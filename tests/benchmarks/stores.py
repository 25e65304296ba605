"""How long files, loads and queries take: python tests/benchmarks/stores.py [NODES/EDGES …]

Made-up graphs, the same each time. Loads go to a Bolt server (ArcadeDB in a process of its own). "a query a row" is
what many loaders do, one MERGE for each node and each edge, in a transaction each, on the same indexes; it is measured
on the first 1,000 nodes and 2,000 edges only. Both are the median of three, in turn, on a server that has done both
before. Memory is what Python allocates at most beside the graph as it loads.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

import networkx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from bolt_server import bolt_server
from cookbook import questions
from graphs import edge, piece
from society import society

from litgraph.export import FORMATS, write_graph
from litgraph.ontology import FICTION
from litgraph.stores import statements
from litgraph.stores.embedded import KGLite
from litgraph.stores.model import entity_records, relation_records
from litgraph.stores.neo4j import Connection, ask, load

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


def row_by_row(graph: networkx.MultiDiGraph, connection: Connection) -> float:
    """Rows a second with one query, and one transaction, for each."""
    import neo4j

    entities = list(islice(entity_records(graph), 1_000))
    there = {one.id for one in entities}
    relations = list(islice((one for one in relation_records(graph) if {one.head, one.tail} <= there), 2_000))
    auth = (connection.user, connection.password)
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=auth) as driver,
        driver.session(database=connection.database) as session,
    ):
        started = time.perf_counter()
        for entity in entities:
            rows = [{"id": entity.id, "properties": entity.properties}]
            session.run(statements.ENTITIES, rows=rows).consume()
            if entity.label:
                session.run(statements.LABELS[entity.label], ids=[entity.id]).consume()
        for one in relations:
            rows = [{"head": one.head, "tail": one.tail, "properties": one.properties}]
            session.run(statements.RELATIONS[one.type], rows=rows).consume()
        return (len(entities) + len(relations)) / (time.perf_counter() - started)


def loads(sizes: list[tuple[int, int]], connection: Connection) -> None:
    """The table of loads."""
    warm = made_up(300, 3_000)
    warm.graph["identifier"] = "bench-warm"
    for _ in range(10):  # a Java server is quicker once it has done a thing before
        load(warm, connection)
    row_by_row(warm, connection)
    print("load          seconds  rows/s   again, s   a query a row, rows/s   ours is   memory, MB")
    for nodes, edges in sizes:
        graph = made_up(nodes, edges)
        slow_rates, times = [], []
        for turn in range(3):
            graph.graph["identifier"] = f"bench-{nodes}-{edges}-{turn}-rows"
            slow_rates.append(row_by_row(graph, connection))
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
            f"{took:7.2f} {rate:7.0f}   {again:8.2f}   {slow:21.0f}   {rate / slow:5.1f} x   {peak:9.1f}",
        )


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
        print(f"{nodes:,}/{edges:,}".ljust(14), "  ".join(cells))


def queries(sizes: list[tuple[int, int]], connection: Connection) -> None:
    """The table of queries: the cookbook on a made-up novel, and counting on the large graphs."""
    graph = society("bench-society")
    engine = KGLite()
    filling = seconds(lambda: engine.load(graph))
    load(graph, connection)
    here = [seconds(lambda q=q: engine.run(q.statement, q.parameters, 60, 10**6)) for q in questions()]
    there = [seconds(lambda q=q: ask(connection, q.statement, q.parameters)) for q in questions()]
    print(f"\nthe cookbook's {len(here)} questions, ms: median, slowest (the server holds all graphs of this table)")
    for what, times in (("without a server", here), ("on the Bolt server", there)):
        print(f"  {what:20s} {sorted(times)[len(times) // 2] * 1000:7.1f} {max(times) * 1000:8.1f}")
    print(f"  filling the engine   {filling * 1000:7.1f}")
    for nodes, edges in sizes:
        graph = made_up(nodes, edges)
        engine = KGLite()
        filling = seconds(lambda graph=graph, engine=engine: engine.load(graph))
        asked = "MATCH (a:Character)-[r:SIBLING_OF]-(b)-[:SPOUSE_OF]-(c) RETURN count(*)"
        took = seconds(lambda engine=engine, asked=asked: engine.run(asked, {}, 60, 10))
        print(f"  {nodes:,}/{edges:,}: filling {filling:.2f} s, counting two steps {took * 1000:.0f} ms")


def main(arguments: list[str]) -> None:
    """Print the tables."""
    sizes = [tuple(map(int, size.split("/"))) for size in arguments or SIZES]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, bolt_server(Path(folder)) as server:
        connection = Connection(*server)
        loads(sizes, connection)  # type: ignore[arg-type]
        exports(sizes)  # type: ignore[arg-type]
        queries(sizes, connection)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1:])
