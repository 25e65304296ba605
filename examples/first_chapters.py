"""Who meets whom in the first chapters: a network for Gephi, and the same as tables.

Build a run folder first, then name it and a folder for the results:

    litgraph build pg11 -o alice
    python examples/first_chapters.py alice results

It writes first-chapters.gexf, which Gephi and Gephi Lite open, and first-chapters-nodes.csv and
first-chapters-edges.csv for a spreadsheet. An edge is there if two characters are mentioned close together at least
twice in chapters 1 to 3; its weight says how often.
"""

import sys
from pathlib import Path

import litgraph

run_folder, results = Path(sys.argv[1]), Path(sys.argv[2])
results.mkdir(parents=True, exist_ok=True)

graph = litgraph.load_graph(run_folder)
meetings = litgraph.select_graph(
    graph,
    kinds=["character"],
    relations=["co_occurs_with"],
    chapters=[range(1, 4)],  # 1, 2 and 3
    minimum_weight=2,
    evidence="short",
)

for name in ("first-chapters.gexf", "first-chapters.csv"):
    for file in litgraph.write_graph(meetings, results / name):
        print(file)

# The graph is one of networkx, so all its measures are at hand. Here: with how many others is each one mentioned?
for character, others in sorted(meetings.degree, key=lambda pair: (-pair[1], pair[0]))[:5]:
    print(f"{graph.nodes[character]['name']}: {others}")
