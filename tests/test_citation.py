"""How to cite a graph: what the entries say, and that no name can break out of its field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from graphs import HOSTILE, hostile_graph, pride, run_folder
from hypothesis import given
from hypothesis import strategies as st

import litgraph
from litgraph import citation
from litgraph.citation import Reference, bibtex, escaped, references
from litgraph.cli import main

REPOSITORY = Path(__file__).parent.parent
CFF = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
READER = {"mentions": "literary", "labeller": "literary", "filter": "literary"}


def cite(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["cite", *map(str, arguments)])


def cited(graph: dict[str, Any], report: dict[str, Any] | None = None) -> dict[str, Reference]:
    return {reference.key: reference for reference in references(graph, report or {})}


def fields(entry: str) -> dict[str, str]:
    """The fields of one entry, found as BibTeX finds them: by counting braces."""
    values, rest = {}, entry.partition(",\n")[2]
    while start := re.match(r"  (\w+) = \{", rest):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        values[start[1]] = rest[start.end() : end - 1]
        assert rest[end : end + 2] == ",\n"
        rest = rest[end + 2 :]
    assert rest == "}\n"
    return values


def test_the_cff_says_what_the_code_says() -> None:
    assert CFF["version"] == litgraph.__version__
    assert CFF["title"] == citation.TITLE
    assert CFF["authors"] == [{"name": citation.AUTHOR}]
    assert CFF["license"] == citation.LICENCE
    assert (CFF["cff-version"], CFF["type"]) == ("1.2.0", "software")
    assert citation.YEAR in (REPOSITORY / "LICENSE").read_text(encoding="utf-8")


def test_a_run_is_cited_with_all_that_made_it(alice: Path) -> None:
    result = cite(alice)
    assert result.exit_code == 0 and result.stderr == ""
    software, reader, edition = result.stdout.split("\n\n")
    assert software.startswith("@software{litgraph,\n") and f"version = {{{litgraph.__version__}}}" in software
    assert re.search(r"version = \{literary-[0-9a-f]{8}\}", reader)
    assert "LitBank" in reader and "all-MiniLM-L6-v2" in reader
    assert edition.startswith("@book{edition-pg11,\n")
    values = fields(edition)
    assert values["author"] == "Lewis Carroll" and values["title"] == "{Alice’s Adventures in Wonderland}"
    assert values["url"] == "https://www.gutenberg.org/ebooks/11"
    assert values["note"].startswith("identifier: pg11; release: March, 1994; file: pg11.txt")


def test_json_has_the_same_facts(alice: Path) -> None:
    entries = json.loads(cite(alice, "--json").stdout)
    assert [entry["key"] for entry in entries] == ["litgraph", "literary-reader", "edition-pg11"]
    assert entries[2]["details"]["file"] == "pg11.txt"


def test_the_file_s_digest_is_cited_where_the_report_has_it(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "pride")
    assert "SHA-256" not in cite(run).stdout
    source = {"name": "1342-0.txt", "sha256": "ab" * 32}
    (run / "report.json").write_text(json.dumps({"source": source}), encoding="utf-8")
    assert f"file: 1342-0.txt; SHA-256: {'ab' * 32}" in cite(run).stdout


def test_a_folder_that_is_no_run_is_an_error(tmp_path: Path) -> None:
    result = cite(tmp_path)
    assert result.exit_code == 1 and "not a run folder" in result.stderr and result.stdout == ""


def test_a_language_model_its_adapter_and_the_reader_that_chose_its_pairs() -> None:
    entries = cited(
        {
            "settings": READER | {"labeller": "smollm3"},
            "labeller": "smollm3-1",
            "models": {"model": "Maker/Base@abc", "adapter": "Maker/Adapter@def", "filter": "literary-12345678"},
        }
    )
    assert list(entries) == ["litgraph", "literary-reader", "model", "adapter", "edition"]
    assert entries["literary-reader"].fields["version"] == "literary-12345678"
    assert (entries["model"].fields["title"], entries["model"].fields["version"]) == ("Maker/Base", "abc")
    assert entries["adapter"].fields["note"] == "Adapter of Maker/Base@abc"


def test_without_an_adapter_none_is_cited() -> None:
    asked = {"model": "base", "adapter": "none", "filter": "none"}
    graph = {"settings": {"mentions": "spacy:x", "labeller": "smollm3", "filter": "none"}, "models": asked}
    assert list(cited(graph, {"versions": {"spacy": "3.8"}})) == ["litgraph", "spacy-pipeline", "model", "edition"]


def test_a_reader_of_one_s_own_is_not_called_ours() -> None:
    entries = cited({"settings": READER | {"labeller": "literary:mine"}, "labeller": "literary-aaaaaaaa"})
    packaged, own = entries["literary-reader"], entries["literary-reader-2"]
    assert "version" not in packaged.fields and "LitBank" in packaged.fields["note"]
    assert own.fields["version"] == "literary-aaaaaaaa" and "LitBank" not in own.fields["note"]


def test_rules_and_names_found_by_spacy() -> None:
    entries = cited(
        {"settings": {"mentions": "spacy:en_core_web_sm", "labeller": "rules"}, "labeller": "rules-3"},
        {"versions": {"spacy": "3.8.18"}},
    )
    assert list(entries) == ["litgraph", "spacy-pipeline", "edition"]
    assert entries["litgraph"].details["relations labelled by"] == "rules-3"
    assert entries["spacy-pipeline"].fields["note"] == "A pipeline of spaCy 3.8.18"


@pytest.mark.parametrize("graph", [{}, {"settings": None, "models": [], "title": 7, "identifier": None}])
def test_what_a_graph_does_not_say_is_left_out(graph: dict[str, Any]) -> None:
    assert list(cited(graph)) == ["litgraph", "edition"]


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Jane Austen", "Jane Austen"),
        ("Beaumont and Fletcher", "Beaumont and Fletcher"),  # two authors, to BibTeX as well
        ("Ann Ab, Ben Ba", "{Ann Ab, Ben Ba}"),
        ("and Others", "{and Others}"),
        ("A and and B", "{A and and B}"),
    ],
)
def test_authors_that_bibtex_would_misread_are_kept_together(author: str, written: str) -> None:
    edition = references({"author": author}, {})[-1]
    assert fields(bibtex([edition]))["author"] == written


def test_special_characters() -> None:
    assert escaped("50 % of {A} & B_1 #2 $3 ~^\\x\n\ty\x00\u202ez") == (
        r"50 \% of \textbraceleft{}A\textbraceright{} \& B\_1 \#2 \$3 "
        r"\textasciitilde{}\textasciicircum{}\textbackslash{}x y z"
    )


@given(st.text())
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    values = {"title": text, "author": text, "identifier": text, "release": text, "source": text}
    report = {"source": {"name": text, "sha256": text}}
    (*_, edition) = references(values, report)
    entry = bibtex([edition])
    assert re.fullmatch(r"edition(-[a-z0-9-]+)?", edition.key)
    assert set(fields(entry)) <= {"author", "title", "publisher", "year", "url", "note"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", entry)
    assert set(re.findall(r"\\[a-z]+", entry)) <= {
        "\\textbraceleft", "\\textbraceright", "\\textbackslash", "\\textasciitilde", "\\textasciicircum",
    }  # fmt: skip


def test_a_hostile_run_folder(tmp_path: Path) -> None:
    graph = hostile_graph("a", "b", "c")
    graph.graph |= pride().graph | {"title": "".join(HOSTILE), "author": "}\n@comment{", "identifier": "../{x}"}
    result = cite(run_folder(tmp_path / "run", graph))
    assert result.exit_code == 0, result.output
    edition = result.stdout[result.stdout.index("@misc{edition-x,") :]
    assert fields(edition)["author"] == r"\textbraceright{} @comment\textbraceleft{}"
