"""Ask a graph in Cypher, without a server, and write the answers to a table.

Build a run folder first, then name it and the table:

    litgraph build pg11 -o alice
    python examples/questions.py alice bridges.csv

The first question: whose first and last mention are the most chapters apart? The second looks for bridges: who is
mentioned together with two characters that are never mentioned together themselves? docs/cookbook.md has more.
"""

import csv
import sys
from pathlib import Path

import litgraph

run_folder, table = Path(sys.argv[1]), Path(sys.argv[2])
graph = litgraph.load_graph(run_folder)

longest = litgraph.query(
    graph,
    """
    MATCH (c:Character)
    RETURN c.name AS name, c.last - c.first + 1 AS chapters
    ORDER BY chapters DESC, name LIMIT $rows
    """,
    rows=5,
)
for row in longest:
    print(f"{row['name']}: {row['chapters']} chapters from the first to the last")

bridges = litgraph.query(
    graph,
    """
    MATCH (one:Character)-[:CO_OCCURS_WITH]-(bridge:Character)-[:CO_OCCURS_WITH]-(other:Character)
    WHERE one.name < other.name AND NOT EXISTS { (one)-[:CO_OCCURS_WITH]-(other) }
    RETURN bridge.name AS bridge, count(*) AS pairs
    ORDER BY pairs DESC, bridge
    """,
)
with table.open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["bridge", "pairs"])
    writer.writerows([row["bridge"], row["pairs"]] for row in bridges)
print(f"{table}: {len(bridges)} characters are bridges")
