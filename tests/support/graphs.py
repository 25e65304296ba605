"""Graphs for tests: one as `litgraph.graph.merge` makes it, hostile ones, and what the readers of npm say of a file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import strategies as st

PREPARED = Path(sys.prefix) / "litgraph-tests"


def prepared(name: str) -> Path:
    """A file or folder that tests/prepare.py fetched; the test fails if it did not run."""
    path = PREPARED / name
    if not path.exists():
        pytest.fail(f"{path} is missing. Fetch it once with: {sys.executable} tests/prepare.py")
    return path


def node(script: str, *arguments: str, given: object = None) -> Any:
    """What a script of tests/node prints as JSON."""
    program = shutil.which("node") or pytest.fail("Node.js was not found; the tests need it, see tests/prepare.py.")
    prepared("node_modules")
    done = subprocess.run(
        [program, script, *arguments],
        cwd=PREPARED,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def piece(chapter: int, start: int, text: str) -> dict[str, Any]:
    return {"chapter": chapter, "start": start, "end": start + len(text), "text": text}


def edge(relation: str, *evidence: dict[str, Any], confidence: float = 0.9, directed: bool = False) -> dict[str, Any]:
    return {
        "relation": relation,
        "directed": directed,
        "weight": len(evidence),
        "confidence": confidence,
        "evidence": list(evidence),
        "chapters": sorted({one["chapter"] for one in evidence}),
        "sources": ["rules-1"],
        "raw": [relation.split("_")[0]],
    }


def spoken(*evidence: dict[str, Any], confidence: float = 0.9) -> dict[str, Any]:
    """What an edge of who speaks to whom has: its pieces know their words."""
    pieces = [one | {"words": len(one["text"].split())} for one in evidence]
    data = edge("speaks_to", *pieces, confidence=confidence, directed=True)
    return data | {"words": sum(one["words"] for one in pieces), "sources": ["speech"], "raw": []}


NODES = [
    ("elizabeth-bennet", "character", "Elizabeth Bennet", ["Elizabeth", "Lizzy"], "female", 600, 1, 61),
    ("jane-bennet", "character", "Jane Bennet", ["Jane"], "female", 300, 1, 61),
    ("mr-darcy", "character", "Mr. Darcy", ["Darcy"], "male", 400, 3, 61),
    ("mr-wickham", "character", "Mr. Wickham", ["Wickham"], "male", 160, 15, 61),
    ("the-officers", "group", "the officers", [], "unknown", 20, 7, 40),
    ("longbourn", "place", "Longbourn", ["Longbourn"], "unknown", 90, 1, 61),
    ("pemberley", "place", "Pemberley", [], "unknown", 50, 8, 61),
    ("the-militia", "organisation", "the militia", [], "unknown", 10, 7, 40),
    ("the-carriage", "vehicle", "the carriage", [], "unknown", 30, 2, 60),
]


def pride() -> networkx.MultiDiGraph:
    """A small part of Pride and Prejudice, of every kind of node."""
    graph = networkx.MultiDiGraph(
        title="Pride and Prejudice", author="Jane Austen", identifier="pg1342", language="en", release="1998",
        source="1342-0.txt", litgraph="0.1.0", labeller="rules-1", settings={"window": 1},
    )  # fmt: skip
    for name, kind, shown, aliases, gender, mentions, first, last in NODES:
        graph.add_node(
            name, kind=kind, name=shown, aliases=aliases, gender=gender, mentions=mentions, first=first, last=last,
            ambiguous=False,
        )  # fmt: skip
    sisters = [piece(1, 100, "her sister Jane"), piece(4, 900, "When Jane and Elizabeth were alone, …")]
    danced = [piece(3, 500, "“She is tolerable”"), piece(4, 950, "Darcy"), piece(5, 990, "Darcy again; “proud”")]
    for head, tail, data in (
        ("elizabeth-bennet", "jane-bennet", edge("sibling_of", *sisters, confidence=0.97)),
        ("elizabeth-bennet", "jane-bennet", edge("co_occurs_with", sisters[0], confidence=1.0)),
        ("elizabeth-bennet", "mr-darcy", edge("co_occurs_with", *danced, confidence=1.0)),
        ("mr-darcy", "elizabeth-bennet", edge("lover_of", piece(34, 7000, "ardently"), directed=True)),
        ("mr-wickham", "elizabeth-bennet", edge("lover_of", piece(16, 3000, "x" * 400), confidence=0.4, directed=True)),
        ("mr-darcy", "mr-wickham", edge("enemy_of", piece(16, 3100, "cold"), piece(16, 3200, "white"))),
        ("elizabeth-bennet", "longbourn", edge("lives_in", piece(1, 20, "at Longbourn"), directed=True)),
        ("jane-bennet", "longbourn", edge("lives_in", piece(1, 40, "too"), directed=True)),
        ("mr-darcy", "pemberley", edge("owns", piece(43, 9000, "Pemberley House"), directed=True)),
        ("elizabeth-bennet", "pemberley", edge("visits", piece(43, 9100, "they\nentered"), directed=True)),
        (
            "mr-darcy",
            "elizabeth-bennet",
            spoken(piece(34, 6900, "“In vain have I struggled.”"), piece(43, 9050, "“You”")),
        ),
        ("mr-wickham", "the-militia", edge("member_of", piece(15, 2900, "a commission"), directed=True)),
    ):
        graph.add_edge(head, tail, data["relation"], **data)
    return graph


HOSTILE = [
    "]]>",
    "<b>&amp;\"'`",
    "\x00\x01\x0c\x1b",
    "\ufffe\ud800",
    "😀",
    "‮שלום",
    "\r\n\t ",
    "\r",
    "\x85\u2028",
    "\\u0027}) DETACH DELETE n //",
    "\\",
    "=cmd|' /C calc'!A0",
    '"; x, y',
    "\x1f",
    "$rows",
    "x" * 10_000,
]
hostile_text = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=4), max_size=4).map("".join)


def hostile_graph(name: str, alias: str, quoted: str) -> networkx.MultiDiGraph:
    """Two characters, one of them with hostile names, and what hostile text says of them."""
    graph = pride()
    graph.graph["title"] = name
    graph.nodes["mr-wickham"].update(name=name, aliases=[alias, "Wickham"])
    graph.edges["mr-wickham", "the-militia", "member_of"].update(
        evidence=[piece(15, 2900, quoted)], raw=[quoted], sources=[alias]
    )
    return graph


def without_surrogates(text: str) -> str:
    """What UTF-8 can hold of a text."""
    return "".join(character for character in text if not "\ud800" <= character <= "\udfff")


def xml_clean(text: str) -> str:
    """Without what XML 1.0 forbids, spelled out apart from the writers."""
    return "".join(
        character
        for character in without_surrogates(text)
        if character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")
    )


def run_folder(folder: Path, graph: networkx.MultiDiGraph | None = None) -> Path:
    """A folder with a graph in it, which is all of a run folder that some commands look at."""
    from litgraph.export import write_node_link

    folder.mkdir()
    (folder / "report.json").write_text("{}", encoding="utf-8")
    write_node_link(pride() if graph is None else graph, folder / "graph.json")
    return folder
