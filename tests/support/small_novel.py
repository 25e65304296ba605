"""A small novel, built again and again in one folder, with quick stand-ins for who finds the names."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from litgraph.config import Settings
from litgraph.literary import Reading, TokenMention
from litgraph.mentions import by_reader, by_tagger
from litgraph.mentions.tagger import Tagged
from litgraph.pipeline import RunResult, build_run
from litgraph.progress import Tell, tell_nobody
from litgraph.types import EntityLabel

NOVEL = """\
CHAPTER I

Mr. Bennet was among the earliest of those who waited on Mr. Bingley. Mrs. Bennet smiled at Mr. Bennet. His wife,
Mrs. Bennet, went to Longbourn with Elizabeth Bennet and Jane Bennet.

Elizabeth Bennet saw Mr. Darcy at Netherfield. Jane Bennet, sister of Elizabeth Bennet, saw Mr. Bingley. Elizabeth told
Jane of it at Longbourn. “Robert Lebrun is my brother,” said Victor Lebrun. Robert Lebrun knew Lebrun.

CHAPTER II

Mr. Darcy came to Longbourn. Elizabeth Bennet laughed at Mr. Darcy; Lizzy was her mother's name for her. Lizzy danced.
Robert Lebrun danced with Jane Bennet, and Robert Lebrun sang. Lebrun was tired. Robert Lebrun slept.

Victor Lebrun did not sleep. Victor Lebrun rode to Netherfield, and Victor Lebrun met Mr. Bingley.

CHAPTER III

Victor Lebrun waited. Victor Lebrun saw Lebrun ride. Victor Lebrun, brother of Robert Lebrun, lived in Netherfield.
Mr. Darcy married Elizabeth Bennet. Mr. Bingley married Jane Bennet.
"""

NAME = re.compile(r"(?:(?:Mr|Mrs)\. )?[A-Z][a-z]+(?: [A-Z][a-z]+)?")
NO_NAMES = {"His", "He", "She", "They"}
PLACES = {"Longbourn", "Netherfield"}


def tagger(*overlooked: str) -> Callable[[Iterable[str]], Iterator[list[Tagged]]]:
    """In place of spaCy, which takes a second to load: names by their capitals, but not those that are overlooked."""

    def tag(texts: Iterable[str]) -> Iterator[list[Tagged]]:
        for text in texts:
            found = [match for match in NAME.finditer(text) if match.group() not in {*NO_NAMES, *overlooked}]
            yield [Tagged(*match.span(), "GPE" if match.group() in PLACES else "PER") for match in found]

    return tag


PRONOUNS = {"he", "his", "she", "her"}
READS = Settings(mentions="literary:of-a-test", labeller="rules")
TAGS = Settings(mentions="spacy:of-a-test", labeller="rules")


class Plain:
    """In place of the literary reader: a word with a capital is a name, and a pronoun means the last name."""

    def read_tokens(self, sentences: list[list[str]], **_: object) -> Reading:
        clusters: dict[str, list[TokenMention]] = {}
        last = ""
        for number, tokens in enumerate(sentences):
            for index, token in enumerate(tokens):
                if token.casefold() in PRONOUNS and last:
                    clusters[last].append(TokenMention(number, index, index, "PER", "pronoun"))
                    if tokens[index + 1 : index + 2] == ["wife"]:
                        wife = TokenMention(number, index, index + 1, "PER", "noun")
                        clusters.setdefault("Bennet", []).append(wife)
                elif token.istitle() and token.isalpha() and index and token not in ("Mr.", "Mrs."):
                    label: EntityLabel = "GPE" if token in PLACES else "PER"
                    titled = tokens[index - 1] in ("Mr.", "Mrs.")
                    last = token
                    found = TokenMention(number, index - titled, index, label, "name")
                    clusters.setdefault(last, []).append(found)
        mentions = sorted(mention for cluster in clusters.values() for mention in cluster)
        return Reading(mentions, list(clusters.values()), [])


class Runs:
    """Builds of the small novel in one folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder / "run"
        self.source = folder / "novel.txt"
        self.source.write_text(NOVEL, encoding="utf-8", newline="\n")
        self.patch = monkeypatch
        self.overlook()
        self.patch.setattr(
            "litgraph.mentions.by_reader.choose", lambda folder: by_reader.finder_of(Plain, f"plain {folder}")
        )

    def overlook(self, *names: str) -> None:
        """From now on another tagger is in use, which does not see some names."""
        self.patch.setattr(
            "litgraph.mentions.by_tagger.choose",
            lambda pipeline: by_tagger.finder_of(lambda: tagger(*names), f"{pipeline} without {names}", pipeline),
        )

    def build(self, tell: Tell = tell_nobody, **settings: Any) -> RunResult:
        return build_run(self.source, self.folder, settings=replace(TAGS, **settings), tell=tell)

    def redone(self, **settings: Any) -> list[str]:
        redone: list[str] = self.build(**settings).report["redone"]
        return redone

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")

    def edit(self, before: str, after: str, name: str = "cast.toml") -> None:
        assert before in self.read(name)
        self.write(name, self.read(name).replace(before, after, 1))

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.read(name).splitlines()]

    def names(self) -> dict[str, str]:
        """id -> name of all that is in the graph; the files must agree."""
        entities = json.loads(self.read("cast.json"))["entities"]
        nodes = json.loads(self.read("graph.json"))["nodes"]
        names = {node["id"]: node["name"] for node in nodes}
        assert names == {entity["id"]: entity["name"] for entity in entities}
        assert {row["entity"] for row in self.rows("mentions.jsonl")} - {""} == set(names)
        counts = {id_: sum(row["entity"] == id_ for row in self.rows("mentions.jsonl")) for id_ in names}
        assert counts == {entity["id"]: entity["mentions"] for entity in entities}
        graphml = self.read("graph.graphml")
        assert all(f'<node id="{node}"' in graphml for node in names)
        return names

    def owner(self, text: str) -> set[str]:
        """Whom a name means."""
        return {row["entity"] for row in self.rows("mentions.jsonl") if row["text"] == text}

    def contents(self) -> dict[str, bytes]:
        """All files, without the times and what depends on the past in the report."""
        files = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        report = json.loads(files.pop("report.json"))
        for name in ("seconds", "peak_memory_mb", "redone", "notices"):
            del report[name]
        for stage in report["stages"].values():
            del stage["seconds"]
        return files | {"report": json.dumps(report).encode()}


class Killed(BaseException):
    """The process is gone."""


def killed_after(operations: int, build: Callable[[], object]) -> bool:
    """Run until so many files were replaced, removed or appended to, then touch nothing more. Was it killed?"""
    count = 0
    methods = {
        name: getattr(Path, name) for name in ("replace", "unlink", "mkdir", "open", "write_text", "write_bytes")
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, method in methods.items():

            def step(self: Path, *args: Any, do: Any = method, name: str = name, **options: Any) -> Any:
                nonlocal count
                if name != "open" or args[:1] == ("a",):
                    if count == operations:
                        raise Killed
                    count += 1
                return do(self, *args, **options)

            patch.setattr(Path, name, step)
        try:
            build()
        except Killed:
            return True
    return False


def killed_everywhere(runs: Runs, prepare: Callable[[], None], **settings: Any) -> int:
    """Kill the build that follows ``prepare`` at every step; each time the same command again must bring it to the
    same end as the build that nobody killed. Returns the number of steps."""
    prepare()
    start = runs.folder.with_name("start")
    if runs.folder.exists():
        shutil.copytree(runs.folder, start)
    stages = runs.build(**settings).report["stages"]
    keys = {name: record["key"] for name, record in stages.items()}
    expected = runs.contents()
    for step in range(1000):
        shutil.rmtree(runs.folder, ignore_errors=True)
        if start.exists():
            shutil.copytree(start, runs.folder)
        if not killed_after(step, lambda: runs.build(**settings)):
            return step
        report = runs.folder / "report.json"
        stages = json.loads(report.read_bytes())["stages"] if report.exists() else {}
        finished = {name for name, record in stages.items() if record["key"] == keys[name]}
        assert not finished & set(runs.redone(**settings)), step
        assert runs.contents() == expected, step
        assert runs.redone(**settings) == [], step
    raise AssertionError("it never ends")
