"""All graphs of a corpus as one file."""

from __future__ import annotations

import gc
import json
import tracemalloc
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner
from small_corpus import Corpus

from litgraph.cli import main
from litgraph.corpus.graphs.merged import Merged, write_corpus_graph
from litgraph.errors import ExportError
from litgraph.export import read_graphml
from litgraph.progress import tell_nobody
from litgraph.runs.loading import load_graph


def test_each_book_keeps_its_own_nodes(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a", "pg:1", "pg-1")
    path = tmp_path / "all.graphml"
    written = write_corpus_graph(corpus.folder, path, tell=tell_nobody)
    one = load_graph(corpus.run("a"))
    merged = read_graphml(path)
    assert written == Merged(3, 3 * len(one), 3 * one.number_of_edges())
    assert (len(merged), merged.number_of_edges()) == written[1:]
    for book in corpus.books:
        own = [node for node, data in merged.nodes(data=True) if data["book"] == book]
        assert len(own) == len(one)
        assert all(data["book"] == book for _, _, data in merged.edges(own, data=True))
    darcy = merged.nodes["a:mr-darcy"]
    assert {**darcy, "book": None} == {**one.nodes["mr-darcy"], "book": None}
    assert (
        dict(merged.edges["a:elizabeth-bennet", "a:mr-darcy", "spouse_of"])["evidence"]
        == (one.edges["elizabeth-bennet", "mr-darcy", "spouse_of"]["evidence"])
    )
    assert len(networkx.read_graphml(path)) == len(merged)


def test_a_broken_book_is_left_out_aloud(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a", "b", "c")
    (corpus.run("b") / "graph.json").write_text("{", encoding="utf-8")
    (corpus.run("c") / "graph.json").unlink()
    told: list[str] = []
    assert write_corpus_graph(corpus.folder, tmp_path / "all.graphml", tell=told.append).books == 1
    assert [line.split(":")[0] for line in told] == ["left out b", "left out c"]


def test_memory_does_not_grow_with_the_number_of_books(corpus: Corpus, tmp_path: Path) -> None:
    def graph_of(run: Path) -> networkx.MultiDiGraph:
        gc.collect()  # graphs hold circles of references: only what is really held is counted
        return load_graph(run)

    def peak() -> int:
        tracemalloc.start()
        write_corpus_graph(corpus.folder, tmp_path / "all.graphml", graph_of=graph_of, tell=tell_nobody)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    corpus.add("a", "b")
    peak()
    few = peak()
    corpus.add(*(f"book{number}" for number in range(20)))
    assert peak() < few * 1.3


def test_another_format_is_refused_and_nothing_is_written(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a")
    with pytest.raises(ExportError, match=r'cannot be written as "\.gexf"'):
        write_corpus_graph(corpus.folder, tmp_path / "all.gexf", tell=tell_nobody)


def test_a_graph_that_is_built_anew_meanwhile(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a")
    seen: list[Path] = []

    def graph_of(run: Path) -> networkx.MultiDiGraph:
        graph = load_graph(run)
        if seen:
            graph.nodes["mr-darcy"]["new"] = True
        seen.append(run)
        return graph

    path = tmp_path / "all.graphml"
    with pytest.raises(ExportError, match='"new" is new'):
        write_corpus_graph(corpus.folder, path, graph_of=graph_of, tell=tell_nobody)
    assert not path.exists()


def test_the_command_line_takes_a_part(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add("a", "b")
    path = tmp_path / "kin.graphml"
    arguments = ["--kinds", "character", "--relations", "spouse_of", "--evidence", "none", "--json"]
    done = CliRunner().invoke(main, ["corpus", "graph", str(corpus.folder), str(path), *arguments])
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    merged = read_graphml(path)
    assert told == {"books": 2, "nodes": len(merged), "edges": merged.number_of_edges()}
    assert {data["relation"] for *_, data in merged.edges(data=True)} == {"spouse_of"}
    assert {data["kind"] for _, data in merged.nodes(data=True)} == {"character"}
