"""The run folder as a whole: killed anywhere, edited anywhere, rebuilt, it ends as it should."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from litgraph.cli import main as cli
from litgraph.config import Settings
from litgraph.errors import CastFileError, RunFolderError
from litgraph.literary import Reading, TokenMention
from litgraph.mentions.tagger import Tagged
from litgraph.pipeline import RunResult, build_graph, build_run
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


def tagger(*overlooked: str) -> Callable[[str], Callable[[Iterable[str]], Iterator[list[Tagged]]]]:
    """In place of spaCy, which takes a second to load: names by their capitals, but not those that are overlooked."""

    def tag(texts: Iterable[str]) -> Iterator[list[Tagged]]:
        for text in texts:
            found = [match for match in NAME.finditer(text) if match.group() not in {*NO_NAMES, *overlooked}]
            yield [Tagged(*match.span(), "GPE" if match.group() in PLACES else "PER") for match in found]

    return lambda setting: tag


PRONOUNS = {"he", "his", "she", "her"}
READS = Settings(mentions="literary:of-a-test")


class Plain:
    """In place of the literary reader: a word with a capital is a name, and a pronoun means the last name."""

    def read_tokens(self, sentences: list[list[str]]) -> Reading:
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
        self.patch.setattr("litgraph.mentions.load_reader", lambda setting: Plain())

    def overlook(self, *names: str) -> None:
        """From now on another tagger is in use, which does not see some names."""
        self.patch.setattr("litgraph.mentions.load_tagger", tagger(*names))
        self.patch.setattr("litgraph.pipeline.finder_version", lambda setting: f"{setting} without {names}")

    def build(self, **settings: Any) -> RunResult:
        return build_run(self.source, self.folder, settings=Settings(**settings))

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
        for name in ("seconds", "peak_memory_mb", "redone"):
            del report[name]
        for stage in report["stages"].values():
            del stage["seconds"]
        return files | {"report": json.dumps(report).encode()}


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(tmp_path, monkeypatch)


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


def test_a_first_run_killed_at_any_step(runs: Runs) -> None:
    assert killed_everywhere(runs, lambda: None) > 20


def test_a_first_run_of_the_literary_reader_killed_at_any_step(runs: Runs) -> None:
    assert killed_everywhere(runs, lambda: None, mentions=READS.mentions) > 20
    runs.names()
    forms = {row["form"] for row in runs.rows("mentions.jsonl") if row["entity"]}
    assert forms == {"name", "noun", "pronoun"}


def test_a_cast_of_names_is_edited_and_then_gets_its_pronouns(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    runs.build(mentions=READS.mentions)
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert any(row["form"] == "pronoun" and row["entity"] for row in runs.rows("mentions.jsonl"))
    assert runs.redone(mentions=READS.mentions) == []


def test_a_corrected_chain_flows_into_the_cast(runs: Runs) -> None:
    runs.build(mentions=READS.mentions)
    rows = runs.rows("mentions.jsonl")
    pronoun = next(row for row in rows if row["form"] == "pronoun" and row["entity"])
    before = {entity["id"]: entity["mentions"] for entity in json.loads(runs.read("cast.json"))["entities"]}
    lines = "".join(json.dumps(row | {"chain": "" if row is pronoun else row["chain"]}) + "\n" for row in rows)
    runs.write("mentions.jsonl", lines)
    runs.build(mentions=READS.mentions)
    after = {entity["id"]: entity["mentions"] for entity in json.loads(runs.read("cast.json"))["entities"]}
    assert after == before | {pronoun["entity"]: before[pronoun["entity"]] - 1}
    assert next(row for row in runs.rows("mentions.jsonl") if row["id"] == pronoun["id"])["entity"] == ""


def test_a_reader_in_a_folder_builds_a_graph(runs: Runs, tiny_base: Path, tmp_path: Path) -> None:
    from litgraph.literary.reader import LiteraryReader
    from litgraph.literary.storage import save_reader, untrained_reader
    from litgraph.literary.types import Thresholds

    runs.patch.undo()
    untrained = untrained_reader(tiny_base)
    # Of what this one calls mentions, all are.
    save_reader(LiteraryReader(untrained.network, untrained.pieces, Thresholds(mention=0.0)), tmp_path / "reader")
    command = ["build", str(runs.source), "-o", str(runs.folder), "--mentions", f"literary:{tmp_path / 'reader'}"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert runs.read("mentions.jsonl")
    runs.names()


def test_a_rerun_after_edits_with_another_tagger_killed_at_any_step(runs: Runs) -> None:
    def prepare() -> None:
        runs.build()
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        runs.edit('id = "victor-lebrun"', 'id = "victor-lebrun"\nmerge_into = "robert-lebrun"')
        runs.overlook("Jane", "Lizzy")

    assert killed_everywhere(runs, prepare) > 15
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert "victor-lebrun" not in runs.names()


def test_an_edit_undone_after_a_kill_leaves_nothing_of_it(runs: Runs) -> None:
    runs.build()
    before, expected = runs.read("cast.toml"), runs.contents()
    for step in range(100):
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        killed = killed_after(step, lambda: runs.build(window=2))
        runs.write("cast.toml", before)
        runs.build()
        assert runs.contents() == expected, step
        if not killed:
            return


def test_an_edit_after_a_kill_between_the_two_cast_files_is_the_only_edit(runs: Runs) -> None:
    runs.build()
    shutil.copytree(runs.folder, runs.folder.with_name("start"))
    runs.overlook("Lizzy", "Victor Lebrun")
    expected = set(build_graph(runs.source, settings=Settings()))
    for step in range(100):
        shutil.rmtree(runs.folder)
        shutil.copytree(runs.folder.with_name("start"), runs.folder)
        killed = killed_after(step, runs.build)
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        runs.build()
        assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
        assert set(runs.names()) == expected, step
        if not killed:
            return


def test_a_second_build_does_nothing(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    assert runs.redone() == []
    assert runs.contents() == before


@pytest.mark.parametrize(
    "name",
    ["book.json", "text.txt", "sentences.jsonl", "mentions.jsonl", "relations.jsonl", "cast.json", "cast.toml",
     "cast.proposed.toml", "graph.json", "graph.graphml"],
)  # fmt: skip
def test_a_file_that_is_gone_is_made_anew_as_it_was(runs: Runs, name: str) -> None:
    runs.build()
    before = runs.contents()
    (runs.folder / name).unlink()
    runs.build()
    assert runs.contents() == before


@pytest.mark.parametrize(
    "name", ["book.json", "text.txt", "sentences.jsonl", "cast.json", "graph.json", "graph.graphml"]
)
def test_a_damaged_file_is_made_anew_and_kept_aside(runs: Runs, name: str) -> None:
    runs.build()
    before = runs.contents()
    damaged = before[name][: len(before[name]) // 2]
    (runs.folder / name).write_bytes(damaged)
    notices = runs.build().notices
    stem, _, ending = name.rpartition(".")
    after = runs.contents()
    assert after.pop(f"{stem}.previous.{ending}") == damaged
    assert after == before
    assert any(name in notice and "previous" in notice for notice in notices)


@pytest.mark.parametrize("name", ["mentions.jsonl", "relations.jsonl"])
@pytest.mark.parametrize("damage", ['{"id": ', '{"id": "m9"}', "[]"])
def test_a_damaged_line_of_a_file_that_people_correct_is_told_and_nothing_is_lost(
    runs: Runs, name: str, damage: str
) -> None:
    runs.build()
    text = runs.read(name)
    runs.write(name, text + damage + "\n")
    before = runs.contents()
    with pytest.raises(RunFolderError, match=f"ine {text.count(chr(10)) + 1} of .*{name}") as caught:
        runs.build()
    assert "Mend" in caught.value.hint
    assert runs.contents() == before
    runs.write(name, text)
    assert runs.redone() == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"sentence": 1,', '"sentence": 99,', "sentence 99"),
        ('"sentence": 1,', '"sentence": 5,', "sentence 5"),
        ('"text": "Mr. Bennet"', '"text": "Mr. Bennett"', "does not stand"),
        ('"id": "m1"', '"id": "m0"', "twice"),
        ('"label": "PER"', '"label": "PERSON"', "PERSON"),
        ('"start": ', '"start": "7", "colour": ', "colour"),
        ('"chapter": 1', '"chapter": 2', "chapter 2"),
    ],
)
def test_a_correction_of_mentions_that_cannot_be_is_told(runs: Runs, before: str, after: str, words: str) -> None:
    runs.build()
    runs.edit(before, after, "mentions.jsonl")
    with pytest.raises(RunFolderError, match=words):
        runs.build()


def test_corrected_mentions_flow_into_the_graph_and_stay(runs: Runs) -> None:
    runs.build()
    rows = runs.rows("mentions.jsonl")
    kept = [row | {"label": "PER"} for row in rows if row["text"] != "Lizzy"]
    runs.write("mentions.jsonl", "".join(json.dumps(row) + "\n" for row in reversed(kept)))
    assert runs.redone()[0] == "cast"
    assert runs.owner("Lizzy") == set() and len(runs.rows("mentions.jsonl")) == len(kept)
    assert runs.redone(window=2) == ["relations", "graph"]
    assert runs.owner("Lizzy") == set()


def test_an_entity_in_mentions_is_the_casts_and_a_change_of_it_is_kept_aside(runs: Runs) -> None:
    runs.build()
    before = runs.read("mentions.jsonl")
    runs.edit('"entity": "mr-bennet"', '"entity": "jane-bennet"', "mentions.jsonl")
    notices = runs.build().notices
    assert runs.read("mentions.jsonl") == before
    assert '"entity": "jane-bennet"' in runs.read("mentions.previous.jsonl").splitlines()[0]
    assert any("mentions.previous.jsonl" in notice for notice in notices)


def test_corrected_relations_flow_into_the_graph_and_are_never_lost(runs: Runs) -> None:
    runs.build()
    rows = runs.rows("relations.jsonl")
    mine = rows[0] | {"head": "mr-darcy", "relation": "rival_of", "tail": "mr-bingley", "source": "me"}
    text = json.dumps(mine) + "\n"
    runs.write("relations.jsonl", text)
    assert runs.redone() == ["graph"]
    edges = json.loads(runs.read("graph.json"))["edges"]
    assert [edge["sources"] for edge in edges if edge["relation"] == "rival_of"] == [["me"]]
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    assert runs.redone() == ["cast", "graph"]
    assert runs.read("relations.jsonl") == text
    result = runs.build(window=2)
    assert runs.read("relations.previous.jsonl") == text
    assert any("relations.previous.jsonl" in notice for notice in result.notices)


def test_a_rename_redoes_cast_and_graph(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    edited = runs.read("cast.toml")
    assert runs.redone() == ["cast", "graph"]
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert runs.redone() == []
    assert runs.read("cast.toml") == edited


def test_a_merge_redoes_cast_relations_and_graph(runs: Runs) -> None:
    runs.build()
    runs.edit('id = "victor-lebrun"', 'id = "victor-lebrun"\nmerge_into = "robert-lebrun"')
    assert runs.redone() == ["cast", "relations", "graph"]
    assert runs.owner("Victor Lebrun") == {"robert-lebrun"}


def test_what_changes_nothing_leaves_the_persons_file_and_what_follows_alone(runs: Runs) -> None:
    runs.build()
    head, *rows = runs.read("cast.toml").split("\n[[entity]]\n")
    changed = "# mine\n\n" + head + "".join(f"\n[[entity]]  # row\n\n{row}" for row in reversed(rows))
    runs.write("cast.toml", changed)
    assert runs.redone() == ["cast"]
    assert runs.read("cast.toml") == changed
    assert not (runs.folder / "cast.previous.toml").exists()
    assert runs.redone() == []


def test_edits_survive_settings_lost_graphs_and_other_taggers_and_more_edits(runs: Runs) -> None:
    runs.build()
    proposed = runs.names()
    assert runs.owner("Lizzy") == {"elizabeth-bennet"}
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    runs.edit('    "Lizzy",  # 2\n', "")
    runs.write("cast.toml", runs.read("cast.toml") + '[[entity]]\nname = "The Other"\naliases = ["Lizzy"]\n')
    runs.edit('id = "mr-bingley"', 'id = "mr-bingley"\ndrop = true')
    runs.edit('id = "netherfield"', 'id = "netherfield"\nmerge_into = "longbourn"')

    def right() -> bool:
        names = runs.names()
        assert names["mr-darcy"] == "Fitzwilliam Darcy"
        assert runs.owner("Lizzy") <= {"the-other"}
        assert "mr-bingley" not in names and runs.owner("Mr. Bingley") == {""}
        assert runs.owner("Netherfield") <= {"longbourn"}
        return True

    runs.build()
    assert right()
    runs.build(window=3)
    (runs.folder / "graph.json").unlink()
    runs.build(window=3)
    assert right()
    mine = runs.read("cast.toml")
    runs.overlook("Lizzy", "Netherfield", "Mrs. Bennet")  # some of what was edited is not seen at all
    notices = runs.build().notices
    assert right() and runs.owner("Lizzy") == set()
    assert runs.read("cast.previous.toml") == mine
    assert any("“Lizzy”" in notice for notice in notices)
    runs.overlook("Jane")
    runs.build()
    assert right() and runs.owner("Lizzy") == {"the-other"}
    runs.edit('name = "Fitzwilliam Darcy"', 'name = "Mr. Darcy of Pemberley"')  # and the person goes on
    runs.edit("drop = true\n", "")  # Bingley is wanted again
    runs.overlook()
    runs.build()
    assert runs.names() == {
        **{id_: name for id_, name in proposed.items() if id_ != "netherfield"},
        "mr-darcy": "Mr. Darcy of Pemberley",
        "the-other": "The Other",
    }


def test_a_name_marked_ambiguous_by_hand(runs: Runs) -> None:
    runs.build()
    runs.edit('id = "mr-darcy"', 'id = "mr-darcy"\nambiguous = true')
    for overlooked in ((), ("Lizzy",), ("Jane",)):
        runs.overlook(*overlooked)
        graph = runs.build().graph
        assert graph.nodes["mr-darcy"]["ambiguous"]
    assert "ambiguous = true" in runs.read("cast.toml")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('name = "Mr. Darcy"', 'name = "Mr. Darcy', "TOML"),
        ('    "Lizzy",', '    "Lizzie",', "Lizzie"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\nmerge_into = "darcy"', "darcy"),
        ("format = 1\n", 'format = 1\n[[entity]]\nid = "mr-darsy"\ndrop = true\n', "mr-darsy"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\nsometimes = ["Lizzy"]', "Lizzy"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\ndrop = true\nmerge_into = "jane-bennet"', "both"),
    ],
)
def test_an_edit_that_cannot_be_is_told_with_its_line_and_nothing_is_lost(
    runs: Runs, before: str, after: str, words: str
) -> None:
    runs.build()
    good, kept = runs.read("cast.toml"), runs.contents()
    runs.edit(before, after)
    wrong = runs.read("cast.toml")
    with pytest.raises(CastFileError, match=r"cast\.toml, line \d+: ") as caught:
        runs.build()
    assert words in caught.value.what
    assert runs.read("cast.toml") == wrong
    runs.write("cast.toml", good)
    assert runs.redone() == []
    assert runs.contents() == kept


def test_a_cast_file_brought_from_another_run(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    mine, proposed = runs.read("cast.toml"), runs.read("cast.proposed.toml")
    for brought in ({"cast.toml": mine}, {"cast.toml": mine, "cast.proposed.toml": proposed}):
        shutil.rmtree(runs.folder)
        runs.folder.mkdir()
        for name, text in brought.items():
            runs.write(name, text)
        runs.build()
        assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
        assert runs.read("cast.proposed.toml") == proposed


def test_a_cast_file_of_an_editor_that_writes_a_byte_order_mark_and_crlf(runs: Runs) -> None:
    runs.build()
    text = runs.read("cast.toml").replace('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    (runs.folder / "cast.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    runs.build()
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"


def test_another_book_does_not_get_into_the_folder(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    other = runs.source.with_name("another.txt")
    other.write_text(NOVEL.replace("Darcy", "Marcy"), encoding="utf-8")
    with pytest.raises(RunFolderError, match="another book"):
        build_run(other, runs.folder, settings=Settings())
    assert runs.contents() == before


def test_a_damaged_report_can_be_deleted_as_its_error_says(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    for damage in ("{", "[]", '{"stages": 3}'):
        runs.write("report.json", damage)
        with pytest.raises(RunFolderError) as caught:
            runs.build()
        assert "Delete it" in caught.value.hint
    (runs.folder / "report.json").unlink()
    runs.build()
    assert runs.contents() == before


def test_the_same_files_for_every_hash_seed(alice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "litgraph", "build", "pg11", "-o", str(folder), "-q"]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "271828"})
    names = sorted(path.name for path in alice.iterdir())
    assert names == sorted(path.name for path in folder.iterdir())
    for name in names:
        if name != "report.json":
            assert (folder / name).read_bytes() == (alice / name).read_bytes(), name
