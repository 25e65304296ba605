"""Who is mentioned most, and what the book says of their relations.

Build a run folder first, then name it:

    litgraph build pg11 -o alice
    python examples/main_characters.py alice

For each of the five characters mentioned most it prints their three best attested relations, each with a sentence that
proves it. Read the sentence before you believe the relation.
"""

import sys
from pathlib import Path

import litgraph

run_folder = Path(sys.argv[1])
graph = litgraph.load_graph(run_folder)

characters = [node for node in graph if graph.nodes[node]["kind"] == "character"]
characters.sort(key=lambda node: graph.nodes[node]["mentions"], reverse=True)

for character in characters[:5]:
    facts = graph.nodes[character]
    print(f"{facts['name']}, mentioned {facts['mentions']} times, chapters {facts['first']} to {facts['last']}")

    relations = litgraph.relations_of(graph, character)["relations"]  # the best attested first
    named = [relation for relation in relations if relation["relation"] not in ("co_occurs_with", "speaks_to")]
    for relation in named[:3]:
        evidence = relation["evidence"][0]
        print(f"    {relation['head']} {relation['relation']} {relation['tail']}, {relation['confidence']:.2f} sure")
        print(f"        chapter {evidence['chapter']}: {evidence['text']}")
    if not named:
        print("    no relation but being mentioned and speaking with others")
